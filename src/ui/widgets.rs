//! Small pieces that panels share.

use super::theme::{Theme, body_font, small_font, strong_font};
use egui::style::HandleShape;
use egui::{
    Align, Align2, Button, CornerRadius, FontId, Label, Layout, Rect, Response, RichText, Sense,
    Slider, Stroke, StrokeKind, Ui, Widget, pos2, vec2,
};

/// A heading of a section in a panel.
pub(super) fn section(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui);
    ui.add_space(6.0);
    ui.label(
        RichText::new(text)
            .font(small_font())
            .color(theme.secondary),
    );
}

/// Secondary text.
pub(super) fn note(ui: &mut Ui, text: impl Into<String>) -> Response {
    let theme = Theme::of(ui);
    Label::new(
        RichText::new(text)
            .font(small_font())
            .color(theme.secondary),
    )
    .wrap()
    .ui(ui)
}

/// The one primary button of a place.
pub(super) fn primary_button(ui: &mut Ui, enabled: bool, text: &str) -> Response {
    let theme = Theme::of(ui);
    let text = RichText::new(text)
        .font(strong_font())
        .color(theme.on_accent);
    ui.add_enabled(
        enabled,
        Button::new(text)
            .fill(theme.accent)
            .stroke(Stroke::NONE)
            .min_size(vec2(0.0, 28.0)),
    )
}

/// A quiet button of one icon, with a tooltip that names what it does.
pub(super) fn icon_button(
    ui: &mut Ui,
    icon: &str,
    tooltip: &str,
    selected: bool,
    enabled: bool,
) -> Response {
    let theme = Theme::of(ui);
    let color = if selected { theme.accent } else { theme.text };
    let fill = if selected {
        theme.accent_tint
    } else {
        egui::Color32::TRANSPARENT
    };
    let button = Button::new(RichText::new(icon).size(15.0).color(color))
        .fill(fill)
        .stroke(Stroke::NONE)
        .min_size(vec2(28.0, 28.0));
    let response = ui
        .add_enabled(enabled, button)
        .on_hover_text(tooltip)
        .on_disabled_hover_text(tooltip);
    let name = tooltip.to_owned();
    response
        .widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, enabled, selected, &name));
    response
}

/// A row of words on the left and a figure on the right, with a hairline below.
pub(super) fn figure_row(ui: &mut Ui, words: &str, figure: &str, warn: bool) -> Response {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(
        vec2(ui.available_width(), super::theme::ROW),
        Sense::click(),
    );
    let label = format!("{words} {figure}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(rect, CornerRadius::same(4), theme.hover);
    }
    let color = if warn { theme.warning } else { theme.text };
    let figure = painter.layout_no_wrap(figure.to_owned(), body_font(), color);
    let room = rect.width() - figure.size().x - 8.0;
    let words = elided(ui, words, body_font(), theme.text, room);
    let middle = rect.center().y;
    ui.painter().galley(
        pos2(rect.left(), middle - words.size().y / 2.0),
        words,
        theme.text,
    );
    ui.painter().galley(
        pos2(
            rect.right() - figure.size().x,
            middle - figure.size().y / 2.0,
        ),
        figure,
        color,
    );
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), theme.line());
    response
}

/// One line of text that ends in an ellipsis where there is no more room.
pub(super) fn elided(
    ui: &Ui,
    text: &str,
    font: FontId,
    color: egui::Color32,
    width: f32,
) -> std::sync::Arc<egui::Galley> {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(8.0));
    ui.painter().layout_job(job)
}

/// A bar of parts over a track; shares of the whole width.
pub(super) fn bar(ui: &mut Ui, height: f32, parts: &[(f32, egui::Color32)]) -> Response {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    paint_bar(ui, rect, parts);
    response
}

/// The same at a given place.
pub(super) fn paint_bar(ui: &Ui, rect: Rect, parts: &[(f32, egui::Color32)]) {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius::same(2), theme.track);
    let mut left = rect.left();
    for (share, color) in parts {
        let width = rect.width() * share.clamp(0.0, 1.0);
        if width > 0.2 {
            let part = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
            painter.rect_filled(part.intersect(rect), CornerRadius::same(1), *color);
        }
        left += width;
    }
}

/// A small tag: a need, a programme.
pub(super) fn tag(ui: &mut Ui, text: &str) -> Response {
    let theme = Theme::of(ui);
    let galley = ui
        .painter()
        .layout_no_wrap(text.to_owned(), small_font(), theme.text);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(12.0, 4.0), Sense::hover());
    ui.painter().rect(
        rect,
        CornerRadius::same(4),
        theme.background,
        theme.line(),
        StrokeKind::Inside,
    );
    ui.painter()
        .galley(rect.center() - galley.size() / 2.0, galley, theme.text);
    response
}

/// A chip of the filter line; gives whether its cross was clicked.
pub(super) fn chip(ui: &mut Ui, text: &str, remove_tooltip: &str) -> bool {
    let theme = Theme::of(ui);
    let galley = ui
        .painter()
        .layout_no_wrap(text.to_owned(), small_font(), theme.accent);
    let size = vec2(galley.size().x + 30.0, 22.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    ui.painter()
        .rect_filled(rect, CornerRadius::same(5), theme.accent_tint);
    let text_at = pos2(rect.left() + 8.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(text_at, galley, theme.accent);
    let cross = Rect::from_min_max(pos2(rect.right() - 20.0, rect.top()), rect.max);
    let response = ui
        .interact(cross, ui.scope_id().with(("chip", text)), Sense::click())
        .on_hover_text(remove_tooltip);
    let name = format!("{remove_tooltip} {text}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    let color = if response.hovered() {
        theme.text
    } else {
        theme.secondary
    };
    ui.painter().text(
        cross.center(),
        Align2::CENTER_CENTER,
        super::icon::X,
        FontId::proportional(10.0),
        color,
    );
    response.clicked()
}

/// Lays out from the right.
pub(super) fn from_right<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.with_layout(Layout::right_to_left(Align::Center), content)
        .inner
}

/// A slider whose passed part is seen.
pub(super) fn slider(ui: &mut Ui, name: &str, slider: Slider<'_>, width: f32) -> Response {
    let theme = Theme::of(ui);
    ui.scope(|ui| {
        ui.spacing_mut().slider_width = width;
        let visuals = ui.visuals_mut();
        visuals.selection.bg_fill = theme.accent;
        for look in [
            &mut visuals.widgets.inactive,
            &mut visuals.widgets.hovered,
            &mut visuals.widgets.active,
        ] {
            look.fg_stroke = Stroke::new(1.5, theme.accent);
        }
        // The figure behind it stays in the colour of text.
        visuals.override_text_color = Some(theme.text);
        ui.name_inputs(name, |ui| ui.add(slider.handle_shape(HandleShape::Circle)))
    })
    .inner
}

/// How far work has come, in whole per cent: never all of it while it goes on, as the last of it
/// is not counted.
pub(super) fn so_far(share: Option<f32>) -> String {
    share.map_or_else(String::new, |share| {
        format!("{:.0} %", (share * 100.0).floor().clamp(0.0, 99.0))
    })
}
