//! Households from a CSV file, as a stream of batches: memory does not grow with the file, but for
//! 16 bytes an id, by which repeats are known.
//!
//! One thread splits the file and types the rows (on all cores); the caller's thread takes out
//! repeated ids and hands the batches on in file order.

use super::columns::{Columns, Field};
use super::csv_chunks::{Chunk, Line};
use super::csv_records::cut;
use super::encoding::{Encoding, EncodingChoice};
use super::file;
use super::household_row::RowTypist;
use super::id_set::IdSet;
use super::row_source::{SourceChoice, open_source};
use super::typed_chunks::{Typed, type_all};
use crate::base::Progress;
use crate::model::{Catalogue, Date, Household, Problem, ProblemKind};
use crate::words::Fault;
use std::path::Path;
use std::sync::mpsc::sync_channel;

/// How a file is to be read.
#[derive(Debug, Clone, Copy)]
pub struct HouseholdsOptions {
    /// Its encoding, where it is known.
    pub encoding: EncodingChoice,
    /// Dates after this day are doubtful.
    pub today: Date,
}

/// Some rows, in file order.
#[derive(Debug, Default)]
pub struct Batch {
    /// Households to store.
    pub households: Vec<Household>,
    /// What is wrong or doubtful.
    pub problems: Vec<Problem>,
    /// Rows that are not stored.
    pub rejected: Vec<RejectedRow>,
}

impl Batch {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.households.is_empty() && self.problems.is_empty() && self.rejected.is_empty()
    }
}

/// A row that is not stored, so that it can be given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedRow {
    /// Row as a spreadsheet counts it.
    pub row: u64,
    /// Its cells as they came; one cell with the whole line where it cannot be read.
    pub record: Vec<String>,
}

/// What was found about a file.
#[derive(Debug, Clone)]
pub struct FileFacts {
    /// Its encoding.
    pub encoding: Encoding,
    /// What stands between its cells.
    pub delimiter: u8,
    /// Its headers, trimmed.
    pub header: Vec<String>,
    /// Headers with the field that each was taken for.
    pub understood: Vec<(String, Field)>,
    /// Headers that were left out.
    pub ignored: Vec<String>,
    /// Rows behind the header, blank lines aside.
    pub rows_read: u64,
    /// Rows handed on as households.
    pub stored: u64,
    /// Rows that were not.
    pub rejected: u64,
}

/// Reads a file and hands its rows to `sink` batch by batch. Progress counts bytes of the file.
///
/// # Errors
/// A file that is missing, empty, no table of text, or without a column for the household's id;
/// what `sink` returns; cancelled work.
pub fn read_households(
    path: &Path,
    catalogue: &Catalogue,
    options: &HouseholdsOptions,
    progress: &Progress,
    sink: &mut dyn FnMut(Batch) -> Result<(), Fault>,
) -> Result<FileFacts, Fault> {
    let choice = SourceChoice {
        encoding: options.encoding,
        ..SourceChoice::default()
    };
    let chunks = open_source(path, &choice, progress)?;
    let columns = Columns::of(chunks.header.clone());
    let encoding = chunks.encoding;
    if columns.place(Field::HouseholdId).is_none() {
        return Err(no_id_column(path, &columns));
    }
    let typist = RowTypist::new(
        file::name_of(path),
        columns,
        chunks.delimiter,
        catalogue,
        options.today,
    );
    let mut facts = FileFacts {
        encoding,
        delimiter: typist.delimiter,
        header: typist.columns.header.clone(),
        understood: typist.columns.understood(),
        ignored: typist.columns.ignored(),
        rows_read: 0,
        stored: 0,
        rejected: 0,
    };
    if let Some(problem) = typist.file_problem() {
        sink(Batch {
            problems: vec![problem],
            ..Batch::default()
        })?;
    }
    let mut seen = IdSet::default();
    let (sender, receiver) = sync_channel(2);
    std::thread::scope(|scope| {
        // The sender goes with the thread, so that the receiver sees the end.
        scope.spawn({
            let typist = &typist;
            move || type_all(chunks, typist, path, &sender)
        });
        // Leaving early drops the receiver, and the other thread stops at its next chunk.
        for typed in receiver {
            let typed = typed?;
            progress.tick(typed.chunk.file_bytes)?;
            let batch = without_repeats(typed, &typist, &mut seen);
            facts.stored += batch.households.len() as u64;
            facts.rejected += batch.rejected.len() as u64;
            if !batch.is_empty() {
                sink(batch)?;
            }
        }
        facts.rows_read = facts.stored + facts.rejected;
        Ok(facts)
    })
}

