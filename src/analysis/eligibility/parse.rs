//! Rule text → clauses, by recursive descent.
//!
//! ```text
//! either   = both { ("or" | 或) both }
//! both     = single { ("and" | 且) single }
//! single   = { "not" | 非 } compared
//! compared = sum [ ("<" "<=" "=" "!=" ">=" ">") sum | ["not"] ("in" | 属于) "(" item { "," item } ")" ]
//! sum      = product { ("+" | "-") product }
//! product  = signed { ("*" | "/") signed }
//! signed   = { "-" } operand
//! operand  = number | fact | threshold | "(" either ")" | function "(" argument { "," argument } ")"
//!          | ("any member" | 有成员 | "all members" | 所有成员 | "count member" | 成员计数) "(" either ")"
//! ```

use super::clause::{Clause, ClauseKind, Number};
use super::facts::{Fact, Scope};
use super::mistake::RuleMistake;
use super::term::{Term, TermKind};
use super::token::{Kind, Token, tokens};
use super::verdict::Arithmetic;
use super::words::{self, Function};
use crate::model::{Catalogue, ProgrammeUnit};
use crate::words::Message;

/// Brackets in brackets; more than anybody writes, and few enough for the stack.
const DEEPEST: usize = 24;
/// The longest rule, in characters.
const LONGEST: usize = 4_000;

/// Reads a rule of a programme that is counted in this unit.
pub(super) fn rule(
    text: &str,
    unit: ProgrammeUnit,
    catalogue: &Catalogue,
) -> Result<Clause, RuleMistake> {
    Parser::new(text, unit, catalogue)?.whole()?.clause()
}

/// Reads an amount: a number of the same language.
pub(super) fn amount(
    text: &str,
    unit: ProgrammeUnit,
    catalogue: &Catalogue,
) -> Result<Number, RuleMistake> {
    Parser::new(text, unit, catalogue)?.whole()?.number()
}

pub(super) struct Parser<'a> {
    tokens: Vec<Token>,
    next: usize,
    /// How many characters the text has.
    end: usize,
    chars: Vec<char>,
    depth: usize,
    /// What the clauses here are asked of.
    pub(super) scope: Scope,
    pub(super) catalogue: &'a Catalogue,
}

type Parsed<T> = Result<T, RuleMistake>;

impl<'a> Parser<'a> {
    fn new(text: &str, unit: ProgrammeUnit, catalogue: &'a Catalogue) -> Parsed<Self> {
        let chars: Vec<char> = text.chars().collect();
        if chars.len() > LONGEST {
            let message = Message::new("rules.too_long").arg("most", LONGEST);
            return Err(RuleMistake::at(LONGEST, chars.len(), message));
        }
        let is_known = |word: &str| {
            words::is_known(word) || catalogue.thresholds.iter().any(|one| one.zh == word)
        };
        Ok(Self {
            tokens: tokens(text, &is_known)?,
            next: 0,
            end: chars.len(),
            chars,
            depth: 0,
            scope: match unit {
                ProgrammeUnit::Household => Scope::Household,
                ProgrammeUnit::Person => Scope::Member,
            },
            catalogue,
        })
    }

