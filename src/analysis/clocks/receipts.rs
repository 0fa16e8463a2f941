//! The clocks of receipts: reviews, grace months, ends.

use super::{Clock, FAR_DAYS, Now};
use crate::model::{ClockKind, Date, ProgrammeGroup, ProgrammeUnit, Scheme};
use crate::snapshot::{People, Unknown};

/// Where income is unsteady a household's review comes at least this often, in months, unless the
/// catalogue says how often.
const UNSTEADY_MONTHS: u32 = 6;
/// Tags of households whose income is unsteady.
const UNSTEADY: [&str; 5] = [
    "收入不稳定",
    "收入不固定",
    "灵活就业",
    "打零工",
    "unsteady_income",
];

impl Now<'_> {
    pub(super) fn receipts(&self, out: &mut Vec<Clock>) {
        let receipts = &self.town.receipts;
        let known = |day: i32| (day != Unknown::DAY).then(|| Date::from_days(day));
        for at in receipts.of(self.row) {
            let programme = receipts.programme[at];
            let Some(scheme) = self.town.catalogue.schemes.get(usize::from(programme)) else {
                continue;
            };
            let of_it = |clock: Clock| Clock {
                programme: Some(programme),
                person: Some(receipts.person[at]).filter(|person| *person < People::STRANGER),
                ..clock
            };
            let (start, end) = (known(receipts.start[at]), known(receipts.end[at]));
            if receipts.is_active(at, self.as_of) {
                let reviewed = self.reviewed(at);
                let months = self.review_months(scheme);
                if let (Some(since), Some(months)) = (start.max(reviewed), months) {
                    out.push(of_it(Clock {
                        months: Some(months),
                        since: Some(since),
                        is_reviewed: reviewed == Some(since),
                        ..self.clock(ClockKind::Review, since.plus_months(months as i32))
                    }));
                }
                if let Some(end) = end.filter(|end| *end <= self.as_of.plus_days(FAR_DAYS)) {
                    out.push(of_it(Clock {
                        since: start,
                        ..self.clock(ClockKind::End, end)
                    }));
                }
            } else if let (Some(end), Some(months)) = (end, scheme.grace_months)
                && end <= self.as_of
                && !self.goes_on(programme, receipts.person[at])
                && !self.ended_later(at)
            {
                let due = end.plus_months(months as i32);
                if due >= self.as_of {
                    out.push(of_it(Clock {
                        months: Some(months),
                        since: Some(end),
                        ..self.clock(ClockKind::Grace, due)
                    }));
                }
            }
        }
    }

    /// Whether somebody, or the household, has a receipt of a programme on the day.
    fn goes_on(&self, programme: u8, person: u32) -> bool {
        let receipts = &self.town.receipts;
        receipts.of(self.row).any(|at| {
            receipts.programme[at] == programme
                && receipts.person[at] == person
                && receipts.is_active(at, self.as_of)
        })
    }

    /// Whether the same has been received again since and has ended again.
    fn ended_later(&self, at: usize) -> bool {
        let receipts = &self.town.receipts;
        receipts.of(self.row).any(|other| {
            receipts.programme[other] == receipts.programme[at]
                && receipts.person[other] == receipts.person[at]
                && (receipts.end[at] + 1..=self.as_of.days()).contains(&receipts.end[other])
        })
    }

    fn review_months(&self, scheme: &Scheme) -> Option<u32> {
        let months = scheme.review_months.filter(|months| *months > 0)?;
        let is_basic = scheme.group == ProgrammeGroup::Basic;
        let of_law = is_basic && scheme.unit == ProgrammeUnit::Household;
        let unsteady = scheme.unsteady_review_months.filter(|months| *months > 0);
        let unsteady = unsteady.or(of_law.then_some(UNSTEADY_MONTHS));
        match unsteady.filter(|_| self.is_unsteady()) {
            Some(unsteady) => Some(months.min(unsteady)),
            None => Some(months),
        }
    }

    fn is_unsteady(&self) -> bool {
        let tags = self.town.households.tags.get(self.row);
        tags.split(';').any(|tag| UNSTEADY.contains(&tag.trim()))
    }

    /// The last review of a receipt by the day, of those since it began: what its file says, or
    /// what the desk recorded of it or of all receipts of the programme.
    fn reviewed(&self, at: usize) -> Option<Date> {
        let (receipts, reviews) = (&self.town.receipts, &self.town.reviews);
        let person = receipts.person[at];
        let is_of_it = |review: &usize| {
            reviews.programme[*review] == receipts.programme[at]
                && (reviews.person[*review] == People::NONE || reviews.person[*review] == person)
        };
        let recorded = reviews.of(self.row).filter(is_of_it);
        let days = recorded.map(|review| reviews.on[review]);
        // An unknown day is before every other.
        let since = receipts.start[at]..=self.as_of.days();
        let day = days
            .chain([receipts.reviewed_on[at]])
            .filter(|day| *day != Unknown::DAY && since.contains(day))
            .max()?;
        Some(Date::from_days(day))
    }
}
