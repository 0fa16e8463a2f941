//! The list as a table that the writers can stream.

use super::{Scores, Town};
use crate::analysis::Steadiness;
use crate::layer::{ListCell, ListField, ListView};
use crate::model::LonLat;
use crate::words::Lang;
use crate::write::{Cell, CellKind, Column, RowSource};
use std::borrow::Cow;

/// Rows of a town in an order, with chosen columns.
pub(super) struct ListTable<'a> {
    view: ListView<'a>,
    fields: Vec<ListField>,
    columns: Vec<Column>,
    /// What every row of the sample town says of itself, in a column at the end.
    mark: Option<String>,
    order: &'a [u32],
}

impl<'a> ListTable<'a> {
    pub(super) fn new(
        town: &'a Town,
        (scores, steadiness): (&'a Scores, Option<&'a Steadiness>),
        order: &'a [u32],
        fields: &[ListField],
        lang: Lang,
        masked: bool,
    ) -> Self {
        let view = ListView {
            snapshot: &town.snapshot,
            priority: Some(&scores.priority),
            steadiness,
            as_of: scores.as_of,
            choice: scores.choice,
            lang,
            masked,
        };
        let mark = town
            .snapshot
            .is_demo
            .then(|| lang.t("common.demo_mark").into_owned());
        let mut columns: Vec<Column> = fields
            .iter()
            .map(|field| Column {
                key: field.key(),
                header: field.heading(lang),
                kind: if field.is_number() {
                    CellKind::Number
                } else {
                    CellKind::Text
                },
                width_chars: field.width_chars(),
            })
            .collect();
        columns.extend(mark.iter().map(|_| Column {
            key: "mark",
            header: lang.t("write.about_mark").into_owned(),
            kind: CellKind::Text,
            width_chars: 12.0,
        }));
        Self {
            view,
            fields: fields.to_vec(),
            columns,
            mark,
            order,
        }
    }
}

impl RowSource for ListTable<'_> {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn len(&self) -> usize {
        self.order.len()
    }

    fn row<'r>(&'r self, index: usize, cells: &mut Vec<Cell<'r>>) {
        cells.clear();
        let Some(row) = self.order.get(index) else {
            return;
        };
        cells.extend(
            self.fields
                .iter()
                .map(|field| match self.view.cell(*row, *field) {
                    ListCell::Empty => Cell::Empty,
                    ListCell::Text(text) => Cell::Text(Cow::Owned(text)),
                    ListCell::Number(number) => Cell::Number(number),
                }),
        );
        cells.extend(self.mark.as_deref().map(Cell::text));
    }

    fn position(&self, index: usize) -> Option<LonLat> {
        self.order
            .get(index)
            .and_then(|row| self.view.snapshot.households.position(*row))
    }
}
