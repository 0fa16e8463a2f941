//! Households of a file, one by one: what each would change, and taking it over.

use super::household::{Mark, Stored, unsettled_id};
use super::import::{Import, Numbers};
use super::person::is_masked;
use super::renumber::{Before, Unsettled};
use super::rows::Put;
use crate::model::{FieldSet, Household, HouseholdField};
use crate::words::Fault;
use rusqlite::{Error, Result};

/// How a row was matched with a stored household.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchedBy {
    /// By the ID number of the head; the household's own number differs.
    IdNumber,
    /// By the household's own number.
    Id,
}

/// What a row of a ledger would do.
#[derive(Debug, Clone, PartialEq)]
pub enum Proposal {
    /// The household was not there before.
    New,
    /// It is known, and the row says nothing new.
    Same(Sighting),
    /// It is known, and the row would change it.
    Change(Box<Change>),
}

/// A household that a row says again as it is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting {
    /// The household's number.
    pub number: i64,
    stated: FieldSet,
    edited: FieldSet,
}

/// What a row would change of a household.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The household's number.
    pub number: i64,
    /// As it is.
    pub before: Household,
    /// As it would be with all of the values.
    pub after: Household,
    /// The values that would change.
    pub fields: FieldSet,
    /// Those of them that somebody recorded here.
    pub recorded: FieldSet,
    /// How the row was matched.
    pub by: MatchedBy,
    /// Whether the household was gone and comes back.
    pub returns: bool,
    stated: FieldSet,
    edited: FieldSet,
}

