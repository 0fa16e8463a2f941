//! The boundary files of an import.

use super::ImportReport;
use super::report::FileReport;
use super::target::Target;
use crate::analysis;
use crate::base::Progress;
use crate::model::{Area, AreaLevel, Severity};
use crate::read::{self, AreasRead, FileChoice, FileRole, NamedParent};
use crate::store::ImportKind;
use crate::words::Fault;
use std::collections::{BTreeMap, BTreeSet};

/// Where an area came from: the file's name and the feature.
#[derive(Debug, Clone)]
pub(super) struct AreaOrigin {
    pub(super) source: String,
    pub(super) feature: u64,
}

/// Areas that are known, with those that files add.
#[derive(Default)]
struct Gathered {
    areas: BTreeMap<String, Area>,
    named: BTreeMap<String, NamedParent>,
    /// Areas that this import sets, with the place that they came from; made ones have none.
    changed: BTreeMap<String, Option<AreaOrigin>>,
}

impl Gathered {
    fn of(known: Vec<Area>) -> Self {
        let by_code = |area: Area| (area.code.clone(), area);
        Self {
            areas: known.into_iter().map(by_code).collect(),
            ..Self::default()
        }
    }

    fn add(&mut self, source: &str, read: AreasRead) {
        let by_code = |parent: NamedParent| (parent.code.clone(), parent);
        self.named
            .extend(read.named_parents.into_iter().map(by_code));
        for (area, feature) in read.areas.into_iter().zip(read.features) {
            let origin = AreaOrigin {
                source: source.to_owned(),
                feature,
            };
            self.changed.insert(area.code.clone(), Some(origin));
            self.areas.insert(area.code.clone(), area);
        }
    }

    /// Makes the areas that are only named, from the smallest level up, so that a street is
    /// dissolved from communities just made.
    fn make_parents(&mut self, progress: &Progress) -> Result<(), Fault> {
        for level in AreaLevel::ALL.into_iter().rev() {
            for parent in self.named.values().filter(|parent| parent.level == level) {
                let there = self.areas.get(&parent.code);
                if there.is_some_and(|there| !there.derived) {
                    continue;
                }
                let children: Vec<_> = self
                    .areas
                    .values()
                    .filter(|area| area.parent == parent.code)
                    .map(|area| &area.boundary)
                    .collect();
                let made = Area {
                    code: parent.code.clone(),
                    name: parent.name.clone(),
                    level,
                    parent: parent.parent.clone(),
                    boundary: analysis::dissolve(&children),
                    derived: true,
                };
                self.changed.insert(parent.code.clone(), None);
                self.areas.insert(parent.code.clone(), made);
                progress.tick(0)?;
            }
        }
        Ok(())
    }
}

/// The known areas with those of these files, as an import would leave them.
pub(in crate::jobs) fn all_areas(
    known: Vec<Area>,
    files: &[FileChoice],
    progress: &Progress,
) -> Result<Vec<Area>, Fault> {
    let mut gathered = Gathered::of(known);
    for file in files {
        let read = read::read_boundaries(file, progress)?;
        gathered.add("", read);
    }
    gathered.make_parents(progress)?;
    Ok(gathered.areas.into_values().collect())
}

/// All areas that the workspace then has, and where those came from that this import sets.
pub(super) struct ImportedAreas {
    pub(super) all: Vec<Area>,
    pub(super) changed: BTreeMap<String, Option<AreaOrigin>>,
}

/// Reads the boundary files.
pub(super) fn import_areas(
    target: &mut Target<'_>,
    files: &[FileChoice],
    report: &mut ImportReport,
    progress: &Progress,
) -> Result<ImportedAreas, Fault> {
    let mut gathered = Gathered::of(target.known_areas()?);
    let is_areas = |file: &&FileChoice| file.role == Some(FileRole::Areas);
    for choice in files.iter().filter(is_areas) {
        let source = super::run::file_name(&choice.path);
        let mut read = read::read_boundaries(choice, progress)?;
        let file = file_report(&source, &read);
        target.begin_file(&file)?;
        report.files.push(file);
        for problem in std::mem::take(&mut read.problems) {
            target.keep_problem(report, problem)?;
        }
        let codes: BTreeSet<String> = read.areas.iter().map(|area| area.code.clone()).collect();
        gathered.add(&source, read);
        for code in &codes {
            if let Some(area) = gathered.areas.get(code) {
                target.put_area(area)?;
            }
        }
    }
    gathered.make_parents(progress)?;
    let made = gathered
        .changed
        .iter()
        .filter(|(_, origin)| origin.is_none());
    for (code, _) in made {
        if let Some(area) = gathered.areas.get(code) {
            target.put_area(area)?;
        }
    }
    report.areas = gathered.changed.len() as u64;
    Ok(ImportedAreas {
        all: gathered.areas.into_values().collect(),
        changed: gathered.changed,
    })
}

fn file_report(source: &str, read: &AreasRead) -> FileReport {
    let is_rejected = |severity| severity == Severity::Rejected;
    let rejected = read
        .problems
        .iter()
        .filter(|problem| is_rejected(problem.kind.severity()))
        .count() as u64;
    FileReport {
        source: source.to_owned(),
        kind: ImportKind::Areas,
        form: read.form,
        list_name: String::new(),
        encoding: read.encoding.code().to_owned(),
        datum: read.datum.code(),
        position: None,
        datum_reason: Some(read.datum_reason),
        sheet: read.layer.clone(),
        header_row: 0,
        read: read.features_read,
        stored: read.areas.len() as u64,
        rejected,
        understood: Vec::new(),
        ignored: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::base::Progress;
    use crate::jobs::ImportRequest;
    use crate::model::ProblemKind;

    /// A square grid from a longitude to another; without a ring where it is to be rejected.
    fn grid(code: &str, west: f64, east: f64, is_whole: bool) -> String {
        let ring = [
            (west, 30.1),
            (east, 30.1),
            (east, 30.11),
            (west, 30.11),
            (west, 30.1),
        ];
        let corners: Vec<String> = ring.map(|(lon, lat)| format!("[{lon},{lat}]")).into();
        let ring = if is_whole {
            corners.join(",")
        } else {
            String::new()
        };
        format!(
            r#"{{"type":"Feature","properties":{{"code":"{code}","name":"{code}","level":"grid"}},
            "geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
        )
    }

    #[test]
    fn rows_are_counted_as_in_the_file_behind_a_rejected_feature_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("网格.geojson");
        let features = [
            grid("330282001001001", 121.10, 121.11, true),
            grid("330282001001002", 121.20, 121.21, false),
            grid("330282001001003", 121.105, 121.12, true),
        ];
        let text = format!(
            r#"{{"type":"FeatureCollection","features":[{}]}}"#,
            features.join(",")
        );
        std::fs::write(&path, text).unwrap();
        let request = ImportRequest::of_files(vec![path], Vec::new());
        let report = request.run(&Progress::new()).unwrap().report;
        let rows = |kind: ProblemKind| -> Vec<u64> {
            let of_kind = report.problems.iter().filter(|it| it.kind == kind);
            of_kind.map(|problem| problem.row).collect()
        };
        let rejected = report.problems.iter().find(|problem| problem.row == 2);
        assert!(rejected.is_some(), "{:?}", report.problems);
        assert_eq!(rows(ProblemKind::AreaOverlap), [3]);
    }
}
