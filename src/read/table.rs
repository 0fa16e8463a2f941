//! The rows of a table of any kind, as a stream of batches: memory does not grow with the file, but
//! for 16 bytes an id, by which repeats are known.
//!
//! One thread splits the file and types the rows (on all cores); the caller's thread takes out
//! repeated ids and hands the batches on in file order.

use super::batch::{Batch, FileFacts, RejectedRow, TableOptions};
use super::choice::FileChoice;
use super::columns::Columns;
use super::csv_chunks::{Chunk, Line};
use super::csv_records::cut;
use super::field::Field;
use super::file;
use super::grid_form;
use super::id_set::{IdSet, fingerprint};
use super::inspection::{ColumnReason, TableInspection};
use super::row_reader::masked;
use super::row_source::{RowSource, open_source};
use super::row_typist::{Row, RowTypist};
use super::typed_chunks::{Typed, type_all};
use crate::base::Progress;
use crate::datum::Datum;
use crate::model::{
    AddressEntry, Catalogue, Household, ListEntry, Need, Person, Problem, ProblemKind, Receipt,
    Resource, TableKind, Visit,
};
use crate::words::Fault;
use std::collections::BTreeSet;
use std::sync::mpsc::sync_channel;

/// Reads a table as its inspection understood it and hands its rows to `sink` batch by batch.
/// Progress counts bytes of the file.
///
/// # Errors
/// A file that is missing, empty, no table, changed since it was inspected, or without a column
/// that its kind cannot do without; what `sink` returns; cancelled work.
pub fn read_table(
    choice: &FileChoice,
    inspection: &TableInspection,
    options: &TableOptions,
    catalogue: &Catalogue,
    progress: &Progress,
    sink: &mut dyn FnMut(Batch) -> Result<(), Fault>,
) -> Result<FileFacts, Fault> {
    let path = &choice.path;
    let source = open_source(path, &inspection.source_choice(choice), progress)?;
    let columns = Columns::of(&inspection.columns);
    if source.header != columns.header {
        return Err(file::about("read.changed_meanwhile", path));
    }
    if !inspection.missing().is_empty() {
        return Err(inspection.nothing_fits(choice));
    }
    let mut typist = RowTypist::new(
        file::name_of(path),
        columns,
        source.delimiter,
        catalogue,
        options.today,
    );
    typist.reading = options.reading;
    typist.accepted = options.accepted;
    typist.grid_form.clone_from(&options.grid_form);
    if options.reading.datum != Datum::Wgs84 {
        typist.datum_code = options.reading.datum.code();
    }
    let problems = file_problems(&typist, inspection);
    if !problems.is_empty() {
        sink(Batch {
            problems,
            ..Batch::of(inspection.kind)
        })?;
    }
    let work = Work {
        choice,
        kind: inspection.kind,
        progress,
    };
    match inspection.kind {
        TableKind::Households => work.rows::<Household>(source, typist, sink),
        TableKind::Members => work.rows::<Person>(source, typist, sink),
        TableKind::Receipts => work.rows::<Receipt>(source, typist, sink),
        TableKind::Needs => work.rows::<Need>(source, typist, sink),
        TableKind::Visits => work.rows::<Visit>(source, typist, sink),
        TableKind::Resources => work.rows::<Resource>(source, typist, sink),
        TableKind::DepartmentList => work.rows::<ListEntry>(source, typist, sink),
        TableKind::Addresses => work.rows::<AddressEntry>(source, typist, sink),
    }
}

/// Reads some rows again as they came: rows of which it came out later that they cannot be stored.
pub fn read_rows(
    choice: &FileChoice,
    inspection: &TableInspection,
    rows: &BTreeSet<u64>,
    progress: &Progress,
) -> Result<Vec<RejectedRow>, Fault> {
    let source_choice = inspection.source_choice(choice);
    let mut source = open_source(&choice.path, &source_choice, &progress.aside())?;
    let mut found = Vec::new();
    while let Some(chunk) = source.next()? {
        progress.tick(0)?;
        let wanted = chunk.lines.iter().filter(|line| rows.contains(&line.row));
        found.extend(wanted.map(|line| given_back(&chunk, *line, source.delimiter)));
    }
    Ok(found)
}

