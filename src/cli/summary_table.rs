//! The figures of the areas as a table to be read.

use super::summary_rows::Summary;
use super::text_table::{TextTable, few_line};
use crate::analysis::{Figures, RateForm};
use crate::base::digits::{figure, grouped};
use crate::layer::{AreaFigure, rate_form_note};
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
        // A count needs no denominator.
        let is_marked = row.suppressed && summary.form != RateForm::Count;
        let mark = if is_marked { "*" } else { "" };
        any_suppressed |= is_marked;
        rows.push(cells(
            [&row.code, &row.name],
            &row.figures,
            [row.reach, row.full_coverage],
            mark,
            (summary.form, lang),
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
            // Of all together there is nothing to be drawn to.
            if summary.form == RateForm::Count {
                [figures.receiving, figures.fully_covered].map(|count| Some(f64::from(count)))
            } else {
                [figures.reach(), figures.full_coverage()]
            },
            "",
            (summary.form, lang),
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
        text.push_str(&few_line(summary.least, lang));
    }
    if summary.form != RateForm::Raw {
        text.push('\n');
        text.push_str(&lang.t(rate_form_note(summary.form)));
        text.push('\n');
    }
    if summary.is_ranked {
        text.push('\n');
        text.push_str(&lang.t("cli.ranked"));
        text.push('\n');
    }
    text
}

fn cells(
    names: [&str; 2],
    figures: &Figures,
    rates: [Option<f64>; 2],
    mark: &str,
    (form, lang): (RateForm, Lang),
) -> Vec<String> {
    let count = |count: u32| grouped(u64::from(count));
    let rate = |rate: Option<f64>| match rate {
        Some(value) => format!("{}{mark}", AreaFigure::Reach.text(value, form)),
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
