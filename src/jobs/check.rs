//! Checking the data: areas against each other, people and households that stand in it twice, and
//! counts against the members.

use super::finding::{
    Belongings, Checked, CountsFinding, Finding, Found, GroundFinding, GroundShape, PairFinding,
};
use super::kept_pairs::{self, Pair};
use super::{Town, WorkspaceHandle};
use crate::analysis::{self, Duplicate, MemberFacts, PersonView, StatedCounts, TopologyFinding};
use crate::base::{Progress, Stopwatch};
use crate::datum::merc_from_lonlat;
use crate::model::{Area, Date, Person, ProblemKind};
use crate::snapshot::{Households, Unknown};
use crate::store::Workspace;
use crate::words::Fault;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The data to check.
#[derive(Debug, Clone)]
pub struct CheckRequest {
    /// The workspace.
    pub workspace: WorkspaceHandle,
    /// The town.
    pub town: Arc<Town>,
    /// The day on which people have their age.
    pub as_of: Date,
}

/// A member with the household that it belongs to.
struct Member {
    row: u32,
    person: Person,
}

/// What is read from the workspace.
struct Material {
    areas: Vec<Area>,
    members: Vec<Member>,
    kept: BTreeSet<Pair>,
}

impl CheckRequest {
    pub(super) fn run(self, progress: &Progress) -> Result<Checked, Fault> {
        let mut timings = Stopwatch::start();
        let snapshot = &self.town.snapshot;
        let households = &snapshot.households;
        let rows = rows_by_id(households);
        let material = self
            .workspace
            .with(|workspace| read(workspace, &rows, progress))?;
        timings.lap("read");
        let areas: Vec<&Area> = material.areas.iter().collect();
        let topology = analysis::topology(&areas, progress)?;
        timings.lap("topology");
        let ground = topology.findings.iter().map(ground_finding);
        let mut findings: Vec<Finding> = ground.collect();
        let pairs = pairs(households, &material, progress)?;
        timings.lap("duplicates");
        findings.extend(pairs);
        let belongings = self.workspace.with(|workspace| {
            belongings(workspace, &findings, &material.members, &rows, progress)
        })?;
        give_belongings(&mut findings, &belongings);
        timings.lap("belongings");
        findings.extend(counts(households, &material.members, self.as_of));
        timings.lap("counts");
        Ok(Checked {
            generation: snapshot.generation,
            findings,
            areas: areas.len(),
            households: households.len(),
            members: material.members.len(),
            timings,
        })
    }
}

fn rows_by_id(households: &Households) -> HashMap<&str, u32> {
    (0..households.len() as u32)
        .map(|row| (households.id.get(row), row))
        .collect()
}

fn read(
    workspace: &Workspace,
    rows: &HashMap<&str, u32>,
    progress: &Progress,
) -> Result<Material, Fault> {
    let mut members = Vec::new();
    workspace.each_person(&mut |_, person| {
        if let Some(row) = rows.get(person.household_id.as_str()) {
            members.push(Member {
                row: *row,
                person: person.clone(),
            });
        }
        Ok(progress.tick(0)?)
    })?;
    // Members of one household stand together, in the order in which they came.
    members.sort_by_key(|member| member.row);
    Ok(Material {
        areas: workspace.areas()?,
        members,
        kept: kept_pairs::read(workspace)?,
    })
}

fn ground_finding(finding: &TopologyFinding) -> Finding {
    let mut codes = finding.areas.clone();
    codes.extend(Some(finding.parent.clone()).filter(|code| !code.is_empty()));
    Finding {
        kind: finding.kind,
        found: Found::Ground(GroundFinding {
            codes,
            level: finding.level,
            ground_m2: finding.ground_m2,
            at_merc: merc_from_lonlat(finding.place),
            shape: GroundShape::new(&finding.boundary),
        }),
    }
}

/// Heads and members that seem to be one person or one household.
fn pairs(
    households: &Households,
    material: &Material,
    progress: &Progress,
) -> Result<Vec<Finding>, Fault> {
    let heads = (0..households.len() as u32).map(|row| PersonView {
        household: row,
        is_head: true,
        name: households.head_name.get(row),
        id_number: households.id_number.get(row),
        phone: households.phone.get(row),
        address: households.address.get(row),
    });
    let members = material.members.iter().map(|member| PersonView {
        household: member.row,
        is_head: false,
        name: &member.person.name,
        id_number: &member.person.id_number,
        phone: &member.person.phone,
        address: "",
    });
    let persons: Vec<PersonView<'_>> = heads.chain(members).collect();
    let duplicates = analysis::duplicates(&persons, progress)?;
    let findings = duplicates
        .iter()
        .filter_map(|duplicate| pair_finding(duplicate, &persons, households, &material.kept));
    Ok(findings.collect())
}

