//! Where the values of one household came from, and what it was before.

use super::WorkspaceHandle;
use crate::base::{Generation, Progress};
use crate::model::{FieldSet, HouseholdField, Origin, PastEvent};
use crate::words::Fault;

/// A household to look up.
#[derive(Debug, Clone)]
pub struct HistoryRequest {
    /// The workspace.
    pub workspace: WorkspaceHandle,
    /// The household.
    pub id: String,
    /// The edition that it is looked at in.
    pub generation: Generation,
}

/// The past of a household.
#[derive(Debug, Clone, PartialEq)]
pub struct HouseholdHistory {
    /// The household.
    pub id: String,
    /// The edition that it was looked up for.
    pub generation: Generation,
    /// Who stated the present values, the newest first: values of one row stand together.
    pub sources: Vec<ValueSource>,
    /// All that changed about it, the newest first: its row in the ledger, its members, receipts,
    /// needs, visits and notes, what was taken back among them.
    pub events: Vec<PastEvent>,
}

/// Values that came together.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueSource {
    /// File, row and time.
    pub origin: Origin,
    /// The values, in the order of the ledger.
    pub fields: FieldSet,
}

impl HouseholdHistory {
    /// Where a value came from.
    pub fn origin(&self, field: HouseholdField) -> Option<&Origin> {
        let source = self
            .sources
            .iter()
            .find(|source| source.fields.contains(field));
        source.map(|source| &source.origin)
    }
}

impl HistoryRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<HouseholdHistory, Fault> {
        progress.tick(0)?;
        let (origins, versions, rows) = self.workspace.with(|workspace| {
            Ok((
                workspace.origins(&self.id)?,
                workspace.versions(&self.id)?,
                workspace.past_rows_of(&self.id)?,
            ))
        })?;
        Ok(HouseholdHistory {
            id: self.id,
            generation: self.generation,
            sources: together(origins),
            events: super::past_events::events(versions, rows),
        })
    }
}

/// Values of one origin together, the newest origin first.
fn together(origins: Vec<(HouseholdField, Origin)>) -> Vec<ValueSource> {
    let mut sources: Vec<ValueSource> = Vec::new();
    for (field, origin) in origins {
        match sources.iter_mut().find(|source| source.origin == origin) {
            Some(source) => source.fields.insert(field),
            None => sources.push(ValueSource {
                origin,
                fields: [field].into_iter().collect(),
            }),
        }
    }
    sources
        .sort_by_key(|source| std::cmp::Reverse((source.origin.at_unix_secs, source.origin.batch)));
    sources
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(source: &str, row: u64, batch: i64) -> Origin {
        Origin {
            source: source.into(),
            row,
            at_unix_secs: 1_000 + batch,
            batch,
        }
    }

    #[test]
    fn values_of_one_row_stand_together_the_newest_first() {
        let old = origin("九月.csv", 2, 1);
        let new = origin("", 0, 7);
        let sources = together(vec![
            (HouseholdField::Id, old.clone()),
            (HouseholdField::Position, new.clone()),
            (HouseholdField::Phone, old.clone()),
        ]);
        assert_eq!(sources.len(), 2);
        assert_eq!(sources[0].origin, new);
        let fields: Vec<_> = sources[1].fields.iter().collect();
        assert_eq!(fields, [HouseholdField::Id, HouseholdField::Phone]);
    }
}
