//! What is looked at, and how: the part of the state that undo covers.

use crate::analysis::{Quota, RateForm};
use crate::datum::MercBox;
use crate::layer::{LayerId, LayerSpec};
use crate::model::Date;
use crate::query::{Choice, Direction, Filter, RowSet, SortKey};
use std::sync::Arc;

/// Filter, layers, order, day, selection.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// Which households.
    pub filter: Filter,
    /// The stack of layers, the topmost first.
    pub layers: Vec<LayerSpec>,
    /// By what the list is sorted.
    pub sort: SortKey,
    /// Which way.
    pub direction: Direction,
    /// How many of the most urgent are shown; `None` shows all.
    pub quota: Option<Quota>,
    /// The day of the figures.
    pub as_of: Date,
    /// Which programmes and needs count.
    pub choice: Choice,
    /// The form of the rates of areas.
    pub rate_form: RateForm,
    /// Households selected on the map.
    pub selection: Option<Arc<RowSet>>,
}

impl View {
    /// The view of a town just opened.
    pub fn fresh(as_of: Date, bandwidth_m: f64) -> Self {
        Self {
            filter: Filter::All,
            layers: LayerSpec::defaults(bandwidth_m),
            sort: SortKey::Priority,
            direction: Direction::Descending,
            quota: None,
            as_of,
            choice: Choice::default(),
            rate_form: RateForm::default(),
            selection: None,
        }
    }

    /// A layer by its number.
    pub fn layer(&self, id: LayerId) -> Option<&LayerSpec> {
        self.layers.iter().find(|layer| layer.id == id)
    }

    pub(super) fn layer_mut(&mut self, id: LayerId) -> Option<&mut LayerSpec> {
        self.layers.iter_mut().find(|layer| layer.id == id)
    }

    /// A number that no layer has.
    pub(super) fn next_layer_id(&self) -> LayerId {
        LayerId(
            self.layers
                .iter()
                .map(|layer| layer.id.0)
                .max()
                .unwrap_or(0)
                + 1,
        )
    }
}

/// What the map shows on screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// The part of the world.
    pub box_merc: MercBox,
    /// Its width on screen, in physical pixels.
    pub width_px: u32,
    /// Its height on screen.
    pub height_px: u32,
    /// Zoom level, as tiles count it.
    pub zoom: f64,
}
