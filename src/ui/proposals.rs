//! On the card of a household: what is proposed for each of its open needs, and why.

use super::theme::{Theme, body_font, small_font};
use super::widgets::{note, section};
use crate::analysis::MatchOutcome;
use crate::jobs::{Town, distance_text, match_reason_text, outcome_word};
use crate::session::Session;
use egui::{Label, RichText, Ui};

/// Draws the section; nothing where nothing is open or nobody offers anything.
pub(super) fn show(ui: &mut Ui, session: &Session, town: &Town, row: u32) {
    let Some(matched) = session.matched() else {
        return;
    };
    let matching = &*matched.matching;
    let needs = matching.of(row);
    if needs.is_empty() || town.snapshot.resources.is_empty() {
        return;
    }
    let theme = Theme::of(ui);
    let lang = session.lang;
    section(ui, &lang.t("ui.proposals"));
    for at in needs {
        let (Some(need), Some(outcome)) = (matching.needs.get(at), matching.outcomes.get(at))
        else {
            continue;
        };
        let term = town
            .snapshot
            .catalogue
            .needs
            .get(usize::from(need.category));
        let mut facts = vec![term.map_or("", |term| term.name(lang)).to_owned()];
        let urgency = match need.urgency {
            1 => Some("ui.urgency_1"),
            2 => Some("ui.urgency_2"),
            3 => Some("ui.urgency_3"),
            _ => None,
        };
        facts.extend(urgency.map(|key| lang.t(key).into_owned()));
        facts.extend(
            need.waiting_days
                .map(|days| lang.with("ui.waiting_days", &[("days", &days.to_string())])),
        );
        ui.label(RichText::new(facts.join("  ·  ")).font(body_font()));
        let (text, color) = match outcome {
            MatchOutcome::Matched {
                resource,
                distance_m,
            } => {
                let resources = &town.snapshot.resources;
                let mut parts = vec![
                    resources.name.get(*resource).to_owned(),
                    distance_text(*distance_m),
                    resources.hours.get(*resource).to_owned(),
                ];
                parts.retain(|part| !part.is_empty());
                (format!("→ {}", parts.join("  ·  ")), theme.accent)
            }
            MatchOutcome::Referred => {
                (lang.t(outcome_word(*outcome)).into_owned(), theme.secondary)
            }
            _ => (lang.t(outcome_word(*outcome)).into_owned(), theme.warning),
        };
        ui.add(Label::new(RichText::new(text).font(small_font()).color(color)).wrap());
        note(ui, match_reason_text(town, matching, at, lang));
        ui.add_space(4.0);
    }
    note(ui, lang.t("ui.proposals_note"));
}
