//! `chart`: a chart of a workspace as a picture or as its numbers.

// The comments of the arguments are their help, where backticks would be seen.
#![allow(clippy::doc_markdown)]

use super::args::{Size, Theme};
use super::desk::Desk;
use super::ending::Ending;
use super::list::find;
use super::parse;
use super::summary::place;
use super::timeline::area_of;
use super::wrong_query::read_query;
use crate::analysis::{RateForm, ShareFigure, ShareOrder};
use crate::jobs::{ChartFileRequest, ChartFormat, ChartRequest};
use crate::layer::{ChartKind, ChartSpec, TrendMonths};
use crate::model::{AreaLevel, Date};
use crate::query::{Choice, Direction, SortKey};
use crate::snapshot::Snapshot;
use crate::words::{Fault, Message};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::sync::Arc;

/// The picture for which text and lines have their own size; larger ones grow them.
const PLAIN_PX: [f32; 2] = [1000.0, 640.0];

#[derive(Debug, Args)]
pub(super) struct ChartArgs {
    /// The workspace file
    workspace: PathBuf,
    /// Which chart
    #[arg(long, value_enum)]
    kind: Kind,
    /// The level of the areas [default: communities, else the smallest that there is]
    #[arg(long, value_name = "grid|community|street|county", value_parser = parse::level)]
    level: Option<AreaLevel>,
    /// Whose share: reach, full, or a programme by code or name
    #[arg(long, value_name = "reach|full|PROGRAMME", default_value = "reach")]
    figure: String,
    /// The form of the rates of areas
    #[arg(long, value_enum, default_value = "raw")]
    rate: Form,
    /// The order of the areas: by the lower end of the 95 % interval, or by code
    #[arg(long, value_enum, default_value = "bound")]
    order: Order,
    /// How many months a trend goes back, the last among them
    #[arg(long, value_name = "N", default_value_t = TrendMonths::default().0, value_parser = clap::value_parser!(u16).range(2..=120))]
    months: u16,
    /// The area of a trend, by its code [default: all households]
    #[arg(long, value_name = "CODE")]
    area: Option<String>,
    /// Which households, such as "need:care elderly>=1" [default: all]
    #[arg(long = "where", value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    /// Pixels of a picture [default: 1000 wide, and as high as the chart needs]
    #[arg(long, value_name = "WxH", value_parser = parse::size)]
    size: Option<Size>,
    /// Light or dark
    #[arg(long, value_enum, default_value = "light")]
    theme: Theme,
    /// The day of the figures [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    as_of: Option<Date>,
    /// The file: .png for a picture, .csv or .xlsx for the numbers
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Shares of areas with their 95 % intervals
    Coverage,
    /// Needs by category: open, referred, met within a year
    Needs,
    /// Members of the households of concern by age and sex
    Ages,
    /// Shares of areas against their denominators, with the limits of chance
    Funnel,
    /// Coverage and need month by month
    Trend,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// As counted
    Raw,
    /// Drawn to the mean of all areas, the more so the fewer households
    Eb,
    /// Drawn to the mean of the neighbours
    EbLocal,
    /// The numerator itself
    Count,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// The highest lower end first
    Bound,
    /// By code
    Code,
}

impl ChartArgs {
    fn spec(&self, town: &Snapshot) -> Result<ChartSpec, Fault> {
        let figure = match self.figure.as_str() {
            "reach" => ShareFigure::Reach,
            "full" => ShareFigure::FullCoverage,
            name => {
                let programmes = &town.catalogue.programmes;
                let place = place(name, programmes, "cli.unknown_programme")?;
                ShareFigure::Programme(place.min(63) as u8)
            }
        };
        let area = self.area.as_deref().map(|code| area_of(code, town));
        if area.is_some() && self.kind != Kind::Trend {
            let message = Message::new("cli.chart_area_of_trend");
            return Err(Fault::input(message));
        }
        Ok(ChartSpec {
            months: TrendMonths(self.months),
            area: area.transpose()?,
            kind: match self.kind {
                Kind::Coverage => ChartKind::Coverage,
                Kind::Needs => ChartKind::Needs,
                Kind::Ages => ChartKind::Ages,
                Kind::Funnel => ChartKind::Funnel,
                Kind::Trend => ChartKind::Trend,
            },
            figure,
            level: self.level,
            order: match self.order {
                Order::Bound => ShareOrder::Bound,
                Order::Code => ShareOrder::Code,
            },
        })
    }

    fn rate_form(&self) -> RateForm {
        match self.rate {
            Form::Raw => RateForm::Raw,
            Form::Eb => RateForm::EmpiricalBayesGlobal,
            Form::EbLocal => RateForm::EmpiricalBayesLocal,
            Form::Count => RateForm::Count,
        }
    }

    /// The size in points, and the pixels of one.
    fn size(&self) -> ([f32; 2], f32) {
        let Some(size) = self.size else {
            return (PLAIN_PX, 1.0);
        };
        let (width, height) = (size.width_px as f32, size.height_px as f32);
        let scale = (width / PLAIN_PX[0]).min(height / PLAIN_PX[1]).max(1.0);
        ([width / scale, height / scale], scale)
    }
}

pub(super) fn run(args: &ChartArgs, desk: &mut Desk) -> anyhow::Result<Ending> {
    // A file name that cannot be used is said before the work.
    ChartFormat::of_path(&args.out)?;
    let opened = desk.look_at(&args.workspace, args.as_of)?;
    let spec = args.spec(&opened.town.snapshot)?;
    let filter = read_query(args.query.as_deref(), &opened.town.snapshot.catalogue)?;
    let as_of = args.as_of.unwrap_or_else(Date::today);
    let order = (SortKey::Id, Direction::Ascending);
    let filtered = find(&opened, filter, as_of, order, desk)?;
    let chart = desk.chart(ChartRequest {
        town: Arc::clone(&opened.town),
        spec,
        rows: Arc::clone(&filtered.rows),
        coverage: Arc::clone(&filtered.coverage),
        choice: Choice::default(),
        rate_form: args.rate_form(),
        as_of,
        serial: 0,
    })?;
    if crate::layer::chart_is_empty(&chart.data) {
        desk.remark(&desk.t("cli.chart_empty"));
    }
    let (size_px, scale) = args.size();
    let catalogue = &opened.town.snapshot.catalogue;
    let path = desk.chart_file(ChartFileRequest {
        town: Arc::clone(&opened.town),
        chart: Arc::new(chart),
        filter_text: filtered.filter.to_text(desk.lang, catalogue),
        workspace_name: opened
            .workspace
            .path()
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        size_px,
        grows: args.size.is_none(),
        scale,
        dark: args.theme == Theme::Dark,
        lang: desk.lang,
        path: args.out.clone(),
    })?;
    let said = [("path", &*path.display().to_string())];
    desk.tell(&desk.lang.with("cli.charted", &said))?;
    Ok(Ending::Done)
}
