//! Small pieces that dialogs share: labelled rows, choices, paths.

use crate::ui::icon;
use crate::ui::theme::{Theme, body_font, small_font, strong_font};
use crate::ui::widgets::{elided, from_right};
use crate::words::Lang;
use egui::{
    Align, Align2, Atom, Button, Color32, CornerRadius, FontId, Label, Layout, Popup, Rect,
    Response, RichText, Role, ScrollArea, Sense, Slider, Stroke, StrokeKind, TextEdit, Ui,
    WidgetInfo, pos2, vec2,
};

/// Width of the labels on the left.
pub(super) const LABEL: f32 = 116.0;

/// A heading within a dialog.
pub(super) fn heading(ui: &mut Ui, text: &str) -> Response {
    ui.add_space(4.0);
    ui.label(RichText::new(text).font(strong_font()))
}

/// A label on the left and what it stands for beside it.
pub(in crate::ui) fn row<R>(ui: &mut Ui, label: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    let theme = Theme::of(ui);
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(
            vec2(LABEL, 28.0),
            Layout::left_to_right(Align::Center),
            |ui| {
                ui.set_min_width(LABEL);
                ui.add(Label::new(RichText::new(label).color(theme.secondary)).wrap());
            },
        );
        ui.vertical(content).inner
    })
    .inner
}

/// A fact: words on the left, a text on the right of them.
pub(in crate::ui) fn fact(ui: &mut Ui, label: &str, text: &str) {
    row(ui, label, |ui| {
        ui.allocate_ui_with_layout(
            vec2(ui.available_width(), 28.0),
            Layout::left_to_right(Align::Center),
            |ui| ui.add(Label::new(text).wrap().selectable(true)),
        );
    });
}

/// One of a few, side by side. Gives what was clicked.
pub(in crate::ui) fn segments<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    options: &[(T, String)],
    current: Option<T>,
) -> Option<T> {
    let theme = Theme::of(ui);
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for (value, text) in options {
            let selected = current == Some(*value);
            let (ink, fill, edge) = if selected {
                (theme.accent, theme.accent_tint, theme.accent)
            } else {
                (theme.text, theme.background, theme.hairline)
            };
            let button = Button::new(RichText::new(text).color(ink))
                .wrap_mode(egui::TextWrapMode::Extend)
                .fill(fill)
                .stroke(Stroke::new(1.0, edge))
                .min_size(vec2(0.0, 28.0));
            let response = ui.add(button);
            let label = format!("{name} {text}");
            response
                .widget_info(|| WidgetInfo::selected(Role::RadioButton, true, selected, &label));
            if response.clicked() && !selected {
                chosen = Some(*value);
            }
        }
    });
    chosen
}

/// One of many, from a menu. Gives what was clicked.
pub(in crate::ui) fn menu<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    width: f32,
    options: &[(T, String)],
    current: &T,
) -> Option<T> {
    let shown = options.iter().find(|(value, _)| value == current);
    let shown = shown.map_or("", |(_, text)| text.as_str());
    let room = width - 40.0;
    let text = elided(ui, shown, body_font(), Theme::of(ui).text, room);
    let button = ui.add(
        Button::new((text, Atom::grow(), icon::CARET_DOWN))
            .wrap_mode(egui::TextWrapMode::Extend)
            .min_size(vec2(width, 28.0)),
    );
    let label = format!("{name} {shown}");
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    let mut chosen = None;
    Popup::menu(&button).show(|ui| {
        ui.set_min_width(width - 12.0);
        ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for (value, text) in options {
                let is_current = value == current;
                let sign = if is_current { icon::CHECK } else { "" };
                let entry = Button::new((text.as_str(), Atom::grow(), sign))
                    .frame_when_inactive(false)
                    .min_size(vec2(width - 12.0, 0.0));
                let entry = ui.add(entry);
                entry.widget_info(|| WidgetInfo::selected(Role::MenuItem, true, is_current, text));
                if entry.clicked() {
                    chosen = Some(value.clone()).filter(|_| !is_current);
                    ui.close();
                }
            }
        });
    });
    chosen
}

/// A box to tick.
pub(in crate::ui) fn tick(ui: &mut Ui, enabled: bool, on: &mut bool, text: &str) -> Response {
    let theme = Theme::of(ui);
    let response = mark(ui, enabled, text, Role::CheckBox, *on, |painter, center| {
        let rect = Rect::from_center_size(center, vec2(16.0, 16.0));
        if *on {
            painter.rect_filled(rect, CornerRadius::same(4), theme.accent);
            let sign = FontId::proportional(12.0);
            painter.text(
                center,
                Align2::CENTER_CENTER,
                icon::CHECK,
                sign,
                theme.on_accent,
            );
        } else {
            let edge = Stroke::new(1.0, theme.secondary);
            painter.rect(
                rect,
                CornerRadius::same(4),
                theme.background,
                edge,
                StrokeKind::Inside,
            );
        }
    });
    if response.clicked() {
        *on = !*on;
    }
    response
}

/// One of several, below one another.
pub(super) fn radio(ui: &mut Ui, on: bool, text: &str) -> Response {
    let theme = Theme::of(ui);
    mark(ui, true, text, Role::RadioButton, on, |painter, center| {
        if on {
            painter.circle_filled(center, 8.0, theme.accent);
            painter.circle_filled(center, 3.0, theme.on_accent);
        } else {
            painter.circle(
                center,
                7.5,
                theme.background,
                Stroke::new(1.0, theme.secondary),
            );
        }
    })
}

