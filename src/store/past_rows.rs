//! All that was said of the rows of one household, those that are gone or taken back among them.

use super::batch::Sources;
use super::household::{Households, Mark};
use super::rows::{self, Record, StoredRow};
use super::{Recorded, Workspace, fault, list};
use crate::model::{ListEntry, Need, Note, Origin, Person, Receipt, Review, Visit};
use crate::words::Fault;
use rusqlite::{Connection, Result};

/// A version of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowVersion<T> {
    /// The file and row, or the edit, that said it.
    pub origin: Origin,
    /// What the row said of the household; nothing where it said that the row is not there any
    /// more, or belongs to another household.
    pub record: Option<T>,
    /// Whether it counts: its batch is not undone.
    pub is_live: bool,
}

/// A row with all of its versions.
#[derive(Debug, Clone, PartialEq)]
pub struct RowPast<T> {
    /// Its number in its table.
    pub number: i64,
    /// Its versions, the oldest first.
    pub versions: Vec<RowVersion<T>>,
}

/// The rows that a household ever had, by their numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HouseholdPast {
    /// The members.
    pub members: Vec<RowPast<Person>>,
    /// The receipts.
    pub receipts: Vec<RowPast<Receipt>>,
    /// The needs.
    pub needs: Vec<RowPast<Need>>,
    /// The visits.
    pub visits: Vec<RowPast<Visit>>,
    /// What people wrote down.
    pub notes: Vec<RowPast<Note>>,
    /// The reviews that were recorded at the desk.
    pub reviews: Vec<RowPast<Review>>,
}

impl Workspace {
    /// The rows that a household ever had, version by version; nothing where no household has this
    /// id. What is said again as it is known is no version of its own.
    pub fn past_rows_of(&self, id: &str) -> std::result::Result<HouseholdPast, Fault> {
        let wrap = |error: rusqlite::Error| fault::of(self.path(), &error);
        let connection = self.connection();
        let found = Households::prepare(connection).and_then(|mut all| all.find(id));
        match found.map_err(wrap)? {
            Some(household) => past_of(connection, household).map_err(wrap),
            None => Ok(HouseholdPast::default()),
        }
    }

    /// The entries of a department's list, each with the file and row that said it last.
    pub fn entries_of(&self, list: i64) -> std::result::Result<Vec<Recorded<ListEntry>>, Fault> {
        let wrap = |error: rusqlite::Error| fault::of(self.path(), &error);
        let connection = self.connection();
        let sources = Sources::read(connection).map_err(wrap)?;
        let entries = rows::all_of::<ListEntry>(connection, &list::is_in(list)).map_err(wrap)?;
        let recorded = entries.into_iter().filter_map(|stored| {
            Some(Recorded {
                number: stored.number,
                origin: origin(&sources, &stored)?,
                record: stored.record,
            })
        });
        Ok(recorded.collect())
    }
}

fn past_of(connection: &Connection, household: i64) -> Result<HouseholdPast> {
    let sources = Sources::read(connection)?;
    Ok(HouseholdPast {
        members: past(connection, &sources, household)?,
        receipts: past(connection, &sources, household)?,
        needs: past(connection, &sources, household)?,
        visits: past(connection, &sources, household)?,
        notes: past(connection, &sources, household)?,
        reviews: past(connection, &sources, household)?,
    })
}

fn past<T: Record>(
    connection: &Connection,
    sources: &Sources,
    household: i64,
) -> Result<Vec<RowPast<T>>> {
    let all = rows::versions_of::<T>(connection, household)?;
    let pasts = all.into_iter().map(|(number, versions)| {
        let versions = versions.into_iter().filter_map(|version| {
            let stored = version.stored;
            Some(RowVersion {
                origin: origin(sources, &stored)?,
                is_live: !version.is_taken_back,
                record: (stored.owner == household && !stored.gone).then_some(stored.record),
            })
        });
        RowPast {
            number,
            versions: versions.collect(),
        }
    });
    Ok(pasts.collect())
}

