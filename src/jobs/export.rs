//! Writing the list.

use super::list_table::ListTable;
use super::{
    PickedCounts, Scores, SteadinessRequest, Town, picked_text, steadiness_text, weights_text,
};
use crate::analysis::Steadiness;
use crate::base::{Progress, digits};
use crate::layer::ListField;
use crate::words::{Fault, Lang, Message};
use crate::write::{self, SheetNames};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file format of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// CSV, UTF-8 with BOM.
    Csv,
    /// Excel workbook.
    Xlsx,
    /// `GeoJSON` points.
    GeoJson,
}

impl ExportFormat {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Xlsx, Self::Csv, Self::GeoJson];

    /// The ending of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::GeoJson => "geojson",
        }
    }

    /// The format of a file name, by its ending.
    ///
    /// # Errors
    /// Which endings there are.
    pub fn of_path(path: &Path) -> Result<Self, Fault> {
        let ending = path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|format| format.extension() == ending)
            .ok_or_else(|| {
                Fault::input(Message::new("jobs.unknown_format").arg("path", path.display()))
            })
    }
}

/// What to write, and where.
#[derive(Debug, Clone)]
pub struct ExportRequest {
    /// The town.
    pub town: Arc<Town>,
    /// The scores.
    pub scores: Arc<Scores>,
    /// The households in order.
    pub order: Arc<Vec<u32>>,
    /// What a quota did to them.
    pub picked: Option<PickedCounts>,
    /// How steady the list of the most urgent is, if anybody asked.
    pub steadiness: Option<Arc<Steadiness>>,
    /// How to find that out where it is not known and a column is about it.
    pub steadiness_of: Option<SteadinessRequest>,
    /// The columns in order.
    pub fields: Vec<ListField>,
    /// Whether names, ID numbers and phones stand in full.
    pub unmasked: bool,
    /// The filter in words, for the sheet that says what this is.
    pub filter_text: String,
    /// The workspace's name, for the same.
    pub workspace_name: String,
    /// The language of headings and names.
    pub lang: Lang,
    /// The file; its ending says the format.
    pub path: PathBuf,
}

/// A written list.
#[derive(Debug, Clone)]
pub struct Exported {
    /// Where it is.
    pub path: PathBuf,
    /// How many households are in it.
    pub households: usize,
    /// Whether it holds names, ID numbers and phones in full.
    pub unmasked: bool,
}

impl ExportRequest {
    /// The sheet that says what this is, when, which filter and how many.
    fn about(&self) -> Vec<(String, String)> {
        let lang = self.lang;
        let quality = self.town.snapshot.quality;
        let not_geocoded = self
            .order
            .iter()
            .filter(|row| self.town.snapshot.households.merc(**row).is_none())
            .count();
        let count = |number: usize| digits::grouped(number as u64);
        let mut about = vec![
            (
                lang.t("write.about_what"),
                lang.t("write.about_list").into_owned(),
            ),
            (lang.t("write.about_workspace"), self.workspace_name.clone()),
            (lang.t("write.about_as_of"), self.scores.as_of.to_string()),
            (
                lang.t("write.about_filter"),
                if self.filter_text.is_empty() {
                    lang.t("write.about_no_filter").into_owned()
                } else {
                    self.filter_text.clone()
                },
            ),
            (lang.t("write.about_households"), count(self.order.len())),
            (lang.t("write.about_all"), count(quality.households)),
            (lang.t("write.about_not_geocoded"), count(not_geocoded)),
            (
                lang.t("write.about_masked"),
                lang.t(if self.unmasked {
                    "write.about_in_full"
                } else {
                    "write.about_hidden"
                })
                .into_owned(),
            ),
        ];
        if let Some(picked) = &self.picked {
            about.push((lang.t("priority.about_quota"), picked_text(picked, lang)));
        }
        let weights = &self.scores.priority.weights;
        about.push((
            lang.t("priority.about_weights"),
            weights_text(weights, lang),
        ));
        if let Some(steady) = &self.steadiness {
            about.push((
                lang.t("priority.about_steady"),
                steadiness_text(steady, lang),
            ));
        }
        if self.town.snapshot.is_demo {
            about.push((
                lang.t("write.about_mark"),
                lang.t("common.demo_mark").into_owned(),
            ));
        }
        about
            .into_iter()
            .map(|(what, value)| (what.into_owned(), value))
            .collect()
    }

    pub(super) fn run(mut self, progress: &Progress) -> Result<Exported, Fault> {
        let format = ExportFormat::of_path(&self.path)?;
        let asked = self.steadiness_of.take();
        if let (None, Some(request)) = (&self.steadiness, asked) {
            let steadied = request.run(&progress.aside())?;
            self.steadiness = Some(Arc::new(steadied.steadiness));
        }
        progress.set_total(self.order.len() as u64);
        let table = ListTable::new(
            &self.town,
            (&self.scores, self.steadiness.as_deref()),
            &self.order,
            &self.fields,
            self.lang,
            !self.unmasked,
        );
        let about = self.about();
        match format {
            ExportFormat::Csv => write::write_csv(&self.path, &table, progress)?,
            ExportFormat::Xlsx => {
                let (table_name, about_name) = (
                    self.lang.t("write.sheet_list"),
                    self.lang.t("write.sheet_about"),
                );
                let names = SheetNames {
                    table: &table_name,
                    about: &about_name,
                };
                write::write_xlsx(&self.path, &table, &about, names, progress)?;
            }
            ExportFormat::GeoJson => write::write_geojson(&self.path, &table, &about, progress)?,
        }
        Ok(Exported {
            households: self.order.len(),
            unmasked: self.unmasked,
            path: self.path,
        })
    }
}
