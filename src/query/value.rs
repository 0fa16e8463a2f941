//! The values of a condition: which each field takes, and what is said of those that it does not.

use super::lexer::{Operator, Piece};
use super::nearest::unlikeness;
use super::{
    Comparison, Condition, DueValue, Field, Filter, FlagField, FlagValue, Moment, NumberTest,
    NumberValue, Outside, Pattern, QueryError, TermField, TermValue, TextValue, VisitTest,
    VisitValue,
};
use crate::model::{Catalogue, ClockKind, Date, Term};
use crate::words::Message;

/// Something is there.
pub(super) const ANY: &[&str] = &["any", "有", "任一", "任意"];
/// Nothing is there.
pub(super) const NONE: &[&str] = &["none", "无", "没有"];
/// Yes.
pub(super) const YES: &[&str] = &["yes", "是", "有", "y", "true", "1"];
/// No.
pub(super) const NO: &[&str] = &["no", "否", "无", "n", "false", "0"];
/// The value is known.
pub(super) const KNOWN: &[&str] = &["known", "已知"];
/// The value is not known.
pub(super) const UNKNOWN: &[&str] = &["unknown", "未知", "不详"];
/// Never visited.
pub(super) const NEVER: &[&str] = &["never", "从未", "未走访", "none", "无", "没有", "no", "否"];
/// Visited, whenever.
pub(super) const EVER: &[&str] = &["any", "有", "任意", "yes", "是"];
/// Overdue.
pub(super) const OVERDUE: &[&str] = &["overdue", "逾期", "late", "已过期"];
/// Outside every area.
pub(super) const OUTSIDE_AREAS: &[&str] = &["areas", "区划", "area", "任何区划"];
/// Outside the declared area.
pub(super) const OUTSIDE_DECLARED: &[&str] = &["declared", "申报网格", "申报", "申报区划"];

/// More days than a register reaches back.
const MOST_DAYS: u32 = 99_999;
/// Names that one error offers.
const OFFERED: usize = 4;

/// A value as typed, and its place in the text, in characters.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub(super) at: usize,
    pub(super) len: usize,
    pub(super) pieces: Vec<Piece>,
}

impl Value {
    /// The text, quotes aside.
    pub(super) fn text(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| match piece {
                Piece::Bare(text) | Piece::Quoted(text) => text.as_str(),
            })
            .collect()
    }

    /// Whether it is one of these words, without quotes.
    fn is(&self, words: &[&str]) -> bool {
        match self.pieces.as_slice() {
            [Piece::Bare(text)] => words.iter().any(|word| word.eq_ignore_ascii_case(text)),
            _ => false,
        }
    }

    fn pattern(&self) -> Pattern {
        let mut parts = vec![String::new()];
        for piece in &self.pieces {
            let (text, more) = match piece {
                Piece::Quoted(text) => (text.as_str(), None),
                Piece::Bare(text) => text
                    .split_once('*')
                    .map_or((text.as_str(), None), |(start, more)| (start, Some(more))),
            };
            if let Some(last) = parts.last_mut() {
                last.push_str(text);
            }
            parts.extend(
                more.into_iter()
                    .flat_map(|more| more.split('*'))
                    .map(str::to_owned),
            );
        }
        Pattern::with_wildcards(parts)
    }

    /// This value is wrong.
    pub(super) fn error(&self, message: Message) -> QueryError {
        QueryError {
            at_char: self.at,
            len_chars: self.len,
            message,
        }
    }
}

/// Whether a field can be asked so.
pub(super) fn allows(field: Field, operator: Operator) -> bool {
    match field {
        Field::Number(_) | Field::Visited => true,
        _ => matches!(operator, Operator::Is | Operator::Equal | Operator::Unequal),
    }
}

/// Text to look for everywhere; a lone `*` is every household.
pub(super) fn anywhere(values: Vec<Value>) -> Filter {
    let patterns = each_once(values.into_iter().map(|value| value.pattern()));
    match patterns.as_slice() {
        [only] if only.is_wildcard() => Filter::All,
        _ => Filter::Where(Condition::Anywhere(patterns)),
    }
}

/// A field with its values. `typed` is the field as it was written.
pub(super) fn condition(
    field: Field,
    typed: &str,
    operator: Operator,
    values: &[Value],
    catalogue: &Catalogue,
) -> Result<Filter, QueryError> {
    let condition = match field {
        Field::Terms(field) => {
            Condition::Terms(field, list(values, |value| term(field, value, catalogue))?)
        }
        Field::Number(field) => {
            // `!=` of a number leaves the unknown ones out, so it is not a plain "not".
            return Ok(Filter::Where(Condition::Number(
                field,
                number_test(operator, typed, values)?,
            )));
        }
        Field::Flag(field) => {
            Condition::Flag(field, list(values, |value| flag(field, typed, value))?)
        }
        Field::Due => Condition::Due(list(values, |value| due(typed, value))?),
        Field::Visited => Condition::Visited(visit_test(operator, typed, values)?),
        Field::Place(field) => Condition::Place(field, list(values, |value| Ok(text(value)))?),
        Field::Outside => Condition::Outside(list(values, |value| outside(typed, value))?),
        Field::Text(field) => Condition::Text {
            field,
            whole: operator != Operator::Is,
            values: list(values, |value| Ok(text(value)))?,
        },
    };
    let filter = Filter::Where(condition);
    Ok(match operator {
        Operator::Unequal => filter.negated(),
        _ => filter,
    })
}

