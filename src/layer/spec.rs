//! What a map layer is: its kind and its settings, as small plain values.

use super::area_figure::{AreaFigure, with_programme};
use crate::analysis::{ClassMethod, HotSpotMethod, HotSpotSpec};
use crate::model::{AreaLevel, Catalogue, Date};
use crate::snapshot::Unsettled;
use crate::words::Lang;

/// The number of a layer within a view; a new layer gets a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LayerId(pub u32);

/// What a heat map shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HeatKind {
    /// Households per km².
    Households,
    /// Unmet load (open needs by weight) per km².
    UnmetLoad,
    /// Reach: density of the receiving over density of those of concern.
    Reach,
    /// Full coverage: density of the fully covered over density of those of concern.
    FullCoverage,
    /// Gaps, receipts to look at, or what is not known, per km²: of the programme at this place of
    /// the catalogue, or of all chosen.
    Unsettled(Unsettled, Option<u8>),
    /// Needs by weight that no resource with a free place reaches, per km².
    Unmatched,
}

/// What a layer draws.
#[derive(Debug, Clone, PartialEq)]
pub enum LayerKind {
    /// A heat map; the bandwidth is the kernel's standard deviation in metres on the ground.
    Heat {
        /// What is dense.
        kind: HeatKind,
        /// Metres on the ground.
        bandwidth_m: f64,
        /// The upper end of a density's scale, per km²; `None` takes it from all households.
        upper_per_km2: Option<f32>,
    },
    /// A dot a household; a density raster where they are too many.
    Points {
        /// Only households of concern.
        of_concern: bool,
    },
    /// Areas filled by a figure.
    Areas {
        /// Which figure.
        figure: AreaFigure,
        /// Which level.
        level: AreaLevel,
        /// How values become classes.
        method: ClassMethod,
        /// How many classes (2 to 9).
        classes: usize,
        /// Whether the areas carry their values as text.
        labels: bool,
    },
    /// Areas filled by how much a figure moved since a day.
    Difference {
        /// Which figure.
        figure: AreaFigure,
        /// Which level.
        level: AreaLevel,
        /// The earlier day.
        since: Date,
        /// Whether the areas carry their values as text.
        labels: bool,
    },
    /// Areas whose neighbourhood is more remarkable than chance.
    HotSpots {
        /// Which figure; a rate.
        figure: AreaFigure,
        /// Level, statistic, neighbours, permutations.
        spec: HotSpotSpec,
    },
    /// Areas by coverage and need at once.
    Bivariate {
        /// Which level.
        level: AreaLevel,
        /// The figure of coverage; a share.
        coverage: AreaFigure,
        /// The figure of need.
        need: AreaFigure,
    },
    /// The places that offer help, a mark each.
    Resources,
    /// Boundaries.
    Outlines {
        /// Which level.
        level: AreaLevel,
        /// Whether the areas carry their names.
        labels: bool,
    },
}

/// Bandwidths that are offered, in metres on the ground.
const BANDWIDTHS_M: [f64; 13] = [
    50.0, 80.0, 120.0, 150.0, 200.0, 300.0, 500.0, 800.0, 1200.0, 2000.0, 3000.0, 5000.0, 8000.0,
];

/// A bandwidth that shows the parts of a place of this width on the ground: about a 35th of it.
pub fn suggested_bandwidth_m(ground_width_m: f64) -> f64 {
    let wanted = ground_width_m / 35.0;
    let off = |bandwidth: &f64| (bandwidth / wanted.max(1.0)).ln().abs();
    BANDWIDTHS_M
        .into_iter()
        .min_by(|one, other| off(one).total_cmp(&off(other)))
        .unwrap_or(150.0)
}

impl LayerKind {
    /// A heat map with a scale of its own.
    pub fn heat(kind: HeatKind, bandwidth_m: f64) -> Self {
        Self::Heat {
            kind,
            bandwidth_m,
            upper_per_km2: None,
        }
    }

    /// Hot spots of unmet need, as they are offered.
    pub fn hot_spots(level: AreaLevel) -> Self {
        Self::HotSpots {
            figure: AreaFigure::UnmetPerHousehold,
            spec: HotSpotSpec::of(level),
        }
    }

    /// Reach against unmet need, as it is offered.
    pub fn bivariate(level: AreaLevel) -> Self {
        Self::Bivariate {
            level,
            coverage: AreaFigure::Reach,
            need: AreaFigure::UnmetPerHousehold,
        }
    }

    /// The level whose areas it shows.
    pub fn level(&self) -> Option<AreaLevel> {
        match self {
            Self::Areas { level, .. }
            | Self::Bivariate { level, .. }
            | Self::Difference { level, .. }
            | Self::Outlines { level, .. }
            | Self::HotSpots {
                spec: HotSpotSpec { level, .. },
                ..
            } => Some(*level),
            Self::Heat { .. } | Self::Points { .. } | Self::Resources => None,
        }
    }

