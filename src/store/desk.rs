//! What people record at the desk about one household: visits, needs, notes. Each is a batch of its
//! own; what it changes stays behind it as an earlier version.

use super::batch::Stamp;
use super::edit::find;
use super::household_rows::HouseholdRows;
use super::rows::{Record, Rows};
use super::{Workspace, fault};
use crate::model::{Date, Need, NeedStatus, Note, Review, Visit};
use crate::words::{Fault, Message};

impl Workspace {
    /// Records a visit, planned or done; gives the number of the batch. With the number of a visit
    /// that was planned, it is that visit.
    ///
    /// # Errors
    /// There is such a visit (the same days, the same worker), or none of that number.
    pub fn add_visit(
        &mut self,
        id: &str,
        visit: &Visit,
        planned: Option<i64>,
        stamp: Stamp<'_>,
    ) -> Result<i64, Fault> {
        match planned {
            None => self.record(id, visit, "store.same_visit", stamp),
            Some(number) => self.change::<Visit>(id, number, stamp, |stored| {
                *stored = visit.clone();
                stored.household_id.clear();
            }),
        }
    }

    /// Records a need; gives the number of the batch.
    ///
    /// # Errors
    /// There is such a need: the same member, category, day and detail.
    pub fn add_need(&mut self, id: &str, need: &Need, stamp: Stamp<'_>) -> Result<i64, Fault> {
        self.record(id, need, "store.same_need", stamp)
    }

    /// Writes something down; gives the number of the batch.
    ///
    /// # Errors
    /// It is written down already: the same day, text and author.
    pub fn add_note(&mut self, id: &str, note: &Note, stamp: Stamp<'_>) -> Result<i64, Fault> {
        self.record(id, note, "store.same_note", stamp)
    }

    /// Records that receipts of a programme were reviewed; gives the number of the batch.
    ///
    /// # Errors
    /// The household has no such receipt that had begun by the day and not ended before it, or the
    /// same review is recorded.
    pub fn add_review(
        &mut self,
        id: &str,
        review: &Review,
        stamp: Stamp<'_>,
    ) -> Result<i64, Fault> {
        if !has_receipt(&self.rows_of(id)?, review) {
            return Err(Fault::input(Message::new("store.nothing_to_review")));
        }
        self.record(id, review, "store.same_review", stamp)
    }

    /// Says where a need stands from a day on; gives the number of the batch. The day counts for
    /// needs that are met or withdrawn.
    ///
    /// # Errors
    /// The household has no need of this number.
    pub fn set_need_status(
        &mut self,
        id: &str,
        need: i64,
        status: NeedStatus,
        on: Date,
        stamp: Stamp<'_>,
    ) -> Result<i64, Fault> {
        self.change::<Need>(id, need, stamp, |stored| {
            stored.status = status;
            let closes = matches!(status, NeedStatus::Met | NeedStatus::Withdrawn);
            stored.closed_on = closes.then_some(on);
        })
    }

    /// A new row.
    fn record<T: Record>(
        &self,
        id: &str,
        record: &T,
        taken: &'static str,
        stamp: Stamp<'_>,
    ) -> Result<i64, Fault> {
        let wrap = |error: rusqlite::Error| fault::of(self.path(), &error);
        self.in_batch(stamp, |chains, connection, import| {
            let household = find(self, chains, id)?;
            let mut rows = Rows::<T>::open_for(connection, household).map_err(wrap)?;
            if rows.has(household, record).map_err(wrap)? {
                return Err(Fault::input(Message::new(taken)));
            }
            rows.put(household, record, import, 0).map_err(wrap)?;
            rows.flush().map_err(wrap)
        })
    }

    /// A new version of a row.
    fn change<T: Record>(
        &self,
        id: &str,
        number: i64,
        stamp: Stamp<'_>,
        change: impl FnOnce(&mut T),
    ) -> Result<i64, Fault> {
        let wrap = |error: rusqlite::Error| fault::of(self.path(), &error);
        self.in_batch(stamp, |chains, connection, import| {
            let household = find(self, chains, id)?;
            let mut rows = Rows::<T>::open_for(connection, household).map_err(wrap)?;
            let is_there = rows.change(household, number, import, change);
            if is_there.map_err(wrap)? {
                Ok(())
            } else {
                Err(Fault::input(Message::new("store.no_such_row")))
            }
        })
    }
}

