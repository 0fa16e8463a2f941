//! What a layer draws: the controls that only its kind has.

use super::forms::LayerForm;
use super::parts::{named_edit, row, segments, slider, tick, warning};
use super::{layer_areas, layer_spots};
use crate::base::digits::figure;
use crate::layer::{AreaFigure, HeatKind, LayerKind, LayerSpec};
use crate::model::{AreaLevel, Date};
use crate::session::Session;
use crate::snapshot::Unsettled;
use crate::ui::widgets::note;
use egui::{Slider, Ui};

/// Narrower kernels show single households, wider ones nothing but the town.
const BANDWIDTHS_M: std::ops::RangeInclusive<f64> = 30.0..=1_000.0;

/// Draws the controls; gives the kind as somebody changed it.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    layer: &LayerSpec,
    form: &mut LayerForm,
) -> Option<LayerKind> {
    let mut kind = layer.kind.clone();
    match &mut kind {
        LayerKind::Heat {
            kind,
            bandwidth_m,
            upper_per_km2,
        } => {
            heat(ui, session, kind, bandwidth_m, form);
            upper(ui, session, *kind, upper_per_km2, form);
        }
        LayerKind::Points { of_concern } => points(ui, session, of_concern),
        LayerKind::Areas {
            figure,
            level,
            method,
            classes,
            labels,
        } => {
            level_row(ui, session, level);
            layer_areas::show(ui, session, figure, (method, classes), form);
            row(ui, "", |ui| {
                tick(ui, true, labels, &session.lang.t("ui.dialog_layer_values"))
            });
        }
        LayerKind::HotSpots { figure, spec } => {
            level_row(ui, session, &mut spec.level);
            layer_spots::hot_spots(ui, session, figure, spec);
        }
        LayerKind::Bivariate {
            level,
            coverage,
            need,
        } => {
            level_row(ui, session, level);
            layer_spots::bivariate(ui, session, coverage, need);
        }
        LayerKind::Difference {
            figure,
            level,
            since,
            labels,
        } => {
            level_row(ui, session, level);
            let name = session.lang.t("ui.dialog_layer_figure");
            layer_areas::figure_row(ui, session, &name, &AreaFigure::COMPARED, figure);
            since_row(ui, session, since, form);
            row(ui, "", |ui| {
                tick(ui, true, labels, &session.lang.t("ui.dialog_layer_values"))
            });
        }
        LayerKind::Resources => {}
        LayerKind::Outlines { level, labels } => {
            level_row(ui, session, level);
            row(ui, "", |ui| {
                tick(ui, true, labels, &session.lang.t("ui.dialog_layer_names"))
            });
        }
    }
    (kind != layer.kind).then_some(kind)
}

fn heat(
    ui: &mut Ui,
    session: &Session,
    kind: &mut HeatKind,
    bandwidth_m: &mut f64,
    form: &mut LayerForm,
) {
    let lang = session.lang;
    let name = lang.t("ui.dialog_layer_what");
    row(ui, &name, |ui| {
        let options = [
            HeatKind::UnmetLoad,
            HeatKind::Unsettled(Unsettled::Gap, programme_of(*kind)),
            HeatKind::Unsettled(Unsettled::Review, programme_of(*kind)),
            HeatKind::Unsettled(Unsettled::Unknown, programme_of(*kind)),
            HeatKind::Unmatched,
            HeatKind::Reach,
            HeatKind::FullCoverage,
            HeatKind::Households,
        ]
        .map(|kind| (kind, lang.t(LayerKind::heat(kind, 0.0).word()).into_owned()));
        if let Some(chosen) = segments(ui, &name, &options, Some(*kind)) {
            *kind = chosen;
        }
    });
    if let HeatKind::Unsettled(_, programme) = kind {
        layer_areas::programme_row(ui, session, programme);
    }
    let name = lang.t("ui.dialog_layer_bandwidth");
    row(ui, &name, |ui| {
        // The map follows when the slider is let go: a drag is one step to undo.
        let mut draft = form.bandwidth_m.unwrap_or(*bandwidth_m);
        let control = Slider::new(&mut draft, BANDWIDTHS_M)
            .logarithmic(true)
            .suffix(" m")
            .fixed_decimals(0);
        let response = slider(ui, &name, control);
        if response.dragged() {
            form.bandwidth_m = Some(draft);
        } else if response.changed() || form.bandwidth_m.is_some() {
            *bandwidth_m = draft.round();
            form.bandwidth_m = None;
        }
        note(ui, lang.t("ui.dialog_layer_bandwidth_note"));
    });
}

