//! Which door to knock on next, and why.

mod component;
mod facts;
mod reason;
mod weights;

pub use self::component::{Component, PriorityFact};
pub use self::reason::{Reason, reasons};
pub use self::weights::PriorityWeights;

use self::facts::Asked;
use crate::base::{Cancelled, Progress};
use crate::model::Date;
use crate::query::Choice;
use crate::snapshot::Snapshot;
use rayon::prelude::*;
use std::sync::Arc;

/// One component of one household's score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Which.
    pub component: Component,
    /// Its value by its rule, 0 to 1.
    pub value: f64,
    /// What it adds to the score, in points of 100.
    pub points: f64,
}

/// One household's score, opened: its parts in the order of [`Component::ALL`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parts(pub [Part; Component::COUNT]);

impl Parts {
    fn of(values: &[f64; Component::COUNT], weights: &PriorityWeights) -> Self {
        let factors = weights.factors();
        Self(Component::ALL.map(|component| {
            let value = values[component.place()];
            Part {
                component,
                value,
                points: factors.points(component, value),
            }
        }))
    }

    /// The score, 0 to 100.
    pub fn score(&self) -> f64 {
        self.0.iter().map(|part| part.points).sum()
    }
}

/// The components of every household: what a score is made of, whatever the weights.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Components {
    /// One entry a row of the table, in the order of [`Component::ALL`], each value 0 to 1.
    pub values: Vec<[f32; Component::COUNT]>,
}

/// The score of every household.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Priority {
    /// The weights that it was made with.
    pub weights: PriorityWeights,
    /// What it was made of.
    pub components: Arc<Components>,
    /// One score a row of the table, 0 to 100, the most pressing highest.
    pub score: Vec<f32>,
}

impl Priority {
    /// The scores of components by some weights: Σ weight × component / Σ weight × 100. Where all
    /// weights are 0, so is every score.
    pub fn of(components: Arc<Components>, weights: PriorityWeights) -> Self {
        let factors = weights.factors();
        let score = components
            .values
            .par_iter()
            .with_min_len(1 << 14)
            .map(|values| factors.score(values))
            .collect();
        Self {
            weights,
            components,
            score,
        }
    }

    /// The score of a row of the table, opened.
    pub fn parts(&self, row: u32) -> Option<Parts> {
        let values = self.components.values.get(row as usize)?;
        Some(Parts::of(&values.map(f64::from), &self.weights))
    }
}

/// The components of every household by the domain paper's priority; [`Component`] says the rule
/// of each.
///
/// One entry a row of the table. Ticks once a row.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
///
/// Limits: values are kept to seven digits, so that a score is that of [`parts`] to a thousandth of a point.
pub fn components(
    snapshot: &Snapshot,
    choice: Choice,
    as_of: Date,
    progress: &Progress,
) -> Result<Components, Cancelled> {
    const BLOCK: usize = 1 << 14;
    let asked = Asked::of(snapshot, choice, as_of);
    let blocks = snapshot
        .households
        .needs
        .par_chunks(BLOCK)
        .enumerate()
        .map(|(block, needs)| {
            let values: Vec<_> = (0..needs.len())
                .map(|place| {
                    let row = (block * BLOCK + place) as u32;
                    asked.values(row).map(|value| value as f32)
                })
                .collect();
            progress.tick(needs.len() as u64).map(|()| values)
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Components {
        values: blocks.concat(),
    })
}

/// The score of every household: [`components`], weighed as [`Priority::of`] does it.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
///
/// Limits: nothing is decided by a score alone; a household of which little is known scores low
/// for vulnerability, not because it is safe.
pub fn priority(
    snapshot: &Snapshot,
    choice: Choice,
    as_of: Date,
    weights: &PriorityWeights,
    progress: &Progress,
) -> Result<Priority, Cancelled> {
    let components = components(snapshot, choice, as_of, progress)?;
    Ok(Priority::of(Arc::new(components), *weights))
}

/// The score of one household in its parts. The points sum to the score of [`priority`].
pub fn parts(
    snapshot: &Snapshot,
    row: u32,
    choice: Choice,
    as_of: Date,
    weights: &PriorityWeights,
) -> Parts {
    let values = Asked::of(snapshot, choice, as_of).values(row);
    Parts::of(&values, weights)
}

/// The facts that nobody recorded of a household and that would change a part of its score, in
/// the order of [`Component::ALL`]. They add nothing, but for the visit: where none is known, that
/// part is full.
pub fn unknown_facts(
    snapshot: &Snapshot,
    row: u32,
    choice: Choice,
    as_of: Date,
) -> Vec<(Component, PriorityFact)> {
    Asked::of(snapshot, choice, as_of).unknown(row)
}

#[cfg(test)]
mod tests;
