//! `timeline`: coverage, need and work month by month.

// The comments of the arguments are their help, where backticks would be seen.
#![allow(clippy::doc_markdown)]

use super::args::SummaryFormat;
use super::columns::marked;
use super::desk::Desk;
use super::ending::Ending;
use super::json::{self, Object};
use super::list::find;
use super::summary::choice;
use super::text_table::{TextTable, few_line};
use super::wrong_query::read_query;
use super::{out, parse};
use crate::analysis::{MonthFigures, min_denominator};
use crate::base::Progress;
use crate::base::digits::{figure, grouped, percent};
use crate::jobs::{TimeLineFound, TimeLineRequest};
use crate::model::{AreaLevel, Date, LonLat, Term};
use crate::query::{Direction, SortKey};
use crate::snapshot::{AreaIndex, Snapshot};
use crate::words::{Fault, Lang, Message};
use crate::write::{self, Cell, CellKind, Column, RowSource};
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;

/// So many months are looked at at most: forty years.
const MOST_MONTHS: i64 = 480;

#[derive(Debug, Args)]
pub(super) struct TimeLineArgs {
    /// The workspace file
    workspace: PathBuf,
    /// One area, by its code [default: all households]
    #[arg(long, value_name = "CODE", conflicts_with = "level")]
    area: Option<String>,
    /// Every area of a level
    #[arg(long, value_name = "grid|community|street|county", value_parser = parse::level)]
    level: Option<AreaLevel>,
    /// How many months, the last among them
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=MOST_MONTHS))]
    months: u32,
    /// Which households, such as "need:care elderly>=1" [default: all]
    #[arg(long = "where", value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    /// The programmes that count, by code or name [default: all]
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    programmes: Vec<String>,
    /// The needs that count, by code or name [default: all]
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    needs: Vec<String>,
    /// The last day [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    as_of: Option<Date>,
    /// The form of the answer
    #[arg(long, value_enum, default_value = "table")]
    format: SummaryFormat,
}

pub(super) fn run(args: &TimeLineArgs, desk: &mut Desk) -> anyhow::Result<Ending> {
    let opened = desk.look_at(&args.workspace, args.as_of)?;
    let town = Arc::clone(&opened.town);
    let snapshot = &town.snapshot;
    let choice = choice(&args.programmes, &args.needs, snapshot)?;
    let areas = areas(args, snapshot)?;
    let filter = read_query(args.query.as_deref(), &snapshot.catalogue)?;
    let order = (SortKey::Id, Direction::Ascending);
    let filtered = find(&opened, filter, town.as_of, order, desk)?;
    let found = desk.timeline(TimeLineRequest {
        town: Arc::clone(&town),
        rows: Arc::clone(&filtered.rows),
        choice,
        areas,
        as_of: town.as_of,
        months: args.months as usize,
    })?;
    desk.lap("timeline");
    let table = Table::new(
        snapshot,
        &found,
        args.area.is_some() || args.level.is_some(),
    );
    match args.format {
        SummaryFormat::Table => {
            out::result(table.text(desk.lang).as_bytes())?;
            remark_undated(&found, desk);
        }
        SummaryFormat::Csv => out::result(&write::csv_bytes(&table, &Progress::new())?)?,
        SummaryFormat::Json => {
            let rows: Vec<String> = table.rows.iter().map(|row| row.json(snapshot)).collect();
            out::result(format!("{}\n", json::array(&rows)).as_bytes())?;
        }
    }
    Ok(Ending::Done)
}

/// Says how much has no date.
fn remark_undated(found: &TimeLineFound, desk: &Desk) {
    let undated = found.line.undated;
    if undated.total() == 0 {
        return;
    }
    let count = |number: u32| grouped(u64::from(number));
    let facts = [
        ("programmes", &*count(undated.programmes)),
        ("needs", &*count(undated.needs)),
        ("receipts", &*count(undated.receipts_without_start)),
        ("raised", &*count(undated.needs_without_start)),
        ("closed", &*count(undated.closed_without_day)),
    ];
    desk.remark(&desk.lang.with("cli.timeline_undated", &facts));
}

/// The area of a code that somebody typed.
pub(super) fn area_of(code: &str, town: &Snapshot) -> Result<AreaIndex, Fault> {
    let unknown = || Fault::input(Message::new("cli.unknown_area").arg("code", code));
    town.areas.by_code(code).ok_or_else(unknown)
}

fn areas(args: &TimeLineArgs, snapshot: &Snapshot) -> Result<Vec<AreaIndex>, Fault> {
    let areas = &snapshot.areas;
    if let Some(code) = &args.area {
        return Ok(vec![area_of(code, snapshot)?]);
    }
    let Some(level) = args.level else {
        return Ok(Vec::new());
    };
    let mut all: Vec<AreaIndex> = areas.of_level(level).collect();
    all.sort_by_key(|area| areas.code.get(area.0 as usize));
    Ok(all)
}

/// One point of one line.
struct Row<'a> {
    code: &'a str,
    name: &'a str,
    level: &'static str,
    day: Date,
    month: &'a MonthFigures,
}

struct Table<'a> {
    rows: Vec<Row<'a>>,
    columns: Vec<Column>,
    mark: Option<String>,
    /// The denominator under which a rate is marked.
    least: u32,
    /// Whether the rows are of areas.
    of_areas: bool,
}

