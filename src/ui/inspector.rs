//! What is chosen or under the pointer: a household's card or an area's figures.

use super::shell::UiState;
use super::theme::{Theme, body_font, headline_font, small_font, title_font};
use super::widgets::{bar, elided, figure_row, note, section, tag};
use super::{eligibility, entitled_bars, icon, list_cells, position, score_parts, sources};
use crate::analysis::{Figures, MIN_DENOMINATOR, wilson};
use crate::base::digits::{figure, grouped, percent};
use crate::jobs::Town;
use crate::layer::ListField;
use crate::session::{Command, Inspected, Session};
use crate::snapshot::AreaIndex;
use egui::{Label, Margin, RichText, ScrollArea, Ui};

/// Draws the inspector.
pub(super) fn show(ui: &mut Ui, session: &Session, _state: &mut UiState, out: &mut Vec<Command>) {
    let Some(town) = session.town() else { return };
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .content_margin(Margin {
            right: 8,
            ..Margin::ZERO
        })
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            // What was chosen stays; without a choice the panel follows the pointer.
            match session.inspected.or(session.hovered) {
                Some(Inspected::Household(row)) => household(ui, session, town, row, out),
                Some(Inspected::Area(area)) => area_card(ui, session, town, area, out),
                None => overview(ui, session, town, out),
            }
        });
}

fn crumbs(
    ui: &mut Ui,
    session: &Session,
    town: &Town,
    area: AreaIndex,
    with_itself: bool,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let areas = &town.snapshot.areas;
    let mut chain: Vec<AreaIndex> = areas.chain(area).skip(usize::from(!with_itself)).collect();
    chain.reverse();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (index, parent) in chain.iter().enumerate() {
            if index > 0 {
                ui.label(RichText::new("›").font(small_font()).color(theme.secondary));
            }
            let name = areas.name.get(parent.0 as usize).map_or("", String::as_str);
            let text = RichText::new(name)
                .font(small_font())
                .color(theme.secondary);
            let response = ui.add(Label::new(text).sense(egui::Sense::click()));
            if response
                .on_hover_cursor(egui::CursorIcon::PointingHand)
                .clicked()
            {
                out.push(Command::GoTo(Inspected::Area(*parent)));
            }
        }
        if session.inspected.is_some() {
            super::widgets::from_right(ui, |ui| {
                if super::widgets::icon_button(
                    ui,
                    icon::X,
                    &session.lang.t("ui.close_card"),
                    false,
                    true,
                )
                .clicked()
                {
                    out.push(Command::Inspect(None));
                }
            });
        }
    });
}

/// All households, while nothing is chosen.
fn overview(ui: &mut Ui, session: &Session, town: &Town, out: &mut Vec<Command>) {
    let lang = session.lang;
    ui.add_space(4.0);
    let name = session
        .document
        .as_ref()
        .map(crate::session::Document::name)
        .unwrap_or_default();
    ui.label(RichText::new(name).font(title_font()));
    note(ui, lang.t("ui.overview_note"));
    figures(ui, session, &town.coverage.total, None);
    entitled_bars::show(ui, session, town, None, out);
    programmes(ui, session, town, None);
    ui.add_space(8.0);
    note(ui, lang.t("ui.inspector_hint"));
}

fn area_card(ui: &mut Ui, session: &Session, town: &Town, area: AreaIndex, out: &mut Vec<Command>) {
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
    crumbs(ui, session, town, area, false, out);
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
    figures(ui, session, total, areas.ground_km2.get(at).copied());
    entitled_bars::show(ui, session, town, Some(area), out);
    programmes(ui, session, town, Some(area));
    ui.add_space(8.0);
    let hits = session
        .results
        .filtered
        .as_ref()
        .and_then(|filtered| filtered.coverage.by_area.get(at));
    let count = hits.map_or(total.households, |hits| hits.households);
    ui.horizontal_wrapped(|ui| {
        let see = lang.with("ui.see_these", &[("count", &grouped(u64::from(count)))]);
        if ui.add_enabled(count > 0, egui::Button::new(see)).clicked()
            && let Ok(filter) =
                crate::query::parse(&format!("area:\"{code}\""), &town.snapshot.catalogue)
        {
            out.push(Command::AddFilter(filter));
        }
        if ui.button(lang.t("ui.zoom_here")).clicked() {
            out.push(Command::GoTo(Inspected::Area(area)));
        }
    });
}

