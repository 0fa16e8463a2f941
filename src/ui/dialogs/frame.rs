//! The dialog that is open, in its frame.

use crate::map::MapView;
use crate::session::{Command, Session};
use crate::ui::shell::UiState;
use egui::Context;

/// Draws the open dialog, if one is.
pub(in crate::ui) fn show(
    _ctx: &Context,
    _session: &Session,
    _state: &mut UiState,
    _map: &mut MapView,
    _out: &mut Vec<Command>,
) {
}
