//! Households that a list does not have any more.

use super::household::Stored;
use super::import::{Import, Numbers};
use crate::model::{FieldSet, Household};
use crate::words::Fault;
use rusqlite::Result;

impl Import<'_> {
    /// The households that this import's ledgers do not have and that came from the same lists: an
    /// earlier file counts as the same list where at least half of the households of a ledger
    /// were last spoken of by it. To be asked behind the last ledger.
    pub fn vanished(&mut self) -> std::result::Result<Vec<(i64, Household)>, Fault> {
        self.try_vanished().map_err(|error| self.wrap(&error))
    }

    fn try_vanished(&mut self) -> Result<Vec<(i64, Household)>> {
        let Numbers::Known(known) = &self.numbers else {
            return Ok(Vec::new());
        };
        let missing = known.missing(&known.earlier_editions(self.first_file()));
        self.stored_households(&missing)
    }

    /// The households that this import has not, of whatever list; none where they are more than
    /// `most`.
    pub fn unseen(&mut self, most: usize) -> std::result::Result<Vec<(i64, Household)>, Fault> {
        let Numbers::Known(known) = &self.numbers else {
            return Ok(Vec::new());
        };
        let unseen = known.unseen(self.first_file());
        if unseen.len() > most {
            return Ok(Vec::new());
        }
        self.stored_households(&unseen)
            .map_err(|error| self.wrap(&error))
    }

    fn stored_households(&mut self, numbers: &[i64]) -> Result<Vec<(i64, Household)>> {
        let mut households = Vec::with_capacity(numbers.len());
        for number in numbers {
            let mut stored = Stored::default();
            if self.chains.households.get(*number, &mut stored)? {
                households.push((*number, stored.household));
            }
        }
        Ok(households)
    }

    /// Says that a household is not there any more. Its values stay in its past.
    pub fn remove(&mut self, number: i64) -> std::result::Result<(), Fault> {
        self.try_remove(number).map_err(|error| self.wrap(&error))
    }

    fn try_remove(&mut self, number: i64) -> Result<()> {
        let households = &mut self.chains.households;
        let mut stored = Stored::default();
        if !households.get(number, &mut stored)? || stored.mark.gone {
            return Ok(());
        }
        if stored.mark.import != self.file {
            households.keep(number)?;
            stored.mark.stated = FieldSet::NONE;
        }
        stored.mark.import = self.file;
        stored.mark.row = 0;
        stored.mark.gone = true;
        households.update(number, &stored.household, &stored.mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Progress;
    use crate::store::Workspace;
    use crate::store::sample::{NOW, bare, households, import, new_workspace, record};

    /// The households that a file with some rows would leave behind.
    fn vanished(workspace: &mut Workspace, rows: &[&str]) -> Vec<String> {
        let mut import = workspace.begin_import().unwrap();
        import.begin_file(&record("next.csv")).unwrap();
        for id in rows {
            import.propose(&bare(id), FieldSet::ALL).unwrap();
        }
        let vanished = import.vanished().unwrap();
        vanished.into_iter().map(|(_, one)| one.id).collect()
    }

    #[test]
    fn those_of_the_same_list_vanish_and_those_of_others_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        import(&mut workspace, "a.csv", &["1", "2", "3", "4"].map(bare));
        import(&mut workspace, "b.csv", &["5", "6", "7"].map(bare));
        assert_eq!(vanished(&mut workspace, &["1", "2", "8"]), ["3", "4"]);
        assert_eq!(vanished(&mut workspace, &["1", "2", "5"]), ["3", "4"]);
        assert_eq!(vanished(&mut workspace, &["1", "2", "5", "6"]), [""; 0]);
        // Seen again, unchanged: the newest file is the earlier edition.
        import(&mut workspace, "a.csv", &["1", "2", "3"].map(bare));
        assert_eq!(vanished(&mut workspace, &["1", "2"]), ["3"]);
        // A file that mixes three lists is none of them.
        import(&mut workspace, "c.csv", &["9", "10"].map(bare));
        assert_eq!(vanished(&mut workspace, &["1", "5", "9"]), [""; 0]);
        assert_eq!(vanished(&mut workspace, &["20"]), [""; 0]);
    }

    #[test]
    fn a_removed_household_comes_back_with_an_undo_or_with_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        import(&mut workspace, "a.csv", &["1", "2"].map(bare));
        let mut next = workspace.begin_import().unwrap();
        next.begin_file(&record("a.csv")).unwrap();
        next.put_household(&bare("1"), FieldSet::ALL, 2).unwrap();
        for (number, _) in next.vanished().unwrap() {
            next.remove(number).unwrap();
        }
        let removal = next.commit(NOW).unwrap();
        assert_eq!(households(&workspace), [bare("1")]);
        assert_eq!(workspace.household_count().unwrap(), 1);
        let back = import(&mut workspace, "a.csv", &["1", "2"].map(bare));
        assert_eq!(households(&workspace), ["1", "2"].map(bare));
        let progress = Progress::new();
        let report = workspace.undo_batch(back, 0, &progress).unwrap();
        assert_eq!((report.removed, report.changed), (1, 0));
        let report = workspace.undo_batch(removal, 0, &progress).unwrap();
        assert_eq!((report.restored, report.changed), (1, 0));
        assert_eq!(households(&workspace), ["1", "2"].map(bare));
    }
}
