//! The colours of the charts, by role; the same in the window and in pictures.

use crate::layer::ramp::{Rgba, Tone, palette};

/// The role of a colour in a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ink {
    /// Text.
    Text,
    /// Secondary text.
    Secondary,
    /// Lines that only hold things apart.
    Hairline,
    /// The empty part of a bar.
    Track,
    /// Covered.
    Covered,
    /// Not covered, open.
    Gap,
    /// Between the two: referred.
    Middle,
    /// What cannot be relied on.
    Quiet,
    /// The one side of the pyramid.
    Male,
    /// The other side.
    Female,
    /// The accent.
    Accent,
    /// Data that needs a person, and the demonstration mark.
    Warning,
    /// Where nearly all areas lie by chance.
    Band,
    /// Where 95 % of areas lie by chance.
    InnerBand,
    /// What is behind everything.
    Ground,
}

impl Ink {
    /// The colour in a theme.
    pub fn color(self, dark: bool) -> Rgba {
        let pick = |light: [u8; 3], night: [u8; 3]| {
            let [red, green, blue] = if dark { night } else { light };
            [red, green, blue, 255]
        };
        let tone = |tone| palette(dark).tone(tone);
        match self {
            Self::Text => tone(Tone::Text),
            Self::Secondary => pick([0x5f, 0x6a, 0x78], [0x9a, 0xa5, 0xb1]),
            Self::Hairline => tone(Tone::Hairline),
            Self::Accent => tone(Tone::Accent),
            Self::Warning => tone(Tone::Warning),
            Self::Track => pick([0xe2, 0xe5, 0xe9], [0x2c, 0x32, 0x3a]),
            Self::Covered | Self::Male => pick([0x1b, 0x9a, 0xaa], [0x1b, 0x9a, 0xaa]),
            Self::Gap => pick([0xd1, 0x34, 0x5b], [0xd1, 0x34, 0x5b]),
            Self::Middle | Self::Female => pick([0xf4, 0x84, 0x5f], [0xf4, 0x84, 0x5f]),
            Self::Quiet => pick([0xb4, 0xbc, 0xc5], [0x5a, 0x64, 0x6f]),
            Self::Band => pick([0xf0, 0xf3, 0xf5], [0x1f, 0x26, 0x2c]),
            Self::InnerBand => pick([0xe0, 0xee, 0xec], [0x20, 0x35, 0x3a]),
            Self::Ground => pick([0xff, 0xff, 0xff], [0x16, 0x19, 0x1d]),
        }
    }
}

/// What is behind a chart.
pub fn ground(dark: bool) -> Rgba {
    Ink::Ground.color(dark)
}
