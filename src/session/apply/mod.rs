//! Commands, by noun.

mod dispatch;
mod export;
mod filter;
mod layers;
mod select;
mod settings;
mod workspace;
