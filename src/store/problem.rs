//! The table of problems.

use super::fault;
use super::replaced::STANDING;
use crate::model::{Problem, ProblemKind};
use crate::words::Fault;
use rusqlite::{Connection, Result, Statement, params};
use std::path::Path;
use std::sync::Arc;

pub(super) const PUT: &str = "INSERT INTO problem (import, source, row, column, kind, text) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/// Runs [`PUT`].
pub(super) fn put(statement: &mut Statement<'_>, import: i64, problem: &Problem) -> Result<()> {
    statement
        .execute(params![
            import,
            problem.source,
            problem.row as i64,
            problem.column,
            problem.kind.code(),
            problem.text
        ])
        .map(|_| ())
}

/// Number of problems.
pub(super) fn count(connection: &Connection, path: &Path) -> std::result::Result<usize, Fault> {
    connection
        .query_row(
            &format!("SELECT count(*) FROM problem WHERE import IN ({STANDING})"),
            [],
            |row| row.get::<_, i64>(0),
        )
        .map(|count| usize::try_from(count).unwrap_or(0))
        .map_err(|error| fault::of(path, &error))
}

/// The problems of the newest batch first, each batch's in the order in which they came.
pub(super) fn first(
    connection: &Connection,
    path: &Path,
    limit: usize,
) -> std::result::Result<Vec<Problem>, Fault> {
    let wrap = |error: rusqlite::Error| fault::of(path, &error);
    let mut statement = connection
        .prepare(&format!(
            "SELECT problem.source, row, column, problem.kind, text FROM problem \
             JOIN import ON import.number = problem.import \
             WHERE problem.import IN ({STANDING}) \
             ORDER BY import.batch DESC, problem.number LIMIT ?1"
        ))
        .map_err(wrap)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut rows = statement.query([limit]).map_err(wrap)?;
    let mut problems: Vec<Problem> = Vec::new();
    while let Some(row) = rows.next().map_err(wrap)? {
        let source: String = row.get(0).map_err(wrap)?;
        // A file has many problems and one name.
        let source = match problems.last() {
            Some(before) if *before.source == *source => Arc::clone(&before.source),
            _ => Arc::from(source),
        };
        let kind: String = row.get(3).map_err(wrap)?;
        problems.push(Problem {
            source,
            row: row.get::<_, i64>(1).map_err(wrap)? as u64,
            column: row.get(2).map_err(wrap)?,
            kind: ProblemKind::from_code(&kind).ok_or_else(|| fault::damaged(path))?,
            text: row.get(4).map_err(wrap)?,
        });
    }
    Ok(problems)
}
