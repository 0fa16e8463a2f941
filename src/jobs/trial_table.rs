//! What a trial found as tables: the figures, and everybody who comes in or goes with the reason.

use super::plain_table::PlainTable;
use super::trial_rows::{UnitChange, trial_rows, unit_changes};
use super::{Town, Tried};
use crate::analysis::{Explanation, Verdict};
use crate::base::{Progress, digits};
use crate::layer::{
    FactOrigins, ListField, ListView, ReasonLine, reason_lines_by, unit_text, verdict_word,
};
use crate::model::{AreaLevel, Catalogue};
use crate::query::Choice;
use crate::words::{Fault, Lang};
use crate::write::{Cell, CellKind};

/// The figures: all of the town, then the areas of its smallest level.
pub(super) fn trial_figures(town: &Town, tried: &Tried, lang: Lang) -> PlainTable {
    let mut table = PlainTable::with_words(
        lang,
        "whatif.col_",
        &[
            ("code", CellKind::Text, 18.0),
            ("area", CellKind::Text, 18.0),
            ("level", CellKind::Text, 10.0),
            ("programme", CellKind::Text, 16.0),
            ("unit", CellKind::Text, 8.0),
            ("eligible_today", CellKind::Number, 12.0),
            ("eligible_trial", CellKind::Number, 12.0),
            ("entrants", CellKind::Number, 10.0),
            ("leavers", CellKind::Number, 10.0),
            ("unknown_today", CellKind::Number, 12.0),
            ("unknown_trial", CellKind::Number, 12.0),
            ("gap_today", CellKind::Number, 12.0),
            ("gap_trial", CellKind::Number, 12.0),
            ("cost_today", CellKind::Number, 16.0),
            ("cost_trial", CellKind::Number, 16.0),
            ("cost_difference", CellKind::Number, 16.0),
            ("paid_today", CellKind::Number, 16.0),
            ("paid_trial", CellKind::Number, 16.0),
            ("amounts_unknown", CellKind::Number, 12.0),
        ],
    );
    let areas = &town.snapshot.areas;
    let level = areas.smallest_level();
    for row in trial_rows(town, tried, level) {
        let at = row.area.map(|area| area.0 as usize);
        let text = |column: &[String]| at.and_then(|at| column.get(at)).cloned();
        let level = at.and_then(|at| areas.level.get(at));
        let all = || lang.t("whatif.whole_town").into_owned();
        let programme = programme_name(&tried.aligned, row.place, lang);
        let unit = tried.what_if.programmes.get(row.place);
        let unit = unit.map(|one| one.unit).unwrap_or_default();
        let count = |count: u32| Cell::number(Some(f64::from(count)));
        let ([cost_today, cost_trial], [paid_today, paid_trial]) =
            (row.costs_yuan(), row.paid_yuan());
        let cells = vec![
            Cell::text(text(&areas.code).unwrap_or_default()),
            Cell::text(text(&areas.name).unwrap_or_else(all)),
            Cell::text(level.map_or_else(String::new, |level| word_of_level(*level, lang))),
            Cell::text(programme),
            Cell::text(lang.t(&format!("whatif.unit_{}", unit.code())).into_owned()),
            count(row.change.today.eligible),
            count(row.change.trial.eligible),
            count(row.change.entrants),
            count(row.change.leavers),
            count(row.change.today.unknown),
            count(row.change.trial.unknown),
            count(row.change.today.gap),
            count(row.change.trial.gap),
            Cell::number(cost_today),
            Cell::number(cost_trial),
            Cell::number(row.difference_yuan()),
            Cell::number(paid_today),
            Cell::number(paid_trial),
            count(row.amounts_unknown()),
        ];
        table.push(cells, None);
    }
    table
}

fn word_of_level(level: AreaLevel, lang: Lang) -> String {
    lang.t(level.word()).into_owned()
}

fn programme_name(catalogue: &Catalogue, place: usize, lang: Lang) -> String {
    let term = catalogue.programmes.get(place);
    term.map_or_else(String::new, |term| term.name(lang).to_owned())
}

