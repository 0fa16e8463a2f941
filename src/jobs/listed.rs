//! Which households the departments' lists know somebody of.

use super::compared::ListedEntry;
use super::lists::{compared, entries, members, persons, views};
use crate::analysis::{self, EntryView, MatrixCell};
use crate::base::Progress;
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
    let members = members(workspace, |number, _| rows.get(&number).copied(), progress)?;
    let of_lists: Vec<Vec<ListedEntry>> = named
        .iter()
        .map(|list| entries(workspace, list.number, progress))
        .collect::<Result<_, Fault>>()?;
    let persons = persons(households, &members);
    let everybody: Vec<u32> = (0..persons.len() as u32).collect();
    let views: Vec<Vec<EntryView<'_>>> = of_lists.iter().map(|entries| views(entries)).collect();
    let names = named.iter().map(|list| list.name.as_str());
    let lists = compared(&everybody, names.zip(&views));
    let found = analysis::reconcile(&persons, &lists, &progress.aside())?;
    let known = |at: usize| found.cell(at + 1, LEDGER, MatrixCell::Both).households;
    Ok(named
        .into_iter()
        .enumerate()
        .map(|(at, list)| (list.name, known(at)))
        .collect())
}
