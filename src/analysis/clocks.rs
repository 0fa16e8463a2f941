//! What falls due in a household and when: visits, reviews, grace months, ends, birthdays,
//! certificates.

use crate::base::{Cancelled, Progress};
use crate::model::{ClockKind, Date};
use crate::snapshot::{Due, Snapshot, Unknown};
use rayon::prelude::*;

mod receipts;

/// A day this near is "soon", in days: `due_soon_days` of the catalogue unless set there.
const SOON_DAYS: i32 = 30;
/// Ends, birthdays and certificates further away are not told, in days.
const FAR_DAYS: i32 = 365;
/// Birthdays that change what a child is entitled to, in years.
const CHILD_AGES: [u8; 2] = [16, 18];
/// The age of the old-age allowance where the catalogue states none, in years.
const ELDER_AGE: u8 = 80;

/// How near a due day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// It has passed.
    Overdue,
    /// It is today or within the days that count as soon.
    Soon,
    /// It is further away.
    Later,
}

/// Something that falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// What.
    pub kind: ClockKind,
    /// When.
    pub due: Date,
    /// How near that is.
    pub nearness: Nearness,
    /// The programme whose clock it is, by its place in the catalogue.
    pub programme: Option<u8>,
    /// The member, by the place in the snapshot's people.
    pub person: Option<u32>,
    /// The months of the programme's clock.
    pub months: Option<u32>,
    /// The years that the member turns.
    pub years: Option<u8>,
    /// The day from which it counts: the last visit, the last review or the first day of a receipt,
    /// its end. `None` for a visit where nobody has ever been.
    pub since: Option<Date>,
    /// Whether it counts from a review that was recorded.
    pub is_reviewed: bool,
}

/// The days that count as soon: `due_soon_days` of the catalogue, 30 unless set.
fn soon_days(town: &Snapshot) -> i32 {
    let days = town.catalogue.number("due_soon_days");
    days.filter(|days| (0.0..=3_660.0).contains(days))
        .map_or(SOON_DAYS, |days| days.round() as i32)
}

/// What falls due in one household, the earliest first.
///
/// * **Visit**: whoever is eligible for a programme with `visit_months`, or receives it, is due so
///   many months after the last visit; where there was none, on the day itself. Also the day that
///   was agreed at the last visit that was done.
/// * **Planned**: a visit with a planned day, not done, with no visit on that day or after it.
/// * **Review**: `review_months` after the last review that a file or the desk recorded of a receipt
///   that goes on, or after its first day where there is none since; `unsteady_review_months`
///   where those are fewer and the household is tagged as of unsteady income. A review is a
///   decision about a receipt: a visit is none.
/// * **Grace**: `grace_months` after the last receipt of a programme ended and none goes on, until
///   they are over.
/// * **End**: a receipt that goes on and says when it ends, within a year.
/// * **Age**: a member turns 16 or 18, or the threshold `gaoling_age` (80 where there is none), within
///   a year; born on 29 February on 1 March of other years.
/// * **Certificate**: the last day of a member's disability certificate, within a year or passed. Who
///   has no such day has no such clock.
///
/// Sources: the domain paper; the months are the catalogue's, from the laws it names. Limits:
/// programmes that only the ledger's list names have no dates and so no review; what happened after
/// `as_of` is not known, but a plan for a later day is. Reads the snapshot's entitlement, so the
/// rules must have been asked for `as_of` before.
pub fn clocks(town: &Snapshot, row: u32, as_of: Date) -> Vec<Clock> {
    let now = Now {
        town,
        row,
        as_of,
        soon_days: soon_days(town),
        last_visit: town
            .households
            .last_visit(row)
            .filter(|visit| *visit <= as_of),
    };
    let mut clocks = Vec::new();
    now.visits(&mut clocks);
    now.receipts(&mut clocks);
    now.ages(&mut clocks);
    now.certificates(&mut clocks);
    clocks.sort_by_key(|clock| (clock.due, clock.kind, clock.programme, clock.person));
    clocks.dedup();
    clocks
}

/// What is overdue or near in every household, for filters and lists. The same answers as
/// [`clocks`]. Ticks once a household.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
pub fn due_columns(town: &Snapshot, as_of: Date, progress: &Progress) -> Result<Due, Cancelled> {
    const CHUNK: u32 = 4096;
    let rows = town.households.len() as u32;
    let chunks: Vec<Due> = (0..rows.div_ceil(CHUNK))
        .into_par_iter()
        .map(|chunk| {
            let first = chunk * CHUNK;
            let last = first.saturating_add(CHUNK).min(rows);
            let mut due = Due::default();
            for row in first..last {
                push(&mut due, &clocks(town, row, as_of));
            }
            progress.tick(u64::from(last - first)).map(|()| due)
        })
        .collect::<Result<_, Cancelled>>()?;
    let mut due = Due::default();
    for chunk in chunks {
        due.overdue.extend(chunk.overdue);
        due.soon.extend(chunk.soon);
        due.first.extend(chunk.first);
    }
    Ok(due)
}

