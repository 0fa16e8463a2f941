//! Comparing lists: the ledger, other departments' lists, and who receives which programme.

use super::compared::{CellFound, Compared, ComparedSource, ListedEntry, ListsCell, SourceKind};
use super::{Town, WorkspaceHandle};
use crate::analysis::{self, EntryView, LedgerPerson, ListMembers, ListView, MatrixCell};
use crate::base::{Progress, Stopwatch};
use crate::datum::MercBox;
use crate::model::{Date, ListEntry, Person};
use crate::query::RowSet;
use crate::snapshot::{Households, Snapshot};
use crate::store::Workspace;
use crate::words::Fault;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The lists to compare: all of the workspace.
#[derive(Debug, Clone)]
pub struct ListsRequest {
    /// The workspace.
    pub workspace: WorkspaceHandle,
    /// The town.
    pub town: Arc<Town>,
    /// The day on which receipts count.
    pub as_of: Date,
}

/// A cell to look into.
#[derive(Debug, Clone)]
pub struct CellRequest {
    /// The comparison.
    pub lists: Arc<Compared>,
    /// The town.
    pub town: Arc<Town>,
    /// The cell.
    pub cell: ListsCell,
}

/// What is read from the workspace.
struct Material {
    members: Vec<(u32, Person)>,
    /// Households that receive a programme on the day, by its code.
    receiving: BTreeMap<String, BTreeSet<u32>>,
    lists: Vec<(String, Arc<Vec<ListedEntry>>)>,
}

impl ListsRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<Compared, Fault> {
        let mut timings = Stopwatch::start();
        let snapshot = &self.town.snapshot;
        let households = &snapshot.households;
        let rows: HashMap<&str, u32> = (0..households.len() as u32)
            .map(|row| (households.id.get(row), row))
            .collect();
        let mut material = self
            .workspace
            .with(|workspace| read(workspace, &rows, self.as_of, progress))?;
        add_declared(&mut material.receiving, snapshot);
        timings.lap("read");
        let persons = persons(households, &material.members);
        let everybody: Vec<u32> = (0..persons.len() as u32).collect();
        let entries: Vec<Vec<EntryView<'_>>> = material
            .lists
            .iter()
            .map(|(_, entries)| views(entries))
            .collect();
        let receiving: Vec<(&String, Vec<u32>)> = material
            .receiving
            .iter()
            .map(|(code, rows)| (code, rows.iter().copied().collect()))
            .collect();
        let names = material.lists.iter().map(|(name, _)| name.as_str());
        let mut lists = compared(&everybody, names.zip(&entries));
        lists.extend(receiving.iter().map(|(code, rows)| ListView {
            name: code,
            members: ListMembers::Households(rows),
        }));
        let reconciliation = analysis::reconcile(&persons, &lists, progress)?;
        timings.lap("reconcile");
        let ledger = (SourceKind::Ledger, Arc::default());
        let of_lists = material.lists.into_iter();
        let of_lists = of_lists.map(|(name, entries)| (SourceKind::List(name), entries));
        let of_programmes = material.receiving.into_keys();
        let of_programmes = of_programmes.map(|code| (SourceKind::Programme(code), Arc::default()));
        let kinds = std::iter::once(ledger).chain(of_lists).chain(of_programmes);
        let sources = kinds
            .zip(&reconciliation.lists)
            .map(|((kind, entries), facts)| ComparedSource {
                kind,
                counts_households: facts.counts_households,
                members: facts.members,
                unmatched: facts.unmatched,
                entries,
            })
            .collect();
        Ok(Compared {
            generation: snapshot.generation,
            sources,
            reconciliation,
            timings,
        })
    }
}

fn read(
    workspace: &Workspace,
    rows: &HashMap<&str, u32>,
    as_of: Date,
    progress: &Progress,
) -> Result<Material, Fault> {
    let row = |_, person: &Person| rows.get(person.household_id.as_str()).copied();
    let members = members(workspace, row, progress)?;
    let mut receiving: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    workspace.each_receipt(&mut |_, receipt| {
        if let (true, Some(row)) = (
            receipt.is_active(as_of),
            rows.get(receipt.household_id.as_str()),
        ) {
            let of_programme = receiving.entry(receipt.programme.clone()).or_default();
            of_programme.insert(*row);
        }
        Ok(progress.tick(0)?)
    })?;
    let mut lists = Vec::new();
    for list in workspace.lists()? {
        lists.push((
            list.name,
            Arc::new(entries(workspace, list.number, progress)?),
        ));
    }
    Ok(Material {
        members,
        receiving,
        lists,
    })
}

