//! How steady the list of the most urgent is: who stays on it when the weights move.

use super::quota::{groups, pick, tie};
use super::{Component, Components, Priority, PriorityWeights, Quota};
use crate::base::{Cancelled, Progress};
use crate::query::RowSet;
use crate::snapshot::Snapshot;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How far each weight moves, as a share of itself.
pub const WEIGHT_MOVE: f64 = 0.2;

/// How many times the list is made again.
pub const TRIALS: usize = 2 * Component::COUNT + (1 << Component::COUNT);

/// How many of the list of today are on another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Overlap {
    /// On both.
    pub stay: usize,
    /// On each.
    pub of: usize,
}

impl Overlap {
    /// The share that stays, or `None` of an empty list.
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| self.stay as f64 / self.of as f64)
    }

    /// The overlap over the union (Jaccard), or `None` of an empty list.
    pub fn jaccard(self) -> Option<f64> {
        let union = (2 * self.of).saturating_sub(self.stay);
        (union > 0).then(|| self.stay as f64 / union as f64)
    }
}

/// One weight moved, all others as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OneMoved {
    /// Whose weight.
    pub component: Component,
    /// With less of it.
    pub less: Overlap,
    /// With more of it.
    pub more: Overlap,
}

/// How steady a list of the most urgent is.
#[derive(Debug, Clone, PartialEq)]
pub struct Steadiness {
    /// What makes the list.
    pub quota: Quota,
    /// The weights about which it was moved.
    pub weights: PriorityWeights,
    /// How many households are on it.
    pub kept: usize,
    /// How many of them stay in every trial.
    pub always: usize,
    /// Each weight alone.
    pub alone: Vec<OneMoved>,
    /// The list that differs most of those where all weights move at once.
    pub worst_joint: Overlap,
    /// The factors of the weights that make it.
    worst_factors: [f64; Component::COUNT],
    /// How many stay on average over all trials.
    pub mean_stay: f64,
    /// In how many trials each household is on the list, by row; the others are in none.
    in_trials: BTreeMap<u32, u32>,
}

impl Steadiness {
    /// How many stay in the trial that changes the list most.
    pub fn least_stay(&self) -> usize {
        let alone = self.alone.iter().flat_map(|one| [one.less, one.more]);
        alone
            .chain([self.worst_joint])
            .map(|overlap| overlap.stay)
            .min()
            .unwrap_or(self.kept)
    }

    /// The share of the trials in which a household is on the list.
    pub fn share(&self, row: u32) -> f64 {
        let trials = self.in_trials.get(&row).copied().unwrap_or(0);
        f64::from(trials) / TRIALS as f64
    }
}

/// Which households of a list are meant, by what becomes of them when the weights move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SteadyPart {
    /// All of the list.
    Kept,
    /// Those who stay in every trial.
    Always,
    /// Those who stay with less of one weight.
    WithLess(Component),
    /// Those who stay with more of one weight.
    WithMore(Component),
    /// Those who stay on the list that differs most where all weights move at once.
    Worst,
}

/// The households behind the figures of [`steadiness`]; `rows` and `components` are those that it
/// was asked of.
pub fn steady_rows(
    snapshot: &Snapshot,
    rows: &RowSet,
    components: &Arc<Components>,
    steady: &Steadiness,
    part: SteadyPart,
) -> RowSet {
    let by = |weights: PriorityWeights| {
        let priority = Priority::of(Arc::clone(components), weights);
        pick(steady.quota, snapshot, rows, &priority.score).rows
    };
    let kept = by(steady.weights);
    let moved = |component: Component, factor: f64| {
        let weight = steady.weights.get(component) * factor;
        by(steady.weights.with(component, weight))
    };
    match part {
        SteadyPart::Kept => kept,
        SteadyPart::Always => {
            let mut always = RowSet::none(kept.table_len());
            let in_all = |row: &u32| steady.in_trials.get(row) == Some(&(TRIALS as u32));
            kept.iter()
                .filter(in_all)
                .for_each(|row| always.insert(row));
            always
        }
        SteadyPart::WithLess(component) => moved(component, 1.0 - WEIGHT_MOVE).and(&kept),
        SteadyPart::WithMore(component) => moved(component, 1.0 + WEIGHT_MOVE).and(&kept),
        SteadyPart::Worst => by(steady.weights.times(steady.worst_factors)).and(&kept),
    }
}

/// The factors of the weights in each trial: one weight less, then more, in the order of the
/// components; then every joint choice of less and more.
fn trials() -> Vec<[f64; Component::COUNT]> {
    let (less, more) = (1.0 - WEIGHT_MOVE, 1.0 + WEIGHT_MOVE);
    let mut trials = Vec::with_capacity(TRIALS);
    for place in 0..Component::COUNT {
        for factor in [less, more] {
            let mut factors = [1.0; Component::COUNT];
            factors[place] = factor;
            trials.push(factors);
        }
    }
    for corner in 0..1_u32 << Component::COUNT {
        let factor = |place: usize| if corner >> place & 1 == 1 { more } else { less };
        trials.push(std::array::from_fn(factor));
    }
    trials
}

