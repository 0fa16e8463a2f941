//! Legends laid out on panels.

use super::bivariate_paint::bivariate;
use super::canvas::PxBox;
use super::legend::{Legend, LegendKind};
use super::panel::{BODY_PX, Item, PADDING_PX, Panel, SMALL_PX};
use super::ramp::{Palette, Rgba, Tone};
use super::text::{Align, Fonts};

/// Width of a legend panel where the picture is wide enough.
const WIDTH_PX: f32 = 236.0;

/// Room between two legends, with a hairline in its middle.
const GAP_PX: f32 = 17.0;

/// The panels of the legends: from the top right down, and on to the left where the height does
/// not suffice.
pub(super) fn legend_panels(
    legends: &[Legend],
    (width, height): (f32, f32),
    margin: f32,
    (fonts, palette): (&Fonts, &Palette),
) -> Vec<Panel> {
    let panel_width = WIDTH_PX.min(width * 0.45);
    let inner = panel_width - 2.0 * PADDING_PX;
    let mut panels: Vec<Panel> = Vec::new();
    for legend in legends {
        let (items, own_height) = layout(legend, inner, fonts);
        let fits = |panel: &Panel| margin + panel.size[1] + GAP_PX + own_height <= height - margin;
        if !panels.last().is_some_and(fits) {
            let left = width - (panel_width + margin) * (panels.len() + 1) as f32;
            panels.push(Panel {
                corner: [left, margin],
                size: [panel_width, 2.0 * PADDING_PX],
                items: Vec::new(),
            });
        }
        let Some(panel) = panels.last_mut() else {
            break;
        };
        if !panel.items.is_empty() {
            let y = panel.size[1] - PADDING_PX + GAP_PX / 2.0;
            panel.items.push(Item::Line {
                points: vec![[PADDING_PX, y], [PADDING_PX + inner, y]],
                color: palette.tone(Tone::Hairline),
                width: 1.0,
            });
            panel.size[1] += GAP_PX;
        }
        let down = panel.size[1] - PADDING_PX;
        panel
            .items
            .extend(items.into_iter().map(|item| moved(item, PADDING_PX, down)));
        panel.size[1] += own_height;
    }
    panels
}

/// The things of one legend, from (0, 0), and its height.
fn layout(legend: &Legend, width: f32, fonts: &Fonts) -> (Vec<Item>, f32) {
    let mut items = Vec::new();
    let mut y = 0.0;
    let indent = match legend.kind {
        LegendKind::Points { color } => {
            items.push(Item::Dot {
                at: [6.0, 9.0],
                color,
            });
            20.0
        }
        LegendKind::Lines { color } => {
            items.push(Item::Line {
                points: vec![[0.0, 9.0], [12.0, 9.0]],
                color,
                width: 2.0,
            });
            20.0
        }
        LegendKind::Ramp { .. }
        | LegendKind::Classes { .. }
        | LegendKind::Marks { .. }
        | LegendKind::Bivariate(_) => 0.0,
    };
    for line in fonts.wrap(&legend.title, BODY_PX, width - indent) {
        items.push(text(
            line,
            [indent, y + 9.0],
            Align::Left,
            BODY_PX,
            Tone::Text,
        ));
        y += 19.0;
    }
    if !legend.unit.is_empty() {
        let title_width = fonts.measure(&legend.title, BODY_PX) + 10.0;
        let beside = indent + title_width + fonts.measure(&legend.unit, SMALL_PX) <= width;
        let (at, align) = if beside {
            ([width, 9.0], Align::Right)
        } else {
            y += 17.0;
            ([indent, y - 9.0], Align::Left)
        };
        items.push(text(
            legend.unit.clone(),
            at,
            align,
            SMALL_PX,
            Tone::Secondary,
        ));
    }
    match &legend.kind {
        LegendKind::Ramp { ramp, ticks } => {
            let at = PxBox {
                left: 0.0,
                top: y + 4.0,
                right: width,
                bottom: y + 14.0,
            };
            items.push(Item::Ramp { at, ramp: *ramp });
            for (position, words) in ticks {
                let align = match *position {
                    low if low < 0.1 => Align::Left,
                    high if high > 0.9 => Align::Right,
                    _ => Align::Center,
                };
                let at = [width * position.clamp(0.0, 1.0), y + 24.0];
                items.push(text(words.clone(), at, align, SMALL_PX, Tone::Secondary));
            }
            y += 33.0;
        }
        LegendKind::Classes { entries, hatched } => {
            let hatched = hatched.iter().map(|words| (None, words.as_str()));
            let rows = entries
                .iter()
                .map(|(color, words)| (Some(*color), words.as_str()))
                .chain(hatched);
            y += 3.0;
            for (color, words) in rows {
                y += swatch(&mut items, color, words, y, (width, fonts));
            }
        }
        LegendKind::Marks { entries } => {
            for (mark, words) in entries {
                items.push(Item::Mark {
                    at: [8.0, y + 9.0],
                    mark: *mark,
                });
                for line in fonts.wrap(words, SMALL_PX, width - 22.0) {
                    let at = [22.0, y + 9.0];
                    items.push(text(line, at, Align::Left, SMALL_PX, Tone::Text));
                    y += 18.0;
                }
            }
        }
        LegendKind::Bivariate(legend) => {
            y += bivariate(&mut items, legend, y, (width, fonts));
        }
        LegendKind::Points { .. } | LegendKind::Lines { .. } => {}
    }
    for note in &legend.notes {
        for line in fonts.wrap(note, SMALL_PX, width - indent) {
            let at = [indent, y + 8.0];
            items.push(text(line, at, Align::Left, SMALL_PX, Tone::Secondary));
            y += 17.0;
        }
    }
    (items, y)
}

