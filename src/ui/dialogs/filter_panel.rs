//! The panel of controls that write the filter line. It floats beside the map and hides nothing
//! that it changes.

use super::filter_controls::{ANY, Controls, controls_of, filter_of};
use super::forms::FilterPanelForm;
use super::parts::{TagState, heading, named_edit, segments, tags, tick, toggle_tag};
use super::sheet::float;
use crate::base::digits::grouped;
use crate::model::{AreaLevel, Term};
use crate::query::Filter;
use crate::session::{Command, Dialog, Session};
use crate::snapshot::Areas;
use crate::ui::icon;
use crate::ui::shell::UiState;
use crate::ui::theme::{STATUS_BAR, TOP_BAR, Theme, strong_font};
use crate::ui::widgets::{from_right, icon_button, note};
use crate::words::Lang;
use egui::{
    Align2, Area, Button, ComboBox, Context, Id, Margin, Order, PopupCloseBehavior, RichText,
    ScrollArea, Ui, vec2,
};

const WIDTH: f32 = 360.0;
const PADDING: f32 = 16.0;
/// More areas than these are found by typing.
const MOST_AREAS: usize = 200;

/// Draws the panel.
pub(super) fn show(ctx: &Context, session: &Session, state: &mut UiState, out: &mut Vec<Command>) {
    let Some(town) = session.town() else { return };
    let theme = Theme::of_ctx(ctx);
    let lang = session.lang;
    let filter = &session.view.filter;
    let mut controls = controls_of(filter);
    let before = controls.clone();
    let room = ctx.content_rect().height() - TOP_BAR - STATUS_BAR - 120.0;
    let area = Area::new(Id::unique("filter panel"))
        .anchor(Align2::RIGHT_TOP, vec2(-12.0, TOP_BAR + 6.0))
        .order(Order::Middle)
        .default_size(vec2(WIDTH, ctx.content_rect().height()))
        .accessible_name(lang.t("ui.dialog_filter_title"));
    area.show(ctx, |ui| {
        float(&theme, &ctx.global_style()).show(ui, |ui| {
            ui.set_width(WIDTH);
            // A panel that was short once may be long now.
            ui.set_max_height(ctx.content_rect().height());
            ui.spacing_mut().item_spacing.y = 0.0;
            head(ui, session, state);
            ScrollArea::vertical()
                .max_height(room.max(160.0))
                .auto_shrink([false, true])
                .content_margin(Margin::symmetric(PADDING as i8, 4))
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 4.0;
                    ui.set_width(WIDTH - 2.0 * PADDING);
                    if controls.others > 0 {
                        let count = controls.others.to_string();
                        note(
                            ui,
                            lang.with("ui.dialog_filter_others", &[("count", &count)]),
                        );
                    }
                    let catalogue = &town.snapshot.catalogue;
                    needs(ui, lang, &catalogue.needs, &mut controls);
                    people(ui, lang, &mut controls);
                    visits(ui, lang, &mut controls);
                    areas(
                        ui,
                        lang,
                        &town.snapshot.areas,
                        &mut controls,
                        &mut state.forms.filter_panel,
                    );
                    programmes(ui, lang, &catalogue.programmes, &mut controls);
                    quality(ui, lang, &mut controls);
                });
            foot(ui, session, out);
        });
    });
    if controls != before {
        out.push(Command::SetFilter(filter_of(filter, &controls)));
    }
}

fn head(ui: &mut Ui, session: &Session, state: &mut UiState) {
    egui::Frame::new()
        .inner_margin(Margin {
            left: PADDING as i8,
            right: 8,
            top: 6,
            bottom: 2,
        })
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(
                    RichText::new(session.lang.t("ui.dialog_filter_title")).font(strong_font()),
                );
                from_right(ui, |ui| {
                    let close = session.lang.t("ui.dialog_filter_close");
                    if icon_button(ui, icon::X, &close, false, true).clicked() {
                        state.filter_panel = false;
                    }
                });
            });
        });
}

fn foot(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    ui.painter()
        .hline(ui.max_rect().x_range(), ui.cursor().top(), theme.line());
    egui::Frame::new()
        .inner_margin(Margin::symmetric(PADDING as i8, 8))
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                let hits = session
                    .results
                    .filtered
                    .as_ref()
                    .map_or(0, |filtered| filtered.order.len());
                let text = lang.with("ui.dialog_filter_hits", &[("count", &grouped(hits as u64))]);
                ui.label(RichText::new(text).font(strong_font()));
                from_right(ui, |ui| {
                    let any = session.view.filter != Filter::All;
                    if ui
                        .add_enabled(any, Button::new(lang.t("ui.dialog_filter_clear")))
                        .clicked()
                    {
                        out.push(Command::ClearFilter);
                    }
                    if ui.button(lang.t("ui.dialog_filter_help")).clicked() {
                        out.push(Command::Show(Dialog::QueryHelp));
                    }
                });
            });
        });
}

