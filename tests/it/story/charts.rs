//! The charts under the map: they follow the filter, and every number opens into its households.

use crate::desk::Desk;
use livelihood_map::analysis::{AreaShare, AreaShares, ChartPart, NeedPart, SharePart};
use livelihood_map::jobs::Lane;
use livelihood_map::layer::{ChartData, ChartKind, ChartSpec, TrendMonths, chart_title};
use livelihood_map::session::{BottomTab, ChartExport, Command, Dialog, Inspected, NoticeKind};
use livelihood_map::words::Lang;

/// A town with its charts in front.
fn desk() -> (Desk, tempfile::TempDir) {
    let (mut desk, folder) = Desk::with_town(Lang::Zh);
    desk.looks_at_all(800, 600);
    desk.does(Command::ShowTab(BottomTab::Charts));
    (desk, folder)
}

fn shares(desk: &Desk) -> AreaShares {
    match &*desk.session.results.chart.as_ref().unwrap().data {
        ChartData::Coverage(shares) => shares.clone(),
        other => panic!("{other:?}"),
    }
}

fn selected(desk: &Desk) -> u32 {
    desk.session.view.selection.as_ref().unwrap().count() as u32
}

#[test]
fn a_chart_is_counted_while_it_is_looked_at_and_follows_the_filter() {
    let (mut desk, _folder) = Desk::with_town(Lang::Zh);
    desk.looks_at_all(800, 600);
    assert!(!desk.asked.contains(&Lane::Chart));
    let saved = desk.saved;
    desk.does(Command::ShowTab(BottomTab::Charts));
    assert!(desk.saved > saved, "the tab is remembered");
    let all = shares(&desk);
    let town = desk.session.town().unwrap();
    assert_eq!(all.total.whole, town.coverage.total.of_concern);
    assert!(all.areas.len() > 5);

    desk.types("需求:照料");
    let some = shares(&desk);
    assert!(some.total.whole < all.total.whole);
    assert_eq!(some.total.whole, desk.count() as u32);
    // What is nothing to the chart does not count it again.
    desk.asked.clear();
    desk.does(Command::SetLang(Lang::En));
    desk.does(Command::SortBy(livelihood_map::query::SortKey::Id));
    desk.does(Command::ShowTab(BottomTab::List));
    desk.types("");
    let charted = desk.asked.iter().filter(|lane| **lane == Lane::Chart);
    assert!(charted.count() <= 1, "{:?}", desk.asked);
    desk.does(Command::ShowTab(BottomTab::Charts));
    assert_eq!(shares(&desk).total, all.total);
}

#[test]
fn a_click_on_a_bar_selects_its_households_and_goes_to_the_area() {
    let (mut desk, _folder) = desk();
    let shares = shares(&desk);
    let AreaShare { area, share, .. } = shares.areas[0];
    for (part, count) in [
        (SharePart::In, share.part),
        (SharePart::Out, share.whole - share.part),
        (SharePart::All, share.whole),
    ] {
        let part = ChartPart::Area {
            area,
            figure: shares.figure,
            part,
        };
        desk.does(Command::OpenPart {
            part,
            area: Some(area),
        });
        assert_eq!(selected(&desk), count, "{part:?}");
    }
    assert_eq!(desk.session.inspected, Some(Inspected::Area(area)));
    let town = desk.session.town().unwrap();
    assert_eq!(
        desk.shown,
        Some(town.snapshot.areas.box_merc[area.0 as usize])
    );
    // The list and the map show them; the chart stays what it was, and undo takes it back.
    desk.does(Command::SetFilterText("selected:yes".to_owned()));
    assert_eq!(desk.count() as u32, share.whole);
    desk.does(Command::Undo);
    desk.does(Command::Undo);
    assert_eq!(selected(&desk), share.whole - share.part);
}

#[test]
fn needs_open_into_those_who_have_them() {
    let (mut desk, _folder) = desk();
    desk.does(Command::SetChart(ChartSpec {
        kind: ChartKind::Needs,
        ..ChartSpec::default()
    }));
    let chart = desk.session.results.chart.clone().unwrap();
    let ChartData::Needs(needs) = &*chart.data else {
        panic!("{chart:?}");
    };
    let most = needs.categories[0];
    let part = ChartPart::Need {
        category: most.category,
        part: NeedPart::Unmet,
    };
    desk.does(Command::OpenPart { part, area: None });
    assert_eq!(selected(&desk), most.households);
    let town = desk.session.town().unwrap();
    let code = town.snapshot.catalogue.needs[usize::from(most.category)]
        .code
        .clone();
    desk.types(&format!("need:{code}"));
    assert_eq!(desk.count() as u32, most.households);
}

