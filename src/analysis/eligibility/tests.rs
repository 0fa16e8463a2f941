//! The language, what rules say, and the fast way against the plain one.

mod agreement;
mod language;
mod verdicts;
