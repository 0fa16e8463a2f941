//! The sample town: shipped inside the program, unpacked into a folder that goes with it.

use super::ImportRequest;
use super::catalogue::begin_catalogue;
use super::import::import_files;
use super::town_tables::write_town_tables;
use crate::base::{AtomicFile, Progress};
use crate::model::Date;
use crate::read::{FileChoice, FileRole};
use crate::store::Workspace;
use crate::town::{TownSpec, build_town, reference_date};
use crate::words::{Fault, Message};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{env, fs, process};

const AREAS: &[u8] = include_bytes!("../../sample-data/demo/areas.geojson");
const HOUSEHOLDS: &[u8] = include_bytes!("../../sample-data/demo/households.csv");
const BASE_MAP: &[u8] = include_bytes!("../../sample-data/demo/base-map.pmtiles");

/// The town of `sample-data/demo`. Its long tables are made when it is opened: the list of members
/// alone would be larger than all that is shipped.
const SAMPLE_TOWN: TownSpec = TownSpec {
    households: 12_000,
    seed: 20_261_121,
};

/// The day on which the sample town's ledger was closed: as of this day its tables agree, and its
/// figures are always the same.
pub fn demo_day() -> Date {
    reference_date()
}

/// The folder of this process for the sample town, below the system's temporary folder.
/// Whoever starts the program removes it at the end.
pub fn demo_folder() -> PathBuf {
    env::temp_dir().join(format!("livelihood-map-demo-{}", process::id()))
}

/// Removes what programs that were killed left of their sample towns. Only where the system
/// says which programs run; elsewhere the temporary folder is the system's to clear.
fn remove_abandoned() {
    let processes = Path::new("/proc");
    if !processes.join("self").exists() {
        return;
    }
    let Ok(entries) = fs::read_dir(env::temp_dir()) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let number = name
            .to_str()
            .and_then(|name| name.strip_prefix("livelihood-map-demo-"));
        let Some(number) = number.and_then(|number| number.parse::<u32>().ok()) else {
            continue;
        };
        if !processes.join(number.to_string()).exists() {
            // Somebody else's folder stays; that is no matter.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The sample town's base map as a file, unpacked where it is not there yet.
///
/// # Errors
/// Where the temporary folder cannot be written.
pub fn demo_base_map() -> Result<PathBuf, Fault> {
    let path = demo_folder().join("base-map.pmtiles");
    if !path.exists() {
        fs::create_dir_all(demo_folder()).map_err(cannot_unpack)?;
        unpack(&path, BASE_MAP)?;
    }
    Ok(path)
}

/// A fresh workspace with the sample town, and its base map.
pub(super) fn open_demo(progress: &Progress) -> Result<(Workspace, PathBuf), Fault> {
    // One at a time in a process; the first one sweeps.
    static SWEPT: Mutex<bool> = Mutex::new(false);
    let mut swept = SWEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = demo_folder();
    if !std::mem::replace(&mut *swept, true) {
        remove_abandoned();
        if folder.exists() {
            // A process of the same number, long gone, left it.
            fs::remove_dir_all(&folder).map_err(cannot_unpack)?;
        }
    }
    let base_map = demo_base_map()?;
    let path = fresh_path(&folder);
    let files = folder.join("files");
    fs::create_dir_all(&files).map_err(cannot_unpack)?;
    let (areas, households) = (files.join("areas.geojson"), files.join("households.csv"));
    unpack(&areas, AREAS)?;
    unpack(&households, HOUSEHOLDS)?;
    let mut workspace = Workspace::create(&path, true)?;
    begin_catalogue(&mut workspace)?;
    let town = build_town(&SAMPLE_TOWN, &progress.aside())?;
    let tables = write_town_tables(&town, &files, &progress.aside())?;
    let mut request = ImportRequest {
        today: demo_day(),
        ..ImportRequest::of_files(vec![areas], vec![households])
    };
    let choice = |(kind, path)| FileChoice::holding(path, FileRole::Table(kind));
    request.files.extend(tables.into_iter().map(choice));
    import_files(&mut workspace, &request, progress)?;
    fs::remove_dir_all(&files).map_err(cannot_unpack)?;
    Ok((workspace, base_map))
}

/// The sample town opened a second time in one process gets a name of its own: the first may
/// still be open.
fn fresh_path(folder: &Path) -> PathBuf {
    (1_u32..=9_999)
        .map(|number| {
            if number == 1 {
                "示范街道.lmap".to_owned()
            } else {
                format!("示范街道 {number}.lmap")
            }
        })
        .map(|name| folder.join(name))
        .find(|path| !path.exists())
        .unwrap_or_else(|| folder.join("示范街道.lmap"))
}

fn unpack(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let mut file = AtomicFile::create(path).map_err(cannot_unpack)?;
    file.write_all(bytes)
        .and_then(|()| file.commit())
        .map_err(cannot_unpack)
}

fn cannot_unpack(cause: std::io::Error) -> Fault {
    Fault::failed(Message::new("jobs.cannot_unpack").arg("folder", env::temp_dir().display()))
        .because(cause)
}
