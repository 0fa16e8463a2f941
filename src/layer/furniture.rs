//! What stands around the map: title and facts, legends, scale bar, attribution and the mark.

use super::canvas::{Canvas, View};
use super::compose::Picture;
use super::legend_paint::{legend_panels, text};
use super::panel::{BODY_PX, Item, PADDING_PX, Panel, SMALL_PX, TITLE_PX};
use super::ramp::{Palette, Tone};
use super::scale_bar::scale_bar;
use super::text::{Align, Fonts};

/// Room between panels and the edge of the picture.
const MARGIN_PX: f32 = 12.0;

/// Height of a panel with one line of text.
const LINE_PANEL_PX: f32 = 30.0;

/// All panels, laid out before the names of the map, which keep out of them.
pub(super) struct Furniture(pub(super) Vec<Panel>);

impl Furniture {
    pub(super) fn lay_out(
        picture: &Picture,
        view: &View,
        fonts: &Fonts,
        palette: &Palette,
    ) -> Self {
        let (width, height) = (view.width_px / view.scale, view.height_px / view.scale);
        let mut panels = legend_panels(
            &picture.legends,
            (width, height),
            MARGIN_PX,
            (fonts, palette),
        );
        let free = panels
            .iter()
            .map(|panel| panel.corner[0])
            .fold(width, f32::min);
        panels.extend(title_panel(picture, free - 2.0 * MARGIN_PX, fonts));
        let scale = scale_panel(view, height, fonts, palette);
        let used = scale
            .as_ref()
            .map_or(0.0, |panel| panel.size[0] + MARGIN_PX);
        panels.extend(scale);
        let room = width - used - 2.0 * MARGIN_PX;
        panels.extend(source_panel(picture, (width, height), room, fonts));
        Self(panels)
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, fonts: &Fonts, palette: &Palette) {
        for panel in &self.0 {
            panel.draw(canvas, fonts, palette);
        }
    }
}

fn title_panel(picture: &Picture, room: f32, fonts: &Fonts) -> Option<Panel> {
    let inner = (room - 2.0 * PADDING_PX).clamp(40.0, 420.0);
    let mut items = Vec::new();
    let mut y = PADDING_PX - 2.0;
    let mut widest = 0.0_f32;
    let title = Some((&picture.title, TITLE_PX, Tone::Text, 25.0));
    let facts = picture
        .facts
        .iter()
        .map(|fact| (fact, SMALL_PX, Tone::Secondary, 18.0));
    for (words, size, tone, line_px) in title.into_iter().chain(facts) {
        for line in fonts.wrap(words, size, inner) {
            if line.is_empty() {
                continue;
            }
            widest = widest.max(fonts.measure(&line, size));
            items.push(Item::Text {
                text: line,
                at: [PADDING_PX, y + line_px / 2.0],
                align: Align::Left,
                size,
                tone,
                bold: size == TITLE_PX,
            });
            y += line_px;
        }
    }
    (!items.is_empty()).then_some(Panel {
        corner: [MARGIN_PX; 2],
        size: [widest + 2.0 * PADDING_PX, y + PADDING_PX - 2.0],
        items,
    })
}

fn scale_panel(view: &View, height: f32, fonts: &Fonts, palette: &Palette) -> Option<Panel> {
    let ground_m_per_px = view.ground_m_per_px() * f64::from(view.scale);
    let longest_px = (view.width_px / view.scale * 0.3).min(110.0);
    let (bar, words) = scale_bar(ground_m_per_px, longest_px);
    if bar <= 0.0 {
        return None;
    }
    let middle = LINE_PANEL_PX / 2.0;
    let (left, right) = (PADDING_PX, PADDING_PX + bar);
    let width = right + 8.0 + fonts.measure(&words, SMALL_PX) + PADDING_PX;
    let (top, bottom) = (middle - 2.0, middle + 4.0);
    let items = vec![
        Item::Line {
            points: vec![[left, top], [left, bottom], [right, bottom], [right, top]],
            color: palette.tone(Tone::Text),
            width: 1.4,
        },
        text(
            words,
            [right + 8.0, middle],
            Align::Left,
            SMALL_PX,
            Tone::Text,
        ),
    ];
    Some(Panel {
        corner: [MARGIN_PX, height - MARGIN_PX - LINE_PANEL_PX],
        size: [width, LINE_PANEL_PX],
        items,
    })
}

/// The attribution, which licences ask for, and the mark. Nothing of either is ever cut off.
fn source_panel(
    picture: &Picture,
    (width, height): (f32, f32),
    room: f32,
    fonts: &Fonts,
) -> Option<Panel> {
    let inner = (room - 2.0 * PADDING_PX).max(60.0);
    let mark = picture.mark.as_deref().unwrap_or_default();
    let mut rows: Vec<Vec<(String, f32, Tone)>> = Vec::new();
    let mark_width = fonts.measure(mark, BODY_PX);
    if !mark.is_empty() {
        rows.push(vec![(mark.to_owned(), BODY_PX, Tone::Warning)]);
    }
    if !picture.attribution.is_empty() {
        let one_line = fonts.measure(&picture.attribution, SMALL_PX);
        if !rows.is_empty() && mark_width + 12.0 + one_line <= inner {
            let beside = (picture.attribution.clone(), SMALL_PX, Tone::Secondary);
            for row in &mut rows {
                row.push(beside.clone());
            }
        } else {
            let lines = fonts.wrap(&picture.attribution, SMALL_PX, inner);
            rows.extend(
                lines
                    .into_iter()
                    .map(|line| vec![(line, SMALL_PX, Tone::Secondary)]),
            );
        }
    }
    let row_width = |row: &Vec<(String, f32, Tone)>| {
        let words: f32 = row
            .iter()
            .map(|(words, size, _)| fonts.measure(words, *size))
            .sum();
        words + 12.0 * row.len().saturating_sub(1) as f32
    };
    let widest = rows.iter().map(row_width).fold(0.0, f32::max);
    let own_height = LINE_PANEL_PX + 18.0 * rows.len().saturating_sub(1) as f32;
    let own_width = widest + 2.0 * PADDING_PX;
    let mut items = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let mut x = PADDING_PX;
        let y = LINE_PANEL_PX / 2.0 + 18.0 * index as f32;
        for (words, size, tone) in row {
            items.push(Item::Text {
                text: words.clone(),
                at: [x, y],
                align: Align::Left,
                size: *size,
                tone: *tone,
                bold: *tone == Tone::Warning,
            });
            x += fonts.measure(words, *size) + 12.0;
        }
    }
    (!items.is_empty()).then_some(Panel {
        corner: [
            width - MARGIN_PX - own_width,
            height - MARGIN_PX - own_height,
        ],
        size: [own_width, own_height],
        items,
    })
}
