//! Filter + snapshot → the set of rows: 64 rows a word, chunks in parallel, cheap parts first.
//!
//! "Not" is the plain complement of the rows that its part holds; what an unknown value means is
//! decided in the leaves (`leaf.rs`).

use super::leaf::{self, Leaf};
use super::{Choice, Filter, RowSet};
use crate::base::{Cancelled, Progress};
use crate::model::{Catalogue, Date};
use crate::snapshot::{Areas, Households, Snapshot};
use rayon::prelude::*;

/// Words of 64 rows that one task fills: few enough to stay in the cache, enough to be worth it.
const CHUNK_WORDS: usize = 256;

/// What a filter needs beside the snapshot.
#[derive(Debug, Clone, Copy)]
pub struct EvalContext<'a> {
    /// The day from which relative days count.
    pub as_of: Date,
    /// The households selected on the map; without it, none is.
    pub selection: Option<&'a RowSet>,
    /// The programmes and needs that "concern" and "receiving" are about. `need:any` and
    /// `programme:any` are about all, chosen or not.
    pub choice: Choice,
}

/// The parts of a snapshot that a filter reads.
#[derive(Clone, Copy)]
pub(super) struct Town<'a> {
    pub(super) households: &'a Households,
    pub(super) areas: &'a Areas,
    pub(super) catalogue: &'a Catalogue,
}

impl<'a> Town<'a> {
    pub(super) fn of(snapshot: &'a Snapshot) -> Self {
        Self {
            households: &snapshot.households,
            areas: &snapshot.areas,
            catalogue: &snapshot.catalogue,
        }
    }
}

/// The households that a filter holds. Ticks once a chunk, in rows.
///
/// # Errors
/// [`Cancelled`] where the work was cancelled.
pub fn eval(
    filter: &Filter,
    snapshot: &Snapshot,
    context: &EvalContext,
    progress: &Progress,
) -> Result<RowSet, Cancelled> {
    eval_town(filter, Town::of(snapshot), context, progress)
}

fn eval_town(
    filter: &Filter,
    town: Town,
    context: &EvalContext,
    progress: &Progress,
) -> Result<RowSet, Cancelled> {
    let rows = town.households.len();
    let plan = Plan::of(filter, town, context);
    let mut words = vec![0; rows.div_ceil(64)];
    words
        .par_chunks_mut(CHUNK_WORDS)
        .enumerate()
        .try_for_each(|(chunk, out)| {
            let first_word = chunk * CHUNK_WORDS;
            plan.fill(first_word, &vec![u64::MAX; out.len()], out);
            progress.tick((out.len() * 64).min(rows - first_word * 64) as u64)
        })?;
    Ok(RowSet::from_words(words, rows))
}

