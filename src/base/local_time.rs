//! Moments as people read them: in the time of this machine.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A moment as day and minute in the time of this machine: `2026-11-21 10:02`; empty where the
/// number is no moment.
pub fn local_minute(unix_secs: i64) -> String {
    minute_in(unix_secs, TimeZone::system())
}

/// The day alone: `2026-11-21`.
pub fn local_day(unix_secs: i64) -> String {
    let mut text = local_minute(unix_secs);
    text.truncate(text.find(' ').unwrap_or(text.len()));
    text
}

fn minute_in(unix_secs: i64, zone: TimeZone) -> String {
    let Ok(moment) = Timestamp::from_second(unix_secs) else {
        return String::new();
    };
    let there = moment.to_zoned(zone);
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}",
        there.year(),
        there.month(),
        there.day(),
        there.hour(),
        there.minute()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_in_the_time_of_the_place() {
        let china = TimeZone::fixed(jiff::tz::offset(8));
        assert_eq!(minute_in(1_795_219_320, china.clone()), "2026-11-21 08:02");
        assert_eq!(minute_in(1_795_219_320, TimeZone::UTC), "2026-11-21 00:02");
        assert_eq!(minute_in(i64::MAX, china), "");
    }
}