struct Work<'a> {
    choice: &'a FileChoice,
    kind: TableKind,
    progress: &'a Progress,
}

impl Work<'_> {
    fn rows<R: Row>(
        &self,
        mut source: RowSource,
        mut typist: RowTypist,
        sink: &mut dyn FnMut(Batch) -> Result<(), Fault>,
    ) -> Result<FileFacts, Fault> {
        let mut facts = FileFacts {
            form: source.form,
            kind: self.kind,
            encoding: source.encoding,
            delimiter: typist.delimiter,
            header: typist.columns.header.clone(),
            understood: typist.columns.understood(),
            ignored: typist.columns.ignored(),
            stated: typist.stated,
            rows_read: 0,
            stored: 0,
            rejected: 0,
        };
        let first = source.next()?;
        if let (None, Some(chunk)) = (&typist.grid_form, &first) {
            typist.grid_form = grid_form::of(chunk, &typist);
        }
        let mut seen = IdSet::default();
        let (sender, receiver) = sync_channel(2);
        std::thread::scope(|scope| {
            // The sender goes with the thread, so that the receiver sees the end.
            scope.spawn({
                let (typist, path) = (&typist, &self.choice.path);
                move || type_all::<R>(first, source, typist, path, &sender)
            });
            // Leaving early drops the receiver, and the other thread stops at its next chunk.
            for typed in receiver {
                let typed = typed?;
                self.progress.tick(typed.chunk.file_bytes)?;
                let batch = without_repeats::<R>(typed, &typist, &mut seen);
                facts.stored += batch.records.len() as u64;
                facts.rejected += batch.rejected.len() as u64;
                if !batch.is_empty() {
                    sink(batch)?;
                }
            }
            facts.rows_read = facts.stored + facts.rejected;
            Ok(facts)
        })
    }
}

/// What is to be said of the file as a whole: no row can have a position; columns were left out.
fn file_problems(typist: &RowTypist, inspection: &TableInspection) -> Vec<Problem> {
    let about = |kind, column: String| Problem {
        source: typist.source.clone(),
        row: 0,
        column,
        kind,
        text: String::new(),
    };
    let mut problems = Vec::new();
    if inspection.kind == TableKind::Households && !typist.has_position {
        problems.push(about(ProblemKind::MissingCoordinate, String::new()));
    }
    for column in &inspection.columns {
        if column.field.is_none() && column.reason == ColumnReason::Sensitive {
            problems.push(about(ProblemKind::DroppedColumn, column.header.clone()));
        }
    }
    problems
}

/// Parts the rows into records and rejected ones; a key that was seen before rejects its row.
fn without_repeats<R: Row>(typed: Typed<R>, typist: &RowTypist, seen: &mut IdSet) -> Batch {
    let room = typed.chunk.lines.len();
    let mut records = Vec::with_capacity(room);
    let mut rows = Vec::with_capacity(room);
    let mut stated = Vec::new();
    let mut problems = Vec::new();
    let mut rejected = Vec::new();
    for row in typed.rows.into_iter().flatten() {
        let line = row.line;
        let Some(record) = row.record else {
            problems.extend(row.problems);
            rejected.push(given_back(&typed.chunk, line, typist.delimiter));
            continue;
        };
        let is_new = row.print.is_none_or(|print| seen.insert(print));
        if is_new {
            problems.extend(row.problems);
            records.push(record);
            rows.push(line.row);
            stated.push(row.stated);
            continue;
        }
        // What else is wrong with the row matters only once it is a row.
        let (key, field) = record.key().unwrap_or(("", Field::HouseholdId));
        let field = typist.stand_in(field);
        let text = match field {
            // Only what offers help is known by its name, and that is no person.
            Field::Name => key.to_owned(),
            _ => masked(field, key),
        };
        problems.push(Problem {
            source: typist.source.clone(),
            row: line.row,
            column: typist.columns.name(field),
            kind: ProblemKind::DuplicateId,
            text,
        });
        rejected.push(given_back(&typed.chunk, line, typist.delimiter));
    }
    Batch {
        records: R::records(records),
        rows,
        stated,
        problems,
        rejected,
    }
}

