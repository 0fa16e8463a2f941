//! Filter → canonical query text, in either language: what `parse` reads back as the same filter.

use super::lexer::{ends_word, is_not, is_quote, is_wildcard};
use super::parse::{AND, NOT, OR};
use super::value::{
    ANY, EVER, KNOWN, NEVER, NO, NONE, OUTSIDE_AREAS, OUTSIDE_DECLARED, OVERDUE, UNKNOWN, YES,
    find_term, terms,
};
use super::{
    Comparison, Condition, DueValue, Field, Filter, FlagValue, Moment, NumberTest, NumberValue,
    Outside, Pattern, TermField, TermValue, TextValue, VisitTest, VisitValue,
};
use crate::model::Catalogue;
use crate::words::Lang;

/// What a place in the tree asks for: how tightly its text must hold together.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Hold {
    Either,
    Both,
    Single,
}

impl Filter {
    /// The canonical text. Terms go by their name in the language where the catalogue finds them by it.
    pub fn to_text(&self, lang: Lang, catalogue: &Catalogue) -> String {
        match self {
            Self::All => String::new(),
            filter => Printer { lang, catalogue }.filter(filter, Hold::Either),
        }
    }
}

struct Printer<'a> {
    lang: Lang,
    catalogue: &'a Catalogue,
}

impl Printer<'_> {
    fn filter(&self, filter: &Filter, wanted: Hold) -> String {
        let join = |parts: &[Filter], hold, sign: &str| {
            let texts: Vec<String> = parts.iter().map(|part| self.filter(part, hold)).collect();
            texts.join(sign)
        };
        let (held, text) = match filter {
            Filter::All => (Hold::Single, "*".to_owned()),
            Filter::And(parts) => (Hold::Both, join(parts, Hold::Single, " ")),
            Filter::Or(parts) => {
                let sign = self.lang.pick(" 或 ", " or ");
                (Hold::Either, join(parts, Hold::Both, sign))
            }
            Filter::Not(inner) => {
                let text = format!("-{}", self.filter(inner, Hold::Single));
                (Hold::Single, text)
            }
            Filter::Where(condition) => (Hold::Single, self.condition(condition)),
        };
        if held < wanted {
            format!("({text})")
        } else {
            text
        }
    }

    fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::Terms(field, values) => {
                self.listed(Field::Terms(*field), ":", values, |value| {
                    self.term(*field, value)
                })
            }
            Condition::Number(field, test) => self.number_test(Field::Number(*field), test),
            Condition::Flag(field, values) => {
                self.listed(Field::Flag(*field), ":", values, |value| {
                    let words = match value {
                        FlagValue::Yes => YES,
                        FlagValue::No => NO,
                        FlagValue::Unknown => UNKNOWN,
                    };
                    self.word(words).to_owned()
                })
            }
            Condition::Due(values) => self.listed(Field::Due, ":", values, |value| {
                match value {
                    DueValue::Any => self.word(ANY),
                    DueValue::None => self.word(NONE),
                    DueValue::Overdue => self.word(OVERDUE),
                    DueValue::Kind(kind) => self.lang.pick(kind.zh(), kind.code()),
                }
                .to_owned()
            }),
            Condition::Visited(VisitTest::Compare(comparison, bound)) => {
                let sign = sign(*comparison);
                format!("{}{sign}{}", self.name(Field::Visited), self.moment(*bound))
            }
            Condition::Visited(VisitTest::OneOf(values)) => {
                self.listed(Field::Visited, ":", values, |value| self.visit(value))
            }
            Condition::Place(field, values) => {
                self.listed(Field::Place(*field), ":", values, |value| self.text(value))
            }
            Condition::Outside(values) => self.listed(Field::Outside, ":", values, |value| {
                let words = match value {
                    Outside::Areas => OUTSIDE_AREAS,
                    Outside::Declared => OUTSIDE_DECLARED,
                };
                self.word(words).to_owned()
            }),
            Condition::Text {
                field,
                whole,
                values,
            } => {
                let sign = if *whole { "=" } else { ":" };
                self.listed(Field::Text(*field), sign, values, |value| self.text(value))
            }
            Condition::Anywhere(patterns) => {
                let texts: Vec<String> = patterns.iter().map(pattern).collect();
                texts.join(",")
            }
        }
    }

    fn name(&self, field: Field) -> &'static str {
        self.lang.pick(field.zh(), field.code())
    }

    /// The word lists of values begin with the English word, then the Chinese one.
    fn word(&self, words: &[&'static str]) -> &'static str {
        let place = match self.lang {
            Lang::En => 0,
            Lang::Zh => 1,
        };
        words.get(place).copied().unwrap_or_default()
    }

    fn listed<T>(
        &self,
        field: Field,
        sign: &str,
        values: &[T],
        text: impl Fn(&T) -> String,
    ) -> String {
        let texts: Vec<String> = values.iter().map(text).collect();
        format!("{}{sign}{}", self.name(field), texts.join(","))
    }

    fn term(&self, field: TermField, value: &TermValue) -> String {
        let code = match value {
            TermValue::Any => return self.word(ANY).to_owned(),
            TermValue::None => return self.word(NONE).to_owned(),
            TermValue::Code(code) => code,
        };
        let terms = terms(field, self.catalogue);
        let name = match self.lang {
            Lang::En => None,
            Lang::Zh => find_term(terms, code)
                .map(|term| term.name(self.lang))
                .filter(|name| find_term(terms, name).is_some_and(|term| term.code == *code)),
        };
        quoted_where_needed(name.unwrap_or(code))
    }

    fn number_test(&self, field: Field, test: &NumberTest) -> String {
        let value = |value: &NumberValue| match value {
            NumberValue::Known => self.word(KNOWN).to_owned(),
            NumberValue::Unknown => self.word(UNKNOWN).to_owned(),
            NumberValue::Span(low, high) if low == high => low.to_string(),
            NumberValue::Span(low, high) => format!("{low}..{high}"),
        };
        match test {
            NumberTest::Compare(comparison, bound) => {
                format!("{}{}{bound}", self.name(field), sign(*comparison))
            }
            NumberTest::OneOf(values) => self.listed(field, ":", values, value),
            NumberTest::NoneOf(values) => self.listed(field, "!=", values, value),
        }
    }

    fn moment(&self, moment: Moment) -> String {
        match moment {
            Moment::Day(day) => day.to_string(),
            Moment::DaysAgo(days) => format!("{days}{}", self.lang.pick("天", "d")),
        }
    }

    fn visit(&self, value: &VisitValue) -> String {
        match value {
            VisitValue::Never => self.word(NEVER).to_owned(),
            VisitValue::Ever => self.word(EVER).to_owned(),
            VisitValue::Span(Moment::Day(first), Moment::Day(last)) if first == last => {
                first.to_string()
            }
            VisitValue::Span(first, last) => {
                format!("{}..{}", self.moment(*first), self.moment(*last))
            }
        }
    }

    fn text(&self, value: &TextValue) -> String {
        match value {
            TextValue::Any => self.word(ANY).to_owned(),
            TextValue::None => self.word(NONE).to_owned(),
            TextValue::Like(like) => pattern(like),
        }
    }
}

/// How a comparison is written.
pub(super) fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::AtLeast => ">=",
        Comparison::More => ">",
    }
}

