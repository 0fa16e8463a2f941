//! For every programme of an area, or of all: how many of those who should have it have it.

use super::area_card::{interval, smoothed};
use super::theme::{Theme, body_font, small_font};
use super::widgets::{bar, note, section};
use crate::analysis::{self, ProgrammeFigures, RateForm};
use crate::base::digits::{grouped, percent};
use crate::jobs::Town;
use crate::model::ProgrammeUnit;
use crate::query;
use crate::session::{Command, Session};
use crate::snapshot::AreaIndex;
use egui::{RichText, Ui};

/// Programmes that are shown at most.
const MOST: usize = 8;

/// Draws the section; nothing where nobody is known to be eligible for anything.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    town: &Town,
    area: Option<AreaIndex>,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let of = |place: usize| match area {
        Some(area) => town.entitled.of(area, place),
        None => town.entitled.total.get(place).copied().unwrap_or_default(),
    };
    let mut known: Vec<(usize, ProgrammeFigures)> = (0..town.entitled.programmes)
        .map(|place| (place, of(place)))
        .filter(|(_, figures)| figures.coverage().is_some())
        .collect();
    if known.is_empty() {
        return;
    }
    known.sort_by_key(|(place, figures)| (std::cmp::Reverse(figures.gap), *place));
    section(ui, &lang.t("ui.programme_coverage"));
    for (place, figures) in known.iter().take(MOST) {
        programme(ui, session, town, area, (*place, figures), out);
    }
    if known.len() > MOST {
        let more = (known.len() - MOST).to_string();
        note(ui, lang.with("ui.more_programmes", &[("count", &more)]));
    }
    note(ui, lang.t("ui.programme_coverage_note"));
}

fn programme(
    ui: &mut Ui,
    session: &Session,
    town: &Town,
    area: Option<AreaIndex>,
    (place, figures): (usize, &ProgrammeFigures),
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let Some(term) = town.snapshot.catalogue.programmes.get(place) else {
        return;
    };
    let rule = town.rules.programmes().get(place);
    let unit = match rule.map(|rule| rule.unit) {
        Some(ProgrammeUnit::Person) => "ui.of_persons",
        _ => "ui.of_households",
    };
    let count = |count: u32| grouped(u64::from(count));
    let eligible = figures.covered + figures.gap;
    let raw = figures.coverage().unwrap_or(0.0);
    let form = session.view.rate_form;
    // All together have no others to be drawn to.
    let share = match (form, area) {
        (RateForm::Raw | RateForm::Count, _) | (_, None) => Some(raw),
        (_, Some(area)) => {
            smoothed(session, town, form).and_then(|rates| rates.of_programme(area, place))
        }
    };
    let is_few = eligible < analysis::min_denominator(&town.snapshot.catalogue);
    ui.horizontal(|ui| {
        ui.label(RichText::new(term.short_name(lang)).font(body_font()));
        super::widgets::from_right(ui, |ui| {
            let parts = [
                ("part", &*count(figures.covered)),
                ("whole", &*count(eligible)),
            ];
            let counts = lang.with(unit, &parts);
            // Of so few, the counts are said and no rate.
            let said = share.filter(|_| !is_few && form != RateForm::Count);
            let text = match said {
                Some(share) => format!("{}  ·  {counts}", percent(share)),
                None => counts,
            };
            ui.label(
                RichText::new(text)
                    .font(small_font())
                    .color(theme.secondary),
            );
        });
    });
    let is_smoothed = share.is_some_and(|share| (share - raw).abs() > 1e-9);
    let share = share.unwrap_or(raw).clamp(0.0, 1.0) as f32;
    let [covered, gap] = if is_few {
        [theme.secondary, theme.hairline]
    } else {
        [theme.covered, theme.gap]
    };
    let drawn = bar(ui, 7.0, &[(share, covered), (1.0 - share, gap)]);
    if let Some(mut interval) = interval(lang, figures.covered, eligible) {
        if is_smoothed {
            let raw = [("rate", &*percent(raw))];
            interval.push_str("  ·  ");
            interval.push_str(&lang.with("ui.raw_rate", &raw));
        }
        drawn.on_hover_text(interval);
    }
    let gaps = count(figures.gap);
    if figures.gap > 0 {
        let text = lang.with("ui.see_gaps", &[("count", &gaps)]);
        let link = RichText::new(text).font(small_font()).color(theme.accent);
        if ui.link(link).clicked() {
            let mut query = format!("gap:\"{}\"", term.code);
            if let Some(code) = area.and_then(|area| town.snapshot.areas.code.get(area.0 as usize))
            {
                query.extend([" area:\"", code, "\""]);
            }
            if let Ok(filter) = query::parse(&query, &town.snapshot.catalogue) {
                out.push(Command::AddFilter(filter));
            }
        }
    }
    let others = [
        ("ui.standing_review_count", figures.review),
        ("ui.standing_unknown_count", figures.unknown),
    ];
    let others: Vec<String> = others
        .into_iter()
        .filter(|(_, number)| *number > 0)
        .map(|(key, number)| lang.with(key, &[("count", &count(number))]))
        .collect();
    if !others.is_empty() {
        note(ui, others.join("  ·  "));
    }
}