/// A mark with a text behind it; a click on either counts.
fn mark(
    ui: &mut Ui,
    enabled: bool,
    text: &str,
    role: Role,
    on: bool,
    paint: impl FnOnce(&egui::Painter, egui::Pos2),
) -> Response {
    let theme = Theme::of(ui);
    let room = (ui.available_width() - 26.0).max(40.0);
    let galley = ui
        .painter()
        .layout(text.to_owned(), body_font(), theme.text, room);
    let size = vec2(26.0 + galley.size().x, galley.size().y.max(26.0));
    ui.add_enabled_ui(enabled, |ui| {
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| WidgetInfo::selected(role, enabled, on, text));
        if ui.is_rect_visible(rect) {
            if enabled && (response.hovered() || response.has_focus()) {
                let edge = if response.has_focus() {
                    theme.accent
                } else {
                    Color32::TRANSPARENT
                };
                let around = rect.expand2(vec2(4.0, 0.0));
                ui.painter().rect(
                    around,
                    CornerRadius::same(6),
                    theme.hover,
                    Stroke::new(1.0, edge),
                    StrokeKind::Inside,
                );
            }
            paint(ui.painter(), pos2(rect.left() + 9.0, rect.center().y));
            let at = pos2(rect.left() + 26.0, rect.center().y - galley.size().y / 2.0);
            ui.painter().galley(at, galley, theme.text);
        }
        response
    })
    .inner
}

/// A slider of a dialog, with its figure behind it.
pub(super) fn slider(ui: &mut Ui, name: &str, slider: Slider<'_>) -> Response {
    crate::ui::widgets::slider(ui, name, slider, 180.0)
}

/// A tag that is on, off, or on the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TagState {
    Off,
    On,
    Against,
}

/// A tag to click. `label` says its state to those who do not see it.
pub(super) fn toggle_tag(ui: &mut Ui, text: &str, label: &str, state: TagState) -> Response {
    let theme = Theme::of(ui);
    let (sign, ink, fill, edge) = match state {
        TagState::Off => ("", theme.text, theme.background, theme.hairline),
        TagState::On => (icon::CHECK, theme.accent, theme.accent_tint, theme.accent),
        TagState::Against => (
            icon::PROHIBIT,
            theme.warning,
            theme.background,
            theme.warning,
        ),
    };
    let words = if sign.is_empty() {
        text.to_owned()
    } else {
        format!("{sign} {text}")
    };
    let button = Button::new(RichText::new(words).font(small_font()).color(ink))
        .fill(fill)
        .stroke(Stroke::new(1.0, edge))
        .wrap_mode(egui::TextWrapMode::Extend)
        .min_size(vec2(0.0, 24.0));
    let response = ui.add(button);
    let selected = state != TagState::Off;
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, selected, label));
    response
}

/// Tags to click, one behind the other.
pub(in crate::ui) fn tags(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        ui.spacing_mut().button_padding = vec2(8.0, 3.0);
        ui.spacing_mut().interact_size.y = 24.0;
        content(ui);
    });
}

/// A line of text with a name that is not on screen.
pub(in crate::ui) fn named_edit(
    ui: &mut Ui,
    name: &str,
    hint: &str,
    text: &mut String,
    width: f32,
) -> Response {
    let edit = TextEdit::singleline(text)
        .hint_text(hint)
        .desired_width(width)
        .align(Align2::LEFT_CENTER)
        .min_size(vec2(0.0, 28.0));
    let response = ui.add(edit);
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_label(name));
    response
}

/// A path to type, and a button that asks the system for it. Gives the text's response and
/// whether the button was clicked.
pub(super) fn path_line(
    ui: &mut Ui,
    lang: Lang,
    name: &str,
    path: &mut String,
) -> (Response, bool) {
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), 28.0),
        Layout::right_to_left(Align::Center),
        |ui| {
            let choose = ui
                .button(format!(
                    "{}  {}",
                    icon::FOLDER_OPEN,
                    lang.t("ui.dialog_choose")
                ))
                .clicked();
            let width = ui.available_width();
            (named_edit(ui, name, "", path, width), choose)
        },
    )
    .inner
}

/// A sentence that somebody should read before going on.
pub(in crate::ui) fn warning(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(RichText::new(icon::WARNING).color(theme.warning));
        ui.add(Label::new(RichText::new(text).font(small_font()).color(theme.warning)).wrap());
    });
}

/// A heading with a quiet button at the right end. Gives whether it was clicked.
pub(super) fn heading_with_button(ui: &mut Ui, text: &str, button: &str) -> bool {
    ui.horizontal(|ui| {
        ui.label(RichText::new(text).font(strong_font()));
        from_right(ui, |ui| ui.button(button).clicked())
    })
    .inner
}

/// A path as somebody pasted it: systems that copy a path put quotes around it.
pub(super) fn typed_path(text: &str) -> String {
    let quotes: &[char] = &['"', '\'', '“', '”', ' ', '\t'];
    text.trim_matches(quotes).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_path_loses_its_quotes_and_nothing_else() {
        assert_eq!(
            typed_path(" \"C:\\台账\\十一 月.csv\" "),
            "C:\\台账\\十一 月.csv"
        );
        assert_eq!(typed_path("/data/O'Neil/a.csv"), "/data/O'Neil/a.csv");
        assert_eq!(typed_path("  "), "");
    }
}
