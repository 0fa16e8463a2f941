//! Floor 6: everything slow. Closed requests and events, one file a job, and two ways to run
//! them: on threads (the window) and at once (the command line and the tests).

mod area_rates;
mod base_map;
mod card;
mod catalogue;
mod changes;
mod chart;
mod chart_file;
mod chart_table;
mod check;
mod compared;
mod convert;
mod dated;
mod datum_name;
mod demo;
mod difference;
mod doctor;
mod edit;
mod explain;
mod export;
mod fact_origins;
mod filter;
mod finding;
mod found_table;
mod generate;
mod household_history;
mod import;
mod inspect;
mod kept_pairs;
mod layer;
mod level_rates;
mod list_table;
mod listed;
mod lists;
mod load;
mod match_table;
mod matching;
mod neighbours;
mod past_events;
mod pasts;
mod picked_words;
mod picture;
mod places;
mod plain_table;
mod record;
mod report;
mod request;
mod row_map;
mod runner;
mod scales;
mod steadiness;
mod template;
mod timeline;
mod town;
mod town_tables;
mod trial_rows;
mod trial_table;
mod undo;
mod what_if;
mod workspace;

pub use crate::read::{
    Accepted, AreasInspection, CatalogueMistake, ColumnChoices, ColumnGuess, ColumnReason,
    DatumChoice, DatumReason, Encoding, EncodingCandidate, EncodingChoice, Field, FileChoice,
    FileForm, FileRole, Inspection, PositionFinding, ReadingScore, TableInspection,
};
pub use crate::store::{BatchKind, BatchRecord, HouseholdRows, ImportKind, ImportRecord, Recorded};
pub use area_rates::{AreaRates, AreaRatesRequest};
pub use base_map::{BaseMapFacts, BaseMapRequest};
pub use card::{Card, CardRequest};
pub use catalogue::{
    DraftMistakes, catalogue_text, catalogue_unreadable, draft_mistakes, read_catalogue,
    shipped_catalogue,
};
pub use changes::{ChangesFound, ChangesRequest};
pub use chart::{ChartRequest, Charted};
pub use chart_file::{ChartFileRequest, ChartFormat};
pub use check::CheckRequest;
pub use compared::{CellFound, Compared, ComparedSource, ListedEntry, ListsCell, SourceKind};
pub use convert::{ConvertTable, Converted, convert_pair, convert_table, coordinate_text};
pub use datum_name::{datum_name, reading_name};
pub use demo::{demo_base_map, demo_day, demo_folder};
pub use difference::{
    ChangedHousehold, Counted, Decisions, Difference, NewHousehold, Rehearsed, RowKey,
};
pub use edit::{Edit, EditRequest, Edited, Reloaded};
pub use explain::{ExplainRequest, Explained};
pub use export::{ExportFormat, ExportRequest, Exported};
pub use filter::{FilterRequest, Filtered, PickedCounts, Scores};
pub use finding::{
    Belongings, Checked, CountsFinding, Finding, Found, GroundFinding, GroundShape, PairFinding,
    agreement_word, counts_text,
};
pub use found_table::{TableRequest, TableSource, TableWanted, TableWritten};
pub use generate::{GenerateRequest, Generated};
pub use household_history::{HistoryRequest, HouseholdHistory, ValueSource};
pub use import::{FileReport, ImportReport, ImportRequest, Imported, MoreProblems, WrittenRejects};
pub use inspect::{InspectRequest, Inspected};
pub use layer::{AreaValue, Drawn, LayerRequest, MAX_DOTS, Painted};
pub use level_rates::LevelRate;
pub use lists::{CellRequest, ListsRequest};
pub use load::{OpenRequest, Opened};
pub use match_table::{
    MatchShown, assumed_text, distance_text, match_reason_text, match_table, outcome_word,
};
pub use matching::{MatchRequest, Matched, MatchingOnce};
pub use neighbours::LevelNeighbours;
pub use pasts::Pasts;
pub use picked_words::{
    picked_of, picked_short, picked_text, quota_text, steadiness_text, weights_text,
};
pub use picture::{PictureRequest, Pictured};
pub use plain_table::PlainTable;
pub use record::{Entry, EntryField, EntryMistake, record};
pub use report::ReportRequest;
pub use request::{Event, Lane, Request};
pub use row_map::RowMap;
pub use runner::{InlineRunner, Running, ThreadRunner};
pub use scales::Scales;
pub use steadiness::{Steadied, SteadinessRequest};
pub use template::{TemplateRequest, Templated};
pub use timeline::{TimeLineFound, TimeLineRequest};
pub use town::Town;
pub use trial_rows::{TrialRow, UnitChange, trial_rows, unit_changes};
pub use undo::{UndoRequest, Undone};
pub use what_if::{Tried, WhatIfRequest};
pub use workspace::WorkspaceHandle;
