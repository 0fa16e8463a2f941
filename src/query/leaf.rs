//! One condition over the columns: looked up once, then asked 64 rows at a time.

use super::eval::{EvalContext, Town};
use super::value::terms;
use super::{
    Comparison, Condition, DueValue, FlagField, FlagValue, NumberField, NumberTest, NumberValue,
    Outside, Pattern, PlaceField, TermField, TermValue, TextField, TextValue, VisitTest,
    VisitValue,
};
use crate::model::{Date, PositionSource};
use crate::snapshot::{AreaIndex, Areas, TextColumn, Unknown};
use crate::words::Lang;

/// `(first word, live rows, out)`: puts into `out` those of the live rows that match.
type Fill<'a> = Box<dyn Fn(usize, &[u64], &mut [u64]) + Sync + 'a>;

/// A condition ready to be asked, and how dear a row is.
pub(super) struct Leaf<'a> {
    pub(super) cost: u8,
    pub(super) fill: Fill<'a>,
}

/// A column of plain values, without a branch a row. Rows past its end do not match.
fn column<'a, T: Copy + Sync>(values: &'a [T], test: impl Fn(T) -> bool + Sync + 'a) -> Leaf<'a> {
    let fill = move |first_word: usize, live: &[u64], out: &mut [u64]| {
        let values = values.get(first_word * 64..).unwrap_or(&[]);
        let mut values = values.chunks(64);
        for (out, live) in out.iter_mut().zip(live) {
            let values = values.next().unwrap_or(&[]);
            *out = 0;
            if *live != 0 {
                for (bit, value) in values.iter().enumerate() {
                    *out |= u64::from(test(*value)) << bit;
                }
                *out &= live;
            }
        }
    };
    Leaf {
        cost: 0,
        fill: Box::new(fill),
    }
}

/// Whatever a row number leads to; only live rows are asked.
fn rows<'a>(cost: u8, test: impl Fn(u32) -> bool + Sync + 'a) -> Leaf<'a> {
    let fill = move |first_word: usize, live: &[u64], out: &mut [u64]| {
        for (word, (out, live)) in out.iter_mut().zip(live).enumerate() {
            let mut rest = *live;
            *out = 0;
            while rest != 0 {
                let bit = rest.trailing_zeros();
                rest &= rest - 1;
                let row = ((first_word + word) * 64) as u32 + bit;
                *out |= u64::from(test(row)) << bit;
            }
        }
    };
    Leaf {
        cost,
        fill: Box::new(fill),
    }
}

/// The leaf of a condition.
pub(super) fn of<'a>(condition: &Condition, town: Town<'a>, context: &EvalContext<'a>) -> Leaf<'a> {
    match condition {
        Condition::Terms(field, values) => of_terms(*field, values, town),
        Condition::Number(field, test) => number(*field, test, town),
        Condition::Flag(field, values) => flag(*field, values, town, context),
        Condition::Due(values) => due(values, town),
        Condition::Visited(test) => visited(test, context.as_of, town),
        Condition::Place(field, values) => place(*field, values.clone(), town),
        Condition::Outside(values) => outside(values, town),
        Condition::Text {
            field,
            whole,
            values,
        } => text(*field, *whole, values.clone(), town),
        Condition::Anywhere(patterns) => anywhere(patterns.clone(), town),
    }
}

fn of_terms<'a>(field: TermField, values: &[TermValue], town: Town<'a>) -> Leaf<'a> {
    let known = terms(field, town.catalogue);
    let none = values.contains(&TermValue::None);
    let mask = values.iter().fold(0, |mask, value| match value {
        TermValue::None => mask,
        TermValue::Any => u64::MAX,
        TermValue::Code(code) => known
            .iter()
            .position(|term| term.code == *code)
            // Terms that found no place of their own share the last.
            .map_or(mask, |place| mask | 1 << place.min(63)),
    });
    let bits = match field {
        TermField::Need => &town.households.needs,
        TermField::Programme => &town.households.programmes,
        TermField::Gap => &town.households.entitlement.gap,
        TermField::Eligible => &town.households.entitlement.eligible,
        TermField::Unclear => &town.households.entitlement.unknown,
        TermField::Review => &town.households.entitlement.review,
    };
    column(bits, move |bits| bits & mask != 0 || (none && bits == 0))
}

