//! The columns of the households.

use super::{AreaIndex, Due, Entitlement};
use crate::datum::MercXY;
use crate::model::{Date, LonLat, PositionSource};

/// Values that stand for "not known" in number columns.
#[derive(Debug, Clone, Copy)]
pub struct Unknown;

impl Unknown {
    /// In counts of people.
    pub const COUNT: i32 = -1;
    /// In days.
    pub const DAY: i32 = i32::MIN;
}

/// Many texts in one allocation.
#[derive(Debug, Clone, Default)]
pub struct TextColumn {
    text: String,
    ends: Vec<u32>,
}

impl TextColumn {
    /// Adds a text. Past 4 GiB of text a row holds nothing.
    pub fn push(&mut self, text: &str) {
        if u32::try_from(self.text.len() + text.len()).is_ok() {
            self.text.push_str(text);
        }
        self.ends.push(self.text.len() as u32);
    }

    /// The text of a row; empty outside the column.
    pub fn get(&self, row: u32) -> &str {
        let row = row as usize;
        let start = if row == 0 {
            0
        } else {
            self.ends.get(row - 1).copied().unwrap_or(u32::MAX)
        };
        let end = self.ends.get(row).copied().unwrap_or(0);
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// One value a household in every column; the row number is the place.
#[derive(Debug, Clone, Default)]
pub struct Households {
    /// The office's number.
    pub id: TextColumn,
    /// Head of household.
    pub head_name: TextColumn,
    /// Resident ID number of the head.
    pub id_number: TextColumn,
    /// Telephone.
    pub phone: TextColumn,
    /// Address.
    pub address: TextColumn,
    /// Code of the declared area.
    pub declared_area: TextColumn,
    /// Tags, `;` between them.
    pub tags: TextColumn,
    /// Notes.
    pub notes: TextColumn,
    /// The pair as the file had it, where it could not be used or stood in another datum.
    pub position_text: TextColumn,
    /// The datum in which that pair stood, by its code; empty for WGS-84.
    pub position_datum: TextColumn,
    /// How the position became known; says nothing where there is none.
    pub position_source: Vec<PositionSource>,
    /// Names of the departments' lists that know somebody of the household, `;` between them.
    pub lists: TextColumn,
    /// Degrees east; NaN where not geocoded.
    pub lon: Vec<f64>,
    /// Degrees north; NaN where not geocoded.
    pub lat: Vec<f64>,
    /// Web Mercator metres; NaN where not geocoded.
    pub x_merc: Vec<f64>,
    /// Web Mercator metres; NaN where not geocoded.
    pub y_merc: Vec<f64>,
    /// The smallest area that holds the household, or [`AreaIndex::NONE`].
    pub area: Vec<AreaIndex>,
    /// Programmes received: bit i is programme i of the snapshot's catalogue.
    pub programmes: Vec<u64>,
    /// Open needs: bit i is need i of the snapshot's catalogue.
    pub needs: Vec<u64>,
    /// Who should have what.
    pub entitlement: Entitlement,
    /// What is due.
    pub due: Due,
    /// Members, or [`Unknown::COUNT`].
    pub members: Vec<i32>,
    /// Members of 60 and older, or [`Unknown::COUNT`].
    pub elderly: Vec<i32>,
    /// Members under 18, or [`Unknown::COUNT`].
    pub children: Vec<i32>,
    /// Members with a disability, or [`Unknown::COUNT`].
    pub disabled: Vec<i32>,
    /// 1 living alone, 0 not, [`Unknown::COUNT`] not known.
    pub living_alone: Vec<i32>,
    /// Yuan a month for the whole household; NaN where not known.
    pub monthly_income: Vec<f64>,
    /// Days since 1970-01-01, or [`Unknown::DAY`] (never visited, or not known).
    pub last_visit: Vec<i32>,
    /// The same by the ledger's own row alone, whatever the day of the snapshot.
    pub ledger_visit: Vec<i32>,
}

impl Households {
    /// Number of households.
    pub fn len(&self) -> usize {
        self.lon.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lon.is_empty()
    }

    /// Where a household is.
    pub fn position(&self, row: u32) -> Option<LonLat> {
        let row = row as usize;
        LonLat::new(*self.lon.get(row)?, *self.lat.get(row)?)
    }

    /// Where a household is in Web Mercator.
    pub fn merc(&self, row: u32) -> Option<MercXY> {
        let (x, y) = (
            *self.x_merc.get(row as usize)?,
            *self.y_merc.get(row as usize)?,
        );
        (x.is_finite() && y.is_finite()).then_some(MercXY { x, y })
    }

    /// The day of the last visit.
    pub fn last_visit(&self, row: u32) -> Option<Date> {
        self.last_visit
            .get(row as usize)
            .copied()
            .filter(|day| *day != Unknown::DAY)
            .map(Date::from_days)
    }

    /// Whole days from the last visit to a day, or `None` where there was none by then.
    pub fn days_since_visit(&self, row: u32, as_of: Date) -> Option<i32> {
        self.last_visit(row)
            .map(|visit| as_of.days() - visit.days())
            .filter(|days| *days >= 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_as_they_went_in() {
        let mut column = TextColumn::default();
        for text in ["", "民情", "map", ""] {
            column.push(text);
        }
        assert_eq!(
            (0..5).map(|row| column.get(row)).collect::<Vec<_>>(),
            ["", "民情", "map", "", ""]
        );
    }
}
