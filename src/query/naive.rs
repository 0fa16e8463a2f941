//! The filter asked household by household, as the definitions read: what `eval` must agree with.

use super::eval::{EvalContext, Town};
use super::leaf::position_words;
use super::{
    Comparison, Condition, DueValue, Filter, FlagField, FlagValue, NumberField, NumberTest,
    NumberValue, Outside, Pattern, PlaceField, TermField, TermValue, TextField, TextValue,
    VisitTest, VisitValue,
};
use crate::model::AreaLevel;
use crate::snapshot::AreaIndex;

pub(super) fn holds(filter: &Filter, town: Town, context: &EvalContext, row: u32) -> bool {
    match filter {
        Filter::All => true,
        Filter::And(parts) => parts.iter().all(|part| holds(part, town, context, row)),
        Filter::Or(parts) => parts.iter().any(|part| holds(part, town, context, row)),
        Filter::Not(inner) => !holds(inner, town, context, row),
        Filter::Where(condition) => meets(condition, town, context, row),
    }
}

fn meets(condition: &Condition, town: Town, context: &EvalContext, row: u32) -> bool {
    let (all, at) = (town.households, row as usize);
    match condition {
        Condition::Terms(field, values) => values.iter().any(|value| {
            let (bits, terms) = match field {
                TermField::Need => (all.needs[at], &town.catalogue.needs),
                TermField::Programme => (all.programmes[at], &town.catalogue.programmes),
                TermField::Gap => (all.entitlement.gap[at], &town.catalogue.programmes),
                TermField::Eligible => (all.entitlement.eligible[at], &town.catalogue.programmes),
                TermField::Unclear => (all.entitlement.unknown[at], &town.catalogue.programmes),
                TermField::Review => (all.entitlement.review[at], &town.catalogue.programmes),
            };
            match value {
                TermValue::Any => bits != 0,
                TermValue::None => bits == 0,
                TermValue::Code(code) => terms
                    .iter()
                    .enumerate()
                    .any(|(place, term)| term.code == *code && bits & (1 << place) != 0),
            }
        }),
        Condition::Number(field, test) => {
            let count = |count: i32| (count >= 0).then(|| f64::from(count));
            let income = Some(all.monthly_income[at]).filter(|income| !income.is_nan());
            number(
                test,
                match field {
                    NumberField::Members => count(all.members[at]),
                    NumberField::Elderly => count(all.elderly[at]),
                    NumberField::Children => count(all.children[at]),
                    NumberField::Disabled => count(all.disabled[at]),
                    NumberField::Income => income,
                    NumberField::IncomePerHead => match (income, all.members[at]) {
                        (Some(income), members @ 1..) => Some(income / f64::from(members)),
                        _ => None,
                    },
                },
            )
        }
        Condition::Flag(field, values) => {
            let choice = context.choice;
            let receives = all.programmes[at] & choice.programmes != 0;
            let answer = match field {
                FlagField::LivingAlone => match all.living_alone[at] {
                    1 => Some(true),
                    0 => Some(false),
                    _ => None,
                },
                FlagField::Located => Some(all.merc(row).is_some()),
                FlagField::Selected => Some(context.selection.is_some_and(|set| set.contains(row))),
                FlagField::Receiving => Some(receives),
                FlagField::Silent => Some(all.entitlement.silent[at]),
                FlagField::Concern => Some(
                    receives
                        || all.needs[at] & choice.needs != 0
                        || all.entitlement.gap[at] & choice.programmes != 0,
                ),
            };
            values.contains(&match answer {
                Some(true) => FlagValue::Yes,
                Some(false) => FlagValue::No,
                None => FlagValue::Unknown,
            })
        }
        Condition::Due(values) => {
            let kinds: Vec<_> = all.due.kinds(row).collect();
            values.iter().any(|value| match value {
                DueValue::Any => !kinds.is_empty(),
                DueValue::None => kinds.is_empty(),
                DueValue::Overdue => all.due.overdue[at] != 0,
                DueValue::Kind(kind) => kinds.contains(kind),
            })
        }
        Condition::Visited(test) => {
            let visit = all.last_visit(row);
            match test {
                VisitTest::Compare(comparison, bound) => {
                    let bound = bound.on(context.as_of);
                    match comparison {
                        Comparison::Less => visit.is_none_or(|day| day < bound),
                        Comparison::AtMost => visit.is_none_or(|day| day <= bound),
                        Comparison::AtLeast => visit.is_some_and(|day| day >= bound),
                        Comparison::More => visit.is_some_and(|day| day > bound),
                    }
                }
                VisitTest::OneOf(values) => values.iter().any(|value| match value {
                    VisitValue::Never => visit.is_none(),
                    VisitValue::Ever => visit.is_some(),
                    VisitValue::Span(first, last) => visit.is_some_and(|day| {
                        first.on(context.as_of) <= day && day <= last.on(context.as_of)
                    }),
                }),
            }
        }
        Condition::Place(PlaceField::Declared, values) => values
            .iter()
            .any(|value| is_text(value, all.declared_area.get(row), true)),
        Condition::Place(field, values) => {
            let at_level: Vec<AreaIndex> = town
                .areas
                .chain(all.area[at])
                .filter(|area| match field {
                    PlaceField::Level(level) => town.areas.level[area.0 as usize] == *level,
                    _ => true,
                })
                .collect();
            values.iter().any(|value| match value {
                TextValue::Any => !at_level.is_empty(),
                TextValue::None => at_level.is_empty(),
                like @ TextValue::Like(_) => at_level.iter().any(|area| {
                    is_text(like, &town.areas.code[area.0 as usize], true)
                        || is_text(like, &town.areas.name[area.0 as usize], true)
                }),
            })
        }
        Condition::Outside(values) => {
            let declared = all.declared_area.get(row);
            all.merc(row).is_some()
                && values.iter().any(|value| match value {
                    Outside::Areas => all.area[at] == AreaIndex::NONE,
                    Outside::Declared => {
                        !declared.is_empty()
                            && town.areas.chain(all.area[at]).all(|area| {
                                let code = &town.areas.code[area.0 as usize];
                                // A part of an area whose parts nobody knows.
                                let is_leaf = town.areas.level[area.0 as usize] != AreaLevel::Grid
                                    && !town.areas.parent.contains(&area);
                                let finer = is_leaf
                                    && declared.starts_with(code.as_str())
                                    && !town.areas.code.iter().any(|known| known == declared);
                                code != declared && !finer
                            })
                    }
                })
        }
        Condition::Text {
            field,
            whole,
            values,
        } => {
            let source = if all.x_merc[at].is_finite() {
                position_words(all.position_source[at]).to_vec()
            } else {
                vec![String::new()]
            };
            let texts: Vec<&str> = match field {
                TextField::Name => vec![all.head_name.get(row)],
                TextField::Id => vec![all.id.get(row)],
                TextField::Address => vec![all.address.get(row)],
                TextField::Tag => all.tags.get(row).split(';').collect(),
                TextField::Note => vec![all.notes.get(row)],
                TextField::Phone => vec![all.phone.get(row)],
                TextField::List => all.lists.get(row).split(';').collect(),
                TextField::Position => source.iter().map(String::as_str).collect(),
            };
            values
                .iter()
                .any(|value| texts.iter().any(|text| is_text(value, text, *whole)))
        }
        Condition::Anywhere(patterns) => {
            let mut texts = vec![
                all.head_name.get(row),
                all.id.get(row),
                all.address.get(row),
            ];
            texts.extend(all.tags.get(row).split(';'));
            for area in town.areas.chain(all.area[at]) {
                texts.push(&town.areas.code[area.0 as usize]);
                texts.push(&town.areas.name[area.0 as usize]);
            }
            patterns
                .iter()
                .any(|pattern| texts.iter().any(|text| is_like(pattern, text, false)))
        }
    }
}