/// The members of the JSON objects and the headers of the CSV.
const KEYS: [(&str, CellKind); 17] = [
    ("code", CellKind::Text),
    ("name", CellKind::Text),
    ("level", CellKind::Text),
    ("day", CellKind::Date),
    ("households", CellKind::Number),
    ("of_concern", CellKind::Number),
    ("receiving", CellKind::Number),
    ("fully_covered", CellKind::Number),
    ("reach", CellKind::Number),
    ("full_coverage", CellKind::Number),
    ("open_needs", CellKind::Number),
    ("gaps", CellKind::Number),
    ("unmet_load", CellKind::Number),
    ("raised", CellKind::Number),
    ("met", CellKind::Number),
    ("withdrawn", CellKind::Number),
    ("visits", CellKind::Number),
];

impl<'a> Table<'a> {
    fn new(snapshot: &'a Snapshot, found: &'a TimeLineFound, of_areas: bool) -> Self {
        let line = &found.line;
        let areas = &snapshot.areas;
        let mut rows = Vec::new();
        let mut add = |code: &'a str, name: &'a str, level, months: &'a [MonthFigures]| {
            for (day, month) in line.days.iter().zip(months) {
                rows.push(Row {
                    code,
                    name,
                    level,
                    day: *day,
                    month,
                });
            }
        };
        if of_areas {
            for (area, months) in line.areas.iter().zip(&line.by_area) {
                let at = area.0 as usize;
                let text = |column: &'a [String]| column.get(at).map_or("", String::as_str);
                let level = areas.level.get(at).map_or("", |level| level.code());
                add(text(&areas.code), text(&areas.name), level, months);
            }
        } else {
            add("", "", "total", &line.total);
        }
        let (columns, mark) = marked(snapshot, &KEYS);
        Self {
            rows,
            columns,
            mark,
            least: min_denominator(&snapshot.catalogue),
            of_areas,
        }
    }

    fn text(&self, lang: Lang) -> String {
        const HEADINGS: [&str; 12] = [
            "cli.col_code",
            "cli.col_name",
            "cli.col_day",
            "cli.col_of_concern",
            "cli.col_receiving",
            "cli.col_reach",
            "cli.col_open_needs",
            "cli.col_gaps",
            "cli.col_unmet_load",
            "cli.col_raised",
            "cli.col_met",
            "cli.col_visits",
        ];
        // Of all households there is no code and no name.
        let skip = if self.of_areas { 0 } else { 2 };
        let heading = HEADINGS.iter().skip(skip);
        let mut rows = vec![heading.map(|key| lang.t(key).into_owned()).collect()];
        let count = |number: u32| grouped(u64::from(number));
        let mut any_small = false;
        for row in &self.rows {
            let figures = &row.month.figures;
            let is_small = figures.is_suppressed(self.least);
            any_small |= is_small;
            let mark = if is_small { "*" } else { "" };
            let reach = figures.reach().map_or_else(
                || lang.t("common.no_data").into_owned(),
                |reach| format!("{}{mark}", percent(reach)),
            );
            let cells = [
                row.code.to_owned(),
                row.name.to_owned(),
                row.day.to_string(),
                count(figures.of_concern),
                count(figures.receiving),
                reach,
                count(figures.open_needs),
                count(figures.gaps),
                figure(figures.unmet_load, 1),
                count(row.month.raised),
                count(row.month.met),
                count(row.month.visits),
            ];
            rows.push(cells.into_iter().skip(skip).collect());
        }
        let mut text = TextTable {
            to_the_right: (skip..HEADINGS.len()).map(|column| column >= 3).collect(),
            rows,
            foot: 0,
        }
        .text();
        if any_small {
            text.push_str(&few_line(self.least, lang));
        }
        text
    }
}

impl Row<'_> {
    fn json(&self, snapshot: &Snapshot) -> String {
        let figures = &self.month.figures;
        let by = |terms: &[Term], counts: &[u32]| {
            let known = terms.iter().zip(counts).filter(|(_, count)| **count > 0);
            known
                .fold(Object::default(), |all, (term, count)| {
                    all.with(&term.code, *count)
                })
                .text()
        };
        let catalogue = &snapshot.catalogue;
        Object::default()
            .with("code", self.code)
            .with("name", self.name)
            .with("level", self.level)
            .with("day", self.day.to_string())
            .with("households", figures.households)
            .with("of_concern", figures.of_concern)
            .with("receiving", figures.receiving)
            .with("fully_covered", figures.fully_covered)
            .with("reach", figures.reach())
            .with("full_coverage", figures.full_coverage())
            .with("open_needs", figures.open_needs)
            .with("gaps", figures.gaps)
            .with("unmet_load", figures.unmet_load)
            .with("raised", self.month.raised)
            .with("met", self.month.met)
            .with("withdrawn", self.month.withdrawn)
            .with("visits", self.month.visits)
            .with(
                "suppressed",
                figures.is_suppressed(min_denominator(catalogue)),
            )
            .with_json(
                "by_programme",
                &by(&catalogue.programmes, &self.month.by_programme),
            )
            .with_json("by_need", &by(&catalogue.needs, &self.month.by_need))
            .text()
    }
}

impl RowSource for Table<'_> {
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
        let (figures, month) = (&row.month.figures, row.month);
        let count = |count: u32| Cell::Number(f64::from(count));
        cells.extend([
            Cell::text(row.code),
            Cell::text(row.name),
            Cell::text(row.level),
            Cell::Date(row.day),
            count(figures.households),
            count(figures.of_concern),
            count(figures.receiving),
            count(figures.fully_covered),
            Cell::number(figures.reach()),
            Cell::number(figures.full_coverage()),
            count(figures.open_needs),
            count(figures.gaps),
            Cell::Number(figures.unmet_load),
            count(month.raised),
            count(month.met),
            count(month.withdrawn),
            count(month.visits),
        ]);
        cells.extend(self.mark.as_deref().map(Cell::text));
    }

    fn position(&self, _index: usize) -> Option<LonLat> {
        None
    }
}
