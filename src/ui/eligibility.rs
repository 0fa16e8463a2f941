//! What the rules say of a household, in its card: what it should have and has not, what is to be
//! looked at, what nobody knows, each with its reason.

use super::icon;
use super::theme::{Theme, body_font, small_font};
use super::widgets::{note, section};
use crate::analysis::{Explanation, Standing, Verdict};
use crate::base::digits::figure;
use crate::jobs::Town;
use crate::layer::{FactOrigins, ReasonLine, missing_text, reason_lines, unit_text, verdict_word};
use crate::session::{Inspected, Session};
use crate::words::Lang;
use egui::collapsing_header::CollapsingState;
use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, Label, RichText, Ui, vec2};

fn standing_color(standing: Standing, theme: &Theme) -> Color32 {
    match standing {
        Standing::Gap => theme.gap,
        Standing::Review => theme.warning,
        Standing::Covered => theme.accent,
        Standing::Unknown | Standing::No => theme.secondary,
    }
}

/// Draws the section.
pub(super) fn show(ui: &mut Ui, session: &Session, town: &Town, row: u32) {
    let lang = session.lang;
    let mut all: Vec<(Standing, u8)> = (0..town.rules.programmes().len().min(64) as u8)
        .map(|place| (town.gaps.standing(row, place), place))
        .filter(|(standing, _)| *standing != Standing::No)
        .collect();
    if all.is_empty() {
        return;
    }
    all.sort_unstable();
    section(ui, &lang.t("ui.entitlements"));
    if town.snapshot.households.entitlement.is_silent(row) {
        silent(ui, lang);
    }
    // A card that only follows the pointer says how things stand, not why.
    let explained = session.results.explained.as_ref().filter(|explained| {
        session.inspected == Some(Inspected::Household(row))
            && explained.row == row
            && explained.generation == town.snapshot.generation
    });
    // Until the card is there, the tables are named.
    let card = session.card(row);
    let unknown = FactOrigins::default();
    let origins = card.as_ref().map_or(&unknown, |card| &card.origins);
    for (standing, place) in all {
        let reasons = explained.and_then(|explained| {
            let mut programmes = explained.programmes.iter();
            programmes.find(|asked| asked.first().is_some_and(|one| one.programme == place))
        });
        let reasons = reasons.map(Vec::as_slice);
        let reasons = reasons.map(|reasons| (reasons, origins));
        programme(ui, session, town, (standing, place), reasons);
    }
}

fn silent(ui: &mut Ui, lang: Lang) {
    let theme = Theme::of(ui);
    ui.add(
        Label::new(
            RichText::new(lang.t("ui.silent"))
                .font(body_font())
                .color(theme.warning),
        )
        .wrap(),
    );
}

fn programme(
    ui: &mut Ui,
    session: &Session,
    town: &Town,
    (standing, place): (Standing, u8),
    reasons: Option<(&[Explanation], &FactOrigins)>,
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let programmes = &town.snapshot.catalogue.programmes;
    let Some(term) = programmes.get(usize::from(place)) else {
        return;
    };
    let heading = |ui: &mut Ui| {
        let (dot, _) = ui.allocate_exact_size(vec2(10.0, 18.0), egui::Sense::hover());
        ui.painter()
            .circle_filled(dot.center(), 4.0, standing_color(standing, &theme));
        ui.label(RichText::new(term.short_name(lang)).font(body_font()));
        let word =
            RichText::new(lang.t(&format!("ui.standing_{}", standing.code()))).font(small_font());
        ui.label(word.color(standing_color(standing, &theme)));
        let amounts = reasons.map(|(reasons, _)| reasons).unwrap_or_default();
        let amounts = amounts.iter();
        let amount: f64 = amounts.filter_map(|one| one.monthly_amount).sum();
        if standing == Standing::Gap && amount > 0.0 {
            let text = lang.with("ui.amount_a_month", &[("amount", &figure(amount, 0))]);
            super::widgets::from_right(ui, |ui| {
                let text = RichText::new(text).font(small_font());
                ui.label(text.color(theme.secondary));
            });
        }
    };
    let Some((reasons, origins)) = reasons else {
        ui.horizontal(heading);
        return;
    };
    let id = ui.make_persistent_id(("entitlement", place));
    CollapsingState::load_with_default_open(ui.ctx(), id, standing == Standing::Gap)
        .show_header(ui, heading)
        .body(|ui| {
            // Whom it is about comes first; of the others their number says enough.
            let is_no = |one: &&Explanation| one.reason.verdict == Verdict::No;
            for one in reasons.iter().filter(|one| !is_no(one)) {
                explanation(ui, session, town, (one, origins));
            }
            let others = reasons.iter().filter(is_no).count();
            if others == reasons.len() {
                for one in reasons {
                    explanation(ui, session, town, (one, origins));
                }
            } else if others > 0 {
                let count = others.to_string();
                note(
                    ui,
                    lang.with("ui.members_not_eligible", &[("count", &count)]),
                );
            }
            let schemes = &town.snapshot.catalogue.schemes;
            if let Some(scheme) = schemes.get(usize::from(place)) {
                note(ui, scheme.law(lang));
            }
        });
}

