//! Settings of hot spots, and of coverage against need, in plain words.

use super::layer_areas::figure_row;
use super::parts::{row, segments, tick};
use crate::analysis::{HotSpotMeasure, HotSpotMethod, HotSpotSpec, Neighbours};
use crate::layer::AreaFigure;
use crate::session::Session;
use crate::ui::widgets::note;
use egui::{DragValue, Ui};

/// Figures with a denominator: only of those can chance be reckoned.
const SPOT_FIGURES: [AreaFigure; 5] = [
    AreaFigure::UnmetPerHousehold,
    AreaFigure::GapsPerHousehold,
    AreaFigure::Reach,
    AreaFigure::FullCoverage,
    AreaFigure::Programme(None),
];

const COVERAGE: [AreaFigure; 3] = [
    AreaFigure::Reach,
    AreaFigure::FullCoverage,
    AreaFigure::Programme(None),
];

const NEED: [AreaFigure; 6] = [
    AreaFigure::UnmetPerHousehold,
    AreaFigure::GapsPerHousehold,
    AreaFigure::UnmetPerKm2,
    AreaFigure::UnmetLoad,
    AreaFigure::OpenNeeds,
    AreaFigure::Gaps,
];

/// Draws the controls of hot spots below the level.
pub(super) fn hot_spots(
    ui: &mut Ui,
    session: &Session,
    figure: &mut AreaFigure,
    spec: &mut HotSpotSpec,
) {
    let lang = session.lang;
    let name = lang.t("ui.dialog_layer_figure");
    figure_row(ui, session, &name, &SPOT_FIGURES, figure);
    let name = lang.t("ui.dialog_spots_method");
    row(ui, &name, |ui| {
        let options = [
            (HotSpotMethod::GetisOrdStar, lang.t("ui.dialog_spots_gi")),
            (HotSpotMethod::LocalMoran, lang.t("ui.dialog_spots_moran")),
        ]
        .map(|(method, text)| (method, text.into_owned()));
        if let Some(chosen) = segments(ui, &name, &options, Some(spec.method)) {
            spec.method = chosen;
        }
        note(
            ui,
            lang.t(match spec.method {
                HotSpotMethod::LocalMoran => "ui.dialog_spots_moran_note",
                _ => "ui.dialog_spots_gi_note",
            }),
        );
    });
    neighbours(ui, session, &mut spec.neighbours);
    row(ui, "", |ui| {
        let mut smoothed = spec.measure == HotSpotMeasure::EmpiricalBayes;
        if tick(ui, true, &mut smoothed, &lang.t("ui.dialog_spots_smooth")).clicked() {
            spec.measure = if smoothed {
                HotSpotMeasure::EmpiricalBayes
            } else {
                HotSpotMeasure::Raw
            };
        }
    });
    chance(ui, session, spec);
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Queen,
    Rook,
    Nearest,
    Within,
}

fn neighbours(ui: &mut Ui, session: &Session, neighbours: &mut Neighbours) {
    let lang = session.lang;
    let name = lang.t("ui.dialog_spots_neighbours");
    row(ui, &name, |ui| {
        let kind = match neighbours {
            Neighbours::Queen => Kind::Queen,
            Neighbours::Rook => Kind::Rook,
            Neighbours::Nearest(_) => Kind::Nearest,
            Neighbours::WithinM(_) => Kind::Within,
        };
        let options = [
            (Kind::Queen, lang.t("ui.dialog_spots_queen")),
            (Kind::Rook, lang.t("ui.dialog_spots_rook")),
            (Kind::Nearest, lang.t("ui.dialog_spots_nearest")),
            (Kind::Within, lang.t("ui.dialog_spots_within")),
        ]
        .map(|(kind, text)| (kind, text.into_owned()));
        if let Some(chosen) = segments(ui, &name, &options, Some(kind)) {
            *neighbours = match chosen {
                Kind::Queen => Neighbours::Queen,
                Kind::Rook => Neighbours::Rook,
                Kind::Nearest => Neighbours::Nearest(6),
                Kind::Within => Neighbours::WithinM(1_000.0),
            };
        }
        match neighbours {
            Neighbours::Nearest(count) => {
                let name = lang.t("ui.dialog_spots_count");
                let options = [4, 6, 8, 12].map(|count: usize| (count, count.to_string()));
                if let Some(chosen) = segments(ui, &name, &options, Some(*count)) {
                    *count = chosen;
                }
            }
            Neighbours::WithinM(metres) => {
                let name = lang.t("ui.dialog_spots_metres");
                let options =
                    [300.0, 500.0, 1_000.0, 2_000.0].map(|m: f64| (m, format!("{m:.0} m")));
                if let Some(chosen) = segments(ui, &name, &options, Some(*metres)) {
                    *metres = chosen;
                }
            }
            Neighbours::Queen | Neighbours::Rook => {}
        }
    });
}

/// How sure: permutations with their seed, and how many false alarms are put up with.
fn chance(ui: &mut Ui, session: &Session, spec: &mut HotSpotSpec) {
    let lang = session.lang;
    let name = lang.t("ui.dialog_spots_permutations");
    row(ui, &name, |ui| {
        let none = lang.t("ui.dialog_spots_normal").into_owned();
        let options = [
            (99, "99".to_owned()),
            (999, "999".to_owned()),
            (9_999, "9,999".to_owned()),
            (0, none),
        ];
        if let Some(chosen) = segments(ui, &name, &options, Some(spec.permutations)) {
            spec.permutations = chosen;
        }
        if spec.permutations > 0 {
            let seed = lang.t("ui.dialog_spots_seed");
            ui.horizontal(|ui| {
                note(ui, seed.as_ref());
                let field = DragValue::new(&mut spec.seed).range(0..=999_999);
                ui.name_inputs(seed.as_ref(), |ui| ui.add(field));
            });
            note(ui, lang.t("ui.dialog_spots_seed_note"));
        }
    });
    let name = lang.t("ui.dialog_spots_alpha");
    row(ui, &name, |ui| {
        let options =
            [0.01, 0.05, 0.1].map(|alpha: f64| (alpha, format!("{:.0} %", alpha * 100.0)));
        if let Some(chosen) = segments(ui, &name, &options, Some(spec.alpha)) {
            spec.alpha = chosen;
        }
        tick(
            ui,
            true,
            &mut spec.false_discovery,
            &lang.t("ui.dialog_spots_fdr"),
        );
    });
}

/// Draws the controls of coverage against need below the level.
pub(super) fn bivariate(
    ui: &mut Ui,
    session: &Session,
    coverage: &mut AreaFigure,
    need: &mut AreaFigure,
) {
    let lang = session.lang;
    let name = lang.t("ui.dialog_bivariate_coverage");
    figure_row(ui, session, &name, &COVERAGE, coverage);
    let name = lang.t("ui.dialog_bivariate_need");
    figure_row(ui, session, &name, &NEED, need);
}
