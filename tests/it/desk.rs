//! A session as the window drives it, with jobs that run at once: commands in, state out.

use crate::support::{data, inspected, run, today};
use livelihood_map::datum::MercBox;
use livelihood_map::jobs::{FileChoice, FileRole, Lane, Request};
use livelihood_map::layer::{LayerId, LayerSpec, ListField};
use livelihood_map::model::TableKind;
use livelihood_map::session::{
    Command, Effects, LayerResult, NoticeKind, Session, Settings, Viewport,
};
use livelihood_map::words::Lang;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub(crate) struct Desk {
    pub(crate) session: Session,
    /// Where the map was last sent.
    pub(crate) shown: Option<MercBox>,
    /// What was asked of the jobs since this was last cleared.
    pub(crate) asked: Vec<Lane>,
    /// How often the settings were saved.
    pub(crate) saved: usize,
}

impl Desk {
    /// Nothing is open.
    pub(crate) fn new(lang: Lang) -> Self {
        let settings = Settings {
            lang: lang.code().to_owned(),
            ..Settings::default()
        };
        Self {
            session: Session::new(settings, today()),
            shown: None,
            asked: Vec::new(),
            saved: 0,
        }
    }

    /// A new workspace with the town that the oracles counted.
    pub(crate) fn with_town(lang: Lang) -> (Self, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = Self::new(lang);
        desk.does(Command::Create(folder.path().join("示范街道.lmap")));
        desk.imports(&[town_areas()], &[town_households()]);
        desk.does(Command::CloseDialog);
        (desk, folder)
    }

    /// Applies a command and everything that follows from it.
    pub(crate) fn does(&mut self, command: Command) {
        let effects = self.session.apply(command);
        self.carry_out(effects);
    }

    pub(crate) fn imports(&mut self, areas: &[PathBuf], households: &[PathBuf]) {
        let files = areas.iter().chain(households).cloned().collect();
        self.does(Command::CloseDialog);
        self.does(Command::StartImport(files));
        let roles = [FileRole::Areas].iter().cycle().take(areas.len());
        let roles = roles.chain([FileRole::Table(TableKind::Households)].iter().cycle());
        for (at, (path, role)) in areas.iter().chain(households).zip(roles).enumerate() {
            let choice = FileChoice::holding(path.clone(), *role);
            self.does(Command::ChooseForFile(at, choice));
        }
        self.does(Command::RunImport);
    }

    pub(crate) fn types(&mut self, line: &str) {
        self.does(Command::SetFilterText(line.to_owned()));
    }

    fn carry_out(&mut self, effects: Effects) {
        let mut effects = effects;
        // A view that never comes to rest would ask for the same work for ever.
        for _ in 0..50 {
            self.shown = effects.show.or(self.shown);
            self.saved += usize::from(effects.save_settings);
            let mut requests = effects.requests;
            requests.extend(self.session.wanted());
            if requests.is_empty() {
                return;
            }
            effects = Effects::default();
            for request in requests {
                self.asked.push(request.lane());
                let event = match request {
                    Request::Inspect(request) => inspected(&request),
                    request => run(request),
                };
                let more = self.session.on_event(event);
                effects.requests.extend(more.requests);
                effects.show = more.show.or(effects.show);
                effects.save_settings |= more.save_settings;
            }
        }
        panic!("the session does not come to rest");
    }

    /// Shows the whole town on a screen of this size.
    pub(crate) fn looks_at_all(&mut self, width_px: u32, height_px: u32) {
        let extent = self.session.town().unwrap().snapshot.extent_merc;
        self.looks_at(extent.grown(100.0), width_px, height_px);
    }

    pub(crate) fn looks_at(&mut self, box_merc: MercBox, width_px: u32, height_px: u32) {
        self.does(Command::SetViewport(Viewport {
            box_merc,
            width_px,
            height_px,
            zoom: 14.0,
        }));
    }

    /// How many households the filter shows.
    pub(crate) fn count(&self) -> usize {
        let filtered = self.session.results.filtered.as_ref().unwrap();
        assert_eq!(filtered.order.len(), filtered.rows.count());
        filtered.order.len()
    }

    /// Cells of the list from the top.
    pub(crate) fn column(&self, field: ListField, rows: usize) -> Vec<String> {
        let filtered = self.session.results.filtered.as_ref().unwrap();
        let view = self.session.list_view().unwrap();
        let top = filtered.order.iter().take(rows);
        top.map(|row| view.cell(*row, field).text()).collect()
    }

    pub(crate) fn layer(&self, id: u32) -> &LayerSpec {
        self.session.view.layer(LayerId(id)).unwrap()
    }

    pub(crate) fn drawn(&self, id: u32) -> &LayerResult {
        &self.session.results.layers[&LayerId(id)]
    }

    /// Kind and text of the notices on screen, the oldest first.
    pub(crate) fn notices(&self) -> Vec<(NoticeKind, String)> {
        let shown = self.session.notices.shown();
        shown
            .iter()
            .map(|notice| (notice.kind, notice.details(self.session.lang)))
            .collect()
    }

    pub(crate) fn last_notice(&self) -> (NoticeKind, String) {
        self.notices().pop().unwrap()
    }

    pub(crate) fn workspace(&self) -> &Path {
        self.session.document.as_ref().unwrap().workspace.path()
    }
}

pub(crate) fn town_areas() -> PathBuf {
    data("oracle/town_areas.geojson")
}

pub(crate) fn town_households() -> PathBuf {
    data("oracle/town_households.csv")
}
