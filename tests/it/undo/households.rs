//! Households: values, ids that are given anew, edits, removals.

use super::model::{
    ALWAYS, Folded, Model, PEOPLE, Row, Statement, Step, VALUES, household_of, id, id_number, step,
    with_values,
};
use super::{NOW, new_workspace};
use crate::support::file;
use livelihood_map::base::Progress;
use livelihood_map::model::{FieldSet, Household, LonLat};
use livelihood_map::store::{HouseholdEdit, ImportKind, Proposal, UndoReport, Workspace};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Everything that can be seen of the workspace agrees with the model.
fn check(workspace: &mut Workspace, model: &Model) {
    let town = model.town();
    let mut seen = BTreeMap::new();
    workspace
        .each_household(&mut |household| {
            let who = (0..PEOPLE).find(|who| id_number(*who) == household.id_number);
            seen.insert(who.unwrap(), household.clone());
            Ok(())
        })
        .unwrap();
    let expected: BTreeMap<_, _> = town
        .iter()
        .map(|(who, folded)| (*who, folded.household.clone()))
        .collect();
    assert_eq!(seen, expected);
    assert_eq!(workspace.household_count().unwrap(), expected.len());
    for folded in town.values() {
        let origins = workspace.origins(&folded.household.id).unwrap();
        let origins: BTreeMap<_, _> = origins
            .into_iter()
            .map(|(field, origin)| (field, (origin.batch, origin.source.is_empty())))
            .collect();
        assert_eq!(origins, folded.by);
        let versions = workspace.versions(&folded.household.id).unwrap();
        let batches: Vec<_> = versions
            .iter()
            .map(|version| version.origin.batch)
            .collect();
        assert!(
            batches.is_sorted_by(|newer, older| newer > older),
            "{batches:?}"
        );
        for version in versions {
            assert_eq!(
                version.is_live,
                !model.undone.contains(&version.origin.batch)
            );
        }
    }
    // What a row with other values would find recorded here.
    let mut import = workspace.begin_import().unwrap();
    import
        .begin_file(&file("表.csv", ImportKind::Households))
        .unwrap();
    for folded in town.values() {
        let other = Household {
            phone: "别的".to_owned(),
            members: Some(99),
            position: LonLat::new(99.0, 1.0),
            notes: "别的".to_owned(),
            ..folded.household.clone()
        };
        let Proposal::Change(change) = import.propose(&other, FieldSet::ALL).unwrap() else {
            panic!("a change");
        };
        assert_eq!(change.fields, FieldSet::from_iter(VALUES));
        let edited = folded.by.iter().filter(|(_, (_, is_edit))| *is_edit);
        let edited: FieldSet = edited.map(|(field, _)| *field).collect();
        assert_eq!(change.recorded, edited);
    }
}

/// A new head under the number of a household that the file does not have is that household's
/// new head; people here keep to their households.
fn without_replacements(rows: &[Row], town: &BTreeMap<usize, Folded>) -> Vec<Row> {
    let is_new_head = |row: &&Row| {
        !town.contains_key(&row.who)
            && town.iter().any(|(who, folded)| {
                folded.household.id == id(row.id) && rows.iter().all(|row| row.who != *who)
            })
    };
    let replaced = rows.iter().filter(is_new_head).map(|row| row.who);
    let replaced: Vec<usize> = replaced.collect();
    let kept = rows.iter().filter(|row| !replaced.contains(&row.who));
    kept.cloned().collect()
}

