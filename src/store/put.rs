//! Rows of an import that belong to households, and those of other departments' lists.

use super::id_numbers::IdNumbers;
use super::import::{Import, opened};
use super::members::Members;
use super::rows::Put;
use crate::model::{ListEntry, Need, Person, Receipt, Resource, Visit};
use crate::words::Fault;
use rusqlite::Result;

/// What putting a row of a household did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutRow {
    /// It is stored; the ledger knows its household.
    Stored {
        /// What it did.
        put: Put,
        /// Whether the household has the member that the row names. True as well where the row
        /// names none, or where no member of the household is known.
        is_member_known: bool,
    },
    /// The ledger does not have its household: it is not stored.
    UnknownHousehold,
}

macro_rules! puts {
    ($($(#[$doc:meta])* $name:ident $record:ident $rows:ident |$row:ident| $member:expr;)*) => {
        impl Import<'_> {
            $(
                $(#[$doc])*
                pub fn $name(
                    &mut self,
                    $row: &$record,
                    row: u64,
                ) -> std::result::Result<PutRow, Fault> {
                    self.household_and_member(&$row.household_id, $member)
                        .and_then(|found| {
                            let Some((household, is_member_known)) = found else {
                                return Ok(PutRow::UnknownHousehold);
                            };
                            let (connection, file) = (self.connection(), self.file);
                            let rows = opened(&mut self.tables.$rows, connection)?;
                            let put = rows.put(household, $row, file, row)?;
                            Ok(PutRow::Stored { put, is_member_known })
                        })
                        .map_err(|error| self.wrap(&error))
                }
            )*
        }
    };
}

puts! {
    /// Stores a member: known again by ID number, own number or name within the household.
    put_person Person persons |person| "";
    /// Stores a receipt: known again by member, programme and first day.
    put_receipt Receipt receipts |receipt| &receipt.member;
    /// Stores a need: known again by member, category, day and detail.
    put_need Need needs |need| &need.member;
    /// Stores a visit: known again by its days and who went. One that was planned and is done now
    /// is the same.
    put_visit Visit visits |visit| "";
}

impl Import<'_> {
    /// The household of an id, and whether it has a member; nothing where there is none.
    fn household_and_member(&mut self, id: &str, member: &str) -> Result<Option<(i64, bool)>> {
        self.settle()?;
        self.build_index()?;
        let household = match self.chains.households.find(id)? {
            Some(household) => household,
            None => match self.lives_in(id)? {
                Some(household) => household,
                None => return Ok(None),
            },
        };
        if member.is_empty() {
            return Ok(Some((household, true)));
        }
        let connection = self.connection();
        let members = match self.members.take() {
            Some(members) => members,
            None => Members::read(connection)?,
        };
        let members = self.members.insert(members);
        let is_known = members.knows(connection, household, member)?;
        Ok(Some((household, is_known)))
    }

    /// The household of somebody's ID number, where a row names nothing else.
    fn lives_in(&mut self, id_number: &str) -> Result<Option<i64>> {
        if super::known::id_number_key(id_number) == 0 {
            return Ok(None);
        }
        let numbers = match self.id_numbers.take() {
            Some(numbers) => numbers,
            None => IdNumbers::read(self.connection())?,
        };
        Ok(self.id_numbers.insert(numbers).household(id_number))
    }

    /// Stores somebody who offers help: known again by the id.
    pub fn put_resource(
        &mut self,
        resource: &Resource,
        row: u64,
    ) -> std::result::Result<Put, Fault> {
        let (connection, file) = (self.connection(), self.file);
        opened(&mut self.tables.resources, connection)
            .and_then(|resources| resources.put(0, resource, file, row))
            .map_err(|error| self.wrap(&error))
    }

    /// Stores an entry of the list that the file holds. From the end of the file on the list
    /// holds what the file has; what only an earlier edition had is not shown any more.
    pub fn put_entry(&mut self, entry: &ListEntry, row: u64) -> std::result::Result<Put, Fault> {
        let (connection, file, list) = (self.connection(), self.file, self.list());
        opened(&mut self.tables.entries, connection)
            .and_then(|entries| entries.put(list, entry, file, row))
            .map_err(|error| self.wrap(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Progress;
    use crate::model::{Date, FieldSet, NeedStatus};
    use crate::store::sample::{NOW, bare, import, new_workspace, record};
    use crate::store::{ImportKind, ImportRecord, Workspace};

    fn file(kind: ImportKind) -> ImportRecord {
        ImportRecord {
            kind,
            list_name: "残联".to_owned(),
            ..record("表.csv")
        }
    }

    fn known(put: Put) -> PutRow {
        PutRow::Stored {
            put,
            is_member_known: true,
        }
    }

    fn person(household_id: &str, id: &str, name: &str, phone: &str) -> Person {
        Person {
            household_id: household_id.to_owned(),
            id: id.to_owned(),
            name: name.to_owned(),
            phone: phone.to_owned(),
            ..Person::default()
        }
    }

    fn persons(workspace: &Workspace) -> Vec<(i64, Person)> {
        let mut all = Vec::new();
        workspace
            .each_person(&mut |number, person| {
                all.push((number, person.clone()));
                Ok(())
            })
            .unwrap();
        all
    }

    fn visits(workspace: &Workspace) -> Vec<Visit> {
        let mut all = Vec::new();
        workspace
            .each_visit(&mut |_, visit| {
                all.push(visit.clone());
                Ok(())
            })
            .unwrap();
        all
    }

    #[test]
    fn members_are_known_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        import(&mut workspace, "a.csv", &["1", "2"].map(bare));
        let rows = [
            (person("1", "", "甲", "1"), known(Put::New)),
            (person("2", "", "甲", "2"), known(Put::New)),
            (person("1", "", "乙", "3"), known(Put::New)),
            (person("1", "", "乙", "3"), known(Put::Repeated(4))),
            (person("1", "", "乙", "4"), known(Put::Repeated(5))),
            (person("9", "", "丙", "5"), PutRow::UnknownHousehold),
        ];
        let mut import = workspace.begin_import().unwrap();
        import.begin_file(&file(ImportKind::Members)).unwrap();
        for ((row, expected), at) in rows.iter().zip(2..) {
            assert_eq!(import.put_person(row, at).unwrap(), *expected, "{row:?}");
        }
        let first = import.commit(NOW).unwrap();
        let stored = [
            (1, rows[0].0.clone()),
            (2, rows[1].0.clone()),
            (1, rows[4].0.clone()),
        ];
        assert_eq!(persons(&workspace), stored);

        let rows = [
            // Now with a number of the member's own, and masked.
            (person("1", "A", "甲", "*"), known(Put::Changed)),
            (person("1", "B", "甲", "7"), known(Put::New)),
            (person("2", "", "甲", "2"), known(Put::Same)),
        ];
        let mut import = workspace.begin_import().unwrap();
        import.begin_file(&file(ImportKind::Members)).unwrap();
        for (row, expected) in &rows {
            assert_eq!(import.put_person(row, 2).unwrap(), *expected, "{row:?}");
        }
        let second = import.commit(NOW).unwrap();
        let changed = [
            (1, person("1", "A", "甲", "1")),
            stored[1].clone(),
            stored[2].clone(),
            (1, rows[1].0.clone()),
        ];
        assert_eq!(persons(&workspace), changed);

        let progress = Progress::new();
        // What the second file has seen or changed stays with it.
        let report = workspace.undo_batch(first, 0, &progress).unwrap();
        assert_eq!(report.rows, 1);
        let kept = [changed[0].clone(), changed[1].clone(), changed[3].clone()];
        assert_eq!(persons(&workspace), kept);
        workspace.undo_batch(second, 0, &progress).unwrap();
        assert_eq!(persons(&workspace), []);
    }

    #[test]
    fn rows_of_households_that_are_gone_wait_for_them() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        let ledger = import(&mut workspace, "a.csv", &["1", "2"].map(bare));
        let mut members = workspace.begin_import().unwrap();
        members.begin_file(&file(ImportKind::Members)).unwrap();
        members.put_person(&person("1", "", "甲", ""), 2).unwrap();
        members.commit(NOW).unwrap();
        workspace.undo_batch(ledger, 0, &Progress::new()).unwrap();
        assert_eq!(workspace.household_count().unwrap(), 0);
        assert_eq!(persons(&workspace), []);
        import(&mut workspace, "a.csv", &["3", "1"].map(bare));
        let found = persons(&workspace);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1, person("1", "", "甲", ""));
        assert_eq!(crate::store::sample::households(&workspace).len(), 2);
    }

    #[test]
    fn a_member_whom_the_household_does_not_have_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        let head = crate::model::Household {
            head_name: "户主".to_owned(),
            ..bare("1")
        };
        import(&mut workspace, "a.csv", &[head, bare("2")]);
        let mut import = workspace.begin_import().unwrap();
        import.begin_file(&file(ImportKind::Members)).unwrap();
        import.put_person(&person("1", "A", "甲", ""), 2).unwrap();
        let without_number = Person {
            born: Date::from_ymd(1980, 1, 1),
            ..person("1", "C", "丁", "")
        };
        import.put_person(&without_number, 3).unwrap();
        import.begin_file(&file(ImportKind::Needs)).unwrap();
        for (household_id, member, is_member_known) in [
            ("1", "", true),
            ("1", "甲", true),
            ("1", "A", true),
            ("1", "户主", true),
            ("1", "乙", false),
            ("1", "甲*", true),
            ("1", "000000198001010013", true),
            ("1", "000000195403070023", false),
            // Nobody knows any member of it.
            ("2", "乙", true),
        ] {
            let need = Need {
                household_id: household_id.to_owned(),
                member: member.to_owned(),
                category: "care".to_owned(),
                status: NeedStatus::Referred,
                urgency: Some(2),
                ..Need::default()
            };
            let put = Put::New;
            let expected = PutRow::Stored {
                put,
                is_member_known,
            };
            assert_eq!(import.put_need(&need, 2).unwrap(), expected, "{member}");
        }
        import.commit(NOW).unwrap();
        let mut count = 0;
        workspace
            .each_need(&mut |_, need| {
                assert_eq!((need.status, need.urgency), (NeedStatus::Referred, Some(2)));
                count += 1;
                Ok(())
            })
            .unwrap();
        assert_eq!(count, 9);
    }

    #[test]
    fn a_planned_visit_that_is_done_is_the_same_visit() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        import(&mut workspace, "a.csv", &[bare("1")]);
        let day = |day| Date::from_ymd(2026, 10, day);
        let visit = |planned_on, done_on| Visit {
            household_id: "1".to_owned(),
            planned_on,
            done_on,
            worker: "网格员".to_owned(),
            seen: done_on.map(|_| true),
            ..Visit::default()
        };
        let rows = [
            (visit(day(1), None), known(Put::New)),
            (visit(day(1), day(2)), known(Put::Repeated(2))),
            (visit(day(1), day(9)), known(Put::New)),
            (visit(None, day(9)), known(Put::New)),
        ];
        let mut import = workspace.begin_import().unwrap();
        import.begin_file(&file(ImportKind::Visits)).unwrap();
        for (row, expected) in &rows {
            assert_eq!(import.put_visit(row, 2).unwrap(), *expected, "{row:?}");
        }
        import.commit(NOW).unwrap();
        let expected: Vec<_> = rows.into_iter().skip(1).map(|(row, _)| row).collect();
        assert_eq!(visits(&workspace), expected);
    }

    #[test]
    fn a_merge_moves_what_the_other_household_had() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        import(&mut workspace, "a.csv", &["1", "2"].map(bare));
        let mut import = workspace.begin_import().unwrap();
        import.begin_file(&file(ImportKind::Members)).unwrap();
        for row in [
            person("1", "", "甲", "1"),
            person("2", "", "甲", "1"),
            person("2", "", "乙", "1"),
        ] {
            import.put_person(&row, 2).unwrap();
        }
        import.commit(NOW).unwrap();
        let before = persons(&workspace);
        let merge = workspace.merge_households("1", "2", NOW).unwrap();
        let expected = [
            (1, person("1", "", "甲", "1")),
            (1, person("1", "", "乙", "1")),
        ];
        assert_eq!(persons(&workspace), expected);
        assert_eq!(workspace.household_count().unwrap(), 1);
        let gone = workspace.merge_households("1", "2", NOW).unwrap_err();
        assert_eq!(gone.message.key(), "store.no_household");
        let report = workspace.undo_batch(merge, 0, &Progress::new()).unwrap();
        assert_eq!((report.restored, report.rows), (1, 2));
        assert_eq!(persons(&workspace), before);
    }

    #[test]
    fn a_list_is_its_newest_edition() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        let entry = |name: &str, notes: &str| ListEntry {
            name: name.to_owned(),
            notes: notes.to_owned(),
            ..ListEntry::default()
        };
        let mut batches = Vec::new();
        for rows in [
            // Somebody called twice: both rows are kept.
            vec![entry("甲", "一"), entry("甲", "二"), entry("乙", "")],
            vec![entry("甲", "一"), entry("丙", "")],
            vec![],
        ] {
            let mut import = workspace.begin_import().unwrap();
            import
                .begin_file(&file(ImportKind::DepartmentList))
                .unwrap();
            for (row, line) in rows.iter().zip(2..) {
                import.put_entry(row, line).unwrap();
            }
            import.end_file(&file(ImportKind::DepartmentList)).unwrap();
            batches.push(import.commit(NOW).unwrap());
        }
        let entries = |workspace: &Workspace| {
            let lists = workspace.lists().unwrap();
            let mut names = Vec::new();
            for list in &lists {
                workspace
                    .each_entry(list.number, &mut |_, entry| {
                        names.push(entry.name.clone());
                        Ok(())
                    })
                    .unwrap();
                assert_eq!((&*list.name, &*list.source), ("残联", "表.csv"));
                assert_eq!(list.entries as usize, names.len());
            }
            names
        };
        assert_eq!(entries(&workspace), ["甲", "丙"]);
        workspace
            .undo_batch(batches[1], 0, &Progress::new())
            .unwrap();
        assert_eq!(entries(&workspace), ["甲", "甲", "乙"]);
        workspace
            .undo_batch(batches[0], 0, &Progress::new())
            .unwrap();
        assert_eq!(entries(&workspace), [""; 0]);
    }

    #[test]
    fn everything_of_the_tables_comes_back_as_it_was() {
        use crate::model::{CodeList, DisabilityKind, LonLat, Sex};
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        let mut import = workspace.begin_import().unwrap();
        import.begin_file(&record("a.csv")).unwrap();
        import.put_household(&bare("1"), FieldSet::ALL, 2).unwrap();
        let day = Date::from_ymd(1969, 12, 31);
        let person = Person {
            household_id: "1".to_owned(),
            id: "01".to_owned(),
            name: "某某".to_owned(),
            id_number: "34052419800101001X".to_owned(),
            phone: "013800000000".to_owned(),
            relation: "配偶".to_owned(),
            sex: Some(Sex::Female),
            born: day,
            disability_certificate: "34052419800101001X42".to_owned(),
            certificate_until: Date::from_ymd(2028, 2, 29),
            disability_kind: Some(DisabilityKind::Multiple),
            disability_level: Some(4),
            health: "一般".to_owned(),
            self_care: "能".to_owned(),
            schooling: "小学".to_owned(),
            work: "务农".to_owned(),
            monthly_income: Some(0.1 + 0.2),
            tags: CodeList::split("a、b"),
            notes: "=1+1".to_owned(),
        };
        let receipt = Receipt {
            household_id: "1".to_owned(),
            member: "01".to_owned(),
            programme: "dibao".to_owned(),
            start: day,
            end: Date::from_ymd(2026, 1, 1),
            monthly_amount: Some(500.5),
            reviewed_on: Date::from_ymd(2025, 6, 30),
            notes: "注".to_owned(),
        };
        let resource = Resource {
            id: "R1".to_owned(),
            name: "食堂".to_owned(),
            category: "care".to_owned(),
            address: "路".to_owned(),
            position: LonLat::new(121.0, 30.0),
            capacity: Some(u32::MAX),
            radius_m: Some(500.0),
            hours: "8–17".to_owned(),
            phone: "0574".to_owned(),
            notes: String::new(),
        };
        import.put_person(&person, 2).unwrap();
        import.put_receipt(&receipt, 2).unwrap();
        assert_eq!(import.put_resource(&resource, 2).unwrap(), Put::New);
        let again = import.put_resource(&resource, 3).unwrap();
        assert_eq!(again, Put::Repeated(2));
        import.commit(NOW).unwrap();
        assert_eq!(persons(&workspace), [(1, person)]);
        let mut seen = 0;
        workspace
            .each_receipt(&mut |number, found| {
                assert_eq!((number, found), (1, &receipt));
                seen += 1;
                Ok(())
            })
            .unwrap();
        workspace
            .each_resource(&mut |found| {
                assert_eq!(found, &resource);
                seen += 1;
                Ok(())
            })
            .unwrap();
        assert_eq!(seen, 2);
    }
}
