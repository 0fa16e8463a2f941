//! Where a fact of a rule came from, and who could tell one that nobody recorded.

use crate::analysis::{Fact, FactSource, FactValue, FlagFact, FoundFact, KindFact, NumberFact};
use crate::model::Catalogue;
use crate::words::Lang;

/// The key of who could tell a fact; none where the program itself works it out.
pub(super) fn supplier_word(fact: Fact) -> Option<&'static str> {
    Some(match fact {
        Fact::Number(number) => match number {
            NumberFact::HouseholdIncome | NumberFact::IncomePerHead | NumberFact::OwnIncome => {
                "layer.ask_income"
            }
            NumberFact::Members | NumberFact::Elderly | NumberFact::Children | NumberFact::Age => {
                "layer.ask_register"
            }
            NumberFact::Disabled | NumberFact::DisabilityLevel => "layer.ask_disability",
            NumberFact::DaysSinceVisit => "layer.ask_community",
        },
        Fact::Flag(flag) => match flag {
            FlagFact::AssetsOk | FlagFact::HardCosts => "layer.ask_income",
            FlagFact::HasDisability => "layer.ask_disability",
            FlagFact::LivingAlone | FlagFact::NoSupport => "layer.ask_community",
        },
        Fact::Kind(kind) => match kind {
            KindFact::Sex | KindFact::Relation => "layer.ask_register",
            KindFact::Disability => "layer.ask_disability",
            KindFact::SelfCare | KindFact::Health => "layer.ask_health",
            KindFact::Work => "layer.ask_work",
            KindFact::Schooling => "layer.ask_school",
        },
        Fact::Tags | Fact::Need(_) => "layer.ask_community",
        Fact::MembersTable => "layer.ask_register",
        Fact::Receives(_) | Fact::Lists | Fact::Area | Fact::Threshold(_) => return None,
    })
}

/// Where a fact was read; none where nothing was.
pub(super) fn fact_source(found: &FoundFact, catalogue: &Catalogue, lang: Lang) -> Option<String> {
    if found.value == FactValue::Missing {
        return None;
    }
    let mut names: Vec<String> = Vec::new();
    for source in &found.sources {
        let name = source_name(*source, catalogue, lang);
        names.extend(name.filter(|name| !names.contains(name)));
    }
    let comma = lang.pick("、", ", ");
    (!names.is_empty()).then(|| names.join(comma))
}

fn source_name(source: FactSource, catalogue: &Catalogue, lang: Lang) -> Option<String> {
    let key = match source {
        FactSource::Household(_) => "layer.from_ledger",
        FactSource::Member(..) => "layer.from_members",
        FactSource::ListedMembers(_) => "layer.from_listed",
        FactSource::Receipts => "layer.from_receipts",
        FactSource::Lists => "layer.from_lists",
        // The area is its own source.
        FactSource::Area => return None,
        FactSource::Threshold(place, value) => {
            let value = catalogue.thresholds.get(place)?.values.get(value)?;
            let day = value.from.to_string();
            return Some(if value.area.is_empty() {
                lang.with("layer.from_threshold", &[("day", &day)])
            } else {
                let of = [("day", &*day), ("area", &*value.area)];
                lang.with("layer.from_local_threshold", &of)
            });
        }
    };
    Some(lang.t(key).into_owned())
}
