//! Test data of this floor: a catalogue, random towns, random rules.

use crate::base::{Generation, Progress};
use crate::model::{
    Area, AreaLevel, Catalogue, CodeList, Date, DisabilityKind, Household, LonLat, Need,
    NeedStatus, Person, ProgrammeUnit, Quantity, Receipt, RuleVersion, Scheme, Sex, Term,
    Threshold, ThresholdValue, Visit,
};
use crate::snapshot::{Builder, Snapshot, Tables};
use geo_types::{MultiPolygon, polygon};

pub(in crate::analysis) fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub(in crate::analysis) fn as_of() -> Date {
    day("2026-11-21")
}

/// Programmes: dibao of households; gaoling, canji of persons.
pub(in crate::analysis) fn catalogue(rules: [&str; 3]) -> Catalogue {
    let term = |code: &str, zh: &str| Term {
        zh: zh.to_owned(),
        known: true,
        ..Term::unknown(code)
    };
    let scheme = |unit, text: &str| Scheme {
        unit,
        rules: Some(text)
            .filter(|text| !text.is_empty())
            .map(|text| RuleVersion {
                from: day("2026-07-01"),
                text: text.to_owned(),
                note_zh: String::new(),
                note_en: String::new(),
            })
            .into_iter()
            .collect(),
        ..Scheme::default()
    };
    let value = |from: &str, value, area: &str| ThresholdValue {
        from: day(from),
        value,
        area: area.to_owned(),
    };
    let threshold = |code: &str, zh: &str, values| Threshold {
        code: code.to_owned(),
        zh: zh.to_owned(),
        en: code.replace('_', " "),
        unit: Quantity::YuanPerMonth,
        values,
    };
    Catalogue {
        programmes: vec![
            term("dibao", "低保"),
            term("gaoling", "高龄津贴"),
            term("canji", "残疾补贴"),
        ],
        needs: vec![term("care", "照料"), term("medical", "医疗")],
        schemes: vec![
            scheme(ProgrammeUnit::Household, rules[0]),
            scheme(ProgrammeUnit::Person, rules[1]),
            scheme(ProgrammeUnit::Person, rules[2]),
        ],
        thresholds: vec![
            threshold(
                "dibao_standard",
                "低保标准",
                vec![
                    value("2020-01-01", 1000.0, ""),
                    value("2026-07-01", 1100.0, ""),
                    value("2026-07-01", 1200.0, "g1"),
                ],
            ),
            threshold("old_age", "高龄年龄", vec![value("2020-01-01", 80.0, "")]),
            threshold(
                "local_only",
                "只有本地",
                vec![value("2020-01-01", 3.0, "g2")],
            ),
        ],
        ..Catalogue::default()
    }
}

/// A town of these households (id, row, members) and receipts, in two areas g1 and g2.
pub(in crate::analysis) fn town(
    catalogue: Catalogue,
    households: &[(Household, Vec<Person>)],
    receipts: &[(usize, Receipt)],
) -> Snapshot {
    let mut tables = Tables::default();
    for (row, receipt) in receipts {
        tables.push_receipt(number(*row), receipt);
    }
    town_with(catalogue, households, tables)
}

/// The number of a row in the tables.
fn number(row: usize) -> i64 {
    row as i64 + 100
}

fn town_with(
    catalogue: Catalogue,
    households: &[(Household, Vec<Person>)],
    mut tables: Tables,
) -> Snapshot {
    let mut builder = Builder::new(Generation::default(), catalogue, true);
    let square = |code: &str, west: f64| Area {
        code: code.to_owned(),
        name: code.to_owned(),
        level: AreaLevel::Grid,
        parent: String::new(),
        boundary: MultiPolygon(vec![polygon![
            (x: west, y: 0.0), (x: west + 0.1, y: 0.0), (x: west + 0.1, y: 0.1), (x: west, y: 0.1)
        ]]),
        derived: false,
    };
    builder.set_areas(vec![square("g1", 0.0), square("g2", 0.1)], Vec::new());
    let numbers: Vec<i64> = (0..households.len()).map(number).collect();
    for ((household, people), number) in households.iter().zip(&numbers) {
        builder.push(household);
        for person in people {
            tables.push_person(*number, person);
        }
    }
    builder.set_tables(tables, &numbers);
    builder.finish(&Progress::new()).unwrap()
}

