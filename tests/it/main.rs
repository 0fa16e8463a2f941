//! One integration binary, a module a kind.

mod tidy;
