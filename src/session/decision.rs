//! What somebody decides about the households of an import, one by one or all at once.

use super::ImportPlan;
use crate::jobs::{ChangedHousehold, Decisions, Difference, RowKey};
use crate::model::FieldSet;
use std::collections::BTreeSet;

/// A decision. Each can be taken back by the opposite one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Whether a new household comes in.
    New {
        /// Its row.
        key: RowKey,
        /// Whether it comes in.
        take: bool,
    },
    /// Which of a household's values are taken.
    Change {
        /// Its id in the workspace.
        id: String,
        /// The values.
        fields: FieldSet,
    },
    /// Whether a household that vanished goes.
    Vanished {
        /// Its id in the workspace.
        id: String,
        /// Whether it goes.
        remove: bool,
    },
    /// Which household of the workspace a new row really is.
    Same {
        /// The row.
        key: RowKey,
        /// The household's id; `None` for a new household.
        id: Option<String>,
    },
    /// Whether all new households that are shown come in.
    EveryNew(bool),
    /// Whether all changes that are shown are taken: as they are proposed, or none.
    EveryChange(bool),
    /// Whether all vanished households that are shown go.
    EveryVanished(bool),
}

/// How many households an import as decided would write.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// New ones.
    pub new: u64,
    /// Changed ones.
    pub changed: u64,
    /// Removed ones.
    pub removed: u64,
}

impl ImportPlan {
    /// The values that are taken of a household that changed.
    pub fn taken(&self, changed: &ChangedHousehold) -> FieldSet {
        let decided = self.decisions.changes.get(&changed.id).copied();
        decided.unwrap_or(changed.fields.without(changed.recorded))
    }

    /// Whether a new row was taken for this household.
    pub fn is_matched(&self, id: &str) -> bool {
        self.decisions.same.values().any(|same| same == id)
    }

    pub(super) fn decide(&mut self, decision: Decision) {
        let Some(rehearsal) = self.rehearsal.clone() else {
            return;
        };
        let shown = &rehearsal.difference;
        let decisions = &mut self.decisions;
        match decision {
            Decision::New { key, take } => put(&mut decisions.skip_new, key, !take),
            Decision::Change { id, fields } => {
                decisions.changes.insert(id, fields);
            }
            Decision::Vanished { id, remove } => put(&mut decisions.remove, id, remove),
            Decision::Same { key, id } => say_same(decisions, key, id),
            Decision::EveryNew(take) => {
                for new in &shown.new.shown {
                    put(&mut decisions.skip_new, new.key, !take);
                }
            }
            Decision::EveryChange(take) => {
                for changed in &shown.changed.shown {
                    if take {
                        decisions.changes.remove(&changed.id);
                    } else {
                        let id = changed.id.clone();
                        decisions.changes.insert(id, FieldSet::NONE);
                    }
                }
            }
            Decision::EveryVanished(remove) => {
                let matched: BTreeSet<String> = decisions.same.values().cloned().collect();
                for household in &shown.vanished.shown {
                    let goes = remove && !matched.contains(&household.id);
                    put(&mut decisions.remove, household.id.clone(), goes);
                }
            }
        }
    }

    /// Forgets decisions about households that a new rehearsal no longer shows.
    pub(super) fn forget_old_decisions(&mut self, shown: &Difference) {
        let rows: BTreeSet<RowKey> = shown.new.shown.iter().map(|new| new.key).collect();
        let ids = |list: &mut dyn Iterator<Item = String>| list.collect::<BTreeSet<String>>();
        let changed = ids(&mut shown.changed.shown.iter().map(|changed| changed.id.clone()));
        let vanished = ids(&mut shown.vanished.shown.iter().map(|gone| gone.id.clone()));
        let decisions = &mut self.decisions;
        decisions.skip_new.retain(|key| rows.contains(key));
        decisions.same.retain(|key, _| rows.contains(key));
        decisions.changes.retain(|id, _| changed.contains(id));
        decisions.remove.retain(|id| vanished.contains(id));
    }

    /// How many households the import would write; `None` until it was rehearsed.
    pub fn outcome(&self) -> Option<Outcome> {
        let rehearsal = self.rehearsal.as_ref()?;
        let difference = &rehearsal.difference;
        if *difference == Difference::default() {
            return Some(Outcome {
                new: rehearsal.report.stored,
                ..Outcome::default()
            });
        }
        let shown = &difference.changed.shown;
        let left = shown
            .iter()
            .filter(|changed| self.taken(changed).is_empty());
        let same = self.decisions.same.len() as u64;
        let stay_out = self.decisions.skip_new.len() as u64 + same;
        Some(Outcome {
            new: difference.new.count.saturating_sub(stay_out),
            changed: difference.changed.count.saturating_sub(left.count() as u64) + same,
            removed: self.decisions.remove.len() as u64,
        })
    }
}

/// A row is one household, and a household at most one row: the last word counts.
fn say_same(decisions: &mut Decisions, key: RowKey, id: Option<String>) {
    decisions.same.remove(&key);
    if let Some(id) = id {
        decisions.same.retain(|_, other| *other != id);
        decisions.remove.remove(&id);
        decisions.skip_new.remove(&key);
        decisions.same.insert(key, id);
    }
}

