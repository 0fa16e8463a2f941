//! Floor 3: which households, in which order: the filter, its text form, its evaluation, the sort.

mod choice;
mod describe;
mod error;
mod eval;
mod field;
mod filter;
mod leaf;
mod lexer;
#[cfg(test)]
mod naive;
mod nearest;
mod parse;
mod pattern;
mod print;
mod row_set;
#[cfg(test)]
mod samples;
mod sort;
mod value;

pub use choice::Choice;
pub use error::QueryError;
pub use eval::{EvalContext, eval};
pub use field::{Field, FlagField, NumberField, PlaceField, TermField, TextField};
pub use filter::{
    Comparison, Condition, DueValue, Filter, FlagValue, Moment, NumberTest, NumberValue, Outside,
    TermValue, TextValue, VisitTest, VisitValue, chips,
};
pub use parse::parse;
pub use pattern::Pattern;
pub use row_set::RowSet;
pub use sort::{Direction, SortKey, natural_order, sort};
pub use value::near_terms;
