//! What stands in the cells of the list.

use super::theme::{Theme, body_font, small_font};
use super::widgets::elided;
use crate::layer::{ListCell, ListField, ListView};
use egui::{CornerRadius, Rect, StrokeKind, Ui, pos2, vec2};

/// A cell as words; what is not known is a dash, never a zero.
pub(super) fn text(view: &ListView<'_>, row: u32, field: ListField) -> String {
    match (field, view.cell(row, field)) {
        (ListField::DaysSinceVisit, ListCell::Number(days)) => view
            .lang
            .with("ui.days", &[("days", &format!("{days:.0}"))]),
        (ListField::DaysSinceVisit | ListField::LastVisit, ListCell::Empty) => {
            view.lang.t("ui.never").into_owned()
        }
        (ListField::Programmes, ListCell::Text(_)) => {
            view.short_programmes(row).join(view.lang.pick("、", ", "))
        }
        (ListField::Steadiness, ListCell::Number(share)) => format!("{share:.0} %"),
        (_, ListCell::Empty) => "–".to_owned(),
        (_, cell) => cell.text(),
    }
}

/// Small tags side by side; those that do not fit are counted.
pub(super) fn tags(ui: &Ui, cell: Rect, texts: &[String]) {
    let theme = Theme::of(ui);
    let mut left = cell.left();
    if texts.is_empty() {
        let at = pos2(cell.left(), cell.center().y);
        ui.painter().text(
            at,
            egui::Align2::LEFT_CENTER,
            "–",
            body_font(),
            theme.secondary,
        );
    }
    for (index, text) in texts.iter().enumerate() {
        let rest = texts.len() - index;
        let reserve = if rest > 1 { 26.0 } else { 0.0 };
        let galley = elided(
            ui,
            text,
            small_font(),
            theme.text,
            cell.width() - reserve - 12.0,
        );
        let size = galley.size() + vec2(12.0, 3.0);
        if left + size.x + reserve > cell.right() && index > 0 {
            let at = pos2(left + 2.0, cell.center().y);
            ui.painter().text(
                at,
                egui::Align2::LEFT_CENTER,
                format!("+{rest}"),
                small_font(),
                theme.secondary,
            );
            return;
        }
        let rect = Rect::from_min_size(pos2(left, cell.center().y - size.y / 2.0), size);
        ui.painter().rect(
            rect,
            CornerRadius::same(4),
            theme.background,
            theme.line(),
            StrokeKind::Inside,
        );
        ui.painter()
            .galley(rect.center() - galley.size() / 2.0, galley, theme.text);
        left += size.x + 5.0;
    }
}
