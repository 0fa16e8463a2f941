//! A block of households as vectors: numbers as limits, answers as bits.

use super::facts::NumberFact;
use super::known::Known;
use super::member::Member;
use super::verdict::{Range, Verdict};
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range as Span;
use std::rc::Rc;

/// Which households a block is of.
#[derive(Debug, Clone)]
pub(super) enum Rows<'a> {
    /// Neighbours.
    Span(Span<usize>),
    /// Some, each once.
    List(&'a [u32]),
}

impl Rows<'_> {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Span(rows) => rows.len(),
            Self::List(rows) => rows.len(),
        }
    }
}

/// One answer a row, as two bits: it is so for certain, and it may be so.
#[derive(Debug, Clone)]
pub(super) struct Answers {
    pub(super) yes: Vec<u64>,
    pub(super) may: Vec<u64>,
    pub(super) rows: usize,
}

impl Answers {
    pub(super) fn all(rows: usize, verdict: Verdict) -> Self {
        let words = rows.div_ceil(64);
        let word = |is: bool| if is { u64::MAX } else { 0 };
        Self {
            yes: vec![word(verdict.is_yes()); words],
            may: vec![word(verdict.may_be()); words],
            rows,
        }
    }

    pub(super) fn of(rows: usize, ask: impl Fn(usize) -> Verdict) -> Self {
        let mut out = Self::all(rows, Verdict::No);
        for row in 0..rows {
            let verdict = ask(row);
            out.set(row, verdict.is_yes(), verdict.may_be());
        }
        out
    }

    #[inline]
    pub(super) fn set(&mut self, row: usize, yes: bool, may: bool) {
        let (word, bit) = (row / 64, row % 64);
        if let (Some(yes_word), Some(may_word)) = (self.yes.get_mut(word), self.may.get_mut(word)) {
            *yes_word |= u64::from(yes) << bit;
            *may_word |= u64::from(may) << bit;
        }
    }

    #[inline]
    pub(super) fn get(&self, row: usize) -> (bool, bool) {
        let bit = |words: &[u64]| {
            words
                .get(row / 64)
                .is_some_and(|word| word >> (row % 64) & 1 == 1)
        };
        (bit(&self.yes), bit(&self.may))
    }

    pub(super) fn and(&mut self, other: &Self) {
        let both = |mine: &mut [u64], theirs: &[u64]| {
            mine.iter_mut().zip(theirs).for_each(|(a, b)| *a &= b);
        };
        both(&mut self.yes, &other.yes);
        both(&mut self.may, &other.may);
    }

    pub(super) fn or(&mut self, other: &Self) {
        let either = |mine: &mut [u64], theirs: &[u64]| {
            mine.iter_mut().zip(theirs).for_each(|(a, b)| *a |= b);
        };
        either(&mut self.yes, &other.yes);
        either(&mut self.may, &other.may);
    }

    pub(super) fn not(mut self) -> Self {
        std::mem::swap(&mut self.yes, &mut self.may);
        for word in self.yes.iter_mut().chain(&mut self.may) {
            *word = !*word;
        }
        self
    }

    /// Whether nobody can be meant any more. Bits past the end may be set.
    pub(super) fn is_no(&self) -> bool {
        self.may.iter().all(|word| *word == 0)
    }

    /// Whether everybody is meant.
    pub(super) fn is_yes(&self) -> bool {
        let full = self.rows / 64;
        let rest = (1_u64 << (self.rows % 64)) - 1;
        self.yes.iter().take(full).all(|word| *word == u64::MAX)
            && self.yes.get(full).is_none_or(|word| word & rest == rest)
    }
}

/// One number a row, or one for all.
#[derive(Debug, Clone)]
pub(super) enum Numbers {
    All(Range),
    Each(Rc<Limits>),
}

/// Limits of one number a row.
#[derive(Debug, Default)]
pub(super) struct Limits {
    pub(super) lo: Vec<f64>,
    pub(super) hi: Vec<f64>,
}

