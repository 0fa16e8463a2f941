//! The card of a household (一户一档): what is due, what is recorded, and the forms to record more.
//! The inspector shows it in one column, the dialog at full size.

mod clocks;
mod draft;
mod fold;
mod form;
mod history;
mod lines;
mod lists;
mod receipts;

pub(super) use clocks::show as clocks;
pub(super) use draft::CardForms;
pub(super) use form::{actions, show as form};
pub(super) use history::show as history;
pub(super) use lines::Size;
pub(super) use lists::{members, needs, notes, visits};
pub(super) use receipts::receipts;
