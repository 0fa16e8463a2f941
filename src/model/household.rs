//! The unit of the ledger: one household, one file (一户一档).

use super::{CodeList, Date, LonLat};

/// A household as the ledger knows it. Text fields are empty where nothing is known; counts,
/// income and dates are `None` where nothing is known, which is not the same as zero.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Household {
    /// The office's own number. Text, never empty, never a number.
    pub id: String,
    /// Name of the head of household.
    pub head_name: String,
    /// Resident ID number of the head, as text.
    pub id_number: String,
    /// Telephone, as text.
    pub phone: String,
    /// Address as written.
    pub address: String,
    /// Where it is, or `None` where it is not geocoded.
    pub position: Option<LonLat>,
    /// What the file said of the position where it could not be used ("30.2, 121.5").
    pub position_text: String,
    /// Code of the area that the file declares.
    pub declared_area: String,
    /// Number of members.
    pub members: Option<u16>,
    /// Members of 60 and older.
    pub elderly: Option<u16>,
    /// Members under 18.
    pub children: Option<u16>,
    /// Members with a disability.
    pub disabled: Option<u16>,
    /// Whether the household is one person living alone.
    pub living_alone: Option<bool>,
    /// Income of the whole household in yuan a month.
    pub monthly_income: Option<f64>,
    /// Programmes received: catalogue codes, unknown ones as they came.
    pub programmes: CodeList,
    /// Open needs: catalogue codes, unknown ones as they came.
    pub needs: CodeList,
    /// Day of the last visit.
    pub last_visit: Option<Date>,
    /// Free tags.
    pub tags: CodeList,
    /// Free notes.
    pub notes: String,
}
