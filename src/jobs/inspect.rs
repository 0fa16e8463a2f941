//! Looking at files before they are imported: what they hold, and why it is taken for that.

use super::WorkspaceHandle;
use super::catalogue::office_catalogue;
use super::doctor::position_finding;
use super::import::all_areas;
use super::places::Places;
use crate::base::Progress;
use crate::model::{Area, Catalogue};
use crate::read::{self, FileChoice, FileForm, FileRole, Inspection, TableInspection};
use crate::words::Fault;

/// Files to look at. They are looked at together: boundary files among them say where positions
/// should fall.
#[derive(Debug, Clone)]
pub struct InspectRequest {
    /// The workspace whose areas are known already.
    pub workspace: Option<WorkspaceHandle>,
    /// The files, and what was said about them.
    pub files: Vec<FileChoice>,
    /// The number of the question, which comes back with the answer.
    pub ticket: u64,
}

/// What was understood of the files.
#[derive(Debug)]
pub struct Inspected {
    /// The number of the question.
    pub ticket: u64,
    /// One answer a file, in their order.
    pub files: Vec<Result<Inspection, Fault>>,
}

impl InspectRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<Inspected, Fault> {
        let (known, catalogue) = match &self.workspace {
            Some(workspace) => workspace.with(|workspace| {
                let office = office_catalogue(workspace)?;
                Ok((workspace.areas()?, office.catalogue))
            })?,
            None => (Vec::new(), read::catalogue().clone()),
        };
        let mut files = Vec::new();
        for choice in &self.files {
            let found = look_at(choice, &catalogue, progress);
            if found.as_ref().is_err_and(Fault::is_cancelled) {
                return found.map(|_| Inspected {
                    ticket: self.ticket,
                    files,
                });
            }
            files.push(found);
        }
        let places = Places::new(&areas_with(known, &self.files, &files, progress)?);
        for (choice, found) in self.files.iter().zip(&mut files) {
            let looked = match found {
                Ok(Inspection::Table(table)) => position_finding(choice, table, &places, progress)
                    .map(|finding| {
                        table.position = finding;
                    }),
                _ => Ok(()),
            };
            match looked {
                Ok(()) => {}
                Err(fault) if fault.is_cancelled() => return Err(fault),
                Err(fault) => *found = Err(fault),
            }
        }
        Ok(Inspected {
            ticket: self.ticket,
            files,
        })
    }
}

/// What a file holds, positions aside.
pub(super) fn look_at(
    choice: &FileChoice,
    catalogue: &Catalogue,
    progress: &Progress,
) -> Result<Inspection, Fault> {
    let areas = |progress| read::inspect_areas(choice, progress).map(Inspection::Areas);
    let table =
        |progress| read::inspect_table(choice, catalogue, &[], progress).map(Inspection::Table);
    match choice.role {
        Some(FileRole::Areas) => areas(progress),
        Some(FileRole::Table(_)) => table(progress),
        None => match read::form_of(&choice.path)? {
            FileForm::Csv | FileForm::Xlsx | FileForm::Xls | FileForm::Ods => table(progress),
            FileForm::Shapefile | FileForm::GeoPackage | FileForm::Kml => areas(progress),
            // Polygons are boundaries, points are a table; the first feature tells.
            FileForm::GeoJson => table(progress).or_else(|fault| {
                if fault.is_cancelled() {
                    Err(fault)
                } else {
                    areas(progress)
                }
            }),
        },
    }
}

/// What was understood of one table, positions and all.
pub(super) fn look_at_table(
    choice: &FileChoice,
    catalogue: &Catalogue,
    places: &Places,
    progress: &Progress,
) -> Result<TableInspection, Fault> {
    let mut table = read::inspect_table(choice, catalogue, &[], progress)?;
    table.position = position_finding(choice, &table, places, progress)?;
    Ok(table)
}

/// The known areas with those of the files that can be read.
fn areas_with(
    known: Vec<Area>,
    choices: &[FileChoice],
    found: &[Result<Inspection, Fault>],
    progress: &Progress,
) -> Result<Vec<Area>, Fault> {
    let files: Vec<FileChoice> = choices
        .iter()
        .zip(found)
        .filter(|(_, found)| matches!(found, Ok(Inspection::Areas(_))))
        .map(|(choice, _)| choice.clone())
        .collect();
    all_areas(known, &files, progress)
}
