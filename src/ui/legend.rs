//! A layer's legend in the panel: its ramp with ticks and units, its classes, its notes.

use super::theme::{Theme, small_font};
use super::widgets::note;
use super::{bivariate_legend, opens};
use crate::jobs::Painted;
use crate::layer::{LegendKind, PlaceMark, Ramp, Rgba};
use crate::session::{Command, Counted, Figure, LayerResult, Who};
use crate::words::Lang;
use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{
    Align2, Color32, CornerRadius, Pos2, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui,
    pos2, vec2,
};

/// What of a legend was clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clicked {
    /// A class, by its number.
    Class(usize),
    /// What is hatched.
    Hatched,
    /// The households that the layer shows.
    Shown,
}

/// What a click on a legend opens: the households in the areas of the class.
pub(super) fn opened(result: &LayerResult, clicked: Clicked) -> Command {
    let class = match clicked {
        Clicked::Class(class) => Some(class),
        Clicked::Hatched => None,
        Clicked::Shown => return Command::OpenFigure(shown(result)),
    };
    let count = match &result.painted {
        Painted::Areas { values, .. } => values.iter().filter(|one| one.class == class).count(),
        _ => 0,
    };
    let who = Who::Class(result.spec.id, class);
    Command::OpenFigure(Figure::new(count as u64, Counted::Areas, who))
}

/// The households that a layer shows.
fn shown(result: &LayerResult) -> Figure {
    Figure::households(result.count as u64, Who::Drawn(result.spec.id))
}

/// Draws a legend below its layer's name; gives what was clicked.
pub(super) fn show(ui: &mut Ui, lang: Lang, result: &LayerResult) -> Option<Clicked> {
    let legend = &result.legend;
    ui.spacing_mut().item_spacing.y = 2.0;
    let mut clicked = None;
    match &legend.kind {
        LegendKind::Ramp { ramp, ticks } => show_ramp(ui, *ramp, ticks, &legend.unit),
        LegendKind::Classes { entries, hatched } => {
            if !legend.unit.is_empty() {
                note(ui, &legend.unit);
            }
            for (class, (fill, words)) in entries.iter().enumerate() {
                if show_class(ui, lang, *fill, words) {
                    clicked = Some(Clicked::Class(class));
                }
            }
            if let Some(words) = hatched
                && show_hatched(ui, lang, words)
            {
                clicked = Some(Clicked::Hatched);
            }
        }
        LegendKind::Marks { entries } => {
            for (mark, words) in entries {
                show_mark(ui, *mark, words);
            }
        }
        LegendKind::Bivariate(legend) => clicked = bivariate_legend::show(ui, lang, legend),
        LegendKind::Points { .. } | LegendKind::Lines { .. } => {}
    }
    // How many dots or lines there are stands beside the layer's name already.
    let counted = usize::from(matches!(
        legend.kind,
        LegendKind::Points { .. } | LegendKind::Lines { .. } | LegendKind::Marks { .. }
    ));
    let shown = crate::base::digits::grouped(result.count as u64);
    let shown = lang.with("layer.shows_households", &[("count", &shown)]);
    for text in legend.notes.iter().skip(counted) {
        if *text == shown && result.count > 0 {
            if opens_shown(ui, lang, result, text) {
                clicked = Some(Clicked::Shown);
            }
        } else {
            note(ui, text);
        }
    }
    clicked
}

/// How many households a layer shows, as a link; gives whether it was clicked.
fn opens_shown(ui: &mut Ui, lang: Lang, result: &LayerResult, text: &str) -> bool {
    let mut out = Vec::new();
    let look = (small_font(), Theme::of(ui).secondary);
    let figure = shown(result);
    opens::words(ui, lang, (text, text), look, figure, &mut out);
    !out.is_empty()
}

pub(super) fn color([red, green, blue, alpha]: Rgba) -> Color32 {
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
    let is_short = unit.chars().count() <= 6;
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

/// One class; gives whether it was clicked.
pub(super) fn show_class(ui: &mut Ui, lang: Lang, fill: Rgba, words: &str) -> bool {
    let (rect, response) = words_beside(ui, words, Sense::click());
    let clicked = class_opens(ui, lang, (rect, response), words);
    swatch(ui, swatch_rect(rect), color(fill));
    clicked
}

/// The words of a class are a link; gives whether it was clicked.
fn class_opens(ui: &Ui, lang: Lang, (rect, response): (Rect, Response), words: &str) -> bool {
    let theme = Theme::of(ui);
    if response.hovered() || response.has_focus() {
        let around = rect.expand2(vec2(4.0, 0.0));
        ui.painter()
            .rect_filled(around, CornerRadius::same(4), theme.hover);
        paint_words(ui, rect, words);
    }
    let label = lang.with("ui.select_class", &[("class", words)]);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &label));
    response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .on_hover_text(&label)
        .clicked()
}

/// One category of places.
fn show_mark(ui: &mut Ui, mark: PlaceMark, words: &str) {
    let (rect, _) = words_beside(ui, words, Sense::hover());
    paint_mark(ui, mark, swatch_rect(rect).center());
}

/// A mark as the map has it.
pub(super) fn paint_mark(ui: &Ui, mark: PlaceMark, middle: Pos2) {
    let corners = mark.corners(5.5);
    let corners = corners.into_iter().map(|[x, y]| middle + vec2(x, y));
    let fill = color(mark.color);
    let shape = Shape::convex_polygon(corners.collect(), fill, Stroke::NONE);
    ui.painter().add(shape);
}

/// What is hatched; gives whether it was clicked.
pub(super) fn show_hatched(ui: &mut Ui, lang: Lang, words: &str) -> bool {
    let theme = Theme::of(ui);
    let (rect, response) = words_beside(ui, words, Sense::click());
    let clicked = class_opens(ui, lang, (rect, response), words);
    let box_rect = swatch_rect(rect);
    swatch(ui, box_rect, theme.background);
    let painter = ui.painter().with_clip_rect(box_rect);
    for step in 0..8 {
        let x = box_rect.left() + step as f32 * 4.0;
        let stroke = Stroke::new(1.0, theme.secondary);
        painter.line_segment(
            [pos2(x - 12.0, box_rect.bottom()), pos2(x, box_rect.top())],
            stroke,
        );
    }
    clicked
}

/// Room for a swatch and words, with the words painted.
fn words_beside(ui: &mut Ui, words: &str, sense: Sense) -> (Rect, Response) {
    let galley = words_galley(ui, words, ui.available_width());
    let height = galley.size().y.max(15.0) + 2.0;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), sense);
    paint_words(ui, rect, words);
    (rect, response)
}

fn words_galley(ui: &Ui, words: &str, width: f32) -> std::sync::Arc<egui::Galley> {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    painter.layout(words.to_owned(), small_font(), theme.text, width - 26.0)
}

fn paint_words(ui: &Ui, rect: Rect, words: &str) {
    let theme = Theme::of(ui);
    let galley = words_galley(ui, words, rect.width());
    let at = pos2(rect.left() + 26.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, theme.text);
}

fn swatch_rect(rect: Rect) -> Rect {
    Rect::from_min_size(rect.min + vec2(0.0, 2.5), vec2(18.0, 12.0))
}
