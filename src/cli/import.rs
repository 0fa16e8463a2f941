//! `import`: boundaries and households into a workspace.

use super::desk::Desk;
use super::ending::Ending;
use super::import_args::ImportArgs;
use super::{import_json, import_report, out};
use crate::base::digits::grouped;
use crate::jobs::{ImportReport, ImportRequest, Imported, WorkspaceHandle};
use crate::words::{Fault, Message};
use std::fs;
use std::path::Path;

pub(super) fn run(args: &ImportArgs, desk: &mut Desk) -> anyhow::Result<Ending> {
    spare_the_sources(args)?;
    let report = import(args, desk)?.report;
    if args.json {
        out::result(format!("{}\n", import_json::object(&report)).as_bytes())?;
    } else {
        desk.tell(&import_report::text(&report, args, desk.lang))?;
    }
    Ok(ending(&report, args, desk))
}

/// Rejected rows are never written over what they came from, or over the workspace.
fn spare_the_sources(args: &ImportArgs) -> Result<(), Fault> {
    let Some(rejects) = &args.rejects else {
        return Ok(());
    };
    let choices = args.choices();
    let sources = choices
        .iter()
        .map(|choice| &choice.path)
        .chain([&args.workspace])
        .chain(&args.columns);
    let same = |source: &Path| match (fs::canonicalize(source), fs::canonicalize(rejects)) {
        (Ok(source), Ok(rejects)) => source == rejects,
        _ => source == rejects,
    };
    if sources.into_iter().any(|source| same(source)) {
        return Err(Fault::input(
            Message::new("cli.rejects_over_source").arg("path", rejects.display()),
        ));
    }
    Ok(())
}

fn import(args: &ImportArgs, desk: &mut Desk) -> Result<Imported, Fault> {
    let mut request = ImportRequest {
        rejects: args.rejects.clone(),
        dry_run: args.dry_run,
        ..ImportRequest::of(args.choices())
    };
    if let Some(template) = &args.columns {
        desk.apply_template(template, &mut request.files)?;
    }
    // A rehearsal without a workspace needs none.
    if args.dry_run && fs::symlink_metadata(&args.workspace).is_err() {
        return desk.import(request);
    }
    let (handle, is_new) = WorkspaceHandle::open_or_make(&args.workspace)?;
    desk.lap("open");
    if handle.is_demo() {
        return Err(Fault::input(
            Message::new("cli.demo_workspace").arg("path", args.workspace.display()),
        ));
    }
    request.workspace = Some(handle.clone());
    let imported = desk.import(request);
    if imported.is_err() && is_new {
        // A first import that failed leaves nothing behind. Windows removes no open file.
        drop(handle);
        let _ = fs::remove_file(&args.workspace);
    }
    imported
}

/// Says what was kept where something was not.
fn ending(report: &ImportReport, args: &ImportArgs, desk: &Desk) -> Ending {
    let features = import_report::rejected_features(report);
    let (other_rows, other_rejected) = import_report::rows_of_other_tables(report);
    if report.rejected + other_rejected + features == 0 {
        return Ending::Done;
    }
    let lang = desk.lang;
    let mut what = Vec::new();
    if report.rejected > 0 {
        let (rejected, read) = (grouped(report.rejected), grouped(report.read));
        what.push(lang.with(
            "cli.rejected_rows",
            &[("rejected", &rejected), ("read", &read)],
        ));
    }
    if other_rejected > 0 {
        let (rejected, read) = (grouped(other_rejected), grouped(other_rows));
        what.push(lang.with(
            "cli.rejected_other_rows",
            &[("rejected", &rejected), ("read", &read)],
        ));
    }
    if features > 0 {
        what.push(lang.with("cli.rejected_features", &[("rejected", &grouped(features))]));
    }
    let key = if args.dry_run {
        "cli.would_keep"
    } else {
        "cli.kept_in_part"
    };
    out::aside(&lang.with(
        key,
        &[
            ("what", &what.join(lang.pick("、", ", "))),
            ("stored", &grouped(report.stored)),
            ("areas", &grouped(report.areas)),
        ],
    ));
    if args.rejects.is_none() && report.rejected + other_rejected > 0 {
        desk.remark(&desk.t("cli.how_to_mend"));
    }
    Ending::InPart
}
