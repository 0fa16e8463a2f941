//! Values of a row, one after the other: bound into a statement, or read without trust.

use crate::model::{CodeList, Date, LonLat};
use rusqlite::types::{FromSqlError, FromSqlResult, Null, ValueRef};
use rusqlite::{Error, Result, Row, Statement, ToSql};

/// Binds values, the first at the first place.
pub(super) struct Binder<'a, 'c> {
    statement: &'a mut Statement<'c>,
    place: usize,
}

impl<'a, 'c> Binder<'a, 'c> {
    /// Begins at the first place.
    pub(super) fn new(statement: &'a mut Statement<'c>) -> Self {
        Self {
            statement,
            place: 0,
        }
    }

    fn bind<T: ToSql>(&mut self, value: T) -> Result<()> {
        self.place += 1;
        self.statement.raw_bind_parameter(self.place, value)
    }

    pub(super) fn text(&mut self, text: &str) -> Result<()> {
        self.bind(text)
    }

    pub(super) fn blob(&mut self, bytes: &[u8]) -> Result<()> {
        self.bind(bytes)
    }

    pub(super) fn real(&mut self, value: Option<f64>) -> Result<()> {
        match value {
            Some(number) => self.bind(number),
            None => self.bind(Null),
        }
    }

    pub(super) fn whole(&mut self, value: Option<i64>) -> Result<()> {
        match value {
            Some(number) => self.bind(number),
            None => self.bind(Null),
        }
    }

    pub(super) fn date(&mut self, day: Option<Date>) -> Result<()> {
        self.whole(day.map(|day| i64::from(day.days())))
    }

    /// Two places: longitude and latitude.
    pub(super) fn position(&mut self, position: Option<LonLat>) -> Result<()> {
        self.real(position.map(|at| at.lon))?;
        self.real(position.map(|at| at.lat))
    }

    /// Runs the statement and gives the number of rows that it changed.
    pub(super) fn execute(self) -> Result<usize> {
        self.statement.raw_execute()
    }
}

/// The cells of a row that was read.
pub(super) struct Cells<'a, 'stmt> {
    row: &'a Row<'stmt>,
    place: usize,
}

impl<'a, 'stmt> Cells<'a, 'stmt> {
    /// Begins at the first cell.
    pub(super) fn new(row: &'a Row<'stmt>) -> Self {
        Self { row, place: 0 }
    }

    pub(super) fn next<T>(
        &mut self,
        read: impl FnOnce(ValueRef<'_>) -> FromSqlResult<T>,
    ) -> Result<T> {
        let at = self.place;
        self.place += 1;
        let value = self.row.get_ref(at)?;
        let kind = value.data_type();
        read(value).map_err(|error| Error::FromSqlConversionFailure(at, kind, Box::new(error)))
    }

    pub(super) fn text(&mut self, into: &mut String) -> Result<()> {
        self.next(|value| {
            into.clear();
            into.push_str(value.as_str()?);
            Ok(())
        })
    }

    pub(super) fn list(&mut self, into: &mut CodeList) -> Result<()> {
        self.next(|value| value.as_str().map(|text| into.set_stored(text)))
    }

    /// A word of a closed list; any other is damage.
    pub(super) fn word<T>(&mut self, of: impl FnOnce(&str) -> Option<T>) -> Result<T> {
        self.next(|value| of(value.as_str()?).ok_or(FromSqlError::InvalidType))
    }

    pub(super) fn real(&mut self) -> Result<Option<f64>> {
        self.next(|value| value.as_f64_or_null())
    }

    pub(super) fn whole<T: TryFrom<i64>>(&mut self) -> Result<Option<T>> {
        self.next(|value| {
            let Some(number) = value.as_i64_or_null()? else {
                return Ok(None);
            };
            T::try_from(number)
                .map(Some)
                .map_err(|_out_of_range| FromSqlError::OutOfRange(number))
        })
    }

    /// A number that is always there.
    pub(super) fn number<T: TryFrom<i64>>(&mut self) -> Result<T> {
        self.next(|value| {
            let number = value.as_i64()?;
            T::try_from(number).map_err(|_out_of_range| FromSqlError::OutOfRange(number))
        })
    }

    pub(super) fn yes(&mut self) -> Result<Option<bool>> {
        Ok(self.whole::<u8>()?.map(|yes| yes != 0))
    }

    pub(super) fn date(&mut self) -> Result<Option<Date>> {
        Ok(self.whole()?.map(Date::from_days))
    }

    /// Two columns; half a position, or one off the Earth, is damage.
    pub(super) fn position(&mut self) -> Result<Option<LonLat>> {
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
