//! A table of what a check or a comparison found, to export: file, and whether names stand in full.

use super::parts::{heading, path_line, row, tick, typed_path, warning};
use super::sheet::{Footer, Outcome, Primary, Sheet};
use crate::base::digits::grouped;
use crate::jobs::{ExportFormat, Finding, TableWanted, trial_rows};
use crate::session::{Command, Session};
use crate::ui::picker::Purpose;
use crate::ui::shell::UiState;
use crate::ui::widgets::note;
use crate::words::Lang;
use egui::{Context, Ui};
use std::path::PathBuf;

/// Draws the dialog.
pub(super) fn show(
    ctx: &Context,
    session: &Session,
    what: TableWanted,
    state: &mut UiState,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let count = count(session, what);
    let (title, holds, go) = match what {
        TableWanted::Findings => (
            "ui.dialog_table_findings",
            "ui.dialog_table_findings_text",
            "ui.dialog_table_findings_go",
        ),
        TableWanted::Unmatched => (
            "ui.dialog_table_unmatched",
            "ui.dialog_table_unmatched_text",
            "ui.dialog_table_unmatched_go",
        ),
        TableWanted::TrialFigures => (
            "whatif.dialog_figures",
            "whatif.dialog_figures_text",
            "whatif.dialog_go",
        ),
        TableWanted::TrialChanges => (
            "whatif.dialog_changes",
            "whatif.dialog_changes_text",
            "whatif.dialog_go",
        ),
        TableWanted::Matching => (
            "ui.dialog_table_matching",
            "ui.dialog_table_matching_text",
            "ui.dialog_table_matching_go",
        ),
    };
    let sheet = Sheet::new("export table", lang.t(title), 560.0);
    let outcome = sheet.show(ctx, session, |ui| {
        note(ui, lang.t(holds));
        ui.add_space(6.0);
        file(ui, session, title, state);
        ui.add_space(6.0);
        sensitive(ui, lang, count, &mut state.forms.table.unmasked);
        Footer {
            hint: String::new(),
            primary: Some(Primary {
                text: lang.with(go, &[("count", &grouped(count as u64))]),
                refusal: refusal(session, state, count),
            }),
            ..Footer::default()
        }
    });
    match outcome {
        Outcome::Open | Outcome::Other(_) => {}
        Outcome::Close => out.push(Command::CloseDialog),
        Outcome::Primary => out.push(Command::ExportTable {
            what,
            path: PathBuf::from(typed_path(&state.forms.table.path)),
            unmasked: state.forms.table.unmasked,
        }),
    }
}

/// How many rows the table will have.
fn count(session: &Session, what: TableWanted) -> usize {
    let results = &session.results;
    match what {
        TableWanted::Findings => results.check.as_ref().map_or(0, |check| {
            let open = check.findings.iter();
            open.filter(|finding| Finding::is_open(finding)).count()
        }),
        TableWanted::Unmatched => results.cell.as_ref().map_or(0, |cell| cell.unmatched.len()),
        TableWanted::TrialFigures => {
            session
                .town()
                .zip(session.what_if())
                .map_or(0, |(town, tried)| {
                    let level = town.snapshot.areas.smallest_level();
                    trial_rows(town, tried, level).len()
                })
        }
        TableWanted::TrialChanges => session.what_if().map_or(0, |tried| {
            let programmes = tried.what_if.programmes.iter();
            let moving = programmes.map(|one| (one.entrants + one.leavers) as usize);
            moving.sum()
        }),
        TableWanted::Matching => {
            let both = session.matched().zip(results.filtered.as_ref());
            both.map_or(0, |(matched, filtered)| {
                let needs = matched
                    .matching
                    .needs_of(&filtered.rows, session.view.choice.needs);
                needs.count()
            })
        }
    }
}

fn refusal(session: &Session, state: &UiState, count: usize) -> Option<String> {
    let path = PathBuf::from(typed_path(&state.forms.table.path));
    let format = ExportFormat::of_path(&path);
    let key = if session.exporting {
        "ui.dialog_busy"
    } else if count == 0 {
        "ui.dialog_table_nothing"
    } else if !path.is_absolute() {
        "ui.dialog_export_no_path"
    } else if !matches!(format, Ok(ExportFormat::Csv | ExportFormat::Xlsx)) {
        "ui.dialog_table_bad_ending"
    } else {
        return None;
    };
    Some(session.lang.t(key).into_owned())
}

fn file(ui: &mut Ui, session: &Session, title: &str, state: &mut UiState) {
    let lang = session.lang;
    let name = lang.t("ui.dialog_file");
    row(ui, &name, |ui| {
        let (_, choose) = path_line(ui, lang, &name, &mut state.forms.table.path);
        if choose {
            let path = PathBuf::from(typed_path(&state.forms.table.path));
            let suggested = path.file_name().unwrap_or_default().to_string_lossy();
            let title = lang.t(title).into_owned();
            let wake = ui.ctx().clone();
            state
                .picker
                .ask(Purpose::ExportTable, title, &suggested, wake);
        }
    });
}

fn sensitive(ui: &mut Ui, lang: Lang, count: usize, unmasked: &mut bool) {
    heading(ui, &lang.t("ui.dialog_export_privacy"));
    tick(ui, true, unmasked, &lang.t("ui.dialog_export_unmasked"));
    if *unmasked {
        let count = grouped(count as u64);
        warning(
            ui,
            &lang.with("ui.dialog_table_warning", &[("count", &count)]),
        );
    } else {
        note(ui, lang.t("ui.dialog_export_masked"));
    }
}