    fn whole(mut self) -> Parsed<Term> {
        let term = self.either()?;
        match self.peek() {
            None => Ok(term),
            Some(token) => {
                let key = if token.kind == Kind::Sign(")") {
                    "rules.unopened_bracket"
                } else {
                    "rules.wants_and_or"
                };
                Err(RuleMistake::at(token.start, token.end, Message::new(key)))
            }
        }
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn word_at(&self, ahead: usize) -> Option<&str> {
        match &self.tokens.get(self.next + ahead)?.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    fn sign(&self) -> Option<&'static str> {
        match self.peek()?.kind {
            Kind::Sign(sign) => Some(sign),
            _ => None,
        }
    }

    fn is_one(&self, words: &[&str]) -> bool {
        self.word_at(0).is_some_and(|word| words.contains(&word))
            || self.sign().is_some_and(|sign| words.contains(&sign))
    }

    fn takes(&mut self, words: &[&str]) -> bool {
        let found = self.is_one(words);
        self.next += usize::from(found);
        found
    }

    /// A mistake at the next token, or behind the last.
    fn missing(&self, message: Message) -> RuleMistake {
        match self.peek() {
            Some(token) => RuleMistake::at(token.start, token.end, message),
            None => RuleMistake::at(self.end, self.end, message),
        }
    }

    /// Where the token before the next ends.
    fn behind(&self) -> usize {
        let before = self.next.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.map_or(0, |token| token.end)
    }

    fn here(&self) -> usize {
        self.peek().map_or(self.end, |token| token.start)
    }

    fn chain(
        &mut self,
        words: &[&str],
        part: fn(&mut Self) -> Parsed<Term>,
        join: fn(Vec<Clause>) -> ClauseKind,
    ) -> Parsed<Term> {
        let first = part(self)?;
        if !self.is_one(words) {
            return Ok(first);
        }
        let start = first.start;
        let mut parts = vec![first.clause()?];
        while self.takes(words) {
            parts.push(part(self)?.clause()?);
        }
        let scope = parts.iter().map(|part| part.scope).max();
        let end = parts.last().map_or(start, |part| part.end);
        let scope = scope.unwrap_or(self.scope);
        Ok(Term::of_clause(start, end, scope, join(parts)))
    }

    fn either(&mut self) -> Parsed<Term> {
        if self.depth > DEEPEST {
            let message = Message::new("rules.too_deep").arg("limit", DEEPEST);
            return Err(self.missing(message));
        }
        self.depth += 1;
        let term = self.chain(words::OR, Self::both, ClauseKind::Or);
        self.depth -= 1;
        term
    }

    fn both(&mut self) -> Parsed<Term> {
        self.chain(words::AND, Self::single, ClauseKind::And)
    }

    fn single(&mut self) -> Parsed<Term> {
        let start = self.here();
        let mut is_negated = false;
        let mut any = false;
        while self.takes(words::NOT) {
            is_negated = !is_negated;
            any = true;
        }
        let term = self.compared()?;
        if !any {
            return Ok(term);
        }
        let clause = term.clause()?;
        let (end, scope) = (clause.end, clause.scope);
        let kind = if is_negated {
            ClauseKind::Not(Box::new(clause))
        } else {
            clause.kind
        };
        Ok(Term::of_clause(start, end, scope, kind))
    }

    fn compared(&mut self) -> Parsed<Term> {
        let left = self.sum()?;
        let term = if let Some(how) = words::comparison(self.word_at(0), self.sign()) {
            self.next += 1;
            let right = self.sum()?;
            left.compared(how, right)?
        } else if self.is_one(words::IN) {
            self.next += 1;
            let list = self.list()?;
            left.one_of(list, self.behind(), false)?
        } else if self.is_one(words::NOT_IN)
            || self.is_one(words::NOT)
                && self
                    .word_at(1)
                    .is_some_and(|word| words::IN.contains(&word))
        {
            self.next += if self.is_one(words::NOT_IN) { 1 } else { 2 };
            let list = self.list()?;
            left.one_of(list, self.behind(), true)?
        } else {
            return Ok(left);
        };
        if words::comparison(self.word_at(0), self.sign()).is_some() {
            return Err(self.missing(Message::new("rules.two_comparisons")));
        }
        Ok(term)
    }

    fn list(&mut self) -> Parsed<Vec<Term>> {
        let open = self.here();
        if !self.takes(&["("]) {
            return Err(self.missing(Message::new("rules.wants_list")));
        }
        let mut list = vec![self.sum()?];
        while self.takes(&[","]) {
            list.push(self.sum()?);
        }
        self.close(open)?;
        Ok(list)
    }

    fn close(&mut self, open: usize) -> Parsed<()> {
        if self.takes(&[")"]) {
            return Ok(());
        }
        if self.peek().is_some() {
            return Err(self.missing(Message::new("rules.wants_and_or")));
        }
        Err(RuleMistake::at(
            open,
            open + 1,
            Message::new("rules.unclosed_bracket"),
        ))
    }

    fn calculated(
        &mut self,
        signs: [(&'static str, Arithmetic); 2],
        part: fn(&mut Self) -> Parsed<Term>,
    ) -> Parsed<Term> {
        let mut term = part(self)?;
        loop {
            let sign = self.sign();
            let Some((_, how)) = signs.into_iter().find(|(one, _)| Some(*one) == sign) else {
                return Ok(term);
            };
            self.next += 1;
            let (start, left) = (term.start, term.number()?);
            let right = part(self)?;
            let end = right.end;
            let kind = Number::Calculated(Box::new(left), how, Box::new(right.number()?));
            term = Term::new(start, end, TermKind::Number(kind));
        }
    }

    fn sum(&mut self) -> Parsed<Term> {
        let signs = [("+", Arithmetic::Add), ("-", Arithmetic::Subtract)];
        self.calculated(signs, Self::product)
    }

    fn product(&mut self) -> Parsed<Term> {
        let signs = [("*", Arithmetic::Multiply), ("/", Arithmetic::Divide)];
        self.calculated(signs, Self::signed)
    }

    fn signed(&mut self) -> Parsed<Term> {
        let start = self.here();
        let mut is_negative = false;
        let mut any = false;
        while self.takes(&["-"]) {
            is_negative = !is_negative;
            any = true;
        }
        let term = self.operand()?;
        if !any {
            return Ok(term);
        }
        let end = term.end;
        let number = term.number()?;
        let number = if is_negative {
            Number::Negative(Box::new(number))
        } else {
            number
        };
        Ok(Term::new(start, end, TermKind::Number(number)))
    }

    fn operand(&mut self) -> Parsed<Term> {
        let Some(token) = self.peek().cloned() else {
            return Err(self.missing(Message::new("rules.value_missing")));
        };
        match token.kind {
            Kind::Number(number) => {
                self.next += 1;
                let kind = TermKind::Number(Number::Constant(number));
                Ok(Term::new(token.start, token.end, kind))
            }
            Kind::Sign("(") => {
                self.next += 1;
                let mut term = self.either()?;
                self.close(token.start)?;
                (term.start, term.end) = (token.start, self.behind());
                term.widen();
                Ok(term)
            }
            Kind::Word(word) => self.word(token.start, token.end, &word),
            Kind::Text(_) | Kind::Sign(_) => Err(self.missing(Message::new("rules.value_missing"))),
        }
    }

    fn word(&mut self, start: usize, end: usize, word: &str) -> Parsed<Term> {
        if let Some(words) = words::members_of(word, self.word_at(1)) {
            let is_open = |token: &Token| token.kind == Kind::Sign("(");
            if self
                .tokens
                .get(self.next + words.length)
                .is_some_and(is_open)
            {
                self.next += words.length;
                return self.members(start, words.quantifier);
            }
        }
        let is_call = |token: &Token| token.kind == Kind::Sign("(");
        if let Some(function) = Function::called(word)
            && self.tokens.get(self.next + 1).is_some_and(is_call)
        {
            self.next += 1;
            let arguments = self.arguments()?;
            let end = self.behind();
            return super::call::call(self, function, &arguments, start, end);
        }
        self.next += 1;
        if let Some(fact) = Fact::called(word, self.scope) {
            if fact.scope() == Scope::Member && self.scope == Scope::Household {
                let message = Message::new("rules.member_fact").arg("fact", word);
                return Err(RuleMistake::at(start, end, message));
            }
            return Ok(Term::of_fact(start, end, fact));
        }
        if let Some(place) = self.catalogue.threshold(word) {
            let kind = TermKind::Number(Number::Threshold(place));
            return Ok(Term::new(start, end, kind));
        }
        let near = self.near(word);
        let kind = TermKind::Name(word.to_owned(), near);
        Ok(Term::new(start, end, kind))
    }

    /// The word that was perhaps meant.
    fn near(&self, word: &str) -> Option<String> {
        let mut known: Vec<&str> = words::all().collect();
        for threshold in &self.catalogue.thresholds {
            known.extend([threshold.code.as_str(), threshold.zh.as_str()]);
        }
        super::mistake::nearest(word, known).map(str::to_owned)
    }

    fn members(&mut self, start: usize, quantifier: words::Quantifier) -> Parsed<Term> {
        let open = self.here();
        self.next += 1;
        let outside = std::mem::replace(&mut self.scope, Scope::Member);
        let inner = self.either()?.clause();
        self.scope = outside;
        let inner = Box::new(inner?);
        self.close(open)?;
        let end = self.behind();
        let household = |kind| Term::of_clause(start, end, Scope::Household, kind);
        Ok(match quantifier {
            words::Quantifier::Any => household(ClauseKind::AnyMember(inner)),
            words::Quantifier::All => {
                let negated = Clause {
                    start: inner.start,
                    end: inner.end,
                    scope: inner.scope,
                    kind: ClauseKind::Not(inner),
                };
                let any = Clause {
                    start,
                    end,
                    scope: Scope::Household,
                    kind: ClauseKind::AnyMember(Box::new(negated)),
                };
                household(ClauseKind::Not(Box::new(any)))
            }
            words::Quantifier::Count => {
                Term::new(start, end, TermKind::Number(Number::CountMembers(inner)))
            }
        })
    }

    /// The arguments of a function as they are written, with their places.
    fn arguments(&mut self) -> Parsed<Vec<Argument>> {
        let open = self.here();
        self.next += 1;
        let mut arguments = Vec::new();
        loop {
            let start = self.here();
            let mut quoted = None;
            while let Some(token) = self.peek() {
                match &token.kind {
                    Kind::Sign(")" | "," | "(") => break,
                    Kind::Text(text) => quoted = Some(text.clone()),
                    _ => {}
                }
                self.next += 1;
            }
            let end = self.behind().max(start);
            let written: String = self
                .chars
                .get(start..end)
                .unwrap_or_default()
                .iter()
                .collect();
            let text = quoted.unwrap_or(written);
            let text = text.trim().to_owned();
            if text.is_empty() {
                return Err(self.missing(Message::new("rules.argument_missing")));
            }
            arguments.push(Argument { text, start, end });
            if !self.takes(&[","]) {
                break;
            }
        }
        self.close(open)?;
        Ok(arguments)
    }
}

/// What stands between the brackets of a function.
#[derive(Debug)]
pub(super) struct Argument {
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) end: usize,
}
