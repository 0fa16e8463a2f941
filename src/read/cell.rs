//! What the cells of a ledger say: counts, amounts, distances, yes and no, coordinates.
//! Every function takes a trimmed cell that is not empty, and gives `None` where it says something else.

use super::day::small_number;
use super::traditional::simplified;
use std::borrow::Cow;

/// Full-width letters, digits and marks as half-width ones, traditional characters as simplified ones
/// where our words have them: a text to be compared, not to be kept.
pub(super) fn folded(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|char| match char {
                '\u{FF01}'..='\u{FF5E}' => char::from_u32(char as u32 - 0xFEE0).unwrap_or(char),
                '\u{3000}' => ' ',
                '￥' => '¥',
                other => simplified(other),
            })
            .collect(),
    )
}

/// A code or number that stays text, without the apostrophe by which spreadsheets mark text.
pub(super) fn code_text(text: &str) -> &str {
    if text
        .bytes()
        .next()
        .is_some_and(|first| first.is_ascii_alphanumeric())
    {
        return text;
    }
    text.trim_start_matches(['\'', '’', '＇', '`']).trim_start()
}

/// Whether a spreadsheet rounded a long number, as in 3.30282E+17.
pub(super) fn is_rounded(text: &str) -> bool {
    let Some(at) = text.bytes().position(|byte| matches!(byte, b'E' | b'e')) else {
        return false;
    };
    let number = |part: Option<&str>| {
        part.is_some_and(|part| {
            let mut bytes = part.bytes();
            !part.is_empty() && bytes.all(|byte| byte.is_ascii_digit() || byte == b'.')
        })
    };
    let power = text.get(at + 1..).and_then(|rest| rest.strip_prefix('+'));
    number(text.get(..at)) && number(power)
}

/// A cell without the space around it. Most cells have none, and that is seen at a glance.
pub(super) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// A whole number that is not negative: `3`, `3.0`, `３`, `3人`, `三`.
pub(super) fn count(text: &str) -> Option<u16> {
    whole(text)?.try_into().ok()
}

/// Whether a text is plain digits, as most numbers of a ledger are: nothing is to be taken off.
fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A count that may be large.
pub(super) fn whole(text: &str) -> Option<u32> {
    if is_digits(text) {
        return text.parse().ok();
    }
    let text = folded(text);
    let number = text.trim_end_matches(['人', '户', '名', '个', '位', '口', '张']);
    let number = number.trim();
    let whole = match number.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|byte| byte == b'0') => whole,
        Some(_) => return None,
        None => number,
    };
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return small_number(number).map(u32::from);
    }
    whole.parse().ok()
}

/// An amount of money that is not negative: `1200`, `1,200.50`, `¥1200`, `1200元/月`, `1.2万`.
pub(super) fn amount(text: &str) -> Option<f64> {
    if is_digits(text) {
        return text.parse().ok();
    }
    let text = folded(text);
    let number = text
        .trim_start_matches('¥')
        .trim_end_matches("/月")
        .trim_end_matches('元')
        .trim();
    match number.strip_suffix('万') {
        Some(number) => Some(decimal(number.trim())? * 10_000.0),
        None => decimal(number),
    }
}

/// A distance in metres: `500`, `500米`, `1.5公里`, `1.5km`.
pub(super) fn metres(text: &str) -> Option<f64> {
    let text = folded(text).to_ascii_lowercase();
    let text = text.trim();
    for (unit, metres) in [
        ("公里", 1000.0),
        ("千米", 1000.0),
        ("km", 1000.0),
        ("米", 1.0),
        ("m", 1.0),
    ] {
        if let Some(number) = text.strip_suffix(unit) {
            return Some(decimal(number.trim())? * metres);
        }
    }
    decimal(text)
}

/// A plain number that is not negative.
fn decimal(number: &str) -> Option<f64> {
    let plain = without_thousands(number)?;
    if !plain
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return None;
    }
    plain.parse().ok()
}

/// Whether a spreadsheet put an error of a formula in place of a value, as in `#N/A`.
pub(super) fn is_formula_error(text: &str) -> bool {
    const ERRORS: [&str; 11] = [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#FIELD!",
    ];
    text.starts_with('#') && ERRORS.iter().any(|error| error.eq_ignore_ascii_case(text))
}

