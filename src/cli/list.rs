//! `list`: the households of a query as a file.

use super::desk::Desk;
use super::ending::Ending;
use super::parse;
use super::wrong_query::read_query;
use crate::analysis::{PriorityWeights, Quota, Steadiness};
use crate::base::digits::grouped;
use crate::jobs::{
    ExportFormat, ExportRequest, FilterRequest, Filtered, Opened, SteadinessRequest, picked_text,
    steadiness_text,
};
use crate::layer::ListField;
use crate::model::{AreaLevel, Date};
use crate::query::{Choice, Direction, Filter, SortKey};
use crate::words::Fault;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// The workspace file
    workspace: PathBuf,
    /// Which households, such as "need:care elderly>=1" [default: all]
    #[arg(long = "where", value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    /// The order
    #[arg(long, value_enum, default_value = "priority")]
    sort: Sort,
    /// The largest first; priority always is
    #[arg(long)]
    descending: bool,
    /// At most so many households; in the order of priority the most urgent
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// The most urgent of each grid, community, street or county; with --each
    #[arg(long, value_name = "LEVEL", value_parser = parse::level, requires = "each")]
    per: Option<AreaLevel>,
    /// So many of each
    #[arg(long, value_name = "N", requires = "per")]
    each: Option<usize>,
    /// The columns, in order [default: all but those of how a score came about]
    #[arg(long, value_name = "A,B", value_delimiter = ',', value_parser = parse::list_field())]
    fields: Vec<ListField>,
    /// Write names, ID numbers and phones in full
    #[arg(long)]
    unmasked: bool,
    /// The day of the figures [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    as_of: Option<Date>,
    /// The file: .csv, .xlsx or .geojson
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Sort {
    Priority,
    Id,
    HeadName,
    Address,
    Area,
    Members,
    Elderly,
    Income,
    Needs,
    Programmes,
    LastVisit,
}

impl Sort {
    fn key(self) -> SortKey {
        match self {
            Self::Priority => SortKey::Priority,
            Self::Id => SortKey::Id,
            Self::HeadName => SortKey::HeadName,
            Self::Address => SortKey::Address,
            Self::Area => SortKey::Area,
            Self::Members => SortKey::Members,
            Self::Elderly => SortKey::Elderly,
            Self::Income => SortKey::Income,
            Self::Needs => SortKey::Needs,
            Self::Programmes => SortKey::Programmes,
            Self::LastVisit => SortKey::LastVisit,
        }
    }
}

/// The list of which the steadiness is said where nobody named a length.
const USUAL_TOP: usize = 100;

impl ListArgs {
    /// How many of the most urgent are kept.
    fn quota(&self) -> Option<Quota> {
        let whole = || {
            let each = self.limit.filter(|_| self.sort == Sort::Priority)?;
            Some(Quota { per: None, each })
        };
        match self.each {
            Some(each) => Some(Quota {
                per: self.per,
                each,
            }),
            None => whole(),
        }
    }

    /// Of which list the steadiness is said: of a limited one, or where a column asks for it.
    fn steady_quota(&self, fields: &[ListField]) -> Option<Quota> {
        let usual = fields.contains(&ListField::Steadiness).then_some(Quota {
            per: None,
            each: USUAL_TOP,
        });
        self.quota().or(usual)
    }
}

pub(super) fn run(args: &ListArgs, desk: &mut Desk) -> anyhow::Result<Ending> {
    // A file name that cannot be used is said before the work.
    ExportFormat::of_path(&args.out)?;
    let opened = desk.look_at(&args.workspace, args.as_of)?;
    let filter = read_query(args.query.as_deref(), &opened.town.snapshot.catalogue)?;
    let down = args.descending || args.sort == Sort::Priority;
    let direction = if down {
        Direction::Descending
    } else {
        Direction::Ascending
    };
    let as_of = args.as_of.unwrap_or_else(Date::today);
    let quota = args.quota();
    let filtered = desk.filter(FilterRequest {
        quota,
        ..request(&opened, filter, as_of, (args.sort.key(), direction))
    })?;
    let fields = if args.fields.is_empty() {
        ListField::usual().collect()
    } else {
        args.fields.clone()
    };
    let steady_quota = args.steady_quota(&fields);
    let steadiness = match steady_quota {
        Some(quota) => Some(desk.steadiness(SteadinessRequest {
            town: Arc::clone(&opened.town),
            rows: Arc::clone(&filtered.found),
            scores: Arc::clone(&filtered.scores),
            quota,
        })?),
        None => None,
    };
    let lang = desk.lang;
    let said: Vec<String> = [
        filtered.picked.map(|picked| picked_text(&picked, lang)),
        steadiness
            .as_ref()
            .map(|steady| steadiness_text(steady, lang)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let sheet = Sheet {
        fields,
        limit: args.limit,
        unmasked: args.unmasked,
        steadiness: steadiness.map(Arc::new),
        path: args.out.clone(),
    };
    let written = write(&opened, &filtered, sheet, desk)?;
    let counts = [
        ("count", &*grouped(written as u64)),
        ("path", &*args.out.display().to_string()),
    ];
    desk.tell(&desk.lang.with("cli.listed", &counts))?;
    for line in said {
        desk.tell(&line)?;
    }
    Ok(Ending::Done)
}

/// The households of a filter, in order.
pub(super) fn find(
    opened: &Opened,
    filter: Filter,
    as_of: Date,
    (sort, direction): (SortKey, Direction),
    desk: &mut Desk,
) -> Result<Filtered, Fault> {
    desk.filter(request(opened, filter, as_of, (sort, direction)))
}

/// Asks for all households of a filter, in order, by the workspace's own weights.
fn request(
    opened: &Opened,
    filter: Filter,
    as_of: Date,
    (sort, direction): (SortKey, Direction),
) -> FilterRequest {
    FilterRequest {
        town: Arc::clone(&opened.town),
        filter,
        selection: None,
        choice: Choice::default(),
        as_of,
        priority: None,
        weights: PriorityWeights::of(&opened.town.snapshot.catalogue),
        quota: None,
        sort,
        direction,
    }
}

/// What the file holds.
pub(super) struct Sheet {
    pub(super) fields: Vec<ListField>,
    pub(super) limit: Option<usize>,
    pub(super) unmasked: bool,
    pub(super) steadiness: Option<Arc<Steadiness>>,
    pub(super) path: PathBuf,
}

/// Writes the file and says how many households are in it.
pub(super) fn write(
    opened: &Opened,
    filtered: &Filtered,
    sheet: Sheet,
    desk: &mut Desk,
) -> Result<usize, Fault> {
    let mut order = Arc::clone(&filtered.order);
    if let Some(limit) = sheet.limit {
        Arc::make_mut(&mut order).truncate(limit);
    }
    let name = opened
        .workspace
        .path()
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let exported = desk.export(ExportRequest {
        town: Arc::clone(&opened.town),
        scores: Arc::clone(&filtered.scores),
        order,
        picked: filtered.picked,
        steadiness: sheet.steadiness,
        steadiness_of: None,
        fields: sheet.fields,
        unmasked: sheet.unmasked,
        filter_text: filtered
            .filter
            .to_text(desk.lang, &opened.town.snapshot.catalogue),
        workspace_name: name,
        lang: desk.lang,
        path: sheet.path,
    })?;
    Ok(exported.households)
}
