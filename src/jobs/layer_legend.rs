//! What a drawn layer means: titles, units, ends of scales and counts.

use crate::base::digits;
use crate::layer::{
    AreaFigure, HeatKind, LayerKind, LayerSpec, Legend, LegendKind, Ramp, Scope, bandwidth_note,
    line_color, point_color,
};
use crate::model::Catalogue;
use crate::words::Lang;

/// The notes that every layer about households carries: whom it shows.
fn notes(spec: &LayerSpec, count: usize, lang: Lang) -> Vec<String> {
    let shown = lang.with(
        "layer.shows_households",
        &[("count", &digits::grouped(count as u64))],
    );
    match &spec.scope {
        Scope::Own(query) if !query.is_empty() => {
            vec![shown, lang.with("layer.own_query", &[("query", query)])]
        }
        Scope::All => vec![shown, lang.t("layer.scope_all").into_owned()],
        _ => vec![shown],
    }
}

pub(super) fn heat_legend(
    (spec, catalogue): (&LayerSpec, &Catalogue),
    kind: HeatKind,
    bandwidth_m: f64,
    full: f32,
    count: usize,
    lang: Lang,
) -> Legend {
    let (scale, unit) = match kind {
        HeatKind::Households => (
            LegendKind::density(Ramp::Households, full),
            "layer.unit_households_per_km2",
        ),
        HeatKind::UnmetLoad => (
            LegendKind::density(Ramp::Need, full),
            "layer.unit_needs_per_km2",
        ),
        HeatKind::Gaps(_) => (
            LegendKind::density(Ramp::Need, full),
            "layer.unit_gaps_per_km2",
        ),
        HeatKind::Reach | HeatKind::FullCoverage => {
            (LegendKind::share(Ramp::Coverage), "layer.unit_of_concern")
        }
    };
    let mut notes = notes(spec, count, lang);
    notes.insert(0, bandwidth_note(lang, bandwidth_m));
    Legend {
        title: spec.kind.name(catalogue, lang),
        unit: lang.t(unit).into_owned(),
        kind: scale,
        notes,
    }
}

pub(super) fn dots_legend(spec: &LayerSpec, count: usize, lang: Lang) -> Legend {
    Legend {
        title: lang.t(spec.kind.word()).into_owned(),
        unit: lang.t("layer.unit_dot").into_owned(),
        kind: LegendKind::Points {
            color: point_color(),
        },
        notes: notes(spec, count, lang),
    }
}

/// Dots that are too many: what is drawn in their place, and why.
pub(super) fn too_many_legend(
    spec: &LayerSpec,
    bandwidth_m: f64,
    full: f32,
    count: usize,
    most: usize,
    lang: Lang,
) -> Legend {
    let mut notes = notes(spec, count, lang);
    notes.push(lang.with("layer.too_many", &[("most", &digits::grouped(most as u64))]));
    notes.push(bandwidth_note(lang, bandwidth_m));
    Legend {
        title: lang.t(spec.kind.word()).into_owned(),
        unit: lang.t("layer.unit_households_per_km2").into_owned(),
        kind: LegendKind::density(Ramp::Households, full),
        notes,
    }
}

pub(super) fn outlines_legend(spec: &LayerSpec, count: usize, lang: Lang) -> Legend {
    Legend {
        title: lang.t(spec.kind.word()).into_owned(),
        unit: String::new(),
        kind: LegendKind::Lines {
            color: line_color(),
        },
        notes: vec![lang.with(
            "layer.shows_areas",
            &[("count", &digits::grouped(count as u64))],
        )],
    }
}

#[allow(clippy::too_many_arguments)] // All of them are what a choropleth's legend says.
pub(super) fn areas_legend(
    spec: &LayerSpec,
    figure: AreaFigure,
    low: f64,
    breaks: &[f64],
    colors: &[[u8; 4]],
    no_data: usize,
    count: usize,
    lang: Lang,
) -> Legend {
    let say = |value: f64| {
        if figure.is_rate() {
            digits::percent(value)
        } else {
            digits::figure(value, 1)
        }
    };
    let mut from = low;
    let entries = breaks
        .iter()
        .zip(colors)
        .map(|(to, color)| {
            let text = format!("{} – {}", say(from), say(*to));
            from = *to;
            (*color, text)
        })
        .collect();
    let mut notes = Vec::new();
    if let LayerKind::Areas { level, .. } = &spec.kind {
        let level = lang.t(level.word());
        notes.push(lang.with(
            "layer.by_level",
            &[("level", &level), ("count", &digits::grouped(count as u64))],
        ));
    }
    if no_data > 0 {
        notes.push(lang.with(
            "layer.without_data",
            &[("count", &digits::grouped(no_data as u64))],
        ));
    }
    let unit = match figure {
        AreaFigure::Reach | AreaFigure::FullCoverage => "layer.unit_of_concern",
        AreaFigure::OfConcern | AreaFigure::Households => "layer.unit_households",
        AreaFigure::OpenNeeds | AreaFigure::UnmetLoad => "layer.unit_needs",
        AreaFigure::UnmetPerKm2 => "layer.unit_needs_per_km2",
    };
    Legend {
        title: lang.t(figure.word()).into_owned(),
        unit: lang.t(unit).into_owned(),
        kind: LegendKind::Classes {
            entries,
            no_data: no_data > 0,
        },
        notes,
    }
}
