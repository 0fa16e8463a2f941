//! What holds for any town: what is written is read, what is stored is loaded.

mod catalogue;
mod datums;

use crate::support::{file, opened, run, today};
use geo_types::{LineString, MultiPolygon, Polygon};
use livelihood_map::base::{Generation, Progress};
use livelihood_map::jobs::{OpenRequest, Request};
use livelihood_map::model::{
    Area, AreaLevel, CodeList, Date, FieldSet, Household, LonLat, PositionSource, Problem,
    ProblemKind, Severity, TableKind, Term,
};
use livelihood_map::read::{self, Field, FileChoice, FileRole, Records, TableOptions};
use livelihood_map::store::{ImportKind, Stamp, Workspace};
use livelihood_map::town::HOUSEHOLD_HEADER;
use livelihood_map::write;
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A text as a cell holds it: anything that GBK can say, without space around it.
fn text() -> impl Strategy<Value = String> {
    "[一-龥Ａ-Ｚa-zA-Z0-9 ,;\t\"'=+@%。\n-]{0,12}".prop_map(|text| text.trim().to_owned())
}

/// A number that is a name: never empty, no apostrophe before it, as spreadsheets put there.
fn code() -> impl Strategy<Value = String> {
    "[0-9A-Z号][0-9A-Za-z号 ,\"'-]{0,8}".prop_map(|code| code.trim().to_owned())
}

fn terms(known: &'static [Term]) -> impl Strategy<Value = CodeList> {
    let known = select(
        known
            .iter()
            .map(|term| term.code.clone())
            .collect::<Vec<_>>(),
    );
    let term = prop_oneof![3 => known, 1 => "自编[甲乙丙丁]"];
    vec(term, 0..4).prop_map(|terms| CodeList::split(&terms.join(";")))
}

fn position() -> impl Strategy<Value = LonLat> {
    let anywhere = (-180.0..=180.0, -90.0..=90.0);
    let town = (120.9..121.6, 29.9..30.6);
    prop_oneof![anywhere, town].prop_map(|(lon, lat)| LonLat { lon, lat })
}

fn count() -> impl Strategy<Value = Option<u16>> {
    option::of(prop_oneof![0..9_u16, any::<u16>()])
}

prop_compose! {
    fn household()(
        id in code(),
        texts in [text(), text(), text(), text(), text()],
        declared in option::of(code()),
        position in option::of(position()),
        counts in [count(), count(), count(), count()],
        alone in option::of(any::<bool>()),
        income_fen in option::of(0..5_000_000_u32),
        programmes in terms(&read::catalogue().programmes),
        needs in terms(&read::catalogue().needs),
        visited_days_ago in option::of(0..40_000_i32),
        tags in vec("[一-龥a-z]{1,4}", 0..3),
    ) -> Household {
        let [head_name, address, notes, phone, id_number] = texts;
        let [members, elderly, children, disabled] = counts;
        // Spreadsheets put an apostrophe before numbers that are text; the reader takes it off.
        let plain = |text: String| {
            let mark = |char: char| char == '\'' || char.is_whitespace();
            text.trim_start_matches(mark).to_owned()
        };
        Household {
            id,
            head_name,
            id_number: plain(id_number),
            phone: plain(phone),
            address,
            position,
            position_text: String::new(),
            position_datum: String::new(),
            position_source: PositionSource::File,
            declared_area: declared.unwrap_or_default(),
            members,
            elderly,
            children,
            disabled,
            living_alone: alone,
            monthly_income: income_fen.map(|fen| f64::from(fen) / 100.0),
            programmes,
            needs,
            last_visit: visited_days_ago.map(|days| today().plus_days(-days)),
            tags: CodeList::split(&tags.join(";")),
            notes,
        }
    }
}

/// Households of different ids.
fn households(most: usize) -> impl Strategy<Value = Vec<Household>> {
    vec(household(), 0..most).prop_map(|mut households| {
        let mut seen = BTreeSet::new();
        households.retain(|household| seen.insert(household.id.clone()));
        households
    })
}

/// The cells of a ledger, under the headers of the office.
fn cells(household: &Household) -> Vec<String> {
    let number = |count: Option<u16>| count.map_or(String::new(), |count| count.to_string());
    let degrees = |of: fn(&LonLat) -> f64| {
        let position = household.position.as_ref();
        position.map_or(String::new(), |at| of(at).to_string())
    };
    let or_empty = |text: Option<String>| text.unwrap_or_default();
    let yes_no = |yes: bool| if yes { "是" } else { "否" }.to_owned();
    vec![
        household.id.clone(),
        household.head_name.clone(),
        household.id_number.clone(),
        household.phone.clone(),
        household.address.clone(),
        degrees(|at| at.lon),
        degrees(|at| at.lat),
        household.declared_area.clone(),
        number(household.members),
        number(household.elderly),
        number(household.children),
        number(household.disabled),
        or_empty(household.living_alone.map(yes_no)),
        or_empty(household.monthly_income.map(|yuan| yuan.to_string())),
        household.programmes.to_string(),
        household.needs.to_string(),
        or_empty(household.last_visit.map(|day: Date| day.to_string())),
        household.tags.to_string(),
        household.notes.clone(),
    ]
}

