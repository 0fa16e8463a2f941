//! Floor 6: everything slow. Closed requests and events, one file a job, and two ways to run
//! them: on threads (the window) and at once (the command line and the tests).

mod base_map;
mod check;
mod compared;
mod demo;
mod edit;
mod export;
mod filter;
mod finding;
mod found_table;
mod generate;
mod household_history;
mod import;
mod kept_pairs;
mod layer;
mod layer_legend;
mod list_table;
mod lists;
mod load;
mod picture;
mod places;
mod request;
mod row_map;
mod runner;
mod scales;
mod town;
mod workspace;

pub use crate::read::EncodingChoice;
pub use crate::store::ImportKind;
pub use base_map::{BaseMapFacts, BaseMapRequest};
pub use check::CheckRequest;
pub use compared::{CellFound, Compared, ComparedSource, ListedEntry, ListsCell, SourceKind};
pub use demo::{demo_base_map, demo_folder};
pub use edit::{Edit, EditRequest, Edited, Reloaded};
pub use export::{ExportFormat, ExportRequest, Exported};
pub use filter::{FilterRequest, Filtered, Scores};
pub use finding::{
    Belongings, Checked, CountsFinding, Finding, Found, GroundFinding, GroundShape, PairFinding,
    agreement_word, counts_text,
};
pub use found_table::{TableRequest, TableSource, TableWanted, TableWritten};
pub use generate::{GenerateRequest, Generated};
pub use household_history::{HistoryRequest, HouseholdHistory, PastVersion, ValueSource};
pub use import::{FileReport, ImportReport, ImportRequest, Imported, MoreProblems};
pub use layer::{AreaValue, Drawn, LayerRequest, MAX_DOTS, Painted};
pub use lists::{CellRequest, ListsRequest};
pub use load::{OpenRequest, Opened};
pub use picture::{PictureRequest, Pictured};
pub use request::{Event, Lane, Request};
pub use row_map::RowMap;
pub use runner::{InlineRunner, Running, ThreadRunner};
pub use scales::Scales;
pub use town::Town;
pub use workspace::WorkspaceHandle;
