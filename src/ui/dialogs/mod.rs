//! Dialogs, one a file. One is open at a time; the session says which.

mod as_of;
mod forms;
mod frame;

pub(super) use as_of::show as as_of_menu;
pub(super) use forms::Forms;
pub(super) use frame::show;
