//! The words of the command line. What stands here in comments is its help.

// These comments are the help, where backticks would be seen.
#![allow(clippy::doc_markdown)]

use super::add::AddArgs;
use super::changes::ChangesArgs;
use super::chart::ChartArgs;
use super::hotspots::HotspotsArgs;
use super::import_args::ImportArgs;
use super::list::ListArgs;
use super::matching::MatchArgs;
use super::parse;
use super::rate::Rate;
use super::show::ShowArgs;
use super::summary::SummaryArgs;
use super::timeline::TimeLineArgs;
use super::whatif::WhatIfArgs;
use crate::analysis::HotSpotMethod;
use crate::jobs::EncodingChoice;
use crate::layer::AreaFigure;
use crate::model::{AreaLevel, Date};
use crate::snapshot::Unsettled;
use crate::words::Lang;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Livelihood Map · 民情地图: where assistance reaches, where it does not, and which door to knock on next
#[derive(Debug, Parser)]
#[command(
    name = "livelihood-map",
    version,
    disable_help_subcommand = true,
    after_help = "Exit codes: 0 done; 1 done in part or failed, with what was kept said; 2 unusable input or usage."
)]
pub(super) struct Cli {
    /// A workspace to open in the window
    pub(super) workspace: Option<PathBuf>,
    /// What to do; without it the window opens
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// Language of messages and names
    #[arg(long, global = true, value_name = "zh|en", value_parser = parse::lang)]
    pub(super) lang: Option<Lang>,
    /// Write stage times and peak memory to stderr, as one JSON line
    #[arg(long, global = true)]
    pub(super) timings: bool,
    /// Say nothing but errors and the data that was asked for
    #[arg(long, global = true)]
    pub(super) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// The sample town, in the window or as files
    Demo(DemoArgs),
    /// Read boundaries and households into a workspace
    Import(ImportArgs),
    /// Figures of every area
    Summary(SummaryArgs),
    /// Where need or coverage gathers more than chance would have it
    Hotspots(HotspotsArgs),
    /// Who should have each programme and has it, or has not, in every area
    Gaps(GapsArgs),
    /// Try other standards or rules: who would come in, who would go, what it would cost
    Whatif(WhatIfArgs),
    /// Write the list of households
    List(ListArgs),
    /// Say what the rules of eligibility say of a household, and why
    Explain(ExplainArgs),
    /// Coverage, need and work month by month
    Timeline(TimeLineArgs),
    /// What changed since a day, and whom it happened to
    Changes(ChangesArgs),
    /// Everything about one household: what is due, members, receipts, needs, visits, notes, reviews
    Show(ShowArgs),
    /// Record something about a household: a visit, a need, a note, a review, where a need stands
    Add(AddArgs),
    /// Propose a resource for every open need, fairly, by capacity and distance
    Match(MatchArgs),
    /// Draw the map as a picture
    Render(RenderArgs),
    /// Write a chart as a picture or as its numbers
    Chart(ChartArgs),
    /// Make a synthetic town of any size
    Generate(GenerateArgs),
    /// Positions from one coordinate system into another
    Convert(ConvertArgs),
    /// The office's programmes, rules and thresholds as a text file: write it out, check it, set it
    Catalogue(super::catalogue::CatalogueArgs),
}

