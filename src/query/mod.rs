//! Floor 3: which households, in which order.

mod choice;
mod row_set;

pub use choice::Choice;
pub use row_set::RowSet;
