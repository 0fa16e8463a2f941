//! What can be asked for, and what comes back.

use super::{
    AreaRates, AreaRatesRequest, BaseMapFacts, BaseMapRequest, Card, CardRequest, CellFound,
    CellRequest, ChangesFound, ChangesRequest, ChartFileRequest, ChartRequest, Charted,
    CheckRequest, Checked, Compared, Drawn, EditRequest, Edited, ExplainRequest, Explained,
    ExportRequest, Exported, FilterRequest, Filtered, GenerateRequest, Generated, HistoryRequest,
    HouseholdHistory, ImportRequest, Imported, InspectRequest, Inspected, LayerRequest,
    ListsRequest, MatchRequest, Matched, OpenRequest, Opened, PictureRequest, Pictured, Rehearsed,
    ReportRequest, Steadied, SteadinessRequest, TableRequest, TableWritten, TemplateRequest,
    Templated, TimeLineFound, TimeLineRequest, Tried, UndoRequest, Undone, WhatIfRequest,
};
use crate::base::Progress;
use crate::words::Fault;
use std::path::PathBuf;
use std::sync::Arc;

/// Slow work that somebody asks for.
#[derive(Debug, Clone)]
pub enum Request {
    /// Open a workspace (or the sample town) and load it.
    Open(OpenRequest),
    /// Read files into the workspace.
    Import(ImportRequest),
    /// Find the households of a filter, in order, with their figures.
    Filter(FilterRequest),
    /// Compute what a map layer shows.
    Layer(LayerRequest),
    /// Write the list.
    Export(ExportRequest),
    /// Draw the map as a flat picture and write it.
    Picture(PictureRequest),
    /// Make a synthetic town.
    Generate(GenerateRequest),
    /// Look at a base-map file.
    BaseMap(BaseMapRequest),
    /// Look at files before they are imported.
    Inspect(InspectRequest),
    /// Write or use a template.
    Template(TemplateRequest),
    /// Write the report of an import.
    Report(ReportRequest),
    /// Take an import back.
    Undo(UndoRequest),
    /// Change households by hand.
    Edit(EditRequest),
    /// Look up where the values of a household came from.
    History(HistoryRequest),
    /// Ask the rules about a household.
    Explain(ExplainRequest),
    /// Look up everything recorded of a household.
    Card(CardRequest),
    /// Check the data.
    Check(CheckRequest),
    /// Compare the lists.
    Lists(ListsRequest),
    /// Find who is in a cell of the comparison.
    Cell(CellRequest),
    /// Write a table of what was found.
    Table(TableRequest),
    /// Figures month by month.
    TimeLine(TimeLineRequest),
    /// What changed since a day.
    Changes(ChangesRequest),
    /// Propose resources for needs.
    Match(MatchRequest),
    /// Try a changed catalogue.
    WhatIf(WhatIfRequest),
    /// Count what a chart shows.
    Chart(ChartRequest),
    /// Write a chart as a picture or as its numbers.
    ChartFile(ChartFileRequest),
    /// Find out how steady the list of the most urgent is.
    Steadiness(SteadinessRequest),
    /// Smooth the rates of the areas of a level.
    AreaRates(AreaRatesRequest),
}

/// Where a request queues. One in flight a lane; a newer request takes the place of a waiting
/// one and cancels the running one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// Opening, importing, generating: whatever touches the workspace file.
    Workspace,
    /// The filter.
    Filter,
    /// A layer of the map, by its number.
    Layer(u32),
    /// Exports.
    Export,
    /// The base map.
    BaseMap,
    /// Looking at files.
    Inspect,
    /// Templates.
    Template,
    /// The past of a household.
    History,
    /// What the rules say of a household.
    Explain,
    /// The card of a household.
    Card,
    /// The check of the data.
    Check,
    /// The comparison of lists.
    Lists,
    /// The time line.
    TimeLine,
    /// What changed since a day.
    Changes,
    /// Resources for needs.
    Match,
    /// The catalogue on trial.
    WhatIf,
    /// The chart.
    Chart,
    /// How steady the list of the most urgent is.
    Steadiness,
    /// The rates of areas.
    AreaRates,
}

/// What came of a request.
#[derive(Debug)]
pub enum Event {
    /// A workspace is open.
    Opened(Box<Opened>),
    /// Files were imported.
    Imported(Box<Imported>),
    /// The filter has its households.
    Filtered(Box<Filtered>),
    /// A layer has its picture.
    Drawn(Box<Drawn>),
    /// A list was written.
    Exported(Exported),
    /// A picture was written.
    Pictured(Pictured),
    /// A town was made.
    Generated(Generated),
    /// A base map can be drawn.
    BaseMapReady(Arc<BaseMapFacts>),
    /// Files were looked at.
    Inspected(Box<Inspected>),
    /// An import was rehearsed.
    Rehearsed(Box<Rehearsed>),
    /// A template was written or read.
    Templated(Templated),
    /// A report was written here.
    Reported(PathBuf),
    /// An import was taken back.
    Undone(Box<Undone>),
    /// Households were changed.
    Edited(Box<Edited>),
    /// The past of a household is known.
    HistoryFound(Box<HouseholdHistory>),
    /// What the rules say of a household is known.
    Explained(Box<Explained>),
    /// The card of a household is known.
    CardFound(Box<Card>),
    /// The data are checked.
    Checked(Box<Checked>),
    /// The lists are compared.
    Compared(Box<Compared>),
    /// A cell of the comparison is known.
    CellFound(Box<CellFound>),
    /// A table was written.
    TableWritten(TableWritten),
    /// The time line is known.
    TimeLineFound(Box<TimeLineFound>),
    /// It is known what changed.
    ChangesFound(Box<ChangesFound>),
    /// Resources are proposed for needs.
    Matched(Box<Matched>),
    /// What a catalogue on trial means is known.
    Tried(Box<Tried>),
    /// A chart is counted.
    Charted(Box<Charted>),
    /// A chart was written here.
    ChartWritten(PathBuf),
    /// How steady the list of the most urgent is, is known.
    Steadied(Box<Steadied>),
    /// The rates of areas are known.
    AreaRates(Box<AreaRates>),
    /// It did not work.
    Failed(Lane, Fault),
}

