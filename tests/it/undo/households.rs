//! Households: values, ids that are given anew, edits, removals.

use super::{NOW, new_workspace};
use crate::support::file;
use livelihood_map::base::Progress;
use livelihood_map::model::{
    FieldSet, Household, HouseholdField, IdNumber, LonLat, PositionSource,
};
use livelihood_map::store::{HouseholdEdit, ImportKind, Proposal, UndoReport, Workspace};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use std::collections::BTreeMap;

const PEOPLE: usize = 6;
const IDS: usize = 8;

/// Values that files and edits state.
const VALUES: [HouseholdField; 4] = [
    HouseholdField::Phone,
    HouseholdField::Members,
    HouseholdField::Position,
    HouseholdField::Notes,
];

/// Values that every row of a file states.
const ALWAYS: [HouseholdField; 3] = [
    HouseholdField::Id,
    HouseholdField::IdNumber,
    HouseholdField::HeadName,
];

#[derive(Debug, Clone)]
struct Row {
    who: usize,
    id: usize,
    values: [u8; 4],
    stated: FieldSet,
}

#[derive(Debug, Clone)]
enum Step {
    Import {
        rows: Vec<Row>,
        accepted: FieldSet,
        remove: Vec<Index>,
    },
    Edit {
        edits: Vec<(Index, [u8; 4], FieldSet)>,
    },
    Merge(Index, Index),
    Undo(Index),
}

fn some_fields() -> impl Strategy<Value = FieldSet> {
    subsequence(VALUES.to_vec(), 0..=VALUES.len()).prop_map(FieldSet::from_iter)
}

fn values() -> impl Strategy<Value = [u8; 4]> {
    [0_u8..3, 0..3, 0..3, 0..3]
}

fn step() -> impl Strategy<Value = Step> {
    let people: Vec<usize> = (0..PEOPLE).collect();
    let ids = Just((0..IDS).collect::<Vec<_>>()).prop_shuffle();
    let rows = (
        subsequence(people, 0..=PEOPLE).prop_shuffle(),
        prop_oneof![Just((0..IDS).collect::<Vec<_>>()), ids],
        vec((values(), some_fields()), PEOPLE),
    )
        .prop_map(|(people, ids, said)| {
            let said = people.into_iter().zip(said);
            said.map(|(who, (values, stated))| Row {
                who,
                id: ids[who],
                values,
                stated: stated.or(FieldSet::from_iter(ALWAYS)),
            })
            .collect()
        });
    prop_oneof![
        4 => (rows, some_fields(), vec(any::<Index>(), 0..2)).prop_map(
            |(rows, accepted, remove)| Step::Import {
                rows,
                accepted: accepted.or(FieldSet::from_iter(ALWAYS)),
                remove,
            }
        ),
        2 => vec((any::<Index>(), values(), some_fields()), 1..3)
            .prop_map(|edits| Step::Edit { edits }),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(keep, drop)| Step::Merge(keep, drop)),
        4 => any::<Index>().prop_map(Step::Undo),
    ]
}

fn id_number(who: usize) -> String {
    IdNumber::complete(&format!("00000019800101{who:03}"))
        .unwrap()
        .to_string()
}

fn id(number: usize) -> String {
    format!("H{number}")
}

fn with_values(mut household: Household, values: [u8; 4], fields: FieldSet) -> Household {
    let text = |value: u8| ["", "甲", "乙"][usize::from(value)].to_owned();
    let said = Household {
        phone: text(values[0]),
        members: (values[1] > 0).then(|| u16::from(values[1])),
        position: (values[2] > 0).then(|| LonLat::new(f64::from(values[2]), 1.0).unwrap()),
        position_source: PositionSource::ALL[usize::from(values[2])],
        notes: text(values[3]),
        ..Household::default()
    };
    for field in fields.and(FieldSet::from_iter(VALUES)).iter() {
        field.copy(&said, &mut household);
    }
    household
}

fn household_of(row: &Row) -> Household {
    let household = Household {
        id: id(row.id),
        id_number: id_number(row.who),
        head_name: format!("户主{}", row.who),
        ..Household::default()
    };
    with_values(household, row.values, row.stated)
}

