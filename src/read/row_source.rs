//! One interface over all forms of tables: the headers, and then the rows in chunks of text.
//!
//! The rows of sheets and of `GeoJSON` are written as CSV text, so that cutting, typing and giving
//! back rejected rows are the same for every form.

use super::csv_chunks::{CHUNK_BYTES, Chunk, CsvChunks};
use super::encoding::{self, Encoding, EncodingChoice, EncodingFinding};
use super::file;
use super::form::form_of;
use super::inspection::{EncodingCandidate, FileForm};
use super::points_geojson::PointRows;
use super::sheet_text::DELIMITER;
use super::text_stream::TextStream;
use super::workbook::SheetChunks;
use crate::base::Progress;
use crate::datum::Datum;
use crate::words::Fault;
use std::path::Path;

/// What somebody says about a table. Whatever is left open is found out.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SourceChoice<'a> {
    pub(super) encoding: EncodingChoice,
    /// The sheet of a workbook.
    pub(super) sheet: Option<&'a str>,
    /// The row of the headers, as a spreadsheet counts it.
    pub(super) header_row: Option<u64>,
    /// Somebody has looked: it is UTF-8 throughout.
    pub(super) is_clean: bool,
}

/// A table that is open behind its headers.
pub(super) struct RowSource {
    pub(super) form: FileForm,
    /// A text that is UTF-8 throughout.
    pub(super) is_clean: bool,
    /// UTF-8 where the form has an encoding of its own.
    pub(super) encoding: Encoding,
    /// The encodings in which the file could be; empty where there is no doubt.
    pub(super) encodings: Vec<EncodingCandidate>,
    /// What stands between the cells of the text in its chunks.
    pub(super) delimiter: u8,
    /// The sheets of a workbook, hidden ones last.
    pub(super) sheets: Vec<String>,
    pub(super) sheet: Option<String>,
    /// The row of the headers, as a spreadsheet counts it; 0 where the form has none.
    pub(super) header_row: u64,
    /// Text of the rows above the headers.
    pub(super) titles: Vec<String>,
    /// The headers, trimmed; empty where a column has none.
    pub(super) header: Vec<String>,
    /// The coordinate system, where the file itself says it.
    pub(super) datum: Option<Datum>,
    rows: Rows,
}

enum Rows {
    Text(CsvChunks),
    Sheet(SheetChunks),
    Points(PointRows),
}

impl RowSource {
    /// The next rows, or `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Chunk>, Fault> {
        match &mut self.rows {
            Rows::Text(chunks) => chunks.next(),
            Rows::Sheet(chunks) => chunks.next(),
            Rows::Points(rows) => rows.next(),
        }
    }
}

/// Opens a table of any form. Progress counts bytes of the file; its total is set here.
pub(super) fn open_source(
    path: &Path,
    choice: &SourceChoice,
    progress: &Progress,
) -> Result<RowSource, Fault> {
    match form_of(path)? {
        form @ (FileForm::Xlsx | FileForm::Xls | FileForm::Ods) => {
            open_sheet(path, form, choice, progress)
        }
        FileForm::GeoJson => open_points(path, choice, progress),
        FileForm::Csv => open_text(path, choice, progress),
        FileForm::Shapefile | FileForm::GeoPackage | FileForm::Kml => {
            Err(file::about("read.not_table", path))
        }
    }
}

fn open_sheet(
    path: &Path,
    form: FileForm,
    choice: &SourceChoice,
    progress: &Progress,
) -> Result<RowSource, Fault> {
    let (chunks, opened) =
        SheetChunks::open(path, form, choice.sheet, choice.header_row, progress)?;
    Ok(RowSource {
        form,
        is_clean: false,
        encoding: Encoding::Utf8,
        encodings: Vec::new(),
        delimiter: DELIMITER,
        sheets: opened.sheets,
        sheet: Some(opened.sheet),
        header_row: opened.header.row,
        titles: opened.header.titles,
        header: opened.header.names,
        datum: None,
        rows: Rows::Sheet(chunks),
    })
}