fn put<T: Ord>(set: &mut BTreeSet<T>, value: T, is_in: bool) {
    if is_in {
        set.insert(value);
    } else {
        set.remove(&value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Stopwatch;
    use crate::jobs::{Counted, ImportReport, NewHousehold, Rehearsed};
    use crate::model::{Household, HouseholdField};
    use std::sync::Arc;

    fn household(id: &str) -> Household {
        Household {
            id: id.to_owned(),
            ..Household::default()
        }
    }

    fn row(row: u64) -> RowKey {
        RowKey { file: 0, row }
    }

    /// Two new, one of them like V1; one changed in phone and notes, the notes recorded here;
    /// V1 and V2 vanished; 98 more new ones that are only counted.
    fn plan() -> ImportPlan {
        let new = |at, like: Option<&str>| NewHousehold {
            key: row(at),
            household: household(&format!("N{at}")),
            like: like.map(|id| (id.to_owned(), 91)),
        };
        let changed = ChangedHousehold {
            key: row(9),
            id: "C1".to_owned(),
            before: household("C1"),
            after: household("C1"),
            fields: [HouseholdField::Phone, HouseholdField::Notes]
                .into_iter()
                .collect(),
            recorded: [HouseholdField::Notes].into_iter().collect(),
        };
        let difference = Difference {
            new: Counted {
                count: 100,
                shown: vec![new(2, Some("V1")), new(3, None)],
            },
            changed: Counted {
                count: 1,
                shown: vec![changed],
            },
            same: 5,
            vanished: Counted {
                count: 2,
                shown: vec![household("V1"), household("V2")],
            },
        };
        ImportPlan {
            rehearsal: Some(Arc::new(Rehearsed {
                report: ImportReport::default(),
                difference,
                timings: Stopwatch::start(),
            })),
            ..ImportPlan::default()
        }
    }

    fn outcome(plan: &ImportPlan) -> [u64; 3] {
        let outcome = plan.outcome().unwrap();
        [outcome.new, outcome.changed, outcome.removed]
    }

    #[test]
    fn as_proposed_everything_comes_in_and_nothing_goes() {
        let mut plan = plan();
        assert_eq!(outcome(&plan), [100, 1, 0]);
        let difference = plan.rehearsal.clone().unwrap();
        let changed = &difference.difference.changed.shown[0];
        let phone: FieldSet = [HouseholdField::Phone].into_iter().collect();
        assert_eq!(plan.taken(changed), phone, "what was recorded here stays");
        plan.decide(Decision::EveryChange(false));
        assert_eq!(outcome(&plan), [100, 0, 0]);
        plan.decide(Decision::EveryChange(true));
        assert_eq!(plan.taken(changed), phone, "all means all that is proposed");
    }

    #[test]
    fn all_and_none_reach_what_is_shown() {
        let mut plan = plan();
        plan.decide(Decision::EveryNew(false));
        assert_eq!(outcome(&plan), [98, 1, 0]);
        plan.decide(Decision::New {
            key: row(3),
            take: true,
        });
        assert_eq!(outcome(&plan), [99, 1, 0]);
        plan.decide(Decision::EveryVanished(true));
        assert_eq!(outcome(&plan), [99, 1, 2]);
        plan.decide(Decision::EveryVanished(false));
        plan.decide(Decision::EveryNew(true));
        assert_eq!(plan.decisions, Decisions::default());
    }

    #[test]
    fn a_new_row_that_is_an_old_household_changes_it_and_it_no_longer_goes() {
        let mut plan = plan();
        plan.decide(Decision::EveryVanished(true));
        let same = |at, id: Option<&str>| Decision::Same {
            key: row(at),
            id: id.map(ToOwned::to_owned),
        };
        plan.decide(same(2, Some("V1")));
        assert_eq!(outcome(&plan), [99, 2, 1]);
        assert!(plan.is_matched("V1"));
        plan.decide(Decision::EveryVanished(true));
        assert!(!plan.decisions.remove.contains("V1"));
        // One household is one row: the second claim takes the place of the first.
        plan.decide(same(3, Some("V1")));
        assert_eq!(plan.decisions.same.len(), 1);
        plan.decide(same(3, None));
        assert!(!plan.is_matched("V1"));
    }

    #[test]
    fn a_new_rehearsal_keeps_the_decisions_that_still_mean_something() {
        let mut plan = plan();
        plan.decide(Decision::EveryNew(false));
        plan.decide(Decision::EveryVanished(true));
        let mut shown = plan.rehearsal.as_ref().unwrap().difference.clone();
        shown.new.shown.remove(0);
        shown.vanished.shown.remove(0);
        plan.forget_old_decisions(&shown);
        assert_eq!(plan.decisions.skip_new, BTreeSet::from([row(3)]));
        assert_eq!(plan.decisions.remove, BTreeSet::from(["V2".to_owned()]));
    }

    #[test]
    fn a_first_import_counts_what_would_be_stored() {
        let mut plan = ImportPlan::default();
        assert_eq!(plan.outcome(), None);
        let mut report = ImportReport::default();
        report.stored = 1_275;
        plan.rehearsal = Some(Arc::new(Rehearsed {
            report,
            difference: Difference::default(),
            timings: Stopwatch::start(),
        }));
        assert_eq!(outcome(&plan), [1_275, 0, 0]);
    }
}
