//! Which area belongs to which, as far as their boundaries came from files.

use crate::model::{Area, AreaLevel};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The tree of the areas without those that were dissolved from their parts.
pub(super) struct Family {
    /// Of each area the nearest one above it that was read from a file; `None` for roots and for
    /// areas that were not read themselves.
    parent: Vec<Option<usize>>,
    /// The parts of each area, ascending.
    parts: BTreeMap<usize, Vec<usize>>,
    is_read: Vec<bool>,
}

impl Family {
    pub(super) fn of(areas: &[&Area]) -> Self {
        let mut by_code: HashMap<&str, usize> = HashMap::new();
        for (at, area) in areas.iter().enumerate() {
            by_code.entry(&area.code).or_insert(at);
        }
        let is_read: Vec<bool> = areas
            .iter()
            .map(|area| !area.derived && !area.boundary.0.is_empty())
            .collect();
        let parent: Vec<Option<usize>> = areas
            .iter()
            .zip(&is_read)
            .map(|(area, is_read)| {
                let mut below = *area;
                // Each step goes up a level, so a ring of parents ends.
                while *is_read {
                    let at = *by_code.get(below.parent.as_str())?;
                    let above = areas.get(at).filter(|above| above.level < below.level)?;
                    if !above.derived && !above.boundary.0.is_empty() {
                        return Some(at);
                    }
                    below = above;
                }
                None
            })
            .collect();
        let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (child, parent) in parent.iter().enumerate() {
            if let Some(parent) = parent {
                parts.entry(*parent).or_default().push(child);
            }
        }
        Self {
            parent,
            parts,
            is_read,
        }
    }

    /// The areas of a level, ascending.
    pub(super) fn all_of(&self, areas: &[&Area], level: AreaLevel) -> Vec<usize> {
        let areas = areas.iter().enumerate();
        areas
            .filter(|(_, area)| area.level == level)
            .map(|(at, _)| at)
            .collect()
    }

    /// Those of them that were read.
    pub(super) fn read_of(&self, areas: &[&Area], level: AreaLevel) -> Vec<usize> {
        let mut of_level = self.all_of(areas, level);
        of_level.retain(|at| self.is_read.get(*at) == Some(&true));
        of_level
    }

    /// Whether an area of the level was read and belongs to none that was read.
    pub(super) fn has_orphans(&self, areas: &[&Area], level: AreaLevel) -> bool {
        let read = self.read_of(areas, level);
        read.iter().any(|at| self.parent_of(*at).is_none())
    }

    fn parent_of(&self, area: usize) -> Option<usize> {
        self.parent.get(area).copied().flatten()
    }

    /// The areas above some areas, each once.
    pub(super) fn parents_of(&self, areas: &[usize]) -> Vec<usize> {
        let parents: BTreeSet<usize> = areas.iter().filter_map(|at| self.parent_of(*at)).collect();
        parents.into_iter().collect()
    }

    /// Every area that has parts.
    pub(super) fn parents(&self) -> Vec<usize> {
        self.parts.keys().copied().collect()
    }

    /// Its parts.
    pub(super) fn parts(&self, area: usize) -> &[usize] {
        self.parts.get(&area).map_or(&[], Vec::as_slice)
    }

    /// Every part and what it belongs to.
    pub(super) fn children(&self) -> impl Iterator<Item = (usize, usize)> {
        let parents = self.parent.iter().enumerate();
        parents.filter_map(|(child, parent)| Some((child, (*parent)?)))
    }
}
