//! Where a row says that something is: the pair of its coordinates, read as the file is read.

use super::cell;
use super::field::Field;
use super::row_reader::RowReader;
use crate::datum::{Datum, Reading, degrees};
use crate::model::{LonLat, ProblemKind};

/// What came of the pair.
#[derive(Debug, Default)]
pub(super) struct Placed {
    /// Where it is, or `None` where the pair cannot be used.
    pub(super) position: Option<LonLat>,
    /// The pair as the file has it, where it could not be used or the position is not the pair itself.
    pub(super) text: String,
    /// The datum of the pair; empty for WGS-84.
    pub(super) datum: String,
}

enum Verdict {
    /// Usable; and whether the position is something else than the pair.
    At(LonLat, bool),
    /// Not usable; what is wrong, in which column, and whether both cells say it.
    Not(ProblemKind, Field, bool),
}

impl RowReader<'_, '_> {
    /// Where the row says that it is; what cannot be used is doubted and kept as it came.
    pub(super) fn position(&mut self) -> Placed {
        let first = self.cell(Field::Lon);
        let second = self.cell(Field::Lat);
        let verdict = if self.typist.has_position {
            self.judged(first, second)
        } else {
            Verdict::Not(ProblemKind::MissingCoordinate, Field::Lon, true)
        };
        if let Verdict::At(position, false) = verdict {
            return Placed {
                position: Some(position),
                ..Placed::default()
            };
        }
        let pair = if first.is_empty() && second.is_empty() {
            String::new()
        } else {
            format!("{first}, {second}")
        };
        let position = match verdict {
            Verdict::At(position, _) => Some(position),
            Verdict::Not(kind, field, both) => {
                if !self.typist.has_position {
                    // The file as a whole has said so.
                } else if both {
                    self.add(kind, Some(field), &pair);
                } else {
                    self.doubt(kind, field);
                }
                None
            }
        };
        let datum = if pair.is_empty() {
            String::new()
        } else {
            self.typist.datum_code.clone()
        };
        Placed {
            position,
            text: pair,
            datum,
        }
    }

    fn judged(&self, first: &str, second: &str) -> Verdict {
        if first.is_empty() || second.is_empty() {
            let field = if first.is_empty() {
                Field::Lon
            } else {
                Field::Lat
            };
            return Verdict::Not(ProblemKind::MissingCoordinate, field, true);
        }
        let numbers = (cell::coordinate(first), cell::coordinate(second));
        if let (Some(first), Some(second)) = numbers {
            return self.judged_numbers(first, second, false);
        }
        let first = numbers.0.or_else(|| degrees(first));
        let second = numbers.1.or_else(|| degrees(second));
        match (first, second) {
            (Some(first), Some(second)) if self.typist.accepted.degrees_text => {
                self.judged_numbers(first, second, true)
            }
            (Some(_), Some(_)) => Verdict::Not(ProblemKind::DegreesText, Field::Lon, true),
            (None, _) => Verdict::Not(ProblemKind::BadCoordinate, Field::Lon, false),
            (_, None) => Verdict::Not(ProblemKind::BadCoordinate, Field::Lat, false),
        }
    }

