//! What the fuzz targets share: bytes become files, files are read as the program reads them.

mod archive;

pub use archive::mutated_inside;

use livelihood_map::base::Progress;
use livelihood_map::model::{Date, TableKind};
use livelihood_map::read::{
    self, Batch, EncodingChoice, FileChoice, FileRole, TableInspection, TableOptions,
};
use livelihood_map::words::{Fault, Lang};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder of its own with some files in it.
pub struct Files(TempDir);

impl Files {
    /// Writes the files.
    pub fn of(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the files");
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).expect("a file to read");
        }
        Self(folder)
    }

    /// Where one of them is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// Reads bytes as a table of every kind that there is: as what it is guessed to be, and as one that
/// the input picks.
pub fn table(name: &str, bytes: &[u8]) {
    let files = Files::of(&[(name, bytes)]);
    let path = files.path(name);
    let picked = TableKind::ALL[bytes.len() % TableKind::ALL.len()];
    let guessed = FileChoice::of(path.clone());
    let said = FileChoice::holding(path, FileRole::Table(picked));
    for choice in [guessed, said] {
        answered(rows_of(&choice));
    }
}

/// Reads a file as its encoding is said to be.
pub fn table_in(name: &str, bytes: &[u8], encoding: EncodingChoice) {
    let files = Files::of(&[(name, bytes)]);
    let mut choice = FileChoice::of(files.path(name));
    choice.encoding = encoding;
    answered(rows_of(&choice));
}

/// Reads a table to its end. Every row must be stored or given back.
fn rows_of(choice: &FileChoice) -> Result<(), Fault> {
    let (catalogue, progress) = (read::catalogue(), Progress::new());
    let found = read::inspect_table(choice, catalogue, &[], &progress)?;
    positions_of(choice, &found)?;
    let today = Date::from_ymd(2026, 3, 1).expect("a day");
    let options = TableOptions::on(today);
    let (mut stored, mut rejected) = (0, BTreeSet::new());
    let mut rows_rejected = 0;
    let mut sink = |batch: Batch| {
        assert_eq!(
            batch.records.len(),
            batch.rows.len(),
            "every record has its row"
        );
        stored += batch.records.len() as u64;
        rows_rejected += batch.rejected.len() as u64;
        rejected.extend(batch.rejected.iter().map(|one| one.row));
        Ok(())
    };
    let facts = read::read_table(choice, &found, &options, catalogue, &progress, &mut sink)?;
    assert_eq!(facts.stored, stored, "what is counted was handed on");
    assert_eq!(
        facts.rejected, rows_rejected,
        "what is not stored is given back"
    );
    assert_eq!(facts.rows_read, stored + rows_rejected, "no row is lost");
    read::read_rows(choice, &found, &rejected, &progress)?;
    Ok(())
}

fn positions_of(choice: &FileChoice, found: &TableInspection) -> Result<(), Fault> {
    let samples = read::position_samples(choice, found, 100, &Progress::new())?;
    assert!(samples.len() <= 100, "no more than asked for");
    Ok(())
}

/// Reads bytes as boundaries.
pub fn areas(name: &str, bytes: &[u8]) {
    let files = Files::of(&[(name, bytes)]);
    areas_at(&files.path(name));
}

/// Reads a file as boundaries. Every feature must become an area or a problem.
pub fn areas_at(path: &Path) {
    answered(read::form_of(path).map(|_| ()));
    let choice = FileChoice::holding(path.to_owned(), FileRole::Areas);
    answered(read::inspect_areas(&choice, &Progress::new()).map(|_| ()));
}

/// A refusal is an answer where it has a sentence in both languages.
pub fn answered(result: Result<(), Fault>) {
    if let Err(fault) = result {
        for lang in [Lang::En, Lang::Zh] {
            assert!(!fault.text(lang).is_empty(), "a refusal says why");
        }
    }
}
