//! What a layer's colours mean, as plain data: the window and the flat picture draw the same.

use super::place_mark::PlaceMark;
use super::ramp::{Ramp, Rgba};
use crate::base::digits::figure;
use crate::words::Lang;

/// The legend of one layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Legend {
    /// The layer's name.
    pub title: String,
    /// The unit of its figures, or empty.
    pub unit: String,
    /// What is drawn.
    pub kind: LegendKind,
    /// Small print: the bandwidth, how many are shown.
    pub notes: Vec<String>,
}

/// The nine cells of coverage against need.
#[derive(Debug, Clone, PartialEq)]
pub struct BivariateLegend {
    /// What coverage is; it grows downwards.
    pub coverage: String,
    /// What need is; it grows to the right.
    pub need: String,
    /// Where low and middle coverage end.
    pub coverage_cuts: [String; 2],
    /// Where low and middle need end.
    pub need_cuts: [String; 2],
    /// How many areas each class has, in the order of their numbers.
    pub counts: [usize; 9],
    /// The areas that are grey: their number is behind the nine.
    pub few: Option<String>,
    /// What is hatched, where something is.
    pub hatched: Option<String>,
}

/// How a layer is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum LegendKind {
    /// A continuous ramp.
    Ramp {
        /// Its colours.
        ramp: Ramp,
        /// Position 0 to 1 along the ramp, and what stands there.
        ticks: Vec<(f32, String)>,
    },
    /// Classes of areas.
    Classes {
        /// Colour and words, from low to high; the place of an entry is the number of its class.
        entries: Vec<(Rgba, String)>,
        /// What is hatched, where something is.
        hatched: Option<String>,
    },
    /// Areas by coverage and need at once.
    Bivariate(Box<BivariateLegend>),
    /// Marks of places, a line a category.
    Marks {
        /// Mark and words, in the order of the catalogue.
        entries: Vec<(PlaceMark, String)>,
    },
    /// Points.
    Points {
        /// Their colour.
        color: Rgba,
    },
    /// Lines.
    Lines {
        /// Their colour.
        color: Rgba,
    },
}

impl LegendKind {
    /// The ramp of a density, marked at 0, the middle and the upper end, which is open.
    pub fn density(ramp: Ramp, full_scale_per_km2: f32) -> Self {
        let end = f64::from(full_scale_per_km2);
        // As many decimals as the middle of a small scale needs.
        let decimals = if end < 1.0 { 3 } else { 1 };
        Self::Ramp {
            ramp,
            ticks: vec![
                (0.0, "0".to_owned()),
                (0.5, figure(end / 2.0, decimals)),
                (1.0, format!("≥ {}", figure(end, decimals))),
            ],
        }
    }

    /// The ramp of a share.
    pub fn share(ramp: Ramp) -> Self {
        let ticks = [(0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %")];
        Self::Ramp {
            ramp,
            ticks: ticks.map(|(at, text)| (at, text.to_owned())).to_vec(),
        }
    }
}

/// The note that says a density's bandwidth.
pub fn bandwidth_note(lang: Lang, bandwidth_m: f64) -> String {
    lang.with("layer.bandwidth", &[("m", &figure(bandwidth_m, 0))])
}

/// The note that says how many households a layer shows.
pub fn households_note(lang: Lang, count: u64) -> String {
    let count = crate::base::digits::grouped(count);
    lang.with("layer.households", &[("n", &count)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_upper_end_of_a_density_is_open() {
        let LegendKind::Ramp { ticks, .. } = LegendKind::density(Ramp::Need, 5_000.0) else {
            panic!("a density has a ramp");
        };
        let texts: Vec<&str> = ticks.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["0", "2,500", "≥ 5,000"]);
        assert_eq!(bandwidth_note(Lang::Zh, 150.0), "带宽 150 m");
        assert_eq!(households_note(Lang::En, 1_284), "1,284 households");
    }
}
