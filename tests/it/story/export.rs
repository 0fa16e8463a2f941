//! What leaves the program: lists and pictures.

use crate::desk::Desk;
use livelihood_map::jobs::Lane;
use livelihood_map::layer::ListField;
use livelihood_map::query::SortKey;
use livelihood_map::session::{Command, Dialog, ExportChoice, NoticeKind};
use livelihood_map::words::Lang;
use std::fs;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

/// A desk whose list holds the care needs of one community, by id.
fn desk(lang: Lang) -> (Desk, tempfile::TempDir) {
    let (mut desk, folder) = Desk::with_town(lang);
    desk.types("需求:照料 社区:南苑社区");
    desk.does(Command::SortBy(SortKey::Id));
    let count = desk.count();
    assert!((2..20).contains(&count), "{count}");
    (desk, folder)
}

fn exports(desk: &mut Desk, path: &Path, fields: &[ListField], unmasked: bool) {
    desk.does(Command::Show(Dialog::Export));
    desk.does(Command::Export(ExportChoice {
        path: path.to_owned(),
        fields: fields.to_vec(),
        unmasked,
    }));
}

const FIELDS: [ListField; 5] = [
    ListField::HouseholdId,
    ListField::HeadName,
    ListField::IdNumber,
    ListField::MonthlyIncome,
    ListField::Needs,
];

#[test]
fn a_csv_opens_in_excel_and_hides_what_it_should() {
    let (mut desk, folder) = desk(Lang::Zh);
    let path = folder.path().join("名单.csv");
    exports(&mut desk, &path, &FIELDS, false);
    assert_eq!(
        (desk.last_notice().0, desk.session.exporting),
        (NoticeKind::Done, false)
    );
    assert_eq!(desk.session.dialog, None);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with('\u{FEFF}') && text.ends_with("\r\n"));
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let heading: Vec<String> = FIELDS.iter().map(|field| field.heading(Lang::Zh)).collect();
    assert_eq!(reader.headers().unwrap(), heading);
    let rows: Vec<_> = reader.records().map(|row| row.unwrap()).collect();
    assert_eq!(rows.len(), desk.count());
    assert_eq!(
        &rows[0],
        [
            "SF0000002",
            "龚**",
            "0000**********6426",
            "6850",
            "生活物资、照料"
        ]
        .as_slice()
    );

    exports(&mut desk, &path, &FIELDS, true);
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        text.contains("SF0000002,龚雪娥,000000196909136426,6850"),
        "{text}"
    );
}

#[test]
fn what_was_exported_is_read_back_as_the_same_households() {
    for lang in Lang::ALL {
        let (mut desk, folder) = desk(lang);
        let path = folder.path().join("再读.csv");
        exports(&mut desk, &path, &ListField::ALL, true);
        let before = ListField::ALL.map(|field| desk.column(field, 99));
        desk.imports(&[], &[path]);
        let report = desk
            .session
            .document
            .as_ref()
            .unwrap()
            .last_import
            .clone()
            .unwrap();
        assert_eq!((report.stored as usize, report.rejected), (desk.count(), 0));
        assert_eq!(ListField::ALL.map(|field| desk.column(field, 99)), before);
    }
}

