//! Floor 1: the words that people read, in both languages, and the errors that carry them.

mod fault;
mod lang;
mod message;

pub use fault::{Fault, FaultKind};
pub use lang::Lang;
pub use message::Message;