/// The members of the households, each with the row that its household has.
pub(super) fn members(
    workspace: &Workspace,
    row_of: impl Fn(i64, &Person) -> Option<u32>,
    progress: &Progress,
) -> Result<Vec<(u32, Person)>, Fault> {
    let mut members = Vec::new();
    workspace.each_person(&mut |number, person| {
        members.extend(row_of(number, person).map(|row| (row, person.clone())));
        Ok(progress.tick(0)?)
    })?;
    Ok(members)
}

/// The entries of a department's list.
pub(super) fn entries(
    workspace: &Workspace,
    list: i64,
    progress: &Progress,
) -> Result<Vec<ListedEntry>, Fault> {
    let mut entries = Vec::new();
    workspace.each_entry(list, &mut |row, entry| {
        entries.push(ListedEntry {
            row,
            entry: entry.clone(),
        });
        Ok(progress.tick(0)?)
    })?;
    Ok(entries)
}

/// The ledger, and behind it the lists of departments.
pub(super) fn compared<'a>(
    everybody: &'a [u32],
    lists: impl IntoIterator<Item = (&'a str, &'a Vec<EntryView<'a>>)>,
) -> Vec<ListView<'a>> {
    let ledger = ListView {
        name: "",
        members: ListMembers::Persons(everybody),
    };
    let lists = lists.into_iter().map(|(name, entries)| ListView {
        name,
        members: ListMembers::Entries(entries),
    });
    std::iter::once(ledger).chain(lists).collect()
}

/// The ledger's own column says who receives a programme where no receipt does.
fn add_declared(receiving: &mut BTreeMap<String, BTreeSet<u32>>, snapshot: &Snapshot) {
    for (row, bits) in snapshot.households.programmes.iter().enumerate() {
        for (place, term) in snapshot.catalogue.programmes.iter().take(64).enumerate() {
            if (bits >> place) & 1 == 1 {
                let of_programme = receiving.entry(term.code.clone()).or_default();
                of_programme.insert(row as u32);
            }
        }
    }
}

/// Heads of household and members.
pub(super) fn persons<'a>(
    households: &'a Households,
    members: &'a [(u32, Person)],
) -> Vec<LedgerPerson<'a>> {
    let heads = (0..households.len() as u32).map(|row| LedgerPerson {
        household: row,
        household_id: households.id.get(row),
        name: households.head_name.get(row),
        id_number: households.id_number.get(row),
        phone: households.phone.get(row),
        address: households.address.get(row),
    });
    let members = members.iter().map(|(row, person)| LedgerPerson {
        household: *row,
        household_id: households.id.get(*row),
        name: &person.name,
        id_number: &person.id_number,
        phone: &person.phone,
        address: households.address.get(*row),
    });
    heads.chain(members).collect()
}

/// What is compared of entries.
pub(super) fn views(entries: &[ListedEntry]) -> Vec<EntryView<'_>> {
    entries.iter().map(|listed| view(&listed.entry)).collect()
}

/// What is compared of one entry.
pub(super) fn view(entry: &ListEntry) -> EntryView<'_> {
    EntryView {
        name: &entry.name,
        id_number: &entry.id_number,
        phone: &entry.phone,
        address: &entry.address,
        household_id: &entry.household_id,
    }
}

impl CellRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<CellFound, Fault> {
        progress.tick(0)?;
        let ListsCell { on, not_on } = self.cell;
        // On a list and on the same list: everybody on it.
        let which = if on == not_on {
            MatrixCell::Both
        } else {
            MatrixCell::OnlyFirst
        };
        let members = self.lists.reconciliation.cell(on, not_on, which);
        let households = &self.town.snapshot.households;
        let mut rows = RowSet::none(households.len());
        let mut box_merc = MercBox::EMPTY;
        for row in members.households {
            rows.insert(row);
            if let Some(at) = households.merc(row) {
                box_merc = box_merc.with(at);
            }
        }
        Ok(CellFound {
            generation: self.lists.generation,
            cell: self.cell,
            rows: Arc::new(rows),
            box_merc: if box_merc.is_empty() {
                box_merc
            } else {
                box_merc.grown(AROUND_M)
            },
            unmatched: members.unmatched,
        })
    }
}

/// Room around the households of a cell, in Mercator metres.
const AROUND_M: f64 = 200.0;
