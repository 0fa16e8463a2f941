//! A layer's legend in the panel: its ramp with ticks and units, its classes, its notes.

use super::theme::{Theme, small_font};
use super::widgets::note;
use crate::layer::{Legend, LegendKind, Ramp, Rgba};
use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Align2, Color32, CornerRadius, Rect, Sense, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

/// Draws a legend below its layer's name.
pub(super) fn show(ui: &mut Ui, legend: &Legend) {
    ui.spacing_mut().item_spacing.y = 2.0;
    match &legend.kind {
        LegendKind::Ramp { ramp, ticks } => show_ramp(ui, *ramp, ticks, &legend.unit),
        LegendKind::Classes { entries, no_data } => {
            show_classes(ui, entries);
            if *no_data {
                show_hatched(ui, legend);
            }
        }
        LegendKind::Points { .. } | LegendKind::Lines { .. } => {}
    }
    // How many dots or lines there are stands beside the layer's name already.
    let counted = usize::from(matches!(
        legend.kind,
        LegendKind::Points { .. } | LegendKind::Lines { .. }
    ));
    for text in legend.notes.iter().skip(counted) {
        note(ui, text);
    }
}

fn color([red, green, blue, alpha]: Rgba) -> Color32 {
    Color32::from_rgba_unmultiplied(red, green, blue, alpha)
}

fn show_ramp(ui: &mut Ui, ramp: Ramp, ticks: &[(f32, String)], unit: &str) {
    const STEPS: usize = 24;
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 9.0), Sense::hover());
    let mut mesh = Mesh::default();
    for step in 0..=STEPS {
        let along = step as f32 / STEPS as f32;
        let color = color(ramp.solid(along));
        let x = rect.left() + rect.width() * along;
        for y in [rect.top(), rect.bottom()] {
            mesh.vertices.push(Vertex {
                pos: pos2(x, y),
                uv: WHITE_UV,
                color,
            });
        }
        if step > 0 {
            let at = (step as u32) * 2;
            mesh.add_triangle(at - 2, at - 1, at);
            mesh.add_triangle(at - 1, at, at + 1);
        }
    }
    ui.painter().add(Shape::mesh(mesh));
    // A short unit stands behind the upper end; a long one gets a line of its own.
    let is_short = unit.chars().count() <= 10;
    let (words, _) = ui.allocate_exact_size(vec2(rect.width(), 15.0), Sense::hover());
    for (index, (along, text)) in ticks.iter().enumerate() {
        let is_last = index + 1 == ticks.len();
        let align = match index {
            0 => Align2::LEFT_CENTER,
            _ if is_last => Align2::RIGHT_CENTER,
            _ => Align2::CENTER_CENTER,
        };
        let text = if is_last && is_short && !unit.is_empty() {
            format!("{text} {unit}")
        } else {
            text.clone()
        };
        let at = pos2(words.left() + words.width() * along, words.center().y);
        ui.painter()
            .text(at, align, text, small_font(), theme.secondary);
    }
    if !is_short {
        note(ui, unit);
    }
}

fn swatch(ui: &Ui, rect: Rect, fill: Color32) {
    let theme = Theme::of(ui);
    ui.painter().rect(
        rect,
        CornerRadius::same(2),
        fill,
        theme.line(),
        StrokeKind::Inside,
    );
}

fn show_classes(ui: &mut Ui, entries: &[(Rgba, String)]) {
    let theme = Theme::of(ui);
    for (fill, text) in entries {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 17.0), Sense::hover());
        swatch(
            ui,
            Rect::from_min_size(rect.min + vec2(0.0, 2.5), vec2(18.0, 12.0)),
            color(*fill),
        );
        let at = pos2(rect.left() + 26.0, rect.center().y);
        ui.painter()
            .text(at, Align2::LEFT_CENTER, text, small_font(), theme.text);
    }
}

fn show_hatched(ui: &mut Ui, _legend: &Legend) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 17.0), Sense::hover());
    let box_rect = Rect::from_min_size(rect.min + vec2(0.0, 2.5), vec2(18.0, 12.0));
    swatch(ui, box_rect, theme.background);
    let painter = ui.painter().with_clip_rect(box_rect);
    for step in 0..6 {
        let x = box_rect.left() + step as f32 * 5.0;
        let stroke = Stroke::new(1.0, theme.secondary);
        painter.line_segment(
            [pos2(x, box_rect.bottom()), pos2(x + 12.0, box_rect.top())],
            stroke,
        );
        painter.line_segment(
            [pos2(x - 12.0, box_rect.bottom()), pos2(x, box_rect.top())],
            stroke,
        );
    }
}
