//! The sheet: the parts of the catalogue, what is chosen, and what becomes of the draft.

use super::state::Tab;
use super::{CatalogueState, affected, entries, needs, numbers, programme, standing, thresholds};
use crate::model::{Catalogue, Date};
use crate::session::{CatalogueDraft, Command, Session};
use crate::ui::dialogs::{segments, warning};
use crate::ui::theme::{Theme, small_font};
use crate::ui::widgets::{from_right, note, primary_button};
use crate::ui::worksheet;
use crate::words::Lang;
use egui::{Align, Button, Label, Layout, Margin, RichText, ScrollArea, Ui, vec2};
use std::sync::Arc;

/// Width of the list of entries.
const LIST: f32 = 206.0;

/// What every part of the sheet looks at.
pub(super) struct Desk<'a> {
    pub(super) session: &'a Session,
    pub(super) lang: Lang,
    /// The catalogue as it is in the workspace.
    pub(super) office: &'a Catalogue,
    pub(super) as_of: Date,
}

impl Desk<'_> {
    /// The text of a key.
    pub(super) fn t(&self, key: &str) -> String {
        self.lang.t(key).into_owned()
    }

    pub(super) fn draft(&self) -> Option<&CatalogueDraft> {
        self.session.catalogue_draft.as_ref()
    }
}

/// Draws the sheet.
pub(in crate::ui) fn show(
    ui: &mut Ui,
    session: &Session,
    state: &mut CatalogueState,
    out: &mut Vec<Command>,
) {
    let Some(office) = session.office_catalogue() else {
        return;
    };
    let before = match &session.catalogue_draft {
        Some(draft) => (*draft.catalogue).clone(),
        None => office.clone(),
    };
    let desk = Desk {
        session,
        lang: session.lang,
        office: &office,
        as_of: session.view.as_of,
    };
    let mut draft = before.clone();
    state.wrong_field = false;
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        let tabs = Tab::ALL.map(|tab| (tab, desk.t(tab.word())));
        if let Some(tab) = segments(ui, &desk.t("ui.catalogue_title"), &tabs, Some(state.tab)) {
            state.tab = tab;
            state.removing = false;
        }
    });
    ui.add_space(4.0);
    worksheet::rule(ui);
    let room = (ui.available_height() - state.foot_px).max(120.0);
    body(ui, &desk, state, (&mut draft, room), out);
    let foot = ui.scope(|ui| {
        worksheet::rule(ui);
        affected::show(ui, &desk, out);
        buttons(ui, &desk, state, out);
    });
    // Its lines come and go: the next frame gives it the room that it took in this one.
    let foot_px = foot.response.rect.height() + 4.0;
    if (foot_px - state.foot_px).abs() > 0.5 {
        state.foot_px = foot_px;
        ui.ctx().request_repaint();
    }
    if draft != before {
        out.push(Command::DraftCatalogue(Some(Arc::new(draft))));
    }
}

fn body(
    ui: &mut Ui,
    desk: &Desk<'_>,
    state: &mut CatalogueState,
    (draft, room): (&mut Catalogue, f32),
    out: &mut Vec<Command>,
) {
    let can = desk.session.can_edit();
    let width = ui.available_width();
    let has_list = state.tab != Tab::Numbers;
    let list = if has_list { LIST } else { 0.0 };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        if has_list {
            column(ui, "entries", vec2(list, room), 8.0, |ui| {
                ui.add_enabled_ui(can, |ui| entries::show(ui, desk, state, draft));
            });
            let theme = Theme::of(ui);
            let (line, _) = ui.allocate_exact_size(vec2(1.0, room), egui::Sense::hover());
            ui.painter()
                .vline(line.center().x, line.y_range(), theme.line());
            ui.add_space(12.0);
        }
        let rest = width - list - if has_list { 13.0 } else { 0.0 };
        column(ui, state.tab.word(), vec2(rest, room), 12.0, |ui| {
            ui.add_space(6.0);
            if !can {
                note(ui, desk.t("ui.cat_looks_only"));
            }
            if state.tab == Tab::Programmes {
                standing::show(ui, desk, state, draft, out);
            }
            ui.add_enabled_ui(can, |ui| match state.tab {
                Tab::Programmes => programme::show(ui, desk, state, draft),
                Tab::Needs => needs::show(ui, desk, state, draft),
                Tab::Thresholds => thresholds::show(ui, desk, state, draft),
                Tab::Numbers => numbers::show(ui, desk, state, draft),
            });
            ui.add_space(10.0);
        });
    });
}

/// A part that scrolls for itself.
fn column(ui: &mut Ui, name: &str, size: egui::Vec2, margin: f32, content: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
        ui.set_min_size(size);
        ScrollArea::vertical()
            .id_salt(name)
            .max_height(size.y)
            .auto_shrink([false, false])
            .content_margin(Margin {
                right: margin as i8,
                ..Margin::ZERO
            })
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(8.0, 5.0);
                content(ui);
            });
    });
}

/// Why the draft cannot be saved.
fn refusal(desk: &Desk<'_>, state: &CatalogueState) -> Option<String> {
    let draft = desk.draft()?;
    if state.wrong_field {
        return Some(desk.t("ui.cat_wrong_field"));
    }
    if let Some(wrong) = draft.wrong_rules().first() {
        let term = draft.catalogue.programmes.get(wrong.programme);
        let name = term.map_or("", |term| term.short_name(desk.lang));
        let text = wrong.mistake.message.text(desk.lang);
        return Some(desk.lang.with(
            "ui.cat_wrong_rule",
            &[("programme", name), ("mistake", &text)],
        ));
    }
    draft.wrong_entries().first().map(|one| one.text(desk.lang))
}

fn buttons(ui: &mut Ui, desk: &Desk<'_>, state: &CatalogueState, out: &mut Vec<Command>) {
    let session = desk.session;
    let refusal = refusal(desk, state);
    ui.add_space(4.0);
    if session.leaving_draft {
        warning(ui, &desk.t("ui.cat_leaving"));
    }
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), 30.0),
        Layout::right_to_left(Align::Center),
        |ui| {
            let has_draft = session.catalogue_draft.is_some();
            let can = has_draft && refusal.is_none() && !session.busy;
            if primary_button(ui, can, &desk.t("ui.cat_save")).clicked() {
                out.push(Command::SaveDraft);
            }
            let discard = Button::new(desk.t("ui.cat_discard")).min_size(vec2(0.0, 28.0));
            if ui.add_enabled(has_draft, discard).clicked() {
                out.push(Command::DraftCatalogue(None));
                if session.leaving_draft {
                    out.push(Command::ShowWorksheet(None));
                }
            }
            if session.leaving_draft && ui.button(desk.t("ui.cat_stay")).clicked() {
                out.push(Command::StayWithDraft);
            }
            let theme = Theme::of(ui);
            let (text, color) = match (&refusal, has_draft) {
                _ if has_draft && session.busy => (desk.t("ui.cat_saving"), theme.secondary),
                (Some(refusal), _) => (refusal.clone(), theme.error),
                (None, true) => (desk.t("ui.cat_unsaved"), theme.warning),
                (None, false) => (desk.t("ui.cat_as_saved"), theme.secondary),
            };
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let text = RichText::new(text).font(small_font()).color(color);
                ui.add(Label::new(text).wrap());
            });
        },
    );
}

/// A heading with something at its right end.
pub(super) fn heading_with<R>(ui: &mut Ui, text: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        ui.label(RichText::new(text).font(crate::ui::theme::strong_font()));
        from_right(ui, content)
    })
    .inner
}
