//! `summary`: the figures of every area of a level.

use super::args::SummaryFormat;
use super::desk::Desk;
use super::ending::Ending;
use super::parse;
use super::rate::Rate;
use super::summary_rows::Summary;
use super::{json, out, summary_table};
use crate::analysis;
use crate::base::Progress;
use crate::model::{AreaLevel, Date, Term};
use crate::query::{Choice, RowSet, near_terms};
use crate::snapshot::Snapshot;
use crate::words::{Fault, Message};
use crate::write;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

// These comments are the help, where backticks would be seen.
#[allow(clippy::doc_markdown)]
#[derive(Debug, Args)]
pub(super) struct SummaryArgs {
    /// The workspace file
    pub(super) workspace: PathBuf,
    /// The level of the areas [default: the smallest that there is]
    #[arg(long, value_name = "grid|community|street|county", value_parser = parse::level)]
    pub(super) level: Option<AreaLevel>,
    /// The programmes that count, by code or name [default: all]
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub(super) programmes: Vec<String>,
    /// The needs that count, by code or name [default: all]
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub(super) needs: Vec<String>,
    /// The form of reach and full coverage
    #[arg(long, value_enum, default_value = "raw")]
    pub(super) rate: Rate,
    /// The order of the areas
    #[arg(long, value_enum, default_value = "code")]
    pub(super) sort: SummarySort,
    /// The day of the figures [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    pub(super) as_of: Option<Date>,
    /// The form of the answer
    #[arg(long, value_enum, default_value = "table")]
    pub(super) format: SummaryFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SummarySort {
    /// By code
    Code,
    /// By the lower end of the 95 % interval of reach, the highest first: few households never top the list by luck
    Rate,
}

pub(super) fn run(args: &SummaryArgs, desk: &mut Desk) -> anyhow::Result<Ending> {
    let opened = desk.look_at(&args.workspace, args.as_of)?;
    let snapshot = &opened.town.snapshot;
    let choice = choice(&args.programmes, &args.needs, snapshot)?;
    let all = RowSet::all(snapshot.households.len());
    let coverage =
        analysis::coverage(snapshot, &all, choice, &Progress::new()).map_err(Fault::from)?;
    let mut summary = Summary::new(
        (&opened.town, &coverage, choice),
        args.level,
        args.rate.form(),
    )?;
    if args.sort == SummarySort::Rate {
        summary.rank();
    }
    desk.lap("summary");
    if summary.rows.is_empty() {
        desk.remark(&desk.t("cli.no_areas"));
    }
    match args.format {
        SummaryFormat::Table => {
            let mut text = summary_table::text(&summary, desk.lang);
            text.push_str(&desk.as_of_line(opened.town.as_of));
            out::result(text.as_bytes())?;
        }
        SummaryFormat::Csv => out::result(&write::csv_bytes(&summary, &Progress::new())?)?,
        SummaryFormat::Json => {
            let rows: Vec<String> = summary
                .rows
                .iter()
                .map(super::summary_rows::SummaryRow::json)
                .collect();
            out::result(format!("{}\n", json::array(&rows)).as_bytes())?;
        }
    }
    Ok(Ending::Done)
}

/// What counts: the named programmes and needs, or all where none is named.
pub(super) fn choice(
    programmes: &[String],
    needs: &[String],
    snapshot: &Snapshot,
) -> Result<Choice, Fault> {
    let catalogue = &snapshot.catalogue;
    let all = Choice::default();
    Ok(Choice {
        programmes: bits(programmes, &catalogue.programmes, "cli.unknown_programme")?
            .unwrap_or(all.programmes),
        needs: bits(needs, &catalogue.needs, "cli.unknown_need")?.unwrap_or(all.needs),
    })
}

/// The place of a term by code, name or alias.
pub(super) fn place(name: &str, terms: &[Term], unknown: &'static str) -> Result<usize, Fault> {
    if let Some(place) = terms.iter().position(|term| term.is_called(name)) {
        return Ok(place);
    }
    let near = near_terms(terms, name);
    // Where nothing is near, the catalogue's own are named.
    let offered = if near.is_empty() {
        let known = terms.iter().filter(|term| term.known);
        known.map(|term| term.code.as_str()).collect()
    } else {
        near
    };
    Err(Fault::input(
        Message::new(unknown)
            .arg("name", name)
            .arg("near", offered.join(", ")),
    ))
}

/// A bit a named term; nothing where none is named.
pub(super) fn bits(
    names: &[String],
    terms: &[Term],
    unknown: &'static str,
) -> Result<Option<u64>, Fault> {
    let mut bits = None;
    for name in names
        .iter()
        .map(|name| name.trim())
        .filter(|name| !name.is_empty())
    {
        let place = place(name, terms, unknown)?;
        *bits.get_or_insert(0) |= 1 << place;
    }
    Ok(bits)
}
