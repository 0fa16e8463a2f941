//! The filter as controls show it, and the filter that controls write. Conditions that no control
//! can show stay as they are.

use crate::query::{
    Comparison, Condition, Filter, FlagField, FlagValue, Moment, NumberField, NumberTest, Outside,
    Pattern, PlaceField, TermField, TermValue, TextValue, VisitTest, chips,
};

/// One control. A filter has at most one condition for each; a second one like it is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Needs,
    Receives,
    ReceivesNot,
    AtLeast(NumberField),
    Flag(FlagField),
    NotVisited,
    Area,
    Outside,
}

/// The order in which new conditions are written.
const SLOTS: [Slot; 12] = [
    Slot::Needs,
    Slot::Receives,
    Slot::ReceivesNot,
    Slot::AtLeast(NumberField::Elderly),
    Slot::AtLeast(NumberField::Children),
    Slot::AtLeast(NumberField::Disabled),
    Slot::Flag(FlagField::LivingAlone),
    Slot::NotVisited,
    Slot::Area,
    Slot::Flag(FlagField::Concern),
    Slot::Flag(FlagField::Located),
    Slot::Outside,
];

/// What the controls say.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Controls {
    /// Codes of needs: at least one of these. [`ANY`] alone is whichever.
    pub(super) needs: Vec<String>,
    /// Codes of programmes: receives at least one of these.
    pub(super) receives: Vec<String>,
    /// Codes of programmes: receives none of these.
    pub(super) receives_not: Vec<String>,
    /// Members of 60 and older, at least; 0 is no condition.
    pub(super) elderly: u32,
    /// Members under 18.
    pub(super) children: u32,
    /// Members with a disability.
    pub(super) disabled: u32,
    /// One person living alone.
    pub(super) living_alone: Option<bool>,
    /// Not visited for more than so many days.
    pub(super) not_visited_days: Option<u32>,
    /// Code of an area of any level.
    pub(super) area: Option<String>,
    /// Of concern.
    pub(super) concern: Option<bool>,
    /// Has a position.
    pub(super) located: Option<bool>,
    /// In no area.
    pub(super) outside_areas: bool,
    /// Not in the declared area.
    pub(super) outside_declared: bool,
    /// How many conditions no control shows.
    pub(super) others: usize,
}

/// Stands among codes for "at least one, whichever".
pub(super) const ANY: &str = "*";

/// What the controls show of a filter.
pub(super) fn controls_of(filter: &Filter) -> Controls {
    let mut controls = Controls::default();
    let mut taken = Vec::new();
    for part in chips(filter) {
        match slot_of(&part) {
            Some(slot) if !taken.contains(&slot) => {
                show_in(slot, &part, &mut controls);
                taken.push(slot);
            }
            _ => controls.others += 1,
        }
    }
    controls
}

/// The filter with the conditions of the controls in the places of those that they show; new
/// ones come last, and what no control shows stays where it is.
pub(super) fn filter_of(before: &Filter, controls: &Controls) -> Filter {
    let mut taken = Vec::new();
    let mut parts = Vec::new();
    for part in chips(before) {
        match slot_of(&part) {
            Some(slot) if !taken.contains(&slot) => {
                taken.push(slot);
                parts.extend(part_of(slot, controls));
            }
            _ => parts.push(part),
        }
    }
    parts.extend(
        SLOTS
            .iter()
            .filter(|slot| !taken.contains(slot))
            .filter_map(|slot| part_of(*slot, controls)),
    );
    Filter::and(parts)
}

/// The control that can show a condition whole.
fn slot_of(part: &Filter) -> Option<Slot> {
    if let Filter::Not(inner) = part {
        return match &**inner {
            Filter::Where(Condition::Terms(TermField::Programme, values)) => codes(values)
                .filter(|codes| !is_any(codes))
                .map(|_| Slot::ReceivesNot),
            _ => None,
        };
    }
    let Filter::Where(condition) = part else {
        return None;
    };
    match condition {
        Condition::Terms(TermField::Need, values) => codes(values).map(|_| Slot::Needs),
        Condition::Terms(TermField::Programme, values) => codes(values)
            .filter(|codes| !is_any(codes))
            .map(|_| Slot::Receives),
        Condition::Number(
            field @ (NumberField::Elderly | NumberField::Children | NumberField::Disabled),
            test,
        ) => at_least(test).map(|_| Slot::AtLeast(*field)),
        Condition::Flag(
            field @ (FlagField::LivingAlone | FlagField::Located | FlagField::Concern),
            values,
        ) => flag(values).map(|_| Slot::Flag(*field)),
        Condition::Visited(VisitTest::Compare(Comparison::Less, Moment::DaysAgo(_))) => {
            Some(Slot::NotVisited)
        }
        Condition::Place(PlaceField::AnyLevel, values) => area(values).map(|_| Slot::Area),
        Condition::Outside(values) => {
            let both = [Outside::Areas, Outside::Declared];
            let known = matches!(values.as_slice(), [_]) || *values == both;
            known.then_some(Slot::Outside)
        }
        _ => None,
    }
}