/// The values that match, as ranges with both ends included, and whether "unknown" does.
fn spans(test: &NumberTest) -> (Vec<(f64, f64)>, bool) {
    let values = match test {
        NumberTest::Compare(comparison, bound) => {
            let span = match comparison {
                Comparison::Less => (f64::NEG_INFINITY, bound.next_down()),
                Comparison::AtMost => (f64::NEG_INFINITY, *bound),
                Comparison::AtLeast => (*bound, f64::INFINITY),
                Comparison::More => (bound.next_up(), f64::INFINITY),
            };
            return (vec![span], false);
        }
        NumberTest::OneOf(values) | NumberTest::NoneOf(values) => values,
    };
    let ranges = values.iter().filter_map(|value| match value {
        NumberValue::Span(low, high) => Some((*low, *high)),
        NumberValue::Known => Some((f64::NEG_INFINITY, f64::INFINITY)),
        NumberValue::Unknown => None,
    });
    (ranges.collect(), values.contains(&NumberValue::Unknown))
}

fn number<'a>(field: NumberField, test: &NumberTest, town: Town<'a>) -> Leaf<'a> {
    let households = town.households;
    let (spans, unknown) = spans(test);
    let negated = matches!(test, NumberTest::NoneOf(_));
    // Unknown numbers arrive here as NaN.
    let holds = move |value: f64| {
        if value.is_nan() {
            return unknown && !negated;
        }
        spans
            .iter()
            .any(|(low, high)| (*low..=*high).contains(&value))
            != negated
    };
    let counts = match field {
        NumberField::Members => &households.members,
        NumberField::Elderly => &households.elderly,
        NumberField::Children => &households.children,
        NumberField::Disabled => &households.disabled,
        NumberField::Income => return column(&households.monthly_income, holds),
        NumberField::IncomePerHead => {
            let members = &households.members;
            return rows(1, move |row| {
                let row = row as usize;
                let income = households.monthly_income.get(row).copied();
                let heads = members.get(row).copied().filter(|heads| *heads > 0);
                holds(match (income, heads) {
                    (Some(income), Some(heads)) => income / f64::from(heads),
                    _ => f64::NAN,
                })
            });
        }
    };
    // Few households have many members: the small counts are answered from a table.
    let table: Vec<bool> = (-1..=63).map(|count| holds(count_as_f64(count))).collect();
    column(counts, move |count: i32| {
        usize::try_from(count.max(-1) + 1)
            .ok()
            .and_then(|at| table.get(at).copied())
            .unwrap_or_else(|| holds(count_as_f64(count)))
    })
}

fn count_as_f64(count: i32) -> f64 {
    if count <= Unknown::COUNT {
        f64::NAN
    } else {
        f64::from(count)
    }
}

fn flag<'a>(
    field: FlagField,
    values: &[FlagValue],
    town: Town<'a>,
    context: &EvalContext<'a>,
) -> Leaf<'a> {
    let households = town.households;
    let [yes, no, unknown] =
        [FlagValue::Yes, FlagValue::No, FlagValue::Unknown].map(|value| values.contains(&value));
    let choice = context.choice;
    match field {
        FlagField::LivingAlone => column(&households.living_alone, move |alone| match alone {
            1 => yes,
            0 => no,
            _ => unknown,
        }),
        FlagField::Located => column(
            &households.x_merc,
            move |x| {
                if x.is_finite() { yes } else { no }
            },
        ),
        FlagField::Selected => {
            let selection = context.selection;
            rows(0, move |row| {
                let selected = selection.is_some_and(|selection| selection.contains(row));
                if selected { yes } else { no }
            })
        }
        FlagField::Receiving => column(&households.programmes, move |bits| {
            if bits & choice.programmes != 0 {
                yes
            } else {
                no
            }
        }),
        FlagField::Silent => column(&households.entitlement.silent, move |silent| {
            if silent { yes } else { no }
        }),
        FlagField::Concern => rows(0, move |row| {
            let bits = |column: &[u64], mask| {
                column
                    .get(row as usize)
                    .is_some_and(|bits| bits & mask != 0)
            };
            let concern = bits(&households.programmes, choice.programmes)
                || bits(&households.needs, choice.needs)
                || bits(&households.entitlement.gap, choice.programmes);
            if concern { yes } else { no }
        }),
    }
}

