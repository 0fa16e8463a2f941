//! The form of rates, hot spots, and coverage against need: what changes, and what opens.

use crate::desk::Desk;
use crate::support::generate;
use livelihood_map::analysis::{ClassMethod, HotSpotClass, ProgrammeFigures, RateForm};
use livelihood_map::jobs::{AreaValue, Lane, Painted};
use livelihood_map::layer::{AreaFigure, HeatKind, LayerId, LayerKind, LegendKind, few_color};
use livelihood_map::model::AreaLevel;
use livelihood_map::session::{Command, Counted, Figure, Inspected, Who};
use livelihood_map::snapshot::{AreaIndex, Unsettled};
use livelihood_map::words::Lang;
use std::sync::Arc;
use tempfile::TempDir;

fn values(desk: &Desk, id: u32) -> Arc<Vec<AreaValue>> {
    match &desk.drawn(id).painted {
        Painted::Areas { values, .. } => Arc::clone(values),
        other => panic!("{other:?}"),
    }
}

/// A town of which incomes are known, so that rules have something to say.
fn desk_of_incomes() -> (Desk, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::new(Lang::Zh);
    let [areas, households, _] = generate(folder.path(), 3_000, 7);
    desk.does(Command::Create(folder.path().join("示范.lmap")));
    desk.imports(&[areas], &[households]);
    desk.does(Command::CloseDialog);
    (desk, folder)
}

fn known(values: &[AreaValue]) -> impl Iterator<Item = f64> + '_ {
    values.iter().filter_map(|one| one.value)
}

fn spread(values: &[AreaValue]) -> f64 {
    let high = known(values).fold(f64::NEG_INFINITY, f64::max);
    high - known(values).fold(f64::INFINITY, f64::min)
}

#[test]
fn another_form_draws_rates_anew_and_is_undone() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    desk.looks_at_all(400, 300);
    desk.does(Command::ShowLayer(LayerId(5), true));
    let raw = values(&desk, 5);
    desk.asked.clear();
    desk.does(Command::SetRateForm(RateForm::EmpiricalBayesGlobal));
    // Heat, dots and lines have no rates of areas.
    assert_eq!(desk.asked, [Lane::Layer(5)]);
    let smoothed = values(&desk, 5);
    assert!(spread(&smoothed) < spread(&raw));
    let said = |desk: &Desk| desk.drawn(5).legend.notes.join("\n");
    assert!(said(&desk).contains("Empirical Bayes"), "{}", said(&desk));
    desk.does(Command::SetRateForm(RateForm::Count));
    assert!(known(&values(&desk, 5)).all(|count| count.fract() == 0.0));
    assert!(values(&desk, 5).iter().all(|one| !one.suppressed));
    desk.does(Command::Undo);
    assert_eq!(desk.session.view.rate_form, RateForm::EmpiricalBayesGlobal);
    assert_eq!(values(&desk, 5), smoothed);
    desk.does(Command::Undo);
    assert_eq!(values(&desk, 5), raw);
}

#[test]
fn few_households_are_grey_and_counted_in_the_legend() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    desk.looks_at_all(400, 300);
    desk.does(Command::ShowLayer(LayerId(5), true));
    desk.types("elderly>=1 living_alone:yes");
    let found = values(&desk, 5);
    let few: Vec<&AreaValue> = found.iter().filter(|one| one.suppressed).collect();
    assert!(!few.is_empty());
    let drawn = desk.drawn(5);
    let Painted::Areas { colors, .. } = &drawn.painted else {
        panic!("areas")
    };
    for one in &few {
        assert_eq!(colors[one.class.unwrap()], few_color());
    }
    let LegendKind::Classes { entries, hatched } = &drawn.legend.kind else {
        panic!("classes")
    };
    let (color, words) = entries.last().unwrap();
    assert_eq!(*color, few_color());
    assert_eq!(*words, format!("Denominator under 10 · {}", few.len()));
    let without = found.iter().filter(|one| one.value.is_none()).count();
    assert_eq!(hatched.is_some(), without > 0);
}

