//! Test data of this floor: a catalogue, filters of every kind, small random towns.

use super::eval::Town;
use super::{
    Comparison, Condition, DueValue, Field, Filter, FlagField, FlagValue, Moment, NumberTest,
    NumberValue, Outside, Pattern, TermValue, TextValue, VisitTest, VisitValue,
};
use crate::model::{AreaLevel, Catalogue, ClockKind, Date, PositionSource, Term};
use crate::snapshot::{AreaIndex, Areas, Households, Unknown};
use proptest::prelude::*;
use proptest::sample::select;

pub(super) fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

fn term(code: &str, zh: &str, en: &str, aliases: &[&str]) -> Term {
    Term {
        code: code.to_owned(),
        zh: zh.to_owned(),
        en: en.to_owned(),
        short_zh: String::new(),
        short_en: String::new(),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        weight: 1.0,
        known: true,
    }
}

/// Some shipped terms, then two that a file named.
pub(super) fn catalogue() -> Catalogue {
    Catalogue {
        programmes: vec![
            term("dibao", "最低生活保障", "Dibao", &["低保"]),
            term("dibian", "低保边缘家庭", "Dibao edge", &["低边"]),
            term("gaoling", "高龄津贴", "Old-age allowance", &[]),
            Term::unknown("爱心 (卡)"),
        ],
        needs: vec![
            term("care", "照料", "Care", &["护理"]),
            term("medical", "医疗", "Medical", &[]),
            // Its Chinese name is a name of another, and a word of the language.
            term("none", "护理", "None", &[]),
            Term::unknown("修\"房\""),
        ],
        ..Catalogue::default()
    }
}

fn text() -> impl Strategy<Value = String> {
    let hard = [
        "",
        "and",
        "或",
        "非",
        "any",
        "无",
        "-",
        "-张",
        "!x",
        "a!b",
        "!=",
        "a*b",
        "张",
        "张三",
        "青 竹",
        "路:1",
        "\\",
        "a\"b",
        "“好”",
        "（1）",
        "１",
        "A",
        "a",
        "h1",
        "330282001",
        "重点",
        "1",
        "a,b",
        "a、b",
        "－1",
        "x－1",
        "≥",
        "&",
        "need",
    ];
    prop_oneof![
        4 => select(hard.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,4}",
    ]
}

fn pattern() -> impl Strategy<Value = Pattern> {
    prop_oneof![
        3 => text().prop_map(|text| Pattern::plain(&text)),
        2 => prop::collection::vec(text(), 2..4).prop_map(Pattern::with_wildcards),
    ]
}

/// A list as `parse` makes it: not empty, each value once.
fn list<T: PartialEq + std::fmt::Debug + Clone>(
    value: impl Strategy<Value = T>,
) -> impl Strategy<Value = Vec<T>> {
    prop::collection::vec(value, 1..4).prop_map(|values| {
        let mut once: Vec<T> = Vec::new();
        for value in values {
            if !once.contains(&value) {
                once.push(value);
            }
        }
        once
    })
}

fn comparison() -> impl Strategy<Value = Comparison> {
    select(
        &[
            Comparison::Less,
            Comparison::AtMost,
            Comparison::AtLeast,
            Comparison::More,
        ][..],
    )
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        (-1_i32..5).prop_map(f64::from),
        select(&[0.5, 1e3, 1234.56, -0.1, 1e21, 66.0][..]),
    ]
}

fn number_test() -> impl Strategy<Value = NumberTest> {
    let value = || {
        prop_oneof![
            4 => (number(), number()).prop_map(|(a, b)| NumberValue::Span(a.min(b), a.max(b))),
            3 => number().prop_map(|a| NumberValue::Span(a, a)),
            1 => Just(NumberValue::Known),
            1 => Just(NumberValue::Unknown),
        ]
    };
    prop_oneof![
        (comparison(), number()).prop_map(|(sign, bound)| NumberTest::Compare(sign, bound)),
        list(value()).prop_map(NumberTest::OneOf),
        list(value()).prop_map(NumberTest::NoneOf),
    ]
}

/// Days around the as-of date of the tests.
fn moment() -> impl Strategy<Value = Moment> {
    prop_oneof![
        (0_i32..40).prop_map(|days| Moment::Day(day("2026-11-21").plus_days(-days))),
        (0_u32..40).prop_map(Moment::DaysAgo),
    ]
}

