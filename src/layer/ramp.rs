//! Every colour of the map: the ramps of the data, and the palette of everything around it, light
//! and dark.

/// Red, green, blue, alpha; alpha is straight, not premultiplied.
pub type Rgba = [u8; 4];

/// A sequence of colours for a figure from low to high. Lightness runs one way in each, so they
/// read without colour vision too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ramp {
    /// Unmet need: sand to wine.
    Need,
    /// Coverage: pale to deep teal.
    Coverage,
    /// How many households: pale to deep violet.
    Households,
    /// What is to be looked at: pale to deep blue.
    Review,
    /// What is not known yet: pale to deep olive, far from need and from the grey of no data.
    Unknown,
}

/// Stops at equal distances.
const NEED: [[u8; 3]; 5] = [
    [0xfb, 0xe3, 0xb5],
    [0xfb, 0xc6, 0x87],
    [0xf4, 0x84, 0x5f],
    [0xd1, 0x34, 0x5b],
    [0x7a, 0x0f, 0x3c],
];
const COVERAGE: [[u8; 3]; 4] = [
    [0xe6, 0xf4, 0xf1],
    [0x8f, 0xd3, 0xc8],
    [0x1b, 0x9a, 0xaa],
    [0x0b, 0x4f, 0x6c],
];
const HOUSEHOLDS: [[u8; 3]; 5] = [
    [0xe4, 0xe3, 0xf3],
    [0xb8, 0xb5, 0xe0],
    [0x86, 0x80, 0xc6],
    [0x5a, 0x4c, 0xa3],
    [0x33, 0x20, 0x6b],
];
const REVIEW: [[u8; 3]; 5] = [
    [0xe0, 0xec, 0xf8],
    [0xae, 0xcb, 0xea],
    [0x6f, 0x9f, 0xd4],
    [0x34, 0x6c, 0xad],
    [0x15, 0x3a, 0x6b],
];
const UNKNOWN: [[u8; 3]; 5] = [
    [0xf0, 0xee, 0xd6],
    [0xd6, 0xd1, 0x9a],
    [0xac, 0xa6, 0x5c],
    [0x77, 0x72, 0x33],
    [0x42, 0x3f, 0x1c],
];

/// How opaque a density is at the upper end of its scale, of 255.
const FULL_ALPHA: f32 = 232.0;

impl Ramp {
    /// All ramps.
    pub const ALL: [Self; 5] = [
        Self::Need,
        Self::Coverage,
        Self::Households,
        Self::Review,
        Self::Unknown,
    ];

    fn stops(self) -> &'static [[u8; 3]] {
        match self {
            Self::Need => &NEED,
            Self::Coverage => &COVERAGE,
            Self::Households => &HOUSEHOLDS,
            Self::Review => &REVIEW,
            Self::Unknown => &UNKNOWN,
        }
    }

    /// The colour at `t`, 0 to 1 (clamped; not a number counts as 0). The alpha of what is shown as
    /// a density rises from 0; that of coverage is whole, as 0 % is a finding.
    pub fn color(self, t: f32) -> Rgba {
        let [r, g, b, _] = self.solid(t);
        let alpha = match self {
            Self::Coverage => 255.0,
            Self::Need | Self::Households | Self::Review | Self::Unknown => {
                FULL_ALPHA * rising(clamped(t))
            }
        };
        [r, g, b, alpha.round() as u8]
    }

    /// The colour at `t` without its alpha, for fills of areas, legends and icons.
    pub fn solid(self, t: f32) -> Rgba {
        let stops = self.stops();
        let at = clamped(t) * (stops.len() - 1) as f32;
        let low = (at as usize).min(stops.len() - 2);
        let share = at - low as f32;
        let mix = |channel: usize| {
            let (a, b) = (stops[low][channel], stops[low + 1][channel]);
            (f32::from(a) + (f32::from(b) - f32::from(a)) * share).round() as u8
        };
        [mix(0), mix(1), mix(2), 255]
    }

    /// The colour in a density picture: alpha rises from 0 for every ramp.
    pub(super) fn heat_color(self, t: f32) -> Rgba {
        let [r, g, b, _] = self.solid(t);
        [r, g, b, (FULL_ALPHA * rising(clamped(t))).round() as u8]
    }

    /// The middles of `count` classes, from low to high, as fills.
    pub fn classes(self, count: usize) -> Vec<Rgba> {
        let last = count.saturating_sub(1).max(1) as f32;
        (0..count)
            .map(|class| self.solid(class as f32 / last))
            .collect()
    }
}

fn clamped(t: f32) -> f32 {
    if t.is_nan() { 0.0 } else { t.clamp(0.0, 1.0) }
}

/// From 0, steep at first so that thin places show, and 1 at the end.
fn rising(t: f32) -> f32 {
    (1.0 - (-5.0 * t).exp()) / (1.0 - (-5.0_f32).exp())
}

/// The role of a colour in the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Ground.
    Land,
    /// Built-up ground, a little apart from [`Tone::Land`].
    Built,
    /// Schools, hospitals and the like.
    Civic,
    /// Green.
    Park,
    /// Rivers, lakes, the sea.
    Water,
    /// The surface of roads.
    Road,
    /// The edge of roads.
    RoadCasing,
    /// Footpaths.
    Path,
    /// Railways.
    Rail,
    /// Buildings.
    Building,
    /// Names of places.
    PlaceInk,
    /// Names of roads and single things.
    Ink,
    /// Names of parks.
    ParkInk,
    /// Names of waters.
    WaterInk,
    /// The halo of names.
    Halo,
    /// The halo of names on water.
    WaterHalo,
    /// Boundaries of areas.
    AreaOutline,
    /// The hatching of "no data".
    Hatch,
    /// Panels over the map.
    Panel,
    /// The edge of panels.
    Hairline,
    /// Text on panels.
    Text,
    /// Secondary text on panels.
    Secondary,
    /// The accent.
    Accent,
    /// Data that needs a person, and the demonstration mark.
    Warning,
    /// The ring around a point.
    PointRing,
}

