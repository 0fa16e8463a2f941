//! The stack of layers.

use crate::layer::{LayerId, LayerKind, LayerSpec, Scope};
use crate::session::{Dialog, Session};

impl Session {
    pub(super) fn change_layer(&mut self, id: LayerId, change: impl FnOnce(&mut LayerSpec)) {
        if let Some(layer) = self.view.layer_mut(id) {
            change(layer);
        }
    }

    pub(super) fn move_layer(&mut self, id: LayerId, place: usize) {
        if let Some(from) = self.view.layers.iter().position(|layer| layer.id == id) {
            let layer = self.view.layers.remove(from);
            let place = place.min(self.view.layers.len());
            self.view.layers.insert(place, layer);
        }
    }

    pub(super) fn add_layer(&mut self, kind: LayerKind) {
        let id = self.view.next_layer_id();
        let layer = LayerSpec {
            id,
            kind,
            visible: true,
            opacity: 0.8,
            scope: Scope::Filtered,
        };
        self.view.layers.insert(0, layer);
        self.chosen_layer = Some(id);
        self.dialog = Some(Dialog::Layer(id));
    }

    pub(super) fn remove_layer(&mut self, id: LayerId) {
        self.view.layers.retain(|layer| layer.id != id);
        self.results.layers.remove(&id);
        self.asked.forget_layer(id);
        if self.dialog == Some(Dialog::Layer(id)) {
            self.dialog = None;
        }
    }
}
