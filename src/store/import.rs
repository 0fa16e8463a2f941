//! One import: one transaction. It happens as a whole or not at all.

use super::record::ImportRecord;
use super::{Workspace, area, fault, household, problem, record};
use crate::model::{Area, Household, Problem};
use crate::words::Fault;
use rusqlite::{Connection, MAIN_DB, OptionalExtension, Result, Statement};
use std::collections::HashMap;

/// What putting a household did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// The id was not there before.
    New,
    /// The id was there: the household is replaced and keeps its place.
    Replaced,
}

/// An import under way. Dropped without [`Import::commit`], it leaves everything as it was.
#[derive(Debug)]
pub struct Import<'w> {
    workspace: &'w Workspace,
    number: i64,
    put_area: Statement<'w>,
    put_problem: Statement<'w>,
    insert: Statement<'w>,
    update: Statement<'w>,
    numbers: Numbers<'w>,
}

/// How the row of an id is found.
#[derive(Debug)]
enum Numbers<'w> {
    /// No household came yet.
    Unasked,
    /// By the index of the file.
    Indexed { find: Statement<'w>, next: i64 },
    /// By memory: the table was empty, so the index is taken away and built at the end at once,
    /// which is faster than keeping it in order row by row.
    Fresh {
        by_id: HashMap<Box<str>, i64>,
        index_sql: String,
    },
}

const INDEX_SQL: &str =
    "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = 'household_id'";

impl<'w> Numbers<'w> {
    fn begin(connection: &'w Connection) -> Result<Self> {
        let last: Option<i64> =
            connection.query_row("SELECT max(number) FROM household", [], |row| row.get(0))?;
        if let Some(last) = last {
            let find = connection.prepare("SELECT number FROM household WHERE id = ?1")?;
            let next = last + 1;
            return Ok(Self::Indexed { find, next });
        }
        let index_sql = connection.query_row(INDEX_SQL, [], |row| row.get(0))?;
        connection.execute_batch("DROP INDEX household_id")?;
        let by_id = HashMap::new();
        Ok(Self::Fresh { by_id, index_sql })
    }

