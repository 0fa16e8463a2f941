//! Which resources reach a place.

use crate::model::{Catalogue, LonLat, NamedNumber};
use crate::snapshot::{Snapshot, Unknown};
use geo::{Distance as _, Geodesic, Haversine, Point};

/// What a resource counts as offering that does not say it: the numbers `unstated_capacity` and
/// `unstated_radius_m` of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unstated {
    /// For how many it is enough.
    pub capacity: u32,
    /// How far it reaches, in metres on the ground.
    pub radius_m: f64,
}

impl Default for Unstated {
    /// 10 places and 1.5 km, for a catalogue that does not say.
    fn default() -> Self {
        Self {
            capacity: 10,
            radius_m: 1_500.0,
        }
    }
}

impl Unstated {
    /// By a catalogue.
    pub fn of(catalogue: &Catalogue) -> Self {
        let number = |code: &str| {
            let (least, most) = NamedNumber::limits_of(code)?;
            let stated = catalogue.number(code);
            stated.filter(|number| (least..=most).contains(number))
        };
        let usual = Self::default();
        let capacity = number(NamedNumber::UNSTATED_CAPACITY);
        Self {
            capacity: capacity.map_or(usual.capacity, |places| places.floor() as u32),
            radius_m: number(NamedNumber::UNSTATED_RADIUS_M).unwrap_or(usual.radius_m),
        }
    }
}

/// By how much a distance on the sphere may be more than one on the ellipsoid.
const SPHERE_IS_LONGER: f64 = 1.01;

/// What a resource offers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Offer {
    /// Place of the category in the catalogue.
    pub category: u8,
    /// Where it is.
    pub at: LonLat,
    /// For how many it is enough.
    pub capacity: u32,
    /// How far it reaches, in metres on the ground.
    pub radius_m: f64,
    /// Whether the capacity is not stated, and stands at what is assumed ([`Unstated`]).
    pub is_capacity_assumed: bool,
    /// The same of the radius.
    pub is_radius_assumed: bool,
}

/// A resource that a need could go to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Edge {
    pub(super) resource: u32,
    pub(super) distance_m: f64,
}

/// What each resource of the town offers; `None` where nobody knows where it is.
pub(super) fn offers(town: &Snapshot) -> Vec<Option<Offer>> {
    let resources = &town.resources;
    let unstated = Unstated::of(&town.catalogue);
    (0..resources.len())
        .map(|at| {
            let capacity = resources.capacity.get(at).copied();
            let capacity = capacity.filter(|capacity| *capacity != Unknown::COUNT);
            let radius_m = resources.radius_m.get(at).copied();
            let radius_m = radius_m.filter(|radius_m| radius_m.is_finite());
            Some(Offer {
                category: *resources.category.get(at)?,
                at: resources.position(at)?,
                capacity: capacity.map_or(unstated.capacity, |known| known.max(0) as u32),
                radius_m: radius_m.unwrap_or(unstated.radius_m),
                is_capacity_assumed: capacity.is_none(),
                is_radius_assumed: radius_m.is_none(),
            })
        })
        .collect()
}

/// The resources of a category that reach a place, the nearest first (the earlier in the table where
/// two are equally far), and the nearest of the category where none reaches it.
///
/// Every resource of the category is looked at: there are some hundreds, and a tree of the
/// households would find far more people than needs.
pub(super) fn reach(
    offers: &[Option<Offer>],
    category: u8,
    from: LonLat,
) -> (Vec<Edge>, Option<Edge>) {
    let here = Point::new(from.lon, from.lat);
    let mut edges = Vec::new();
    let mut nearest: Option<(f64, Edge)> = None;
    for (resource, offer) in (0..).zip(offers) {
        let Some(offer) = offer.filter(|offer| offer.category == category) else {
            continue;
        };
        let there = Point::new(offer.at.lon, offer.at.lat);
        // The sphere is ten times as fast, and close enough to tell who is far out of reach.
        let about_m = Haversine.distance(here, there);
        let edge = |distance_m| Edge {
            resource,
            distance_m,
        };
        if about_m <= offer.radius_m * SPHERE_IS_LONGER {
            let distance_m = Geodesic.distance(here, there);
            if distance_m <= offer.radius_m {
                edges.push(edge(distance_m));
            }
        }
        if nearest.is_none_or(|(near_m, _)| about_m < near_m) {
            nearest = Some((about_m, edge(about_m)));
        }
    }
    edges.sort_by(|a, b| {
        let by_distance = a.distance_m.total_cmp(&b.distance_m);
        by_distance.then(a.resource.cmp(&b.resource))
    });
    let nearest = nearest.filter(|_| edges.is_empty()).and_then(|(_, near)| {
        let offer = offers.get(near.resource as usize)?.as_ref()?;
        let there = Point::new(offer.at.lon, offer.at.lat);
        Some(Edge {
            distance_m: Geodesic.distance(here, there),
            ..near
        })
    });
    (edges, nearest)
}
