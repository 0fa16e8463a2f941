//! Where the facts of one household were read: the workspace's files and rows beside the places of
//! the snapshot.

use super::Town;
use super::lists::{compared, view};
use crate::analysis::{self, ClauseReason, EntryView, FactSource, LedgerPerson, MatrixCell};
use crate::base::Progress;
use crate::layer::FactOrigins;
use crate::model::{CodeList, Origin, Person};
use crate::snapshot::Snapshot;
use crate::store::{HouseholdRows, ListRecord, Recorded, Workspace};
use crate::words::Fault;
use std::ops::Range;

/// The origins of a household's values and rows. Rows, as the workspace gives them, are joined in the
/// order in which they first came, which the snapshot keeps; where their number differs, somebody
/// has changed them since, and nothing is said of them. Entries of lists are looked for only where a
/// rule asks for a list that knows the household.
///
/// Limit: an entry of a list is looked for among this household's people alone; that the list knows
/// the household was found among all.
pub(super) fn fact_origins(
    workspace: &Workspace,
    town: &Town,
    row: u32,
    rows: &HouseholdRows,
    progress: &Progress,
) -> Result<FactOrigins, Fault> {
    let snapshot = &town.snapshot;
    let mut origins = FactOrigins {
        fields: workspace.origins(snapshot.households.id.get(row))?,
        members: joined(snapshot.people.of(row), &rows.members),
        receipts: joined(snapshot.receipts.of(row), &rows.receipts),
        needs: joined(snapshot.needs.of(row), &rows.needs),
        visits: joined(snapshot.visits.of(row), &rows.visits),
        lists: Vec::new(),
    };
    if snapshot.households.lists.get(row).is_empty() {
        return Ok(origins);
    }
    let mut lists: Vec<u32> = Vec::new();
    for one in analysis::explain_all(snapshot, &town.rules, row)
        .iter()
        .flatten()
    {
        asked_lists(&one.reason, &mut lists);
    }
    lists.sort_unstable();
    lists.dedup();
    if !lists.is_empty() {
        let members: Vec<&Person> = rows.members.iter().map(|one| &one.record).collect();
        origins.lists = entries(workspace, snapshot, (row, &members), &lists, progress)?;
    }
    Ok(origins)
}

fn joined<T>(places: Range<usize>, rows: &[Recorded<T>]) -> Vec<(u32, Origin)> {
    if places.len() != rows.len() {
        return Vec::new();
    }
    let pairs = places.zip(rows);
    pairs
        .map(|(place, one)| (place as u32, one.origin.clone()))
        .collect()
}

/// The household's lists that a reason stands on.
fn asked_lists(reason: &ClauseReason, out: &mut Vec<u32>) {
    for source in reason.found.iter().flat_map(|found| &found.sources) {
        if let FactSource::List(place) = source {
            out.push(*place);
        }
    }
    for part in &reason.parts {
        asked_lists(part, out);
    }
}

/// The entries of the household's lists of these places that know somebody of it.
fn entries(
    workspace: &Workspace,
    town: &Snapshot,
    (row, members): (u32, &[&Person]),
    lists: &[u32],
    progress: &Progress,
) -> Result<Vec<(u32, Origin)>, Fault> {
    let persons = persons(town, row, members);
    let everybody: Vec<u32> = (0..persons.len() as u32).collect();
    let named = workspace.lists()?;
    let own: Vec<&str> = town.households.lists.get(row).split(';').collect();
    let mut origins = Vec::new();
    for place in lists {
        let is_it = |list: &&ListRecord| {
            let mut name = CodeList::new();
            name.push(&list.name);
            own.get(*place as usize) == Some(&name.as_str())
        };
        let Some(list) = named.iter().find(is_it) else {
            continue;
        };
        let all = workspace.entries_of(list.number)?;
        let views: Vec<EntryView<'_>> = all.iter().map(|one| view(&one.record)).collect();
        let lists = compared(&everybody, [(list.name.as_str(), &views)]);
        let found = analysis::reconcile(&persons, &lists, &progress.aside())?;
        let strangers = found.cell(LIST, LEDGER, MatrixCell::OnlyFirst).unmatched;
        let known = all.into_iter().zip(0..);
        let known = known.filter(|(_, at)| strangers.binary_search(at).is_err());
        origins.extend(known.map(|(one, _)| (*place, one.origin)));
    }
    Ok(origins)
}

/// The places of the ledger and of the list that is compared with it.
const LEDGER: usize = 0;
const LIST: usize = 1;

/// The head of a household and its members.
fn persons<'a>(town: &'a Snapshot, row: u32, members: &[&'a Person]) -> Vec<LedgerPerson<'a>> {
    let households = &town.households;
    let head = LedgerPerson {
        household: row,
        household_id: households.id.get(row),
        name: households.head_name.get(row),
        id_number: households.id_number.get(row),
        phone: households.phone.get(row),
        address: households.address.get(row),
    };
    let members = members.iter().map(|person| LedgerPerson {
        name: &person.name,
        id_number: &person.id_number,
        phone: &person.phone,
        ..head
    });
    std::iter::once(head).chain(members).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_have_changed_since_are_not_joined() {
        let row = |number: i64| Recorded {
            number,
            origin: Origin {
                source: "a.csv".into(),
                row: number.unsigned_abs(),
                at_unix_secs: 0,
                batch: 1,
            },
            record: (),
        };
        let two = [row(2), row(3)];
        let joined_rows = |places| -> Vec<(u32, u64)> {
            let pairs = joined(places, &two).into_iter();
            pairs.map(|(place, origin)| (place, origin.row)).collect()
        };
        assert_eq!(joined_rows(7..9), [(7, 2), (8, 3)]);
        assert_eq!(joined_rows(7..10), []);
        assert_eq!(joined_rows(7..8), []);
    }
}
