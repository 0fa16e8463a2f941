//! The figures of the areas of one level, as rows for every form of the answer.

use super::columns::marked;
use super::json::Object;
use crate::analysis::{self, Coverage, Figures, RateForm, ranking_bound};
use crate::base::Progress;
use crate::jobs::Town;
use crate::layer::{AreaFigure, FigureSource};
use crate::model::{AreaLevel, LonLat};
use crate::query::Choice;
use crate::words::Fault;
use crate::write::{Cell, CellKind, Column, RowSource};

/// One area.
#[derive(Debug, Clone)]
pub(super) struct SummaryRow {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) level: AreaLevel,
    pub(super) figures: Figures,
    /// Receiving / of concern in the form that was asked for; nothing where nobody is of concern.
    pub(super) reach: Option<f64>,
    /// Fully covered / of concern, likewise.
    pub(super) full_coverage: Option<f64>,
    /// Whether the rates stand on too few households to rely on.
    pub(super) suppressed: bool,
}

/// All areas of a level, in the order of their codes, and what is in none.
#[derive(Debug)]
pub(super) struct Summary {
    /// The level, where there are areas at all.
    pub(super) level: Option<AreaLevel>,
    pub(super) form: RateForm,
    /// Under which a denominator says too little.
    pub(super) least: u32,
    /// Whether the areas stand in the order of their reach.
    pub(super) is_ranked: bool,
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
        (town, coverage, choice): (&Town, &Coverage, Choice),
        level: Option<AreaLevel>,
        form: RateForm,
    ) -> Result<Self, Fault> {
        let snapshot = &town.snapshot;
        let areas = &snapshot.areas;
        let least = analysis::min_denominator(&snapshot.catalogue);
        let level = level.or_else(|| areas.smallest_level());
        let source = FigureSource {
            coverage,
            programmes: choice.programmes,
            ..town.figure_source()
        };
        let rates = |figure| match level {
            Some(level) => town.level_rates(level, (figure, form), &source, &Progress::new()),
            None => Ok(Vec::new()),
        };
        let both = rates(AreaFigure::Reach)?
            .into_iter()
            .zip(rates(AreaFigure::FullCoverage)?);
        let mut rows: Vec<SummaryRow> = both
            .filter_map(|(reach, full_coverage)| {
                let place = reach.area.0 as usize;
                let figures = *coverage.by_area.get(place)?;
                Some(SummaryRow {
                    code: areas.code.get(place)?.clone(),
                    name: areas.name.get(place)?.clone(),
                    level: *areas.level.get(place)?,
                    figures,
                    reach: reach.value,
                    full_coverage: full_coverage.value,
                    suppressed: figures.is_suppressed(least),
                })
            })
            .collect();
        rows.sort_by(|a, b| a.code.cmp(&b.code));
        let (columns, mark) = marked(snapshot, &KEYS);
        Ok(Self {
            level,
            form,
            least,
            is_ranked: false,
            rows,
            outside: coverage.outside,
            not_geocoded: coverage.not_geocoded,
            total: coverage.total,
            columns,
            mark,
        })
    }

    /// Puts the areas in the order of their reach, by the lower end of its 95 % interval; those
    /// without data come last.
    pub(super) fn rank(&mut self) {
        let bound = |row: &SummaryRow| {
            ranking_bound(row.figures.receiving, row.figures.of_concern).unwrap_or(-1.0)
        };
        self.rows.sort_by(|a, b| {
            let by_bound = bound(b).total_cmp(&bound(a));
            by_bound.then_with(|| a.code.cmp(&b.code))
        });
        self.is_ranked = true;
    }
}

impl SummaryRow {
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
            .with("suppressed", self.suppressed)
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
            Cell::text(if row.suppressed { "true" } else { "false" }),
        ]);
        cells.extend(self.mark.as_deref().map(Cell::text));
    }

    fn position(&self, _index: usize) -> Option<LonLat> {
        None
    }
}
