//! Query text → words, operators and brackets. Full-width punctuation is as good as ASCII.

use super::QueryError;
use crate::words::Message;

/// How a field stands to its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    /// `:`
    Is,
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
    /// `>`
    More,
}

impl Operator {
    /// As it is written.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Is => ":",
            Self::Equal => "=",
            Self::Unequal => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
            Self::More => ">",
        }
    }
}

/// A stretch of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Without quotes: may be a keyword, `*` is a wildcard.
    Bare(String),
    /// In quotes: stands for itself.
    Quoted(String),
}

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A field, a value, or text to look for.
    Word(Vec<Piece>),
    /// Between a field and its values.
    Operator(Operator),
    /// Between two values.
    Comma,
    /// `(`
    Open,
    /// `)`
    Close,
    /// A leading `-` or `!`.
    Not,
}

/// A token and its place in the text, in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) at: usize,
    pub(super) len: usize,
    pub(super) kind: Kind,
}

/// Full-width signs as their ASCII ones.
fn narrow(char: char) -> char {
    match char {
        '：' => ':',
        '＝' => '=',
        '＜' => '<',
        '＞' => '>',
        '！' => '!',
        '（' => '(',
        '）' => ')',
        '，' | '、' => ',',
        '－' | '−' => '-',
        '＊' => '*',
        '“' | '”' | '＂' | '「' | '」' => '"',
        char => char,
    }
}

/// Whether a word without quotes ends before this character.
pub(super) fn ends_word(char: char) -> bool {
    char.is_whitespace()
        || matches!(
            narrow(char),
            ':' | '=' | '<' | '>' | '(' | ')' | ',' | '"' | '≤' | '≥' | '≠'
        )
}

/// Whether a word in quotes ends at this character.
pub(super) fn is_quote(char: char) -> bool {
    narrow(char) == '"'
}

/// Whether a word that begins so is taken for a "not".
pub(super) fn is_not(char: char) -> bool {
    matches!(narrow(char), '-' | '!')
}

/// Whether this character is a wildcard where it is not in quotes.
pub(super) fn is_wildcard(char: char) -> bool {
    narrow(char) == '*'
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
}

impl Lexer {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied().map(narrow)
    }

    /// The operator here, and its length.
    fn operator(&self) -> Option<(Operator, usize)> {
        let found = match (self.peek(0)?, self.peek(1)) {
            (':', _) => (Operator::Is, 1),
            ('=', Some('=')) => (Operator::Equal, 2),
            ('=', _) => (Operator::Equal, 1),
            ('!', Some('=')) | ('<', Some('>')) => (Operator::Unequal, 2),
            ('≠', _) => (Operator::Unequal, 1),
            ('<', Some('=')) => (Operator::AtMost, 2),
            ('≤', _) => (Operator::AtMost, 1),
            ('<', _) => (Operator::Less, 1),
            ('>', Some('=')) => (Operator::AtLeast, 2),
            ('≥', _) => (Operator::AtLeast, 1),
            ('>', _) => (Operator::More, 1),
            _ => return None,
        };
        Some(found)
    }

    /// A word: stretches with and without quotes that nothing separates.
    fn word(&mut self) -> Result<Kind, QueryError> {
        let mut pieces = Vec::new();
        let mut bare = String::new();
        while let Some(char) = self.peek(0) {
            if char == '"' {
                if !bare.is_empty() {
                    pieces.push(Piece::Bare(std::mem::take(&mut bare)));
                }
                pieces.push(Piece::Quoted(self.quoted()?));
                continue;
            }
            if ends_word(char) || self.operator().is_some() {
                break;
            }
            // The character as typed, but for the wildcard, which has one form.
            bare.extend(if char == '*' {
                Some('*')
            } else {
                self.chars.get(self.at).copied()
            });
            self.at += 1;
        }
        if !bare.is_empty() {
            pieces.push(Piece::Bare(bare));
        }
        Ok(Kind::Word(pieces))
    }

    /// The text in quotes that begin here. A backslash takes the next character as it is.
    fn quoted(&mut self) -> Result<String, QueryError> {
        let start = self.at;
        let mut text = String::new();
        self.at += 1;
        while let Some(char) = self.chars.get(self.at).copied() {
            self.at += 1;
            match char {
                '\\' => {
                    text.extend(self.chars.get(self.at).copied());
                    self.at += 1;
                }
                char if is_quote(char) => return Ok(text),
                char => text.push(char),
            }
        }
        Err(QueryError {
            at_char: start,
            len_chars: self.chars.len() - start,
            message: Message::new("query.unclosed_quote"),
        })
    }
}

