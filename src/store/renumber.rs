//! Households whose ids change: an office may number all of them anew, so that every new id is
//! still another household's while the file is read. Ids are settled behind the last row.

use super::household::{Stored, unsettled_id};
use super::import::Import;
use crate::model::{FieldSet, HouseholdField};
use crate::words::Fault;
use rusqlite::Result;
use std::collections::BTreeMap;

/// A household whose new id was still another's when its row came.
#[derive(Debug)]
pub(super) struct Unsettled {
    number: i64,
    wanted: String,
    file: i64,
    row: u64,
    before: Before,
}

/// What a household falls back to where it cannot have the id.
#[derive(Debug)]
pub(super) enum Before {
    /// It was not there before this import, so there is no id that it could keep.
    Nothing,
    /// It was gone; this was its row.
    Gone(Box<Stored>),
    /// It keeps the id that it has.
    There,
}

impl Unsettled {
    pub(super) fn new(number: i64, wanted: String, file: i64, row: u64, before: Before) -> Self {
        Self {
            number,
            wanted,
            file,
            row,
            before,
        }
    }
}

/// A row whose household id belongs to another household that keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdClash {
    /// The file, by the number that [`Import::begin_file`] gave.
    pub file: i64,
    /// Its row.
    pub row: u64,
    /// The id that could not be given.
    pub wanted: String,
    /// The id that the household keeps; `None` where it is not stored at all.
    pub kept: Option<String>,
}

