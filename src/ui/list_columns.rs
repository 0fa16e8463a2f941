//! The columns of the list: which are chosen, how wide they are, and which of them fit.

use super::icon;
use super::shell::UiState;
use crate::layer::ListField;
use crate::session::Session;
use crate::words::Lang;
use egui::{Button, Response, ScrollArea, Ui};

/// Share of the width that a column takes, beside the others.
pub(super) fn weight(field: ListField) -> f32 {
    match field {
        ListField::Priority => 1.5,
        ListField::DaysSinceVisit => 1.25,
        ListField::HeadName => 0.8,
        ListField::Address => 2.6,
        ListField::Needs => 1.95,
        ListField::Programmes | ListField::Notes => 1.55,
        ListField::Reasons => 2.1,
        ListField::IdNumber | ListField::GridCode => 1.8,
        ListField::Phone | ListField::HouseholdId | ListField::Grid => 1.3,
        _ => 0.9,
    }
}

/// A column of weight 1 is no narrower than this.
const LEAST_WIDTH: f32 = 50.0;

/// The columns that can be read in a width: the widest fall away first, the address stays.
pub(super) fn fitting(columns: &[ListField], width: f32) -> Vec<ListField> {
    let mut shown = columns.to_vec();
    while shown.iter().map(|field| weight(*field)).sum::<f32>() * LEAST_WIDTH > width - 24.0 {
        let can_go = shown
            .iter()
            .enumerate()
            .filter(|(_, field)| **field != ListField::Address);
        let widest = can_go.max_by(|(_, a), (_, b)| weight(**a).total_cmp(&weight(**b)));
        let Some((at, _)) = widest.filter(|_| shown.len() > 1) else {
            break;
        };
        shown.remove(at);
    }
    shown
}

/// Below this width of the list its button shows counts alone.
const NARROW: f32 = 420.0;

/// Opens the choice of columns, and says where not all that are chosen fit.
pub(super) fn columns_button(
    ui: &mut Ui,
    lang: Lang,
    columns: &[ListField],
    width: f32,
) -> Response {
    let shown = fitting(columns, width).len();
    let button = |text: &str| Button::new(format!("{text} {}", icon::CARET_DOWN)).frame(false);
    if shown == columns.len() {
        return ui.add(button(&lang.t("ui.columns")));
    }
    let counts = [
        ("shown", &*shown.to_string()),
        ("all", &*columns.len().to_string()),
    ];
    let text = if width < NARROW {
        format!("{shown}/{}", columns.len())
    } else {
        lang.with("ui.columns_some", &counts)
    };
    ui.add(button(&text))
        .on_hover_text(lang.t("ui.columns_some_text"))
}

/// A tick a column; the last one stays.
pub(super) fn choose_columns(ui: &mut Ui, session: &Session, state: &mut UiState) {
    ui.set_min_width(180.0);
    ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
        for field in ListField::ALL {
            let mut shown = state.list.columns.contains(&field);
            if ui
                .checkbox(&mut shown, field.heading(session.lang))
                .changed()
            {
                // Columns keep the order of the full list, wherever they were ticked.
                let columns = &state.list.columns;
                let wanted = |other: &ListField| {
                    if *other == field {
                        shown
                    } else {
                        columns.contains(other)
                    }
                };
                let chosen: Vec<ListField> = ListField::ALL.into_iter().filter(wanted).collect();
                if !chosen.is_empty() {
                    state.list.columns = chosen;
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [ListField; 7] = [
        ListField::Priority,
        ListField::HeadName,
        ListField::Address,
        ListField::Needs,
        ListField::Programmes,
        ListField::Reasons,
        ListField::DaysSinceVisit,
    ];

    #[test]
    fn the_widest_columns_fall_away_and_one_always_stays() {
        assert_eq!(fitting(&COLUMNS, 820.0), COLUMNS);
        let beside_a_sheet = [
            ListField::Priority,
            ListField::HeadName,
            ListField::Address,
            ListField::DaysSinceVisit,
        ];
        assert_eq!(fitting(&COLUMNS, 360.0), beside_a_sheet);
        assert_eq!(fitting(&COLUMNS, 0.0), [ListField::Address]);
        assert_eq!(fitting(&[ListField::Notes], -9.0), [ListField::Notes]);
        assert_eq!(fitting(&[], 0.0), []);
    }
}
