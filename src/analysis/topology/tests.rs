//! Small towns with one flaw each.

use super::*;
use geo::{Contains, LineString, Point};

/// Corners in metres from a place in Zhejiang; a degree there is 96,321 m by 110,855 m on the ellipsoid.
fn ring(corners: &[(f64, f64)]) -> LineString<f64> {
    let degrees = |(x, y): &(f64, f64)| (121.25 + x / 96_321.4, 30.17 + y / 110_855.3);
    corners.iter().map(degrees).collect()
}

fn area(code: &str, level: AreaLevel, parent: &str, corners: &[(f64, f64)]) -> Area {
    Area {
        code: code.to_owned(),
        name: code.to_owned(),
        level,
        parent: parent.to_owned(),
        boundary: MultiPolygon(vec![Polygon::new(ring(corners), vec![])]),
        derived: false,
    }
}

fn tile(west: f64, south: f64, east: f64, north: f64) -> [(f64, f64); 4] {
    [(west, south), (east, south), (east, north), (west, north)]
}

fn grid(code: &str, parent: &str, west: f64, south: f64, east: f64, north: f64) -> Area {
    area(
        code,
        AreaLevel::Grid,
        parent,
        &tile(west, south, east, north),
    )
}

fn flaws(areas: &[Area]) -> Vec<TopologyFinding> {
    let areas: Vec<&Area> = areas.iter().collect();
    let report = topology(&areas, &Progress::new()).unwrap();
    assert!(!report.is_cut);
    for finding in &report.findings {
        let place = Point::new(finding.place.lon, finding.place.lat);
        assert!(finding.boundary.contains(&place), "{finding:?}");
    }
    report.findings
}

/// What is wrong, where, and how many square metres to the nearest ten.
fn said(areas: &[Area]) -> Vec<(&'static str, String, String, i64)> {
    let flaws = flaws(areas).into_iter();
    flaws
        .map(|flaw| {
            let tens = (flaw.ground_m2 / 10.0).round() as i64 * 10;
            (flaw.kind.code(), flaw.areas.join(" "), flaw.parent, tens)
        })
        .collect()
}

fn flaw(
    kind: ProblemKind,
    areas: &str,
    parent: &str,
    m2: i64,
) -> (&'static str, String, String, i64) {
    (kind.code(), areas.to_owned(), parent.to_owned(), m2)
}

#[test]
fn overlaps_are_told_and_slivers_are_not() {
    let areas = [
        grid("b", "", 0.0, 0.0, 100.0, 100.0),
        grid("a", "", 90.0, 0.0, 200.0, 100.0),
        // 30 cm into its neighbour, all along.
        grid("c", "", 199.7, 0.0, 300.0, 100.0),
        // The same ground at another level is none.
        area("d", AreaLevel::Community, "", &tile(0.0, 0.0, 300.0, 100.0)),
        // Half a square metre, and as wide as long.
        grid("e", "", 299.3, 99.3, 400.0, 200.0),
    ];
    assert_eq!(
        said(&areas),
        [flaw(ProblemKind::AreaOverlap, "a b", "", 1_000)]
    );
}

#[test]
fn gaps_and_what_reaches_out_are_told_against_the_parent() {
    let areas = [
        area("p", AreaLevel::Community, "", &tile(0.0, 0.0, 200.0, 200.0)),
        grid("a", "p", 0.0, 0.0, 100.0, 200.0),
        // Leaves 20 m to the parent's east edge, with a strip of 20 cm in the middle as well.
        grid("b", "p", 100.2, 0.0, 180.0, 200.0),
        grid("c", "p", 150.0, 200.0, 170.0, 210.0),
    ];
    assert_eq!(
        said(&areas),
        [
            flaw(ProblemKind::AreaGap, "", "p", 4_000),
            flaw(ProblemKind::AreaOutsideParent, "c", "p", 200),
        ]
    );
}

#[test]
fn a_real_gap_in_a_web_of_slivers_is_told() {
    // Nine grids rounded 20 cm apart; the middle one is missing, and the sliver around is joined
    // to its hole.
    let mut areas = vec![area(
        "p",
        AreaLevel::Community,
        "",
        &tile(0.0, 0.0, 3_000.0, 3_000.0),
    )];
    for nth in (0..9_u32).filter(|nth| *nth != 4) {
        let (west, south) = (f64::from(nth % 3) * 1_000.0, f64::from(nth / 3) * 1_000.0);
        let end = |at: f64| if at == 3_000.0 { at } else { at - 0.2 };
        let (east, north) = (end(west + 1_000.0), end(south + 1_000.0));
        areas.push(grid(&nth.to_string(), "p", west, south, east, north));
    }
    let found = flaws(&areas);
    assert_eq!(found.len(), 1);
    assert!(
        (found[0].ground_m2 / 1e6 - 1.0).abs() < 0.01,
        "{}",
        found[0].ground_m2
    );
    // Without it only slivers are left.
    areas.push(grid("4", "p", 1_000.0, 1_000.0, 1_999.8, 1_999.8));
    assert_eq!(flaws(&areas), []);
}

