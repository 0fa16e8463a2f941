//! The legend of coverage against need: nine cells to click, between their two axes.

use super::legend::{Clicked, color, show_class, show_hatched};
use super::theme::{Theme, small_font};
use super::widgets::note;
use crate::layer::{
    BivariateLegend, bivariate_classes, bivariate_color, bivariate_word, few_color, ink_on,
};
use crate::words::Lang;
use egui::{Align2, CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

const CELL: Vec2 = vec2(46.0, 26.0);
const GAP: f32 = 2.0;

/// Draws it; gives what was clicked.
pub(super) fn show(ui: &mut Ui, lang: Lang, legend: &BivariateLegend) -> Option<Clicked> {
    let theme = Theme::of(ui);
    note(ui, format!("→ {}", legend.need));
    note(ui, format!("↓ {}", legend.coverage));
    let cut = |ui: &Ui, text: &str| {
        let painter = ui.painter();
        painter.layout_no_wrap(text.to_owned(), small_font(), theme.secondary)
    };
    let left = legend
        .coverage_cuts
        .iter()
        .map(|text| cut(ui, text).size().x)
        .fold(0.0, f32::max)
        + 6.0;
    let step = CELL + Vec2::splat(GAP);
    let size = vec2(left + 3.0 * step.x, 3.0 * step.y + 16.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let corner = |column: f32, row: f32| {
        pos2(
            rect.left() + left + column * step.x,
            rect.top() + row * step.y,
        )
    };
    let mut clicked = None;
    for (place, (class, count)) in bivariate_classes().zip(legend.counts).enumerate() {
        let cell = Rect::from_min_size(
            corner(f32::from(class.need), f32::from(class.coverage)),
            CELL,
        );
        let name = lang.t(bivariate_word(class));
        let label = lang.with("ui.select_class", &[("class", &name)]);
        let id = ui.scope_id().with(("bivariate", place));
        let response = ui.interact(cell, id, Sense::click());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &label));
        let fill = bivariate_color(class);
        let edge = if response.hovered() || response.has_focus() {
            Stroke::new(2.0, theme.text)
        } else {
            Stroke::NONE
        };
        let painter = ui.painter();
        painter.rect(
            cell,
            CornerRadius::same(2),
            color(fill),
            edge,
            StrokeKind::Inside,
        );
        painter.text(
            cell.center(),
            Align2::CENTER_CENTER,
            count.to_string(),
            small_font(),
            color(ink_on(fill)),
        );
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
        if response.on_hover_text(&label).clicked() {
            clicked = Some(Clicked::Class(place));
        }
    }
    let painter = ui.painter();
    for (text, place) in legend.coverage_cuts.iter().zip([1.0, 2.0]) {
        let at = corner(0.0, place) - vec2(6.0, GAP / 2.0);
        painter.text(
            at,
            Align2::RIGHT_CENTER,
            text,
            small_font(),
            theme.secondary,
        );
    }
    for (text, place) in legend.need_cuts.iter().zip([1.0, 2.0]) {
        let at = corner(place, 3.0) + vec2(-GAP / 2.0, 7.0);
        painter.text(
            at,
            Align2::CENTER_CENTER,
            text,
            small_font(),
            theme.secondary,
        );
    }
    if let Some(few) = &legend.few
        && show_class(ui, lang, few_color(), few)
    {
        clicked = Some(Clicked::Class(legend.counts.len()));
    }
    if let Some(words) = &legend.hatched
        && show_hatched(ui, lang, words)
    {
        clicked = Some(Clicked::Hatched);
    }
    clicked
}