/// Takes out commas between thousands; `None` where they stand elsewhere.
fn without_thousands(number: &str) -> Option<Cow<'_, str>> {
    if !number.contains(',') {
        return Some(Cow::Borrowed(number));
    }
    let whole = number.split_once('.').map_or(number, |(whole, _)| whole);
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let in_place = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    (in_place && number.matches(',').count() == whole.matches(',').count())
        .then(|| Cow::Owned(number.replace(',', "")))
}

/// Yes or no, as ledgers write it.
pub(super) fn yes_no(text: &str) -> Option<bool> {
    const YES: [&str; 8] = ["是", "有", "y", "yes", "true", "1", "✓", "√"];
    const NO: [&str; 7] = ["否", "无", "n", "no", "false", "0", "×"];
    // The common words need no second look.
    match text {
        "是" => return Some(true),
        "否" => return Some(false),
        _ => {}
    }
    let text = folded(text);
    let is = |word: &&str| word.eq_ignore_ascii_case(&text);
    if YES.iter().any(is) {
        Some(true)
    } else if NO.iter().any(is) {
        Some(false)
    } else {
        None
    }
}

/// Degrees (or metres) as a decimal number: `121.27`, `１２１.27`, `121.27°`.
pub(super) fn coordinate(text: &str) -> Option<f64> {
    let decimal = |byte: u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
    if text.bytes().all(decimal) {
        return text.parse().ok().filter(|value: &f64| value.is_finite());
    }
    let text = folded(text);
    let number = text.trim_end_matches('°').trim();
    if !number.bytes().all(decimal) {
        return None;
    }
    number.parse().ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_amounts() {
        for text in ["3", "3.0", "３", "3人", "3 人", "03"] {
            assert_eq!(count(text), Some(3), "{text}");
        }
        for (text, number) in [("三", 3), ("两人", 2), ("十二口", 12)] {
            assert_eq!(count(text), Some(number), "{text}");
        }
        for text in ["-1", "3.5", "三百", "", "1e3", "70000", "+3", "人"] {
            assert_eq!(count(text), None, "{text}");
        }
        assert_eq!(amount("1,200.50"), Some(1200.5));
        assert_eq!(amount("￥１２００元"), Some(1200.0));
        assert_eq!(amount("1,234,567"), Some(1_234_567.0));
        assert_eq!(amount("1.2万元/月"), Some(12_000.0));
        assert_eq!(amount("350元/月"), Some(350.0));
        assert_eq!(metres("1.5公里"), Some(1500.0));
        assert_eq!(metres("８００米"), Some(800.0));
        assert_eq!(metres("2 KM"), Some(2000.0));
        assert_eq!(metres("附近").or(metres("米")), None);
        for text in [
            "-5", "12,00", "万", "1,2.3", "NaN", "inf", "", ".", "1.200,5",
        ] {
            assert_eq!(amount(text), None, "{text}");
        }
    }

    #[test]
    fn yes_and_no() {
        assert_eq!(yes_no("YES"), Some(true));
        assert_eq!(yes_no("√"), Some(true));
        assert_eq!(yes_no("０"), Some(false));
        assert_eq!(yes_no("不详"), None);
    }

    #[test]
    fn coordinates_are_exact_decimals() {
        assert_eq!(coordinate("121.2665610"), Some(121.266_561));
        assert_eq!(coordinate("１２１.５°"), Some(121.5));
        assert_eq!(coordinate("-1.2e2"), Some(-120.0));
        for text in [
            "inf",
            "NaN",
            "0x10",
            "121,5",
            "东经121",
            "",
            "1e999",
            "30°10′",
        ] {
            assert_eq!(coordinate(text), None, "{text}");
        }
    }

    #[test]
    fn rounded_numbers_are_seen() {
        assert!(is_rounded("3.30282E+17"));
        assert!(!is_rounded("CE+5"));
        assert!(!is_rounded("330282001"));
        assert_eq!(code_text("'0012"), "0012");
        assert!(is_formula_error("#N/A") && is_formula_error("#ref!"));
        assert!(!is_formula_error("#12") && !is_formula_error("N/A"));
    }
}
