//! One integration binary, a module a kind.

mod cli;
mod tidy;
