//! A ledger of an import: each row is compared with what is known, and what is decided happens.

use super::people::Crowd;
use super::tables::{Sink, Tables, households_of};
use super::target::Target;
use crate::analysis::{NewRow, VanishedRow, same_households};
use crate::base::Progress;
use crate::jobs::difference::{ChangedHousehold, Counted, NewHousehold, RowKey};
use crate::jobs::places::Place;
use crate::model::{
    Declared, FieldSet, Household, HouseholdField, Problem, ProblemKind,
};
use crate::read::Batch;
use crate::store::{Change, MatchedBy, Proposal};
use crate::words::Fault;
use std::sync::Arc;

/// One ledger.
pub(super) struct Ledger {
    file: usize,
    source: Arc<str>,
    /// New rows of a workspace that had households before: name and address, to be compared with
    /// those that have vanished.
    new_rows: Vec<(u64, String, String)>,
    /// Everybody, to find those who stand there twice.
    crowd: Crowd,
    /// Rows that were left out by decision.
    left_out: u64,
}

impl Ledger {
    pub(super) fn new(file: usize, source: &str) -> Self {
        Self {
            file,
            source: source.into(),
            new_rows: Vec::new(),
            crowd: Crowd::default(),
            left_out: 0,
        }
    }

    fn problem(&self, row: u64, kind: ProblemKind, column: &str, text: &str) -> Problem {
        Problem {
            source: self.source.clone(),
            row,
            column: column.to_owned(),
            kind,
            text: text.to_owned(),
        }
    }

    /// Counts where a household lies, and says what is odd about it.
    fn check(
        &self,
        to: &mut Tables<'_, '_>,
        household: &Household,
        place: Place,
        row: u64,
    ) -> Result<(), Fault> {
        match place {
            Place::NotGeocoded => to.report.not_geocoded += 1,
            Place::Outside { declared } => {
                to.report.outside_areas += 1;
                to.report.outside_declared_area += u64::from(declared);
            }
            Place::Inside { elsewhere } => {
                to.report.outside_declared_area += u64::from(elsewhere);
            }
        }
        let declared = household.declared_area.as_str();
        if !declared.is_empty() && to.places.look_up(declared) == Declared::Unknown {
            let column = HouseholdField::DeclaredArea.code();
            let problem = self.problem(row, ProblemKind::UnknownArea, column, declared);
            to.target.keep_problem(to.report, problem)?;
        }
        let is_outside = matches!(place, Place::Outside { .. });
        if is_outside && household.position.is_some_and(|at| to.places.is_far(at)) {
            let column = HouseholdField::Position.code();
            let problem = self.problem(row, ProblemKind::OutOfRegion, column, "");
            to.target.keep_problem(to.report, problem)?;
        }
        Ok(())
    }

    /// Stores a household as it is decided.
    fn put(
        &mut self,
        to: &mut Tables<'_, '_>,
        household: Household,
        stated: FieldSet,
        row: u64,
    ) -> Result<(), Fault> {
        let decisions = &to.request.decisions;
        let key = RowKey {
            file: self.file,
            row,
        };
        let Target::Store(import) = to.target else {
            return Ok(());
        };
        let proposal = match decisions.same.get(&key) {
            Some(id) => import.propose_as(id, &household, stated)?,
            None => import.propose(&household, stated)?,
        };
        match proposal {
            Proposal::New if decisions.skip_new.contains(&key) => {
                self.left_out += 1;
                to.difference.new.add(|| NewHousehold {
                    key,
                    household,
                    like: None,
                });
            }
            Proposal::New => {
                to.report.new += 1;
                import.accept_new(&household, stated, row)?;
                if import.had_households() {
                    let HeadAndAddress(name, address) = HeadAndAddress::of(&household);
                    self.new_rows.push((row, name, address));
                    to.difference.new.add(|| NewHousehold {
                        key,
                        household,
                        like: None,
                    });
                }
            }
            Proposal::Same { number } => {
                to.report.same += 1;
                to.difference.same += 1;
                import.confirm(number, stated, row)?;
            }
            Proposal::Change(change) => {
                to.report.changed += 1;
                self.change(to, *change, stated, key)?;
            }
        }
        Ok(())
    }