impl Import<'_> {
    /// Gives households the ids that their rows say, as far as no other household keeps them, and
    /// says which could not be given. To be called behind the last row of a ledger.
    pub fn finish_households(&mut self) -> std::result::Result<Vec<IdClash>, Fault> {
        self.settle().map_err(|error| self.wrap(&error))?;
        Ok(std::mem::take(&mut self.clashes))
    }

    pub(super) fn settle(&mut self) -> Result<()> {
        if self.unsettled.is_empty() {
            return Ok(());
        }
        self.build_index()?;
        let unsettled = std::mem::take(&mut self.unsettled);
        let refused = self.refused(&unsettled)?;
        let households = &mut self.chains.households;
        let all = unsettled.iter().zip(&refused);
        let (given, kept): (Vec<_>, Vec<_>) = all.partition(|(_, is_refused)| !**is_refused);
        // Out of each other's way first, then to their places.
        for (one, _) in &given {
            households.set_id(one.number, &unsettled_id(one.number))?;
        }
        for (one, _) in &given {
            households.set_id(one.number, &one.wanted)?;
        }
        for (one, _) in kept {
            let id = self.keep_id(one)?;
            self.clashes.push(IdClash {
                file: one.file,
                row: one.row,
                wanted: one.wanted.clone(),
                kept: id,
            });
        }
        Ok(())
    }

    /// Which of them cannot have what they want: another household has it and keeps it.
    fn refused(&mut self, unsettled: &[Unsettled]) -> Result<Vec<bool>> {
        let places = unsettled.iter().enumerate();
        let by_number: BTreeMap<i64, usize> = places.map(|(at, one)| (one.number, at)).collect();
        let mut refused = vec![false; unsettled.len()];
        let mut open = Vec::new();
        // Who waits for whose id.
        let mut waiting: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut wanted: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, one) in unsettled.iter().enumerate() {
            let holder = self.chains.households.find(&one.wanted)?;
            let holder = holder.filter(|holder| *holder != one.number);
            let is_first = wanted.insert(&one.wanted, at).is_none();
            match holder.map(|holder| by_number.get(&holder)) {
                Some(Some(holder)) if is_first => waiting.entry(*holder).or_default().push(at),
                None if is_first => {}
                _ => open.push(at),
            }
        }
        while let Some(at) = open.pop() {
            if let Some(is_refused) = refused.get_mut(at)
                && !std::mem::replace(is_refused, true)
            {
                open.extend(waiting.remove(&at).unwrap_or_default());
            }
        }
        Ok(refused)
    }

    /// Leaves a household its old id, which the file does not state. One that has none goes.
    fn keep_id(&mut self, one: &Unsettled) -> Result<Option<String>> {
        let households = &mut self.chains.households;
        match &one.before {
            Before::Nothing => {
                households.remove(one.number)?;
                return Ok(None);
            }
            Before::Gone(stored) => {
                // As gone as before.
                households.update(one.number, &stored.household, &stored.mark)?;
                households.drop_past(one.number, stored.mark.import)?;
                return Ok(None);
            }
            Before::There => {}
        }
        households.unstate(one.number, FieldSet::from_iter([HouseholdField::Id]))?;
        let mut stored = Stored::default();
        households.get(one.number, &mut stored)?;
        Ok(Some(stored.household.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Progress;
    use crate::model::{Household, IdNumber};
    use crate::store::sample::{NOW, households, import, new_workspace, record};
    use crate::store::{MatchedBy, Proposal, Workspace};
    use std::path::Path;

    /// A household under a serial number.
    fn household(id: usize, who: usize) -> Household {
        let number = format!("00000019800101{who:03}");
        Household {
            id: format!("{id:04}"),
            head_name: format!("户主{who}"),
            id_number: IdNumber::complete(&number).unwrap().to_string(),
            ..Household::default()
        }
    }

    fn ids(workspace: &Workspace) -> Vec<(String, String)> {
        let rows = households(workspace).into_iter();
        rows.map(|one| (one.head_name, one.id)).collect()
    }

    /// Person `who` under the serial number `who`.
    fn numbered(folder: &Path, people: usize) -> Workspace {
        let mut workspace = new_workspace(folder);
        let rows: Vec<_> = (1..=people).map(|who| household(who, who)).collect();
        import(&mut workspace, "a.csv", &rows);
        workspace
    }

    #[test]
    fn a_list_numbered_anew_is_the_same_households() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = numbered(folder.path(), 100);
        // One more at the top: all the others move down by one.
        let mut rows = vec![household(1, 101)];
        rows.extend((1..=100).map(|who| household(who + 1, who)));
        let mut import = workspace.begin_import().unwrap();
        import.begin_file(&record("a.csv")).unwrap();
        assert!(import.has_households().unwrap());
        for row in &rows {
            import.foresee(&row.id_number).unwrap();
        }
        for (row, line) in rows.iter().zip(2..) {
            match import.propose(row, FieldSet::ALL).unwrap() {
                Proposal::New => {
                    assert_eq!(line, 2);
                    import.accept_new(row, FieldSet::ALL, line).unwrap();
                }
                Proposal::Change(change) => {
                    assert_eq!(change.by, MatchedBy::IdNumber);
                    let id = FieldSet::from_iter([HouseholdField::Id]);
                    assert_eq!(change.fields, id);
                    import.accept_change(&change, id, line).unwrap();
                }
                Proposal::Same(_) => panic!("every number moves"),
            }
        }
        assert_eq!(import.finish_households().unwrap(), []);
        assert_eq!(import.vanished().unwrap(), []);
        let batch = import.commit(NOW).unwrap();
        let mut expected: Vec<_> = (1..=100).map(|who| household(who + 1, who)).collect();
        expected.push(household(1, 101));
        assert_eq!(households(&workspace), expected);
        let report = workspace.undo_batch(batch, 0, &Progress::new()).unwrap();
        assert_eq!((report.changed, report.removed), (100, 1));
        let before: Vec<_> = (1..=100).map(|who| household(who, who)).collect();
        assert_eq!(households(&workspace), before);
    }

    #[test]
    fn two_households_can_change_places() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = numbered(folder.path(), 3);
        let rows = [household(2, 1), household(1, 2)];
        import(&mut workspace, "a.csv", &rows);
        let third = household(3, 3);
        assert_eq!(households(&workspace), [&rows[..], &[third]].concat());
    }

    #[test]
    fn an_id_that_another_household_keeps_is_not_given() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = numbered(folder.path(), 4);
        let mut import = workspace.begin_import().unwrap();
        let file = import.begin_file(&record("a.csv")).unwrap();
        // The fourth is not in the file: the third cannot have its number, nor the second that of
        // the third.
        let rows = [household(9, 1), household(3, 2), household(4, 3)];
        for row in &rows {
            import.foresee(&row.id_number).unwrap();
        }
        for (row, line) in rows.iter().zip(2..) {
            import.put_household(row, FieldSet::ALL, line).unwrap();
        }
        let clash = |row, wanted: &str, kept: &str| IdClash {
            file,
            row,
            wanted: wanted.to_owned(),
            kept: Some(kept.to_owned()),
        };
        let expected = [clash(3, "0003", "0002"), clash(4, "0004", "0003")];
        assert_eq!(import.finish_households().unwrap(), expected);
        import.commit(NOW).unwrap();
        let expected = ["0009", "0002", "0003", "0004"];
        let found: Vec<_> = ids(&workspace).into_iter().map(|(_, id)| id).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_id_number_that_two_have_matches_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = numbered(folder.path(), 2);
        // The file has the first person's ID number twice: the ids decide.
        let rows = [household(3, 1), household(1, 1), household(2, 2)];
        import(&mut workspace, "a.csv", &rows);
        let expected = [household(1, 1), household(2, 2), household(3, 1)];
        assert_eq!(households(&workspace), expected);
        // Now the workspace has it twice.
        import(&mut workspace, "a.csv", &[household(3, 1), household(4, 1)]);
        assert_eq!(households(&workspace).len(), 4);
    }

    #[test]
    fn an_undo_that_would_give_one_id_to_two_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = numbered(folder.path(), 1);
        let moved = import(&mut workspace, "a.csv", &[household(2, 1)]);
        let taken = import(&mut workspace, "b.csv", &[household(1, 7)]);
        let before = households(&workspace);
        let fault = workspace.undo_batch(moved, 0, &Progress::new());
        assert_eq!(fault.unwrap_err().message.key(), "store.undo_clash");
        assert_eq!(households(&workspace), before);
        assert!(
            workspace
                .batches()
                .unwrap()
                .iter()
                .all(|batch| batch.undone_at.is_none())
        );
        workspace.undo_batch(taken, 0, &Progress::new()).unwrap();
        workspace.undo_batch(moved, 5, &Progress::new()).unwrap();
        assert_eq!(households(&workspace), [household(1, 1)]);
        assert_eq!(workspace.batches().unwrap()[1].undone_at, Some(5));
    }
}