fn origin<T>(sources: &Sources, stored: &StoredRow<T>) -> Option<Origin> {
    sources.origin(&Mark {
        import: stored.import,
        row: stored.row,
        ..Mark::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Progress;
    use crate::model::{Date, NeedStatus};
    use crate::store::sample::{NOW, bare, import, new_workspace, record};

    const DAY: fn(&str) -> Date = |text| Date::parse(text).unwrap();

    fn need() -> Need {
        Need {
            household_id: "1".to_owned(),
            category: "care".to_owned(),
            ..Need::default()
        }
    }

    fn put_needs(workspace: &mut Workspace, source: &str, needs: &[Need]) -> i64 {
        let mut import = workspace.begin_import().unwrap();
        import.begin_file(&record(source)).unwrap();
        for (need, row) in needs.iter().zip(2..) {
            import.put_need(need, row).unwrap();
        }
        import.commit(NOW).unwrap()
    }

    /// Status, file and whether it counts, version by version; `-` where the row is gone.
    fn told(workspace: &Workspace, id: &str) -> Vec<String> {
        let past = workspace.past_rows_of(id).unwrap();
        let of_row = |row: &RowPast<Need>| {
            let versions = row.versions.iter().map(|version| {
                let said = version.record.as_ref();
                format!(
                    "{}{}{}",
                    said.map_or("-", |need| need.status.code()),
                    if version.is_live { "" } else { "!" },
                    version.origin.source
                )
            });
            versions.collect::<Vec<_>>().join(" ")
        };
        past.needs.iter().map(of_row).collect()
    }

    fn undo(workspace: &mut Workspace, batch: i64) {
        workspace.undo_batch(batch, 0, &Progress::new()).unwrap();
    }

    #[test]
    fn each_state_of_a_need_is_told_and_what_was_taken_back_is_marked() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        import(&mut workspace, "户.csv", &["1", "2"].map(bare));
        put_needs(&mut workspace, "九月", &[need()]);
        let on = DAY("2026-10-01");
        let set = |workspace: &mut Workspace, status| {
            let number = workspace.rows_of("1").unwrap().needs[0].number;
            workspace
                .set_need_status("1", number, status, on, NOW)
                .unwrap()
        };
        set(&mut workspace, NeedStatus::Referred);
        let met = set(&mut workspace, NeedStatus::Met);
        assert_eq!(told(&workspace, "1"), ["open九月 referred met"]);
        undo(&mut workspace, met);
        assert_eq!(told(&workspace, "1"), ["open九月 referred met!"]);
        // It is not as if the file had said so: the next change builds on what counts.
        set(&mut workspace, NeedStatus::Withdrawn);
        assert_eq!(told(&workspace, "1"), ["open九月 referred met! withdrawn"]);
        let rows = workspace.rows_of("1").unwrap();
        assert_eq!(rows.needs.len(), 1);
        assert_eq!(rows.needs[0].record.status, NeedStatus::Withdrawn);
        // A file that repeats itself says nothing that counts.
        put_needs(&mut workspace, "十月", &[need()]);
        assert_eq!(told(&workspace, "1"), ["open九月 referred met! withdrawn"]);
        assert_eq!(told(&workspace, "2"), [""; 0]);
        assert_eq!(told(&workspace, "3"), [""; 0]);
    }

    #[test]
    fn a_row_that_was_taken_back_keeps_its_number_to_itself() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        import(&mut workspace, "户.csv", &["1", "2"].map(bare));
        let wrong = put_needs(&mut workspace, "错", &[need()]);
        undo(&mut workspace, wrong);
        assert_eq!(told(&workspace, "1"), ["open!错"]);
        assert_eq!(workspace.rows_of("1").unwrap().needs, []);
        let of_two = Need {
            household_id: "2".to_owned(),
            ..need()
        };
        put_needs(&mut workspace, "对", &[of_two, need()]);
        assert_eq!(told(&workspace, "1"), ["open!错", "open对"]);
        assert_eq!(told(&workspace, "2"), ["open对"]);
        // Undone files whose rows a later one has confirmed: the later one's word stands.
        let again = put_needs(&mut workspace, "再", &[need()]);
        undo(&mut workspace, again);
        assert_eq!(told(&workspace, "1"), ["open!错", "open对"]);
    }

    #[test]
    fn a_confirmed_row_outlives_the_file_that_brought_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        import(&mut workspace, "户.csv", &["1"].map(bare));
        let first = put_needs(&mut workspace, "一", &[need()]);
        put_needs(&mut workspace, "二", &[need()]);
        undo(&mut workspace, first);
        assert_eq!(told(&workspace, "1"), ["open!一 open二"]);
        assert_eq!(workspace.rows_of("1").unwrap().needs.len(), 1);
    }

    #[test]
    fn a_household_that_goes_takes_along_what_was_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        let ledger = import(&mut workspace, "户.csv", &["1"].map(bare));
        let wrong = put_needs(&mut workspace, "错", &[need()]);
        undo(&mut workspace, wrong);
        undo(&mut workspace, ledger);
        // The next household gets its number, and nothing of its past.
        import(&mut workspace, "户.csv", &["9"].map(bare));
        assert_eq!(
            workspace.past_rows_of("9").unwrap(),
            HouseholdPast::default()
        );
    }

    #[test]
    fn a_note_waits_for_its_household_to_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        let ledger = import(&mut workspace, "户.csv", &["1"].map(bare));
        let note = Note {
            text: "有狗".to_owned(),
            ..Note::default()
        };
        workspace.add_note("1", &note, NOW).unwrap();
        undo(&mut workspace, ledger);
        // Another household does not get its number, and so not its note.
        import(&mut workspace, "户.csv", &["9"].map(bare));
        assert_eq!(workspace.rows_of("9").unwrap().notes, []);
        import(&mut workspace, "户.csv", &["1", "9"].map(bare));
        assert_eq!(workspace.rows_of("1").unwrap().notes.len(), 1);
    }

    #[test]
    fn a_merge_brings_rows_and_takes_them_away() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        import(&mut workspace, "户.csv", &["1", "2"].map(bare));
        put_needs(&mut workspace, "一", &[need()]);
        workspace.merge_households("2", "1", NOW).unwrap();
        assert_eq!(told(&workspace, "2"), ["-一 open"]);
    }
}
