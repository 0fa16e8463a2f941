//! What somebody does and what comes of it: commands in, text out. A file a part of the day.

mod catalogue;
mod export;
mod filter;
mod import;
mod list;
mod map;
mod open;
mod what_if;
mod work;
