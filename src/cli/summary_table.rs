//! The figures of the areas as a table to be read.

use super::args::Rate;
use super::summary_rows::Summary;
use super::text_table::TextTable;
use crate::analysis::{Figures, MIN_DENOMINATOR};
use crate::base::digits::{figure, grouped, percent};
use crate::words::Lang;

/// The headings in order; the first two stand to the left.
const HEADINGS: [&str; 11] = [
    "cli.col_code",
    "cli.col_name",
    "cli.col_households",
    "cli.col_of_concern",
    "cli.col_receiving",
    "cli.col_fully_covered",
    "cli.col_reach",
    "cli.col_full_coverage",
    "cli.col_open_needs",
    "cli.col_gaps",
    "cli.col_unmet_load",
];

/// The table, the sums below it, and what its marks mean.
pub(super) fn text(summary: &Summary, lang: Lang) -> String {
    let mut rows = vec![
        HEADINGS
            .iter()
            .map(|key| lang.t(key).into_owned())
            .collect(),
    ];
    let mut any_suppressed = false;
    for row in &summary.rows {
        let mark = if row.is_suppressed() { "*" } else { "" };
        any_suppressed |= row.is_suppressed();
        rows.push(cells(
            [&row.code, &row.name],
            &row.figures,
            [row.reach, row.full_coverage],
            mark,
            lang,
        ));
    }
    let sums = [
        ("cli.sum_outside", &summary.outside),
        ("cli.sum_not_geocoded", &summary.not_geocoded),
        ("cli.sum_total", &summary.total),
    ];
    // Without areas there is nothing to be outside of.
    let has_areas = summary.level.is_some();
    for (key, figures) in sums
        .into_iter()
        .filter(|(key, _)| has_areas || *key != "cli.sum_outside")
    {
        rows.push(cells(
            ["", &lang.t(key)],
            figures,
            [figures.reach(), figures.full_coverage()],
            "",
            lang,
        ));
    }
    let to_the_right = (0..HEADINGS.len()).map(|column| column >= 2).collect();
    let mut text = String::new();
    if let Some(level) = summary.level {
        let count = grouped(summary.rows.len() as u64);
        text.push_str(&lang.with(
            "cli.summary_of",
            &[("level", &lang.t(level.word())), ("count", &count)],
        ));
        text.push_str("\n\n");
    }
    text.push_str(
        &TextTable {
            to_the_right,
            rows,
            foot: sums.len(),
        }
        .text(),
    );
    if any_suppressed {
        text.push('\n');
        text.push_str(&lang.with("cli.few", &[("least", &MIN_DENOMINATOR.to_string())]));
        text.push('\n');
    }
    if summary.rate == Rate::Eb {
        text.push('\n');
        text.push_str(&lang.t("cli.smoothed"));
        text.push('\n');
    }
    text
}

fn cells(
    names: [&str; 2],
    figures: &Figures,
    rates: [Option<f64>; 2],
    mark: &str,
    lang: Lang,
) -> Vec<String> {
    let count = |count: u32| grouped(u64::from(count));
    let rate = |rate: Option<f64>| match rate {
        Some(share) => format!("{}{mark}", percent(share)),
        None => lang.t("common.no_data").into_owned(),
    };
    let [reach, full_coverage] = rates;
    let [code, name] = names;
    vec![
        code.to_owned(),
        name.to_owned(),
        count(figures.households),
        count(figures.of_concern),
        count(figures.receiving),
        count(figures.fully_covered),
        rate(reach),
        rate(full_coverage),
        count(figures.open_needs),
        count(figures.gaps),
        figure(figures.unmet_load, 1),
    ]
}