fn push(due: &mut Due, clocks: &[Clock]) {
    let bits = |nearness: Nearness| {
        let mut of = clocks.iter().filter(|clock| clock.nearness == nearness);
        of.by_ref().fold(0, |bits, clock| bits | clock.kind.bit())
    };
    due.overdue.push(bits(Nearness::Overdue));
    due.soon.push(bits(Nearness::Soon));
    let near = clocks
        .iter()
        .find(|clock| clock.nearness != Nearness::Later);
    due.first
        .push(near.map_or(Unknown::DAY, |clock| clock.due.days()));
}

/// One household on one day.
struct Now<'a> {
    town: &'a Snapshot,
    row: u32,
    as_of: Date,
    soon_days: i32,
    last_visit: Option<Date>,
}

impl Now<'_> {
    fn clock(&self, kind: ClockKind, due: Date) -> Clock {
        let nearness = if due < self.as_of {
            Nearness::Overdue
        } else if due <= self.as_of.plus_days(self.soon_days) {
            Nearness::Soon
        } else {
            Nearness::Later
        };
        Clock {
            kind,
            due,
            nearness,
            programme: None,
            person: None,
            months: None,
            years: None,
            since: None,
            is_reviewed: false,
        }
    }

    fn bits(&self, column: &[u64]) -> u64 {
        column.get(self.row as usize).copied().unwrap_or(0)
    }

    fn visits(&self, out: &mut Vec<Clock>) {
        let households = &self.town.households;
        let obliged =
            self.bits(&households.entitlement.eligible) | self.bits(&households.programmes);
        if obliged != 0 {
            for (place, scheme) in (0_u8..64).zip(&self.town.catalogue.schemes) {
                let Some(months) = scheme.visit_months.filter(|_| obliged >> place & 1 == 1) else {
                    continue;
                };
                let due = self
                    .last_visit
                    .map_or(self.as_of, |last| last.plus_months(months as i32));
                out.push(Clock {
                    programme: Some(place),
                    months: Some(months),
                    since: self.last_visit,
                    ..self.clock(ClockKind::Visit, due)
                });
            }
        }
        let visits = &self.town.visits;
        let known = |day: i32| (day != Unknown::DAY).then(|| Date::from_days(day));
        let done = |at: usize| known(visits.done_on[at]).filter(|done| *done <= self.as_of);
        let last = visits.of(self.row).filter(|at| done(*at).is_some());
        let last = last.max_by_key(|at| done(*at));
        // The ledger may know of a later one, at which nobody agreed anything.
        let last = last.filter(|at| done(*at) >= self.last_visit);
        if let Some((at, due)) = last.and_then(|at| Some((at, known(visits.next_due[at])?))) {
            out.push(Clock {
                since: done(at),
                ..self.clock(ClockKind::Visit, due)
            });
        }
        for at in visits.of(self.row) {
            if let (Some(planned), None) = (known(visits.planned_on[at]), done(at))
                && self.last_visit.is_none_or(|last| last < planned)
            {
                out.push(self.clock(ClockKind::Planned, planned));
            }
        }
    }

    fn ages(&self, out: &mut Vec<Clock>) {
        let people = &self.town.people;
        for person in people.of(self.row) {
            let Some(born) = people.born(person) else {
                continue;
            };
            for years in CHILD_AGES.into_iter().chain([self.elder_age()]) {
                let Some(due) = birthday(born, years) else {
                    continue;
                };
                if due >= self.as_of && due <= self.as_of.plus_days(FAR_DAYS) {
                    out.push(Clock {
                        person: Some(person as u32),
                        years: Some(years),
                        since: Some(born),
                        ..self.clock(ClockKind::Age, due)
                    });
                }
            }
        }
    }

    fn certificates(&self, out: &mut Vec<Clock>) {
        let people = &self.town.people;
        let far = self.as_of.plus_days(FAR_DAYS);
        for person in people.of(self.row) {
            let until = people.certificate_until(person);
            if let Some(due) = until.filter(|until| *until <= far) {
                out.push(Clock {
                    person: Some(person as u32),
                    ..self.clock(ClockKind::Certificate, due)
                });
            }
        }
    }

    /// The age of the old-age allowance where the household lives.
    fn elder_age(&self) -> u8 {
        let catalogue = &self.town.catalogue;
        let threshold = catalogue
            .thresholds
            .iter()
            .find(|threshold| threshold.code == "gaoling_age");
        let areas = &self.town.areas;
        let area = self.town.households.area.get(self.row as usize).copied();
        let chain: Vec<&str> = area
            .into_iter()
            .flat_map(|area| areas.chain(area))
            .filter_map(|area| areas.code.get(area.0 as usize).map(String::as_str))
            .collect();
        let value = threshold.and_then(|threshold| {
            let place = threshold.value_on(self.as_of, &chain.iter().copied())?;
            threshold.values.get(place).map(|value| value.value)
        });
        value
            .filter(|years| (1.0..=120.0).contains(years))
            .map_or(ELDER_AGE, |years| years.round() as u8)
    }
}

/// The day on which somebody is so many years old.
fn birthday(born: Date, years: u8) -> Option<Date> {
    let (year, month, day) = born.ymd();
    let year = year.checked_add(i16::from(years))?;
    Date::from_ymd(year, month, day).or_else(|| Date::from_ymd(year, 3, 1))
}

#[cfg(test)]
mod tests;
