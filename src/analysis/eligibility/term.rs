//! What has been read of a rule so far, and of what kind it is.

use super::clause::{Clause, ClauseKind, Number};
use super::facts::{Fact, FlagFact, KindFact, Scope};
use super::mistake::{RuleMistake, nearest};
use super::verdict::Comparison;
use super::words;
use crate::words::Message;

/// A piece of a rule with its place.
#[derive(Debug, Clone)]
pub(super) struct Term {
    pub(super) start: usize,
    pub(super) end: usize,
    kind: TermKind,
}

/// Of what kind a piece is.
#[derive(Debug, Clone)]
pub(super) enum TermKind {
    Clause(Clause),
    Number(Number),
    Flag(FlagFact),
    Kind(KindFact),
    /// A word that is neither fact nor threshold, and the one that was perhaps meant.
    Name(String, Option<String>),
}

type Parsed<T> = Result<T, RuleMistake>;

impl Term {
    pub(super) fn new(start: usize, end: usize, kind: TermKind) -> Self {
        Self { start, end, kind }
    }

    pub(super) fn of_clause(start: usize, end: usize, scope: Scope, kind: ClauseKind) -> Self {
        let clause = Clause {
            start,
            end,
            scope,
            kind,
        };
        Self::new(start, end, TermKind::Clause(clause))
    }

    pub(super) fn of_fact(start: usize, end: usize, fact: Fact) -> Self {
        let kind = match fact {
            Fact::Number(fact) => TermKind::Number(Number::Fact(fact)),
            Fact::Flag(fact) => TermKind::Flag(fact),
            Fact::Kind(fact) => TermKind::Kind(fact),
            other => TermKind::Name(other.code().to_owned(), None),
        };
        Self::new(start, end, kind)
    }

    /// Gives the brackets around a clause to it.
    pub(super) fn widen(&mut self) {
        if let TermKind::Clause(clause) = &mut self.kind {
            (clause.start, clause.end) = (self.start, self.end);
        }
    }

    fn mistake(&self, message: Message) -> RuleMistake {
        RuleMistake::at(self.start, self.end, message)
    }

    fn unknown(&self, word: &str, near: Option<&str>) -> RuleMistake {
        self.mistake(match near {
            Some(near) => Message::new("rules.unknown_word_near")
                .arg("word", word)
                .arg("near", near),
            None => Message::new("rules.unknown_word").arg("word", word),
        })
    }

    /// As a condition.
    pub(super) fn clause(self) -> Parsed<Clause> {
        match &self.kind {
            TermKind::Clause(clause) => Ok(clause.clone()),
            TermKind::Flag(flag) => Ok(self.flag(*flag)),
            TermKind::Number(_) => Err(self.mistake(Message::new("rules.wants_comparison"))),
            TermKind::Kind(kind) => Err(self.mistake(
                Message::new("rules.wants_kind")
                    .arg("fact", kind.names().code)
                    .arg("kinds", kinds(*kind)),
            )),
            TermKind::Name(word, near) => Err(self.unknown(word, near.as_deref())),
        }
    }

    fn flag(&self, flag: FlagFact) -> Clause {
        Clause {
            start: self.start,
            end: self.end,
            scope: flag.scope(),
            kind: ClauseKind::Flag(flag),
        }
    }

    /// As a number.
    pub(super) fn number(self) -> Parsed<Number> {
        match &self.kind {
            TermKind::Number(number) => Ok(number.clone()),
            TermKind::Name(word, near) => Err(self.unknown(word, near.as_deref())),
            _ => Err(self.mistake(Message::new("rules.wants_number"))),
        }
    }

    /// A comparison with another piece.
    pub(super) fn compared(self, how: Comparison, other: Self) -> Parsed<Self> {
        let (start, end) = (self.start, other.end);
        match &self.kind {
            TermKind::Kind(kind) => {
                let number = other.kind_number(*kind)?;
                self.kinds(*kind, 1 << number, how, end)
            }
            TermKind::Flag(flag) => {
                let clause = self.flag(*flag);
                let is_yes = other.yes_or_no()?;
                let is_equal = self.is_equality(how)?;
                let kind = if is_yes == is_equal {
                    clause.kind
                } else {
                    ClauseKind::Not(Box::new(clause))
                };
                Ok(Self::of_clause(start, end, flag.scope(), kind))
            }
            _ => {
                let (left, right) = (self.number()?, other.number()?);
                let scope = left.scope().max(right.scope());
                let kind = ClauseKind::Compare(left, how, right);
                Ok(Self::of_clause(start, end, scope, kind))
            }
        }
    }

