//! What a number in a sheet says: a number, a day, a time.

use crate::model::Date;
use std::fmt::Write;

/// The day of a spreadsheet's number 0, in days before 1970-01-01.
const EPOCH_1900_DAYS: i64 = 25_569;
/// The same where days are counted from 1904, as old Macintosh programs do.
const EPOCH_1904_DAYS: i64 = 24_107;
/// The last day that spreadsheets know, 9999-12-31.
const LAST_DAY: f64 = 2_958_465.0;
/// From here on a spreadsheet has rounded the last digits of a whole number away.
const ROUNDED_FROM: f64 = 1e15;

/// What the format of a cell makes of its number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum NumberFormat {
    /// A number.
    #[default]
    Plain,
    /// A day, a time of day, or both.
    Day,
    /// Hours that may be more than a day.
    Hours,
}

/// Writes a number as its format says.
pub(super) fn write_number(out: &mut String, value: f64, format: NumberFormat, since_1904: bool) {
    match format {
        NumberFormat::Day if (0.0..=LAST_DAY + 1.0).contains(&value) => {
            write_day(out, value, since_1904);
        }
        NumberFormat::Hours if (0.0..1e6).contains(&value) => {
            let seconds = (value * 86_400.0).round() as u64;
            write_time(out, seconds / 3600, seconds % 3600, false);
        }
        _ => write_plain(out, value),
    }
}

/// Whole numbers without a point, others with the 15 digits that a spreadsheet keeps. A whole number
/// with more digits lost its last ones when it was typed: it is written so that nobody takes it for whole.
fn write_plain(out: &mut String, value: f64) {
    let size = value.abs();
    // Writing to a String does not fail.
    let _ = if !value.is_finite() {
        write!(out, "#NUM!")
    } else if size >= ROUNDED_FROM {
        write_rounded(out, value)
    } else if value.fract() == 0.0 {
        write!(out, "{}", value as i64)
    } else {
        let shortest = out.len();
        let _ = write!(out, "{value}");
        let digits = out.get(shortest..).unwrap_or_default();
        let digits = digits.trim_start_matches(['-', '0', '.']);
        if digits.len() > 16 {
            // 0.1 + 0.2: the sixteenth digit is noise of the arithmetic.
            out.truncate(shortest);
            let kept: f64 = format!("{value:.14e}").parse().unwrap_or(value);
            write!(out, "{kept}")
        } else {
            Ok(())
        }
    };
}

fn write_rounded(out: &mut String, value: f64) -> std::fmt::Result {
    let text = format!("{value:.14e}");
    match text.split_once('e') {
        Some((digits, power)) => write!(out, "{digits}E+{power}"),
        None => write!(out, "{text}"),
    }
}

/// A serial number as `2026-10-01`, with its time where it has one; a time alone as `8:30:00`.
fn write_day(out: &mut String, value: f64, since_1904: bool) {
    let seconds = (value * 86_400.0).round() as i64;
    let (mut day, second) = (seconds / 86_400, (seconds % 86_400) as u64);
    let has_day = day > 0 || since_1904;
    if has_day {
        let epoch = if since_1904 {
            EPOCH_1904_DAYS
        } else {
            // Spreadsheets believe that there was a 29 February 1900, the number 60.
            day += i64::from(day < 60);
            EPOCH_1900_DAYS
        };
        let _ = write!(out, "{}", Date::from_days((day - epoch) as i32));
    }
    if second > 0 || !has_day {
        if has_day {
            out.push(' ');
        }
        write_time(out, second / 3600, second % 3600, has_day);
    }
}

fn write_time(out: &mut String, hours: u64, seconds: u64, padded: bool) {
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    let width = if padded { 2 } else { 1 };
    let _ = write!(out, "{hours:0width$}:{minutes:02}:{seconds:02}");
}

/// What the built-in format of a number makes of it.
pub(super) fn built_in(format: u16) -> NumberFormat {
    match format {
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => NumberFormat::Day,
        46 => NumberFormat::Hours,
        _ => NumberFormat::Plain,
    }
}

