//! The table of areas.

use super::{boundary, fault};
use crate::model::{Area, AreaLevel};
use crate::words::Fault;
use rusqlite::{Connection, Result, Statement, params};
use std::path::Path;

pub(super) const PUT: &str = "INSERT OR REPLACE INTO area \
    (code, name, level, parent, derived, boundary) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/// Runs [`PUT`].
pub(super) fn put(statement: &mut Statement<'_>, area: &Area) -> Result<()> {
    statement
        .execute(params![
            area.code,
            area.name,
            area.level.code(),
            area.parent,
            area.derived,
            boundary::encode(&area.boundary)
        ])
        .map(|_| ())
}

/// All areas, by level (largest first), then by code.
pub(super) fn all(connection: &Connection, path: &Path) -> std::result::Result<Vec<Area>, Fault> {
    let wrap = |error: rusqlite::Error| fault::of(path, &error);
    let mut statement = connection
        .prepare("SELECT code, name, level, parent, derived, boundary FROM area")
        .map_err(wrap)?;
    let mut rows = statement.query([]).map_err(wrap)?;
    let mut areas = Vec::new();
    while let Some(row) = rows.next().map_err(wrap)? {
        let damaged = || fault::damaged(path);
        let level: String = row.get(2).map_err(wrap)?;
        let bytes = row.get_ref(5).map_err(wrap)?;
        let bytes = bytes.as_blob().map_err(|error| damaged().because(error))?;
        areas.push(Area {
            code: row.get(0).map_err(wrap)?,
            name: row.get(1).map_err(wrap)?,
            level: AreaLevel::from_code(&level).ok_or_else(damaged)?,
            parent: row.get(3).map_err(wrap)?,
            boundary: boundary::decode(bytes).ok_or_else(damaged)?,
            derived: row.get(4).map_err(wrap)?,
        });
    }
    areas.sort_by(|a, b| (a.level, &a.code).cmp(&(b.level, &b.code)));
    Ok(areas)
}
