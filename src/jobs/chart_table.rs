//! The numbers of a chart as a table.

use super::plain_table::PlainTable;
use crate::analysis::{
    AgeBand, AgePyramid, AreaShares, Funnel, FunnelPoint, NeedCounts, Share, TimeLine,
};
use crate::layer::ChartData;
use crate::snapshot::Snapshot;
use crate::words::Lang;
use crate::write::{Cell, CellKind};

/// All numbers of a chart: also those that a picture has no room for.
pub(super) fn chart_table(data: &ChartData, town: &Snapshot, lang: Lang) -> PlainTable {
    match data {
        ChartData::Coverage(shares) => share_table(shares, None, town, lang),
        ChartData::Funnel(shares, funnel) => share_table(shares, funnel.as_ref(), town, lang),
        ChartData::Needs(needs) => need_table(needs, town, lang),
        ChartData::Ages(ages) => age_table(ages, lang),
        ChartData::Trend(line) => trend_table(line, lang),
    }
}

const NAME: (&str, CellKind, f64) = ("chart_name", CellKind::Text, 20.0);

fn number(key: &'static str) -> (&'static str, CellKind, f64) {
    (key, CellKind::Number, 12.0)
}

fn count(count: u32) -> Cell<'static> {
    Cell::Number(f64::from(count))
}

fn share_table(
    shares: &AreaShares,
    funnel: Option<&Funnel>,
    town: &Snapshot,
    lang: Lang,
) -> PlainTable {
    let mut columns = vec![
        ("chart_code", CellKind::Text, 16.0),
        NAME,
        number("chart_part"),
        number("chart_whole"),
        number("chart_rate"),
        number("chart_value"),
        number("chart_low"),
        number("chart_high"),
        ("chart_suppressed", CellKind::Text, 14.0),
    ];
    if funnel.is_some() {
        columns.extend([
            number("chart_low_998"),
            number("chart_low_95"),
            number("chart_high_95"),
            number("chart_high_998"),
            ("chart_place", CellKind::Text, 28.0),
        ]);
    }
    let mut table = PlainTable::new(lang, &columns);
    for area in &shares.areas {
        let text = |column: &[String]| column.get(area.area.0 as usize).cloned();
        let code = text(&town.areas.code).unwrap_or_default();
        let name = text(&town.areas.name).unwrap_or_default();
        let flag = lang.t(if area.is_suppressed {
            "jobs.table_chart_yes"
        } else {
            "jobs.table_chart_no"
        });
        let mut cells = share_cells(code, name, area.share, area.value);
        cells.push(Cell::text(flag.into_owned()));
        if let Some(funnel) = funnel {
            let mut points = funnel.points.iter();
            let point = points.find(|point| point.area.area == area.area);
            cells.extend(limit_cells(point, lang));
        }
        table.push(cells, None);
    }
    for (share, key) in [
        (shares.outside, "chart.row_outside"),
        (shares.not_geocoded, "chart.row_not_geocoded"),
        (shares.total, "chart.row_total"),
    ] {
        let name = lang.t(key).into_owned();
        let mut cells = share_cells(String::new(), name, share, share.rate());
        cells.resize(columns.len(), Cell::Empty);
        table.push(cells, None);
    }
    table
}

fn share_cells(code: String, name: String, share: Share, value: Option<f64>) -> Vec<Cell<'static>> {
    let interval = share.interval();
    vec![
        Cell::text(code),
        Cell::text(name),
        count(share.part),
        count(share.whole),
        Cell::number(share.rate()),
        Cell::number(value),
        Cell::number(interval.map(|(low, _)| low)),
        Cell::number(interval.map(|(_, high)| high)),
    ]
}

fn limit_cells(point: Option<&FunnelPoint>, lang: Lang) -> [Cell<'static>; 5] {
    let Some(point) = point else {
        return [const { Cell::Empty }; 5];
    };
    let place = lang.t(&format!("chart.place_{}", point.place.code()));
    [
        Cell::Number(point.limits.low_998),
        Cell::Number(point.limits.low_95),
        Cell::Number(point.limits.high_95),
        Cell::Number(point.limits.high_998),
        Cell::text(place.into_owned()),
    ]
}

fn need_table(needs: &NeedCounts, town: &Snapshot, lang: Lang) -> PlainTable {
    let columns = [
        ("chart_code", CellKind::Text, 14.0),
        NAME,
        number("chart_open"),
        number("chart_referred"),
        number("chart_met"),
        number("chart_households"),
    ];
    let mut table = PlainTable::new(lang, &columns);
    for one in &needs.categories {
        let term = town.catalogue.needs.get(usize::from(one.category));
        let code = term.map_or_else(String::new, |term| term.code.clone());
        let name = term.map_or_else(String::new, |term| term.name(lang).to_owned());
        let cells = vec![
            Cell::text(code),
            Cell::text(name),
            count(one.open),
            count(one.referred),
            count(one.met),
            count(one.households),
        ];
        table.push(cells, None);
    }
    table
}

fn age_table(ages: &AgePyramid, lang: Lang) -> PlainTable {
    let columns = [
        ("chart_age", CellKind::Text, 14.0),
        number("chart_male"),
        number("chart_female"),
        number("chart_unknown_sex"),
    ];
    let mut table = PlainTable::new(lang, &columns);
    let cells = |name: String, band: &AgeBand| {
        vec![
            Cell::text(name),
            count(band.male),
            count(band.female),
            count(band.unknown),
        ]
    };
    for (at, band) in ages.bands.iter().enumerate() {
        table.push(cells(crate::layer::band_name(at), band), None);
    }
    let unknown = lang.t("chart.row_unknown_age").into_owned();
    table.push(cells(unknown, &ages.unknown_age), None);
    table
}

fn trend_table(line: &TimeLine, lang: Lang) -> PlainTable {
    let columns = [
        ("chart_day", CellKind::Date, 12.0),
        number("chart_of_concern"),
        number("chart_receiving"),
        number("chart_reach"),
        number("chart_fully_covered"),
        number("chart_full_coverage"),
        number("chart_open_needs"),
        number("chart_gaps"),
        number("chart_raised"),
        number("chart_met_month"),
        number("chart_withdrawn"),
        number("chart_visits"),
    ];
    let mut table = PlainTable::new(lang, &columns);
    for (day, month) in line.days.iter().zip(&line.total) {
        let figures = &month.figures;
        let cells = vec![
            Cell::date(Some(*day)),
            count(figures.of_concern),
            count(figures.receiving),
            Cell::number(figures.reach()),
            count(figures.fully_covered),
            Cell::number(figures.full_coverage()),
            count(figures.open_needs),
            count(figures.gaps),
            count(month.raised),
            count(month.met),
            count(month.withdrawn),
            count(month.visits),
        ];
        table.push(cells, None);
    }
    table
}
