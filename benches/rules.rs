//! How long the rules of eligibility take: 20 rules over 1,000,000 households, without members and
//! with three each. `cargo bench --bench rules`.
// Criterion's macros make functions without a line of documentation; what fails in a bench should stop it.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use criterion::{Criterion, criterion_group, criterion_main};
use livelihood_map::analysis::{RuleSet, eligible, gaps, what_if};
use livelihood_map::base::{Generation, Progress};
use livelihood_map::model::{
    Catalogue, CodeList, Date, DisabilityKind, Household, Person, ProgrammeUnit, RuleVersion,
    Scheme, Term,
};
use livelihood_map::read;
use livelihood_map::snapshot::{Builder, Snapshot, Tables};
use std::hint::black_box;

const HOUSEHOLDS: u32 = 1_000_000;

/// Twenty rules: those of the shipped catalogue that are stated, and some more, longer ones.
fn catalogue() -> Catalogue {
    let shipped = read::catalogue();
    let mut catalogue = shipped.clone();
    catalogue.programmes.clear();
    catalogue.schemes.clear();
    let stated = shipped.programmes.iter().zip(&shipped.schemes);
    for (term, scheme) in stated.filter(|(_, scheme)| !scheme.rules.is_empty()) {
        catalogue.programmes.push(term.clone());
        catalogue.schemes.push(scheme.clone());
    }
    let more = [
        (
            ProgrammeUnit::Household,
            "any member (disability_level <= 2) and income_per_head < 2 * dibao_standard",
        ),
        (
            ProgrammeUnit::Household,
            "count member (age < 18) >= 2 and not receives(dibao)",
        ),
        (
            ProgrammeUnit::Person,
            "age in (16, 18, 80) or work = unable and own_income < dibao_standard",
        ),
        (
            ProgrammeUnit::Household,
            "elderly = members and days_since_visit > 30 or living_alone",
        ),
        (
            ProgrammeUnit::Person,
            "sex = female and age >= 55 and relation != head",
        ),
        (
            ProgrammeUnit::Household,
            "children / members >= 0.5 and income_per_head < 1.5 * dibao_standard",
        ),
        (
            ProgrammeUnit::Person,
            "health in (severe, chronic) and (age < 18 or age >= 60)",
        ),
        (
            ProgrammeUnit::Household,
            "members >= 5 or household_income < 800 or disabled > 1",
        ),
    ];
    for (at, (unit, text)) in more.into_iter().enumerate() {
        if catalogue.programmes.len() == 20 {
            break;
        }
        catalogue.programmes.push(Term {
            known: true,
            ..Term::unknown(&format!("more_{at}"))
        });
        catalogue.schemes.push(Scheme {
            unit,
            rules: vec![RuleVersion {
                from: day(2020),
                text: text.to_owned(),
                note_zh: String::new(),
                note_en: String::new(),
            }],
            ..Scheme::default()
        });
    }
    assert_eq!(catalogue.programmes.len(), 20);
    catalogue
}

fn day(year: i16) -> Date {
    Date::from_ymd(year, 1, 1).unwrap()
}

/// A number that looks random, and is the same on every machine.
fn mix(number: u32, of: u32) -> u32 {
    let mixed = u64::from(number).wrapping_add(u64::from(of) << 32);
    let mixed = (mixed ^ mixed >> 29).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 33) as u32
}

fn town(members: u32) -> Snapshot {
    let mut builder = Builder::new(Generation::default(), catalogue(), true);
    let mut tables = Tables::default();
    let mut numbers = Vec::new();
    for row in 0..HOUSEHOLDS {
        let one = |of: u32, below: u32| (mix(row, of) % below) as u16;
        builder.push(&Household {
            id: row.to_string(),
            members: Some(one(1, 5) + 1),
            elderly: Some(one(2, 3)),
            children: Some(one(3, 3)),
            disabled: Some(one(4, 8) / 7),
            living_alone: Some(one(5, 9) == 0),
            monthly_income: (one(6, 20) > 0).then(|| f64::from(one(7, 12_000))),
            programmes: CodeList::split(if one(8, 9) == 0 { "dibao" } else { "" }),
            last_visit: Some(day(2026).plus_days(i32::from(one(9, 300)))),
            tags: CodeList::split(if one(10, 9) == 0 {
                "独居老人;志愿者"
            } else {
                ""
            }),
            ..Household::default()
        });
        numbers.push(i64::from(row));
        for member in 0..members {
            let one = |of: u32, below: u32| mix(row, 100 * (member + 1) + of) % below;
            tables.push_person(
                i64::from(row),
                &Person {
                    name: "示范".to_owned(),
                    born: Some(day(1930).plus_days(one(1, 35_000) as i32)),
                    disability_kind: (one(2, 15) == 0).then_some(DisabilityKind::Limb),
                    disability_level: (one(2, 15) == 0).then(|| one(3, 4) as u8 + 1),
                    self_care: ["自理", "半自理", "失能"][one(4, 3) as usize].to_owned(),
                    monthly_income: Some(f64::from(one(5, 5_000))),
                    ..Person::default()
                },
            );
        }
    }
    builder.set_tables(tables, &numbers);
    builder.finish(&Progress::new()).unwrap()
}

fn rules(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rules");
    group.sample_size(10);
    for members in [0, 3] {
        let town = town(members);
        let rules = RuleSet::compile(&town.catalogue, day(2027));
        assert_eq!(rules.stated().count_ones(), 20);
        let name = format!("20 rules, {members} members each");
        group.bench_function(&name, |bencher| {
            bencher.iter(|| black_box(eligible(&town, &rules, &Progress::new()).unwrap()));
        });
        group.bench_function(format!("gaps, {members} members each"), |bencher| {
            bencher.iter(|| black_box(gaps(&town, &rules, &Progress::new()).unwrap()));
        });
        let today = gaps(&town, &rules, &Progress::new()).unwrap();
        let mut moved = town.catalogue.clone();
        for threshold in &mut moved.thresholds {
            threshold.values[0].value *= 1.05;
        }
        let trial = RuleSet::compile(&moved, day(2027));
        group.bench_function(format!("what if, {members} members each"), |bencher| {
            bencher.iter(|| {
                let trial = what_if(&town, (&rules, &today), &trial, &Progress::new());
                black_box(trial.unwrap())
            });
        });
    }
    group.finish();
}

criterion_group!(benches, rules);
criterion_main!(benches);
