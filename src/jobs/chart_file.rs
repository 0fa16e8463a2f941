//! Writing a chart: as a picture, or as its numbers.

use super::chart_table::chart_table;
use super::plain_table::PlainTable;
use super::{Charted, Town};
use crate::base::{Progress, digits};
use crate::layer::{ChartSheet, Room, chart_title, draw_chart, paint_chart};
use crate::words::{Fault, Lang, Message};
use crate::write::{self, RowSource, SheetNames};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a chart can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartFormat {
    /// A picture.
    Png,
    /// The numbers as CSV, UTF-8 with BOM.
    Csv,
    /// The numbers as an Excel workbook.
    Xlsx,
}

impl ChartFormat {
    /// The ending of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// The format of a file name, by its ending.
    ///
    /// # Errors
    /// Which endings there are.
    pub fn of_path(path: &Path) -> Result<Self, Fault> {
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        match ending.to_ascii_lowercase().as_str() {
            "png" => Ok(Self::Png),
            "csv" => Ok(Self::Csv),
            "xlsx" => Ok(Self::Xlsx),
            _ => Err(Fault::input(
                Message::new("jobs.chart_format").arg("path", path.display()),
            )),
        }
    }
}

/// What to write, and where.
#[derive(Debug, Clone)]
pub struct ChartFileRequest {
    /// The town.
    pub town: Arc<Town>,
    /// What was counted.
    pub chart: Arc<Charted>,
    /// The filter in words.
    pub filter_text: String,
    /// The workspace's name.
    pub workspace_name: String,
    /// Width and height of a picture, in points of 96 dpi.
    pub size_px: [f32; 2],
    /// Whether the picture may be higher than that, so that nothing is left out.
    pub grows: bool,
    /// Pixels for a point.
    pub scale: f32,
    /// Whether the theme is dark.
    pub dark: bool,
    /// The language.
    pub lang: Lang,
    /// The file; its ending says the format.
    pub path: PathBuf,
}

impl ChartFileRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<PathBuf, Fault> {
        let format = ChartFormat::of_path(&self.path)?;
        progress.tick(0)?;
        if format == ChartFormat::Png {
            self.write_picture()?;
            return Ok(self.path);
        }
        let mut table = chart_table(&self.chart.data, &self.town.snapshot, self.lang);
        if self.town.snapshot.is_demo {
            table.mark(self.lang);
        }
        progress.set_total(table.len() as u64);
        if format == ChartFormat::Csv {
            write::write_csv(&self.path, &table, progress)?;
        } else {
            self.write_workbook(&table, progress)?;
        }
        Ok(self.path)
    }

    fn write_picture(&self) -> Result<(), Fault> {
        let sheet = self.sheet();
        let room = Room {
            grows: self.grows,
            ..sheet.room(self.size_px)
        };
        let town = &self.town.snapshot;
        let drawing = draw_chart(&self.chart.data, town, room, self.lang);
        let size_px = if self.grows {
            sheet.size_for(&drawing, self.size_px)
        } else {
            self.size_px
        };
        let image = paint_chart(&drawing, &sheet, size_px, self.scale, self.dark);
        write::write_png(&self.path, &image)
    }

    fn write_workbook(&self, table: &PlainTable, progress: &Progress) -> Result<(), Fault> {
        let (numbers, about) = (
            self.lang.t("chart.sheet_numbers"),
            self.lang.t("write.sheet_about"),
        );
        let names = SheetNames {
            table: &numbers,
            about: &about,
        };
        write::write_xlsx(&self.path, table, &self.about(), names, progress)
    }

    fn title(&self) -> String {
        let chart = &self.chart;
        chart_title(&chart.spec, &chart.data, &self.town.snapshot, self.lang)
    }

    fn mark(&self) -> Option<String> {
        let is_demo = self.town.snapshot.is_demo;
        is_demo.then(|| self.lang.t("common.demo_mark").into_owned())
    }

    /// What every picture that leaves the office says of itself.
    fn sheet(&self) -> ChartSheet {
        let lang = self.lang;
        let day = self.chart.as_of.to_string();
        let mut facts = vec![lang.with("layer.fact_as_of", &[("date", &day)])];
        if !self.filter_text.is_empty() {
            facts.push(lang.with("layer.fact_filter", &[("filter", &self.filter_text)]));
        }
        let [filtered, all, missing] = self.counts();
        let counts = [
            ("filtered", filtered.as_str()),
            ("all", &all),
            ("missing", &missing),
        ];
        facts.push(lang.with("layer.fact_counts", &counts));
        ChartSheet {
            title: self.title(),
            facts,
            source: lang.with("chart.source", &[("workspace", &self.workspace_name)]),
            mark: self.mark(),
        }
    }

    /// Households of the filter, of the town, and those of the filter without a position.
    fn counts(&self) -> [String; 3] {
        let town = &self.town.snapshot;
        let rows = &self.chart.rows;
        let missing = rows
            .iter()
            .filter(|row| town.households.merc(*row).is_none());
        [rows.count(), town.quality.households, missing.count()]
            .map(|count| digits::grouped(count as u64))
    }

    fn about(&self) -> Vec<(String, String)> {
        let lang = self.lang;
        let filter = if self.filter_text.is_empty() {
            lang.t("write.about_no_filter").into_owned()
        } else {
            self.filter_text.clone()
        };
        let [filtered, all, missing] = self.counts();
        let mut about = vec![
            ("write.about_what", self.title()),
            ("write.about_workspace", self.workspace_name.clone()),
            ("write.about_as_of", self.chart.as_of.to_string()),
            ("write.about_filter", filter),
            ("write.about_households", filtered),
            ("write.about_all", all),
            ("write.about_not_geocoded", missing),
        ];
        if let Some(shares) = self.chart.data.shares() {
            let least = shares.least.to_string();
            let rule = lang.with("chart.about_suppressed", &[("least", &least)]);
            about.push(("chart.about_small", rule));
        }
        about.extend(self.mark().map(|mark| ("write.about_mark", mark)));
        let said = about.into_iter();
        said.map(|(key, value)| (lang.t(key).into_owned(), value))
            .collect()
    }
}
