//! What is being filled in and was not sent yet.

use super::base_map::Source;
use super::problem_groups::Group;
use crate::jobs::{ExportFormat, ImportReport, Rehearsed, TableWanted};
use crate::layer::ListField;
use crate::model::ProblemKind;
use crate::session::{BaseMapChoice, Dialog, Session};
use std::collections::BTreeSet;
use std::mem::{Discriminant, discriminant};
use std::sync::Arc;

/// The forms of all dialogs.
#[derive(Default)]
pub(in crate::ui) struct Forms {
    pub(in crate::ui) filter: FilterForm,
    pub(in crate::ui) as_of: AsOfForm,
    pub(in crate::ui) export: ExportForm,
    pub(in crate::ui) picture: PictureForm,
    pub(in crate::ui) table: TableForm,
    pub(in crate::ui) chart: ChartForm,
    pub(in crate::ui) workspace: WorkspaceForm,
    pub(in crate::ui) import: ImportForm,
    pub(in crate::ui) report: ReportForm,
    pub(super) imports: ImportsForm,
    pub(super) layer: LayerForm,
    pub(super) base_map: BaseMapForm,
    pub(super) palette: PaletteForm,
    pub(super) settings: SettingsForm,
    pub(super) filter_panel: FilterPanelForm,
    shown: Option<Discriminant<Dialog>>,
}

impl Forms {
    /// A dialog that was just opened begins with a fresh form.
    pub(super) fn follow(&mut self, session: &Session) {
        let now = session.dialog.as_ref().map(discriminant);
        if self.shown == now {
            return;
        }
        self.shown = now;
        let lang = session.lang;
        match &session.dialog {
            Some(Dialog::Import) => self.import = ImportForm::default(),
            Some(Dialog::ImportReport) => self.report.saves = None,
            Some(Dialog::Imports) => self.imports = ImportsForm::default(),
            Some(Dialog::Create) => {
                self.workspace.path = session.suggested_workspace().display().to_string();
            }
            Some(Dialog::Open) => {
                let last = session.settings.recent.first();
                self.workspace.path = last
                    .map(|path| path.display().to_string())
                    .unwrap_or_default();
            }
            Some(Dialog::Export) => {
                let ending = self.export.format.extension();
                let path = session.suggested_path(&lang.t("ui.dialog_export_file"), ending);
                self.export.path = path.display().to_string();
                // In full only for this once: nobody should send names out by habit.
                self.export.unmasked = false;
            }
            Some(Dialog::ExportPicture) => {
                let path = session.suggested_path(&lang.t("ui.dialog_picture_file"), "png");
                self.picture.path = path.display().to_string();
            }
            Some(Dialog::ExportChart) => {
                let name = lang.t(&format!("chart.kind_{}", session.chart.kind.code()));
                let path = session.suggested_path(&name, "png");
                self.chart.path = path.display().to_string();
            }
            Some(Dialog::ExportTable(what)) => {
                let name = lang.t(match what {
                    TableWanted::Findings => "ui.dialog_table_findings_file",
                    TableWanted::Unmatched => "ui.dialog_table_unmatched_file",
                    TableWanted::TrialFigures => "whatif.file_figures",
                    TableWanted::TrialChanges => "whatif.file_changes",
                    TableWanted::Matching => "ui.dialog_table_matching_file",
                });
                let path = session.suggested_path(&name, "csv");
                self.table.path = path.display().to_string();
                // In full only for this once, as with the list.
                self.table.unmasked = false;
            }
            Some(Dialog::Layer(_)) => self.layer = LayerForm::default(),
            Some(Dialog::BaseMap) => self.base_map = BaseMapForm::default(),
            Some(Dialog::Palette) => self.palette = PaletteForm::default(),
            Some(Dialog::Settings) => self.settings = SettingsForm::default(),
            _ => {}
        }
    }
}

/// The filter line as it is typed.
#[derive(Default)]
pub(in crate::ui) struct FilterForm {
    pub(in crate::ui) draft: String,
}

/// The day as it is typed.
#[derive(Default)]
pub(in crate::ui) struct AsOfForm {
    pub(in crate::ui) draft: String,
}