fn read_back(path: &Path) -> (Vec<Household>, Vec<Problem>) {
    let role = FileRole::Table(TableKind::Households);
    let choice = FileChoice::holding(path.to_owned(), role);
    let (catalogue, progress) = (read::catalogue(), Progress::new());
    let found = read::inspect_table(&choice, catalogue, &[], &progress).unwrap();
    let (mut households, mut problems) = (Vec::new(), Vec::new());
    let mut sink = |batch: read::Batch| {
        if let Records::Households(some) = batch.records {
            households.extend(some);
        }
        problems.extend(batch.problems);
        Ok(())
    };
    let options = TableOptions::on(today());
    read::read_table(&choice, &found, &options, catalogue, &progress, &mut sink).unwrap();
    (households, problems)
}

/// The file in another form: what stands between cells, line ends, encoding.
fn encoded(rows: &[Vec<String>], delimiter: u8, ends: csv::Terminator, encoding: &str) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(ends)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    match encoding {
        "gbk" => encoding_rs::GBK.encode(&text).0.into_owned(),
        "gb18030" => encoding_rs::GB18030.encode(&text).0.into_owned(),
        "utf-8 with mark" => format!("\u{FEFF}{text}").into_bytes(),
        _ => text.into_bytes(),
    }
}

fn ring(points: &[(f64, f64)], turned: bool) -> LineString<f64> {
    let mut points = points.to_vec();
    if turned {
        points.reverse();
    }
    points.push(points[0]);
    LineString::from(points)
}

/// Rectangles, some with a rectangular hole: outer rings counter-clockwise, holes clockwise.
fn boundary() -> impl Strategy<Value = MultiPolygon<f64>> {
    let part = (position(), 0.001..0.4_f64, any::<bool>()).prop_map(|(at, side, hole)| {
        let (lon, lat) = (at.lon.clamp(-179.0, 179.0), at.lat.clamp(-89.0, 89.0));
        let square = |half: f64| {
            [
                (lon - half, lat - half),
                (lon + half, lat - half),
                (lon + half, lat + half),
                (lon - half, lat + half),
            ]
        };
        let holes = hole.then(|| ring(&square(side / 3.0), true));
        Polygon::new(ring(&square(side), false), holes.into_iter().collect())
    });
    vec(part, 1..4).prop_map(MultiPolygon)
}

/// Areas of different codes; each but the counties may name another one, or one that is not there.
fn areas() -> impl Strategy<Value = Vec<Area>> {
    let one = (
        "[一-龥a-z ]{0,6}",
        0..4_usize,
        option::of(any::<Index>()),
        boundary(),
    );
    (btree_set("[0-9]{1,9}|G[0-9]{1,3}", 8), vec(one, 1..8)).prop_map(|(codes, ones)| {
        let codes: Vec<String> = codes.into_iter().collect();
        let area = |(place, (name, level, parent, boundary)): (
            usize,
            (String, usize, Option<Index>, _),
        )| {
            let code = codes[place].clone();
            let level = AreaLevel::ALL[level];
            let parent = parent.map(|parent| parent.get(&codes).clone());
            let parent = parent.filter(|parent| *parent != code && level != AreaLevel::County);
            let name = name.trim().to_owned();
            Area {
                name: if name.is_empty() { code.clone() } else { name },
                level,
                parent: parent.unwrap_or_default(),
                boundary,
                derived: false,
                code,
            }
        };
        ones.into_iter().enumerate().map(area).collect()
    })
}

