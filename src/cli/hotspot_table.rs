//! Hot and cold spots as a table to be read, for spreadsheets and for programs.

use super::columns::marked;
use super::json::{self, Object};
use super::text_table::TextTable;
use crate::analysis::{
    HotSpot, HotSpotClass, HotSpotMeasure, HotSpotMethod, HotSpots, Neighbours, RateForm,
};
use crate::base::digits::figure as digits;
use crate::layer::{AreaFigure, hot_spot_notes, hot_spot_word, p_text};
use crate::model::LonLat;
use crate::snapshot::Snapshot;
use crate::words::Lang;
use crate::write::{Cell, CellKind, Column, RowSource};

/// What was found, with the names of the areas.
pub(super) struct HotSpotTable<'a> {
    snapshot: &'a Snapshot,
    figure: AreaFigure,
    found: &'a HotSpots,
    /// In the order of the codes.
    rows: Vec<(&'a str, &'a str, HotSpot)>,
    columns: Vec<Column>,
    mark: Option<String>,
}

const KEYS: [(&str, CellKind); 10] = [
    ("code", CellKind::Text),
    ("name", CellKind::Text),
    ("level", CellKind::Text),
    ("class", CellKind::Text),
    ("value", CellKind::Number),
    ("neighbours", CellKind::Number),
    ("neighbours_mean", CellKind::Number),
    ("statistic", CellKind::Number),
    ("z", CellKind::Number),
    ("p", CellKind::Number),
];

/// A class as programs read it.
fn class_code(class: HotSpotClass) -> &'static str {
    match class {
        HotSpotClass::Hot => "hot",
        HotSpotClass::Cold => "cold",
        HotSpotClass::HighLow => "high_low",
        HotSpotClass::LowHigh => "low_high",
        HotSpotClass::NotSignificant => "not_significant",
        HotSpotClass::NoNeighbours => "no_neighbours",
        HotSpotClass::NoData => "no_data",
    }
}

