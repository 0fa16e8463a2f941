//! What somebody does and what comes of it: commands in, text out. A file a part of the day.

mod card;
mod catalogue;
mod charts;
mod export;
mod filter;
mod import;
mod list;
mod map;
mod matching;
mod open;
mod priority;
mod rates;
mod what_if;
mod work;
