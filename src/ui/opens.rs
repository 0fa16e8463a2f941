//! Figures that open into the households that make them: everywhere the same quiet link.

use super::theme::{Theme, small_font};
use super::widgets::figure_row;
use crate::session::{Command, Counted, Figure, Who};
use crate::words::Lang;
use egui::{
    Align2, Color32, CornerRadius, CursorIcon, FontId, Rect, Response, Role, Sense, Stroke, Ui,
    WidgetInfo, pos2,
};

/// A part of a line: words, and what a click on them opens.
pub(super) struct Piece {
    text: String,
    /// The sentence that it stands in.
    whole: String,
    figure: Option<Figure>,
}

impl Piece {
    /// Words alone.
    pub(super) fn words(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            whole: String::new(),
            figure: None,
        }
    }

    /// Words with a figure that opens, where it is not nought.
    pub(super) fn opens(text: impl Into<String>, figure: Figure) -> Self {
        Self {
            text: text.into(),
            whole: String::new(),
            figure: Some(figure).filter(|figure| figure.count > 0),
        }
    }

    /// Words with a number of households that opens.
    pub(super) fn households(text: impl Into<String>, count: u64, who: Who) -> Self {
        Self::opens(text, Figure::households(count, who))
    }

    /// Draws it; `name` says what the line is about.
    fn show(self, ui: &mut Ui, lang: Lang, name: &str, out: &mut Vec<Command>) {
        let ink = Theme::of(ui).secondary;
        let Some(figure) = self.figure else {
            plain(ui, &self.text, ink);
            return;
        };
        let said = if self.whole.is_empty() {
            &self.text
        } else {
            &self.whole
        };
        let label = format!("{name} {said}");
        let said = (&*self.text, label.trim());
        words(ui, lang, said, (small_font(), ink), figure, out);
    }
}

/// Makes what was drawn open a figure: the cursor, the tooltip and the name of a link. A figure of
/// nought opens nothing.
pub(super) fn mark(
    response: Response,
    lang: Lang,
    name: &str,
    figure: Figure,
    out: &mut Vec<Command>,
) {
    mark_with(response, lang, name, None, figure, out);
}

/// The same with more to say under the pointer.
pub(super) fn mark_with(
    response: Response,
    lang: Lang,
    name: &str,
    more: Option<&str>,
    figure: Figure,
    out: &mut Vec<Command>,
) {
    let hint = lang.t(hint_key(figure.counted));
    let hint = match more {
        Some(more) => format!("{more}\n{hint}"),
        None => hint.into_owned(),
    };
    if figure.count == 0 {
        if let Some(more) = more {
            response.on_hover_text(more);
        }
        return;
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, name));
    let response = response
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_text(hint);
    if response.clicked() {
        out.push(Command::OpenFigure(figure));
    }
}

fn hint_key(counted: Counted) -> &'static str {
    match counted {
        Counted::Areas => "ui.figure_opens_areas",
        _ => "ui.figure_opens",
    }
}

/// A row of words and a figure that opens.
pub(super) fn row(
    ui: &mut Ui,
    lang: Lang,
    (words, text): (&str, &str),
    warn: bool,
    figure: Figure,
    out: &mut Vec<Command>,
) {
    let response = figure_row(ui, words, text, warn);
    mark(response, lang, &format!("{words} {text}"), figure, out);
}

/// Words that open a figure; `name` says it to who does not see the words around.
pub(super) fn words(
    ui: &mut Ui,
    lang: Lang,
    (text, name): (&str, &str),
    (font, ink): (FontId, Color32),
    figure: Figure,
    out: &mut Vec<Command>,
) {
    let opens = figure.count > 0;
    let sense = if opens {
        Sense::click()
    } else {
        Sense::hover()
    };
    let room = ui.available_width().max(24.0);
    let layout = |ui: &Ui, room: f32| {
        ui.painter()
            .layout(text.to_owned(), font.clone(), ink, room)
    };
    let mut galley = layout(ui, f32::INFINITY);
    if galley.size().x > room {
        // What does not fit beside the words before stands below them.
        galley = layout(ui, ui.max_rect().width().max(24.0));
    }
    let (rect, response) = ui.allocate_exact_size(galley.size(), sense);
    let ink = underline(ui, rect, &response, ink, opens);
    ui.painter()
        .galley_with_override_text_color(rect.min, galley, ink);
    mark(response, lang, name, figure, out);
}

