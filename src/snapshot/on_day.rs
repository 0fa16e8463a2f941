//! The town on another day: which programmes, needs and visits count then.

use super::{Snapshot, Unknown};
use crate::model::Date;

/// The columns of the households that depend on the day.
#[derive(Debug, Clone, Copy)]
pub struct DayColumns<'a> {
    /// Programmes received: bit i is programme i of the snapshot's catalogue.
    pub programmes: &'a [u64],
    /// Open needs: bit i is need i of the snapshot's catalogue.
    pub needs: &'a [u64],
    /// Whether each need that has a row of its own is open.
    pub need_open: &'a [bool],
    /// Day of the last visit, or [`Unknown::DAY`].
    pub last_visit: &'a [i32],
}

impl DayColumns<'_> {
    /// The programmes that a household receives.
    #[inline]
    pub fn programmes_of(&self, row: u32) -> u64 {
        self.programmes.get(row as usize).copied().unwrap_or(0)
    }

    /// The open needs of a household.
    #[inline]
    pub fn needs_of(&self, row: u32) -> u64 {
        self.needs.get(row as usize).copied().unwrap_or(0)
    }

    /// Whole days from the last visit to a day, or `None` where there was none by then.
    pub fn days_since_visit(&self, row: u32, as_of: Date) -> Option<i32> {
        let last = self.last_visit.get(row as usize).copied();
        let last = last.filter(|day| *day != Unknown::DAY && *day <= as_of.days());
        last.map(|day| as_of.days().saturating_sub(day))
    }
}

impl Snapshot {
    /// The columns of the snapshot's own day.
    pub fn day(&self) -> DayColumns<'_> {
        DayColumns {
            programmes: &self.households.programmes,
            needs: &self.households.needs,
            need_open: &self.needs.open,
            last_visit: &self.households.last_visit,
        }
    }
}

/// The columns that depend on the day, as they are on a day of one's choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnDay {
    /// The day.
    pub as_of: Date,
    /// Programmes received.
    pub programmes: Vec<u64>,
    /// Open needs.
    pub needs: Vec<u64>,
    /// Whether each need that has a row of its own is open.
    pub need_open: Vec<bool>,
    /// Day of the last visit, or [`Unknown::DAY`].
    pub last_visit: Vec<i32>,
}

impl OnDay {
    /// The columns to be asked.
    pub fn columns(&self) -> DayColumns<'_> {
        DayColumns {
            programmes: &self.programmes,
            needs: &self.needs,
            need_open: &self.need_open,
            last_visit: &self.last_visit,
        }
    }
}

/// What the ledger's own lists say where no row of a table does: it has no date, and holds on every
/// day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Undated {
    /// Programmes of each household.
    pub programmes: Vec<u64>,
    /// Needs of each household.
    pub needs: Vec<u64>,
}

impl Snapshot {
    /// What has no date.
    ///
    /// The tables know more than the ledger: a programme or need of a household that they name is
    /// theirs alone, on every day, so what is left of the columns is the ledger's.
    pub fn undated(&self) -> Undated {
        let mut out = Undated {
            programmes: self.households.programmes.clone(),
            needs: self.households.needs.clone(),
        };
        let clear = |bits: &mut [u64], rows: &[u32], places: &[u8]| {
            for (row, place) in rows.iter().zip(places) {
                if let Some(bits) = bits.get_mut(*row as usize) {
                    *bits &= !(1 << place.min(&63));
                }
            }
        };
        let (receipts, needs) = (&self.receipts, &self.needs);
        clear(
            &mut out.programmes,
            &receipts.household,
            &receipts.programme,
        );
        clear(&mut out.needs, &needs.household, &needs.category);
        out
    }