    /// The row of an id, a new one where there is none.
    fn of(&mut self, id: &str) -> Result<(i64, Put)> {
        match self {
            Self::Indexed { find, next } => {
                let known = find.query_row([id], |row| row.get(0)).optional()?;
                Ok(known.map_or_else(
                    || {
                        *next += 1;
                        (*next - 1, Put::New)
                    },
                    |number| (number, Put::Replaced),
                ))
            }
            Self::Fresh { by_id, .. } => {
                if let Some(number) = by_id.get(id) {
                    return Ok((*number, Put::Replaced));
                }
                let number = by_id.len() as i64 + 1;
                by_id.insert(id.into(), number);
                Ok((number, Put::New))
            }
            // Asked before it began: there is no row to find.
            Self::Unasked => Err(rusqlite::Error::QueryReturnedNoRows),
        }
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
            number: record::next_number(connection)?,
            put_area: connection.prepare(area::PUT)?,
            put_problem: connection.prepare(problem::PUT)?,
            insert: connection.prepare(&household::insert_sql())?,
            update: connection.prepare(&household::update_sql())?,
            numbers: Numbers::Unasked,
        })
    }

    fn wrap(&self, error: &rusqlite::Error) -> Fault {
        fault::of(self.workspace.path(), error)
    }

    /// Stores an area; one with the same code is replaced.
    pub fn put_area(&mut self, area: &Area) -> std::result::Result<(), Fault> {
        area::put(&mut self.put_area, area).map_err(|error| self.wrap(&error))
    }

    /// Stores a household; one with the same id is replaced and keeps its place in the order.
    pub fn put_household(&mut self, household: &Household) -> std::result::Result<Put, Fault> {
        self.try_put_household(household)
            .map_err(|error| self.wrap(&error))
    }

    fn try_put_household(&mut self, household: &Household) -> Result<Put> {
        if matches!(self.numbers, Numbers::Unasked) {
            self.numbers = Numbers::begin(self.workspace.connection())?;
        }
        let (number, put) = self.numbers.of(&household.id)?;
        let statement = match put {
            Put::New => &mut self.insert,
            Put::Replaced => &mut self.update,
        };
        household::put(statement, household, number)?;
        Ok(put)
    }

    /// Stores a problem of this import.
    pub fn put_problem(&mut self, problem: &Problem) -> std::result::Result<(), Fault> {
        problem::put(&mut self.put_problem, self.number, problem).map_err(|error| self.wrap(&error))
    }

    /// The areas as this import sees them, by level (largest first), then by code.
    pub fn areas(&self) -> std::result::Result<Vec<Area>, Fault> {
        self.workspace.areas()
    }

    /// Makes it last, with one record a file: when this returns, it is on the disk. The problems
    /// of earlier imports of the same files fall away.
    pub fn commit(self, records: &[ImportRecord]) -> std::result::Result<(), Fault> {
        self.try_commit(records).map_err(|error| self.wrap(&error))
    }

    fn try_commit(&self, records: &[ImportRecord]) -> Result<()> {
        let connection = self.workspace.connection();
        for (number, record) in (self.number..).zip(records) {
            record::put(connection, number, record)?;
            problem::forget_earlier(connection, self.number, &record.source)?;
        }
        if let Numbers::Fresh { index_sql, .. } = &self.numbers {
            connection.execute_batch(index_sql)?;
        }
        connection.execute_batch("COMMIT")
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
    use crate::model::{AreaLevel, CodeList, Date, LonLat, ProblemKind};
    use crate::store::{Access, ImportKind};
    use geo_types::{MultiPolygon, polygon};
    use std::path::Path;

    fn full() -> Household {
        Household {
            id: "00330282199001010017".to_owned(),
            head_name: "虚构的户主".to_owned(),
            id_number: "34052419800101001X".to_owned(),
            phone: "013800000000".to_owned(),
            address: "示范路 1 号\n2 楼, “东”\0".to_owned(),
            position: LonLat::new(121.123_456_789_012_34, 0.1 + 0.2),
            position_text: "30.2, 121.5".to_owned(),
            position_datum: String::new(),
            position_source: crate::model::PositionSource::File,
            declared_area: "330282001001001".to_owned(),
            members: Some(u16::MAX),
            elderly: Some(0),
            children: Some(1),
            disabled: Some(2),
            living_alone: Some(false),
            monthly_income: Some(1234.56),
            programmes: CodeList::split("dibao;自编项目"),
            needs: CodeList::split("care"),
            last_visit: Date::from_ymd(1969, 12, 31),
            tags: CodeList::split("a、b"),
            notes: "=1+1".to_owned(),
            ..Household::default()
        }
    }

    fn bare(id: &str) -> Household {
        Household {
            id: id.to_owned(),
            ..Household::default()
        }
    }

    fn record(source: &str) -> ImportRecord {
        ImportRecord {
            source: source.to_owned(),
            kind: ImportKind::Households,
            encoding: "UTF-8".to_owned(),
            datum: "gcj02".to_owned(),
            at_unix_secs: 0,
            read: 0,
            stored: 0,
            rejected: 0,
        }
    }

    fn area(code: &str, level: AreaLevel) -> Area {
        Area {
            code: code.to_owned(),
            name: "示范".to_owned(),
            level,
            parent: String::new(),
            boundary: MultiPolygon(vec![
                polygon![(x: 121.0, y: 30.0), (x: 121.1, y: 30.0), (x: 121.1, y: 30.3)],
            ]),
            derived: level == AreaLevel::Street,
        }
    }

    fn problem(source: &str, row: u64) -> Problem {
        Problem {
            source: source.into(),
            row,
            column: "经度".to_owned(),
            kind: ProblemKind::BadCoordinate,
            text: "东经".to_owned(),
        }
    }

    fn new_workspace(folder: &Path) -> Workspace {
        Workspace::create(&folder.join("a.lmap"), true).unwrap()
    }

    fn households(workspace: &Workspace) -> Vec<Household> {
        let mut all = Vec::new();
        workspace
            .each_household(&mut |household| {
                all.push(household.clone());
                Ok(())
            })
            .unwrap();
        all
    }

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
        for area in areas.iter().rev() {
            import.put_area(area).unwrap();
        }
        assert_eq!(import.areas().unwrap(), areas);
        for household in &before {
            assert_eq!(import.put_household(household).unwrap(), Put::New);
        }
        import.put_problem(&problem("a.csv", 7)).unwrap();
        import.commit(&[record("a.csv")]).unwrap();
        drop(workspace);
        let path = folder.path().join("a.lmap");
        let workspace = Workspace::open(&path, Access::ReadOnly).unwrap();
        assert_eq!(households(&workspace), before);
        assert_eq!(workspace.areas().unwrap(), areas);
        assert_eq!(workspace.problems(9).unwrap(), [problem("a.csv", 7)]);
        assert_eq!(workspace.imports().unwrap(), [record("a.csv")]);
    }

    #[test]
    fn a_masked_list_does_not_cost_a_number() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lmap");
        let mut workspace = Workspace::create(&path, false).unwrap();
        let masked = Household {
            head_name: "虚***".to_owned(),
            id_number: "3405**********001X".to_owned(),
            phone: "138****0000".to_owned(),
            notes: "改过".to_owned(),
            ..full()
        };
        for household in [&full(), &masked] {
            let mut import = workspace.begin_import().unwrap();
            import.put_household(household).unwrap();
            import.commit(&[record("a.csv")]).unwrap();
        }
        let mut seen = Vec::new();
        workspace
            .each_household(&mut |household| {
                seen.push(household.clone());
                Ok(())
            })
            .unwrap();
        let expected = Household {
            notes: "改过".to_owned(),
            ..full()
        };
        assert_eq!(seen, [expected]);
    }

    #[test]
    fn a_replaced_household_keeps_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        // The first import finds its rows in memory, the second by the index of the file.
        for (round, members) in [(0, 3), (1, 5)] {
            let mut import = workspace.begin_import().unwrap();
            let expected = [Put::New, Put::Replaced][round];
            for id in ["c", "a", "b"] {
                assert_eq!(import.put_household(&bare(id)).unwrap(), expected);
            }
            let changed = Household {
                members: Some(members),
                ..bare("a")
            };
            assert_eq!(import.put_household(&changed).unwrap(), Put::Replaced);
            assert_eq!(
                import.put_household(&bare(["d", "e"][round])).unwrap(),
                Put::New
            );
            import.commit(&[record("a.csv")]).unwrap();
        }
        let found: Vec<_> = households(&workspace)
            .into_iter()
            .map(|household| (household.id, household.members))
            .collect();
        let plain = |id: &str| (id.to_owned(), None);
        let changed = ("a".to_owned(), Some(5));
        assert_eq!(
            found,
            [plain("c"), changed, plain("b"), plain("d"), plain("e")]
        );
        workspace
            .connection()
            .execute_batch(
                "INSERT INTO household SELECT 99, id, head_name, id_number, phone, \
                address, lon, lat, position_text, declared_area, members, elderly, children, \
                disabled, living_alone, monthly_income, programmes, needs, last_visit_day, tags, \
                notes FROM household WHERE id = 'a'",
            )
            .unwrap_err();
    }

    #[test]
    fn dropped_it_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        for _ in 0..2 {
            let mut import = workspace.begin_import().unwrap();
            import.put_household(&full()).unwrap();
            import.put_area(&area("1", AreaLevel::Grid)).unwrap();
            import.put_problem(&problem("a.csv", 7)).unwrap();
            drop(import);
            assert_eq!(workspace.household_count().unwrap(), 0);
            assert_eq!(workspace.areas().unwrap(), []);
            assert_eq!(workspace.problems(9).unwrap(), []);
            assert_eq!(workspace.imports().unwrap(), []);
        }
    }

    #[test]
    fn a_file_read_again_replaces_its_problems() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        for (source, row) in [("a.csv", 1), ("b.csv", 2), ("a.csv", 3)] {
            let mut import = workspace.begin_import().unwrap();
            import.put_problem(&problem(source, row)).unwrap();
            import.put_problem(&problem(source, row + 10)).unwrap();
            import.commit(&[record(source)]).unwrap();
        }
        let rows = |limit| {
            let problems = workspace.problems(limit).unwrap();
            problems
                .iter()
                .map(|problem| problem.row)
                .collect::<Vec<_>>()
        };
        assert_eq!(rows(9), [3, 13, 2, 12]);
        assert_eq!(rows(3), [3, 13, 2]);
    }

    #[test]
    fn values_that_this_program_never_writes_are_damage() {
        for sql in [
            "UPDATE household SET members = 70000",
            "UPDATE household SET lat = NULL",
            "UPDATE household SET lon = 181",
            "UPDATE household SET living_alone = -1",
            "UPDATE household SET address = CAST(x'FF' AS TEXT)",
        ] {
            let folder = tempfile::tempdir().unwrap();
            let mut workspace = new_workspace(folder.path());
            let mut import = workspace.begin_import().unwrap();
            import.put_household(&full()).unwrap();
            import.commit(&[record("a.csv")]).unwrap();
            workspace.connection().execute_batch(sql).unwrap();
            let fault = workspace.each_household(&mut |_| Ok(())).unwrap_err();
            assert_eq!(fault.message.key(), "store.damaged", "{sql}");
        }
    }
}
