//! The households of the filter under the map: sortable, virtual, linked to the map both ways.

use super::action::Action;
use super::list_columns::{fitting, weight};
use super::shell::UiState;
use super::theme::{ROW, Theme, body_font, small_font};
use super::widgets::elided;
use super::{icon, list_cells, list_heading, score_parts};
use crate::jobs::Filtered;
use crate::layer::{ListField, ListView};
use crate::query::{Direction, SortKey};
use crate::session::{Command, Inspected, Session};
use egui::{
    Button, CornerRadius, CursorIcon, Key, Rect, RichText, ScrollArea, Sense, Ui, pos2, vec2,
};

/// Which columns are shown, and where the list should scroll to.
pub(super) struct ListState {
    pub(super) columns: Vec<ListField>,
    followed: Option<u32>,
    /// Whether the pointer was over a row in the last frame.
    pointed: bool,
}

impl Default for ListState {
    fn default() -> Self {
        let columns = vec![
            ListField::Priority,
            ListField::HeadName,
            ListField::Address,
            ListField::Needs,
            ListField::Programmes,
            ListField::Reasons,
            ListField::DaysSinceVisit,
        ];
        Self {
            columns,
            followed: None,
            pointed: false,
        }
    }
}

/// By what a click on the heading sorts.
fn sort_key(field: ListField) -> Option<SortKey> {
    Some(match field {
        ListField::Priority => SortKey::Priority,
        ListField::HouseholdId => SortKey::Id,
        ListField::HeadName => SortKey::HeadName,
        ListField::Address => SortKey::Address,
        ListField::Grid | ListField::Community => SortKey::Area,
        ListField::Members => SortKey::Members,
        ListField::Elderly => SortKey::Elderly,
        ListField::MonthlyIncome => SortKey::Income,
        ListField::Needs => SortKey::Needs,
        ListField::Programmes => SortKey::Programmes,
        ListField::LastVisit | ListField::DaysSinceVisit => SortKey::LastVisit,
        _ => return None,
    })
}

/// Draws the list.
pub(super) fn show(ui: &mut Ui, session: &Session, state: &mut UiState, out: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    // Few rows or none must not pull the panel together.
    ui.set_min_size(ui.available_size());
    ui.painter()
        .hline(ui.max_rect().x_range(), ui.max_rect().top(), theme.line());
    let Some(filtered) = &session.results.filtered else {
        ui.centered_and_justified(|ui| {
            ui.label(RichText::new(session.lang.t("ui.updating")).color(theme.secondary));
        });
        return;
    };
    let is_steadiness_shown = state.list.columns.contains(&ListField::Steadiness);
    if is_steadiness_shown != session.is_steadiness_shown() {
        out.push(Command::ShowSteadiness(is_steadiness_shown));
    }
    list_heading::show(ui, session, filtered, state, out);
    if filtered.order.is_empty() {
        empty(ui, session, out);
        return;
    }
    let Some(view) = session.list_view() else {
        return;
    };
    let width = ui.available_width();
    let columns = fitting(&state.list.columns, width);
    let total: f32 = columns.iter().map(|field| weight(*field)).sum();
    let widths: Vec<f32> = columns
        .iter()
        .map(|field| (width - 24.0) * weight(*field) / total)
        .collect();
    column_heads(ui, session, &columns, &widths, out);
    rows(ui, session, filtered, &view, &columns, &widths, state, out);
}

fn empty(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let has_households = session
        .town()
        .is_some_and(|town| !town.snapshot.households.is_empty());
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.3).max(8.0));
        let key = if has_households {
            "ui.empty_filter"
        } else {
            "ui.empty_workspace"
        };
        ui.label(RichText::new(lang.t(key)).color(theme.secondary));
        ui.add_space(6.0);
        let action = if has_households {
            Action::ClearFilter
        } else {
            Action::Import
        };
        if ui
            .add_enabled(action.is_enabled(session), Button::new(action.text(lang)))
            .clicked()
            && let super::action::Effect::Command(command) = action.effect(session)
        {
            out.push(command);
        }
    });
}

fn column_heads(
    ui: &mut Ui,
    session: &Session,
    columns: &[ListField],
    widths: &[f32],
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.top(), theme.line());
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), theme.line());
    let mut left = rect.left() + 12.0;
    for (field, width) in columns.iter().zip(widths) {
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(*width, rect.height()));
        left += width;
        let key = sort_key(*field);
        let sorted = key.is_some_and(|key| key == session.view.sort);
        let name = field.heading(session.lang);
        let arrow = match (sorted, session.view.direction) {
            (true, Direction::Ascending) => format!(" {}", icon::CARET_UP),
            (true, Direction::Descending) => format!(" {}", icon::CARET_DOWN),
            (false, _) => String::new(),
        };
        let ink = if sorted { theme.text } else { theme.secondary };
        let text = elided(
            ui,
            &format!("{name}{arrow}"),
            small_font(),
            ink,
            cell.width() - 8.0,
        );
        ui.painter().galley(
            pos2(cell.left(), cell.center().y - text.size().y / 2.0),
            text,
            ink,
        );
        if let Some(key) = key {
            let response = ui.interact(
                cell,
                ui.scope_id().with(("head", field.key())),
                Sense::click(),
            );
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
            let tooltip = session.lang.with("ui.sort_by", &[("column", &name)]);
            if response
                .on_hover_cursor(CursorIcon::PointingHand)
                .on_hover_ui(|ui| {
                    ui.label(tooltip);
                    if *field == ListField::Priority {
                        score_parts::legend(ui, session.lang);
                    }
                })
                .clicked()
            {
                out.push(Command::SortBy(key));
            }
        }
    }
}