/// Numbers out of which towns and rules are made.
pub(in crate::analysis) struct Draw<'a> {
    numbers: &'a [u16],
    at: usize,
}

impl<'a> Draw<'a> {
    pub(in crate::analysis) fn new(numbers: &'a [u16]) -> Self {
        Self { numbers, at: 0 }
    }

    pub(in crate::analysis) fn below(&mut self, count: usize) -> usize {
        let number = self.numbers[self.at % self.numbers.len()];
        // Another turn through the numbers is another sequence.
        let turn = self.at / self.numbers.len();
        self.at += 1;
        (usize::from(number) + turn * 7_919) % count
    }

    fn maybe<T>(&mut self, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(3) > 0).then(|| value(self))
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

fn person(draw: &mut Draw<'_>, name: &str) -> Person {
    Person {
        name: name.to_owned(),
        sex: draw.maybe(|draw| draw.pick(&[Sex::Male, Sex::Female])),
        born: draw.maybe(|draw| as_of().plus_days(-(draw.below(36_000) as i32))),
        disability_kind: draw
            .maybe(|draw| draw.pick(&DisabilityKind::ALL))
            .filter(|_| draw.below(2) == 0),
        disability_level: Some(draw.below(9) as u8).filter(|level| (1..=4).contains(level)),
        self_care: draw.pick(&["", "自理", "半自理", "失能"]).to_owned(),
        relation: draw.pick(&["", "户主", "配偶", "子"]).to_owned(),
        monthly_income: draw.maybe(|draw| draw.below(4) as f64 * 600.0),
        tags: CodeList::split(draw.pick(&["", "留守", "三无;留守", "有赡养人"])),
        ..Person::default()
    }
}

/// A random town of some households.
pub(in crate::analysis) fn random_town(
    draw: &mut Draw<'_>,
    catalogue: Catalogue,
    count: usize,
) -> Snapshot {
    let mut tables = Tables::default();
    let households: Vec<(Household, Vec<Person>)> = (0..count)
        .map(|row| {
            let count = |draw: &mut Draw<'_>| draw.maybe(|draw| draw.below(4) as u16);
            let household = Household {
                id: row.to_string(),
                position: draw
                    .maybe(|draw| draw.pick(&[0.05, 0.15, 0.5]))
                    .and_then(|lon| LonLat::new(lon, 0.05)),
                declared_area: draw.pick(&["", "g1", "g2"]).to_owned(),
                members: count(draw),
                elderly: count(draw),
                children: count(draw),
                disabled: count(draw),
                living_alone: draw.maybe(|draw| draw.below(2) == 0),
                monthly_income: draw.maybe(|draw| draw.below(8) as f64 * 550.0),
                programmes: CodeList::split(draw.pick(&["", "dibao", "dibao;gaoling", "canji"])),
                needs: CodeList::split(draw.pick(&["", "care", "medical"])),
                last_visit: draw.maybe(|draw| as_of().plus_days(-(draw.below(400) as i32))),
                tags: CodeList::split(draw.pick(&[
                    "",
                    "财产超标",
                    "留守;三无",
                    "财产待核",
                    "因病致困",
                ])),
                ..Household::default()
            };
            let people: Vec<Person> = (0..draw.below(4))
                .map(|at| person(draw, &format!("示范{at}")))
                .collect();
            if draw.below(3) == 0 {
                let receipt = Receipt {
                    member: draw.pick(&["", "示范0", "示范1", "别人"]).to_owned(),
                    programme: draw.pick(&["dibao", "gaoling", "canji"]).to_owned(),
                    start: draw.maybe(|draw| as_of().plus_days(5 - draw.below(50) as i32)),
                    end: draw.maybe(|draw| as_of().plus_days(draw.below(50) as i32 - 25)),
                    ..Receipt::default()
                };
                tables.push_receipt(number(row), &receipt);
            }
            if draw.below(3) == 0 {
                let need = Need {
                    category: draw.pick(&["care", "medical"]).to_owned(),
                    raised_on: draw.maybe(|draw| as_of().plus_days(-(draw.below(300) as i32))),
                    status: draw.pick(&NeedStatus::ALL),
                    closed_on: draw.maybe(|draw| as_of().plus_days(-(draw.below(200) as i32))),
                    ..Need::default()
                };
                tables.push_need(number(row), &need);
            }
            if draw.below(3) == 0 {
                let visit = Visit {
                    done_on: draw.maybe(|draw| as_of().plus_days(-(draw.below(300) as i32))),
                    ..Visit::default()
                };
                tables.push_visit(number(row), &visit);
            }
            (household, people)
        })
        .collect();
    town_with(catalogue, &households, tables)
}

/// A random rule in the language, for households or for a member.
pub(in crate::analysis) fn random_rule(
    draw: &mut Draw<'_>,
    of_member: bool,
    depth: usize,
) -> String {
    if depth == 0 || draw.below(4) == 0 {
        return leaf(draw, of_member, depth);
    }
    let inner = |draw: &mut Draw<'_>| random_rule(draw, of_member, depth - 1);
    match draw.below(6) {
        0 | 1 => format!("({} and {})", inner(draw), inner(draw)),
        2 | 3 => format!("({} or {})", inner(draw), inner(draw)),
        4 => format!("not ({})", inner(draw)),
        _ => format!("any member ({})", random_rule(draw, true, depth - 1)),
    }
}

fn leaf(draw: &mut Draw<'_>, of_member: bool, depth: usize) -> String {
    let sign = draw.pick(&["<", "<=", "=", "!=", ">=", ">"]);
    if of_member && draw.below(3) > 0 {
        let number = draw.below(100);
        return match draw.below(10) {
            0 | 1 => format!("age {sign} {number}"),
            2 => format!("disability_level {sign} {}", draw.below(5)),
            3 => format!("own_income {sign} 0.5 * dibao_standard"),
            4 => draw.pick(&["has_disability", "no_support"]).to_owned(),
            5 => format!(
                "self_care {} (unable, partly)",
                draw.pick(&["in", "not in"])
            ),
            6 => draw
                .pick(&[
                    "disability = mental",
                    "disability != none",
                    "disability in (sight, limb, none)",
                    "sex = female",
                ])
                .to_owned(),
            7 => format!("old_age {sign} age"),
            8 => format!("age - 60 {sign} members"),
            _ => format!("age in (1, {number}, 60)"),
        };
    }
    match draw.below(14) {
        0 => format!("income_per_head {sign} dibao_standard"),
        1 => format!("household_income {sign} 2 * dibao_standard - 100"),
        2 => format!("members {sign} {}", draw.below(4)),
        3 => format!("elderly {sign} children + {}", draw.below(2)),
        4 => draw
            .pick(&["living_alone", "assets_ok", "hard_costs"])
            .to_owned(),
        5 => format!("tag(\"{}\")", draw.pick(&["留守", "三无"])),
        6 => format!("area({})", draw.pick(&["g1", "g*", "x*"])),
        7 => format!("receives({})", draw.pick(&["dibao", "gaoling", "canji"])),
        8 => format!("need({})", draw.pick(&["care", "medical, care"])),
        9 => format!("days_since_visit {sign} {}", draw.below(300)),
        10 => format!("disabled / members {sign} 0.5"),
        11 if depth > 0 => format!(
            "count member ({}) {sign} {}",
            random_rule(draw, true, depth - 1),
            draw.below(3)
        ),
        11 => format!("local_only {sign} 2"),
        12 => format!("members * 50 {sign} days_since_visit"),
        _ => format!("-income_per_head {sign} -{}", draw.below(1_500)),
    }
}
