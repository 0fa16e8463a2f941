//! All state of the application.

use super::edits::Edits;
use super::history::History;
use super::wanted::Asked;
use super::{
    CatalogueDraft, Dialog, Document, ImportPlan, Inspected, Notices, Placing, Results, Settings,
    View, Viewport, Worksheet,
};
use crate::analysis::{ChangeKind, PriorityWeights};
use crate::base::Generation;
use crate::jobs::{BaseMapFacts, Card, ListsCell, Scores, Town};
use crate::layer::{ChartSpec, LayerId, ListView};
use crate::model::{Catalogue, Date};
use crate::query::QueryError;
use crate::snapshot::AreaIndex;
use crate::words::Lang;
use std::path::PathBuf;
use std::sync::Arc;

/// The bandwidth of heat maps until a town says a better one, in metres.
const USUAL_BANDWIDTH_M: f64 = 150.0;

/// A list of the most urgent, until somebody says another length.
const USUAL_TOP: usize = 100;

/// The application without a screen. Panels read it; only commands and events change it.
// Each of its yes-or-no facts is independent of the others.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug)]
pub struct Session {
    /// What is remembered from one start to the next.
    pub settings: Settings,
    /// The language of everything.
    pub lang: Lang,
    /// The open workspace.
    pub document: Option<Document>,
    /// What is looked at, and how.
    pub view: View,
    /// The filter line as it is typed.
    pub filter_text: String,
    /// What is wrong with it.
    pub filter_error: Option<QueryError>,
    /// What the jobs found.
    pub results: Results,
    /// What the inspector shows.
    pub inspected: Option<Inspected>,
    /// What the pointer rests on.
    pub hovered: Option<Inspected>,
    /// The layer chosen in the panel.
    pub chosen_layer: Option<LayerId>,
    /// The dialog that is open.
    pub dialog: Option<Dialog>,
    /// An import before it happens; its files may wait for a workspace.
    pub import_plan: Option<ImportPlan>,
    /// What the program has to say.
    pub notices: Notices,
    /// The base-map file in use, once it was looked at.
    pub base_map: Option<Arc<BaseMapFacts>>,
    /// What the map shows on screen.
    pub viewport: Option<Viewport>,
    /// A workspace is being opened or files are being imported.
    pub busy: bool,
    /// An export is being written.
    pub exporting: bool,
    /// The household that waits for a click on the map.
    pub placing: Option<Placing>,
    /// Whether the inspector shows where values came from.
    pub sources_open: bool,
    /// The sheet that stands in place of the layers.
    pub worksheet: Option<Worksheet>,
    /// The finding of the check that is looked at, by its place.
    pub chosen_finding: Option<usize>,
    /// The cell of the comparison of lists that is looked at.
    pub chosen_cell: Option<ListsCell>,
    /// The earlier day that was chosen to compare with.
    pub(super) since: Option<Date>,
    /// The change whose households are looked at.
    pub chosen_change: Option<ChangeKind>,
    /// The figure that was opened last.
    pub(super) opened: Option<super::figure::Opened>,
    /// The filter line as it was before they were.
    pub(super) filter_before_change: String,
    /// Somebody wants the time line, however long it takes.
    pub(super) timeline_asked: bool,
    /// The resource that is looked at, by its place.
    pub chosen_resource: Option<u32>,
    /// The catalogue on trial.
    pub trial: Option<Arc<Catalogue>>,
    /// The catalogue as it is being changed.
    pub catalogue_draft: Option<CatalogueDraft>,
    /// Somebody wants to leave the draft, and is asked what becomes of it.
    pub leaving_draft: bool,
    /// Which chart is looked at. The area of a trend is the one that is inspected.
    pub chart: ChartSpec,
    /// Weights of the score that are tried and not saved.
    pub draft_weights: Option<PriorityWeights>,
    /// How many of the most urgent households the steadiness is asked of, where the list is not
    /// limited.
    pub steady_top: usize,
    pub(super) today: Date,
    pub(super) generation: Generation,
    pub(super) history: History,
    /// The layer whose opacity the last step changed.
    pub(super) dragged_layer: Option<LayerId>,
    pub(super) asked: Asked,
    /// The number of the last question about files to import.
    pub(super) import_ticket: u64,
    /// Where rejected rows are being written.
    pub(super) saving_rejects: Option<PathBuf>,
    pub(super) edits: Edits,
}