/// Where the list goes, and what of it.
pub(in crate::ui) struct ExportForm {
    pub(in crate::ui) path: String,
    pub(super) format: ExportFormat,
    pub(super) fields: Vec<ListField>,
    pub(super) unmasked: bool,
}

impl Default for ExportForm {
    fn default() -> Self {
        Self {
            path: String::new(),
            format: ExportFormat::Xlsx,
            fields: super::export::USUAL.to_vec(),
            unmasked: false,
        }
    }
}

/// Which workspace.
#[derive(Default)]
pub(in crate::ui) struct WorkspaceForm {
    pub(in crate::ui) path: String,
}

/// Where the picture goes.
#[derive(Default)]
pub(in crate::ui) struct PictureForm {
    pub(in crate::ui) path: String,
    /// Pixels for each of the screen; 0 until somebody chooses.
    pub(super) scale: u32,
}

/// Where the chart goes.
#[derive(Default)]
pub(in crate::ui) struct ChartForm {
    pub(in crate::ui) path: String,
    /// Pixels for each point; 0 until somebody chooses.
    pub(super) scale: u32,
}

/// What is typed in the steps of an import, and what is unfolded there.
/// Where a table goes, and whether names stand in full.
#[derive(Default)]
pub(in crate::ui) struct TableForm {
    pub(in crate::ui) path: String,
    pub(super) unmasked: bool,
}

/// Paths as they are typed, and the encoding.
#[derive(Default)]
pub(in crate::ui) struct ImportForm {
    /// A path as it is typed.
    pub(super) draft: String,
    /// How many cards and answers stood above it when it was last brought into sight.
    pub(super) seen_above: usize,
    /// The file whose template is asked for.
    pub(super) template_of: Option<usize>,
    pub(in crate::ui) template_path: String,
    /// A coordinate system as it is typed, by the file's place.
    pub(super) datum: Option<(usize, String)>,
    pub(super) report: ReportForm,
    pub(super) tab: Tab,
    /// How many rows of the tab are listed beyond the first.
    pub(super) more_rows: usize,
}

/// The lists of what an import would change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Tab {
    #[default]
    New,
    Changed,
    Vanished,
}

/// Where the problems of a list come from.
#[derive(Clone)]
pub(super) enum ReportSource {
    Import(Arc<ImportReport>),
    Rehearsal(Arc<Rehearsed>),
}

/// What of a report is written into a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Saves {
    Report,
    Rejects,
}

/// The problems of a report by kind, kept because a report can be long.
#[derive(Default)]
pub(in crate::ui) struct ReportForm {
    pub(super) of: Option<ReportSource>,
    pub(super) groups: Vec<Group>,
    pub(super) unfolded: BTreeSet<ProblemKind>,
    pub(super) saves: Option<Saves>,
    pub(in crate::ui) path: String,
}

/// The import that is about to be taken back.
#[derive(Default)]
pub(super) struct ImportsForm {
    pub(super) asked: Option<i64>,
}

/// Settings of a layer that wait for the end of a drag or of typing.
#[derive(Default)]
pub(super) struct LayerForm {
    pub(super) bandwidth_m: Option<f64>,
    /// The upper end as it is typed.
    pub(super) upper: String,
    pub(super) query: Option<String>,
    pub(super) breaks: Option<String>,
    /// The earlier day of a difference as it is typed.
    pub(super) since: Option<String>,
}

/// The base map as it is typed.
#[derive(Default)]
pub(super) struct BaseMapForm {
    /// What the drafts were taken from.
    pub(super) of: Option<BaseMapChoice>,
    pub(super) source: Source,
    pub(super) path: String,
    pub(super) template: String,
}

/// What is looked for among the actions.
#[derive(Default)]
pub(super) struct PaletteForm {
    pub(super) draft: String,
    pub(super) place: usize,
    /// Whether the arrows chose the place; before that, and with nothing typed, Enter does nothing.
    pub(super) was_moved: bool,
}

/// The text size while its slider is dragged, in percent.
#[derive(Default)]
pub(super) struct SettingsForm {
    pub(super) text_percent: Option<f32>,
}

/// What is looked for among the areas.
#[derive(Default)]
pub(super) struct FilterPanelForm {
    pub(super) area_draft: String,
}