#[allow(clippy::too_many_arguments)] // The parts of one list; a struct would only carry them one call further.
fn rows(
    ui: &mut Ui,
    session: &Session,
    filtered: &Filtered,
    view: &ListView<'_>,
    columns: &[ListField],
    widths: &[f32],
    state: &mut UiState,
    out: &mut Vec<Command>,
) {
    let chosen = match session.inspected {
        Some(Inspected::Household(row)) => Some(row),
        _ => None,
    };
    let mut scroll = ScrollArea::vertical().auto_shrink([false, false]);
    // The list follows what was chosen elsewhere, once.
    if chosen != state.list.followed {
        state.list.followed = chosen;
        if let Some(place) =
            chosen.and_then(|row| filtered.order.iter().position(|other| *other == row))
        {
            let room = ui.available_height();
            scroll = scroll.vertical_scroll_offset((place as f32 * ROW - room / 2.0).max(0.0));
        }
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let was_pointed = std::mem::take(&mut state.list.pointed);
    scroll.show_rows(ui, ROW, filtered.order.len(), |ui, range| {
        for row in filtered.order.get(range).unwrap_or_default() {
            list_row(
                ui,
                session,
                view,
                *row,
                chosen == Some(*row),
                columns,
                widths,
                state,
                out,
            );
        }
    });
    if was_pointed && !state.list.pointed {
        out.push(Command::Hover(None));
    }
    keys(ui, filtered, chosen, state, out);
}

#[allow(clippy::too_many_arguments)] // As above.
fn list_row(
    ui: &mut Ui,
    session: &Session,
    view: &ListView<'_>,
    row: u32,
    chosen: bool,
    columns: &[ListField],
    widths: &[f32],
    state: &mut UiState,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let hovered_on_map = session.hovered == Some(Inspected::Household(row));
    let fill = if chosen {
        theme.accent_tint
    } else if response.hovered() || hovered_on_map {
        theme.hover
    } else {
        theme.background
    };
    ui.painter().rect_filled(rect, CornerRadius::ZERO, fill);
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), theme.line());
    let mut left = rect.left() + 12.0;
    let pointer = response.hover_pos();
    let mut cut_short = None;
    let mut on_score = false;
    for (field, width) in columns.iter().zip(widths) {
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(*width - 8.0, rect.height()));
        left += width;
        let is_under_pointer = pointer.is_some_and(|at| cell.contains(at));
        match field {
            ListField::Priority => {
                score_parts::cell(ui, session, view, row, cell);
                on_score |= is_under_pointer;
            }
            ListField::Needs => {
                let needs = view.needs(row);
                list_cells::tags(ui, cell, &needs);
                if is_under_pointer && needs.len() > 1 {
                    cut_short = Some(view.cell(row, *field).text());
                }
            }
            _ => {
                let text = list_cells::text(view, row, *field);
                let quiet = matches!(
                    field,
                    ListField::Reasons | ListField::DaysSinceVisit | ListField::Notes
                );
                let ink = if quiet { theme.secondary } else { theme.text };
                let galley = elided(ui, &text, body_font(), ink, cell.width());
                if is_under_pointer && galley.elided {
                    cut_short = Some(view.cell(row, *field).text());
                }
                ui.painter().galley(
                    pos2(cell.left(), cell.center().y - galley.size().y / 2.0),
                    galley,
                    ink,
                );
            }
        }
    }
    let name = view.cell(row, ListField::HouseholdId).text();
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListItem, true, chosen, &name));
    if response.clicked() {
        state.list.followed = Some(row);
        out.push(Command::GoTo(Inspected::Household(row)));
    }
    if response.hovered() {
        state.list.pointed = true;
        if session.hovered != Some(Inspected::Household(row)) {
            out.push(Command::Hover(Some(Inspected::Household(row))));
        }
    }
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    if let Some(whole) = cut_short {
        response.on_hover_text_at_pointer(whole);
    } else if on_score {
        response.on_hover_ui_at_pointer(|ui| score_parts::tooltip(ui, session, row));
    }
}

/// Up and down go through the list while no text field has the keyboard.
fn keys(
    ui: &Ui,
    filtered: &Filtered,
    chosen: Option<u32>,
    state: &mut UiState,
    out: &mut Vec<Command>,
) {
    let Some(place) = chosen.and_then(|row| filtered.order.iter().position(|other| *other == row))
    else {
        return;
    };
    if ui.ctx().text_edit_focused() {
        return;
    }
    let (up, down) = ui.input(|input| {
        (
            input.key_pressed(Key::K) && input.modifiers.is_none(),
            input.key_pressed(Key::J),
        )
    });
    let next = match (up, down) {
        (true, _) => place.checked_sub(1),
        (_, true) => Some(place + 1),
        _ => None,
    };
    if let Some(row) = next.and_then(|place| filtered.order.get(place)) {
        state.list.followed = None;
        out.push(Command::GoTo(Inspected::Household(*row)));
    }
}