/// The quiet line below a figure that opens; gives the ink of the figure.
fn underline(ui: &Ui, rect: Rect, response: &Response, ink: Color32, opens: bool) -> Color32 {
    if !opens {
        return ink;
    }
    let theme = Theme::of(ui);
    let is_meant = response.hovered() || response.has_focus();
    let (stroke, ink) = if is_meant {
        (Stroke::new(1.0, theme.accent), theme.accent)
    } else {
        (theme.line(), ink)
    };
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 0.5, stroke);
    ink
}

/// A sentence of the word lists, of which some figures open: the name of each in the text, how it is
/// written, and what it opens.
pub(super) fn sentence(
    lang: Lang,
    key: &str,
    plain: &[(&str, &str)],
    figures: Vec<(&str, String, Figure)>,
) -> Vec<Piece> {
    // A sign that no text has stands for each figure until the sentence is cut there.
    let signs: Vec<String> = ('\u{E000}'..)
        .take(figures.len())
        .map(String::from)
        .collect();
    let names = figures.iter().map(|(name, _, _)| *name);
    let mut values = plain.to_vec();
    values.extend(names.zip(signs.iter().map(String::as_str)));
    let cut = lang.with(key, &values);
    let mut values = plain.to_vec();
    values.extend(figures.iter().map(|(name, text, _)| (*name, &**text)));
    let whole = lang.with(key, &values);
    let is_one = figures.len() == 1;
    let mut figures: Vec<Option<(String, Figure)>> = figures
        .into_iter()
        .map(|(_, text, figure)| Some((text, figure)))
        .collect();
    let mut pieces = Vec::new();
    let mut words = String::new();
    for sign in cut.chars() {
        let place = (sign as usize).checked_sub(0xE000);
        let found = place.and_then(|place| figures.get_mut(place)?.take());
        let Some((text, figure)) = found else {
            words.push(sign);
            continue;
        };
        if !words.is_empty() {
            pieces.push(Piece::words(std::mem::take(&mut words)));
        }
        let whole = if is_one {
            whole.clone()
        } else {
            format!("{whole} {text}")
        };
        pieces.push(Piece {
            whole,
            ..Piece::opens(text, figure)
        });
    }
    if !words.is_empty() {
        pieces.push(Piece::words(words));
    }
    pieces
}

/// Sentences one after the other in a line.
pub(super) fn sentences(
    ui: &mut Ui,
    lang: Lang,
    name: &str,
    all: Vec<Vec<Piece>>,
    out: &mut Vec<Command>,
) {
    let mut pieces: Vec<Piece> = Vec::new();
    for sentence in all {
        if !pieces.is_empty() {
            pieces.push(Piece::words("  ·  "));
        }
        pieces.extend(sentence);
    }
    joined(ui, lang, name, "", pieces, out);
}

/// Small secondary words in a line, some of which open; `name` says what the line is about.
pub(super) fn line(
    ui: &mut Ui,
    lang: Lang,
    name: &str,
    pieces: Vec<Piece>,
    out: &mut Vec<Command>,
) {
    joined(ui, lang, name, "  ·  ", pieces, out);
}

