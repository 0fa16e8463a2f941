//! Which share of an import's work each of its files is, so that progress never stands still.

use crate::base::Progress;
use crate::read::{FileChoice, FileRole};

/// Shares by the size of the files, in the order in which they are read.
pub(super) struct Shares {
    all: u64,
    done: u64,
}

impl Shares {
    pub(super) fn of(files: &[FileChoice]) -> Self {
        Self {
            all: files.iter().map(bytes_of).sum(),
            done: 0,
        }
    }

    /// The part of the work that comes next: these files.
    pub(super) fn next<'a>(
        &mut self,
        files: impl Iterator<Item = &'a FileChoice>,
        progress: &Progress,
    ) -> Progress {
        let share = |bytes: u64| bytes as f64 / self.all.max(1) as f64;
        let from = share(self.done);
        let done = self.done.saturating_add(files.map(bytes_of).sum());
        let to = share(done);
        self.done = done;
        progress.part(from, to)
    }

    /// The same for all boundary files.
    pub(super) fn next_areas(&mut self, files: &[FileChoice], progress: &Progress) -> Progress {
        let is_areas = |file: &&FileChoice| file.role == Some(FileRole::Areas);
        self.next(files.iter().filter(is_areas), progress)
    }
}

/// An empty file is some work too.
fn bytes_of(choice: &FileChoice) -> u64 {
    std::fs::metadata(&choice.path).map_or(1, |facts| facts.len().clamp(1, u64::MAX >> 16))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TableKind;

    #[test]
    fn files_move_the_work_along_by_their_size() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, bytes: usize, role| {
            let path = folder.path().join(name);
            std::fs::write(&path, vec![b'a'; bytes]).unwrap();
            FileChoice::holding(path, role)
        };
        let ledger = FileRole::Table(TableKind::Households);
        let files = [
            file("a", 300, ledger),
            file("b", 100, FileRole::Areas),
            FileChoice::holding(folder.path().join("none"), ledger),
        ];
        let progress = Progress::new();
        let mut shares = Shares::of(&files);
        let areas = shares.next_areas(&files, &progress);
        assert_eq!(progress.fraction(), Some(0.0));
        areas.set_total(1);
        areas.tick(1).unwrap();
        let quarter = progress.fraction().unwrap();
        assert!((quarter - 0.25).abs() < 0.01, "{quarter}");
        shares.next(files[..1].iter(), &progress);
        shares.next(files[2..].iter(), &progress);
        let near_end = progress.fraction().unwrap();
        assert!(near_end > 0.99, "{near_end}");
    }
}
