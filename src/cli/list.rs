//! `list`: the households of a query as a file.

use super::args::{ListArgs, Sort};
use super::desk::Desk;
use super::ending::Ending;
use super::wrong_query::read_query;
use crate::base::digits::grouped;
use crate::jobs::{ExportFormat, ExportRequest, FilterRequest, Filtered, Opened};
use crate::layer::ListField;
use crate::model::Date;
use crate::query::{Choice, Direction, Filter, SortKey};
use crate::words::Fault;
use std::path::PathBuf;
use std::sync::Arc;

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
    let filtered = find(&opened, filter, as_of, (args.sort.key(), direction), desk)?;
    let fields = if args.fields.is_empty() {
        ListField::usual().collect()
    } else {
        args.fields.clone()
    };
    let sheet = Sheet {
        fields,
        limit: args.limit,
        unmasked: args.unmasked,
        path: args.out.clone(),
    };
    let written = write(&opened, &filtered, sheet, desk)?;
    let counts = [
        ("count", &*grouped(written as u64)),
        ("path", &*args.out.display().to_string()),
    ];
    desk.tell(&desk.lang.with("cli.listed", &counts))?;
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
    desk.filter(FilterRequest {
        town: Arc::clone(&opened.town),
        filter,
        selection: None,
        choice: Choice::default(),
        as_of,
        priority: None,
        sort,
        direction,
    })
}

/// What the file holds.
pub(super) struct Sheet {
    pub(super) fields: Vec<ListField>,
    pub(super) limit: Option<usize>,
    pub(super) unmasked: bool,
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
