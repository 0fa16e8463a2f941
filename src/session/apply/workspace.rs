//! Opening, closing, importing.

use crate::jobs::{EncodingChoice, ImportRequest, Lane, OpenRequest, Request};
use crate::session::{Command, Dialog, Effects, NoticeKind, Session};
use crate::words::Message;
use std::path::{Path, PathBuf};

impl Session {
    /// One thing at a time with the workspace file.
    fn is_free(&mut self) -> bool {
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
        if self.is_free() {
            self.generation = self.generation.next();
            self.start_open(
                OpenRequest::Demo {
                    generation: self.generation,
                },
                effects,
            );
        }
    }

    pub(super) fn open(&mut self, path: PathBuf, effects: &mut Effects) {
        let is_open = self
            .document
            .as_ref()
            .is_some_and(|document| document.workspace.path() == path);
        if !is_open && self.is_free() {
            self.generation = self.generation.next();
            let request = OpenRequest::Existing {
                path,
                read_only: false,
                generation: self.generation,
            };
            self.start_open(request, effects);
        }
    }

    pub(super) fn create(&mut self, path: PathBuf, effects: &mut Effects) {
        if self.is_free() {
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
        if self.is_free() {
            effects.cancel.extend([Lane::Filter, Lane::Export]);
            self.document = None;
            self.reset_view();
        }
    }

    /// Dropped files are opened or offered for import, by what they are.
    pub(super) fn drop_files(&mut self, paths: Vec<PathBuf>, effects: &mut Effects) {
        let ending = |path: &Path| {
            path.extension()
                .unwrap_or_default()
                .to_string_lossy()
                .to_ascii_lowercase()
        };
        let (mut areas, mut households) = (Vec::new(), Vec::new());
        for path in paths {
            match ending(&path).as_str() {
                "lmap" => return self.open(path, effects),
                "geojson" | "json" => areas.push(path),
                "csv" | "tsv" | "txt" => households.push(path),
                "pmtiles" => {
                    let choice = crate::session::BaseMapChoice::File(path);
                    return self.change_settings(Command::SetBaseMap(choice), effects);
                }
                _ => {
                    let message = Message::new("session.unknown_file").arg("path", path.display());
                    self.notices.say(NoticeKind::Warning, message);
                }
            }
        }
        if areas.is_empty() && households.is_empty() {
            return;
        }
        if self.document.is_some() {
            self.dialog = Some(Dialog::Import { areas, households });
        } else {
            // Real files go into a workspace of their own, never into the sample town by accident.
            self.waiting_files = Some((areas, households));
            self.dialog = Some(Dialog::Create);
        }
    }

    pub(super) fn import(
        &mut self,
        areas: Vec<PathBuf>,
        households: Vec<PathBuf>,
        encoding: EncodingChoice,
        effects: &mut Effects,
    ) {
        let Some(document) = &self.document else {
            self.notices
                .say(NoticeKind::Warning, Message::new("session.open_first"));
            return;
        };
        let workspace = document.workspace.clone();
        if !self.is_free() {
            return;
        }
        self.generation = self.generation.next();
        self.busy = true;
        self.dialog = None;
        effects.requests.push(Request::Import(ImportRequest {
            workspace: Some(workspace),
            areas,
            households,
            encoding,
            today: self.today,
            rejects: None,
            dry_run: false,
            reload: Some(self.generation),
        }));
    }
}
