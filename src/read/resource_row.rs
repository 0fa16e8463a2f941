//! One row of a list of who offers help → one resource.

use super::cell;
use super::field::Field;
use super::row_reader::RowReader;
use super::row_typist::Row;
use super::table::Records;
use crate::model::{ProblemKind, Resource};

impl Row for Resource {
    fn read(row: &mut RowReader<'_, '_>) -> Option<Self> {
        let id = row.code(Field::ResourceId);
        let name = row.text(Field::Name);
        if id.is_empty() && name.is_empty() {
            let field = [Field::Name, Field::ResourceId]
                .into_iter()
                .find(|field| row.has(*field));
            row.add(ProblemKind::MissingValue, field, "");
            return None;
        }
        let typist = row.typist;
        let in_kilometres = {
            let header = typist.columns.name(Field::RadiusM).to_lowercase();
            ["公里", "千米", "km"].iter().any(|unit| header.contains(unit))
        };
        let metres = |text: &str| {
            let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            let unit_m = if in_kilometres && plain { 1000.0 } else { 1.0 };
            cell::metres(text).map(|value| value * unit_m)
        };
        Some(Self {
            id: if id.is_empty() { name.clone() } else { id },
            name,
            category: row.term(Field::Category, &typist.needs, ProblemKind::UnknownNeed),
            address: row.text(Field::Address),
            position: row.position().position,
            capacity: row
                .typed(Field::Capacity, ProblemKind::BadNumber, cell::amount)
                .map(|number| number.min(f64::from(u32::MAX)) as u32),
            radius_m: row.typed(Field::RadiusM, ProblemKind::BadNumber, metres),
            hours: row.text(Field::Hours),
            phone: row.phone(),
            notes: row.text(Field::Notes),
        })
    }

    fn key(&self) -> Option<(&str, Field)> {
        Some((&self.id, Field::ResourceId))
    }

    fn records(rows: Vec<Self>) -> Records {
        Records::Resources(rows)
    }
}
