//! Floor 9: panels and dialogs, one a file; actions; theme.

mod action;
mod dialogs;
mod fonts;
mod icon;
mod inspector;
mod layers_panel;
mod legend;
mod list_cells;
mod list_panel;
mod map_panel;
mod picker;
mod shell;
mod shortcuts;
mod status_bar;
mod theme;
mod toasts;
mod top_bar;
mod welcome;
mod widgets;

pub use fonts::install_fonts;
pub use shell::{UiState, show};
pub use theme::{Theme, install_theme};
