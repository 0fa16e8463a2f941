//! The datum doctor: which reading of two columns of numbers puts the rows where they belong.
//!
//! Every reading that the size of the numbers allows is tried. One that puts a row inside the area
//! that the row declares (or, for a row that declares none, inside any area) has got the row
//! right. The reading with most rows right is the best; of equals the simpler. It is proposed where
//! it is clearly better than what the file says of itself, or than WGS-84 where it says nothing: a
//! few rows at a border must not move a whole file by half a kilometre. The proposal is
//! plain where it beats every other reading beyond chance, see [`Finding::is_plain`].

use super::candidates::{Region, candidates, orders};
use super::judge::judge;
use super::trial::{Ground, Trial};
use super::{Datum, Reading};
use crate::model::LonLat;

/// The two numbers of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// In the column taken for longitude or x.
    pub first: f64,
    /// In the column taken for latitude or y.
    pub second: f64,
    /// The area that the row declares, if it is known: a number that `is_inside` understands.
    pub declared: Option<usize>,
}

/// Where a position lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    /// In the area that the row declares.
    Declared,
    /// In another area, or in any where the row declares none.
    Any,
    /// In none.
    Nowhere,
}

/// What somebody has said beforehand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Said {
    /// Nothing.
    #[default]
    Nothing,
    /// A header or a name speaks for a coordinate system; clear evidence goes before it.
    Hint(Datum),
    /// The coordinate system; the order of the columns is open.
    Datum(Datum),
    /// Both.
    Reading(Reading),
}

/// Why a reading is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Somebody said so.
    Said,
    /// A header or a name says so, and nothing speaks clearly against it.
    Hint,
    /// The numbers can be nothing else.
    Range,
    /// It puts more rows where they belong than any other.
    Evidence,
    /// Nothing speaks for it but that such files mostly are so.
    Default,
}

/// How well a reading fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// The reading.
    pub reading: Reading,
    /// Rows inside the area that they declare.
    pub inside_declared: u64,
    /// Rows inside any area, these among them.
    pub inside_any: u64,
}

/// What the doctor found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The reading that is proposed.
    pub reading: Reading,
    /// Why.
    pub reason: Reason,
    /// Whether nobody needs to look. Somebody has said so; or the numbers allow one reading alone, and
    /// some row falls inside an area if there are areas; or it beats every other reading in
    /// the sign test at 1 % (eight rows to none at least) and, where most rows declare an area,
    /// puts half of the rows right; or a header or name says it, and no other reading does better.
    pub is_plain: bool,
    /// Rows with a pair that is not 0, 0.
    pub rows: u64,
    /// Those of them that declare an area that is known.
    pub declaring: u64,
    /// All readings that were tried, the best first.
    pub scores: Vec<Score>,
    /// Rows that fall near no area as proposed, but inside one with their two numbers exchanged.
    pub swapped_rows: u64,
    /// Rows at 0, 0.
    pub zero_rows: u64,
    /// Rows that as proposed are no position, or are far from every area; those exchanged aside.
    pub far_rows: u64,
}