fn each_once<T: PartialEq>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut once = Vec::new();
    for value in values {
        if !once.contains(&value) {
            once.push(value);
        }
    }
    once
}

fn list<T: PartialEq>(
    values: &[Value],
    read: impl Fn(&Value) -> Result<T, QueryError>,
) -> Result<Vec<T>, QueryError> {
    let read: Vec<T> = values.iter().map(read).collect::<Result<_, _>>()?;
    Ok(each_once(read))
}

/// The comparison of an operator, where it is one.
fn comparison(operator: Operator) -> Option<Comparison> {
    match operator {
        Operator::Is | Operator::Equal | Operator::Unequal => None,
        Operator::Less => Some(Comparison::Less),
        Operator::AtMost => Some(Comparison::AtMost),
        Operator::AtLeast => Some(Comparison::AtLeast),
        Operator::More => Some(Comparison::More),
    }
}

/// The bound of a comparison: one value.
fn single<'a>(
    operator: Operator,
    typed: &str,
    values: &'a [Value],
) -> Result<&'a Value, QueryError> {
    match values {
        [only] => Ok(only),
        [_, second, ..] => Err(second.error(
            Message::new("query.one_value")
                .arg("field", typed)
                .arg("sign", operator.sign()),
        )),
        [] => Err(QueryError {
            at_char: 0,
            len_chars: 0,
            message: Message::new("query.value_missing").arg("field", typed),
        }),
    }
}

fn text(value: &Value) -> TextValue {
    if value.is(ANY) {
        TextValue::Any
    } else if value.is(NONE) {
        TextValue::None
    } else {
        TextValue::Like(value.pattern())
    }
}

/// The terms that a field takes.
pub(super) fn terms(field: TermField, catalogue: &Catalogue) -> &[Term] {
    match field {
        TermField::Need => &catalogue.needs,
        _ => &catalogue.programmes,
    }
}

/// The term that a text means: its very code first, then any name.
pub(super) fn find_term<'a>(terms: &'a [Term], text: &str) -> Option<&'a Term> {
    terms
        .iter()
        .find(|term| term.code == text)
        .or_else(|| terms.iter().find(|term| term.is_called(text)))
}

fn term(field: TermField, value: &Value, catalogue: &Catalogue) -> Result<TermValue, QueryError> {
    if value.is(ANY) {
        return Ok(TermValue::Any);
    }
    if value.is(NONE) {
        return Ok(TermValue::None);
    }
    let typed = value.text();
    let terms = terms(field, catalogue);
    if let Some(term) = find_term(terms, &typed) {
        return Ok(TermValue::Code(term.code.clone()));
    }
    let offered = near_terms(terms, &typed).join(", ");
    let message = match (field, offered.is_empty()) {
        (TermField::Need, false) => Message::new("query.unknown_need_near").arg("near", offered),
        (TermField::Need, true) => Message::new("query.unknown_need"),
        (_, false) => Message::new("query.unknown_programme_near").arg("near", offered),
        (_, true) => Message::new("query.unknown_programme"),
    };
    Err(value.error(message.arg("value", typed)))
}

/// The nearest terms, in the script that was typed; none where nothing is near.
pub fn near_terms<'a>(terms: &'a [Term], typed: &str) -> Vec<&'a str> {
    let mut near: Vec<(usize, &str)> = terms
        .iter()
        .filter_map(|term| {
            let away = [&term.code, &term.zh, &term.en]
                .into_iter()
                .chain(&term.aliases)
                .filter_map(|name| unlikeness(typed, name))
                .min()?;
            let name = if typed.is_ascii() {
                &term.code
            } else {
                &term.zh
            };
            Some((away, name.as_str()))
        })
        .collect();
    near.sort_by_key(|(away, _)| *away);
    near.into_iter()
        .take(OFFERED)
        .map(|(_, name)| name)
        .collect()
}

fn flag(field: FlagField, typed: &str, value: &Value) -> Result<FlagValue, QueryError> {
    let has_unknown = field == FlagField::LivingAlone;
    if value.is(YES) {
        Ok(FlagValue::Yes)
    } else if value.is(NO) {
        Ok(FlagValue::No)
    } else if has_unknown && value.is(UNKNOWN) {
        Ok(FlagValue::Unknown)
    } else {
        let message = Message::new(if has_unknown {
            "query.bad_flag_or_unknown"
        } else {
            "query.bad_flag"
        });
        Err(value.error(message.arg("field", typed)))
    }
}