    /// The key of its name in the word lists.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Heat {
                kind: HeatKind::Households,
                ..
            } => "layer.heat_households",
            Self::Heat {
                kind: HeatKind::UnmetLoad,
                ..
            } => "layer.heat_unmet",
            Self::Heat {
                kind: HeatKind::Reach,
                ..
            } => "layer.heat_reach",
            Self::Heat {
                kind: HeatKind::FullCoverage,
                ..
            } => "layer.heat_full",
            Self::Heat {
                kind: HeatKind::Unsettled(what, _),
                ..
            } => match what {
                Unsettled::Gap => "layer.heat_gaps",
                Unsettled::Review => "layer.heat_review",
                Unsettled::Unknown => "layer.heat_unknown",
            },
            Self::Heat {
                kind: HeatKind::Unmatched,
                ..
            } => "layer.heat_unmatched",
            Self::Points { of_concern: true } => "layer.points_of_concern",
            Self::Points { of_concern: false } => "layer.points",
            Self::Areas { figure, .. } => figure.word(),
            Self::Difference { .. } => "layer.difference",
            Self::HotSpots { spec, .. } => match spec.method {
                HotSpotMethod::LocalMoran => "layer.hot_spots_moran",
                HotSpotMethod::GetisOrdStar | HotSpotMethod::GetisOrd => "layer.hot_spots",
            },
            Self::Bivariate { .. } => "layer.bivariate",
            Self::Resources => "layer.resources",
            Self::Outlines { level, .. } => match level {
                AreaLevel::County => "layer.outlines_county",
                AreaLevel::Street => "layer.outlines_street",
                AreaLevel::Community => "layer.outlines_community",
                AreaLevel::Grid => "layer.outlines_grid",
            },
        }
    }

    /// Its name: its word, and the programme that it is about.
    pub fn name(&self, catalogue: &Catalogue, lang: Lang) -> String {
        let name = lang.t(self.word()).into_owned();
        match self {
            Self::Areas { figure, .. } => figure.name(catalogue, lang),
            Self::HotSpots { figure, .. } | Self::Difference { figure, .. } => {
                format!("{name} · {}", figure.name(catalogue, lang))
            }
            Self::Heat {
                kind: HeatKind::Unsettled(_, place),
                ..
            } => with_programme(name, *place, catalogue, lang),
            _ => name,
        }
    }

    /// The programmes that it is about, where it is about one or all: the place of each in the
    /// catalogue, to be changed.
    pub fn programmes_mut(&mut self) -> Vec<&mut Option<u8>> {
        match self {
            Self::Heat {
                kind: HeatKind::Unsettled(_, place),
                ..
            } => vec![place],
            Self::Areas { figure, .. }
            | Self::Difference { figure, .. }
            | Self::HotSpots { figure, .. } => figure.programme_mut().into_iter().collect(),
            Self::Bivariate { coverage, need, .. } => [coverage, need]
                .into_iter()
                .filter_map(AreaFigure::programme_mut)
                .collect(),
            Self::Heat { .. } | Self::Points { .. } | Self::Resources | Self::Outlines { .. } => {
                Vec::new()
            }
        }
    }

    /// Whether it is about households, and so can be of some of them only.
    pub fn is_of_households(&self) -> bool {
        !matches!(self, Self::Outlines { .. } | Self::Resources)
    }

    /// Whether it shows rates of areas, and so depends on their form.
    pub fn shows_rates(&self) -> bool {
        match self {
            Self::Areas { figure, .. } => figure.is_rate(),
            Self::Bivariate { .. } => true,
            _ => false,
        }
    }

    /// The key of the word for its kind.
    pub fn kind_word(&self) -> &'static str {
        match self {
            Self::Heat { .. } => "layer.kind_heat",
            Self::Points { .. } => "layer.kind_points",
            Self::Resources => "layer.kind_places",
            Self::Areas { .. }
            | Self::Difference { .. }
            | Self::HotSpots { .. }
            | Self::Bivariate { .. } => "layer.kind_areas",
            Self::Outlines { .. } => "layer.kind_outlines",
        }
    }
}

/// Which households a layer is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    All,
    /// Those of the filter line.
    Filtered,
    /// Those of a query of its own.
    Own(String),
}

/// A layer with its settings.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerSpec {
    /// Its number.
    pub id: LayerId,
    /// What it draws.
    pub kind: LayerKind,
    /// Whether it is drawn.
    pub visible: bool,
    /// 0 to 1.
    pub opacity: f32,
    /// Which households it is about.
    pub scope: Scope,
}

impl LayerSpec {
    /// The layers of a fresh view, the topmost first.
    pub fn defaults(bandwidth_m: f64) -> Vec<Self> {
        let layer = |id: u32, kind: LayerKind, visible: bool, opacity: f32| Self {
            id: LayerId(id),
            kind,
            visible,
            opacity,
            scope: Scope::Filtered,
        };
        let choropleth = LayerKind::Areas {
            figure: AreaFigure::Reach,
            level: AreaLevel::Grid,
            method: ClassMethod::Quantile,
            classes: 5,
            labels: false,
        };
        vec![
            layer(1, LayerKind::Points { of_concern: true }, true, 1.0),
            layer(
                2,
                LayerKind::heat(HeatKind::UnmetLoad, bandwidth_m),
                true,
                0.85,
            ),
            layer(
                3,
                LayerKind::heat(HeatKind::Reach, bandwidth_m),
                false,
                0.75,
            ),
            layer(
                4,
                LayerKind::heat(HeatKind::Households, bandwidth_m),
                false,
                0.75,
            ),
            layer(5, choropleth, false, 0.7),
            layer(
                6,
                LayerKind::Outlines {
                    level: AreaLevel::Grid,
                    labels: false,
                },
                true,
                1.0,
            ),
            layer(7, LayerKind::bivariate(AreaLevel::Grid), false, 0.8),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wider_place_gets_a_wider_bandwidth() {
        assert_eq!(suggested_bandwidth_m(4_000.0), 120.0);
        assert_eq!(suggested_bandwidth_m(100_000.0), 3000.0);
        assert_eq!(suggested_bandwidth_m(0.0), 50.0);
    }
}