impl<'a> HotSpotTable<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, figure: AreaFigure, found: &'a HotSpots) -> Self {
        let areas = &snapshot.areas;
        let mut rows: Vec<_> = found
            .areas
            .iter()
            .filter_map(|one| {
                let at = one.area.0 as usize;
                Some((
                    areas.code.get(at)?.as_str(),
                    areas.name.get(at)?.as_str(),
                    *one,
                ))
            })
            .collect();
        rows.sort_by(|a, b| a.0.cmp(b.0));
        let (columns, mark) = marked(snapshot, &KEYS);
        Self {
            snapshot,
            figure,
            found,
            rows,
            columns,
            mark,
        }
    }

    /// The remarkable areas, then how it was found. The others are a number: nobody reads a
    /// thousand lines of "not significant".
    pub(super) fn text(&self, lang: Lang) -> String {
        const HEADINGS: [&str; 7] = [
            "cli.col_code",
            "cli.col_name",
            "cli.col_class",
            "cli.col_value",
            "cli.col_neighbours",
            "cli.col_z",
            "cli.col_p",
        ];
        let mut rows = vec![HEADINGS.map(|key| lang.t(key).into_owned()).to_vec()];
        let is_quiet = |class| {
            matches!(
                class,
                HotSpotClass::NotSignificant | HotSpotClass::NoNeighbours | HotSpotClass::NoData
            )
        };
        let form = self.form();
        let number = |value: Option<f64>| value.map_or_else(String::new, |value| digits(value, 2));
        // The hottest first, the coldest last.
        let mut told: Vec<_> = self
            .rows
            .iter()
            .filter(|row| !is_quiet(row.2.class))
            .collect();
        let z = |one: &HotSpot| one.z.unwrap_or(0.0);
        told.sort_by(|a, b| z(&b.2).total_cmp(&z(&a.2)));
        for (code, name, one) in told {
            let value = one.value.map(|value| match self.found.spec.method {
                // A deviation from the mean of all, not a rate.
                HotSpotMethod::LocalMoran
                    if self.found.spec.measure == HotSpotMeasure::EmpiricalBayes =>
                {
                    digits(value, 2)
                }
                _ => self.figure.text(value, form),
            });
            rows.push(vec![
                (*code).to_owned(),
                (*name).to_owned(),
                lang.t(hot_spot_word(one.class)).into_owned(),
                value.unwrap_or_default(),
                one.neighbours.to_string(),
                number(one.z),
                one.p.map(p_text).unwrap_or_default(),
            ]);
        }
        let table = TextTable {
            to_the_right: (0..HEADINGS.len()).map(|column| column >= 3).collect(),
            rows,
            foot: 0,
        };
        let mut text = table.text();
        text.push('\n');
        for class in [
            HotSpotClass::NotSignificant,
            HotSpotClass::NoNeighbours,
            HotSpotClass::NoData,
        ] {
            let count = self.found.count(class);
            if count > 0 {
                let word = lang.t(hot_spot_word(class));
                text.extend([&*word, " · ", &count.to_string(), "\n"]);
            }
        }
        text.push_str(&self.figure.name(&self.snapshot.catalogue, lang));
        text.push('\n');
        for note in hot_spot_notes(self.found, lang) {
            text.push_str(&note);
            text.push('\n');
        }
        text
    }

    fn form(&self) -> RateForm {
        match self.found.spec.measure {
            HotSpotMeasure::Count => RateForm::Count,
            HotSpotMeasure::Raw => RateForm::Raw,
            HotSpotMeasure::EmpiricalBayes => RateForm::EmpiricalBayesGlobal,
        }
    }

    /// One object: how it was found, and every area.
    pub(super) fn json(&self) -> String {
        let spec = &self.found.spec;
        let areas: Vec<String> = self
            .rows
            .iter()
            .map(|(code, name, one)| {
                Object::default()
                    .with("code", *code)
                    .with("name", *name)
                    .with("class", class_code(one.class))
                    .with("value", one.value)
                    .with("neighbours", one.neighbours)
                    .with("neighbours_mean", one.neighbours_mean)
                    .with("statistic", one.statistic)
                    .with("z", one.z)
                    .with("p", one.p)
                    .text()
            })
            .collect();
        let global = self.found.global.as_ref();
        Object::default()
            .with("statistic", statistic_code(spec.method))
            .with("figure", self.figure_code())
            .with("level", spec.level.code())
            .with("weights", weights_code(spec.neighbours))
            .with(
                "rate",
                match spec.measure {
                    HotSpotMeasure::Raw => "raw",
                    HotSpotMeasure::EmpiricalBayes => "eb",
                    HotSpotMeasure::Count => "count",
                },
            )
            .with("permutations", spec.permutations)
            .with("seed", spec.seed)
            .with("alpha", spec.alpha)
            .with("fdr", spec.false_discovery)
            .with("threshold", self.found.threshold)
            .with("tested", self.found.tested())
            .with("global_moran", global.map(|global| global.i))
            .with("global_p", global.map(|global| global.p_random))
            .with("demonstration", self.snapshot.is_demo)
            .with_json("areas", &json::array(&areas))
            .text()
    }

    fn figure_code(&self) -> String {
        match self.figure {
            AreaFigure::UnmetPerHousehold => "unmet".to_owned(),
            AreaFigure::GapsPerHousehold => "gaps".to_owned(),
            AreaFigure::Reach => "reach".to_owned(),
            AreaFigure::FullCoverage => "full".to_owned(),
            AreaFigure::Programme(place) => {
                let programmes = &self.snapshot.catalogue.programmes;
                match place.and_then(|place| programmes.get(usize::from(place))) {
                    Some(term) => format!("programme:{}", term.code),
                    None => "programme".to_owned(),
                }
            }
            other => other.word().to_owned(),
        }
    }
}

fn statistic_code(method: HotSpotMethod) -> &'static str {
    match method {
        HotSpotMethod::GetisOrdStar | HotSpotMethod::GetisOrd => "gi",
        HotSpotMethod::LocalMoran => "moran",
    }
}

fn weights_code(neighbours: Neighbours) -> String {
    match neighbours {
        Neighbours::Queen => "queen".to_owned(),
        Neighbours::Rook => "rook".to_owned(),
        Neighbours::Nearest(count) => format!("knn:{count}"),
        Neighbours::WithinM(metres) => format!("distance:{metres}"),
    }
}

impl RowSource for HotSpotTable<'_> {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn row<'a>(&'a self, index: usize, cells: &mut Vec<Cell<'a>>) {
        let Some((code, name, one)) = self.rows.get(index) else {
            return;
        };
        cells.extend([
            Cell::text(*code),
            Cell::text(*name),
            Cell::text(self.found.spec.level.code()),
            Cell::text(class_code(one.class)),
            Cell::number(one.value),
            Cell::Number(one.neighbours as f64),
            Cell::number(one.neighbours_mean),
            Cell::number(one.statistic),
            Cell::number(one.z),
            Cell::number(one.p),
        ]);
        cells.extend(self.mark.as_deref().map(Cell::text));
    }

    fn position(&self, _index: usize) -> Option<LonLat> {
        None
    }
}
