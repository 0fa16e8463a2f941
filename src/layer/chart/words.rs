//! The words of the charts: titles, units, and what is not in them.

use super::spec::{ChartData, ChartSpec, TrendMonths};
use crate::analysis::{AreaShares, Share, ShareFigure};
use crate::base::digits::{grouped, percent};
use crate::model::ProgrammeUnit;
use crate::snapshot::{AreaIndex, Snapshot};
use crate::words::Lang;

/// The name of a share: what it is of what.
pub fn figure_name(figure: ShareFigure, town: &Snapshot, lang: Lang) -> String {
    match figure {
        ShareFigure::Reach => lang.t("chart.figure_reach").into_owned(),
        ShareFigure::FullCoverage => lang.t("chart.figure_full").into_owned(),
        ShareFigure::Programme(place) => {
            let programmes = &town.catalogue.programmes;
            let term = programmes.get(usize::from(place));
            let name = term.map_or("", |term| term.short_name(lang));
            lang.with("chart.figure_programme", &[("programme", name)])
        }
    }
}

/// What the title of a chart says.
pub fn chart_title(spec: &ChartSpec, data: &ChartData, town: &Snapshot, lang: Lang) -> String {
    let kind = lang.t(&format!("chart.kind_{}", spec.kind.code()));
    let Some(shares) = data.shares() else {
        return match data {
            ChartData::Ages(_) => format!("{kind} · {}", lang.t("chart.of_concern")),
            ChartData::Trend(_) => {
                let of = trend_of(spec, town, lang);
                format!("{kind} · {of} · {}", months_text(spec.months, lang))
            }
            _ => kind.into_owned(),
        };
    };
    let figure = figure_name(shares.figure, town, lang);
    let level = shares.level.map(|level| lang.t(level.word()));
    let level = level.unwrap_or_default();
    format!("{kind} · {figure} · {level}")
}

/// Whose trend it is: an area's name, or all households.
pub fn trend_of(spec: &ChartSpec, town: &Snapshot, lang: Lang) -> String {
    match spec.area {
        Some(area) => area_name(town, area),
        None => lang.t("chart.trend_of_all").into_owned(),
    }
}

/// So many months.
pub fn months_text(months: TrendMonths, lang: Lang) -> String {
    lang.with("chart.trend_months", &[("count", &months.0.to_string())])
}

/// The key of the word for what a share counts: households or persons.
pub fn unit_word(figure: ShareFigure, town: &Snapshot) -> &'static str {
    let of_persons = match figure {
        ShareFigure::Programme(place) => town
            .catalogue
            .schemes
            .get(usize::from(place))
            .is_some_and(|scheme| scheme.unit == ProgrammeUnit::Person),
        _ => false,
    };
    if of_persons {
        "chart.persons"
    } else {
        "chart.households"
    }
}

/// Whether there is nothing that a chart could draw.
pub fn is_empty(data: &ChartData) -> bool {
    match data {
        ChartData::Coverage(shares) => shares.areas.is_empty(),
        ChartData::Needs(needs) => needs.categories.is_empty(),
        ChartData::Ages(ages) => ages.members() == 0,
        ChartData::Funnel(_, funnel) => funnel.is_none(),
        ChartData::Trend(line) => line
            .total
            .iter()
            .all(|month| month.figures.of_concern == 0 && month.raised == 0 && month.met == 0),
    }
}

pub(super) fn area_name(town: &Snapshot, area: AreaIndex) -> String {
    let name = town.areas.name.get(area.0 as usize);
    name.cloned().unwrap_or_default()
}

/// A share as "120/192".
pub(super) fn of(share: Share) -> String {
    format!(
        "{}/{}",
        grouped(u64::from(share.part)),
        grouped(u64::from(share.whole))
    )
}

/// The numbers of a share: rate, counts with their unit, interval.
pub(super) fn share_tip(share: Share, figure: ShareFigure, town: &Snapshot, lang: Lang) -> String {
    let counts = [
        ("part", &*grouped(u64::from(share.part))),
        ("whole", &*grouped(u64::from(share.whole))),
        ("unit", &*lang.t(unit_word(figure, town))),
    ];
    let counts = lang.with("chart.tip_counts", &counts);
    let (Some(rate), Some((low, high))) = (share.rate(), share.interval()) else {
        return format!("{} · {counts}", lang.t("common.no_data"));
    };
    let interval = [("low", &*percent(low)), ("high", &*percent(high))];
    let interval = lang.with("chart.tip_interval", &interval);
    format!("{} · {counts} · {interval}", percent(rate))
}

/// What is not in the areas, and what is greyed.
pub(super) fn share_notes(shares: &AreaShares, lang: Lang) -> Vec<String> {
    let mut notes = vec![lang.with("chart.note_total", &[("of", &of(shares.total))])];
    for (share, key) in [
        (shares.outside, "chart.note_outside"),
        (shares.not_geocoded, "chart.note_not_geocoded"),
    ] {
        if share.whole > 0 {
            notes.push(lang.with(key, &[("of", &of(share))]));
        }
    }
    notes
}
