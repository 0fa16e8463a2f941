//! `catalogue`: an office's programmes, needs, rules and thresholds as a text file: written out,
//! checked, taken in.

use super::desk::Desk;
use super::ending::Ending;
use super::out;
use super::parse;
use super::text_table::TextTable;
use crate::analysis::rule_in_words;
use crate::base::Generation;
use crate::jobs::{
    CatalogueMistake, Edit, EditRequest, OpenRequest, catalogue_text, read_catalogue,
};
use crate::model::{Catalogue, Date, ProgrammeUnit};
use crate::read::read_catalogue_file;
use crate::words::{Fault, Lang, Message};
use crate::write;
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Without an option the workspace's catalogue goes to stdout.
#[derive(Debug, Args)]
pub(super) struct CatalogueArgs {
    /// The workspace file
    #[arg(required_unless_present = "check")]
    workspace: Option<PathBuf>,
    /// Write the workspace's catalogue into a file
    #[arg(long, value_name = "FILE.toml")]
    out: Option<PathBuf>,
    /// Make this file the workspace's catalogue; the change can be undone
    #[arg(long, value_name = "FILE.toml")]
    set: Option<PathBuf>,
    /// Say what is wrong in a file, with line and column, and change nothing
    #[arg(long, value_name = "FILE.toml")]
    check: Option<PathBuf>,
    /// List the rules in force on a day, in plain words
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    as_of: Option<Date>,
}

pub(super) fn run(args: &CatalogueArgs, desk: &mut Desk) -> anyhow::Result<Ending> {
    if let Some(file) = &args.check {
        let catalogue = read_file(file)?;
        desk.tell(&sound(file, &catalogue, desk.lang))?;
    }
    let Some(workspace) = &args.workspace else {
        return Ok(Ending::Done);
    };
    if let Some(file) = &args.set {
        let catalogue = read_file(file)?;
        set(workspace, catalogue, args.as_of, desk)?;
    }
    if let Some(file) = &args.out {
        write::write_text(file, &catalogue_text(workspace)?)?;
        let path = file.display().to_string();
        desk.tell(&desk.lang.with("cli.catalogue_written", &[("path", &path)]))?;
    }
    if args.set.is_none() && args.out.is_none() && args.check.is_none() {
        match args.as_of {
            Some(day) => show(workspace, day, desk)?,
            None => out::result(catalogue_text(workspace)?.as_bytes())?,
        }
    }
    Ok(Ending::Done)
}

/// Reads a file, rules and all.
fn read_file(path: &Path) -> Result<Catalogue, WrongCatalogue> {
    let wrong = |kind| WrongCatalogue {
        file: path.display().to_string(),
        kind,
    };
    let text = read_catalogue_file(path).map_err(|fault| wrong(WrongKind::File(fault)))?;
    read_catalogue(&text).map_err(|mistakes| wrong(WrongKind::Text(mistakes)))
}

/// Makes a catalogue the workspace's own.
fn set(
    workspace: &Path,
    catalogue: Catalogue,
    as_of: Option<Date>,
    desk: &mut Desk,
) -> anyhow::Result<()> {
    let generation = Generation::default();
    let as_of = as_of.unwrap_or_else(Date::today);
    let opened = desk.open(OpenRequest::Existing {
        path: workspace.to_owned(),
        read_only: false,
        generation,
        as_of,
    })?;
    if opened.looks_only {
        let message = Message::new("store.read_only").arg("file", workspace.display());
        return Err(Fault::input(message).into());
    }
    let is_same = opened.town.catalogue_mistake.is_none()
        && opened.town.snapshot.catalogue.of_office() == catalogue;
    if is_same {
        desk.tell(&desk.t("cli.catalogue_same"))?;
        return Ok(());
    }
    let edited = desk.edit(EditRequest {
        workspace: opened.workspace,
        edits: vec![Edit::Catalogue(Arc::new(catalogue))],
        before: opened.town,
        lang: desk.lang,
        generation: generation.next(),
        as_of,
    })?;
    if let Some(fault) = edited.failed {
        return Err(fault.into());
    }
    let title = edited.records.first().map_or("", |batch| &*batch.title);
    desk.tell(&desk.lang.with("cli.catalogue_set", &[("title", title)]))?;
    Ok(())
}

/// That nothing is wrong with a file, and what it holds.
fn sound(file: &Path, catalogue: &Catalogue, lang: Lang) -> String {
    let path = file.display().to_string();
    let count = |number: usize| number.to_string();
    let rules: usize = catalogue.schemes.iter().map(|one| one.rules.len()).sum();
    lang.with(
        "cli.catalogue_sound",
        &[
            ("path", &path),
            ("programmes", &count(catalogue.programmes.len())),
            ("rules", &count(rules)),
            ("thresholds", &count(catalogue.thresholds.len())),
        ],
    )
}

/// The programmes with the rules in force on a day, in plain words.
fn show(workspace: &Path, day: Date, desk: &mut Desk) -> anyhow::Result<()> {
    let opened = desk.look_at(workspace, Some(day))?;
    let catalogue = &opened.town.snapshot.catalogue;
    let rules = opened.town.rules.programmes();
    let lang = desk.lang;
    let heads = [
        "cli.col_code",
        "cli.col_programme",
        "cli.col_unit",
        "cli.col_from",
        "cli.col_rule",
    ];
    let mut rows = vec![heads.map(|key| lang.t(key).into_owned()).to_vec()];
    for (place, term) in catalogue.programmes.iter().enumerate() {
        let scheme = catalogue.schemes.get(place);
        let rule = rules.get(place);
        let version = rule.and_then(|rule| scheme?.rules.get(rule.version?));
        let unit = match scheme.map(|scheme| scheme.unit) {
            Some(ProgrammeUnit::Person) => "cli.unit_person",
            _ => "cli.unit_household",
        };
        let words = version.map(|version| {
            let words = rule_in_words(&version.text, catalogue, lang);
            words.unwrap_or_else(|| version.text.clone())
        });
        rows.push(vec![
            term.code.clone(),
            term.short_name(lang).to_owned(),
            lang.t(unit).into_owned(),
            version.map_or_else(|| "–".to_owned(), |version| version.from.to_string()),
            words.unwrap_or_else(|| lang.t("cli.no_rule").into_owned()),
        ]);
    }
    let table = TextTable {
        to_the_right: vec![false; heads.len()],
        rows,
        foot: 0,
    };
    out::result(table.text().as_bytes())?;
    Ok(())
}

/// A file that is no catalogue.
#[derive(Debug)]
pub(super) struct WrongCatalogue {
    file: String,
    kind: WrongKind,
}

#[derive(Debug)]
enum WrongKind {
    /// It cannot be read at all.
    File(Fault),
    /// What is wrong in it.
    Text(Vec<CatalogueMistake>),
}

impl WrongCatalogue {
    /// Every mistake with its place, a line each, and that nothing was changed.
    pub(super) fn text(&self, lang: Lang) -> String {
        match &self.kind {
            WrongKind::File(fault) => fault.text(lang),
            WrongKind::Text(mistakes) => {
                let mut lines: Vec<String> = mistakes
                    .iter()
                    .map(|mistake| {
                        let (line, column) = (mistake.line, mistake.column);
                        let what = mistake.message.text(lang);
                        format!("{}:{line}:{column}: {what}", self.file)
                    })
                    .collect();
                lines.push(lang.t("cli.catalogue_unchanged").into_owned());
                lines.join("\n")
            }
        }
    }
}

impl std::fmt::Display for WrongCatalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for WrongCatalogue {}
