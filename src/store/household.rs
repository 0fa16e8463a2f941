//! The table of households.

use super::fault;
use crate::model::{Date, Household, LonLat};
use crate::words::Fault;
use rusqlite::types::{FromSqlError, FromSqlResult, Null, ValueRef};
use rusqlite::{Connection, Error, Result, Row, Statement};
use std::path::Path;

/// The columns behind `number`, in the order in which they are bound and read.
const COLUMNS: [&str; 20] = [
    "id",
    "head_name",
    "id_number",
    "phone",
    "address",
    "lon",
    "lat",
    "position_text",
    "declared_area",
    "members",
    "elderly",
    "children",
    "disabled",
    "living_alone",
    "monthly_income",
    "programmes",
    "needs",
    "last_visit_day",
    "tags",
    "notes",
];

/// The place of `number` among the bound values: behind the columns.
const NUMBER: usize = COLUMNS.len() + 1;

/// Adds a row; `number` may be bound to NULL.
pub(super) fn insert_sql() -> String {
    let places: Vec<String> = (1..=NUMBER).map(|at| format!("?{at}")).collect();
    format!(
        "INSERT INTO household ({}, number) VALUES ({})",
        COLUMNS.join(", "),
        places.join(", ")
    )
}

/// Columns that lists often show with stars in them.
const OFTEN_MASKED: [&str; 3] = ["head_name", "id_number", "phone"];

/// Replaces the row of a number. A value with stars in it never takes the place of a full one: a
/// list that was exported masked and comes back must not cost anybody's number.
pub(super) fn update_sql() -> String {
    let pairs: Vec<String> = COLUMNS
        .iter()
        .zip(1..)
        .map(|(column, at)| {
            if OFTEN_MASKED.contains(column) {
                format!(
                    "{column} = CASE WHEN instr(?{at}, '*') > 0 AND {column} <> '' \
                     AND instr({column}, '*') = 0 THEN {column} ELSE ?{at} END"
                )
            } else {
                format!("{column} = ?{at}")
            }
        })
        .collect();
    format!(
        "UPDATE household SET {} WHERE number = ?{NUMBER}",
        pairs.join(", ")
    )
}

/// Runs either statement for the row `number`.
pub(super) fn put(statement: &mut Statement<'_>, household: &Household, number: i64) -> Result<()> {
    let mut place = 0;
    let mut next = || {
        place += 1;
        place
    };
    let bind_text = |statement: &mut Statement<'_>, at: usize, text: &str| {
        statement.raw_bind_parameter(at, text)
    };
    bind_text(statement, next(), &household.id)?;
    bind_text(statement, next(), &household.head_name)?;
    bind_text(statement, next(), &household.id_number)?;
    bind_text(statement, next(), &household.phone)?;
    bind_text(statement, next(), &household.address)?;
    bind_real(statement, next(), household.position.map(|at| at.lon))?;
    bind_real(statement, next(), household.position.map(|at| at.lat))?;
    bind_text(statement, next(), &household.position_text)?;
    bind_text(statement, next(), &household.declared_area)?;
    bind_whole(statement, next(), household.members.map(i64::from))?;
    bind_whole(statement, next(), household.elderly.map(i64::from))?;
    bind_whole(statement, next(), household.children.map(i64::from))?;
    bind_whole(statement, next(), household.disabled.map(i64::from))?;
    bind_whole(statement, next(), household.living_alone.map(i64::from))?;
    bind_real(statement, next(), household.monthly_income)?;
    bind_text(statement, next(), household.programmes.as_str())?;
    bind_text(statement, next(), household.needs.as_str())?;
    let day = household.last_visit.map(|day| i64::from(day.days()));
    bind_whole(statement, next(), day)?;
    bind_text(statement, next(), household.tags.as_str())?;
    bind_text(statement, next(), &household.notes)?;
    bind_whole(statement, NUMBER, Some(number))?;
    statement.raw_execute().map(|_| ())
}

fn bind_whole(statement: &mut Statement<'_>, at: usize, value: Option<i64>) -> Result<()> {
    match value {
        Some(number) => statement.raw_bind_parameter(at, number),
        None => statement.raw_bind_parameter(at, Null),
    }
}