/// The days that match, as ranges with both ends included. "Never" is before every day.
fn visit_spans(test: &VisitTest, as_of: Date) -> Vec<(i32, i32)> {
    const FIRST: i32 = Unknown::DAY + 1;
    match test {
        VisitTest::Compare(comparison, bound) => {
            let day = bound.on(as_of).days();
            vec![match comparison {
                Comparison::Less => (Unknown::DAY, day.saturating_sub(1)),
                Comparison::AtMost => (Unknown::DAY, day),
                Comparison::AtLeast => (day.max(FIRST), i32::MAX),
                Comparison::More => (day.saturating_add(1), i32::MAX),
            }]
        }
        VisitTest::OneOf(values) => values
            .iter()
            .map(|value| match value {
                VisitValue::Never => (Unknown::DAY, Unknown::DAY),
                VisitValue::Ever => (FIRST, i32::MAX),
                VisitValue::Span(first, last) => {
                    (first.on(as_of).days().max(FIRST), last.on(as_of).days())
                }
            })
            .collect(),
    }
}

fn visited<'a>(test: &VisitTest, as_of: Date, town: Town<'a>) -> Leaf<'a> {
    let spans = visit_spans(test, as_of);
    let days = &town.households.last_visit;
    match spans.as_slice() {
        [(first, last)] => {
            let (first, last) = (*first, *last);
            column(days, move |day| first <= day && day <= last)
        }
        _ => column(days, move |day| {
            spans
                .iter()
                .any(|(first, last)| (*first..=*last).contains(&day))
        }),
    }
}

/// Whether a test holds for the area itself or one that it belongs to, an answer an area.
fn areas_where(areas: &Areas, test: impl Fn(usize) -> bool) -> Vec<bool> {
    let own: Vec<bool> = (0..areas.len()).map(test).collect();
    (0..areas.len())
        .map(|area| {
            areas
                .chain(AreaIndex(area as u32))
                .any(|at| own.get(at.0 as usize) == Some(&true))
        })
        .collect()
}

fn area_named(areas: &Areas, area: usize, test: impl Fn(&str) -> bool) -> bool {
    [&areas.code, &areas.name]
        .into_iter()
        .filter_map(|texts| texts.get(area))
        .any(|text| test(text))
}

fn place(field: PlaceField, values: Vec<TextValue>, town: Town<'_>) -> Leaf<'_> {
    let areas = town.areas;
    let at_level = |area: usize| match field {
        PlaceField::Level(level) => areas.level.get(area) == Some(&level),
        _ => true,
    };
    if field == PlaceField::Declared {
        let declared = &town.households.declared_area;
        return rows(2, move |row| {
            let code = declared.get(row);
            any_text(&values, code, Pattern::is_whole)
        });
    }
    let has_any = values.contains(&TextValue::Any);
    let has_none = values.contains(&TextValue::None);
    let there = areas_where(areas, at_level);
    let named = areas_where(areas, |area| {
        at_level(area)
            && area_named(areas, area, |text| {
                values.iter().any(
                    |value| matches!(value, TextValue::Like(pattern) if pattern.is_whole(text)),
                )
            })
    });
    let answer: Vec<bool> = there
        .iter()
        .zip(&named)
        .map(|(there, named)| *named || (*there && has_any) || (!*there && has_none))
        .collect();
    column(&town.households.area, move |area: AreaIndex| {
        answer.get(area.0 as usize).copied().unwrap_or(has_none)
    })
}

fn due<'a>(values: &[DueValue], town: Town<'a>) -> Leaf<'a> {
    let due = &town.households.due;
    let values = values.to_vec();
    rows(0, move |row| {
        let bits = |column: &[u8]| column.get(row as usize).copied().unwrap_or(0);
        let overdue = bits(&due.overdue);
        let near = overdue | bits(&due.soon);
        values.iter().any(|value| match value {
            DueValue::Any => near != 0,
            DueValue::None => near == 0,
            DueValue::Overdue => overdue != 0,
            DueValue::Kind(kind) => near & kind.bit() != 0,
        })
    })
}

