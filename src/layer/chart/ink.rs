//! The colours of the charts, by role; the same in the window and in pictures.

use crate::layer::class_colors;
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
        let pick = |[light, night]: [[u8; 3]; 2]| {
            let [red, green, blue] = if dark { night } else { light };
            [red, green, blue, 255]
        };
        let tone = |tone| palette(dark).tone(tone);
        match self {
            Self::Text => tone(Tone::Text),
            Self::Secondary => pick(class_colors::CHART_SECONDARY),
            Self::Hairline => tone(Tone::Hairline),
            Self::Accent => tone(Tone::Accent),
            Self::Warning => tone(Tone::Warning),
            Self::Track => pick(class_colors::CHART_TRACK),
            Self::Covered | Self::Male => pick(class_colors::CHART_COVERED),
            Self::Gap => pick(class_colors::CHART_GAP),
            Self::Middle | Self::Female => pick(class_colors::CHART_MIDDLE),
            Self::Quiet => pick(class_colors::CHART_QUIET),
            Self::Band => pick(class_colors::CHART_BAND),
            Self::InnerBand => pick(class_colors::CHART_INNER_BAND),
            Self::Ground => pick(class_colors::CHART_GROUND),
        }
    }
}

/// What is behind a chart.
pub fn ground(dark: bool) -> Rgba {
    Ink::Ground.color(dark)
}
