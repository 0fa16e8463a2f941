//! Which slow work the present view needs that has not been asked for: derived from the state,
//! so that no command can forget it.

use super::{BaseMapChoice, Session, Viewport};
use crate::analysis::{PriorityWeights, Quota, RateForm};
use crate::base::Generation;
use crate::datum::MercBox;
use crate::jobs::{BaseMapRequest, FilterRequest, Filtered, LayerRequest, Request, Town};
use crate::layer::{LayerId, LayerKind, LayerSpec};
use crate::model::Date;
use crate::query::{Choice, Direction, Filter, RowSet, SortKey};
use crate::words::Lang;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// How much more than the screen a layer's picture covers on each side.
const MARGIN: f64 = 0.25;

/// A heat map is smooth: one of its pixels serves this many of the screen's.
const HEAT_COARSENESS: f64 = 2.0;

/// What a filter's answer depends on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FilterKey {
    generation: Generation,
    filter: Filter,
    selection: Option<Arc<RowSet>>,
    choice: Choice,
    as_of: Date,
    sort: SortKey,
    direction: Direction,
    weights: PriorityWeights,
    quota: Option<Quota>,
    lang: Lang,
}

/// What a layer's picture depends on beside the part of the map that it shows.
#[derive(Debug, Clone, PartialEq)]
struct LayerKey {
    spec: LayerSpec,
    /// Nothing where the layer shows no rates: another form is then no reason to draw it again.
    rate_form: Option<RateForm>,
    filter: FilterKey,
}

#[derive(Debug)]
struct AskedLayer {
    key: LayerKey,
    box_merc: MercBox,
    merc_per_px: f64,
    serial: u64,
}

/// What has been asked for.
#[derive(Debug, Default)]
pub(super) struct Asked {
    filter: Option<FilterKey>,
    filter_waiting: bool,
    layers: BTreeMap<LayerId, AskedLayer>,
    layers_waiting: BTreeMap<LayerId, u64>,
    serial: u64,
    base_map: Option<PathBuf>,
    pub(super) work: super::wanted_work::AskedWork,
    pub(super) chart: super::wanted_chart::AskedChart,
}

impl Asked {
    pub(super) fn is_waiting(&self) -> bool {
        self.filter_waiting || !self.layers_waiting.is_empty()
    }

    pub(super) fn is_waiting_for_list(&self) -> bool {
        self.filter_waiting
    }

    pub(super) fn filter_answered(&mut self) {
        self.filter_waiting = false;
    }

    /// Whether this is the newest picture of the layer.
    pub(super) fn layer_answered(&mut self, layer: LayerId, serial: u64) -> bool {
        if self.layers_waiting.get(&layer) == Some(&serial) {
            self.layers_waiting.remove(&layer);
        }
        self.layers
            .get(&layer)
            .is_some_and(|asked| asked.serial == serial)
    }

    pub(super) fn layer_failed(&mut self, layer: LayerId) {
        self.layers_waiting.remove(&layer);
    }

    /// The layer is gone with its picture: brought back, it must be drawn again.
    pub(super) fn forget_layer(&mut self, layer: LayerId) {
        self.layers.remove(&layer);
        self.layers_waiting.remove(&layer);
    }
}

impl Session {
    /// The requests that the present view needs and that were not made yet.
    pub fn wanted(&mut self) -> Vec<Request> {
        let mut requests = self.wanted_base_map();
        requests.extend(self.wanted_inspection());
        let Some(town) = self.town().cloned() else {
            return requests;
        };
        requests.extend(self.wanted_work(&town));
        let key = FilterKey {
            generation: town.snapshot.generation,
            filter: self.view.filter.clone(),
            selection: self.view.selection.clone(),
            choice: self.view.choice,
            as_of: self.view.as_of,
            sort: self.view.sort,
            direction: self.view.direction,
            weights: self.weights(),
            quota: self.view.quota,
            lang: self.lang,
        };
        if self.asked.filter.as_ref() != Some(&key) {
            requests.push(Request::Filter(FilterRequest {
                town,
                filter: key.filter.clone(),
                selection: key.selection.clone(),
                choice: key.choice,
                as_of: key.as_of,
                priority: self.scores().cloned(),
                weights: key.weights,
                quota: key.quota,
                sort: key.sort,
                direction: key.direction,
            }));
            self.asked.filter = Some(key);
            self.asked.filter_waiting = true;
        } else if !self.asked.filter_waiting {
            requests.extend(self.wanted_of_rows(&town, &key));
        }
        requests
    }

