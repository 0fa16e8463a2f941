//! What comes back from the jobs.

use super::{Dialog, Document, Effects, LayerResult, NoticeKind, Session, View};
use crate::base::digits::grouped;
use crate::jobs::{Drawn, Event, Filtered, Lane, Opened, catalogue_unreadable};
use crate::layer::LayerSpec;
use crate::words::{Fault, Message};
use std::sync::Arc;

impl Session {
    /// Takes in what a job found. A result of an older edition is dropped.
    pub fn on_event(&mut self, event: Event) -> Effects {
        let mut effects = Effects::default();
        match event {
            Event::Opened(opened) => self.on_opened(*opened, &mut effects),
            Event::Imported(imported) => self.on_imported(*imported, &mut effects),
            Event::Filtered(filtered) => self.on_filtered(*filtered),
            Event::Drawn(drawn) => self.on_drawn(*drawn),
            Event::Exported(exported) => {
                self.exporting = false;
                let message = Message::new("session.exported")
                    .arg("count", grouped(exported.households as u64))
                    .arg("path", exported.path.display());
                self.notices.say(NoticeKind::Done, message);
            }
            Event::Pictured(pictured) => {
                self.exporting = false;
                let message = Message::new("session.pictured").arg("path", pictured.path.display());
                self.notices.say(NoticeKind::Done, message);
            }
            Event::Generated(_) => self.busy = false,
            Event::Edited(edited) => self.on_edited(*edited),
            Event::HistoryFound(history) => self.on_history(*history),
            Event::Explained(explained) => self.results.explained = Some(Arc::from(explained)),
            Event::CardFound(card) => self.results.card = Some(Arc::from(card)),
            Event::AreaRates(rates) => self.results.area_rates = Some(Arc::from(rates)),
            Event::Checked(checked) => self.on_checked(*checked),
            Event::Compared(compared) => self.on_compared(*compared),
            Event::CellFound(found) => self.on_cell(*found, &mut effects),
            Event::TimeLineFound(found) => self.on_timeline(*found),
            Event::ChangesFound(found) => self.on_changes(*found),
            Event::Matched(matched) => self.on_matched(*matched),
            Event::TableWritten(written) => {
                self.exporting = false;
                let message = Message::new("session.table_written")
                    .arg("count", grouped(written.rows as u64))
                    .arg("path", written.path.display());
                self.notices.say(NoticeKind::Done, message);
            }
            Event::Tried(tried) => self.on_tried(*tried),
            Event::Charted(charted) => self.on_charted(*charted),
            Event::ChartWritten(path) => {
                self.exporting = false;
                let message = Message::new("session.chart_written").arg("path", path.display());
                self.notices.say(NoticeKind::Done, message);
            }
            Event::Steadied(steadied) => self.on_steadied(*steadied),
            Event::BaseMapReady(facts) => self.base_map = Some(facts),
            Event::Inspected(inspected) => self.on_inspected(*inspected),
            Event::Rehearsed(rehearsed) => self.on_rehearsed(*rehearsed),
            Event::Templated(templated) => self.on_templated(templated),
            Event::Reported(path) => {
                self.exporting = false;
                let message = Message::new("session.report_saved").arg("path", path.display());
                self.notices.say(NoticeKind::Done, message);
            }
            Event::Undone(undone) => self.on_undone(*undone, &mut effects),
            Event::Failed(lane, fault) => self.on_failed(lane, fault),
        }
        effects
    }

    fn on_failed(&mut self, lane: Lane, fault: Fault) {
        let mut fault = Some(fault);
        match lane {
            Lane::Workspace => {
                self.busy = false;
                self.edits_failed();
                fault = fault.and_then(|fault| self.on_import_failed(fault));
            }
            Lane::Export => self.exporting = false,
            Lane::Filter => self.asked.filter_answered(),
            Lane::BaseMap => self.base_map = None,
            Lane::Layer(id) => self.asked.layer_failed(crate::layer::LayerId(id)),
            Lane::Inspect => self.on_inspection_failed(),
            Lane::History => self.asked.work.history_answered(),
            Lane::Check => self.asked.work.check_answered(),
            Lane::Lists => self.asked.work.lists_answered(),
            Lane::Changes => self.asked.work.comparing_days = false,
            Lane::Match => self.asked.work.match_answered(),
            Lane::WhatIf => self.asked.work.trial.answered(),
            Lane::Chart => self.chart_failed(),
            Lane::Steadiness => self.asked.work.steadiness.answered(),
            // A card that could not be looked up is not asked for again and again.
            Lane::Template | Lane::Explain | Lane::AreaRates | Lane::Card | Lane::TimeLine => {}
        }
        let Some(fault) = fault else { return };
        let is_background = matches!(
            lane,
            Lane::Filter
                | Lane::Layer(_)
                | Lane::Inspect
                | Lane::Explain
                | Lane::WhatIf
                | Lane::AreaRates
                | Lane::TimeLine
                | Lane::Steadiness
                | Lane::Card
                | Lane::Chart
        );
        if !(is_background && fault.is_cancelled()) {
            self.notices.fault(fault);
        }
    }

