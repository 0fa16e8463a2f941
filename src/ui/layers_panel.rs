//! The layers, the base map and the quality of the data, on the left.

use super::action::{Action, Effect};
use super::shell::UiState;
use super::theme::{Theme, body_font, small_font};
use super::widgets::{elided, figure_row, icon_button, section, slider};
use super::{add_layer, icon, legend, opens};
use crate::base::digits::grouped;
use crate::layer::{LayerKind, LayerSpec};
use crate::session::{BaseMapChoice, Command, Dialog, Figure, Session, Who};
use egui::{
    Align2, CornerRadius, CursorIcon, FontId, Id, Margin, Popup, Rect, Response, ScrollArea, Sense,
    Slider, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2,
};

/// Draws the panel.
pub(super) fn show(ui: &mut Ui, session: &Session, _state: &mut UiState, out: &mut Vec<Command>) {
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .content_margin(Margin {
            right: 8,
            ..Margin::ZERO
        })
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            heading(ui, session, out);
            let count = session.view.layers.len();
            for (place, layer) in session.view.layers.iter().enumerate() {
                show_layer(ui, session, layer, place, count, out);
            }
            section(ui, &session.lang.t("ui.base_map"));
            base_map(ui, session, out);
            section(ui, &session.lang.t("ui.data_quality"));
            quality(ui, session, out);
        });
}

fn heading(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        let theme = Theme::of(ui);
        let title = egui::RichText::new(session.lang.t("ui.layers"))
            .font(small_font())
            .color(theme.secondary);
        ui.label(title);
        super::widgets::from_right(ui, |ui| {
            add_layer::show(ui, session, out);
        });
    });
}

/// The name of a layer, with the programme that it is about.
pub(super) fn layer_name(session: &Session, layer: &LayerSpec) -> String {
    match session.town() {
        Some(town) => layer.kind.name(&town.snapshot.catalogue, session.lang),
        None => session.lang.t(layer.kind.word()).into_owned(),
    }
}

fn show_layer(
    ui: &mut Ui,
    session: &Session,
    layer: &LayerSpec,
    place: usize,
    count: usize,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let chosen = session.chosen_layer == Some(layer.id);
    let background = ui.painter().add(egui::Shape::Noop);
    let card = ui.scope_builder(UiBuilder::new().id_salt(("layer", layer.id.0)), |ui| {
        ui.add_space(2.0);
        let row = layer_row(ui, session, layer, out);
        if layer.visible {
            ui.indent("legend", |ui| {
                if let Some(result) = session.results.layers.get(&layer.id)
                    && let Some(class) = legend::show(ui, lang, result)
                {
                    out.push(legend::opened(result, class));
                }
                if chosen {
                    layer_tools(ui, session, layer, place, count, out);
                }
            });
        } else if chosen {
            ui.indent("legend", |ui| {
                layer_tools(ui, session, layer, place, count, out);
            });
        }
        ui.add_space(3.0);
        row
    });
    if chosen {
        let rect = card.response.rect.expand2(vec2(6.0, 0.0));
        let shape = egui::epaint::RectShape::filled(rect, CornerRadius::same(6), theme.accent_tint);
        ui.painter().set(background, shape);
    }
    if card.inner.clicked() {
        out.push(Command::ChooseLayer(layer.id));
    }
    let menu_key = lang.t("ui.layer_settings");
    Popup::context_menu(&card.inner).show(|ui| {
        if ui.button(menu_key).clicked() {
            out.push(Command::Show(Dialog::Layer(layer.id)));
            ui.close();
        }
        if ui.button(lang.t("ui.remove_layer")).clicked() {
            out.push(Command::RemoveLayer(layer.id));
            ui.close();
        }
    });
}

