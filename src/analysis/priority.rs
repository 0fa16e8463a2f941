//! Which door to knock on next, and why.

use super::coverage::{Weights, chosen_gaps, receiving};
use crate::base::{Cancelled, Progress};
use crate::model::Date;
use crate::query::Choice;
use crate::snapshot::Snapshot;
use rayon::prelude::*;

/// How much each component counts. The weights are relative: a score is a share of their sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PriorityWeights {
    /// Weight of the unmet load.
    pub unmet_load: f64,
    /// Weight of the entitlement gaps.
    pub gaps: f64,
    /// Weight of the vulnerability.
    pub vulnerability: f64,
    /// Weight of the time since the last visit.
    pub visit: f64,
    /// A household with less income a head than this, in yuan a month, counts as poor.
    pub low_income_per_head_yuan: f64,
}

impl Default for PriorityWeights {
    fn default() -> Self {
        Self {
            unmet_load: 30.0,
            gaps: 20.0,
            vulnerability: 30.0,
            visit: 20.0,
            low_income_per_head_yuan: 1_000.0,
        }
    }
}

/// What a score is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Component {
    /// The unmet load: load / 4, at most 1.
    UnmetLoad,
    /// The entitlement gaps: the sum of their weights / 2, at most 1.
    Gaps,
    /// The sum of what is known of the household, at most 1: an elder living alone 0.4, or elders
    /// otherwise 0.2; a member with a disability 0.3; one child 0.1, two or more 0.2; income a
    /// head under the threshold 0.3. What is not known adds nothing.
    Vulnerability,
    /// Days since the last visit / 180, at most 1; 1 where no visit is known.
    Visit,
}

/// One component of one household's score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Which.
    pub component: Component,
    /// Its value by its rule, 0 to 1.
    pub value: f64,
    /// What it adds to the score, in points of 100.
    pub points: f64,
}

/// One household's score, opened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parts(pub [Part; 4]);

impl Parts {
    /// The score, 0 to 100.
    pub fn score(&self) -> f64 {
        self.0.iter().map(|part| part.points).sum()
    }
}

/// The score of every household.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Priority {
    /// One score a row of the table, 0 to 100, the most pressing highest.
    pub score: Vec<f32>,
}

/// Why a household is on the list. Words are chosen on a higher floor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// So many open needs of the chosen categories.
    OpenNeeds(u32),
    /// So many gaps in the chosen programmes.
    Gaps(u32),
    /// An elder who lives alone.
    LivingAloneElder,
    /// So many members of 60 and older, not living alone.
    Elderly(u16),
    /// So many members with a disability.
    Disabled(u16),
    /// Income a head under the threshold.
    LowIncome,
    /// So many children.
    Children(u16),
    /// No visit is known.
    NeverVisited,
    /// So many days since the last visit: over 30 for an elder living alone (the monthly visit
    /// of 特殊困难老年人探访), over 90 for others.
    LongSinceVisit(u32),
    /// An open need, and nothing received of the chosen programmes.
    NoAssistance,
}

const LOAD_CAP: f64 = 4.0;
const GAPS_CAP: f64 = 2.0;
const VISIT_CAP_DAYS: f64 = 180.0;
const LONG_SINCE_VISIT_DAYS: i32 = 90;
const MONTHLY_VISIT_DAYS: i32 = 30;

