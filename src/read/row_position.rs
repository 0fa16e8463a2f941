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
