//! The figures of the areas of one level, as rows for every form of the answer.

use super::args::Rate;
use super::columns::marked;
use super::json::Object;
use crate::analysis::{Coverage, Figures, MIN_DENOMINATOR, eb_global};
use crate::model::{AreaLevel, LonLat};
use crate::snapshot::Snapshot;
use crate::write::{Cell, CellKind, Column, RowSource};

/// One area.
#[derive(Debug, Clone)]
pub(super) struct SummaryRow {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) level: AreaLevel,
    pub(super) figures: Figures,
    /// Receiving / of concern, smoothed where that was asked for; nothing where nobody is of concern.
    pub(super) reach: Option<f64>,
    /// Fully covered / of concern, likewise.
    pub(super) full_coverage: Option<f64>,
}

/// All areas of a level, in the order of their codes, and what is in none.
#[derive(Debug)]
pub(super) struct Summary {
    /// The level, where there are areas at all.
    pub(super) level: Option<AreaLevel>,
    pub(super) rate: Rate,
    pub(super) rows: Vec<SummaryRow>,
    pub(super) outside: Figures,
    pub(super) not_geocoded: Figures,
    pub(super) total: Figures,
    columns: Vec<Column>,
    /// What every row of the sample town says of itself, in a column at the end.
    mark: Option<String>,
}

/// The members of the JSON objects and the headers of the CSV.
const KEYS: [(&str, CellKind); 13] = [
    ("code", CellKind::Text),
    ("name", CellKind::Text),
    ("level", CellKind::Text),
    ("households", CellKind::Number),
    ("of_concern", CellKind::Number),
    ("receiving", CellKind::Number),
    ("fully_covered", CellKind::Number),
    ("reach", CellKind::Number),
    ("full_coverage", CellKind::Number),
    ("open_needs", CellKind::Number),
    ("gaps", CellKind::Number),
    ("unmet_load", CellKind::Number),
    ("suppressed", CellKind::Text),
];

impl Summary {
    /// The areas of a level; of the smallest that has any where none is named.
    pub(super) fn new(
        snapshot: &Snapshot,
        coverage: &Coverage,
        level: Option<AreaLevel>,
        rate: Rate,
    ) -> Self {
        let areas = &snapshot.areas;
        let level = level.or_else(|| areas.levels().last().copied());
        let mut rows: Vec<SummaryRow> = level
            .into_iter()
            .flat_map(|level| areas.of_level(level))
            .filter_map(|area| {
                let place = area.0 as usize;
                let figures = *coverage.by_area.get(place)?;
                Some(SummaryRow {
                    code: areas.code.get(place)?.clone(),
                    name: areas.name.get(place)?.clone(),
                    level: *areas.level.get(place)?,
                    figures,
                    reach: figures.reach(),
                    full_coverage: figures.full_coverage(),
                })
            })
            .collect();
        rows.sort_by(|a, b| a.code.cmp(&b.code));
        if rate == Rate::Eb {
            let reach = smoothed(&rows, |figures| figures.receiving);
            let full_coverage = smoothed(&rows, |figures| figures.fully_covered);
            for ((row, reach), full_coverage) in rows.iter_mut().zip(reach).zip(full_coverage) {
                (row.reach, row.full_coverage) = (reach, full_coverage);
            }
        }
        let (columns, mark) = marked(snapshot, &KEYS);
        Self {
            level,
            rate,
            rows,
            outside: coverage.outside,
            not_geocoded: coverage.not_geocoded,
            total: coverage.total,
            columns,
            mark,
        }
    }
}

fn smoothed(rows: &[SummaryRow], part: impl Fn(&Figures) -> u32) -> Vec<Option<f64>> {
    let pairs: Vec<(f64, f64)> = rows
        .iter()
        .map(|row| {
            (
                f64::from(part(&row.figures)),
                f64::from(row.figures.of_concern),
            )
        })
        .collect();
    eb_global(&pairs)
}

impl SummaryRow {
    /// Whether the rates stand on too few households to rely on.
    pub(super) fn is_suppressed(&self) -> bool {
        self.figures.is_suppressed(MIN_DENOMINATOR)
    }

    /// The object of the contract; `null` is "no data".
    pub(super) fn json(&self) -> String {
        let figures = &self.figures;
        Object::default()
            .with("code", self.code.as_str())
            .with("name", self.name.as_str())
            .with("level", self.level.code())
            .with("households", figures.households)
            .with("of_concern", figures.of_concern)
            .with("receiving", figures.receiving)
            .with("fully_covered", figures.fully_covered)
            .with("reach", self.reach)
            .with("full_coverage", self.full_coverage)
            .with("open_needs", figures.open_needs)
            .with("gaps", figures.gaps)
            .with("unmet_load", figures.unmet_load)
            .with("suppressed", self.is_suppressed())
            .text()
    }
}

impl RowSource for Summary {
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
        let figures = &row.figures;
        let count = |count: u32| Cell::Number(f64::from(count));
        cells.extend([
            Cell::text(row.code.as_str()),
            Cell::text(row.name.as_str()),
            Cell::text(row.level.code()),
            count(figures.households),
            count(figures.of_concern),
            count(figures.receiving),
            count(figures.fully_covered),
            Cell::number(row.reach),
            Cell::number(row.full_coverage),
            count(figures.open_needs),
            count(figures.gaps),
            Cell::Number(figures.unmet_load),
            Cell::text(if row.is_suppressed() { "true" } else { "false" }),
        ]);
        cells.extend(self.mark.as_deref().map(Cell::text));
    }

    fn position(&self, _index: usize) -> Option<LonLat> {
        None
    }
}
