//! What hot spots, and coverage against need, are called; what a legend says of how they were found.

use crate::analysis::{
    BivariateClass, HotSpotClass, HotSpotMeasure, HotSpotMethod, HotSpotSpec, HotSpots, Neighbours,
};
use crate::base::digits;
use crate::words::Lang;

/// The key of the word for a class.
pub fn hot_spot_word(class: HotSpotClass) -> &'static str {
    match class {
        HotSpotClass::Hot => "layer.spot_hot",
        HotSpotClass::Cold => "layer.spot_cold",
        HotSpotClass::HighLow => "layer.spot_high_low",
        HotSpotClass::LowHigh => "layer.spot_low_high",
        HotSpotClass::NotSignificant => "layer.spot_not_significant",
        HotSpotClass::NoNeighbours => "layer.spot_no_neighbours",
        HotSpotClass::NoData => "common.no_data",
    }
}

/// The key of the name of a statistic.
pub fn hot_spot_method_word(method: HotSpotMethod) -> &'static str {
    match method {
        HotSpotMethod::GetisOrdStar => "layer.method_gi_star",
        HotSpotMethod::GetisOrd => "layer.method_gi",
        HotSpotMethod::LocalMoran => "layer.method_moran",
    }
}

/// Who is whose neighbour, in words.
pub fn neighbours_text(neighbours: Neighbours, lang: Lang) -> String {
    match neighbours {
        Neighbours::Queen => lang.t("layer.weights_queen").into_owned(),
        Neighbours::Rook => lang.t("layer.weights_rook").into_owned(),
        Neighbours::Nearest(count) => {
            lang.with("layer.weights_nearest", &[("count", &count.to_string())])
        }
        Neighbours::WithinM(metres) => {
            lang.with("layer.weights_within", &[("m", &digits::figure(metres, 0))])
        }
    }
}

/// How many false alarms are put up with, in words.
fn alarm_text(spec: &HotSpotSpec, lang: Lang) -> String {
    let alpha = digits::figure(spec.alpha * 100.0, 2);
    let key = if spec.false_discovery {
        "layer.alpha_all"
    } else {
        "layer.alpha_each"
    };
    lang.with(key, &[("alpha", &alpha)])
}

/// What a legend says of how hot spots were found: of which rates, with which statistic, among whom, and
/// how sure.
pub fn hot_spot_notes(found: &HotSpots, lang: Lang) -> Vec<String> {
    let spec = &found.spec;
    let measure = lang.t(match spec.measure {
        HotSpotMeasure::Raw => "layer.measure_raw",
        HotSpotMeasure::EmpiricalBayes => "layer.measure_eb",
        HotSpotMeasure::Count => "layer.measure_count",
    });
    let mut notes = vec![
        measure.into_owned(),
        lang.t(hot_spot_method_word(spec.method)).into_owned(),
        neighbours_text(spec.neighbours, lang),
    ];
    let chance = if spec.permutations > 0 {
        lang.with(
            "layer.permutations",
            &[
                ("count", &digits::grouped(spec.permutations as u64)),
                ("seed", &spec.seed.to_string()),
            ],
        )
    } else {
        lang.t("layer.no_permutations").into_owned()
    };
    notes.push(format!("{chance} · {}", alarm_text(spec, lang)));
    if let Some(global) = &found.global {
        notes.push(lang.with(
            "layer.global_moran",
            &[
                ("i", &digits::figure(global.i, 3)),
                ("p", &p_text(global.p_random)),
            ],
        ));
    }
    let level = lang.t(spec.level.word());
    let tested = digits::grouped(found.tested() as u64);
    notes.push(lang.with("layer.tested", &[("level", &level), ("count", &tested)]));
    if found.count(HotSpotClass::NoNeighbours) > 0 {
        notes.push(lang.t("layer.islands_note").into_owned());
    }
    if is_flat(found) {
        notes.push(lang.t("layer.flat_note").into_owned());
    }
    notes
}

/// Whether smoothing left no difference: then nothing can be a hot spot, whatever the raw rates are.
fn is_flat(found: &HotSpots) -> bool {
    let mut values = found.areas.iter().filter_map(|area| area.value);
    let (Some(first), Some(second)) = (values.next(), values.next()) else {
        return false;
    };
    let is_same = |value: f64| (value - first).abs() <= 1e-12 * first.abs();
    found.spec.measure == HotSpotMeasure::EmpiricalBayes && is_same(second) && values.all(is_same)
}

/// A p-value: three digits, and never nought.
pub fn p_text(p: f64) -> String {
    if p < 0.001 {
        "< 0.001".to_owned()
    } else {
        digits::figure(p, 3)
    }
}

/// The key of what a class of coverage against need is called.
pub fn bivariate_word(class: BivariateClass) -> &'static str {
    const WORDS: [[&str; 3]; 3] = [
        [
            "layer.coverage_low_need_low",
            "layer.coverage_low_need_middle",
            "layer.coverage_low_need_high",
        ],
        [
            "layer.coverage_middle_need_low",
            "layer.coverage_middle_need_middle",
            "layer.coverage_middle_need_high",
        ],
        [
            "layer.coverage_high_need_low",
            "layer.coverage_high_need_middle",
            "layer.coverage_high_need_high",
        ],
    ];
    let row = WORDS.get(usize::from(class.coverage));
    let word = row.and_then(|row| row.get(usize::from(class.need)));
    word.copied().unwrap_or("common.no_data")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::HotSpot;
    use crate::model::AreaLevel;
    use crate::snapshot::AreaIndex;

    #[test]
    fn a_p_value_is_never_nought() {
        assert_eq!(p_text(0.0), "< 0.001");
        assert_eq!(p_text(0.001), "0.001");
        assert_eq!(p_text(0.0416), "0.042");
    }

    #[test]
    fn smoothed_rates_that_are_all_the_same_are_said() {
        let found = |values: [f64; 3], measure| HotSpots {
            spec: HotSpotSpec {
                measure,
                ..HotSpotSpec::of(AreaLevel::Grid)
            },
            areas: (0..)
                .zip(values)
                .map(|(at, value)| HotSpot {
                    area: AreaIndex(at),
                    class: HotSpotClass::NotSignificant,
                    value: Some(value),
                    neighbours_mean: Some(value),
                    neighbours: 2,
                    statistic: None,
                    z: None,
                    p: Some(0.5),
                })
                .collect(),
            threshold: 0.05,
            global: None,
        };
        let note = Lang::En.t("layer.flat_note").into_owned();
        let says = |found: &HotSpots| hot_spot_notes(found, Lang::En).contains(&note);
        let smoothed = HotSpotMeasure::EmpiricalBayes;
        assert!(says(&found([0.25; 3], smoothed)));
        assert!(!says(&found([0.25, 0.25, 0.26], smoothed)));
        assert!(!says(&found([0.25; 3], HotSpotMeasure::Raw)));
    }

    #[test]
    fn neighbours_are_told_with_their_number() {
        let said = |neighbours| neighbours_text(neighbours, Lang::En);
        assert!(said(Neighbours::Nearest(6)).contains('6'));
        assert!(said(Neighbours::WithinM(1500.0)).contains("1,500 m"));
        assert_ne!(said(Neighbours::Queen), said(Neighbours::Rook));
    }
}
