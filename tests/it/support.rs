//! What several kinds of tests need: stored files, small towns, and requests run at once.

use livelihood_map::base::Generation;
use livelihood_map::datum::Datum;
use livelihood_map::jobs::{
    AreasInspection, ColumnGuess, ColumnReason, DatumReason, Encoding, Event, Field, FileChoice,
    FileForm, FileRole, GenerateRequest, ImportReport, ImportRequest, InlineRunner, InspectRequest,
    Inspected, Inspection, OpenRequest, Opened, Request, TableInspection, Town, WorkspaceHandle,
};
use livelihood_map::model::{AreaLevel, Date, TableKind};
use livelihood_map::store::{ImportKind, ImportRecord};
use livelihood_map::words::Lang;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// The last day of the synthetic ledgers, so that no test asks the clock.
pub(crate) fn today() -> Date {
    Date::from_ymd(2026, 11, 21).unwrap()
}

/// A file or folder of `tests/data`.
pub(crate) fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name)
}

/// Runs a request here and now.
pub(crate) fn run(request: Request) -> Event {
    InlineRunner::default().run(request)
}

/// An answer to a question about files, so that a test of the window says what was understood:
/// boundaries where somebody says so or the name ends so, else a ledger with the headers of its
/// first line.
pub(crate) fn inspected(request: &InspectRequest) -> Event {
    let files = request.files.iter();
    Event::Inspected(Box::new(Inspected {
        ticket: request.ticket,
        files: files.map(|file| Ok(inspection(file))).collect(),
    }))
}

fn inspection(file: &FileChoice) -> Inspection {
    let is_json = file.path.extension().is_some_and(|it| it == "geojson");
    let role = file.role.unwrap_or(if is_json {
        FileRole::Areas
    } else {
        FileRole::Table(TableKind::Households)
    });
    let FileRole::Table(kind) = role else {
        return Inspection::Areas(AreasInspection {
            swapped: false,
            form: FileForm::GeoJson,
            encoding: Encoding::Utf8,
            encodings: Vec::new(),
            layers: Vec::new(),
            layer: None,
            datum: Datum::Wgs84,
            datum_reason: DatumReason::Default,
            levels: vec![(
                AreaLevel::Grid,
                2,
                "330282001001".into(),
                "滨河第1网格".into(),
            )],
            rejected: 0,
        });
    };
    let text = std::fs::read(&file.path).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let header = text
        .trim_start_matches('\u{FEFF}')
        .lines()
        .next()
        .unwrap_or_default();
    let mut columns: Vec<ColumnGuess> = header
        .split(',')
        .map(|header| ColumnGuess {
            header: header.to_owned(),
            field: None,
            reason: ColumnReason::Unknown,
            samples: Vec::new(),
        })
        .collect();
    // What a test imports has the number first, whatever it is called.
    if let Some(first) = columns.first_mut() {
        first.field = Some(Field::HouseholdId);
        first.reason = ColumnReason::Header;
    }
    Inspection::Table(TableInspection {
        file_datum: None,
        is_clean: false,
        form: FileForm::Csv,
        kind,
        encoding: Encoding::Utf8,
        encodings: Vec::new(),
        sheets: Vec::new(),
        sheet: None,
        header_row: 1,
        titles: Vec::new(),
        columns,
        position: None,
        rows_looked_at: text.lines().count() as u64,
    })
}

/// The sentence of a failed request.
pub(crate) fn failure(event: Event) -> String {
    match event {
        Event::Failed(_, fault) => fault.text(Lang::En),
        other => panic!("it did not fail: {other:?}"),
    }
}

pub(crate) fn opened(event: Event) -> Opened {
    match event {
        Event::Opened(opened) => *opened,
        Event::Failed(_, fault) => panic!("{fault}"),
        other => panic!("{other:?}"),
    }
}

/// A new workspace.
pub(crate) fn create(path: &Path) -> Opened {
    let generation = Generation::default().next();
    opened(run(Request::Open(OpenRequest::New {
        path: path.to_owned(),
        generation,
    })))
}

/// Imports into a workspace as the window does, and gives the town as it then is.
pub(crate) fn import(
    workspace: &WorkspaceHandle,
    areas: &[PathBuf],
    households: &[PathBuf],
) -> (ImportReport, Arc<Town>) {
    let request = ImportRequest {
        workspace: Some(workspace.clone()),
        today: today(),
        reload: Some(Generation::default().next().next()),
        ..ImportRequest::of_files(areas.to_vec(), households.to_vec())
    };
    match run(Request::Import(request)) {
        Event::Imported(imported) => (imported.report, imported.town.unwrap()),
        Event::Failed(_, fault) => panic!("{fault}"),
        other => panic!("{other:?}"),
    }
}

/// A town read from files through a workspace in a folder of its own.
pub(crate) struct Stored {
    pub(crate) folder: TempDir,
    pub(crate) workspace: WorkspaceHandle,
    pub(crate) report: ImportReport,
    pub(crate) town: Arc<Town>,
}

impl Stored {
    pub(crate) fn of(areas: &[PathBuf], households: &[PathBuf]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let workspace = create(&folder.path().join("民情.lmap")).workspace;
        let (report, town) = import(&workspace, areas, households);
        Self {
            folder,
            workspace,
            report,
            town,
        }
    }
}

/// The files of a synthetic town: areas, households, base map.
pub(crate) fn generate(folder: &Path, households: usize, seed: u64) -> [PathBuf; 3] {
    let request = GenerateRequest {
        folder: folder.to_owned(),
        households,
        seed,
    };
    match run(Request::Generate(request)) {
        Event::Generated(generated) => {
            let [areas, households, base_map, ..] = generated.files.as_slice() else {
                panic!("{:?}", generated.files)
            };
            [areas.clone(), households.clone(), base_map.clone()]
        }
        other => panic!("{other:?}"),
    }
}

/// The records of a stored CSV file behind its header.
pub(crate) fn csv_rows(name: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(data(name)).unwrap();
    let records = reader.records().map(|record| record.unwrap());
    records
        .map(|record| record.iter().map(ToOwned::to_owned).collect())
        .collect()
}

/// What a workspace remembers of a file.
pub(crate) fn file(source: &str, kind: ImportKind) -> ImportRecord {
    ImportRecord {
        source: source.to_owned(),
        kind,
        list_name: if kind == ImportKind::DepartmentList {
            "残联".to_owned()
        } else {
            String::new()
        },
        encoding: "utf-8".to_owned(),
        datum: "wgs84".to_owned(),
        at_unix_secs: 1_790_000_000,
        read: 0,
        stored: 0,
        rejected: 0,
    }
}
