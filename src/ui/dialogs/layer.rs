//! Settings of a layer. Each applies at once; the legend below is the one of the map.

use super::forms::LayerForm;
use super::layer_kind;
use super::parts::{heading, named_edit, row, segments, slider, warning};
use super::sheet::{Footer, Outcome, Sheet};
use crate::layer::{LayerId, LayerKind, LayerSpec, Scope};
use crate::query;
use crate::session::{Command, Session};
use crate::ui::icon;
use crate::ui::widgets::note;
use crate::ui::{legend, rate_form};
use egui::{Context, Slider, Ui};

/// Draws the dialog.
pub(super) fn show(
    ctx: &Context,
    session: &Session,
    id: LayerId,
    form: &mut LayerForm,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let Some(layer) = session.view.layer(id) else {
        // Undo took the layer away under its dialog.
        out.push(Command::CloseDialog);
        return;
    };
    // The figure of hot spots stands in the first rows; a title has one line.
    let name = match &layer.kind {
        LayerKind::HotSpots { .. } => lang.t(layer.kind.word()).into_owned(),
        _ => crate::ui::layers_panel::layer_name(session, layer),
    };
    let title = lang.with(
        "ui.dialog_layer_title",
        &[("layer", &name), ("kind", &lang.t(layer.kind.kind_word()))],
    );
    let outcome = Sheet::new("layer", title, 440.0)
        .beside_map()
        .show(ctx, session, |ui| {
            if let Some(kind) = layer_kind::show(ui, session, layer, form) {
                out.push(Command::SetKind(id, kind));
            }
            if layer.kind.shows_rates() {
                let name = lang.t("ui.rate_form");
                row(ui, &name, |ui| {
                    if let Some(form) = segments(
                        ui,
                        &name,
                        &rate_form::options(lang),
                        Some(session.view.rate_form),
                    ) {
                        out.push(Command::SetRateForm(form));
                    }
                });
            }
            if layer.kind.is_of_households() {
                scope(ui, session, layer, form, out);
            }
            opacity(ui, session, layer, out);
            ui.add_space(4.0);
            heading(ui, &lang.t("ui.dialog_layer_legend"));
            match session.results.layers.get(&id) {
                Some(result) => {
                    if let Some(class) = legend::show(ui, lang, result) {
                        out.push(legend::opened(result, class));
                        out.push(Command::CloseDialog);
                    }
                }
                None => {
                    note(ui, lang.t("ui.dialog_layer_no_legend"));
                }
            }
            ui.add_space(8.0);
            let remove = format!("{}  {}", icon::TRASH, lang.t("ui.dialog_layer_remove"));
            if ui.button(remove).clicked() {
                out.push(Command::RemoveLayer(id));
            }
            Footer::default()
        });
    if outcome == Outcome::Close {
        out.push(Command::CloseDialog);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum ScopeKind {
    Filtered,
    All,
    Own,
}

fn scope(
    ui: &mut Ui,
    session: &Session,
    layer: &LayerSpec,
    form: &mut LayerForm,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let name = lang.t("ui.dialog_layer_scope");
    let current = match (&layer.scope, &form.query) {
        (Scope::Own(_), _) | (_, Some(_)) => ScopeKind::Own,
        (Scope::All, None) => ScopeKind::All,
        (Scope::Filtered, None) => ScopeKind::Filtered,
    };
    row(ui, &name, |ui| {
        let options = [
            (
                ScopeKind::Filtered,
                lang.t("ui.dialog_layer_scope_filtered").into_owned(),
            ),
            (
                ScopeKind::All,
                lang.t("ui.dialog_layer_scope_all").into_owned(),
            ),
            (
                ScopeKind::Own,
                lang.t("ui.dialog_layer_scope_own").into_owned(),
            ),
        ];
        match segments(ui, &name, &options, Some(current)) {
            Some(ScopeKind::Filtered) => {
                form.query = None;
                out.push(Command::SetScope(layer.id, Scope::Filtered));
            }
            Some(ScopeKind::All) => {
                form.query = None;
                out.push(Command::SetScope(layer.id, Scope::All));
            }
            // An empty query is no scope yet; it is sent once it says something.
            Some(ScopeKind::Own) => form.query = Some(session.filter_text.clone()),
            None => {}
        }
        if current == ScopeKind::Own {
            own_query(ui, session, layer, form, out);
        }
    });
}

fn own_query(
    ui: &mut Ui,
    session: &Session,
    layer: &LayerSpec,
    form: &mut LayerForm,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let Some(town) = session.town() else { return };
    let saved = if let Scope::Own(text) = &layer.scope {
        text.as_str()
    } else {
        ""
    };
    let draft = form.query.get_or_insert_with(|| saved.to_owned());
    let width = ui.available_width();
    let edit = named_edit(
        ui,
        &lang.t("ui.dialog_layer_query"),
        &lang.t("ui.dialog_layer_query_hint"),
        draft,
        width,
    );
    match query::parse(draft, &town.snapshot.catalogue) {
        Ok(filter) => {
            note(ui, filter.describe(lang, &town.snapshot.catalogue));
            if edit.lost_focus() && draft != saved {
                out.push(Command::SetScope(layer.id, Scope::Own(draft.clone())));
            }
        }
        Err(error) => warning(ui, &error.message.text(lang)),
    }
}

fn opacity(ui: &mut Ui, session: &Session, layer: &LayerSpec, out: &mut Vec<Command>) {
    let name = session.lang.t("ui.dialog_layer_opacity");
    row(ui, &name, |ui| {
        let mut percent = (layer.opacity * 100.0).round();
        let control = Slider::new(&mut percent, 0.0..=100.0)
            .suffix(" %")
            .fixed_decimals(0);
        let response = slider(ui, &name, control);
        if response.changed() {
            out.push(Command::SetOpacity(layer.id, percent / 100.0));
        }
    });
}
