//! The silent minority (沉默的少数): households with a gap that never asked.

use super::Gaps;
use crate::base::{Cancelled, Progress};
use crate::model::{Catalogue, Date};
use crate::query::RowSet;
use crate::snapshot::{Snapshot, Unknown};
use rayon::prelude::*;

/// What is known of whether a household ever asked. It is silent where it has a gap and the rest
/// is all as it is for somebody who never did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SilentReasons {
    /// The programmes that it, or one of its members, should have and has not, as bits.
    pub gaps: u64,
    /// A need that it raised itself, or of which nobody says who did.
    pub raised_need: bool,
    /// A receipt of any programme, on the day or before: who receives has applied.
    pub has_receipt: bool,
    /// The day of the last visit, if any.
    pub last_visit: Option<Date>,
    /// Whether that was within the period.
    pub visited: bool,
}

impl SilentReasons {
    /// Whether the household is silent.
    pub fn is_silent(&self) -> bool {
        self.gaps != 0 && !self.raised_need && !self.has_receipt && !self.visited
    }
}

/// Whether a need's source, in the file's words, says that the household raised it itself. An
/// empty source says nothing about somebody else, and counts as its own voice.
pub fn raised_by_itself(source: &str) -> bool {
    const OWN: [&str; 22] = [
        "本人",
        "自己",
        "自述",
        "自报",
        "自主",
        "主动",
        "家属",
        "家人",
        "亲属",
        "子女",
        "户主",
        "居民申请",
        "居民反映",
        "群众申请",
        "来电",
        "来访",
        "热线",
        "self",
        "own",
        "family",
        "resident",
        "applicant",
    ];
    const OTHERS: [&str; 9] = [
        "网格员",
        "走访",
        "社区",
        "邻居",
        "志愿者",
        "worker",
        "visit",
        "neighbo",
        "community",
    ];
    let plain = source.trim().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    plain.is_empty() || has(&OWN) && !has(&OTHERS)
}

/// The months within which a visit means that somebody was asked: `silent_visit_months` of the
/// catalogue, 6 unless set.
pub fn silent_period_months(catalogue: &Catalogue) -> u32 {
    catalogue
        .number("silent_visit_months")
        .filter(|months| (0.0..=1_200.0).contains(months))
        .map_or(6, |months| months.round() as u32)
}

/// What is known of one household.
///
/// Needs of the ledger's own list have no source: they count as raised by the household. A need
/// that has a row of its own counts if it was raised by the day, whatever became of it; that one
/// of the ledger's list has such a row is what the snapshot's need bits are made of, so bits of
/// needs with rows count by their rows. A visit is any that was done, whoever was seen.
pub fn silent_reasons(
    town: &Snapshot,
    gaps: &Gaps,
    row: u32,
    as_of: Date,
    period_months: u32,
) -> SilentReasons {
    silence(
        town,
        gaps,
        row,
        as_of,
        as_of.plus_months(0_i32.saturating_sub_unsigned(period_months)),
    )
}

fn silence(town: &Snapshot, gaps: &Gaps, row: u32, as_of: Date, since: Date) -> SilentReasons {
    let at = row as usize;
    let households = &town.households;
    let bits = |column: &[u64]| column.get(at).copied().unwrap_or(0);
    let needs = &town.needs;
    let mut with_rows = 0_u64;
    let mut raised_need = false;
    for need in needs.of(row) {
        with_rows |= 1 << needs.category[need].min(63);
        let raised_on = needs.raised_on[need];
        let is_raised = raised_on == Unknown::DAY || raised_on <= as_of.days();
        raised_need |= is_raised && raised_by_itself(needs.source.get(need as u32));
    }
    raised_need |= bits(&households.needs) & !with_rows != 0;
    let has_receipt = bits(&households.programmes) != 0
        || town
            .receipts
            .of(row)
            .any(|receipt| town.receipts.has_begun(receipt, as_of));
    let last_visit = households.last_visit(row).filter(|visit| *visit <= as_of);
    SilentReasons {
        gaps: bits(&gaps.gap),
        raised_need,
        has_receipt,
        last_visit,
        visited: last_visit.is_some_and(|visit| visit >= since),
    }
}

