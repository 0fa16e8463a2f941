//! The matrix of lists: a row for who is on a list, a column for who is not on another.

use super::lists_sheet::{cell_text, members, source_name};
use super::theme::{Theme, body_font, small_font, strong_font};
use super::widgets::elided;
use crate::base::digits::grouped;
use crate::jobs::{Compared, ComparedSource, ListsCell};
use crate::session::{Command, Session};
use egui::text::LayoutJob;
use egui::{
    Align, Align2, Color32, CursorIcon, Galley, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind,
    Ui, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

/// Width of the names on the left.
const NAMES: f32 = 148.0;
/// Width of a column.
const COLUMN: f32 = 74.0;
/// Height of a row.
const ROW: f32 = 42.0;
/// Height of the names on top: three short lines.
const HEAD: f32 = 56.0;
/// Lines of a name on top.
const HEAD_LINES: usize = 3;

/// Draws the matrix.
pub(super) fn show(ui: &mut Ui, session: &Session, lists: &Compared, out: &mut Vec<Command>) {
    ScrollArea::horizontal()
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            heads(ui, session, lists);
            for (on, source) in lists.sources.iter().enumerate() {
                row(ui, session, lists, on, source, out);
            }
        });
}

/// Names of the columns.
fn heads(ui: &mut Ui, session: &Session, lists: &Compared) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let width = NAMES + COLUMN * lists.sources.len() as f32;
    let (rect, _) = ui.allocate_exact_size(vec2(width, HEAD), Sense::hover());
    let corner = lang.t("ui.lists_corner");
    let corner = elided(ui, &corner, small_font(), theme.secondary, NAMES - 8.0);
    let at = pos2(rect.left(), rect.bottom() - corner.size().y - 4.0);
    ui.painter().galley(at, corner, theme.secondary);
    for (at, source) in lists.sources.iter().enumerate() {
        let name = source_name(session, &source.kind);
        let left = rect.left() + NAMES + COLUMN * at as f32;
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(COLUMN, HEAD));
        let galley = wrapped(ui, &name, cell.width() - 8.0);
        let at = pos2(cell.center().x, cell.bottom() - 4.0 - galley.size().y);
        ui.painter().galley(at, galley, theme.secondary);
    }
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), theme.line());
}

/// A name in a few short centred lines.
fn wrapped(ui: &Ui, text: &str, width: f32) -> Arc<Galley> {
    let theme = Theme::of(ui);
    let mut job = LayoutJob::simple(text.to_owned(), small_font(), theme.secondary, width);
    job.wrap.max_rows = HEAD_LINES;
    job.wrap.break_anywhere = false;
    job.halign = Align::Center;
    ui.painter().layout_job(job)
}

fn row(
    ui: &mut Ui,
    session: &Session,
    lists: &Compared,
    on: usize,
    source: &ComparedSource,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let width = NAMES + COLUMN * lists.sources.len() as f32;
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(NAMES, ROW), Sense::hover());
        let name = source_name(session, &source.kind);
        let name = elided(ui, &name, body_font(), theme.text, NAMES - 10.0);
        let mut facts = members(lists, on, source.members, lang);
        if source.unmatched > 0 {
            let count = grouped(source.unmatched as u64);
            facts.push_str(" · ");
            facts.push_str(&lang.with("ui.lists_row_unmatched", &[("count", &count)]));
        }
        let facts = elided(ui, &facts, small_font(), theme.secondary, NAMES - 10.0);
        let painter = ui.painter();
        let top = rect.center().y - (name.size().y + facts.size().y) / 2.0;
        let below = top + name.size().y;
        painter.galley(pos2(rect.left(), top), name, theme.text);
        painter.galley(pos2(rect.left(), below), facts, theme.secondary);
        painter.hline(
            rect.left()..=rect.left() + width,
            rect.bottom(),
            theme.line(),
        );
        for not_on in 0..lists.sources.len() {
            cell(ui, session, lists, ListsCell { on, not_on }, source, out);
        }
    });
}

fn cell(
    ui: &mut Ui,
    session: &Session,
    lists: &Compared,
    cell: ListsCell,
    source: &ComparedSource,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let count = lists.count(cell);
    let chosen = session.chosen_cell == Some(cell);
    let (rect, response) = ui.allocate_exact_size(vec2(COLUMN, ROW), Sense::click());
    let label = format!(
        "{} {}",
        cell_text(session, lists, cell),
        members(lists, cell.on, count, lang)
    );
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &label));
    let inner = rect.shrink(2.0);
    let is_whole = cell.on == cell.not_on;
    let painter = ui.painter();
    if !is_whole && count > 0 {
        painter.rect_filled(inner, 4.0, tint(theme.accent, count, source.members));
    }
    if chosen || response.hovered() || response.has_focus() {
        let edge = Stroke::new(if chosen { 2.0 } else { 1.0 }, theme.accent);
        painter.rect_stroke(inner, 4.0, edge, StrokeKind::Inside);
    }
    let (font, ink) = match (is_whole, count) {
        (true, _) => (strong_font(), theme.text),
        (false, 0) => (body_font(), theme.secondary),
        (false, _) => (body_font(), theme.text),
    };
    let text = grouped(count as u64);
    painter.text(rect.center(), Align2::CENTER_CENTER, text, font, ink);
    let mut tooltip = label.clone();
    if !is_whole && source.members > 0 {
        let share = count as f64 / source.members as f64;
        tooltip.push('\n');
        tooltip.push_str(&lang.with(
            "ui.lists_share",
            &[
                ("share", &crate::base::digits::percent(share)),
                ("whole", &members(lists, cell.on, source.members, lang)),
            ],
        ));
    }
    let response = response
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_text(tooltip);
    if response.clicked() {
        out.push(Command::ChooseCell(cell));
    }
}

/// The larger the part of the list, the stronger, but never so strong that the figure is lost.
fn tint(accent: Color32, count: usize, whole: usize) -> Color32 {
    let share = count as f32 / whole.max(1) as f32;
    accent.gamma_multiply(0.06 + 0.3 * share.clamp(0.0, 1.0))
}
