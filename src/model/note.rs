//! What somebody wrote down about a household, for whoever comes next.

use super::Date;

/// A note. It is never part of an import: the notes of a ledger are a value of the household.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Note {
    /// Id of the household.
    pub household_id: String,
    /// The day that it is about.
    pub on: Option<Date>,
    /// What it says.
    pub text: String,
    /// Who wrote it.
    pub author: String,
}
