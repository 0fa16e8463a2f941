//! Every figure opens into exactly the households that make it: each link of each sheet is clicked, and
//! the list below counted.

use super::stage::{Stage, click, said, with_made};
use egui::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use livelihood_map::analysis::{MatchPart, Quota, StandingPart};
use livelihood_map::base::digits::{figure as written, grouped};
use livelihood_map::layer::{HeatKind, LayerKind};
use livelihood_map::model::{AreaLevel, Catalogue};
use livelihood_map::session::{BottomTab, Command, Counted, Figure, Inspected, Who, Worksheet};
use livelihood_map::words::Lang;
use std::collections::BTreeSet;
use std::sync::Arc;

fn does(stage: &mut Stage, command: Command) {
    stage.state_mut().session.apply(command);
    stage.run_steps(4);
    said(stage);
}

/// The names of all links.
fn links(stage: &Stage) -> Vec<String> {
    let nodes = stage.query_all_by_role(Role::Link);
    nodes
        .filter_map(|node| node.accesskit_node().label())
        .collect()
}

/// Clicks the link at a place; gives the figure that it opened.
fn open(stage: &mut Stage, at: usize) -> Option<Figure> {
    let node = stage.query_all_by_role(Role::Link).nth(at)?;
    node.focus();
    node.scroll_to_me();
    stage.run_steps(2);
    stage
        .query_all_by_role(Role::Link)
        .nth(at)?
        .click_accesskit();
    stage.run_steps(4);
    said(stage).into_iter().find_map(|command| match command {
        Command::OpenFigure(figure) => Some(figure),
        _ => None,
    })
}

/// What a list holds of what was counted, where the town itself says it.
fn recount(stage: &Stage, figure: &Figure) -> Option<u64> {
    let session = &stage.state().session;
    let town = session.town().unwrap();
    let snapshot = &town.snapshot;
    let rows = &session.results.filtered.as_ref().unwrap().rows;
    let gap_of = |row| u64::from(snapshot.households.entitlement.gap_of(row).count_ones());
    match (figure.counted, &figure.who) {
        (Counted::Households, _) => Some(rows.count() as u64),
        (Counted::Needs, Who::Query(..) | Who::Compared(..) | Who::LayerArea(..)) => {
            let open = |row| snapshot.open_needs(row, u64::MAX).count() as u64;
            Some(rows.iter().map(open).sum())
        }
        (Counted::Gaps, _) => Some(rows.iter().map(gap_of).sum()),
        (Counted::Persons, Who::Standing(place, part, _)) => {
            let gaps = &town.gaps;
            let columns: &[&[u64]] = match part {
                StandingPart::Covered => &[&gaps.person_covered],
                StandingPart::Gap => &[&gaps.person_gap],
                StandingPart::Entitled => &[&gaps.person_covered, &gaps.person_gap],
                _ => return None,
            };
            let whole: &[&[u64]] = match part {
                StandingPart::Covered => &[&gaps.covered],
                StandingPart::Gap => &[&gaps.gap],
                _ => &[&gaps.covered, &gaps.gap],
            };
            let has = |column: &&[u64], at: usize| u64::from(column[at] >> place & 1 == 1);
            let of = |row: u32| -> u64 {
                let listed = snapshot.people.of(row);
                if listed.is_empty() {
                    return whole.iter().map(|column| has(column, row as usize)).sum();
                }
                listed
                    .map(|person| {
                        columns
                            .iter()
                            .map(|column| has(column, person))
                            .sum::<u64>()
                    })
                    .sum()
            };
            Some(rows.iter().map(of).sum())
        }
        _ => None,
    }
}

