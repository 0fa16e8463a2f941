//! Which files still count, and which a later edition of the same list has replaced.

use super::record::ImportKind;
use super::rows::Table;
use super::{area, household, list, need, person, receipt, resource, visit};
use rusqlite::{Connection, Result};

/// The files whose problems are open: those that are not undone and that no later batch has read
/// again, be it under the same name, as the next edition of a department's list, or as most of
/// what they said ([`note`]).
pub(super) const STANDING: &str = "\
    WITH RECURSIVE live AS (SELECT import.* FROM import JOIN batch ON batch.number = import.batch \
        WHERE undone_at_unix_secs IS NULL), \
    later (import, by) AS ( \
        SELECT number, replaced_by FROM import WHERE replaced_by <> 0 UNION \
        SELECT later.import, next.replaced_by FROM later JOIN import AS next \
            ON next.number = later.by WHERE next.replaced_by <> 0) \
    SELECT number FROM live WHERE NOT EXISTS (SELECT 1 FROM live AS again \
            WHERE again.batch > live.batch AND again.kind = live.kind \
            AND (again.source = live.source OR again.list <> 0 AND again.list = live.list)) \
        AND number NOT IN (SELECT later.import FROM later JOIN live ON live.number = later.by)";

/// The table of a kind of file and its number in the table `seen`; nothing where rows are not kept.
fn table_of(kind: ImportKind) -> Option<(&'static str, i64)> {
    let of = |table: Table| Some((table.name, table.kind));
    match kind {
        ImportKind::Areas => of(area::TABLE),
        ImportKind::Households => Some(("household", household::KIND)),
        ImportKind::Members => of(person::TABLE),
        ImportKind::Receipts => of(receipt::TABLE),
        ImportKind::Needs => of(need::TABLE),
        ImportKind::Visits => of(visit::TABLE),
        ImportKind::Resources => of(resource::TABLE),
        ImportKind::DepartmentList => of(list::TABLE),
        ImportKind::Addresses => None,
    }
}

/// Says of earlier files with open problems that a file of this batch replaces them: that it speaks
/// of at least half of the rows that they spoke of. Next month's list has another name.
pub(super) fn note(connection: &Connection, batch: i64) -> Result<()> {
    for kind in ImportKind::ALL {
        if let Some((table, seen)) = table_of(kind) {
            note_kind(connection, batch, kind, (table, seen))?;
        }
    }
    Ok(())
}

