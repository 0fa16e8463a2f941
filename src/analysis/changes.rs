//! What changed between two days: who began to receive and who stopped, which needs were raised and
//! met, whose gaps opened and closed, who was visited.

use super::past::Past;
use crate::model::{Date, NeedStatus};
use crate::query::{Choice, RowSet};
use crate::snapshot::Snapshot;

/// A kind of change. The number is the place of a programme or category in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// Receives a programme that it did not receive.
    Started(u8),
    /// Does not receive a programme that it received.
    Stopped(u8),
    /// Has a gap that it had not.
    GapOpened(u8),
    /// Had a gap, and receives the programme now.
    GapFilled(u8),
    /// Had a gap, and has none by the rules of the later day, without receiving.
    GapLapsed(u8),
    /// Raised a need.
    Raised(u8),
    /// Had a need met.
    Met(u8),
    /// Took a need back.
    Withdrawn(u8),
    /// Was visited.
    Visited,
    /// Was not in the ledger.
    New,
}

impl ChangeKind {
    /// The programme that it is about.
    pub fn programme(self) -> Option<u8> {
        match self {
            Self::Started(place)
            | Self::Stopped(place)
            | Self::GapOpened(place)
            | Self::GapFilled(place)
            | Self::GapLapsed(place) => Some(place),
            _ => None,
        }
    }

    /// The category of need that it is about.
    pub fn need(self) -> Option<u8> {
        match self {
            Self::Raised(place) | Self::Met(place) | Self::Withdrawn(place) => Some(place),
            _ => None,
        }
    }

    /// Its word in keys and answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::Started(_) => "started",
            Self::Stopped(_) => "stopped",
            Self::GapOpened(_) => "gap_opened",
            Self::GapFilled(_) => "gap_filled",
            Self::GapLapsed(_) => "gap_lapsed",
            Self::Raised(_) => "raised",
            Self::Met(_) => "met",
            Self::Withdrawn(_) => "withdrawn",
            Self::Visited => "visited",
            Self::New => "new",
        }
    }
}

/// One kind of change, and whom it happened to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// The households, ascending, each once.
    pub rows: Vec<u32>,
    /// How often it happened: needs and visits are counted one by one, all else by household.
    pub times: u32,
}

/// What changed between the town of an earlier day and that of the snapshot's own.
///
/// `after` is the snapshot's day; each household of `rows` is looked at. Receiving and gaps are
/// compared as they stand on the two days, so what began and ended in between is no change; needs
/// and visits are counted by their dates, after the earlier day up to the later. What has no date
/// changed on no day. Only chosen programmes and categories count. In the order of
/// [`ChangeKind`]; kinds that happened to nobody are left out.
///
/// Limits: households, members and incomes are those of the snapshot on both days, so a gap that
/// opened because an income fell in between is not seen: only receipts, rules, thresholds, ages,
/// needs and visits have dates.
pub fn changes(
    town: &Snapshot,
    before: &Past,
    after: Date,
    rows: &RowSet,
    choice: Choice,
) -> Vec<Change> {
    let mut found = Found::default();
    let households = &town.households;
    let then = before.day.columns();
    let now = town.day();
    for row in rows.iter() {
        let received = then.programmes_of(row) & choice.programmes;
        let receives = now.programmes_of(row) & choice.programmes;
        found.bits(row, receives & !received, ChangeKind::Started);
        found.bits(row, received & !receives, ChangeKind::Stopped);
        let gap_then = before.gaps_of(row, choice);
        let gap_now = households.entitlement.gap_of(row) & choice.programmes;
        found.bits(row, gap_now & !gap_then, ChangeKind::GapOpened);
        let closed = gap_then & !gap_now;
        found.bits(row, closed & receives, ChangeKind::GapFilled);
        found.bits(row, closed & !receives, ChangeKind::GapLapsed);
    }
    let (from, to) = (before.as_of().days(), after.days());
    let is_between = |day: i32| day > from && day <= to;
    let needs = &town.needs;
    for (at, row) in needs.household.iter().enumerate() {
        let place = needs.category[at].min(63);
        if choice.needs >> place & 1 == 0 || !rows.contains(*row) {
            continue;
        }
        // An unknown day is before every other, and so never between two.
        if is_between(needs.raised_on[at]) {
            found.add(*row, ChangeKind::Raised(place));
        }
        let closed = match needs.status[at] {
            NeedStatus::Met => ChangeKind::Met(place),
            NeedStatus::Withdrawn => ChangeKind::Withdrawn(place),
            NeedStatus::Open | NeedStatus::Referred => continue,
        };
        if is_between(needs.closed_on[at]) {
            found.add(*row, closed);
        }
    }
    for (row, done) in town.visits.household.iter().zip(&town.visits.done_on) {
        if is_between(*done) && rows.contains(*row) {
            found.add(*row, ChangeKind::Visited);
        }
    }
    found.into_changes()
}

#[derive(Debug, Default)]
struct Found(std::collections::BTreeMap<ChangeKind, Change>);

impl Found {
    fn add(&mut self, row: u32, kind: ChangeKind) {
        let change = self.0.entry(kind).or_insert_with(|| Change {
            kind,
            rows: Vec::new(),
            times: 0,
        });
        change.times += 1;
        // The tables are sorted by household.
        if change.rows.last() != Some(&row) {
            change.rows.push(row);
        }
    }

