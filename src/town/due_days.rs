//! Days that come round: until when a disability certificate counts, and when a receipt was reviewed
//! last. Most are well; a few are near, and a few have passed.

use super::assistance::terms;
use super::dice::Dice;
use super::members::Member;
use super::receipts::ReceiptRow;
use super::row::reference_date;

/// Days for which a certificate is issued, at most.
const CERTIFICATE_DAYS: i32 = 3_650;

/// Until when the certificate of a member counts, in the words of offices; empty without one.
pub(super) fn certificate_until(member: &Member, dice: &mut Dice) -> String {
    if member.disability.is_none() {
        return String::new();
    }
    let luck = dice.share();
    let (passed, near) = (dice.whole(1, 90), dice.whole(0, 30));
    let far = dice.whole(31, CERTIFICATE_DAYS);
    let away = match luck {
        ..0.015 => -passed,
        ..0.04 => near,
        ..0.10 => return "长期".to_owned(),
        _ => far,
    };
    let until = reference_date().plus_days(away);
    // Of a newborn no certificate has passed.
    let until = if until < member.born {
        reference_date().plus_days(far)
    } else {
        until
    };
    until.to_string()
}

/// Gives receipts that go on and are older than their review the day of the last one.
pub(super) fn review(receipts: &mut [ReceiptRow], dice: &mut Dice) {
    let today = reference_date();
    for row in receipts {
        let luck = dice.share();
        let (passed, near) = (dice.whole(1, 60), dice.whole(0, 30));
        let share = dice.share();
        let Some(months) = review_months(row.programme) else {
            continue;
        };
        let goes_on = row.start <= today && row.end.is_none_or(|end| today < end);
        let due = today.plus_months(-months);
        if !goes_on || row.start >= due {
            continue;
        }
        let recent = (f64::from(months) * 28.0 * share) as i32;
        let day = match luck {
            ..0.01 => due.plus_days(-passed),
            ..0.03 => due.plus_days(near),
            _ => today.plus_days(-recent),
        };
        row.reviewed_on = Some(day.max(row.start));
    }
}

/// Months from one review to the next; nothing for what ends by itself.
fn review_months(programme: &str) -> Option<i32> {
    match programme {
        terms::LINSHI | terms::YILIAO | terms::JIUYE => None,
        terms::GANGXING => Some(6),
        _ => Some(12),
    }
}

#[cfg(test)]
mod tests {
    use super::super::build::{TownSpec, build_town};
    use super::*;
    use crate::base::Progress;
    use crate::model::Date;

    #[test]
    fn most_are_well_a_few_are_near_and_a_few_have_passed() {
        let spec = TownSpec {
            households: 6_000,
            seed: 20_261_121,
        };
        let town = build_town(&spec, &Progress::new()).unwrap();
        let today = reference_date();
        let soon = today.plus_days(30);
        let (mut certificates, mut reviews) = ([0; 3], [0; 3]);
        let count = |of: &mut [i32; 3], due: Date| {
            let place = usize::from(due >= today) + usize::from(due > soon);
            of[place] += 1;
        };
        for home in town.records(&Progress::new()).unwrap() {
            for row in &home.members {
                // Who has a certificate has a day, or one that counts for good.
                assert_eq!(row[7].is_empty(), row[8].is_empty());
                if let Some(until) = Date::parse(&row[8]) {
                    assert!(until >= Date::parse(&row[6]).unwrap());
                    count(&mut certificates, until);
                } else {
                    assert!(["", "长期"].contains(&&*row[8]), "{}", row[8]);
                }
            }
            for row in &home.receipts {
                let Some(reviewed) = Date::parse(&row[7]) else {
                    assert_eq!(row[7], "");
                    continue;
                };
                assert!(reviewed <= today && reviewed >= Date::parse(&row[4]).unwrap());
                assert!(row[5].is_empty() || Date::parse(&row[5]).unwrap() > today);
                let months = review_months(&row[3]).unwrap();
                count(&mut reviews, reviewed.plus_months(months));
            }
        }
        for [passed, near, well] in [certificates, reviews] {
            let all = passed + near + well;
            assert!(passed > 0 && near > 0, "{passed} {near} {well}");
            assert!(
                passed < all / 20 && near < all / 8,
                "{passed} {near} {well}"
            );
        }
    }
}
