//! What the charts show, as plain counts: each of them can be opened into its households.

mod ages;
mod chart_rows;
mod funnel_points;
mod need_counts;
mod shares;

pub use ages::{AGE_BANDS, AgeBand, AgePyramid, age_band, age_pyramid};
pub use chart_rows::{
    AgePart, ChartFacts, ChartPart, NeedPart, SexPart, SharePart, chart_rows, rows_within,
};
pub use funnel_points::{Funnel, FunnelPlace, FunnelPoint, funnel};
pub use need_counts::{NeedCount, NeedCounts, need_counts};
pub use shares::{
    AreaShare, AreaShares, Counted, Share, ShareFigure, ShareOrder, area_shares, usual_level,
};
