//! The filter as a tree: what a query text means, and what the panel of controls writes.

use super::{FlagField, NumberField, Pattern, PlaceField, TermField, TextField};
use crate::model::{ClockKind, Date};

/// Which households.
///
/// Put trees together with [`Filter::and`], [`Filter::or`] and [`Filter::negated`]: they keep the
/// canonical shape, in which `parse(to_text(f)) == f` holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Filter {
    /// Every household.
    #[default]
    All,
    /// Households that every part holds.
    And(Vec<Filter>),
    /// Households that at least one part holds.
    Or(Vec<Filter>),
    /// The plain complement: households that the part does not hold, unknown values among them.
    Not(Box<Filter>),
    /// Households that meet a condition.
    Where(Condition),
}

impl Filter {
    /// Every part: nested "and" is flattened, "all" falls away.
    pub fn and(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Self::All => {}
                Self::And(inner) => flat.extend(inner),
                part => flat.push(part),
            }
        }
        match flat.len() {
            0 => Self::All,
            1 => flat.swap_remove(0),
            _ => Self::And(flat),
        }
    }

    /// At least one part: nested "or" is flattened. No part at all is no household.
    pub fn or(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Self::All => return Self::All,
                Self::Or(inner) => flat.extend(inner),
                part => flat.push(part),
            }
        }
        match flat.len() {
            0 => Self::All.negated(),
            1 => flat.swap_remove(0),
            _ => Self::Or(flat),
        }
    }

    /// Whether some condition asks for what is selected on the map.
    pub fn uses_selection(&self) -> bool {
        match self {
            Self::All => false,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::uses_selection),
            Self::Not(part) => part.uses_selection(),
            Self::Where(condition) => matches!(condition, Condition::Flag(FlagField::Selected, _)),
        }
    }

    /// The complement. Twice is where it began.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            filter => Self::Not(Box::new(filter)),
        }
    }
}

/// The parts that every household of the filter meets: one chip each on the filter line.
/// `Filter::and` of the chips is the filter again.
pub fn chips(filter: &Filter) -> Vec<Filter> {
    match filter {
        Filter::All => Vec::new(),
        Filter::And(parts) => parts.clone(),
        other => vec![other.clone()],
    }
}

/// A leaf of the filter. Every list means "one of these".
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// Needs, programmes or gaps.
    Terms(TermField, Vec<TermValue>),
    /// A count or an amount.
    Number(NumberField, NumberTest),
    /// A yes or no.
    Flag(FlagField, Vec<FlagValue>),
    /// The day of the last visit.
    Visited(VisitTest),
    /// What is due.
    Due(Vec<DueValue>),
    /// The area that the household is in, or the one that it declares.
    Place(PlaceField, Vec<TextValue>),
    /// Located, and not where it should be.
    Outside(Vec<Outside>),
    /// A text field.
    Text {
        /// The field.
        field: TextField,
        /// Whether the whole text must be the pattern (`=`), not a part of it (`:`).
        /// No difference for a pattern with `*`.
        whole: bool,
        /// What it may be.
        values: Vec<TextValue>,
    },
    /// Text in name, address, number, tags, or the name or code of an area that holds the household.
    Anywhere(Vec<Pattern>),
}

/// A need or programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermValue {
    /// At least one, whichever.
    Any,
    /// Not one.
    None,
    /// The code of the catalogue. A code that the snapshot does not have matches nobody.
    Code(String),
}

/// What is due in a household.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueValue {
    /// Something is overdue or near.
    Any,
    /// Nothing is.
    None,
    /// Something is overdue.
    Overdue,
    /// Something of this kind is overdue or near.
    Kind(ClockKind),
}

/// A yes or no, or neither known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlagValue {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not known. Only `living_alone` has it.
    Unknown,
}

/// How a value stands to a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
    /// `>`
    More,
}

/// What is asked of a number. An unknown number meets neither a comparison nor `NoneOf`.
#[derive(Debug, Clone, PartialEq)]
pub enum NumberTest {
    /// `<`, `<=`, `>=`, `>`
    Compare(Comparison, f64),
    /// `:` and `=`
    OneOf(Vec<NumberValue>),
    /// `!=`: known, and none of these.
    NoneOf(Vec<NumberValue>),
}

/// A number, a range or its absence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NumberValue {
    /// From a number to a number, both included; twice the same for one number.
    Span(f64, f64),
    /// Known, whatever it is.
    Known,
    /// Not known.
    Unknown,
}

/// A day, fixed or counted back from the as-of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A day of the calendar.
    Day(Date),
    /// So many days before the as-of date.
    DaysAgo(u32),
}

impl Moment {
    /// The day that is meant.
    pub fn on(self, as_of: Date) -> Date {
        match self {
            Self::Day(day) => day,
            Self::DaysAgo(days) => as_of.plus_days(0_i32.saturating_sub_unsigned(days)),
        }
    }
}

/// What is asked of the last visit. "Before" includes those never visited, since it asks who has
/// not been seen since; "after" and ranges do not. A visit recorded after the as-of date counts
/// as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VisitTest {
    /// `<`, `<=`, `>=`, `>`
    Compare(Comparison, Moment),
    /// `:` and `=`
    OneOf(Vec<VisitValue>),
}

/// Days of the last visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitValue {
    /// Never visited, or not known.
    Never,
    /// Visited, whenever.
    Ever,
    /// From a day to a day, both included.
    Span(Moment, Moment),
}

/// Where a located household is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    /// In no area at all.
    Areas,
    /// Not in the area that it declares.
    Declared,
}

/// A text that is there, is not there, or looks like a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextValue {
    /// Something is there.
    Any,
    /// Nothing is there.
    None,
    /// It looks like this.
    Like(Pattern),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Filter {
        Filter::Where(Condition::Anywhere(vec![Pattern::plain(text)]))
    }

    #[test]
    fn trees_keep_one_shape() {
        let nested = Filter::and([
            Filter::All,
            Filter::and([word("a"), word("b")]),
            Filter::and([word("c")]),
        ]);
        assert_eq!(
            nested,
            Filter::And(vec![word("a"), word("b"), word("c")]),
            "flat"
        );
        assert_eq!(Filter::and([]), Filter::All);
        assert_eq!(Filter::or([]), Filter::Not(Box::new(Filter::All)));
        assert_eq!(Filter::or([word("a"), Filter::All]), Filter::All);
        assert_eq!(word("a").negated().negated(), word("a"));
    }

    #[test]
    fn chips_make_the_filter_again() {
        for filter in [
            Filter::All,
            word("a"),
            Filter::and([word("a"), word("b").negated()]),
            Filter::or([word("a"), word("b")]),
        ] {
            assert_eq!(Filter::and(chips(&filter)), filter);
        }
    }
}