/// The colours of one theme, by role.
#[derive(Debug)]
pub struct Palette {
    colors: [Rgba; 25],
}

impl Palette {
    /// The colour of a role.
    pub fn tone(&self, tone: Tone) -> Rgba {
        self.colors[tone as usize]
    }
}

/// A household's dot, in both themes.
pub fn point_color() -> Rgba {
    rgb(0x00b9_1c2e)
}

/// A boundary in a legend, in both themes.
pub fn line_color() -> Rgba {
    rgb(0x007a_8590)
}

/// Black or white, whichever is read better on a colour.
pub fn ink_on([red, green, blue, _]: Rgba) -> Rgba {
    let linear = |channel: u8| (f32::from(channel) / 255.0).powf(2.2);
    let light = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    // Where the contrasts to black and to white are the same.
    if light > 0.18 {
        rgb(0x001f_2933)
    } else {
        rgb(0x00ff_ffff)
    }
}

/// The palette of a theme.
pub fn palette(dark: bool) -> &'static Palette {
    if dark { &DARK } else { &LIGHT }
}

const fn rgb(hex: u32) -> Rgba {
    [(hex >> 16) as u8, (hex >> 8) as u8, hex as u8, 255]
}

/// In the order of [`Tone`].
static LIGHT: Palette = Palette {
    colors: [
        rgb(0x00f4_f3ef),
        rgb(0x00f1_efea),
        rgb(0x00ef_ebe1),
        rgb(0x00df_eadb),
        rgb(0x00c9_dfec),
        rgb(0x00ff_ffff),
        rgb(0x00dd_dad2),
        rgb(0x00e3_dfd6),
        rgb(0x00d5_d2cb),
        rgb(0x00e9_e7e1),
        rgb(0x002f_3a45),
        rgb(0x0056_606b),
        rgb(0x003f_6b45),
        rgb(0x002f_6388),
        rgb(0x00ff_ffff),
        rgb(0x00c9_dfec),
        rgb(0x007a_8590),
        rgb(0x008f_979f),
        rgb(0x00ff_ffff),
        rgb(0x00e2_e5e9),
        rgb(0x001f_2933),
        rgb(0x0066_717f),
        rgb(0x000f_766e),
        rgb(0x00b4_5309),
        rgb(0x00ff_ffff),
    ],
};

static DARK: Palette = Palette {
    colors: [
        rgb(0x0022_272d),
        rgb(0x0024_292f),
        rgb(0x0028_2c31),
        rgb(0x0024_332b),
        rgb(0x001d_2f3f),
        rgb(0x0034_3b44),
        rgb(0x001b_1f24),
        rgb(0x0031_373f),
        rgb(0x0038_3f47),
        rgb(0x002a_3037),
        rgb(0x00d5_dbe1),
        rgb(0x00a5_afb9),
        rgb(0x0086_b890),
        rgb(0x007f_b2d8),
        rgb(0x001a_1e23),
        rgb(0x001d_2f3f),
        rgb(0x0088_93a0),
        rgb(0x006a_747e),
        rgb(0x001c_2025),
        rgb(0x002c_323a),
        rgb(0x00e6_e9ed),
        rgb(0x009a_a5b1),
        rgb(0x002a_a198),
        rgb(0x00f5_9e0b),
        rgb(0x00ff_ffff),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of WCAG 2.
    fn luminance([r, g, b, _]: Rgba) -> f64 {
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    fn contrast(a: Rgba, b: Rgba) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_stands_out_in_both_themes() {
        for dark in [false, true] {
            let palette = palette(dark);
            for (ink, ground) in [
                (Tone::Text, Tone::Panel),
                (Tone::Secondary, Tone::Panel),
                (Tone::Warning, Tone::Panel),
                (Tone::PlaceInk, Tone::Land),
                (Tone::PlaceInk, Tone::Halo),
                (Tone::Ink, Tone::Land),
                (Tone::Ink, Tone::Building),
                (Tone::Ink, Tone::Road),
                (Tone::Ink, Tone::Halo),
                (Tone::ParkInk, Tone::Park),
                (Tone::ParkInk, Tone::Halo),
                (Tone::WaterInk, Tone::Water),
            ] {
                let contrast = contrast(palette.tone(ink), palette.tone(ground));
                assert!(
                    contrast >= 4.5,
                    "{ink:?} on {ground:?}, dark {dark}: {contrast:.2}"
                );
            }
        }
    }

    #[test]
    fn lightness_falls_along_every_ramp() {
        for ramp in Ramp::ALL {
            let lightness: Vec<f64> = (0..=20)
                .map(|step| luminance(ramp.solid(step as f32 / 20.0)))
                .collect();
            assert!(
                lightness.is_sorted_by(|a, b| a > b),
                "{ramp:?}: {lightness:?}"
            );
        }
    }

    #[test]
    fn ends_and_nonsense_are_in_the_ramp() {
        assert_eq!(Ramp::Need.color(0.0)[3], 0);
        assert_eq!(Ramp::Need.color(-3.0), Ramp::Need.color(0.0));
        assert_eq!(Ramp::Need.color(f32::NAN), Ramp::Need.color(0.0));
        assert_eq!(Ramp::Need.solid(7.0), [0x7a, 0x0f, 0x3c, 255]);
        assert_eq!(Ramp::Coverage.color(0.0), [0xe6, 0xf4, 0xf1, 255]);
        assert_eq!(Ramp::Coverage.classes(1).len(), 1);
    }
}
