//! A line of the card as it is drawn: what it is, what is known of it, what was written, and where
//! that came from.

use crate::layer::{CardLine, origin_text};
use crate::model::Origin;
use crate::ui::theme::{Theme, body_font, small_font};
use crate::ui::widgets::from_right;
use crate::words::Lang;
use egui::{Align, Color32, Label, Layout, RichText, Ui};

/// How much room the card has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Size {
    /// One column: the latest of everything.
    Column,
    /// The whole window: everything.
    Full,
}

/// A line, with something at its right end.
pub(super) fn line(ui: &mut Ui, line: &CardLine, ink: Color32, at_end: impl FnOnce(&mut Ui)) {
    let theme = Theme::of(ui);
    let title = Label::new(RichText::new(&line.title).font(body_font()).color(ink));
    two_ends(ui, title.truncate(), at_end);
    ui.spacing_mut().item_spacing.y = 2.0;
    let facts = line.facts.join(" · ");
    for text in [facts.as_str(), line.text.as_str()] {
        if !text.is_empty() {
            let text = RichText::new(text).font(small_font());
            ui.add(Label::new(text.color(theme.secondary)).wrap());
        }
    }
}

/// A label on the left, shortened where it must be, and something at the right end.
pub(super) fn two_ends(ui: &mut Ui, label: Label, at_end: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = 22.0;
        ui.spacing_mut().item_spacing.x = 6.0;
        from_right(ui, |ui| {
            at_end(ui);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(label));
        });
    });
}

/// Where a line came from: always said of what was recorded here, of files where there is room.
pub(super) fn origin(ui: &mut Ui, size: Size, origin: &Origin, lang: Lang) {
    let theme = Theme::of(ui);
    if size == Size::Full || origin.source.is_empty() {
        let text = RichText::new(origin_text(origin, lang)).font(small_font());
        ui.add(Label::new(text.color(theme.secondary)).wrap());
    }
    ui.add_space(6.0);
}
