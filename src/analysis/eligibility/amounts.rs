//! What programmes pay by the rules: amounts of all who are eligible, block by block.

use super::block::{Block, Numbers, Rows};
use super::compile::RuleSet;
use super::eval::{Eligible, numbers};
use super::facts::Scope;
use super::known::Known;
use super::member::Member;
use super::receiving::Receiving;
use super::{BLOCK_ROWS, ProgrammeRule};
use crate::model::ProgrammeUnit;
use crate::snapshot::Snapshot;
use std::ops::Range;

/// Somebody who is eligible, and what they are paid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::analysis) struct Amount {
    /// The place of the programme.
    pub(in crate::analysis) place: usize,
    /// The row of the household.
    pub(in crate::analysis) row: usize,
    /// The member, of a programme for persons.
    pub(in crate::analysis) person: Option<usize>,
    /// Yuan a month, never under 0; `None` where a fact is missing that it is worked out of.
    pub(in crate::analysis) yuan: Option<f64>,
}

/// The amounts of a set of rules.
pub(in crate::analysis) struct Amounts<'a> {
    known: Known<'a>,
}

impl<'a> Amounts<'a> {
    pub(in crate::analysis) fn new(
        town: &'a Snapshot,
        rules: &'a RuleSet,
        receiving: &'a Receiving,
    ) -> Self {
        Self {
            known: Known::new(town, rules, receiving),
        }
    }

    /// Shows the amount of everybody among the rows who is eligible for a programme that states
    /// one: by programme, then by row. `eligible` is what the same rules say.
    pub(in crate::analysis) fn each(
        &self,
        rows: Range<usize>,
        eligible: &Eligible,
        see: &mut impl FnMut(Amount),
    ) {
        let rows = rows.start..rows.end.min(self.known.town.households.len());
        for start in rows.clone().step_by(BLOCK_ROWS) {
            let span = start..(start + BLOCK_ROWS).min(rows.end);
            let block = Block::new(&self.known, Rows::Span(span.clone()));
            let bits = eligible.yes.get(span).unwrap_or_default();
            let any = bits.iter().fold(0, |any, bits| any | bits);
            for (place, rule) in self.known.rules.programmes.iter().enumerate() {
                if any >> place & 1 == 1 {
                    of_programme(&block, place, rule, eligible, see);
                }
            }
        }
    }
}

fn of_programme(
    block: &Block<'_>,
    place: usize,
    rule: &ProgrammeRule,
    eligible: &Eligible,
    see: &mut impl FnMut(Amount),
) {
    let Some(amount) = &rule.amount else { return };
    let is_eligible = |column: &[u64], at: usize| {
        let bits = column.get(at).copied().unwrap_or(0);
        bits >> place & 1 == 1
    };
    let yuan = |amounts: &Numbers, at: usize| {
        let known = amounts.at(at).known();
        known.map(|yuan| yuan.max(0.0))
    };
    match rule.unit {
        ProgrammeUnit::Household => {
            let amounts = numbers(block, amount, Scope::Household);
            for (at, row) in (0..block.rows.len()).map(|at| (at, block.row(at) as usize)) {
                if is_eligible(&eligible.yes, row) {
                    see(Amount {
                        place,
                        row,
                        person: None,
                        yuan: yuan(&amounts, at),
                    });
                }
            }
        }
        ProgrammeUnit::Person => {
            let amounts = numbers(block, amount, Scope::Member);
            let members = block.members();
            for (at, (member, household)) in members.all.iter().zip(&members.household).enumerate()
            {
                let Member::Listed(person) = *member else {
                    continue;
                };
                let person = person as usize;
                if is_eligible(&eligible.person_yes, person) {
                    see(Amount {
                        place,
                        row: block.row(*household as usize) as usize,
                        person: Some(person),
                        yuan: yuan(&amounts, at),
                    });
                }
            }
        }
    }
}
