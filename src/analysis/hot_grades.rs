//! Around which areas need gathers: what the priority asks of the ground.

use super::{Coverage, HotSpotClass, HotSpotSpec, HotSpots, false_discovery_threshold, hot_spots};
use crate::base::{Cancelled, Progress};
use crate::snapshot::{Areas, HotGrade};

/// The share of false alarms of [`HotGrade::Hot99`].
const STRICT_ALPHA: f64 = 0.01;

/// Whether need gathers around each area of the smallest level: Getis-Ord Gi* among queen
/// neighbours, of the share of households with an open need or a gap, smoothed by empirical Bayes
/// ([`super::eb_global`]); analytic one-sided p-values, with the false discoveries held under 5 %
/// ([`HotGrade::Hot95`]) and 1 % ([`HotGrade::Hot99`]) of what is found.
///
/// `coverage` is of all households, needs and programmes. One entry an area; `None` for areas of
/// other levels, without households, or without neighbours that have some. No chance is in it.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
///
/// Limits: those of [`hot_spots`]; a few areas give no hot spots.
pub fn hot_grades(
    areas: &Areas,
    coverage: &Coverage,
    progress: &Progress,
) -> Result<Vec<Option<HotGrade>>, Cancelled> {
    let mut grades = vec![None; areas.len()];
    let Some(level) = areas.smallest_level() else {
        return Ok(grades);
    };
    let measure: Vec<(f64, f64)> = coverage
        .by_area
        .iter()
        .map(|figures| {
            let open = figures.of_concern.saturating_sub(figures.fully_covered);
            (f64::from(open), f64::from(figures.households))
        })
        .collect();
    let spec = HotSpotSpec {
        permutations: 0,
        ..HotSpotSpec::of(level)
    };
    let found = hot_spots(areas, &measure, spec, progress)?;
    let strict = strict_threshold(&found);
    for area in &found.areas {
        let grade = match area.class {
            HotSpotClass::NoData | HotSpotClass::NoNeighbours => None,
            HotSpotClass::Hot if area.p.is_some_and(|p| p < strict) => Some(HotGrade::Hot99),
            HotSpotClass::Hot => Some(HotGrade::Hot95),
            _ => Some(HotGrade::No),
        };
        if let Some(to) = grades.get_mut(area.area.0 as usize) {
            *to = grade;
        }
    }
    Ok(grades)
}

/// The p-value below which an area is hot at 99 %.
fn strict_threshold(found: &HotSpots) -> f64 {
    let p_values: Vec<f64> = found.areas.iter().filter_map(|area| area.p).collect();
    false_discovery_threshold(&p_values, STRICT_ALPHA)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Figures;
    use crate::model::AreaLevel;
    use crate::snapshot::AreaIndex;
    use geo_types::{MultiPolygon, polygon};

    /// A field of squares, a hundred metres each, under one community.
    fn field(side: usize) -> Areas {
        let square = |at: usize| {
            let (x, y) = ((at % side) as f64 * 100.0, (at / side) as f64 * 100.0);
            MultiPolygon(vec![polygon![
                (x: x, y: y), (x: x + 100.0, y: y), (x: x + 100.0, y: y + 100.0), (x: x, y: y + 100.0)
            ]])
        };
        let count = side * side;
        let mut areas = Areas {
            level: vec![AreaLevel::Community],
            boundary_merc: vec![MultiPolygon(Vec::new())],
            code: vec!["c".to_owned()],
            parent: vec![AreaIndex::NONE],
            ..Areas::default()
        };
        for at in 0..count {
            areas.level.push(AreaLevel::Grid);
            areas.boundary_merc.push(square(at));
            areas.code.push(format!("g{at:03}"));
            areas.parent.push(AreaIndex(0));
        }
        areas
    }

    fn coverage(areas: &Areas, open: impl Fn(usize) -> u32) -> Coverage {
        let figures = |households, open| Figures {
            households,
            of_concern: open,
            ..Figures::default()
        };
        let mut by_area = vec![figures(0, 0)];
        by_area.extend((1..areas.len()).map(|at| figures(100, open(at - 1))));
        Coverage {
            by_area,
            ..Coverage::default()
        }
    }

    #[test]
    fn a_planted_corner_is_hot_and_its_rim_less_so() {
        let side = 12;
        let areas = field(side);
        let is_planted = |at: usize| at % side < 3 && at / side < 3;
        let figures = coverage(&areas, |at| {
            if is_planted(at) {
                60
            } else {
                10 + (at % 3) as u32
            }
        });
        let grades = hot_grades(&areas, &figures, &Progress::new()).unwrap();
        assert_eq!(grades[0], None, "only the smallest level is asked");
        assert_eq!(grades[1], Some(HotGrade::Hot99));
        assert_eq!(grades[1 + side + 1], Some(HotGrade::Hot99));
        assert_eq!(grades[side * side], Some(HotGrade::No), "the far corner");
        assert!(grades.iter().skip(1).all(Option::is_some));
        let found = |grade| grades.iter().filter(|one| **one == Some(grade)).count();
        assert!((9..=16).contains(&(found(HotGrade::Hot99) + found(HotGrade::Hot95))));
    }

    #[test]
    fn who_lives_nowhere_and_who_has_no_neighbours_cannot_be_told() {
        let areas = field(5);
        let even = coverage(&areas, |_| 10);
        let grades = hot_grades(&areas, &even, &Progress::new()).unwrap();
        assert!(
            grades
                .iter()
                .skip(1)
                .all(|grade| *grade != Some(HotGrade::Hot95)),
            "where all are alike, none is hot"
        );
        let mut empty = even;
        empty.by_area[7] = Figures::default();
        let grades = hot_grades(&areas, &empty, &Progress::new()).unwrap();
        assert_eq!(grades[7], None);
        let none = hot_grades(&Areas::default(), &Coverage::default(), &Progress::new());
        assert_eq!(none.unwrap(), []);
    }
}
