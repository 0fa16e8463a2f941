//! Whether the areas of an import fit together.

use super::ImportReport;
use super::areas::AreaOrigin;
use super::target::Target;
use crate::analysis::{TopologyFinding, topology};
use crate::base::Progress;
use crate::base::digits::grouped;
use crate::model::{Area, Problem};
use crate::words::Fault;
use std::collections::BTreeMap;

/// Says where areas that this import sets overlap others, leave gaps or reach out of the area that
/// they belong to.
pub(super) fn check_topology(
    target: &mut Target<'_>,
    areas: &[Area],
    changed: &BTreeMap<String, Option<AreaOrigin>>,
    report: &mut ImportReport,
    progress: &Progress,
) -> Result<(), Fault> {
    if changed.is_empty() {
        return Ok(());
    }
    let areas: Vec<&Area> = areas.iter().collect();
    for finding in topology(&areas, &progress.aside())?.findings {
        if let Some(problem) = problem(&finding, changed) {
            target.keep_problem(report, problem)?;
        }
    }
    Ok(())
}

/// A finding as a problem of the feature that it concerns; nothing where it concerns none of
/// this import.
fn problem(
    finding: &TopologyFinding,
    changed: &BTreeMap<String, Option<AreaOrigin>>,
) -> Option<Problem> {
    let mut codes = finding.areas.iter().rev().chain([&finding.parent]);
    let origin = codes.find_map(|code| changed.get(code)?.as_ref());
    // A gap of a level as a whole, or in an area that was made, belongs to the file as a whole.
    let (source, row) = match origin {
        Some(origin) => (origin.source.as_str(), origin.feature),
        None if finding.areas.is_empty() => (changed.values().flatten().next()?.source.as_str(), 0),
        None => return None,
    };
    let concerned: Vec<&str> = finding
        .areas
        .iter()
        .chain([&finding.parent])
        .map(String::as_str)
        .filter(|code| !code.is_empty())
        .collect();
    let place = finding.place;
    Some(Problem {
        source: source.into(),
        row,
        column: "geometry".to_owned(),
        kind: finding.kind,
        text: format!(
            "{} · {} m² · {:.6}, {:.6}",
            concerned.join(" / "),
            grouped(finding.ground_m2.round() as u64),
            place.lon,
            place.lat
        ),
    })
}
