//! Entitlement gaps (应享未享) and receipts to look at: who is eligible against who receives.

use super::eligibility::{Eligible, Receiving, RuleSet, eligible_with};
use crate::base::{Cancelled, Progress};
use crate::query::RowSet;
use crate::snapshot::{AreaIndex, Snapshot};
use rayon::prelude::*;
use std::ops::AddAssign;

/// Eligible against receiving, for every household and member. A bit is the place of a programme
/// in the catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gaps {
    /// Programmes with a rule on the day. Of the others nothing is known, and no bit is set.
    pub stated: u64,
    /// Programmes that are counted in persons.
    pub of_persons: u64,
    /// Who is eligible, and of whom it is not known.
    pub eligible: Eligible,
    /// Per household: it, or one of its members, is eligible and does not receive.
    pub gap: Vec<u64>,
    /// Per household: it, or one of its members, receives and is not eligible. To look at; never
    /// a word about why.
    pub review: Vec<u64>,
    /// Per household: it, or one of its members, is eligible and receives.
    pub covered: Vec<u64>,
    /// Per listed member, for programmes for persons: a gap.
    pub person_gap: Vec<u64>,
    /// Per listed member, for programmes for persons: to look at.
    pub person_review: Vec<u64>,
    /// Per listed member, for programmes for persons: covered.
    pub person_covered: Vec<u64>,
}

/// Eligible against receiving on the day of the rules, by the domain paper's definitions.
///
/// A household receives what its row or a receipt says. A member receives what a receipt in their
/// name says. Where the household receives a programme for persons and nobody says for whom, it
/// counts for each of its members who is eligible; where none is and none is unknown, the
/// household is to be looked at. A receipt in the name of somebody who is not among the listed
/// members counts for none of them. A household without listed members is one unit. An unknown
/// verdict is neither gap nor review, whoever receives. Ticks once a block, in households.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
pub fn gaps(town: &Snapshot, rules: &RuleSet, progress: &Progress) -> Result<Gaps, Cancelled> {
    let receiving = Receiving::of(town, rules.as_of);
    let eligible = eligible_with(town, rules, &receiving, progress)?;
    Ok(Gaps::of(town, rules, &receiving, eligible))
}

impl Gaps {
    fn of(town: &Snapshot, rules: &RuleSet, receiving: &Receiving, eligible: Eligible) -> Self {
        let (stated, of_persons) = (rules.stated(), rules.of_persons());
        let people = &town.people;
        let rows = town.households.len();
        let of_row = |row: usize| {
            let all = town.households.programmes.get(row).copied().unwrap_or(0) & stated;
            let yes = eligible.yes.get(row).copied().unwrap_or(0);
            let unknown = eligible.unknown.get(row).copied().unwrap_or(0);
            let no = !yes & !unknown;
            let listed = people.of(row as u32);
            if listed.is_empty() {
                return (yes & !all, no & all, yes & all);
            }
            let of_household = !of_persons;
            let mut gap = yes & !all & of_household;
            let mut covered = yes & all & of_household;
            let unnamed = receiving.unnamed(town, row) & stated;
            // Received by nobody knows whom, and nobody can be meant.
            let mut review = no & (all & of_household | unnamed);
            for person in listed {
                let own = unit(receiving, &eligible, person, unnamed, stated & of_persons);
                gap |= own.gap;
                review |= own.review;
                covered |= own.covered;
            }
            (gap, review, covered)
        };
        let households: Vec<(u64, u64, u64)> = (0..rows)
            .into_par_iter()
            .with_min_len(1 << 12)
            .map(of_row)
            .collect();
        let persons: Vec<Unit> = (0..people.len())
            .into_par_iter()
            .with_min_len(1 << 12)
            .map(|person| {
                let row = people.household.get(person).copied().unwrap_or(u32::MAX);
                let unnamed = receiving.unnamed(town, row as usize) & stated;
                unit(receiving, &eligible, person, unnamed, stated & of_persons)
            })
            .collect();
        Self {
            stated,
            of_persons,
            gap: households.iter().map(|one| one.0).collect(),
            review: households.iter().map(|one| one.1).collect(),
            covered: households.iter().map(|one| one.2).collect(),
            person_gap: persons.iter().map(|one| one.gap).collect(),
            person_review: persons.iter().map(|one| one.review).collect(),
            person_covered: persons.iter().map(|one| one.covered).collect(),
            eligible,
        }
    }
}