/// A swatch with its words at a height; gives the height that it takes.
pub(super) fn swatch(
    items: &mut Vec<Item>,
    color: Option<Rgba>,
    words: &str,
    top: f32,
    (width, fonts): (f32, &Fonts),
) -> f32 {
    let at = PxBox::around([10.0, top + 9.0], 20.0, 12.0);
    items.push(Item::Swatch { at, color });
    let mut y = top;
    for line in fonts.wrap(words, SMALL_PX, width - 28.0) {
        let at = [28.0, y + 9.0];
        items.push(text(line, at, Align::Left, SMALL_PX, Tone::Text));
        y += 18.0;
    }
    y - top
}

/// A line of text on a panel.
pub(super) fn text(text: String, at: [f32; 2], align: Align, size: f32, tone: Tone) -> Item {
    Item::Text {
        text,
        at,
        align,
        size,
        tone,
        bold: false,
    }
}

fn moved(item: Item, right: f32, down: f32) -> Item {
    let point = |[x, y]: [f32; 2]| [x + right, y + down];
    let moved_box = |at: PxBox| PxBox {
        left: at.left + right,
        top: at.top + down,
        right: at.right + right,
        bottom: at.bottom + down,
    };
    match item {
        Item::Text {
            text,
            at,
            align,
            size,
            tone,
            bold,
        } => Item::Text {
            text,
            at: point(at),
            align,
            size,
            tone,
            bold,
        },
        Item::Ramp { at, ramp } => Item::Ramp {
            at: moved_box(at),
            ramp,
        },
        Item::Swatch { at, color } => Item::Swatch {
            at: moved_box(at),
            color,
        },
        Item::Cell { at, color, text } => Item::Cell {
            at: moved_box(at),
            color,
            text,
        },
        Item::Dot { at, color } => Item::Dot {
            at: point(at),
            color,
        },
        Item::Mark { at, mark } => Item::Mark {
            at: point(at),
            mark,
        },
        Item::Line {
            points,
            color,
            width,
        } => Item::Line {
            points: points.into_iter().map(point).collect(),
            color,
            width,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layer::ramp::{Ramp, palette};

    fn legend(title: &str) -> Legend {
        Legend {
            title: title.to_owned(),
            unit: "件/km²".to_owned(),
            kind: LegendKind::density(Ramp::Need, 300.0),
            notes: vec!["带宽 150 m".to_owned()],
        }
    }

    #[test]
    fn legends_that_do_not_fit_go_on_beside_and_none_is_lost() {
        let fonts = Fonts::new(&[]);
        let legends = vec![legend("未满足需求"); 6];
        let context = (&fonts, palette(false));
        let panels = legend_panels(&legends, (800.0, 300.0), 12.0, context);
        let ramps = panels
            .iter()
            .flat_map(|panel| &panel.items)
            .filter(|item| matches!(item, Item::Ramp { .. }))
            .count();
        assert_eq!(ramps, 6);
        assert!(panels.len() > 1);
        assert!(
            panels
                .iter()
                .all(|panel| panel.corner[1] + panel.size[1] <= 288.0)
        );
    }

    #[test]
    fn a_long_unit_goes_under_a_long_title() {
        let fonts = Fonts::new(&[]);
        let (_, short) = layout(&legend("需求"), 200.0, &fonts);
        let (_, long) = layout(&legend("未满足的需求，按户计，含转介"), 200.0, &fonts);
        assert!(long > short);
    }
}
