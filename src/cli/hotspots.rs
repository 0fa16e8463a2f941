//! `hotspots`: where need or coverage gathers more than chance would have it.

use super::args::SummaryFormat;
use super::desk::Desk;
use super::ending::Ending;
use super::hotspot_table::HotSpotTable;
use super::summary::place;
use super::{out, parse};
use crate::analysis::{self, HotSpotMeasure, HotSpotMethod, HotSpotSpec, Neighbours};
use crate::base::Progress;
use crate::layer::AreaFigure;
use crate::model::{AreaLevel, Catalogue, Date};
use crate::snapshot::AreaIndex;
use crate::words::{Fault, Message};
use crate::write;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

// These comments are the help, where backticks would be seen.
#[allow(clippy::doc_markdown)]
#[derive(Debug, Args)]
pub(super) struct HotspotsArgs {
    /// The workspace file
    pub(super) workspace: PathBuf,
    /// Getis-Ord Gi* (where high or low gather) or local Moran's I (outliers among their neighbours too)
    #[arg(long, value_enum, default_value = "gi")]
    statistic: Statistic,
    /// Of what: unmet (need per household), gaps (per household), reach, full (coverage), programme or programme:PROGRAMME (coverage)
    #[arg(long, value_name = "FIGURE", default_value = "unmet", value_parser = figure)]
    figure: Figure,
    /// The level of the areas [default: the smallest that there is]
    #[arg(long, value_name = "grid|community|street|county", value_parser = parse::level)]
    level: Option<AreaLevel>,
    /// Neighbours: queen (a common point of the borders), rook (a common stretch), knn:N (the N nearest), distance:M (within M metres)
    #[arg(long, value_name = "queen|rook|knn:N|distance:M", default_value = "queen", value_parser = weights)]
    weights: Neighbours,
    /// Rates as counted, or smoothed by empirical Bayes
    #[arg(long, value_enum, default_value = "eb")]
    rate: Measure,
    /// How many permutations; 0 takes the normal distribution
    #[arg(long, value_name = "N", default_value_t = 9_999, value_parser = clap::value_parser!(u32).range(0..=99_999))]
    permutations: u32,
    /// The same seed gives the same answer
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// The share of false alarms that is put up with
    #[arg(long, value_name = "P", default_value_t = 0.05, value_parser = alpha)]
    alpha: f64,
    /// Hold that share for all areas together (false discovery rate), not for each
    #[arg(long)]
    fdr: bool,
    /// The day of the figures [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    as_of: Option<Date>,
    /// The form of the answer
    #[arg(long, value_enum, default_value = "table")]
    format: SummaryFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Statistic {
    Gi,
    Moran,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Measure {
    Raw,
    Eb,
}

/// A figure, before the catalogue knows its programme.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Figure {
    Of(AreaFigure),
    Programme(String),
}

fn figure(text: &str) -> Result<Figure, String> {
    let named = match text {
        "unmet" => Some(AreaFigure::UnmetPerHousehold),
        "gaps" => Some(AreaFigure::GapsPerHousehold),
        "reach" => Some(AreaFigure::Reach),
        "full" => Some(AreaFigure::FullCoverage),
        "programme" => Some(AreaFigure::Programme(None)),
        _ => None,
    };
    let programme = || {
        let name = text.strip_prefix("programme:")?;
        (!name.is_empty()).then(|| Figure::Programme(name.to_owned()))
    };
    let found = named.map(Figure::Of).or_else(programme);
    found.ok_or_else(|| "use unmet, gaps, reach, full, programme or programme:PROGRAMME".to_owned())
}

fn weights(text: &str) -> Result<Neighbours, String> {
    let metres = |text: &str| {
        let metres: Option<f64> = text.parse().ok();
        metres.filter(|metres| metres.is_finite() && *metres > 0.0)
    };
    match text.split_once(':') {
        None if text == "queen" => Some(Neighbours::Queen),
        None if text == "rook" => Some(Neighbours::Rook),
        Some(("knn", count)) => count
            .parse()
            .ok()
            .filter(|count| (1..=1_000).contains(count))
            .map(Neighbours::Nearest),
        Some(("distance", text)) => metres(text).map(Neighbours::WithinM),
        _ => None,
    }
    .ok_or_else(|| "use queen, rook, knn:N such as knn:6, or distance:M in metres".to_owned())
}

fn alpha(text: &str) -> Result<f64, String> {
    let share: Option<f64> = text.parse().ok();
    share
        .filter(|share| *share > 0.0 && *share < 1.0)
        .ok_or_else(|| "write a share between 0 and 1, such as 0.05".to_owned())
}

impl HotspotsArgs {
    fn spec(&self, level: AreaLevel) -> HotSpotSpec {
        HotSpotSpec {
            level,
            method: match self.statistic {
                Statistic::Gi => HotSpotMethod::GetisOrdStar,
                Statistic::Moran => HotSpotMethod::LocalMoran,
            },
            measure: match self.rate {
                Measure::Raw => HotSpotMeasure::Raw,
                Measure::Eb => HotSpotMeasure::EmpiricalBayes,
            },
            neighbours: self.weights,
            permutations: self.permutations as usize,
            seed: self.seed,
            alpha: self.alpha,
            false_discovery: self.fdr,
        }
    }