#[test]
fn the_card_of_an_area_asks_for_smoothed_rates_once_a_level() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    let area = |desk: &Desk, nth: usize| -> AreaIndex {
        let areas = &desk.session.town().unwrap().snapshot.areas;
        areas.of_level(AreaLevel::Grid).nth(nth).unwrap()
    };
    let (one, other) = (area(&desk, 0), area(&desk, 1));
    desk.does(Command::Inspect(Some(Inspected::Area(one))));
    desk.asked.clear();
    desk.does(Command::SetRateForm(RateForm::EmpiricalBayesLocal));
    assert_eq!(desk.asked, [Lane::AreaRates]);
    desk.does(Command::Inspect(Some(Inspected::Area(other))));
    assert_eq!(desk.asked, [Lane::AreaRates], "its level is known");
    let rates = desk.session.results.area_rates.clone().unwrap();
    assert_eq!(rates.form, RateForm::EmpiricalBayesLocal);
    let town = desk.session.town().unwrap();
    let has_data = town.coverage.by_area[other.0 as usize].reach().is_some();
    assert_eq!(rates.of(other)[0].is_some(), has_data);
    assert_eq!(rates.of(AreaIndex(u32::MAX)), [None, None]);
}

#[test]
fn programmes_of_the_card_are_drawn_to_those_around() {
    let (mut desk, _folder) = desk_of_incomes();
    let town = Arc::clone(desk.session.town().unwrap());
    let one = town.snapshot.areas.of_level(AreaLevel::Community).next();
    desk.does(Command::Inspect(one.map(Inspected::Area)));
    desk.does(Command::SetRateForm(RateForm::EmpiricalBayesLocal));
    let rates = desk.session.results.area_rates.clone().unwrap();
    let known = (0..town.entitled.programmes)
        .filter(|place| town.entitled.total[*place].coverage().is_some());
    let mut drawn = 0;
    for place in known {
        for area in town.snapshot.areas.of_level(AreaLevel::Community) {
            let raw = town.entitled.of(area, place).coverage();
            let rate = rates.of_programme(area, place);
            assert_eq!(raw.is_some(), rate.is_some(), "no data stays no data");
            drawn += usize::from(raw != rate);
        }
    }
    assert!(drawn > 0);
    assert_eq!(rates.of_programme(one.unwrap(), 99), None);
}

#[test]
fn what_is_not_known_is_a_layer_of_its_own_by_area_and_as_a_density() {
    let (mut desk, _folder) = desk_of_incomes();
    desk.looks_at_all(400, 300);
    let town = Arc::clone(desk.session.town().unwrap());
    for what in Unsettled::ALL {
        let figure = AreaFigure::Unsettled(what, Some(0));
        let kind = LayerKind::Areas {
            figure,
            level: AreaLevel::Grid,
            method: ClassMethod::Quantile,
            classes: 4,
            labels: false,
        };
        desk.does(Command::SetRateForm(RateForm::Raw));
        desk.does(Command::AddLayer(kind));
        let id = desk.session.view.layers[0].id.0;
        let count = |figures: ProgrammeFigures| match what {
            Unsettled::Gap => (figures.gap, figures.covered + figures.gap),
            Unsettled::Review => (figures.review, figures.covered + figures.review),
            Unsettled::Unknown => {
                let known = figures.covered + figures.gap;
                (figures.unknown, known + figures.unknown)
            }
        };
        let mut parts = 0;
        for one in values(&desk, id).iter() {
            let (part, whole) = count(town.entitled.of(one.area, 0));
            let rate = (whole > 0).then(|| f64::from(part) / f64::from(whole));
            assert_eq!(one.value, rate, "{what:?}");
            assert_eq!(one.suppressed, whole > 0 && whole < 10);
            parts += part;
        }
        let said = desk.drawn(id).legend.notes.join("\n");
        assert_eq!(said.contains("不是应享未享"), what == Unsettled::Unknown);
        desk.does(Command::SetRateForm(RateForm::Count));
        let counted: f64 = known(&values(&desk, id)).sum();
        assert_eq!(counted, f64::from(parts));
        assert!(parts > 0 || what == Unsettled::Review, "{what:?}");

        // The heat map shows the households of the filter, in colours of its own.
        let heat = LayerKind::heat(HeatKind::Unsettled(what, Some(0)), 150.0);
        desk.does(Command::SetKind(LayerId(id), heat));
        let entitlement = &town.snapshot.households.entitlement;
        let rows = 0..town.snapshot.households.len() as u32;
        let located = rows.filter(|row| town.snapshot.households.merc(*row).is_some());
        let shown = located.filter(|row| entitlement.count(what, *row, 1) > 0);
        assert_eq!(desk.drawn(id).count, shown.count(), "{what:?}");
        let LegendKind::Ramp { ramp, .. } = desk.drawn(id).legend.kind else {
            panic!("a density")
        };
        assert_eq!(ramp, figure.ramp());
    }
}

