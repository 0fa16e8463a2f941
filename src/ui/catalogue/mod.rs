//! The catalogue in the window: programmes with their rules, needs, thresholds and numbers, changed
//! as a draft that says what is wrong with it and who would be affected.

mod affected;
mod entries;
mod fields;
mod needs;
mod numbers;
mod programme;
mod rule_text;
mod rule_words;
mod rules;
mod sheet;
mod standing;
mod state;
mod thresholds;

pub(super) use sheet::show;
pub(super) use state::CatalogueState;
