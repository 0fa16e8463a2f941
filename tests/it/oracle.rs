//! Figures computed by independent programs; `tests/data/oracle/*.md` says by which and how.

mod boundaries;
mod datums;
mod held_back;
mod matching;
mod priority;
mod spatial;

use crate::support::{Stored, csv_rows, data};
use livelihood_map::analysis::{self, DensitySpec, Figures};
use livelihood_map::base::Progress;
use livelihood_map::datum::MercBox;
use livelihood_map::query::RowSet;
use livelihood_map::snapshot::Snapshot;

fn town() -> Stored {
    Stored::of(
        &[data("oracle/town_areas.geojson")],
        &[data("oracle/town_households.csv")],
    )
}

/// The code of the area of every household, by the household's id.
fn areas_of(snapshot: &Snapshot) -> Vec<(String, String)> {
    let households = &snapshot.households;
    let code = |row: u32| {
        let area = households.area[row as usize].get();
        area.map_or(String::new(), |area| snapshot.areas.code[area].clone())
    };
    (0..households.len() as u32)
        .map(|row| (households.id.get(row).to_owned(), code(row)))
        .collect()
}

#[test]
fn every_household_lies_where_geopandas_puts_it() {
    let stored = Stored::of(
        &[data("oracle/assignment_areas.geojson")],
        &[data("oracle/assignment_points.csv")],
    );
    let expected = csv_rows("oracle/assignment_expected.csv");
    let places: Vec<(String, String)> = expected
        .iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    assert_eq!(places.len(), 2_000);
    let found = areas_of(&stored.town.snapshot);
    let wrong: Vec<_> = found
        .iter()
        .zip(&places)
        .filter(|(found, expected)| found != expected)
        .collect();
    assert!(wrong.is_empty(), "found, expected: {wrong:?}");
    assert_eq!(found.len(), places.len());

    let elsewhere = expected.iter().filter(|row| row[2] == "1").count();
    let outside = places.iter().filter(|(_, area)| area.is_empty()).count();
    let quality = stored.town.snapshot.quality;
    assert_eq!(
        (quality.outside_areas, quality.outside_declared),
        (outside, elsewhere)
    );
    // The import counts while the rows stream by; the snapshot counts when they are there.
    let report = stored.report;
    assert_eq!(report.outside_areas, outside as u64);
    assert_eq!(report.outside_declared_area, elsewhere as u64);
    assert_eq!((report.areas, report.stored), (59, 2_000));
}

fn counts(figures: &Figures) -> [u32; 5] {
    [
        figures.households,
        figures.of_concern,
        figures.receiving,
        figures.fully_covered,
        figures.open_needs,
    ]
}

#[test]
fn figures_are_those_that_pandas_counts() {
    let stored = town();
    let (snapshot, coverage) = (&stored.town.snapshot, &stored.town.coverage);
    let mut areas = 0;
    for row in csv_rows("oracle/town_expected.csv") {
        let number = |at: usize| row[at].parse::<u32>().unwrap();
        let (level, code) = (row[0].as_str(), row[1].as_str());
        let figures = match level {
            "read" => {
                assert_eq!(stored.report.read, u64::from(number(2)));
                continue;
            }
            "outside_declared" => {
                assert_eq!(snapshot.quality.outside_declared, number(2) as usize);
                assert_eq!(stored.report.outside_declared_area, u64::from(number(2)));
                continue;
            }
            "not_geocoded" => &coverage.not_geocoded,
            "outside" => &coverage.outside,
            "total" => &coverage.total,
            _ => {
                areas += 1;
                let area = snapshot.areas.by_code(code).unwrap();
                assert_eq!(snapshot.areas.level[area.0 as usize].code(), level);
                &coverage.by_area[area.0 as usize]
            }
        };
        let expected = [number(2), number(3), number(4), number(5), number(6)];
        assert_eq!(counts(figures), expected, "{level} {code}");
        assert_eq!(figures.unmet_load, f64::from(figures.open_needs));
        let share = |part: u32| (expected[1] > 0).then(|| f64::from(part) / f64::from(expected[1]));
        assert_eq!(figures.reach(), share(expected[2]), "{level} {code}");
        assert_eq!(
            figures.full_coverage(),
            share(expected[3]),
            "{level} {code}"
        );
    }
    assert_eq!(areas, snapshot.areas.len());
    let quality = snapshot.quality;
    assert_eq!(
        quality.not_geocoded,
        coverage.not_geocoded.households as usize
    );
    assert_eq!(quality.outside_areas, coverage.outside.households as usize);
    assert_eq!(stored.report.stored, quality.households as u64);
    assert_eq!(
        stored.report.rejected + stored.report.stored,
        stored.report.read
    );
}

/// The view that `density.md` states.
fn density_spec(bandwidth_m: f64) -> DensitySpec {
    let (west, north, pixel_m) = (13_494_000.0, 3_529_500.0, 16.0);
    let (width_px, height_px) = (640, 480);
    DensitySpec {
        box_merc: MercBox {
            min_x: west,
            min_y: north - pixel_m * f64::from(height_px),
            max_x: west + pixel_m * f64::from(width_px),
            max_y: north,
        },
        width_px,
        height_px,
        bandwidth_m,
    }
}

#[test]
fn density_is_the_sum_that_scipy_adds_up() {
    let stored = town();
    let households = &stored.town.snapshot.households;
    let expected = csv_rows("oracle/density_expected.csv");
    assert!(expected.len() > 200);
    for bandwidth in ["40", "150", "600"] {
        let grid = analysis::density(
            &households.x_merc,
            &households.y_merc,
            |_| 1.0,
            &RowSet::all(households.len()),
            &density_spec(bandwidth.parse().unwrap()),
            &Progress::new(),
        )
        .unwrap();
        let peak = f64::from(grid.per_km2.iter().copied().fold(0.0, f32::max));
        for row in expected.iter().filter(|row| row[0] == bandwidth) {
            let (x, y): (usize, usize) = (row[1].parse().unwrap(), row[2].parse().unwrap());
            let (exact, geodesic): (f64, f64) = (row[3].parse().unwrap(), row[4].parse().unwrap());
            let found = f64::from(grid.per_km2[y * grid.width_px as usize + x]);
            let error = |of: f64| (found - of).abs() / peak;
            assert!(error(exact) < 0.005, "{row:?}: {found}");
            // The sphere of Web Mercator and the ellipsoid differ by some thousandths.
            assert!(error(geodesic) < 0.01, "{row:?}: {found}");
        }
    }
}
