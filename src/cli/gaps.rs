//! `gaps`: for every programme and area who is covered, who has a gap, what is to be looked at and
//! what nobody knows.

use super::args::{GapsArgs, SummaryFormat};
use super::columns::marked;
use super::desk::Desk;
use super::ending::Ending;
use super::json::{self, Object};
use super::out;
use super::summary::place;
use super::text_table::TextTable;
use crate::analysis::{ProgrammeCoverage, ProgrammeFigures, RateForm};
use crate::base::Progress;
use crate::base::digits::grouped;
use crate::jobs::Town;
use crate::layer::AreaFigure;
use crate::model::{AreaLevel, LonLat, ProgrammeUnit};
use crate::snapshot::AreaIndex;
use crate::words::{Fault, Lang};
use crate::write::{self, Cell, CellKind, Column, RowSource};

pub(super) fn run(args: &GapsArgs, desk: &mut Desk) -> anyhow::Result<Ending> {
    let opened = desk.look_at(&args.workspace, args.as_of)?;
    let town = &opened.town;
    let programmes = &town.snapshot.catalogue.programmes;
    let wanted = match &args.programme {
        Some(name) => Some(place(name, programmes, "cli.unknown_programme")?),
        None => None,
    };
    let table = GapTable::new(town, args.level, wanted, args.rate.form())?;
    match args.format {
        SummaryFormat::Table => {
            let mut text = table.text(desk.lang);
            text.push_str(&desk.as_of_line(town.as_of));
            out::result(text.as_bytes())?;
        }
        SummaryFormat::Csv => out::result(&write::csv_bytes(&table, &Progress::new())?)?,
        SummaryFormat::Json => {
            let rows: Vec<String> = table.rows.iter().map(GapRow::json).collect();
            out::result(format!("{}\n", json::array(&rows)).as_bytes())?;
        }
    }
    Ok(Ending::Done)
}

/// One programme in one area, or in all.
struct GapRow {
    code: String,
    name: String,
    level: Option<AreaLevel>,
    programme: String,
    programme_name: [String; 2],
    unit: ProgrammeUnit,
    figures: ProgrammeFigures,
    /// Covered / eligible in the form that was asked for; `None` is no data.
    coverage: Option<f64>,
}

/// The areas of a level with the programmes that have a rule or are received, and the whole town.
struct GapTable {
    rows: Vec<GapRow>,
    columns: Vec<Column>,
    form: RateForm,
    /// What every row of the sample town says of itself, in a column at the end.
    mark: Option<String>,
}

/// The members of the JSON objects and the headers of the CSV.
const KEYS: [(&str, CellKind); 11] = [
    ("code", CellKind::Text),
    ("name", CellKind::Text),
    ("level", CellKind::Text),
    ("programme", CellKind::Text),
    ("unit", CellKind::Text),
    ("covered", CellKind::Number),
    ("gap", CellKind::Number),
    ("review", CellKind::Number),
    ("unknown", CellKind::Number),
    ("no_rule", CellKind::Number),
    ("coverage", CellKind::Number),
];

