//! Bringing a workspace to the shape that this program knows.

use rusqlite::{Connection, Result};

/// Marks an `SQLite` file as a workspace: "LMAP".
pub(super) const APPLICATION_ID: i32 = 0x4C4D_4150;

/// The steps from one version to the next; step i leads to version i + 1. A step that a released
/// program has taken never changes.
pub(super) const STEPS: &[&str] = &[
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_versions.sql"),
    include_str!("migrations/0003_replaced.sql"),
    include_str!("migrations/0004_catalogue.sql"),
    include_str!("migrations/0005_notes.sql"),
    include_str!("migrations/0006_reviews.sql"),
];

/// The version that this program writes.
pub(super) const VERSION: i64 = STEPS.len() as i64;

/// Takes every step that is missing, all in one transaction: the file ends in the last version
/// or stays as it was.
pub(super) fn migrate(connection: &mut Connection, steps: &[&str]) -> Result<()> {
    let transaction = connection.transaction()?;
    let version: i64 =
        transaction.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))?;
    let done = usize::try_from(version).unwrap_or(0);
    for step in steps.iter().skip(done) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", steps.len().max(done) as i64)?;
    transaction.commit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(connection: &Connection) -> i64 {
        connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap()
    }

    #[test]
    fn only_missing_steps_are_taken() {
        let mut connection = Connection::open_in_memory().unwrap();
        let steps = ["CREATE TABLE a (x)", "ALTER TABLE a ADD COLUMN y"];
        migrate(&mut connection, &steps[..1]).unwrap();
        connection
            .execute_batch("INSERT INTO a VALUES (7)")
            .unwrap();
        migrate(&mut connection, &steps).unwrap();
        migrate(&mut connection, &steps).unwrap();
        let row: (i64, Option<i64>) = connection
            .query_row("SELECT x, y FROM a", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .unwrap();
        assert_eq!((row, version(&connection)), ((7, None), 2));
    }

    #[test]
    fn a_step_that_fails_undoes_those_before_it() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, &["CREATE TABLE a (x)"]).unwrap();
        let steps = ["", "CREATE TABLE b (x)", "CREATE TABLE a (x)"];
        migrate(&mut connection, &steps).unwrap_err();
        assert_eq!(version(&connection), 1);
        assert!(!connection.table_exists(None, "b").unwrap());
    }
}
