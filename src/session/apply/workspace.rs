//! Opening, closing, dropping files.

use crate::jobs::{Lane, OpenRequest, Request, demo_day};
use crate::session::{Command, Effects, NoticeKind, Session};
use crate::words::Message;
use std::path::{Path, PathBuf};

impl Session {
    /// One thing at a time with the workspace file.
    pub(super) fn is_free(&mut self) -> bool {
        if self.busy {
            self.notices
                .say(NoticeKind::Warning, Message::new("session.busy"));
        }
        !self.busy
    }

    fn start_open(&mut self, request: OpenRequest, effects: &mut Effects) {
        self.busy = true;
        self.dialog = None;
        effects.requests.push(Request::Open(request));
    }

    pub(super) fn open_demo(&mut self, effects: &mut Effects) {
        if self.is_free() && self.may_leave_draft() {
            self.generation = self.generation.next();
            // The sample town has a day of its own, unless somebody wants another.
            let is_chosen = self.view.as_of != self.today;
            let request = OpenRequest::Demo {
                generation: self.generation,
                as_of: if is_chosen {
                    self.view.as_of
                } else {
                    demo_day()
                },
            };
            self.start_open(request, effects);
        }
    }

    /// Real data are not looked at as of the sample town's day.
    pub(in crate::session) fn leave_demo_day(&mut self) {
        if self.is_demo() {
            self.view.as_of = self.today;
        }
    }

    pub(super) fn open(&mut self, path: PathBuf, effects: &mut Effects) {
        let is_open = self
            .document
            .as_ref()
            .is_some_and(|document| document.workspace.path() == path);
        if !is_open && self.is_free() && self.may_leave_draft() {
            self.generation = self.generation.next();
            let request = OpenRequest::Existing {
                path,
                read_only: false,
                generation: self.generation,
                as_of: self.today,
            };
            self.start_open(request, effects);
        }
    }

    pub(super) fn create(&mut self, path: PathBuf, effects: &mut Effects) {
        if self.is_free() && self.may_leave_draft() {
            self.generation = self.generation.next();
            self.start_open(
                OpenRequest::New {
                    path,
                    generation: self.generation,
                },
                effects,
            );
        }
    }

    pub(super) fn close(&mut self, effects: &mut Effects) {
        if self.is_free() && self.may_leave_draft() {
            effects.cancel.extend([Lane::Filter, Lane::Export]);
            self.leave_demo_day();
            self.document = None;
            self.import_plan = None;
            self.reset_view();
        }
    }

    /// A dropped workspace is opened, a base map used; everything else is offered for import,
    /// where it is looked at.
    pub(super) fn drop_files(&mut self, paths: Vec<PathBuf>, effects: &mut Effects) {
        let ending = |path: &Path| {
            path.extension()
                .unwrap_or_default()
                .to_string_lossy()
                .to_ascii_lowercase()
        };
        let mut files = Vec::new();
        for path in paths {
            match ending(&path).as_str() {
                "lmap" => return self.open(path, effects),
                "pmtiles" => {
                    let choice = crate::session::BaseMapChoice::File(path);
                    return self.change_settings(Command::SetBaseMap(choice), effects);
                }
                _ => files.push(path),
            }
        }
        if !files.is_empty() {
            self.start_import(files);
        }
    }
}
