//! Where the values of one household came from, and what it was before.

use super::WorkspaceHandle;
use crate::base::{Generation, Progress};
use crate::model::{FieldSet, Household, HouseholdField, Origin};
use crate::store::HouseholdVersion;
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
    /// What was stated when, the newest first.
    pub versions: Vec<PastVersion>,
}

/// Values that came together.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueSource {
    /// File, row and time.
    pub origin: Origin,
    /// The values, in the order of the ledger.
    pub fields: FieldSet,
}

/// One statement about a household.
#[derive(Debug, Clone, PartialEq)]
pub struct PastVersion {
    /// File, row and time.
    pub origin: Origin,
    /// What it stated.
    pub stated: FieldSet,
    /// Whether it holds; one that was taken back does not.
    pub is_live: bool,
    /// Whether nothing was known of the household before.
    pub is_first: bool,
    /// Whether it says that the household is not there any more.
    pub is_removal: bool,
    /// The values that it changed.
    pub changed: FieldSet,
    /// The household before it.
    pub before: Household,
    /// The household after it.
    pub after: Household,
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
        let (origins, versions) = self
            .workspace
            .with(|workspace| Ok((workspace.origins(&self.id)?, workspace.versions(&self.id)?)))?;
        Ok(HouseholdHistory {
            id: self.id,
            generation: self.generation,
            sources: together(origins),
            versions: changes(versions),
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

/// What each version changed, from the versions with the newest first.
fn changes(versions: Vec<HouseholdVersion>) -> Vec<PastVersion> {
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
        past.push(PastVersion {
            origin: version.origin,
            stated: version.stated,
            is_live: version.is_live,
            is_first,
            is_removal: version.is_removal,
            changed: FieldSet::differing(&before, &after),
            before,
            after,
        });
    }
    past.reverse();
    past
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
        let past = changes(versions);
        let [newest, undone, first] = past.as_slice() else {
            panic!("three versions")
        };
        assert!(first.is_first && !undone.is_first);
        assert_eq!(undone.after.address, "乙路2号");
        assert!(!undone.is_live);
        // What was taken back is not what the next one changed.
        let changed: Vec<_> = newest.changed.iter().collect();
        assert_eq!(changed, [HouseholdField::Phone]);
        assert_eq!(
            (newest.before.phone.as_str(), newest.after.phone.as_str()),
            ("1", "3")
        );
        assert_eq!(newest.after.address, "甲路1号");
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
