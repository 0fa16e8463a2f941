//! What the catalogue's text says of a programme beside its names.

use super::entry::Entry;
use crate::model::{ProgrammeGroup, ProgrammeUnit, RuleVersion, Scheme};
use crate::words::Message;

pub(super) fn scheme(entry: &mut Entry<'_, '_>) -> Scheme {
    let unit = entry.one_of(
        "unit",
        ProgrammeUnit::from_code,
        &ProgrammeUnit::ALL.map(ProgrammeUnit::code),
    );
    let group = entry.one_of(
        "group",
        ProgrammeGroup::from_code,
        &ProgrammeGroup::ALL.map(ProgrammeGroup::code),
    );
    let mut rules: Vec<RuleVersion> = Vec::new();
    entry.each("rules", |version| {
        let from = version.day("from");
        let text = version.needed_text("text");
        let (note_zh, note_en) = (version.text("note_zh"), version.text("note_en"));
        if rules.iter().any(|one| Some(one.from) == from) {
            version.mistake_at("from", Message::new("rules.catalogue_same_day"));
        }
        if let Some(from) = from {
            rules.push(RuleVersion {
                from,
                text,
                note_zh,
                note_en,
            });
        }
    });
    rules.sort_by_key(|version| version.from);
    Scheme {
        unit: unit.unwrap_or_default(),
        group: group.unwrap_or_default(),
        has_benefit: entry.flag("has_benefit", true),
        law_zh: entry.text("law_zh"),
        law_en: entry.text("law_en"),
        review_months: entry.months("review_months"),
        unsteady_review_months: entry.months("unsteady_review_months"),
        grace_months: entry.months("grace_months"),
        visit_months: entry.months("visit_months"),
        gap_weight: entry.number("gap_weight").unwrap_or(1.0),
        monthly_amount: entry.text("monthly_amount"),
        rules,
    }
}
