//! The proposal for each need as a table: whom to send where.

use super::Town;
use super::plain_table::PlainTable;
use crate::analysis::{MatchNeed, MatchOption, MatchOutcome, Matching, Offer};
use crate::base::digits::{figure, grouped};
use crate::model::{Date, masked_name, masked_phone};
use crate::query::RowSet;
use crate::snapshot::Unknown;
use crate::words::Lang;
use crate::write::{Cell, CellKind};

/// Which needs, and how they are shown.
#[derive(Debug, Clone, Copy)]
pub struct MatchShown<'a> {
    /// The households.
    pub rows: &'a RowSet,
    /// The categories, as bits.
    pub categories: u64,
    /// The language of headings and names.
    pub lang: Lang,
    /// Whether names and phones stand in full.
    pub unmasked: bool,
}

/// One row a need, in the order of the households.
pub fn match_table(town: &Town, matching: &Matching, shown: &MatchShown<'_>) -> PlainTable {
    const COLUMNS: [(&str, CellKind, f64); 17] = [
        ("household_id", CellKind::Text, 20.0),
        ("head_name", CellKind::Text, 12.0),
        ("phone", CellKind::Text, 16.0),
        ("address", CellKind::Text, 36.0),
        ("area", CellKind::Text, 16.0),
        ("need", CellKind::Text, 16.0),
        ("need_detail", CellKind::Text, 28.0),
        ("urgency", CellKind::Number, 8.0),
        ("raised_on", CellKind::Text, 12.0),
        ("waiting_days", CellKind::Number, 10.0),
        ("proposal", CellKind::Text, 18.0),
        ("resource_id", CellKind::Text, 12.0),
        ("resource", CellKind::Text, 24.0),
        ("resource_address", CellKind::Text, 36.0),
        ("hours", CellKind::Text, 22.0),
        ("distance_m", CellKind::Number, 10.0),
        ("reason", CellKind::Text, 40.0),
    ];
    let lang = shown.lang;
    let snapshot = &town.snapshot;
    let mut table = PlainTable::new(lang, &COLUMNS);
    let hidden = |plain: &str, mask: fn(&str) -> String| {
        if shown.unmasked {
            plain.to_owned()
        } else {
            mask(plain)
        }
    };
    for at in matching.needs_of(shown.rows, shown.categories) {
        let (Some(need), Some(outcome)) = (matching.needs.get(at), matching.outcomes.get(at))
        else {
            continue;
        };
        let (row, households) = (need.household, &snapshot.households);
        let area = households
            .area
            .get(row as usize)
            .and_then(|area| area.get());
        let area = area.and_then(|area| snapshot.areas.name.get(area));
        let category = snapshot.catalogue.needs.get(usize::from(need.category));
        let (resource, distance_m) = match outcome {
            MatchOutcome::Matched {
                resource,
                distance_m,
            } => (Some(*resource), Some(distance_m.round())),
            _ => (None, None),
        };
        let resources = &snapshot.resources;
        let of = |column: &crate::snapshot::TextColumn| {
            resource.map_or_else(String::new, |at| column.get(at).to_owned())
        };
        let cells = vec![
            Cell::text(households.id.get(row).to_owned()),
            Cell::text(hidden(households.head_name.get(row), masked_name)),
            Cell::text(hidden(households.phone.get(row), masked_phone)),
            Cell::text(households.address.get(row).to_owned()),
            Cell::text(area.cloned().unwrap_or_default()),
            Cell::text(category.map_or_else(String::new, |term| term.name(lang).to_owned())),
            Cell::text(detail(town, need)),
            Cell::number(Some(need.urgency).filter(|known| *known > 0).map(f64::from)),
            Cell::text(raised_on(town, need)),
            Cell::number(need.waiting_days.map(f64::from)),
            Cell::text(lang.t(outcome_word(*outcome)).into_owned()),
            Cell::text(of(&resources.id)),
            Cell::text(of(&resources.name)),
            Cell::text(of(&resources.address)),
            Cell::text(of(&resources.hours)),
            Cell::number(distance_m),
            Cell::text(match_reason_text(town, matching, at, lang)),
        ];
        table.push(cells, households.position(row));
    }
    table
}

/// What is needed, where a row of its own says it.
fn detail(town: &Town, need: &MatchNeed) -> String {
    let detail = need.at.map(|at| town.snapshot.needs.detail.get(at));
    detail.unwrap_or_default().to_owned()
}

fn raised_on(town: &Town, need: &MatchNeed) -> String {
    let days = need
        .at
        .and_then(|at| town.snapshot.needs.raised_on.get(at as usize));
    let days = days.filter(|days| **days != Unknown::DAY);
    days.map_or_else(String::new, |days| Date::from_days(*days).to_string())
}

