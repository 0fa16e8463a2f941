//! Floor 2: the synthetic town: a fictional street office whose people are all invented.
//!
//! Beside the ledger stand the long tables (members, receipts, needs, visits, resources), which agree
//! with it row by row. What is planted in them is said in `truth.rs`: gaps in three programmes,
//! silent households, and a hot spot of two grids.
//!
//! One seed gives one town, whatever the machine: the random numbers are `ChaCha8`, and the
//! geometry uses only operations that every processor rounds alike (`+ − × ÷ √`).

mod assistance;
mod blocks;
mod build;
mod dice;
mod divisions;
mod due_days;
mod fabric;
mod flaws;
mod geometry;
mod groups;
mod lattice;
mod members;
mod names;
mod needs;
mod numbers;
mod numbers_given;
mod people;
mod plan;
mod receipts;
mod record_cells;
mod records;
mod resources;
mod row;
mod scenery;
mod street_layout;
mod streets;
mod truth;
mod visits;
mod walks_of_life;

pub use build::{Town, TownSpec, build_town};
pub use record_cells::{MEMBER_HEADER, NEED_HEADER, RECEIPT_HEADER, RESOURCE_HEADER, VISIT_HEADER};
pub use records::HouseholdRecords;
pub use row::{HOUSEHOLD_HEADER, TownRow, reference_date};
pub use scenery::{TOWN_ATTRIBUTION, TOWN_ZOOMS};
pub use truth::Truth;
