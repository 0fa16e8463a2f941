//! Text on the CPU: glyph outlines become filled paths, with a halo where they stand on a map.

use super::canvas::Canvas;
use super::ramp::Rgba;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::outline::{DrawSettings, OutlineGlyphCollection, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use tiny_skia::{FillRule, Path, PathBuilder, Transform};

/// Noto Sans SC, cut to the characters of GBK and of the 8,105 standard ones (OFL 1.1).
pub const FONT_REGULAR: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Regular.ttf");

/// Outlines are kept at this many units for the height of the type.
const EM_UNITS: f32 = 1000.0;

/// From the baseline up to the middle of the characters, in heights of the type.
const MIDDLE_EM: f32 = 0.37;

/// A bold stroke is this much wider, in heights of the type. One font file serves both weights.
const BOLD_EM: f32 = 0.035;

/// Where the given point is on the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At its left end.
    Left,
    /// In its middle.
    Center,
    /// At its right end.
    Right,
}

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextStyle {
    /// Height of the type in pixels.
    pub size_px: f32,
    /// Its colour.
    pub ink: Rgba,
    /// Colour and width of its halo.
    pub halo: Option<(Rgba, f32)>,
    /// Whether it is bold.
    pub bold: bool,
}

struct Face<'a> {
    charmap: Charmap<'a>,
    outlines: OutlineGlyphCollection<'a>,
    metrics: GlyphMetrics<'a>,
}

struct Glyph {
    outline: Option<Path>,
    advance_em: f32,
}

/// A chain of fonts: each character is taken from the first one that has it.
pub struct Fonts<'a> {
    faces: Vec<Face<'a>>,
    glyphs: RefCell<HashMap<char, Rc<Glyph>>>,
}

impl<'a> Fonts<'a> {
    /// The shipped font, and behind it these font files. One that cannot be read is passed over,
    /// as it is only here for characters that nothing else has.
    pub fn new(behind: &[&'a [u8]]) -> Self {
        let files = std::iter::once(FONT_REGULAR).chain(behind.iter().copied());
        let size = Size::new(EM_UNITS);
        let faces = files
            .filter_map(|bytes| {
                let font = FontRef::from_index(bytes, 0).ok()?;
                Some(Face {
                    charmap: font.charmap(),
                    outlines: font.outline_glyphs(),
                    metrics: font.glyph_metrics(size, LocationRef::default()),
                })
            })
            .collect();
        Self {
            faces,
            glyphs: RefCell::default(),
        }
    }

    /// Whether one of the fonts has this character.
    pub fn has(&self, character: char) -> bool {
        self.faces
            .iter()
            .any(|face| face.charmap.map(character).is_some())
    }

    fn glyph(&self, character: char) -> Rc<Glyph> {
        if let Some(glyph) = self.glyphs.borrow().get(&character) {
            return Rc::clone(glyph);
        }
        let glyph = Rc::new(self.read_glyph(character));
        self.glyphs
            .borrow_mut()
            .insert(character, Rc::clone(&glyph));
        glyph
    }

    fn read_glyph(&self, character: char) -> Glyph {
        let found = self.faces.iter().find_map(|face| {
            let id = face.charmap.map(character)?;
            Some((face, id))
        });
        // The box of a missing character is a sign that something stands there.
        let missing = || self.faces.first().map(|face| (face, GlyphId::NOTDEF));
        let Some((face, id)) = found.or_else(missing) else {
            return Glyph {
                outline: None,
                advance_em: 1.0,
            };
        };
        let mut pen = PathPen(PathBuilder::new());
        let settings = DrawSettings::unhinted(Size::new(EM_UNITS), LocationRef::default());
        let drawn = face
            .outlines
            .get(id)
            .is_some_and(|outline| outline.draw(settings, &mut pen).is_ok());
        Glyph {
            outline: drawn.then(|| pen.0.finish()).flatten(),
            advance_em: face.metrics.advance_width(id).unwrap_or(EM_UNITS) / EM_UNITS,
        }
    }

    /// How wide a text is, in pixels.
    pub fn measure(&self, text: &str, size_px: f32) -> f32 {
        let advance = |character| self.glyph(character).advance_em;
        text.chars().map(advance).sum::<f32>() * size_px
    }

    /// The text in lines of at most this width, broken at spaces and between Chinese characters.
    pub fn wrap(&self, text: &str, size_px: f32, width_px: f32) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in words(text) {
            let Some(line) = lines.last_mut() else { break };
            let longer = self.measure(line, size_px) + self.measure(word.trim_end(), size_px);
            if line.is_empty() || longer <= width_px {
                line.push_str(word);
            } else {
                lines.push(word.to_owned());
            }
        }
        for line in &mut lines {
            line.truncate(line.trim_end().len());
        }
        lines
    }

