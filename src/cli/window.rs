//! Opening the window, or saying why there is none.

use super::desk::Desk;
use super::ending::Ending;
use crate::model::Date;
use crate::words::{Fault, Lang, Message};
use std::env;
use std::path::{Path, PathBuf};

/// What the window begins with.
#[derive(Debug, Clone, Default)]
pub struct WindowStart {
    /// A workspace to open.
    pub workspace: Option<PathBuf>,
    /// Whether to open the sample town.
    pub demo: bool,
    /// The language, where one was asked for.
    pub lang: Option<Lang>,
    /// The day of the figures, where one was asked for.
    pub as_of: Option<Date>,
}

/// Opens the window and comes back when it is closed, or says why there is none. The window
/// stands on a floor above, so the binary hands it down.
pub type OpenWindow = fn(WindowStart) -> Result<(), String>;

/// Whether a window could be shown. Without one of these, Linux has nowhere to show it.
pub(super) fn has_display() -> bool {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// The window command where the build has no window.
pub(super) fn needs_window(open_window: Option<OpenWindow>) -> Result<OpenWindow, Fault> {
    open_window.ok_or_else(|| Fault::input(Message::new("cli.no_window_in_build")))
}

/// Opens the window, with a workspace or with the three doors.
pub(super) fn run(
    workspace: Option<&Path>,
    lang: Option<Lang>,
    open_window: Option<OpenWindow>,
    desk: &Desk,
) -> anyhow::Result<Ending> {
    let open_window = needs_window(open_window)?;
    if !has_display() {
        return Err(without_display(workspace).into());
    }
    let start = WindowStart {
        workspace: workspace.map(Path::to_owned),
        lang,
        ..WindowStart::default()
    };
    match open_window(start) {
        Ok(()) => Ok(Ending::Done),
        Err(why) => {
            desk.remark(&why);
            Err(without_display(workspace).into())
        }
    }
}

fn without_display(workspace: Option<&Path>) -> Fault {
    match workspace {
        // Most likely a command with a typing error.
        Some(path) if !path.exists() => {
            Fault::input(Message::new("cli.no_such_workspace").arg("path", path.display()))
        }
        Some(path) => Fault::failed(Message::new("cli.no_display").arg("path", path.display())),
        None => Fault::failed(Message::new("cli.no_display_at_all")),
    }
}
