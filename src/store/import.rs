//! One import: one transaction, one batch. It happens as a whole or not at all.

use super::batch::{self, BatchKind, Stamp};
use super::household::Stored;
use super::id_map::IdMap;
use super::id_numbers::IdNumbers;
use super::known::Known;
use super::members::Members;
use super::record::{self, ImportKind, ImportRecord};
use super::renumber::{IdClash, Unsettled};
use super::rows::{Record, Rows};
use super::version::Chains;
use super::{Workspace, fault, list, problem, replaced};
use crate::model::{Area, ListEntry, Need, Person, Problem, Receipt, Resource, Visit};
use crate::words::Fault;
use rusqlite::{Connection, MAIN_DB, Result, Statement};
use std::path::Path;

/// An import under way. Dropped without [`Import::commit`], it leaves everything as it was.
///
/// Files come one after the other: [`Import::begin_file`], its rows and problems,
/// [`Import::end_file`].
#[derive(Debug)]
pub struct Import<'w> {
    pub(super) workspace: &'w Workspace,
    pub(super) batch: i64,
    /// The file that is being read; 0 before the first.
    pub(super) file: i64,
    first_file: i64,
    kind: ImportKind,
    list: i64,
    put_problem: Statement<'w>,
    pub(super) chains: Chains<'w>,
    /// The row of the household that was looked at last; its texts are used again.
    pub(super) current: Stored,
    pub(super) numbers: Numbers,
    pub(super) unsettled: Vec<Unsettled>,
    pub(super) clashes: Vec<IdClash>,
    pub(super) members: Option<Members>,
    pub(super) id_numbers: Option<IdNumbers>,
    pub(super) tables: Tables<'w>,
}

/// The tables of whole rows, each from its first row on.
#[derive(Debug, Default)]
pub(super) struct Tables<'w> {
    pub(super) areas: Option<Rows<'w, Area>>,
    pub(super) persons: Option<Rows<'w, Person>>,
    pub(super) receipts: Option<Rows<'w, Receipt>>,
    pub(super) needs: Option<Rows<'w, Need>>,
    pub(super) visits: Option<Rows<'w, Visit>>,
    pub(super) resources: Option<Rows<'w, Resource>>,
    pub(super) entries: Option<Rows<'w, ListEntry>>,
}

/// How the row of a household is found.
#[derive(Debug)]
pub(super) enum Numbers {
    /// No household came yet.
    Unasked,
    /// Among those that are stored.
    Known(Box<Known>),
    /// By memory: the table was empty, so the index is taken away and built at the end at once,
    /// which is faster than keeping it in order row by row.
    Fresh { by_id: IdMap, index_sql: String },
}

const INDEX_SQL: &str =
    "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = 'household_id'";

impl Numbers {
    fn begin(connection: &Connection) -> Result<Self> {
        let is_empty: bool =
            connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM household)", [], |row| {
                row.get(0)
            })?;
        if !is_empty {
            return Ok(Self::Known(Box::new(Known::read(connection)?)));
        }
        let index_sql = connection.query_row(INDEX_SQL, [], |row| row.get(0))?;
        connection.execute_batch("DROP INDEX household_id")?;
        let by_id = IdMap::default();
        Ok(Self::Fresh { by_id, index_sql })
    }
}

/// A table, opened at its first use.
pub(super) fn opened<'t, 'w, T: Record>(
    slot: &'t mut Option<Rows<'w, T>>,
    connection: &'w Connection,
) -> Result<&'t mut Rows<'w, T>> {
    let rows = match slot.take() {
        Some(rows) => rows,
        None => Rows::open(connection)?,
    };
    Ok(slot.insert(rows))
}

fn begin_file_of<T: Record>(slot: &mut Option<Rows<'_, T>>) -> Result<()> {
    slot.as_mut().map_or(Ok(()), |rows| {
        rows.begin_file();
        rows.flush()
    })
}

impl Tables<'_> {
    /// One file is through, another may begin.
    fn begin_file(&mut self) -> Result<()> {
        begin_file_of(&mut self.areas)?;
        begin_file_of(&mut self.persons)?;
        begin_file_of(&mut self.receipts)?;
        begin_file_of(&mut self.needs)?;
        begin_file_of(&mut self.visits)?;
        begin_file_of(&mut self.resources)?;
        begin_file_of(&mut self.entries)
    }
}

