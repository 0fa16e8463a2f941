//! The table of households, and its past.

use super::cells::{Binder, Cells};
use super::fault;
use crate::model::{FieldSet, Household, PositionSource};
use crate::words::Fault;
use rusqlite::{Connection, Result, Row, Statement, params};
use std::path::Path;

/// Its number in the table `seen`.
pub(super) const KIND: i64 = 0;

/// The columns, in the order in which they are bound and read: the household's own, those of the
/// [`Mark`], and the number.
const COLUMNS: &str = "id, head_name, id_number, phone, address, lon, lat, position_text, \
    declared_area, members, elderly, children, disabled, living_alone, monthly_income, \
    programmes, needs, last_visit_day, tags, notes, import, row, stated, position_datum, \
    position_source, edited, gone, number";

/// Columns that are at their defaults in nearly every row of a first import: not binding them
/// is a good part of its time.
const USUAL: &str = "position_datum, position_source, edited, gone, ";

const COLUMN_COUNT: usize = 28;

/// What a version is: where it came from, and what it says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// The file, or the edit.
    pub(super) import: i64,
    /// The row of the file.
    pub(super) row: u64,
    /// The values that it states.
    pub(super) stated: FieldSet,
    /// The values of the household whose newest statement is somebody's edit.
    pub(super) edited: FieldSet,
    /// Whether the household is not there any more.
    pub(super) gone: bool,
}

/// A row of the table or of its past.
#[derive(Debug, Clone, Default)]
pub(super) struct Stored {
    pub(super) household: Household,
    pub(super) mark: Mark,
    pub(super) number: i64,
}

/// The statements that the table is changed with.
#[derive(Debug)]
pub(super) struct Households<'c> {
    insert: Statement<'c>,
    insert_plain: Statement<'c>,
    update: Statement<'c>,
    get: Statement<'c>,
    find: Statement<'c>,
    keep: Statement<'c>,
    put_past: Statement<'c>,
    drop_past: Statement<'c>,
    past: Statement<'c>,
    set_id: Statement<'c>,
    unstate: Statement<'c>,
    clear_edited: Statement<'c>,
    remove: Statement<'c>,
}

fn insert_sql(table: &str, columns: &str) -> String {
    let count = columns.split(", ").count();
    let places: Vec<String> = (1..=count).map(|at| format!("?{at}")).collect();
    format!(
        "INSERT INTO {table} ({columns}) VALUES ({})",
        places.join(", ")
    )
}

impl<'c> Households<'c> {
    pub(super) fn prepare(connection: &'c Connection) -> Result<Self> {
        let pairs: Vec<String> = COLUMNS
            .split(", ")
            .zip(1..COLUMN_COUNT)
            .map(|(column, at)| format!("{column} = ?{at}"))
            .collect();
        let update = format!(
            "UPDATE household SET {} WHERE number = ?{COLUMN_COUNT}",
            pairs.join(", ")
        );
        let get = format!("SELECT {COLUMNS} FROM household WHERE number = ?1");
        let keep = format!(
            "INSERT INTO household_past ({COLUMNS}) SELECT {COLUMNS} FROM household WHERE number = ?1"
        );
        let past = format!("SELECT {COLUMNS} FROM household_past WHERE number = ?1");
        Ok(Self {
            insert: connection.prepare(&insert_sql("household", COLUMNS))?,
            insert_plain: connection
                .prepare(&insert_sql("household", &COLUMNS.replace(USUAL, "")))?,
            update: connection.prepare(&update)?,
            get: connection.prepare(&get)?,
            find: connection.prepare("SELECT number FROM household WHERE id = ?1 AND gone = 0")?,
            keep: connection.prepare(&keep)?,
            put_past: connection.prepare(&insert_sql("household_past", COLUMNS))?,
            drop_past: connection
                .prepare("DELETE FROM household_past WHERE number = ?1 AND import = ?2")?,
            past: connection.prepare(&past)?,
            set_id: connection.prepare("UPDATE household SET id = ?2 WHERE number = ?1")?,
            unstate: connection
                .prepare("UPDATE household SET stated = stated & ~?2 WHERE number = ?1")?,
            clear_edited: connection
                .prepare("UPDATE household SET edited = edited & ~?2 WHERE number = ?1")?,
            remove: connection.prepare("DELETE FROM household WHERE number = ?1")?,
        })
    }

