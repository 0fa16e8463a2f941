//! Who is eligible for what: a small language of rules, read, put together and asked of everybody.

mod amounts;
mod asks;
mod block;
mod call;
mod check;
mod clause;
mod compile;
mod eval;
mod explain;
mod facts;
mod found;
mod known;
mod member;
mod mistake;
mod parse;
mod reason;
mod receiving;
#[cfg(test)]
pub(super) mod samples;
mod spoken;
mod tags;
mod term;
#[cfg(test)]
mod tests;
mod token;
mod turns;
mod verdict;
mod words;

pub(super) use amounts::Amounts;
pub use check::{WrongRule, wrong_rules};
pub use compile::{ProgrammeRule, RuleSet, check_amount, check_rule};
use eval::BLOCK_ROWS;
pub use eval::{Eligible, eligible};
pub(super) use eval::{eligible_some, eligible_with};
pub use explain::{Explanation, UnitRef, explain, explain_all, explain_each};
pub use facts::{Fact, FlagFact, KindFact, NumberFact};
pub use mistake::RuleMistake;
pub use reason::{ClauseReason, FactSource, FactValue, FoundFact, MissingFact, ReasonKind};
pub(super) use receiving::Receiving;
pub use spoken::{is_rule_word, rule_in_words, rule_thresholds};
pub(super) use turns::{DayAsked, Turns};
pub use verdict::Verdict;