    fn judged_numbers(&self, first: f64, second: f64, is_text: bool) -> Verdict {
        if first == 0.0 && second == 0.0 {
            return Verdict::Not(ProblemKind::ZeroCoordinate, Field::Lon, true);
        }
        let reading = self.typist.reading;
        if let Some(at) = reading.locate(first, second) {
            return Verdict::At(at, is_text || reading.datum != Datum::Wgs84);
        }
        let exchanged = Reading {
            swapped: !reading.swapped,
            ..reading
        };
        if let Some(at) = exchanged.locate(first, second) {
            return if self.typist.accepted.swapped {
                Verdict::At(at, true)
            } else {
                Verdict::Not(ProblemKind::SwappedCoordinates, Field::Lon, true)
            };
        }
        let (x, x_field, y_field) = if reading.swapped {
            (second, Field::Lat, Field::Lon)
        } else {
            (first, Field::Lon, Field::Lat)
        };
        let is_x = reading.datum.is_projected() || x.abs() > 180.0;
        let field = if is_x { x_field } else { y_field };
        Verdict::Not(ProblemKind::CoordinateOutOfRange, field, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TableKind;
    use crate::read::trial::{households, ledger, options, problems, read};
    use crate::read::{Accepted, Batch, TableOptions};

    #[test]
    fn coordinates_that_cannot_be_used_leave_the_household_unplaced() {
        let (_, batch) = ledger(
            "id;lng;lat\n1;30.17;121.26\n2;121.26;\n3;;30.1\n4;abc;30\n5;500000;3300000\n6;121;-91\n7;nan;inf\n8;-122.257;47.5112\n9;;\n",
        )
        .unwrap();
        assert_eq!(
            problems(&batch),
            [
                "2 swapped_coordinates lng 30.17, 121.26",
                "3 missing_coordinate lat 121.26,",
                "4 missing_coordinate lng , 30.1",
                "5 bad_coordinate lng abc",
                "6 coordinate_out_of_range lng 500000, 3300000",
                "7 coordinate_out_of_range lat 121, -91",
                "8 bad_coordinate lng nan",
                "10 missing_coordinate lng",
            ]
        );
        let texts: Vec<_> = households(&batch)
            .iter()
            .map(|one| &*one.position_text)
            .collect();
        assert_eq!(
            texts,
            [
                "30.17, 121.26",
                "121.26, ",
                ", 30.1",
                "abc, 30",
                "500000, 3300000",
                "121, -91",
                "nan, inf",
                "",
                ""
            ]
        );
        assert_eq!(
            households(&batch)[7].position,
            LonLat::new(-122.257, 47.5112)
        );
        let (_, batch) = ledger("id,lng\n1,2\n2,3\n").unwrap();
        assert_eq!(problems(&batch), ["0 missing_coordinate"]);
    }

    fn ledger_as(text: &str, reading: Reading, accepted: Accepted) -> Batch {
        let options = TableOptions {
            reading,
            accepted,
            ..options()
        };
        read(text.as_bytes(), TableKind::Households, &options)
            .unwrap()
            .1
    }

    #[test]
    fn what_is_no_place_is_proposed_and_read_only_when_accepted() {
        let text = "id,lon,lat\n1,0,0.0\n2,121°16′30″,30°10′30″\n3,30.17,121.27\n4,121.27,\n";
        let (_, batch) = ledger(text).unwrap();
        assert_eq!(
            problems(&batch),
            [
                "2 zero_coordinate lon 0, 0.0",
                "3 degrees_text lon 121°16′30″, 30°10′30″",
                "4 swapped_coordinates lon 30.17, 121.27",
                "5 missing_coordinate lat 121.27,",
            ]
        );
        let accepted = Accepted {
            swapped: true,
            degrees_text: true,
        };
        let batch = ledger_as(text, Reading::default(), accepted);
        let left = [
            "2 zero_coordinate lon 0, 0.0",
            "5 missing_coordinate lat 121.27,",
        ];
        assert_eq!(problems(&batch), left);
        let places: Vec<_> = households(&batch).iter().map(|one| one.position).collect();
        assert_eq!(places[1], LonLat::new(121.275, 30.175));
        assert_eq!(places[2], LonLat::new(121.27, 30.17));
        assert_eq!(households(&batch)[1].position_text, "121°16′30″, 30°10′30″");
    }

    #[test]
    fn another_datum_keeps_the_pair_beside_the_position() {
        let reading = Reading {
            datum: Datum::WebMercator,
            swapped: true,
        };
        let text = "id,x,y\n1,3525420.528471871,13497488.258684\n2,1e9,1e9\n";
        let batch = ledger_as(text, reading, Accepted::default());
        let first = &households(&batch)[0];
        let at = first.position.unwrap();
        assert!((at.lon - 121.25).abs() < 1e-9 && (at.lat - 30.17).abs() < 1e-9);
        assert_eq!(first.position_text, "3525420.528471871, 13497488.258684");
        assert_eq!(first.position_datum, "epsg:3857");
        assert_eq!(problems(&batch), ["3 coordinate_out_of_range y 1e9, 1e9"]);
        // A whole file with the two exchanged reads as such; a single row against it stands out.
        let reading = Reading {
            swapped: true,
            ..Reading::default()
        };
        let batch = ledger_as(
            "id,lon,lat\n1,30.17,121.27\n2,121.27,30.17\n",
            reading,
            Accepted::default(),
        );
        assert_eq!(households(&batch)[0].position, LonLat::new(121.27, 30.17));
        assert_eq!(households(&batch)[0].position_text, "");
        assert_eq!(
            problems(&batch),
            ["3 swapped_coordinates lon 121.27, 30.17"]
        );
    }
}
