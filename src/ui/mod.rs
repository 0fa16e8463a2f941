//! Floor 9: panels and dialogs, one a file; actions; theme.

mod action;
mod check_sheet;
mod dialogs;
mod eligibility;
mod entitled_bars;
mod fonts;
mod icon;
mod inspector;
mod layers_panel;
mod legend;
mod list_cells;
mod list_columns;
mod list_panel;
mod lists_matrix;
mod lists_sheet;
mod map_panel;
mod pair_cards;
mod picker;
mod placing_bar;
mod position;
mod shell;
mod shortcuts;
mod sources;
mod status_bar;
mod theme;
mod toasts;
mod top_bar;
mod welcome;
mod what_if_results;
mod what_if_sheet;
mod what_if_thresholds;
mod widgets;
mod worksheet;

pub use fonts::install_fonts;
pub use shell::{UiState, show};
pub use theme::{Theme, install_theme};
