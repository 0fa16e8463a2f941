//! Commands, by noun.

mod chart;
mod check;
mod dispatch;
mod edit;
mod export;
mod figure;
mod filter;
mod import;
mod layers;
mod lists;
mod matching;
mod priority;
mod select;
mod settings;
mod workspace;
