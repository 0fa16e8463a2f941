//! What the jobs found. The last good result stays until the next is in.

use crate::analysis::Steadiness;
use crate::jobs::{
    AreaRates, Card, CellFound, ChangesFound, Charted, Checked, Compared, Explained, Filtered,
    HouseholdHistory, Matched, Painted, TimeLineFound, Tried,
};
use crate::layer::{LayerId, LayerSpec, Legend};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The last picture of a layer.
#[derive(Debug, Clone)]
pub struct LayerResult {
    /// Counts up with every picture, so that a painter knows a new one.
    pub serial: u64,
    /// The settings that it shows.
    pub spec: LayerSpec,
    /// What to paint.
    pub painted: Painted,
    /// What it means.
    pub legend: Legend,
    /// How many it shows.
    pub count: usize,
}

/// Everything that was found for the present view.
#[derive(Debug, Default)]
pub struct Results {
    /// Households of the filter.
    pub filtered: Option<Arc<Filtered>>,
    /// Pictures of the layers.
    pub layers: BTreeMap<LayerId, LayerResult>,
    /// What the chart shows.
    pub chart: Option<Arc<Charted>>,
    /// The past of the household that was looked up last.
    pub history: Option<Arc<HouseholdHistory>>,
    /// What the rules say of the household that was asked about last.
    pub explained: Option<Arc<Explained>>,
    /// The card of the household that was looked at last.
    pub card: Option<Arc<Card>>,
    /// The smoothed rates of the level whose area was looked at last.
    pub area_rates: Option<Arc<AreaRates>>,
    /// What the check of the data found; its rows follow the open town.
    pub check: Option<Arc<Checked>>,
    /// The comparison of the lists.
    pub lists: Option<Arc<Compared>>,
    /// Who is in the chosen cell of it.
    pub cell: Option<Arc<CellFound>>,
    /// Figures month by month.
    pub timeline: Option<Arc<TimeLineFound>>,
    /// What changed since a day.
    pub changes: Option<Arc<ChangesFound>>,
    /// Resources that are proposed for the open needs.
    pub matched: Option<Arc<Matched>>,
    /// What the catalogue on trial means; while another is being tried, that of the one before.
    pub what_if: Option<Arc<Tried>>,
    /// How steady the list of the most urgent is.
    pub steadiness: Option<Arc<Steadiness>>,
}