/// Puts a code into a list, or takes it out.
fn toggle(codes: &mut Vec<String>, code: &str) {
    if codes.iter().any(|there| there == code) {
        codes.retain(|there| there != code);
    } else {
        codes.push(code.to_owned());
    }
}

fn needs(ui: &mut Ui, lang: Lang, terms: &[Term], controls: &mut Controls) {
    heading(ui, &lang.t("ui.dialog_filter_needs"));
    tags(ui, |ui| {
        let state = |on| if on { TagState::On } else { TagState::Off };
        let any = controls.needs.iter().any(|code| code == ANY);
        let text = lang.t("ui.dialog_filter_any_need");
        if toggle_tag(ui, &text, &text, state(any)).clicked() {
            controls.needs = if any {
                Vec::new()
            } else {
                vec![ANY.to_owned()]
            };
        }
        for term in terms {
            let on = controls.needs.contains(&term.code);
            let name = term.name(lang);
            let label = lang.with("ui.dialog_filter_need_label", &[("need", name)]);
            if toggle_tag(ui, name, &label, state(on)).clicked() {
                controls.needs.retain(|code| code != ANY);
                toggle(&mut controls.needs, &term.code);
            }
        }
    });
}

/// Once: receives; twice: does not receive; a third time: no condition.
fn programmes(ui: &mut Ui, lang: Lang, terms: &[Term], controls: &mut Controls) {
    heading(ui, &lang.t("ui.dialog_filter_programmes"));
    note(ui, lang.t("ui.dialog_filter_programmes_note"));
    tags(ui, |ui| {
        for term in terms {
            let name = term.name(lang);
            let (state, key) = if controls.receives.contains(&term.code) {
                (TagState::On, "ui.dialog_filter_receives_label")
            } else if controls.receives_not.contains(&term.code) {
                (TagState::Against, "ui.dialog_filter_receives_not_label")
            } else {
                (TagState::Off, "ui.dialog_filter_programme_label")
            };
            let label = lang.with(key, &[("programme", name)]);
            if !toggle_tag(ui, name, &label, state)
                .on_hover_text(&label)
                .clicked()
            {
                continue;
            }
            match state {
                TagState::Off => toggle(&mut controls.receives, &term.code),
                TagState::On => {
                    toggle(&mut controls.receives, &term.code);
                    toggle(&mut controls.receives_not, &term.code);
                }
                TagState::Against => toggle(&mut controls.receives_not, &term.code),
            }
        }
    });
}

/// A label above its choices: the panel is narrow.
fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    label: &str,
    options: &[(T, String)],
    current: T,
) -> Option<T> {
    let theme = Theme::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().button_padding.x = 8.0;
        ui.allocate_ui_with_layout(
            vec2(96.0, 28.0),
            egui::Layout::left_to_right(egui::Align::Center),
            |ui| {
                ui.set_min_width(96.0);
                ui.add(egui::Label::new(RichText::new(label).color(theme.secondary)).truncate());
            },
        );
        segments(ui, label, options, Some(current))
    })
    .inner
}

fn people(ui: &mut Ui, lang: Lang, controls: &mut Controls) {
    heading(ui, &lang.t("ui.dialog_filter_people"));
    for (key, bound) in [
        ("ui.dialog_filter_elderly", &mut controls.elderly),
        ("ui.dialog_filter_children", &mut controls.children),
        ("ui.dialog_filter_disabled", &mut controls.disabled),
    ] {
        let mut numbers = vec![0, 1, 2, 3];
        if !numbers.contains(bound) {
            numbers.push(*bound);
        }
        let options: Vec<(u32, String)> = numbers
            .into_iter()
            .map(|number| {
                let text = if number == 0 {
                    lang.t("ui.dialog_filter_any").into_owned()
                } else {
                    format!("≥ {number}")
                };
                (number, text)
            })
            .collect();
        if let Some(chosen) = choice(ui, &lang.t(key), &options, *bound) {
            *bound = chosen;
        }
    }
    answer(
        ui,
        lang,
        "ui.dialog_filter_living_alone",
        ("ui.dialog_yes", "ui.dialog_no"),
        &mut controls.living_alone,
    );
    answer(
        ui,
        lang,
        "ui.dialog_filter_concern",
        ("ui.dialog_yes", "ui.dialog_no"),
        &mut controls.concern,
    );
}

/// Whichever, yes or no.
fn answer(
    ui: &mut Ui,
    lang: Lang,
    label: &str,
    (yes, no): (&str, &str),
    answer: &mut Option<bool>,
) {
    let options = [
        (None, lang.t("ui.dialog_filter_any").into_owned()),
        (Some(true), lang.t(yes).into_owned()),
        (Some(false), lang.t(no).into_owned()),
    ];
    if let Some(chosen) = choice(ui, &lang.t(label), &options, *answer) {
        *answer = chosen;
    }
}

