//! `demo`: the sample town, in the window or as three files.

use super::args::{DemoArgs, Size};
use super::desk::Desk;
use super::ending::Ending;
use super::list::{Sheet, find, write};
use super::picture::{Shot, draw};
use super::summary_rows::Summary;
use super::window::{OpenWindow, WindowStart, has_display, needs_window};
use super::wrong_query::read_query;
use crate::analysis::RateForm;
use crate::base::{Generation, Progress};
use crate::jobs::{OpenRequest, demo_day, demo_folder};
use crate::layer::{LayerSpec, ListField};
use crate::model::{AreaLevel, Date};
use crate::query::{Choice, Direction, Filter, SortKey};
use crate::words::{Fault, Lang, Message};
use crate::write::write_csv;
use std::fs;
use std::path::Path;

/// Where the files go when there is no display and no folder was named.
const FOLDER: &str = "livelihood-map-demo";

/// Removes the sample town's temporary folder when it goes, however the command ends.
pub(super) struct DemoFolder;

impl Drop for DemoFolder {
    fn drop(&mut self) {
        // It is not there where nothing was unpacked.
        let _ = fs::remove_dir_all(demo_folder());
    }
}

pub(super) fn run(
    args: &DemoArgs,
    lang: Option<Lang>,
    open_window: Option<OpenWindow>,
    desk: &mut Desk,
) -> anyhow::Result<Ending> {
    if let Some(folder) = &args.headless {
        return headless(folder, args.as_of, desk);
    }
    let open_window = needs_window(open_window)?;
    if has_display() {
        let start = WindowStart {
            demo: true,
            lang,
            as_of: args.as_of,
            workspace: None,
        };
        match open_window(start) {
            Ok(()) => return Ok(Ending::Done),
            Err(why) => desk.remark(&why),
        }
    }
    desk.remark(
        &desk
            .lang
            .with("cli.demo_without_display", &[("folder", FOLDER)]),
    );
    headless(Path::new(FOLDER), args.as_of, desk)
}

/// Writes the map, the priority list and the figures of the sample town.
fn headless(folder: &Path, as_of: Option<Date>, desk: &mut Desk) -> anyhow::Result<Ending> {
    fs::create_dir_all(folder).map_err(|cause| {
        Fault::input(Message::new("jobs.cannot_make_folder").arg("folder", folder.display()))
            .because(cause)
    })?;
    let as_of = as_of.unwrap_or_else(demo_day);
    let (map, list, figures) = (
        folder.join("map.png"),
        folder.join("priority.xlsx"),
        folder.join("summary.csv"),
    );
    let _demo_folder = DemoFolder;
    let opened = desk.open(OpenRequest::Demo {
        generation: Generation::default(),
        as_of,
    })?;
    let snapshot = &opened.town.snapshot;

    let all = find(
        &opened,
        Filter::All,
        as_of,
        (SortKey::Id, Direction::Ascending),
        desk,
    )?;
    let shot = Shot {
        layers: LayerSpec::defaults(opened.town.suggested_bandwidth_m())
            .into_iter()
            .filter(|layer| layer.visible)
            .collect(),
        bbox: None,
        size: Size {
            width_px: 1600,
            height_px: 1000,
        },
        dark: false,
        base_map: opened.base_map.clone(),
        as_of,
        rate_form: RateForm::Raw,
        path: map.clone(),
    };
    draw(&opened, &all, shot, desk)?;

    let of_concern = read_query(Some("concern:yes"), &snapshot.catalogue)?;
    let of_concern = find(
        &opened,
        of_concern,
        as_of,
        (SortKey::Priority, Direction::Descending),
        desk,
    )?;
    let sheet = Sheet {
        fields: ListField::usual().collect(),
        limit: None,
        unmasked: false,
        steadiness: None,
        path: list.clone(),
    };
    write(&opened, &of_concern, sheet, desk)?;

    let summary = Summary::new(
        (&opened.town, &all.coverage, Choice::default()),
        Some(AreaLevel::Grid),
        RateForm::Raw,
    )?;
    write_csv(&figures, &summary, &Progress::new())?;
    desk.lap("summary");
    for path in [map, list, figures] {
        desk.tell(&path.display().to_string())?;
    }
    Ok(Ending::Done)
}
