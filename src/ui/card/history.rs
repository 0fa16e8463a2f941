//! What changed about a household, the newest first.

use super::fold::Fold;
use super::lines::{Size, origin};
use crate::layer::{CardView, PastLine, past_members};
use crate::model::PastEvent;
use crate::ui::theme::{Theme, body_font, small_font, strong_font};
use egui::{Label, RichText, Ui};

/// Changes that a column shows at once.
const FEW: usize = 8;

/// Changes that the large card shows at once.
const MANY: usize = 24;

/// Characters of a written text that are shown; the rest waits for the pointer.
const TEXT: usize = 120;

/// Draws the list; a long one folds behind its newest.
pub(in crate::ui) fn show(ui: &mut Ui, view: &CardView<'_>, events: &[PastEvent], size: Size) {
    let lang = view.lang;
    ui.add_space(4.0);
    ui.label(RichText::new(lang.t("ui.history")).font(strong_font()));
    let members = past_members(events);
    let line = |ui: &mut Ui, one: &PastEvent| {
        event(ui, view, one, &view.past(&one.change, &members));
    };
    let shown = if size == Size::Full { MANY } else { FEW };
    for one in events.iter().take(shown) {
        line(ui, one);
    }
    if events.len() > shown {
        let fold = Fold {
            key: "earlier changes",
            title: &lang.t("ui.history_earlier"),
            count: events.len() - shown,
            add: None,
            open: false,
        };
        fold.show(ui, |ui| {
            for one in events.iter().skip(shown) {
                line(ui, one);
            }
        });
    }
}

/// What changed, how, and where that was said; struck through where it was taken back.
fn event(ui: &mut Ui, view: &CardView<'_>, event: &PastEvent, line: &PastLine) {
    let theme = Theme::of(ui);
    let lang = view.lang;
    let ink = |text: String| {
        let text = RichText::new(text).font(small_font());
        let text = text.color(theme.secondary);
        if event.is_live {
            text
        } else {
            text.strikethrough()
        }
    };
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let mut title = line.title.clone();
        let mut color = theme.text;
        if !event.is_live {
            title.push_str(" · ");
            title.push_str(&lang.t("ui.version_undone"));
            color = theme.secondary;
        }
        let title = RichText::new(title).font(body_font()).color(color);
        ui.add(Label::new(title).wrap());
        for change in &line.changes {
            short(ui, &change.text(), &ink);
        }
        let facts = line.facts.join(" · ");
        for text in [&facts, &line.text] {
            if !text.is_empty() {
                short(ui, text, &ink);
            }
        }
        // Where it was said is so even where it was taken back.
        origin(ui, Size::Full, &event.origin, lang);
    });
}

/// A text that is cut where it is long, and whole under the pointer.
fn short(ui: &mut Ui, text: &str, ink: &dyn Fn(String) -> RichText) {
    let is_long = text.chars().count() > TEXT;
    let mut shown: String = text.chars().take(TEXT).collect();
    if is_long {
        shown.push('…');
    }
    let response = ui.add(Label::new(ink(shown)).wrap());
    if is_long {
        response.on_hover_text(text);
    }
}