/// Finds the reading. `region` is the box around all areas, `None` where there are none;
/// `is_inside` is asked only where there is one. Rows whose numbers are not finite do not count.
pub fn examine(
    samples: &[Sample],
    region: Option<Region>,
    said: Said,
    is_inside: &(dyn Fn(LonLat, Option<usize>) -> Inside + Sync),
) -> Finding {
    let is_zero = |sample: &Sample| sample.first == 0.0 && sample.second == 0.0;
    let zero_rows = samples.iter().filter(|sample| is_zero(sample)).count();
    let is_pair =
        |sample: &Sample| sample.first.is_finite() && sample.second.is_finite() && !is_zero(sample);
    let rows: Vec<Sample> = samples.iter().copied().filter(is_pair).collect();
    let pairs: Vec<(f64, f64)> = rows.iter().map(|row| (row.first, row.second)).collect();
    let readings = match said {
        Said::Nothing | Said::Hint(_) => candidates(&pairs, region),
        Said::Datum(datum) => orders(datum, &pairs),
        Said::Reading(reading) => vec![reading],
    };
    let ground = Ground { region, is_inside };
    let mut trials: Vec<Trial> = readings
        .into_iter()
        .map(|reading| ground.try_reading(reading, &rows))
        .collect();
    // Stable: of equals the simpler stays before.
    trials.sort_by_key(|trial| std::cmp::Reverse((trial.right, trial.score.inside_any)));
    let declaring = rows.iter().filter(|row| row.declared.is_some()).count() as u64;
    let (reading, reason, is_plain) = judge(&trials, said, &rows, declaring, region.is_some());
    let (swapped_rows, far_rows) = ground.odd_rows(reading, &rows);
    Finding {
        reading,
        reason,
        is_plain,
        rows: rows.len() as u64,
        declaring,
        scores: trials.into_iter().map(|trial| trial.score).collect(),
        swapped_rows,
        zero_rows: zero_rows as u64,
        far_rows,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datum::GaussKruger;

    /// 400 grids of 300 m east and north of a corner.
    const WEST: f64 = 121.2;
    const SOUTH: f64 = 30.1;
    const CELL_LON: f64 = 0.003_11;
    const CELL_LAT: f64 = 0.002_71;
    const SIDE: usize = 20;
    const REGION: Region = Region {
        west: WEST,
        south: SOUTH,
        east: WEST + CELL_LON * SIDE as f64,
        north: SOUTH + CELL_LAT * SIDE as f64,
    };

    fn grid_of(at: LonLat) -> Option<usize> {
        let column = ((at.lon - WEST) / CELL_LON).floor();
        let row = ((at.lat - SOUTH) / CELL_LAT).floor();
        let within = 0.0..SIDE as f64;
        (within.contains(&column) && within.contains(&row))
            .then(|| row as usize * SIDE + column as usize)
    }

    fn in_grids(at: LonLat, declared: Option<usize>) -> Inside {
        match grid_of(at) {
            None => Inside::Nowhere,
            found if found == declared => Inside::Declared,
            Some(_) => Inside::Any,
        }
    }

    /// Places anywhere in the region, the same in every run.
    fn places(count: usize) -> Vec<LonLat> {
        let mut state = 20_261_121_u64;
        let mut share = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let place = |_| LonLat {
            lon: WEST + (REGION.east - WEST) * share(),
            lat: SOUTH + (REGION.north - SOUTH) * share(),
        };
        (0..count).map(place).collect()
    }

    /// The file that somebody writes of these places with this reading.
    fn file(places: &[LonLat], reading: Reading, declares: bool) -> Vec<Sample> {
        let sample = |at: &LonLat| {
            let (x, y) = reading.datum.from_wgs84(*at).unwrap();
            let (first, second) = if reading.swapped { (y, x) } else { (x, y) };
            Sample {
                first,
                second,
                declared: grid_of(*at).filter(|_| declares),
            }
        };
        places.iter().map(sample).collect()
    }

    fn reading(code: &str, swapped: bool) -> Reading {
        Reading {
            datum: Datum::parse(code).unwrap(),
            swapped,
        }
    }

    const CODES: [&str; 9] = [
        "wgs84",
        "gcj02",
        "bd09",
        "epsg:3857",
        "epsg:4549",
        "epsg:4528",
        "epsg:4499",
        "epsg:4509",
        "epsg:4510",
    ];

    #[test]
    fn every_datum_in_every_order_is_named_by_declared_grids() {
        for code in CODES {
            for swapped in [false, true] {
                let truth = reading(code, swapped);
                let samples = file(&places(300), truth, true);
                let found = examine(&samples, Some(REGION), Said::Nothing, &in_grids);
                assert_eq!(found.reading, truth);
                assert!(found.is_plain, "{code} {found:?}");
                assert!(matches!(found.reason, Reason::Evidence | Reason::Range));
                assert_eq!(found.scores[0].reading, truth);
                assert_eq!(found.scores[0].inside_declared, 300, "{code}");
                assert_eq!((found.rows, found.declaring), (300, 300));
                assert_eq!(
                    (found.swapped_rows, found.zero_rows, found.far_rows),
                    (0, 0, 0)
                );
            }
        }
    }

    /// An easting without its zone in the projection of 6° has the numbers of the one of 3°; so
    /// far from the meridian it is of 6° unless somebody says otherwise.
    #[test]
    fn zones_without_prefix_are_of_six_degrees_where_three_do_not_reach() {
        let samples = file(&places(50), reading("epsg:4550", true), true);
        let found = examine(&samples, Some(REGION), Said::Nothing, &in_grids);
        assert_eq!(found.reading, reading("epsg:4510", true));
        assert!(found.is_plain);
        let said = Said::Datum(Datum::parse("epsg:4550").unwrap());
        let found = examine(&samples, Some(REGION), said, &in_grids);
        assert_eq!(found.reading, reading("epsg:4550", true));
        assert_eq!(found.reason, Reason::Said);
        assert!(found.is_plain);
    }

    #[test]
    fn a_few_rows_at_the_border_of_a_county_do_not_move_a_file() {
        let county = |at: LonLat, _: Option<usize>| {
            if REGION.contains(at) {
                Inside::Any
            } else {
                Inside::Nowhere
            }
        };
        // Shifted rows lie a little to the east: few of 60 leave the county.
        let samples = file(&places(60), reading("gcj02", false), false);
        let found = examine(&samples, Some(REGION), Said::Nothing, &county);
        assert_eq!(found.reading, Reading::default());
        assert_eq!((found.reason, found.is_plain), (Reason::Default, false));
        // The figures are shown all the same.
        assert_eq!(found.scores[0].reading.datum, Datum::Gcj02);
        assert!(found.scores[0].inside_any > found.scores[1].inside_any);
        assert_eq!((found.rows, found.declaring), (60, 0));
        // Many rows leave no doubt.
        let samples = file(&places(3_000), reading("gcj02", false), false);
        let found = examine(&samples, Some(REGION), Said::Nothing, &county);
        assert_eq!(found.reading.datum, Datum::Gcj02);
        assert!(found.is_plain, "{found:?}");
    }

    #[test]
    fn rows_that_no_reading_tells_apart_are_read_the_simple_way() {
        let county = |at: LonLat, _: Option<usize>| {
            if REGION.contains(at) {
                Inside::Any
            } else {
                Inside::Nowhere
            }
        };
        let middle = [LonLat {
            lon: 121.22,
            lat: 30.12,
        }; 40];
        let samples = file(&middle, reading("wgs84", false), false);
        let found = examine(&samples, Some(REGION), Said::Nothing, &county);
        assert_eq!(found.reading, Reading::default());
        assert_eq!((found.reason, found.is_plain), (Reason::Default, false));
    }

    #[test]
    fn what_a_file_says_of_itself_stands_until_evidence_speaks() {
        let never = |_: LonLat, _: Option<usize>| -> Inside { unreachable!() };
        let samples = file(&places(9), reading("gcj02", false), false);
        let hint = |code: &str| Said::Hint(Datum::parse(code).unwrap());
        let found = examine(&samples, None, hint("bd09"), &never);
        assert_eq!(found.reading, reading("bd09", false));
        assert_eq!((found.reason, found.is_plain), (Reason::Hint, true));
        // A hint that cannot be is none.
        let found = examine(&samples, None, hint("epsg:4528"), &never);
        assert_eq!(found.reading, Reading::default());
        assert_eq!((found.reason, found.is_plain), (Reason::Default, false));
        // Declared grids agree with it, or contradict it, plainly or not.
        let look = |rows, said| {
            let samples = file(&places(rows), reading("gcj02", false), true);
            examine(&samples, Some(REGION), said, &in_grids)
        };
        let found = look(2, hint("gcj02"));
        assert_eq!(found.reading, reading("gcj02", false));
        assert!(found.is_plain);
        let found = look(2, hint("bd09"));
        assert_eq!(found.reading, reading("bd09", false));
        assert_eq!((found.reason, found.is_plain), (Reason::Hint, false));
        let found = look(300, hint("bd09"));
        assert_eq!(found.reading, reading("gcj02", false));
        assert_eq!((found.reason, found.is_plain), (Reason::Evidence, true));
    }

    #[test]
    fn few_rows_in_the_grids_that_they_declare_are_proposed_and_doubtful() {
        let look = |rows| {
            let samples = file(&places(rows), reading("gcj02", true), true);
            examine(&samples, Some(REGION), Said::Nothing, &in_grids)
        };
        for rows in [3, 5, 7] {
            let found = look(rows);
            assert_eq!(found.reading, reading("gcj02", true), "{rows}");
            assert_eq!((found.reason, found.is_plain), (Reason::Evidence, false));
        }
        // Rows that declare nothing and lie at the border do not stand in for them.
        let mut samples = file(&places(2), reading("gcj02", true), true);
        let outside = file(&places(30), reading("gcj02", true), false);
        samples.extend(outside);
        let found = examine(&samples, Some(REGION), Said::Nothing, &in_grids);
        assert_eq!(found.reading, reading("wgs84", true));
        assert_eq!((found.reason, found.is_plain), (Reason::Default, false));
        let found = look(2);
        assert_eq!(found.reading, reading("wgs84", true));
        assert_eq!((found.reason, found.is_plain), (Reason::Default, false));
    }

    #[test]
    fn odd_rows_are_counted_and_do_not_disturb() {
        for swapped in [false, true] {
            let truth = reading("gcj02", swapped);
            let mut samples = file(&places(200), truth, true);
            for sample in samples.iter_mut().step_by(20) {
                (sample.first, sample.second) = (sample.second, sample.first);
            }
            let odd = |first, second| Sample {
                first,
                second,
                declared: Some(3),
            };
            samples.extend([odd(0.0, 0.0), odd(0.0, -0.0), odd(f64::NAN, 30.1)]);
            let far = file(
                &[LonLat {
                    lon: 113.3,
                    lat: 23.1,
                }],
                truth,
                true,
            )[0];
            samples.extend([far, odd(1212.0, 30.1)]);
            let found = examine(&samples, Some(REGION), Said::Nothing, &in_grids);
            assert_eq!(found.reading, truth);
            assert!(found.is_plain);
            assert_eq!((found.rows, found.zero_rows), (202, 2));
            assert_eq!((found.swapped_rows, found.far_rows), (10, 2));
        }
    }

    #[test]
    fn without_areas_the_size_of_the_numbers_speaks() {
        let never = |_: LonLat, _: Option<usize>| -> Inside { unreachable!() };
        let look = |code: &str, swapped| {
            let samples = file(&places(9), reading(code, swapped), false);
            examine(&samples, None, Said::Nothing, &never)
        };
        let found = look("gcj02", true);
        assert_eq!(found.reading, reading("wgs84", true));
        assert_eq!((found.reason, found.is_plain), (Reason::Default, false));
        let found = look("epsg:4528", true);
        assert_eq!(found.reading, reading("epsg:4528", true));
        assert_eq!((found.reason, found.is_plain), (Reason::Range, true));
        let found = look("epsg:4549", false);
        assert!(matches!(found.reading.datum, Datum::GaussKruger(of) if !of.is_prefixed()));
        assert!(!found.is_plain);
        // One row with its numbers exchanged is seen even so.
        let mut samples = file(&places(9), Reading::default(), false);
        samples.push(Sample {
            first: 30.1,
            second: 121.2,
            declared: None,
        });
        assert_eq!(
            examine(&samples, None, Said::Nothing, &never).swapped_rows,
            1
        );
    }

    #[test]
    fn what_somebody_says_is_done_and_still_looked_at() {
        let samples = file(&places(100), reading("gcj02", false), true);
        let said = Said::Reading(Reading::default());
        let found = examine(&samples, Some(REGION), said, &in_grids);
        assert_eq!(found.reading, Reading::default());
        assert_eq!((found.reason, found.is_plain), (Reason::Said, true));
        assert!(found.scores[0].inside_declared < 5);
        let projection = GaussKruger::from_epsg(4549).unwrap();
        let said = Said::Datum(Datum::GaussKruger(projection));
        let found = examine(&samples, Some(REGION), said, &in_grids);
        assert_eq!((found.is_plain, found.far_rows), (false, 100));
    }

    #[test]
    fn rows_that_belong_nowhere_prove_nothing() {
        let elsewhere = Region {
            west: 116.0,
            south: 39.5,
            east: 117.0,
            north: 40.5,
        };
        let samples = file(&places(50), reading("epsg:4528", false), false);
        let found = examine(&samples, Some(elsewhere), Said::Nothing, &in_grids);
        assert_eq!(found.reading, reading("epsg:4528", false));
        assert_eq!((found.is_plain, found.far_rows), (false, 50));
        let found = examine(&[], Some(REGION), Said::Nothing, &in_grids);
        assert_eq!(
            (found.reading, found.is_plain, found.rows),
            (Reading::default(), false, 0)
        );
    }
}
