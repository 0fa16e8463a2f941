//! The table of members.

use super::cells::{Binder, Cells};
use super::rows::{Keys, Record, Table};
use crate::model::{DisabilityKind, Person, Sex};
use rusqlite::Result;
use rusqlite::types::FromSqlError;

pub(super) const TABLE: Table = Table {
    name: "person",
    kind: 2,
    owner: "household",
    columns: "id, name, id_number, phone, relation, sex, born_day, disability_certificate, \
        certificate_until_day, disability_kind, disability_level, health, self_care, schooling, \
        work, monthly_income, tags, notes",
};

/// Whether a text shows stars in place of characters.
pub(super) fn is_masked(text: &str) -> bool {
    text.contains('*')
}

/// Whether two texts say different things: neither is empty or masked, and they differ.
fn contradict(a: &str, b: &str) -> bool {
    a != b
        && [a, b]
            .iter()
            .all(|text| !text.is_empty() && !is_masked(text))
}

impl Record for Person {
    const TABLE: Table = TABLE;

    fn bind(&self, values: &mut Binder<'_, '_>) -> Result<()> {
        values.text(&self.id)?;
        values.text(&self.name)?;
        values.text(&self.id_number)?;
        values.text(&self.phone)?;
        values.text(&self.relation)?;
        values.text(self.sex.map_or("", Sex::code))?;
        values.date(self.born)?;
        values.text(&self.disability_certificate)?;
        values.date(self.certificate_until)?;
        values.whole(self.disability_kind.map(|kind| i64::from(kind.number())))?;
        values.whole(self.disability_level.map(i64::from))?;
        values.text(&self.health)?;
        values.text(&self.self_care)?;
        values.text(&self.schooling)?;
        values.text(&self.work)?;
        values.real(self.monthly_income)?;
        values.text(self.tags.as_str())?;
        values.text(&self.notes)
    }

    fn read(cells: &mut Cells<'_, '_>) -> Result<Self> {
        let mut person = Self::default();
        cells.text(&mut person.id)?;
        cells.text(&mut person.name)?;
        cells.text(&mut person.id_number)?;
        cells.text(&mut person.phone)?;
        cells.text(&mut person.relation)?;
        person.sex = cells.word(|code| match code {
            "" => Some(None),
            code => Sex::from_code(code).map(Some),
        })?;
        person.born = cells.date()?;
        cells.text(&mut person.disability_certificate)?;
        person.certificate_until = cells.date()?;
        person.disability_kind = cells.next(|value| match value.as_i64_or_null()? {
            None => Ok(None),
            Some(number) => u8::try_from(number)
                .ok()
                .and_then(DisabilityKind::from_number)
                .map(Some)
                .ok_or(FromSqlError::OutOfRange(number)),
        })?;
        person.disability_level = cells.whole()?;
        cells.text(&mut person.health)?;
        cells.text(&mut person.self_care)?;
        cells.text(&mut person.schooling)?;
        cells.text(&mut person.work)?;
        person.monthly_income = cells.real()?;
        cells.list(&mut person.tags)?;
        cells.text(&mut person.notes)?;
        Ok(person)
    }

    fn keys(&self, keys: &mut Keys<'_>) {
        if !self.id.is_empty() {
            keys.push("id", &self.id);
        }
        if !self.id_number.is_empty() && !is_masked(&self.id_number) {
            keys.push("id_number", &self.id_number);
        }
        keys.push("name", &self.name);
    }

    /// Numbers of members are given anew by some offices, and names are shared by others: the ID
    /// number decides, then the member's number, then the name.
    fn is_same_row(&self, stored: &Self) -> bool {
        let same = |a: &str, b: &str| !a.is_empty() && a == b;
        if contradict(&self.id_number, &stored.id_number) {
            return false;
        }
        same(&self.id_number, &stored.id_number) && !is_masked(&self.id_number)
            || same(&self.id, &stored.id)
            || self.name == stored.name && !contradict(&self.id, &stored.id)
    }

    fn unmask(&mut self, stored: &Self) {
        for (own, stored) in [
            (&mut self.name, &stored.name),
            (&mut self.id_number, &stored.id_number),
            (&mut self.phone, &stored.phone),
        ] {
            if is_masked(own) && !stored.is_empty() && !is_masked(stored) {
                own.clone_from(stored);
            }
        }
    }

    fn household_id(&mut self) -> Option<&mut String> {
        Some(&mut self.household_id)
    }
}