fn visits(ui: &mut Ui, lang: Lang, controls: &mut Controls) {
    heading(ui, &lang.t("ui.dialog_filter_visits"));
    let mut days = vec![30, 90, 180, 365];
    days.extend(controls.not_visited_days.filter(|now| !days.contains(now)));
    let mut options = vec![(None, lang.t("ui.dialog_filter_any").into_owned())];
    options.extend(days.into_iter().map(|days| {
        (
            Some(days),
            lang.with("ui.dialog_filter_days", &[("days", &days.to_string())]),
        )
    }));
    let name = lang.t("ui.dialog_filter_visits");
    ui.spacing_mut().button_padding.x = 8.0;
    if let Some(chosen) = segments(ui, &name, &options, Some(controls.not_visited_days)) {
        controls.not_visited_days = chosen;
    }
}

fn areas(
    ui: &mut Ui,
    lang: Lang,
    areas: &Areas,
    controls: &mut Controls,
    form: &mut FilterPanelForm,
) {
    heading(ui, &lang.t("ui.dialog_filter_area"));
    let chosen = controls.area.clone();
    let text = chosen.as_ref().map_or_else(
        || lang.t("ui.dialog_filter_all_areas").into_owned(),
        |code| {
            areas
                .by_code(code)
                .and_then(|at| areas.name.get(at.0 as usize))
                .unwrap_or(code)
                .clone()
        },
    );
    ui.name_inputs(lang.t("ui.dialog_filter_area"), |ui| {
        let combo = ComboBox::from_id_salt("area")
            .selected_text(text)
            .width(ui.available_width())
            .height(360.0)
            .truncate()
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        combo.show_ui(ui, |ui| {
            let width = ui.available_width().max(240.0);
            let name = lang.t("ui.dialog_filter_area_search");
            named_edit(ui, &name, &name, &mut form.area_draft, width);
            let all = lang.t("ui.dialog_filter_all_areas");
            if ui.selectable_label(chosen.is_none(), all).clicked() {
                controls.area = None;
                ui.close();
            }
            for (code, text) in matching(areas, &form.area_draft) {
                if ui
                    .selectable_label(chosen.as_deref() == Some(code), text)
                    .clicked()
                {
                    controls.area = Some(code.to_owned());
                    form.area_draft.clear();
                    ui.close();
                }
            }
        });
    });
}

/// Areas whose name or code has the typed text, indented by level.
fn matching<'a>(areas: &'a Areas, draft: &str) -> Vec<(&'a str, String)> {
    let wanted = draft.trim().to_lowercase();
    let named = areas.code.iter().zip(&areas.name).zip(&areas.level);
    named
        .filter(|((code, name), _)| {
            wanted.is_empty()
                || code.to_lowercase().contains(&wanted)
                || name.to_lowercase().contains(&wanted)
        })
        .take(MOST_AREAS)
        .map(|((code, name), level)| {
            let indent = match level {
                AreaLevel::County | AreaLevel::Street => "",
                AreaLevel::Community => "   ",
                AreaLevel::Grid => "      ",
            };
            (code.as_str(), format!("{indent}{name}"))
        })
        .collect()
}

fn quality(ui: &mut Ui, lang: Lang, controls: &mut Controls) {
    heading(ui, &lang.t("ui.dialog_filter_position"));
    let words = (
        "ui.dialog_filter_located_yes",
        "ui.dialog_filter_located_no",
    );
    answer(
        ui,
        lang,
        "ui.dialog_filter_located",
        words,
        &mut controls.located,
    );
    tick(
        ui,
        true,
        &mut controls.outside_areas,
        &lang.t("ui.dialog_filter_outside_areas"),
    );
    tick(
        ui,
        true,
        &mut controls.outside_declared,
        &lang.t("ui.dialog_filter_outside_declared"),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_found_by_name_and_code() {
        let areas = Areas {
            code: vec!["330282".into(), "330282001".into(), "330282001G1".into()],
            name: vec!["示范县".into(), "滨河社区".into(), "滨河第1网格".into()],
            level: vec![AreaLevel::County, AreaLevel::Community, AreaLevel::Grid],
            ..Areas::default()
        };
        let codes = |draft: &str| {
            matching(&areas, draft)
                .into_iter()
                .map(|(code, _)| code)
                .collect::<Vec<_>>()
        };
        assert_eq!(codes("").len(), 3);
        assert_eq!(codes(" 滨河 "), ["330282001", "330282001G1"]);
        assert_eq!(codes("g1"), ["330282001G1"]);
        assert!(codes("无此地").is_empty());
    }
}