/// The same with other words between.
pub(super) fn joined(
    ui: &mut Ui,
    lang: Lang,
    name: &str,
    between: &str,
    pieces: Vec<Piece>,
    out: &mut Vec<Command>,
) {
    let ink = Theme::of(ui).secondary;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.spacing_mut().interact_size.y = 16.0;
        for (at, piece) in pieces.into_iter().enumerate() {
            if at > 0 && !between.is_empty() {
                plain(ui, between, ink);
            }
            piece.show(ui, lang, name, out);
        }
    });
}

/// As many of the pieces, side by side, as there is room for.
pub(super) fn fitting(
    ui: &mut Ui,
    lang: Lang,
    pieces: Vec<Piece>,
    room: f32,
    out: &mut Vec<Command>,
) {
    let ink = Theme::of(ui).secondary;
    let mut left = room;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (at, piece) in pieces.into_iter().enumerate() {
            let between = if at > 0 { "  ·  " } else { "" };
            let whole = format!("{between}{}", piece.text);
            let painter = ui.painter();
            let width = painter.layout_no_wrap(whole, small_font(), ink).size().x;
            if width > left {
                break;
            }
            left -= width;
            if at > 0 {
                plain(ui, between, ink);
            }
            piece.show(ui, lang, "", out);
        }
    });
}

fn plain(ui: &mut Ui, text: &str, ink: Color32) {
    ui.label(egui::RichText::new(text).font(small_font()).color(ink));
}

/// A figure at the right end of a cell of a table.
pub(super) struct Cell<'a> {
    /// Where.
    pub(super) rect: Rect,
    /// The words.
    pub(super) text: &'a str,
    /// What it says to who does not see the table.
    pub(super) name: &'a str,
    /// How it looks.
    pub(super) look: (FontId, Color32),
}

/// Draws it; gives where its words begin.
pub(super) fn cell(
    ui: &Ui,
    lang: Lang,
    id: impl std::hash::Hash + std::fmt::Debug,
    cell: &Cell<'_>,
    figure: Figure,
    out: &mut Vec<Command>,
) -> f32 {
    let (font, ink) = cell.look.clone();
    let opens = figure.count > 0;
    let right = pos2(cell.rect.right(), cell.rect.center().y);
    let galley = ui
        .painter()
        .layout_no_wrap(cell.text.to_owned(), font.clone(), ink);
    let size = galley.size();
    let words = Rect::from_min_size(pos2(right.x - size.x, right.y - size.y / 2.0), size);
    if !opens {
        let painter = ui.painter();
        painter.text(right, Align2::RIGHT_CENTER, cell.text, font, ink);
        return words.left();
    }
    let response = ui.interact(words.expand(3.0), ui.scope_id().with(id), Sense::click());
    if response.has_focus() {
        ui.painter().rect_filled(
            words.expand(3.0),
            CornerRadius::same(4),
            Theme::of(ui).hover,
        );
    }
    let ink = underline(ui, words, &response, ink, opens);
    ui.painter()
        .galley_with_override_text_color(words.min, galley, ink);
    mark(response, lang, cell.name, figure, out);
    words.left()
}

/// Two figures at the right end of a cell, from one to the other.
pub(super) fn from_to(
    ui: &Ui,
    lang: Lang,
    id: impl std::hash::Hash + std::fmt::Debug,
    (rect, name, ink): (Rect, &str, Color32),
    [from, to]: [(String, Figure); 2],
    out: &mut Vec<Command>,
) {
    let id = ui.scope_id().with(id);
    let mut rect = rect;
    for (at, (text, figure)) in [to, from].into_iter().enumerate() {
        if at == 1 {
            let right = pos2(rect.right(), rect.center().y);
            let painter = ui.painter();
            let arrow = painter.text(right, Align2::RIGHT_CENTER, " → ", small_font(), ink);
            rect.set_right(arrow.left());
        }
        let figure_cell = Cell {
            rect,
            text: &text,
            name: &format!("{name} {text}"),
            look: (small_font(), ink),
        };
        let left = cell(ui, lang, (id, at), &figure_cell, figure, out);
        rect.set_right(left);
    }
}
