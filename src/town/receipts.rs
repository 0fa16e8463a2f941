//! Who gets which programme, since when: what the ledger lists, with dates; what ended before its
//! day, most of it at the reviews of spring 2025; and what was granted and has not begun.

use super::assistance::{STANDARD, terms};
use super::build::HomeLife;
use super::dice::Dice;
use super::members::Member;
use super::row::reference_date;
use super::truth::Truth;
use crate::model::Date;

/// The longest anything on the ledger has been received, in months.
const MONTHS: i32 = 48;
/// Reviews of spring 2025 end with these months.
const REVIEWS: [(i16, i8); 3] = [(2025, 4), (2025, 4), (2025, 5)];

/// One receipt.
#[derive(Debug, Clone)]
pub(super) struct ReceiptRow {
    /// Name and ID number of the member; empty where the household receives it.
    pub(super) who: Option<(String, String)>,
    pub(super) programme: &'static str,
    pub(super) start: Date,
    pub(super) end: Option<Date>,
    pub(super) monthly_yuan: Option<i64>,
    pub(super) reviewed_on: Option<Date>,
}

/// The receipts of a household: on the day of the ledger it receives what the ledger lists.
pub(super) fn receipts(
    home: &HomeLife,
    members: &[Member],
    truth: &Truth,
    dice: &mut Dice,
) -> Vec<ReceiptRow> {
    let listed = &home.situation.programmes;
    let mut rows = Vec::new();
    for programme in listed {
        let of = recipients(programme, members, dice);
        if of.is_empty() {
            rows.push(going_on(home, programme, None, dice));
        }
        for member in of {
            rows.push(going_on(home, programme, Some(member), dice));
        }
    }
    if truth.is_silent || truth.has_only_asked {
        return rows;
    }
    let basic = [terms::DIBAO, terms::DIBIAN, terms::GANGXING, terms::TEKUN];
    let has_basic = listed.iter().any(|programme| basic.contains(programme));
    let dibao_since = rows
        .iter()
        .find(|row| row.programme == terms::DIBAO)
        .map(|row| row.start);
    if let Some(since) = dibao_since.filter(|_| dice.chance(0.25)) {
        // On the edge first, then in.
        let start = months_before(since, dice.whole(6, 20));
        rows.push(ended(home, terms::DIBIAN, start, since));
    }
    let per_head = home.people.per_head();
    if !has_basic && per_head < 3.0 * STANDARD && dice.chance(0.10) {
        let before = match per_head / STANDARD {
            ..1.2 => terms::DIBAO,
            ..2.2 => terms::DIBIAN,
            _ => terms::GANGXING,
        };
        let (year, month) = dice.pick(&REVIEWS);
        if let Some(end) = Date::from_ymd(year, month, 1) {
            let start = months_before(end, dice.whole(6, 28));
            rows.push(ended(home, before, start, end));
        }
    }
    if !listed.contains(&terms::LINSHI) && per_head < 2.0 * STANDARD && dice.chance(0.04) {
        let start = months_before(reference_date(), dice.whole(5, MONTHS));
        let end = months_before(start, -dice.whole(1, 3));
        rows.push(ended(home, terms::LINSHI, start, end));
    }
    for gap in &truth.gaps {
        // Granted at last, from the first of a month to come.
        if dice.chance(0.08) {
            let start = months_before(reference_date(), -dice.whole(1, 2));
            rows.extend(granted(home, gap, members, start));
        }
    }
    rows
}

/// The members who get a programme; none where the household gets it as one.
fn recipients<'a>(programme: &str, members: &'a [Member], dice: &mut Dice) -> Vec<&'a Member> {
    let all = |is: fn(&Member) -> bool| members.iter().filter(|it| is(it)).collect::<Vec<_>>();
    let one = |list: Vec<&'a Member>, dice: &mut Dice| {
        let at = dice.below(list.len());
        list.get(at).copied().into_iter().collect::<Vec<_>>()
    };
    match programme {
        terms::GAOLING => all(Member::is_past_80),
        terms::CANJI_HULI => all(Member::is_severe),
        terms::CANJI_SHENGHUO => all(|it| it.disability.is_some()),
        terms::TEKUN | terms::SHINENG => members.iter().take(1).collect(),
        terms::SHISHI_WUREN | terms::JIAOYU => one(all(Member::is_child), dice),
        terms::JIUYE => one(all(|it| !it.is_child() && !it.is_elder()), dice),
        terms::YILIAO => one(all(|it| it.is_elder() || it.disability.is_some()), dice),
        _ => Vec::new(),
    }
}