/// The silent households: with a gap, no need raised by themselves, no receipt of anything, and
/// no visit within this many months (`silent_visit_months` of the catalogue; 6 unless set).
///
/// Source: the domain paper. Limit: what the snapshot's columns show on its own day, which should
/// be `as_of`; an application that led to nothing is not recorded anywhere. Ticks once a part.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
pub fn silent(
    town: &Snapshot,
    gaps: &Gaps,
    as_of: Date,
    period_months: u32,
    progress: &Progress,
) -> Result<RowSet, Cancelled> {
    let since = as_of.plus_months(0_i32.saturating_sub_unsigned(period_months));
    let rows = town.households.len();
    let words = (0..rows.div_ceil(64))
        .into_par_iter()
        .with_min_len(64)
        .map(|word| {
            let start = word * 64;
            let end = (start + 64).min(rows);
            let mut bits = 0_u64;
            for row in start..end {
                // Most have no gap, and nothing else matters then.
                if gaps.gap.get(row).copied().unwrap_or(0) != 0
                    && silence(town, gaps, row as u32, as_of, since).is_silent()
                {
                    bits |= 1 << (row - start);
                }
            }
            progress.tick((end - start) as u64).map(|()| bits)
        })
        .collect::<Result<Vec<u64>, Cancelled>>()?;
    Ok(RowSet::from_words(words, rows))
}

#[cfg(test)]
mod tests {
    use super::super::eligibility::RuleSet;
    use super::super::eligibility::samples::{as_of, catalogue};
    use super::super::gaps::gaps;
    use super::*;
    use crate::base::Generation;
    use crate::model::{CodeList, Household, Need, Receipt};
    use crate::snapshot::{Builder, Tables};

    #[test]
    fn who_raised_a_need_is_told_by_its_source() {
        for own in ["", "本人", "家属反映", "self", "本人来电"] {
            assert!(raised_by_itself(own), "{own}");
        }
        for other in [
            "网格员走访",
            "社区",
            "worker visit",
            "邻居反映",
            "大数据比对",
        ] {
            assert!(!raised_by_itself(other), "{other}");
        }
    }

    #[test]
    fn only_those_who_never_asked_and_were_not_seen_are_silent() {
        let poor = |needs: &str, programmes: &str, last_visit: &str| Household {
            members: Some(1),
            monthly_income: Some(100.0),
            needs: CodeList::split(needs),
            programmes: CodeList::split(programmes),
            last_visit: Date::parse(last_visit),
            ..Household::default()
        };
        let rich = Household {
            monthly_income: Some(9000.0),
            ..poor("", "", "")
        };
        let need = |source: &str, raised: &str| Need {
            category: "care".to_owned(),
            source: source.to_owned(),
            raised_on: Date::parse(raised),
            ..Need::default()
        };
        let receipt = |start: &str| Receipt {
            programme: "canji".to_owned(),
            start: Date::parse(start),
            end: Date::parse(start).map(|start| start.plus_days(30)),
            ..Receipt::default()
        };
        let homes = [
            (poor("", "", ""), None, None, true),
            (rich, None, None, false),
            (poor("", "", "2026-05-20"), None, None, true),
            (poor("", "", "2026-05-21"), None, None, false),
            (poor("care", "", ""), None, None, false),
            // The row says that somebody else raised it.
            (
                poor("care", "", ""),
                Some(need("网格员走访", "2026-10-01")),
                None,
                true,
            ),
            (
                poor("care;medical", "", ""),
                Some(need("网格员走访", "2026-10-01")),
                None,
                false,
            ),
            (
                poor("", "", ""),
                Some(need("本人", "2026-10-01")),
                None,
                false,
            ),
            (
                poor("", "", ""),
                Some(need("本人", "2026-12-01")),
                None,
                true,
            ),
            (poor("", "canji", ""), None, None, false),
            // Ended long ago, but applied for once.
            (poor("", "", ""), None, Some(receipt("2020-01-01")), false),
            (poor("", "", ""), None, Some(receipt("2026-12-01")), true),
        ];
        let rules = ["income_per_head < dibao_standard", "", ""];
        let mut builder = Builder::new(Generation::default(), catalogue(rules), true);
        let mut tables = Tables::default();
        let mut numbers = Vec::new();
        for (number, (home, need, receipt, _)) in (0..).zip(&homes) {
            builder.push(home);
            numbers.push(number);
            if let Some(need) = need {
                tables.push_need(number, need);
            }
            if let Some(receipt) = receipt {
                tables.push_receipt(number, receipt);
            }
        }
        builder.set_tables(tables, &numbers);
        let town = builder.finish(&Progress::new()).unwrap();
        let rules = RuleSet::compile(&town.catalogue, as_of());
        let gaps = gaps(&town, &rules, &Progress::new()).unwrap();
        let found = silent(&town, &gaps, as_of(), 6, &Progress::new()).unwrap();
        for (row, (_, _, _, expected)) in (0..).zip(&homes) {
            assert_eq!(found.contains(row), *expected, "{row}");
            let reasons = silent_reasons(&town, &gaps, row, as_of(), 6);
            assert_eq!(reasons.is_silent(), *expected, "{row}");
        }
        let visited = silent_reasons(&town, &gaps, 3, as_of(), 6);
        assert_eq!((visited.gaps, visited.visited), (1, true));
    }
}