#[test]
fn a_class_of_a_legend_opens_into_its_households() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    desk.looks_at_all(400, 300);
    desk.does(Command::AddLayer(LayerKind::bivariate(AreaLevel::Grid)));
    let id = desk.session.view.layers[0].id;
    let found = values(&desk, id.0);
    let legend = desk.drawn(id.0).legend.clone();
    let LegendKind::Bivariate(legend) = legend.kind else {
        panic!("nine cells")
    };
    let classed = found
        .iter()
        .filter(|one| one.class.is_some_and(|class| class < 9));
    assert_eq!(legend.counts.iter().sum::<usize>(), classed.count());
    let class = legend.counts.iter().position(|count| *count > 0).unwrap();
    let who = Who::Class(id, Some(class));
    let figure = Figure::new(legend.counts[class] as u64, Counted::Areas, who);
    desk.does(Command::OpenFigure(figure));
    let town = Arc::clone(desk.session.town().unwrap());
    let meant = found.iter().filter(|one| one.class == Some(class));
    let expected: u32 = meant
        .map(|one| town.coverage.by_area[one.area.0 as usize].households)
        .sum();
    let selected = desk.session.view.selection.clone().unwrap();
    assert_eq!(selected.count(), expected as usize);
    assert!(expected > 0);
    assert_eq!(desk.count(), expected as usize);

    // A filter moves areas between classes, and leaves where the classes end.
    let LayerKind::Bivariate { .. } = desk.layer(id.0).kind else {
        panic!("coverage against need")
    };
    desk.types("elderly>=1");
    let LegendKind::Bivariate(under_filter) = desk.drawn(id.0).legend.kind.clone() else {
        panic!("nine cells")
    };
    assert_eq!(under_filter.coverage_cuts, legend.coverage_cuts);
    assert_eq!(under_filter.need_cuts, legend.need_cuts);
    assert_ne!(under_filter.counts, legend.counts);
}

#[test]
fn hot_spots_carry_how_they_were_found() {
    let (mut desk, _folder) = Desk::with_town(Lang::Zh);
    desk.looks_at_all(400, 300);
    desk.does(Command::AddLayer(LayerKind::hot_spots(AreaLevel::Grid)));
    let id = desk.session.view.layers[0].id;
    let drawn = desk.drawn(id.0);
    let Painted::Areas {
        values, hot_spots, ..
    } = &drawn.painted
    else {
        panic!("areas")
    };
    let found = hot_spots.as_ref().unwrap();
    assert_eq!(found.areas.len(), values.len());
    for (one, value) in found.areas.iter().zip(values.iter()) {
        let is_hatched = matches!(one.class, HotSpotClass::NoData | HotSpotClass::NoNeighbours);
        assert_eq!(value.class.is_none(), is_hatched);
    }
    let said = drawn.legend.notes.join("\n");
    for words in ["Gi*", "9,999 次", "种子 1", "5 %", "公共点"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    // Moving the map asks for nothing: the level is the level.
    desk.asked.clear();
    let extent = desk.session.town().unwrap().snapshot.extent_merc;
    desk.looks_at(extent.grown(5_000.0), 400, 300);
    assert!(!desk.asked.contains(&Lane::Layer(id.0)));
    // The figure may be that of one programme.
    let figure = AreaFigure::Programme(Some(0));
    let LayerKind::HotSpots { spec, .. } = desk.layer(id.0).kind.clone() else {
        panic!("hot spots")
    };
    desk.does(Command::SetKind(id, LayerKind::HotSpots { figure, spec }));
    assert!(desk.drawn(id.0).legend.title.contains("低保"));
}
