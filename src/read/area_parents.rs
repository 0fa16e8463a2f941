//! Areas that a file names only as the parents of others.

use super::area_properties::Described;
use super::areas::NamedParent;
use crate::model::{Area, AreaLevel};
use std::collections::HashMap;

/// The parents named so far, in order of appearance.
#[derive(Default)]
pub(super) struct Parents {
    named: Vec<NamedParent>,
    /// Place in `named` by code.
    by_code: HashMap<String, usize>,
    /// Code of a parent that has only a name, by level, name and its own parent.
    by_name: HashMap<(AreaLevel, String, String), String>,
}

impl Parents {
    /// Notes the areas around a feature; returns the code of the nearest, empty where there is none.
    pub(super) fn note(&mut self, feature: &Described) -> String {
        let next_larger = feature.level.parent();
        let mut stated = feature.parent.clone();
        let mut parent = String::new();
        for around in &feature.around {
            let mut code = around.code.clone();
            if Some(around.level) == next_larger {
                let stated = stated.take();
                code = code.or(stated);
            }
            let name = around.name.clone().unwrap_or_default();
            parent = match code {
                Some(code) => self.add(code, name, around.level, parent),
                None => self.add_by_name(name, around.level, parent),
            };
        }
        match (stated, next_larger) {
            (Some(code), Some(level)) => self.add(code, String::new(), level, parent),
            _ => parent,
        }
    }

    fn add(&mut self, code: String, name: String, level: AreaLevel, parent: String) -> String {
        let at = *self.by_code.entry(code.clone()).or_insert_with(|| {
            self.named.push(NamedParent {
                code: code.clone(),
                name: String::new(),
                level,
                parent: String::new(),
            });
            self.named.len() - 1
        });
        if let Some(there) = self.named.get_mut(at) {
            if there.name.is_empty() {
                there.name = name;
            }
            if there.parent.is_empty() && parent != code {
                there.parent = parent;
            }
        }
        code
    }

    /// A parent without a code goes by its name; a second of the same name elsewhere by both names.
    fn add_by_name(&mut self, name: String, level: AreaLevel, parent: String) -> String {
        let key = (level, name.clone(), parent.clone());
        if let Some(code) = self.by_name.get(&key) {
            return code.clone();
        }
        let code = if self.by_code.contains_key(&name) {
            format!("{parent}/{name}")
        } else {
            name.clone()
        };
        self.by_name.insert(key, code.clone());
        self.add(code, name, level, parent)
    }

    /// The parents that have no feature of their own. A parent known by name alone is the feature
    /// of that level and name where there is exactly one; `areas` are then pointed to it.
    pub(super) fn without_features(self, areas: &mut [Area]) -> Vec<NamedParent> {
        let mut features: HashMap<(AreaLevel, &str), Option<&str>> = HashMap::new();
        for area in areas.iter() {
            features
                .entry((area.level, &area.name))
                .and_modify(|code| *code = None)
                .or_insert(Some(&area.code));
        }
        let mut renamed: HashMap<String, String> = HashMap::new();
        for ((level, name, _), code) in &sorted(self.by_name) {
            if let Some(Some(feature)) = features.get(&(*level, name)) {
                renamed.insert(code.clone(), (*feature).to_owned());
            }
        }
        for area in areas.iter_mut() {
            if let Some(code) = renamed.get(&area.parent) {
                area.parent.clone_from(code);
            }
        }
        let mut own: Vec<&str> = areas.iter().map(|area| &*area.code).collect();
        own.sort_unstable();
        let mut named = self.named;
        named.retain(|parent| {
            !renamed.contains_key(&parent.code) && own.binary_search(&&*parent.code).is_err()
        });
        for parent in &mut named {
            if let Some(code) = renamed.get(&parent.parent) {
                parent.parent.clone_from(code);
            }
            if parent.name.is_empty() {
                parent.name.clone_from(&parent.code);
            }
        }
        named
    }
}

fn sorted<K: Ord, V: Ord>(map: HashMap<K, V>) -> Vec<(K, V)> {
    let mut entries: Vec<_> = map.into_iter().collect();
    entries.sort_unstable();
    entries
}
