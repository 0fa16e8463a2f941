//! The import window: files, choices, rehearsal, import; and taking an import back.

use crate::jobs::{
    FileChoice, ImportRequest, InspectRequest, Lane, ReportRequest, Request, TemplateRequest,
    UndoRequest,
};
use crate::session::{Dialog, Effects, ImportPlan, ImportStep, ImportWork, NoticeKind, Session};
use crate::words::Message;
use std::path::PathBuf;
use std::sync::Arc;

impl Session {
    /// Offers files for import. Those that wait already stay while the window is open; without a
    /// workspace they wait for one, so that real files never go into the sample town by accident.
    pub(super) fn start_import(&mut self, paths: Vec<PathBuf>) {
        if self.is_importing() {
            self.dialog = Some(Dialog::Import);
            return;
        }
        let is_open = matches!(self.dialog, Some(Dialog::Import | Dialog::Create));
        match &mut self.import_plan {
            Some(plan) if is_open || paths.is_empty() => {
                // Files may have changed since they were looked at.
                plan.asked = None;
                self.add_import_files(paths);
            }
            _ => self.import_plan = Some(ImportPlan::of(paths)),
        }
        let has_room = self.document.is_some();
        self.dialog = Some(if has_room {
            Dialog::Import
        } else {
            Dialog::Create
        });
    }

    fn is_importing(&self) -> bool {
        let plan = self.import_plan.as_ref();
        plan.is_some_and(|plan| plan.work == ImportWork::Importing)
    }

    /// The plan, where nothing is being done with it.
    fn idle_plan(&mut self) -> Option<&mut ImportPlan> {
        let plan = self.import_plan.as_mut();
        plan.filter(|plan| plan.work == ImportWork::Idle)
    }

    pub(super) fn add_import_files(&mut self, paths: Vec<PathBuf>) {
        self.import_plan.get_or_insert_default();
        if let Some(plan) = self.idle_plan() {
            let before = plan.files.len();
            plan.add(paths);
            if plan.files.len() > before {
                plan.changed();
                plan.step = ImportStep::Files;
            }
        }
    }

    pub(super) fn remove_import_file(&mut self, at: usize) {
        if let Some(plan) = self.idle_plan().filter(|plan| at < plan.files.len()) {
            plan.files.remove(at);
            // Rows are named by the place of their file.
            plan.decisions = crate::jobs::Decisions::default();
            plan.ticket = 0;
            plan.changed();
        }
    }

    pub(super) fn choose_for_file(&mut self, at: usize, choice: FileChoice) {
        let Some(plan) = self.idle_plan() else { return };
        let Some(file) = plan.files.get_mut(at) else {
            return;
        };
        if file.choice == choice {
            return;
        }
        let old = std::mem::replace(&mut file.choice, choice);
        let new = &mut file.choice;
        if old.role != new.role {
            // Columns were said in the fields of another kind.
            new.columns.clear();
        }
        let rows_stay = old.role == new.role
            && old.sheet == new.sheet
            && old.header_row == new.header_row
            && old.encoding == new.encoding;
        if !rows_stay {
            plan.decisions.skip_new.clear();
            plan.decisions.same.clear();
        }
        plan.changed();
    }

    pub(super) fn set_import_step(&mut self, step: ImportStep, effects: &mut Effects) {
        let Some(plan) = self.idle_plan() else { return };
        let can = match step {
            ImportStep::Files => true,
            ImportStep::Columns | ImportStep::Position => plan.is_understood(),
            ImportStep::Check => plan.is_ready(),
        };
        if !can {
            return;
        }
        plan.step = step;
        if step == ImportStep::Check && plan.rehearsal.is_none() {
            self.rehearse(effects);
        }
    }

    /// Does everything but keep it.
    pub(super) fn rehearse(&mut self, effects: &mut Effects) {
        if let Some(request) = self.import_request() {
            if let Some(plan) = &mut self.import_plan {
                plan.step = ImportStep::Check;
                plan.work = ImportWork::Rehearsing;
                plan.rehearsal = None;
                plan.fault = None;
            }
            self.busy = true;
            effects.requests.push(Request::Import(ImportRequest {
                dry_run: true,
                ..request
            }));
        }
    }

    pub(super) fn run_import(&mut self, effects: &mut Effects) {
        if let Some(request) = self.import_request() {
            if let Some(plan) = &mut self.import_plan {
                plan.step = ImportStep::Check;
                plan.work = ImportWork::Importing;
            }
            self.busy = true;
            self.generation = self.generation.next();
            effects.requests.push(Request::Import(ImportRequest {
                decisions: Arc::new(self.decisions()),
                reload: Some(self.generation),
                ..request
            }));
        }
    }

    fn decisions(&self) -> crate::jobs::Decisions {
        let plan = self.import_plan.as_ref();
        plan.map(|plan| plan.decisions.clone()).unwrap_or_default()
    }

