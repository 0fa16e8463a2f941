//! Where a fact of a rule came from, and who could tell one that nobody recorded.

use crate::analysis::{Fact, FactSource, FactValue, FlagFact, FoundFact, KindFact, NumberFact};
use crate::base::local_day;
use crate::model::{Catalogue, HouseholdField, Origin};
use crate::words::Lang;

/// The key of who could tell a fact; none where the program itself works it out.
pub(super) fn supplier_word(fact: Fact) -> Option<&'static str> {
    Some(match fact {
        Fact::Number(number) => match number {
            NumberFact::HouseholdIncome | NumberFact::IncomePerHead | NumberFact::OwnIncome => {
                "layer.ask_income"
            }
            NumberFact::Members | NumberFact::Elderly | NumberFact::Children | NumberFact::Age => {
                "layer.ask_register"
            }
            NumberFact::Disabled | NumberFact::DisabilityLevel => "layer.ask_disability",
            NumberFact::DaysSinceVisit => "layer.ask_community",
        },
        Fact::Flag(flag) => match flag {
            FlagFact::AssetsOk | FlagFact::HardCosts => "layer.ask_income",
            FlagFact::HasDisability => "layer.ask_disability",
            FlagFact::LivingAlone | FlagFact::NoSupport => "layer.ask_community",
        },
        Fact::Kind(kind) => match kind {
            KindFact::Sex | KindFact::Relation => "layer.ask_register",
            KindFact::Disability => "layer.ask_disability",
            KindFact::SelfCare | KindFact::Health => "layer.ask_health",
            KindFact::Work => "layer.ask_work",
            KindFact::Schooling => "layer.ask_school",
        },
        Fact::Tags | Fact::Need(_) => "layer.ask_community",
        Fact::MembersTable => "layer.ask_register",
        Fact::Receives(_) | Fact::Lists | Fact::Area | Fact::Threshold(_) => return None,
    })
}

/// Where the values and rows of one household came from, for the facts that rules find in it. Places
/// are those of the snapshot.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FactOrigins {
    /// The values of its row in the ledger; one that nobody has stated is not there.
    pub fields: Vec<(HouseholdField, Origin)>,
    /// Its members.
    pub members: Vec<(u32, Origin)>,
    /// Its receipts.
    pub receipts: Vec<(u32, Origin)>,
    /// Its needs.
    pub needs: Vec<(u32, Origin)>,
    /// Its visits.
    pub visits: Vec<(u32, Origin)>,
    /// The entries of departments' lists that know it, by the places of the lists among its lists.
    pub lists: Vec<(u32, Origin)>,
}

impl FactOrigins {
    /// The files and rows behind a source; none where nobody knows them.
    fn of(&self, source: FactSource) -> Vec<&Origin> {
        match source {
            FactSource::Household(field) => {
                let stated = self.fields.iter().find(|(stated, _)| *stated == field);
                stated.map(|(_, origin)| origin).into_iter().collect()
            }
            FactSource::Member(place, _) => pick(&self.members, place),
            FactSource::ListedMembers(_) => self.members.iter().map(|(_, origin)| origin).collect(),
            FactSource::Receipt(place) => pick(&self.receipts, place),
            FactSource::Need(place) => pick(&self.needs, place),
            FactSource::Visit(place) => pick(&self.visits, place),
            FactSource::List(place) => pick(&self.lists, place),
            FactSource::Threshold(..)
            | FactSource::Receipts
            | FactSource::Lists
            | FactSource::Area => Vec::new(),
        }
    }

    /// The files and rows that a fact stands on, each once, in the order of its sources; none of a
    /// fact that is missing.
    pub fn of_fact(&self, found: &FoundFact) -> Vec<&Origin> {
        let mut origins: Vec<&Origin> = Vec::new();
        if found.value != FactValue::Missing {
            for origin in found.sources.iter().flat_map(|source| self.of(*source)) {
                if !origins.contains(&origin) {
                    origins.push(origin);
                }
            }
        }
        origins
    }
}

/// The origins of the rows of one place.
fn pick(rows: &[(u32, Origin)], place: u32) -> Vec<&Origin> {
    let of_place = rows.iter().filter(|(row, _)| *row == place);
    of_place.map(|(_, origin)| origin).collect()
}

/// Files and rows that are named one by one; of more their number says enough.
const NAMED: usize = 2;

/// Where a fact was read: file, row and day, or the name of the table where nobody knows them; none
/// where nothing was read.
pub(super) fn fact_source(
    found: &FoundFact,
    origins: &FactOrigins,
    catalogue: &Catalogue,
    lang: Lang,
) -> Option<String> {
    if found.value == FactValue::Missing {
        return None;
    }
    let rows = origins.of_fact(found);
    let mut names: Vec<String> = rows
        .iter()
        .take(NAMED)
        .map(|origin| origin_day_text(origin, lang))
        .collect();
    if let Some(last) = names.last_mut().filter(|_| rows.len() > NAMED) {
        let more = (rows.len() - NAMED).to_string();
        last.push_str(&lang.with("layer.from_more", &[("count", &more)]));
    }
    for source in &found.sources {
        let is_told = !origins.of(*source).is_empty();
        // Of a value that the ledger does not state the other sources speak.
        let is_silent = matches!(source, FactSource::Household(_)) && !origins.fields.is_empty();
        if is_told || is_silent && found.sources.len() > 1 {
            continue;
        }
        let name = source_name(*source, catalogue, lang);
        names.extend(name.filter(|name| !names.contains(name)));
    }
    let comma = lang.pick("、", ", ");
    (!names.is_empty()).then(|| names.join(comma))
}

