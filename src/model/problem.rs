//! A row that was rejected or is doubtful: data, not an error.

use crate::words::Lang;
use std::sync::Arc;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// The row is kept; somebody should look.
    Doubtful,
    /// The row (or feature) is not stored.
    Rejected,
}

macro_rules! problem_kinds {
    ($($(#[$doc:meta])* $kind:ident $code:literal $severity:ident,)*) => {
        /// What is wrong with a row.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ProblemKind { $($(#[$doc])* $kind,)* }

        impl ProblemKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            /// Its word in reports and in the workspace file.
            pub fn code(self) -> &'static str {
                match self { $(Self::$kind => $code,)* }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self { $(Self::$kind => Severity::$severity,)* }
            }
        }
    };
}

problem_kinds! {
    /// The household has no id.
    MissingId "missing_id" Rejected,
    /// The id was seen in this file before.
    DuplicateId "duplicate_id" Rejected,
    /// A record that cannot be read as a row.
    UnreadableRow "unreadable_row" Rejected,
    /// The row has more or fewer cells than the header.
    FieldCount "field_count" Doubtful,
    /// A quotation mark that is never closed.
    UnclosedQuote "unclosed_quote" Doubtful,
    /// Bytes that are not text in the file's encoding.
    BadEncoding "bad_encoding" Doubtful,
    /// Longitude or latitude is missing.
    MissingCoordinate "missing_coordinate" Doubtful,
    /// Longitude or latitude is not a number.
    BadCoordinate "bad_coordinate" Doubtful,
    /// Longitude or latitude is out of range.
    CoordinateOutOfRange "coordinate_out_of_range" Doubtful,
    /// Longitude and latitude have changed places; the exchange is proposed.
    SwappedCoordinates "swapped_coordinates" Doubtful,
    /// A programme that the catalogue does not have; kept as it is.
    UnknownProgramme "unknown_programme" Note,
    /// A need that the catalogue does not have; kept as it is.
    UnknownNeed "unknown_need" Note,
    /// A count or an amount that is not a number, or a negative one.
    BadNumber "bad_number" Doubtful,
    /// A date that is none.
    BadDate "bad_date" Doubtful,
    /// A date after today.
    FutureDate "future_date" Doubtful,
    /// A yes-or-no cell that says neither.
    BadYesNo "bad_yes_no" Doubtful,
    /// An ID number with a wrong length, date or checksum.
    BadIdNumber "bad_id_number" Doubtful,
    /// An ID number that a spreadsheet turned into a rounded number: digits are lost.
    LostDigits "lost_digits" Doubtful,
    /// A 15-digit ID number of the old form.
    LegacyIdNumber "legacy_id_number" Note,
    /// A telephone number of no known form.
    BadPhone "bad_phone" Doubtful,
    /// A grid code that no area has.
    UnknownArea "unknown_area" Doubtful,
    /// An area without a boundary.
    NullGeometry "null_geometry" Rejected,
    /// A boundary that is no polygon, or has too few points or bad numbers.
    BadGeometry "bad_geometry" Rejected,
    /// A ring that was not closed; it was closed.
    UnclosedRing "unclosed_ring" Note,
    /// An area without a code.
    MissingCode "missing_code" Rejected,
    /// An area whose code was seen before.
    DuplicateCode "duplicate_code" Rejected,
    /// A level that is not known; taken from the place in the tree.
    UnknownLevel "unknown_level" Note,
    /// A feature that is not a feature.
    BadFeature "bad_feature" Rejected,
}

impl ProblemKind {
    /// The kind of its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// What is wrong, in words.
    pub fn text(self, lang: Lang) -> String {
        lang.t(&format!("problem.{}", self.code())).into_owned()
    }

    /// What to do about it, in words.
    pub fn advice(self, lang: Lang) -> String {
        lang.t(&format!("problem.{}_advice", self.code()))
            .into_owned()
    }
}

/// One rejected or doubtful row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// File name (without folders).
    pub source: Arc<str>,
    /// Row as a spreadsheet counts it (the header is row 1); for `GeoJSON` the feature, from 1.
    /// 0 where the whole file is meant.
    pub row: u64,
    /// Header of the column, or the member of the feature; empty where the whole row is meant.
    pub column: String,
    /// What is wrong.
    pub kind: ProblemKind,
    /// The offending text.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_words_and_its_code_leads_back() {
        for kind in ProblemKind::ALL {
            assert_eq!(ProblemKind::from_code(kind.code()), Some(*kind));
            for lang in Lang::ALL {
                assert!(
                    lang.knows(&format!("problem.{}", kind.code())),
                    "{}",
                    kind.code()
                );
                assert!(
                    lang.knows(&format!("problem.{}_advice", kind.code())),
                    "{}",
                    kind.code()
                );
            }
        }
    }
}
