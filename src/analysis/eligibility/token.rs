//! Rule text → words, numbers, signs. Full-width signs are as good as ASCII.

use super::mistake::RuleMistake;
use crate::words::Message;

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// A word, in lower case.
    Word(String),
    Number(f64),
    /// A text in quotes.
    Text(String),
    /// A bracket, comma, comparison or operator in its ASCII form.
    Sign(&'static str),
}

/// A token and its place in the text, in characters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
}

const SIGNS: [&str; 20] = [
    "<=", ">=", "==", "!=", "<>", "&&", "||", "<", ">", "=", "+", "-", "*", "/", "(", ")", ",",
    "!", "&", "|",
];

/// Units that may stand behind a number, and say nothing more.
const UNITS: [&str; 12] = [
    "周岁", "个月", "岁", "元", "天", "日", "人", "月", "级", "名", "户", "倍",
];

/// A sign in its ASCII form.
fn narrow(char: char) -> char {
    match char {
        '，' | '、' => ',',
        '“' | '”' | '「' | '」' => '"',
        '×' => '*',
        '÷' => '/',
        '−' | '—' => '-',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(char as u32 - 0xfee0).unwrap_or(char),
        char => char,
    }
}

fn is_word(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '_' | '·' | '.')
}

struct Lexer<'a> {
    chars: Vec<char>,
    /// Whether the language knows a word.
    is_known: &'a dyn Fn(&str) -> bool,
    tokens: Vec<Token>,
}

/// Splits a text.
///
/// # Errors
/// An unclosed quote, or a sign that is none of the language's.
pub(super) fn tokens(
    text: &str,
    is_known: &dyn Fn(&str) -> bool,
) -> Result<Vec<Token>, RuleMistake> {
    let mut lexer = Lexer {
        chars: text.chars().map(narrow).collect(),
        is_known,
        tokens: Vec::new(),
    };
    let mut at = 0;
    while let Some(char) = lexer.chars.get(at).copied() {
        at = match char {
            _ if char.is_whitespace() => at + 1,
            '"' => lexer.text(at)?,
            '≤' => lexer.push(at, at + 1, Kind::Sign("<=")),
            '≥' => lexer.push(at, at + 1, Kind::Sign(">=")),
            '≠' => lexer.push(at, at + 1, Kind::Sign("!=")),
            _ if char.is_ascii_digit() => lexer.number(at),
            _ if is_word(char) => lexer.word(at),
            _ => lexer.sign(at)?,
        };
    }
    Ok(lexer.tokens)
}

