//! The binary: the command line, and the window where this build has one.

use livelihood_map::cli;
use std::process::ExitCode;

/// Rows are typed on one thread, stored on another and dropped there, a dozen texts each; the
/// systems' own allocators spend a quarter of a large import on handing these back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main(WINDOW)
}

#[cfg(not(feature = "gui"))]
const WINDOW: Option<cli::OpenWindow> = None;

#[cfg(feature = "gui")]
const WINDOW: Option<cli::OpenWindow> = Some(open_window);

#[cfg(feature = "gui")]
fn open_window(start: cli::WindowStart) -> Result<(), String> {
    use livelihood_map::gui;
    let cli::WindowStart {
        workspace,
        demo,
        lang,
        as_of,
    } = start;
    gui::run(gui::Start {
        workspace,
        demo,
        lang,
        as_of,
    })
    .map_err(|gui::NoWindow(why)| why)
}
