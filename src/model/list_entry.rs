//! Rows of other departments' lists and of address tables.

use super::{CodeList, LonLat};

/// A row of a department's list: somebody whom it knows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListEntry {
    /// Name.
    pub name: String,
    /// Resident ID number, as text.
    pub id_number: String,
    /// Telephone, as text.
    pub phone: String,
    /// Address as written.
    pub address: String,
    /// Id of the household, where the list knows it.
    pub household_id: String,
    /// Kind of disability, level, amount and what else was understood, in the file's words.
    pub details: CodeList,
    /// Free notes.
    pub notes: String,
}

/// A row of an address table: where an address is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AddressEntry {
    /// Code of the address or of the building; may be empty.
    pub code: String,
    /// Address as written; may be empty where there is a code.
    pub address: String,
    /// Where it is.
    pub position: Option<LonLat>,
}