    /// Whether it is equality, not its contrary; other comparisons are for numbers.
    fn is_equality(&self, how: Comparison) -> Parsed<bool> {
        match how {
            Comparison::Equal => Ok(true),
            Comparison::Unequal => Ok(false),
            _ => Err(self.mistake(Message::new("rules.only_equal"))),
        }
    }

    fn kinds(&self, kind: KindFact, mask: u32, how: Comparison, end: usize) -> Parsed<Self> {
        let clause = Clause {
            start: self.start,
            end,
            scope: Scope::Member,
            kind: ClauseKind::Kinds(kind, mask),
        };
        let kind = if self.is_equality(how)? {
            clause.kind
        } else {
            ClauseKind::Not(Box::new(clause))
        };
        Ok(Self::of_clause(self.start, end, Scope::Member, kind))
    }

    fn kind_number(&self, kind: KindFact) -> Parsed<u8> {
        let vocabulary = kind.vocabulary();
        let word = match &self.kind {
            TermKind::Name(word, _) => word.clone(),
            // Some words are kinds and facts: `disability = mental`, `health = disabled`.
            TermKind::Number(Number::Fact(fact)) => fact.names().code.to_owned(),
            TermKind::Flag(fact) => fact.names().code.to_owned(),
            TermKind::Kind(fact) => fact.names().zh.to_owned(),
            _ => String::new(),
        };
        let called = match &self.kind {
            // 健康 is a state of health, and short for the fact.
            TermKind::Kind(fact) => fact
                .names()
                .all()
                .find_map(|it| vocabulary.number_called(it)),
            _ => vocabulary.number_called(&word),
        };
        if let Some(number) = called {
            return Ok(number);
        }
        let known = vocabulary.words().iter();
        let near = nearest(&word, known.flat_map(|word| [word.code, word.zh]));
        let message = match near {
            Some(near) => Message::new("rules.unknown_word_near")
                .arg("word", word)
                .arg("near", near),
            None => Message::new("rules.wants_kind")
                .arg("fact", kind.names().code)
                .arg("kinds", kinds(kind)),
        };
        Err(self.mistake(message))
    }

    fn yes_or_no(&self) -> Parsed<bool> {
        match &self.kind {
            TermKind::Name(word, _) if words::YES.contains(&word.as_str()) => Ok(true),
            TermKind::Name(word, _) if words::NO.contains(&word.as_str()) => Ok(false),
            _ => Err(self.mistake(Message::new("rules.wants_yes_no"))),
        }
    }

    /// That it is one of a list, or none of it.
    pub(super) fn one_of(self, list: Vec<Self>, end: usize, is_negated: bool) -> Parsed<Self> {
        let how = if is_negated {
            Comparison::Unequal
        } else {
            Comparison::Equal
        };
        if let TermKind::Kind(kind) = self.kind {
            let mut mask = 0;
            for one in &list {
                mask |= 1 << one.kind_number(kind)?;
            }
            return self.kinds(kind, mask, how, end);
        }
        let start = self.start;
        let number = self.number()?;
        let list = list
            .into_iter()
            .map(Self::number)
            .collect::<Parsed<Vec<Number>>>()?;
        let scopes = list.iter().map(Number::scope);
        let scope = scopes.fold(number.scope(), Scope::max);
        let clause = Clause {
            start,
            end,
            scope,
            kind: ClauseKind::OneOf(number, list),
        };
        let kind = if is_negated {
            ClauseKind::Not(Box::new(clause))
        } else {
            clause.kind
        };
        Ok(Self::of_clause(start, end, scope, kind))
    }
}

/// The kinds of a fact, for a message.
fn kinds(kind: KindFact) -> String {
    let words = kind.vocabulary().words().iter();
    words
        .map(|word| format!("{} {}", word.zh, word.code))
        .collect::<Vec<_>>()
        .join(", ")
}