impl GapTable {
    fn new(
        town: &Town,
        level: Option<AreaLevel>,
        wanted: Option<usize>,
        form: RateForm,
    ) -> Result<Self, Fault> {
        let areas = &town.snapshot.areas;
        let level = level.or_else(|| areas.smallest_level());
        let counted: &ProgrammeCoverage = &town.entitled;
        let shown: Vec<usize> = (0..counted.programmes)
            .filter(|place| match wanted {
                Some(wanted) => wanted == *place,
                None => counted
                    .total
                    .get(*place)
                    .is_some_and(|all| *all != ProgrammeFigures::default()),
            })
            .collect();
        let mut rates = Vec::new();
        for place in &shown {
            let Some(level) = level else { break };
            let figure = AreaFigure::Programme(Some((*place).min(63) as u8));
            let source = town.figure_source();
            rates.push(town.level_rates(level, (figure, form), &source, &Progress::new())?);
        }
        let mut rows = Vec::new();
        let mut add = |(code, name): (&str, &str), level, area: Option<AreaIndex>| {
            for (nth, place) in shown.iter().enumerate() {
                let figures = match area {
                    Some(area) => counted.of(area, *place),
                    None => counted.total.get(*place).copied().unwrap_or_default(),
                };
                // All together have no others to be drawn to.
                let coverage = match (area, form) {
                    (_, RateForm::Count) => Some(f64::from(figures.covered)),
                    (Some(area), _) => rates.get(nth).and_then(|rates| {
                        let at = rates.binary_search_by_key(&area, |one| one.area).ok()?;
                        rates.get(at)?.value
                    }),
                    (None, _) => figures.coverage(),
                };
                let term = town.snapshot.catalogue.programmes.get(*place);
                let unit = town.rules.programmes().get(*place).map(|rule| rule.unit);
                rows.push(GapRow {
                    code: code.to_owned(),
                    name: name.to_owned(),
                    level,
                    programme: term.map_or_else(String::new, |term| term.code.clone()),
                    programme_name: Lang::ALL.map(|lang| {
                        term.map_or_else(String::new, |term| term.short_name(lang).to_owned())
                    }),
                    unit: unit.unwrap_or_default(),
                    figures,
                    coverage,
                });
            }
        };
        let mut here: Vec<_> = level
            .into_iter()
            .flat_map(|level| areas.of_level(level))
            .filter_map(|area| {
                let at = area.0 as usize;
                Some((areas.code.get(at)?, areas.name.get(at)?, area))
            })
            .collect();
        here.sort_unstable();
        for (code, name, area) in here {
            add((code, name), level, Some(area));
        }
        add(("", ""), None, None);
        let (columns, mark) = marked(&town.snapshot, &KEYS);
        Ok(Self {
            rows,
            columns,
            form,
            mark,
        })
    }

    fn text(&self, lang: Lang) -> String {
        const HEADINGS: [&str; 9] = [
            "cli.col_code",
            "cli.col_name",
            "cli.col_programme",
            "cli.col_unit",
            "cli.col_covered",
            "cli.col_gap",
            "cli.col_programme_coverage",
            "cli.col_review",
            "cli.col_unknown",
        ];
        let mut rows = vec![HEADINGS.map(|key| lang.t(key).into_owned()).to_vec()];
        for row in &self.rows {
            let figures = &row.figures;
            let count = |count: u32| grouped(u64::from(count));
            let name = match row.level {
                Some(_) => row.name.clone(),
                None => lang.t("cli.sum_total").into_owned(),
            };
            let programme = &row.programme_name[usize::from(lang == Lang::ALL[1])];
            let share = row.coverage.map_or_else(
                || lang.t("common.no_data").into_owned(),
                |value| AreaFigure::Programme(None).text(value, self.form),
            );
            rows.push(vec![
                row.code.clone(),
                name,
                programme.clone(),
                lang.t(&format!("cli.unit_{}", row.unit.code()))
                    .into_owned(),
                count(figures.covered),
                count(figures.gap),
                share,
                count(figures.review),
                count(figures.unknown),
            ]);
        }
        let foot = self.rows.iter().filter(|row| row.level.is_none()).count();
        TextTable {
            to_the_right: (0..HEADINGS.len()).map(|column| column >= 4).collect(),
            rows,
            foot,
        }
        .text()
    }
}

impl GapRow {
    fn level_code(&self) -> &'static str {
        self.level.map_or("total", AreaLevel::code)
    }

    fn json(&self) -> String {
        let figures = &self.figures;
        Object::default()
            .with("code", self.code.as_str())
            .with("name", self.name.as_str())
            .with("level", self.level_code())
            .with("programme", self.programme.as_str())
            .with("unit", self.unit.code())
            .with("covered", figures.covered)
            .with("gap", figures.gap)
            .with("review", figures.review)
            .with("unknown", figures.unknown)
            .with("no_rule", figures.no_rule)
            .with("coverage", self.coverage)
            .text()
    }
}

impl RowSource for GapTable {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn row<'a>(&'a self, index: usize, cells: &mut Vec<Cell<'a>>) {
        let Some(row) = self.rows.get(index) else {
            return;
        };
        let figures = &row.figures;
        let count = |count: u32| Cell::Number(f64::from(count));
        cells.extend([
            Cell::text(row.code.as_str()),
            Cell::text(row.name.as_str()),
            Cell::text(row.level_code()),
            Cell::text(row.programme.as_str()),
            Cell::text(row.unit.code()),
            count(figures.covered),
            count(figures.gap),
            count(figures.review),
            count(figures.unknown),
            count(figures.no_rule),
            Cell::number(row.coverage),
        ]);
        cells.extend(self.mark.as_deref().map(Cell::text));
    }

    fn position(&self, _index: usize) -> Option<LonLat> {
        None
    }
}
