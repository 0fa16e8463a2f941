//! What the hot spot layers on the map say of an area, and how sure they are.

use super::opens::{self, Piece};
use super::theme::{Theme, body_font};
use super::widgets::{figure_row, note, section};
use crate::analysis::{
    Figures, HotSpot, HotSpotClass, HotSpotMeasure, HotSpotMethod, HotSpots, RateForm,
};
use crate::base::digits::{figure as digits, grouped};
use crate::jobs::Painted;
use crate::layer::{
    AreaFigure, LayerKind, Scope, bivariate_classes, bivariate_word, hot_spot_method_word,
    hot_spot_word, p_text,
};
use crate::session::{Command, Counted, Figure, LayerResult, Session, Who};
use crate::snapshot::AreaIndex;
use egui::{RichText, Ui};

/// Draws a section for each of those layers that is seen and knows the area.
pub(super) fn show(ui: &mut Ui, session: &Session, area: AreaIndex, out: &mut Vec<Command>) {
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
                    behind(ui, session, result, (area, &[*figure]), out);
                }
            }
            (LayerKind::Bivariate { coverage, need, .. }, _) => {
                let mut all = values.iter().filter(|one| one.area == area);
                let class = all.find_map(|one| bivariate_classes().nth(one.class?));
                if let Some(class) = class {
                    section(ui, &session.lang.t("layer.bivariate"));
                    let word = session.lang.t(bivariate_word(class));
                    ui.label(RichText::new(word).font(body_font()));
                    behind(ui, session, result, (area, &[*coverage, *need]), out);
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

/// The households behind the figures of an area, as the layer counts them: the parts of its rates and
/// what they are parts of.
fn behind(
    ui: &mut Ui,
    session: &Session,
    result: &LayerResult,
    (area, figures): (AreaIndex, &[AreaFigure]),
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let Some(counted) = counted(session, &result.spec.scope, area) else {
        return;
    };
    for figure in figures {
        let pieces = parts(*figure, &counted).into_iter().map(|part| {
            let (key, count, counted, query) = part;
            let text = lang.with(key, &[("count", &grouped(u64::from(count)))]);
            let who = Who::LayerArea(result.spec.id, area, query.to_owned());
            Piece::opens(text, Figure::new(count, counted, who))
        });
        let pieces: Vec<Piece> = pieces.collect();
        if !pieces.is_empty() {
            opens::line(ui, lang, &lang.t(figure.word()), pieces, out);
        }
    }
}

/// What a layer counts in an area; of a query of its own nothing is kept.
fn counted(session: &Session, scope: &Scope, area: AreaIndex) -> Option<Figures> {
    let at = area.0 as usize;
    match scope {
        Scope::All => session.town()?.coverage.by_area.get(at).copied(),
        Scope::Filtered => {
            let filtered = session.results.filtered.as_ref()?;
            filtered.coverage.by_area.get(at).copied()
        }
        Scope::Own(_) => None,
    }
}

type Counts = (&'static str, u32, Counted, &'static str);

/// The counts that a figure is made of, with the query that finds them.
fn parts(figure: AreaFigure, of: &Figures) -> Vec<Counts> {
    let households = Counted::Households;
    let concern = (
        "ui.spot_of_concern",
        of.of_concern,
        households,
        "concern:yes",
    );
    let all = ("ui.spot_all", of.households, households, "");
    let needs = ("ui.spot_needs", of.open_needs, Counted::Needs, "need:any");
    let gaps = ("ui.spot_gaps", of.gaps, Counted::Gaps, "gap:any");
    match figure {
        AreaFigure::Reach => {
            let query = "concern:yes receiving:yes";
            vec![
                ("ui.spot_receiving", of.receiving, households, query),
                concern,
            ]
        }
        AreaFigure::FullCoverage => {
            let query = "concern:yes -need:any -gap:any";
            vec![
                ("ui.spot_covered", of.fully_covered, households, query),
                concern,
            ]
        }
        // Their bars stand below, each with its figures.
        AreaFigure::Programme(_) | AreaFigure::Unsettled(..) => Vec::new(),
        AreaFigure::OfConcern => vec![concern],
        AreaFigure::Households => vec![all],
        AreaFigure::OpenNeeds => vec![needs],
        AreaFigure::Gaps => vec![gaps],
        AreaFigure::UnmetLoad | AreaFigure::UnmetPerKm2 => vec![needs, gaps],
        AreaFigure::UnmetPerHousehold => vec![needs, gaps, all],
        AreaFigure::GapsPerHousehold => vec![gaps, all],
    }
}
