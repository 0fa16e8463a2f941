//! A ledger of an import: each row is compared with what is known, and what is decided happens.

use super::people::Crowd;
use super::tables::{Names, Preview, Sink, Tables, households_of};
use super::target::Target;
use super::vanished::Newcomer;
use crate::base::Progress;
use crate::jobs::difference::{ChangedHousehold, Counted, NewHousehold, RowKey};
use crate::jobs::places::Place;
use crate::model::{Declared, FieldSet, Household, HouseholdField, Problem, ProblemKind};
use crate::read::{Batch, Field};
use crate::store::{Change, MatchedBy, Proposal};
use crate::words::Fault;
use std::sync::Arc;

/// One ledger.
pub(super) struct Ledger {
    file: usize,
    names: Arc<Names>,
    /// Everybody, to find those who stand there twice.
    crowd: Crowd,
    /// Rows that were left out by decision.
    left_out: u64,
    /// There were households before, to be compared with.
    compares: bool,
}

impl Ledger {
    pub(super) fn new(file: usize, names: Names) -> Self {
        Self {
            file,
            names: Arc::new(names),
            crowd: Crowd::default(),
            left_out: 0,
            compares: false,
        }
    }

    fn problem(&self, row: u64, kind: ProblemKind, field: HouseholdField, text: &str) -> Problem {
        // A position stands in two columns; the first of them is named.
        let field = match field {
            HouseholdField::Position => Some(Field::Lon),
            field => Field::from_code(field.code()),
        };
        let field = field.unwrap_or(Field::HouseholdId);
        self.names.problem(row, kind, field, text)
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
            let column = HouseholdField::DeclaredArea;
            let problem = self.problem(row, ProblemKind::UnknownArea, column, declared);
            to.target.keep_problem(to.report, problem)?;
        }
        let is_outside = matches!(place, Place::Outside { .. });
        if is_outside && household.position.is_some_and(|at| to.places.is_far(at)) {
            let column = HouseholdField::Position;
            let problem = self.problem(row, ProblemKind::OutOfRegion, column, "");
            to.target.keep_problem(to.report, problem)?;
        }
        Ok(())
    }

    /// Ids that rows wanted and that other households keep; gives the rows that are not stored.
    fn say_clashes(&self, to: &mut Tables<'_, '_>) -> Result<Vec<u64>, Fault> {
        let Target::Store(import) = to.target else {
            return Ok(Vec::new());
        };
        let mut refused = Vec::new();
        for clash in import.finish_households()? {
            let (kind, text) = if let Some(kept) = clash.kept {
                let text = format!("{} → {kept}", clash.wanted);
                (ProblemKind::MatchedByIdNumber, text)
            } else {
                refused.push(clash.row);
                (ProblemKind::DuplicateId, clash.wanted)
            };
            let problem = self.problem(clash.row, kind, HouseholdField::Id, &text);
            to.target.keep_problem(to.report, problem)?;
        }
        Ok(refused)
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
            // Where there is no workspace yet, every household is new.
            to.report.new += 1;
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
                if self.compares {
                    to.newcomers.push(Newcomer {
                        key,
                        source: self.names.source.clone(),
                        column: self.names.column(Field::HouseholdId),
                        name: household.head_name.clone(),
                        address: household.address.clone(),
                    });
                    to.difference.new.add(|| NewHousehold {
                        key,
                        household,
                        like: None,
                    });
                }
            }
            Proposal::Same(sighting) => {
                to.report.same += 1;
                to.difference.same += 1;
                import.confirm(&sighting, row)?;
            }
            Proposal::Change(change) => {
                to.report.changed += 1;
                self.change(to, *change, key)?;
            }
        }
        Ok(())
    }

    fn change(&self, to: &mut Tables<'_, '_>, change: Change, key: RowKey) -> Result<(), Fault> {
        let decided = to.request.decisions.changes.get(&change.before.id);
        let proposed = change.fields.without(change.recorded);
        let accepted = decided.copied().unwrap_or(proposed).and(change.fields);
        if let Target::Store(import) = to.target {
            import.accept_change(&change, accepted, key.row)?;
        }
        for field in change.recorded.without(accepted).iter() {
            let problem = self.problem(key.row, ProblemKind::KeptAsRecorded, field, "");
            to.target.keep_problem(to.report, problem)?;
        }
        if change.by == MatchedBy::IdNumber && change.fields.contains(HouseholdField::Id) {
            let column = HouseholdField::Id;
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
            to.remember_counts(&household, row, &self.names);
            self.put(to, household, stated, row)?;
        }
        Ok(Vec::new())
    }

    fn begin(&mut self, to: &mut Tables<'_, '_>, preview: &mut Preview<'_>) -> Result<(), Fault> {
        let Target::Store(import) = to.target else {
            return Ok(());
        };
        self.compares = import.has_households()?;
        if !self.compares {
            return Ok(());
        }
        // Households may be numbered anew: which row is which household, only all of them tell.
        preview(&mut |mut batch| {
            for household in households_of(&mut batch) {
                import.foresee(&household.id_number)?;
            }
            Ok(())
        })
    }

    fn finish(&mut self, to: &mut Tables<'_, '_>, progress: &Progress) -> Result<Vec<u64>, Fault> {
        to.report.stored = to.report.stored.saturating_sub(self.left_out);
        let refused = self.say_clashes(to)?;
        let column = |kind| match kind {
            ProblemKind::SameIdNumber => Field::IdNumber,
            _ => Field::HeadName,
        };
        self.crowd.say_doubles(to, &self.names, column, progress)?;
        Ok(refused)
    }
}
