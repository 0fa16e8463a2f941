//! A table that is small enough to stand in memory.

use crate::model::LonLat;
use crate::words::Lang;
use crate::write::{Cell, CellKind, Column, RowSource};

/// Columns with headings, of the room `jobs` where no other is named, and rows.
#[derive(Debug)]
pub struct PlainTable {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell<'static>>>,
    places: Vec<Option<LonLat>>,
}

impl PlainTable {
    pub(super) fn new(lang: Lang, columns: &[(&'static str, CellKind, f64)]) -> Self {
        Self::with_words(lang, "jobs.table_", columns)
    }

    /// Columns whose headings begin with these words' key.
    pub(super) fn with_words(
        lang: Lang,
        words: &str,
        columns: &[(&'static str, CellKind, f64)],
    ) -> Self {
        let columns = columns.iter().map(|(key, kind, width_chars)| Column {
            key,
            header: lang.t(&format!("{words}{key}")).into_owned(),
            kind: *kind,
            width_chars: *width_chars,
        });
        Self {
            columns: columns.collect(),
            rows: Vec::new(),
            places: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, cells: Vec<Cell<'static>>, place: Option<LonLat>) {
        self.rows.push(cells);
        self.places.push(place);
    }

    /// Every row of the sample town says of itself that it is one.
    pub(super) fn mark(&mut self, lang: Lang) {
        self.columns.push(Column {
            key: "mark",
            header: lang.t("write.about_mark").into_owned(),
            kind: CellKind::Text,
            width_chars: 12.0,
        });
        for row in &mut self.rows {
            row.push(Cell::text(lang.t("common.demo_mark").into_owned()));
        }
    }

    /// The same with the keys of the columns as headings, for programs.
    #[must_use]
    pub fn with_keys(mut self) -> Self {
        for column in &mut self.columns {
            column.header = column.key.to_owned();
        }
        self
    }
}

impl RowSource for PlainTable {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn row<'a>(&'a self, index: usize, cells: &mut Vec<Cell<'a>>) {
        cells.extend(self.rows.get(index).into_iter().flatten().cloned());
    }

    fn position(&self, index: usize) -> Option<LonLat> {
        self.places.get(index).copied().flatten()
    }
}
