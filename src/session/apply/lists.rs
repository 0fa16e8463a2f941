//! The sheet that compares lists, and tables of what was found.

use crate::jobs::{ExportFormat, ListsCell, Request, TableRequest, TableSource, TableWanted};
use crate::session::{Effects, NoticeKind, Session};
use crate::words::Message;
use std::path::PathBuf;

impl Session {
    pub(super) fn compare_again(&mut self) {
        self.results.lists = None;
        self.results.cell = None;
        self.chosen_cell = None;
        self.asked.work.forget_lists();
    }

    /// Looks at a cell. Who is in it is found by a job and selected when it is known.
    pub(super) fn choose_cell(&mut self, cell: ListsCell) {
        if self.results.lists.is_some() {
            self.chosen_cell = Some(cell);
            self.results.cell = None;
            self.asked.work.forget_cell();
        }
    }

    pub(super) fn export_table(
        &mut self,
        what: TableWanted,
        path: PathBuf,
        unmasked: bool,
        effects: &mut Effects,
    ) {
        let Some(document) = &self.document else {
            return;
        };
        if self.exporting {
            self.notices
                .say(NoticeKind::Warning, Message::new("session.busy"));
            return;
        }
        let source = match what {
            TableWanted::Findings => self.results.check.clone().map(TableSource::Findings),
            TableWanted::Unmatched => {
                let found = self.results.lists.clone().zip(self.results.cell.clone());
                found.map(|(lists, cell)| TableSource::Unmatched { lists, cell })
            }
            TableWanted::TrialFigures => self.what_if().cloned().map(TableSource::TrialFigures),
            TableWanted::TrialChanges => self.what_if().cloned().map(TableSource::TrialChanges),
            TableWanted::Matching => self.matching_source(),
        };
        let Some(source) = source else { return };
        // GeoJSON has no room for rows without a place.
        if !matches!(
            ExportFormat::of_path(&path),
            Ok(ExportFormat::Csv | ExportFormat::Xlsx)
        ) {
            let message = Message::new("session.table_format").arg("path", path.display());
            self.notices.say(NoticeKind::Warning, message);
            return;
        }
        effects.requests.push(Request::Table(TableRequest {
            workspace: document.workspace.clone(),
            town: document.town.clone(),
            source,
            workspace_name: document.name(),
            unmasked,
            lang: self.lang,
            path,
        }));
        self.exporting = true;
        self.dialog = None;
    }
}