/// A header row without an id says how many cells it has, not which: a file without headers begins with a resident.
fn no_id_column(path: &Path, columns: &Columns) -> Fault {
    let mut fault = file::about("read.no_id_column", path);
    fault.message = fault.message.arg("cells", columns.header.len());
    fault
}

/// Parts the rows into households and rejected ones; an id that was seen before rejects its row.
fn without_repeats(typed: Typed, typist: &RowTypist, seen: &mut IdSet) -> Batch {
    let mut batch = Batch {
        households: Vec::with_capacity(typed.chunk.lines.len()),
        ..Batch::default()
    };
    for row in typed.rows.into_iter().flatten() {
        let line = row.line;
        match row.household {
            Some((household, fingerprint)) if seen.insert(fingerprint) => {
                batch.problems.extend(row.problems);
                batch.households.push(household);
            }
            Some((household, _)) => {
                // What else is wrong with the row matters only once it is a row.
                batch.problems.push(Problem {
                    source: typist.source.clone(),
                    row: line.row,
                    column: typist.columns.name(Field::HouseholdId).to_owned(),
                    kind: ProblemKind::DuplicateId,
                    text: household.id,
                });
                batch.rejected.push(given_back(&typed.chunk, line, typist));
            }
            None => {
                batch.problems.extend(row.problems);
                batch.rejected.push(given_back(&typed.chunk, line, typist));
            }
        }
    }
    batch
}

