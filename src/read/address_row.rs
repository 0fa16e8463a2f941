//! One row of an address table → where an address is.

use super::field::Field;
use super::row_reader::RowReader;
use super::row_typist::Row;
use super::table::Records;
use crate::model::{AddressEntry, ProblemKind};

impl Row for AddressEntry {
    fn read(row: &mut RowReader<'_, '_>) -> Option<Self> {
        let code = row.code(Field::AddressCode);
        let address = row.text(Field::Address);
        if code.is_empty() && address.is_empty() {
            let field = [Field::Address, Field::AddressCode]
                .into_iter()
                .find(|field| row.has(*field));
            row.add(ProblemKind::MissingValue, field, "");
            return None;
        }
        Some(Self {
            code,
            address,
            position: row.position().position,
        })
    }

    fn records(rows: Vec<Self>) -> Records {
        Records::Addresses(rows)
    }
}
