//! The figures of an area, or of all: every rate in the form of the view, with its denominator.

use super::theme::{Theme, body_font, headline_font, small_font, title_font};
use super::widgets::{bar, elided, figure_row, note, section};
use super::{entitled_bars, inspector, opens, rate_form, spot_section, time_line};
use crate::analysis::{self, Figures, RateForm, wilson};
use crate::base::digits::{figure, grouped, percent};
use crate::jobs::{AreaRates, Town};
use crate::layer::{AreaFigure, rate_form_note};
use crate::session::{Command, Counted, Figure, Inspected, Session, Who};
use crate::snapshot::AreaIndex;
use crate::words::Lang;
use egui::{RichText, Ui};

/// All households, while nothing is chosen.
pub(super) fn overview(ui: &mut Ui, session: &Session, town: &Town, out: &mut Vec<Command>) {
    let lang = session.lang;
    ui.add_space(4.0);
    let name = session
        .document
        .as_ref()
        .map(crate::session::Document::name)
        .unwrap_or_default();
    ui.label(RichText::new(name).font(title_font()));
    note(ui, lang.t("ui.overview_note"));
    figures(ui, session, town, (None, &town.coverage.total), out);
    time_line::show(ui, session, None, out);
    entitled_bars::show(ui, session, town, None, out);
    programmes(ui, session, town, None, out);
    ui.add_space(8.0);
    note(ui, lang.t("ui.inspector_hint"));
}

/// Draws the card of an area.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    town: &Town,
    area: AreaIndex,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let areas = &town.snapshot.areas;
    let at = area.0 as usize;
    let (Some(name), Some(code), Some(level), Some(total)) = (
        areas.name.get(at),
        areas.code.get(at),
        areas.level.get(at),
        town.coverage.by_area.get(at),
    ) else {
        return;
    };
    inspector::crumbs(ui, session, town, area, false, out);
    ui.label(RichText::new(name).font(title_font()));
    let mut line = format!("{}  {code}", lang.t(level.word()));
    if let Some(km2) = areas.ground_km2.get(at).filter(|km2| **km2 > 0.0) {
        line.push_str("  ·  ");
        line.push_str(&figure(*km2, 3));
        line.push_str(" km²");
    }
    if areas.derived.get(at) == Some(&true) {
        line.push_str("  ·  ");
        line.push_str(&lang.t("ui.derived_boundary"));
    }
    note(ui, line);
    figures(ui, session, town, (Some(area), total), out);
    time_line::show(ui, session, Some(area), out);
    spot_section::show(ui, session, area, out);
    entitled_bars::show(ui, session, town, Some(area), out);
    programmes(ui, session, town, Some(area), out);
    ui.add_space(8.0);
    let hits = session
        .results
        .filtered
        .as_ref()
        .and_then(|filtered| filtered.coverage.by_area.get(at));
    let count = hits.map_or(total.households, |hits| hits.households);
    ui.horizontal_wrapped(|ui| {
        let see = lang.with("ui.see_these", &[("count", &grouped(u64::from(count)))]);
        let who = match hits {
            Some(_) => Who::Listed(format!("area:\"{code}\"")),
            None => Who::Query(String::new(), Some(area)),
        };
        if ui.add_enabled(count > 0, egui::Button::new(see)).clicked() {
            out.push(Command::OpenFigure(Figure::households(count, who)));
        }
        if ui.button(lang.t("ui.zoom_here")).clicked() {
            out.push(Command::GoTo(Inspected::Area(area)));
        }
    });
}