/// How steady the households are that a quota keeps of a set, when the weights move by
/// [`WEIGHT_MOVE`]: each alone, less and more, and all at once in every joint choice of less and
/// more ([`TRIALS`] lists in all, no chance in it).
///
/// The lists are those of [`super::pick`] on scores by moved weights, the households and areas as they
/// are. A household that cannot come near the list whatever moves is not tried again: with every
/// factor between 1 − m and 1 + m, one whose score is below (1 − m) / (1 + m) of the last one's on
/// the list stays below it. Ticks once a trial and group.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
///
/// Limits: it says how much the order owes to the weights, not whether the weights or the facts
/// are right.
pub fn steadiness(
    snapshot: &Snapshot,
    rows: &RowSet,
    components: &Components,
    weights: &PriorityWeights,
    quota: Quota,
    progress: &Progress,
) -> Result<Steadiness, Cancelled> {
    let trials = trials();
    let mut overlaps = vec![Overlap::default(); trials.len()];
    let mut found = Steadiness {
        quota,
        weights: *weights,
        kept: 0,
        always: 0,
        alone: Vec::new(),
        worst_joint: Overlap::default(),
        worst_factors: [1.0; Component::COUNT],
        mean_stay: 0.0,
        in_trials: BTreeMap::new(),
    };
    for (_, group) in groups(quota, snapshot, rows) {
        let near = Near::of(snapshot, group, components, weights, quota.each);
        let kept = near.top(weights);
        found.kept += kept.len();
        let lists = trials
            .par_iter()
            .map(|factors| {
                progress.tick(1)?;
                Ok(near.top(&weights.times(*factors)))
            })
            .collect::<Result<Vec<_>, Cancelled>>()?;
        let mut is_kept = vec![false; near.rows.len()];
        for at in &kept {
            is_kept[*at as usize] = true;
        }
        let mut times = vec![0_u32; near.rows.len()];
        for (list, overlap) in lists.iter().zip(&mut overlaps) {
            for at in list {
                times[*at as usize] += 1;
                overlap.stay += usize::from(is_kept[*at as usize]);
            }
            overlap.of += kept.len();
        }
        for ((row, times), is_kept) in near.rows.iter().zip(times).zip(is_kept) {
            found.always += usize::from(is_kept && times as usize == trials.len());
            if times > 0 {
                found.in_trials.insert(*row, times);
            }
        }
    }
    let (alone, joint) = overlaps.split_at(2 * Component::COUNT);
    found.alone = Component::ALL
        .into_iter()
        .zip(alone.chunks_exact(2))
        .map(|(component, pair)| OneMoved {
            component,
            less: pair[0],
            more: pair[1],
        })
        .collect();
    let of_joint = trials.iter().skip(alone.len());
    let worst = joint.iter().zip(of_joint);
    if let Some((overlap, factors)) = worst.min_by_key(|(overlap, _)| overlap.stay) {
        found.worst_joint = *overlap;
        found.worst_factors = *factors;
    }
    let stay: usize = overlaps.iter().map(|overlap| overlap.stay).sum();
    found.mean_stay = stay as f64 / trials.len() as f64;
    Ok(found)
}

/// The households of a group that can be on some list, in the order of ties.
struct Near {
    rows: Vec<u32>,
    values: Vec<[f32; Component::COUNT]>,
    each: usize,
}

impl Near {
    fn of(
        snapshot: &Snapshot,
        group: Vec<u32>,
        components: &Components,
        weights: &PriorityWeights,
        each: usize,
    ) -> Self {
        let values_of = |row: u32| {
            let values = components.values.get(row as usize);
            values.copied().unwrap_or([0.0; Component::COUNT])
        };
        let factors = weights.factors();
        let mut scored: Vec<(f32, u32)> = group
            .into_iter()
            .map(|row| (factors.score(&values_of(row)), row))
            .collect();
        if each == 0 {
            scored.clear();
        } else if scored.len() > each {
            let (_, last, _) = scored.select_nth_unstable_by(each - 1, |a, b| b.0.total_cmp(&a.0));
            // A hair less, so that rounding never shuts out who belongs.
            let least = last.0 * ((1.0 - WEIGHT_MOVE) / (1.0 + WEIGHT_MOVE) * 0.999) as f32;
            scored.retain(|(score, _)| *score >= least);
            // Who has no points has none under any weights: as many as are kept are enough.
            let (some, mut none): (Vec<_>, Vec<_>) =
                scored.into_iter().partition(|(score, _)| *score > 0.0);
            scored = some;
            if none.len() > each {
                none.select_nth_unstable_by(each - 1, |a, b| tie(snapshot, a.1, b.1));
                none.truncate(each);
            }
            scored.extend(none);
        }
        let mut rows: Vec<u32> = scored.into_iter().map(|(_, row)| row).collect();
        rows.par_sort_unstable_by(|a, b| tie(snapshot, *a, *b));
        Self {
            values: rows.iter().map(|row| values_of(*row)).collect(),
            rows,
            each,
        }
    }

    /// The places of the most urgent by some weights, in no order.
    fn top(&self, weights: &PriorityWeights) -> Vec<u32> {
        let count = self.rows.len() as u32;
        if self.rows.len() <= self.each {
            return (0..count).collect();
        }
        let factors = weights.factors();
        let mut all: Vec<(f32, u32)> = self
            .values
            .iter()
            .zip(0..count)
            .map(|(values, place)| (factors.score(values), place))
            .collect();
        if self.each > 0 {
            all.select_nth_unstable_by(self.each - 1, |a, b| {
                b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))
            });
        }
        all.truncate(self.each);
        all.into_iter().map(|(_, place)| place).collect()
    }
}

#[cfg(test)]
mod tests;
