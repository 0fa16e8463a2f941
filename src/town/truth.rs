//! What is true of the town by its plain facts, so that others can be held against it. No file
//! says it: programmes that a household should have and has not, and who never asked for them.
//!
//! Three rules are planted, no more:
//!
//! * **dibao**: the income, where the ledger states one, is under 1,130 yuan a head and month, the
//!   office looked at the assets and found them within the rule (the tag 财产已核), and the
//!   household gets neither dibao nor tekun;
//! * **gaoling**: somebody is 80 or older, and nobody in the household gets it (where one gets it,
//!   all who are 80 do);
//! * **`canji_huli`**: somebody has a disability of level 1 or 2, nobody gets it (else all do), and the
//!   household does not get tekun.
//!
//! A household with such a gap is **silent** where it has no receipt, no need and no visit in any
//! table, ever. Every other one has a receipt, a need that it raised itself, or a visit within the
//! last year. Of those of whom the ledger knows as little, some have asked: they have a closed
//! need that they raised themselves within the last year.
//!
//! The **hot spot** is two grids side by side, at the heart of the old quarter that assistance
//! hardly reaches: there households have more members past 80 and more severe disabilities than
//! the ledger's counts show.
//!
//! In the sample town 171 households have a gap of dibao, 103 of gaoling, 119 of `canji_huli`; 70 of
//! them are silent, 34 more have only asked. 68 of the 280 households of the hot spot have a gap,
//! and 304 of the 11,707 elsewhere.

use super::assistance::{ASSETS_WITHIN, STANDARD, terms};
use super::build::{HomeLife, Town};
use super::dice::Dice;
use super::fabric::COLD_HEART;
use super::members::Member;

/// Of the households with a gap of whom the ledger knows nothing, the share that has asked.
const HAS_ASKED: f64 = 0.35;

/// What is true of one household on the day of the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Truth {
    /// Codes of the programmes (of dibao, gaoling, `canji_huli`) that it should have and has not.
    pub gaps: Vec<&'static str>,
    /// Whether it has a gap and no receipt, need or visit in any table.
    pub is_silent: bool,
    /// Whether it lives in one of the two grids of the hot spot.
    pub is_hot: bool,
    /// Whether it has a gap, asked for something once, and has no other record.
    pub(super) has_only_asked: bool,
}

/// The truth of a household from its people and what it receives.
pub(super) fn truth(home: &HomeLife, members: &[Member], is_hot: bool, dice: &mut Dice) -> Truth {
    let receives = |programme| home.situation.programmes.contains(&programme);
    let is_income_known = !home.row.monthly_income.is_empty();
    let is_poor = is_income_known && home.people.per_head() < STANDARD;
    let rules = [
        (
            "dibao",
            is_poor
                && home.situation.tags.contains(&ASSETS_WITHIN)
                && !receives(terms::DIBAO)
                && !receives(terms::TEKUN),
        ),
        (
            "gaoling",
            members.iter().any(Member::is_past_80) && !receives(terms::GAOLING),
        ),
        (
            "canji_huli",
            members.iter().any(Member::is_severe)
                && !receives(terms::CANJI_HULI)
                && !receives(terms::TEKUN),
        ),
    ];
    let gaps: Vec<&'static str> = rules
        .into_iter()
        .filter_map(|(code, is_gap)| is_gap.then_some(code))
        .collect();
    let is_unknown = home.situation.programmes.is_empty()
        && home.situation.needs.is_empty()
        && home.situation.last_visit.is_none();
    let has_asked = dice.chance(HAS_ASKED);
    let is_left_alone = !gaps.is_empty() && is_unknown;
    Truth {
        is_silent: is_left_alone && !has_asked,
        has_only_asked: is_left_alone && has_asked,
        gaps,
        is_hot,
    }
}

impl Town {
    /// The two grids of the hot spot: the one at the heart of the badly reached old quarter, and
    /// the nearest other one.
    pub(super) fn hot_grids(&self) -> Vec<String> {
        let plan = &self.plan;
        let off = |cell: usize| {
            let (column, row) = plan.column_row(cell);
            let share = |at: usize, of: usize| (at as f64 + 0.5) / of as f64 * plan.repeats;
            let x = share(column, plan.columns) - COLD_HEART[0];
            let y = share(row, plan.rows) - COLD_HEART[1];
            x * x + y * y
        };
        let mut homes: Vec<usize> = self.buildings.iter().map(|it| it.cell).collect();
        homes.dedup();
        homes.sort_by(|a, b| off(*a).total_cmp(&off(*b)).then(a.cmp(b)));
        let mut grids: Vec<String> = Vec::new();
        for code in homes.iter().filter_map(|cell| self.grid_code.get(*cell)) {
            if grids.len() < 2 && !grids.contains(code) {
                grids.push(code.clone());
            }
        }
        grids
    }
}

