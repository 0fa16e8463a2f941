//! For every programme of an area, or of all: how many of those who should have it have it.

use super::area_card::{interval, smoothed};
use super::opens::{self, Piece};
use super::theme::{Theme, body_font, small_font};
use super::widgets::{bar, note, section};
use crate::analysis::{self, ProgrammeFigures, RateForm, StandingPart};
use crate::base::digits::{grouped, percent};
use crate::jobs::Town;
use crate::model::ProgrammeUnit;
use crate::session::{Command, Counted, Figure, Session, Who};
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
    let counts_in = rule.map_or(ProgrammeUnit::Household, |rule| rule.unit);
    let unit = match counts_in {
        ProgrammeUnit::Person => "ui.of_persons",
        ProgrammeUnit::Household => "ui.of_households",
    };
    let opens = |number: u32, part: StandingPart| {
        let who = Who::Standing(place as u8, part, area);
        Figure::new(number, Counted::of(counts_in), who)
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
            let name = format!("{} {text}", term.short_name(lang));
            let look = (small_font(), theme.secondary);
            let figure = opens(figures.covered, StandingPart::Covered);
            opens::words(ui, lang, (&text, &name), look, figure, out);
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
    let parts = [
        ("ui.see_gaps", figures.gap, StandingPart::Gap),
        (
            "ui.standing_review_count",
            figures.review,
            StandingPart::Review,
        ),
        (
            "ui.standing_unknown_count",
            figures.unknown,
            StandingPart::Unknown,
        ),
    ];
    let pieces: Vec<Piece> = parts
        .into_iter()
        .filter(|(_, number, _)| *number > 0)
        .map(|(key, number, part)| {
            let text = lang.with(key, &[("count", &count(number))]);
            Piece::opens(text, opens(number, part))
        })
        .collect();
    if !pieces.is_empty() {
        opens::line(ui, lang, term.short_name(lang), pieces, out);
    }
}