fn open_points(
    path: &Path,
    choice: &SourceChoice,
    progress: &Progress,
) -> Result<RowSource, Fault> {
    let (rows, opened) = PointRows::open(path, choice.encoding, progress)?;
    Ok(RowSource {
        form: FileForm::GeoJson,
        is_clean: false,
        encoding: opened.finding.encoding,
        encodings: opened.finding.candidates,
        delimiter: DELIMITER,
        sheets: Vec::new(),
        sheet: None,
        header_row: 0,
        titles: Vec::new(),
        header: opened.header,
        datum: opened.datum,
        rows: Rows::Points(rows),
    })
}

fn open_text(path: &Path, choice: &SourceChoice, progress: &Progress) -> Result<RowSource, Fault> {
    let (mut source, file_bytes) = file::open_text(path)?;
    progress.set_total(file_bytes);
    let finding = if choice.is_clean {
        // A file that has changed since is noticed when its rows are typed.
        EncodingFinding::plain(Encoding::Utf8, true)
    } else {
        encoding::find(&mut source, path, choice.encoding, progress)?
    };
    let stream = TextStream::new(source, &finding, CHUNK_BYTES);
    let (chunks, header) = CsvChunks::open(path.to_owned(), stream, choice.header_row)?;
    Ok(RowSource {
        form: FileForm::Csv,
        is_clean: finding.clean,
        encoding: finding.encoding,
        encodings: finding.candidates,
        delimiter: chunks.delimiter,
        sheets: Vec::new(),
        sheet: None,
        header_row: header.row,
        titles: header.titles,
        header: header.names,
        datum: None,
        rows: Rows::Text(chunks),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::csv_chunks::Form;
    use crate::read::csv_records::cut;
    use std::path::PathBuf;

    fn data(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/data")
            .join(name)
    }

    fn open(name: &str, sheet: Option<&str>) -> Result<RowSource, Fault> {
        let choice = SourceChoice {
            sheet,
            ..SourceChoice::default()
        };
        open_source(&data(name), &choice, &Progress::new())
    }

    /// Every row as its number and its cells.
    fn rows(source: &mut RowSource) -> Result<Vec<String>, Fault> {
        let mut out = Vec::new();
        while let Some(chunk) = source.next()? {
            let text = String::from_utf8(chunk.text).unwrap();
            for line in chunk.lines {
                let mut cells = Vec::new();
                if line.form == Form::Endless {
                    out.push(format!("{} unreadable", line.row));
                    continue;
                }
                cut(
                    text.get(line.start..line.end).unwrap(),
                    source.delimiter,
                    line.quoted,
                    &mut cells,
                );
                out.push(format!("{} {}", line.row, cells.join("|")));
            }
        }
        Ok(out)
    }

    fn read(name: &str) -> (RowSource, Vec<String>) {
        let mut source = open(name, None).unwrap();
        let rows = rows(&mut source).unwrap();
        (source, rows)
    }

    #[test]
    fn a_workbook_as_offices_keep_it() {
        let (source, rows) = read("good/titles_and_groups.xlsx");
        assert_eq!(source.form, FileForm::Xlsx);
        assert_eq!(source.sheets, ["填表说明", "民情台账", "存档"]);
        assert_eq!(source.sheet.as_deref(), Some("民情台账"));
        assert_eq!(source.header_row, 5);
        assert_eq!(
            source.titles,
            ["示范街道民情台账", "填报单位：示范社区 日期：2026-10-01"]
        );
        assert_eq!(
            source.header.join("|"),
            "户编号|户主姓名|身份证号|联系电话|人口数|老年人数|月收入（元）|经度|纬度|独居|最近走访日期|备注"
        );
        assert_eq!(
            rows,
            [
                "6 0001|示范甲|000000199001010018|19900000001|3|1|1200.5|121.266561|30.170261|TRUE|2026-10-01|第一行\n第二行, “引号\"”",
                "7 0002|示范乙|000000198502030020|19900000002|2|0|0.3|121.3|30.2|FALSE|2026-09-30 14:30:00|富文本",
                "8 0003|示范丙|00000019751231003X|0574-63000000|1|1|800|121.31|30.21|是|2026年9月1日|",
            ]
        );
        let mut hidden = open("good/titles_and_groups.xlsx", Some("存档")).unwrap();
        assert_eq!(super::tests::rows(&mut hidden).unwrap(), ["2 9|x|y|1|2|z"]);
        let fault = open("good/titles_and_groups.xlsx", Some("台账"))
            .err()
            .unwrap();
        assert_eq!(fault.message.key(), "read.no_such_sheet");
    }

    #[test]
    fn days_merges_and_older_workbooks() {
        assert_eq!(
            read("good/days_since_1904.xlsx").1,
            ["2 1|121.1|30.1|2026-10-01"]
        );
        assert_eq!(
            read("good/merged_downwards.xlsx").1,
            [
                "2 330282001001|1|示范甲|121.1|30.1",
                "3 330282001001|2|示范乙|121.2|30.2",
                "4 330282001001|3|示范丙|121.3|30.3",
                "5 330282001002|4|示范丁|121.4|30.4",
            ]
        );
        let (source, rows) = read("good/excel_97.xls");
        assert_eq!((source.form, source.header_row), (FileForm::Xls, 2));
        assert_eq!(source.titles, ["示范街道民情台账"]);
        let long = "示范乙".repeat(3000);
        assert_eq!(
            rows,
            [
                "3 330282001001|0001|示范甲|1200.5|121.266561|30.170261|2026-10-01".to_owned(),
                format!("4 330282001001|0002|{long}|3|121.3|30.2|2026-09-30"),
            ]
        );
        let (source, rows) = read("good/libreoffice.ods");
        assert_eq!(source.form, FileForm::Ods);
        assert_eq!(source.sheets, ["台账", "存档"]);
        assert_eq!(
            (source.header_row, source.titles),
            (4, vec!["示范街道 & 台账".to_owned()])
        );
        assert_eq!(
            rows,
            [
                "5 330282001001|0001|示范甲|121.266561|30.170261|TRUE|2026-10-01|第一  行\n第二行",
                "6 330282001001|0002|示范乙|121.3|30.2|||x",
            ]
        );
    }

    #[test]
    fn texts_of_every_encoding_and_name() {
        for (name, encoding) in [
            ("good/excel_unicode_text.txt", Encoding::Utf16Le),
            ("good/utf16_without_mark.txt", Encoding::Utf16Be),
            ("good/a_text_named.xls", Encoding::Gb18030),
        ] {
            let (source, rows) = read(name);
            assert_eq!(
                (source.form, source.encoding, source.delimiter),
                (FileForm::Csv, encoding, b'\t')
            );
            assert_eq!(
                rows,
                [
                    "2 1|示范甲|示范路1号|121.1|30.1",
                    "3 2|示范乙|示范路2号|121.2|30.2"
                ]
            );
        }
        let (source, rows) = read("good/big5.csv");
        assert_eq!(source.encoding, Encoding::Big5);
        assert_eq!(rows[0], "2 1|示範甲|中正路1號|121.1|30.1");
        let (source, rows) = read("good/blank_cells_only.csv");
        assert_eq!((source.header_row, source.titles.len()), (3, 2));
        assert_eq!(rows, ["4 1|示范甲|121.1|30.1", "7 2|示范乙|121.2|30.2"]);
    }

    #[test]
    fn digits_that_a_spreadsheet_lost_do_not_look_whole() {
        let (_, rows) = read("bad/digits_and_errors.xlsx");
        let number = rows[0].split('|').nth(2).unwrap();
        assert!(crate::read::cell::is_rounded(number), "{number}");
        assert_eq!(rows[1], "3 2|#N/A|||121.1|30.1");
        assert_eq!(rows[2], "4 |合计||3||");
    }

    #[test]
    fn a_cell_in_the_last_corner_costs_nothing_and_is_said() {
        let mut source = open("bad/far_corner.xlsx", None).unwrap();
        assert_eq!(source.header, ["户编号", "经度", "纬度"]);
        let fault = rows(&mut source).unwrap_err();
        assert_eq!(fault.message.key(), "read.row_too_wide");
        assert!(fault.to_string().contains("1048576"), "{fault}");
    }

    #[test]
    fn texts_of_more_columns_than_any_table_has_are_refused_by_their_number() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let look = |headers: usize, below: usize| {
            let row = |cells| vec!["id"; cells].join(",");
            let text = format!("{}\n{}\n1,2\n", row(headers), row(below));
            std::fs::write(&path, text).unwrap();
            let source = open_source(&path, &SourceChoice::default(), &Progress::new());
            let wide = |fault: Fault| (fault.message.key(), fault.to_string());
            source.map(|source| source.header.len()).map_err(wide)
        };
        let (key, text) = look(100_000, 100_000).unwrap_err();
        assert_eq!(key, "read.too_many_columns");
        assert!(text.contains(" 100000 columns"), "{text}");
        assert_eq!(look(16_385, 3).unwrap_err().0, "read.too_many_columns");
        assert_eq!(look(16_384, 3), Ok(16_384));
        // A row of data that is too wide is a matter of that row.
        assert_eq!(look(3, 100_000), Ok(3));
        let properties = (0..1023)
            .map(|at| format!("\"p{at}\":1"))
            .collect::<Vec<_>>();
        let text = format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":null,"properties":{{{}}}}}]}}"#,
            properties.join(",")
        );
        std::fs::write(&path, text).unwrap();
        let points = open_source(&path, &SourceChoice::default(), &Progress::new());
        let fault = points.err().unwrap();
        assert_eq!(fault.message.key(), "read.too_many_columns");
    }

    #[test]
    fn files_that_would_break_a_reader_are_refused_in_words() {
        for (name, key) in [
            ("bad/bomb.xlsx", "read.too_large_inside"),
            ("bad/claims_many_texts.xlsx", "read.damaged_workbook"),
            ("bad/cut.xlsx", "read.damaged_archive"),
            ("bad/zero.xlsx", "read.empty_file"),
            ("bad/cut.xls", "read.damaged_workbook"),
            ("bad/repeats.ods", "read.too_large_inside"),
            ("bad/encrypted.ods", "read.encrypted"),
            ("bad/encrypted.xlsx", "read.encrypted"),
            ("bad/web_page.xls", "read.web_page"),
            ("bad/sheet_cut_inside.xlsx", "read.damaged_workbook"),
        ] {
            let read = open(name, None).and_then(|mut source| rows(&mut source));
            let found = read.err().map(|fault| fault.message.key());
            assert_eq!(found, Some(key), "{name}");
        }
    }

    /// The crate and our own readers see the same texts and numbers.
    #[test]
    fn older_workbooks_are_read_as_calamine_reads_them() {
        use calamine::{Data, Reader, open_workbook_auto};
        for name in ["good/excel_97.xls", "good/libreoffice.ods"] {
            let (source, ours) = read(name);
            let mut book = open_workbook_auto(data(name)).unwrap();
            let range = book
                .worksheet_range(source.sheet.as_deref().unwrap())
                .unwrap();
            let mut compared = 0;
            for line in ours {
                let (row, cells) = line.split_once(' ').unwrap();
                let row: u32 = row.parse().unwrap();
                for (column, cell) in (0..).zip(cells.split('|')) {
                    match range.get_value((row - 1, column)) {
                        Some(Data::String(text)) => assert_eq!(cell, text),
                        Some(Data::Float(value)) => assert_eq!(cell.parse(), Ok(*value)),
                        Some(Data::Bool(value)) => {
                            assert_eq!(cell, value.to_string().to_uppercase());
                        }
                        _ => continue,
                    }
                    compared += 1;
                }
            }
            assert!(compared >= 10, "{name}: {compared}");
        }
    }

    /// Whatever is wrong in a file, it is said, and nobody waits for ever.
    #[test]
    fn damaged_workbooks_end() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "good/excel_97.xls",
            "good/libreoffice.ods",
            "good/merged_downwards.xlsx",
        ] {
            let whole = std::fs::read(data(name)).unwrap();
            let path = folder.path().join("a");
            let step = (whole.len() / 60).max(1);
            for at in (0..whole.len()).step_by(step) {
                let mut other = whole.clone();
                for byte in other.iter_mut().skip(at).take(4) {
                    *byte ^= 0xFF;
                }
                for bytes in [&whole[..at], &other] {
                    std::fs::write(&path, bytes).unwrap();
                    let choice = SourceChoice::default();
                    let read = open_source(&path, &choice, &Progress::new())
                        .and_then(|mut source| rows(&mut source));
                    assert!(
                        read.is_err() || bytes.len() * 10 > whole.len() * 9,
                        "{name} cut at {at}"
                    );
                }
            }
        }
    }
}
