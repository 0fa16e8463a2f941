//! `render`: the map as a picture, without a display.

use super::args::{RenderArgs, Theme};
use super::demo::DemoFolder;
use super::desk::Desk;
use super::ending::Ending;
use super::list::find;
use super::picture::{Shot, draw, layers};
use super::wrong_query::read_query;
use crate::jobs::demo_base_map;
use crate::query::{Direction, SortKey};
use crate::words::{Fault, Message};

pub(super) fn run(args: &RenderArgs, desk: &mut Desk) -> anyhow::Result<Ending> {
    let ending = args.out.extension().unwrap_or_default();
    if !ending.eq_ignore_ascii_case("png") {
        return Err(
            Fault::input(Message::new("cli.not_png").arg("path", args.out.display())).into(),
        );
    }
    let demo_folder = DemoFolder;
    let opened = desk.look_at(&args.workspace, args.as_of)?;
    let bandwidth_m = args
        .bandwidth_m
        .unwrap_or_else(|| opened.town.suggested_bandwidth_m());
    let as_of = opened.town.as_of;
    let since = args.since.unwrap_or_else(|| as_of.plus_months(-1));
    let layers = layers(
        &args.layer,
        bandwidth_m,
        args.level,
        since,
        &opened.town.snapshot,
    )?;
    let filter = read_query(args.query.as_deref(), &opened.town.snapshot.catalogue)?;
    let filtered = find(
        &opened,
        filter,
        as_of,
        (SortKey::Id, Direction::Ascending),
        desk,
    )?;
    let base_map = match &args.basemap {
        Some(path) => Some(path.clone()),
        None if opened.workspace.is_demo() => Some(demo_base_map()?),
        None => None,
    };
    let shot = Shot {
        layers,
        bbox: args.bbox,
        size: args.size,
        dark: args.theme == Theme::Dark,
        base_map,
        as_of,
        rate_form: args.rate.form(),
        path: args.out.clone(),
    };
    let pictured = draw(&opened, &filtered, shot, desk)?;
    drop(demo_folder);
    desk.tell(&desk.lang.with(
        "cli.rendered",
        &[("path", &pictured.path.display().to_string())],
    ))?;
    Ok(Ending::Done)
}