/// Opens every figure on screen that was not opened yet, counts, and goes back.
fn check(stage: &mut Stage, seen: &mut BTreeSet<String>, place: &str) -> usize {
    let lang = stage.state().session.lang;
    let (mut opened, mut at) = (0, 0);
    loop {
        let names = links(stage);
        let Some(name) = names.get(at) else {
            return opened;
        };
        at += 1;
        if !seen.insert(format!("{place} {name}")) {
            continue;
        }
        let before = stage.state().session.filter_text.clone();
        let day = stage.state().session.view.as_of;
        let Some(figure) = open(stage, at - 1) else {
            continue;
        };
        opened += 1;
        let session = &stage.state().session;
        let what = format!("{place}: {name}: {figure:?}");
        let number = match figure.counted {
            Counted::Yuan => written(figure.count as f64, 0),
            _ => grouped(figure.count),
        };
        // A rate opens into its numerator; a class of a map says its limits.
        let says_other = name.contains('%') || figure.counted == Counted::Areas;
        assert!(says_other || name.contains(&number), "{what}");
        assert_eq!(session.settings.bottom, BottomTab::List, "{what}");
        let found = session.results.filtered.as_ref().unwrap();
        assert_eq!(found.filter, session.view.filter, "{what}");
        let length = found.order.len() as u64;
        if figure.counted != Counted::Areas {
            assert!(length > 0, "{what}");
        }
        if let Some(counted) = recount(stage, &figure) {
            assert_eq!(counted, figure.count, "{what}, {length} households");
        } else {
            let several = matches!(figure.counted, Counted::Findings | Counted::Areas);
            let fits = several || length <= figure.count;
            assert!(fits, "{what}, {length} households");
        }
        let text = session.opened_text(lang);
        assert_eq!(
            text.is_none(),
            figure.counted == Counted::Households,
            "{what}"
        );
        let session = &mut stage.state_mut().session;
        let is_same = session.filter_text == before && session.view.as_of == day;
        if !is_same || session.view.selection.is_some() {
            does(stage, Command::Undo);
        }
        assert_eq!(stage.state().session.filter_text, before, "{what}");
        assert_eq!(stage.state().session.view.as_of, day, "{what}");
    }
}

/// No layer is drawn: they are slow, and say nothing here.
fn without_layers(stage: &mut Stage) {
    let layers = stage.state().session.view.layers.clone();
    for layer in layers {
        does(stage, Command::RemoveLayer(layer.id));
    }
}

fn area(stage: &Stage, level: AreaLevel) -> Inspected {
    let town = stage.state().session.town().unwrap();
    let mut areas: Vec<_> = town.snapshot.areas.of_level(level).collect();
    areas.sort_by_key(|area| town.coverage.by_area[area.0 as usize].of_concern);
    Inspected::Area(*areas.last().unwrap())
}

fn own(stage: &Stage) -> Catalogue {
    let town = stage.state().session.town().unwrap();
    town.snapshot.catalogue.of_office()
}

#[test]
fn every_figure_opens_into_as_many_households() {
    let lang = Lang::Zh;
    let mut stage = with_made(lang, 300);
    without_layers(&mut stage);
    let mut seen = BTreeSet::new();
    let all = check(&mut stage, &mut seen, "overview");
    assert!(all >= 25, "{all}");
    let place = area(&stage, AreaLevel::Grid);
    does(&mut stage, Command::Inspect(Some(place)));
    let of_area = check(&mut stage, &mut seen, "area");
    assert!(of_area >= 20, "{of_area}");
    for (sheet, least) in [
        (Worksheet::Matching, 20),
        (Worksheet::Changes, 10),
        (Worksheet::Priority, 12),
    ] {
        does(&mut stage, Command::ShowWorksheet(Some(sheet)));
        stage.run_steps(6);
        let opened = check(&mut stage, &mut seen, &format!("{sheet:?}"));
        assert!(opened >= least, "{sheet:?} {opened}");
    }
    let mut trial = own(&stage);
    let standard = trial.threshold("dibao_standard").unwrap();
    for value in &mut trial.thresholds[standard].values {
        value.value *= 1.25;
    }
    does(&mut stage, Command::TryCatalogue(Some(Arc::new(trial))));
    does(&mut stage, Command::ShowWorksheet(Some(Worksheet::WhatIf)));
    stage.run_steps(6);
    let opened = check(&mut stage, &mut seen, "what if");
    assert!(opened >= 20, "{opened}");
}

/// Opens the figure of this name, and counts.
fn opens_one(stage: &mut Stage, name: &str) {
    let at = links(stage).iter().position(|link| link == name).unwrap();
    let figure = open(stage, at).unwrap();
    let what = format!("{name}: {figure:?}");
    let session = &stage.state().session;
    let rows = session.results.filtered.as_ref().unwrap().order.len() as u64;
    assert!(rows > 0 && rows <= figure.count, "{what}");
    if let Some(counted) = recount(stage, &figure) {
        assert_eq!(counted, figure.count, "{what}");
    }
    let day = figure.as_of.unwrap_or(stage.state().session.view.as_of);
    assert_eq!(stage.state().session.view.as_of, day, "{what}");
    assert_eq!(stage.state().session.town().unwrap().as_of, day, "{what}");
    does(stage, Command::Undo);
}