/// The programme of a layer of what is unsettled.
fn programme_of(kind: HeatKind) -> Option<u8> {
    match kind {
        HeatKind::Unsettled(_, programme) => programme,
        _ => None,
    }
}

/// The upper end of the scale: from all households, or fixed so that months can be compared.
fn upper(
    ui: &mut Ui,
    session: &Session,
    kind: HeatKind,
    upper_per_km2: &mut Option<f32>,
    form: &mut LayerForm,
) {
    if matches!(kind, HeatKind::Reach | HeatKind::FullCoverage) {
        return;
    }
    let lang = session.lang;
    let name = lang.t("ui.dialog_layer_upper");
    row(ui, &name, |ui| {
        let options = [
            (false, lang.t("ui.dialog_layer_upper_auto").into_owned()),
            (true, lang.t("ui.dialog_layer_upper_fixed").into_owned()),
        ];
        if let Some(fixed) = segments(ui, &name, &options, Some(upper_per_km2.is_some())) {
            *upper_per_km2 = fixed.then_some(300.0);
            form.upper.clear();
        }
        if let Some(value) = upper_per_km2 {
            if form.upper.is_empty() {
                form.upper = figure(f64::from(*value), 2).replace(',', "");
            }
            let response = named_edit(ui, &name, "", &mut form.upper, 90.0);
            let typed = form
                .upper
                .trim()
                .parse::<f32>()
                .ok()
                .filter(|typed| *typed > 0.0 && typed.is_finite());
            match typed {
                Some(typed) if response.lost_focus() => *value = typed,
                Some(_) => {}
                None => warning(ui, &lang.t("ui.dialog_layer_upper_bad")),
            }
        }
        note(ui, lang.t("ui.dialog_layer_upper_note"));
    });
}

fn points(ui: &mut Ui, session: &Session, of_concern: &mut bool) {
    let lang = session.lang;
    let name = lang.t("ui.dialog_layer_what");
    row(ui, &name, |ui| {
        let options = [true, false].map(|of_concern| {
            (
                of_concern,
                lang.t(LayerKind::Points { of_concern }.word()).into_owned(),
            )
        });
        if let Some(chosen) = segments(ui, &name, &options, Some(*of_concern)) {
            *of_concern = chosen;
        }
    });
}

fn level_row(ui: &mut Ui, session: &Session, level: &mut AreaLevel) {
    let lang = session.lang;
    let name = lang.t("ui.dialog_layer_level");
    let levels = session
        .town()
        .map(|town| town.snapshot.areas.levels())
        .unwrap_or_default();
    row(ui, &name, |ui| {
        let options: Vec<_> = levels
            .iter()
            .map(|level| (*level, lang.t(level.word()).into_owned()))
            .collect();
        if options.is_empty() {
            note(ui, lang.t("ui.dialog_layer_no_areas"));
        }
        if let Some(chosen) = segments(ui, &name, &options, Some(*level)) {
            *level = chosen;
        }
    });
}

/// The earlier day of a difference, before the day of the figures.
fn since_row(ui: &mut Ui, session: &Session, since: &mut Date, form: &mut LayerForm) {
    let lang = session.lang;
    let name = lang.t("ui.changes_since");
    row(ui, &name, |ui| {
        let draft = form.since.get_or_insert_with(|| since.to_string());
        let edit = named_edit(ui, &name, "", draft, 110.0);
        match Date::parse(draft) {
            Some(day) if day < session.view.as_of => {
                if edit.lost_focus() && day != *since {
                    *since = day;
                }
            }
            Some(_) => {
                let as_of = session.view.as_of.to_string();
                warning(ui, &lang.with("ui.changes_not_before", &[("date", &as_of)]));
            }
            None => warning(ui, &lang.t("ui.as_of_bad")),
        }
    });
}