    fn on_opened(&mut self, opened: Opened, effects: &mut Effects) {
        self.busy = false;
        if !opened.workspace.is_demo() {
            self.settings.remember(opened.workspace.path());
            effects.save_settings = true;
        }
        self.leave_demo_day();
        if opened.workspace.is_demo() {
            self.view.as_of = opened.town.as_of;
        }
        self.reset_view();
        let extent = opened.town.snapshot.extent_merc;
        effects.show = Some(extent).filter(|extent| !extent.is_empty());
        if opened.looks_only {
            let message = Message::new("session.looks_only");
            self.notices.say(NoticeKind::Warning, message);
        }
        if let Some(mistake) = &opened.town.catalogue_mistake {
            let message = catalogue_unreadable(mistake, self.lang);
            self.notices.say(NoticeKind::Warning, message);
        }
        // A new workspace is empty: the next thing is to import. Files that wait are next, too.
        let is_empty = opened.town.snapshot.extent_merc.is_empty()
            && opened.town.snapshot.households.is_empty();
        let waits = self.import_plan.is_some();
        if opened.looks_only || opened.workspace.is_demo() {
            self.import_plan = None;
        } else if is_empty || waits {
            self.import_plan.get_or_insert_default();
            self.dialog = Some(Dialog::Import);
        }
        self.document = Some(Document {
            workspace: opened.workspace,
            town: opened.town,
            base_map: opened.base_map,
            looks_only: opened.looks_only,
            problems: opened.problems,
            last_import: None,
            last_files: Vec::new(),
            batches: opened.batches,
        });
        // The layers suit the town that is now open.
        self.view.layers = LayerSpec::defaults(self.suggested_bandwidth_m());
    }

    fn on_filtered(&mut self, filtered: Filtered) {
        self.asked.filter_answered();
        let current = self
            .town()
            .is_some_and(|town| town.snapshot.generation == filtered.generation);
        if current {
            self.results.filtered = Some(Arc::new(filtered));
        }
    }

    fn on_drawn(&mut self, drawn: Drawn) {
        let newest = self.asked.layer_answered(drawn.layer, drawn.serial);
        let current = self
            .town()
            .is_some_and(|town| town.snapshot.generation == drawn.generation);
        if newest && current {
            let result = LayerResult {
                serial: drawn.serial,
                spec: drawn.spec,
                painted: drawn.painted,
                legend: drawn.legend,
                count: drawn.count,
            };
            self.results.layers.insert(drawn.layer, result);
        }
    }

    /// Forgets everything that belongs to the town before.
    pub(super) fn reset_view(&mut self) {
        self.view = View::fresh(self.view.as_of, self.suggested_bandwidth_m());
        self.filter_text.clear();
        self.filter_error = None;
        self.results = super::Results::default();
        self.inspected = None;
        self.hovered = None;
        self.chosen_layer = None;
        self.dialog = None;
        self.history = super::history::History::default();
        self.asked = super::wanted::Asked::default();
        self.edits = super::edits::Edits::default();
        self.base_map = None;
        self.placing = None;
        self.catalogue_draft = None;
        self.leaving_draft = false;
        self.worksheet = None;
        self.chosen_finding = None;
        self.chosen_cell = None;
        self.since = None;
        self.chosen_change = None;
        self.opened = None;
        self.timeline_asked = false;
        self.chosen_resource = None;
        self.trial = None;
        // Places of programmes are those of the catalogue that was open.
        self.chart = crate::layer::ChartSpec {
            kind: self.chart.kind,
            months: self.chart.months,
            ..crate::layer::ChartSpec::default()
        };
        self.draft_weights = None;
    }

    /// What was found in an older edition of the town is found again where it is looked at.
    pub(super) fn forget_findings(&mut self) {
        self.results.check = None;
        self.results.lists = None;
        self.results.cell = None;
        self.results.what_if = None;
        self.chosen_finding = None;
        self.chosen_cell = None;
        self.asked.work.forget_check();
        self.asked.work.forget_lists();
        self.forget_times();
    }
}