/// The key of the word for what is proposed.
pub fn outcome_word(outcome: MatchOutcome) -> &'static str {
    match outcome {
        MatchOutcome::Matched { .. } => "jobs.match_matched",
        MatchOutcome::Referred => "jobs.match_referred",
        MatchOutcome::NotGeocoded => "jobs.match_not_geocoded",
        MatchOutcome::NoResource => "jobs.match_no_resource",
        MatchOutcome::OutOfReach { .. } => "jobs.match_out_of_reach",
        MatchOutcome::AllFull => "jobs.match_all_full",
    }
}

/// Metres under a kilometre, kilometres above.
pub fn distance_text(distance_m: f64) -> String {
    if distance_m < 1_000.0 {
        format!("{} m", figure(distance_m, 0))
    } else {
        format!("{} km", figure(distance_m / 1_000.0, 1))
    }
}

/// What is taken for granted of a resource that does not say it; `None` where it says all.
pub fn assumed_text(offer: &Offer, lang: Lang) -> Option<String> {
    let key = match (offer.is_capacity_assumed, offer.is_radius_assumed) {
        (true, true) => "jobs.match_assumed_both",
        (true, false) => "jobs.match_assumed_capacity",
        (false, true) => "jobs.match_assumed_radius",
        (false, false) => return None,
    };
    let capacity = grouped(u64::from(offer.capacity));
    let radius = distance_text(offer.radius_m);
    Some(lang.with(key, &[("capacity", &capacity), ("radius", &radius)]))
}

/// Why a need got the resource that it got, or none, in one or two sentences.
pub fn match_reason_text(town: &Town, matching: &Matching, at: usize, lang: Lang) -> String {
    let mut text = why_text(town, matching, at, lang);
    // The proposal rests on what its resource offers; a refusal on that of the nearest.
    let resource = match matching.outcomes.get(at) {
        Some(MatchOutcome::Matched { resource, .. }) => *resource,
        Some(MatchOutcome::OutOfReach { nearest, .. }) => *nearest,
        _ => return text,
    };
    let offer = matching.offers.get(resource as usize);
    if let Some(assumed) = offer.and_then(|offer| assumed_text(offer.as_ref()?, lang)) {
        text.push_str(lang.pick("", " "));
        text.push_str(&assumed);
    }
    text
}

fn why_text(town: &Town, matching: &Matching, at: usize, lang: Lang) -> String {
    const MOST_NAMED: usize = 3;
    let Some(reason) = matching.explain(&town.snapshot, at) else {
        return String::new();
    };
    let name = |resource: u32| town.snapshot.resources.name.get(resource);
    let full = |options: &[MatchOption]| {
        let named = options.iter().take(MOST_NAMED).map(|option| {
            lang.with(
                "jobs.match_full_one",
                &[
                    ("resource", name(option.resource)),
                    ("distance", &distance_text(option.distance_m)),
                    ("before", &option.before.to_string()),
                    ("behind", &option.behind.to_string()),
                ],
            )
        });
        let mut text = named.collect::<Vec<_>>().join(lang.pick("；", "; "));
        if options.len() > MOST_NAMED {
            let more = (options.len() - MOST_NAMED).to_string();
            text.push_str(&lang.with("jobs.match_and_more", &[("count", &more)]));
        }
        text
    };
    match reason.outcome {
        MatchOutcome::Matched { resource, .. } => {
            let nearer = reason
                .options
                .iter()
                .position(|one| one.resource == resource);
            let nearer = reason
                .options
                .get(..nearer.unwrap_or(0))
                .unwrap_or_default();
            if nearer.is_empty() {
                lang.t("jobs.match_why_nearest").into_owned()
            } else {
                lang.with("jobs.match_why_nearer_full", &[("full", &full(nearer))])
            }
        }
        MatchOutcome::Referred => lang.t("jobs.match_why_referred").into_owned(),
        MatchOutcome::NotGeocoded => lang.t("jobs.match_why_not_geocoded").into_owned(),
        MatchOutcome::NoResource => lang.t("jobs.match_why_no_resource").into_owned(),
        MatchOutcome::OutOfReach {
            nearest,
            distance_m,
        } => {
            let offer = matching.offers.get(nearest as usize).copied().flatten();
            lang.with(
                "jobs.match_why_out_of_reach",
                &[
                    ("resource", name(nearest)),
                    ("distance", &distance_text(distance_m)),
                    (
                        "radius",
                        &distance_text(offer.map_or(0.0, |offer| offer.radius_m)),
                    ),
                ],
            )
        }
        MatchOutcome::AllFull => lang.with(
            "jobs.match_why_all_full",
            &[("full", &full(&reason.options))],
        ),
    }
}
