//! Everything that can be asked of the session: one closed list.

use super::{BaseMapChoice, BottomTab, Decision, Figure, ImportStep, ThemeChoice, Viewport};
use crate::analysis::{ChangeKind, ChartPart, PriorityWeights, Quota, RateForm};
use crate::datum::{MercBox, MercXY};
use crate::jobs::{Entry, FileChoice, Lane, ListsCell, TableWanted};
use crate::layer::{ChartSpec, LayerId, LayerKind, ListField, Scope};
use crate::model::{Catalogue, Date, LonLat};
use crate::query::{Direction, Filter, RowSet, SortKey};
use crate::snapshot::AreaIndex;
use crate::words::Lang;
use std::path::PathBuf;
use std::sync::Arc;

/// What the inspector shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inspected {
    /// A household, by its row.
    Household(u32),
    /// An area.
    Area(AreaIndex),
}

/// A dialog that is open. One at a time.
#[derive(Debug, Clone, PartialEq)]
pub enum Dialog {
    /// Files to import, step by step.
    Import,
    /// The imports of the workspace, to be taken back.
    Imports,
    /// Where to make a new workspace.
    Create,
    /// Which workspace to open.
    Open,
    /// The list to export.
    Export,
    /// The map to export.
    ExportPicture,
    /// What the last import found.
    ImportReport,
    /// Settings of a layer.
    Layer(LayerId),
    /// The base map.
    BaseMap,
    /// All commands, with a search line.
    Palette,
    /// Settings of the program.
    Settings,
    /// What the query language can say.
    QueryHelp,
    /// About the program.
    About,
    /// Everything about one household, in full.
    Card,
    /// A table of what a check or a comparison found, to export.
    ExportTable(TableWanted),
    /// The chart to export.
    ExportChart,
}

/// A sheet that stands in place of the layers, beside the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worksheet {
    /// What is doubtful about the data.
    Check,
    /// Who is on which list and not on another.
    Lists,
    /// What changed since a day.
    Changes,
    /// What other standards would mean.
    WhatIf,
    /// Who could be helped by whom.
    Matching,
    /// The catalogue: programmes, rules, thresholds.
    Catalogue,
    /// What the score is made of, and how much each part counts.
    Priority,
}

/// How to export the list.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportChoice {
    /// The file; its ending says the format.
    pub path: PathBuf,
    /// The columns.
    pub fields: Vec<ListField>,
    /// Whether names, ID numbers and phones stand in full.
    pub unmasked: bool,
}

/// How to export the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartExport {
    /// The file; its ending says whether it is a picture or the numbers.
    pub path: PathBuf,
    /// Width and height of a picture, in points of 96 dpi.
    pub size_px: [u32; 2],
    /// Pixels for a point: 1, 2 or 3.
    pub scale: u32,
}