impl<'w> Import<'w> {
    pub(super) fn begin(workspace: &'w Workspace) -> std::result::Result<Self, Fault> {
        let wrap = |error: rusqlite::Error| fault::of(workspace.path(), &error);
        let connection = workspace.connection();
        if connection.is_readonly(MAIN_DB).map_err(wrap)? {
            return Err(fault::input("store.read_only", workspace.path()));
        }
        connection.execute_batch("BEGIN IMMEDIATE").map_err(wrap)?;
        let prepared = Self::prepare(workspace, connection);
        if prepared.is_err() {
            // The first error is the one to tell.
            let _ = connection.execute_batch("ROLLBACK");
        }
        prepared.map_err(wrap)
    }

    fn prepare(workspace: &'w Workspace, connection: &'w Connection) -> Result<Self> {
        Ok(Self {
            workspace,
            batch: batch::next_number(connection)?,
            file: 0,
            first_file: record::next_number(connection)?,
            kind: ImportKind::Areas,
            list: 0,
            put_problem: connection.prepare(problem::PUT)?,
            chains: Chains::prepare(connection)?,
            current: Stored::default(),
            numbers: Numbers::Unasked,
            unsettled: Vec::new(),
            clashes: Vec::new(),
            members: None,
            id_numbers: None,
            tables: Tables::default(),
        })
    }

    pub(super) fn connection(&self) -> &'w Connection {
        self.workspace.connection()
    }

    pub(super) fn path(&self) -> &'w Path {
        self.workspace.path()
    }

    pub(super) fn wrap(&self, error: &rusqlite::Error) -> Fault {
        fault::of(self.workspace.path(), error)
    }

    /// Begins a file: rows and problems belong to it from now on. What is not known yet (how
    /// many rows there are) is said at its end. Gives its number.
    pub fn begin_file(&mut self, file: &ImportRecord) -> std::result::Result<i64, Fault> {
        self.try_begin_file(file)
            .map_err(|error| self.wrap(&error))?;
        Ok(self.file)
    }

    fn try_begin_file(&mut self, file: &ImportRecord) -> Result<()> {
        self.close_file()?;
        let connection = self.connection();
        self.file = record::next_number(connection)?;
        self.kind = file.kind;
        record::put(connection, self.file, self.batch, file)?;
        self.chains.sources.add(self.file, self.batch);
        self.list = match file.kind {
            ImportKind::DepartmentList => list::number_of(connection, &file.list_name)?,
            _ => 0,
        };
        match &mut self.numbers {
            Numbers::Fresh { .. } => self.build_index()?,
            Numbers::Known(known) => known.begin_file(),
            Numbers::Unasked => {}
        }
        Ok(())
    }

    /// Ends a file with what is known of it now.
    pub fn end_file(&mut self, file: &ImportRecord) -> std::result::Result<(), Fault> {
        self.try_end_file(file).map_err(|error| self.wrap(&error))
    }

    fn try_end_file(&mut self, file: &ImportRecord) -> Result<()> {
        record::put(self.connection(), self.file, self.batch, file)?;
        self.close_file()
    }

    fn close_file(&mut self) -> Result<()> {
        self.settle()?;
        self.chains.seen.flush()?;
        if self.kind == ImportKind::DepartmentList
            && let Some(entries) = &self.tables.entries
            && entries.is_touched()
        {
            list::put_edition(self.connection(), self.file, self.list)?;
        }
        // It may have brought members.
        self.members = None;
        self.id_numbers = None;
        self.tables.begin_file()
    }

    /// Builds the index of ids where it was taken away.
    pub(super) fn build_index(&mut self) -> Result<()> {
        if let Numbers::Fresh { index_sql, .. } = &self.numbers {
            self.connection().execute_batch(index_sql)?;
            self.numbers = Numbers::Unasked;
        }
        Ok(())
    }

    pub(super) fn begin_numbers(&mut self) -> Result<()> {
        if matches!(self.numbers, Numbers::Unasked) {
            self.numbers = Numbers::begin(self.connection())?;
        }
        Ok(())
    }

    /// The number of this import's first file.
    pub(super) fn first_file(&self) -> i64 {
        self.first_file
    }

    /// The list whose entries come.
    pub(super) fn list(&self) -> i64 {
        self.list
    }

    /// Stores an area; one with the same code is replaced.
    pub fn put_area(&mut self, area: &Area) -> std::result::Result<(), Fault> {
        let connection = self.connection();
        let file = self.file;
        opened(&mut self.tables.areas, connection)
            .and_then(|areas| areas.put(0, area, file, 0))
            .map(|_| ())
            .map_err(|error| self.wrap(&error))
    }

    /// Stores a problem of the file.
    pub fn put_problem(&mut self, problem: &Problem) -> std::result::Result<(), Fault> {
        problem::put(&mut self.put_problem, self.file, problem).map_err(|error| self.wrap(&error))
    }

    /// The areas as this import sees them, by level (largest first), then by code.
    pub fn areas(&self) -> std::result::Result<Vec<Area>, Fault> {
        self.workspace.areas()
    }

    /// Makes it last, as one batch: when this returns its number, it is on the disk.
    pub fn commit(mut self, stamp: Stamp<'_>) -> std::result::Result<i64, Fault> {
        self.try_commit(stamp).map_err(|error| self.wrap(&error))?;
        Ok(self.batch)
    }

    fn try_commit(&mut self, stamp: Stamp<'_>) -> Result<()> {
        self.close_file()?;
        self.build_index()?;
        replaced::note(self.connection(), self.batch)?;
        batch::put(self.connection(), self.batch, BatchKind::Import, stamp)?;
        self.connection().execute_batch("COMMIT")
    }
}

