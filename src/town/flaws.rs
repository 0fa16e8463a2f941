//! What is wrong in one row or two of a hundred, as ledgers of five departments have it.

use super::dice::Dice;
use super::row::TownRow;

/// Share of the rows with something wrong.
const SHARE: f64 = 0.014;

/// Spoils some rows. `before` is the id of the row before, if there is one.
pub(super) fn spoil(row: &mut TownRow, before: Option<String>, dice: &mut Dice) {
    if !dice.chance(SHARE) {
        return;
    }
    row.is_flawed = true;
    match dice.below(18) {
        0 => row.household_id.clear(),
        1 => match before {
            Some(id) => row.household_id = id,
            None => row.household_id.clear(),
        },
        2 | 3 => std::mem::swap(&mut row.lon, &mut row.lat),
        4 | 5 => {
            row.lon.clear();
            row.lat.clear();
        }
        // The decimal point one place too far right.
        6 => row.lon = row.lon.replacen('.', "", 1),
        7 => "待测".clone_into(&mut row.lat),
        8 => dice
            .pick(&["2026-02-30", "去年", "11月"])
            .clone_into(&mut row.last_visit),
        9 => "2062-11-02".clone_into(&mut row.last_visit),
        10 => added(&mut row.programmes, "爱心超市"),
        11 => added(&mut row.needs, "理发"),
        12 => row.id_number = wrong_check(&row.id_number),
        // What a spreadsheet makes of a number that it takes for an amount.
        13 => "1.9560E+11".clone_into(&mut row.id_number),
        14 => dice.pick(&["三", "-2", "2.5"]).clone_into(&mut row.members),
        15 => "1990000".clone_into(&mut row.phone),
        16 => "不详".clone_into(&mut row.living_alone),
        _ => row.grid_code.push_str("99"),
    }
}

fn added(list: &mut String, term: &str) {
    if !list.is_empty() {
        list.push('、');
    }
    list.push_str(term);
}

/// Another check character than the right one.
fn wrong_check(number: &str) -> String {
    let mut out = number.to_owned();
    let wrong = if out.pop() == Some('1') { '2' } else { '1' };
    out.push(wrong);
    out
}

#[cfg(test)]
mod tests {
    use super::super::dice::Stream;
    use super::*;

    #[test]
    fn one_or_two_rows_of_a_hundred_are_flawed() {
        let clean = TownRow {
            household_id: "SF2".to_owned(),
            id_number: "000000195601010012".to_owned(),
            lon: "121.251234".to_owned(),
            lat: "30.171234".to_owned(),
            members: "2".to_owned(),
            phone: "19900001234".to_owned(),
            living_alone: "否".to_owned(),
            grid_code: "000000001001001".to_owned(),
            last_visit: "2026-10-01".to_owned(),
            ..TownRow::default()
        };
        let mut flawed = 0;
        for index in 0..20_000 {
            let mut row = clean.clone();
            let mut dice = Dice::new(2, Stream::Household(index));
            spoil(&mut row, Some("SF1".to_owned()), &mut dice);
            let is_flawed = std::mem::take(&mut row.is_flawed);
            assert_eq!(row != clean, is_flawed, "{row:?}");
            flawed += usize::from(is_flawed);
        }
        assert!((200..400).contains(&flawed), "{flawed}");
    }
}