    /// An import of the planned files, if it can begin now.
    fn import_request(&mut self) -> Option<ImportRequest> {
        let Some(document) = &self.document else {
            self.notices
                .say(NoticeKind::Warning, Message::new("session.open_first"));
            return None;
        };
        if document.workspace.is_demo() || document.looks_only {
            return None;
        }
        let workspace = document.workspace.clone();
        if !self.is_free() {
            return None;
        }
        let plan = self.import_plan.as_ref().filter(|plan| plan.is_ready())?;
        Some(ImportRequest {
            workspace: Some(workspace),
            files: plan.choices(),
            decisions: Arc::default(),
            today: self.today,
            rejects: None,
            dry_run: false,
            reload: None,
            as_of: self.view.as_of,
        })
    }

    /// A rehearsal that nobody waits for stops; an import goes on.
    pub(super) fn close_dialog(&mut self, effects: &mut Effects) {
        let plan = self.import_plan.as_ref();
        let rehearses = plan.is_some_and(|plan| plan.work == ImportWork::Rehearsing);
        if self.dialog == Some(Dialog::Import) && rehearses {
            effects.cancel.push(Lane::Workspace);
        }
        self.dialog = None;
    }

    /// The question about the files that the window needs answered and that was not asked yet.
    pub(in crate::session) fn wanted_inspection(&mut self) -> Option<Request> {
        if self.dialog != Some(Dialog::Import) {
            return None;
        }
        let document = self.document.as_ref();
        let workspace = document
            .map(|document| document.workspace.clone())
            .filter(|workspace| !workspace.is_demo());
        let plan = self.import_plan.as_mut()?;
        if plan.work != ImportWork::Idle {
            return None;
        }
        let files: Vec<FileChoice> = plan.files.iter().map(|file| file.choice.clone()).collect();
        if files.is_empty() {
            plan.is_waiting = false;
            return None;
        }
        let path = workspace
            .as_ref()
            .map(|workspace| workspace.path().to_owned());
        let asked = (path, files.iter().map(looked_at).collect());
        if plan.asked.as_ref() == Some(&asked) {
            return None;
        }
        plan.asked = Some(asked);
        plan.is_waiting = true;
        self.import_ticket += 1;
        plan.ticket = self.import_ticket;
        Some(Request::Inspect(InspectRequest {
            workspace,
            files,
            ticket: self.import_ticket,
        }))
    }

    pub(super) fn save_template(&mut self, at: usize, path: PathBuf, effects: &mut Effects) {
        let plan = self.import_plan.as_ref();
        if let Some(file) = plan.and_then(|plan| plan.files.get(at)) {
            let choice = file.as_template();
            let request = TemplateRequest::Save { choice, path };
            effects.requests.push(Request::Template(request));
        }
    }

    pub(super) fn apply_template(&mut self, at: usize, path: PathBuf, effects: &mut Effects) {
        let plan = self.import_plan.as_ref();
        if let Some(file) = plan.and_then(|plan| plan.files.get(at)) {
            let choice = file.choice.clone();
            let request = TemplateRequest::Apply { choice, path };
            effects.requests.push(Request::Template(request));
        }
    }

    pub(super) fn export_report(&mut self, path: PathBuf, effects: &mut Effects) {
        let document = self.document.as_ref();
        let Some(report) = document.and_then(|document| document.last_import.clone()) else {
            return;
        };
        if self.exporting {
            self.notices
                .say(NoticeKind::Warning, Message::new("session.busy"));
            return;
        }
        self.exporting = true;
        effects.requests.push(Request::Report(ReportRequest {
            report,
            lang: self.lang,
            path,
        }));
    }

    /// Reads the files of the last import once more, to keep nothing but the rejected rows.
    pub(super) fn export_rejects(&mut self, path: PathBuf, effects: &mut Effects) {
        let Some(document) = &self.document else {
            return;
        };
        let (workspace, files) = (document.workspace.clone(), document.last_files.clone());
        if files.is_empty() || !self.is_free() {
            return;
        }
        self.busy = true;
        self.saving_rejects = Some(path.clone());
        effects.requests.push(Request::Import(ImportRequest {
            workspace: Some(workspace),
            files,
            decisions: Arc::default(),
            today: self.today,
            rejects: Some(path),
            dry_run: true,
            reload: None,
            as_of: self.view.as_of,
        }));
    }

    pub(super) fn undo_batch(&mut self, batch: i64, effects: &mut Effects) {
        let Some(document) = &self.document else {
            return;
        };
        let workspace = document.workspace.clone();
        if document.looks_only || workspace.is_demo() || !self.is_free() {
            return;
        }
        self.busy = true;
        self.generation = self.generation.next();
        effects.requests.push(Request::Undo(UndoRequest {
            workspace,
            batch,
            generation: self.generation,
            as_of: self.view.as_of,
        }));
    }
}

/// What of a choice matters to what is understood of the file.
fn looked_at(choice: &FileChoice) -> FileChoice {
    FileChoice {
        accepted: crate::jobs::Accepted::default(),
        list_name: String::new(),
        ..choice.clone()
    }
}
