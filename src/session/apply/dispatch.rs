//! Which noun a command belongs to.

use crate::session::{Command, Effects, Session};

impl Session {
    /// Applies a command. What it needs from outside is in the effects.
    pub fn apply(&mut self, command: Command) -> Effects {
        let mut effects = Effects::default();
        let before = self.view.clone();
        let is_history = matches!(command, Command::Undo | Command::Redo);
        let dragged = match command {
            Command::SetOpacity(id, _) => Some(id),
            _ => None,
        };
        match command {
            Command::OpenDemo => self.open_demo(&mut effects),
            Command::Open(path) => self.open(path, &mut effects),
            Command::Create(path) => self.create(path, &mut effects),
            Command::Close => self.close(&mut effects),
            Command::DropFiles(paths) => self.drop_files(paths, &mut effects),
            Command::StartImport(paths) => self.start_import(paths),
            Command::AddImportFiles(paths) => self.add_import_files(paths),
            Command::RemoveImportFile(at) => self.remove_import_file(at),
            Command::ChooseForFile(at, choice) => self.choose_for_file(at, choice),
            Command::SetImportStep(step) => self.set_import_step(step, &mut effects),
            Command::Rehearse => self.rehearse(&mut effects),
            Command::Decide(decision) => {
                if let Some(plan) = &mut self.import_plan {
                    plan.decide(decision);
                }
            }
            Command::RunImport => self.run_import(&mut effects),
            Command::SaveTemplate { file, path } => self.save_template(file, path, &mut effects),
            Command::ApplyTemplate { file, path } => self.apply_template(file, path, &mut effects),
            Command::ExportReport { path } => self.export_report(path, &mut effects),
            Command::ExportRejects { path } => self.export_rejects(path, &mut effects),
            Command::UndoBatch(batch) => self.undo_batch(batch, &mut effects),
            Command::OpenFigure(figure) => self.open_figure(&figure, &mut effects),
            Command::SetFilterText(text) => self.set_filter_text(text),
            Command::AddFilter(filter) => self.add_filter(filter),
            Command::SetFilter(filter) => self.set_filter(filter),
            Command::RemoveChip(index) => self.remove_chip(index),
            Command::ClearFilter => self.set_filter_text(String::new()),
            Command::SortBy(key) => self.sort_by(key),
            Command::SortExactly(key, direction) => self.sort_exactly(key, direction),
            Command::SetAsOf(date) => self.view.as_of = date,
            Command::SetRateForm(form) => self.view.rate_form = form,
            Command::ShowLayer(id, visible) => {
                self.change_layer(id, |layer| layer.visible = visible);
            }
            Command::SetOpacity(id, opacity) => {
                self.change_layer(id, |layer| layer.opacity = opacity.clamp(0.0, 1.0));
            }
            Command::SetScope(id, scope) => self.change_layer(id, |layer| layer.scope = scope),
            Command::SetKind(id, kind) => self.change_layer(id, |layer| layer.kind = kind),
            Command::MoveLayer(id, place) => self.move_layer(id, place),
            Command::AddLayer(kind) => self.add_layer(kind),
            Command::RemoveLayer(id) => self.remove_layer(id),
            Command::ChooseLayer(id) => self.chosen_layer = Some(id),
            Command::ResetLayers => {
                self.view.layers = crate::layer::LayerSpec::defaults(self.suggested_bandwidth_m());
            }
            Command::SelectBox(box_merc) => self.select_box(box_merc),
            Command::SelectLasso(line) => self.select_lasso(&line),
            Command::SelectRows(rows) => self.view.selection = Some(rows),
            Command::ClearSelection => self.clear_selection(),
            Command::Inspect(what) => self.inspected = what,
            Command::Hover(what) => self.hovered = what,
            Command::GoTo(what) => self.go_to(what, &mut effects),
            Command::ShowAll => effects.show = self.extent(),
            Command::SetViewport(viewport) => self.viewport = Some(viewport),
            Command::Export(choice) => self.export(choice, &mut effects),
            Command::ExportPicture { path, scale } => {
                self.export_picture(path, scale, &mut effects);
            }
            Command::Show(dialog) => self.dialog = Some(dialog),
            Command::CloseDialog => self.close_dialog(&mut effects),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::StartPlacing(row) => self.start_placing(row, &mut effects),
            Command::SkipPlacing => self.skip_placing(&mut effects),
            Command::StopPlacing => self.placing = None,
            Command::Place { row, at } => self.place(row, at, &mut effects),
            Command::Merge { keep, drop } => self.merge(keep, drop),
            Command::KeepBoth { one, other } => self.keep_both(one, other),
            Command::DraftCatalogue(draft) => self.draft_catalogue(draft, &mut effects),
            Command::SaveDraft => self.save_draft(),
            Command::StayWithDraft => self.leaving_draft = false,
            Command::Record { row, entry } => self.record(row, entry),
            Command::SaveCatalogue(catalogue) => self.save_catalogue(catalogue),
            Command::ShowSources(open) => self.show_sources(open),
            Command::ShowWorksheet(sheet) => self.show_worksheet(sheet),
            Command::CheckAgain => self.check_again(),
            Command::ChooseFinding(place) => self.choose_finding(place, &mut effects),
            Command::CompareAgain => self.compare_again(),
            Command::TryCatalogue(catalogue) => self.try_catalogue(catalogue, &mut effects),
            Command::ApplyTrial(from) => self.apply_trial(from),
            Command::ChooseCell(cell) => self.choose_cell(cell),
            Command::MatchAgain => self.asked.work.forget_match(),
            Command::ChooseResource(resource) => self.choose_resource(resource, &mut effects),
            Command::MarkResource(resource) => self.mark_resource(resource, &mut effects),
            Command::ExportTable {
                what,
                path,
                unmasked,
            } => self.export_table(what, path, unmasked, &mut effects),
            Command::SetSince(since) => self.set_since(since),
            Command::ChooseChange(kind) => self.choose_change(kind, &mut effects),
            Command::AskTimeLine => self.timeline_asked = true,
            Command::ShowTab(tab) => self.show_tab(tab, &mut effects),
            Command::SetChart(spec) => self.chart = spec,
            Command::OpenPart { part, area } => self.open_part(part, area, &mut effects),
            Command::ExportChart(choice) => self.export_chart(choice, &mut effects),
            Command::TryWeights(weights) => self.try_weights(weights),
            Command::SaveWeights => self.save_weights(),
            Command::SetQuota(quota) => self.view.quota = quota.filter(|quota| quota.each > 0),
            Command::SetSteadyTop(top) => self.steady_top = top.max(1),
            Command::ShowSteadiness(shown) => self.asked.work.steadiness.is_shown = shown,
            Command::Cancel(lane) => effects.cancel.push(lane),
            Command::DismissNotice(id) => self.notices.dismiss(id),
            Command::SetBaseMap(_)
            | Command::SetLang(_)
            | Command::SetTheme(_)
            | Command::SetTextScale(_)
            | Command::FoldPanel(..)
            | Command::SetWorker(_)
            | Command::SetMasked(_) => self.change_settings(command, &mut effects),
        }
        // A slider that is dragged makes one step, not a hundred.
        if !is_history && self.view != before && self.document.is_some() {
            if dragged.is_none() || dragged != self.dragged_layer {
                self.history.remember(before);
            }
            self.dragged_layer = dragged;
        }
        effects
    }
}
