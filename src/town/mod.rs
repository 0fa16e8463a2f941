//! Floor 2: the synthetic town: a fictional street office whose people are all invented.
//!
//! One seed gives one town, whatever the machine: the random numbers are `ChaCha8`, and the
//! geometry uses only operations that every processor rounds alike (`+ − × ÷ √`).

mod assistance;
mod blocks;
mod build;
mod dice;
mod divisions;
mod fabric;
mod flaws;
mod geometry;
mod groups;
mod lattice;
mod names;
mod numbers;
mod people;
mod plan;
mod row;
mod scenery;
mod street_layout;
mod streets;

pub use build::{Town, TownSpec, build_town};
pub use row::{HOUSEHOLD_HEADER, TownRow, reference_date};
pub use scenery::{TOWN_ATTRIBUTION, TOWN_ZOOMS};