    fn figure(&self, catalogue: &Catalogue) -> Result<AreaFigure, Fault> {
        match &self.figure {
            Figure::Of(figure) => Ok(*figure),
            Figure::Programme(name) => {
                let place = place(name, &catalogue.programmes, "cli.unknown_programme")?;
                Ok(AreaFigure::Programme(Some(place.min(63) as u8)))
            }
        }
    }
}

pub(super) fn run(args: &HotspotsArgs, desk: &mut Desk) -> anyhow::Result<Ending> {
    let opened = desk.look_at(&args.workspace, args.as_of)?;
    let town = &opened.town;
    let areas = &town.snapshot.areas;
    let figure = args.figure(&town.snapshot.catalogue)?;
    let Some(level) = args.level.or_else(|| areas.smallest_level()) else {
        return Err(Fault::input(Message::new("cli.no_areas")).into());
    };
    let source = town.figure_source();
    let pairs: Vec<(f64, f64)> = (0..areas.len())
        .map(|at| source.of(AreaIndex(at as u32), figure).pair())
        .collect();
    let found = analysis::hot_spots(areas, &pairs, args.spec(level), &Progress::new())
        .map_err(Fault::from)?;
    desk.lap("hot_spots");
    let table = HotSpotTable::new(&town.snapshot, figure, &found);
    match args.format {
        SummaryFormat::Table => out::result(table.text(desk.lang).as_bytes())?,
        SummaryFormat::Csv => out::result(&write::csv_bytes(&table, &Progress::new())?)?,
        SummaryFormat::Json => out::result(format!("{}\n", table.json()).as_bytes())?,
    }
    Ok(Ending::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_read_with_their_number() {
        assert_eq!(weights("knn:6"), Ok(Neighbours::Nearest(6)));
        assert_eq!(weights("distance:750.5"), Ok(Neighbours::WithinM(750.5)));
        for wrong in [
            "",
            "bishop",
            "knn",
            "knn:",
            "knn:0",
            "knn:-1",
            "knn:1.5",
            "distance:0",
            "distance:NaN",
            "distance:inf",
            "queen:1",
        ] {
            assert!(weights(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_figure_is_named_or_a_programme() {
        let dibao = figure("programme:dibao");
        assert_eq!(dibao, Ok(Figure::Programme("dibao".to_owned())));
        assert_eq!(figure("reach"), Ok(Figure::Of(AreaFigure::Reach)));
        assert!(figure("programme:").is_err() && figure("households").is_err());
        assert!(alpha("0").is_err() && alpha("1").is_err() && alpha("0.1").is_ok());
    }
}
