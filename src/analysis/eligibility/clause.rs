//! A rule after it has been read: a tree of clauses.

use super::facts::{FlagFact, KindFact, NumberFact, Scope};
use super::verdict::{Arithmetic, Comparison};

/// A condition, and the characters of the rule's text that say it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Clause {
    pub(super) start: usize,
    pub(super) end: usize,
    /// A clause of members asks something of each; others are the same for all of a household.
    pub(super) scope: Scope,
    pub(super) kind: ClauseKind,
}

/// What a condition says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ClauseKind {
    And(Vec<Clause>),
    Or(Vec<Clause>),
    Not(Box<Clause>),
    Compare(Number, Comparison, Number),
    /// A number is one of a list.
    OneOf(Number, Vec<Number>),
    Flag(FlagFact),
    /// A kind is one of these: bit n is kind n.
    Kinds(KindFact, u32),
    /// One of these tags; of the member too where the clause is asked of one.
    Tags(Vec<String>),
    Lists(Vec<String>),
    /// The area's code begins with one of these, or is one without a star.
    Areas(Vec<AreaPattern>),
    /// The programme of this place is received: by the member where the clause is asked of one.
    Receives(u8),
    Need(u8),
    /// At least one member for whom this holds.
    AnyMember(Box<Clause>),
    /// The rule of the programme of this place, put in by the compiler.
    Eligible(u8, Option<Box<Clause>>),
}

/// A code, or with a star the beginning of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AreaPattern {
    pub(super) code: String,
    pub(super) is_beginning: bool,
}

impl AreaPattern {
    pub(super) fn fits(&self, code: &str) -> bool {
        if self.is_beginning {
            code.starts_with(&self.code)
        } else {
            code == self.code
        }
    }
}

/// A number that is asked for or worked out.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Number {
    Constant(f64),
    /// The threshold of this place in the catalogue.
    Threshold(usize),
    Fact(NumberFact),
    /// How many members there are for whom this holds.
    CountMembers(Box<Clause>),
    Negative(Box<Number>),
    Calculated(Box<Number>, Arithmetic, Box<Number>),
}

impl Number {
    pub(super) fn scope(&self) -> Scope {
        match self {
            Self::Constant(_) | Self::Threshold(_) | Self::CountMembers(_) => Scope::Household,
            Self::Fact(fact) => fact.scope(),
            Self::Negative(inner) => inner.scope(),
            Self::Calculated(a, _, b) => a.scope().max(b.scope()),
        }
    }
}
