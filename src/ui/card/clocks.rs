//! What is due in a household, when, and why.

use super::fold::Fold;
use super::lines::{Size, two_ends};
use crate::analysis::{Clock, Nearness};
use crate::jobs::Card;
use crate::layer::CardView;
use crate::ui::theme::{Theme, body_font, small_font};
use crate::ui::widgets::note;
use egui::{Label, RichText, Ui};

/// Draws the section.
pub(in crate::ui) fn show(ui: &mut Ui, view: &CardView<'_>, card: &Card, size: Size) {
    let lang = view.lang;
    let fold = Fold {
        key: "clocks",
        title: &lang.t("ui.card_clocks"),
        count: card.clocks.len(),
        add: None,
        open: true,
    };
    fold.show(ui, |ui| {
        if card.clocks.is_empty() {
            note(ui, lang.t("ui.card_no_clocks"));
        }
        for one in &card.clocks {
            clock(ui, view, one, size);
        }
    });
}

fn clock(ui: &mut Ui, view: &CardView<'_>, clock: &Clock, size: Size) {
    let theme = Theme::of(ui);
    let line = view.clock(clock);
    let ink = match clock.nearness {
        Nearness::Overdue => theme.warning,
        Nearness::Soon => theme.text,
        Nearness::Later => theme.secondary,
    };
    let title = Label::new(RichText::new(&line.title).font(body_font()).color(ink));
    two_ends(ui, title.truncate(), |ui| {
        let text = line.facts.join("  ");
        ui.label(RichText::new(text).font(small_font()).color(ink));
    });
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        // The law is a long name: in a column it waits for the pointer.
        let (why, law) = line.text.split_once('\n').unwrap_or((&line.text, ""));
        let text = RichText::new(why).font(small_font()).color(theme.secondary);
        let response = ui.add(Label::new(text).wrap());
        if size == Size::Full && !law.is_empty() {
            note(ui, law);
        } else if !law.is_empty() {
            response.on_hover_text(law);
        }
    });
    ui.add_space(4.0);
}
