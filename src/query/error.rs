//! What is wrong with a query text, and where.

use crate::words::{Fault, Lang, Message};
use std::fmt;

/// A query text that cannot be read. Places are counted in characters, not bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// The first character that is wrong.
    pub at_char: usize,
    /// How many characters are wrong; 0 where something is missing at the end.
    pub len_chars: usize,
    /// What is wrong, and what would be right.
    pub message: Message,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message.text(Lang::En))
    }
}

impl std::error::Error for QueryError {}

impl From<QueryError> for Fault {
    fn from(error: QueryError) -> Self {
        Self::input(error.message)
    }
}
