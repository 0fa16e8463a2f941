//! The answer of `whatif`: to be read, for a spreadsheet, for a program.

use super::columns::marked;
use super::json::{self, Object};
use super::text_table::TextTable;
use crate::analysis::ProgrammeChange;
use crate::base::digits::{figure, grouped};
use crate::jobs::{Town, TrialRow, Tried, trial_rows};
use crate::model::{AreaLevel, LonLat};
use crate::words::Lang;
use crate::write::{Cell, CellKind, Column, RowSource};
use std::fmt::Write as _;

/// The figures of a trial.
pub(super) struct Answer<'a> {
    town: &'a Town,
    tried: &'a Tried,
    rows: Vec<TrialRow>,
    columns: Vec<Column>,
    /// What every row of the sample town says of itself, in a column at the end.
    mark: Option<String>,
}

/// The headers of the CSV and the members of the JSON objects.
const KEYS: [(&str, CellKind); 21] = [
    ("code", CellKind::Text),
    ("name", CellKind::Text),
    ("level", CellKind::Text),
    ("programme", CellKind::Text),
    ("unit", CellKind::Text),
    ("eligible_today", CellKind::Number),
    ("eligible_trial", CellKind::Number),
    ("entrants", CellKind::Number),
    ("leavers", CellKind::Number),
    ("unknown_today", CellKind::Number),
    ("unknown_trial", CellKind::Number),
    ("gap_today", CellKind::Number),
    ("gap_trial", CellKind::Number),
    ("cost_today", CellKind::Number),
    ("cost_trial", CellKind::Number),
    ("cost_difference", CellKind::Number),
    ("paid_today", CellKind::Number),
    ("paid_trial", CellKind::Number),
    ("amounts_known_today", CellKind::Number),
    ("amounts_known_trial", CellKind::Number),
    ("amounts_unknown", CellKind::Number),
];

impl<'a> Answer<'a> {
    pub(super) fn new(
        town: &'a Town,
        tried: &'a Tried,
        level: Option<AreaLevel>,
        programme: Option<usize>,
    ) -> Self {
        let mut rows = trial_rows(town, tried, level);
        rows.retain(|row| programme.is_none_or(|place| place == row.place));
        let (columns, mark) = marked(&town.snapshot, &KEYS);
        Self {
            town,
            tried,
            rows,
            columns,
            mark,
        }
    }

    /// Code, name and level of the area of a row.
    fn area(&self, row: &TrialRow) -> (&str, &str, &'static str) {
        let areas = &self.town.snapshot.areas;
        let at = row.area.map_or(usize::MAX, |area| area.0 as usize);
        let level = areas.level.get(at);
        (
            areas.code.get(at).map_or("", String::as_str),
            areas.name.get(at).map_or("", String::as_str),
            level.map_or("total", |level| level.code()),
        )
    }