    /// Adds a household.
    pub(super) fn insert(&mut self, number: i64, household: &Household, mark: &Mark) -> Result<()> {
        let is_plain = household.position_source == PositionSource::File
            && household.position_datum.is_empty()
            && mark.edited.is_empty()
            && !mark.gone;
        if is_plain {
            let mut values = Binder::new(&mut self.insert_plain);
            put_own(&mut values, household)?;
            values.whole(Some(mark.import))?;
            values.whole(Some(mark.row as i64))?;
            values.whole(Some(i64::from(mark.stated.bits())))?;
            values.whole(Some(number))?;
            return values.execute().map(|_| ());
        }
        put(&mut self.insert, number, household, mark)
    }

    /// Replaces the row of a household.
    pub(super) fn update(&mut self, number: i64, household: &Household, mark: &Mark) -> Result<()> {
        put(&mut self.update, number, household, mark)
    }

    /// Reads the row of a household; `false` where there is none.
    pub(super) fn get(&mut self, number: i64, into: &mut Stored) -> Result<bool> {
        let mut rows = self.get.query([number])?;
        match rows.next()? {
            Some(row) => read(row, into).map(|()| true),
            None => Ok(false),
        }
    }

    /// The household that has an id now.
    pub(super) fn find(&mut self, id: &str) -> Result<Option<i64>> {
        let mut rows = self.find.query([id])?;
        rows.next()?.map(|row| row.get(0)).transpose()
    }

    /// Keeps the row of a household in the past, before it changes.
    pub(super) fn keep(&mut self, number: i64) -> Result<()> {
        self.keep.execute([number]).map(|_| ())
    }

    /// Adds a version to the past.
    pub(super) fn put_past(
        &mut self,
        number: i64,
        household: &Household,
        mark: &Mark,
    ) -> Result<()> {
        put(&mut self.put_past, number, household, mark)
    }

    /// Takes a version out of the past.
    pub(super) fn drop_past(&mut self, number: i64, import: i64) -> Result<()> {
        self.drop_past.execute([number, import]).map(|_| ())
    }

    /// The versions of the past, in no order.
    pub(super) fn past(&mut self, number: i64) -> Result<Vec<Stored>> {
        let mut rows = self.past.query([number])?;
        let mut versions = Vec::new();
        while let Some(row) = rows.next()? {
            let mut version = Stored::default();
            read(row, &mut version)?;
            versions.push(version);
        }
        Ok(versions)
    }

    /// Changes the id alone.
    pub(super) fn set_id(&mut self, number: i64, id: &str) -> Result<()> {
        self.set_id.execute(params![number, id]).map(|_| ())
    }

    /// Takes values out of what the newest version states.
    pub(super) fn unstate(&mut self, number: i64, fields: FieldSet) -> Result<()> {
        self.unstate.execute((number, fields.bits())).map(|_| ())
    }

    /// Values that a file has confirmed are nobody's edit any more.
    pub(super) fn clear_edited(&mut self, number: i64, fields: FieldSet) -> Result<()> {
        let parameters = (number, fields.bits());
        self.clear_edited.execute(parameters).map(|_| ())
    }

    /// Removes the row of a household for good.
    pub(super) fn remove(&mut self, number: i64) -> Result<()> {
        self.remove.execute([number]).map(|_| ())
    }
}

/// An id that no file has, for a household whose own is not settled yet.
pub(super) fn unsettled_id(number: i64) -> String {
    format!("\0{number}")
}