fn take(workspace: &mut Workspace, model: &mut Model, step: &Step) {
    let there: Vec<usize> = model.town().into_keys().collect();
    match step {
        Step::Import {
            rows,
            accepted,
            remove,
        } => {
            let rows = &without_replacements(rows, &model.town());
            let absent: Vec<usize> = there
                .iter()
                .copied()
                .filter(|who| rows.iter().all(|row| row.who != *who))
                .collect();
            let mut remove: Vec<usize> = match absent.len() {
                0 => Vec::new(),
                _ => remove.iter().map(|at| *at.get(&absent)).collect(),
            };
            remove.sort_unstable();
            remove.dedup();
            let mut numbers = BTreeMap::new();
            workspace
                .each_household_numbered(&mut |number, household| {
                    numbers.insert(household.id_number.clone(), number);
                    Ok(())
                })
                .unwrap();
            let mut import = workspace.begin_import().unwrap();
            import
                .begin_file(&file("表.csv", ImportKind::Households))
                .unwrap();
            for row in rows {
                import.foresee(&household_of(row).id_number).unwrap();
            }
            for (row, line) in rows.iter().zip(2..) {
                let household = household_of(row);
                match import.propose(&household, row.stated).unwrap() {
                    Proposal::New => import
                        .accept_new(&household, row.stated, line)
                        .map(|_| ())
                        .unwrap(),
                    Proposal::Same(sighting) => import.confirm(&sighting, line).unwrap(),
                    Proposal::Change(change) => {
                        import.accept_change(&change, *accepted, line).unwrap();
                    }
                }
            }
            import.finish_households().unwrap();
            for who in &remove {
                import.remove(numbers[&id_number(*who)]).unwrap();
            }
            let batch = import.commit(NOW).unwrap();
            model.import(rows, *accepted, &remove);
            assert_eq!(batch, model.batches);
        }
        Step::Edit { edits } => {
            if there.is_empty() {
                return;
            }
            let edits: Vec<_> = edits
                .iter()
                .map(|(at, values, fields)| (*at.get(&there), *values, *fields))
                .collect();
            let done: Vec<_> = edits
                .iter()
                .map(|(who, values, fields)| HouseholdEdit {
                    id: model.id[who].clone(),
                    household: with_values(Household::default(), *values, *fields),
                    fields: *fields,
                })
                .collect();
            model.batches += 1;
            assert_eq!(workspace.edit_many(&done, NOW).unwrap(), model.batches);
            for ((who, ..), edit) in edits.iter().zip(done) {
                model.statements.push(Statement {
                    who: *who,
                    batch: model.batches,
                    is_edit: true,
                    gone: false,
                    stated: edit.fields,
                    household: edit.household,
                });
            }
        }
        Step::Merge(keep, drop) => {
            if there.is_empty() {
                return;
            }
            let (keep, drop) = (*keep.get(&there), *drop.get(&there));
            let merged = workspace.merge_households(&model.id[&keep], &model.id[&drop], NOW);
            if keep == drop {
                let fault = merged.unwrap_err();
                assert_eq!(fault.message.key(), "store.merge_with_itself");
                return;
            }
            model.batches += 1;
            assert_eq!(merged.unwrap(), model.batches);
            model.statements.push(Statement {
                who: drop,
                batch: model.batches,
                is_edit: true,
                gone: true,
                stated: FieldSet::NONE,
                household: Household::default(),
            });
        }
        Step::Undo(which) => {
            let live: Vec<i64> = (1..=model.batches)
                .filter(|batch| !model.undone.contains(batch))
                .collect();
            if live.is_empty() {
                return;
            }
            let batch = *which.get(&live);
            let mut after = model.clone();
            after.undone.push(batch);
            let undone = workspace.undo_batch(batch, 1, &Progress::new());
            if after.has_clash() {
                assert_eq!(undone.unwrap_err().message.key(), "store.undo_clash");
                return;
            }
            assert_eq!(undone.unwrap(), difference(&model.town(), &after.town()));
            after.remember_ids();
            *model = after;
            let again = workspace.undo_batch(batch, 1, &Progress::new());
            assert_eq!(again.unwrap_err().message.key(), "store.batch_undone");
        }
    }
}

fn difference(before: &BTreeMap<usize, Folded>, after: &BTreeMap<usize, Folded>) -> UndoReport {
    let mut report = UndoReport::default();
    for who in 0..PEOPLE {
        match (before.get(&who), after.get(&who)) {
            (Some(_), None) => report.removed += 1,
            (None, Some(_)) => report.restored += 1,
            (Some(before), Some(after)) => {
                report.changed += u64::from(before.household != after.household);
            }
            (None, None) => {}
        }
    }
    report
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn households_are_what_their_live_statements_say(steps in vec(step(), 1..14)) {
        let (mut workspace, _folder) = new_workspace();
        let mut model = Model::default();
        for step in &steps {
            take(&mut workspace, &mut model, step);
            check(&mut workspace, &model);
        }
    }
}

/// Three batches, undone in each of the six orders.
#[test]
fn three_batches_undone_in_every_order() {
    let row = |who, values: [u8; 4]| Row {
        who,
        id: who,
        values,
        stated: FieldSet::from_iter(VALUES).or(FieldSet::from_iter(ALWAYS)),
    };
    let import = |rows: Vec<Row>| Step::Import {
        rows,
        accepted: FieldSet::ALL,
        remove: Vec::new(),
    };
    for order in [
        [1, 2, 3],
        [1, 3, 2],
        [2, 1, 3],
        [2, 3, 1],
        [3, 1, 2],
        [3, 2, 1],
    ] {
        let (mut workspace, _folder) = new_workspace();
        let mut model = Model::default();
        for rows in [
            vec![
                row(0, [1, 1, 1, 1]),
                row(1, [1, 1, 1, 1]),
                row(2, [1, 1, 1, 1]),
            ],
            vec![
                row(0, [1, 1, 1, 1]),
                row(1, [2, 1, 1, 2]),
                row(3, [1, 1, 1, 1]),
            ],
            vec![
                row(0, [2, 1, 1, 1]),
                row(1, [2, 2, 1, 1]),
                row(2, [1, 1, 1, 1]),
            ],
        ] {
            take(&mut workspace, &mut model, &import(rows));
            check(&mut workspace, &model);
        }
        for batch in order {
            workspace.undo_batch(batch, 1, &Progress::new()).unwrap();
            model.undone.push(batch);
            check(&mut workspace, &model);
        }
        assert_eq!(workspace.household_count().unwrap(), 0);
    }
}
