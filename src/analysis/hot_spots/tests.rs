//! Planted hot spots are found, and what cannot be asked is said.

use super::*;
use geo::{LineString, Polygon};

const SIDE: usize = 12;

/// A street of 12 × 12 grids of 200 m, and one of its communities, which is not asked.
fn town() -> Areas {
    let mut areas = Areas::default();
    let mut add = |level, x: f64, y: f64| {
        let corners = vec![
            (x, y),
            (x + 200.0, y),
            (x + 200.0, y + 200.0),
            (x, y + 200.0),
        ];
        let polygon = Polygon::new(LineString::from(corners), vec![]);
        areas.code.push(format!("{}", areas.code.len()));
        areas.level.push(level);
        areas.parent.push(AreaIndex::NONE);
        areas.boundary_merc.push(MultiPolygon(vec![polygon]));
    };
    add(AreaLevel::Community, 0.0, 0.0);
    for place in 0..SIDE * SIDE {
        let (x, y) = (place % SIDE, place / SIDE);
        add(AreaLevel::Grid, x as f64 * 200.0, y as f64 * 200.0);
    }
    areas
}

/// A rate of 30 % with some scatter; 90 % in a square of 3 × 3, 1 % in another.
fn planted() -> Vec<(f64, f64)> {
    let mut measure = vec![(500.0, 1000.0)];
    for place in 0..SIDE * SIDE {
        let (x, y) = (place % SIDE, place / SIDE);
        let n = 60.0 + (place * 13 % 17) as f64;
        let scatter = (place * 7_919 % 31) as f64 / 31.0 - 0.5;
        let rate = match (x, y) {
            (2..=4, 2..=4) => 0.9,
            (8..=10, 8..=10) => 0.01,
            _ => 0.4 + 0.2 * scatter,
        };
        measure.push(((n * rate).round(), n));
    }
    measure
}

fn ask(measure: &[(f64, f64)], change: impl Fn(&mut HotSpotSpec)) -> HotSpots {
    let mut spec = HotSpotSpec::of(AreaLevel::Grid);
    change(&mut spec);
    hot_spots(&town(), measure, spec, &Progress::new()).unwrap()
}

fn class_at(found: &HotSpots, x: usize, y: usize) -> HotSpotClass {
    found.areas[y * SIDE + x].class
}

#[test]
fn planted_spots_are_found_by_every_method() {
    let measure = planted();
    for method in [
        HotSpotMethod::LocalMoran,
        HotSpotMethod::GetisOrdStar,
        HotSpotMethod::GetisOrd,
    ] {
        for measured in [HotSpotMeasure::Raw, HotSpotMeasure::EmpiricalBayes] {
            for neighbours in [
                Neighbours::Queen,
                Neighbours::Nearest(8),
                Neighbours::WithinM(290.0),
            ] {
                let found = ask(&measure, |spec| {
                    spec.method = method;
                    spec.measure = measured;
                    spec.neighbours = neighbours;
                });
                let case = format!("{method:?} {measured:?} {neighbours:?}");
                assert_eq!(class_at(&found, 3, 3), HotSpotClass::Hot, "{case}");
                assert_eq!(class_at(&found, 9, 9), HotSpotClass::Cold, "{case}");
                let quiet = class_at(&found, 11, 0);
                assert_eq!(quiet, HotSpotClass::NotSignificant, "{case}");
                assert_eq!((found.areas.len(), found.tested()), (144, 144));
                assert_eq!(found.areas[0].area, AreaIndex(1), "{case}");
                assert!(found.global.unwrap().p_random < 1e-6, "{case}");
            }
        }
    }
}

#[test]
fn an_outlier_is_one_for_moran() {
    let mut measure = planted();
    // The middle of the hot spot is the only low one there.
    measure[1 + 3 * SIDE + 3] = (0.0, 60.0);
    let found = ask(&measure, |spec| {
        spec.method = HotSpotMethod::LocalMoran;
        spec.false_discovery = false;
    });
    assert_eq!(class_at(&found, 3, 3), HotSpotClass::LowHigh);
    let it = found.areas[3 * SIDE + 3];
    assert!(it.statistic.unwrap() < 0.0 && it.z.unwrap() < 0.0);
    assert!(it.neighbours_mean.unwrap() > it.value.unwrap());
}

#[test]
fn fewer_are_found_where_all_are_counted() {
    let measure = planted();
    let each = ask(&measure, |spec| spec.false_discovery = false);
    let together = ask(&measure, |_| ());
    assert_eq!(each.threshold, 0.05);
    assert!(together.threshold < each.threshold);
    let found = |it: &HotSpots| it.count(HotSpotClass::Hot) + it.count(HotSpotClass::Cold);
    assert!(found(&together) < found(&each) && found(&together) >= 10);
}

#[test]
fn a_seed_is_a_result_and_no_permutations_are_the_normal_ones() {
    let measure = planted();
    assert_eq!(ask(&measure, |_| ()), ask(&measure, |_| ()));
    let other = ask(&measure, |spec| spec.seed = 2);
    assert_ne!(other, ask(&measure, |_| ()));
    let normal = ask(&measure, |spec| spec.permutations = 0);
    let hot = normal.areas[3 * SIDE + 3];
    assert_eq!(hot.p, hot.z.map(super::super::normal_sf));
    assert_eq!(hot.class, HotSpotClass::Hot);
}

#[test]
fn areas_without_data_are_left_out_and_said() {
    let mut measure = planted();
    // The corner is cut off, and stands alone.
    for place in [1, SIDE, SIDE + 1] {
        measure[1 + place] = (0.0, 0.0);
    }
    let found = ask(&measure, |_| ());
    assert_eq!(class_at(&found, 0, 0), HotSpotClass::NoNeighbours);
    assert_eq!(class_at(&found, 1, 0), HotSpotClass::NoData);
    assert_eq!(found.count(HotSpotClass::NoData), 3);
    assert_eq!(found.tested(), 140);
    let (alone, without) = (found.areas[0], found.areas[1]);
    assert!(alone.value.is_some() && alone.p.is_none() && alone.neighbours == 0);
    assert_eq!((without.value, without.statistic), (None, None));
    assert_eq!(class_at(&found, 3, 3), HotSpotClass::Hot);
}

#[test]
fn where_nothing_differs_nothing_is_hot() {
    let flat = vec![(30.0, 100.0); 145];
    for method in [HotSpotMethod::LocalMoran, HotSpotMethod::GetisOrdStar] {
        for permutations in [0, 99] {
            let found = ask(&flat, |spec| {
                spec.method = method;
                spec.measure = HotSpotMeasure::Raw;
                spec.permutations = permutations;
                spec.false_discovery = false;
            });
            assert_eq!(found.count(HotSpotClass::NotSignificant), 144);
        }
    }
    let nobody = ask(&[], |_| ());
    assert_eq!(nobody.count(HotSpotClass::NoData), 144);
    let none = hot_spots(
        &Areas::default(),
        &[],
        HotSpotSpec::of(AreaLevel::Grid),
        &Progress::new(),
    );
    assert_eq!(none.unwrap().areas, []);
}

#[test]
fn a_cancelled_search_stops() {
    let progress = Progress::new();
    progress.cancel();
    for neighbours in [Neighbours::Queen, Neighbours::Nearest(4)] {
        let spec = HotSpotSpec {
            neighbours,
            ..HotSpotSpec::of(AreaLevel::Grid)
        };
        assert_eq!(
            hot_spots(&town(), &planted(), spec, &progress),
            Err(Cancelled)
        );
    }
}