fn visit_test() -> impl Strategy<Value = VisitTest> {
    let span = (moment(), moment()).prop_map(|(a, b)| {
        let as_of = day("2026-11-21");
        let (first, last) = if a.on(as_of) <= b.on(as_of) {
            (a, b)
        } else {
            (b, a)
        };
        VisitValue::Span(first, last)
    });
    let value = prop_oneof![3 => span, 1 => Just(VisitValue::Never), 1 => Just(VisitValue::Ever)];
    prop_oneof![
        (comparison(), moment()).prop_map(|(sign, bound)| VisitTest::Compare(sign, bound)),
        list(value).prop_map(VisitTest::OneOf),
    ]
}

fn text_value() -> impl Strategy<Value = TextValue> {
    prop_oneof![
        6 => pattern().prop_map(TextValue::Like),
        1 => Just(TextValue::Any),
        1 => Just(TextValue::None),
    ]
}

/// A code of these, or whether there is any.
fn term_value(codes: Vec<String>) -> impl Strategy<Value = TermValue> {
    prop_oneof![
        4 => select(codes).prop_map(TermValue::Code),
        1 => Just(TermValue::Any),
        1 => Just(TermValue::None),
    ]
}

fn condition_of(field: Field) -> BoxedStrategy<Condition> {
    match field {
        Field::Terms(field) => {
            let catalogue = catalogue();
            let terms = super::value::terms(field, &catalogue);
            let codes = terms.iter().map(|term| term.code.clone()).collect();
            list(term_value(codes))
                .prop_map(move |values| Condition::Terms(field, values))
                .boxed()
        }
        Field::Number(field) => number_test()
            .prop_map(move |test| Condition::Number(field, test))
            .boxed(),
        Field::Flag(field) => {
            let values = [FlagValue::Yes, FlagValue::No, FlagValue::Unknown];
            let takes = if field == FlagField::LivingAlone {
                3
            } else {
                2
            };
            list(select(values[..takes].to_vec()))
                .prop_map(move |values| Condition::Flag(field, values))
                .boxed()
        }
        Field::Due => {
            let kinds = ClockKind::ALL.map(DueValue::Kind);
            let others = [DueValue::Any, DueValue::None, DueValue::Overdue];
            list(select([&kinds[..], &others[..]].concat()))
                .prop_map(Condition::Due)
                .boxed()
        }
        Field::Visited => visit_test().prop_map(Condition::Visited).boxed(),
        Field::Place(field) => {
            let named = select(vec![
                vec!["330282001001"],
                vec!["330282001", ""],
                vec!["青竹社区"],
                vec!["", "网格"],
                vec!["G9"],
            ])
            .prop_map(|parts| {
                TextValue::Like(match parts.as_slice() {
                    [only] => Pattern::plain(only),
                    parts => Pattern::with_wildcards(parts.iter().copied()),
                })
            });
            list(prop_oneof![named, text_value()])
                .prop_map(move |values| Condition::Place(field, values))
                .boxed()
        }
        Field::Outside => list(select(&[Outside::Areas, Outside::Declared][..]))
            .prop_map(Condition::Outside)
            .boxed(),
        Field::Text(field) => (any::<bool>(), list(text_value()))
            .prop_map(move |(whole, values)| Condition::Text {
                field,
                whole,
                values,
            })
            .boxed(),
    }
}

/// Filters of every kind, in the shape that `parse` makes.
pub(super) fn filter() -> impl Strategy<Value = Filter> {
    let anywhere = list(pattern())
        .prop_filter(
            "a lone * is everything",
            |patterns| !matches!(patterns.as_slice(), [only] if only.is_wildcard()),
        )
        .prop_map(Condition::Anywhere);
    let condition = prop_oneof![
        6 => select(Field::all().collect::<Vec<_>>()).prop_flat_map(condition_of),
        1 => anywhere,
    ];
    let leaf = prop_oneof![20 => condition.prop_map(Filter::Where), 1 => Just(Filter::All)];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Filter::and),
            prop::collection::vec(inner.clone(), 0..4).prop_map(Filter::or),
            inner.prop_map(Filter::negated),
        ]
    })
}

/// A town that owns its columns.
#[derive(Debug, Clone)]
pub(super) struct OwnTown {
    pub(super) households: Households,
    pub(super) areas: Areas,
    pub(super) catalogue: Catalogue,
}

impl OwnTown {
    pub(super) fn town(&self) -> Town<'_> {
        Town {
            households: &self.households,
            areas: &self.areas,
            catalogue: &self.catalogue,
        }
    }
}

/// One county, one street, two communities, a grid in the first, and a grid without parent.
pub(super) fn areas() -> Areas {
    let mut areas = Areas::default();
    for (code, name, level, parent) in [
        ("330282", "示范县", AreaLevel::County, None),
        ("330282001", "青竹街道", AreaLevel::Street, Some(0)),
        ("330282001001", "青竹社区", AreaLevel::Community, Some(1)),
        ("330282001002", "滨河社区", AreaLevel::Community, Some(1)),
        ("33028200100101", "第一网格", AreaLevel::Grid, Some(2)),
        ("G9", "G9", AreaLevel::Grid, None),
    ] {
        areas.code.push(code.to_owned());
        areas.name.push(name.to_owned());
        areas.level.push(level);
        areas.parent.push(parent.map_or(AreaIndex::NONE, AreaIndex));
    }
    areas.codes = areas.known_codes();
    areas
}