#[derive(Debug, Args)]
pub(super) struct DemoArgs {
    /// Open no window: write map.png, priority.xlsx and summary.csv into a folder
    #[arg(long, value_name = "DIR")]
    pub(super) headless: Option<PathBuf>,
    /// The day of the figures [default: the day of the sample town's ledger]
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    pub(super) as_of: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SummaryFormat {
    /// To be read
    Table,
    /// To be opened in a spreadsheet
    Csv,
    /// To be read by programs
    Json,
}

#[derive(Debug, Args)]
pub(super) struct GapsArgs {
    /// The workspace file
    pub(super) workspace: PathBuf,
    /// The level of the areas [default: the smallest that there is]
    #[arg(long, value_name = "grid|community|street|county", value_parser = parse::level)]
    pub(super) level: Option<AreaLevel>,
    /// One programme, by code or name [default: all that have a rule or are received]
    #[arg(long, value_name = "PROGRAMME")]
    pub(super) programme: Option<String>,
    /// The day of the rules and facts [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    pub(super) as_of: Option<Date>,
    /// The form of the coverage; counts stand beside it in any
    #[arg(long, value_enum, default_value = "raw")]
    pub(super) rate: Rate,
    /// The form of the answer
    #[arg(long, value_enum, default_value = "table")]
    pub(super) format: SummaryFormat,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The workspace file
    pub(super) workspace: PathBuf,
    /// The number of the household
    pub(super) household: String,
    /// One programme, by code or name [default: all that have a rule]
    #[arg(long, value_name = "PROGRAMME")]
    pub(super) programme: Option<String>,
    /// Write names in full
    #[arg(long)]
    pub(super) unmasked: bool,
    /// The day of the rules and facts [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    pub(super) as_of: Option<Date>,
    /// One JSON object on stdout
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct RenderArgs {
    /// The workspace file
    pub(super) workspace: PathBuf,
    /// What to draw: households, coverage, unmet, unmatched (needs that no free resource reaches), gaps, review or unknown as a heat map; by area areas:coverage, areas:full, areas:unmet, areas:programme, areas:gaps, areas:review, areas:unknown, hotspots or hotspots:moran, bivariate (coverage against need), resources (the places that offer help), difference or difference:FIGURE (coverage, full_coverage, programme, gap_share, review, unknown, of_concern, open_needs, gaps, unmet) since a day; of one programme with :PROGRAMME behind, such as gaps:dibao, areas:review:dibao, difference:programme:dibao
    #[arg(long, value_parser = parse::layer)]
    pub(super) layer: MapLayer,
    /// The earlier day of a difference [default: a month before]
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    pub(super) since: Option<Date>,
    /// Which households, such as "need:care elderly>=1" [default: all]
    #[arg(long = "where", value_name = "QUERY", allow_hyphen_values = true)]
    pub(super) query: Option<String>,
    /// The part of the world, in degrees [default: all areas]
    #[arg(long, value_name = "W,S,E,N", value_parser = parse::bbox, allow_hyphen_values = true)]
    pub(super) bbox: Option<Bbox>,
    /// Pixels
    #[arg(long, value_name = "WxH", default_value = "1600x1000", value_parser = parse::size)]
    pub(super) size: Size,
    /// Bandwidth of a heat map, in metres on the ground
    #[arg(long, value_name = "N", value_parser = parse::bandwidth_m)]
    pub(super) bandwidth_m: Option<f64>,
    /// The level of the areas [default: the smallest that there is]
    #[arg(long, value_name = "grid|community|street|county", value_parser = parse::level)]
    pub(super) level: Option<AreaLevel>,
    /// The form of the rates of areas
    #[arg(long, value_enum, default_value = "raw")]
    pub(super) rate: Rate,
    /// A base map (*.pmtiles, vector) to draw below
    #[arg(long, value_name = "FILE")]
    pub(super) basemap: Option<PathBuf>,
    /// Light or dark
    #[arg(long, value_enum, default_value = "light")]
    pub(super) theme: Theme,
    /// The day of the figures [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    pub(super) as_of: Option<Date>,
    /// The picture
    #[arg(long, value_name = "FILE.png")]
    pub(super) out: PathBuf,
}

/// What `--layer` draws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum MapLayer {
    Households,
    Coverage,
    Unmet,
    /// Needs that no resource with a free place reaches.
    Unmatched,
    /// Of one programme by code or name, or of all.
    Unsettled(Unsettled, Option<String>),
    AreasCoverage,
    AreasFull,
    AreasUnmet,
    /// How much a figure moved since a day; of one programme, or of all.
    Difference(AreaFigure, Option<String>),
    /// A figure of one programme by code or name, or of all.
    AreasProgramme(AreaFigure, Option<String>),
    /// Gi*, or local Moran's I.
    HotSpots(HotSpotMethod),
    Bivariate,
    /// The places that offer help.
    Resources,
}

/// A box in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bbox {
    pub(super) west: f64,
    pub(super) south: f64,
    pub(super) east: f64,
    pub(super) north: f64,
}

/// The size of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) width_px: u32,
    pub(super) height_px: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Theme {
    Light,
    Dark,
}

#[derive(Debug, Args)]
pub(super) struct GenerateArgs {
    /// The folder for areas.geojson, base-map.pmtiles, households.csv and the tables that go with it
    pub(super) folder: PathBuf,
    /// How many household rows
    #[arg(long, value_name = "N")]
    pub(super) households: usize,
    /// The same seed makes the same town
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(super) seed: u64,
}

#[derive(Debug, Args)]
pub(super) struct ConvertArgs {
    #[command(flatten)]
    pub(super) systems: Systems,
    /// A longitude and a latitude (or an easting and a northing), decimal or as 121°16′30″; or one CSV file
    #[arg(
        value_names = ["LON|FILE.csv", "LAT"],
        required = true,
        num_args = 1..=2,
        allow_negative_numbers = true
    )]
    pub(super) what: Vec<String>,
    /// Where the converted table goes: the two columns anew, all else as it was, in UTF-8 with byte order mark
    #[arg(long, value_name = "FILE.csv")]
    pub(super) out: Option<PathBuf>,
    /// The encoding of the file: auto, utf-8 or gb18030
    #[arg(long, default_value = "auto", value_parser = parse::encoding, value_name = "ENCODING")]
    pub(super) encoding: EncodingChoice,
}

/// At least one system must be named; the other is then WGS 84.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(super) struct Systems {
    /// The system that the positions are in: wgs84, gcj02, bd09 or epsg:N [default: wgs84]
    #[arg(long, value_name = "DATUM", value_parser = parse::datum)]
    pub(super) from: Option<crate::datum::Datum>,
    /// The system that they are to be in [default: wgs84]
    #[arg(long, value_name = "DATUM", value_parser = parse::datum)]
    pub(super) to: Option<crate::datum::Datum>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_words_do_not_contradict_each_other() {
        Cli::command().debug_assert();
    }

    #[test]
    fn global_words_stand_before_or_behind_a_command() {
        for line in [
            [
                "livelihood-map",
                "--lang",
                "zh",
                "generate",
                "d",
                "--households",
                "3",
            ],
            [
                "livelihood-map",
                "generate",
                "d",
                "--households",
                "3",
                "--lang",
                "zh",
            ],
        ] {
            let cli = Cli::try_parse_from(line).unwrap();
            assert_eq!(cli.lang, Some(Lang::Zh));
            assert!(matches!(cli.command, Some(Command::Generate(_))));
        }
    }

    #[test]
    fn an_import_names_a_file() {
        assert!(Cli::try_parse_from(["livelihood-map", "import", "a.lmap"]).is_err());
        assert!(
            Cli::try_parse_from(["livelihood-map", "import", "a.lmap", "--areas", "b"]).is_ok()
        );
    }
}
