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
    /// The row names a household that the ledger does not have.
    UnknownHousehold "unknown_household" Rejected,
    /// The row names a member that the household does not have.
    UnknownMember "unknown_member" Doubtful,
    /// The value without which the row says nothing is missing.
    MissingValue "missing_value" Rejected,
    /// A word that the program has no value for.
    UnknownValue "unknown_value" Note,
    /// A disability certificate whose number, kind or level is none.
    BadCertificate "bad_certificate" Doubtful,
    /// Sex or birth date differ from the ID number.
    ContradictsIdNumber "contradicts_id_number" Doubtful,
    /// A division code of a wrong length, or one that does not start with its parent's.
    BadAreaCode "bad_area_code" Doubtful,
    /// A grid code that does not have the form of the others, or does not start with its community's.
    BadGridCode "bad_grid_code" Doubtful,
    /// The position is 0, 0, as programs write where there is none.
    ZeroCoordinate "zero_coordinate" Doubtful,
    /// The position is far from every area.
    OutOfRegion "out_of_region" Doubtful,
    /// The position is written in degrees, minutes and seconds; the decimal one is proposed.
    DegreesText "degrees_text" Doubtful,
    /// A cell that holds an error of a spreadsheet formula.
    FormulaError "formula_error" Doubtful,
    /// An end before its start.
    DatesReversed "dates_reversed" Doubtful,
    /// One ID number in two households.
    SameIdNumber "same_id_number" Doubtful,
    /// What seems to be one person under two spellings.
    SamePerson "same_person" Doubtful,
    /// What seems to be one household twice.
    SameHousehold "same_household" Doubtful,
    /// Counts of the household that its members contradict.
    CountsContradict "counts_contradict" Doubtful,
    /// Two areas of one level that share ground.
    AreaOverlap "area_overlap" Doubtful,
    /// Ground within an area that none of its parts covers.
    AreaGap "area_gap" Doubtful,
    /// An area that reaches out of the one that it belongs to.
    AreaOutsideParent "area_outside_parent" Doubtful,
    /// A column that no purpose needs was left out.
    DroppedColumn "dropped_column" Note,
    /// A household known under another number, found by its ID number.
    MatchedByIdNumber "matched_by_id_number" Note,
    /// A new household much like one that has vanished.
    MaybeSameHousehold "maybe_same_household" Doubtful,
    /// A value that was recorded here and differs from the file's; it is kept.
    KeptAsRecorded "kept_as_recorded" Note,
    /// A value with stars in place of its characters.
    MaskedValue "masked_value" Note,
    /// The evidence does not tell one datum from another.
    UndecidedDatum "undecided_datum" Doubtful,
    /// A file so large that of people who stand in it twice only equal ID numbers were looked for.
    LargeFile "large_file" Note,
    /// A row that says of somebody what an earlier row of the same file says, or takes its place.
    RepeatedRow "repeated_row" Doubtful,
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