impl Session {
    /// A session with nothing open.
    pub fn new(settings: Settings, today: Date) -> Self {
        Self {
            lang: settings.language(),
            settings,
            document: None,
            view: View::fresh(today, USUAL_BANDWIDTH_M),
            filter_text: String::new(),
            filter_error: None,
            results: Results::default(),
            inspected: None,
            hovered: None,
            chosen_layer: None,
            dialog: None,
            import_plan: None,
            notices: Notices::default(),
            base_map: None,
            viewport: None,
            busy: false,
            exporting: false,
            placing: None,
            sources_open: false,
            worksheet: None,
            chosen_finding: None,
            chosen_cell: None,
            since: None,
            chosen_change: None,
            opened: None,
            filter_before_change: String::new(),
            timeline_asked: false,
            chosen_resource: None,
            trial: None,
            catalogue_draft: None,
            leaving_draft: false,
            chart: ChartSpec::default(),
            draft_weights: None,
            steady_top: USUAL_TOP,
            today,
            generation: Generation::default(),
            history: History::default(),
            dragged_layer: None,
            asked: Asked::default(),
            import_ticket: 0,
            saving_rejects: None,
            edits: Edits::default(),
        }
    }

    /// Today, as the session was told.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The day on which things are recorded: today, or the day of the sample town's ledger, where
    /// today is still to come.
    pub fn desk_day(&self) -> Date {
        if self.is_demo() {
            self.view.as_of
        } else {
            self.today
        }
    }

    /// The bandwidth that suits the open town, in metres on the ground.
    pub(super) fn suggested_bandwidth_m(&self) -> f64 {
        self.town()
            .map_or(USUAL_BANDWIDTH_M, |town| town.suggested_bandwidth_m())
    }

    /// The town, if a workspace is open.
    pub fn town(&self) -> Option<&Arc<Town>> {
        self.document.as_ref().map(|document| &document.town)
    }

    /// Whether the open data is demonstration data.
    pub fn is_demo(&self) -> bool {
        self.document
            .as_ref()
            .is_some_and(|document| document.workspace.is_demo())
    }

    /// The scores, if they are known.
    pub fn scores(&self) -> Option<&Arc<Scores>> {
        self.results
            .filtered
            .as_ref()
            .map(|filtered| &filtered.scores)
    }

    /// What the cells of the list depend on.
    pub fn list_view(&self) -> Option<ListView<'_>> {
        let town = self.town()?;
        let scores = self
            .scores()
            .filter(|scores| scores.generation == town.snapshot.generation);
        Some(ListView {
            snapshot: &town.snapshot,
            priority: scores.map(|scores| &scores.priority),
            steadiness: self.steadiness().map(|steady| &**steady),
            as_of: self.view.as_of,
            choice: self.view.choice,
            lang: self.lang,
            masked: self.settings.masked,
        })
    }

    /// How many households receive each programme: of an area, or of all.
    pub fn programme_counts(&self, area: Option<AreaIndex>) -> Vec<u32> {
        let Some(town) = self.town() else {
            return Vec::new();
        };
        let of = area.and_then(|area| town.programmes.by_area.get(area.0 as usize));
        of.unwrap_or(&town.programmes.total).clone()
    }

    /// The card of a household, where it is known: after a change the last one stays until the next
    /// is in.
    pub fn card(&self, row: u32) -> Option<Arc<Card>> {
        let households = &self.town()?.snapshot.households;
        let card = self.results.card.as_ref()?;
        let is_it = card.row == row && card.id == households.id.get(row);
        is_it.then(|| Arc::clone(card))
    }

    /// Whether there is a step to undo.
    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// Whether there is a step to do again.
    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// Whether somebody may change the households of the open workspace.
    pub fn can_edit(&self) -> bool {
        self.document
            .as_ref()
            .is_some_and(|document| !document.looks_only)
    }

    /// Whether a filter or a layer is being computed.
    pub fn is_updating(&self) -> bool {
        self.asked.is_waiting() || self.is_charting()
    }
}
