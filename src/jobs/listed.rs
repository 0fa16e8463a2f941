//! Which households the departments' lists know somebody of.

use super::lists::{persons, view};
use crate::analysis::{self, EntryView, ListMembers, ListView, MatrixCell};
use crate::base::Progress;
use crate::model::ListEntry;
use crate::snapshot::Households;
use crate::store::Workspace;
use crate::words::Fault;
use std::collections::HashMap;

/// The ledger's place among the lists that are compared.
const LEDGER: usize = 0;

/// Each list with the rows of those whom it knows, in the order of the lists' names.
pub(super) fn rows_of_lists(
    workspace: &Workspace,
    households: &Households,
    numbers: &[i64],
    progress: &Progress,
) -> Result<Vec<(String, Vec<u32>)>, Fault> {
    let named = workspace.lists()?;
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let rows: HashMap<i64, u32> = numbers.iter().copied().zip(0..).collect();
    let mut members = Vec::new();
    workspace.each_person(&mut |number, person| {
        let row = rows.get(&number);
        members.extend(row.map(|row| (*row, person.clone())));
        Ok(progress.tick(0)?)
    })?;
    let mut entries: Vec<Vec<ListEntry>> = Vec::new();
    for list in &named {
        let mut of_list = Vec::new();
        workspace.each_entry(list.number, &mut |_, entry| {
            of_list.push(entry.clone());
            Ok(progress.tick(0)?)
        })?;
        entries.push(of_list);
    }
    let persons = persons(households, &members);
    let everybody: Vec<u32> = (0..persons.len() as u32).collect();
    let views: Vec<Vec<EntryView<'_>>> = entries
        .iter()
        .map(|entries| entries.iter().map(view).collect())
        .collect();
    let mut lists = vec![ListView {
        name: "",
        members: ListMembers::Persons(&everybody),
    }];
    lists.extend(named.iter().zip(&views).map(|(list, entries)| ListView {
        name: &list.name,
        members: ListMembers::Entries(entries),
    }));
    let found = analysis::reconcile(&persons, &lists, &progress.aside())?;
    let known = |at: usize| found.cell(at + 1, LEDGER, MatrixCell::Both).households;
    Ok(named
        .into_iter()
        .enumerate()
        .map(|(at, list)| (list.name, known(at)))
        .collect())
}