/// Reach as the headline, the rest below, every rate with its denominator.
fn figures(ui: &mut Ui, session: &Session, figures: &Figures, ground_km2: Option<f64>) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    ui.add_space(8.0);
    ui.label(
        RichText::new(lang.t("layer.reach"))
            .font(small_font())
            .color(theme.secondary),
    );
    let suppressed = figures.is_suppressed(MIN_DENOMINATOR);
    let ink = if suppressed {
        theme.secondary
    } else {
        theme.text
    };
    let headline = figures
        .reach()
        .map_or_else(|| lang.t("common.no_data").into_owned(), percent);
    ui.label(RichText::new(headline).font(headline_font()).color(ink));
    let mut line = lang.with(
        "ui.of_households",
        &[
            ("part", &grouped(u64::from(figures.receiving))),
            ("whole", &grouped(u64::from(figures.of_concern))),
        ],
    );
    if figures.of_concern > 0 {
        let (low, high) = wilson(figures.receiving, figures.of_concern);
        line.push_str("  ·  ");
        let interval = format!("{:.1}–{:.1}", low * 100.0, high * 100.0);
        line.push_str(&lang.with("ui.interval", &[("interval", &interval)]));
    }
    note(ui, line);
    if suppressed && figures.of_concern > 0 {
        note(
            ui,
            lang.with(
                "ui.small_denominator",
                &[("min", &MIN_DENOMINATOR.to_string())],
            ),
        );
    }
    ui.add_space(6.0);
    let full = figures.full_coverage().map_or_else(
        || lang.t("common.no_data").into_owned(),
        |share| {
            format!(
                "{}  ({} / {})",
                percent(share),
                grouped(u64::from(figures.fully_covered)),
                grouped(u64::from(figures.of_concern))
            )
        },
    );
    figure_row(ui, &lang.t("layer.full_coverage"), &full, false);
    let mut needs = lang.with(
        "ui.needs_count",
        &[("count", &grouped(u64::from(figures.open_needs)))],
    );
    if let Some(km2) = ground_km2.filter(|km2| *km2 > 0.0) {
        needs.push_str("  ·  ");
        needs.push_str(&figure(figures.unmet_load / km2, 0));
        needs.push_str(" /km²");
    }
    figure_row(ui, &lang.t("layer.open_needs"), &needs, false);
    let gaps = grouped(u64::from(figures.gaps));
    let gaps = lang.with("ui.gaps_count", &[("count", &gaps)]);
    figure_row(ui, &lang.t("layer.field_gaps"), &gaps, false);
    let households = |count: u32| {
        lang.with(
            "ui.households_count",
            &[("count", &grouped(u64::from(count)))],
        )
    };
    figure_row(
        ui,
        &lang.t("layer.of_concern"),
        &households(figures.of_concern),
        false,
    );
    figure_row(
        ui,
        &lang.t("ui.all_households"),
        &households(figures.households),
        false,
    );
}

/// The words over a bar: a name, shortened where it must be, and a figure at the end.
fn bar_heading(ui: &mut Ui, name: &str, figure: &str) {
    let theme = Theme::of(ui);
    let size = egui::vec2(ui.available_width(), 20.0);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
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
    response.on_hover_text(name);
}

/// How many receive each programme, the most received first.
fn programmes(ui: &mut Ui, session: &Session, town: &Town, area: Option<AreaIndex>) {
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
        bar_heading(ui, term.name(lang), &count_text);
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

fn household(ui: &mut Ui, session: &Session, town: &Town, row: u32, out: &mut Vec<Command>) {
    let Some(view) = session.list_view() else {
        return;
    };
    let theme = Theme::of(ui);
    let lang = session.lang;
    let snapshot = &town.snapshot;
    let area = snapshot
        .households
        .area
        .get(row as usize)
        .copied()
        .unwrap_or(AreaIndex::NONE);
    let is_placed = snapshot.households.merc(row).is_some();
    if is_placed && snapshot.areas.is_empty() {
        // Without areas there is nothing to be outside of.
    } else if area == AreaIndex::NONE {
        let key = if is_placed {
            "ui.outside_areas"
        } else {
            "ui.not_geocoded"
        };
        ui.label(
            RichText::new(format!("{}  {}", icon::WARNING, lang.t(key)))
                .font(small_font())
                .color(theme.warning),
        );
    } else {
        crumbs(ui, session, town, area, true, out);
    }
    let name = [ListField::HeadName, ListField::HouseholdId]
        .into_iter()
        .map(|field| view.cell(row, field).text())
        .find(|text| !text.is_empty())
        .unwrap_or_default();
    ui.label(RichText::new(name).font(title_font()));
    note(ui, list_cells::text(&view, row, ListField::Address));
    position::show(ui, session, &view, row, out);
    score_parts::card(ui, session, &view, row);
    tags(ui, &lang.t("layer.field_needs"), &view.needs(row));
    tags(ui, &lang.t("layer.field_programmes"), &view.programmes(row));
    eligibility::show(ui, session, town, row);
    let reasons = view.reasons(row);
    if !reasons.is_empty() {
        section(ui, &lang.t("layer.field_reasons"));
        for reason in reasons {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                ui.label(RichText::new("•").color(theme.secondary));
                ui.add(Label::new(reason).wrap());
            });
        }
    }
    section(ui, &lang.t("ui.household_facts"));
    let facts = [
        ListField::HouseholdId,
        ListField::IdNumber,
        ListField::Phone,
        ListField::GridCode,
        ListField::Members,
        ListField::Elderly,
        ListField::Children,
        ListField::Disabled,
        ListField::LivingAlone,
        ListField::MonthlyIncome,
        ListField::LastVisit,
        ListField::Tags,
        ListField::Notes,
    ];
    for field in facts {
        let text = list_cells::text(&view, row, field);
        figure_row(ui, &field.heading(lang), &text, false);
    }
    sources::show(ui, session, &view, row, out);
}

fn tags(ui: &mut Ui, title: &str, texts: &[String]) {
    let theme = Theme::of(ui);
    section(ui, title);
    if texts.is_empty() {
        ui.label(RichText::new("–").color(theme.secondary));
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(5.0, 5.0);
        for text in texts {
            tag(ui, text);
        }
    });
}
