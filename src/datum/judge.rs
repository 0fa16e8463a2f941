//! The verdict of the datum doctor: which of the readings that were tried is proposed, why, and whether that is
//! plain.

use super::doctor::{Reason, Said, Sample};
use super::trial::Trial;
use super::{Datum, Reading};

/// The proposal of the trials, the best first; why; and whether it is plain.
pub(super) fn judge(
    trials: &[Trial],
    said: Said,
    rows: &[Sample],
    declaring: u64,
    has_areas: bool,
) -> (Reading, Reason, bool) {
    let Some((best, others)) = trials.split_first() else {
        return (Reading::default(), Reason::Default, false);
    };
    let reading = best.score.reading;
    if let Said::Reading(_) = said {
        return (reading, Reason::Said, true);
    }
    let fits = best.score.inside_any > 0 || !has_areas;
    let is_only = others.is_empty() && !rows.is_empty() && locates_most(reading, rows);
    let is_ahead =
        |other: &Trial| (best.right, best.score.inside_any) > (other.right, other.score.inside_any);
    let most_declare = declaring * 2 >= rows.len() as u64;
    let most_are_right = !most_declare || best.right * 2 >= rows.len() as u64;
    let beats_all = !others.is_empty()
        && most_are_right
        && others.iter().all(|other| best.against(other).is_plain());
    let usual = match said {
        Said::Hint(datum) => usual(trials, datum).or_else(|| self::usual(trials, Datum::Wgs84)),
        _ => usual(trials, Datum::Wgs84),
    };
    let is_hint = |reading: Reading| said == Said::Hint(reading.datum);
    match usual {
        // Nothing speaks clearly against what the file says of itself, or against what files are.
        Some(usual) if usual.score.reading != reading && !convinces(best, usual, rows) => {
            let reading = usual.score.reading;
            let is_behind =
                (best.right, best.score.inside_any) > (usual.right, usual.score.inside_any);
            let fits = usual.score.inside_any > 0 || !has_areas;
            if is_hint(reading) {
                return (reading, Reason::Hint, !is_behind && fits);
            }
            return (reading, Reason::Default, false);
        }
        _ => {}
    }
    let reason = match said {
        Said::Datum(_) => Reason::Said,
        _ if is_only => Reason::Range,
        _ if !others.is_empty() && others.iter().all(is_ahead) => Reason::Evidence,
        _ if is_hint(reading) => Reason::Hint,
        _ => Reason::Default,
    };
    let is_plain = is_only && fits || beats_all || is_hint(reading) && fits;
    (reading, reason, is_plain)
}

/// The best trial of the datum that is taken where nothing speaks clearly.
fn usual(trials: &[Trial], datum: Datum) -> Option<&Trial> {
    trials
        .iter()
        .find(|trial| trial.score.reading.datum == datum)
}

/// Whether a reading is clearly better than the one that is usual: in the sign test at 1 %; or, where
/// rows are few, it alone puts most of those that declare an area into it, three at least, and the
/// usual one alone none. By chance a row hardly ever falls into the one area of many that it declares.
fn convinces(best: &Trial, usual: &Trial, rows: &[Sample]) -> bool {
    if best.against(usual).is_plain() {
        return true;
    }
    let seen = best.against_where_declared(usual, rows);
    let declaring = rows.iter().filter(|row| row.declared.is_some()).count() as u64;
    seen.lost == 0 && seen.won >= 3 && seen.won * 2 >= declaring
}

/// Whether the numbers are positions at all: where no reading fits, one is tried all the same.
fn locates_most(reading: Reading, rows: &[Sample]) -> bool {
    let located = |row: &&Sample| reading.locate(row.first, row.second).is_some();
    rows.iter().filter(located).count() * 2 >= rows.len()
}