impl Lexer<'_> {
    fn push(&mut self, start: usize, end: usize, kind: Kind) -> usize {
        self.tokens.push(Token { start, end, kind });
        end
    }

    fn slice(&self, start: usize, end: usize) -> String {
        self.chars
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .flat_map(|char| char.to_lowercase())
            .collect()
    }

    fn text(&mut self, start: usize) -> Result<usize, RuleMistake> {
        let inside = self.chars.get(start + 1..).unwrap_or_default();
        let Some(length) = inside.iter().position(|char| *char == '"') else {
            return Err(RuleMistake::at(
                start,
                self.chars.len(),
                Message::new("rules.unclosed_quote"),
            ));
        };
        let text = inside.iter().take(length).collect();
        Ok(self.push(start, start + length + 2, Kind::Text(text)))
    }

    fn run(&self, start: usize, goes_on: impl Fn(char) -> bool) -> usize {
        let rest = self.chars.get(start..).unwrap_or_default();
        start + rest.iter().take_while(|char| goes_on(**char)).count()
    }

    fn number(&mut self, start: usize) -> usize {
        let end = self.run(start, |char| char.is_ascii_digit() || char == '.');
        let joined = self.run(start, |char| is_word(char) && char.is_ascii());
        let number = self.slice(start, end).parse::<f64>();
        let (true, Ok(number)) = (joined == end, number) else {
            // A code such as 330282G01, or two points: a word, and nobody knows it.
            let end = joined.max(end);
            let word = self.slice(start, end);
            return self.push(start, end, Kind::Word(word));
        };
        let behind = self.slice(end, self.run(end, is_word));
        let unit = UNITS.iter().find(|unit| behind.starts_with(**unit));
        let end_of_unit = end + unit.map_or(0, |unit| unit.chars().count());
        self.push(start, end, Kind::Number(number));
        end_of_unit
    }

    /// A word. Chinese words that nothing separates are told apart where the language knows them.
    fn word(&mut self, start: usize) -> usize {
        let end = self.run(start, is_word);
        let whole = self.slice(start, end);
        if whole.is_ascii() || (self.is_known)(&whole) {
            return self.push(start, end, Kind::Word(whole));
        }
        let mut ends = Vec::new();
        let mut at = start;
        while at < end {
            let known = (at + 1..=end.min(at + LONGEST_WORD))
                .rev()
                .find(|end| (self.is_known)(&self.slice(at, *end)));
            let digits = self.run(at, |char| char.is_ascii_digit());
            match known {
                Some(known) => ends.push(known),
                // A number between words: 年龄大于80且….
                None if digits > at && at > start => break,
                None => return self.push(start, end, Kind::Word(whole)),
            }
            at = ends.last().copied().unwrap_or(end);
        }
        let mut from = start;
        for end in ends {
            let word = self.slice(from, end);
            from = self.push(from, end, Kind::Word(word));
        }
        from
    }

    fn sign(&mut self, start: usize) -> Result<usize, RuleMistake> {
        let next: String = self.chars.iter().skip(start).take(2).collect();
        if let Some(sign) = SIGNS.into_iter().find(|sign| next.starts_with(sign)) {
            return Ok(self.push(start, start + sign.len(), Kind::Sign(sign)));
        }
        let sign = next.chars().take(1).collect::<String>();
        let message = Message::new("rules.strange_sign").arg("sign", sign);
        Err(RuleMistake::at(start, start + 1, message))
    }
}

/// No word of the language is longer; a rule of one long word is not searched for ever.
const LONGEST_WORD: usize = 24;

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        let known = ["年龄", "且", "残疾等级", "有成员", "大于", "低保标准"];
        tokens(text, &|word| known.contains(&word))
            .unwrap()
            .into_iter()
            .map(|token| token.kind)
            .collect()
    }

    fn word(text: &str) -> Kind {
        Kind::Word(text.to_owned())
    }

    #[test]
    fn full_width_signs_and_units_are_as_good() {
        assert_eq!(
            kinds("（年龄　≥ ８０岁，“甲 乙”）"),
            kinds("(年龄 >= 80, \"甲 乙\")")
        );
        assert_eq!(kinds("Age<=1.5×x"), kinds("age <= 1.5 * x"));
        assert_eq!(kinds("80周岁"), [Kind::Number(80.0)]);
        assert_eq!(kinds("330282G01"), [word("330282g01")]);
        assert_eq!(kinds("330282*"), [Kind::Number(330_282.0), Kind::Sign("*")]);
    }

    #[test]
    fn chinese_words_need_no_space() {
        assert_eq!(
            kinds("年龄>=80岁且残疾等级<低保标准"),
            kinds("年龄 >= 80 且 残疾等级 < 低保标准")
        );
        assert_eq!(kinds("且有成员(年龄"), kinds("且 有成员 ( 年龄"));
        assert_eq!(kinds("年龄大于80且年龄"), kinds("年龄 大于 80 且 年龄"));
        assert_eq!(kinds("年龄段"), [word("年龄段")]);
    }

    #[test]
    fn places_count_characters() {
        let places: Vec<_> = tokens("年龄 >= 80岁", &|_| true)
            .unwrap()
            .iter()
            .map(|token| (token.start, token.end))
            .collect();
        assert_eq!(places, [(0, 2), (3, 5), (6, 8)]);
        let mistake = tokens("a \"b", &|_| true).unwrap_err();
        assert_eq!((mistake.start, mistake.end), (2, 4));
        let mistake = tokens("a ; b", &|_| true).unwrap_err();
        assert_eq!(
            (mistake.start, mistake.message.key()),
            (2, "rules.strange_sign")
        );
        assert!(tokens(&"好".repeat(5_000), &|_| false).is_ok());
        assert_eq!(tokens(".好9", &|_| false).unwrap().len(), 1);
    }
}