fn pair_finding(
    duplicate: &Duplicate,
    persons: &[PersonView<'_>],
    households: &Households,
    kept: &BTreeSet<Pair>,
) -> Option<Finding> {
    let two = [
        persons.get(duplicate.a as usize)?,
        persons.get(duplicate.b as usize)?,
    ];
    let rows = two.map(|person| person.household);
    let ids = rows.map(|row| households.id.get(row).to_owned());
    let [one, other] = &ids;
    let is_settled = one != other && kept.contains(&kept_pairs::pair(one, other));
    let about_heads = two.iter().all(|person| person.is_head);
    let names = if about_heads {
        [String::new(), String::new()]
    } else {
        two.map(|person| person.name.to_owned())
    };
    Some(Finding {
        kind: duplicate.kind,
        found: Found::Pair(PairFinding {
            ids,
            rows: rows.map(Some),
            agree: duplicate.evidence.clone(),
            persons: names,
            belongings: [Belongings::default(); 2],
            is_settled,
        }),
    })
}

/// What would move with each household of the pairs.
fn belongings(
    workspace: &Workspace,
    findings: &[Finding],
    members: &[Member],
    rows: &HashMap<&str, u32>,
    progress: &Progress,
) -> Result<BTreeMap<u32, Belongings>, Fault> {
    let mut wanted: BTreeMap<u32, Belongings> = findings
        .iter()
        .filter_map(|finding| match &finding.found {
            Found::Pair(pair) => Some(pair.rows),
            _ => None,
        })
        .flatten()
        .flatten()
        .map(|row| (row, Belongings::default()))
        .collect();
    if wanted.is_empty() {
        return Ok(wanted);
    }
    for member in members {
        if let Some(of) = wanted.get_mut(&member.row) {
            of.members += 1;
        }
    }
    let mut add = |id: &str, count: fn(&mut Belongings)| -> Result<(), Fault> {
        if let Some(of) = rows.get(id).and_then(|row| wanted.get_mut(row)) {
            count(of);
        }
        Ok(progress.tick(0)?)
    };
    workspace.each_receipt(&mut |_, row| add(&row.household_id, |of| of.receipts += 1))?;
    workspace.each_need(&mut |_, row| add(&row.household_id, |of| of.needs += 1))?;
    workspace.each_visit(&mut |_, row| add(&row.household_id, |of| of.visits += 1))?;
    Ok(wanted)
}

fn give_belongings(findings: &mut [Finding], belongings: &BTreeMap<u32, Belongings>) {
    for finding in findings {
        if let Found::Pair(pair) = &mut finding.found {
            pair.belongings = pair.rows.map(|row| {
                let of = row.and_then(|row| belongings.get(&row));
                of.copied().unwrap_or_default()
            });
        }
    }
}

/// Households whose counts their members contradict.
fn counts(households: &Households, members: &[Member], as_of: Date) -> Vec<Finding> {
    // A table that names disabilities says by an empty cell that there is none.
    let lists_disabilities = members
        .iter()
        .any(|member| MemberFacts::of(&member.person, false).is_disabled == Some(true));
    let mut findings = Vec::new();
    for group in members.chunk_by(|one, other| one.row == other.row) {
        let Some(first) = group.first() else { continue };
        let facts: Vec<MemberFacts> = group
            .iter()
            .map(|member| MemberFacts::of(&member.person, lists_disabilities))
            .collect();
        let counts = analysis::members_check(&stated(households, first.row), &facts, as_of);
        if !counts.is_empty() {
            findings.push(Finding {
                kind: ProblemKind::CountsContradict,
                found: Found::Counts(CountsFinding {
                    id: households.id.get(first.row).to_owned(),
                    row: Some(first.row),
                    counts,
                }),
            });
        }
    }
    findings
}

fn stated(households: &Households, row: u32) -> StatedCounts {
    let known = |column: &[i32]| {
        let count = column.get(row as usize).copied();
        count
            .filter(|count| *count != Unknown::COUNT)
            .and_then(|count| u16::try_from(count).ok())
    };
    StatedCounts {
        members: known(&households.members),
        elderly: known(&households.elderly),
        children: known(&households.children),
        disabled: known(&households.disabled),
        living_alone: known(&households.living_alone).map(|alone| alone == 1),
    }
}
