//! Rates, neighbours, hot spots and funnels against `PySAL` and `SciPy`: `spatial.md` says how.

use super::town;
use crate::support::data;
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use livelihood_map::analysis::{
    self, Contiguity, Focus, HotSpotClass, HotSpotMeasure, HotSpotMethod, HotSpotSpec, Neighbours,
    Permutations, Simulated, Transform, Weights,
};
use livelihood_map::base::Progress;
use livelihood_map::model::AreaLevel;
use livelihood_map::snapshot::Snapshot;
use std::collections::BTreeMap;

/// The agreement that is asked for, of numbers about 1.
const SAME: f64 = 1e-9;

/// A row of a table by its columns.
type Row = BTreeMap<String, String>;

fn rows(name: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(data(name)).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn number(row: &Row, column: &str) -> f64 {
    let text = &row[column];
    text.parse()
        .unwrap_or_else(|_| panic!("{column} is {text:?}"))
}

#[track_caller]
fn same(found: f64, row: &Row, column: &str) {
    let expected = number(row, column);
    let scale = expected.abs().max(1.0);
    assert!(
        (found - expected).abs() < SAME * scale,
        "{column}: {found} instead of {expected} in {row:?}"
    );
}

fn lattice() -> Vec<MultiPolygon<f64>> {
    let cell = |at: u32| {
        let (x, y) = (f64::from(at % 8) * 100.0, f64::from(at / 8) * 100.0);
        let corners = [(100.0, 0.0), (100.0, 100.0), (0.0, 100.0), (0.0, 0.0)];
        let corner = |(dx, dy): (f64, f64)| Coord {
            x: x + dx,
            y: y + dy,
        };
        let ring = LineString(corners.map(corner).to_vec());
        MultiPolygon(vec![Polygon::new(ring, vec![])])
    };
    (0..56).map(cell).collect()
}

/// The weights of a set and kind of the tables, and the codes of its areas.
fn weights(snapshot: &Snapshot, set: &str, kind: &str) -> (Vec<String>, Weights) {
    let progress = Progress::new();
    if set == "lattice" {
        let cells = lattice();
        let cells: Vec<_> = cells.iter().collect();
        let kind = match kind {
            "queen" => Contiguity::Queen,
            _ => Contiguity::Rook,
        };
        let weights = analysis::contiguity(&cells, kind, 1.0, &progress).unwrap();
        return ((0..56).map(|at| format!("{at:02}")).collect(), weights);
    }
    let level = match set {
        "community" => AreaLevel::Community,
        _ => AreaLevel::Grid,
    };
    let neighbours = match kind {
        "queen" => Neighbours::Queen,
        "rook" => Neighbours::Rook,
        "nearest 5" => Neighbours::Nearest(5),
        "within 900 m" => Neighbours::WithinM(900.0),
        other => panic!("{other}"),
    };
    let (areas, weights) =
        analysis::level_weights(&snapshot.areas, level, neighbours, &progress).unwrap();
    let code =
        |at: &livelihood_map::snapshot::AreaIndex| snapshot.areas.code[at.0 as usize].clone();
    (areas.iter().map(code).collect(), weights)
}

#[test]
fn neighbours_are_those_of_pysal() {
    let stored = town();
    let table = rows("oracle/spatial_neighbours.csv");
    let mut checked = BTreeMap::new();
    for row in &table {
        let case = (row["set"].clone(), row["kind"].clone());
        let (codes, weights) = checked
            .entry(case)
            .or_insert_with(|| weights(&stored.town.snapshot, &row["set"], &row["kind"]));
        let area = codes.iter().position(|code| *code == row["area"]).unwrap();
        let expected: Vec<u32> = row["neighbours"]
            .split_whitespace()
            .map(|place| place.parse().unwrap())
            .collect();
        assert_eq!(weights.neighbours(area), expected, "{row:?}");
    }
    assert_eq!(checked.len(), 8);
    let areas: usize = checked.values().map(|(_, weights)| weights.len()).sum();
    assert_eq!(areas, table.len());
}

/// One set and kind of `spatial_areas.csv`.
struct Case {
    rows: Vec<Row>,
    weights: Weights,
    pairs: Vec<(f64, f64)>,
    raw: Vec<f64>,
    permutations: Permutations,
}

impl Case {
    fn is_island(&self, area: usize) -> bool {
        self.weights.neighbours(area).is_empty()
    }

    /// The values in the permutations, and none for an island, where `PySAL` gives the least p.
    #[track_caller]
    fn same_p(&self, found: &[Option<Simulated>], column: &str) {
        assert_eq!(found.len(), self.rows.len());
        for (area, (found, row)) in found.iter().zip(&self.rows).enumerate() {
            let Some(found) = found else {
                assert!(self.is_island(area), "{row:?}");
                continue;
            };
            // PySAL counts a permutation that equals the observed value as above it only. Some of
            // its p-values are in single precision; they are whole hundredths.
            let rarer = found.at_least.min(99 - found.at_least);
            let p = (rarer as f64 + 1.0) / 100.0;
            let expected = number(row, column);
            assert!((p - expected).abs() < 1e-6, "{column} {found:?} {row:?}");
            let has_ties = found.at_least + found.at_most > 99;
            assert!(found.p >= p && (found.p == p || has_ties), "{found:?}");
        }
    }
}

fn cases(snapshot: &Snapshot) -> Vec<Case> {
    let mut all = Vec::new();
    let tables = rows("oracle/spatial_permutations.csv");
    let mut by_case: BTreeMap<_, Vec<Row>> = BTreeMap::new();
    for row in rows("oracle/spatial_areas.csv") {
        let case = (row["set"].clone(), row["kind"].clone());
        by_case.entry(case).or_default().push(row);
    }
    for ((set, kind), rows) in by_case {
        let (codes, weights) = weights(snapshot, &set, &kind);
        // The set with gaps has some areas of the town only.
        let is_in = |code: &String| rows.iter().any(|row| row["area"] == *code);
        let keep: Vec<bool> = codes.iter().map(is_in).collect();
        let weights = weights.subset(&keep);
        let of_case = tables
            .iter()
            .filter(|it| it["set"] == set && it["kind"] == kind);
        let ids: Vec<Vec<u32>> = of_case
            .map(|row| row["ids"].split_whitespace())
            .map(|ids| ids.map(|id| id.parse().unwrap()).collect())
            .collect();
        assert_eq!((ids.len(), ids[0].len()), (99, weights.most_neighbours()));
        let pairs: Vec<_> = rows
            .iter()
            .map(|row| (number(row, "k"), number(row, "n")))
            .collect();
        let table = Permutations::from_table(rows.len(), ids[0].len(), ids.concat());
        all.push(Case {
            raw: pairs.iter().map(|(k, n)| k / n).collect(),
            permutations: table.unwrap(),
            rows,
            weights,
            pairs,
        });
    }
    assert_eq!(all.len(), 5);
    all
}

#[test]
fn rates_are_those_of_pysal() {
    for case in cases(&town().town.snapshot) {
        for (column, found) in [
            (
                "spatial",
                analysis::spatial_rate(&case.pairs, &case.weights),
            ),
            ("eb_global", analysis::eb_global(&case.pairs)),
            ("eb_local", analysis::eb_local(&case.pairs, &case.weights)),
            ("standardised", analysis::standardised_rates(&case.pairs)),
        ] {
            assert_eq!(found.len(), case.rows.len());
            for (found, row) in found.iter().zip(&case.rows) {
                same(found.unwrap(), row, column);
            }
        }
    }
}

#[test]
fn local_moran_is_that_of_pysal() {
    let transform = Transform::RowStandardised;
    for case in cases(&town().town.snapshot) {
        let rate = analysis::standardised_rates(&case.pairs);
        let rate: Vec<f64> = rate.into_iter().flatten().collect();
        for (name, values) in [("raw", &case.raw), ("rate", &rate)] {
            let column = |what: &str| format!("{name}_{what}");
            let found = analysis::local_moran(values, &case.weights, transform).unwrap();
            for (found, row) in found.iter().zip(&case.rows) {
                same(found.i, row, &column("i"));
                same(found.expected, row, &column("expected"));
                same(found.variance, row, &column("variance"));
                same(f64::from(found.quadrant.number()), row, &column("q"));
            }
            let found = analysis::local_moran_permuted(
                values,
                &case.weights,
                transform,
                &case.permutations,
                &Progress::new(),
            )
            .unwrap();
            case.same_p(&found, &column("p_sim"));
            for (found, row) in found.iter().zip(&case.rows) {
                if let Some(found) = found {
                    same(found.mean, row, &column("sim_mean"));
                    same(found.sd, row, &column("sim_sd"));
                }
            }
        }
    }
}

#[test]
fn global_moran_is_that_of_pysal() {
    let cases = cases(&town().town.snapshot);
    let expected = rows("oracle/spatial_global.csv");
    assert_eq!(expected.len(), 15);
    for row in &expected {
        let is_of = |case: &&Case| {
            let first = &case.rows[0];
            first["set"] == row["set"] && first["kind"] == row["kind"]
        };
        let case = cases.iter().find(is_of).unwrap();
        let rate = analysis::standardised_rates(&case.pairs);
        let values = match row["value"].as_str() {
            "raw" => case.raw.clone(),
            _ => rate.into_iter().flatten().collect(),
        };
        let transform = match row["transform"].as_str() {
            "b" => Transform::Binary,
            _ => Transform::RowStandardised,
        };
        let found = analysis::global_moran(&values, &case.weights, transform).unwrap();
        same(found.i, row, "i");
        same(found.expected, row, "expected");
        same(found.z_normal, row, "z_norm");
        same(found.p_normal, row, "p_norm");
        same(found.z_random, row, "z_rand");
        same(found.p_random, row, "p_rand");
    }
}

#[test]
fn getis_ord_is_that_of_pysal() {
    for case in cases(&town().town.snapshot) {
        for (name, transform, focus) in [
            ("g_b", Transform::Binary, Focus::Without),
            ("g_r", Transform::RowStandardised, Focus::Without),
            ("g_b_star", Transform::Binary, Focus::With),
            ("g_r_star", Transform::RowStandardised, Focus::With),
        ] {
            let column = |what: &str| format!("{name}_{what}");
            let found = analysis::getis_ord(&case.raw, &case.weights, transform, focus).unwrap();
            for (area, (found, row)) in found.iter().zip(&case.rows).enumerate() {
                same(found.g, row, &column("g"));
                if case.is_island(area) && focus == Focus::Without {
                    assert_eq!((found.z(), row[&column("z")].as_str()), (None, "nan"));
                    continue;
                }
                same(found.z().unwrap(), row, &column("z"));
                same(found.p().unwrap(), row, &column("p_norm"));
            }
            let found = analysis::getis_ord_permuted(
                &case.raw,
                &case.weights,
                transform,
                focus,
                &case.permutations,
                &Progress::new(),
            );
            case.same_p(&found.unwrap(), &column("p_sim"));
        }
    }
}

#[test]
fn hot_spots_are_those_of_pysal() {
    let stored = town();
    let snapshot = &stored.town.snapshot;
    for case in cases(snapshot) {
        let (set, kind) = (&case.rows[0]["set"], &case.rows[0]["kind"]);
        if set == "lattice" {
            continue;
        }
        let mut measure = vec![(0.0, 0.0); snapshot.areas.len()];
        for (row, pair) in case.rows.iter().zip(&case.pairs) {
            let area = snapshot.areas.by_code(&row["area"]).unwrap();
            measure[area.0 as usize] = *pair;
        }
        let spec = HotSpotSpec {
            method: HotSpotMethod::GetisOrdStar,
            measure: HotSpotMeasure::EmpiricalBayes,
            neighbours: match kind.as_str() {
                "queen" => Neighbours::Queen,
                _ => Neighbours::Nearest(5),
            },
            permutations: 0,
            ..HotSpotSpec::of(AreaLevel::Grid)
        };
        let found = analysis::hot_spots(&snapshot.areas, &measure, spec, &Progress::new()).unwrap();
        let without = found.count(HotSpotClass::NoData);
        assert_eq!(found.areas.len() - without, case.rows.len());
        let with_data = |it: &&analysis::HotSpot| it.class != HotSpotClass::NoData;
        for (found, row) in found.areas.iter().filter(with_data).zip(&case.rows) {
            assert_eq!(snapshot.areas.code[found.area.0 as usize], row["area"]);
            let class = match found.class {
                HotSpotClass::Hot => "hot",
                HotSpotClass::Cold => "cold",
                _ => "none",
            };
            assert_eq!(class, row["class"], "{row:?}");
        }
        let found_any = found
            .count(HotSpotClass::Hot)
            .min(found.count(HotSpotClass::Cold));
        assert!(found_any >= 10, "{set} {kind}");
        assert_eq!(
            found.count(HotSpotClass::NoNeighbours),
            usize::from(set == "gaps")
        );
    }
}

#[test]
fn funnels_are_those_of_scipy() {
    let expected = rows("oracle/funnel_expected.csv");
    assert_eq!(expected.len(), 60);
    for row in &expected {
        let n = row["n"].parse().unwrap();
        let found = analysis::funnel_limits(number(row, "target"), n).unwrap();
        same(found.low_95, row, "low_95");
        same(found.high_95, row, "high_95");
        same(found.low_998, row, "low_998");
        same(found.high_998, row, "high_998");
    }
}