/// The codes whose bits are set.
fn codes_of(bits: u64, terms: &[Term]) -> BTreeSet<&str> {
    let named = terms.iter().enumerate();
    let set = named.filter(|(place, _)| bits >> place & 1 == 1);
    set.map(|(_, term)| term.code.as_str()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_ledger_reads_as_it_was_written(
        households in households(40),
        delimiter in select(b",;\t".to_vec()),
        crlf in any::<bool>(),
        encoding in select(vec!["utf-8", "utf-8 with mark", "gbk", "gb18030"]),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("台账.csv");
        let mut rows = vec![HOUSEHOLD_HEADER.map(ToOwned::to_owned).to_vec()];
        rows.extend(households.iter().map(cells));
        let ends = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        fs::write(&path, encoded(&rows, delimiter, ends, encoding)).unwrap();
        let (read, problems) = read_back(&path);
        prop_assert_eq!(&read, &households);
        let rejected = problems.iter().filter(|problem| problem.kind.severity() == Severity::Rejected);
        prop_assert_eq!(rejected.count(), 0);

        // Our own writer, and the columns in another order under the names of our own files.
        write::write_town_csv(&path, &HOUSEHOLD_HEADER, rows.iter().skip(1), &Progress::new()).unwrap();
        prop_assert_eq!(&read_back(&path).0, &households);
        let mut turned: Vec<Vec<String>> = rows.iter().skip(1).map(|row| row.iter().rev().cloned().collect()).collect();
        turned.insert(0, Field::of(TableKind::Households).iter().rev().filter(|field| **field != Field::DivisionCode).map(|field| field.code().to_owned()).collect());
        fs::write(&path, encoded(&turned, delimiter, ends, "utf-8")).unwrap();
        prop_assert_eq!(&read_back(&path).0, &households);
    }

    #[test]
    fn areas_read_as_they_were_written(areas in areas()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("区划.geojson");
        write::write_areas_geojson(&path, &areas).unwrap();
        let read = read::read_boundaries(&FileChoice::of(path), &Progress::new()).unwrap();
        prop_assert_eq!(&read.areas, &areas);
        // Codes that no level has are noted with their feature, and change nothing.
        for problem in &read.problems {
            prop_assert!(matches!(problem.kind, ProblemKind::BadAreaCode | ProblemKind::BadGridCode), "{:?}", problem);
            let feature = &areas[problem.row as usize - 1];
            prop_assert_eq!(problem.text.trim_end_matches('…'), feature.code.as_str());
        }
        let own: BTreeSet<&str> = areas.iter().map(|area| area.code.as_str()).collect();
        let missing: BTreeSet<&str> = areas.iter().map(|area| area.parent.as_str()).filter(|parent| !parent.is_empty() && !own.contains(parent)).collect();
        let named: BTreeSet<&str> = read.named_parents.iter().map(|parent| parent.code.as_str()).collect();
        prop_assert_eq!(named, missing);
    }

    #[test]
    fn what_is_stored_is_what_is_in_memory(areas in areas(), households in households(30)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lmap");
        let mut workspace = Workspace::create(&path, false).unwrap();
        let mut import = workspace.begin_import().unwrap();
        import.begin_file(&file("a.csv", ImportKind::Households)).unwrap();
        for area in &areas {
            import.put_area(area).unwrap();
        }
        for household in &households {
            import.put_household(household, FieldSet::ALL, 2).unwrap();
            import.put_household(household, FieldSet::ALL, 1).unwrap();
        }
        import.commit(Stamp { title: "", at_unix_secs: 0 }).unwrap();
        drop(workspace);
        let generation = Generation::default();
        let open = OpenRequest::Existing { path, read_only: false, generation, as_of: today() };
        let town = opened(run(Request::Open(open))).town;
        let snapshot = &town.snapshot;
        let columns = &snapshot.households;
        prop_assert_eq!(columns.len(), households.len());
        let count = |known: Option<u16>| known.map_or(-1, i32::from);
        for (row, household) in (0..).zip(&households) {
            let at = row as usize;
            let texts = [&columns.id, &columns.head_name, &columns.id_number, &columns.phone, &columns.address,
                &columns.declared_area, &columns.notes, &columns.tags].map(|column| column.get(row));
            prop_assert_eq!(texts, [&*household.id, &household.head_name, &household.id_number, &household.phone,
                &household.address, &household.declared_area, &household.notes, household.tags.as_str()]);
            prop_assert_eq!(columns.position(row), household.position);
            prop_assert_eq!(columns.merc(row).is_some(), household.position.is_some_and(|at| at.lat.abs() < 90.0));
            let counts = [columns.members[at], columns.elderly[at], columns.children[at], columns.disabled[at], columns.living_alone[at]];
            prop_assert_eq!(counts, [count(household.members), count(household.elderly), count(household.children),
                count(household.disabled), household.living_alone.map_or(-1, i32::from)]);
            let income = columns.monthly_income[at];
            prop_assert_eq!((!income.is_nan()).then_some(income), household.monthly_income);
            prop_assert_eq!(columns.last_visit(row), household.last_visit);
            prop_assert_eq!(codes_of(columns.programmes[at], &snapshot.catalogue.programmes), household.programmes.iter().collect());
            prop_assert_eq!(codes_of(columns.needs[at], &snapshot.catalogue.needs), household.needs.iter().collect());
        }
        let mut sorted: Vec<&Area> = areas.iter().collect();
        sorted.sort_by_key(|area| (area.level, &area.code));
        let codes: Vec<&str> = sorted.iter().map(|area| area.code.as_str()).collect();
        prop_assert_eq!(&snapshot.areas.code, &codes);
        for (at, area) in sorted.iter().enumerate() {
            let parent = snapshot.areas.parent[at].get().map(|place| &snapshot.areas.code[place]);
            // A parent is there only where it is a larger area that is known.
            let known = sorted.iter().find(|other| other.code == area.parent && other.level < area.level);
            prop_assert_eq!(parent, known.map(|known| &known.code));
            prop_assert_eq!(&snapshot.areas.name[at], &area.name);
        }
        let placed = households.iter().filter(|household| household.position.is_some()).count();
        prop_assert_eq!(snapshot.quality.not_geocoded, households.len() - placed);
        prop_assert_eq!(town.coverage.total.households as usize, households.len());
    }
}
