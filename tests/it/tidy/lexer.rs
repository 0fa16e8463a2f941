//! Rust as words, numbers, texts and marks: as much of the grammar as the rules need, so that a
//! comment or a text is never taken for code.

/// A piece of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a keyword.
    Word(String),
    /// A number as written.
    Number(String),
    /// A text literal of any form, without its quotes.
    Text(String),
    /// Any other character.
    Mark(char),
}

/// A piece of code with its place.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// The line, from 1.
    pub(super) line: usize,
    /// What it is.
    pub(super) kind: Kind,
}

/// A comment's line with its place.
#[derive(Debug, Clone)]
pub(super) struct Comment {
    /// The line, from 1.
    pub(super) line: usize,
    /// What it says, slashes and all.
    pub(super) text: String,
}

/// Splits a file into code and comments.
pub(super) fn split(text: &str) -> (Vec<Token>, Vec<Comment>) {
    let mut lexer = Lexer {
        chars: text.chars().collect(),
        at: 0,
        line: 1,
    };
    let (mut tokens, mut comments) = (Vec::new(), Vec::new());
    while let Some(next) = lexer.peek(0) {
        let line = lexer.line;
        match (next, lexer.peek(1)) {
            ('/', Some('/')) => comments.push(Comment {
                line,
                text: lexer.take_while(|c| c != '\n'),
            }),
            ('/', Some('*')) => {
                for (offset, text) in lexer.block_comment().lines().enumerate() {
                    comments.push(Comment {
                        line: line + offset,
                        text: text.to_owned(),
                    });
                }
            }
            _ if next.is_whitespace() => lexer.skip(1),
            _ => {
                if let Some(kind) = lexer.token(next) {
                    tokens.push(Token { line, kind });
                }
            }
        }
    }
    (tokens, comments)
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    line: usize,
}

impl Lexer {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn skip(&mut self, count: usize) {
        for _ in 0..count {
            if self.peek(0) == Some('\n') {
                self.line += 1;
            }
            self.at += 1;
        }
    }

    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> String {
        let mut out = String::new();
        while let Some(next) = self.peek(0).filter(|c| keep(*c)) {
            out.push(next);
            self.skip(1);
        }
        out
    }

    /// Block comments nest.
    fn block_comment(&mut self) -> String {
        let (mut out, mut depth) = (String::new(), 0);
        while let Some(next) = self.peek(0) {
            let step: i32 = match (next, self.peek(1)) {
                ('/', Some('*')) => 1,
                ('*', Some('/')) => -1,
                _ => 0,
            };
            depth += step;
            for _ in 0..=step.abs() {
                out.extend(self.peek(0));
                self.skip(1);
            }
            if depth == 0 {
                break;
            }
        }
        out
    }

    /// A lifetime gives nothing.
    fn token(&mut self, next: char) -> Option<Kind> {
        if next == '"' {
            self.skip(1);
            return Some(Kind::Text(self.text()));
        }
        if next == '\'' {
            return self.character();
        }
        if next.is_ascii_digit() {
            return Some(Kind::Number(
                self.take_while(|c| c.is_alphanumeric() || c == '_'),
            ));
        }
        if next.is_alphabetic() || next == '_' {
            let word = self.take_while(|c| c.is_alphanumeric() || c == '_');
            return Some(match (word.as_str(), self.peek(0)) {
                ("b" | "c", Some('"')) => {
                    self.skip(1);
                    Kind::Text(self.text())
                }
                ("r" | "br" | "cr", Some('"' | '#')) => self.raw_text(),
                _ => Kind::Word(word),
            });
        }
        self.skip(1);
        Some(Kind::Mark(next))
    }

    /// Behind the opening quote, to behind the closing one. Escapes stay as written, but for the
    /// line break that a backslash hides.
    fn text(&mut self) -> String {
        let mut out = String::new();
        while let Some(next) = self.peek(0) {
            self.skip(1);
            match next {
                '"' => break,
                '\\' if self.peek(0) == Some('\n') => {
                    self.take_while(char::is_whitespace);
                }
                '\\' => {
                    out.push(next);
                    out.extend(self.peek(0));
                    self.skip(1);
                }
                _ => out.push(next),
            }
        }
        out
    }

    /// Behind the `r`. A raw name (`r#type`) is a word.
    fn raw_text(&mut self) -> Kind {
        let hashes = self.take_while(|c| c == '#').len();
        if self.peek(0) != Some('"') {
            return Kind::Word(self.take_while(|c| c.is_alphanumeric() || c == '_'));
        }
        self.skip(1);
        let mut out = String::new();
        while let Some(next) = self.peek(0) {
            let closes = next == '"' && (1..=hashes).all(|ahead| self.peek(ahead) == Some('#'));
            if closes {
                self.skip(1 + hashes);
                break;
            }
            out.push(next);
            self.skip(1);
        }
        Kind::Text(out)
    }

    /// A character is a short text; a lifetime is nothing that a rule asks for.
    fn character(&mut self) -> Option<Kind> {
        if self.peek(1) != Some('\\') && self.peek(2) != Some('\'') {
            self.skip(1);
            self.take_while(|c| c.is_alphanumeric() || c == '_');
            return None;
        }
        self.skip(1);
        let mut out = String::new();
        while let Some(next) = self.peek(0) {
            self.skip(1);
            match next {
                '\'' => break,
                '\\' => {
                    out.push(next);
                    out.extend(self.peek(0));
                    self.skip(1);
                }
                _ => out.push(next),
            }
        }
        Some(Kind::Text(out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        split(text).0.into_iter().map(|token| token.kind).collect()
    }

    fn word(text: &str) -> Kind {
        Kind::Word(text.to_owned())
    }

    fn text(text: &str) -> Kind {
        Kind::Text(text.to_owned())
    }

    #[test]
    fn comments_and_texts_are_no_code() {
        let (tokens, comments) = split("a // b \"c\"\n/* d /* e */\nf */ \"// g\" h");
        assert_eq!(
            tokens.iter().map(|t| t.kind.clone()).collect::<Vec<_>>(),
            [word("a"), text("// g"), word("h")]
        );
        assert_eq!(tokens.iter().map(|t| t.line).collect::<Vec<_>>(), [1, 3, 3]);
        let comments: Vec<_> = comments.iter().map(|c| (c.line, c.text.as_str())).collect();
        assert_eq!(
            comments,
            [(1, "// b \"c\""), (2, "/* d /* e */"), (3, "f */")]
        );
    }

    #[test]
    fn texts_of_every_form_end_where_they_end() {
        assert_eq!(kinds(r#" "a\"b" c "#), [text(r#"a\"b"#), word("c")]);
        assert_eq!(kinds("r#\"a\"b\"# c"), [text("a\"b"), word("c")]);
        assert_eq!(
            kinds("b\"a\" br\"\\\" c"),
            [text("a"), text("\\"), word("c")]
        );
        assert_eq!(kinds("\"a \\\n   b\""), [text("a b")]);
        assert_eq!(kinds("r#type"), [word("type")]);
    }

    #[test]
    fn characters_are_not_lifetimes() {
        assert_eq!(
            kinds(r"'a' '\'' '\u{e0}' x"),
            [text("a"), text(r"\'"), text(r"\u{e0}"), word("x")]
        );
        assert_eq!(
            kinds("<'a> '\"'"),
            [Kind::Mark('<'), Kind::Mark('>'), text("\"")]
        );
    }
}