/// What somebody does.
#[derive(Debug, Clone)]
pub enum Command {
    /// Open the sample town.
    OpenDemo,
    /// Open a workspace file.
    Open(PathBuf),
    /// Make a workspace file and open it.
    Create(PathBuf),
    /// Close the workspace.
    Close,
    /// Files were dropped on the window: whatever they are.
    DropFiles(Vec<PathBuf>),
    /// Open the import window with these files; with none, as it was left.
    StartImport(Vec<PathBuf>),
    /// More files for the import window.
    AddImportFiles(Vec<PathBuf>),
    /// Take the nth file out of the import window.
    RemoveImportFile(usize),
    /// What is said about the nth file.
    ChooseForFile(usize, FileChoice),
    /// Show a step of the import window.
    SetImportStep(ImportStep),
    /// Find out what the import would do.
    Rehearse,
    /// Decide about the households of the import.
    Decide(Decision),
    /// Import the files as they are planned.
    RunImport,
    /// Write what is said about the nth file as a template.
    SaveTemplate {
        /// The file's place.
        file: usize,
        /// The template.
        path: PathBuf,
    },
    /// Use a template for the nth file.
    ApplyTemplate {
        /// The file's place.
        file: usize,
        /// The template.
        path: PathBuf,
    },
    /// Write the report of the last import as a table.
    ExportReport {
        /// The file.
        path: PathBuf,
    },
    /// Write the rejected rows of the last import in the form in which they came.
    ExportRejects {
        /// The file.
        path: PathBuf,
    },
    /// Take an import back, whole.
    UndoBatch(i64),
    /// Show the households that make a figure in the list.
    OpenFigure(Figure),
    /// The filter line changed.
    SetFilterText(String),
    /// Add a condition to the filter.
    AddFilter(Filter),
    /// Replace the filter by this one.
    SetFilter(Filter),
    /// Take the nth condition out.
    RemoveChip(usize),
    /// Show everything again.
    ClearFilter,
    /// Sort the list; by the same key again turns it round.
    SortBy(SortKey),
    /// Sort the list exactly so.
    SortExactly(SortKey, Direction),
    /// The day of the figures.
    SetAsOf(Date),
    /// The form of the rates of areas.
    SetRateForm(RateForm),
    /// Show or hide a layer.
    ShowLayer(LayerId, bool),
    /// How opaque a layer is, 0 to 1.
    SetOpacity(LayerId, f32),
    /// Which households a layer is about.
    SetScope(LayerId, Scope),
    /// What a layer draws.
    SetKind(LayerId, LayerKind),
    /// Put a layer at a place in the stack; 0 is on top.
    MoveLayer(LayerId, usize),
    /// Add a layer on top.
    AddLayer(LayerKind),
    /// Take a layer away.
    RemoveLayer(LayerId),
    /// The selected layer in the panel.
    ChooseLayer(LayerId),
    /// Select the households in a box.
    SelectBox(MercBox),
    /// Select the households in a lasso.
    SelectLasso(Vec<MercXY>),
    /// Select these households.
    SelectRows(Arc<RowSet>),
    /// Select nothing.
    ClearSelection,
    /// Show it in the inspector.
    Inspect(Option<Inspected>),
    /// The pointer rests on it.
    Hover(Option<Inspected>),
    /// Show it in the inspector and move the map there.
    GoTo(Inspected),
    /// Show the whole town.
    ShowAll,
    /// The map shows another part.
    SetViewport(Viewport),
    /// Which base map lies below.
    SetBaseMap(BaseMapChoice),
    /// Export the list.
    Export(ExportChoice),
    /// Export the map as a picture.
    ExportPicture {
        /// The file.
        path: PathBuf,
        /// Pixels per pixel of the screen: 1, 2 or 3.
        scale: u32,
    },
    /// Open a dialog.
    Show(Dialog),
    /// Close the dialog.
    CloseDialog,
    /// The language.
    SetLang(Lang),
    /// Light, dark or as the system.
    SetTheme(ThemeChoice),
    /// Text size, 0.9 to 1.5.
    SetTextScale(f32),
    /// Show or fold a panel.
    FoldPanel(Panel, bool),
    /// Names, ID numbers and phones in full on screen.
    SetMasked(bool),
    /// Undo the last change of the view.
    Undo,
    /// Do it again.
    Redo,
    /// Stop the work of a lane.
    Cancel(Lane),
    /// Take a notice away.
    DismissNotice(u64),
    /// The layers of a fresh view.
    ResetLayers,
    /// Take a household in hand, to be placed by a click on the map.
    StartPlacing(u32),
    /// Leave the one in hand and take the next without a position.
    SkipPlacing,
    /// Put the household down again.
    StopPlacing,
    /// The household is here.
    Place {
        /// The household, by its row.
        row: u32,
        /// Where.
        at: LonLat,
    },
    /// Two entries are one household: what the second has moves to the first, and it goes.
    Merge {
        /// The one that stays, by its row.
        keep: u32,
        /// The one that goes.
        drop: u32,
    },
    /// Two entries are two households; nobody is asked again.
    KeepBoth {
        /// The one, by its row.
        one: u32,
        /// The other.
        other: u32,
    },
    /// Take up a changed catalogue without saving it; let go of it with none.
    DraftCatalogue(Option<Arc<Catalogue>>),
    /// Save the changed catalogue.
    SaveDraft,
    /// Go on with the changed catalogue instead of leaving it.
    StayWithDraft,
    /// Record something about a household.
    Record {
        /// The household, by its row.
        row: u32,
        /// What.
        entry: Entry,
    },
    /// Keep this catalogue in the workspace; rules and figures go by it from now on.
    SaveCatalogue(Arc<Catalogue>),
    /// Show or fold where the values of a household came from.
    ShowSources(bool),
    /// Open a sheet beside the map, or show the layers again.
    ShowWorksheet(Option<Worksheet>),
    /// Check the data again.
    CheckAgain,
    /// Look at one of the findings, by its place.
    ChooseFinding(Option<usize>),
    /// Compare the lists again.
    CompareAgain,
    /// Try a changed catalogue: what it would mean, before anything is changed. `None` ends it.
    TryCatalogue(Option<Arc<Catalogue>>),
    /// Write the thresholds on trial into the workspace's catalogue, in force from a day on.
    ApplyTrial(Date),
    /// Look at a cell of the comparison of lists.
    ChooseCell(ListsCell),
    /// Who works at this desk, for the forms.
    SetWorker(String),
    /// Propose resources for needs once more, after it was stopped.
    MatchAgain,
    /// Look at a resource, and select those whom it is proposed for.
    ChooseResource(Option<u32>),
    /// Show how far a resource reaches; nothing else changes.
    MarkResource(Option<u32>),
    /// Export what a check or a comparison found.
    ExportTable {
        /// What.
        what: TableWanted,
        /// The file; its ending says the format.
        path: PathBuf,
        /// Whether names, ID numbers and phones stand in full.
        unmasked: bool,
    },
    /// The earlier day to compare with.
    SetSince(Date),
    /// Look at the households of a change, or at none.
    ChooseChange(Option<ChangeKind>),
    /// Make the time line, however long it takes.
    AskTimeLine,
    /// Bring the list or the charts to the front.
    ShowTab(BottomTab),
    /// Which chart.
    SetChart(ChartSpec),
    /// Select the households behind a part of the chart, and go to its area.
    OpenPart {
        /// The part.
        part: ChartPart,
        /// The area that it stands for.
        area: Option<AreaIndex>,
    },
    /// Export the chart.
    ExportChart(ChartExport),
    /// Order the list by these weights, to see what they do; `None` by the workspace's own.
    TryWeights(Option<PriorityWeights>),
    /// Keep the weights that are tried in the workspace.
    SaveWeights,
    /// Show only so many of the most urgent, or all.
    SetQuota(Option<Quota>),
    /// Of how many of the most urgent the steadiness is asked.
    SetSteadyTop(usize),
    /// Whether the list shows how steady it is.
    ShowSteadiness(bool),
}

/// A panel that can be folded away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    /// The layers, on the left.
    Layers,
    /// The inspector, on the right.
    Inspector,
    /// The list, below.
    List,
}