impl Drop for Import<'_> {
    fn drop(&mut self) {
        let connection = self.workspace.connection();
        if !connection.is_autocommit() {
            // Nothing more can be done here; the journal undoes it at the next open.
            let _ = connection.execute_batch("ROLLBACK");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AreaLevel, FieldSet, Household};
    use crate::store::rows::Put;
    use crate::store::sample::{
        NOW, area, bare, full, households, import, new_workspace, problem, record,
    };
    use crate::store::{Access, IdClash};
    use std::fs;

    #[test]
    fn everything_comes_back_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        let before = [full(), bare("2"), bare("02"), bare(" 2"), bare("2E3")];
        let areas = [
            area("9", AreaLevel::Street),
            area("1", AreaLevel::Grid),
            area("10", AreaLevel::Grid),
            area("2", AreaLevel::Grid),
        ];
        let mut import = workspace.begin_import().unwrap();
        let mut known_later = record("a.csv");
        known_later.encoding = String::new();
        import.begin_file(&known_later).unwrap();
        for area in areas.iter().rev() {
            import.put_area(area).unwrap();
        }
        assert_eq!(import.areas().unwrap(), areas);
        for household in &before {
            let put = import.put_household(household, FieldSet::ALL, 2).unwrap();
            assert_eq!(put, Put::New);
        }
        import.put_problem(&problem("a.csv", 7)).unwrap();
        import.end_file(&record("a.csv")).unwrap();
        import.commit(NOW).unwrap();
        drop(workspace);
        let path = folder.path().join("a.lmap");
        let workspace = Workspace::open(&path, Access::ReadOnly).unwrap();
        assert_eq!(households(&workspace), before);
        assert_eq!(workspace.household_count().unwrap(), 5);
        assert_eq!(workspace.areas().unwrap(), areas);
        assert_eq!(workspace.problems(9).unwrap(), [problem("a.csv", 7)]);
        assert_eq!(workspace.imports().unwrap(), [record("a.csv")]);
        let batches = workspace.batches().unwrap();
        assert_eq!(batches.len(), 1);
        assert_eq!((batches[0].number, &*batches[0].title), (1, "试"));
        assert_eq!(batches[0].files, [record("a.csv")]);
    }

    #[test]
    fn a_household_of_a_later_file_keeps_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        import(&mut workspace, "a.csv", &["c", "a", "b"].map(bare));
        let changed = Household {
            members: Some(5),
            ..bare("a")
        };
        let again = [bare("e"), bare("b"), changed.clone(), bare("d")];
        import(&mut workspace, "a.csv", &again);
        let expected = [bare("c"), changed, bare("b"), bare("e"), bare("d")];
        assert_eq!(households(&workspace), expected);
        let twice = "INSERT INTO household SELECT 99, id, head_name, id_number, phone, address, \
            lon, lat, position_text, declared_area, members, elderly, children, disabled, \
            living_alone, monthly_income, programmes, needs, last_visit_day, tags, notes, \
            position_datum, position_source, import, row, stated, edited, gone \
            FROM household WHERE id = 'a'";
        let refused = workspace.connection().execute_batch(twice).unwrap_err();
        assert!(super::super::undo::is_clash(&refused), "{refused}");
    }

    #[test]
    fn files_of_one_import_see_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        let mut import = workspace.begin_import().unwrap();
        let changed = Household {
            members: Some(5),
            ..bare("a")
        };
        for (file, rows) in [[bare("a"), bare("b")], [changed.clone(), bare("c")]]
            .iter()
            .enumerate()
        {
            import.begin_file(&record(&format!("{file}.csv"))).unwrap();
            for household in rows {
                import.put_household(household, FieldSet::ALL, 2).unwrap();
            }
        }
        assert_eq!(import.vanished().unwrap(), []);
        import.commit(NOW).unwrap();
        assert_eq!(households(&workspace), [changed, bare("b"), bare("c")]);
        assert_eq!(workspace.batches().unwrap().len(), 1);
        assert_eq!(workspace.imports().unwrap().len(), 2);
    }

    #[test]
    fn an_id_that_a_file_has_twice_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        for round in 0..2 {
            let mut import = workspace.begin_import().unwrap();
            let file = import.begin_file(&record("a.csv")).unwrap();
            let second = Household {
                members: Some(5),
                ..bare("a")
            };
            for (household, row) in [bare("a"), second, bare("b")].iter().zip(2..) {
                import.put_household(household, FieldSet::ALL, row).unwrap();
            }
            let clash = IdClash {
                file,
                row: 3,
                wanted: "a".to_owned(),
                kept: None,
            };
            assert_eq!(import.finish_households().unwrap(), [clash], "{round}");
            import.commit(NOW).unwrap();
            assert_eq!(households(&workspace), [bare("a"), bare("b")], "{round}");
        }
    }

    #[test]
    fn dropped_it_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        import(&mut workspace, "a.csv", &[bare("1")]);
        let before = fs::read(workspace.path()).unwrap();
        for _ in 0..2 {
            let mut import = workspace.begin_import().unwrap();
            import.begin_file(&record("b.csv")).unwrap();
            import.put_household(&full(), FieldSet::ALL, 2).unwrap();
            import.put_area(&area("1", AreaLevel::Grid)).unwrap();
            import.put_problem(&problem("b.csv", 7)).unwrap();
            drop(import);
            assert_eq!(households(&workspace), [bare("1")]);
            assert_eq!(workspace.areas().unwrap(), []);
            assert_eq!(workspace.problems(9).unwrap(), []);
            assert_eq!(workspace.imports().unwrap(), [record("a.csv")]);
        }
        assert_eq!(fs::read(workspace.path()).unwrap(), before);
    }

    #[test]
    fn a_first_import_that_is_dropped_leaves_the_index() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        let mut under_way = workspace.begin_import().unwrap();
        under_way.begin_file(&record("a.csv")).unwrap();
        under_way.put_household(&full(), FieldSet::ALL, 2).unwrap();
        drop(under_way);
        assert_eq!(workspace.household_count().unwrap(), 0);
        import(&mut workspace, "a.csv", &[full()]);
        assert_eq!(households(&workspace), [full()]);
    }

    #[test]
    fn values_that_this_program_never_writes_are_damage() {
        for sql in [
            "UPDATE household SET members = 70000",
            "UPDATE household SET lat = NULL",
            "UPDATE household SET lon = 181",
            "UPDATE household SET living_alone = -1",
            "UPDATE household SET position_source = 'guess'",
            "UPDATE household SET stated = -1",
            "UPDATE household SET address = CAST(x'FF' AS TEXT)",
        ] {
            let folder = tempfile::tempdir().unwrap();
            let mut workspace = new_workspace(folder.path());
            import(&mut workspace, "a.csv", &[full()]);
            workspace.connection().execute_batch(sql).unwrap();
            let fault = workspace.each_household(&mut |_| Ok(())).unwrap_err();
            assert_eq!(fault.message.key(), "store.damaged", "{sql}");
        }
    }
}