/// A part of a workbook.
fn part(path: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn a_workbook_keeps_ids_as_text_and_says_what_it_is() {
    let (mut desk, folder) = desk(Lang::En);
    let path = folder.path().join("list.xlsx");
    exports(&mut desk, &path, &FIELDS, true);
    let sheet = part(&path, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<t>SF0000002</t>") && sheet.contains("<t>000000196909136426</t>"));
    assert!(sheet.contains("<v>6850</v>") && sheet.contains(r#"state="frozen""#));
    assert_eq!(sheet.matches("<row ").count(), desk.count() + 1);
    let about = part(&path, "xl/sharedStrings.xml");
    for words in ["need:care", "2026-11-21", "3,010", "示范街道"] {
        assert!(about.contains(words), "{words} in {about}");
    }
}

#[test]
fn geojson_has_a_point_a_household_and_none_without_a_place() {
    let (mut desk, folder) = desk(Lang::En);
    desk.types("located:no or id:SF0000002");
    let path = folder.path().join("list.geojson");
    exports(&mut desk, &path, &FIELDS, false);
    let read: geojson::FeatureCollection = fs::read_to_string(&path).unwrap().parse().unwrap();
    assert_eq!(read.features.len(), 21);
    let placed: Vec<_> = read
        .features
        .iter()
        .filter(|feature| feature.geometry.is_some())
        .collect();
    assert_eq!(placed.len(), 1);
    let point = geojson::Geometry::new_point([121.236_52, 30.154_24]);
    assert_eq!(placed[0].geometry, Some(point));
    assert_eq!(placed[0].property("head_name").unwrap(), "龚**");
    assert_eq!(placed[0].property("monthly_income").unwrap(), 6_850);
}

#[test]
fn formulas_in_a_ledger_stay_words() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::new(Lang::En);
    desk.does(Command::Create(folder.path().join("a.lmap")));
    let ledger = folder.path().join("a.csv");
    fs::write(
        &ledger,
        "household_id,address,notes\n1,=1+1,@SUM(A1)\n2,-2,+86\n",
    )
    .unwrap();
    desk.imports(&[], &[ledger]);
    let path = folder.path().join("out.csv");
    exports(
        &mut desk,
        &path,
        &[ListField::HouseholdId, ListField::Address, ListField::Notes],
        true,
    );
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        text.contains("1,'=1+1,'@SUM(A1)") && text.contains("2,'-2,'+86"),
        "{text}"
    );
    let book = folder.path().join("out.xlsx");
    exports(
        &mut desk,
        &book,
        &[ListField::HouseholdId, ListField::Address],
        true,
    );
    let sheet = part(&book, "xl/worksheets/sheet1.xml");
    assert!(
        sheet.contains("<t>=1+1</t>") && !sheet.contains("<f>"),
        "{sheet}"
    );
}

#[test]
fn a_picture_has_the_size_of_the_screen_or_a_multiple() {
    let (mut desk, folder) = desk(Lang::Zh);
    let path = folder.path().join("地图.png");
    desk.does(Command::ExportPicture {
        path: path.clone(),
        scale: 1,
    });
    assert!(!path.exists(), "there is no map to draw yet");
    desk.looks_at_all(320, 240);
    let mut colours = Vec::new();
    for (scale, width, height) in [(1, 320, 240), (2, 640, 480), (9, 960, 720)] {
        desk.does(Command::ExportPicture {
            path: path.clone(),
            scale,
        });
        assert_eq!(desk.last_notice().0, NoticeKind::Done);
        let decoder = png::Decoder::new(BufReader::new(File::open(&path).unwrap()));
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width, info.height), (width, height));
        let (pixels, _) = pixels.as_chunks::<4>();
        colours = pixels.to_vec();
    }
    colours.sort_unstable();
    colours.dedup();
    assert!(colours.len() > 50, "{} colours", colours.len());
}

#[test]
fn what_cannot_be_written_is_told_and_leaves_nothing() {
    let (mut desk, folder) = desk(Lang::En);
    let names = |folder: &Path| -> Vec<PathBuf> {
        fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect()
    };
    let before = names(folder.path());
    exports(
        &mut desk,
        &folder.path().join("gone/list.csv"),
        &FIELDS,
        false,
    );
    let (kind, text) = desk.last_notice();
    assert_eq!(kind, NoticeKind::Error);
    assert!(text.contains("does not exist"), "{text}");
    exports(&mut desk, &folder.path().join("list.docx"), &FIELDS, false);
    assert_eq!(desk.last_notice().0, NoticeKind::Error);
    assert_eq!(
        (names(folder.path()), desk.session.exporting),
        (before, false)
    );

    // One export at a time.
    let choice = ExportChoice {
        path: folder.path().join("a.csv"),
        fields: FIELDS.to_vec(),
        unmasked: false,
    };
    desk.asked.clear();
    let first = desk.session.apply(Command::Export(choice.clone()));
    let second = desk.session.apply(Command::Export(choice));
    assert_eq!((first.requests.len(), second.requests.len()), (1, 0));
    assert_eq!(first.requests[0].lane(), Lane::Export);
    assert_eq!(desk.last_notice().0, NoticeKind::Warning);
}
