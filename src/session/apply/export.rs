//! Exports.

use crate::jobs::{ExportRequest, PictureRequest, Request, quota_text};
use crate::layer::ListField;
use crate::model::Catalogue;
use crate::session::{BaseMapChoice, Effects, ExportChoice, NoticeKind, Session, ThemeChoice};
use crate::words::Message;
use std::path::PathBuf;
use std::sync::Arc;

impl Session {
    pub(super) fn export(&mut self, choice: ExportChoice, effects: &mut Effects) {
        let (Some(document), Some(filtered)) = (&self.document, &self.results.filtered) else {
            return;
        };
        if self.exporting {
            self.notices
                .say(NoticeKind::Warning, Message::new("session.busy"));
            return;
        }
        effects.requests.push(Request::Export(ExportRequest {
            town: Arc::clone(&document.town),
            scores: Arc::clone(&filtered.scores),
            order: Arc::clone(&filtered.order),
            picked: filtered.picked,
            steadiness: self.steadiness().cloned(),
            steadiness_of: choice
                .fields
                .contains(&ListField::Steadiness)
                .then(|| self.steadiness_request(&document.town, filtered)),
            fields: choice.fields,
            unmasked: choice.unmasked,
            filter_text: filtered
                .filter
                .to_text(self.lang, &document.town.snapshot.catalogue),
            workspace_name: document.name(),
            lang: self.lang,
            path: choice.path,
        }));
        self.exporting = true;
        self.dialog = None;
    }

    /// Filter and limit in words, for what leaves the program.
    fn shown_households(&self, catalogue: &Catalogue) -> String {
        let filter = self.view.filter.to_text(self.lang, catalogue);
        let quota = self.view.quota.map(|quota| quota_text(quota, self.lang));
        let parts = [Some(filter), quota].into_iter().flatten();
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        parts.join("  ·  ")
    }

    pub(super) fn export_picture(&mut self, path: PathBuf, scale: u32, effects: &mut Effects) {
        let (Some(document), Some(filtered), Some(viewport)) =
            (&self.document, &self.results.filtered, self.viewport)
        else {
            return;
        };
        if self.exporting {
            self.notices
                .say(NoticeKind::Warning, Message::new("session.busy"));
            return;
        }
        let base_map = match &self.settings.base_map {
            BaseMapChoice::OfWorkspace => document.base_map.clone(),
            BaseMapChoice::File(path) => Some(path.clone()),
            BaseMapChoice::Nothing | BaseMapChoice::Template(_) => None,
        };
        let scale = scale.clamp(1, 3);
        effects.requests.push(Request::Picture(PictureRequest {
            town: Arc::clone(&document.town),
            layers: self
                .view
                .layers
                .iter()
                .filter(|layer| layer.visible)
                .cloned()
                .collect(),
            rows: Arc::clone(&filtered.rows),
            coverage: Arc::clone(&filtered.coverage),
            selection: self.view.selection.clone(),
            choice: self.view.choice,
            rate_form: self.view.rate_form,
            as_of: self.view.as_of,
            filter_text: self.shown_households(&document.town.snapshot.catalogue),
            view_merc: viewport.box_merc,
            width_px: viewport.width_px * scale,
            height_px: viewport.height_px * scale,
            scale: scale as f32,
            dark: self.settings.theme == ThemeChoice::Dark,
            base_map,
            title: document.name(),
            lang: self.lang,
            path,
        }));
        self.exporting = true;
        self.dialog = None;
    }
}
