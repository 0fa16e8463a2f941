//! Rows that are replaced as a whole: those who offer help, and a department's list.

use super::{NOW, new_workspace};
use crate::support::file;
use livelihood_map::base::Progress;
use livelihood_map::model::{ListEntry, Resource};
use livelihood_map::store::{ImportKind, Workspace};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone)]
enum Step {
    Import {
        resources: BTreeMap<u8, u8>,
        entries: Vec<(u8, u8)>,
    },
    Undo(Index),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (btree_map(0_u8..5, 0_u8..2, 0..5), vec((0_u8..3, 0_u8..2), 0..5))
            .prop_map(|(resources, entries)| Step::Import { resources, entries }),
        2 => any::<Index>().prop_map(Step::Undo),
    ]
}

/// What a batch says of resources, and the whole edition of the list.
type Batch = (BTreeMap<u8, u8>, Vec<(u8, u8)>);

/// The batches that are not undone, by number.
#[derive(Debug, Default)]
struct Model {
    batches: BTreeMap<i64, Batch>,
    last: i64,
}

impl Model {
    fn resources(&self) -> BTreeMap<u8, u8> {
        let said = self.batches.values().flat_map(|(resources, _)| resources);
        said.map(|(id, value)| (*id, *value)).collect()
    }

    /// Each entry by person and which of the person's entries it is: the newest edition has it
    /// or it is gone.
    fn entries(&self) -> Vec<(u8, u8)> {
        let editions = self.batches.values().map(|(_, entries)| entries);
        let newest = editions.rev().find(|entries| !entries.is_empty());
        let mut entries = newest.cloned().unwrap_or_default();
        entries.sort_unstable();
        entries
    }
}

fn entry((person, value): (u8, u8)) -> ListEntry {
    ListEntry {
        name: format!("人{person}"),
        notes: value.to_string(),
        ..ListEntry::default()
    }
}

fn check(workspace: &Workspace, model: &Model) {
    let mut resources = BTreeMap::new();
    workspace
        .each_resource(&mut |resource| {
            resources.insert(resource.id.clone(), resource.notes.clone());
            Ok(())
        })
        .unwrap();
    let expected = model.resources().into_iter();
    let expected: BTreeMap<_, _> = expected
        .map(|(id, value)| (id.to_string(), value.to_string()))
        .collect();
    assert_eq!(resources, expected);
    let mut entries = Vec::new();
    for list in workspace.lists().unwrap() {
        assert_eq!(list.name, "残联");
        workspace
            .each_entry(list.number, &mut |_, entry| {
                entries.push((entry.name.clone(), entry.notes.clone()));
                Ok(())
            })
            .unwrap();
        assert_eq!(list.entries as usize, entries.len());
    }
    entries.sort();
    let expected = model.entries().into_iter().map(entry);
    let expected: Vec<_> = expected.map(|entry| (entry.name, entry.notes)).collect();
    assert_eq!(entries, expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn rows_are_what_the_newest_live_file_says(steps in vec(step(), 1..12)) {
        let (mut workspace, _folder) = new_workspace();
        let mut model = Model::default();
        for step in steps {
            match step {
                Step::Import { resources, entries } => {
                    let mut import = workspace.begin_import().unwrap();
                    import.begin_file(&file("表.csv", ImportKind::Resources)).unwrap();
                    for (id, value) in &resources {
                        let resource = Resource { id: id.to_string(), notes: value.to_string(), ..Resource::default() };
                        import.put_resource(&resource, 2).unwrap();
                    }
                    import.begin_file(&file("表.csv", ImportKind::DepartmentList)).unwrap();
                    for said in &entries {
                        import.put_entry(&entry(*said), 2).unwrap();
                    }
                    model.last = import.commit(NOW).unwrap();
                    model.batches.insert(model.last, (resources, entries));
                }
                Step::Undo(which) => {
                    let live: Vec<i64> = model.batches.keys().copied().collect();
                    if live.is_empty() {
                        continue;
                    }
                    let batch = *which.get(&live);
                    workspace.undo_batch(batch, 1, &Progress::new()).unwrap();
                    model.batches.remove(&batch);
                }
            }
            check(&workspace, &model);
        }
        // Undone to the end nothing is left.
        let live: BTreeSet<i64> = model.batches.keys().copied().collect();
        for batch in live {
            workspace.undo_batch(batch, 1, &Progress::new()).unwrap();
        }
        check(&workspace, &Model::default());
    }
}