/// What a format code makes of a number: `yyyy"年"m"月"d"日"`, `[h]:mm`, `0.00`.
pub(super) fn of_code(code: &str) -> NumberFormat {
    let mut chars = code.chars();
    let mut found = NumberFormat::Plain;
    if ["general", "standard"]
        .iter()
        .any(|word| code.eq_ignore_ascii_case(word))
    {
        return found;
    }
    while let Some(char) = chars.next() {
        match char {
            ';' => break,
            '"' => while chars.next().is_some_and(|char| char != '"') {},
            // The next character is text, a gap or filling.
            '\\' | '_' | '*' => _ = chars.next(),
            '[' => {
                let inside: String = chars.by_ref().take_while(|char| *char != ']').collect();
                let inside = inside.to_ascii_lowercase();
                let counts = |unit: char| inside.chars().all(|char| char == unit);
                if !inside.is_empty() && ['h', 'm', 's'].into_iter().any(counts) {
                    return NumberFormat::Hours;
                }
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => found = NumberFormat::Day,
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::cell::{coordinate, is_rounded};
    use crate::read::day::day;

    fn told(value: f64, format: NumberFormat) -> String {
        let mut out = String::new();
        write_number(&mut out, value, format, false);
        out
    }

    #[test]
    fn numbers_are_what_the_cell_shows() {
        let plain = |value| told(value, NumberFormat::Plain);
        for (value, text) in [
            (3.0, "3"),
            (-0.0, "0"),
            (121.266_561, "121.266561"),
            (0.1 + 0.2, "0.3"),
            (1200.5, "1200.5"),
            (13_800_000_000.0, "13800000000"),
            (340_524_800_101_001.0, "340524800101001"),
            (f64::NAN, "#NUM!"),
            (1e-7, "0.0000001"),
        ] {
            assert_eq!(plain(value), text);
        }
        let id = plain(330_282_199_001_010_000.0);
        assert_eq!(id, "3.30282199001010E+17");
        assert!(is_rounded(&id) && is_rounded(&plain(1e15)) && is_rounded(&plain(1e300)));
        assert_eq!(coordinate(&plain(30.170_261_000_000_002)), Some(30.170_261));
    }

    #[test]
    fn days_and_times() {
        let told_day = |value| told(value, NumberFormat::Day);
        assert_eq!(told_day(46_296.0), "2026-10-01");
        assert_eq!(day(&told_day(46_296.0)), day("46296"));
        assert_eq!(told_day(46_296.5), "2026-10-01 12:00:00");
        assert_eq!(told_day(46_295.999_999_9), "2026-10-01");
        assert_eq!(told_day(1.0), "1900-01-01");
        assert_eq!(told_day(61.0), "1900-03-01");
        assert_eq!(told_day(0.354_166_666_7), "8:30:00");
        assert_eq!(told_day(-1.0), "-1");
        assert_eq!(told_day(1e12), "1000000000000");
        assert_eq!(told(1.5, NumberFormat::Hours), "36:00:00");
        let mut out = String::new();
        write_number(&mut out, 44_834.0, NumberFormat::Day, true);
        assert_eq!(out, "2026-10-01");
    }

    #[test]
    fn format_codes() {
        for code in [
            "yyyy\"年\"m\"月\"d\"日\";@",
            "[$-804]yyyy/m/d",
            "h:mm AM/PM",
            "DD.MM.YY",
        ] {
            assert_eq!(of_code(code), NumberFormat::Day, "{code}");
        }
        for code in [
            "General",
            "0.00",
            "@",
            "#,##0\"元/月\"_);[Red]0",
            "0_d",
            "\\y0",
            "[Red]0",
            "G/通用格式",
        ] {
            assert_eq!(of_code(code), NumberFormat::Plain, "{code}");
        }
        assert_eq!(of_code("[h]:mm:ss"), NumberFormat::Hours);
        assert_eq!(
            (built_in(14), built_in(46), built_in(0)),
            (NumberFormat::Day, NumberFormat::Hours, NumberFormat::Plain)
        );
    }
}