/// One random household.
#[derive(Debug, Clone)]
pub(super) struct Row {
    texts: [&'static str; 7],
    area: u32,
    bits: (u64, u64, u64, u64),
    counts: [i32; 4],
    alone: i32,
    income: f64,
    last_visit: i32,
}

fn row() -> impl Strategy<Value = Row> {
    let texts = (
        select(&["h1", "H1", "h12", "张"][..]),
        select(&["张三", "张", "小张", "Anna", ""][..]),
        select(&["青竹路1号", "示范路 9", "a!b", ""][..]),
        select(&["13812345678", ""][..]),
        select(&["G9", "330282001001", "33028200100101", "x", ""][..]),
        select(&["重点", "重点;A", ";A", ""][..]),
        select(&["any", "张 \"x\"", ""][..]),
    )
        .prop_map(|(id, name, address, phone, declared, tags, notes)| {
            [id, name, address, phone, declared, tags, notes]
        });
    let count = || prop_oneof![Just(Unknown::COUNT), 0_i32..4, Just(66)];
    let counts = [count(), count(), count(), count()];
    let income = prop_oneof![
        Just(f64::NAN),
        select(&[0.0, 1.0, 2.0, 0.5, 1e3, 1234.56][..])
    ];
    let last_visit = prop_oneof![
        1 => Just(Unknown::DAY),
        4 => (-40_i32..5).prop_map(|days| day("2026-11-21").plus_days(days).days()),
    ];
    (
        texts,
        0_u32..9,
        (0_u64..16, 0_u64..16, 0_u64..16, 0_u64..16),
        counts,
        -1_i32..2,
        income,
        last_visit,
    )
        .prop_map(
            |(texts, area, bits, counts, alone, income, last_visit)| Row {
                texts,
                area,
                bits,
                counts,
                alone,
                income,
                last_visit,
            },
        )
}

/// A town of these households. Area 6 is "located, in none", 7 and more "not geocoded".
pub(super) fn town_of(rows: &[Row]) -> OwnTown {
    let mut households = Households::default();
    for row in rows {
        let [id, name, address, phone, declared, tags, notes] = row.texts;
        // Another column of lists without one more strategy.
        let lists = tags;
        households.id.push(id);
        households.head_name.push(name);
        households.id_number.push("");
        households.phone.push(phone);
        households.address.push(address);
        households.declared_area.push(declared);
        households.tags.push(tags);
        households.notes.push(notes);
        households.position_text.push("");
        households.position_datum.push("");
        households.position_source.push(PositionSource::File);
        households.lists.push(lists);
        let place = if row.area <= 6 { 1.0 } else { f64::NAN };
        for column in [
            &mut households.lon,
            &mut households.lat,
            &mut households.x_merc,
            &mut households.y_merc,
        ] {
            column.push(place);
        }
        households.area.push(if row.area < 6 {
            AreaIndex(row.area)
        } else {
            AreaIndex::NONE
        });
        households.programmes.push(row.bits.0);
        households.needs.push(row.bits.1);
        // Every column another one without one more strategy.
        let entitlement = &mut households.entitlement;
        entitlement.eligible.push(row.bits.2);
        entitlement.gap.push(row.bits.3);
        entitlement.unknown.push(row.bits.2 ^ row.bits.3);
        entitlement.review.push(row.bits.2 & row.bits.0);
        entitlement.silent.push(row.bits.3 % 3 == 1);
        let due = &mut households.due;
        due.overdue.push((row.bits.0 >> 3) as u8 & 0b10_1010);
        due.soon.push((row.bits.1 >> 5) as u8 & 0b01_1010);
        due.first.push(Unknown::DAY);
        let [members, elderly, children, disabled] = row.counts;
        households.members.push(members);
        households.elderly.push(elderly);
        households.children.push(children);
        households.disabled.push(disabled);
        households.living_alone.push(row.alone);
        households.monthly_income.push(row.income);
        households.last_visit.push(row.last_visit);
    }
    OwnTown {
        households,
        areas: areas(),
        catalogue: catalogue(),
    }
}

/// Random towns of at most so many households.
pub(super) fn town(most: usize) -> impl Strategy<Value = OwnTown> {
    prop::collection::vec(row(), 0..=most).prop_map(|rows| town_of(&rows))
}
