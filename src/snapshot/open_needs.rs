//! The open needs of a household, one by one: those with a row of their own, then those that the
//! ledger lists without one.

use super::{DayColumns, NeedRows, Snapshot, Unknown};
use crate::model::{Date, NeedStatus};

/// One open need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenNeed {
    /// Place of its row in [`NeedRows`]; `None` where only the ledger's list names it.
    pub at: Option<u32>,
    /// Place of the category in the catalogue, below 64.
    pub category: u8,
    /// 1 (can wait) to 3 (at once); 0 where not known, as for all of the ledger's list.
    pub urgency: u8,
}

impl OpenNeed {
    /// By how much its weight is multiplied: the urgency, or 1 where it is not known.
    pub fn factor(self) -> f64 {
        f64::from(self.urgency.max(1))
    }
}

impl NeedRows {
    /// Marks the needs that are open (or referred) on a day. Until then none is, and the bits of
    /// the households alone say what is open.
    pub fn open_on(&mut self, day: Date) {
        let unknown_or =
            |date: i32, is: fn(i32, i32) -> bool| date == Unknown::DAY || is(date, day.days());
        self.open = (0..self.len())
            .map(|at| {
                let is_closed = matches!(self.status[at], NeedStatus::Met | NeedStatus::Withdrawn);
                let was_closed =
                    is_closed && unknown_or(self.closed_on[at], |closed, day| closed <= day);
                unknown_or(self.raised_on[at], |raised, day| raised <= day) && !was_closed
            })
            .collect();
    }
}

impl Snapshot {
    /// The open needs of a household in the categories of these bits. Several of one category, by
    /// different members say, are each there; one of the ledger's list is there where no open row
    /// has its category.
    pub fn open_needs(&self, row: u32, categories: u64) -> impl Iterator<Item = OpenNeed> + '_ {
        self.open_needs_on(self.day(), row, categories)
    }

    /// The same of the columns of another day.
    pub fn open_needs_on<'a>(
        &'a self,
        day: DayColumns<'a>,
        row: u32,
        categories: u64,
    ) -> impl Iterator<Item = OpenNeed> + 'a {
        let bits = day.needs_of(row) & categories;
        // Without a bit there is no open row either: most households are done here.
        let rows = if bits == 0 { 0..0 } else { self.needs.of(row) };
        let with_rows = rows.filter_map(move |at| {
            let is_open = day.need_open.get(at).copied().unwrap_or(false);
            let category = self.needs.category.get(at)?.min(&63);
            (is_open && bits & (1 << category) != 0).then_some(OpenNeed {
                at: Some(at as u32),
                category: *category,
                urgency: self.needs.urgency.get(at).copied().unwrap_or(0),
            })
        });
        let mut rest = with_rows
            .clone()
            .fold(bits, |rest, need| rest & !(1 << need.category));
        with_rows.chain(std::iter::from_fn(move || {
            let category = u8::try_from(rest.trailing_zeros())
                .ok()
                .filter(|at| *at < 64)?;
            rest &= rest - 1;
            Some(OpenNeed {
                at: None,
                category,
                urgency: 0,
            })
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Generation, Progress};
    use crate::model::{Catalogue, CodeList, Household, Need, Term};
    use crate::snapshot::{Builder, Tables};

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn need(member: &str, category: &str, urgency: Option<u8>, status: NeedStatus) -> Need {
        Need {
            member: member.to_owned(),
            category: category.to_owned(),
            urgency,
            status,
            raised_on: Some(day("2026-03-01")),
            closed_on: matches!(status, NeedStatus::Met).then(|| day("2026-06-01")),
            ..Need::default()
        }
    }

    #[test]
    fn rows_stand_for_themselves_and_the_list_for_the_rest() {
        let catalogue = Catalogue {
            needs: ["care", "medical", "goods"].map(Term::unknown).to_vec(),
            ..Catalogue::default()
        };
        let mut builder = Builder::new(Generation::default(), catalogue, true);
        for (id, needs) in [("a", "care;medical;goods"), ("b", "goods"), ("c", "")] {
            builder.push(&Household {
                id: id.to_owned(),
                needs: CodeList::split(needs),
                ..Household::default()
            });
        }
        let mut tables = Tables::default();
        tables.push_need(1, &need("甲", "care", Some(3), NeedStatus::Open));
        tables.push_need(1, &need("乙", "care", None, NeedStatus::Referred));
        tables.push_need(1, &need("", "medical", Some(2), NeedStatus::Met));
        builder.set_tables(tables, &[1, 2, 3]);
        let mut town = builder.finish(&Progress::new()).unwrap();
        let open = |town: &Snapshot, row, categories| -> Vec<(Option<u32>, u8, u8)> {
            town.open_needs(row, categories)
                .map(|need| (need.at, need.category, need.urgency))
                .collect()
        };
        // Before anybody has said which day it is.
        let listed = [(None, 0, 0), (None, 1, 0), (None, 2, 0)];
        assert_eq!(open(&town, 0, u64::MAX), listed);
        town.needs.open_on(day("2026-05-01"));
        assert_eq!(
            open(&town, 0, u64::MAX),
            [
                (Some(0), 0, 3),
                (Some(1), 0, 0),
                (Some(2), 1, 2),
                (None, 2, 0)
            ]
        );
        assert_eq!(open(&town, 0, 0b110), [(Some(2), 1, 2), (None, 2, 0)]);
        assert_eq!(open(&town, 1, u64::MAX), [(None, 2, 0)]);
        assert!(open(&town, 2, u64::MAX).is_empty() && open(&town, 9, u64::MAX).is_empty());
        // Met by then, and not raised yet.
        town.needs.open_on(day("2026-06-01"));
        assert_eq!(town.needs.open, [true, true, false]);
        town.needs.open_on(day("2026-02-28"));
        assert_eq!(town.needs.open, [false; 3]);
    }
}
