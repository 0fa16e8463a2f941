//! One reading of the rows of a file, held against the areas.

use super::Reading;
use super::candidates::{CHINA, Region};
use super::doctor::{Inside, Sample, Score};
use super::sign_test::Disagreement;
use crate::model::LonLat;

/// Beyond the region by this much, or by a tenth of its size if that is more, a row is far: five
/// kilometres from a street, fifty from a province.
const FAR_DEG: f64 = 0.05;

/// A reading with what it gets right.
pub(super) struct Trial {
    pub(super) score: Score,
    /// Rows that it gets right.
    pub(super) right: u64,
    /// Which.
    is_right: Vec<bool>,
}

impl Trial {
    /// How many rows tell this trial and another apart.
    pub(super) fn against(&self, other: &Self) -> Disagreement {
        disagreement(self.is_right.iter().zip(&other.is_right))
    }

    /// How many of the rows that declare an area do.
    pub(super) fn against_where_declared(&self, other: &Self, rows: &[Sample]) -> Disagreement {
        let both = self.is_right.iter().zip(&other.is_right);
        let declaring = both.zip(rows).filter(|(_, row)| row.declared.is_some());
        disagreement(declaring.map(|(both, _)| both))
    }
}

fn disagreement<'a>(rows: impl Iterator<Item = (&'a bool, &'a bool)>) -> Disagreement {
    let mut found = Disagreement::default();
    for (ours, theirs) in rows {
        found.won += u64::from(*ours && !*theirs);
        found.lost += u64::from(!*ours && *theirs);
    }
    found
}

/// The areas, as far as the doctor knows them.
pub(super) struct Ground<'a> {
    pub(super) region: Option<Region>,
    pub(super) is_inside: &'a (dyn Fn(LonLat, Option<usize>) -> Inside + Sync),
}

impl Ground<'_> {
    fn inside(&self, at: LonLat, declared: Option<usize>) -> Inside {
        match self.region {
            // Most positions of a wrong reading are far away: no need to look for them.
            Some(region) if region.contains(at) => (self.is_inside)(at, declared),
            _ => Inside::Nowhere,
        }
    }

    pub(super) fn try_reading(&self, reading: Reading, rows: &[Sample]) -> Trial {
        let mut score = Score {
            reading,
            inside_declared: 0,
            inside_any: 0,
        };
        let mut is_right = Vec::with_capacity(rows.len());
        for row in rows {
            let at = reading.locate(row.first, row.second);
            let inside = at.map_or(Inside::Nowhere, |at| self.inside(at, row.declared));
            let is_declared = inside == Inside::Declared && row.declared.is_some();
            score.inside_declared += u64::from(is_declared);
            score.inside_any += u64::from(inside != Inside::Nowhere);
            is_right.push(is_declared || row.declared.is_none() && inside != Inside::Nowhere);
        }
        Trial {
            score,
            right: is_right.iter().filter(|is_right| **is_right).count() as u64,
            is_right,
        }
    }

    /// Rows with their numbers exchanged, and rows that are far from everything.
    pub(super) fn odd_rows(&self, reading: Reading, rows: &[Sample]) -> (u64, u64) {
        let near_box = self.region.map(|region| {
            let slack_deg = FAR_DEG.max(region.size_deg() / 10.0);
            region.grown(slack_deg)
        });
        let (mut swapped, mut far) = (0, 0);
        for row in rows {
            let is_near = |at: LonLat| near_box.is_none_or(|near| near.contains(at));
            if reading.locate(row.first, row.second).is_some_and(is_near) {
                continue;
            }
            // The same reading of the numbers in the other order.
            let exchanged = reading.locate(row.second, row.first);
            let belongs = |at: LonLat| match self.region {
                Some(_) => self.inside(at, row.declared) != Inside::Nowhere,
                None => CHINA.contains(at),
            };
            if exchanged.is_some_and(belongs) {
                swapped += 1;
            } else {
                far += 1;
            }
        }
        (swapped, far)
    }
}
