//! `match`: a resource for every open need, fairly, by capacity and distance.

use super::args::SummaryFormat;
use super::desk::Desk;
use super::ending::Ending;
use super::json::{self, Object};
use super::list::find;
use super::out;
use super::parse;
use super::summary::bits;
use super::text_table::TextTable;
use super::wrong_query::read_query;
use crate::analysis::{MatchCounts, MatchOutcome, Matching};
use crate::base::Progress;
use crate::base::digits::grouped;
use crate::jobs::{
    ExportFormat, MatchRequest, MatchShown, TableRequest, TableSource, Town, match_table,
};
use crate::model::Date;
use crate::query::{Choice, Direction, RowSet, SortKey};
use crate::words::Lang;
use crate::write;
use clap::Args;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Debug, Args)]
pub(super) struct MatchArgs {
    /// The workspace file
    pub(super) workspace: PathBuf,
    /// Which households are shown, such as "area:330282001"; places are shared by all [default: all]
    #[arg(long = "where", value_name = "QUERY", allow_hyphen_values = true)]
    pub(super) query: Option<String>,
    /// The needs that are shown, by code or name [default: all]
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub(super) needs: Vec<String>,
    /// The day of the needs [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    pub(super) as_of: Option<Date>,
    /// The form of the answer: counts by category as a table, a row a need as csv, all of it as json
    #[arg(long, value_enum, default_value = "table")]
    pub(super) format: SummaryFormat,
    /// Write names and phones in full
    #[arg(long)]
    pub(super) unmasked: bool,
    /// A file of the needs with what is proposed for each: .csv or .xlsx
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

pub(super) fn run(args: &MatchArgs, desk: &mut Desk) -> anyhow::Result<Ending> {
    if let Some(path) = &args.out {
        ExportFormat::of_path(path)?;
    }
    let opened = desk.look_at(&args.workspace, args.as_of)?;
    let town = &opened.town;
    let catalogue = &town.snapshot.catalogue;
    let categories = bits(&args.needs, &catalogue.needs, "cli.unknown_need")?;
    let categories = categories.unwrap_or(Choice::default().needs);
    let filter = read_query(args.query.as_deref(), catalogue)?;
    let order = (SortKey::Id, Direction::Ascending);
    let filtered = find(&opened, filter, town.as_of, order, desk)?;
    let matched = desk.matching(MatchRequest {
        town: Arc::clone(town),
    })?;
    let matching = &matched.matching;
    let shown = MatchShown {
        rows: &filtered.rows,
        categories,
        lang: desk.lang,
        unmasked: args.unmasked,
    };
    if let Some(path) = &args.out {
        let name = opened.workspace.path().file_stem().unwrap_or_default();
        let written = desk.table(TableRequest {
            workspace: opened.workspace.clone(),
            town: Arc::clone(town),
            source: TableSource::Matching {
                matching: Arc::clone(matching),
                rows: Arc::clone(&filtered.rows),
                categories,
            },
            workspace_name: name.to_string_lossy().into_owned(),
            unmasked: args.unmasked,
            lang: desk.lang,
            path: path.clone(),
        })?;
        let counts = [
            ("count", &*grouped(written.rows as u64)),
            ("path", &*written.path.display().to_string()),
        ];
        desk.tell(&desk.lang.with("cli.matched", &counts))?;
        return Ok(Ending::Done);
    }
    match args.format {
        SummaryFormat::Table => {
            let text = text(town, matching, &filtered.rows, categories, desk.lang);
            out::result(text.as_bytes())?;
        }
        SummaryFormat::Csv => {
            let table = match_table(town, matching, &shown).with_keys();
            out::result(&write::csv_bytes(&table, &Progress::new())?)?;
        }
        SummaryFormat::Json => {
            let text = json_text(town, matching, &filtered.rows, categories);
            out::result(format!("{text}\n").as_bytes())?;
        }
    }
    Ok(Ending::Done)
}

fn figures(counts: &MatchCounts) -> [u32; 7] {
    [
        counts.open,
        counts.matched,
        counts.referred,
        counts.all_full,
        counts.out_of_reach,
        counts.no_resource,
        counts.not_geocoded,
    ]
}

const KEYS: [&str; 7] = [
    "open",
    "matched",
    "referred",
    "all_full",
    "out_of_reach",
    "no_resource",
    "not_geocoded",
];

/// The categories, and all of them together.
fn text(town: &Town, matching: &Matching, rows: &RowSet, categories: u64, lang: Lang) -> String {
    let by_category = matching.counts(rows, categories);
    let mut heading = vec![lang.t("cli.match_category").into_owned()];
    heading.extend(KEYS.map(|key| lang.t(&format!("cli.match_{key}")).into_owned()));
    let mut table = vec![heading];
    let mut total = MatchCounts::default();
    let line = |name: &str, counts: &MatchCounts| {
        let mut line = vec![name.to_owned()];
        line.extend(figures(counts).map(|count| grouped(u64::from(count))));
        line
    };
    for (category, counts) in &by_category {
        let term = town.snapshot.catalogue.needs.get(usize::from(*category));
        table.push(line(term.map_or("", |term| term.name(lang)), counts));
        total += *counts;
    }
    table.push(line(&lang.t("cli.match_all"), &total));
    let mut to_the_right = vec![true; 8];
    to_the_right[0] = false;
    TextTable {
        to_the_right,
        rows: table,
        foot: 1,
    }
    .text()
}

fn json_text(town: &Town, matching: &Matching, rows: &RowSet, categories: u64) -> String {
    let snapshot = &town.snapshot;
    let code = |category: u8| {
        let term = snapshot.catalogue.needs.get(usize::from(category));
        term.map_or("", |term| term.code.as_str())
    };
    let by_category: Vec<String> = matching
        .counts(rows, categories)
        .iter()
        .map(|(category, counts)| {
            let object = Object::default().with("category", code(*category));
            let figures = KEYS.into_iter().zip(figures(counts));
            figures
                .fold(object, |object, (key, count)| object.with(key, count))
                .text()
        })
        .collect();
    let resources: Vec<String> = (0..snapshot.resources.len())
        .filter_map(|at| {
            let category = *snapshot.resources.category.get(at)?;
            if categories & (1 << (category & 63)) == 0 {
                return None;
            }
            let offer = matching.offers.get(at).copied().flatten();
            let object = Object::default()
                .with("id", snapshot.resources.id.get(at as u32))
                .with("name", snapshot.resources.name.get(at as u32))
                .with("category", code(category))
                .with("capacity", offer.map(|offer| offer.capacity))
                .with("radius_m", offer.map(|offer| offer.radius_m))
                .with(
                    "capacity_assumed",
                    offer.map(|offer| offer.is_capacity_assumed),
                )
                .with("radius_assumed", offer.map(|offer| offer.is_radius_assumed))
                .with("used", matching.used.get(at).copied());
            Some(object.text())
        })
        .collect();
    let needs: Vec<String> = matching
        .needs_of(rows, categories)
        .filter_map(|at| {
            let (need, outcome) = (matching.needs.get(at)?, *matching.outcomes.get(at)?);
            let (resource, distance_m) = match outcome {
                MatchOutcome::Matched {
                    resource,
                    distance_m,
                } => (Some(snapshot.resources.id.get(resource)), Some(distance_m)),
                _ => (None, None),
            };
            let object = Object::default()
                .with("household", snapshot.households.id.get(need.household))
                .with("category", code(need.category))
                .with("urgency", Some(need.urgency).filter(|known| *known > 0))
                .with("waiting_days", need.waiting_days)
                .with("outcome", outcome_code(outcome))
                .with("resource", resource.map_or(Value::Null, Value::from))
                .with("distance_m", distance_m);
            Some(object.text())
        })
        .collect();
    Object::default()
        .with("shortest", matching.is_shortest)
        .with_json("categories", &json::array(&by_category))
        .with_json("resources", &json::array(&resources))
        .with_json("needs", &json::array(&needs))
        .text()
}

fn outcome_code(outcome: MatchOutcome) -> &'static str {
    match outcome {
        MatchOutcome::Matched { .. } => "matched",
        MatchOutcome::Referred => "referred",
        MatchOutcome::NotGeocoded => "not_geocoded",
        MatchOutcome::NoResource => "no_resource",
        MatchOutcome::OutOfReach { .. } => "out_of_reach",
        MatchOutcome::AllFull => "all_full",
    }
}