#[test]
fn legends_findings_and_the_catalogue_open_too() {
    let lang = Lang::En;
    let mut stage = with_made(lang, 300);
    without_layers(&mut stage);
    for kind in [
        LayerKind::bivariate(AreaLevel::Grid),
        LayerKind::hot_spots(AreaLevel::Grid),
        LayerKind::Points { of_concern: true },
        LayerKind::heat(HeatKind::UnmetLoad, 200.0),
        LayerKind::heat(HeatKind::Unmatched, 200.0),
    ] {
        does(&mut stage, Command::AddLayer(kind));
    }
    let mut seen = BTreeSet::new();
    let legends = check(&mut stage, &mut seen, "layers");
    let place = area(&stage, AreaLevel::Grid);
    does(&mut stage, Command::Inspect(Some(place)));
    let spots = check(&mut stage, &mut seen, "spot");
    assert!(legends >= 30 && spots >= 25, "{legends} {spots}");
    without_layers(&mut stage);

    does(&mut stage, Command::ShowWorksheet(Some(Worksheet::Check)));
    stage.run_steps(6);
    let found = stage.state().session.results.check.clone().unwrap();
    for (kind, count) in found.kinds() {
        click(
            &mut stage,
            &format!("{} {}", kind.text(lang), grouped(count as u64)),
        );
    }
    let findings = check(&mut stage, &mut seen, "check");
    assert!(findings >= 3, "{findings}");

    let mut draft = own(&stage);
    let standard = draft.threshold("dibao_standard").unwrap();
    for value in &mut draft.thresholds[standard].values {
        value.value *= 1.5;
    }
    does(
        &mut stage,
        Command::ShowWorksheet(Some(Worksheet::Catalogue)),
    );
    does(&mut stage, Command::DraftCatalogue(Some(Arc::new(draft))));
    stage.run_steps(6);
    let affected = check(&mut stage, &mut seen, "catalogue");
    assert!(affected >= 4, "{affected}");
}

#[test]
fn a_month_of_the_time_line_opens_on_its_day_and_a_limited_list_into_all() {
    let lang = Lang::Zh;
    let mut stage = with_made(lang, 300);
    without_layers(&mut stage);
    let outside: BTreeSet<String> = links(&stage).into_iter().collect();
    let line = format!("{} {}", lang.t("ui.timeline"), lang.t("layer.reach"));
    click(&mut stage, &line);
    let of_month = |stage: &Stage| -> Vec<String> {
        let names = links(stage).into_iter();
        names.filter(|name| !outside.contains(name)).collect()
    };
    let names = of_month(&stage);
    assert!(names.len() >= 4, "{names:?}");
    for name in names {
        if !links(&stage).contains(&name) {
            click(&mut stage, &line);
        }
        opens_one(&mut stage, &name);
    }

    let quota = Quota {
        per: Some(AreaLevel::Grid),
        each: 2,
    };
    does(&mut stage, Command::SetQuota(Some(quota)));
    let found = stage.state().session.results.filtered.clone().unwrap();
    let picked = found.picked.unwrap();
    let all = lang.with(
        "priority.quota_of",
        &[("found", &grouped(picked.found as u64))],
    );
    opens_one(&mut stage, &all);
    let session = &stage.state().session;
    assert_eq!(session.view.quota, Some(quota), "back to the limited list");
    let located = picked.kept - found.not_geocoded;
    let shown = lang.with("ui.count_shown", &[("count", &grouped(located as u64))]);
    opens_one(&mut stage, &shown);

    // From any list a click leads to the household, and its card to the reasons.
    let who = Who::Needs(None, MatchPart::Open);
    does(
        &mut stage,
        Command::ShowWorksheet(Some(Worksheet::Matching)),
    );
    stage.run_steps(4);
    let figure = Figure::new(1_u64, Counted::Needs, who);
    does(&mut stage, Command::OpenFigure(figure));
    let session = &stage.state().session;
    let row = session.results.filtered.as_ref().unwrap().order[0];
    let households = &session.town().unwrap().snapshot.households;
    let id = households.id.get(row).to_owned();
    let first = stage.get_by_role_and_label(Role::ListItem, &id);
    first.click_accesskit();
    stage.run_steps(4);
    let session = &stage.state().session;
    assert_eq!(session.inspected, Some(Inspected::Household(row)));
    assert!(session.score_parts(row).is_some());
    assert_eq!(session.results.explained.as_ref().unwrap().row, row);
    assert!(session.card(row).is_some());
}
