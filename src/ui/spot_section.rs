//! What the hot spot layers on the map say of an area, and how sure they are.

use super::theme::{Theme, body_font};
use super::widgets::{figure_row, note, section};
use crate::analysis::{HotSpot, HotSpotClass, HotSpotMeasure, HotSpotMethod, HotSpots, RateForm};
use crate::base::digits::figure as digits;
use crate::jobs::Painted;
use crate::layer::{
    AreaFigure, LayerKind, bivariate_classes, bivariate_word, hot_spot_method_word, hot_spot_word,
    p_text,
};
use crate::session::Session;
use crate::snapshot::AreaIndex;
use egui::{RichText, Ui};

/// Draws a section for each of those layers that is seen and knows the area.
pub(super) fn show(ui: &mut Ui, session: &Session, area: AreaIndex) {
    for layer in session.view.layers.iter().filter(|layer| layer.visible) {
        let Some(result) = session.results.layers.get(&layer.id) else {
            continue;
        };
        let Painted::Areas {
            values, hot_spots, ..
        } = &result.painted
        else {
            continue;
        };
        match (&result.spec.kind, hot_spots) {
            (LayerKind::HotSpots { figure, .. }, Some(found)) => {
                let mut all = found.areas.iter();
                if let Some(one) = all.find(|one| one.area == area) {
                    hot_spot(ui, session, *figure, found, one);
                }
            }
            (LayerKind::Bivariate { .. }, _) => {
                let mut all = values.iter().filter(|one| one.area == area);
                let class = all.find_map(|one| bivariate_classes().nth(one.class?));
                if let Some(class) = class {
                    section(ui, &session.lang.t("layer.bivariate"));
                    let word = session.lang.t(bivariate_word(class));
                    ui.label(RichText::new(word).font(body_font()));
                }
            }
            _ => {}
        }
    }
}

fn hot_spot(ui: &mut Ui, session: &Session, figure: AreaFigure, found: &HotSpots, one: &HotSpot) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let spec = &found.spec;
    section(ui, &lang.t(hot_spot_method_word(spec.method)));
    let ink = match one.class {
        HotSpotClass::Hot | HotSpotClass::HighLow => theme.gap,
        HotSpotClass::Cold | HotSpotClass::LowHigh => theme.covered,
        _ => theme.secondary,
    };
    let word = RichText::new(lang.t(hot_spot_word(one.class))).font(body_font());
    ui.label(word.color(ink));
    let is_deviation =
        spec.method == HotSpotMethod::LocalMoran && spec.measure == HotSpotMeasure::EmpiricalBayes;
    let value = |value: f64| {
        if is_deviation {
            digits(value, 2)
        } else {
            figure.text(value, RateForm::Raw)
        }
    };
    let rows = [
        (figure.word(), one.value.map(value)),
        ("ui.spot_neighbours_mean", one.neighbours_mean.map(value)),
        ("ui.spot_neighbours", Some(one.neighbours.to_string())),
        ("ui.spot_z", one.z.map(|z| digits(z, 2))),
        ("ui.spot_p", one.p.map(p_text)),
    ];
    for (words, text) in rows {
        let text = text.unwrap_or_else(|| lang.t("common.no_data").into_owned());
        figure_row(ui, &lang.t(words), &text, false);
    }
    if is_deviation {
        note(ui, lang.t("ui.spot_deviation_note"));
    }
}