/// The cells of a rejected row as they came.
fn given_back(chunk: &Chunk, line: Line, typist: &RowTypist) -> RejectedRow {
    let bytes = chunk.text.get(line.start..line.end).unwrap_or_default();
    let text = String::from_utf8_lossy(bytes);
    let record = if line.form.is_readable() {
        let mut cells = Vec::new();
        cut(&text, typist.delimiter, line.quoted, &mut cells);
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
    use crate::model::LonLat;
    use crate::read::catalogue::catalogue;

    /// The whole of a file in one batch.
    fn read(bytes: &[u8]) -> Result<(FileFacts, Batch), Fault> {
        read_as(bytes, EncodingChoice::Auto)
    }

    fn read_as(bytes: &[u8], encoding: EncodingChoice) -> Result<(FileFacts, Batch), Fault> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("民情台账.csv");
        std::fs::write(&path, bytes).unwrap();
        let options = HouseholdsOptions {
            encoding,
            today: Date::from_ymd(2026, 11, 21).unwrap(),
        };
        let mut all = Batch::default();
        let progress = Progress::new();
        let facts = read_households(&path, catalogue(), &options, &progress, &mut |batch| {
            all.households.extend(batch.households);
            all.problems.extend(batch.problems);
            all.rejected.extend(batch.rejected);
            Ok(())
        })?;
        assert_eq!(progress.done(), bytes.len() as u64);
        Ok((facts, all))
    }

    /// `row kind column text` of every Problem.
    fn problems(batch: &Batch) -> Vec<String> {
        let line = |problem: &Problem| {
            let Problem {
                row, column, text, ..
            } = problem;
            format!("{row} {} {column} {text}", problem.kind.code())
        };
        batch
            .problems
            .iter()
            .map(|problem| line(problem).trim_end().to_owned())
            .collect()
    }

    fn ids(batch: &Batch) -> Vec<&str> {
        batch.households.iter().map(|one| &*one.id).collect()
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
            let (facts, mut batch) = read(bytes).unwrap();
            assert_eq!(facts.encoding, encoding);
            assert_eq!(facts.understood.len(), 19);
            assert_eq!((facts.rows_read, facts.stored, facts.rejected), (2, 2, 0));
            let notes = &mut batch.households[0].notes;
            *notes = notes.replace('\r', "");
            assert_eq!(batch.households, first.households);
            assert_eq!(
                problems(&batch),
                ["2 unknown_need 需求 打麻将", "3 missing_coordinate 经度"]
            );
        }
        let household = &first.households[0];
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
        assert_eq!(first.households[1], empty);
    }

    #[test]
    fn coordinates_that_cannot_be_used_leave_the_household_unplaced() {
        let (_, batch) = read(
            b"id;lng;lat\n1;30.17;121.26\n2;121.26;\n3;;30.1\n4;abc;30\n5;500000;3300000\n6;121;-91\n7;nan;inf\n8;-122.257;47.5112\n9;;\n",
        )
        .unwrap();
        assert_eq!(
            problems(&batch),
            [
                "2 swapped_coordinates lng 30.17, 121.26",
                "3 missing_coordinate lat 121.26,",
                "4 missing_coordinate lng , 30.1",
                "5 bad_coordinate lng abc",
                "6 coordinate_out_of_range lng 500000, 3300000",
                "7 coordinate_out_of_range lat 121, -91",
                "8 bad_coordinate lng nan",
                "10 missing_coordinate lng",
            ]
        );
        let texts: Vec<_> = batch
            .households
            .iter()
            .map(|one| &*one.position_text)
            .collect();
        assert_eq!(
            texts,
            [
                "30.17, 121.26",
                "121.26, ",
                ", 30.1",
                "abc, 30",
                "500000, 3300000",
                "121, -91",
                "nan, inf",
                "",
                ""
            ]
        );
        assert_eq!(batch.households[7].position, LonLat::new(-122.257, 47.5112));
        let (_, batch) = read(b"id,lng\n1,2\n2,3\n").unwrap();
        assert_eq!(problems(&batch), ["0 missing_coordinate"]);
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
        assert_eq!(batch.households[0].notes, "gone\nhome");
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
    fn doubtful_cells_are_named_and_private_ones_masked() {
        let (_, batch) = read(
            "户编号,身份证号,电话,人口数,独居,月收入（元）,最近走访日期,x坐标,y坐标,网格号
a,340524198001010011,12345678901,三,不详,-5,2026-11-22,1,2,3.30282E+14
b,3.40524E+17,0574-63000000/13812345678,2.0,√,1200元,46296,1,2,
'c,340524800101001,,,,,昨天,1,2,
"
            .as_bytes(),
        )
        .unwrap();
        assert_eq!(
            problems(&batch),
            [
                "2 bad_id_number 身份证号 3405**********0011",
                "2 bad_phone 电话 123****8901",
                "2 lost_digits 网格号 3.30282E+14",
                "2 bad_number 人口数 三",
                "2 bad_yes_no 独居 不详",
                "2 bad_number 月收入（元） -5",
                "2 future_date 最近走访日期 2026-11-22",
                "3 lost_digits 身份证号 ***********",
                "4 legacy_id_number 身份证号 3405*******1001",
                "4 bad_date 最近走访日期 昨天",
            ]
        );
        assert_eq!(batch.households[0].id_number, "340524198001010011");
        assert_eq!(batch.households[1].last_visit, Date::from_ymd(2026, 10, 1));
        assert_eq!(batch.households[2].id, "c");
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
        let options = HouseholdsOptions {
            encoding: EncodingChoice::Auto,
            today: Date::from_days(0),
        };
        let progress = Progress::new();
        let mut batches = 0;
        let result = read_households(&path, catalogue(), &options, &progress, &mut |_| {
            batches += 1;
            progress.cancel();
            Ok(())
        });
        assert!(result.is_err_and(|fault| fault.is_cancelled()));
        assert_eq!(batches, 1);
        let result = read_households(&path, catalogue(), &options, &Progress::new(), &mut |_| {
            Err(file::about("read.no_table", &path))
        });
        assert_eq!(
            result.err().map(|fault| fault.message.key()),
            Some("read.no_table")
        );
    }
}
