//! The rows that an import gives back: a file for every form of table, so that each can be mended
//! and read again.

use super::report::WrittenRejects;
use crate::model::TableKind;
use crate::words::Fault;
use crate::write;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Rows that are given back. Tables of one kind with the same columns are one.
#[derive(Default)]
pub(super) struct Rejects(Vec<(TableKind, Vec<Vec<String>>)>);

impl Rejects {
    /// Adds those of a file, the header first.
    pub(super) fn add(&mut self, kind: TableKind, records: Vec<Vec<String>>) {
        let mut tables = self.0.iter_mut();
        let same = tables.find(|(of, table)| *of == kind && table.first() == records.first());
        match same {
            Some((_, table)) => table.extend(records.into_iter().skip(1)),
            None => self.0.push((kind, records)),
        }
    }

    /// Writes the first table with rows into the file, and each other one into a file beside it
    /// that has its kind in its name. Where nothing was rejected, the file has the header alone.
    pub(super) fn write(
        self,
        path: &Path,
        sources: &[PathBuf],
    ) -> Result<Vec<WrittenRejects>, Fault> {
        let has_rows = |(_, table): &(TableKind, Vec<Vec<String>>)| table.len() > 1;
        let (mut tables, empty): (Vec<_>, Vec<_>) = self.0.into_iter().partition(has_rows);
        if tables.is_empty() {
            tables.extend(empty.into_iter().take(1));
        }
        if tables.is_empty() {
            write::write_records(path, &[])?;
        }
        let sources: BTreeSet<PathBuf> = sources.iter().map(|path| whole(path)).collect();
        let mut written: Vec<WrittenRejects> = Vec::new();
        for (at, (kind, table)) in tables.into_iter().enumerate() {
            let is_free = |path: &PathBuf| {
                !sources.contains(&whole(path)) && written.iter().all(|file| file.path != *path)
            };
            // Among more names than sources and written files one is free.
            let names = 1..=(sources.len() + written.len() + 1) as u32;
            let beside = names.map(|number| named(path, kind, number)).find(is_free);
            let path = match beside {
                Some(beside) if at > 0 => beside,
                _ => path.to_owned(),
            };
            let rows = table.len().saturating_sub(1) as u64;
            write::write_records(&path, &[table])?;
            written.push(WrittenRejects { path, rows });
        }
        Ok(written)
    }
}

/// The file beside another for a kind of table: "rejects-members.csv".
fn named(path: &Path, kind: TableKind, number: u32) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{}", kind.code()));
    if number > 1 {
        name.push(format!("-{number}"));
    }
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

/// A path by which two names of one file are the same.
fn whole(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&str]) -> Vec<Vec<String>> {
        rows.iter()
            .map(|row| row.split(',').map(str::to_owned).collect())
            .collect()
    }

    #[test]
    fn each_form_of_table_has_a_file_and_no_source_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("退-members.csv"), "源").unwrap();
        let mut rejects = Rejects::default();
        rejects.add(TableKind::Households, table(&["户编号"]));
        rejects.add(TableKind::Needs, table(&["户编号,需求", "H1,"]));
        rejects.add(TableKind::Members, table(&["户编号,姓名", "H9,甲"]));
        rejects.add(TableKind::Members, table(&["户编号,姓名", "H8,乙"]));
        let written = rejects
            .write(&at("退.csv"), &[at("退-members.csv")])
            .unwrap();
        let names: Vec<_> = written
            .iter()
            .map(|file| (file.path.file_name().unwrap().to_str().unwrap(), file.rows))
            .collect();
        assert_eq!(names, [("退.csv", 1), ("退-members-2.csv", 2)]);
        assert_eq!(fs::read_to_string(at("退-members.csv")).unwrap(), "源");
        let members = fs::read_to_string(at("退-members-2.csv")).unwrap();
        assert_eq!(members, "\u{feff}户编号,姓名\r\nH9,甲\r\nH8,乙\r\n");
    }

    #[test]
    fn nothing_rejected_is_a_header() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("退.csv");
        let mut rejects = Rejects::default();
        rejects.add(TableKind::Households, table(&["户编号,姓名"]));
        rejects.add(TableKind::Needs, table(&["户编号,需求"]));
        assert_eq!(rejects.write(&path, &[]).unwrap().len(), 1);
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text, "\u{feff}户编号,姓名\r\n");
        assert_eq!(Rejects::default().write(&path, &[]).unwrap().len(), 0);
        assert_eq!(fs::read_to_string(&path).unwrap(), "\u{feff}");
    }
}