/// Somebody said something of a household.
#[derive(Debug, Clone)]
struct Statement {
    who: usize,
    batch: i64,
    is_edit: bool,
    gone: bool,
    stated: FieldSet,
    household: Household,
}

/// What follows from the statements that count.
#[derive(Debug, Clone, Default)]
struct Folded {
    household: Household,
    by: BTreeMap<HouseholdField, (i64, bool)>,
    is_known: bool,
    is_there: bool,
}

#[derive(Debug, Clone, Default)]
struct Model {
    /// In the order in which they were made.
    statements: Vec<Statement>,
    undone: Vec<i64>,
    batches: i64,
    /// The id that each was last stored with.
    id: BTreeMap<usize, String>,
}

impl Model {
    fn fold(&self, who: usize) -> Folded {
        let mut folded = Folded::default();
        let mut has_import = false;
        for statement in &self.statements {
            if statement.who != who || self.undone.contains(&statement.batch) {
                continue;
            }
            folded.is_known |= !statement.stated.is_empty();
            has_import |= !statement.is_edit && !statement.gone;
            folded.is_there = !statement.gone;
            for field in statement.stated.iter() {
                field.copy(&statement.household, &mut folded.household);
                folded
                    .by
                    .insert(field, (statement.batch, statement.is_edit));
            }
        }
        folded.is_there &= has_import;
        if !folded.by.contains_key(&HouseholdField::Id) {
            let kept = self.id.get(&who).cloned();
            folded.household.id = kept.unwrap_or_default();
        }
        folded
    }

    /// The households that are there, by the ID number of their heads.
    fn town(&self) -> BTreeMap<usize, Folded> {
        (0..PEOPLE)
            .map(|who| (who, self.fold(who)))
            .filter(|(_, folded)| folded.is_there)
            .collect()
    }

    fn remember_ids(&mut self) {
        for (who, folded) in self.town() {
            self.id.insert(who, folded.household.id);
        }
    }

    fn has_clash(&self) -> bool {
        let town = self.town();
        let mut ids: Vec<_> = town.values().map(|folded| &folded.household.id).collect();
        ids.sort();
        ids.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// What the rows of a file say, those aside that were not accepted.
    fn import(&mut self, rows: &[Row], accepted: FieldSet, remove: &[usize]) {
        self.batches += 1;
        let batch = self.batches;
        let mut said: Vec<Statement> = Vec::new();
        for row in rows {
            let household = household_of(row);
            let before = self.fold(row.who);
            let is_kept = |field: &HouseholdField| {
                !before.is_known
                    || field.is_same(&before.household, &household)
                    || accepted.contains(*field)
            };
            said.push(Statement {
                who: row.who,
                batch,
                is_edit: false,
                gone: false,
                stated: row.stated.iter().filter(is_kept).collect(),
                household,
            });
        }
        // Whoever wants an id that another keeps does not get it.
        let there = self.town();
        loop {
            let clash = said.iter().position(|statement| {
                let wanted = &statement.household.id;
                statement.stated.contains(HouseholdField::Id)
                    && there.iter().any(|(other, folded)| {
                        let moves = said.iter().any(|statement| {
                            statement.who == *other
                                && statement.stated.contains(HouseholdField::Id)
                                && statement.household.id != folded.household.id
                        });
                        *other != statement.who && folded.household.id == *wanted && !moves
                    })
            });
            let Some(at) = clash else {
                break;
            };
            if there.contains_key(&said[at].who) {
                said[at].stated.remove(HouseholdField::Id);
            } else {
                said.remove(at);
            }
        }
        let removed = remove.iter().map(|who| Statement {
            who: *who,
            batch,
            is_edit: false,
            gone: true,
            stated: FieldSet::NONE,
            household: Household::default(),
        });
        let removed: Vec<_> = removed.collect();
        self.statements.extend(said);
        self.statements.extend(removed);
        self.remember_ids();
    }
}

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
    #![proptest_config(ProptestConfig::with_cases(200))]

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
