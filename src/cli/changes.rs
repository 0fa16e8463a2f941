//! `changes`: what happened since a day, as counts, by area, and as a list of households.

// The comments of the arguments are their help, where backticks would be seen.
#![allow(clippy::doc_markdown)]

use super::args::SummaryFormat;
use super::changes_list;
use super::columns::marked;
use super::desk::Desk;
use super::ending::Ending;
use super::json::{self, Object};
use super::list::find;
use super::summary::choice;
use super::text_table::{TextTable, few_line};
use super::wrong_query::read_query;
use super::{out, parse};
use crate::analysis::{Change, Figures, min_denominator};
use crate::base::Progress;
use crate::base::digits::{grouped, percent};
use crate::jobs::{ChangesFound, ChangesRequest, ExportFormat};
use crate::layer::AreaFigure;
use crate::model::{AreaLevel, Date, LonLat, Term};
use crate::query::{Direction, SortKey};
use crate::snapshot::Snapshot;
use crate::words::{Fault, Lang, Message};
use crate::write::{self, Cell, CellKind, Column, RowSource};
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Debug, Args)]
pub(super) struct ChangesArgs {
    /// The workspace file
    workspace: PathBuf,
    /// The earlier day
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    since: Date,
    /// The later day [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    as_of: Option<Date>,
    /// The figures of every area of a level on both days, in place of what happened
    #[arg(long, value_name = "grid|community|street|county", value_parser = parse::level)]
    level: Option<AreaLevel>,
    /// Which households, such as "need:care elderly>=1" [default: all]
    #[arg(long = "where", value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    /// The programmes that count, by code or name [default: all]
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    programmes: Vec<String>,
    /// The needs that count, by code or name [default: all]
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    needs: Vec<String>,
    /// The form of the answer
    #[arg(long, value_enum, default_value = "table")]
    format: SummaryFormat,
    /// Write the households too, a row a change: .csv or .xlsx
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write names in full
    #[arg(long)]
    unmasked: bool,
}

pub(super) fn run(args: &ChangesArgs, desk: &mut Desk) -> anyhow::Result<Ending> {
    // A file name that cannot be used is said before the work.
    if let Some(path) = &args.out
        && ExportFormat::of_path(path)? == ExportFormat::GeoJson
    {
        let message = Message::new("session.table_format").arg("path", path.display());
        return Err(Fault::input(message).into());
    }
    let opened = desk.look_at(&args.workspace, args.as_of)?;
    let town = Arc::clone(&opened.town);
    let snapshot = &town.snapshot;
    let choice = choice(&args.programmes, &args.needs, snapshot)?;
    let filter = read_query(args.query.as_deref(), &snapshot.catalogue)?;
    let order = (SortKey::Id, Direction::Ascending);
    let filtered = find(&opened, filter, town.as_of, order, desk)?;
    let found = desk.changes(ChangesRequest {
        workspace: opened.workspace.clone(),
        town: Arc::clone(&town),
        since: args.since,
        rows: Arc::clone(&filtered.rows),
        choice,
    })?;
    desk.lap("changes");
    let table: Box<dyn Answer> = match args.level {
        Some(level) => Box::new(Areas::new(snapshot, &found, level)),
        None => Box::new(Counts::new(snapshot, &found)),
    };
    match args.format {
        SummaryFormat::Table => {
            let days = [
                ("since", &*found.since.to_string()),
                ("until", &*found.until.to_string()),
            ];
            let heading = desk.lang.with("cli.changes_of", &days);
            let text = format!("{heading}\n\n{}", table.text(desk.lang));
            out::result(text.as_bytes())?;
            remarks(&found, desk);
        }
        SummaryFormat::Csv => out::result(&table.csv()?)?,
        SummaryFormat::Json => {
            out::result(format!("{}\n", json::array(&table.json())).as_bytes())?;
        }
    }
    if let Some(path) = &args.out {
        let written = changes_list::write(&town, &found, path, args.unmasked, desk.lang)?;
        let facts = [
            ("count", &*grouped(written as u64)),
            ("path", &*path.display().to_string()),
        ];
        desk.remark(&desk.lang.with("cli.changes_listed", &facts));
    }
    Ok(Ending::Done)
}

/// What the counts do not show.
fn remarks(found: &ChangesFound, desk: &Desk) {
    if found.gone > 0 {
        let count = grouped(found.gone as u64);
        desk.remark(&desk.lang.with("ui.changes_gone", &[("count", &count)]));
    }
    if let Some(first) = found.remembers_since {
        let first = first.to_string();
        desk.remark(&desk.lang.with("ui.changes_remembers", &[("date", &first)]));
    }
}

