//! Query text → filter, by recursive descent.
//!
//! ```text
//! either    = both { ("or" | 或) both }
//! both      = single { ["and" | 且] single }
//! single    = { "-" | "!" | "not" | 非 } ( "(" either ")" | condition )
//! condition = field operator value { "," value }  |  value { "," value }
//! ```

use super::lexer::{Kind, Operator, Piece, Token, tokens};
use super::value::{self, Value};
use super::{Field, Filter, QueryError};
use crate::model::Catalogue;
use crate::words::Message;

/// Words that mean "and" where they stand alone.
pub(super) const AND: &[&str] = &["and", "且", "并且", "&", "&&"];
/// Words that mean "or" where they stand alone.
pub(super) const OR: &[&str] = &["or", "或", "或者", "|", "||"];
/// Words that mean "not" where they stand alone.
pub(super) const NOT: &[&str] = &["not", "非"];

/// Brackets in brackets; more than anybody types, and few enough for the stack.
const DEEPEST: usize = 50;

/// Reads a query text. An empty text is every household.
///
/// # Errors
/// Says which characters are wrong, why, and what would be right.
pub fn parse(text: &str, catalogue: &Catalogue) -> Result<Filter, QueryError> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        next: 0,
        end: text.chars().count(),
        catalogue,
    };
    if parser.tokens.is_empty() {
        return Ok(Filter::All);
    }
    let filter = parser.either(0)?;
    match parser.peek() {
        None => Ok(filter),
        Some(token) => Err(error_at(token, Message::new("query.unopened_bracket"))),
    }
}

fn error_at(token: &Token, message: Message) -> QueryError {
    QueryError {
        at_char: token.at,
        len_chars: token.len,
        message,
    }
}

struct Parser<'a> {
    tokens: Vec<Token>,
    next: usize,
    end: usize,
    catalogue: &'a Catalogue,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn operator_after(&self, tokens: usize) -> Option<Operator> {
        match self.tokens.get(self.next + tokens)?.kind {
            Kind::Operator(operator) => Some(operator),
            _ => None,
        }
    }

    /// Whether the next token is one of these words, and not the name of a field.
    fn is_keyword(&self, words: &[&str]) -> bool {
        let Some(Kind::Word(pieces)) = self.peek().map(|token| &token.kind) else {
            return false;
        };
        let [Piece::Bare(text)] = pieces.as_slice() else {
            return false;
        };
        words.iter().any(|word| word.eq_ignore_ascii_case(text)) && self.operator_after(1).is_none()
    }

    fn takes_keyword(&mut self, words: &[&str]) -> bool {
        let found = self.is_keyword(words);
        self.next += usize::from(found);
        found
    }

    fn missing(&self, message: Message) -> QueryError {
        match self.peek() {
            Some(token) => error_at(token, message),
            None => QueryError {
                at_char: self.end,
                len_chars: 0,
                message,
            },
        }
    }

    fn either(&mut self, depth: usize) -> Result<Filter, QueryError> {
        let mut parts = vec![self.both(depth)?];
        while self.takes_keyword(OR) {
            parts.push(self.both(depth)?);
        }
        Ok(Filter::or(parts))
    }

    fn both(&mut self, depth: usize) -> Result<Filter, QueryError> {
        let mut parts = vec![self.single(depth)?];
        loop {
            let joined = self.takes_keyword(AND);
            let over = match self.peek() {
                None => true,
                Some(token) => token.kind == Kind::Close || self.is_keyword(OR),
            };
            if over && !joined {
                return Ok(Filter::and(parts));
            }
            parts.push(self.single(depth)?);
        }
    }

    fn single(&mut self, depth: usize) -> Result<Filter, QueryError> {
        let mut negated = false;
        loop {
            if self.takes_keyword(NOT) {
                negated = !negated;
            } else if self.peek().is_some_and(|token| token.kind == Kind::Not) {
                self.next += 1;
                negated = !negated;
            } else {
                break;
            }
        }
        let filter = if self.peek().is_some_and(|token| token.kind == Kind::Open) {
            self.bracket(depth)?
        } else {
            self.condition()?
        };
        Ok(if negated { filter.negated() } else { filter })
    }

    fn bracket(&mut self, depth: usize) -> Result<Filter, QueryError> {
        let open = self.next;
        if depth >= DEEPEST {
            return Err(self.missing(Message::new("query.too_deep").arg("limit", DEEPEST)));
        }
        self.next += 1;
        let inner = self.either(depth + 1)?;
        if self.peek().is_some_and(|token| token.kind == Kind::Close) {
            self.next += 1;
            return Ok(inner);
        }
        let message = Message::new("query.unclosed_bracket");
        Err(match self.tokens.get(open) {
            Some(token) => error_at(token, message),
            None => self.missing(message),
        })
    }

    fn condition(&mut self) -> Result<Filter, QueryError> {
        if self.is_keyword(AND) || self.is_keyword(OR) {
            return Err(self.missing(Message::new("query.condition_missing")));
        }
        let Some(operator) = self.operator_after(1) else {
            let values = self.values(Message::new("query.condition_missing"))?;
            return Ok(value::anywhere(values));
        };
        let name = self.value(Message::new("query.condition_missing"))?;
        let typed = name.text();
        let Some(field) = Field::named(&typed) else {
            let message = match Field::name_near(&typed) {
                Some(near) => Message::new("query.unknown_field_near").arg("near", near),
                None => Message::new("query.unknown_field"),
            };
            return Err(name.error(message.arg("field", typed)));
        };
        let Some(sign) = self.peek().cloned() else {
            return Err(self.missing(Message::new("query.value_missing").arg("field", typed)));
        };
        if !value::allows(field, operator) {
            let message = Message::new("query.wrong_operator")
                .arg("field", typed)
                .arg("sign", operator.sign());
            return Err(error_at(&sign, message));
        }
        self.next += 1;
        let values = self.values(Message::new("query.value_missing").arg("field", &typed))?;
        value::condition(field, &typed, operator, &values, self.catalogue)
    }

    fn values(&mut self, missing: Message) -> Result<Vec<Value>, QueryError> {
        let mut values = vec![self.value(missing.clone())?];
        while self.peek().is_some_and(|token| token.kind == Kind::Comma) {
            self.next += 1;
            values.push(self.value(missing.clone())?);
        }
        Ok(values)
    }

    fn value(&mut self, missing: Message) -> Result<Value, QueryError> {
        let Some(Token {
            at,
            len,
            kind: Kind::Word(pieces),
        }) = self.peek()
        else {
            return Err(self.missing(missing));
        };
        let value = Value {
            at: *at,
            len: *len,
            pieces: pieces.clone(),
        };
        self.next += 1;
        Ok(value)
    }
}
