//! A section of the card that folds: its name, how many it holds, and a button to add one.

use crate::ui::icon;
use crate::ui::theme::{Theme, small_font, strong_font};
use crate::ui::widgets::icon_button;
use egui::{Align2, CursorIcon, Id, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// Room for the button that adds one.
const BUTTON: f32 = 38.0;

/// A section.
pub(super) struct Fold<'a> {
    /// Its name for the memory of the window.
    pub(super) key: &'a str,
    /// What it holds.
    pub(super) title: &'a str,
    /// How many.
    pub(super) count: usize,
    /// What the button on the right does; no button where nothing can be added here.
    pub(super) add: Option<&'a str>,
    /// Whether it is open until somebody folds it.
    pub(super) open: bool,
}

impl Fold<'_> {
    /// Draws it; gives whether the button was clicked.
    pub(super) fn show(self, ui: &mut Ui, body: impl FnOnce(&mut Ui)) -> bool {
        let id = Id::unique(("card", self.key));
        let mut open = ui.data(|data| data.get_temp(id)).unwrap_or(self.open);
        let mut added = false;
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let button = if self.add.is_some() { BUTTON } else { 0.0 };
            if self.head(ui, open, ui.available_width() - button) {
                open = !open;
                ui.data_mut(|data| data.insert_temp(id, open));
            }
            if let Some(name) = self.add {
                added = icon_button(ui, icon::PLUS, name, false, true).clicked();
            }
        });
        if open {
            body(ui);
        }
        added
    }

    fn head(&self, ui: &mut Ui, open: bool, width: f32) -> bool {
        let theme = Theme::of(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(width, 28.0), Sense::click());
        let name = self.title.to_owned();
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, open, &name));
        let painter = ui.painter();
        if response.hovered() || response.has_focus() {
            painter.rect_filled(rect, 4.0, theme.hover);
        }
        let middle = rect.center().y;
        let sign = if open {
            icon::CARET_UP
        } else {
            icon::CARET_DOWN
        };
        painter.text(
            pos2(rect.left(), middle),
            Align2::LEFT_CENTER,
            sign,
            small_font(),
            theme.secondary,
        );
        let title = painter.text(
            pos2(rect.left() + 18.0, middle),
            Align2::LEFT_CENTER,
            self.title,
            strong_font(),
            theme.text,
        );
        if self.count > 0 {
            painter.text(
                pos2(title.right() + 6.0, middle),
                Align2::LEFT_CENTER,
                self.count.to_string(),
                small_font(),
                theme.secondary,
            );
        }
        response.on_hover_cursor(CursorIcon::PointingHand).clicked()
    }
}