/// A table in its three forms.
trait Answer {
    fn text(&self, lang: Lang) -> String;
    fn json(&self) -> Vec<String>;
    fn csv(&self) -> Result<Vec<u8>, Fault>;
}

/// The programme or category that a change is about.
pub(super) fn term_of<'a>(snapshot: &'a Snapshot, change: &Change) -> Option<&'a Term> {
    let catalogue = &snapshot.catalogue;
    let programme = change.kind.programme().map(usize::from);
    let need = change.kind.need().map(usize::from);
    programme
        .and_then(|place| catalogue.programmes.get(place))
        .or_else(|| need.and_then(|place| catalogue.needs.get(place)))
}

/// What happened, a kind a row.
struct Counts<'a> {
    rows: Vec<(&'a Change, Option<&'a Term>)>,
    columns: Vec<Column>,
    mark: Option<String>,
}

impl<'a> Counts<'a> {
    fn new(snapshot: &'a Snapshot, found: &'a ChangesFound) -> Self {
        let keys = [
            ("kind", CellKind::Text),
            ("of", CellKind::Text),
            ("households", CellKind::Number),
            ("times", CellKind::Number),
        ];
        let (columns, mark) = marked(snapshot, &keys);
        let rows = found.changes.iter();
        Self {
            rows: rows
                .map(|change| (change, term_of(snapshot, change)))
                .collect(),
            columns,
            mark,
        }
    }
}

impl Answer for Counts<'_> {
    fn text(&self, lang: Lang) -> String {
        let heading = [
            "cli.col_change",
            "cli.col_of",
            "cli.col_households",
            "cli.col_times",
        ];
        let mut rows = vec![heading.map(|key| lang.t(key).into_owned()).to_vec()];
        for (change, term) in &self.rows {
            rows.push(vec![
                lang.t(&format!("ui.change_{}", change.kind.code()))
                    .into_owned(),
                term.map_or_else(String::new, |term| term.name(lang).to_owned()),
                grouped(change.rows.len() as u64),
                grouped(u64::from(change.times)),
            ]);
        }
        TextTable {
            to_the_right: vec![false, false, true, true],
            rows,
            foot: 0,
        }
        .text()
    }

    fn json(&self) -> Vec<String> {
        let row = |(change, term): &(&Change, Option<&Term>)| {
            Object::default()
                .with("kind", change.kind.code())
                .with("of", term.map(|term| term.code.as_str()))
                .with("households", change.rows.len())
                .with("times", change.times)
                .text()
        };
        self.rows.iter().map(row).collect()
    }

    fn csv(&self) -> Result<Vec<u8>, Fault> {
        write::csv_bytes(self, &Progress::new())
    }
}

impl RowSource for Counts<'_> {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn row<'a>(&'a self, index: usize, cells: &mut Vec<Cell<'a>>) {
        let Some((change, term)) = self.rows.get(index) else {
            return;
        };
        cells.extend([
            Cell::text(change.kind.code()),
            Cell::text(term.map_or("", |term| term.code.as_str())),
            Cell::Number(change.rows.len() as f64),
            Cell::Number(f64::from(change.times)),
        ]);
        cells.extend(self.mark.as_deref().map(Cell::text));
    }

    fn position(&self, _index: usize) -> Option<LonLat> {
        None
    }
}

/// The figures of one area, or of all, on both days.
struct AreaRow<'a> {
    code: &'a str,
    name: &'a str,
    level: &'static str,
    then: Figures,
    now: Figures,
    /// Whether few are of concern on one of the days.
    is_small: bool,
}

impl AreaRow<'_> {
    /// How far reach moved, as a share.
    fn moved(&self) -> Option<f64> {
        let both = self.then.reach().zip(self.now.reach());
        both.map(|(then, now)| now - then)
    }
}

struct Areas<'a> {
    rows: Vec<AreaRow<'a>>,
    /// The denominator under which a rate is marked.
    least: u32,
    columns: Vec<Column>,
    mark: Option<String>,
}

