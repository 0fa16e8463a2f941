//! Standards on trial: what they would mean before anything is changed, and what they mean then.

use crate::desk::Desk;
use livelihood_map::analysis::TrialPart;
use livelihood_map::jobs::{Lane, TableWanted, Tried};
use livelihood_map::model::{Catalogue, Date};
use livelihood_map::session::{Command, Figure, NoticeKind, TrialPlace, Who};
use livelihood_map::words::Lang;
use std::sync::Arc;

fn own(desk: &Desk) -> Catalogue {
    desk.session.town().unwrap().snapshot.catalogue.of_office()
}

fn with(desk: &Desk, threshold: &str, value: f64) -> Arc<Catalogue> {
    let mut trial = own(desk);
    let place = trial.threshold(threshold).unwrap();
    trial.thresholds[place].values[0].value = value;
    Arc::new(trial)
}

fn tries(desk: &mut Desk, threshold: &str, value: f64) -> Arc<Tried> {
    let trial = with(desk, threshold, value);
    desk.does(Command::TryCatalogue(Some(trial)));
    Arc::clone(desk.session.what_if().unwrap())
}

/// Eligible and gap households of a programme, as the open town has them.
fn figures(desk: &Desk, place: usize) -> (usize, usize) {
    let entitlement = &desk.session.town().unwrap().snapshot.households.entitlement;
    let count = |column: &[u64]| {
        column
            .iter()
            .filter(|bits| **bits >> place & 1 == 1)
            .count()
    };
    (count(&entitlement.eligible), count(&entitlement.gap))
}

/// The town, with assets looked at wherever nobody says otherwise, so that many are eligible.
fn desk(lang: Lang) -> (Desk, tempfile::TempDir) {
    let (mut desk, folder) = Desk::with_town(lang);
    let mut easier = own(&desk);
    for scheme in &mut easier.schemes {
        for rule in &mut scheme.rules {
            rule.text = rule.text.replace(" and assets_ok", "");
        }
    }
    desk.does(Command::SaveCatalogue(Arc::new(easier)));
    (desk, folder)
}

#[test]
fn a_trial_says_what_the_town_then_is() {
    let (mut desk, _folder) = desk(Lang::Zh);
    let dibao = own(&desk).programme("dibao").unwrap();
    let before = figures(&desk, dibao);
    let tried = tries(&mut desk, "dibao_standard", 1_500.0);
    let change = &tried.what_if.programmes[dibao];
    assert_eq!(change.today.eligible as usize, before.0);
    assert!(change.entrants > 0 && change.trial.cost.yuan > change.today.cost.yuan);
    // Nothing is changed yet.
    assert_eq!(figures(&desk, dibao), before);

    let day = desk.session.view.as_of;
    desk.does(Command::ApplyTrial(day));
    assert_eq!(desk.last_notice().0, NoticeKind::Done);
    let after = figures(&desk, dibao);
    assert_eq!(after.0, change.trial.eligible as usize);
    assert_eq!(after.1, change.trial.gap as usize);
    assert_eq!(
        after.0,
        before.0 + (change.entrants - change.leavers) as usize
    );
    assert!(desk.session.trial.is_none() && desk.session.what_if().is_none());
    // The days before keep their standard.
    desk.does(Command::SetAsOf(day.plus_days(-1)));
    assert_eq!(figures(&desk, dibao).0, before.0);
    desk.does(Command::SetAsOf(day));
    desk.does(Command::Undo);
    desk.does(Command::Undo);
    desk.does(Command::Undo);
    assert_eq!(figures(&desk, dibao), before);
}