fn pattern(pattern: &Pattern) -> String {
    match pattern.parts() {
        [only] => quoted_where_needed(only),
        parts => {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| match part.as_str() {
                    "" => String::new(),
                    part => quoted_where_needed(part),
                })
                .collect();
            parts.join("*")
        }
    }
}

fn quoted_where_needed(text: &str) -> String {
    let reserved = [AND, OR, NOT, ANY, NONE]
        .iter()
        .any(|words| words.iter().any(|word| word.eq_ignore_ascii_case(text)));
    // A hyphen inside a word is harmless, a "!" may become "!=".
    let bare = !reserved
        && !text.is_empty()
        && !text.starts_with(is_not)
        && !text.contains(|char| {
            ends_word(char)
                || is_wildcard(char)
                || (is_not(char) && !matches!(char, '-' | '－' | '−'))
        });
    if bare {
        return text.to_owned();
    }
    let mut out = String::from('"');
    for char in text.chars() {
        if is_quote(char) || char == '\\' {
            out.push('\\');
        }
        out.push(char);
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::super::samples::{catalogue, filter};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_languages_have_a_canonical_text() {
        let catalogue = catalogue();
        for (typed, en, zh) in [
            (" ", "", ""),
            ("*", "", ""),
            (
                "Need:护理 and not 享受项目:低保 老人>=1",
                "need:care -programme:dibao elderly>=1",
                "需求:照料 -项目:最低生活保障 老年人数>=1",
            ),
            ("(a or b) c or d", "(a or b) c or d", "(a 或 b) c 或 d"),
            (
                "visited<30天 走访:从未,2026/10/1",
                "visited<30d visited:never,2026-10-01",
                "走访<30天 走访:从未,2026-10-01",
            ),
            ("name!=张三", "-name=张三", "-姓名=张三"),
            // The Chinese name of this need is a name of another: the code it is.
            ("need:\"none\"", "need:\"none\"", "需求:\"none\""),
            ("need:none", "need:none", "需求:无"),
            (
                "programme:\"爱心 (卡)\" \"and\" a\"*\"b*",
                "programme:\"爱心 (卡)\" \"and\" \"a*b\"*",
                "项目:\"爱心 (卡)\" \"and\" \"a*b\"*",
            ),
        ] {
            let filter = parse(typed, &catalogue).unwrap();
            assert_eq!(filter.to_text(Lang::En, &catalogue), en, "{typed}");
            assert_eq!(filter.to_text(Lang::Zh, &catalogue), zh, "{typed}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn what_is_printed_is_read_back(filter in filter()) {
            let catalogue = catalogue();
            for lang in Lang::ALL {
                let text = filter.to_text(lang, &catalogue);
                prop_assert_eq!(parse(&text, &catalogue), Ok(filter.clone()), "{}", text);
            }
        }
    }
}