fn bind_real(statement: &mut Statement<'_>, at: usize, value: Option<f64>) -> Result<()> {
    match value {
        Some(number) => statement.raw_bind_parameter(at, number),
        None => statement.raw_bind_parameter(at, Null),
    }
}

/// Number of households.
pub(super) fn count(connection: &Connection) -> Result<usize> {
    connection.query_row("SELECT count(*) FROM household", [], |row| {
        row.get::<_, i64>(0).map(|count| count as usize)
    })
}

/// Visits every household in the order in which they first came; one value is used for all.
pub(super) fn each(
    connection: &Connection,
    path: &Path,
    visit: &mut dyn FnMut(&Household) -> std::result::Result<(), Fault>,
) -> std::result::Result<(), Fault> {
    let wrap = |error: rusqlite::Error| fault::of(path, &error);
    let sql = format!(
        "SELECT {} FROM household ORDER BY number",
        COLUMNS.join(", ")
    );
    let mut statement = connection.prepare(&sql).map_err(wrap)?;
    let mut rows = statement.query([]).map_err(wrap)?;
    let mut household = Household::default();
    while let Some(row) = rows.next().map_err(wrap)? {
        read(row, &mut household).map_err(wrap)?;
        visit(&household)?;
    }
    Ok(())
}

fn read(row: &Row<'_>, into: &mut Household) -> Result<()> {
    let mut cells = Cells { row, place: 0 };
    cells.text(&mut into.id)?;
    cells.text(&mut into.head_name)?;
    cells.text(&mut into.id_number)?;
    cells.text(&mut into.phone)?;
    cells.text(&mut into.address)?;
    into.position = cells.position()?;
    cells.text(&mut into.position_text)?;
    cells.text(&mut into.declared_area)?;
    into.members = cells.whole()?;
    into.elderly = cells.whole()?;
    into.children = cells.whole()?;
    into.disabled = cells.whole()?;
    into.living_alone = cells.whole::<u8>()?.map(|yes| yes != 0);
    into.monthly_income = cells.real()?;
    cells.next(|value| value.as_str().map(|text| into.programmes.set_stored(text)))?;
    cells.next(|value| value.as_str().map(|text| into.needs.set_stored(text)))?;
    into.last_visit = cells.whole()?.map(Date::from_days);
    cells.next(|value| value.as_str().map(|text| into.tags.set_stored(text)))?;
    cells.text(&mut into.notes)
}

/// The cells of a row, one after the other.
struct Cells<'a, 'stmt> {
    row: &'a Row<'stmt>,
    place: usize,
}

impl Cells<'_, '_> {
    fn next<T>(&mut self, read: impl FnOnce(ValueRef<'_>) -> FromSqlResult<T>) -> Result<T> {
        let at = self.place;
        self.place += 1;
        let value = self.row.get_ref(at)?;
        let kind = value.data_type();
        read(value).map_err(|error| Error::FromSqlConversionFailure(at, kind, Box::new(error)))
    }

    fn text(&mut self, into: &mut String) -> Result<()> {
        self.next(|value| {
            into.clear();
            into.push_str(value.as_str()?);
            Ok(())
        })
    }

    fn real(&mut self) -> Result<Option<f64>> {
        self.next(|value| value.as_f64_or_null())
    }

    fn whole<T: TryFrom<i64>>(&mut self) -> Result<Option<T>> {
        self.next(|value| {
            let Some(number) = value.as_i64_or_null()? else {
                return Ok(None);
            };
            T::try_from(number)
                .map(Some)
                .map_err(|_out_of_range| FromSqlError::OutOfRange(number))
        })
    }

    /// Two columns; half a position, or one off the Earth, is damage.
    fn position(&mut self) -> Result<Option<LonLat>> {
        let (lon, lat) = (self.real()?, self.real()?);
        let position = lon.zip(lat).and_then(|(lon, lat)| LonLat::new(lon, lat));
        if position.is_none() && (lon.is_some() || lat.is_some()) {
            let what = Box::new(FromSqlError::InvalidType);
            let kind = rusqlite::types::Type::Real;
            return Err(Error::FromSqlConversionFailure(self.place - 1, kind, what));
        }
        Ok(position)
    }
}