fn put(
    statement: &mut Statement<'_>,
    number: i64,
    household: &Household,
    mark: &Mark,
) -> Result<()> {
    let mut values = Binder::new(statement);
    put_own(&mut values, household)?;
    values.whole(Some(mark.import))?;
    values.whole(Some(mark.row as i64))?;
    values.whole(Some(i64::from(mark.stated.bits())))?;
    values.text(&household.position_datum)?;
    values.text(match household.position_source {
        PositionSource::File => "",
        source => source.code(),
    })?;
    values.whole(Some(i64::from(mark.edited.bits())))?;
    values.whole(Some(i64::from(mark.gone)))?;
    values.whole(Some(number))?;
    values.execute().map(|_| ())
}

/// The household's own columns but for the unusual ones.
fn put_own(values: &mut Binder<'_, '_>, household: &Household) -> Result<()> {
    values.text(&household.id)?;
    values.text(&household.head_name)?;
    values.text(&household.id_number)?;
    values.text(&household.phone)?;
    values.text(&household.address)?;
    values.position(household.position)?;
    values.text(&household.position_text)?;
    values.text(&household.declared_area)?;
    values.whole(household.members.map(i64::from))?;
    values.whole(household.elderly.map(i64::from))?;
    values.whole(household.children.map(i64::from))?;
    values.whole(household.disabled.map(i64::from))?;
    values.whole(household.living_alone.map(i64::from))?;
    values.real(household.monthly_income)?;
    values.text(household.programmes.as_str())?;
    values.text(household.needs.as_str())?;
    values.date(household.last_visit)?;
    values.text(household.tags.as_str())?;
    values.text(&household.notes)
}

fn read(row: &Row<'_>, into: &mut Stored) -> Result<()> {
    let household = &mut into.household;
    let mut cells = Cells::new(row);
    cells.text(&mut household.id)?;
    cells.text(&mut household.head_name)?;
    cells.text(&mut household.id_number)?;
    cells.text(&mut household.phone)?;
    cells.text(&mut household.address)?;
    household.position = cells.position()?;
    cells.text(&mut household.position_text)?;
    cells.text(&mut household.declared_area)?;
    household.members = cells.whole()?;
    household.elderly = cells.whole()?;
    household.children = cells.whole()?;
    household.disabled = cells.whole()?;
    household.living_alone = cells.yes()?;
    household.monthly_income = cells.real()?;
    cells.list(&mut household.programmes)?;
    cells.list(&mut household.needs)?;
    household.last_visit = cells.date()?;
    cells.list(&mut household.tags)?;
    cells.text(&mut household.notes)?;
    into.mark.import = cells.number()?;
    into.mark.row = cells.number()?;
    into.mark.stated = FieldSet::from_bits(cells.number()?);
    cells.text(&mut household.position_datum)?;
    household.position_source = cells.word(|code| match code {
        "" => Some(PositionSource::File),
        code => PositionSource::from_code(code),
    })?;
    into.mark.edited = FieldSet::from_bits(cells.number()?);
    into.mark.gone = cells.number::<u8>()? != 0;
    into.number = cells.number()?;
    Ok(())
}

/// Number of households.
pub(super) fn count(connection: &Connection) -> Result<usize> {
    // The index holds those that are not gone, and is much smaller than the table.
    let sql = "SELECT count(*) FROM household INDEXED BY household_id WHERE gone = 0";
    connection.query_row(sql, [], |row| {
        row.get::<_, i64>(0).map(|count| count as usize)
    })
}

/// Visits every household with its number, in the order in which they first came; one value is
/// used for all.
pub(super) fn each(
    connection: &Connection,
    path: &Path,
    visit: &mut dyn FnMut(i64, &Household) -> std::result::Result<(), Fault>,
) -> std::result::Result<(), Fault> {
    let wrap = |error: rusqlite::Error| fault::of(path, &error);
    let sql = format!("SELECT {COLUMNS} FROM household WHERE gone = 0 ORDER BY number");
    let mut statement = connection.prepare(&sql).map_err(wrap)?;
    let mut rows = statement.query([]).map_err(wrap)?;
    let mut stored = Stored::default();
    while let Some(row) = rows.next().map_err(wrap)? {
        read(row, &mut stored).map_err(wrap)?;
        visit(stored.number, &stored.household)?;
    }
    Ok(())
}
