//! The share of those whom assistance reaches, by area, with the interval that chance leaves open.

use crate::analysis::hot_spots::{Neighbours, level_weights};
use crate::analysis::rates::{RateForm, is_suppressed, ranking_bound, rates, wilson};
use crate::analysis::weights::Weights;
use crate::analysis::{Coverage, Figures, ProgrammeCoverage, ProgrammeFigures};
use crate::base::{Cancelled, Progress};
use crate::model::AreaLevel;
use crate::snapshot::{AreaIndex, Areas};

/// Whose share is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum ShareFigure {
    /// Receiving / of concern.
    #[default]
    Reach,
    /// With no open need and no gap / of concern.
    FullCoverage,
    /// Receiving / eligible, of the programme at this place of the catalogue, in its unit.
    Programme(u8),
}

/// In which order areas stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum ShareOrder {
    /// By the lower end of the interval, the highest first; areas without data last.
    #[default]
    Bound,
    /// By code.
    Code,
}

/// A share with its denominator.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// How many of them.
    pub part: u32,
    /// Of how many.
    pub whole: u32,
}

impl Share {
    /// 0 to 1; `None` where there is nobody.
    pub fn rate(self) -> Option<f64> {
        (self.whole > 0).then(|| f64::from(self.part) / f64::from(self.whole))
    }

    /// The 95 % interval of the rate by Wilson; `None` where there is nobody.
    pub fn interval(self) -> Option<(f64, f64)> {
        (self.whole > 0).then(|| wilson(self.part, self.whole))
    }
}

/// The share of one area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AreaShare {
    /// The area.
    pub area: AreaIndex,
    /// The counts.
    pub share: Share,
    /// The rate in the form that was asked for, a count among them; `None` is "no data".
    pub value: Option<f64>,
    /// Whether the denominator is too small to rely on.
    pub is_suppressed: bool,
}

/// The shares of the areas of one level, and of what is in none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AreaShares {
    /// Whose share.
    pub figure: ShareFigure,
    /// The level; `None` where there are no areas.
    pub level: Option<AreaLevel>,
    /// The form of the values.
    pub form: RateForm,
    /// A smaller denominator is suppressed.
    pub least: u32,
    /// The areas, in the order that was asked for.
    pub areas: Vec<AreaShare>,
    /// Those with a position in no area.
    pub outside: Share,
    /// Those without a position.
    pub not_geocoded: Share,
    /// All of the filter.
    pub total: Share,
}

/// The level that says most at one look: communities, else the smallest that there is.
pub fn usual_level(areas: &Areas) -> Option<AreaLevel> {
    let levels = areas.levels();
    let has_communities = levels.contains(&AreaLevel::Community);
    Some(AreaLevel::Community)
        .filter(|_| has_communities)
        .or(levels.last().copied())
}

/// What the shares are taken from.
#[derive(Debug, Clone, Copy)]
pub struct Counted<'a> {
    /// Households, by area.
    pub coverage: &'a Coverage,
    /// Only for [`ShareFigure::Programme`].
    pub programmes: Option<&'a ProgrammeCoverage>,
}

impl Counted<'_> {
    fn of_area(&self, figure: ShareFigure, area: AreaIndex) -> Share {
        let figures = self.coverage.by_area.get(area.0 as usize);
        match (figure, self.programmes) {
            (ShareFigure::Programme(place), Some(counted)) => {
                of_programme(counted.of(area, usize::from(place)))
            }
            _ => of_figures(figure, &figures.copied().unwrap_or_default()),
        }
    }

    /// Outside every area, without a position, all.
    fn elsewhere(&self, figure: ShareFigure) -> [Share; 3] {
        if let (ShareFigure::Programme(place), Some(counted)) = (figure, self.programmes) {
            let lists = [&counted.outside, &counted.not_geocoded, &counted.total];
            let of = |list: &Vec<ProgrammeFigures>| list.get(usize::from(place)).copied();
            return lists.map(|list| of_programme(of(list).unwrap_or_default()));
        }
        let coverage = self.coverage;
        [coverage.outside, coverage.not_geocoded, coverage.total]
            .map(|figures| of_figures(figure, &figures))
    }
}

fn of_figures(figure: ShareFigure, figures: &Figures) -> Share {
    let part = match figure {
        ShareFigure::Reach => figures.receiving,
        ShareFigure::FullCoverage => figures.fully_covered,
        // Without the counts of programmes nothing is known.
        ShareFigure::Programme(_) => return Share::default(),
    };
    Share {
        part,
        whole: figures.of_concern,
    }
}

fn of_programme(figures: ProgrammeFigures) -> Share {
    Share {
        part: figures.covered,
        whole: figures.covered + figures.gap,
    }
}

