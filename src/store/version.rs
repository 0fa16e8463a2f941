//! The versions of a household, and the values that follow from them.
//!
//! Each version states some values; of each value the newest live version that states it wins.
//! A version without values of its own (a row of `seen`) states the values that the live versions
//! before it give: whoever takes one of those away must first write these values down.

use super::batch::Sources;
use super::household::{self, Households, Mark, Stored};
use super::seen::Seen;
use super::{Workspace, fault};
use crate::model::{FieldSet, Household, HouseholdField, Origin};
use crate::words::Fault;
use rusqlite::{Connection, Result};

/// One version of a household, as somebody may read it.
#[derive(Debug, Clone, PartialEq)]
pub struct HouseholdVersion {
    /// Which file and row, or which edit.
    pub origin: Origin,
    /// The values that it states.
    pub stated: FieldSet,
    /// The household as it was then.
    pub household: Household,
    /// Whether it counts: its batch is not undone.
    pub is_live: bool,
    /// Whether it says that the household is not there any more.
    pub is_removal: bool,
}

/// Where a version is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Current,
    Past,
    Seen,
}

/// One link of the chain.
#[derive(Debug)]
pub(super) struct Version {
    pub(super) stored: Stored,
    pub(super) place: Place,
}

/// Reads the versions of households.
#[derive(Debug)]
pub(super) struct Chains<'c> {
    pub(super) households: Households<'c>,
    pub(super) seen: Seen<'c>,
    pub(super) sources: Sources,
}

impl<'c> Chains<'c> {
    pub(super) fn prepare(connection: &'c Connection) -> Result<Self> {
        Ok(Self {
            households: Households::prepare(connection)?,
            seen: Seen::prepare(connection, household::KIND)?,
            sources: Sources::read(connection)?,
        })
    }

    /// All versions of a household, the oldest first.
    pub(super) fn of(&mut self, number: i64) -> Result<Vec<Version>> {
        let past = self.households.past(number)?;
        let mut chain: Vec<Version> = past
            .into_iter()
            .map(|stored| Version {
                stored,
                place: Place::Past,
            })
            .collect();
        let mut stored = Stored::default();
        if self.households.get(number, &mut stored)? {
            chain.push(Version {
                stored,
                place: Place::Current,
            });
        }
        for mark in self.seen.of(number)? {
            chain.push(Version {
                stored: Stored {
                    household: Household::default(),
                    mark,
                    number,
                },
                place: Place::Seen,
            });
        }
        chain.sort_by_key(|version| version.stored.mark.import);
        Ok(chain)
    }

    /// What follows from the live versions of a household.
    pub(super) fn fold(&mut self, number: i64) -> Result<Fold> {
        let chain = self.of(number)?;
        let mut fold = Fold::default();
        for (at, version) in chain.iter().enumerate() {
            let mark = version.stored.mark;
            if self.sources.is_live(mark.import) {
                match version.place {
                    Place::Seen => fold.see(&mark),
                    Place::Past | Place::Current => {
                        let is_edit = self.sources.is_edit(mark.import);
                        fold.apply(at, &version.stored, is_edit);
                    }
                }
            }
        }
        Ok(fold)
    }
}

/// What follows from the versions so far.
#[derive(Debug, Default)]
pub(super) struct Fold {
    /// The values.
    pub(super) household: Household,
    /// The values that somebody states.
    pub(super) stated: FieldSet,
    /// The values whose newest statement is an edit.
    pub(super) edited: FieldSet,
    /// Whether an import says that the household is there.
    pub(super) has_import: bool,
    /// The place of the newest version with values.
    pub(super) newest: Option<usize>,
    removed: bool,
}

impl Fold {
    /// A version with values.
    pub(super) fn apply(&mut self, at: usize, version: &Stored, is_edit: bool) {
        let mark = version.mark;
        for field in mark.stated.iter() {
            field.copy(&version.household, &mut self.household);
        }
        self.stated = self.stated.or(mark.stated);
        self.edited = if is_edit {
            self.edited.or(mark.stated)
        } else {
            self.edited.without(mark.stated)
        };
        self.has_import |= !is_edit && !mark.gone;
        self.removed = mark.gone;
        self.newest = Some(at);
    }

    /// A version that says the values as they are.
    pub(super) fn see(&mut self, mark: &Mark) {
        self.stated = self.stated.or(mark.stated);
        self.edited = self.edited.without(mark.stated);
        self.has_import = true;
        self.removed = false;
    }

    /// Whether the household is not there.
    pub(super) fn is_gone(&self) -> bool {
        self.removed || !self.has_import
    }
}

impl Workspace {
    /// Who said each value of a household, in the order of the ledger: the newest statement that
    /// counts. A value that nobody has stated is not listed.
    pub fn origins(&self, id: &str) -> std::result::Result<Vec<(HouseholdField, Origin)>, Fault> {
        self.try_origins(id)
            .map_err(|error| fault::of(self.path(), &error))
    }

    fn try_origins(&self, id: &str) -> Result<Vec<(HouseholdField, Origin)>> {
        let mut chains = Chains::prepare(self.connection())?;
        let Some(number) = chains.households.find(id)? else {
            return Ok(Vec::new());
        };
        let mut origins = Vec::new();
        let mut open = FieldSet::ALL;
        for version in chains.of(number)?.iter().rev() {
            let mark = version.stored.mark;
            let says = mark.stated.and(open);
            if says.is_empty() || !chains.sources.is_live(mark.import) {
                continue;
            }
            if let Some(origin) = chains.sources.origin(&mark) {
                origins.extend(says.iter().map(|field| (field, origin.clone())));
                open = open.without(says);
            }
        }
        origins.sort_by_key(|(field, _)| *field);
        Ok(origins)
    }

    /// The versions of a household, the newest first, those that were undone among them.
    pub fn versions(&self, id: &str) -> std::result::Result<Vec<HouseholdVersion>, Fault> {
        self.try_versions(id)
            .map_err(|error| fault::of(self.path(), &error))
    }

    fn try_versions(&self, id: &str) -> Result<Vec<HouseholdVersion>> {
        let mut chains = Chains::prepare(self.connection())?;
        let Some(number) = chains.households.find(id)? else {
            return Ok(Vec::new());
        };
        let mut fold = Fold::default();
        let mut versions = Vec::new();
        for (at, version) in chains.of(number)?.into_iter().enumerate() {
            let mark = version.stored.mark;
            let is_live = chains.sources.is_live(mark.import);
            if is_live && version.place != Place::Seen {
                fold.apply(at, &version.stored, chains.sources.is_edit(mark.import));
            }
            let household = match version.place {
                Place::Seen => fold.household.clone(),
                Place::Past | Place::Current => version.stored.household,
            };
            if let Some(origin) = chains.sources.origin(&mark) {
                versions.push(HouseholdVersion {
                    origin,
                    stated: mark.stated,
                    household,
                    is_live,
                    is_removal: mark.gone,
                });
            }
        }
        versions.reverse();
        Ok(versions)
    }
}
