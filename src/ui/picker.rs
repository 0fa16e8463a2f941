//! The system's file dialogs, on a thread of their own so that the window never waits.

use rfd::FileDialog;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// What the files are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    OpenWorkspace,
    CreateWorkspace,
    Import,
    Template,
    ExportReport,
    ExportRejects,
    ExportList,
    ExportPicture,
    ExportTable,
    ExportChart,
    BaseMap,
}

impl Purpose {
    /// Endings of the files.
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::OpenWorkspace | Self::CreateWorkspace => &["lmap"],
            Self::Import => &[
                "xlsx", "xls", "ods", "csv", "tsv", "txt", "geojson", "json", "shp", "zip", "gpkg",
                "kml", "kmz",
            ],
            Self::Template => &["toml"],
            Self::ExportReport | Self::ExportRejects => &["csv"],
            Self::ExportList => &["xlsx", "csv", "geojson"],
            Self::ExportPicture => &["png"],
            Self::ExportTable => &["csv", "xlsx"],
            Self::ExportChart => &["png", "xlsx", "csv"],
            Self::BaseMap => &["pmtiles"],
        }
    }

    fn saves(self) -> bool {
        matches!(
            self,
            Self::CreateWorkspace
                | Self::ExportList
                | Self::ExportPicture
                | Self::ExportReport
                | Self::ExportRejects
                | Self::ExportTable
                | Self::ExportChart
        )
    }

    fn takes_many(self) -> bool {
        self == Self::Import
    }
}

/// At most one dialog of the system at a time.
#[derive(Debug, Default)]
pub(super) struct Picker {
    open: Option<(Purpose, Receiver<Vec<PathBuf>>)>,
}

impl Picker {
    /// Opens the system's dialog. `suggested` is a file name to save under.
    pub(super) fn ask(
        &mut self,
        purpose: Purpose,
        title: String,
        suggested: &str,
        wake: egui::Context,
    ) {
        if self.open.is_some() {
            return;
        }
        let (sender, receiver) = channel();
        let suggested = suggested.to_owned();
        let ask = move || {
            let dialog = FileDialog::new()
                .set_title(title)
                .add_filter(".", purpose.extensions());
            let paths = if purpose.saves() {
                dialog
                    .set_file_name(suggested)
                    .save_file()
                    .into_iter()
                    .collect()
            } else if purpose.takes_many() {
                dialog.pick_files().unwrap_or_default()
            } else {
                dialog.pick_file().into_iter().collect()
            };
            // The window may be gone by now; then nobody wants the answer.
            let _ = sender.send(paths);
            wake.request_repaint();
        };
        if thread::Builder::new()
            .name("file dialog".to_owned())
            .spawn(ask)
            .is_ok()
        {
            self.open = Some((purpose, receiver));
        }
    }

    /// The answer, once it is there. No files means that the dialog was closed, or that this
    /// system has none.
    pub(super) fn poll(&mut self) -> Option<(Purpose, Vec<PathBuf>)> {
        let (purpose, receiver) = self.open.as_ref()?;
        let answer = match receiver.try_recv() {
            Ok(paths) => (*purpose, paths),
            Err(std::sync::mpsc::TryRecvError::Empty) => return None,
            Err(std::sync::mpsc::TryRecvError::Disconnected) => (*purpose, Vec::new()),
        };
        self.open = None;
        Some(answer)
    }
}