    fn of(&self, row: &TrialRow) -> Option<&'a ProgrammeChange> {
        self.tried.what_if.programmes.get(row.place)
    }

    fn unit(&self, row: &TrialRow) -> &'static str {
        self.of(row).map(|one| one.unit).unwrap_or_default().code()
    }

    fn programme_code(&self, place: usize) -> &'a str {
        let term = self.tried.aligned.programmes.get(place);
        term.map_or("", |term| term.code.as_str())
    }

    fn programme_name(&self, place: usize, lang: Lang) -> &'a str {
        let term = self.tried.aligned.programmes.get(place);
        term.map_or("", |term| term.short_name(lang))
    }

    /// The numbers of a row, in the order of the keys from `eligible_today` on.
    fn numbers(row: &TrialRow) -> [Option<f64>; 16] {
        let count = |count: u32| Some(f64::from(count));
        let (today, trial) = (&row.change.today, &row.change.trial);
        let ([cost_today, cost_trial], [paid_today, paid_trial]) =
            (row.costs_yuan(), row.paid_yuan());
        [
            count(today.eligible),
            count(trial.eligible),
            count(row.change.entrants),
            count(row.change.leavers),
            count(today.unknown),
            count(trial.unknown),
            count(today.gap),
            count(trial.gap),
            cost_today,
            cost_trial,
            row.difference_yuan(),
            paid_today,
            paid_trial,
            count(today.cost.known),
            count(trial.cost.known),
            count(row.amounts_unknown()),
        ]
    }

    fn row_json(&self, row: &TrialRow) -> String {
        let (code, name, level) = self.area(row);
        let texts = [
            code,
            name,
            level,
            self.programme_code(row.place),
            self.unit(row),
        ];
        let mut keys = KEYS.iter().map(|(key, _)| *key);
        let mut object = Object::default();
        for (text, key) in texts.into_iter().zip(&mut keys) {
            object = object.with(key, text);
        }
        for (number, key) in Self::numbers(row).into_iter().zip(&mut keys) {
            // Counts are whole; only money has a fraction.
            object = match number {
                Some(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                    object.with(key, number as i64)
                }
                other => object.with(key, other),
            };
        }
        if let (None, Some(change)) = (row.area, self.of(row)) {
            let moves: Vec<String> = change
                .moves
                .iter()
                .map(|(to, count)| {
                    let object = Object::default();
                    let object = object.with("to", self.programme_code(usize::from(*to)));
                    object.with("count", *count).text()
                })
                .collect();
            object = object
                .with("entrant_households", change.entrant_households)
                .with("leaver_households", change.leaver_households)
                .with("entrants_from_unknown", change.entrants_from_unknown)
                .with("leavers_to_unknown", change.leavers_to_unknown)
                .with_json("moves", &format!("[{}]", moves.join(", ")));
        }
        object.text()
    }

    pub(super) fn json(&self) -> String {
        let own = &self.town.snapshot.catalogue;
        let moved: Vec<String> = own
            .threshold_moves(&self.tried.aligned)
            .iter()
            .filter_map(|moved| {
                let threshold = own.thresholds.get(moved.threshold)?;
                let area = threshold.values.get(moved.value)?.area.as_str();
                let object = Object::default().with("threshold", threshold.code.as_str());
                let object = object.with("area", area).with("today", moved.today);
                Some(object.with("trial", moved.trial).text())
            })
            .collect();
        let rows = |of_area: bool| {
            let rows = self.rows.iter().filter(|row| row.area.is_some() == of_area);
            let rows: Vec<String> = rows.map(|row| self.row_json(row)).collect();
            json::array(&rows)
        };
        Object::default()
            .with("as_of", self.tried.what_if.as_of.to_string())
            .with_json("thresholds", &json::array(&moved))
            .with_json("programmes", &rows(false))
            .with_json("areas", &rows(true))
            .text()
    }

    pub(super) fn text(&self, lang: Lang) -> String {
        const HEADINGS: [&str; 11] = [
            "cli.col_code",
            "cli.col_name",
            "cli.col_programme",
            "cli.col_unit",
            "whatif.col_eligible_today",
            "whatif.col_eligible_trial",
            "whatif.col_entrants",
            "whatif.col_leavers",
            "whatif.col_cost_today",
            "whatif.col_cost_trial",
            "whatif.col_cost_difference",
        ];
        let has_areas = self.rows.iter().any(|row| row.area.is_some());
        let skipped = if has_areas { 0 } else { 2 };
        let mut rows = vec![HEADINGS.map(|key| lang.t(key).into_owned()).to_vec()];
        // Where only more or less is known, nothing would be seen.
        let seen = |row: &&TrialRow| {
            let moves = row.change.entrants + row.change.leavers > 0;
            row.area.is_none() || moves || row.difference_yuan().is_some_and(|yuan| yuan != 0.0)
        };
        for row in self.rows.iter().filter(seen) {
            let count = |count: u32| grouped(u64::from(count));
            let money = |yuan: Option<f64>| yuan.map_or("–".to_owned(), |yuan| figure(yuan, 0));
            let (code, name, _) = self.area(row);
            let name = if row.area.is_some() {
                name.to_owned()
            } else {
                lang.t("whatif.whole_town").into_owned()
            };
            let [today, trial] = row.costs_yuan();
            rows.push(vec![
                code.to_owned(),
                name,
                self.programme_name(row.place, lang).to_owned(),
                lang.t(&format!("cli.unit_{}", self.unit(row))).into_owned(),
                count(row.change.today.eligible),
                count(row.change.trial.eligible),
                count(row.change.entrants),
                count(row.change.leavers),
                money(today),
                money(trial),
                money(row.difference_yuan()),
            ]);
        }
        for row in &mut rows {
            row.drain(..skipped);
        }
        let columns = HEADINGS.len() - skipped;
        let mut text = TextTable {
            to_the_right: (0..columns).map(|at| at + skipped >= 4).collect(),
            rows,
            foot: 0,
        }
        .text();
        for row in self.rows.iter().filter(|row| row.area.is_none()) {
            if let Some(change) = self.of(row) {
                self.remarks(change, lang, &mut text);
            }
        }
        if self.tried.what_if.changed() == 0 {
            text.push_str(&lang.t("whatif.cli_no_change"));
            text.push('\n');
        }
        text
    }

    /// What belongs to the figures of a programme and has no column.
    fn remarks(&self, change: &ProgrammeChange, lang: Lang, text: &mut String) {
        let programme = self.programme_name(usize::from(change.place), lang);
        let units = |count: u32| {
            let key = format!("whatif.count_{}", change.unit.code());
            lang.with(&key, &[("count", &grouped(u64::from(count)))])
        };
        let mut say = |key: &str, values: &[(&str, &str)]| {
            let values = [&[("programme", programme)], values].concat();
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{}", lang.with(key, &values));
        };
        for (to, count) in &change.moves {
            let to = self.programme_name(usize::from(*to), lang);
            let count = units(*count);
            say("whatif.cli_moves", &[("count", &count), ("to", to)]);
        }
        for (key, count) in [
            ("whatif.cli_from_unknown", change.entrants_from_unknown),
            ("whatif.cli_to_unknown", change.leavers_to_unknown),
        ] {
            if count > 0 {
                say(key, &[("count", &units(count))]);
            }
        }
        let unknown = change.today.cost.unknown.max(change.trial.cost.unknown);
        if unknown > 0 {
            let count = grouped(u64::from(unknown));
            say("whatif.cli_amounts_unknown", &[("count", &count)]);
        }
        let seen: Vec<&str> = (0..64)
            .filter(|place| change.blind_to >> place & 1 == 1)
            .map(|place| self.programme_name(place, lang))
            .collect();
        if !seen.is_empty() {
            let programmes = seen.join(lang.pick("、", ", "));
            say("whatif.blind_other", &[("programmes", &programmes)]);
        }
    }
}

impl RowSource for Answer<'_> {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn row<'a>(&'a self, index: usize, cells: &mut Vec<Cell<'a>>) {
        let Some(row) = self.rows.get(index) else {
            return;
        };
        let (code, name, level) = self.area(row);
        cells.extend([
            Cell::text(code),
            Cell::text(name),
            Cell::text(level),
            Cell::text(self.programme_code(row.place)),
            Cell::text(self.unit(row)),
        ]);
        cells.extend(Self::numbers(row).map(Cell::number));
        cells.extend(self.mark.as_deref().map(Cell::text));
    }

    fn position(&self, _index: usize) -> Option<LonLat> {
        None
    }
}