#[test]
fn a_trend_is_of_the_chosen_area_and_as_long_as_chosen() {
    let (mut desk, _folder) = desk();
    let trend = |months| {
        Command::SetChart(ChartSpec {
            kind: ChartKind::Trend,
            months: TrendMonths(months),
            ..ChartSpec::default()
        })
    };
    let line = |desk: &Desk| {
        let chart = desk.session.results.chart.clone().unwrap();
        let town = desk.session.town().unwrap();
        let title = chart_title(&chart.spec, &chart.data, &town.snapshot, Lang::Zh);
        match &*chart.data {
            ChartData::Trend(line) => (title, line.clone(), chart.rows.count()),
            other => panic!("{other:?}"),
        }
    };
    desk.does(trend(12));
    let (title, all, everybody) = line(&desk);
    assert_eq!((all.days.len(), everybody), (12, desk.count()));
    assert!(
        title.contains("全部户") && title.contains("12 个月"),
        "{title}"
    );

    let town = desk.session.town().unwrap().clone();
    let areas = &town.snapshot.areas;
    let level = livelihood_map::model::AreaLevel::Community;
    let area = areas.of_level(level).next().unwrap();
    desk.does(Command::Inspect(Some(Inspected::Area(area))));
    desk.does(trend(36));
    let (title, own, some) = line(&desk);
    assert_eq!(own.days.len(), 36);
    let name = &areas.name[area.0 as usize];
    assert!(
        title.contains(name.as_str()) && title.contains("36"),
        "{title}"
    );
    let figures = town.coverage.by_area[area.0 as usize];
    assert_eq!(own.total[35].figures.of_concern, figures.of_concern);
    assert_eq!(some, figures.households as usize);
    // It is of all again once no area is chosen, and other charts never were of one.
    desk.does(Command::Inspect(None));
    assert_eq!(line(&desk).1.days, own.days);
    assert_eq!(line(&desk).2, everybody);
}

#[test]
fn a_chart_is_written_as_a_picture_and_as_its_numbers() {
    let (mut desk, folder) = desk();
    for kind in ChartKind::ALL {
        desk.does(Command::SetChart(ChartSpec {
            kind,
            ..ChartSpec::default()
        }));
        for ending in ["png", "csv", "xlsx"] {
            let path = folder.path().join(format!("{}.{ending}", kind.code()));
            desk.does(Command::Show(Dialog::ExportChart));
            desk.does(Command::ExportChart(ChartExport {
                path: path.clone(),
                size_px: [500, 300],
                scale: 2,
            }));
            assert_eq!(desk.last_notice().0, NoticeKind::Done, "{path:?}");
            assert_eq!(
                (desk.session.dialog.as_ref(), desk.session.exporting),
                (None, false)
            );
            assert!(std::fs::metadata(&path).unwrap().len() > 100, "{path:?}");
        }
    }
    let text = std::fs::read_to_string(folder.path().join("coverage.csv")).unwrap();
    let shares = shares_of_csv(&text);
    assert!(shares.len() > 5 && shares.iter().all(|(part, whole)| part <= whole));
}

fn shares_of_csv(text: &str) -> Vec<(u32, u32)> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| (row[2].parse().unwrap(), row[3].parse().unwrap()))
        .collect()
}

#[test]
fn without_members_there_is_no_pyramid_and_nothing_breaks() {
    let (mut desk, _folder) = desk();
    desk.does(Command::SetChart(ChartSpec {
        kind: ChartKind::Ages,
        ..ChartSpec::default()
    }));
    let chart = desk.session.results.chart.clone().unwrap();
    let ChartData::Ages(ages) = &*chart.data else {
        panic!("{chart:?}");
    };
    assert_eq!(ages.members(), 0);
    assert_eq!(ages.without_members, ages.households);
    assert!(ages.households > 0);
    desk.does(Command::OpenPart {
        part: ChartPart::WithoutMembers,
        area: None,
    });
    assert_eq!(selected(&desk), ages.households);
}