    /// The outlines of a text whose middle line passes through `at`, turned by `angle` radians.
    fn path(
        &self,
        text: &str,
        size_px: f32,
        at: [f32; 2],
        align: Align,
        angle: f32,
    ) -> Option<Path> {
        let width = self.measure(text, size_px);
        let mut x = match align {
            Align::Left => 0.0,
            Align::Center => -width / 2.0,
            Align::Right => -width,
        };
        let units = size_px / EM_UNITS;
        let turned = Transform::from_translate(at[0], at[1])
            .pre_concat(Transform::from_rotate(angle.to_degrees()));
        let mut path = PathBuilder::new();
        for character in text.chars() {
            let glyph = self.glyph(character);
            if let Some(outline) = &glyph.outline {
                let placed = turned
                    .pre_translate(x, size_px * MIDDLE_EM)
                    .pre_scale(units, -units);
                if let Some(outline) = outline.clone().transform(placed) {
                    path.push_path(&outline);
                }
            }
            x += glyph.advance_em * size_px;
        }
        path.finish()
    }

    /// Draws a text whose middle line passes through `at`, turned by `angle` radians.
    pub(super) fn draw(
        &self,
        canvas: &mut Canvas,
        text: &str,
        style: &TextStyle,
        at: [f32; 2],
        align: Align,
        angle: f32,
    ) {
        let Some(path) = self.path(text, style.size_px, at, align, angle) else {
            return;
        };
        if let Some((color, width_px)) = style.halo {
            canvas.stroke(&path, color, width_px * 2.0, None);
        }
        if style.bold {
            canvas.stroke(&path, style.ink, style.size_px * BOLD_EM, None);
        }
        canvas.fill(&path, style.ink, FillRule::Winding);
    }
}

/// A text cut where a line may end, each piece with the space behind it.
fn words(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut end = rest.len();
        let mut before: Option<char> = None;
        for (at, character) in rest.char_indices() {
            if before.is_some_and(|before| may_break(before, character)) {
                end = at;
                break;
            }
            before = Some(character);
        }
        let (piece, behind) = rest.split_at(end);
        pieces.push(piece);
        rest = behind;
    }
    pieces
}

fn may_break(before: char, after: char) -> bool {
    let ideograph = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
    let closes = "，。、；：）》」！？,.;:)%".contains(after);
    let opens = "（《「(".contains(before);
    before == ' ' && after != ' '
        || (ideograph(before) || ideograph(after)) && !closes && !opens && after != ' '
}

/// Takes a glyph's outline as a path.
struct PathPen(PathBuilder);

impl OutlinePen for PathPen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.0.quad_to(cx0, cy0, x, y);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.0.cubic_to(cx0, cy0, cx1, cy1, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_of_ours_can_be_written() {
        let fonts = Fonts::new(&[]);
        for character in "户网格救助·≥–−²©（）“”，。㑇㛃km".chars() {
            assert!(fonts.has(character), "{character}");
        }
        assert!(!fonts.has('\u{e000}'));
    }

    #[test]
    fn a_chinese_character_is_one_em_and_a_missing_one_still_has_width() {
        let fonts = Fonts::new(&[b"no font"]);
        assert_eq!(fonts.measure("网格", 20.0), 40.0);
        assert_eq!(fonts.measure("", 20.0), 0.0);
        assert!(fonts.measure("\u{e000}", 20.0) > 0.0);
        assert!(fonts.measure("ii", 20.0) < fonts.measure("WW", 20.0));
    }

    #[test]
    fn lines_break_between_words_and_between_ideographs() {
        let fonts = Fonts::new(&[]);
        assert_eq!(
            fonts.wrap("一二三四五，六", 10.0, 50.0),
            ["一二三四", "五，六"]
        );
        assert_eq!(
            fonts.wrap("one two three", 10.0, fonts.measure("one two", 10.0)),
            ["one two", "three"]
        );
        assert_eq!(fonts.wrap("unbreakable", 10.0, 1.0), ["unbreakable"]);
        assert_eq!(fonts.wrap("", 10.0, 50.0), [""]);
    }
}