fn explanation(
    ui: &mut Ui,
    session: &Session,
    town: &Town,
    (one, origins): (&Explanation, &FactOrigins),
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let masked = session.settings.masked;
    let unit = unit_text(one.unit, &town.snapshot, lang, masked);
    let verdict = lang.t(verdict_word(one.reason.verdict));
    let heading = if unit.is_empty() {
        verdict.into_owned()
    } else {
        format!("{unit} · {verdict}")
    };
    ui.label(
        RichText::new(heading)
            .font(small_font())
            .color(verdict_color(one.reason.verdict, &theme)),
    );
    for line in reason_lines(one, &town.snapshot, origins, lang, masked) {
        reason_line(ui, &line, lang, &theme);
    }
    let missing = one.reason.missing();
    if !missing.is_empty() {
        let facts = missing_text(&missing, &town.snapshot.catalogue, lang);
        let text = lang.with("ui.facts_missing", &[("facts", &facts)]);
        ui.add(Label::new(RichText::new(text).font(small_font()).color(theme.warning)).wrap());
    }
}

fn reason_line(ui: &mut Ui, line: &ReasonLine, lang: Lang, theme: &Theme) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.add_space(f32::from(line.depth) * 12.0);
        let sign = match line.verdict {
            Verdict::Yes => icon::CHECK,
            Verdict::No => "×",
            Verdict::Unknown => "?",
        };
        let color = verdict_color(line.verdict, theme);
        ui.label(RichText::new(sign).font(small_font()).color(color));
        let response = ui.add(Label::new(line_job(line, lang, theme)).wrap());
        if !line.clause.is_empty() {
            response.on_hover_text(&line.clause);
        }
    });
}

/// Each fact on a line of its own, with where it was read in a quieter ink.
fn line_job(line: &ReasonLine, lang: Lang, theme: &Theme) -> LayoutJob {
    let ink = |color| TextFormat::simple(small_font(), color);
    let mut job = LayoutJob::default();
    if line.facts.is_empty() {
        job.append(&line.text, 0.0, ink(theme.text));
    }
    for (at, fact) in line.facts.iter().enumerate() {
        let end = if at == 0 { "" } else { "\n" };
        job.append(&format!("{end}{}", fact.text), 0.0, ink(theme.text));
        if !fact.source.is_empty() {
            let source = lang.with("layer.fact_from", &[("fact", ""), ("source", &fact.source)]);
            job.append(&source, 0.0, ink(theme.secondary));
        }
    }
    job
}

fn verdict_color(verdict: Verdict, theme: &Theme) -> Color32 {
    match verdict {
        Verdict::Yes => theme.accent,
        Verdict::No => theme.secondary,
        Verdict::Unknown => theme.warning,
    }
}