fn outside<'a>(values: &[Outside], town: Town<'a>) -> Leaf<'a> {
    let Town {
        households, areas, ..
    } = town;
    let of_areas = values.contains(&Outside::Areas);
    let of_declared = values.contains(&Outside::Declared);
    rows(2, move |row| {
        let at = row as usize;
        let located = households.x_merc.get(at).is_some_and(|x| x.is_finite());
        let area = households.area.get(at).copied().unwrap_or(AreaIndex::NONE);
        if !located {
            return false;
        }
        if of_areas && area == AreaIndex::NONE {
            return true;
        }
        let declared = households.declared_area.get(row);
        of_declared && !declared.is_empty() && !areas.is_declared(area, declared)
    })
}

fn any_text(values: &[TextValue], text: &str, like: impl Fn(&Pattern, &str) -> bool) -> bool {
    values.iter().any(|value| match value {
        TextValue::Any => !text.is_empty(),
        TextValue::None => text.is_empty(),
        TextValue::Like(pattern) => like(pattern, text),
    })
}

fn text(field: TextField, whole: bool, values: Vec<TextValue>, town: Town<'_>) -> Leaf<'_> {
    let households = town.households;
    let texts: &TextColumn = match field {
        TextField::Name => &households.head_name,
        TextField::Id => &households.id,
        TextField::Address => &households.address,
        TextField::Tag => &households.tags,
        TextField::Note => &households.notes,
        TextField::Phone => &households.phone,
        TextField::List => &households.lists,
        TextField::Position => return position(whole, &values, town),
    };
    let like = if whole {
        Pattern::is_whole
    } else {
        Pattern::is_in
    };
    rows(2, move |row| {
        let text = texts.get(row);
        match field {
            // An empty list of tags is still one text, an empty one.
            TextField::Tag | TextField::List => {
                text.split(';').any(|tag| any_text(&values, tag, like))
            }
            _ => any_text(&values, text, like),
        }
    })
}

/// How the position became known: nothing where there is none, else a word in either language.
fn position<'a>(whole: bool, values: &[TextValue], town: Town<'a>) -> Leaf<'a> {
    let like = if whole {
        Pattern::is_whole
    } else {
        Pattern::is_in
    };
    let nowhere = any_text(values, "", like);
    let answer = PositionSource::ALL.map(|source| {
        position_words(source)
            .iter()
            .any(|word| any_text(values, word, like))
    });
    let households = town.households;
    rows(2, move |row| {
        let at = row as usize;
        let located = households.x_merc.get(at).is_some_and(|x| x.is_finite());
        let source = households.position_source.get(at).copied();
        match source.filter(|_| located) {
            None => nowhere,
            Some(source) => answer.get(source as usize).copied().unwrap_or(false),
        }
    })
}

/// The words under which a query knows how a position became known.
pub(super) fn position_words(source: PositionSource) -> [String; 3] {
    let key = format!("query.position_{}", source.code());
    [
        source.code().to_owned(),
        Lang::Zh.t(&key).into_owned(),
        Lang::En.t(&key).into_owned(),
    ]
}

fn anywhere(patterns: Vec<Pattern>, town: Town<'_>) -> Leaf<'_> {
    let Town {
        households, areas, ..
    } = town;
    let in_area = areas_where(areas, |area| {
        area_named(areas, area, |text| {
            patterns.iter().any(|pattern| pattern.is_in(text))
        })
    });
    rows(3, move |row| {
        let area = households.area.get(row as usize);
        if area.is_some_and(|area| in_area.get(area.0 as usize) == Some(&true)) {
            return true;
        }
        let tags = households.tags.get(row);
        patterns.iter().any(|pattern| {
            [&households.head_name, &households.address, &households.id]
                .into_iter()
                .any(|texts| pattern.is_in(texts.get(row)))
                || tags.split(';').any(|tag| pattern.is_in(tag))
        })
    })
}