#[test]
fn those_who_come_in_are_shown_and_exported() {
    let (mut desk, folder) = desk(Lang::Zh);
    let tried = tries(&mut desk, "dibao_standard", 1_500.0);
    let dibao = own(&desk).programme("dibao").unwrap();
    let change = &tried.what_if.programmes[dibao];
    let show = |count: u32, place: TrialPlace| {
        let who = Who::Trial(1 << dibao, TrialPart::Entrants, place);
        Command::OpenFigure(Figure::households(count, who))
    };
    desk.does(show(change.entrant_households, TrialPlace::Anywhere));
    assert_eq!(desk.count(), change.entrant_households as usize);
    assert!(desk.shown.is_some());
    // In one area there are as many as it says.
    let town = Arc::clone(desk.session.town().unwrap());
    let areas = 0..town.snapshot.areas.len() as u32;
    let area = areas
        .map(livelihood_map::snapshot::AreaIndex)
        .max_by_key(|area| {
            let entrants = tried.what_if.of_area(*area, dibao).entrants;
            (town.snapshot.areas.level[area.0 as usize], entrants)
        });
    let area = area.unwrap();
    let in_area = tried.what_if.of_area(area, dibao).entrants;
    desk.does(show(in_area, TrialPlace::Area(area)));
    assert!(in_area > 0);
    assert_eq!(desk.count(), in_area as usize);

    for (what, name) in [
        (TableWanted::TrialFigures, "数字.csv"),
        (TableWanted::TrialChanges, "进出.csv"),
    ] {
        let path = folder.path().join(name);
        desk.does(Command::ExportTable {
            what,
            path: path.clone(),
            unmasked: false,
        });
        let text = std::fs::read_to_string(&path).unwrap();
        let rows = text.lines().count() - 1;
        if what == TableWanted::TrialChanges {
            let moving = tried.what_if.programmes.iter();
            let units: u32 = moving.map(|one| one.entrants + one.leavers).sum();
            assert_eq!(rows, units as usize);
            assert!(text.contains("低保标准：1,500"), "the reason");
        } else {
            assert!(rows > 12, "{text}");
        }
    }
}

#[test]
fn a_trial_follows_the_town_and_ends() {
    let (mut desk, _folder) = desk(Lang::En);
    tries(&mut desk, "dibao_standard", 1_500.0);
    let asked = |desk: &Desk| {
        let lanes = desk.asked.iter();
        lanes.filter(|lane| **lane == Lane::WhatIf).count()
    };
    let before = asked(&desk);
    // The same again is known already; another day is another town.
    let same = desk.session.trial.clone();
    desk.does(Command::TryCatalogue(same));
    assert_eq!(asked(&desk), before);
    let earlier = desk.session.view.as_of.plus_days(-400);
    desk.does(Command::SetAsOf(earlier));
    assert_eq!(desk.session.what_if().unwrap().what_if.as_of, earlier);
    // A catalogue that is saved meanwhile is another today.
    let other = with(&desk, "gaoling_age", 81.0);
    desk.does(Command::SaveCatalogue(other));
    assert!(desk.session.trial.is_none());
    tries(&mut desk, "dibao_standard", 1_500.0);
    desk.does(Command::TryCatalogue(None));
    assert!(desk.session.what_if().is_none());
    assert!(!desk.session.is_trying());
    desk.does(Command::Close);
    assert!(desk.session.trial.is_none());
}

#[test]
fn what_cannot_be_in_force_is_not_applied() {
    let (mut desk, _folder) = desk(Lang::En);
    let before = own(&desk);
    tries(&mut desk, "dibao_standard", 1_500.0);
    // The value of today holds since 2010: one that begins before it would never be seen.
    desk.does(Command::ApplyTrial(Date::from_ymd(2009, 12, 31).unwrap()));
    let (kind, text) = desk.last_notice();
    assert_eq!(kind, NoticeKind::Warning);
    assert!(text.contains("2010-01-01"), "{text}");
    // Rules on trial belong to the catalogue's editor.
    let mut rules = (*with(&desk, "dibao_standard", 1_500.0)).clone();
    rules.schemes[0].rules.clear();
    desk.does(Command::TryCatalogue(Some(Arc::new(rules))));
    let today = desk.session.view.as_of;
    desk.does(Command::ApplyTrial(today));
    assert_eq!(desk.last_notice().0, NoticeKind::Warning);
    assert_eq!(own(&desk), before);
}
