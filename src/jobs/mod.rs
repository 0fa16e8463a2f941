//! Floor 6: everything slow. Closed requests and events, one file a job, and two ways to run
//! them: on threads (the window) and at once (the command line and the tests).

mod base_map;
mod convert;
mod datum_name;
mod demo;
mod export;
mod filter;
mod generate;
mod import;
mod layer;
mod layer_legend;
mod list_table;
mod load;
mod picture;
mod places;
mod request;
mod runner;
mod scales;
mod town;
mod workspace;

pub use crate::read::EncodingChoice;
pub use crate::store::ImportKind;
pub use base_map::{BaseMapFacts, BaseMapRequest};
pub use convert::{ConvertTable, Converted, convert_pair, convert_table, coordinate_text};
pub use datum_name::{datum_name, reading_name};
pub use demo::{demo_base_map, demo_folder};
pub use export::{ExportFormat, ExportRequest, Exported};
pub use filter::{FilterRequest, Filtered, Scores};
pub use generate::{GenerateRequest, Generated};
pub use import::{FileReport, ImportReport, ImportRequest, Imported, MoreProblems};
pub use layer::{AreaValue, Drawn, LayerRequest, MAX_DOTS, Painted};
pub use load::{OpenRequest, Opened};
pub use picture::{PictureRequest, Pictured};
pub use request::{Event, Lane, Request};
pub use runner::{InlineRunner, Running, ThreadRunner};
pub use scales::Scales;
pub use town::Town;
pub use workspace::WorkspaceHandle;
