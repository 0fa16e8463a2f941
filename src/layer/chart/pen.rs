//! What the charts are laid out with: a drawing that grows, and words that fit.

use super::drawing::{Drawing, Hit, Room, Shape};
use super::ink::Ink;
use crate::layer::canvas::PxBox;
use crate::layer::panel::SMALL_PX;
use crate::layer::text::{Align, Fonts};
use crate::words::Lang;

/// Height of a line of the legend.
const LEGEND_LINE_PX: f32 = 20.0;

/// The sign before words of the legend.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sign {
    Swatch(Ink),
    Dot(Ink),
    Line(Ink),
    Interval,
    Nothing,
}

pub(super) struct Pen<'a> {
    pub(super) fonts: &'a Fonts<'a>,
    pub(super) lang: Lang,
    pub(super) room: Room,
    pub(super) drawing: Drawing,
}

impl<'a> Pen<'a> {
    pub(super) fn new(fonts: &'a Fonts<'a>, lang: Lang, room: Room) -> Self {
        let room = Room {
            width_px: room.width_px.max(200.0),
            height_px: room.height_px.max(60.0),
            ..room
        };
        Self {
            fonts,
            lang,
            room,
            drawing: Drawing {
                size_px: [room.width_px, 0.0],
                ..Drawing::default()
            },
        }
    }

    pub(super) fn t(&self, key: &str) -> String {
        self.lang.t(key).into_owned()
    }

    pub(super) fn measure(&self, text: &str, size: f32) -> f32 {
        self.fonts.measure(text, size)
    }

    /// The text, or as much of it as has room with an ellipsis behind.
    pub(super) fn fitted(&self, text: &str, size: f32, width: f32) -> String {
        if self.measure(text, size) <= width {
            return text.to_owned();
        }
        let room = width - self.measure("…", size);
        let mut kept = String::new();
        for character in text.chars() {
            kept.push(character);
            if self.measure(&kept, size) > room {
                kept.pop();
                break;
            }
        }
        kept.push('…');
        kept
    }

    pub(super) fn text(
        &mut self,
        text: impl Into<String>,
        at: [f32; 2],
        align: Align,
        size: f32,
        ink: Ink,
    ) {
        self.drawing.shapes.push(Shape::Text {
            text: text.into(),
            at,
            align,
            size,
            ink,
            bold: false,
        });
    }

    pub(super) fn bar(&mut self, at: PxBox, ink: Ink) {
        if at.right > at.left && at.bottom > at.top {
            self.drawing.shapes.push(Shape::Bar { at, ink });
        }
    }

    pub(super) fn line(&mut self, points: Vec<[f32; 2]>, ink: Ink, width: f32) {
        self.drawing.shapes.push(Shape::Line {
            points,
            ink,
            width,
            dashed: false,
        });
    }

    pub(super) fn dashes(&mut self, points: Vec<[f32; 2]>, ink: Ink) {
        self.drawing.shapes.push(Shape::Line {
            points,
            ink,
            width: 1.0,
            dashed: true,
        });
    }

    pub(super) fn dot(&mut self, at: [f32; 2], radius: f32, ink: Ink) {
        self.drawing.shapes.push(Shape::Dot { at, radius, ink });
    }

    /// The hatching of "no data".
    pub(super) fn hatch(&mut self, at: PxBox) {
        let height = at.bottom - at.top;
        let mut left = at.left;
        while left + height <= at.right {
            self.line(
                vec![[left, at.bottom], [left + height, at.top]],
                Ink::Quiet,
                1.0,
            );
            left += 6.0;
        }
    }

    /// An interval: a line with two ends.
    pub(super) fn interval(&mut self, [left, right]: [f32; 2], y: f32, ink: Ink) {
        self.line(vec![[left, y], [right, y]], ink, 1.2);
        for x in [left, right] {
            self.line(vec![[x, y - 3.0], [x, y + 3.0]], ink, 1.2);
        }
    }

    pub(super) fn hit(&mut self, hit: Hit) {
        self.drawing.hits.push(hit);
    }

    /// The drawing reaches down to here.
    pub(super) fn reach(&mut self, bottom: f32) {
        let height = &mut self.drawing.size_px[1];
        *height = height.max(bottom);
    }

    /// Signs and words, one behind the other, in as many lines as they take; gives where what
    /// follows can begin.
    pub(super) fn legend(&mut self, items: &[(Sign, String)]) -> f32 {
        let (mut x, mut y) = (0.0_f32, LEGEND_LINE_PX / 2.0);
        for (sign, words) in items {
            let lead = if matches!(sign, Sign::Nothing) {
                0.0
            } else {
                18.0
            };
            let wide = lead + self.measure(words, SMALL_PX);
            if x > 0.0 && x + wide > self.room.width_px {
                x = 0.0;
                y += LEGEND_LINE_PX;
            }
            let square = PxBox::around([x + 6.0, y], 12.0, 10.0);
            match sign {
                Sign::Swatch(ink) => self.bar(square, *ink),
                Sign::Dot(ink) => self.dot([x + 6.0, y], 4.0, *ink),
                Sign::Line(ink) => {
                    self.line(vec![[x, y], [x + 12.0, y]], *ink, 1.8);
                    self.dot([x + 6.0, y], 2.5, *ink);
                }
                Sign::Interval => self.interval([x, x + 12.0], y, Ink::Text),
                Sign::Nothing => {}
            }
            // What is wider than the chart goes on in lines of its own.
            let lines = self
                .fonts
                .wrap(words, SMALL_PX, (self.room.width_px - lead).max(60.0));
            for (at, line) in lines.into_iter().enumerate() {
                if at > 0 {
                    y += LEGEND_LINE_PX;
                }
                self.text(line, [x + lead, y], Align::Left, SMALL_PX, Ink::Secondary);
            }
            x += wide + 16.0;
        }
        let bottom = y + LEGEND_LINE_PX / 2.0 + 4.0;
        self.reach(bottom);
        bottom
    }
}

/// A round step that cuts a length into at most `most` parts.
pub(super) fn round_step(length: f64, most: f64) -> f64 {
    let rough = (length / most.max(1.0)).max(f64::MIN_POSITIVE);
    let unit = 10_f64.powf(rough.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * unit)
        .find(|step| *step >= rough * (1.0 - 1e-9))
        .unwrap_or(10.0 * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_few() {
        assert_eq!(round_step(97.0, 5.0), 20.0);
        assert_eq!(round_step(100.0, 5.0), 20.0);
        assert_eq!(round_step(3.0, 5.0), 1.0);
        assert!((round_step(0.35, 4.0) - 0.1).abs() < 1e-12);
        assert!(round_step(0.0, 4.0) > 0.0);
    }

    #[test]
    fn words_that_do_not_fit_end_in_an_ellipsis() {
        let fonts = Fonts::new(&[]);
        let room = Room {
            width_px: 300.0,
            height_px: 200.0,
            grows: true,
        };
        let pen = Pen::new(&fonts, Lang::Zh, room);
        assert_eq!(pen.fitted("滨河社区", 12.0, 48.0), "滨河社区");
        let short = pen.fitted("滨河社区", 12.0, 40.0);
        assert!(
            short.ends_with('…') && pen.measure(&short, 12.0) <= 40.0,
            "{short}"
        );
    }
}