impl Numbers {
    pub(super) fn each(rows: usize, number: impl Fn(usize) -> Range) -> Self {
        let mut limits = Limits {
            lo: Vec::with_capacity(rows),
            hi: Vec::with_capacity(rows),
        };
        for row in 0..rows {
            let range = number(row);
            limits.lo.push(range.lo);
            limits.hi.push(range.hi);
        }
        Self::Each(Rc::new(limits))
    }

    #[inline]
    pub(super) fn at(&self, row: usize) -> Range {
        match self {
            Self::All(range) => *range,
            Self::Each(limits) => match (limits.lo.get(row), limits.hi.get(row)) {
                (Some(lo), Some(hi)) => Range { lo: *lo, hi: *hi },
                _ => Range::UNKNOWN,
            },
        }
    }
}

/// The members of the households of a block. A household without listed members has one who
/// stands for them.
pub(super) struct Members {
    pub(super) all: Vec<Member>,
    /// For each member the household's place in the block.
    pub(super) household: Vec<u32>,
    /// For each member the place among the listed ones of the block; of one who stands for others
    /// that of the next.
    pub(super) listed: Vec<u32>,
}

/// A block of households. Facts that several rules ask for are gathered once.
pub(super) struct Block<'a> {
    pub(super) known: &'a Known<'a>,
    pub(super) rows: Rows<'a>,
    members: OnceCell<Members>,
    of_households: RefCell<BTreeMap<NumberFact, Numbers>>,
    of_members: RefCell<BTreeMap<NumberFact, Numbers>>,
}

impl<'a> Block<'a> {
    pub(super) fn new(known: &'a Known<'a>, rows: Rows<'a>) -> Self {
        Self {
            known,
            rows,
            members: OnceCell::new(),
            of_households: RefCell::default(),
            of_members: RefCell::default(),
        }
    }

    /// The row of the snapshot at a place of the block.
    #[inline]
    pub(super) fn row(&self, at: usize) -> u32 {
        match &self.rows {
            Rows::Span(rows) => (rows.start + at) as u32,
            Rows::List(rows) => rows.get(at).copied().unwrap_or(u32::MAX),
        }
    }

    /// How many members are listed.
    pub(super) fn listed(&self) -> usize {
        let people = &self.known.town.people;
        match &self.rows {
            Rows::Span(rows) => people.of_all(rows.clone()).len(),
            Rows::List(rows) => rows.iter().map(|row| people.of(*row).len()).sum(),
        }
    }

    pub(super) fn members(&self) -> &Members {
        self.members.get_or_init(|| {
            let people = &self.known.town.people;
            let most = self.listed() + self.rows.len();
            let mut members = Members {
                all: Vec::with_capacity(most),
                household: Vec::with_capacity(most),
                listed: Vec::with_capacity(most),
            };
            let mut listed = 0;
            for at in 0..self.rows.len() {
                let row = self.row(at);
                let own = people.of(row);
                if own.is_empty() {
                    members.all.push(Member::Unlisted(row));
                    members.household.push(at as u32);
                    members.listed.push(listed);
                }
                for person in own {
                    members.all.push(Member::Listed(person as u32));
                    members.household.push(at as u32);
                    members.listed.push(listed);
                    listed += 1;
                }
            }
            members
        })
    }

    pub(super) fn of_households(&self, fact: NumberFact) -> Numbers {
        if let Some(found) = self.of_households.borrow().get(&fact) {
            return found.clone();
        }
        let numbers = Numbers::each(self.rows.len(), |at| {
            self.known.of_household(fact, self.row(at))
        });
        self.of_households
            .borrow_mut()
            .insert(fact, numbers.clone());
        numbers
    }

    /// A fact of the members.
    pub(super) fn of_members(&self, fact: NumberFact) -> Numbers {
        if let Some(found) = self.of_members.borrow().get(&fact) {
            return found.clone();
        }
        let all = &self.members().all;
        let numbers = Numbers::each(all.len(), |at| match all.get(at) {
            Some(member) => self.known.of_member(fact, *member),
            None => Range::UNKNOWN,
        });
        self.of_members.borrow_mut().insert(fact, numbers.clone());
        numbers
    }
}