/// Whether a household has a receipt that a review can be about.
fn has_receipt(rows: &HouseholdRows, review: &Review) -> bool {
    let members: Vec<_> = rows.members.iter().map(|member| &member.record).collect();
    let mut receipts = rows.receipts.iter().map(|one| &one.record);
    receipts.any(|receipt| review.is_of(receipt, &members))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Progress;
    use crate::model::Receipt;
    use crate::store::sample::{NOW, bare, import, new_workspace, record};
    use crate::store::{HouseholdRows, Put, PutRow};

    fn day(text: &str) -> Option<Date> {
        Date::parse(text)
    }

    fn need(status: NeedStatus) -> Need {
        Need {
            household_id: "1".to_owned(),
            category: "care".to_owned(),
            detail: "送餐".to_owned(),
            source: "本人".to_owned(),
            raised_on: day("2026-10-01"),
            urgency: Some(2),
            status,
            ..Need::default()
        }
    }

    fn visit(planned: &str, done: &str, outcome: &str) -> Visit {
        Visit {
            household_id: "1".to_owned(),
            planned_on: day(planned),
            done_on: day(done),
            worker: "示范员".to_owned(),
            outcome: outcome.to_owned(),
            ..Visit::default()
        }
    }

    /// Reads files that hold one need or visit; gives the batch and what became of the row.
    fn read_file(workspace: &mut Workspace, need: &[Need], visit: &[Visit]) -> (i64, Vec<Put>) {
        let mut import = workspace.begin_import().unwrap();
        import.begin_file(&record("表.csv")).unwrap();
        let needs = need.iter().map(|one| import.put_need(one, 2).unwrap());
        let mut put: Vec<PutRow> = needs.collect();
        put.extend(visit.iter().map(|one| import.put_visit(one, 2).unwrap()));
        let put = put.into_iter().map(|put| match put {
            PutRow::Stored { put, .. } => put,
            PutRow::UnknownHousehold => panic!("no household"),
        });
        let put = put.collect();
        (import.commit(NOW).unwrap(), put)
    }

    fn office() -> (Workspace, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(folder.path());
        import(&mut workspace, "户.csv", &["1", "2"].map(bare));
        (workspace, folder)
    }

    fn rows(workspace: &Workspace) -> HouseholdRows {
        workspace.rows_of("1").unwrap()
    }

    fn undo(workspace: &mut Workspace, batch: i64) {
        workspace.undo_batch(batch, 0, &Progress::new()).unwrap();
    }

    /// Status, and whether the last word came from the desk.
    fn status(workspace: &Workspace) -> (NeedStatus, bool) {
        let needs = rows(workspace).needs;
        assert_eq!(needs.len(), 1, "{needs:?}");
        (needs[0].record.status, needs[0].origin.source.is_empty())
    }

    #[test]
    fn what_is_recorded_stands_with_its_household_and_can_be_undone() {
        let (mut workspace, _folder) = office();
        let note = Note {
            on: day("2026-11-01"),
            text: "有狗\n白天在家".to_owned(),
            author: "示范员".to_owned(),
            household_id: "1".to_owned(),
        };
        let visited = workspace
            .add_visit("1", &visit("", "2026-11-01", "在家"), None, NOW)
            .unwrap();
        let needed = workspace
            .add_need("1", &need(NeedStatus::Open), NOW)
            .unwrap();
        let noted = workspace.add_note("1", &note, NOW).unwrap();
        let all = rows(&workspace);
        assert_eq!(all.visits[0].record, visit("", "2026-11-01", "在家"));
        assert_eq!(all.needs[0].record, need(NeedStatus::Open));
        assert_eq!(
            (&all.notes[0].record, all.notes[0].origin.batch),
            (&note, noted)
        );
        assert_eq!(all.notes[0].origin.source.as_ref(), "");
        assert_eq!(workspace.rows_of("2").unwrap(), HouseholdRows::default());
        for batch in [visited, needed, noted] {
            undo(&mut workspace, batch);
        }
        assert_eq!(rows(&workspace), HouseholdRows::default());
    }

    #[test]
    fn nothing_is_recorded_twice() {
        let (mut workspace, _folder) = office();
        let same = |fault: Fault| fault.message.key().to_owned();
        let done = visit("", "2026-11-01", "在家");
        workspace.add_visit("1", &done, None, NOW).unwrap();
        let again = visit("", "2026-11-01", "不在家");
        let refused = workspace.add_visit("1", &again, None, NOW).unwrap_err();
        assert_eq!(same(refused), "store.same_visit");
        workspace
            .add_need("1", &need(NeedStatus::Open), NOW)
            .unwrap();
        let refused = workspace.add_need("1", &need(NeedStatus::Met), NOW);
        assert_eq!(same(refused.unwrap_err()), "store.same_need");
        let refused = workspace.add_note("9", &Note::default(), NOW);
        assert_eq!(same(refused.unwrap_err()), "store.no_household");
        // Another household's need is not this one's.
        let number = rows(&workspace).needs[0].number;
        let on = Date::from_days(0);
        let refused = workspace.set_need_status("2", number, NeedStatus::Met, on, NOW);
        assert_eq!(same(refused.unwrap_err()), "store.no_such_row");
        assert_eq!(
            workspace.batches().unwrap().len(),
            3,
            "a refusal leaves no batch"
        );
    }

    #[test]
    fn a_plan_becomes_the_visit_and_an_undo_makes_it_a_plan_again() {
        let (mut workspace, _folder) = office();
        let planned = visit("2026-11-01", "", "");
        workspace.add_visit("1", &planned, None, NOW).unwrap();
        let number = rows(&workspace).visits[0].number;
        let mut done = visit("2026-11-01", "2026-11-03", "在家");
        done.worker = "另一位".to_owned();
        let batch = workspace.add_visit("1", &done, Some(number), NOW).unwrap();
        let visits = rows(&workspace).visits;
        assert_eq!((visits.len(), &visits[0].record), (1, &done));
        undo(&mut workspace, batch);
        assert_eq!(rows(&workspace).visits[0].record, planned);
        // Without its number the same worker's plan is found all the same.
        let done = visit("2026-11-01", "2026-11-03", "在家");
        workspace.add_visit("1", &done, None, NOW).unwrap();
        assert_eq!(rows(&workspace).visits.len(), 1);
    }

    #[test]
    fn a_file_that_repeats_itself_takes_nothing_back() {
        let (mut workspace, _folder) = office();
        let open = [need(NeedStatus::Open)];
        let plan = [visit("2026-11-01", "", "")];
        read_file(&mut workspace, &open, &plan);
        let number = rows(&workspace).needs[0].number;
        let on = Date::from_days(20_000);
        let met = workspace
            .set_need_status("1", number, NeedStatus::Met, on, NOW)
            .unwrap();
        let done = visit("2026-11-01", "2026-11-03", "在家");
        let went = workspace
            .add_visit("1", &done, Some(rows(&workspace).visits[0].number), NOW)
            .unwrap();
        for _ in 0..2 {
            let (_, put) = read_file(&mut workspace, &open, &plan);
            assert_eq!(put, [Put::Same, Put::Same]);
            assert_eq!(status(&workspace), (NeedStatus::Met, true));
            assert_eq!(rows(&workspace).needs[0].record.closed_on, Some(on));
            let visits = rows(&workspace).visits;
            assert_eq!((visits.len(), &visits[0].record), (1, &done));
        }
        // A file that says something new counts, and undone gives way to the desk again.
        let (news, put) = read_file(&mut workspace, &[need(NeedStatus::Withdrawn)], &[]);
        assert_eq!(put, [Put::Changed]);
        assert_eq!(status(&workspace), (NeedStatus::Withdrawn, false));
        undo(&mut workspace, news);
        assert_eq!(status(&workspace), (NeedStatus::Met, true));
        // With the edits undone the files' word is back, and the rows live as long as a file.
        undo(&mut workspace, met);
        undo(&mut workspace, went);
        assert_eq!(status(&workspace), (NeedStatus::Open, false));
        assert_eq!(rows(&workspace).visits[0].record, plan[0]);
    }

    #[test]
    fn the_word_of_a_later_file_outlives_the_first_file_and_the_edit() {
        let (mut workspace, _folder) = office();
        let open = [need(NeedStatus::Open)];
        let (first, _) = read_file(&mut workspace, &open, &[]);
        let number = rows(&workspace).needs[0].number;
        let on = Date::from_days(20_000);
        let met = workspace
            .set_need_status("1", number, NeedStatus::Met, on, NOW)
            .unwrap();
        // The file has the row twice; it is said once.
        read_file(&mut workspace, &[open[0].clone(), open[0].clone()], &[]);
        undo(&mut workspace, first);
        assert_eq!(status(&workspace), (NeedStatus::Met, true));
        undo(&mut workspace, met);
        assert_eq!(status(&workspace), (NeedStatus::Open, false));
        // It is an ordinary row again: what the next file says of it counts.
        let (_, put) = read_file(&mut workspace, &[need(NeedStatus::Referred)], &[]);
        assert_eq!(
            (put, status(&workspace)),
            (vec![Put::Changed], (NeedStatus::Referred, false))
        );
    }

    #[test]
    fn what_was_recorded_first_is_not_blanked_by_a_file_that_knows_less() {
        let (mut workspace, _folder) = office();
        let done = visit("", "2026-11-03", "在家，情况稳定");
        workspace.add_visit("1", &done, None, NOW).unwrap();
        let (_, put) = read_file(&mut workspace, &[], &[visit("", "2026-11-03", "")]);
        assert_eq!(put, [Put::Same]);
        assert_eq!(rows(&workspace).visits[0].record, done);
        let (_, put) = read_file(&mut workspace, &[], &[visit("", "2026-11-03", "住院")]);
        assert_eq!(put, [Put::Changed]);
    }

    fn review(member: &str, programme: &str, on: &str) -> Review {
        Review {
            household_id: "1".to_owned(),
            member: member.to_owned(),
            programme: programme.to_owned(),
            on: day(on),
            author: "示范员".to_owned(),
        }
    }

    #[test]
    fn a_review_stands_beside_its_receipt_whatever_files_say_later() {
        let (mut workspace, _folder) = office();
        let receipt = |amount: f64| Receipt {
            household_id: "1".to_owned(),
            member: "示范甲".to_owned(),
            programme: "dibao".to_owned(),
            start: day("2026-01-01"),
            monthly_amount: Some(amount),
            ..Receipt::default()
        };
        let read = |workspace: &mut Workspace, receipt: &Receipt| {
            let mut import = workspace.begin_import().unwrap();
            import.begin_file(&record("享受.csv")).unwrap();
            import.put_receipt(receipt, 2).unwrap();
            import.commit(NOW).unwrap();
        };
        read(&mut workspace, &receipt(500.0));
        let one = review("", "dibao", "2026-11-01");
        let batch = workspace.add_review("1", &one, NOW).unwrap();
        let refused = |workspace: &mut Workspace, id: &str, review: &Review| {
            let fault = workspace.add_review(id, review, NOW).unwrap_err();
            fault.message.key().to_owned()
        };
        let again = Review {
            author: String::new(),
            ..one.clone()
        };
        assert_eq!(refused(&mut workspace, "1", &again), "store.same_review");
        for (household, review) in [
            ("1", review("", "linshi", "2026-11-01")),
            ("1", review("", "dibao", "2025-12-31")),
            ("1", review("示范乙", "dibao", "2026-11-01")),
            ("2", one.clone()),
        ] {
            let key = refused(&mut workspace, household, &review);
            assert_eq!(key, "store.nothing_to_review", "{review:?}");
        }
        assert_eq!(refused(&mut workspace, "9", &one), "store.no_household");
        // Next month's file knows nothing of it.
        read(&mut workspace, &receipt(600.0));
        let all = rows(&workspace);
        assert_eq!(all.receipts[0].record.monthly_amount, Some(600.0));
        assert_eq!(all.reviews[0].record, one);
        let origin = &all.reviews[0].origin;
        assert_eq!((origin.batch, origin.source.as_ref()), (batch, ""));
        let mut seen = Vec::new();
        workspace
            .each_review(&mut |number, review| {
                seen.push((number, review.clone()));
                Ok(())
            })
            .unwrap();
        assert_eq!(seen, [(1, one)]);
        undo(&mut workspace, batch);
        assert_eq!(rows(&workspace).reviews, []);
    }

    #[test]
    fn a_merge_takes_the_reviews_along() {
        let (mut workspace, _folder) = office();
        let mut import = workspace.begin_import().unwrap();
        import.begin_file(&record("享受.csv")).unwrap();
        let receipt = Receipt {
            household_id: "2".to_owned(),
            programme: "dibao".to_owned(),
            ..Receipt::default()
        };
        import.put_receipt(&receipt, 2).unwrap();
        import.commit(NOW).unwrap();
        let one = review("", "dibao", "2026-11-01");
        workspace.add_review("2", &one, NOW).unwrap();
        let merge = workspace.merge_households("1", "2", NOW).unwrap();
        assert_eq!(rows(&workspace).reviews[0].record, one);
        undo(&mut workspace, merge);
        assert_eq!(rows(&workspace).reviews, []);
        assert_eq!(workspace.rows_of("2").unwrap().reviews.len(), 1);
    }

    #[test]
    fn a_merge_takes_the_notes_along() {
        let (mut workspace, _folder) = office();
        let note = Note {
            text: "有狗".to_owned(),
            ..Note::default()
        };
        workspace.add_note("2", &note, NOW).unwrap();
        workspace.merge_households("1", "2", NOW).unwrap();
        assert_eq!(rows(&workspace).notes[0].record.text, "有狗");
    }
}