/// Codes and nothing else, or "any" and nothing else.
fn codes(values: &[TermValue]) -> Option<Vec<String>> {
    if matches!(values, [TermValue::Any]) {
        return Some(vec![ANY.to_owned()]);
    }
    values
        .iter()
        .map(|value| match value {
            TermValue::Code(code) => Some(code.clone()),
            TermValue::Any | TermValue::None => None,
        })
        .collect::<Option<Vec<_>>>()
        .filter(|codes| !codes.is_empty())
}

fn is_any(codes: &[String]) -> bool {
    matches!(codes, [code] if code == ANY)
}

fn terms(field: TermField, codes: &[String]) -> Option<Filter> {
    if codes.is_empty() {
        return None;
    }
    let values = if is_any(codes) {
        vec![TermValue::Any]
    } else {
        codes.iter().cloned().map(TermValue::Code).collect()
    };
    Some(Filter::Where(Condition::Terms(field, values)))
}

fn at_least(test: &NumberTest) -> Option<u32> {
    match test {
        NumberTest::Compare(Comparison::AtLeast, bound)
            if bound.fract() == 0.0 && (1.0..=99.0).contains(bound) =>
        {
            Some(*bound as u32)
        }
        _ => None,
    }
}

fn flag(values: &[FlagValue]) -> Option<bool> {
    match values {
        [FlagValue::Yes] => Some(true),
        [FlagValue::No] => Some(false),
        _ => None,
    }
}

/// A single area by its code or name, without wildcards.
fn area(values: &[TextValue]) -> Option<&str> {
    match values {
        [TextValue::Like(pattern)] => match pattern.parts() {
            [text] if !text.is_empty() => Some(text),
            _ => None,
        },
        _ => None,
    }
}

fn show_in(slot: Slot, part: &Filter, controls: &mut Controls) {
    let condition = match part {
        Filter::Where(condition) => condition,
        Filter::Not(inner) => match &**inner {
            Filter::Where(condition) => condition,
            _ => return,
        },
        _ => return,
    };
    match (slot, condition) {
        (Slot::Needs, Condition::Terms(_, values)) => {
            controls.needs = codes(values).unwrap_or_default();
        }
        (Slot::Receives, Condition::Terms(_, values)) => {
            controls.receives = codes(values).unwrap_or_default();
        }
        (Slot::ReceivesNot, Condition::Terms(_, values)) => {
            controls.receives_not = codes(values).unwrap_or_default();
        }
        (Slot::AtLeast(field), Condition::Number(_, test)) => {
            if let Some(bound) = bound_of(field, controls) {
                *bound = at_least(test).unwrap_or(0);
            }
        }
        (Slot::Flag(field), Condition::Flag(_, values)) => {
            if let Some(answer) = answer_of(field, controls) {
                *answer = flag(values);
            }
        }
        (Slot::NotVisited, Condition::Visited(VisitTest::Compare(_, Moment::DaysAgo(days)))) => {
            controls.not_visited_days = Some(*days);
        }
        (Slot::Area, Condition::Place(_, values)) => {
            controls.area = area(values).map(str::to_owned);
        }
        (Slot::Outside, Condition::Outside(values)) => {
            controls.outside_areas = values.contains(&Outside::Areas);
            controls.outside_declared = values.contains(&Outside::Declared);
        }
        _ => {}
    }
}

fn bound_of(field: NumberField, controls: &mut Controls) -> Option<&mut u32> {
    match field {
        NumberField::Elderly => Some(&mut controls.elderly),
        NumberField::Children => Some(&mut controls.children),
        NumberField::Disabled => Some(&mut controls.disabled),
        _ => None,
    }
}

fn answer_of(field: FlagField, controls: &mut Controls) -> Option<&mut Option<bool>> {
    match field {
        FlagField::LivingAlone => Some(&mut controls.living_alone),
        FlagField::Located => Some(&mut controls.located),
        FlagField::Concern => Some(&mut controls.concern),
        _ => None,
    }
}