/// Reach as the headline, the rest below, every rate with its denominator.
fn figures(
    ui: &mut Ui,
    session: &Session,
    town: &Town,
    (area, figures): (Option<AreaIndex>, &Figures),
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    // All together have no others to be drawn to.
    let form = match (session.view.rate_form, area) {
        (RateForm::Count, _) => RateForm::Count,
        (form, Some(_)) => form,
        (_, None) => RateForm::Raw,
    };
    let [reach, full_coverage] = rates(session, town, area, figures, form);
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let name = RichText::new(lang.t("layer.reach")).font(small_font());
        ui.label(name.color(theme.secondary));
        super::widgets::from_right(ui, |ui| rate_form::menu(ui, session, out));
    });
    let least = analysis::min_denominator(&town.snapshot.catalogue);
    let suppressed = figures.is_suppressed(least);
    let ink = if suppressed && form != RateForm::Count {
        theme.secondary
    } else {
        theme.text
    };
    let written = |value: Option<f64>| {
        value.map_or_else(
            || lang.t("common.no_data").into_owned(),
            |value| AreaFigure::Reach.text(value, form),
        )
    };
    let opens = Opens { area };
    let reached = opens.figure(
        "concern:yes receiving:yes",
        figures.receiving,
        Counted::Households,
    );
    let text = written(reach);
    let name = format!("{} {text}", lang.t("layer.reach"));
    let look = (headline_font(), ink);
    opens::words(ui, lang, (&text, &name), look, reached.clone(), out);
    note(ui, lang.t(rate_form_note(form)));
    let mut line = of_households(lang, figures.receiving, figures.of_concern);
    if let Some(interval) = interval(lang, figures.receiving, figures.of_concern) {
        line.push_str("  ·  ");
        line.push_str(&interval);
    }
    if let Some(raw) = figures.reach().filter(|_| form != RateForm::Raw) {
        let raw = [("rate", &*percent(raw))];
        line.push_str("  ·  ");
        line.push_str(&lang.with("ui.raw_rate", &raw));
    }
    let look = (small_font(), theme.secondary);
    opens::words(ui, lang, (&line, &line), look, reached, out);
    if suppressed && figures.of_concern > 0 {
        let least = grouped(u64::from(least));
        note(ui, lang.with("ui.small_denominator", &[("min", &least)]));
    }
    ui.add_space(6.0);
    let full = if figures.of_concern > 0 && form != RateForm::Count {
        format!(
            "{}  ({} / {})",
            written(full_coverage),
            grouped(u64::from(figures.fully_covered)),
            grouped(u64::from(figures.of_concern))
        )
    } else {
        written(full_coverage)
    };
    let name = lang.t("layer.full_coverage");
    let row = figure_row(ui, &name, &full, false);
    let interval = interval(lang, figures.fully_covered, figures.of_concern);
    let query = "concern:yes -need:any -gap:any";
    let covered = opens.figure(query, figures.fully_covered, Counted::Households);
    let name = format!("{name} {full}");
    opens::mark_with(row, lang, &name, interval.as_deref(), covered, out);
    let mut needs = lang.with(
        "ui.needs_count",
        &[("count", &grouped(u64::from(figures.open_needs)))],
    );
    let ground_km2 = area.and_then(|area| town.snapshot.areas.ground_km2.get(area.0 as usize));
    if let Some(km2) = ground_km2.filter(|km2| **km2 > 0.0) {
        needs.push_str("  ·  ");
        needs.push_str(&figure(figures.unmet_load / km2, 0));
        needs.push_str(" /km²");
    }
    let open = opens.figure("need:any", figures.open_needs, Counted::Needs);
    opens::row(
        ui,
        lang,
        (&lang.t("layer.open_needs"), &needs),
        false,
        open,
        out,
    );
    let gaps = grouped(u64::from(figures.gaps));
    let gaps = lang.with("ui.gaps_count", &[("count", &gaps)]);
    let missed = opens.figure("gap:any", figures.gaps, Counted::Gaps);
    opens::row(
        ui,
        lang,
        (&lang.t("layer.field_gaps"), &gaps),
        false,
        missed,
        out,
    );
    let households = |count: u32| {
        lang.with(
            "ui.households_count",
            &[("count", &grouped(u64::from(count)))],
        )
    };
    for (name, query, count) in [
        ("layer.of_concern", "concern:yes", figures.of_concern),
        ("ui.all_households", "", figures.households),
    ] {
        let figure = opens.figure(query, count, Counted::Households);
        opens::row(
            ui,
            lang,
            (&lang.t(name), &households(count)),
            false,
            figure,
            out,
        );
    }
}

/// Figures of an area, or of all, that open into the households that make them.
struct Opens {
    area: Option<AreaIndex>,
}

impl Opens {
    fn figure(&self, query: &str, count: u32, counted: Counted) -> Figure {
        Figure::new(count, counted, Who::Query(query.to_owned(), self.area))
    }
}

