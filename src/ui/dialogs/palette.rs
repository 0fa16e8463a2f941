//! All actions that can be done now, with a search line.

use super::forms::PaletteForm;
use super::sheet::float;
use crate::map::MapView;
use crate::session::{Command, Session};
use crate::ui::action::{Action, shortcut_text};
use crate::ui::icon;
use crate::ui::shell::{UiState, act};
use crate::ui::theme::{ROW, Theme, body_font, small_font};
use crate::ui::widgets::{elided, note};
use crate::words::Lang;
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    Align, Align2, Context, CornerRadius, FontId, Frame, Id, Key, Layout, Margin, Modal, Modifiers,
    Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

const WIDTH: f32 = 560.0;

/// Draws the palette.
pub(super) fn show(
    ctx: &Context,
    session: &Session,
    state: &mut UiState,
    map: &mut MapView,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of_ctx(ctx);
    let lang = session.lang;
    let screen = ctx.content_rect();
    let id = Id::unique("palette");
    let area = Modal::default_area(id)
        .anchor(
            Align2::CENTER_TOP,
            vec2(0.0, (screen.height() * 0.12).max(24.0)),
        )
        .default_size(vec2(WIDTH, screen.height()))
        .role(egui::accesskit::Role::Dialog)
        .accessible_name(lang.t("ui.action_palette"));
    let modal = Modal::new(id)
        .area(area)
        .frame(float(&theme, &ctx.global_style()))
        .backdrop_color(theme.veil());
    let response = modal.show(ctx, |ui| {
        ui.set_width(WIDTH.min(screen.width() - 48.0));
        ui.set_max_height(screen.height());
        ui.spacing_mut().item_spacing.y = 0.0;
        let keys = Keys::take(ctx);
        search_line(ui, session, &mut state.forms.palette);
        // What was typed and entered in one frame is looked for before it is done.
        let found = found(session, &state.forms.palette.draft);
        let moved = steer(&mut state.forms.palette, &keys, found.len());
        ui.painter()
            .hline(ui.max_rect().x_range(), ui.cursor().top(), theme.line());
        let room = (screen.height() * 0.76 - 100.0).clamp(120.0, ROW * 12.0);
        let clicked = ScrollArea::vertical()
            .max_height(room)
            .auto_shrink([false, true])
            .content_margin(Margin::same(6))
            .show(ui, |ui| {
                list(ui, lang, &found, &mut state.forms.palette, moved)
            })
            .inner;
        let entered = keys.enter.then(|| state.forms.palette.chosen()).flatten();
        clicked.or_else(|| found.get(entered?).copied())
    });
    if let Some(action) = response.inner {
        // Its own entry would only open it again.
        if action == Action::Palette {
            out.push(Command::CloseDialog);
        } else {
            act(action, session, state, map, out);
        }
    } else if response.should_close() {
        out.push(Command::CloseDialog);
    }
}

/// The actions that can be done now and whose text in either language has every typed word.
fn found(session: &Session, draft: &str) -> Vec<Action> {
    let words: Vec<String> = draft.split_whitespace().map(str::to_lowercase).collect();
    Action::ALL
        .iter()
        .copied()
        .filter(|action| action.is_enabled(session))
        .filter(|action| {
            let text = Lang::ALL
                .map(|lang| action.text(lang))
                .join("\n")
                .to_lowercase();
            words.iter().all(|word| text.contains(word))
        })
        .collect()
}

/// The keys that the list takes before the search line sees them.
struct Keys {
    down: bool,
    up: bool,
    enter: bool,
}

impl Keys {
    fn take(ctx: &Context) -> Self {
        let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        Self {
            down: pressed(Key::ArrowDown),
            up: pressed(Key::ArrowUp),
            enter: pressed(Key::Enter),
        }
    }
}

/// Arrows move the place; whether it moved.
fn steer(form: &mut PaletteForm, keys: &Keys, count: usize) -> bool {
    let last = count.saturating_sub(1);
    let before = form.chosen();
    match form.chosen() {
        // The first arrow chooses the first line.
        None if keys.down || keys.up => form.was_moved = true,
        Some(place) if keys.down => form.place = if place >= last { 0 } else { place + 1 },
        Some(place) if keys.up => form.place = if place == 0 { last } else { place - 1 },
        _ => {}
    }
    form.place = form.place.min(last);
    form.chosen() != before
}

impl PaletteForm {
    /// The line that Enter would do; none while nobody said what is wanted.
    fn chosen(&self) -> Option<usize> {
        (self.was_moved || !self.draft.trim().is_empty()).then_some(self.place)
    }
}

/// Takes what is typed before the search line has the focus, such as in the frame that opens it.
fn take_typed(ui: &Ui) -> String {
    let mut typed = String::new();
    ui.input_mut(|input| {
        input.events.retain(|event| match event {
            egui::Event::Text(text) => {
                typed.push_str(text);
                false
            }
            _ => true,
        });
    });
    typed
}