impl Request {
    /// Where it queues.
    pub fn lane(&self) -> Lane {
        match self {
            Self::Open(_) | Self::Import(_) | Self::Generate(_) | Self::Undo(_) | Self::Edit(_) => {
                Lane::Workspace
            }
            Self::Filter(_) => Lane::Filter,
            Self::Layer(request) => Lane::Layer(request.spec.id.0),
            Self::Export(_)
            | Self::Picture(_)
            | Self::Report(_)
            | Self::Table(_)
            | Self::ChartFile(_) => Lane::Export,
            Self::Inspect(_) => Lane::Inspect,
            Self::Template(_) => Lane::Template,
            Self::BaseMap(_) => Lane::BaseMap,
            Self::History(_) => Lane::History,
            Self::Explain(_) => Lane::Explain,
            Self::Card(_) => Lane::Card,
            Self::Check(_) => Lane::Check,
            Self::Lists(_) | Self::Cell(_) => Lane::Lists,
            Self::TimeLine(_) => Lane::TimeLine,
            Self::Changes(_) => Lane::Changes,
            Self::Match(_) => Lane::Match,
            Self::WhatIf(_) => Lane::WhatIf,
            Self::Chart(_) => Lane::Chart,
            Self::Steadiness(_) => Lane::Steadiness,
            Self::AreaRates(_) => Lane::AreaRates,
        }
    }

    /// Does it, here and now.
    pub fn run(self, progress: &Progress) -> Event {
        let lane = self.lane();
        let result = match self {
            Self::Open(request) => request
                .run(progress)
                .map(|opened| Event::Opened(Box::new(opened))),
            Self::Import(request) => request.run_as_event(progress),
            Self::Filter(request) => request
                .run(progress)
                .map(|filtered| Event::Filtered(Box::new(filtered))),
            Self::Layer(request) => request
                .run(progress)
                .map(|drawn| Event::Drawn(Box::new(drawn))),
            Self::Export(request) => request.run(progress).map(Event::Exported),
            Self::Picture(request) => request.run(progress).map(Event::Pictured),
            Self::Generate(request) => request.run(progress).map(Event::Generated),
            Self::BaseMap(request) => request.run(progress).map(Event::BaseMapReady),
            Self::Inspect(request) => request
                .run(progress)
                .map(|inspected| Event::Inspected(Box::new(inspected))),
            Self::Template(request) => request.run().map(Event::Templated),
            Self::Report(request) => request.run().map(Event::Reported),
            Self::Undo(request) => request
                .run(progress)
                .map(|undone| Event::Undone(Box::new(undone))),
            Self::Edit(request) => request
                .run(progress)
                .map(|edited| Event::Edited(Box::new(edited))),
            Self::History(request) => request
                .run(progress)
                .map(|history| Event::HistoryFound(Box::new(history))),
            Self::Explain(request) => request
                .run(progress)
                .map(|explained| Event::Explained(Box::new(explained))),
            Self::Card(request) => request
                .run(progress)
                .map(|card| Event::CardFound(Box::new(card))),
            Self::Check(request) => request
                .run(progress)
                .map(|checked| Event::Checked(Box::new(checked))),
            Self::Lists(request) => request
                .run(progress)
                .map(|compared| Event::Compared(Box::new(compared))),
            Self::Cell(request) => request
                .run(progress)
                .map(|found| Event::CellFound(Box::new(found))),
            Self::Table(request) => request.run(progress).map(Event::TableWritten),
            Self::TimeLine(request) => request
                .run(progress)
                .map(|found| Event::TimeLineFound(Box::new(found))),
            Self::Changes(request) => request
                .run(progress)
                .map(|found| Event::ChangesFound(Box::new(found))),
            Self::Match(request) => request
                .run(progress)
                .map(|matched| Event::Matched(Box::new(matched))),
            Self::WhatIf(request) => request
                .run(progress)
                .map(|tried| Event::Tried(Box::new(tried))),
            Self::Chart(request) => request
                .run(progress)
                .map(|charted| Event::Charted(Box::new(charted))),
            Self::ChartFile(request) => request.run(progress).map(Event::ChartWritten),
            Self::Steadiness(request) => request
                .run(progress)
                .map(|steadied| Event::Steadied(Box::new(steadied))),
            Self::AreaRates(request) => request
                .run(progress)
                .map(|rates| Event::AreaRates(Box::new(rates))),
        };
        result.unwrap_or_else(|fault| Event::Failed(lane, fault))
    }
}
