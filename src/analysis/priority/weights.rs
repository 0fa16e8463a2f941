//! How much each component of the score counts.

use super::Component;
use crate::model::Catalogue;

/// How much each component counts. The weights are relative: a score is a share of their sum.
/// Weights that are negative or not finite count as 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PriorityWeights([f64; Component::COUNT]);

/// What the shipped catalogue says, for one that says nothing.
impl Default for PriorityWeights {
    fn default() -> Self {
        Self([25.0, 20.0, 25.0, 10.0, 15.0, 5.0])
    }
}

impl PriorityWeights {
    /// The weights of a catalogue's numbers; one that it does not have is as shipped.
    pub fn of(catalogue: &Catalogue) -> Self {
        Component::ALL
            .into_iter()
            .fold(Self::default(), |all, component| {
                match catalogue.number(component.number()) {
                    Some(weight) => all.with(component, weight),
                    None => all,
                }
            })
    }

    /// The weight of a component, as it counts.
    pub fn get(&self, component: Component) -> f64 {
        let weight = self.0[component.place()];
        if weight.is_finite() {
            weight.max(0.0)
        } else {
            0.0
        }
    }

    /// The same with another weight of a component.
    #[must_use]
    pub fn with(mut self, component: Component, weight: f64) -> Self {
        self.0[component.place()] = weight;
        self
    }

    /// The sum of all weights.
    pub fn sum(&self) -> f64 {
        Component::ALL.iter().map(|one| self.get(*one)).sum()
    }

    /// The same with each weight times a factor of its own.
    pub(in crate::analysis) fn times(&self, factors: [f64; Component::COUNT]) -> Self {
        Component::ALL.into_iter().fold(*self, |all, component| {
            all.with(component, self.get(component) * factors[component.place()])
        })
    }

    /// What one unit of each component adds to a score.
    pub(in crate::analysis) fn factors(&self) -> Factors {
        let sum = self.sum();
        Factors(Component::ALL.map(|component| {
            if sum > 0.0 {
                100.0 * self.get(component) / sum
            } else {
                0.0
            }
        }))
    }
}

/// Points that a component of 1 adds to a score.
#[derive(Debug, Clone, Copy)]
pub(in crate::analysis) struct Factors([f64; Component::COUNT]);

impl Factors {
    /// What a value of a component adds.
    pub(super) fn points(&self, component: Component, value: f64) -> f64 {
        self.0[component.place()] * value
    }

    /// The score of the values of all components, 0 to 100, to a ten-thousandth of a point: what
    /// is equal on paper is equal here, whatever rounding did on the way.
    pub(in crate::analysis) fn score(&self, values: &[f32; Component::COUNT]) -> f32 {
        const STEPS: f64 = 1e4;
        let points = self.0.iter().zip(values);
        let score: f64 = points
            .map(|(factor, value)| factor * f64::from(*value))
            .sum();
        ((score * STEPS).round() / STEPS) as f32
    }
}
