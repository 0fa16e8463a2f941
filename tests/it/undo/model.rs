//! The naive model: every statement is kept, and all of them are folded each time.

use livelihood_map::model::{
    FieldSet, Household, HouseholdField, IdNumber, LonLat, PositionSource,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use std::collections::BTreeMap;

pub(super) const PEOPLE: usize = 6;
pub(super) const IDS: usize = 8;

/// Values that files and edits state.
pub(super) const VALUES: [HouseholdField; 4] = [
    HouseholdField::Phone,
    HouseholdField::Members,
    HouseholdField::Position,
    HouseholdField::Notes,
];

/// Values that every row of a file states.
pub(super) const ALWAYS: [HouseholdField; 3] = [
    HouseholdField::Id,
    HouseholdField::IdNumber,
    HouseholdField::HeadName,
];

#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) who: usize,
    pub(super) id: usize,
    pub(super) values: [u8; 4],
    pub(super) stated: FieldSet,
}

#[derive(Debug, Clone)]
pub(super) enum Step {
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

pub(super) fn some_fields() -> impl Strategy<Value = FieldSet> {
    subsequence(VALUES.to_vec(), 0..=VALUES.len()).prop_map(FieldSet::from_iter)
}

pub(super) fn values() -> impl Strategy<Value = [u8; 4]> {
    [0_u8..3, 0..3, 0..3, 0..3]
}

pub(super) fn step() -> impl Strategy<Value = Step> {
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

pub(super) fn id_number(who: usize) -> String {
    IdNumber::complete(&format!("00000019800101{who:03}"))
        .unwrap()
        .to_string()
}

pub(super) fn id(number: usize) -> String {
    format!("H{number}")
}

pub(super) fn with_values(
    mut household: Household,
    values: [u8; 4],
    fields: FieldSet,
) -> Household {
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

pub(super) fn household_of(row: &Row) -> Household {
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
pub(super) struct Statement {
    pub(super) who: usize,
    pub(super) batch: i64,
    pub(super) is_edit: bool,
    pub(super) gone: bool,
    pub(super) stated: FieldSet,
    pub(super) household: Household,
}

/// What follows from the statements that count.
#[derive(Debug, Clone, Default)]
pub(super) struct Folded {
    pub(super) household: Household,
    pub(super) by: BTreeMap<HouseholdField, (i64, bool)>,
    pub(super) is_known: bool,
    pub(super) is_there: bool,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Model {
    /// In the order in which they were made.
    pub(super) statements: Vec<Statement>,
    pub(super) undone: Vec<i64>,
    pub(super) batches: i64,
    /// The id that each was last stored with.
    pub(super) id: BTreeMap<usize, String>,
}

impl Model {
    pub(super) fn fold(&self, who: usize) -> Folded {
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
    pub(super) fn town(&self) -> BTreeMap<usize, Folded> {
        (0..PEOPLE)
            .map(|who| (who, self.fold(who)))
            .filter(|(_, folded)| folded.is_there)
            .collect()
    }

    pub(super) fn remember_ids(&mut self) {
        for (who, folded) in self.town() {
            self.id.insert(who, folded.household.id);
        }
    }

    pub(super) fn has_clash(&self) -> bool {
        let town = self.town();
        let mut ids: Vec<_> = town.values().map(|folded| &folded.household.id).collect();
        ids.sort();
        ids.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// What the rows of a file say, those aside that were not accepted.
    pub(super) fn import(&mut self, rows: &[Row], accepted: FieldSet, remove: &[usize]) {
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
