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
            let values = self.values(&Message::new("query.condition_missing"))?;
            return Ok(value::anywhere(values));
        };
        let name = self.value(&Message::new("query.condition_missing"))?;
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
        let values = self.values(&Message::new("query.value_missing").arg("field", &typed))?;
        value::condition(field, &typed, operator, &values, self.catalogue)
    }

    fn values(&mut self, missing: &Message) -> Result<Vec<Value>, QueryError> {
        let mut values = vec![self.value(missing)?];
        while self.peek().is_some_and(|token| token.kind == Kind::Comma) {
            self.next += 1;
            values.push(self.value(missing)?);
        }
        Ok(values)
    }

    fn value(&mut self, missing: &Message) -> Result<Value, QueryError> {
        let Some(Token {
            at,
            len,
            kind: Kind::Word(pieces),
        }) = self.peek()
        else {
            return Err(self.missing(missing.clone()));
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

#[cfg(test)]
mod tests {
    use super::super::samples::catalogue;
    use super::*;
    use crate::words::Lang;
    use proptest::prelude::*;

    /// The canonical English text of what is read.
    fn read(text: &str) -> String {
        let catalogue = catalogue();
        parse(text, &catalogue)
            .unwrap_or_else(|error| panic!("{text}: {error}"))
            .to_text(Lang::En, &catalogue)
    }

    #[test]
    fn everybody_may_write_as_they_are_used_to() {
        for (typed, meant) in [
            // The example of the papers.
            (
                "need:care -programme:dibao elderly>=1 living_alone:yes grid:330282001* visited<2026-10-01 gap:any",
                "need:care -programme:dibao elderly>=1 living_alone:yes grid:330282001* visited<2026-10-01 gap:any",
            ),
            (
                "需求:护理 -享受项目:低保 老年人数>=1 独居:是 网格:330282001* 走访<2026年10月1日 缺口:有",
                "need:care -programme:dibao elderly>=1 living_alone:yes grid:330282001* visited<2026-10-01 gap:any",
            ),
            (
                "（需求：护理，医疗　且　老年人数＞＝１）或　非　独居：是",
                "need:care,medical elderly>=1 or -living_alone:yes",
            ),
            ("需求：护理、医疗、护理", "need:care,medical"),
            ("NEED:Care AND Elderly > 1", "need:care elderly>1"),
            ("need : care , medical", "need:care,medical"),
            ("a or b c", "a or b c"),
            ("(a or b) c", "(a or b) c"),
            ("not (a b)", "-(a b)"),
            ("not not a", "a"),
            ("!a -b", "-a -b"),
            ("((a))", "a"),
            (
                "elderly≥1 elderly≤2 elderly≠3",
                "elderly>=1 elderly<=2 elderly!=3",
            ),
            (
                "members:2..4,7 人口数:2～4人",
                "members:2..4,7 members:2..4",
            ),
            ("members=2 members==2", "members:2 members:2"),
            ("income<1000.5元 income>-1", "income<1000.5 income>-1"),
            (
                "living_alone:no,unknown 独居:未知",
                "living_alone:no,unknown living_alone:unknown",
            ),
            (
                "visited:never visited<30d 走访>=30天 走访<30天前",
                "visited:never visited<30d visited>=30d visited<30d",
            ),
            (
                "visited:2026-10-01..2026.10.31",
                "visited:2026-10-01..2026-10-31",
            ),
            (
                "outside:areas,declared 不在:区划",
                "outside:areas,declared outside:areas",
            ),
            (
                "姓名:张* name=\"张 三\" 地址:青竹路",
                "name:张* name=\"张 三\" address:青竹路",
            ),
            ("张三 “青竹路 1号”", "张三 \"青竹路 1号\""),
            ("grid!=G1", "-grid:G1"),
            ("name:or need:无", "name:\"or\" need:none"),
            ("", ""),
        ] {
            assert_eq!(read(typed), meant, "{typed}");
        }
    }

    #[test]
    fn errors_say_where_and_what() {
        let catalogue = catalogue();
        for (typed, at, len, key, says) in [
            (
                "need:care neeed:care",
                10,
                5,
                "query.unknown_field_near",
                "\"need\"",
            ),
            ("走防<30天", 0, 2, "query.unknown_field_near", "\"走访\""),
            ("银行:1", 0, 2, "query.unknown_field", "\"银行\""),
            ("需求:护里", 3, 2, "query.unknown_need_near", "护理"),
            (
                "need:care,medicla",
                10,
                7,
                "query.unknown_need_near",
                "medical",
            ),
            ("need:zzz", 5, 3, "query.unknown_need", "\"zzz\""),
            (
                "programme:低边家庭",
                10,
                4,
                "query.unknown_programme_near",
                "低保边缘家庭",
            ),
            ("gap:zzzz", 4, 4, "query.unknown_programme", "zzzz"),
            ("elderly>=一", 9, 1, "query.bad_number", "elderly"),
            ("elderly>1e5", 8, 3, "query.bad_number", "elderly"),
            ("elderly:inf", 8, 3, "query.bad_number", "elderly"),
            ("elderly:1..", 8, 3, "query.bad_number", "elderly"),
            ("elderly>1,2", 10, 1, "query.one_value", ">"),
            ("elderly:4..2", 8, 4, "query.backward_range", ""),
            ("visited<2026-13-01", 8, 10, "query.bad_day", "visited"),
            ("visited<30", 8, 2, "query.bad_day", "30d"),
            ("visited<100000d", 8, 7, "query.bad_day", "30d"),
            ("visited:30d", 8, 3, "query.which_days", "visited<30d"),
            ("走访:7天..30天", 3, 7, "query.backward_range", ""),
            ("独居:也许", 3, 2, "query.bad_flag_or_unknown", "独居"),
            ("located:unknown", 8, 7, "query.bad_flag", "located"),
            ("outside:grid", 8, 4, "query.bad_outside", ""),
            ("need>care", 4, 1, "query.wrong_operator", ">"),
            ("姓名<张", 2, 1, "query.wrong_operator", "<"),
            ("a \"b", 2, 2, "query.unclosed_quote", ""),
            ("a (b or (c)", 2, 1, "query.unclosed_bracket", ""),
            ("a) b", 1, 1, "query.unopened_bracket", ""),
            ("()", 1, 1, "query.condition_missing", ""),
            ("a or", 4, 0, "query.condition_missing", ""),
            ("and a", 0, 3, "query.condition_missing", ""),
            ("a and or b", 6, 2, "query.condition_missing", ""),
            ("-", 1, 0, "query.condition_missing", ""),
            (":a", 0, 1, "query.condition_missing", ""),
            ("a:b:c", 0, 1, "query.unknown_field", "\"a\""),
            ("name:a:c", 6, 1, "query.condition_missing", ""),
            ("need:", 5, 0, "query.value_missing", "need"),
            ("need:care,", 10, 0, "query.value_missing", "need"),
            ("need:(a)", 5, 1, "query.value_missing", "need"),
        ] {
            let error = parse(typed, &catalogue).expect_err(typed);
            let found = (error.at_char, error.len_chars, error.message.key());
            assert_eq!(found, (at, len, key), "{typed}");
            for lang in Lang::ALL {
                assert!(lang.knows(key), "{key}");
                let text = error.message.text(lang);
                assert!(!text.contains(['{', '}']), "{text}");
                assert!(lang == Lang::Zh || text.contains(says), "{typed}: {text}");
            }
        }
    }

    #[test]
    fn deep_texts_are_refused_and_not_fatal() {
        let nested = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
        assert!(parse(&nested(DEEPEST), &catalogue()).is_ok());
        let error = parse(&nested(100_000), &catalogue()).unwrap_err();
        assert_eq!(error.message.key(), "query.too_deep");
        assert_eq!(error.at_char, DEEPEST);
        assert_eq!(read(&format!("{}a", "-".repeat(100_001))), "-a");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]

        #[test]
        fn no_text_is_fatal_and_what_is_read_can_be_written(parts in prop::collection::vec(
            prop_oneof![
                proptest::sample::select(&[
                    "need", "需求", "elderly", "visited", "name", "grid", "独居", ":", "=", ">=", "<",
                    "!=", "：", ",", "、", "(", "）", "-", "!", "\"", "“", "\\", "*", " ", "　", "or", "且",
                    "not", "any", "护理", "care", "1", "..", "30d", "2026-10-01", "是", "张",
                ][..]).prop_map(str::to_owned),
                "\\PC{0,3}",
            ],
            0..14,
        )) {
            let catalogue = catalogue();
            let text = parts.concat();
            match parse(&text, &catalogue) {
                Ok(filter) => for lang in Lang::ALL {
                    let again = filter.to_text(lang, &catalogue);
                    prop_assert_eq!(parse(&again, &catalogue), Ok(filter.clone()), "{}", again);
                },
                Err(error) => {
                    prop_assert!(error.at_char + error.len_chars <= text.chars().count());
                }
            }
        }
    }
}