    fn bits(&mut self, row: u32, mut bits: u64, kind: fn(u8) -> ChangeKind) {
        while bits != 0 {
            self.add(row, kind(bits.trailing_zeros() as u8));
            bits &= bits - 1;
        }
    }

    fn into_changes(self) -> Vec<Change> {
        self.0.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::eligibility::samples::{catalogue, day};
    use crate::analysis::{RuleSet, gaps, past};
    use crate::base::{Generation, Progress};
    use crate::model::{CodeList, Household, Need, Person, Receipt, Visit};
    use crate::snapshot::{Builder, Tables};

    const RULES: [&str; 3] = ["income_per_head < dibao_standard", "age >= 80", ""];

    #[test]
    fn every_change_is_found_once_with_its_households() {
        let on = |text: &str| Some(day(text));
        let home = |id: &str, income: f64, programmes: &str| Household {
            id: id.to_owned(),
            members: Some(1),
            monthly_income: Some(income),
            programmes: CodeList::split(programmes),
            ..Household::default()
        };
        let mut builder = Builder::new(Generation::default(), catalogue(RULES), true);
        // 0: poor, dibao begins. 1: rich, turns 80. 2: poor, dibao ended long ago.
        // 3: needs and visits. 4: in and out between the days. 5: ledger only.
        for (id, income, programmes) in [
            ("0", 100.0, "dibao"),
            ("1", 9000.0, ""),
            ("2", 100.0, "dibao"),
            ("3", 9000.0, ""),
            ("4", 9000.0, ""),
            ("5", 9000.0, "canji"),
        ] {
            builder.push(&home(id, income, programmes));
        }
        let mut tables = Tables::default();
        tables.push_person(
            1,
            &Person {
                name: "示范".to_owned(),
                born: on("1946-11-05"),
                ..Person::default()
            },
        );
        let receipt = |programme: &str, start: &str, end: &str| Receipt {
            programme: programme.to_owned(),
            start: Date::parse(start),
            end: Date::parse(end),
            ..Receipt::default()
        };
        tables.push_receipt(0, &receipt("dibao", "2026-11-01", ""));
        tables.push_receipt(2, &receipt("dibao", "2026-01-01", "2026-11-21"));
        tables.push_receipt(4, &receipt("canji", "2026-11-01", "2026-11-10"));
        let need = |category: &str, status, raised: &str, closed: &str| Need {
            category: category.to_owned(),
            status,
            raised_on: Date::parse(raised),
            closed_on: Date::parse(closed),
            ..Need::default()
        };
        for (status, raised, closed) in [
            (NeedStatus::Open, "2026-10-31", ""),
            (NeedStatus::Open, "2026-11-01", ""),
            (NeedStatus::Met, "2026-11-02", "2026-11-21"),
            (NeedStatus::Withdrawn, "", "2026-11-22"),
            (NeedStatus::Met, "2026-09-01", "2026-10-31"),
        ] {
            tables.push_need(3, &need("care", status, raised, closed));
        }
        let visit = |done: &str| Visit {
            done_on: Date::parse(done),
            ..Visit::default()
        };
        for done in ["2026-10-31", "2026-11-02", "2026-11-03", "", "2026-11-22"] {
            tables.push_visit(3, &visit(done));
        }
        builder.set_tables(tables, &[0, 1, 2, 3, 4, 5]);
        let mut town = builder.finish(&Progress::new()).unwrap();
        let now = day("2026-11-21");
        town.needs.open_on(now);
        let undated = town.undated();
        let on_day = town.on_day(&undated, now);
        town.households.programmes = on_day.programmes;
        town.households.needs = on_day.needs;
        let rules = RuleSet::compile(&town.catalogue, now);
        town.households.entitlement.gap = gaps(&town, &rules, &Progress::new()).unwrap().gap;
        let before = past(&town, &undated, day("2026-10-31"), &Progress::new()).unwrap();

        let all = changes(&town, &before, now, &RowSet::all(6), Choice::default());
        let told: Vec<_> = all
            .iter()
            .map(|one| (one.kind, one.rows.clone(), one.times))
            .collect();
        let expected = [
            (ChangeKind::Started(0), vec![0], 1),
            (ChangeKind::Stopped(0), vec![2], 1),
            (ChangeKind::GapOpened(0), vec![2], 1),
            (ChangeKind::GapOpened(1), vec![1], 1),
            (ChangeKind::GapFilled(0), vec![0], 1),
            (ChangeKind::Raised(0), vec![3], 2),
            (ChangeKind::Met(0), vec![3], 1),
            (ChangeKind::Visited, vec![3], 2),
        ];
        assert_eq!(told, expected);

        let only = Choice {
            programmes: 0b10,
            needs: 0,
        };
        let mut rows = RowSet::all(6);
        let some = changes(&town, &before, now, &rows, only);
        let kinds: Vec<_> = some.iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [ChangeKind::GapOpened(1), ChangeKind::Visited]);
        rows = RowSet::none(6);
        rows.insert(5);
        assert!(changes(&town, &before, now, &rows, Choice::default()).is_empty());
        // The other way about: from the later rules back, a gap lapses where nobody receives.
        let later = past(&town, &undated, day("2026-12-01"), &Progress::new()).unwrap();
        assert_eq!(later.gaps_of(1, Choice::default()), 0b10);
        town.households.entitlement.gap[1] = 0;
        let all = changes(&town, &later, now, &RowSet::all(6), Choice::default());
        assert_eq!(all[0].kind, ChangeKind::GapLapsed(1));
    }
}
