//! Floor 7: the application without a screen. All state, all decisions: a command in, requests out.

mod apply;
mod command;
mod document;
mod edits;
mod effects;
mod history;
mod notices;
mod on_edited;
mod on_event;
mod placing;
mod results;
mod settings;
mod state;
mod suggest;
mod view;
mod wanted;
mod wanted_work;

pub use command::{Command, Dialog, ExportChoice, Inspected, Panel, Worksheet};
pub use document::Document;
pub use effects::Effects;
pub use notices::{Notice, NoticeKind, Notices};
pub use placing::Placing;
pub use results::{LayerResult, Results};
pub use settings::{BaseMapChoice, Settings, ThemeChoice};
pub use state::Session;
pub use view::{View, Viewport};
