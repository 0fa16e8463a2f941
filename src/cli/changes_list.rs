//! The households of changes as a file: a row a change.

use super::changes::term_of;
use super::columns::marked;
use crate::analysis::Change;
use crate::base::Progress;
use crate::jobs::{ChangesFound, Town};
use crate::layer::{ListField, ListView};
use crate::model::{LonLat, Term};
use crate::words::{Fault, Lang};
use crate::write::{self, Cell, CellKind, Column, RowSource, SheetNames};
use std::path::Path;

/// What stands of each household.
const FIELDS: [ListField; 5] = [
    ListField::HouseholdId,
    ListField::HeadName,
    ListField::Address,
    ListField::Grid,
    ListField::GridCode,
];

/// Writes the file; says how many rows it has.
pub(super) fn write(
    town: &Town,
    found: &ChangesFound,
    path: &Path,
    unmasked: bool,
    lang: Lang,
) -> Result<usize, Fault> {
    let snapshot = &town.snapshot;
    let mut keys: Vec<(&'static str, CellKind)> =
        vec![("change", CellKind::Text), ("of", CellKind::Text)];
    keys.extend(FIELDS.map(|field| (field.key(), CellKind::Text)));
    let (mut columns, mark) = marked(snapshot, &keys);
    let headers = [
        lang.t("cli.col_change").into_owned(),
        lang.t("cli.col_of").into_owned(),
    ];
    let headers = headers
        .into_iter()
        .chain(FIELDS.map(|field| field.heading(lang)));
    for (column, header) in columns.iter_mut().zip(headers) {
        column.header = header;
    }
    let rows: Vec<_> = found
        .changes
        .iter()
        .flat_map(|change| {
            let term = term_of(snapshot, change);
            change.rows.iter().map(move |row| (change, term, *row))
        })
        .collect();
    let table = List {
        rows,
        columns,
        mark,
        lang,
        view: ListView {
            snapshot,
            priority: None,
            steadiness: None,
            as_of: found.until,
            choice: found.choice,
            lang,
            masked: !unmasked,
        },
    };
    let progress = Progress::new();
    let is_workbook = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    if is_workbook {
        let mut about = vec![
            (
                lang.t("write.about_what").into_owned(),
                lang.t("ui.changes_title").into_owned(),
            ),
            (
                lang.t("ui.changes_since").into_owned(),
                found.since.to_string(),
            ),
            (
                lang.t("write.about_as_of").into_owned(),
                found.until.to_string(),
            ),
        ];
        if snapshot.is_demo {
            about.push((
                lang.t("write.about_mark").into_owned(),
                lang.t("common.demo_mark").into_owned(),
            ));
        }
        let sheets = [lang.t("write.sheet_list"), lang.t("write.sheet_about")];
        let [list, facts] = &sheets;
        let names = SheetNames {
            table: list,
            about: facts,
        };
        write::write_xlsx(path, &table, &about, names, &progress)?;
    } else {
        write::write_csv(path, &table, &progress)?;
    }
    Ok(table.len())
}

struct List<'a> {
    rows: Vec<(&'a Change, Option<&'a Term>, u32)>,
    columns: Vec<Column>,
    mark: Option<String>,
    lang: Lang,
    view: ListView<'a>,
}

impl RowSource for List<'_> {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn row<'a>(&'a self, index: usize, cells: &mut Vec<Cell<'a>>) {
        let Some((change, term, row)) = self.rows.get(index) else {
            return;
        };
        let kind = format!("ui.change_{}", change.kind.code());
        cells.push(Cell::text(self.lang.t(&kind).into_owned()));
        let name = term.map_or("", |term| term.name(self.lang));
        cells.push(Cell::text(name));
        cells.extend(FIELDS.map(|field| Cell::text(self.view.cell(*row, field).text())));
        cells.extend(self.mark.as_deref().map(Cell::text));
    }

    fn position(&self, index: usize) -> Option<LonLat> {
        let (_, _, row) = self.rows.get(index)?;
        self.view.snapshot.households.position(*row)
    }
}