#[test]
fn a_level_without_parents_shows_its_holes_and_islands_in_them() {
    let mut areas = vec![
        grid("s", "", 0.0, 0.0, 300.0, 100.0),
        grid("w", "", 0.0, 100.0, 100.0, 200.0),
        grid("e", "", 200.0, 100.0, 300.0, 200.0),
        grid("n", "", 0.0, 200.0, 300.0, 300.0),
    ];
    assert_eq!(said(&areas), [flaw(ProblemKind::AreaGap, "", "", 10_000)]);
    areas.push(grid("i", "", 140.0, 140.0, 160.0, 160.0));
    assert_eq!(said(&areas), [flaw(ProblemKind::AreaGap, "", "", 9_600)]);
    // A parent that was read tells it once.
    areas.push(area(
        "p",
        AreaLevel::Community,
        "",
        &tile(0.0, 0.0, 300.0, 300.0),
    ));
    for grid in areas.iter_mut().take(4) {
        grid.parent = "p".to_owned();
    }
    let expected = [flaw(ProblemKind::AreaGap, "", "p", 10_000)];
    assert_eq!(said(&areas), expected);
}

#[test]
fn dissolved_parents_give_their_place_to_their_own() {
    let mut community = area(
        "p",
        AreaLevel::Community,
        "t",
        &tile(0.0, 0.0, 100.0, 100.0),
    );
    community.derived = true;
    let mut areas = vec![
        community,
        grid("a", "p", 0.0, 0.0, 50.0, 100.0),
        grid("b", "p", 50.0, 0.0, 120.0, 100.0),
    ];
    assert_eq!(said(&areas), []);
    areas.push(area(
        "t",
        AreaLevel::Street,
        "",
        &tile(0.0, 0.0, 110.0, 100.0),
    ));
    assert_eq!(
        said(&areas),
        [flaw(ProblemKind::AreaOutsideParent, "b", "t", 1_000)]
    );
}

#[test]
fn odd_boundaries_do_no_harm() {
    let level = AreaLevel::Grid;
    let bow_tie = [(0.0, 0.0), (100.0, 100.0), (100.0, 0.0), (0.0, 100.0)];
    let pinched = [
        (0.0, 0.0),
        (0.0, 50.0),
        (50.0, 50.0),
        (99.0, 100.0),
        (0.0, 100.0),
        (50.0, 50.0),
    ];
    let mut areas = vec![
        area("bow", level, "bow", &bow_tie),
        area("pinched", level, "nobody", &pinched),
        area(
            "flat",
            level,
            "flat",
            &[(0.0, 0.0), (50.0, 50.0), (100.0, 100.0)],
        ),
        area(
            "nan",
            level,
            "",
            &[(0.0, f64::NAN), (50.0, 50.0), (100.0, 0.0)],
        ),
        area("point", level, "", &[(1.0, 1.0); 4]),
        area("none", level, "", &[]),
        area(
            "up",
            AreaLevel::Community,
            "down",
            &tile(0.0, 0.0, 10.0, 10.0),
        ),
        area("down", AreaLevel::Street, "up", &tile(0.0, 0.0, 10.0, 10.0)),
    ];
    areas.push(Area {
        boundary: MultiPolygon(vec![]),
        ..area("empty", level, "", &[])
    });
    let found = said(&areas);
    assert!(
        found.iter().any(|flaw| flaw.1 == "bow pinched"),
        "{found:?}"
    );
    // Corners anywhere, many times the same.
    let mut seed = 11_u64;
    let mut dice = || {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((seed >> 33) % 13) as f64 * 40.0
    };
    for round in 0..60 {
        let areas: Vec<Area> = (0..6)
            .map(|nth| {
                let corners: Vec<(f64, f64)> =
                    (0..4 + round % 9).map(|_| (dice(), dice())).collect();
                let parent = if nth > 3 { "0" } else { "" };
                let level = if nth > 3 { level } else { AreaLevel::Community };
                area(&nth.to_string(), level, parent, &corners)
            })
            .collect();
        flaws(&areas);
    }
}

#[test]
fn too_many_flaws_are_cut_and_a_stop_stops() {
    // 150 areas on top of each other: 11,175 pairs.
    let areas: Vec<Area> = (0..150)
        .map(|nth| grid(&format!("{nth:03}"), "", 0.0, 0.0, 50.0, 50.0))
        .collect();
    let areas: Vec<&Area> = areas.iter().collect();
    let report = topology(&areas, &Progress::new()).unwrap();
    assert!(report.is_cut && report.findings.len() >= MAX_FINDINGS);
    let progress = Progress::new();
    progress.cancel();
    assert_eq!(topology(&areas, &progress), Err(Cancelled));
    assert_eq!(topology(&[], &Progress::new()), Ok(Topology::default()));
}
