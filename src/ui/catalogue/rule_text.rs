//! The field in which a rule is typed: what is wrong is marked where it stands.

use super::sheet::Desk;
use crate::analysis::RuleMistake;
use crate::ui::theme::{Theme, body_font};
use egui::text::{CCursor, CCursorRange, CharIndex, LayoutJob, TextFormat};
use egui::text_edit::TextEditState;
use egui::{FontId, Id, Stroke, TextBuffer, TextEdit, Ui};
use std::ops::Range;

/// Something that is put into the text, by characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Insertion {
    /// Where the cursor is.
    Here(String),
    /// In place of these characters.
    Instead(Range<usize>, String),
}

/// Draws the field; gives its id.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    text: &mut String,
    mistake: Option<&RuleMistake>,
) -> Id {
    let theme = Theme::of(ui);
    let id = ui.make_persistent_id("rule text");
    // The mistake is of the text as it was drawn last; while a key is pressed it may be shorter.
    let marked = mistake.map(|mistake| (text.clone(), mark(text, mistake.start, mistake.end)));
    let font = FontId::new(14.0, body_font().family);
    let mut layouter = |ui: &Ui, buffer: &dyn TextBuffer, width: f32| {
        let plain = TextFormat::simple(font.clone(), theme.text);
        let mut wrong = plain.clone();
        wrong.color = theme.error;
        wrong.underline = Stroke::new(1.5, theme.error);
        let written = buffer.as_str();
        let place = marked
            .as_ref()
            .filter(|(of, _)| of == written)
            .map_or(0..0, |(_, place)| place.clone());
        let mut job = LayoutJob::default();
        job.wrap.max_width = width;
        let (start, end) = (place.start, place.end);
        job.append(written.get(..start).unwrap_or(written), 0.0, plain.clone());
        job.append(written.get(start..end).unwrap_or_default(), 0.0, wrong);
        job.append(written.get(end..).unwrap_or_default(), 0.0, plain);
        ui.painter().layout_job(job)
    };
    let name = desk.t("ui.cat_rule_text");
    ui.scope(|ui| {
        let edit = TextEdit::multiline(text)
            .id(id)
            .desired_width(f32::INFINITY)
            .desired_rows(3)
            .hint_text(desk.t("ui.cat_rule_hint"))
            .layouter(&mut layouter);
        let response = ui.add(edit);
        ui.ctx()
            .accesskit_node_builder(response.id, |node| node.set_label(name.as_str()));
    });
    id
}

/// The bytes of a mistake. One behind the last character marks the last word, so that it is seen.
fn mark(text: &str, start: usize, end: usize) -> Range<usize> {
    let byte = |character: usize| {
        let mut all = text.char_indices();
        all.nth(character).map_or(text.len(), |(at, _)| at)
    };
    let (from, to) = (byte(start), byte(end.max(start)));
    if from < to {
        return from..to;
    }
    let before = text.get(..from).unwrap_or(text);
    let before = before.trim_end();
    let word = before.rfind(char::is_whitespace).map_or(0, |at| {
        at + before
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8)
    });
    word..before.len()
}

/// Puts something into the text, and the cursor behind it.
pub(super) fn insert(ui: &Ui, id: Id, text: &mut String, insertion: &Insertion) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let length = text.chars().count();
    let (place, words) = match insertion {
        Insertion::Instead(place, words) => (place.clone(), words.clone()),
        Insertion::Here(words) => {
            let range = state.cursor.char_range();
            let at = range.map_or(length..length, |range| {
                let (one, other) = (range.primary.index.0, range.secondary.index.0);
                one.min(other)..one.max(other)
            });
            let at = at.start.min(length)..at.end.min(length);
            (at.clone(), spaced(text, &at, words))
        }
    };
    let end = place.start + words.chars().count();
    *text = replaced(text, &place, &words);
    let cursor = CCursor::new(CharIndex(end));
    state.cursor.set_char_range(Some(CCursorRange::one(cursor)));
    state.store(ui.ctx(), id);
    ui.ctx().memory_mut(|memory| memory.request_focus(id));
}

/// A word with room on both sides where it has none.
fn spaced(text: &str, place: &Range<usize>, words: &str) -> String {
    let before = place
        .start
        .checked_sub(1)
        .and_then(|at| text.chars().nth(at));
    let after = text.chars().nth(place.end);
    let room = |next: Option<char>, brackets: &[char]| {
        next.is_some_and(|char| !char.is_whitespace() && !brackets.contains(&char))
    };
    let start = if room(before, &['(', '（']) { " " } else { "" };
    let end = if room(after, &[')', '）']) { " " } else { "" };
    format!("{start}{words}{end}")
}

fn replaced(text: &str, place: &Range<usize>, words: &str) -> String {
    let mut out: String = text.chars().take(place.start).collect();
    out.push_str(words);
    out.extend(text.chars().skip(place.end.max(place.start)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_marked_where_it_stands_and_seen_at_the_end() {
        let marked = |text: &'static str, start, end| text.get(mark(text, start, end)).unwrap();
        assert_eq!(marked("年龄 > 80", 0, 2), "年龄");
        assert_eq!(marked("年龄 > 80", 5, 7), "80");
        assert_eq!(marked("年龄 >", 4, 4), ">");
        assert_eq!(marked("年龄 >  ", 6, 6), ">");
        assert_eq!(marked("", 0, 0), "");
        assert_eq!(marked("短", 3, 9), "短");
    }

    #[test]
    fn words_are_put_in_with_room_around_them() {
        let at = |text: &str, at: usize| spaced(text, &(at..at), "且");
        assert_eq!(at("", 0), "且");
        assert_eq!(at("甲乙", 1), " 且 ");
        assert_eq!(at("甲 ", 2), "且");
        assert_eq!(at("(甲)", 1), "且 ");
        assert_eq!(at("(甲)", 2), " 且");
        assert_eq!(replaced("甲乙丙", &(1..2), "x"), "甲x丙");
        assert_eq!(replaced("甲", &(5..9), "x"), "甲x");
    }
}
