//! All that changed about a household as one list by time.

use crate::model::{FieldSet, Household, HouseholdChange, PastChange, PastEvent, RowChange};
use crate::store::{HouseholdPast, HouseholdVersion, RowPast};
use std::cmp::Reverse;

/// All that changed, the newest first. Of one batch the ledger comes first, then its tables; of one
/// table the rows stand as they first came.
pub(super) fn events(versions: Vec<HouseholdVersion>, rows: HouseholdPast) -> Vec<PastEvent> {
    let HouseholdPast {
        members,
        receipts,
        needs,
        visits,
        notes,
        reviews,
    } = rows;
    let mut events = ledger(versions);
    events.extend(of_rows(members, PastChange::Member));
    events.extend(of_rows(receipts, PastChange::Receipt));
    events.extend(of_rows(needs, PastChange::Need));
    events.extend(of_rows(visits, PastChange::Visit));
    events.extend(of_rows(notes, PastChange::Note));
    events.extend(of_rows(reviews, PastChange::Review));
    // The sort is stable: the order above stands within a batch. Batches are numbered in the order
    // in which they were made, whatever the clock said.
    events.sort_by_key(|event| Reverse(event.origin.batch));
    events
}

/// What each version of the ledger's row changed, from the versions with the newest first.
fn ledger(versions: Vec<HouseholdVersion>) -> Vec<PastEvent> {
    let mut known: Option<Household> = None;
    let mut past = Vec::with_capacity(versions.len());
    for version in versions.into_iter().rev() {
        let before = known.clone().unwrap_or_default();
        let mut after = before.clone();
        for field in version.stated.iter() {
            field.copy(&version.household, &mut after);
        }
        let is_first = known.is_none();
        if version.is_live {
            known = Some(after.clone());
        }
        let change = HouseholdChange {
            stated: version.stated,
            is_first,
            is_removal: version.is_removal,
            changed: FieldSet::differing(&before, &after),
            before,
            after,
        };
        past.push(PastEvent {
            origin: version.origin,
            is_live: version.is_live,
            change: PastChange::Household(Box::new(change)),
        });
    }
    past.reverse();
    past
}

/// What the versions of rows changed: row by row, of each the newest first. What was taken back
/// changed nothing for what came after it.
fn of_rows<T: Clone + PartialEq>(
    rows: Vec<RowPast<T>>,
    wrap: fn(Box<RowChange<T>>) -> PastChange,
) -> Vec<PastEvent> {
    let mut events = Vec::new();
    for row in rows {
        let mut known: Option<T> = None;
        let mut of_row = Vec::new();
        for version in row.versions {
            let before = known.clone();
            if version.is_live {
                known.clone_from(&version.record);
            }
            if before != version.record {
                let change = RowChange {
                    number: row.number,
                    before,
                    after: version.record,
                };
                of_row.push(PastEvent {
                    origin: version.origin,
                    is_live: version.is_live,
                    change: wrap(Box::new(change)),
                });
            }
        }
        events.extend(of_row.into_iter().rev());
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{HouseholdField, Need, NeedStatus, Note, Origin};
    use crate::store::RowVersion;

    fn origin(source: &str, row: u64, batch: i64) -> Origin {
        Origin {
            source: source.into(),
            row,
            at_unix_secs: 1_000 + batch,
            batch,
        }
    }

    fn of_ledger(event: &PastEvent) -> &HouseholdChange {
        match &event.change {
            PastChange::Household(change) => change,
            other => panic!("{other:?}"),
        }
    }

    fn version(batch: i64, is_live: bool, phone: &str, address: Option<&str>) -> HouseholdVersion {
        let mut stated: FieldSet = [HouseholdField::Id, HouseholdField::Phone]
            .into_iter()
            .collect();
        if address.is_some() {
            stated.insert(HouseholdField::Address);
        }
        HouseholdVersion {
            origin: origin("台账.csv", 4, batch),
            stated,
            household: Household {
                id: "H1".into(),
                phone: phone.into(),
                address: address.unwrap_or_default().into(),
                ..Household::default()
            },
            is_live,
            is_removal: false,
        }
    }

    #[test]
    fn a_version_changes_what_the_live_ones_before_it_did_not_say() {
        let versions = vec![
            version(4, true, "3", None),
            version(3, false, "2", Some("乙路2号")),
            version(1, true, "1", Some("甲路1号")),
        ];
        let past = ledger(versions);
        let told: Vec<_> = past.iter().map(of_ledger).collect();
        let [newest, undone, first] = told.as_slice() else {
            panic!("three versions")
        };
        assert!(first.is_first && !undone.is_first);
        assert_eq!(undone.after.address, "乙路2号");
        assert!(!past[1].is_live);
        // What was taken back is not what the next one changed.
        let changed: Vec<_> = newest.changed.iter().collect();
        assert_eq!(changed, [HouseholdField::Phone]);
        assert_eq!(
            (newest.before.phone.as_str(), newest.after.phone.as_str()),
            ("1", "3")
        );
        assert_eq!(newest.after.address, "甲路1号");
    }

    /// A row of the batch of each state; a negative batch was taken back.
    fn need(number: i64, states: &[(i64, Option<NeedStatus>)]) -> RowPast<Need> {
        let versions = states.iter().map(|(batch, status)| RowVersion {
            origin: origin("", 0, batch.abs()),
            record: status.map(|status| Need {
                status,
                ..Need::default()
            }),
            is_live: *batch > 0,
        });
        RowPast {
            number,
            versions: versions.collect(),
        }
    }

    #[test]
    fn the_life_of_rows_stands_among_the_versions_by_time() {
        use NeedStatus::{Met, Open, Referred};
        let note = RowVersion {
            origin: origin("", 0, 5),
            record: Some(Note::default()),
            is_live: true,
        };
        let rows = HouseholdPast {
            needs: vec![
                need(
                    7,
                    &[
                        (1, Some(Open)),
                        (-3, Some(Met)),
                        (4, Some(Referred)),
                        (6, None),
                    ],
                ),
                // Another household's before; then said again; then gone with nothing left to go.
                need(
                    8,
                    &[(1, None), (4, Some(Open)), (5, Some(Open)), (-6, None)],
                ),
            ],
            notes: vec![RowPast {
                number: 1,
                versions: vec![note],
            }],
            ..HouseholdPast::default()
        };
        let events = events(
            vec![version(4, true, "2", None), version(1, true, "1", None)],
            rows,
        );
        let told: Vec<String> = events
            .iter()
            .map(|event| {
                let what = match &event.change {
                    PastChange::Need(change) => {
                        let code = |need: &Option<Need>| {
                            need.as_ref().map_or("-", |need| need.status.code())
                        };
                        let RowChange { before, after, .. } = &**change;
                        format!("{} {}>{}", change.number, code(before), code(after))
                    }
                    other => other.code().to_owned(),
                };
                let mark = if event.is_live { "" } else { "!" };
                format!("{}{mark} {what}", event.origin.batch)
            })
            .collect();
        assert_eq!(
            told,
            [
                "6 7 referred>-",
                "6! 8 open>-",
                "5 note",
                "4 ledger",
                "4 7 open>referred",
                "4 8 ->open",
                "3! 7 open>met",
                "1 ledger",
                "1 7 ->open",
            ]
        );
    }
}