    fn change(
        &self,
        to: &mut Tables<'_, '_>,
        change: Change,
        stated: FieldSet,
        key: RowKey,
    ) -> Result<(), Fault> {
        let decided = to.request.decisions.changes.get(&change.before.id);
        let proposed = change.fields.without(change.recorded);
        let accepted = decided.copied().unwrap_or(proposed).and(change.fields);
        if let Target::Store(import) = to.target {
            import.accept_change(&change, stated, accepted, key.row)?;
        }
        for field in change.recorded.without(accepted).iter() {
            let problem = self.problem(key.row, ProblemKind::KeptAsRecorded, field.code(), "");
            to.target.keep_problem(to.report, problem)?;
        }
        if change.by == MatchedBy::IdNumber && change.fields.contains(HouseholdField::Id) {
            let column = HouseholdField::Id.code();
            let text = format!("{} → {}", change.before.id, change.after.id);
            let problem = self.problem(key.row, ProblemKind::MatchedByIdNumber, column, &text);
            to.target.keep_problem(to.report, problem)?;
        }
        to.difference.changed.add(|| ChangedHousehold {
            key,
            id: change.before.id.clone(),
            before: change.before,
            after: change.after,
            fields: change.fields,
            recorded: change.recorded,
        });
        Ok(())
    }

    /// Households of the same list's last edition that this one lacks: some go as it is decided;
    /// some may be rows that came as new.
    fn vanished(&mut self, to: &mut Tables<'_, '_>) -> Result<(), Fault> {
        let Target::Store(import) = to.target else {
            return Ok(());
        };
        let vanished = import.vanished()?;
        to.report.vanished += vanished.len() as u64;
        for (number, household) in &vanished {
            if to.request.decisions.remove.contains(&household.id) {
                import.remove(*number)?;
            }
        }
        let new: Vec<NewRow<'_>> = self
            .new_rows
            .iter()
            .map(|(_, name, address)| NewRow { name, address })
            .collect();
        let gone: Vec<VanishedRow<'_>> = vanished
            .iter()
            .map(|(_, household)| VanishedRow {
                name: &household.head_name,
                address: &household.address,
            })
            .collect();
        for pair in same_households(&new, &gone) {
            let (Some((row, ..)), Some((_, household))) =
                (self.new_rows.get(pair.new), vanished.get(pair.vanished))
            else {
                continue;
            };
            let key = RowKey {
                file: self.file,
                row: *row,
            };
            let per_cent = (pair.score * 100.0).round() as u8;
            let shown = to.difference.new.shown.iter_mut();
            if let Some(new) = shown.into_iter().find(|new| new.key == key) {
                new.like = Some((household.id.clone(), per_cent));
            }
            let column = HouseholdField::Id.code();
            let kind = ProblemKind::MaybeSameHousehold;
            let problem = self.problem(*row, kind, column, &household.id);
            to.target.keep_problem(to.report, problem)?;
        }
        for (_, household) in vanished {
            to.difference.vanished.add(|| household);
        }
        Ok(())
    }
}

struct HeadAndAddress(String, String);

impl HeadAndAddress {
    fn of(household: &Household) -> Self {
        Self(household.head_name.clone(), household.address.clone())
    }
}

impl<T> Counted<T> {
    /// Counts one more, and shows it where there is room.
    pub(super) fn add(&mut self, one: impl FnOnce() -> T) {
        self.count += 1;
        if self.shown.len() < Self::MOST {
            self.shown.push(one());
        }
    }
}

impl Sink for Ledger {
    fn take(&mut self, to: &mut Tables<'_, '_>, mut batch: Batch) -> Result<Vec<u64>, Fault> {
        let households = households_of(&mut batch);
        let located = to.places.locate_all(&households);
        let rows = batch.rows.into_iter().zip(batch.stated);
        for ((household, place), (row, stated)) in households.into_iter().zip(located).zip(rows) {
            self.check(to, &household, place, row)?;
            self.crowd.add_head(row, &household);
            to.remember_counts(&household, row, &self.source);
            self.put(to, household, stated, row)?;
        }
        Ok(Vec::new())
    }

    fn finish(&mut self, to: &mut Tables<'_, '_>, progress: &Progress) -> Result<Vec<u64>, Fault> {
        self.vanished(to)?;
        to.report.stored = to.report.stored.saturating_sub(self.left_out);
        for (row, kind, other) in self.crowd.doubles(progress)? {
            let column = match kind {
                ProblemKind::SameIdNumber => HouseholdField::IdNumber,
                _ => HouseholdField::HeadName,
            };
            let text = other.to_string();
            let problem = self.problem(row, kind, column.code(), &text);
            to.target.keep_problem(to.report, problem)?;
        }
        Ok(Vec::new())
    }
}