fn note_kind(
    connection: &Connection,
    batch: i64,
    kind: ImportKind,
    (table, seen): (&str, i64),
) -> Result<()> {
    let numbers = |sql: &str| -> Result<Vec<i64>> {
        let mut statement = connection.prepare(sql)?;
        let numbers = statement.query_map([kind.code(), &batch.to_string()], |row| row.get(0))?;
        numbers.collect()
    };
    // Text is turned into a number for a column of numbers.
    let files = numbers("SELECT number FROM import WHERE kind = ?1 AND batch = ?2")?;
    let open = numbers(&format!(
        "SELECT number FROM import WHERE kind = ?1 AND batch < ?2 AND number IN ({STANDING}) \
         AND EXISTS (SELECT 1 FROM problem WHERE problem.import = import.number)"
    ))?;
    if files.is_empty() || open.is_empty() {
        return Ok(());
    }
    let spoken = |files: &[i64]| {
        let files: Vec<String> = files.iter().map(i64::to_string).collect();
        let files = files.join(",");
        format!(
            "SELECT number, import FROM {table} WHERE import IN ({files}) UNION \
             SELECT number, import FROM {table}_past WHERE import IN ({files}) UNION \
             SELECT number, import FROM seen WHERE kind = {seen} AND import IN ({files})"
        )
    };
    let mut statement = connection.prepare(&format!(
        "WITH mine AS ({}), theirs AS ({}) \
         SELECT theirs.import, max(mine.import) FROM theirs LEFT JOIN mine \
         ON mine.number = theirs.number GROUP BY theirs.import \
         HAVING count(DISTINCT mine.number) * 2 >= count(DISTINCT theirs.number) \
         AND count(mine.number) > 0",
        spoken(&files),
        spoken(&open)
    ))?;
    let replaced = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let replaced: Vec<(i64, i64)> = replaced.collect::<Result<_>>()?;
    let mut say = connection.prepare("UPDATE import SET replaced_by = ?2 WHERE number = ?1")?;
    for (file, by) in replaced {
        say.execute([file, by])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::base::Progress;
    use crate::model::{FieldSet, Household};
    use crate::store::sample::{NOW, bare, new_workspace, problem, record};
    use crate::store::{ImportKind, ImportRecord, Workspace};

    /// A ledger with a problem in each of some rows.
    fn ledger(workspace: &mut Workspace, source: &str, ids: &[&str], rows: &[u64]) -> i64 {
        let mut import = workspace.begin_import().unwrap();
        import.begin_file(&record(source)).unwrap();
        for (id, row) in ids.iter().zip(2..) {
            let household: Household = bare(id);
            import
                .put_household(&household, FieldSet::ALL, row)
                .unwrap();
        }
        for row in rows {
            import.put_problem(&problem(source, *row)).unwrap();
        }
        import.commit(NOW).unwrap()
    }

    fn rows(workspace: &Workspace) -> Vec<u64> {
        let problems = workspace.problems(99).unwrap();
        assert_eq!(workspace.problem_count().unwrap(), problems.len());
        problems.iter().map(|problem| problem.row).collect()
    }

    fn undo(workspace: &mut Workspace, batch: i64) {
        workspace.undo_batch(batch, 0, &Progress::new()).unwrap();
    }

    #[test]
    fn a_file_read_again_replaces_its_problems() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        let mut batches = Vec::new();
        for (source, row) in [("a.csv", 1), ("b.csv", 2), ("a.csv", 3)] {
            batches.push(ledger(&mut workspace, source, &[], &[row, row + 10]));
        }
        assert_eq!(rows(&workspace), [3, 13, 2, 12]);
        assert_eq!(workspace.problems(3).unwrap().len(), 3);
        undo(&mut workspace, batches[2]);
        assert_eq!(rows(&workspace), [2, 12, 1, 11]);
        undo(&mut workspace, batches[1]);
        assert_eq!(rows(&workspace), [1, 11]);
    }

    #[test]
    fn next_months_list_replaces_the_problems_of_last_month_under_any_name() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        let ids = ["1", "2", "3", "4"];
        ledger(&mut workspace, "9.csv", &ids, &[9]);
        let october = ledger(&mut workspace, "10.csv", &ids, &[10]);
        assert_eq!(rows(&workspace), [10]);
        let november = ledger(&mut workspace, "11.csv", &["1", "2", "5"], &[11]);
        assert_eq!(rows(&workspace), [11]);
        // September is not open again: November stands for all that came before it.
        undo(&mut workspace, october);
        assert_eq!(rows(&workspace), [11]);
        undo(&mut workspace, november);
        assert_eq!(rows(&workspace), [9]);
        ledger(&mut workspace, "12.csv", &ids, &[]);
        assert_eq!(rows(&workspace), [0; 0]);
    }

    #[test]
    fn another_communitys_list_and_a_few_mended_rows_replace_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        ledger(&mut workspace, "east.csv", &["1", "2", "3", "4", "5"], &[1]);
        ledger(&mut workspace, "west.csv", &["6", "7", "8"], &[2]);
        ledger(&mut workspace, "mended.csv", &["1", "2"], &[3]);
        assert_eq!(rows(&workspace), [3, 2, 1]);
        // One list for the whole street stands for all of them.
        let all = ["1", "2", "3", "4", "5", "6", "7", "8"];
        let street = ledger(&mut workspace, "street.csv", &all, &[4]);
        assert_eq!(rows(&workspace), [4]);
        undo(&mut workspace, street);
        assert_eq!(rows(&workspace), [3, 2, 1]);
    }

    #[test]
    fn the_next_edition_of_a_departments_list_replaces_the_last_one() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        let mut load = |source: &str, list: &str, name: &str, row: u64| {
            let mut import = workspace.begin_import().unwrap();
            let file = ImportRecord {
                kind: ImportKind::DepartmentList,
                list_name: list.to_owned(),
                ..record(source)
            };
            import.begin_file(&file).unwrap();
            let entry = crate::model::ListEntry {
                name: name.to_owned(),
                ..Default::default()
            };
            import.put_entry(&entry, 2).unwrap();
            import.put_problem(&problem(source, row)).unwrap();
            import.commit(NOW).unwrap();
        };
        load("a.csv", "残联", "甲", 1);
        load("b.csv", "残联", "乙", 2);
        load("c.csv", "医保", "乙", 3);
        assert_eq!(rows(&workspace), [3, 2]);
    }
}
