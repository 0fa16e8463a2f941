//! The table of areas.

use super::boundary;
use super::cells::{Binder, Cells};
use super::rows::{self, Keys, Record, Table};
use crate::model::{Area, AreaLevel};
use crate::words::Fault;
use rusqlite::types::FromSqlError;
use rusqlite::{Connection, Result};
use std::path::Path;

pub(super) const TABLE: Table = Table {
    name: "area",
    kind: 1,
    owner: "",
    columns: "code, name, level, parent, derived, boundary",
};

impl Record for Area {
    const TABLE: Table = TABLE;

    fn bind(&self, values: &mut Binder<'_, '_>) -> Result<()> {
        values.text(&self.code)?;
        values.text(&self.name)?;
        values.text(self.level.code())?;
        values.text(&self.parent)?;
        values.whole(Some(i64::from(self.derived)))?;
        values.blob(&boundary::encode(&self.boundary))
    }

    fn read(cells: &mut Cells<'_, '_>) -> Result<Self> {
        let mut text = || {
            let mut text = String::new();
            cells.text(&mut text).map(|()| text)
        };
        let (code, name) = (text()?, text()?);
        let level = cells.word(AreaLevel::from_code)?;
        let mut parent = String::new();
        cells.text(&mut parent)?;
        Ok(Self {
            code,
            name,
            level,
            parent,
            derived: cells.number::<u8>()? != 0,
            boundary: cells.next(|value| {
                boundary::decode(value.as_blob()?).ok_or(FromSqlError::InvalidType)
            })?,
        })
    }

    fn keys(&self, keys: &mut Keys<'_>) {
        keys.push("code", &self.code);
    }

    fn is_same_row(&self, stored: &Self) -> bool {
        self.code == stored.code
    }
}

/// All areas, by level (largest first), then by code.
pub(super) fn all(connection: &Connection, path: &Path) -> std::result::Result<Vec<Area>, Fault> {
    let mut areas: Vec<Area> = Vec::new();
    rows::each(connection, path, "", &mut |_, _, area: &Area| {
        areas.push(area.clone());
        Ok(())
    })?;
    areas.sort_by(|a, b| (a.level, &a.code).cmp(&(b.level, &b.code)));
    Ok(areas)
}
