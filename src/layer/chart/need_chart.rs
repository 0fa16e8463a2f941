//! Needs by category as bars: open, referred, met within the year.

use super::bar_rows::{BarRow, Segment, draw_rows};
use super::ink::Ink;
use super::pen::{Pen, Sign};
use crate::analysis::{ChartPart, NeedCount, NeedCounts, NeedPart};
use crate::base::digits::grouped;
use crate::snapshot::Snapshot;

/// Lays it out.
pub(super) fn draw(pen: &mut Pen<'_>, needs: &NeedCounts, town: &Snapshot) {
    let lang = pen.lang;
    let mut items = vec![
        (Sign::Swatch(Ink::Gap), pen.t("chart.open")),
        (Sign::Swatch(Ink::Middle), pen.t("chart.referred")),
        (Sign::Swatch(Ink::Covered), pen.t("chart.met")),
    ];
    let counts = [
        ("part", &*grouped(u64::from(needs.households))),
        ("whole", &*grouped(u64::from(needs.of))),
    ];
    items.push((Sign::Nothing, lang.with("chart.note_needs", &counts)));
    if needs.met_undated > 0 {
        let count = grouped(u64::from(needs.met_undated));
        let note = lang.with("chart.note_met_undated", &[("count", &count)]);
        items.push((Sign::Nothing, note));
    }
    let top = pen.legend(&items);
    let totals = needs.categories.iter().map(|one| one.unmet() + one.met);
    let most = totals.max().unwrap_or(1).max(1);
    let rows: Vec<BarRow> = needs
        .categories
        .iter()
        .map(|one| row(pen, one, most, town))
        .collect();
    draw_rows(pen, &rows, top);
}

fn row(pen: &Pen<'_>, one: &NeedCount, most: u32, town: &Snapshot) -> BarRow {
    let lang = pen.lang;
    let term = town.catalogue.needs.get(usize::from(one.category));
    let count = |count: u32| grouped(u64::from(count));
    let part = |part| ChartPart::Need {
        category: one.category,
        part,
    };
    let numbers = lang.with(
        "chart.tip_needs",
        &[
            ("open", &count(one.open)),
            ("referred", &count(one.referred)),
            ("met", &count(one.met)),
        ],
    );
    let tip = |key: &str| {
        let open = lang.with("chart.tip_open_needs", &[("what", &lang.t(key))]);
        vec![numbers.clone(), open]
    };
    let mut segments = Vec::new();
    let mut before = 0;
    for (number, ink, which, key) in [
        (one.open, Ink::Gap, NeedPart::Open, "chart.open"),
        (
            one.referred,
            Ink::Middle,
            NeedPart::Referred,
            "chart.referred",
        ),
        (one.met, Ink::Covered, NeedPart::Met, "chart.met"),
    ] {
        if number > 0 {
            segments.push(Segment {
                from: before as f32 / most as f32,
                to: (before + number) as f32 / most as f32,
                ink: Some(ink),
                part: part(which),
                tip: tip(key),
            });
        }
        before += number;
    }
    BarRow {
        label: term.map_or_else(String::new, |term| term.name(lang).to_owned()),
        track: Some(0.0),
        segments,
        interval: None,
        figure: lang.with("chart.figure_needs", &[("count", &count(one.unmet()))]),
        beside: lang.with("chart.beside_needs", &[("count", &count(one.households))]),
        is_quiet: false,
        part: part(NeedPart::Unmet),
        area: None,
        tip: tip("chart.unmet"),
    }
}