impl Import<'_> {
    /// Whether rows of a ledger should be foreseen (see [`Import::foresee`]): there are
    /// households to match them with.
    pub fn has_households(&mut self) -> std::result::Result<bool, Fault> {
        self.begin_numbers().map_err(|error| self.wrap(&error))?;
        Ok(matches!(self.numbers, Numbers::Known(_)))
    }

    /// Says of each row of the ledger that has begun, before the first is proposed, which ID
    /// number its head has. Where the office has numbered its households anew, this is what tells
    /// which row is which household; without it, rows are matched as they come.
    pub fn foresee(&mut self, id_number: &str) -> std::result::Result<(), Fault> {
        self.begin_numbers().map_err(|error| self.wrap(&error))?;
        if let Numbers::Known(known) = &mut self.numbers {
            known.foresee(id_number);
        }
        Ok(())
    }

    /// What a row would do, of which the file states some values: the household is matched by
    /// the head's ID number where that is valid and nobody else's, then by its own number.
    /// Values with stars in place of characters that are known in full state nothing.
    pub fn propose(
        &mut self,
        household: &Household,
        stated: FieldSet,
    ) -> std::result::Result<Proposal, Fault> {
        self.try_propose(household, stated)
            .map_err(|error| self.wrap(&error))
    }

    fn try_propose(&mut self, household: &Household, stated: FieldSet) -> Result<Proposal> {
        self.begin_numbers()?;
        let number = match &mut self.numbers {
            // Nothing was stored before this file, and a file has an id once.
            Numbers::Fresh { .. } | Numbers::Unasked => None,
            Numbers::Known(known) => {
                known.find(household, self.file, &mut self.chains.households)?
            }
        };
        match number {
            Some(number) => self.compare(number, household, stated),
            None => Ok(Proposal::New),
        }
    }

    /// What a row would do to a household that is known.
    pub(super) fn compare(
        &mut self,
        number: i64,
        household: &Household,
        stated: FieldSet,
    ) -> Result<Proposal> {
        self.chains.households.get(number, &mut self.current)?;
        let returns = self.current.mark.gone;
        if returns {
            self.current = self.as_it_would_be(number)?;
        }
        let before = &self.current.household;
        let edited = self.current.mark.edited;
        let stated = truly_stated(household, stated, before);
        let fields = FieldSet::differing(before, household).and(stated);
        if fields.is_empty() && !returns {
            return Ok(Proposal::Same(Sighting {
                number,
                stated,
                edited: edited.and(stated),
            }));
        }
        let before = std::mem::take(&mut self.current.household);
        let mut after = before.clone();
        for field in fields.iter() {
            field.copy(household, &mut after);
        }
        let by = if before.id == household.id {
            MatchedBy::Id
        } else {
            MatchedBy::IdNumber
        };
        Ok(Proposal::Change(Box::new(Change {
            number,
            before,
            after,
            fields,
            recorded: fields.and(edited),
            by,
            returns,
            stated,
            edited,
        })))
    }

    /// A household that is gone, with the values that still stand and which of them are edits. Its
    /// row may show what was undone.
    fn as_it_would_be(&mut self, number: i64) -> Result<Stored> {
        let fold = self.chains.fold(number)?;
        let mut household = fold.household;
        if !fold.stated.contains(HouseholdField::Id) {
            household.id.clone_from(&self.current.household.id);
        }
        let mark = Mark {
            edited: fold.edited,
            ..self.current.mark
        };
        Ok(Stored {
            household,
            mark,
            number,
        })
    }

    /// Adds a household that was proposed as new; gives its number. Where another household still
    /// has its id, [`Import::finish_households`] says whether it could be kept.
    pub fn accept_new(
        &mut self,
        household: &Household,
        stated: FieldSet,
        row: u64,
    ) -> std::result::Result<i64, Fault> {
        self.try_accept_new(household, stated, row)
            .map_err(|error| self.wrap(&error))
    }

    fn try_accept_new(&mut self, household: &Household, stated: FieldSet, row: u64) -> Result<i64> {
        self.begin_numbers()?;
        let file = self.file;
        let mut stated = stated;
        stated.insert(HouseholdField::Id);
        let mark = Mark {
            import: file,
            row,
            stated,
            edited: FieldSet::NONE,
            gone: false,
        };
        let households = &mut self.chains.households;
        let (number, is_free) = match &mut self.numbers {
            Numbers::Fresh { by_id, .. } => {
                let number = by_id.len() as i64 + 1;
                let is_free = by_id.insert_new(&household.id, number);
                if !is_free {
                    // Kept apart, so that no number is given twice.
                    by_id.insert_new(&unsettled_id(number), number);
                }
                (number, is_free)
            }
            Numbers::Known(known) => {
                let number = known.next_number();
                known.add(number, &household.id_number, file);
                (number, households.find(&household.id)?.is_none())
            }
            // It has begun above.
            Numbers::Unasked => return Err(Error::QueryReturnedNoRows),
        };
        let is_all_stated = stated == FieldSet::ALL
            || FieldSet::differing(household, &Household::default())
                .without(stated)
                .is_empty();
        if is_free && is_all_stated {
            households.insert(number, household, &mark)?;
            return Ok(number);
        }
        // What the file does not state stays empty: no version would vouch for it.
        let mut own = Household::default();
        for field in stated.iter() {
            field.copy(household, &mut own);
        }
        if !is_free {
            let wanted = std::mem::replace(&mut own.id, unsettled_id(number));
            let before = Before::Nothing;
            self.unsettled
                .push(Unsettled::new(number, wanted, file, row, before));
        }
        households.insert(number, &own, &mark)?;
        Ok(number)
    }

    /// Takes over some of the values that a row would change. The others stay as they are: the
    /// file does not count as having stated them. With no value at all the household counts as
    /// seen.
    pub fn accept_change(
        &mut self,
        change: &Change,
        fields: FieldSet,
        row: u64,
    ) -> std::result::Result<(), Fault> {
        self.try_accept_change(change, fields, row)
            .map_err(|error| self.wrap(&error))
    }

    fn try_accept_change(&mut self, change: &Change, fields: FieldSet, row: u64) -> Result<()> {
        let number = change.number;
        let taken = change.fields.and(fields);
        let stated = change.stated.without(change.fields).or(taken);
        if taken.is_empty() && !change.returns {
            let edited = change.edited.and(stated);
            return self.see(number, stated, edited, row);
        }
        let households = &mut self.chains.households;
        let mut current = Stored::default();
        households.get(number, &mut current)?;
        let mut household = if change.returns {
            change.before.clone()
        } else {
            current.household.clone()
        };
        for field in taken.iter() {
            field.copy(&change.after, &mut household);
        }
        let mut mark = Mark {
            import: self.file,
            row,
            stated,
            edited: change.edited.without(stated),
            gone: false,
        };
        if current.mark.import == self.file {
            mark.stated = stated.or(current.mark.stated);
        } else {
            households.keep(number)?;
        }
        if taken.contains(HouseholdField::IdNumber)
            && let Numbers::Known(known) = &mut self.numbers
        {
            known.set_id_number(number, &household.id_number);
        }
        let is_renumbered = taken.contains(HouseholdField::Id) || change.returns;
        let holder = match &self.numbers {
            Numbers::Known(_) if is_renumbered => households.find(&household.id)?,
            _ => None,
        };
        if holder.is_some_and(|holder| holder != number) {
            let (kept, before) = if change.returns {
                (unsettled_id(number), Before::Gone(Box::new(current)))
            } else {
                (change.before.id.clone(), Before::There)
            };
            let wanted = std::mem::replace(&mut household.id, kept);
            self.unsettled
                .push(Unsettled::new(number, wanted, self.file, row, before));
        }
        households.update(number, &household, &mark)
    }

    /// Says that a household was seen as it is known.
    pub fn confirm(&mut self, sighting: &Sighting, row: u64) -> std::result::Result<(), Fault> {
        let Sighting {
            number,
            stated,
            edited,
        } = *sighting;
        self.see(number, stated, edited, row)
            .map_err(|error| self.wrap(&error))
    }

    fn see(&mut self, number: i64, stated: FieldSet, edited: FieldSet, row: u64) -> Result<()> {
        self.chains.seen.push(number, self.file, row, stated);
        if edited.is_empty() {
            return Ok(());
        }
        // The file says the same as somebody here: it is not only recorded here any more.
        self.chains.households.clear_edited(number, edited)
    }

    /// Stores a row with all of its values but those that somebody recorded here otherwise.
    pub fn put_household(
        &mut self,
        household: &Household,
        stated: FieldSet,
        row: u64,
    ) -> std::result::Result<Put, Fault> {
        match self.propose(household, stated)? {
            Proposal::New => self.accept_new(household, stated, row).map(|_| Put::New),
            Proposal::Same(sighting) => self.confirm(&sighting, row).map(|()| Put::Same),
            Proposal::Change(change) => self
                .accept_change(&change, change.fields.without(change.recorded), row)
                .map(|()| Put::Changed),
        }
    }
}

