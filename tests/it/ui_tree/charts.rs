//! The charts under the map: tabs, choices, numbers and households at a click.

use super::stage::{Stage, absolute, click, has, said, with_flaws, with_town, with_town_on, write};
use egui::{Key, Role};
use egui_kittest::kittest::{By, Queryable};
use livelihood_map::analysis::{ChartPart, ShareOrder, SharePart};
use livelihood_map::layer::{ChartData, ChartKind, TrendMonths, months_text};
use livelihood_map::session::{BottomTab, ChartExport, Command, Dialog, Inspected};
use livelihood_map::words::Lang;

/// Brings the charts to the front.
fn charts(stage: &mut Stage) {
    let lang = stage.state().session.lang;
    click(stage, &lang.t("ui.tab_charts"));
    stage.run_steps(3);
    said(stage);
}

/// Chooses a chart, from its buttons or from the menu of a narrow window.
fn choose(stage: &mut Stage, kind: ChartKind) {
    let lang = stage.state().session.lang;
    let name = lang.t("ui.chart_kind");
    let text = |kind: ChartKind| lang.t(&format!("chart.kind_{}", kind.code())).into_owned();
    if stage.state().session.chart.kind == kind {
        return;
    }
    let button = format!("{name} {}", text(kind));
    if has(stage, &button) {
        click(stage, &button);
    } else {
        let now = stage.state().session.chart.kind;
        click(stage, &format!("{name} {}", text(now)));
        click(stage, &text(kind));
    }
    assert_eq!(stage.state().session.chart.kind, kind);
}

/// Clicks the first part of the chart whose name and numbers hold this.
fn click_part(stage: &mut Stage, name: &str) {
    let parts = By::new().label_contains(name);
    stage.query_all(parts).next().unwrap().click();
    stage.run_steps(3);
}

#[test]
fn tabs_change_by_click_and_by_key() {
    for lang in Lang::ALL {
        let mut stage = with_town(lang);
        assert!(!stage.state().session.shows_charts());
        click(&mut stage, &lang.t("ui.tab_charts"));
        assert!(stage.state().session.shows_charts());
        assert!(has(&stage, &lang.t("ui.action_export_chart")));
        click(&mut stage, &lang.t("ui.tab_list"));
        assert!(!stage.state().session.shows_charts());
        stage.key_press(Key::F5);
        stage.run_steps(3);
        assert!(stage.state().session.shows_charts());
        stage.key_press(Key::F5);
        stage.run_steps(3);
        assert_eq!(stage.state().session.settings.bottom, BottomTab::List);
    }
}

#[test]
fn a_bar_says_its_numbers_and_selects_its_households() {
    let lang = Lang::Zh;
    let mut stage = with_town(lang);
    charts(&mut stage);
    // The name of an area stands for all of its share, the pieces of its bar for theirs.
    click_part(&mut stage, "滨河社区");
    let opened = said(&mut stage);
    let part = opened.iter().find_map(|command| match command {
        Command::OpenPart { part, area } => Some((*part, area.unwrap())),
        _ => None,
    });
    let (part, area) = part.unwrap();
    let ChartPart::Area { part, .. } = part else {
        panic!("{part:?}");
    };
    let session = &stage.state().session;
    assert_eq!(session.inspected, Some(Inspected::Area(area)));
    let chart = session.results.chart.as_ref().unwrap();
    let shares = &chart.data.shares().unwrap().areas;
    let share = shares.iter().find(|it| it.area == area).unwrap().share;
    let count = match part {
        SharePart::All => share.whole,
        SharePart::In => share.part,
        SharePart::Out => share.whole - share.part,
    };
    assert!(count > 0);
    let selected = session.view.selection.as_ref().unwrap();
    assert_eq!(selected.count() as u32, count);
}

#[test]
fn every_chart_is_drawn_in_wide_and_small_windows_and_says_what_is_missing() {
    for (lang, size) in [
        (Lang::Zh, (1440.0, 900.0)),
        (Lang::En, (1280.0, 720.0)),
        (Lang::En, (960.0, 600.0)),
    ] {
        let mut stage = with_town_on(lang, size);
        charts(&mut stage);
        for kind in ChartKind::ALL {
            choose(&mut stage, kind);
            stage.run_steps(2);
        }
        choose(&mut stage, ChartKind::Ages);
        // A ledger has no members: it is said, with the way to get them.
        assert!(has(&stage, &lang.t("ui.chart_no_members")));
    }
    let mut stage = with_flaws(Lang::Zh);
    charts(&mut stage);
    choose(&mut stage, ChartKind::Ages);
    assert!(!has(&stage, &Lang::Zh.t("ui.chart_no_members")));
}

#[test]
fn the_months_of_a_trend_are_chosen_and_its_area_is_said() {
    for (lang, size) in [(Lang::Zh, (1440.0, 900.0)), (Lang::En, (960.0, 600.0))] {
        let mut stage = with_town_on(lang, size);
        charts(&mut stage);
        choose(&mut stage, ChartKind::Trend);
        stage.run_steps(3);
        assert!(has(&stage, &lang.t("chart.trend_of_all")));
        let months = |count: u16| months_text(TrendMonths(count), lang);
        let name = lang.t("ui.chart_months");
        click(&mut stage, &format!("{name} {}", months(12)));
        click(&mut stage, &months(36));
        stage.run_steps(3);
        let session = &stage.state().session;
        assert_eq!(session.chart.months, TrendMonths(36));
        let chart = session.results.chart.as_ref().unwrap();
        let ChartData::Trend(line) = &*chart.data else {
            panic!("{chart:?}");
        };
        assert_eq!(line.days.len(), 36);
    }
}

#[test]
fn the_order_is_behind_a_button() {
    let lang = Lang::En;
    let mut stage = with_town(lang);
    charts(&mut stage);
    click(&mut stage, &lang.t("ui.chart_options"));
    let order = format!(
        "{} {}",
        lang.t("ui.chart_order"),
        lang.t("ui.chart_order_code")
    );
    click(&mut stage, &order);
    assert_eq!(stage.state().session.chart.order, ShareOrder::Code);
}

#[test]
fn the_dialog_exports_a_picture_or_numbers() {
    for lang in Lang::ALL {
        let mut stage = with_town(lang);
        charts(&mut stage);
        click(&mut stage, &lang.t("ui.action_export_chart"));
        assert_eq!(stage.state().session.dialog, Some(Dialog::ExportChart));
        let format = lang.t("ui.dialog_export_format");
        click(
            &mut stage,
            &format!("{format} {}", lang.t("ui.dialog_chart_csv")),
        );
        let path = absolute("图表.csv");
        write(
            &mut stage,
            &lang.t("ui.dialog_file"),
            &path.display().to_string(),
        );
        said(&mut stage);
        // The dialog is called as its button is.
        let go = lang.t("ui.dialog_chart_go");
        stage.get_by_role_and_label(Role::Button, &go).click();
        stage.run_steps(3);
        let wanted = said(&mut stage)
            .into_iter()
            .find_map(|command| match command {
                Command::ExportChart(ChartExport { path, scale, .. }) => Some((path, scale)),
                _ => None,
            });
        assert_eq!(wanted, Some((path, 2)));
    }
}