fn number(test: &NumberTest, value: Option<f64>) -> bool {
    let one_of = |values: &[NumberValue]| {
        values.iter().any(|wanted| match (wanted, value) {
            (NumberValue::Span(low, high), Some(value)) => *low <= value && value <= *high,
            (NumberValue::Known, value) => value.is_some(),
            (NumberValue::Unknown, value) => value.is_none(),
            (NumberValue::Span(..), None) => false,
        })
    };
    match test {
        NumberTest::Compare(comparison, bound) => value.is_some_and(|value| match comparison {
            Comparison::Less => value < *bound,
            Comparison::AtMost => value <= *bound,
            Comparison::AtLeast => value >= *bound,
            Comparison::More => value > *bound,
        }),
        NumberTest::OneOf(values) => one_of(values),
        NumberTest::NoneOf(values) => value.is_some() && !one_of(values),
    }
}

fn is_text(value: &TextValue, text: &str, whole: bool) -> bool {
    match value {
        TextValue::Any => !text.is_empty(),
        TextValue::None => text.is_empty(),
        TextValue::Like(pattern) => is_like(pattern, text, whole),
    }
}

/// Wildcards by trying every split.
fn is_like(pattern: &Pattern, text: &str, whole: bool) -> bool {
    fn tail(parts: &[String], text: &str) -> bool {
        match parts {
            [] => text.is_empty(),
            [last] => text.ends_with(last.as_str()),
            [part, rest @ ..] => text
                .match_indices(part.as_str())
                .any(|(at, found)| tail(rest, text.get(at + found.len()..).unwrap_or(""))),
        }
    }
    let text = text.to_ascii_lowercase();
    let parts: Vec<String> = pattern
        .parts()
        .iter()
        .map(|part| part.to_ascii_lowercase())
        .collect();
    match parts.as_slice() {
        [only] if whole => text == *only,
        [only] => text.contains(only.as_str()),
        [first, rest @ ..] => text
            .strip_prefix(first.as_str())
            .is_some_and(|text| tail(rest, text)),
        [] => false,
    }
}