/// The values that a row states of a known household. It always says its id; a value with stars
/// says nothing where the full one is known: a list that was exported masked and comes back must
/// not cost anybody's number.
fn truly_stated(household: &Household, stated: FieldSet, before: &Household) -> FieldSet {
    let mut stated = stated;
    stated.insert(HouseholdField::Id);
    for (field, own, known) in [
        (
            HouseholdField::HeadName,
            &household.head_name,
            &before.head_name,
        ),
        (
            HouseholdField::IdNumber,
            &household.id_number,
            &before.id_number,
        ),
        (HouseholdField::Phone, &household.phone, &before.phone),
    ] {
        if is_masked(own) && !known.is_empty() && !is_masked(known) {
            stated.remove(field);
        }
    }
    stated
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::HouseholdEdit;
    use crate::store::sample::{
        NOW, bare, full, households, import, import_stating, new_workspace, record,
    };

    #[test]
    fn a_masked_list_does_not_cost_a_number() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        let masked = Household {
            head_name: "虚***".to_owned(),
            id_number: "3405**********001X".to_owned(),
            phone: "138****0000".to_owned(),
            notes: "改过".to_owned(),
            ..full()
        };
        for household in [full(), masked.clone()] {
            import(&mut workspace, "a.csv", &[household]);
        }
        let expected = Household {
            notes: "改过".to_owned(),
            ..full()
        };
        assert_eq!(households(&workspace), [expected]);
        // Where nothing better is known, a masked value is one.
        let other = Household {
            id: "other".to_owned(),
            ..masked
        };
        import(&mut workspace, "b.csv", std::slice::from_ref(&other));
        assert_eq!(households(&workspace)[1], other);
    }

    #[test]
    fn what_a_file_does_not_state_stays() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        import(&mut workspace, "a.csv", &[full()]);
        let stated = FieldSet::from_iter([HouseholdField::Members, HouseholdField::Notes]);
        let row = Household {
            members: Some(3),
            ..bare(&full().id)
        };
        import_stating(&mut workspace, "b.csv", &[row], stated);
        let expected = Household {
            members: Some(3),
            notes: String::new(),
            ..full()
        };
        assert_eq!(households(&workspace), [expected]);
        let id = full().id;
        let origins = workspace.origins(&id).unwrap();
        for (field, origin) in origins {
            let is_second = stated.contains(field) || field == HouseholdField::Id;
            let source = if is_second { "b.csv" } else { "a.csv" };
            assert_eq!((&*origin.source, origin.row), (source, 2), "{field:?}");
        }
        let versions = workspace.versions(&id).unwrap();
        assert_eq!(versions.len(), 2);
        assert_eq!(versions[1].household, full());
    }

    #[test]
    fn a_new_household_has_only_what_its_row_states() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        let stated = FieldSet::from_iter([HouseholdField::Phone]);
        import_stating(&mut workspace, "a.csv", &[full()], stated);
        let expected = Household {
            phone: full().phone,
            ..bare(&full().id)
        };
        assert_eq!(households(&workspace), [expected]);
    }

    #[test]
    fn what_is_recorded_here_is_pointed_out_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        import(&mut workspace, "a.csv", &[bare("1")]);
        let edit = HouseholdEdit {
            id: "1".to_owned(),
            household: Household {
                phone: "13800000000".to_owned(),
                ..Household::default()
            },
            fields: FieldSet::from_iter([HouseholdField::Phone]),
        };
        workspace.edit_household(&edit, NOW).unwrap();
        let row = Household {
            phone: "13900000000".to_owned(),
            members: Some(2),
            ..bare("1")
        };
        let mut import = workspace.begin_import().unwrap();
        import.begin_file(&record("a.csv")).unwrap();
        let Proposal::Change(change) = import.propose(&row, FieldSet::ALL).unwrap() else {
            panic!("a change");
        };
        let fields = [HouseholdField::Phone, HouseholdField::Members];
        assert_eq!(change.fields, FieldSet::from_iter(fields));
        assert_eq!(
            change.recorded,
            FieldSet::from_iter([HouseholdField::Phone])
        );
        assert_eq!((change.after.clone(), change.by), (row, MatchedBy::Id));
        let accepted = change.fields.without(change.recorded);
        import.accept_change(&change, accepted, 2).unwrap();
        import.commit(NOW).unwrap();
        let expected = Household {
            members: Some(2),
            ..edit.household
        };
        let expected = Household {
            id: "1".to_owned(),
            ..expected
        };
        assert_eq!(households(&workspace), [expected]);
        let origins = workspace.origins("1").unwrap();
        let phone = &origins[HouseholdField::Phone as usize];
        assert_eq!((phone.0, &*phone.1.source), (HouseholdField::Phone, ""));
    }
}