fn due(typed: &str, value: &Value) -> Result<DueValue, QueryError> {
    let kind = || {
        ClockKind::ALL
            .into_iter()
            .find(|kind| value.is(&[kind.code(), kind.zh()]))
    };
    if value.is(ANY) {
        Ok(DueValue::Any)
    } else if value.is(NONE) {
        Ok(DueValue::None)
    } else if value.is(OVERDUE) {
        Ok(DueValue::Overdue)
    } else {
        kind()
            .map(DueValue::Kind)
            .ok_or_else(|| value.error(Message::new("query.bad_due").arg("field", typed)))
    }
}

fn outside(typed: &str, value: &Value) -> Result<Outside, QueryError> {
    if value.is(OUTSIDE_AREAS) {
        Ok(Outside::Areas)
    } else if value.is(OUTSIDE_DECLARED) {
        Ok(Outside::Declared)
    } else {
        Err(value.error(Message::new("query.bad_outside").arg("field", typed)))
    }
}

/// ASCII digits and signs for full-width ones, without the unit that people write behind a number.
fn plain_number(text: &str) -> String {
    text.trim_end_matches(['元', '人', '个', '名', '位'])
        .chars()
        .map(|char| match char {
            '０'..='９' => char::from(b'0' + (char as u32 - '０' as u32) as u8),
            '．' => '.',
            '－' | '−' => '-',
            char => char,
        })
        .collect()
}

fn number(text: &str) -> Option<f64> {
    let text = plain_number(text);
    // "inf" and "1e5" are numbers to Rust, and to nobody who types them here.
    text.chars()
        .all(|char| char.is_ascii_digit() || matches!(char, '.' | '-'))
        .then(|| text.parse().ok())
        .flatten()
        .filter(|number: &f64| number.is_finite())
}

/// The two ends of `2..4`, `2～4`.
fn ends(text: &str) -> Option<(&str, &str)> {
    ["..", "～", "~"]
        .into_iter()
        .find_map(|sign| text.split_once(sign))
}

fn number_test(
    operator: Operator,
    typed: &str,
    values: &[Value],
) -> Result<NumberTest, QueryError> {
    let bad = |value: &Value| value.error(Message::new("query.bad_number").arg("field", typed));
    if let Some(comparison) = comparison(operator) {
        let value = single(operator, typed, values)?;
        let bound = number(&value.text()).ok_or_else(|| bad(value))?;
        return Ok(NumberTest::Compare(comparison, bound));
    }
    let values = list(values, |value| {
        if value.is(UNKNOWN) {
            return Ok(NumberValue::Unknown);
        }
        if value.is(KNOWN) {
            return Ok(NumberValue::Known);
        }
        let text = value.text();
        let (low, high) = ends(&text).unwrap_or((&text, &text));
        let (Some(low), Some(high)) = (number(low), number(high)) else {
            return Err(bad(value));
        };
        if low > high {
            return Err(value.error(Message::new("query.backward_range")));
        }
        Ok(NumberValue::Span(low, high))
    })?;
    Ok(match operator {
        Operator::Unequal => NumberTest::NoneOf(values),
        _ => NumberTest::OneOf(values),
    })
}

/// `2026-10-01`, `30d`, `30天`.
fn moment(text: &str) -> Option<Moment> {
    let lower = text.to_ascii_lowercase();
    let days = ["days", "day", "d", "天前", "天", "日前"]
        .into_iter()
        .find_map(|unit| lower.strip_suffix(unit));
    if let Some(days) = days {
        let days = plain_number(days);
        return days
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| days.parse().ok())
            .flatten()
            .filter(|days| *days <= MOST_DAYS)
            .map(Moment::DaysAgo);
    }
    Date::parse(&plain_number(text)).map(Moment::Day)
}

fn visit_test(operator: Operator, typed: &str, values: &[Value]) -> Result<VisitTest, QueryError> {
    let bad = |value: &Value| value.error(Message::new("query.bad_day").arg("field", typed));
    if let Some(comparison) = comparison(operator) {
        let value = single(operator, typed, values)?;
        let bound = moment(&value.text()).ok_or_else(|| bad(value))?;
        return Ok(VisitTest::Compare(comparison, bound));
    }
    let values = list(values, |value| {
        if value.is(NEVER) {
            return Ok(VisitValue::Never);
        }
        if value.is(EVER) {
            return Ok(VisitValue::Ever);
        }
        let text = value.text();
        let Some((first, last)) = ends(&text) else {
            return match moment(&text).ok_or_else(|| bad(value))? {
                day @ Moment::Day(_) => Ok(VisitValue::Span(day, day)),
                // "visited:30d" could be within 30 days or not for 30 days: ask which.
                Moment::DaysAgo(days) => Err(value.error(
                    Message::new("query.which_days")
                        .arg("field", typed)
                        .arg("days", days),
                )),
            };
        };
        let (Some(first), Some(last)) = (moment(first), moment(last)) else {
            return Err(bad(value));
        };
        let backward = match (first, last) {
            (Moment::Day(first), Moment::Day(last)) => first > last,
            (Moment::DaysAgo(first), Moment::DaysAgo(last)) => first < last,
            _ => false,
        };
        if backward {
            return Err(value.error(Message::new("query.backward_range")));
        }
        Ok(VisitValue::Span(first, last))
    })?;
    Ok(VisitTest::OneOf(values))
}
