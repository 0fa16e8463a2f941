//! What the ledgers and the member lists of one import say of the same households.

use super::tables::{Names, Tables};
use crate::analysis::{MemberFacts, StatedCounts, members_check};
use crate::model::{Date, Household, Person, ProblemKind, TableKind};
use crate::read::{Field, FileRole};
use crate::words::Fault;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is remembered while the tables of one import are read; nothing where only one of the two
/// is among them.
#[derive(Default)]
pub(super) struct Memory {
    is_wanted: bool,
    /// By household id: the row of the ledger, and what it states.
    stated: BTreeMap<String, (Arc<Names>, u64, StatedCounts)>,
    /// By household id.
    members: BTreeMap<String, Vec<MemberFacts>>,
}

impl Memory {
    pub(super) fn for_files(files: &[crate::read::FileChoice]) -> Self {
        let has = |kind| {
            files
                .iter()
                .any(|file| file.role == Some(FileRole::Table(kind)))
        };
        let others = [TableKind::Receipts, TableKind::Needs, TableKind::Visits];
        Self {
            is_wanted: has(TableKind::Members) || others.into_iter().any(has),
            ..Self::default()
        }
    }
}

impl Tables<'_, '_> {
    pub(super) fn remember_counts(&mut self, household: &Household, row: u64, names: &Arc<Names>) {
        if !self.memory.is_wanted {
            return;
        }
        let counts = StatedCounts::of(household);
        self.memory
            .stated
            .insert(household.id.clone(), (names.clone(), row, counts));
    }

    /// `lists_disabilities` says that the file has a column for one.
    pub(super) fn remember_member(&mut self, person: &Person, lists_disabilities: bool) {
        let members = self.memory.members.entry(person.household_id.clone());
        let facts = MemberFacts::of(person, lists_disabilities);
        members.or_default().push(facts);
    }

    pub(super) fn knows_household(&self, id: &str) -> bool {
        self.memory.stated.contains_key(id)
    }

    /// Counts of the ledger that the members contradict.
    pub(super) fn check_counts(&mut self, on: Date) -> Result<(), Fault> {
        let memory = std::mem::take(&mut self.memory);
        for (id, members) in &memory.members {
            let Some((names, row, stated)) = memory.stated.get(id) else {
                continue;
            };
            for found in members_check(stated, members, on) {
                let counted = if found.least == found.most {
                    found.least.to_string()
                } else {
                    format!("{}–{}", found.least, found.most)
                };
                let field = Field::from_code(found.field.code()).unwrap_or(Field::Members);
                let text = format!("{} / {counted}", found.stated);
                let problem = names.problem(*row, ProblemKind::CountsContradict, field, &text);
                self.target.keep_problem(self.report, problem)?;
            }
        }
        Ok(())
    }
}
