//! Needs by category: where each stands, and how many households have it.

use crate::base::{Cancelled, Progress};
use crate::model::{Date, NeedStatus};
use crate::query::{Choice, RowSet};
use crate::snapshot::{Snapshot, Unknown};

/// Days that "within the last year" looks back.
const YEAR_DAYS: i32 = 365;

/// The needs of one category.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NeedCount {
    /// Place of the category in the catalogue.
    pub category: u8,
    /// Open, and nobody has taken it on.
    pub open: u32,
    /// Passed on to somebody, and still open.
    pub referred: u32,
    /// Met in the year up to the day.
    pub met: u32,
    /// Households with a need that is open or referred.
    pub households: u32,
}

impl NeedCount {
    /// Needs that are not met: open or referred.
    pub fn unmet(&self) -> u32 {
        self.open + self.referred
    }
}

/// The needs of all categories.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NeedCounts {
    /// Categories with any count, those with the most unmet needs first.
    pub categories: Vec<NeedCount>,
    /// Needs that were met on a day that nobody wrote down; in no category's count.
    pub met_undated: u32,
    /// Households with an unmet need of any chosen category.
    pub households: u32,
    /// Households of the filter.
    pub of: u32,
}

/// How one need stands on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NeedState {
    Open,
    Referred,
    Met,
    MetUndated,
}

/// Calls `tell` for each need of a household that is open, referred or was met within the year.
///
/// A need with a row of its own counts by its row. One that only the ledger's list has counts as
/// open, once a category; a category that has rows is not counted from the list again. A need that
/// was met after the day was open on it; whether it was referred by then nobody wrote down.
pub(super) fn each_need(
    town: &Snapshot,
    row: u32,
    choice: Choice,
    as_of: Date,
    mut tell: impl FnMut(u8, NeedState),
) {
    let day = as_of.days();
    let needs = &town.needs;
    let mut with_rows = 0_u64;
    for at in needs.of(row) {
        let (Some(category), Some(status), Some(raised), Some(closed)) = (
            needs.category.get(at),
            needs.status.get(at),
            needs.raised_on.get(at),
            needs.closed_on.get(at),
        ) else {
            continue;
        };
        let bit = 1_u64 << (category & 63);
        if choice.needs & bit == 0 || (*raised != Unknown::DAY && *raised > day) {
            continue;
        }
        let is_closed = *closed == Unknown::DAY || *closed <= day;
        let state = match status {
            NeedStatus::Open => NeedState::Open,
            NeedStatus::Referred => NeedState::Referred,
            _ if !is_closed => NeedState::Open,
            NeedStatus::Met if *closed == Unknown::DAY => NeedState::MetUndated,
            NeedStatus::Met if day - *closed < YEAR_DAYS => NeedState::Met,
            NeedStatus::Met | NeedStatus::Withdrawn => continue,
        };
        if matches!(state, NeedState::Open | NeedState::Referred) {
            with_rows |= bit;
        }
        tell(*category, state);
    }
    let listed = town.households.needs.get(row as usize).copied();
    let mut rest = listed.unwrap_or(0) & choice.needs & !with_rows;
    while rest != 0 {
        tell(rest.trailing_zeros() as u8, NeedState::Open);
        rest &= rest - 1;
    }
}

