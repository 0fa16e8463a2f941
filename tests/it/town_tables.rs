//! The long tables of the synthetic town: what is shipped, and what an import makes of them.

use crate::support::{create, data, run, today};
use livelihood_map::base::{Generation, Progress};
use livelihood_map::jobs::{
    Event, FileChoice, GenerateRequest, ImportReport, ImportRequest, Request, Town,
};
use livelihood_map::model::ProblemKind;
use livelihood_map::town::{TownSpec, Truth, build_town};
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn generated(folder: &Path, households: usize, seed: u64) -> Vec<PathBuf> {
    let request = GenerateRequest {
        folder: folder.to_owned(),
        households,
        seed,
    };
    match run(Request::Generate(request)) {
        Event::Generated(generated) => generated.files,
        other => panic!("{other:?}"),
    }
}

/// Imports files of which nothing is said, as somebody drops them on the window.
fn imported(folder: &Path, name: &str, files: &[PathBuf]) -> (ImportReport, Arc<Town>) {
    let request = ImportRequest {
        workspace: Some(create(&folder.join(name)).workspace),
        today: today(),
        as_of: today(),
        reload: Some(Generation::default().next().next()),
        ..ImportRequest::of(files.iter().cloned().map(FileChoice::of).collect())
    };
    match run(Request::Import(request)) {
        Event::Imported(imported) => (imported.report, imported.town.unwrap()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_shipped_is_what_the_program_makes() {
    let folder = tempfile::tempdir().unwrap();
    let sample = data("../../sample-data/demo");
    let made = generated(folder.path(), 12_000, 20_261_121);
    let mut shipped = BTreeSet::new();
    for path in &made {
        let name = path.file_name().unwrap();
        // The list of members is larger than all the rest; whoever wants it makes it.
        if name == "members.csv" {
            continue;
        }
        assert!(
            fs::read(path).unwrap() == fs::read(sample.join(name)).unwrap(),
            "{name:?}"
        );
        shipped.insert(name.to_owned());
    }
    let there = fs::read_dir(&sample).unwrap();
    let there = there.map(|entry| entry.unwrap().file_name());
    let there: BTreeSet<_> = there.filter(|name| name != "members.csv").collect();
    assert_eq!(there, shipped);
}

#[test]
fn dropped_together_the_tables_are_understood_and_say_what_the_ledger_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = generated(folder.path(), 2_500, 9);
    files.retain(|path| path.extension().is_none_or(|it| it != "pmtiles"));
    let (with_tables, town) = imported(folder.path(), "全.lmap", &files);
    let (ledger_alone, plain) = imported(folder.path(), "台账.lmap", &files[..2]);

    let kinds: BTreeSet<&str> = with_tables
        .files
        .iter()
        .map(|file| file.kind.code())
        .collect();
    let expected = [
        "areas",
        "households",
        "members",
        "needs",
        "receipts",
        "resources",
        "visits",
    ];
    assert_eq!(kinds, BTreeSet::from(expected));
    for file in &with_tables.files {
        assert!(
            file.ignored.is_empty(),
            "{} {:?}",
            file.source,
            file.ignored
        );
        let is_whole = file.source == "households.csv" || file.read == file.stored;
        assert!(is_whole && file.stored > 0, "{}", file.source);
    }
    // The ledger's own flaws are all that is wrong: heads with one number stand in both lists, and
    // "三" is a number of members that nothing but the members contradicts.
    let ledger = fs::read_to_string(&files[1]).unwrap();
    let mut ledger = csv::Reader::from_reader(ledger.as_bytes());
    let ledger: Vec<_> = ledger.records().map(|row| row.unwrap()).collect();
    for problem in &with_tables.problems {
        let kind = problem.kind;
        let is_of_the_ledger = ledger_alone.problems.contains(problem);
        let is_spoilt = kind == ProblemKind::CountsContradict
            && ledger[problem.row as usize - 2].get(8) == Some("三");
        let is_twice = kind == ProblemKind::SameIdNumber
            && ledger_alone.problems.iter().any(|it| it.kind == kind);
        assert!(is_of_the_ledger || is_spoilt || is_twice, "{problem:?}");
    }

    let (dated, plain) = (&town.snapshot.households, &plain.snapshot.households);
    assert!(town.is_dated && dated.len() == plain.len());
    let mut visits_mended = 0;
    for row in 0..dated.len() {
        let id = dated.id.get(row as u32);
        assert_eq!(id, plain.id.get(row as u32));
        assert_eq!(dated.programmes[row], plain.programmes[row], "{id}");
        assert_eq!(dated.needs[row], plain.needs[row], "{id}");
        // Where the ledger's day is none, the visits know it.
        let is_same = dated.last_visit[row] == plain.last_visit[row];
        visits_mended += usize::from(!is_same);
        assert!(is_same || plain.last_visit(row as u32).is_none(), "{id}");
    }
    assert!(visits_mended <= ledger_alone.problems.len());
}

/// Holds what the rules say of a town against what is planted in it; gives how many gaps of each
/// programme and how many silent households there are.
fn recovered(households: usize, seed: u64) -> ([usize; 3], usize) {
    let folder = tempfile::tempdir().unwrap();
    let mut files = generated(folder.path(), households, seed);
    files.retain(|path| path.extension().is_none_or(|it| it != "pmtiles"));
    let (_, town) = imported(folder.path(), "埋.lmap", &files);
    let spec = TownSpec { households, seed };
    let truth = build_town(&spec, &Progress::new()).unwrap();
    let truth: HashMap<String, Truth> = truth
        .records(&Progress::new())
        .unwrap()
        .map(|it| (it.household_id, it.truth))
        .collect();
    let households = &town.snapshot.households;
    let entitlement = &households.entitlement;
    let planted = ["dibao", "gaoling", "canji_huli"];
    let programmes = planted.map(|code| town.snapshot.catalogue.programme(code).unwrap());
    let all = programmes.iter().fold(0, |all, place| all | 1_u64 << place);
    let (mut gaps, mut silent) = ([0; 3], 0);
    for row in 0..households.len() {
        let id = households.id.get(row as u32);
        let Some(truth) = truth.get(id) else { continue };
        for ((count, code), place) in gaps.iter_mut().zip(planted).zip(programmes) {
            let is_gap = entitlement.gap[row] >> place & 1 == 1;
            assert_eq!(is_gap, truth.gaps.contains(&code), "{seed} {id} {code}");
            *count += usize::from(is_gap);
        }
        // Gaps of other programmes make more households silent, never fewer; a household with
        // none at all is never silent, nor is one that asked.
        assert!(entitlement.silent[row] || !truth.is_silent, "{seed} {id}");
        let has_gap = entitlement.gap[row] & all != 0;
        assert_eq!(has_gap, !truth.gaps.is_empty(), "{seed} {id}");
        assert!(
            entitlement.gap[row] != 0 || !entitlement.silent[row],
            "{seed} {id}"
        );
        silent += usize::from(truth.is_silent);
    }
    (gaps, silent)
}

#[test]
fn the_rules_find_exactly_the_gaps_that_are_planted() {
    let (gaps, silent) = recovered(2_500, 9);
    assert!(
        gaps.iter().all(|count| *count > 5) && silent > 5,
        "{gaps:?} {silent}"
    );
    // No size and no seed is luckier than another.
    let mut found = 0;
    for (households, seed) in [
        (1, 1),
        (60, 2),
        (300, 5),
        (300, 7),
        (500, 3),
        (800, 20_261_121),
        (1_200, 0),
        (1_500, u64::MAX),
    ] {
        let (gaps, _) = recovered(households, seed);
        found += gaps.iter().sum::<usize>();
    }
    assert!(found > 50, "{found}");
}
