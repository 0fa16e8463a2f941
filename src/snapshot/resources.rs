//! The columns of those who offer help.

use super::terms::TermBits;
use super::{TextColumn, Unknown};
use crate::model::{LonLat, Resource};

/// One value a resource in every column, as they came.
#[derive(Debug, Clone, Default)]
pub struct Resources {
    /// The office's own number, or the name.
    pub id: TextColumn,
    /// Its name.
    pub name: TextColumn,
    /// Address.
    pub address: TextColumn,
    /// When it is open.
    pub hours: TextColumn,
    /// Place of the need category that it serves in the snapshot's catalogue.
    pub category: Vec<u8>,
    /// Degrees east; NaN where nobody says where it is.
    pub lon: Vec<f64>,
    /// Degrees north; NaN where nobody says where it is.
    pub lat: Vec<f64>,
    /// For how many it is enough, or [`Unknown::COUNT`].
    pub capacity: Vec<i32>,
    /// How far it reaches, in metres; NaN where not known.
    pub radius_m: Vec<f64>,
}

impl Resources {
    /// Number of resources.
    pub fn len(&self) -> usize {
        self.category.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.category.is_empty()
    }

    /// Where a resource is.
    pub fn position(&self, at: usize) -> Option<LonLat> {
        LonLat::new(*self.lon.get(at)?, *self.lat.get(at)?)
    }

    pub(super) fn push(&mut self, resource: &Resource, needs: &mut TermBits) {
        self.id.push(&resource.id);
        self.name.push(&resource.name);
        self.address.push(&resource.address);
        self.hours.push(&resource.hours);
        self.category.push(needs.place(&resource.category) as u8);
        self.lon
            .push(resource.position.map_or(f64::NAN, |at| at.lon));
        self.lat
            .push(resource.position.map_or(f64::NAN, |at| at.lat));
        let capacity = resource
            .capacity
            .and_then(|count| i32::try_from(count).ok());
        self.capacity.push(capacity.unwrap_or(Unknown::COUNT));
        self.radius_m.push(resource.radius_m.unwrap_or(f64::NAN));
    }
}
