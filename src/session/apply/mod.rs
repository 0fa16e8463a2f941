//! Commands, by noun.

mod dispatch;
mod export;
mod filter;
mod import;
mod layers;
mod select;
mod settings;
mod workspace;
