//! An address table of an import: households without a position get the one of their address.

use super::tables::{Sink, Tables};
use super::target::Target;
use crate::analysis::AddressIndex;
use crate::base::Progress;
use crate::model::{AddressEntry, FieldSet, Household, HouseholdField};
use crate::read::{Batch, Records};
use crate::store::Proposal;
use crate::words::Fault;

/// The entries so far, with their rows.
#[derive(Default)]
pub(super) struct Addresses {
    entries: Vec<AddressEntry>,
    rows: Vec<u64>,
}

impl Sink for Addresses {
    fn take(&mut self, _: &mut Tables<'_, '_>, batch: Batch) -> Result<Vec<u64>, Fault> {
        if let Records::Addresses(entries) = batch.records {
            self.entries.extend(entries);
            self.rows.extend(batch.rows);
        }
        Ok(Vec::new())
    }

    fn finish(&mut self, to: &mut Tables<'_, '_>, progress: &Progress) -> Result<Vec<u64>, Fault> {
        let Target::Store(import) = to.target else {
            return Ok(Vec::new());
        };
        let index = AddressIndex::new(&self.entries);
        let mut placed: Vec<(Household, u64)> = Vec::new();
        import.each_unplaced(&mut |household| {
            progress.tick(0)?;
            let code = Some(household.address.as_str());
            if let Some(hit) = index.find(&household.address, code) {
                let row = self.rows.get(hit.entry).copied().unwrap_or_default();
                let placed_one = Household {
                    id: household.id.clone(),
                    position: Some(hit.position),
                    position_source: hit.grade,
                    ..Household::default()
                };
                placed.push((placed_one, row));
            }
            Ok(())
        })?;
        let stated: FieldSet = [HouseholdField::Position].into_iter().collect();
        for (household, row) in placed {
            let id = household.id.clone();
            if let Proposal::Change(change) = import.propose_as(&id, &household, stated)? {
                import.accept_change(&change, change.fields, row)?;
                to.report.placed += 1;
            }
        }
        Ok(Vec::new())
    }
}