/// The condition that a control writes, if it says something.
fn part_of(slot: Slot, controls: &Controls) -> Option<Filter> {
    let mut read = controls.clone();
    match slot {
        Slot::Needs => terms(TermField::Need, &controls.needs),
        Slot::Receives => terms(TermField::Programme, &controls.receives),
        Slot::ReceivesNot => {
            terms(TermField::Programme, &controls.receives_not).map(Filter::negated)
        }
        Slot::AtLeast(field) => {
            bound_of(field, &mut read)
                .filter(|bound| **bound > 0)
                .map(|bound| {
                    let test = NumberTest::Compare(Comparison::AtLeast, f64::from(*bound));
                    Filter::Where(Condition::Number(field, test))
                })
        }
        Slot::Flag(field) => answer_of(field, &mut read)
            .and_then(|answer| *answer)
            .map(|yes| {
                let value = if yes { FlagValue::Yes } else { FlagValue::No };
                Filter::Where(Condition::Flag(field, vec![value]))
            }),
        Slot::NotVisited => controls.not_visited_days.map(|days| {
            Filter::Where(Condition::Visited(VisitTest::Compare(
                Comparison::Less,
                Moment::DaysAgo(days),
            )))
        }),
        Slot::Area => controls.area.as_ref().map(|code| {
            let values = vec![TextValue::Like(Pattern::plain(code))];
            Filter::Where(Condition::Place(PlaceField::AnyLevel, values))
        }),
        Slot::Outside => {
            let both = [
                (controls.outside_areas, Outside::Areas),
                (controls.outside_declared, Outside::Declared),
            ];
            let values: Vec<Outside> = both
                .into_iter()
                .filter(|(on, _)| *on)
                .map(|(_, value)| value)
                .collect();
            (!values.is_empty()).then_some(Filter::Where(Condition::Outside(values)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Catalogue, Term};
    use crate::query;

    fn catalogue() -> Catalogue {
        Catalogue {
            programmes: vec![Term::unknown("dibao"), Term::unknown("gaoling")],
            needs: vec![Term::unknown("care"), Term::unknown("medical")],
            ..Catalogue::default()
        }
    }

    fn parsed(text: &str) -> Filter {
        query::parse(text, &catalogue()).unwrap()
    }

    fn everything() -> Controls {
        Controls {
            needs: vec!["care".into(), "medical".into()],
            receives: vec!["gaoling".into()],
            receives_not: vec!["dibao".into()],
            elderly: 1,
            children: 2,
            disabled: 3,
            living_alone: Some(true),
            not_visited_days: Some(30),
            area: Some("330282001".into()),
            concern: Some(true),
            located: Some(false),
            outside_areas: true,
            outside_declared: true,
            others: 0,
        }
    }

    #[test]
    fn what_the_controls_write_is_what_they_show() {
        let written = filter_of(&Filter::All, &everything());
        assert_eq!(controls_of(&written), everything());
        assert_eq!(filter_of(&written, &everything()), written);
        assert_eq!(
            filter_of(&written, &Controls::default()),
            Filter::All,
            "emptied"
        );
        let text = written.to_text(crate::words::Lang::En, &catalogue());
        assert_eq!(parsed(&text), written, "{text}");
    }

    #[test]
    fn what_somebody_types_is_what_the_controls_show() {
        let text = "need:care,medical programme:gaoling -programme:dibao elderly>=1 children>=2 disabled>=3 \
                    living_alone:yes visited<30d area:330282001 concern:yes located:no outside:areas,declared";
        assert_eq!(controls_of(&parsed(text)), everything());
        assert_eq!(controls_of(&parsed("need:any")).needs, [ANY]);
    }

    #[test]
    fn a_filter_comes_back_as_it_was() {
        for text in [
            "",
            "elderly>=1",
            "visited<30d need:care",
            "王 need:care 张 elderly>=2",
            "need:care need:medical",
            "elderly>=1.5 elderly>=1 elderly<5",
            "need:care or need:medical",
            "not (need:care or elderly>=1)",
            "programme:any -programme:any programme:none",
            "living_alone:unknown living_alone:yes,no located:yes",
            "area:3302* area:滨河社区 grid:33",
            "visited<=30d visited<2026-10-01 visited:never",
            "outside:declared -outside:areas",
            "elderly>=0 children>=500",
        ] {
            let filter = parsed(text);
            assert_eq!(filter_of(&filter, &controls_of(&filter)), filter, "{text}");
        }
    }

    #[test]
    fn changing_one_control_leaves_the_rest_in_its_place() {
        let before = parsed("王 elderly>=1 need:care need:medical address:青竹路");
        let mut controls = controls_of(&before);
        assert_eq!(controls.others, 3);
        controls.elderly = 3;
        controls.needs.clear();
        controls.living_alone = Some(false);
        let after = filter_of(&before, &controls);
        assert_eq!(
            after,
            parsed("王 elderly>=3 need:medical address:青竹路 living_alone:no")
        );
    }
}