/// Counts the needs of the households of a set, by category, on a day.
///
/// Counts are of needs; `households` counts each household once a category, as the open needs of
/// the figures do. Only chosen categories count. "Within the year" are the 365 days that end with
/// the day. Categories stand by unmet needs, then by met ones, then in the order of the catalogue.
/// O(households + needs); ticks once a household.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
///
/// Limit: where nobody records that a need was met, none was.
pub fn need_counts(
    town: &Snapshot,
    rows: &RowSet,
    choice: Choice,
    as_of: Date,
    progress: &Progress,
) -> Result<NeedCounts, Cancelled> {
    let mut counts: Vec<NeedCount> = (0..64)
        .map(|category| NeedCount {
            category,
            ..NeedCount::default()
        })
        .collect();
    let mut found = NeedCounts::default();
    for row in rows.iter() {
        progress.tick(1)?;
        found.of += 1;
        let mut unmet = 0_u64;
        each_need(town, row, choice, as_of, |category, state| {
            let Some(count) = counts.get_mut(usize::from(category)) else {
                return;
            };
            let is_unmet = match state {
                NeedState::Open => {
                    count.open += 1;
                    true
                }
                NeedState::Referred => {
                    count.referred += 1;
                    true
                }
                NeedState::Met => {
                    count.met += 1;
                    false
                }
                NeedState::MetUndated => {
                    found.met_undated += 1;
                    false
                }
            };
            if is_unmet && unmet >> category & 1 == 0 {
                unmet |= 1 << category;
                count.households += 1;
            }
        });
        found.households += u32::from(unmet != 0);
    }
    counts.retain(|count| count.unmet() + count.met > 0);
    counts.sort_by_key(|count| {
        (
            std::cmp::Reverse((count.unmet(), count.met)),
            count.category,
        )
    });
    found.categories = counts;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::coverage::tests::blank_town;
    use crate::base::Generation;
    use crate::model::{Catalogue, CodeList, Household, Need, Term};
    use crate::snapshot::{Builder, Tables};
    use NeedStatus::{Met, Open, Referred, Withdrawn};

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn the_ledgers_list_counts_where_no_row_says_more() {
        let mut town = blank_town(3);
        town.households.needs = vec![0b101, 0b001, 0];
        let rows = RowSet::all(3);
        let on = day("2026-11-21");
        let found = need_counts(&town, &rows, Choice::default(), on, &Progress::new()).unwrap();
        let listed: Vec<_> = found
            .categories
            .iter()
            .map(|count| (count.category, count.open, count.households))
            .collect();
        assert_eq!(listed, [(0, 2, 2), (2, 1, 1)]);
        assert_eq!((found.households, found.of), (2, 3));
        let some = Choice {
            needs: 0b100,
            ..Choice::default()
        };
        let found = need_counts(&town, &rows, some, on, &Progress::new()).unwrap();
        assert_eq!((found.categories.len(), found.households), (1, 1));
    }

    #[test]
    fn rows_and_list_are_one_need_and_the_day_decides() {
        let need = |category: &str, status, raised: &str, closed: &str| Need {
            category: category.to_owned(),
            status,
            raised_on: Date::parse(raised),
            closed_on: Date::parse(closed),
            ..Need::default()
        };
        let needs = [
            need("care", Open, "2026-01-01", ""),
            need("care", Referred, "2026-02-01", ""),
            // Raised after the day, met after the day, met long ago, met some day, withdrawn.
            need("care", Open, "2026-12-01", ""),
            need("medical", Met, "2026-01-01", "2026-12-01"),
            need("medical", Met, "2024-01-01", "2025-11-20"),
            need("medical", Met, "2024-01-01", "2025-11-22"),
            need("medical", Met, "2024-01-01", ""),
            need("medical", Withdrawn, "2024-01-01", "2026-01-01"),
        ];
        let terms = ["care", "medical", "housing"].map(Term::unknown).to_vec();
        let catalogue = Catalogue {
            needs: terms,
            ..Catalogue::default()
        };
        let home = Household {
            needs: CodeList::split("care;housing;medical"),
            ..Household::default()
        };
        let mut builder = Builder::new(Generation::default(), catalogue, true);
        let mut tables = Tables::default();
        builder.push(&home);
        for need in &needs {
            tables.push_need(7, need);
        }
        builder.set_tables(tables, &[7]);
        let town = builder.finish(&Progress::new()).unwrap();
        let rows = RowSet::all(1);
        let on = day("2026-11-21");
        let found = need_counts(&town, &rows, Choice::default(), on, &Progress::new()).unwrap();
        let count = |category, open, referred, met| NeedCount {
            category,
            open,
            referred,
            met,
            households: 1,
        };
        assert_eq!(
            found.categories,
            [count(0, 1, 1, 0), count(1, 1, 0, 1), count(2, 1, 0, 0)]
        );
        assert_eq!((found.met_undated, found.households), (1, 1));
    }
}
