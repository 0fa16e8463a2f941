//! What comes back from the jobs of an import.

use super::{Dialog, Effects, ImportStep, ImportWork, NoticeKind, Session};
use crate::base::digits::grouped;
use crate::jobs::{ImportReport, Imported, Inspected, Rehearsed, Templated, Town, Undone};
use crate::layer::LayerSpec;
use crate::words::{Fault, Message};
use std::sync::Arc;

impl Session {
    /// An answer to an old question is dropped: the files or what is said of them have changed.
    pub(super) fn on_inspected(&mut self, inspected: Inspected) {
        let plan = self.import_plan.as_mut();
        let Some(plan) = plan.filter(|plan| plan.ticket == inspected.ticket) else {
            return;
        };
        plan.is_waiting = false;
        for (file, found) in plan.files.iter_mut().zip(inspected.files) {
            file.found = Some(Arc::new(found));
        }
        if !plan.is_understood() {
            plan.step = ImportStep::Files;
        }
    }

    pub(super) fn on_inspection_failed(&mut self) {
        if let Some(plan) = &mut self.import_plan {
            plan.is_waiting = false;
        }
    }

    pub(super) fn on_rehearsed(&mut self, rehearsed: Rehearsed) {
        self.busy = false;
        if let Some(path) = self.saving_rejects.take() {
            let message = Message::new("session.rejects_saved")
                .arg("count", grouped(rehearsed.report.rejected))
                .arg("path", path.display());
            self.notices.say(NoticeKind::Done, message);
            return;
        }
        let plan = self.import_plan.as_mut();
        if let Some(plan) = plan.filter(|plan| plan.work == ImportWork::Rehearsing) {
            plan.work = ImportWork::Idle;
            plan.forget_old_decisions(&rehearsed.difference);
            plan.rehearsal = Some(Arc::new(rehearsed));
        }
    }

    /// Takes a failure of an import or its rehearsal to where it is looked at; gives it back
    /// where it belongs among the notices.
    pub(super) fn on_import_failed(&mut self, fault: Fault) -> Option<Fault> {
        self.saving_rejects = None;
        let plan = self.import_plan.as_mut();
        let Some(plan) = plan.filter(|plan| plan.work != ImportWork::Idle) else {
            return Some(fault);
        };
        let was = std::mem::take(&mut plan.work);
        if fault.is_cancelled() {
            return (was == ImportWork::Importing).then_some(fault);
        }
        if self.dialog == Some(Dialog::Import) {
            plan.fault = Some(Arc::new(fault));
            None
        } else {
            Some(fault)
        }
    }

    pub(super) fn on_imported(&mut self, imported: Imported, effects: &mut Effects) {
        self.busy = false;
        let report = Arc::new(imported.report);
        let plan = self.import_plan.take();
        let Some(document) = &mut self.document else {
            return;
        };
        if let Some(plan) = plan {
            document.last_files = plan.choices();
        }
        document.problems = imported.problems;
        document.batches = imported.batches;
        document.last_import = Some(Arc::clone(&report));
        if let Some(town) = imported.town {
            self.show_town(town, effects);
        }
        if needs_a_look(&report) {
            self.dialog = Some(Dialog::ImportReport);
        } else {
            self.dialog = None;
            let message = Message::new("session.imported")
                .arg("count", grouped(report.stored))
                .arg("areas", grouped(report.areas));
            self.notices.say(NoticeKind::Done, message);
        }
    }

    pub(super) fn on_undone(&mut self, undone: Undone, effects: &mut Effects) {
        self.busy = false;
        let Some(document) = &mut self.document else {
            return;
        };
        self.history.forget_edit(undone.batch);
        document.problems = undone.problems;
        document.batches = undone.batches;
        // It speaks of rows that may be gone.
        document.last_import = None;
        document.last_files.clear();
        self.show_town(undone.town, effects);
        self.notices
            .say(NoticeKind::Done, Message::new("session.batch_undone"));
    }

    pub(super) fn on_templated(&mut self, templated: Templated) {
        match templated {
            Templated::Saved(path) => {
                let message = Message::new("session.template_saved").arg("path", path.display());
                self.notices.say(NoticeKind::Done, message);
            }
            Templated::Applied(choice) => {
                let plan = self.import_plan.as_mut();
                let Some(plan) = plan.filter(|plan| plan.work == ImportWork::Idle) else {
                    return;
                };
                let mut files = plan.files.iter_mut();
                if let Some(file) = files.find(|file| file.choice.path == choice.path) {
                    file.choice = *choice;
                    plan.changed();
                }
            }
        }
    }

    /// Another edition of the town: rows have new numbers, so what points at the old ones goes.
    fn show_town(&mut self, town: Arc<Town>, effects: &mut Effects) {
        let Some(document) = &mut self.document else {
            return;
        };
        let was_empty = document.town.snapshot.extent_merc.is_empty();
        if was_empty {
            effects.show = Some(town.snapshot.extent_merc).filter(|extent| !extent.is_empty());
        }
        let before = std::mem::replace(&mut document.town, town);
        self.inspected = None;
        self.hovered = None;
        self.placing = None;
        self.view.selection = None;
        self.history.each_view(|view| view.selection = None);
        self.forget_findings();
        if was_empty {
            self.view.layers = LayerSpec::defaults(self.suggested_bandwidth_m());
        }
        self.follow_catalogue(&before);
        self.reparse_filter();
    }
}

/// Whether a report says more than that everything went well.
fn needs_a_look(report: &ImportReport) -> bool {
    let unplaced = report.not_geocoded + report.outside_areas + report.outside_declared_area;
    !report.problems.is_empty() || report.rejected + unplaced > 0
}