/// The shares of the areas of a level, one entry an area.
///
/// `least` is the denominator under which a share is suppressed: shown, and marked as not to be
/// relied on. Shares lie in 0 to 1; an area with nobody has no data. The interval is that of the
/// raw rate, whatever the form ([`wilson`]); the order [`ShareOrder::Bound`] is by its lower end,
/// then by code, so that an area of three households never tops the list by luck.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
///
/// Limits: those of [`wilson`] and of the form's smoothing. A rate smoothed locally takes areas
/// with a common border point as neighbours.
pub fn area_shares(
    areas: &Areas,
    level: Option<AreaLevel>,
    (figure, form, order): (ShareFigure, RateForm, ShareOrder),
    counted: Counted<'_>,
    least: u32,
    progress: &Progress,
) -> Result<AreaShares, Cancelled> {
    let level = level
        .filter(|level| areas.level.contains(level))
        .or_else(|| usual_level(areas));
    let (places, weights) = match level {
        Some(level) if form == RateForm::EmpiricalBayesLocal => {
            level_weights(areas, level, Neighbours::Queen, progress)?
        }
        Some(level) => (areas.of_level(level).collect(), Weights::default()),
        None => (Vec::new(), Weights::default()),
    };
    let shares: Vec<Share> = places
        .iter()
        .map(|area| counted.of_area(figure, *area))
        .collect();
    let pairs: Vec<(f64, f64)> = shares
        .iter()
        .map(|share| (f64::from(share.part), f64::from(share.whole)))
        .collect();
    let values = rates(&pairs, form, &weights);
    let mut list: Vec<AreaShare> = places
        .into_iter()
        .zip(shares)
        .zip(values)
        .map(|((area, share), value)| AreaShare {
            area,
            share,
            value,
            is_suppressed: is_suppressed(f64::from(share.whole), least),
        })
        .collect();
    // Areas of one level stand in the order of their codes already, and the sort keeps that.
    if order == ShareOrder::Bound {
        let bound = |one: &AreaShare| ranking_bound(one.share.part, one.share.whole);
        list.sort_by(|one, other| {
            let (one, other) = (bound(one).unwrap_or(-1.0), bound(other).unwrap_or(-1.0));
            other.total_cmp(&one)
        });
    }
    let [outside, not_geocoded, total] = counted.elsewhere(figure);
    progress.tick(0)?;
    Ok(AreaShares {
        figure,
        level,
        form,
        least,
        areas: list,
        outside,
        not_geocoded,
        total,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas() -> Areas {
        Areas {
            code: ["1", "11", "12", "13", "14"].map(str::to_owned).to_vec(),
            level: [vec![AreaLevel::Street], vec![AreaLevel::Community; 4]].concat(),
            parent: [vec![AreaIndex::NONE], vec![AreaIndex(0); 4]].concat(),
            ..Areas::default()
        }
    }

    fn figures(receiving: u32, of_concern: u32) -> Figures {
        Figures {
            of_concern,
            receiving,
            ..Figures::default()
        }
    }

    fn shares(form: RateForm, order: ShareOrder) -> AreaShares {
        let coverage = Coverage {
            by_area: vec![
                figures(91, 123),
                figures(3, 3),
                figures(80, 100),
                figures(0, 0),
                figures(8, 20),
            ],
            outside: figures(1, 2),
            not_geocoded: figures(0, 4),
            total: figures(92, 129),
        };
        let counted = Counted {
            coverage: &coverage,
            programmes: None,
        };
        let what = (ShareFigure::Reach, form, order);
        area_shares(&areas(), None, what, counted, 10, &Progress::new()).unwrap()
    }

    #[test]
    fn three_of_three_do_not_top_the_list_and_no_data_is_last() {
        let found = shares(RateForm::Raw, ShareOrder::Bound);
        assert_eq!(found.level, Some(AreaLevel::Community));
        let order: Vec<u32> = found.areas.iter().map(|one| one.area.0).collect();
        assert_eq!(order, [2, 1, 4, 3]);
        let by_code = shares(RateForm::Raw, ShareOrder::Code);
        let order: Vec<u32> = by_code.areas.iter().map(|one| one.area.0).collect();
        assert_eq!(order, [1, 2, 3, 4]);
        let suppressed: Vec<bool> = by_code.areas.iter().map(|one| one.is_suppressed).collect();
        assert_eq!(suppressed, [true, false, true, false]);
        assert_eq!(by_code.areas[2].share.interval(), None);
        assert_eq!(by_code.areas[2].value, None);
        assert_eq!(
            found.total,
            Share {
                part: 92,
                whole: 129
            }
        );
    }

    #[test]
    fn a_form_changes_the_value_and_never_the_counts() {
        for form in [
            RateForm::Raw,
            RateForm::Count,
            RateForm::EmpiricalBayesGlobal,
            RateForm::EmpiricalBayesLocal,
        ] {
            let found = shares(form, ShareOrder::Code);
            assert_eq!(
                found.areas[1].share,
                Share {
                    part: 80,
                    whole: 100
                }
            );
            let value = found.areas[1].value.unwrap();
            match form {
                RateForm::Count => assert_eq!(value, 80.0),
                RateForm::Raw => assert_eq!(value, 0.8),
                _ => assert!(value > 0.6 && value <= 0.8, "{value}"),
            }
        }
    }

    #[test]
    fn a_programme_counts_the_eligible_and_a_town_without_areas_has_a_total() {
        let figures = ProgrammeFigures {
            covered: 3,
            gap: 1,
            ..ProgrammeFigures::default()
        };
        let programmes = ProgrammeCoverage {
            programmes: 2,
            total: vec![ProgrammeFigures::default(), figures],
            ..ProgrammeCoverage::default()
        };
        let coverage = Coverage::default();
        let counted = Counted {
            coverage: &coverage,
            programmes: Some(&programmes),
        };
        let what = (ShareFigure::Programme(1), RateForm::Raw, ShareOrder::Bound);
        let found =
            area_shares(&Areas::default(), None, what, counted, 10, &Progress::new()).unwrap();
        assert_eq!((found.level, found.areas.len()), (None, 0));
        assert_eq!(found.total, Share { part: 3, whole: 4 });
        assert_eq!(found.outside.rate(), None);
    }
}