/// `台账.csv · row 12 · 2026-11-21`, or that somebody recorded it here.
fn origin_day_text(origin: &Origin, lang: Lang) -> String {
    let day = local_day(origin.at_unix_secs);
    let row = origin.row.to_string();
    let (key, file) = match (&*origin.source, origin.row) {
        ("", _) => ("layer.from_here", ""),
        (file, 0) => ("layer.from_file", file),
        (file, _) => ("layer.from_row", file),
    };
    lang.with(key, &[("file", file), ("row", &row), ("day", &day)])
}

fn source_name(source: FactSource, catalogue: &Catalogue, lang: Lang) -> Option<String> {
    let key = match source {
        FactSource::Household(_) => "layer.from_ledger",
        FactSource::Member(..) => "layer.from_members",
        FactSource::ListedMembers(_) => "layer.from_listed",
        FactSource::Receipt(_) | FactSource::Receipts => "layer.from_receipts",
        FactSource::Need(_) => "layer.from_needs",
        FactSource::Visit(_) => "layer.from_visits",
        FactSource::List(_) | FactSource::Lists => "layer.from_lists",
        // The area is its own source.
        FactSource::Area => return None,
        FactSource::Threshold(place, value) => {
            let value = catalogue.thresholds.get(place)?.values.get(value)?;
            let day = value.from.to_string();
            return Some(if value.area.is_empty() {
                lang.with("layer.from_threshold", &[("day", &day)])
            } else {
                let of = [("day", &*day), ("area", &*value.area)];
                lang.with("layer.from_local_threshold", &of)
            });
        }
    };
    Some(lang.t(key).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(source: &str, row: u64) -> Origin {
        Origin {
            source: source.into(),
            row,
            at_unix_secs: 1_790_000_000,
            batch: 1,
        }
    }

    fn found(sources: &[FactSource]) -> FoundFact {
        FoundFact {
            fact: Fact::Number(NumberFact::IncomePerHead),
            value: FactValue::Number(1.0),
            sources: sources.to_vec(),
        }
    }

    fn said(sources: &[FactSource], origins: &FactOrigins) -> String {
        let catalogue = Catalogue::default();
        fact_source(&found(sources), origins, &catalogue, Lang::En).unwrap_or_default()
    }

    const INCOME: FactSource = FactSource::Household(HouseholdField::MonthlyIncome);
    const MEMBERS: FactSource = FactSource::Household(HouseholdField::Members);

    #[test]
    fn without_origins_the_table_is_named() {
        let none = FactOrigins::default();
        assert_eq!(said(&[INCOME, MEMBERS], &none), "ledger");
        assert_eq!(said(&[FactSource::Receipt(3)], &none), "receipts");
        assert_eq!(said(&[FactSource::Area], &none), "");
        let sources = [FactSource::ListedMembers("born"), INCOME];
        assert_eq!(said(&sources, &none), "member table, added up, ledger");
    }

    #[test]
    fn rows_are_named_once_and_beyond_two_counted() {
        let day = local_day(1_790_000_000);
        let origins = FactOrigins {
            fields: vec![
                (HouseholdField::Members, origin("a.csv", 2)),
                (HouseholdField::MonthlyIncome, origin("a.csv", 2)),
            ],
            members: vec![
                (7, origin("m.csv", 3)),
                (8, origin("m.csv", 4)),
                (9, origin("", 0)),
            ],
            ..FactOrigins::default()
        };
        let ledger = format!("a.csv · row 2 · {day}");
        assert_eq!(said(&[INCOME, MEMBERS], &origins), ledger);
        assert_eq!(
            said(&[FactSource::Member(9, "born")], &origins),
            format!("recorded here · {day}")
        );
        assert_eq!(
            said(&[FactSource::ListedMembers("born"), INCOME], &origins),
            format!("m.csv · row 3 · {day}, m.csv · row 4 · {day}, 2 more")
        );
        // A file without rows, and a row that nobody knows.
        let receipts = FactOrigins {
            receipts: vec![(1, origin("b.csv", 0))],
            ..origins.clone()
        };
        assert_eq!(
            said(&[FactSource::Receipt(1)], &receipts),
            format!("b.csv · {day}")
        );
        assert_eq!(said(&[FactSource::Receipt(2)], &receipts), "receipts");
    }

    #[test]
    fn a_value_that_the_ledger_does_not_state_is_not_said_to_come_from_it() {
        let origins = FactOrigins {
            fields: vec![(HouseholdField::Members, origin("a.csv", 2))],
            ..FactOrigins::default()
        };
        let programmes = FactSource::Household(HouseholdField::Programmes);
        assert_eq!(
            said(&[FactSource::Receipts, programmes], &origins),
            "receipts"
        );
        // Where nothing else speaks, the ledger's silence does.
        assert_eq!(said(&[programmes], &origins), "ledger");
        let missing = FoundFact {
            value: FactValue::Missing,
            ..found(&[MEMBERS])
        };
        assert!(origins.of_fact(&missing).is_empty());
        let catalogue = Catalogue::default();
        assert_eq!(fact_source(&missing, &origins, &catalogue, Lang::En), None);
    }
}
