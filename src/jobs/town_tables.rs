//! The long tables of a synthetic town, written as the files that every import takes.

use crate::base::Progress;
use crate::model::TableKind;
use crate::town::{
    MEMBER_HEADER, NEED_HEADER, RECEIPT_HEADER, RESOURCE_HEADER, Town, VISIT_HEADER,
};
use crate::words::Fault;
use crate::write::RowWriter;
use std::path::{Path, PathBuf};

/// Writes members, receipts, needs, visits and resources into a folder, one household after the
/// other; gives the files in this order. Ticks once a household.
pub(super) fn write_town_tables(
    town: &Town,
    folder: &Path,
    progress: &Progress,
) -> Result<Vec<(TableKind, PathBuf)>, Fault> {
    let mut members = Table::create(folder, TableKind::Members, &MEMBER_HEADER)?;
    let mut receipts = Table::create(folder, TableKind::Receipts, &RECEIPT_HEADER)?;
    let mut needs = Table::create(folder, TableKind::Needs, &NEED_HEADER)?;
    let mut visits = Table::create(folder, TableKind::Visits, &VISIT_HEADER)?;
    let mut resources = Table::create(folder, TableKind::Resources, &RESOURCE_HEADER)?;
    for records in town.records(progress)? {
        members.write(&records.members)?;
        receipts.write(&records.receipts)?;
        needs.write(&records.needs)?;
        visits.write(&records.visits)?;
        progress.tick(1)?;
    }
    resources.write(&town.resources())?;
    [members, receipts, needs, visits, resources]
        .into_iter()
        .map(Table::finish)
        .collect()
}

struct Table {
    kind: TableKind,
    path: PathBuf,
    rows: RowWriter,
}

impl Table {
    fn create(folder: &Path, kind: TableKind, header: &[&str]) -> Result<Self, Fault> {
        let path = folder.join(format!("{}.csv", kind.code()));
        let mut rows = RowWriter::create(&path, b',')?;
        let header: Vec<String> = header.iter().map(ToString::to_string).collect();
        rows.write(&header)?;
        Ok(Self { kind, path, rows })
    }

    fn write<const N: usize>(&mut self, rows: &[[String; N]]) -> Result<(), Fault> {
        rows.iter().try_for_each(|row| self.rows.write(row))
    }

    fn finish(self) -> Result<(TableKind, PathBuf), Fault> {
        self.rows.finish()?;
        Ok((self.kind, self.path))
    }
}
