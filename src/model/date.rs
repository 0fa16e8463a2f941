//! A day.

use std::fmt;

/// A calendar day, as days since 1970-01-01, between the years 1 and 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

const EPOCH: jiff::civil::Date = jiff::civil::Date::constant(1970, 1, 1);

impl Date {
    /// The day of a year, month and day, or `None` where there is none.
    pub fn from_ymd(year: i16, month: i8, day: i8) -> Option<Self> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        let date = jiff::civil::Date::new(year, month, day).ok()?;
        Some(Self(date.since(EPOCH).ok()?.get_days()))
    }

    /// The day that is this many days after 1970-01-01.
    pub fn from_days(days: i32) -> Self {
        Self(days)
    }

    /// Days since 1970-01-01.
    pub fn days(self) -> i32 {
        self.0
    }

    /// Today, where this machine is.
    pub fn today() -> Self {
        let today = jiff::Zoned::now().date();
        Self::from_ymd(today.year(), today.month(), today.day()).unwrap_or(Self(0))
    }

    /// The day and minute of a moment where this machine is, such as `2026-11-21 14:05`; empty
    /// for a moment of no calendar.
    pub fn moment_text(at_unix_secs: i64) -> String {
        let Ok(moment) = jiff::Timestamp::from_second(at_unix_secs) else {
            return String::new();
        };
        let here = moment.to_zoned(jiff::tz::TimeZone::system());
        let (day, time) = (here.date(), here.time());
        format!("{day} {:02}:{:02}", time.hour(), time.minute())
    }

    /// The day so many days later (earlier where negative).
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// The same day of the month so many months later (earlier where negative); in a shorter month
    /// its last day. Beyond the calendar the day stays as it is.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let (year, month, of_month) = self.ymd();
        let count = i64::from(year) * 12 + i64::from(month) - 1 + i64::from(months);
        let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
        let (Ok(year), Ok(month)) = (i16::try_from(year), i8::try_from(month)) else {
            return self;
        };
        (0..4)
            .find_map(|less| Self::from_ymd(year, month, of_month - less))
            .unwrap_or(self)
    }

    fn civil(self) -> jiff::civil::Date {
        EPOCH.saturating_add(jiff::Span::new().try_days(self.0).unwrap_or_default())
    }

    /// Year, month and day.
    pub fn ymd(self) -> (i16, i8, i8) {
        let civil = self.civil();
        (civil.year(), civil.month(), civil.day())
    }

    /// Reads the forms that spreadsheets hold: `2026-10-01`, `2026/10/1`, `2026.10.1`,
    /// `20261001`, `2026年10月1日`, each with or without a time behind it.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(day) = Self::parse_iso(text) {
            return Some(day);
        }
        let text = text.trim();
        let day = text.split([' ', 'T']).next().unwrap_or(text);
        if day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit()) {
            let number: i32 = day.parse().ok()?;
            return Self::from_ymd(
                (number / 10_000) as i16,
                (number / 100 % 100) as i8,
                (number % 100) as i8,
            );
        }
        let day = day.strip_suffix(['日', '号']).unwrap_or(day);
        let mut parts = day.split(['-', '/', '.', '年', '月']);
        let year = parts.next().filter(|part| part.len() == 4)?.parse().ok()?;
        let month = parts.next().filter(|part| part.len() <= 2)?.parse().ok()?;
        let day = parts.next().filter(|part| part.len() <= 2)?.parse().ok()?;
        parts.next().is_none().then_some(())?;
        Self::from_ymd(year, month, day)
    }
}

impl Date {
    /// A day as `2026-10-01`, the form of nearly all.
    fn parse_iso(text: &str) -> Option<Self> {
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
            return None;
        };
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0_i16, |sum, digit| {
                let value = char::from(*digit).to_digit(10)?;
                Some(sum * 10 + value as i16)
            })
        };
        let month = number(&[m1, m2])? as i8;
        Self::from_ymd(number(&[y1, y2, y3, y4])?, month, number(&[d1, d2])? as i8)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_forms_of_spreadsheets() {
        let day = Date::from_ymd(2026, 10, 1);
        for text in [
            "2026-10-01",
            "2026/10/1",
            "2026.10.1",
            "20261001",
            "2026年10月1日",
            " 2026-10-01 08:30 ",
            "2026-10-01T00:00:00",
        ] {
            assert_eq!(Date::parse(text), day, "{text}");
        }
        for text in [
            "",
            "2026",
            "2026-13-01",
            "2026-02-30",
            "01/10/2026",
            "2026-10",
            "2026-10-01-02",
            "昨天",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn months_have_their_last_days() {
        let plus = |text: &str, months| Date::parse(text).unwrap().plus_months(months).to_string();
        assert_eq!(plus("2026-08-31", -6), "2026-02-28");
        assert_eq!(plus("2024-01-31", 1), "2024-02-29");
        assert_eq!(plus("2026-01-15", -13), "2024-12-15");
        assert_eq!(plus("9999-12-31", 1), "9999-12-31");
    }

    #[test]
    fn days_and_text_agree() {
        assert_eq!(Date::from_days(0).to_string(), "1970-01-01");
        assert_eq!(Date::from_ymd(2000, 3, 1).map(Date::days), Some(11_017));
        assert_eq!(
            Date::from_ymd(2026, 3, 1)
                .map(|date| date.plus_days(-1).to_string())
                .as_deref(),
            Some("2026-02-28")
        );
    }
    #[test]
    fn months_end_where_the_month_does() {
        let day = |text: &str| Date::parse(text).unwrap();
        for (from, months, to) in [
            ("2026-01-31", 1, "2026-02-28"),
            ("2024-01-31", 1, "2024-02-29"),
            ("2024-02-29", 12, "2025-02-28"),
            ("2024-02-29", 48, "2028-02-29"),
            ("2026-08-31", -6, "2026-02-28"),
            ("2026-01-15", -13, "2024-12-15"),
            ("2026-12-31", 2, "2027-02-28"),
            ("2026-11-21", 0, "2026-11-21"),
        ] {
            assert_eq!(day(from).plus_months(months), day(to), "{from} {months}");
        }
        let last = day("9999-12-31");
        assert_eq!(last.plus_months(i32::MAX), last);
        assert_eq!(last.plus_months(1), last);
    }
}
