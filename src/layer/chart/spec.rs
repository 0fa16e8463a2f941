//! What a chart is about, as small plain values.

use crate::analysis::{
    AgePyramid, AreaShares, Funnel, NeedCounts, ShareFigure, ShareOrder, TimeLine,
};
use crate::model::AreaLevel;
use crate::snapshot::AreaIndex;

/// The charts that there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum ChartKind {
    /// Shares of areas with their intervals.
    #[default]
    Coverage,
    /// Needs by category.
    Needs,
    /// The age pyramid of those of concern.
    Ages,
    /// Rates of areas against their denominators.
    Funnel,
    /// Coverage and need month by month.
    Trend,
}

impl ChartKind {
    /// Every chart, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Coverage,
        Self::Needs,
        Self::Ages,
        Self::Trend,
        Self::Funnel,
    ];

    /// Its word on the command line and in settings.
    pub fn code(self) -> &'static str {
        match self {
            Self::Coverage => "coverage",
            Self::Needs => "needs",
            Self::Ages => "ages",
            Self::Funnel => "funnel",
            Self::Trend => "trend",
        }
    }

    /// The chart of its word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether it has an entry an area of a level.
    pub fn is_by_area(self) -> bool {
        matches!(self, Self::Coverage | Self::Funnel)
    }
}

/// How many months a trend goes back, the last among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TrendMonths(pub u16);

impl TrendMonths {
    /// Those that are offered.
    pub const OFFERED: [Self; 3] = [Self(12), Self(24), Self(36)];
}

impl Default for TrendMonths {
    fn default() -> Self {
        Self(12)
    }
}

/// A chart with its settings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ChartSpec {
    /// Which chart.
    pub kind: ChartKind,
    /// Whose share, in charts by area.
    pub figure: ShareFigure,
    /// The level of the areas; `None` for the usual one.
    pub level: Option<AreaLevel>,
    /// The order of the areas.
    pub order: ShareOrder,
    /// How far a trend goes back.
    pub months: TrendMonths,
    /// The area of a trend; `None` for all households of the filter.
    pub area: Option<AreaIndex>,
}

/// What a chart shows.
#[derive(Debug, Clone, PartialEq)]
pub enum ChartData {
    /// Shares of areas.
    Coverage(AreaShares),
    /// Needs by category.
    Needs(NeedCounts),
    /// Ages.
    Ages(AgePyramid),
    /// Shares of areas in the funnel; without one where nobody counts.
    Funnel(AreaShares, Option<Funnel>),
    /// Month by month.
    Trend(TimeLine),
}

impl ChartData {
    /// Which chart it is.
    pub fn kind(&self) -> ChartKind {
        match self {
            Self::Coverage(_) => ChartKind::Coverage,
            Self::Needs(_) => ChartKind::Needs,
            Self::Ages(_) => ChartKind::Ages,
            Self::Funnel(..) => ChartKind::Funnel,
            Self::Trend(_) => ChartKind::Trend,
        }
    }

    /// The shares, in charts by area.
    pub fn shares(&self) -> Option<&AreaShares> {
        match self {
            Self::Coverage(shares) | Self::Funnel(shares, _) => Some(shares),
            Self::Needs(_) | Self::Ages(_) | Self::Trend(_) => None,
        }
    }
}
