//! What changed since a day: counts that open into households, and the figures of both days.

use super::{Town, WorkspaceHandle};
use crate::analysis::{self, Change, ChangeKind, Coverage};
use crate::base::{Generation, Progress};
use crate::model::Date;
use crate::query::{Choice, RowSet};
use crate::words::{Fault, Message};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Since when, and of whom.
#[derive(Debug, Clone)]
pub struct ChangesRequest {
    /// The workspace: it knows who is new in the ledger.
    pub workspace: WorkspaceHandle,
    /// The town, of the later day.
    pub town: Arc<Town>,
    /// The earlier day.
    pub since: Date,
    /// The households.
    pub rows: Arc<RowSet>,
    /// Which programmes and needs count.
    pub choice: Choice,
}

/// What changed.
#[derive(Debug)]
pub struct ChangesFound {
    /// The edition that it was made from.
    pub generation: Generation,
    /// The earlier day.
    pub since: Date,
    /// The later day.
    pub until: Date,
    /// The households that were looked at.
    pub rows: Arc<RowSet>,
    /// Which programmes and needs count.
    pub choice: Choice,
    /// Each kind of change with its households; who is new in the ledger stands last.
    pub changes: Vec<Change>,
    /// The figures of the earlier day.
    pub before: Coverage,
    /// The figures of the later day.
    pub after: Coverage,
    /// The first day from which the workspace remembers who came and went, where that is after
    /// the earlier day: of who is new it then says nothing.
    pub remembers_since: Option<Date>,
    /// How many households left the ledger after the earlier day; they are on no map.
    pub gone: usize,
}

impl ChangesFound {
    /// The change of a kind.
    pub fn of(&self, kind: ChangeKind) -> Option<&Change> {
        self.changes.iter().find(|change| change.kind == kind)
    }
}

impl ChangesRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<ChangesFound, Fault> {
        let Self {
            workspace,
            town,
            since,
            rows,
            choice,
        } = self;
        let until = town.as_of;
        if since >= until {
            return Err(Fault::input(
                Message::new("jobs.since_not_before")
                    .arg("since", since)
                    .arg("until", until),
            ));
        }
        let snapshot = &town.snapshot;
        let households = snapshot.households.len() as u64;
        let making = progress.part(0.0, 0.8);
        making.set_total(households);
        let past = town.pasts.on(snapshot, since, &making)?;
        let quiet = progress.aside();
        let before = analysis::past_coverage(snapshot, &past, &rows, choice, &quiet)?;
        let after = analysis::coverage(snapshot, &rows, choice, &quiet)?;
        let mut changes = analysis::changes(snapshot, &past, until, &rows, choice);
        progress.tick(0)?;
        let (came, gone, first) = workspace.with(|workspace| {
            let (came, gone) = workspace.came_and_went(since, until)?;
            Ok((came, gone, workspace.first_day()?))
        })?;
        let remembers_since = first.filter(|first| *first > since);
        if remembers_since.is_none() {
            let came: BTreeSet<&str> = came.iter().map(String::as_str).collect();
            let ids = &snapshot.households.id;
            let is_new = |row: &u32| came.contains(ids.get(*row));
            let new: Vec<u32> = rows.iter().filter(is_new).collect();
            if !new.is_empty() {
                changes.push(Change {
                    kind: ChangeKind::New,
                    times: new.len() as u32,
                    rows: new,
                });
            }
        }
        Ok(ChangesFound {
            generation: snapshot.generation,
            since,
            until,
            rows,
            choice,
            changes,
            before,
            after,
            gone: if remembers_since.is_none() { gone } else { 0 },
            remembers_since,
        })
    }
}