/// Everybody who comes in or goes.
pub(super) fn trial_changes(
    town: &Town,
    tried: &Tried,
    lang: Lang,
    masked: bool,
    progress: &Progress,
) -> Result<PlainTable, Fault> {
    let mut table = PlainTable::with_words(
        lang,
        "whatif.col_",
        &[
            ("change", CellKind::Text, 10.0),
            ("programme", CellKind::Text, 16.0),
            ("household", CellKind::Text, 16.0),
            ("head", CellKind::Text, 10.0),
            ("member", CellKind::Text, 10.0),
            ("community", CellKind::Text, 14.0),
            ("grid", CellKind::Text, 14.0),
            ("address", CellKind::Text, 28.0),
            ("today", CellKind::Text, 10.0),
            ("trial", CellKind::Text, 10.0),
            ("amount_today", CellKind::Number, 12.0),
            ("amount_trial", CellKind::Number, 12.0),
            ("also", CellKind::Text, 20.0),
            ("reason", CellKind::Text, 60.0),
        ],
    );
    let view = ListView {
        snapshot: &town.snapshot,
        priority: None,
        steadiness: None,
        as_of: town.as_of,
        choice: Choice::default(),
        lang,
        masked,
    };
    for change in unit_changes(town, tried, progress)? {
        let row = change.row;
        let shown = |field: ListField| Cell::text(view.cell(row, field).text());
        let word = if change.enters {
            "whatif.enters"
        } else {
            "whatif.leaves"
        };
        let amount = |side: &Option<Explanation>| {
            let one = side.as_ref();
            Cell::number(one.and_then(|one| one.monthly_amount))
        };
        let cells = vec![
            Cell::text(lang.t(word).into_owned()),
            Cell::text(programme_name(
                &tried.aligned,
                usize::from(change.place),
                lang,
            )),
            shown(ListField::HouseholdId),
            shown(ListField::HeadName),
            Cell::text(unit_text(change.unit, &town.snapshot, lang, masked)),
            shown(ListField::Community),
            shown(ListField::Grid),
            shown(ListField::Address),
            Cell::text(verdict(change.today.as_ref(), lang)),
            Cell::text(verdict(change.trial.as_ref(), lang)),
            amount(&change.today),
            amount(&change.trial),
            Cell::text(also(tried, &change, lang)),
            Cell::text(reason(town, tried, &change, lang, masked)),
        ];
        table.push(cells, town.snapshot.households.position(row));
    }
    Ok(table)
}

fn verdict(side: Option<&Explanation>, lang: Lang) -> String {
    let key = side.map_or("whatif.no_rule", |one| verdict_word(one.reason.verdict));
    lang.t(key).into_owned()
}

/// The programmes that the household enters where this one is left, or leaves where this one is
/// entered.
fn also(tried: &Tried, change: &UnitChange, lang: Lang) -> String {
    let (column, key) = if change.enters {
        (&tried.what_if.leaving, "whatif.also_leaves")
    } else {
        (&tried.what_if.entering, "whatif.also_enters")
    };
    let bits = column.get(change.row as usize).copied().unwrap_or(0);
    let names: Vec<&str> = tried
        .aligned
        .programmes
        .iter()
        .enumerate()
        .filter(|(place, _)| bits >> (place & 63) & 1 == 1 && *place != usize::from(change.place))
        .map(|(_, term)| term.short_name(lang))
        .collect();
    if names.is_empty() {
        return String::new();
    }
    let names = names.join(lang.pick("、", ", "));
    lang.with(key, &[("programmes", &names)])
}

/// The clauses that say otherwise on trial than today; where the rule itself is another, all of it.
fn reason(town: &Town, tried: &Tried, change: &UnitChange, lang: Lang, masked: bool) -> String {
    // Of thousands of households the names of the tables say enough.
    let origins = FactOrigins::default();
    let lines = |side: &Option<Explanation>, catalogue: &Catalogue| -> Vec<ReasonLine> {
        side.as_ref().map_or_else(Vec::new, |one| {
            reason_lines_by(one, &town.snapshot, (catalogue, &origins), lang, masked)
        })
    };
    let today = lines(&change.today, &town.snapshot.catalogue);
    let trial = lines(&change.trial, &tried.aligned);
    let of_trial = !trial.is_empty();
    let all = if of_trial { &trial } else { &today };
    let wanted: Vec<&ReasonLine> = if today.len() == trial.len() {
        let pairs = trial.iter().zip(&today);
        let other = pairs.filter(|(trial, today)| trial.verdict != today.verdict);
        other.map(|(trial, _)| trial).collect()
    } else {
        let decides = |line: &&ReasonLine| change.enters || line.verdict != Verdict::Yes;
        all.iter().filter(decides).collect()
    };
    let wanted = if wanted.is_empty() {
        all.iter().collect()
    } else {
        wanted
    };
    // Lines that stand for several have these below them.
    let facts = wanted.iter().filter(|line| !line.clause.is_empty());
    let mut texts: Vec<String> = facts.map(|line| line.whole(lang)).collect();
    if texts.is_empty() {
        texts = wanted.iter().map(|line| line.whole(lang)).collect();
    }
    texts.join(lang.pick("；", "; "))
}

/// What was tried: the day, and the thresholds that were moved.
pub(super) fn trial_about(town: &Town, tried: &Tried, lang: Lang) -> Vec<(&'static str, String)> {
    let mut about = vec![("write.about_as_of", tried.what_if.as_of.to_string())];
    let own = &town.snapshot.catalogue;
    for moved in own.threshold_moves(&tried.aligned) {
        let Some(threshold) = own.thresholds.get(moved.threshold) else {
            continue;
        };
        let area = threshold.values.get(moved.value).map(|one| &one.area);
        let area = area.filter(|area| !area.is_empty());
        let name = threshold.name(lang);
        let name = area.map_or_else(|| name.to_owned(), |area| format!("{name} {area}"));
        let [today, trial] = [moved.today, moved.trial].map(|value| digits::figure(value, 2));
        about.push(("whatif.about_moved", format!("{name}: {today} → {trial}")));
    }
    if own
        .programmes
        .iter()
        .zip(&own.schemes)
        .enumerate()
        .any(|(place, (_, scheme))| tried.aligned.schemes.get(place) != Some(scheme))
    {
        let text = lang.t("whatif.about_rules_text").into_owned();
        about.push(("whatif.about_rules", text));
    }
    about
}
