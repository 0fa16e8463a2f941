//! The time line: coverage and need month by month, in all and by area.

use super::Figures;
use super::past::{Past, past_coverage};
use super::past_line::PastLine;
use crate::base::{Cancelled, Progress};
use crate::model::{Date, NeedStatus};
use crate::query::{Choice, RowSet};
use crate::snapshot::{AreaIndex, Snapshot, Undated, Unknown};

/// The figures of one point of the line, and what happened since the point before.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MonthFigures {
    /// Coverage on the last day, by the rules of that day.
    pub figures: Figures,
    /// Households that receive each chosen programme, in the order of the catalogue.
    pub by_programme: Vec<u32>,
    /// Households with an open need of each chosen category, in the order of the catalogue.
    pub by_need: Vec<u32>,
    /// Needs of the chosen categories that were raised in the month.
    pub raised: u32,
    /// Needs of the chosen categories that were met in the month.
    pub met: u32,
    /// Needs of the chosen categories that were withdrawn in the month.
    pub withdrawn: u32,
    /// Visits done in the month.
    pub visits: u32,
}

/// What no date can place: it holds at every point, or is in no month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UndatedCounts {
    /// Programmes of households that the ledger's own list names and no receipt does: received
    /// at every point.
    pub programmes: u32,
    /// Needs of households that the ledger's own list names and no row does: open at every point.
    pub needs: u32,
    /// Receipts that do not say since when: received at every point until they end.
    pub receipts_without_start: u32,
    /// Needs that do not say when they were raised: open at every point until they are closed.
    pub needs_without_start: u32,
    /// Needs that were met or withdrawn nobody knows when: open at no point, and met in no month.
    pub closed_without_day: u32,
}

impl UndatedCounts {
    /// How much there is.
    pub fn total(self) -> u32 {
        self.programmes
            + self.needs
            + self.receipts_without_start
            + self.needs_without_start
            + self.closed_without_day
    }
}

/// Months and their figures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TimeLine {
    /// The days of the points, ascending: ends of months, and last the as-of day.
    pub days: Vec<Date>,
    /// All rows: one entry a point.
    pub total: Vec<MonthFigures>,
    /// The areas that were asked for.
    pub areas: Vec<AreaIndex>,
    /// One line an area, in their order; each one entry a point. An area holds its own households
    /// and those of all areas below it.
    pub by_area: Vec<Vec<MonthFigures>>,
    /// What has no date, of all rows.
    pub undated: UndatedCounts,
}

impl TimeLine {
    /// The line of an area, where it was asked for.
    pub fn of(&self, area: AreaIndex) -> Option<&[MonthFigures]> {
        let at = self.areas.iter().position(|one| *one == area)?;
        self.by_area.get(at).map(Vec::as_slice)
    }
}

/// The last days of so many months, the last of them the as-of day itself; ascending.
pub fn month_ends(as_of: Date, months: usize) -> Vec<Date> {
    let (year, month, _) = as_of.ymd();
    let last = i32::from(year) * 12 + i32::from(month) - 1;
    let mut days: Vec<Date> = (1..months as i32)
        .rev()
        // The day before the first of the month after.
        .filter_map(|back| first_of_month(last - back + 1).map(|first| first.plus_days(-1)))
        .collect();
    if months > 0 {
        days.push(as_of);
    }
    days
}

/// The first day of a month that is counted from the year 0.
fn first_of_month(count: i32) -> Option<Date> {
    let year = i16::try_from(count.div_euclid(12)).ok()?;
    Date::from_ymd(year, (count.rem_euclid(12) + 1) as i8, 1)
}

/// What is asked of the rows of a town.
#[derive(Debug, Clone, Copy)]
pub struct TimeLineSpec<'a> {
    /// The households.
    pub rows: &'a RowSet,
    /// The programmes and categories that count.
    pub choice: Choice,
    /// The areas that get a line of their own; they may lie in each other.
    pub areas: &'a [AreaIndex],
    /// The last day.
    pub as_of: Date,
    /// How many months, that of the last day among them.
    pub months: usize,
}