#[cfg(test)]
mod tests {
    use super::super::build::{TownSpec, build_town};
    use super::super::records::HouseholdRecords;
    use super::super::row::reference_date;
    use crate::base::Progress;
    use crate::model::Date;
    use std::collections::HashMap;

    /// The gaps of a household, counted from the cells of its tables alone.
    fn gaps_of(it: &HouseholdRecords, tags: &str) -> Vec<&'static str> {
        let today = reference_date();
        let day = today.to_string();
        let receives = |programme: &str| {
            it.receipts.iter().any(|row| {
                row[3] == programme && row[4] <= day && (row[5].is_empty() || row[5] > day)
            })
        };
        let incomes: Vec<f64> = it
            .members
            .iter()
            .filter_map(|row| row[14].parse().ok())
            .collect();
        let per_head = incomes.iter().sum::<f64>() / it.members.len() as f64;
        let is_poor = !incomes.is_empty() && per_head < 1_130.0;
        let (year, month, of_month) = today.ymd();
        let born_by = Date::from_ymd(year - 80, month, of_month)
            .unwrap()
            .to_string();
        let is_old = it.members.iter().any(|row| row[6] <= born_by);
        let is_severe = it
            .members
            .iter()
            .any(|row| ["一级", "二级"].contains(&&*row[10]));
        let mut gaps = Vec::new();
        let is_checked = tags.contains("财产已核");
        if is_poor && is_checked && !receives("最低生活保障") && !receives("特困人员供养")
        {
            gaps.push("dibao");
        }
        if is_old && !receives("高龄津贴") {
            gaps.push("gaoling");
        }
        let is_supported = receives("特困人员供养");
        if is_severe && !is_supported && !receives("重度残疾人护理补贴") {
            gaps.push("canji_huli");
        }
        gaps
    }

    #[test]
    fn the_planted_truth_is_what_the_tables_say() {
        let spec = TownSpec {
            households: 12_000,
            seed: 20_261_121,
        };
        let town = build_town(&spec, &Progress::new()).unwrap();
        assert_eq!(town.hot_grids().len(), 2);
        let (mut silent, mut asked) = (0, 0);
        // Households and households with a gap, elsewhere and in the hot spot.
        let mut counts = [[0.0_f64; 2]; 2];
        let mut of_each = [0; 3];
        let by_themselves = ["本人申请", "热线12345"];
        let day = reference_date().to_string();
        let a_year_ago = reference_date().plus_days(-365).to_string();
        let tags: HashMap<String, String> = town
            .households()
            .map(|row| (row.household_id, row.tags))
            .collect();
        for it in town.records(&Progress::new()).unwrap() {
            let gaps = gaps_of(&it, &tags[&it.household_id]);
            assert_eq!(it.truth.gaps, gaps, "{it:?}");
            let is_untouched =
                it.receipts.is_empty() && it.needs.is_empty() && it.visits.is_empty();
            assert_eq!(
                it.truth.is_silent,
                !gaps.is_empty() && is_untouched,
                "{it:?}"
            );
            if it.truth.has_only_asked {
                let asks = it
                    .needs
                    .iter()
                    .any(|row| by_themselves.contains(&&*row[4]) && row[5] > a_year_ago);
                assert!(asks && it.visits.is_empty() && it.receipts.is_empty());
                asked += 1;
            }
            if !gaps.is_empty() && !it.truth.is_silent {
                // It has a voice of its own, a receipt, or somebody who came by this year.
                let speaks = it.needs.iter().any(|row| by_themselves.contains(&&*row[4]));
                let received = it.receipts.iter().any(|row| row[4] <= day);
                let is_seen = it.visits.iter().any(|row| row[2] > a_year_ago);
                assert!(speaks || received || is_seen, "{it:?}");
            }
            silent += usize::from(it.truth.is_silent);
            for (count, code) in of_each.iter_mut().zip(["dibao", "gaoling", "canji_huli"]) {
                *count += usize::from(gaps.contains(&code));
            }
            let [households, with_gap] = &mut counts[usize::from(it.truth.is_hot)];
            *households += 1.0;
            *with_gap += f64::from(u8::from(!gaps.is_empty()));
        }
        let [elsewhere, hot] = counts.map(|[households, with_gap]| with_gap / households);
        assert!(hot > 8.0 * elsewhere, "{hot} {elsewhere}");
        // The numbers of the module's header.
        assert_eq!(counts, [[11_707.0, 304.0], [280.0, 68.0]]);
        assert_eq!((silent, asked, of_each), (70, 34, [171, 103, 119]));
    }
}