fn search_line(ui: &mut Ui, session: &Session, form: &mut PaletteForm) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    Frame::new()
        .inner_margin(Margin::symmetric(14, 8))
        .show(ui, |ui| {
            ui.allocate_ui_with_layout(
                vec2(ui.available_width(), 32.0),
                Layout::left_to_right(Align::Center),
                |ui| {
                    ui.label(
                        egui::RichText::new(icon::MAGNIFYING_GLASS)
                            .size(16.0)
                            .color(theme.secondary),
                    );
                    let edit = TextEdit::singleline(&mut form.draft)
                        .hint_text(lang.t("ui.dialog_palette_hint"))
                        .font(FontId::proportional(15.0))
                        .frame(Frame::NONE)
                        .align(Align2::LEFT_CENTER)
                        .min_size(vec2(0.0, 32.0))
                        .desired_width(f32::INFINITY);
                    let response = ui.add(edit);
                    let name = lang.t("ui.dialog_palette_search");
                    ui.ctx()
                        .accesskit_node_builder(response.id, |node| node.set_label(&*name));
                    let mut is_changed = response.changed();
                    if !response.has_focus() {
                        let early = take_typed(ui);
                        is_changed |= !early.is_empty();
                        form.draft.push_str(&early);
                        response.request_focus();
                        cursor_to_end(ui, response.id, &form.draft);
                    }
                    if is_changed {
                        form.place = 0;
                    }
                },
            );
        });
}

/// Whoever goes on typing writes behind what is there.
fn cursor_to_end(ui: &Ui, id: Id, text: &str) {
    let end = CCursor::new(text.chars().count());
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(end)));
    state.store(ui.ctx(), id);
}

fn list(
    ui: &mut Ui,
    lang: Lang,
    found: &[Action],
    form: &mut PaletteForm,
    moved: bool,
) -> Option<Action> {
    if found.is_empty() {
        note(
            ui,
            lang.with("ui.dialog_palette_nothing", &[("text", form.draft.trim())]),
        );
    }
    let mut chosen = None;
    for (at, action) in found.iter().enumerate() {
        let theme = Theme::of(ui);
        let selected = form.chosen() == Some(at);
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
        let text = action.text(lang);
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, selected, &text));
        if selected && moved {
            response.scroll_to_me(None);
        }
        if response.hovered() && ui.input(|input| input.pointer.is_moving()) {
            form.place = at;
            form.was_moved = true;
        }
        if response.clicked() {
            chosen = Some(*action);
        }
        if ui.is_rect_visible(rect) {
            entry(ui, rect, *action, &text, lang, selected, &theme);
        }
    }
    chosen
}

fn entry(
    ui: &Ui,
    rect: egui::Rect,
    action: Action,
    text: &str,
    lang: Lang,
    selected: bool,
    theme: &Theme,
) {
    if selected {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(6), theme.accent_tint);
    }
    let middle = rect.center().y;
    let ink = if selected {
        theme.accent
    } else {
        theme.secondary
    };
    let sign_at = pos2(rect.left() + 18.0, middle);
    ui.painter().text(
        sign_at,
        Align2::CENTER_CENTER,
        action.icon(),
        FontId::proportional(15.0),
        ink,
    );
    let shortcut = action
        .shortcut()
        .map(|shortcut| shortcut_text(ui.ctx(), shortcut))
        .unwrap_or_default();
    let shortcut = elided(ui, &shortcut, small_font(), theme.secondary, 120.0);
    let room = rect.width() - shortcut.size().x - 60.0;
    ui.painter().galley(
        pos2(
            rect.right() - 10.0 - shortcut.size().x,
            middle - shortcut.size().y / 2.0,
        ),
        shortcut,
        theme.secondary,
    );
    let words = elided(ui, text, body_font(), theme.text, room);
    let words_right = rect.left() + 38.0 + words.size().x;
    ui.painter().galley(
        pos2(rect.left() + 38.0, middle - words.size().y / 2.0),
        words,
        theme.text,
    );
    // The other language stands behind, for whoever searched in it.
    let other = if lang == Lang::Zh { Lang::En } else { Lang::Zh };
    let other = elided(
        ui,
        &action.text(other),
        small_font(),
        theme.secondary,
        rect.left() + 38.0 + room - words_right - 14.0,
    );
    ui.painter().galley(
        pos2(words_right + 12.0, middle - other.size().y / 2.0),
        other,
        theme.secondary,
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Date;
    use crate::session::Settings;

    #[test]
    fn every_action_that_can_be_done_is_found_and_no_other() {
        let session = Session::new(Settings::default(), Date::from_days(20_000));
        let all = found(&session, "");
        for action in Action::ALL {
            assert_eq!(
                all.contains(action),
                action.is_enabled(&session),
                "{action:?}"
            );
        }
        assert!(!all.contains(&Action::ExportList), "nothing is open");
    }

    #[test]
    fn typed_words_are_looked_for_in_both_languages() {
        let session = Session::new(Settings::default(), Date::from_days(20_000));
        for lang in Lang::ALL {
            let text = Action::About.text(lang).to_uppercase();
            assert!(found(&session, &text).contains(&Action::About), "{text}");
        }
        assert!(found(&session, "no action has these words").is_empty());
    }
}
