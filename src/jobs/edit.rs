//! What people change by hand: a position, two entries that are one household. Each is a batch of
//! its own that can be taken back.

use super::catalogue::{change_title, checked_text, office_catalogue};
use super::import::now_unix_secs;
use super::kept_pairs;
use super::town::{Edition, load_changed_town};
use super::{Entry, RowMap, Town, WorkspaceHandle};
use crate::base::{Generation, Progress, Stopwatch};
use crate::model::{Catalogue, Date, Household, HouseholdField, LonLat, PositionSource};
use crate::store::{BatchRecord, HouseholdEdit, Stamp, Workspace};
use crate::words::{Fault, Lang};
use std::sync::Arc;

/// One change. Households are named by their ids: rows move.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// The household lives here.
    Place {
        /// The household.
        id: String,
        /// Where.
        at: LonLat,
    },
    /// Two entries are one household: what the second has moves to the first, and it goes.
    Merge {
        /// The one that stays.
        keep: String,
        /// The one that goes.
        drop: String,
    },
    /// Two entries are two households, much as they look alike: nobody is asked again.
    KeepBoth {
        /// The one.
        one: String,
        /// The other.
        other: String,
    },
    /// The same, taken back.
    AskAgain {
        /// The one.
        one: String,
        /// The other.
        other: String,
    },
    /// Something is recorded about the household.
    Record {
        /// The household.
        id: String,
        /// What.
        entry: Entry,
    },
    /// The catalogue of programmes, needs, rules and thresholds is this one from now on.
    Catalogue(Arc<Catalogue>),
    /// An earlier change of the households or the catalogue, taken back.
    TakeBack {
        /// Its batch.
        batch: i64,
    },
}

impl Edit {
    /// What takes it back, once it was done as this batch.
    #[must_use]
    pub fn inverse(&self, batch: i64) -> Self {
        match self {
            Self::KeepBoth { one, other } => Self::AskAgain {
                one: one.clone(),
                other: other.clone(),
            },
            Self::AskAgain { one, other } => Self::KeepBoth {
                one: one.clone(),
                other: other.clone(),
            },
            _ => Self::TakeBack { batch },
        }
    }

    /// Whether the town is another afterwards.
    fn changes_town(&self) -> bool {
        !matches!(self, Self::KeepBoth { .. } | Self::AskAgain { .. })
    }

    /// Does it; gives the number of its batch, 0 where it is none.
    fn carry_out(
        &self,
        workspace: &mut Workspace,
        lang: Lang,
        progress: &Progress,
    ) -> Result<i64, Fault> {
        match self {
            Self::Place { id, at } => {
                let household = Household {
                    id: id.clone(),
                    position: Some(*at),
                    position_source: PositionSource::Hand,
                    ..Household::default()
                };
                let edit = HouseholdEdit {
                    id: id.clone(),
                    household,
                    fields: [HouseholdField::Position].into_iter().collect(),
                };
                let title = lang.with("jobs.edit_place", &[("id", id)]);
                workspace.edit_household(&edit, stamp(&title))
            }
            Self::Merge { keep, drop } => {
                let title = lang.with("jobs.edit_merge", &[("keep", keep), ("drop", drop)]);
                workspace.merge_households(keep, drop, stamp(&title))
            }
            Self::KeepBoth { one, other } => {
                kept_pairs::keep(workspace, one, other, true).map(|()| 0)
            }
            Self::AskAgain { one, other } => {
                kept_pairs::keep(workspace, one, other, false).map(|()| 0)
            }
            Self::Record { id, entry } => entry.carry_out(workspace, id, lang),
            Self::Catalogue(catalogue) => {
                let text = checked_text(catalogue, lang)?;
                let before = office_catalogue(workspace)?.catalogue;
                let title = change_title(&before, catalogue, lang);
                workspace.save_catalogue(&text, stamp(&title))
            }
            Self::TakeBack { batch } => {
                workspace.undo_batch(*batch, now_unix_secs(), progress)?;
                Ok(*batch)
            }
        }
    }
}

pub(super) fn stamp(title: &str) -> Stamp<'_> {
    Stamp {
        title,
        at_unix_secs: now_unix_secs(),
    }
}

/// Changes to make, one after the other.
#[derive(Debug, Clone)]
pub struct EditRequest {
    /// The workspace.
    pub workspace: WorkspaceHandle,
    /// The changes.
    pub edits: Vec<Edit>,
    /// The town as it was, to follow its rows.
    pub before: Arc<Town>,
    /// The language of the batches' titles.
    pub lang: Lang,
    /// The edition that the town will be.
    pub generation: Generation,
    /// The day of which receipts, needs and visits count in it.
    pub as_of: Date,
}

/// What was changed.
#[derive(Debug)]
pub struct Edited {
    /// The numbers of the batches (0 where a change is none), one for each of the first changes.
    /// Where they are fewer than were asked for, the others were not made.
    pub batches: Vec<i64>,
    /// Why the next one was not.
    pub failed: Option<Fault>,
    /// The town as it is now, where households changed.
    pub reloaded: Option<Reloaded>,
    /// The imports and edits as they are now, the newest first.
    pub records: Vec<BatchRecord>,
}

/// A town that was loaded again.
#[derive(Debug)]
pub struct Reloaded {
    /// The town.
    pub town: Arc<Town>,
    /// Where the rows of the one before are in it.
    pub rows: RowMap,
    /// How many problems the imports left.
    pub problems: usize,
}

impl EditRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<Edited, Fault> {
        let Self {
            workspace,
            edits,
            before,
            lang,
            generation,
            as_of,
        } = self;
        workspace.with(|workspace| {
            let mut batches = Vec::new();
            let mut failed = None;
            let mut reloads = before.is_dated && before.as_of != as_of;
            for edit in &edits {
                match edit.carry_out(workspace, lang, progress) {
                    Ok(batch) => {
                        batches.push(batch);
                        reloads |= edit.changes_town();
                    }
                    Err(fault) => {
                        failed = Some(fault);
                        break;
                    }
                }
            }
            let reloaded = if reloads {
                let edition = Edition { generation, as_of };
                let town = load_changed_town(
                    workspace,
                    edition,
                    &progress.last_part(0.0, 1.0),
                    &mut Stopwatch::start(),
                )?;
                let rows = RowMap::between(&before.snapshot.households, &town.snapshot.households);
                Some(Reloaded {
                    rows,
                    town,
                    problems: workspace.problem_count()?,
                })
            } else {
                None
            };
            Ok(Edited {
                batches,
                failed,
                reloaded,
                records: workspace.batches()?,
            })
        })
    }
}