/// A receipt that goes on on the day of the ledger.
fn going_on(
    home: &HomeLife,
    programme: &'static str,
    member: Option<&Member>,
    dice: &mut Dice,
) -> ReceiptRow {
    let days = |years: i32| {
        let lived = member.map(|it| reference_date().days() - it.born.days());
        lived.map_or(i32::MAX, |lived| lived - years * 1461 / 4)
    };
    let most = match programme {
        terms::GAOLING => days(80) / 31,
        terms::SHISHI_WUREN => days(0) / 31,
        terms::JIAOYU => days(3).min(36 * 31) / 31,
        terms::LINSHI => 2,
        _ => MONTHS,
    };
    let start = months_before(reference_date(), dice.whole(0, most.clamp(0, MONTHS - 1)));
    let is_for_a_time = programme == terms::LINSHI || dice.chance(0.08);
    let end = is_for_a_time.then(|| months_before(reference_date(), -dice.whole(1, 3)));
    ReceiptRow {
        who: member.map(|it| (it.name.clone(), it.id_number.clone())),
        programme,
        start,
        end,
        monthly_yuan: monthly_yuan(home, programme, member),
        reviewed_on: None,
    }
}

fn ended(home: &HomeLife, programme: &'static str, start: Date, end: Date) -> ReceiptRow {
    ReceiptRow {
        who: None,
        programme,
        start,
        end: Some(end),
        monthly_yuan: monthly_yuan(home, programme, None),
        reviewed_on: None,
    }
}

/// What closes a gap, once it begins.
fn granted(home: &HomeLife, gap: &str, members: &[Member], start: Date) -> Vec<ReceiptRow> {
    let row = |programme: &'static str, member: Option<&Member>| ReceiptRow {
        who: member.map(|it| (it.name.clone(), it.id_number.clone())),
        programme,
        start,
        end: None,
        monthly_yuan: monthly_yuan(home, programme, member),
        reviewed_on: None,
    };
    let of = |is: fn(&Member) -> bool, programme: &'static str| {
        let members = members.iter().filter(|it| is(it));
        members.map(|it| row(programme, Some(it))).collect()
    };
    match gap {
        "gaoling" => of(Member::is_past_80, terms::GAOLING),
        "canji_huli" => of(Member::is_severe, terms::CANJI_HULI),
        _ => vec![row(terms::DIBAO, None)],
    }
}

/// Yuan a month; programmes that pay bills or open doors have none.
fn monthly_yuan(home: &HomeLife, programme: &str, member: Option<&Member>) -> Option<i64> {
    let age = member.map_or(0, |it| it.age);
    let level = member.and_then(|it| it.disability).map_or(4, |it| it.1);
    Some(match programme {
        terms::DIBAO => {
            let gap = STANDARD * f64::from(home.people.members) - home.people.monthly_income;
            (gap.round() as i64).max(100)
        }
        terms::TEKUN => 1_695,
        terms::LINSHI => 1_130,
        terms::JIAOYU => 300,
        terms::ZHUFANG => 420,
        terms::JIUYE => 600,
        terms::CANJI_SHENGHUO => 368,
        terms::CANJI_HULI if level == 1 => 500,
        terms::CANJI_HULI => 250,
        terms::GAOLING if age >= 100 => 1_000,
        terms::GAOLING if age >= 90 => 200,
        terms::GAOLING => 100,
        terms::SHINENG => 400,
        terms::SHISHI_WUREN => 1_410,
        _ => return None,
    })
}

/// The first of the month that is so many months before a day's month (after, where negative).
pub(super) fn months_before(day: Date, months: i32) -> Date {
    let (year, month, _) = day.ymd();
    let count = i32::from(year) * 12 + i32::from(month) - 1 - months;
    let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
    Date::from_ymd(year as i16, month as i8, 1).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_over_the_turn_of_a_year() {
        let day = reference_date();
        let text = |months| months_before(day, months).to_string();
        assert_eq!(text(0), "2026-11-01");
        assert_eq!(text(11), "2025-12-01");
        assert_eq!(text(MONTHS), "2022-11-01");
        assert_eq!(text(-1), "2026-12-01");
        assert_eq!(text(-2), "2027-01-01");
    }
}