/// The score of every household: Σ weight × component / Σ weight × 100 (the domain paper's
/// priority, with the components that are known today; see [`Component`] for the rule of each).
///
/// One value a row of the table, in points of 100. Ticks once a row. Weights that are negative or
/// not finite count as 0; where all are 0, so is every score.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
///
/// Limits: nothing is decided by a score alone; a household of which little is known scores low
/// for vulnerability, not because it is safe.
pub fn priority(
    snapshot: &Snapshot,
    choice: Choice,
    as_of: Date,
    weights: &PriorityWeights,
    progress: &Progress,
) -> Result<Priority, Cancelled> {
    const BLOCK: usize = 1 << 14;
    let open_weights = Weights::of(snapshot);
    let blocks = snapshot
        .households
        .needs
        .par_chunks(BLOCK)
        .enumerate()
        .map(|(block, needs)| {
            let scores: Vec<f32> = (0..needs.len())
                .map(|place| {
                    let row = (block * BLOCK + place) as u32;
                    let open = Open::of(snapshot, row, choice, &open_weights);
                    opened(snapshot, row, open, as_of, weights).score() as f32
                })
                .collect();
            progress.tick(needs.len() as u64).map(|()| scores)
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Priority {
        score: blocks.concat(),
    })
}

/// The score of one household in its parts, in the order of [`Component`]. The points sum to the
/// score of [`priority`].
pub fn parts(
    snapshot: &Snapshot,
    row: u32,
    choice: Choice,
    as_of: Date,
    weights: &PriorityWeights,
) -> Parts {
    let open = Open::of(snapshot, row, choice, &Weights::of(snapshot));
    opened(snapshot, row, open, as_of, weights)
}

/// What is open of one household, by its weights.
#[derive(Clone, Copy)]
struct Open {
    load: f64,
    gaps: f64,
}

impl Open {
    fn of(snapshot: &Snapshot, row: u32, choice: Choice, weights: &Weights) -> Self {
        let gaps = chosen_gaps(snapshot, row, choice);
        Self {
            load: weights.load(snapshot, row, choice.needs, gaps),
            gaps: weights.of_gaps(gaps),
        }
    }

    fn load_value(self) -> f64 {
        (self.load / LOAD_CAP).clamp(0.0, 1.0)
    }

    fn gaps_value(self) -> f64 {
        (self.gaps / GAPS_CAP).clamp(0.0, 1.0)
    }
}

fn opened(
    snapshot: &Snapshot,
    row: u32,
    open: Open,
    as_of: Date,
    weights: &PriorityWeights,
) -> Parts {
    let facts = Facts::of(snapshot, row, as_of, weights);
    let values = [
        (Component::UnmetLoad, open.load_value()),
        (Component::Gaps, open.gaps_value()),
        (Component::Vulnerability, facts.vulnerability()),
        (Component::Visit, visit_value(facts.days_since_visit)),
    ];
    Parts(values.map(|(component, value)| Part {
        component,
        value,
        points: points(component, value, weights),
    }))
}

/// What a value of a component adds to the score.
fn points(component: Component, value: f64, weights: &PriorityWeights) -> f64 {
    let usable = |weight: f64| {
        if weight.is_finite() {
            weight.max(0.0)
        } else {
            0.0
        }
    };
    let sum = usable(weights.unmet_load)
        + usable(weights.gaps)
        + usable(weights.vulnerability)
        + usable(weights.visit);
    let weight = usable(match component {
        Component::UnmetLoad => weights.unmet_load,
        Component::Gaps => weights.gaps,
        Component::Vulnerability => weights.vulnerability,
        Component::Visit => weights.visit,
    });
    if sum > 0.0 {
        100.0 * weight / sum * value
    } else {
        0.0
    }
}

fn visit_value(days: Option<i32>) -> f64 {
    days.map_or(1.0, |days| (f64::from(days) / VISIT_CAP_DAYS).min(1.0))
}

/// What the score knows of one household.
struct Facts {
    elderly: u16,
    alone: bool,
    disabled: u16,
    children: u16,
    poor: bool,
    days_since_visit: Option<i32>,
}

impl Facts {
    fn of(snapshot: &Snapshot, row: u32, as_of: Date, weights: &PriorityWeights) -> Self {
        let households = &snapshot.households;
        let at = row as usize;
        // Unknown counts are negative and become 0: what is not known adds nothing.
        let count = |column: &[i32]| {
            let count = column.get(at).copied().unwrap_or(0).max(0);
            u16::try_from(count).unwrap_or(u16::MAX)
        };
        let members = count(&households.members);
        let income = households.monthly_income.get(at).copied();
        Self {
            elderly: count(&households.elderly),
            alone: count(&households.living_alone) == 1,
            disabled: count(&households.disabled),
            children: count(&households.children),
            // An unknown income is NaN, and NaN is below nothing.
            poor: members > 0
                && income.is_some_and(|income| {
                    income / f64::from(members) < weights.low_income_per_head_yuan
                }),
            days_since_visit: households.days_since_visit(row, as_of),
        }
    }

    /// Each fact that adds to the vulnerability, with what it adds.
    fn vulnerable(&self) -> [(Reason, f64); 4] {
        let elder = match self.elderly {
            0 => 0.0,
            _ if self.alone => 0.4,
            _ => 0.2,
        };
        let elder_reason = if self.alone {
            Reason::LivingAloneElder
        } else {
            Reason::Elderly(self.elderly)
        };
        let child = match self.children {
            0 => 0.0,
            1 => 0.1,
            _ => 0.2,
        };
        let yes = |fact: bool| f64::from(u8::from(fact));
        [
            (elder_reason, elder),
            (
                Reason::Disabled(self.disabled),
                0.3 * yes(self.disabled > 0),
            ),
            (Reason::LowIncome, 0.3 * yes(self.poor)),
            (Reason::Children(self.children), child),
        ]
    }

    fn vulnerability(&self) -> f64 {
        let sum: f64 = self.vulnerable().iter().map(|(_, value)| value).sum();
        sum.min(1.0)
    }

    fn visit_reason(&self) -> Option<Reason> {
        let limit = if self.alone && self.elderly > 0 {
            MONTHLY_VISIT_DAYS
        } else {
            LONG_SINCE_VISIT_DAYS
        };
        match self.days_since_visit {
            None => Some(Reason::NeverVisited),
            Some(days) if days > limit => Some(Reason::LongSinceVisit(days.unsigned_abs())),
            Some(_) => None,
        }
    }
}

/// Why a household is on the list, the strongest reason first: the one that adds most to its
/// score (with the vulnerability not yet capped), at the same strength in the order of
/// [`Reason`]. [`Reason::NoAssistance`] adds nothing and stands last.
pub fn reasons(
    snapshot: &Snapshot,
    row: u32,
    as_of: Date,
    choice: Choice,
    weights: &PriorityWeights,
) -> Vec<Reason> {
    let facts = Facts::of(snapshot, row, as_of, weights);
    let open_weights = Weights::of(snapshot);
    let (needs, _) = open_weights.needs(snapshot, row, choice.needs);
    let mut found: Vec<(f64, Reason)> = Vec::new();
    let open = Open::of(snapshot, row, choice, &open_weights);
    if needs > 0 {
        let strength = points(Component::UnmetLoad, open.load_value(), weights);
        found.push((strength, Reason::OpenNeeds(needs)));
    }
    let gaps = chosen_gaps(snapshot, row, choice).count_ones();
    if gaps > 0 {
        let strength = points(Component::Gaps, open.gaps_value(), weights);
        found.push((strength, Reason::Gaps(gaps)));
    }
    for (reason, value) in facts.vulnerable() {
        if value > 0.0 {
            let strength = points(Component::Vulnerability, value, weights);
            found.push((strength, reason));
        }
    }
    if let Some(reason) = facts.visit_reason() {
        let value = visit_value(facts.days_since_visit);
        found.push((points(Component::Visit, value, weights), reason));
    }
    // The sort is stable: at the same strength the order above stays.
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut reasons: Vec<Reason> = found.into_iter().map(|(_, reason)| reason).collect();
    if needs > 0 && !receiving(snapshot, row, choice) {
        reasons.push(Reason::NoAssistance);
    }
    reasons
}

#[cfg(test)]
mod tests {
    use super::super::coverage::tests::blank_town;
    use super::*;

    fn as_of() -> Date {
        Date::from_days(20_000)
    }

    #[test]
    fn a_household_of_which_nothing_is_known_only_waits_for_a_visit() {
        let town = blank_town(1);
        let weights = PriorityWeights::default();
        let opened = parts(&town, 0, Choice::default(), as_of(), &weights);
        assert_eq!(opened.0.map(|part| part.value), [0.0, 0.0, 0.0, 1.0]);
        assert_eq!(opened.score(), 20.0);
        assert_eq!(
            reasons(&town, 0, as_of(), Choice::default(), &weights),
            [Reason::NeverVisited]
        );
    }

    #[test]
    fn an_elder_alone_with_needs_leads() {
        let mut town = blank_town(1);
        let all = &mut town.households;
        (all.elderly[0], all.living_alone[0], all.members[0]) = (1, 1, 1);
        all.monthly_income[0] = 999.0;
        all.needs[0] = 0b101;
        all.last_visit[0] = 20_000 - 45;
        let weights = PriorityWeights::default();
        let opened = parts(&town, 0, Choice::default(), as_of(), &weights);
        assert_eq!(opened.0.map(|part| part.value), [0.5, 0.0, 0.7, 0.25]);
        assert!((opened.score() - (15.0 + 21.0 + 5.0)).abs() < 1e-9);
        assert_eq!(
            reasons(&town, 0, as_of(), Choice::default(), &weights),
            [
                Reason::OpenNeeds(2),
                Reason::LivingAloneElder,
                Reason::LowIncome,
                Reason::LongSinceVisit(45),
                Reason::NoAssistance,
            ]
        );
        // 45 days are long for an elder living alone, and not for a family.
        town.households.living_alone[0] = 0;
        town.households.children[0] = 2;
        let reasons = reasons(&town, 0, as_of(), Choice::default(), &weights);
        assert!(reasons.contains(&Reason::Elderly(1)) && reasons.contains(&Reason::Children(2)));
        assert!(!reasons.contains(&Reason::LongSinceVisit(45)));
    }

    #[test]
    fn every_score_opens_into_its_parts() {
        let rows = 40_000;
        let mut town = blank_town(rows);
        for row in 0..rows {
            let all = &mut town.households;
            let number = row as i32;
            all.members[row] = number % 6 - 1;
            all.elderly[row] = number % 4 - 1;
            all.children[row] = number % 5 - 1;
            all.disabled[row] = number % 3 - 1;
            all.living_alone[row] = number % 3 - 1;
            all.monthly_income[row] = f64::from(number % 50) * 200.0;
            all.needs[row] = (row as u64 * 13) % 64;
            all.last_visit[row] = 20_050 - number % 400;
        }
        let weights = PriorityWeights {
            unmet_load: 3.0,
            gaps: 1.0,
            visit: -7.0,
            ..PriorityWeights::default()
        };
        let choice = Choice {
            needs: 0b11_0111,
            ..Choice::default()
        };
        let scores = priority(&town, choice, as_of(), &weights, &Progress::new()).unwrap();
        assert_eq!(scores.score.len(), rows);
        for (row, score) in scores.score.iter().enumerate() {
            let opened = parts(&town, row as u32, choice, as_of(), &weights);
            assert_eq!(*score, opened.score() as f32);
            assert!((0.0..=100.0).contains(score));
            assert!(
                opened
                    .0
                    .iter()
                    .all(|part| (0.0..=1.0).contains(&part.value))
            );
        }
        let least = scores.score.iter().copied().fold(f32::MAX, f32::min);
        let most = scores.score.iter().copied().fold(0.0, f32::max);
        assert!(least < 5.0 && most > 90.0, "{least} to {most}");
    }

    #[test]
    fn a_visit_after_the_day_asked_does_not_count() {
        let mut town = blank_town(1);
        town.households.last_visit[0] = 20_001;
        let weights = PriorityWeights::default();
        let visit = |as_of| parts(&town, 0, Choice::default(), as_of, &weights).0[3].value;
        assert_eq!(visit(as_of()), 1.0);
        assert_eq!(visit(as_of().plus_days(1)), 0.0);
        assert_eq!(visit(as_of().plus_days(91)), 0.5);
    }

    #[test]
    fn no_weight_gives_no_score_and_a_cancelled_score_stops() {
        let weights = PriorityWeights {
            unmet_load: 0.0,
            gaps: f64::NAN,
            vulnerability: 0.0,
            visit: 0.0,
            ..PriorityWeights::default()
        };
        let town = blank_town(2);
        let progress = Progress::new();
        let none = priority(&town, Choice::default(), as_of(), &weights, &progress).unwrap();
        assert_eq!(none.score, [0.0, 0.0]);
        progress.cancel();
        let stopped = priority(&town, Choice::default(), as_of(), &weights, &progress);
        assert_eq!(stopped, Err(Cancelled));
    }
}
