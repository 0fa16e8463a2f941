//! Where it changed: the areas whose reach moved most between two days.

use super::changes_sheet::{
    ChangesState, DaysRow, RECEIVING, both_days_row, both_figures, points_text,
};
use super::legend;
use super::widgets::{note, section};
use crate::analysis::{Figures, min_denominator, usual_level};
use crate::base::digits::percent;
use crate::jobs::ChangesFound;
use crate::layer::{AreaFigure, LayerKind};
use crate::session::{Command, Counted, Inspected, Session};
use crate::snapshot::AreaIndex;
use egui::Ui;

/// So many areas are shown.
const MOST: usize = 16;

/// Draws the table; nothing where there are no areas.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    found: &ChangesFound,
    state: &mut ChangesState,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let Some(town) = session.town() else { return };
    let areas = &town.snapshot.areas;
    let levels = areas.levels();
    let chosen = state.level.filter(|level| levels.contains(level));
    let Some(level) = chosen.or_else(|| usual_level(areas)) else {
        return;
    };
    let least = min_denominator(&town.snapshot.catalogue);
    section(ui, &lang.t("ui.changes_where"));
    ui.horizontal(|ui| {
        for one in levels {
            let button = egui::Button::new(lang.t(one.word())).selected(one == level);
            if ui.add(button).clicked() {
                state.level = Some(one);
            }
        }
    });
    let figures = |of: &[Figures], area: AreaIndex| of.get(area.0 as usize).copied();
    let mut moved: Vec<(AreaIndex, f64, [f64; 2])> = areas
        .of_level(level)
        .filter_map(|area| {
            let then = figures(&found.before.by_area, area)?;
            let now = figures(&found.after.by_area, area)?;
            let is_small = |one: &Figures| one.is_suppressed(least);
            if is_small(&then) || is_small(&now) {
                return None;
            }
            let (then, now) = (then.reach()?, now.reach()?);
            Some((area, (now - then) * 100.0, [then, now]))
        })
        .collect();
    let left_out = areas.of_level(level).count() - moved.len();
    moved.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
    for (area, points, [then, now]) in moved.iter().take(MOST) {
        let name = areas.name.get(area.0 as usize).map_or("", String::as_str);
        let figures = [percent(*then), percent(*now), points_text(*points, lang)];
        let at = area.0 as usize;
        let receiving = [&found.before, &found.after]
            .map(|day| day.by_area.get(at).map_or(0, |own| own.receiving));
        let of = (RECEIVING, Some(*area));
        let row = DaysRow {
            name,
            texts: figures.each_ref().map(String::as_str),
            figures: both_figures(found, receiving, Counted::Households, of),
        };
        if both_days_row(ui, lang, &row, out).clicked() {
            out.push(Command::GoTo(Inspected::Area(*area)));
        }
    }
    if moved.len() > MOST {
        let more = (moved.len() - MOST).to_string();
        note(ui, lang.with("ui.changes_more_areas", &[("count", &more)]));
    }
    if left_out > 0 {
        let facts = [
            ("count", &*left_out.to_string()),
            ("min", &*least.to_string()),
        ];
        note(ui, lang.with("ui.changes_small_areas", &facts));
    }
}

/// Puts the difference on the map.
pub(super) fn layer_button(
    ui: &mut Ui,
    session: &Session,
    found: &ChangesFound,
    out: &mut Vec<Command>,
) {
    let smallest = session
        .town()
        .and_then(|town| town.snapshot.areas.smallest_level());
    let Some(level) = smallest else { return };
    let shown = session.view.layers.iter().find(
        |layer| matches!(layer.kind, LayerKind::Difference { since, .. } if since == found.since),
    );
    ui.add_space(4.0);
    match shown {
        Some(layer) => {
            let mut visible = layer.visible;
            let name = session.lang.t("ui.changes_on_map");
            if ui.checkbox(&mut visible, name).changed() {
                out.push(Command::ShowLayer(layer.id, visible));
            }
            if let Some(result) = session.results.layers.get(&layer.id)
                && layer.visible
                && let Some(class) = legend::show(ui, session.lang, result)
            {
                out.push(legend::opened(result, class));
            }
        }
        None => {
            if ui.button(session.lang.t("ui.changes_map")).clicked() {
                out.push(Command::AddLayer(LayerKind::Difference {
                    figure: AreaFigure::Reach,
                    level,
                    since: found.since,
                    labels: false,
                }));
            }
        }
    }
}