/// Coverage, need and work month by month.
///
/// Each point is the town of that day ([`super::past`]): its figures equal [`super::coverage`] of a town
/// loaded as of that day, gaps by the rules and ages of the day among them. What happened in a
/// month is counted from the day after the point before, for the first point from the first of its
/// month. Needs are counted a row each where they happen in a month, and a category a household
/// where they are open (as everywhere). Reports a unit a household and point.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
///
/// Limits: households, their members, income and addresses are those of the snapshot at every
/// point; what has no date is counted in [`TimeLine::undated`].
pub fn timeline(
    town: &Snapshot,
    spec: TimeLineSpec<'_>,
    progress: &Progress,
) -> Result<TimeLine, Cancelled> {
    let undated = town.undated();
    let days = month_ends(spec.as_of, spec.months);
    let slots = Slots::new(town, &spec);
    progress.set_total(days.len() as u64 * town.households.len() as u64);
    let mut line = TimeLine {
        areas: spec.areas.to_vec(),
        by_area: vec![Vec::with_capacity(days.len()); spec.areas.len()],
        undated: slots.undated(town, &undated),
        ..TimeLine::default()
    };
    let mut pasts = PastLine::new(town, &undated);
    for day in &days {
        let past = pasts.on(*day, progress)?;
        let found = past_coverage(town, past, spec.rows, spec.choice, &progress.aside())?;
        let mut months = slots.standing(town, past);
        let total = months.pop().unwrap_or_default();
        line.total.push(MonthFigures {
            figures: found.total,
            ..total
        });
        let lines = line.by_area.iter_mut().zip(months).zip(&line.areas);
        for ((of_area, month), area) in lines {
            let figures = found.by_area.get(area.0 as usize).copied();
            of_area.push(MonthFigures {
                figures: figures.unwrap_or_default(),
                ..month
            });
        }
    }
    line.days = days;
    slots.happenings(town, &mut line);
    Ok(line)
}

/// Where the rows are counted: in the areas that were asked for, and in all.
struct Slots<'a> {
    spec: TimeLineSpec<'a>,
    /// For each area of the town the places of the lines that it counts in.
    of_area: Vec<Vec<usize>>,
}

impl<'a> Slots<'a> {
    fn new(town: &Snapshot, spec: &TimeLineSpec<'a>) -> Self {
        let of_area = (0..town.areas.len())
            .map(|area| {
                let chain = town.areas.chain(AreaIndex(area as u32));
                let places = chain.flat_map(|above| {
                    let asked = spec.areas.iter().enumerate();
                    asked.filter(move |(_, one)| **one == above)
                });
                places.map(|(place, _)| place).collect()
            })
            .collect();
        Self {
            spec: *spec,
            of_area,
        }
    }