impl<'a> Areas<'a> {
    fn new(snapshot: &'a Snapshot, found: &ChangesFound, level: AreaLevel) -> Self {
        let areas = &snapshot.areas;
        let least = min_denominator(&snapshot.catalogue);
        let row = |code, name, level, then: Figures, now: Figures| AreaRow {
            code,
            name,
            level,
            then,
            now,
            is_small: then.is_suppressed(least) || now.is_suppressed(least),
        };
        let mut rows: Vec<AreaRow<'a>> = areas
            .of_level(level)
            .filter_map(|area| {
                let at = area.0 as usize;
                let then = *found.before.by_area.get(at)?;
                let now = *found.after.by_area.get(at)?;
                let (code, name) = (areas.code.get(at)?, areas.name.get(at)?);
                Some(row(code, name, level.code(), then, now))
            })
            .collect();
        rows.sort_by_key(|row| row.code);
        let (then, now) = (found.before.total, found.after.total);
        rows.push(row("", "", "total", then, now));
        let mut keys = vec![
            ("code", CellKind::Text),
            ("name", CellKind::Text),
            ("level", CellKind::Text),
        ];
        keys.extend(NUMBERS.map(|key| (key, CellKind::Number)));
        let (columns, mark) = marked(snapshot, &keys);
        Self {
            rows,
            least,
            columns,
            mark,
        }
    }
}

/// The figures of both days, in this order.
const NUMBERS: [&str; 11] = [
    "of_concern_before",
    "of_concern",
    "receiving_before",
    "receiving",
    "reach_before",
    "reach",
    "reach_difference",
    "open_needs_before",
    "open_needs",
    "gaps_before",
    "gaps",
];

impl AreaRow<'_> {
    fn numbers(&self) -> [Option<f64>; 11] {
        let (then, now) = (&self.then, &self.now);
        let count = |count: u32| Some(f64::from(count));
        [
            count(then.of_concern),
            count(now.of_concern),
            count(then.receiving),
            count(now.receiving),
            then.reach(),
            now.reach(),
            self.moved(),
            count(then.open_needs),
            count(now.open_needs),
            count(then.gaps),
            count(now.gaps),
        ]
    }
}

impl Answer for Areas<'_> {
    fn text(&self, lang: Lang) -> String {
        let heading = [
            "cli.col_code",
            "cli.col_name",
            "cli.col_reach_then",
            "cli.col_reach",
            "cli.col_moved",
            "cli.col_needs_then",
            "cli.col_open_needs",
            "cli.col_gaps_then",
            "cli.col_gaps",
        ];
        let mut rows = vec![heading.map(|key| lang.t(key).into_owned()).to_vec()];
        let no_data = || lang.t("common.no_data").into_owned();
        let count = |count: u32| grouped(u64::from(count));
        for row in &self.rows {
            let mark = if row.is_small { "*" } else { "" };
            let rate = |rate: Option<f64>| {
                rate.map_or_else(no_data, |rate| format!("{}{mark}", percent(rate)))
            };
            let name = match row.level {
                "total" => lang.t("cli.sum_total").into_owned(),
                _ => row.name.to_owned(),
            };
            let moved = row.moved();
            let moved = moved.map(|moved| AreaFigure::Reach.difference_text(moved, lang));
            rows.push(vec![
                row.code.to_owned(),
                name,
                rate(row.then.reach()),
                rate(row.now.reach()),
                moved.unwrap_or_else(no_data),
                count(row.then.open_needs),
                count(row.now.open_needs),
                count(row.then.gaps),
                count(row.now.gaps),
            ]);
        }
        let mut text = TextTable {
            to_the_right: (0..heading.len()).map(|column| column >= 2).collect(),
            rows,
            foot: 1,
        }
        .text();
        if self.rows.iter().any(|row| row.is_small) {
            text.push_str(&few_line(self.least, lang));
        }
        text
    }

    fn json(&self) -> Vec<String> {
        let row = |row: &AreaRow<'_>| {
            let object = Object::default()
                .with("code", row.code)
                .with("name", row.name)
                .with("level", row.level);
            let numbers = NUMBERS.into_iter().zip(row.numbers());
            numbers
                .fold(object, |object, (key, number)| match number {
                    // Counts are whole.
                    Some(count) if !key.starts_with("reach") => object.with(key, count as u64),
                    other => object.with(key, other),
                })
                .with("suppressed", row.is_small)
                .text()
        };
        self.rows.iter().map(row).collect()
    }

    fn csv(&self) -> Result<Vec<u8>, Fault> {
        write::csv_bytes(self, &Progress::new())
    }
}

impl RowSource for Areas<'_> {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn row<'a>(&'a self, index: usize, cells: &mut Vec<Cell<'a>>) {
        let Some(row) = self.rows.get(index) else {
            return;
        };
        cells.extend([
            Cell::text(row.code),
            Cell::text(row.name),
            Cell::text(row.level),
        ]);
        cells.extend(row.numbers().map(Cell::number));
        cells.extend(self.mark.as_deref().map(Cell::text));
    }

    fn position(&self, _index: usize) -> Option<LonLat> {
        None
    }
}