/// Splits a text. Only an unclosed quote is an error here.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, QueryError> {
    let mut lexer = Lexer {
        chars: text.chars().collect(),
        at: 0,
    };
    let mut tokens: Vec<Token> = Vec::new();
    while let Some(char) = lexer.peek(0) {
        if char.is_whitespace() {
            lexer.at += 1;
            continue;
        }
        let at = lexer.at;
        // A value may begin with a minus: `income>-1`.
        let wants_value = tokens
            .last()
            .is_some_and(|token| matches!(token.kind, Kind::Operator(_) | Kind::Comma));
        let kind = if let Some((operator, len)) = lexer.operator() {
            lexer.at += len;
            Kind::Operator(operator)
        } else if let Some(sign) = match char {
            ',' => Some(Kind::Comma),
            '(' => Some(Kind::Open),
            ')' => Some(Kind::Close),
            '-' | '!' if !wants_value => Some(Kind::Not),
            _ => None,
        } {
            lexer.at += 1;
            sign
        } else {
            lexer.word()?
        };
        tokens.push(Token {
            at,
            len: lexer.at.min(lexer.chars.len()) - at,
            kind,
        });
    }
    Ok(tokens)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(text: &str) -> Kind {
        Kind::Word(vec![Piece::Bare(text.to_owned())])
    }

    fn kinds(text: &str) -> Vec<Kind> {
        tokens(text)
            .unwrap()
            .into_iter()
            .map(|token| token.kind)
            .collect()
    }

    #[test]
    fn full_width_signs_are_as_good() {
        assert_eq!(
            kinds("（-需求：护理，医疗 、x　or 老年人数＞＝1）"),
            kinds("(-需求:护理,医疗 ,x or 老年人数>=1)")
        );
        assert_eq!(kinds("！a≥1 b≤2 c≠3"), kinds("!a>=1 b<=2 c!=3"));
        assert_eq!(kinds("“a b”"), kinds("\"a b\""));
    }

    #[test]
    fn a_minus_is_not_before_a_condition_and_a_sign_before_a_value() {
        assert_eq!(kinds("-a"), [Kind::Not, bare("a")]);
        assert_eq!(
            kinds("a>-1,-2"),
            [
                bare("a"),
                Kind::Operator(Operator::More),
                bare("-1"),
                Kind::Comma,
                bare("-2")
            ]
        );
        assert_eq!(kinds("2026-10-01"), [bare("2026-10-01")]);
    }

    #[test]
    fn quotes_keep_everything_and_join_what_touches_them() {
        assert_eq!(
            kinds(r#"a"b \" (c"*d "e""#),
            [
                Kind::Word(vec![
                    Piece::Bare("a".to_owned()),
                    Piece::Quoted("b \" (c".to_owned()),
                    Piece::Bare("*d".to_owned()),
                ]),
                Kind::Word(vec![Piece::Quoted("e".to_owned())]),
            ]
        );
    }

    #[test]
    fn places_count_characters() {
        let places: Vec<_> = tokens("需求:护理 \"x y\"")
            .unwrap()
            .iter()
            .map(|token| (token.at, token.len))
            .collect();
        assert_eq!(places, [(0, 2), (2, 1), (3, 2), (6, 5)]);
        let error = tokens("需求 \"护理").unwrap_err();
        assert_eq!((error.at_char, error.len_chars), (3, 3));
        assert_eq!(tokens("\"a\\").unwrap_err().at_char, 0);
    }
}