    /// The places of the lines that a household counts in; the last is that of all.
    fn of(&self, town: &Snapshot, row: u32) -> impl Iterator<Item = usize> + '_ {
        let area = town.households.area.get(row as usize);
        let area = area.and_then(|area| area.get());
        let places = area.and_then(|area| self.of_area.get(area));
        let places = places.map_or(&[][..], Vec::as_slice).iter().copied();
        places.chain(std::iter::once(self.spec.areas.len()))
    }

    /// How many households receive and need what, a line each.
    fn standing(&self, town: &Snapshot, past: &Past) -> Vec<MonthFigures> {
        let blank = MonthFigures {
            by_programme: vec![0; town.catalogue.programmes.len().min(64)],
            by_need: vec![0; town.catalogue.needs.len().min(64)],
            ..MonthFigures::default()
        };
        let mut out = vec![blank; self.spec.areas.len() + 1];
        let on = past.day.columns();
        for row in self.spec.rows.iter() {
            let programmes = on.programmes_of(row) & self.spec.choice.programmes;
            let needs = on.needs_of(row) & self.spec.choice.needs;
            if programmes | needs == 0 {
                continue;
            }
            for place in self.of(town, row) {
                if let Some(line) = out.get_mut(place) {
                    add_bits(programmes, &mut line.by_programme);
                    add_bits(needs, &mut line.by_need);
                }
            }
        }
        out
    }

    /// Counts what happened in each month.
    fn happenings(&self, town: &Snapshot, line: &mut TimeLine) {
        let Some(first) = line.days.first() else {
            return;
        };
        let (year, month, _) = first.ymd();
        let Some(start) = Date::from_ymd(year, month, 1) else {
            return;
        };
        let days = line.days.clone();
        let mut add = |row: u32, day: i32, to: fn(&mut MonthFigures) -> &mut u32| {
            if day < start.days() || !self.spec.rows.contains(row) {
                return;
            }
            let point = days.partition_point(|end| end.days() < day);
            for place in self.of(town, row) {
                let of = line.by_area.get_mut(place).unwrap_or(&mut line.total);
                if let Some(month) = of.get_mut(point) {
                    *to(month) += 1;
                }
            }
        };
        let needs = &town.needs;
        for (at, row) in needs.household.iter().enumerate() {
            if !self.is_chosen_need(town, at) {
                continue;
            }
            // A day that nobody knows is before every other.
            add(*row, needs.raised_on[at], |month| &mut month.raised);
            let to: fn(&mut MonthFigures) -> &mut u32 = match needs.status[at] {
                NeedStatus::Met => |month| &mut month.met,
                NeedStatus::Withdrawn => |month| &mut month.withdrawn,
                NeedStatus::Open | NeedStatus::Referred => continue,
            };
            add(*row, needs.closed_on[at], to);
        }
        for (row, done) in town.visits.household.iter().zip(&town.visits.done_on) {
            add(*row, *done, |month| &mut month.visits);
        }
    }

    fn is_chosen_need(&self, town: &Snapshot, at: usize) -> bool {
        let place = town.needs.category.get(at).copied().unwrap_or(63).min(63);
        self.spec.choice.needs >> place & 1 == 1
    }

    fn undated(&self, town: &Snapshot, undated: &Undated) -> UndatedCounts {
        let Choice { programmes, needs } = self.spec.choice;
        let mut out = UndatedCounts::default();
        let bits = |column: &[u64], row: u32| column.get(row as usize).copied().unwrap_or(0);
        for row in self.spec.rows.iter() {
            out.programmes += (bits(&undated.programmes, row) & programmes).count_ones();
            out.needs += (bits(&undated.needs, row) & needs).count_ones();
        }
        let receipts = &town.receipts;
        for (at, row) in receipts.household.iter().enumerate() {
            let is_chosen = programmes >> receipts.programme[at].min(63) & 1 == 1;
            let is_counted = is_chosen && self.spec.rows.contains(*row);
            let is_undated = is_counted && receipts.start[at] == Unknown::DAY;
            out.receipts_without_start += u32::from(is_undated);
        }
        let rows = &town.needs;
        for (at, row) in rows.household.iter().enumerate() {
            if !self.is_chosen_need(town, at) || !self.spec.rows.contains(*row) {
                continue;
            }
            let is_closed = matches!(rows.status[at], NeedStatus::Met | NeedStatus::Withdrawn);
            if is_closed && rows.closed_on[at] == Unknown::DAY {
                out.closed_without_day += 1;
            } else if rows.raised_on[at] == Unknown::DAY {
                out.needs_without_start += 1;
            }
        }
        out
    }
}

fn add_bits(mut bits: u64, counts: &mut [u32]) {
    while bits != 0 {
        if let Some(count) = counts.get_mut(bits.trailing_zeros() as usize) {
            *count += 1;
        }
        bits &= bits - 1;
    }
}

#[cfg(test)]
mod tests;