/// Eye, name, and what it is.
fn layer_row(
    ui: &mut Ui,
    session: &Session,
    layer: &LayerSpec,
    out: &mut Vec<Command>,
) -> Response {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::click_and_drag());
    let eye = Rect::from_center_size(pos2(rect.left() + 9.0, rect.center().y), vec2(22.0, 22.0));
    let tooltip = lang.t(if layer.visible {
        "ui.hide_layer"
    } else {
        "ui.show_layer"
    });
    let dot = ui
        .interact(eye, Id::unique(("eye", layer.id.0)), Sense::click())
        .on_hover_text(tooltip.as_ref());
    let name = layer_name(session, layer);
    let label = format!("{tooltip} {name}");
    dot.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::CheckBox, true, layer.visible, &label)
    });
    if dot.clicked() {
        out.push(Command::ShowLayer(layer.id, !layer.visible));
    }
    if layer.visible {
        ui.painter().circle_filled(eye.center(), 6.5, theme.accent);
    } else {
        ui.painter()
            .circle_stroke(eye.center(), 6.0, Stroke::new(1.5, theme.secondary));
    }
    let count = session
        .results
        .layers
        .get(&layer.id)
        .filter(|_| layer.visible)
        .map(|result| result.count);
    let what = match (&layer.kind, count) {
        (LayerKind::Points { .. }, Some(count)) => {
            lang.with("ui.points_count", &[("count", &grouped(count as u64))])
        }
        (LayerKind::Resources, Some(count)) => {
            lang.with("ui.places_count", &[("count", &grouped(count as u64))])
        }
        (LayerKind::Outlines { .. }, Some(count)) => {
            lang.with("ui.areas_count", &[("count", &grouped(count as u64))])
        }
        _ => lang.t(layer.kind.kind_word()).into_owned(),
    };
    let is_dots = matches!(layer.kind, LayerKind::Points { .. });
    let said = what.clone();
    let what = ui
        .painter()
        .layout_no_wrap(what, small_font(), theme.secondary);
    let room = rect.width() - 28.0 - what.size().x - 8.0;
    let ink = if layer.visible {
        theme.text
    } else {
        theme.secondary
    };
    let name = elided(ui, &name, body_font(), ink, room);
    ui.painter().galley(
        pos2(rect.left() + 26.0, rect.center().y - name.size().y / 2.0),
        name,
        ink,
    );
    let what_at = pos2(
        rect.right() - what.size().x,
        rect.center().y - what.size().y / 2.0,
    );
    if let Some(count) = count.filter(|_| is_dots) {
        let cell = opens::Cell {
            rect: Rect::from_min_size(what_at, what.size()),
            text: &said,
            name: &format!("{} {said}", layer_name(session, layer)),
            look: (small_font(), theme.secondary),
        };
        let figure = Figure::households(count as u64, Who::Drawn(layer.id));
        opens::cell(ui, lang, ("dots", layer.id.0), &cell, figure, out);
    } else {
        ui.painter().galley(what_at, what, theme.secondary);
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// Opacity, order and settings of the chosen layer.
fn layer_tools(
    ui: &mut Ui,
    session: &Session,
    layer: &LayerSpec,
    place: usize,
    count: usize,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let mut percent = (layer.opacity * 100.0).round();
        let control = Slider::new(&mut percent, 0.0..=100.0).show_value(false);
        let opacity = lang.t("ui.opacity");
        let response = slider(ui, &opacity, control, 72.0).on_hover_text(opacity.as_ref());
        if response.changed() {
            out.push(Command::SetOpacity(layer.id, percent / 100.0));
        }
        let theme = Theme::of(ui);
        ui.label(
            egui::RichText::new(format!("{percent} %"))
                .font(small_font())
                .color(theme.secondary),
        );
        if icon_button(ui, icon::ARROW_UP, &lang.t("ui.layer_up"), false, place > 0).clicked() {
            out.push(Command::MoveLayer(layer.id, place - 1));
        }
        if icon_button(
            ui,
            icon::ARROW_DOWN,
            &lang.t("ui.layer_down"),
            false,
            place + 1 < count,
        )
        .clicked()
        {
            out.push(Command::MoveLayer(layer.id, place + 1));
        }
        if icon_button(ui, icon::SLIDERS, &lang.t("ui.layer_settings"), false, true).clicked() {
            out.push(Command::Show(Dialog::Layer(layer.id)));
        }
    });
}