/// The filter with its codes, names and days looked up once.
enum Plan<'a> {
    All,
    And(Vec<Plan<'a>>),
    Or(Vec<Plan<'a>>),
    Not(Box<Plan<'a>>),
    Leaf(Leaf<'a>),
}

impl<'a> Plan<'a> {
    fn of(filter: &Filter, town: Town<'a>, context: &EvalContext<'a>) -> Self {
        // The order changes no result, and the dear parts then look at fewer rows.
        let sorted = |parts: &[Filter]| {
            let mut plans: Vec<Self> = parts
                .iter()
                .map(|part| Self::of(part, town, context))
                .collect();
            plans.sort_by_key(Self::cost);
            plans
        };
        match filter {
            Filter::All => Self::All,
            Filter::And(parts) => Self::And(sorted(parts)),
            Filter::Or(parts) => Self::Or(sorted(parts)),
            Filter::Not(inner) => Self::Not(Box::new(Self::of(inner, town, context))),
            Filter::Where(condition) => Self::Leaf(leaf::of(condition, town, context)),
        }
    }

    fn cost(&self) -> u8 {
        match self {
            Self::All => 0,
            Self::And(parts) | Self::Or(parts) => parts.iter().map(Self::cost).max().unwrap_or(0),
            Self::Not(inner) => inner.cost(),
            Self::Leaf(leaf) => leaf.cost,
        }
    }

    /// Puts into `out` those of the `live` rows that the plan holds.
    fn fill(&self, first_word: usize, live: &[u64], out: &mut [u64]) {
        match self {
            Self::All => out.copy_from_slice(live),
            Self::Leaf(leaf) => (leaf.fill)(first_word, live, out),
            Self::Not(inner) => {
                inner.fill(first_word, live, out);
                for (word, live) in out.iter_mut().zip(live) {
                    *word = live & !*word;
                }
            }
            Self::And(parts) => {
                let mut left = live.to_vec();
                for part in parts {
                    part.fill(first_word, &left, out);
                    left.copy_from_slice(out);
                }
                out.copy_from_slice(&left);
            }
            Self::Or(parts) => {
                let mut left = live.to_vec();
                for part in parts {
                    part.fill(first_word, &left, out);
                    for (left, found) in left.iter_mut().zip(out.iter()) {
                        *left &= !found;
                    }
                }
                for ((word, live), left) in out.iter_mut().zip(live).zip(&left) {
                    *word = live & !left;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{OwnTown, catalogue, day, filter, town};
    use super::super::{naive, parse};
    use super::*;
    use crate::snapshot::{AreaIndex, Due, Entitlement, Unknown};
    use proptest::prelude::*;

    fn context(selection: Option<&RowSet>) -> EvalContext<'_> {
        EvalContext {
            as_of: day("2026-11-21"),
            selection,
            choice: Choice {
                programmes: 0b101,
                needs: 0b010,
            },
        }
    }

    fn expected(filter: &Filter, town: Town, context: &EvalContext) -> RowSet {
        let mut rows = RowSet::none(town.households.len());
        (0..town.households.len() as u32)
            .filter(|row| naive::holds(filter, town, context, *row))
            .for_each(|row| rows.insert(row));
        rows
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn evaluation_agrees_with_asking_each_household(
            filter in filter(),
            town in town(150),
            selected in prop::option::of(any::<[u64; 3]>()),
        ) {
            let rows = town.households.len();
            let selection = selected.map(|words| RowSet::from_words(words.to_vec(), rows));
            let context = context(selection.as_ref());
            let found = eval_town(&filter, town.town(), &context, &Progress::new()).unwrap();
            prop_assert_eq!(found, expected(&filter, town.town(), &context));
        }
    }

    /// Households that differ in the columns that a test sets.
    fn plain_town(rows: usize) -> OwnTown {
        let mut town = OwnTown {
            households: crate::snapshot::Households::default(),
            areas: super::super::samples::areas(),
            catalogue: catalogue(),
        };
        let households = &mut town.households;
        for row in 0..rows {
            households.id.push(&format!("H{row}"));
            for column in [
                &mut households.head_name,
                &mut households.address,
                &mut households.declared_area,
                &mut households.tags,
                &mut households.notes,
                &mut households.phone,
            ] {
                column.push("");
            }
        }
        households.lon = vec![f64::NAN; rows];
        households.x_merc = vec![f64::NAN; rows];
        households.area = vec![AreaIndex::NONE; rows];
        households.programmes = vec![0; rows];
        households.needs = vec![0; rows];
        households.entitlement = Entitlement::nothing(rows);
        households.due = Due::nothing(rows);
        for column in [
            &mut households.members,
            &mut households.elderly,
            &mut households.children,
            &mut households.disabled,
            &mut households.living_alone,
        ] {
            *column = vec![Unknown::COUNT; rows];
        }
        households.monthly_income = vec![f64::NAN; rows];
        households.last_visit = vec![Unknown::DAY; rows];
        town
    }

    fn found(text: &str, town: &OwnTown) -> Vec<u32> {
        let filter = parse(text, &town.catalogue).unwrap();
        eval_town(&filter, town.town(), &context(None), &Progress::new())
            .unwrap()
            .iter()
            .collect()
    }

    #[test]
    fn rows_of_every_chunk_are_found() {
        let rows = CHUNK_WORDS * 64 * 2 + 100;
        let mut town = plain_town(rows);
        town.households.elderly = (0..rows).map(|row| (row % 3) as i32).collect();
        let progress = Progress::new();
        let filter = parse("elderly:2 id:7", &town.catalogue).unwrap();
        let rows_found = eval_town(&filter, town.town(), &context(None), &progress).unwrap();
        let expected: Vec<u32> = (0..rows as u32)
            .filter(|row| row % 3 == 2 && row.to_string().contains('7'))
            .collect();
        assert_eq!(rows_found.iter().collect::<Vec<_>>(), expected);
        assert_eq!(progress.done(), rows as u64);
    }

    #[test]
    fn unknown_numbers_meet_no_comparison() {
        let mut town = plain_town(3);
        town.households.elderly = vec![Unknown::COUNT, 0, 2];
        for (text, rows) in [
            ("elderly>=1", &[2][..]),
            ("elderly<1", &[1]),
            ("elderly!=2", &[1]),
            ("elderly!=0,2", &[]),
            ("not (elderly>=1)", &[0, 1]),
            ("elderly:unknown", &[0]),
            ("elderly:known", &[1, 2]),
            ("elderly!=unknown", &[1, 2]),
            ("elderly:unknown,2..9", &[0, 2]),
            ("elderly>=-5", &[1, 2]),
            ("elderly<0.5", &[1]),
        ] {
            assert_eq!(found(text, &town), rows, "{text}");
        }
    }

    #[test]
    fn income_per_head_needs_heads() {
        let mut town = plain_town(4);
        town.households.monthly_income = vec![1000.0, 1000.0, 1000.0, f64::NAN];
        town.households.members = vec![2, 0, Unknown::COUNT, 2];
        assert_eq!(found("人均收入:500", &town), [0]);
        assert_eq!(found("人均收入:未知", &town), [1, 2, 3]);
        assert_eq!(found("收入>=1000元", &town), [0, 1, 2]);
    }

    #[test]
    fn those_never_visited_were_not_visited_since() {
        let mut town = plain_town(4);
        let on = |text| day(text).days();
        town.households.last_visit = vec![
            Unknown::DAY,
            on("2026-10-21"),
            on("2026-10-22"),
            on("2026-11-21"),
        ];
        for (text, rows) in [
            ("visited<2026-10-22", &[0, 1][..]),
            ("visited<=2026-10-22", &[0, 1, 2]),
            ("visited>2026-10-22", &[3]),
            ("visited>=2026-10-22", &[2, 3]),
            // 30 days before the as-of date is 2026-10-22.
            ("走访<30天", &[0, 1]),
            ("走访>=30天", &[2, 3]),
            ("visited:2026-10-22", &[2]),
            ("visited!=2026-10-22", &[0, 1, 3]),
            ("visited:2026-10-21..2026-10-22,never", &[0, 1, 2]),
            ("visited:31d..30d", &[1, 2]),
            ("visited:never", &[0]),
            ("visited:any", &[1, 2, 3]),
        ] {
            assert_eq!(found(text, &town), rows, "{text}");
        }
    }

    #[test]
    fn places_are_found_by_code_and_name_on_their_level() {
        let mut town = plain_town(5);
        town.households.area = vec![
            AreaIndex(4),
            AreaIndex(3),
            AreaIndex(5),
            AreaIndex::NONE,
            AreaIndex(4),
        ];
        town.households.x_merc = vec![0.0, 0.0, 0.0, 0.0, f64::NAN];
        let mut declared = crate::snapshot::TextColumn::default();
        for code in ["330282001001", "33028200100101", "", "G9", "x"] {
            declared.push(code);
        }
        town.households.declared_area = declared;
        for (text, rows) in [
            ("grid:330282001*", &[0, 4][..]),
            ("street:330282001", &[0, 1, 4]),
            ("社区:青竹社区,滨河社区", &[0, 1, 4]),
            ("grid:青竹社区", &[]),
            ("area:青竹社区", &[0, 4]),
            ("grid:g9", &[2]),
            ("community:none", &[2, 3]),
            ("grid:any", &[0, 2, 4]),
            ("area:none", &[3]),
            ("declared:33028*", &[0, 1]),
            ("declared:none", &[2]),
            ("outside:areas", &[3]),
            // The first declares the community that its grid belongs to; the last has no position.
            ("outside:declared", &[1, 3]),
            ("located:no", &[4]),
            ("滨河", &[1]),
            ("H2", &[2]),
        ] {
            assert_eq!(found(text, &town), rows, "{text}");
        }
    }

    #[test]
    fn who_should_have_what_is_asked_by_programme_and_a_lost_code_matches_nobody() {
        let mut town = plain_town(3);
        town.households.programmes = vec![0b1, 0, 0];
        let entitlement = &mut town.households.entitlement;
        entitlement.eligible = vec![0b1, 0b1, 0];
        entitlement.gap = vec![0, 0b1, 0];
        entitlement.unknown = vec![0, 0, 0b1];
        entitlement.review = vec![0b10, 0, 0];
        entitlement.silent = vec![false, true, false];
        for (text, rows) in [
            ("gap:any", &[1][..]),
            ("gap:低保", &[1]),
            ("gap:none", &[0, 2]),
            ("eligible:dibao", &[0, 1]),
            ("符合条件:低保", &[0, 1]),
            ("unclear:any", &[2]),
            ("review:any", &[0]),
            ("review:低保", &[]),
            ("silent:yes", &[1]),
            ("沉默:否", &[0, 2]),
            ("concern:yes", &[0, 1]),
        ] {
            assert_eq!(found(text, &town), rows, "{text}");
        }
        let filter = parse("programme:dibao", &town.catalogue).unwrap();
        town.catalogue.programmes.clear();
        let rows = eval_town(&filter, town.town(), &context(None), &Progress::new()).unwrap();
        assert_eq!(rows.count(), 0);
    }

    #[test]
    fn cancelled_work_gives_nothing() {
        let progress = Progress::new();
        progress.cancel();
        let town = plain_town(1);
        assert_eq!(
            eval_town(&Filter::All, town.town(), &context(None), &progress),
            Err(Cancelled)
        );
    }
}