/// Reach and full coverage in a form.
fn rates(
    session: &Session,
    town: &Town,
    area: Option<AreaIndex>,
    figures: &Figures,
    form: RateForm,
) -> [Option<f64>; 2] {
    match (form, area, smoothed(session, town, form)) {
        (RateForm::Count, _, _) => {
            [figures.receiving, figures.fully_covered].map(|count| Some(f64::from(count)))
        }
        (RateForm::Raw, _, _) | (_, None, _) => [figures.reach(), figures.full_coverage()],
        (_, Some(area), Some(smoothed)) => smoothed.of(area),
        // It is on its way.
        (_, Some(_), None) => [None, None],
    }
}

/// The smoothed rates of the open town in a form, once they are known.
pub(super) fn smoothed<'a>(
    session: &'a Session,
    town: &Town,
    form: RateForm,
) -> Option<&'a AreaRates> {
    let rates = session.results.area_rates.as_deref();
    rates.filter(|rates| rates.form == form && rates.generation == town.snapshot.generation)
}

fn of_households(lang: Lang, part: u32, whole: u32) -> String {
    let [part, whole] = [part, whole].map(|count| grouped(u64::from(count)));
    lang.with("ui.of_households", &[("part", &part), ("whole", &whole)])
}

/// The 95 % interval of a share, in words.
pub(super) fn interval(lang: Lang, part: u32, whole: u32) -> Option<String> {
    let (low, high) = wilson(part, whole);
    let interval = format!("{:.1}–{:.1}", low * 100.0, high * 100.0);
    (whole > 0).then(|| lang.with("ui.interval", &[("interval", &interval)]))
}

/// The words over a bar: a name, shortened where it must be, and a figure at the end.
fn bar_heading(ui: &mut Ui, name: &str, figure: &str) -> egui::Response {
    let theme = Theme::of(ui);
    let size = egui::vec2(ui.available_width(), 20.0);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::click());
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 4.0, theme.hover);
    }
    let painter = ui.painter();
    let figure = painter.layout_no_wrap(figure.to_owned(), small_font(), theme.secondary);
    let room = rect.width() - figure.size().x - 8.0;
    let words = elided(ui, name, body_font(), theme.text, room);
    let middle = rect.center().y;
    let figure_at = egui::pos2(
        rect.right() - figure.size().x,
        middle - figure.size().y / 2.0,
    );
    ui.painter().galley(
        egui::pos2(rect.left(), middle - words.size().y / 2.0),
        words,
        theme.text,
    );
    ui.painter().galley(figure_at, figure, theme.secondary);
    response
}

/// How many receive each programme, the most received first.
fn programmes(
    ui: &mut Ui,
    session: &Session,
    town: &Town,
    area: Option<AreaIndex>,
    out: &mut Vec<Command>,
) {
    const MOST: usize = 6;
    let theme = Theme::of(ui);
    let lang = session.lang;
    let counts = session.programme_counts(area);
    let known: Vec<(usize, u32)> = counts
        .into_iter()
        .enumerate()
        .filter(|(_, count)| *count > 0)
        .collect();
    if known.is_empty() {
        return;
    }
    let most = known.iter().map(|(_, count)| *count).max().unwrap_or(1);
    let mut sorted = known;
    sorted.sort_by_key(|(place, count)| (std::cmp::Reverse(*count), *place));
    section(ui, &lang.t("ui.programmes_received"));
    for (place, count) in sorted.iter().take(MOST) {
        let Some(term) = town.snapshot.catalogue.programmes.get(*place) else {
            continue;
        };
        let count_text = lang.with(
            "ui.households_count",
            &[("count", &grouped(u64::from(*count)))],
        );
        let name = term.name(lang);
        let heading = bar_heading(ui, name, &count_text);
        let who = Who::Query(format!("programme:\"{}\"", term.code), area);
        let label = format!("{name} {count_text}");
        let figure = Figure::households(*count, who);
        opens::mark_with(heading, lang, &label, Some(name), figure, out);
        bar(ui, 7.0, &[(*count as f32 / most as f32, theme.covered)]);
    }
    if sorted.len() > MOST {
        note(
            ui,
            lang.with(
                "ui.more_programmes",
                &[("count", &(sorted.len() - MOST).to_string())],
            ),
        );
    }
}