fn base_map(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let name = match (&session.settings.base_map, &session.base_map) {
        (BaseMapChoice::Nothing, _) => lang.t("ui.base_map_none").into_owned(),
        (BaseMapChoice::Template(_), _) => lang.t("ui.base_map_server").into_owned(),
        (_, Some(_))
            if session.is_demo() && session.settings.base_map == BaseMapChoice::OfWorkspace =>
        {
            lang.t("ui.base_map_demo").into_owned()
        }
        (_, Some(facts)) => facts.name.clone(),
        (_, None) => lang.t("ui.base_map_none").into_owned(),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::click());
    if response.hovered() {
        let rect = rect.expand2(vec2(6.0, 0.0));
        ui.painter().rect(
            rect,
            CornerRadius::same(6),
            theme.hover,
            Stroke::NONE,
            StrokeKind::Inside,
        );
    }
    let icon_at = pos2(rect.left() + 9.0, rect.center().y);
    ui.painter().text(
        icon_at,
        Align2::CENTER_CENTER,
        icon::MAP_TRIFOLD,
        FontId::proportional(15.0),
        theme.accent,
    );
    let text = elided(ui, &name, body_font(), theme.text, rect.width() - 100.0);
    ui.painter().galley(
        pos2(rect.left() + 26.0, rect.center().y - text.size().y / 2.0),
        text,
        theme.text,
    );
    let right = pos2(rect.right(), rect.center().y);
    ui.painter().text(
        right,
        Align2::RIGHT_CENTER,
        "WGS-84",
        small_font(),
        theme.secondary,
    );
    let tooltip = Action::BaseMap.text(lang);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &tooltip));
    if response.on_hover_text(&tooltip).clicked() {
        out.push(Command::Show(Dialog::BaseMap));
    }
}

/// Counts that open as lists.
fn quality(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let Some(document) = &session.document else {
        return;
    };
    let lang = session.lang;
    let quality = document.town.snapshot.quality;
    let rows = [
        ("ui.quality_all", quality.households, "", false),
        (
            "ui.quality_not_geocoded",
            quality.not_geocoded,
            "located:no",
            true,
        ),
        (
            "ui.quality_outside_areas",
            quality.outside_areas,
            "outside:areas",
            true,
        ),
        (
            "ui.quality_outside_declared",
            quality.outside_declared,
            "outside:declared",
            true,
        ),
    ];
    for (word, count, query, warns) in rows {
        let text = grouped(count as u64);
        let figure = Figure::households(count as u64, Who::Query(query.to_owned(), None));
        let said = (&*lang.t(word), &*text);
        opens::row(ui, lang, said, warns && count > 0, figure, out);
    }
    let problems = document.problems;
    if problems > 0 {
        let words = lang.t("ui.quality_problems");
        let response = figure_row(ui, &words, &grouped(problems as u64), true);
        if response
            .on_hover_text(Action::ImportReport.text(lang))
            .clicked()
        {
            out.push(Command::Show(Dialog::ImportReport));
        }
    }
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        for action in [
            Action::CheckData,
            Action::CompareLists,
            Action::WhatIf,
            Action::Catalogue,
            Action::MatchNeeds,
            Action::Priority,
            Action::Changes,
        ] {
            let tooltip = action.tooltip(lang, ui.ctx());
            let button = ui.button(action.text(lang)).on_hover_text(tooltip);
            if let (true, Effect::Command(command)) = (button.clicked(), action.effect(session)) {
                out.push(command);
            }
        }
    });
}
