//! Days, as ledgers write them: with digits or Chinese numerals, as the number that a spreadsheet
//! keeps, and as a month alone where a month is meant. Years of two digits are refused.

use super::cell::folded;
use crate::model::Date;

/// The day of a spreadsheet's number 0, in days before 1970-01-01.
const SERIAL_EPOCH_DAYS: i32 = 25_569;

/// A day, in a form of [`Date::parse`], in Chinese numerals, or as the number of a spreadsheet.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = folded(text);
    serial(&text)
        .or_else(|| Date::parse(&text))
        .or_else(|| chinese_day(&text))
}

/// A day, or the first day of a month: `2026-10`, `2026/10`, `2026.10`, `202610`, `2026年10月`.
pub(super) fn day_or_month(text: &str) -> Option<Date> {
    day(text).or_else(|| month(text))
}

/// The first day of a month that is written without a day.
pub(super) fn month(text: &str) -> Option<Date> {
    let text = folded(text);
    let text = text.trim();
    if text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i32 = text.parse().ok()?;
        let year = Some(number / 100).filter(|year| (1900..=2100).contains(year))?;
        return Date::from_ymd(year as i16, (number % 100) as i8, 1);
    }
    if let Some((year, month, None)) = chinese_parts(text) {
        return Date::from_ymd(year, month, 1);
    }
    let (year, month) = text.split_once(['-', '/', '.'])?;
    Date::from_ymd(four_digits(year)?, small_number(month)? as i8, 1)
}

/// The number that a spreadsheet keeps for a day, with or without the time behind it.
fn serial(text: &str) -> Option<Date> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 5 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let serial: i32 = whole.parse().ok()?;
    (20_000..=80_000)
        .contains(&serial)
        .then(|| Date::from_days(serial - SERIAL_EPOCH_DAYS))
}

fn chinese_day(text: &str) -> Option<Date> {
    let (year, month, day) = chinese_parts(text)?;
    Date::from_ymd(year, month, day?)
}

/// Year, month and, where there is one, day of `二〇二六年十月一日`, `2026 年 10 月 1 日 星期四`, `2026年10月`.
fn chinese_parts(text: &str) -> Option<(i16, i8, Option<i8>)> {
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let month = small_number(month.trim())? as i8;
    let rest = rest.trim();
    let day = match rest.split_once(['日', '号']) {
        Some((day, _)) => Some(small_number(day.trim())? as i8),
        None if rest.is_empty() => None,
        None => Some(small_number(rest)? as i8),
    };
    Some((four_digits(year.trim())?, month, day))
}

/// A year of four digits, in figures or Chinese numerals.
fn four_digits(text: &str) -> Option<i16> {
    let mut year = 0;
    let mut count = 0;
    for char in text.chars() {
        count += 1;
        if count > 4 {
            return None;
        }
        year = year * 10 + numeral(char)?;
    }
    (count == 4).then_some(year)
}

/// A number under 100 of one or two digits, or in Chinese numerals: `3`, `03`, `三`, `十`, `二十一`, `廿一`.
pub(super) fn small_number(text: &str) -> Option<u16> {
    if !text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let unit = |text: &str| -> Option<u16> {
        let mut chars = text.chars();
        let digit = match (chars.next(), chars.next()) {
            (None, _) => 0,
            (Some(char), None) if !char.is_ascii_digit() => numeral(char).filter(|one| *one > 0)?,
            _ => return None,
        };
        Some(digit as u16)
    };
    if let Some(rest) = text.strip_prefix('廿') {
        return Some(20 + unit(rest)?);
    }
    match text.split_once('十') {
        Some(("", ones)) => Some(10 + unit(ones)?),
        Some((tens, ones)) => Some(unit(tens)? * 10 + unit(ones)?),
        None if text.is_empty() => None,
        None => unit(text),
    }
}

fn numeral(char: char) -> Option<i16> {
    Some(match char {
        '0'..='9' => char as i16 - '0' as i16,
        '〇' | '零' | '○' | 'Ｏ' | 'O' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_day_is_the_same_day() {
        let first = Date::from_ymd(2026, 10, 1);
        for text in [
            "46296",
            "46296.0",
            "46296.75",
            "２０２６-10-01",
            "2026年10月1日",
            "2026 年 10 月 1 日",
            "2026年10月1号 星期四",
            "二〇二六年十月一日",
            "二零二六年十月一日",
            "二○二六年十月一日",
            "2026.10.1",
            "20261001",
            "2026/10/1 0:00:00",
        ] {
            assert_eq!(day(text), first, "{text}");
        }
        assert_eq!(
            day("二〇二六年十二月三十一日"),
            Date::from_ymd(2026, 12, 31)
        );
        assert_eq!(day("一九九〇年二月廿一日"), Date::from_ymd(1990, 2, 21));
        for text in [
            "26-10-01",
            "26年10月1日",
            "10000",
            "昨天",
            "2026-10",
            "2026年10月",
            "十月一日",
            "二六年十月一日",
            "2026年13月1日",
            "2026年10月",
            "年月日",
            "",
            "4629六",
            "46296.x",
            "99999999999999999999年10月1日",
            "330282001001015-10",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn a_month_is_its_first_day_where_a_month_is_meant() {
        let first = Date::from_ymd(2026, 10, 1);
        for text in [
            "2026-10",
            "2026/10",
            "2026.10",
            "202610",
            "2026年10月",
            "二〇二六年十月",
        ] {
            assert_eq!(day_or_month(text), first, "{text}");
        }
        assert_eq!(day_or_month("2026-10-02"), Date::from_ymd(2026, 10, 2));
        for text in [
            "2026", "2026-13", "202613", "26-10", "123456", "10月", "2026-",
        ] {
            assert_eq!(day_or_month(text), None, "{text}");
        }
    }

    #[test]
    fn small_numbers_in_numerals() {
        for (text, number) in [
            ("三", 3),
            ("两", 2),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("三十一", 31),
            ("廿", 20),
            ("07", 7),
        ] {
            assert_eq!(small_number(text), Some(number), "{text}");
        }
        for text in ["", "百", "一百", "三四", "十十", "123", "-1"] {
            assert_eq!(small_number(text), None, "{text}");
        }
    }
}
