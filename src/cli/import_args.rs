//! The words of `import`. What stands here in comments is its help.

// These comments are the help, where backticks would be seen.
#![allow(clippy::doc_markdown)]

use super::parse;
use crate::jobs::{Accepted, DatumChoice, EncodingChoice, FileChoice, FileRole};
use crate::model::TableKind;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// The workspace file (*.lmap); made where there is none
    pub(super) workspace: PathBuf,
    #[command(flatten)]
    pub(super) files: ImportFiles,
    /// The datum of the tables' coordinates: auto, wgs84, gcj02, bd09 or epsg:N (3857, 4491 to 4554)
    #[arg(long, default_value = "auto", value_parser = parse::datum_choice, value_name = "DATUM")]
    pub(super) datum: DatumChoice,
    /// The datum of the boundaries, where the file does not say
    #[arg(long, default_value = "auto", value_parser = parse::datum_choice, value_name = "DATUM")]
    pub(super) areas_datum: DatumChoice,
    /// Read positions that are flawed in these ways: swapped (longitude and latitude exchanged in
    /// single rows), degrees (degrees, minutes and seconds)
    #[arg(long, value_enum, value_name = "FLAW", value_delimiter = ',')]
    pub(super) accept: Vec<Flaw>,
    /// The encoding of the files: auto, utf-8, gb18030, big5 or utf-16
    #[arg(long, default_value = "auto", value_parser = parse::encoding, value_name = "ENCODING")]
    pub(super) encoding: EncodingChoice,
    /// What the columns of the tables mean, as a template says
    #[arg(long, value_name = "FILE.toml")]
    pub(super) columns: Option<PathBuf>,
    /// The sheet of a workbook, or the layer of a GeoPackage [default: the one that fits best]
    #[arg(long, value_name = "NAME")]
    pub(super) sheet: Option<String>,
    /// Read and check only; keep nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Write the rejected rows to a file, to be mended and read again
    #[arg(long, value_name = "FILE.csv")]
    pub(super) rejects: Option<PathBuf>,
    /// Report as one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

/// At least one file must be named.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(super) struct ImportFiles {
    /// Boundaries: GeoJSON, Shapefile (also zipped), GeoPackage or KML; may be given several times,
    /// as may all files
    #[arg(long, value_name = "FILE")]
    pub(super) areas: Vec<PathBuf>,
    /// Households: CSV, XLSX, XLS, ODS or GeoJSON points
    #[arg(long, value_name = "FILE")]
    pub(super) households: Vec<PathBuf>,
    /// Members of the households
    #[arg(long, value_name = "FILE")]
    pub(super) members: Vec<PathBuf>,
    /// Who receives what
    #[arg(long, value_name = "FILE")]
    pub(super) receipts: Vec<PathBuf>,
    /// Needs
    #[arg(long, value_name = "FILE")]
    pub(super) needs: Vec<PathBuf>,
    /// Visits
    #[arg(long, value_name = "FILE")]
    pub(super) visits: Vec<PathBuf>,
    /// Resources
    #[arg(long, value_name = "FILE")]
    pub(super) resources: Vec<PathBuf>,
    /// A department's list; NAME=FILE gives it a name
    #[arg(long, value_name = "[NAME=]FILE")]
    pub(super) list: Vec<String>,
    /// Positions of addresses, for households without one
    #[arg(long, value_name = "FILE")]
    pub(super) addresses: Vec<PathBuf>,
}

/// A flaw of positions that somebody accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Flaw {
    /// Longitude and latitude exchanged in single rows
    Swapped,
    /// Degrees, minutes and seconds
    Degrees,
}

impl ImportArgs {
    /// The files with what is said about them, the named lists taken apart.
    pub(super) fn choices(&self) -> Vec<FileChoice> {
        let accepted = Accepted {
            swapped: self.accept.contains(&Flaw::Swapped),
            degrees_text: self.accept.contains(&Flaw::Degrees),
        };
        let file = |path: PathBuf, role: FileRole, list_name: &str| FileChoice {
            encoding: self.encoding,
            datum: if role == FileRole::Areas {
                self.areas_datum
            } else {
                self.datum
            },
            sheet: self.sheet.clone(),
            accepted,
            list_name: list_name.to_owned(),
            ..FileChoice::holding(path, role)
        };
        let files = &self.files;
        let plain = [
            (FileRole::Areas, &files.areas),
            (FileRole::Table(TableKind::Households), &files.households),
            (FileRole::Table(TableKind::Members), &files.members),
            (FileRole::Table(TableKind::Receipts), &files.receipts),
            (FileRole::Table(TableKind::Needs), &files.needs),
            (FileRole::Table(TableKind::Visits), &files.visits),
            (FileRole::Table(TableKind::Resources), &files.resources),
            (FileRole::Table(TableKind::Addresses), &files.addresses),
        ];
        let mut choices = Vec::new();
        for (role, paths) in plain {
            choices.extend(paths.iter().map(|path| file(path.clone(), role, "")));
        }
        for list in &files.list {
            // A path may have a sign of equality in it: the file as written wins.
            let named = list
                .split_once('=')
                .filter(|_| !Path::new(list).exists())
                .unwrap_or(("", list));
            let role = FileRole::Table(TableKind::DepartmentList);
            choices.push(file(PathBuf::from(named.1), role, named.0));
        }
        choices
    }
}
