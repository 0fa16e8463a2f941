//! Floor 7: the application without a screen. All state, all decisions: a command in, requests out.

mod apply;
mod catalogue_draft;
mod command;
mod decision;
mod document;
mod edits;
mod effects;
mod follow_catalogue;
mod history;
mod import_plan;
mod notices;
mod on_edited;
mod on_event;
mod on_import;
mod on_time;
mod placing;
mod priority;
mod results;
mod settings;
mod state;
mod suggest;
mod view;
mod wanted;
mod wanted_chart;
mod wanted_work;
mod what_if;

pub use catalogue_draft::CatalogueDraft;
pub use command::{
    ChartExport, Command, Dialog, ExportChoice, Inspected, NeedsWanted, Panel, Worksheet,
};
pub use decision::{Decision, Outcome};
pub use document::Document;
pub use effects::Effects;
pub use import_plan::{ImportPlan, ImportStep, ImportWork, PlannedFile};
pub use notices::{Notice, NoticeKind, Notices};
pub use placing::Placing;
pub use results::{LayerResult, Results};
pub use settings::{BaseMapChoice, BottomTab, Settings, ThemeChoice};
pub use state::Session;
pub use view::{View, Viewport};