    /// The columns as they are on a day, by the same dates by which a town of that day is loaded:
    /// it equals such a town, and needs no file.
    ///
    /// Limit: rows without a date hold on every day, and what is not dated at all (income, members,
    /// address) is as the snapshot has it.
    pub fn on_day(&self, undated: &Undated, as_of: Date) -> OnDay {
        let mut out = OnDay {
            as_of,
            programmes: undated.programmes.clone(),
            needs: undated.needs.clone(),
            need_open: (0..self.needs.len())
                .map(|at| self.needs.is_open(at, as_of))
                .collect(),
            last_visit: self.households.ledger_visit.clone(),
        };
        for last in &mut out.last_visit {
            if *last > as_of.days() {
                *last = Unknown::DAY;
            }
        }
        for (at, (row, place)) in self
            .receipts
            .household
            .iter()
            .zip(&self.receipts.programme)
            .enumerate()
        {
            if self.receipts.is_active(at, as_of)
                && let Some(bits) = out.programmes.get_mut(*row as usize)
            {
                *bits |= 1 << place.min(&63);
            }
        }
        let categories = self.needs.household.iter().zip(&self.needs.category);
        for ((row, place), is_open) in categories.zip(&out.need_open) {
            if *is_open && let Some(bits) = out.needs.get_mut(*row as usize) {
                *bits |= 1 << place.min(&63);
            }
        }
        for (row, done) in self.visits.household.iter().zip(&self.visits.done_on) {
            if *done <= as_of.days()
                && let Some(last) = out.last_visit.get_mut(*row as usize)
            {
                // An unknown day is before every other.
                *last = (*last).max(*done);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Generation, Progress};
    use crate::model::{Catalogue, CodeList, Household, Need, NeedStatus, Receipt, Visit};
    use crate::snapshot::{Builder, Tables};

    fn day(text: &str) -> Option<Date> {
        Date::parse(text)
    }

    #[test]
    fn the_tables_have_dates_and_the_ledger_holds_always() {
        let mut builder = Builder::new(Generation::default(), Catalogue::default(), true);
        builder.push(&Household {
            id: "a".to_owned(),
            programmes: CodeList::split("zhufang;dibao"),
            needs: CodeList::split("care;medical"),
            last_visit: day("2026-03-01"),
            ..Household::default()
        });
        let mut tables = Tables::default();
        tables.push_receipt(
            1,
            &Receipt {
                programme: "dibao".to_owned(),
                start: day("2026-02-01"),
                end: day("2026-04-01"),
                ..Receipt::default()
            },
        );
        let need = |category: &str, status, raised: &str, closed: &str| Need {
            category: category.to_owned(),
            status,
            raised_on: day(raised),
            closed_on: day(closed),
            ..Need::default()
        };
        tables.push_need(
            1,
            &need("care", NeedStatus::Met, "2026-02-10", "2026-03-10"),
        );
        tables.push_need(1, &need("legal", NeedStatus::Withdrawn, "2026-01-01", ""));
        tables.push_visit(
            1,
            &Visit {
                done_on: day("2026-02-15"),
                ..Visit::default()
            },
        );
        builder.set_tables(tables, &[1]);
        let town = builder.finish(&Progress::new()).unwrap();
        let names = |bits: u64, terms: &[crate::model::Term]| {
            let on = (0..terms.len()).filter(|place| bits >> place & 1 == 1);
            on.map(|place| terms[place].code.clone())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let undated = town.undated();
        let stands = |text: &str| {
            let on = town.on_day(&undated, day(text).unwrap());
            let last = Some(on.last_visit[0]).filter(|day| *day != Unknown::DAY);
            (
                names(on.programmes[0], &town.catalogue.programmes),
                names(on.needs[0], &town.catalogue.needs),
                last.map(|day| Date::from_days(day).to_string()),
            )
        };
        let is = |programmes: &str, needs: &str, last: Option<&str>| {
            (
                programmes.to_owned(),
                needs.to_owned(),
                last.map(str::to_owned),
            )
        };
        assert_eq!(stands("2026-01-31"), is("zhufang", "medical", None));
        let february = is("zhufang dibao", "medical", None);
        assert_eq!(stands("2026-02-09"), february);
        assert_eq!(
            stands("2026-02-28"),
            is("zhufang dibao", "care medical", Some("2026-02-15"))
        );
        assert_eq!(
            stands("2026-03-10"),
            is("zhufang dibao", "medical", Some("2026-03-01"))
        );
        assert_eq!(
            stands("2026-04-01"),
            is("zhufang", "medical", Some("2026-03-01"))
        );
    }
}