/// One member against what they receive.
#[derive(Debug, Clone, Copy, Default)]
struct Unit {
    gap: u64,
    review: u64,
    covered: u64,
}

fn unit(
    receiving: &Receiving,
    eligible: &Eligible,
    person: usize,
    unnamed: u64,
    asked: u64,
) -> Unit {
    let yes = eligible.person_yes.get(person).copied().unwrap_or(0) & asked;
    let unknown = eligible.person_unknown.get(person).copied().unwrap_or(0) & asked;
    let own = receiving.own(person) & asked;
    Unit {
        gap: yes & !(own | unnamed),
        review: own & !yes & !unknown,
        covered: yes & (own | unnamed),
    }
}

/// The counts of one programme in one area, in the programme's unit: households, or persons (a
/// household without listed members, or with a receipt to look at that names nobody, is one).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ProgrammeFigures {
    /// Eligible and receiving.
    pub covered: u32,
    /// Eligible and not receiving.
    pub gap: u32,
    /// Receiving and not eligible.
    pub review: u32,
    /// Not known whether eligible.
    pub unknown: u32,
    /// Households that receive it while no rule is stated on the day.
    pub no_rule: u32,
}

impl ProgrammeFigures {
    /// Covered / (covered + gap), or `None` where nobody is known to be eligible.
    pub fn coverage(&self) -> Option<f64> {
        let eligible = self.covered + self.gap;
        (eligible > 0).then(|| f64::from(self.covered) / f64::from(eligible))
    }
}

impl AddAssign for ProgrammeFigures {
    fn add_assign(&mut self, other: Self) {
        self.covered += other.covered;
        self.gap += other.gap;
        self.review += other.review;
        self.unknown += other.unknown;
        self.no_rule += other.no_rule;
    }
}

/// The figures of every programme in every area, and of what is in none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgrammeCoverage {
    /// How many programmes there are.
    pub programmes: usize,
    /// The programmes of an area stand together, in the order of the catalogue; areas in the order
    /// of the snapshot. An area holds its own households and those of all areas below it.
    pub by_area: Vec<ProgrammeFigures>,
    /// Households with a position in no area.
    pub outside: Vec<ProgrammeFigures>,
    /// Households without a position.
    pub not_geocoded: Vec<ProgrammeFigures>,
    /// All households of the filter, each once.
    pub total: Vec<ProgrammeFigures>,
}

impl ProgrammeCoverage {
    /// The figures of a programme in an area.
    pub fn of(&self, area: AreaIndex, programme: usize) -> ProgrammeFigures {
        let at = area.get().filter(|_| programme < self.programmes);
        let at = at.map(|area| area * self.programmes + programme);
        let found = at.and_then(|at| self.by_area.get(at));
        found.copied().unwrap_or_default()
    }
}

