//! Which coordinate system the positions of a table are in: the doctor of `datum` asked with the
//! areas that are known.

use super::places::Places;
use crate::base::Progress;
use crate::datum::{self, Finding, Reading, Reason, Said, Sample};
use crate::read::{
    self, DatumChoice, DatumReason, Field, FileChoice, PositionFinding, TableInspection,
};
use crate::words::Fault;

/// Rows that are looked at: enough to tell a share of one per cent from chance.
const SAMPLES: usize = 20_000;

/// How the positions of a table are read; `None` where it has none.
pub(super) fn position_finding(
    choice: &FileChoice,
    table: &TableInspection,
    places: &Places,
    progress: &Progress,
) -> Result<Option<PositionFinding>, Fault> {
    let has = |field| {
        let mut columns = table.columns.iter();
        columns.any(|column| column.field == Some(field))
    };
    if !has(Field::Lon) || !has(Field::Lat) {
        return Ok(None);
    }
    let raw = read::position_samples(choice, table, SAMPLES, progress)?;
    let degrees_rows = raw.iter().filter(|row| row.is_degrees_text).count() as u64;
    let samples: Vec<Sample> = raw
        .iter()
        .filter_map(|row| {
            Some(Sample {
                first: row.first?,
                second: row.second?,
                declared: places.declared_area(&row.declared),
            })
        })
        .collect();
    let hint = read::datum_hint(choice, table);
    let said = match choice.datum {
        // A file that states its system is as good as somebody who does.
        DatumChoice::Auto => match (table.file_datum, hint) {
            (Some(datum), _) => Said::Datum(datum),
            (None, Some((datum, _))) => Said::Hint(datum),
            (None, None) => Said::Nothing,
        },
        DatumChoice::Datum(datum) => Said::Datum(datum),
        DatumChoice::Reading(reading) => Said::Reading(reading),
    };
    let found = datum::examine(&samples, places.region(), said, &|at, declared| {
        places.inside(at, declared)
    });
    let hint_reason = hint.map_or(DatumReason::Default, |(_, reason)| reason);
    let mut found = finding(found, degrees_rows, hint_reason);
    if choice.datum == DatumChoice::Auto && table.file_datum.is_some() {
        found.reason = DatumReason::File;
    }
    Ok(Some(found))
}

fn finding(found: Finding, degrees_rows: u64, hint: DatumReason) -> PositionFinding {
    PositionFinding {
        reading: found.reading,
        reason: match found.reason {
            Reason::Said => DatumReason::Said,
            Reason::Hint => hint,
            Reason::Range => DatumReason::Range,
            Reason::Evidence => DatumReason::Evidence,
            Reason::Default => DatumReason::Default,
        },
        is_plain: found.is_plain,
        rows: found.rows,
        declaring: found.declaring,
        scores: found.scores,
        swapped_rows: found.swapped_rows,
        degrees_rows,
        zero_rows: found.zero_rows,
        far_rows: found.far_rows,
    }
}

/// The reading of a table that was looked at.
pub(super) fn reading_of(table: &TableInspection) -> Reading {
    table
        .position
        .as_ref()
        .map(|finding| finding.reading)
        .unwrap_or_default()
}