/// The fingerprint of a record's key.
pub(super) fn print_of<R: Row>(record: &R) -> Option<u128> {
    record.key().map(|(key, _)| fingerprint(key))
}

/// The cells of a rejected row as they came.
fn given_back(chunk: &Chunk, line: Line, delimiter: u8) -> RejectedRow {
    let bytes = chunk.text.get(line.start..line.end).unwrap_or_default();
    let text = String::from_utf8_lossy(bytes);
    let record = if line.form.is_readable() {
        let mut cells = Vec::new();
        cut(&text, delimiter, line.quoted, &mut cells);
        cells
            .into_iter()
            .map(std::borrow::Cow::into_owned)
            .collect()
    } else {
        vec![text.into_owned()]
    };
    RejectedRow {
        row: line.row,
        record,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Date, HouseholdField, LonLat};
    use crate::read::trial::{self, households, options, problems};
    use crate::read::{Encoding, catalogue, inspect_table};

    fn read(bytes: &[u8]) -> Result<(FileFacts, Batch), Fault> {
        trial::read(bytes, TableKind::Households, &options())
    }

    fn ids(batch: &Batch) -> Vec<&str> {
        households(batch).iter().map(|one| &*one.id).collect()
    }

    const LEDGER: &str = r#"户编号,户主姓名,身份证号,电话,地址,经度,纬度,网格编码,人口数,老年人数,儿童数,残疾人数,独居,月收入(元),享受项目,需求,最近走访日期,标签,备注
0001,张三,34052419800101001X,13812345678,"河东路1号, 2幢",121.266561,30.170261,330282001001,3,1,1,0,否,"1,200.5",低保；医疗救助,护理、打麻将,2026/10/1,党员;独生,"他说""好""
第二行"
0002,,,,,,,,,,,,,,无,,,,
"#;

    #[test]
    fn a_ledger_is_read_in_every_encoding_and_with_every_line_end() {
        let (gbk, _, _) = encoding_rs::GBK.encode(LEDGER);
        let crlf = LEDGER.replace('\n', "\r\n");
        let marked = format!("\u{FEFF}{LEDGER}");
        let (_, first) = read(LEDGER.as_bytes()).unwrap();
        for (bytes, encoding) in [
            (LEDGER.as_bytes(), Encoding::Utf8),
            (&gbk, Encoding::Gb18030),
            (crlf.as_bytes(), Encoding::Utf8),
            (marked.as_bytes(), Encoding::Utf8),
        ] {
            let (facts, batch) = read(bytes).unwrap();
            assert_eq!(facts.encoding, encoding);
            assert_eq!(facts.understood.len(), 19);
            assert_eq!((facts.rows_read, facts.stored, facts.rejected), (2, 2, 0));
            let mut got = households(&batch).to_vec();
            got[0].notes = got[0].notes.replace('\r', "");
            assert_eq!(got, households(&first));
            assert_eq!(
                problems(&batch),
                ["2 unknown_need 需求 打麻将", "3 missing_coordinate 经度"]
            );
        }
        let household = &households(&first)[0];
        assert_eq!(household.id, "0001");
        assert_eq!(household.address, "河东路1号, 2幢");
        assert_eq!(household.position, LonLat::new(121.266_561, 30.170_261));
        assert_eq!(household.monthly_income, Some(1200.5));
        assert_eq!(household.living_alone, Some(false));
        assert_eq!(household.programmes.as_str(), "dibao;yiliao");
        assert_eq!(household.needs.as_str(), "care;打麻将");
        assert_eq!(household.last_visit, Date::from_ymd(2026, 10, 1));
        assert_eq!(household.notes, "他说\"好\"\n第二行");
        let empty = Household {
            id: "0002".into(),
            ..Household::default()
        };
        assert_eq!(households(&first)[1], empty);
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_does_and_come_back_when_rejected() {
        let (facts, batch) = read(
            b"id,lon,lat,notes\n\n1,1,2,\"a\nb\"\n  \n,1,2,x\n1,3,4,y\n2,1,2\n3,1,2,z,\n4,1,2,z,w\n",
        )
        .unwrap();
        assert_eq!(
            problems(&batch),
            [
                "5 missing_id id",
                "6 duplicate_id id 1",
                "7 field_count  3 / 4",
                "9 field_count  5 / 4",
            ]
        );
        assert_eq!(ids(&batch), ["1", "2", "3", "4"]);
        assert_eq!((facts.rows_read, facts.stored, facts.rejected), (6, 4, 2));
        assert_eq!(batch.rejected[0].row, 5);
        assert_eq!(batch.rejected[1].record, ["1", "3", "4", "y"]);
    }

    #[test]
    fn an_unclosed_quotation_mark_loses_no_row_behind_it() {
        let rows = "id,name,lon,lat\n1,\"a,1,2\n2,b,1,2\n3,c,1,2\n";
        let (facts, batch) = read(rows.as_bytes()).unwrap();
        assert_eq!(ids(&batch), ["2", "3"]);
        assert_eq!(problems(&batch), ["2 unclosed_quote", "2 unreadable_row"]);
        assert_eq!(batch.rejected[0].record, ["1,\"a,1,2"]);
        assert_eq!(facts.rows_read, 3);
        // A later mark closes it; the row then has garbage behind the mark.
        let rows = "id,name,lon,lat\n1,\"a,1,2\n2,b,1,2\n3,\"c\",1,2\n";
        let (_, batch) = read(rows.as_bytes()).unwrap();
        assert_eq!(ids(&batch), ["2", "3"]);
        // Cut off in its last cell: the row is kept.
        let rows = "id,lon,lat,notes\n1,1,2,\"gone\nhome";
        let (_, batch) = read(rows.as_bytes()).unwrap();
        assert_eq!(problems(&batch), ["2 unclosed_quote"]);
        assert_eq!(households(&batch)[0].notes, "gone\nhome");
        // Far behind, in a file larger than what is taken at a time.
        let mut rows = String::from("id,name,lon,lat\n0,\"a,1,2\n");
        for id in 1..200_000 {
            rows.extend([&id.to_string(), ",b,1,2\n"]);
        }
        let (facts, batch) = read(rows.as_bytes()).unwrap();
        assert_eq!((facts.stored, facts.rejected), (199_999, 1));
        assert_eq!(ids(&batch).last(), Some(&"199999"));
    }

    #[test]
    fn an_endless_line_is_one_unreadable_row() {
        let mut text = String::from("id,lon,lat\n1,1,2\n");
        text += &"x".repeat(5 << 20);
        text += "\n2,1,2\n";
        let (_, batch) = read(text.as_bytes()).unwrap();
        assert_eq!(ids(&batch), ["1", "2"]);
        assert_eq!(problems(&batch), ["3 unreadable_row"]);
    }

    #[test]
    fn damaged_bytes_are_a_problem_of_their_row() {
        let mut bytes = "户编号,地址,经度,纬度\n1,河东路一号,1,2\n2,河"
            .as_bytes()
            .to_vec();
        bytes.extend(b"\xFF,1,2\n3,");
        bytes.extend("西路,1,2\n".as_bytes());
        let (facts, batch) = read(&bytes).unwrap();
        assert_eq!(facts.encoding, Encoding::Utf8);
        assert_eq!(ids(&batch), ["1", "2", "3"]);
        assert_eq!(problems(&batch), ["3 bad_encoding 地址 河\u{FFFD}"]);
    }

    #[test]
    fn files_that_are_no_ledger_are_refused_in_words() {
        let key = |bytes: &[u8]| read(bytes).err().map(|fault| fault.message.key());
        assert_eq!(key(b"\xEF\xBB\xBF"), Some("read.empty_file"));
        assert_eq!(key(b"\n \n"), Some("read.empty_file"));
        assert_eq!(key(b"name,lon,lat\nx,1,2\n"), Some("read.no_id_column"));
        assert_eq!(key(&b"x".repeat(3 << 20)), Some("read.no_table"));
        let (facts, batch) = read(b"id,lon,lat").unwrap();
        assert_eq!(facts.rows_read, 0);
        assert!(batch.is_empty());
    }

    #[test]
    fn a_sink_that_fails_and_a_cancelled_reading_stop() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "id,lon,lat\n1,1,2\n".repeat(400_000)).unwrap();
        let choice = FileChoice::of(path);
        let found = inspect_table(&choice, catalogue(), &[], &Progress::new()).unwrap();
        let read = |progress: &Progress, sink: &mut dyn FnMut(Batch) -> Result<(), Fault>| {
            read_table(&choice, &found, &options(), catalogue(), progress, sink)
        };
        let progress = Progress::new();
        let mut batches = 0;
        let result = read(&progress, &mut |_| {
            batches += 1;
            progress.cancel();
            Ok(())
        });
        assert!(result.is_err_and(|fault| fault.is_cancelled()));
        assert_eq!(batches, 1);
        let result = read(&Progress::new(), &mut |_| {
            Err(file::about("read.no_table", &choice.path))
        });
        assert_eq!(
            result.err().map(|fault| fault.message.key()),
            Some("read.no_table")
        );
        // Somebody put another file in its place.
        std::fs::write(&choice.path, "id,lon,lat,more\n1,1,2,3\n").unwrap();
        let result = read(&Progress::new(), &mut |_| Ok(()));
        assert_eq!(
            result.err().map(|fault| fault.message.key()),
            Some("read.changed_meanwhile")
        );
    }

    #[test]
    fn an_id_number_stands_in_where_nothing_numbers_the_households() {
        let (facts, batch) = read(
            "序号,户主姓名,身份证号,享受项目\n1,示范甲,000000198001010013,低保\n2,示范乙,'000000198001010013,\n3,示范丙,,\n,合计,,\n"
                .as_bytes(),
        )
        .unwrap();
        assert_eq!(
            problems(&batch),
            [
                "0 missing_coordinate",
                "3 duplicate_id 身份证号 0000**********0013",
                "4 missing_id 身份证号",
                "5 missing_id 身份证号",
            ]
        );
        assert_eq!(ids(&batch), ["000000198001010013"]);
        // It does not say that the household's number is its ID number.
        let stated: Vec<_> = facts.stated.iter().map(HouseholdField::code).collect();
        assert_eq!(stated, ["head_name", "id_number", "programmes"]);
        assert_eq!(batch.stated, [facts.stated]);
    }

    #[test]
    fn sensitive_columns_are_left_out_and_listed_and_errors_of_formulas_state_nothing() {
        let (facts, batch) = read(
            "户编号,户主姓名,政治面貌,HIV,享受项目,需求,血型\n1,#N/A,群众,否,#REF!,,A\n合 计,2,,,,,\n".as_bytes(),
        )
        .unwrap();
        assert_eq!(
            problems(&batch),
            [
                "0 missing_coordinate",
                "0 dropped_column 政治面貌",
                "0 dropped_column HIV",
                "2 formula_error 户主姓名 #N/A",
                "2 formula_error 享受项目 #REF!",
                "3 missing_id 户编号",
            ]
        );
        assert_eq!(facts.ignored, ["政治面貌", "HIV", "血型"]);
        let stated: Vec<_> = batch.stated[0].iter().map(HouseholdField::code).collect();
        assert_eq!(stated, ["household_id", "needs"]);
        assert_eq!(batch.rejected[0].record[0], "合 计");
    }
}