    fn wanted_base_map(&mut self) -> Vec<Request> {
        let path = match &self.settings.base_map {
            BaseMapChoice::OfWorkspace => self
                .document
                .as_ref()
                .and_then(|document| document.base_map.clone()),
            BaseMapChoice::File(path) => Some(path.clone()),
            BaseMapChoice::Nothing | BaseMapChoice::Template(_) => None,
        };
        if self.asked.base_map == path {
            return Vec::new();
        }
        self.asked.base_map.clone_from(&path);
        self.base_map = None;
        path.map(|path| Request::BaseMap(BaseMapRequest { path }))
            .into_iter()
            .collect()
    }

    /// What shows the households of the filter: the layers of the map and the chart.
    fn wanted_of_rows(&mut self, town: &Arc<Town>, filter: &FilterKey) -> Vec<Request> {
        // Where the filter was cancelled, the households are still those of the one before.
        let answers = |filtered: &Arc<Filtered>| {
            let quota = filtered.picked.map(|picked| picked.quota);
            filtered.generation == filter.generation
                && filtered.filter == filter.filter
                && quota == filter.quota
        };
        let Some(filtered) = self.results.filtered.clone().filter(answers) else {
            return Vec::new();
        };
        // The order of the list is nothing to the map; weights only where they say who is on it.
        let filter = FilterKey {
            sort: SortKey::Id,
            direction: Direction::Ascending,
            weights: match filter.quota {
                Some(_) => filter.weights,
                None => PriorityWeights::default(),
            },
            ..filter.clone()
        };
        let mut requests = self.wanted_layers(town, &filtered, &filter);
        // What is selected changes a chart only where the filter asks for it.
        let selection = filter.selection.filter(|_| filter.filter.uses_selection());
        let of_chart = FilterKey {
            selection,
            ..filter
        };
        requests.extend(self.wanted_chart(town, &filtered, of_chart));
        requests
    }

    fn wanted_layers(
        &mut self,
        town: &Arc<Town>,
        filtered: &Filtered,
        filter: &FilterKey,
    ) -> Vec<Request> {
        let Some(viewport) = self.viewport else {
            return Vec::new();
        };
        let mut requests = Vec::new();
        for spec in self.view.layers.iter().filter(|spec| spec.visible) {
            // Opacity is the painter's business; it needs no new picture.
            let key = LayerKey {
                spec: LayerSpec {
                    opacity: 1.0,
                    ..spec.clone()
                },
                rate_form: spec.kind.shows_rates().then_some(self.view.rate_form),
                filter: filter.clone(),
            };
            let wish = Wish::of(&spec.kind, &viewport);
            let holds = |asked: &AskedLayer| asked.key == key && wish.is_met_by(asked);
            if self.asked.layers.get(&spec.id).is_some_and(holds) {
                continue;
            }
            self.asked.serial += 1;
            let serial = self.asked.serial;
            requests.push(Request::Layer(LayerRequest {
                town: Arc::clone(town),
                spec: key.spec.clone(),
                rows: Arc::clone(&filtered.rows),
                coverage: Arc::clone(&filtered.coverage),
                selection: self.view.selection.clone(),
                choice: self.view.choice,
                rate_form: self.view.rate_form,
                as_of: self.view.as_of,
                view_merc: wish.grown,
                width_px: wish.width_px,
                height_px: wish.height_px,
                lang: self.lang,
                serial,
            }));
            let asked = AskedLayer {
                key,
                box_merc: wish.grown,
                merc_per_px: wish.merc_per_px,
                serial,
            };
            self.asked.layers.insert(spec.id, asked);
            self.asked.layers_waiting.insert(spec.id, serial);
        }
        requests
    }
}

/// The part of the map that a layer should show, and how finely.
struct Wish {
    follows_view: bool,
    needed: MercBox,
    grown: MercBox,
    width_px: u32,
    height_px: u32,
    merc_per_px: f64,
}

impl Wish {
    fn of(kind: &LayerKind, viewport: &Viewport) -> Self {
        let needed = viewport.box_merc;
        let merc_per_px = needed.width() / f64::from(viewport.width_px.max(1)) * HEAT_COARSENESS;
        let grown = needed.grown(needed.width().max(needed.height()) * MARGIN);
        Self {
            follows_view: matches!(kind, LayerKind::Heat { .. } | LayerKind::Points { .. }),
            needed,
            grown,
            width_px: (grown.width() / merc_per_px).ceil().clamp(1.0, 4096.0) as u32,
            height_px: (grown.height() / merc_per_px).ceil().clamp(1.0, 4096.0) as u32,
            merc_per_px,
        }
    }

    /// Whether a picture asked for earlier still covers the screen finely enough.
    fn is_met_by(&self, asked: &AskedLayer) -> bool {
        let ratio = asked.merc_per_px / self.merc_per_px;
        !self.follows_view || (asked.box_merc.covers(&self.needed) && (0.6..=1.5).contains(&ratio))
    }
}
