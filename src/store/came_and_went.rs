//! Which households came into the ledger between two days, and how many left it.

use super::{Workspace, fault};
use crate::base::local_day;
use crate::model::Date;
use crate::words::Fault;
use rusqlite::{Connection, Result};
use std::fmt::Write as _;

impl Workspace {
    /// The ids of the households that came into the ledger after one day and by another, in the
    /// order in which they first came, and how many left it in that time. A household came with
    /// the first import that names it and is not undone.
    ///
    /// Limit: it is known when files were imported, not when somebody moved.
    pub fn came_and_went(
        &self,
        since: Date,
        until: Date,
    ) -> std::result::Result<(Vec<String>, usize), Fault> {
        came_and_went(self.connection(), since, until)
            .map_err(|error| fault::of(self.path(), &error))
    }

    /// The day of the first import or edit; nothing in an empty workspace.
    pub fn first_day(&self) -> std::result::Result<Option<Date>, Fault> {
        let batches = self.batches()?;
        let first = batches.iter().map(|batch| batch.at_unix_secs).min();
        Ok(first.and_then(day_of))
    }
}

fn day_of(unix_secs: i64) -> Option<Date> {
    Date::parse(&local_day(unix_secs))
}

fn came_and_went(
    connection: &Connection,
    since: Date,
    until: Date,
) -> Result<(Vec<String>, usize)> {
    let (mut early, mut late) = (String::from("0"), String::from("0"));
    let mut statement = connection.prepare(
        "SELECT import.number, batch.at_unix_secs FROM import \
         JOIN batch ON batch.number = import.batch WHERE batch.undone_at_unix_secs IS NULL",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for row in rows {
        let (import, at_unix_secs): (i64, i64) = row?;
        let Some(day) = day_of(at_unix_secs) else {
            continue;
        };
        let list = if day <= since {
            &mut early
        } else if day <= until {
            &mut late
        } else {
            continue;
        };
        // Writing to a String cannot fail.
        let _ = write!(list, ", {import}");
    }
    let named = |imports: &str| {
        format!(
            "((import IN ({imports}) AND gone = 0) \
             OR EXISTS (SELECT 1 FROM household_past AS past WHERE past.number = household.number \
                 AND past.import IN ({imports}) AND past.gone = 0) \
             OR EXISTS (SELECT 1 FROM seen WHERE kind = 0 AND seen.number = household.number \
                 AND seen.import IN ({imports})))"
        )
    };
    let (was, came) = (named(&early), named(&late));
    let sql =
        format!("SELECT id FROM household WHERE gone = 0 AND {came} AND NOT {was} ORDER BY number");
    let mut statement = connection.prepare(&sql)?;
    let ids = statement.query_map([], |row| row.get(0))?;
    let ids = ids.collect::<Result<Vec<String>>>()?;
    let sql =
        format!("SELECT count(*) FROM household WHERE gone = 1 AND import IN ({late}) AND {was}");
    let gone = connection.query_row(&sql, [], |row| row.get::<_, i64>(0))?;
    Ok((ids, gone as usize))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{bare, new_workspace, record};
    use super::super::{Stamp, Workspace};
    use super::*;
    use crate::base::Progress;
    use crate::model::FieldSet;

    const DAY_SECS: i64 = 86_400;
    /// Noon of 2026-09-21 in UTC.
    const NOON: i64 = 1_790_000_000 / DAY_SECS * DAY_SECS + DAY_SECS / 2;

    fn import(workspace: &mut Workspace, day: i64, ids: &[&str]) -> i64 {
        let mut import = workspace.begin_import().unwrap();
        import.begin_file(&record("a.csv")).unwrap();
        for (id, row) in ids.iter().zip(2..) {
            let household = bare(id);
            import
                .put_household(&household, FieldSet::ALL, row)
                .unwrap();
        }
        let stamp = Stamp {
            title: "a",
            at_unix_secs: NOON + day * DAY_SECS,
        };
        import.commit(stamp).unwrap()
    }

    #[test]
    fn who_came_is_told_by_the_first_import_that_counts() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        assert_eq!(workspace.first_day().unwrap(), None);
        import(&mut workspace, 0, &["a", "b"]);
        import(&mut workspace, 10, &["a", "b", "c"]);
        let wrong = import(&mut workspace, 20, &["a", "d"]);
        let day = day_of(NOON).unwrap();
        assert_eq!(workspace.first_day().unwrap(), Some(day));
        let came = |workspace: &Workspace, from: i32, to: i32| {
            let found = workspace.came_and_went(day.plus_days(from), day.plus_days(to));
            found.unwrap()
        };
        let ids = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(came(&workspace, 0, 9), (ids(&[]), 0));
        assert_eq!(came(&workspace, 0, 10), (ids(&["c"]), 0));
        assert_eq!(came(&workspace, 5, 30), (ids(&["c", "d"]), 0));
        assert_eq!(came(&workspace, 10, 30), (ids(&["d"]), 0));
        assert_eq!(came(&workspace, -1, 0), (ids(&["a", "b"]), 0));
        workspace
            .undo_batch(wrong, NOON + 21 * DAY_SECS, &Progress::new())
            .unwrap();
        assert_eq!(came(&workspace, 10, 30), (ids(&[]), 0));
        let stamp = Stamp {
            title: "b",
            at_unix_secs: NOON + 25 * DAY_SECS,
        };
        workspace.merge_households("a", "b", stamp).unwrap();
        assert_eq!(came(&workspace, 10, 30), (ids(&[]), 1));
        assert_eq!(came(&workspace, 10, 24), (ids(&[]), 0));
        assert_eq!(came(&workspace, 25, 30), (ids(&[]), 0));
    }
}
