//! Shares of areas as bars: the denominator stands beside each, the interval over it.

use super::bar_rows::{BarRow, Segment, draw_rows};
use super::ink::Ink;
use super::pen::{Pen, Sign};
use super::words::{area_name, of, share_notes, share_tip};
use crate::analysis::{AreaShare, AreaShares, ChartPart, RateForm, ShareFigure, SharePart};
use crate::base::digits::{grouped, percent};
use crate::snapshot::Snapshot;

/// Lays it out.
pub(super) fn draw(pen: &mut Pen<'_>, shares: &AreaShares, town: &Snapshot) {
    let top = legend(pen, shares);
    let most = shares.areas.iter().map(|area| area.share.whole).max();
    let rows: Vec<BarRow> = shares
        .areas
        .iter()
        .map(|area| row(pen, shares, area, most.unwrap_or(1), town))
        .collect();
    draw_rows(pen, &rows, top);
}

fn legend(pen: &mut Pen<'_>, shares: &AreaShares) -> f32 {
    let (covered, open) = words_of(shares.figure);
    let mut items = vec![
        (Sign::Swatch(Ink::Covered), pen.t(covered)),
        (Sign::Swatch(Ink::Track), pen.t(open)),
    ];
    if shares.form != RateForm::Count {
        items.push((Sign::Interval, pen.t("chart.interval")));
    }
    if matches!(
        shares.form,
        RateForm::EmpiricalBayesGlobal | RateForm::EmpiricalBayesLocal
    ) {
        items.push((Sign::Nothing, pen.t("chart.smoothed")));
    }
    if shares.areas.iter().any(|area| area.is_suppressed) {
        let least = shares.least.to_string();
        let words = pen.lang.with("chart.suppressed", &[("least", &least)]);
        items.push((Sign::Swatch(Ink::Quiet), words));
    }
    let notes = share_notes(shares, pen.lang);
    items.extend(notes.into_iter().map(|note| (Sign::Nothing, note)));
    pen.legend(&items)
}

/// The words for those who count and for those who do not.
pub(super) fn words_of(figure: ShareFigure) -> (&'static str, &'static str) {
    match figure {
        ShareFigure::Reach => ("chart.reached", "chart.not_reached"),
        ShareFigure::FullCoverage => ("chart.full", "chart.not_full"),
        ShareFigure::Programme(_) => ("chart.covered", "chart.gap"),
    }
}

fn row(pen: &Pen<'_>, shares: &AreaShares, area: &AreaShare, most: u32, town: &Snapshot) -> BarRow {
    let lang = pen.lang;
    let share = area.share;
    let is_count = shares.form == RateForm::Count;
    let track = if is_count {
        share.whole as f32 / most.max(1) as f32
    } else {
        1.0
    };
    let value = area.value.unwrap_or(0.0);
    let filled = if is_count {
        share.part as f32 / most.max(1) as f32
    } else {
        value as f32
    };
    let figure = match (area.value, is_count) {
        (None, _) => pen.t("common.no_data"),
        (Some(count), true) => grouped(count as u64),
        (Some(rate), false) => percent(rate),
    };
    let (covered, open) = words_of(shares.figure);
    let part = |part| ChartPart::Area {
        area: area.area,
        figure: shares.figure,
        part,
    };
    let tip = |key: &str, count: u32| {
        vec![
            share_tip(share, shares.figure, town, lang),
            lang.with(
                "chart.tip_open",
                &[
                    ("what", &lang.t(key)),
                    ("count", &grouped(u64::from(count))),
                ],
            ),
        ]
    };
    let has_data = share.whole > 0;
    let segments = if has_data {
        vec![
            Segment {
                from: 0.0,
                to: filled,
                ink: Some(if area.is_suppressed {
                    Ink::Quiet
                } else {
                    Ink::Covered
                }),
                part: part(SharePart::In),
                tip: tip(covered, share.part),
            },
            Segment {
                from: filled,
                to: track,
                ink: None,
                part: part(SharePart::Out),
                tip: tip(open, share.whole - share.part),
            },
        ]
    } else {
        Vec::new()
    };
    let interval = share.interval().filter(|_| !is_count);
    BarRow {
        label: area_name(town, area.area),
        track: has_data.then_some(track),
        segments,
        interval: interval.map(|(low, high)| [low as f32, high as f32]),
        figure,
        beside: of(share),
        is_quiet: area.is_suppressed,
        part: part(SharePart::All),
        area: Some(area.area),
        tip: tip("chart.all_of_share", share.whole),
    }
}
