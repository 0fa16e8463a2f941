//! From the words of the command line to the exit code. Errors are told here, once.

use super::args::{Cli, Command};
use super::catalogue::WrongCatalogue;
use super::desk::Desk;
use super::ending::Ending;
use super::window::{self, OpenWindow};
use super::wrong_query::WrongQuery;
use super::{
    add, catalogue, changes, chart, convert, demo, explain, gaps, generate, hotspots, import, list,
    matching, out, render, show, summary, timeline, whatif,
};
use crate::words::{Fault, FaultKind, Lang};
use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser as _};
use std::process::ExitCode;

/// The exit code of unusable input and of wrong usage.
const UNUSABLE: u8 = 2;

/// Runs the program: reads the command line, does what it says, and gives the exit code.
/// `open_window` opens the window, where this build has one.
pub fn main(open_window: Option<OpenWindow>) -> ExitCode {
    let cli = match Cli::try_parse().and_then(one_or_the_other) {
        Ok(cli) => cli,
        Err(error) => {
            // Help goes to stdout and is no failure; where stdout is gone, nobody reads it.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { UNUSABLE } else { 0 });
        }
    };
    let mut desk = Desk::new(cli.lang.unwrap_or_else(Lang::of_system), cli.quiet);
    let ended = match &cli.command {
        None => window::run(cli.workspace.as_deref(), cli.lang, open_window, &desk),
        Some(Command::Demo(args)) => demo::run(args, cli.lang, open_window, &mut desk),
        Some(Command::Import(args)) => import::run(args, &mut desk),
        Some(Command::Summary(args)) => summary::run(args, &mut desk),
        Some(Command::Hotspots(args)) => hotspots::run(args, &mut desk),
        Some(Command::Gaps(args)) => gaps::run(args, &mut desk),
        Some(Command::Whatif(args)) => whatif::run(args, &mut desk),
        Some(Command::List(args)) => list::run(args, &mut desk),
        Some(Command::Explain(args)) => explain::run(args, &mut desk),
        Some(Command::Timeline(args)) => timeline::run(args, &mut desk),
        Some(Command::Changes(args)) => changes::run(args, &mut desk),
        Some(Command::Show(args)) => show::run(args, &mut desk),
        Some(Command::Add(args)) => add::run(args, &mut desk),
        Some(Command::Match(args)) => matching::run(args, &mut desk),
        Some(Command::Render(args)) => render::run(args, &mut desk),
        Some(Command::Chart(args)) => chart::run(args, &mut desk),
        Some(Command::Generate(args)) => generate::run(args, &mut desk),
        Some(Command::Convert(args)) => convert::run(args, &mut desk),
        Some(Command::Catalogue(args)) => catalogue::run(args, &mut desk),
    };
    let code = match ended {
        Ok(ending) => ending.code(),
        Err(error) => tell(&error, desk.lang),
    };
    if cli.timings {
        out::aside(&desk.timings_json());
    }
    ExitCode::from(code)
}

/// A workspace for the window and a command do not go together.
fn one_or_the_other(cli: Cli) -> Result<Cli, clap::Error> {
    match (&cli.workspace, &cli.command) {
        (Some(workspace), Some(_)) => {
            let text = format!("'{}' cannot stand before a command", workspace.display());
            Err(Cli::command().error(ErrorKind::ArgumentConflict, text))
        }
        _ => Ok(cli),
    }
}

/// Tells an error and gives its exit code.
fn tell(error: &anyhow::Error, lang: Lang) -> u8 {
    if let Some(fault) = error.downcast_ref::<Fault>() {
        out::aside(&fault.text(lang));
        return match fault.kind {
            FaultKind::Input => UNUSABLE,
            FaultKind::Failed | FaultKind::Cancelled => Ending::InPart.code(),
        };
    }
    if let Some(wrong) = error.downcast_ref::<WrongCatalogue>() {
        out::aside(&wrong.text(lang));
        return UNUSABLE;
    }
    if let Some(wrong) = error.downcast_ref::<WrongQuery>() {
        out::aside(&wrong.text(lang));
        return UNUSABLE;
    }
    out::aside(&format!("{error:#}"));
    Ending::InPart.code()
}