/// Counts the rows of the set by area and programme. Ticks once a part of the rows.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
pub fn programme_coverage(
    town: &Snapshot,
    gaps: &Gaps,
    rows: &RowSet,
    progress: &Progress,
) -> Result<ProgrammeCoverage, Cancelled> {
    let areas = town.areas.len();
    let programmes = town.catalogue.programmes.len().min(64);
    let places = (areas + 2) * programmes;
    let words = rows.words();
    let per_part = words.len().div_ceil(PARTS).max(1);
    let parts = words
        .par_chunks(per_part)
        .enumerate()
        .map(|(part, words)| {
            let mut counts = vec![ProgrammeFigures::default(); places];
            for (index, word) in words.iter().enumerate() {
                let mut rest = *word;
                while rest != 0 {
                    let row = (part * per_part + index) * 64 + rest.trailing_zeros() as usize;
                    rest &= rest - 1;
                    let at = place_of(town, row, areas) * programmes;
                    if let Some(counts) = counts.get_mut(at..at + programmes) {
                        add_row(town, gaps, row, counts);
                    }
                }
            }
            let done = words.iter().map(|word| u64::from(word.count_ones())).sum();
            progress.tick(done).map(|()| counts)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let mut own = vec![ProgrammeFigures::default(); places];
    for part in &parts {
        for (own, part) in own.iter_mut().zip(part) {
            *own += *part;
        }
    }
    let not_geocoded = own.split_off((areas + 1) * programmes);
    let outside = own.split_off(areas * programmes);
    let mut total = outside.clone();
    for (total, figures) in total.iter_mut().zip(&not_geocoded) {
        *total += *figures;
    }
    let mut by_area = own.clone();
    for area in 0..areas {
        for programme in 0..programmes {
            let Some(figures) = own.get(area * programmes + programme).copied() else {
                continue;
            };
            if let Some(total) = total.get_mut(programme) {
                *total += figures;
            }
            for above in town.areas.chain(AreaIndex(area as u32)).skip(1) {
                if let Some(to) = by_area.get_mut(above.0 as usize * programmes + programme) {
                    *to += figures;
                }
            }
        }
    }
    Ok(ProgrammeCoverage {
        programmes,
        by_area,
        outside,
        not_geocoded,
        total,
    })
}

/// The parts that the rows are cut into.
const PARTS: usize = 16;

/// The area of a household; behind the areas those outside, then those without a position.
fn place_of(town: &Snapshot, row: usize, areas: usize) -> usize {
    let households = &town.households;
    match households.area.get(row).and_then(|area| area.get()) {
        Some(place) if place < areas => place,
        _ if households.x_merc.get(row).is_some_and(|x| x.is_finite()) => areas,
        _ => areas + 1,
    }
}

fn add_row(town: &Snapshot, gaps: &Gaps, row: usize, counts: &mut [ProgrammeFigures]) {
    let at = |column: &[u64], place: usize| column.get(place).copied().unwrap_or(0);
    let listed = town.people.of(row as u32);
    let mut add = |bits: u64, to: fn(&mut ProgrammeFigures) -> &mut u32| {
        let mut rest = bits;
        while rest != 0 {
            let programme = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            if let Some(figures) = counts.get_mut(programme) {
                *to(figures) += 1;
            }
        }
    };
    let receives = at(&town.households.programmes, row);
    add(receives & !gaps.stated, |figures| &mut figures.no_rule);
    // As one unit: the household's own programmes, and those of members whom nobody has listed.
    let as_one = if listed.is_empty() {
        u64::MAX
    } else {
        !gaps.of_persons
    };
    add(at(&gaps.covered, row) & as_one, |figures| {
        &mut figures.covered
    });
    add(at(&gaps.gap, row) & as_one, |figures| &mut figures.gap);
    add(at(&gaps.eligible.unknown, row) & as_one, |figures| {
        &mut figures.unknown
    });
    let mut named_review = 0;
    for person in listed {
        add(at(&gaps.person_covered, person), |figures| {
            &mut figures.covered
        });
        add(at(&gaps.person_gap, person), |figures| &mut figures.gap);
        add(at(&gaps.person_review, person), |figures| {
            &mut figures.review
        });
        add(at(&gaps.eligible.person_unknown, person), |figures| {
            &mut figures.unknown
        });
        named_review |= at(&gaps.person_review, person);
    }
    // What is to be looked at and is no member's own is the household's.
    add(at(&gaps.review, row) & !named_review, |figures| {
        &mut figures.review
    });
}

#[cfg(test)]
mod tests {
    use super::super::eligibility::samples::{Draw, as_of, catalogue, random_town, town};
    use super::super::eligibility::{UnitRef, Verdict, explain};
    use super::*;
    use crate::model::{CodeList, Date, Household, LonLat, Person, Receipt};
    use proptest::collection::vec;
    use proptest::prelude::*;

    const RULES: [&str; 3] = ["income_per_head < dibao_standard", "age >= 80", ""];

    fn person(name: &str, born: &str) -> Person {
        Person {
            name: name.to_owned(),
            born: Date::parse(born),
            ..Person::default()
        }
    }

    fn home(income: Option<f64>, programmes: &str) -> Household {
        Household {
            members: Some(1),
            monthly_income: income,
            programmes: CodeList::split(programmes),
            position: LonLat::new(0.05, 0.05),
            ..Household::default()
        }
    }

    fn receipt(member: &str, programme: &str) -> Receipt {
        Receipt {
            member: member.to_owned(),
            programme: programme.to_owned(),
            ..Receipt::default()
        }
    }

    fn found(
        homes: &[(Household, Vec<Person>)],
        receipts: &[(usize, Receipt)],
    ) -> (Snapshot, Gaps) {
        let town = town(catalogue(RULES), homes, receipts);
        let rules = RuleSet::compile(&town.catalogue, as_of());
        let gaps = gaps(&town, &rules, &Progress::new()).unwrap();
        (town, gaps)
    }

    fn figures(
        covered: u32,
        gap: u32,
        review: u32,
        unknown: u32,
        no_rule: u32,
    ) -> ProgrammeFigures {
        ProgrammeFigures {
            covered,
            gap,
            review,
            unknown,
            no_rule,
        }
    }

    #[test]
    fn households_are_covered_missed_to_look_at_or_unknown() {
        let none = Vec::new;
        let homes = [
            (home(Some(500.0), "dibao"), none()),
            (home(Some(500.0), ""), none()),
            (home(Some(5000.0), "dibao"), none()),
            (home(None, "dibao"), none()),
            (home(Some(5000.0), "canji"), none()),
        ];
        let (town, gaps) = found(&homes, &[]);
        assert_eq!(gaps.stated, 0b011);
        assert_eq!(
            gaps.gap.iter().map(|bits| bits & 1).collect::<Vec<_>>(),
            [0, 1, 0, 0, 0]
        );
        assert_eq!(gaps.review, [0, 0, 1, 0, 0]);
        let all = RowSet::all(5);
        let counted = programme_coverage(&town, &gaps, &all, &Progress::new()).unwrap();
        assert_eq!(counted.total[0], figures(1, 1, 1, 1, 0));
        assert_eq!(counted.total[0].coverage(), Some(0.5));
        assert_eq!(counted.total[2], figures(0, 0, 0, 0, 1));
        assert_eq!(counted.total[2].coverage(), None);
        assert_eq!(counted.of(AreaIndex(0), 0), counted.total[0]);
        assert_eq!(counted.of(AreaIndex(1), 0), ProgrammeFigures::default());
        let one = RowSet::from_words(vec![0b10], 5);
        let counted = programme_coverage(&town, &gaps, &one, &Progress::new()).unwrap();
        assert_eq!(counted.total[0], figures(0, 1, 0, 0, 0));
    }

    #[test]
    fn a_receipt_without_a_name_covers_every_eligible_member() {
        let old = || {
            vec![
                person("甲", "1940-01-01"),
                person("乙", "1941-01-01"),
                person("丙", "2000-01-01"),
            ]
        };
        let young = || vec![person("丁", "2000-01-01"), person("戊", "2001-01-01")];
        let rich = |programmes| home(Some(9000.0), programmes);
        let homes = [
            // By the ledger's row, nobody knows for whom.
            (rich("gaoling"), old()),
            // In the name of one.
            (rich("gaoling"), old()),
            // In the name of somebody who is not listed.
            (rich("gaoling"), old()),
            // Nobody can be meant.
            (rich("gaoling"), young()),
            // One receives who should not.
            (rich("gaoling"), young()),
            // Nobody can say.
            (
                rich("gaoling"),
                vec![person("己", ""), person("庚", "2000-01-01")],
            ),
        ];
        let receipts = [
            (1, receipt("甲", "gaoling")),
            (2, receipt("别人", "gaoling")),
            (4, receipt("戊", "gaoling")),
        ];
        let (town, gaps) = found(&homes, &receipts);
        assert_eq!(
            gaps.person_covered,
            [2, 2, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        );
        assert_eq!(
            gaps.person_gap,
            [0, 0, 0, 0, 2, 0, 2, 2, 0, 0, 0, 0, 0, 0, 0]
        );
        assert_eq!(
            gaps.person_review,
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0]
        );
        assert_eq!(gaps.gap, [0, 2, 2, 0, 0, 0]);
        assert_eq!(gaps.review, [0, 0, 0, 2, 2, 0]);
        let all = RowSet::all(6);
        let counted = programme_coverage(&town, &gaps, &all, &Progress::new()).unwrap();
        assert_eq!(counted.total[1], figures(3, 3, 2, 1, 0));
    }

    #[test]
    fn members_whom_nobody_has_listed_are_one_unit() {
        let with = |elderly, programmes| Household {
            elderly: Some(elderly),
            ..home(Some(9000.0), programmes)
        };
        let homes = [
            (with(0, "gaoling"), Vec::new()),
            (with(1, "gaoling"), Vec::new()),
            (with(0, ""), Vec::new()),
        ];
        let (town, gaps) = found(&homes, &[]);
        let all = RowSet::all(3);
        let counted = programme_coverage(&town, &gaps, &all, &Progress::new()).unwrap();
        assert_eq!(counted.total[1], figures(0, 0, 1, 1, 0));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Against a plain loop over explanations and receipts.
        #[test]
        fn the_masks_are_what_the_definitions_say(numbers in vec(any::<u16>(), 300..500), count in 1..80_usize) {
            let draw = &mut Draw::new(&numbers);
            let rules = ["income_per_head < dibao_standard", "age >= 60", "has_disability"];
            let town = random_town(draw, catalogue(rules), count);
            let rules = RuleSet::compile(&town.catalogue, as_of());
            let found = gaps(&town, &rules, &Progress::new()).unwrap();
            let mut total = vec![ProgrammeFigures::default(); 3];
            for row in 0..count as u32 {
                for place in 0..3_u8 {
                    let (mut gap, mut review, mut covered, mut unknown) = (0, 0, 0, 0);
                    let on = |at: &usize| town.receipts.is_active(*at, as_of()) && town.receipts.programme[*at] == place;
                    let own: Vec<u32> = town.receipts.of(row).filter(on).map(|at| town.receipts.person[at]).collect();
                    let receives = town.households.programmes[row as usize] >> place & 1 == 1;
                    let unnamed = receives && (own.is_empty() || own.contains(&crate::snapshot::People::NONE));
                    let each = explain(&town, &rules, place, row);
                    for one in &each {
                        let gets = match one.unit {
                            UnitRef::Person(person) => own.contains(&person),
                            _ => receives,
                        };
                        match one.reason.verdict {
                            Verdict::Yes if gets || unnamed => covered += 1,
                            Verdict::Yes => gap += 1,
                            Verdict::No if gets => review += 1,
                            Verdict::No => {}
                            Verdict::Unknown => unknown += 1,
                        }
                    }
                    let is_listed = matches!(each[0].unit, UnitRef::Person(_));
                    let nobody = each.iter().all(|one| one.reason.verdict == Verdict::No);
                    if is_listed && unnamed && nobody && review == 0 {
                        review = 1;
                    }
                    let bit = |column: &[u64]| column[row as usize] >> place & 1 == 1;
                    prop_assert_eq!((bit(&found.gap), bit(&found.review), bit(&found.covered)), (gap > 0, review > 0, covered > 0));
                    total[usize::from(place)] += ProgrammeFigures { covered, gap, review, unknown, no_rule: 0 };
                }
            }
            let all = RowSet::all(count);
            let counted = programme_coverage(&town, &found, &all, &Progress::new()).unwrap();
            prop_assert_eq!(counted.total, total);
        }
    }
}
