//! Where the header row of a table stands: below title rows, and perhaps in two rows, one of which
//! names groups of columns.

use super::columns::{MOST_HEADER_BYTES, field_of, understood};
use std::collections::BTreeSet;

/// Rows among which the headers are looked for.
pub(super) const SAMPLE_ROWS: usize = 30;
/// Cells of a row that are held against the words for headers. No table has so many fields, and a
/// text may have so many cells that each of them takes its time.
const SCORED_CELLS: usize = 1024;
/// So many headers that are understood are no accident, whatever stands above them.
const PLAIN_EVIDENCE: usize = 3;

/// A row from the top of a table that is not blank; its cells are trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SampleRow {
    /// Row as a spreadsheet counts it.
    pub(super) row: u64,
    pub(super) cells: Vec<String>,
}

impl SampleRow {
    /// How many cells hold something.
    fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }

    fn score(&self) -> usize {
        score(&self.cells)
    }
}

/// How many fields the first cells of a row name.
fn score(cells: &[String]) -> usize {
    understood(cells.get(..SCORED_CELLS).unwrap_or(cells))
}

/// The headers of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// Row of the headers, the lower one where there are two.
    pub(super) row: u64,
    /// Which row of the sample that is.
    pub(super) at: usize,
    /// The header of each column; empty where it has none.
    pub(super) names: Vec<String>,
    /// Text of the rows above.
    pub(super) titles: Vec<String>,
    /// How many of the headers are understood.
    pub(super) understood: usize,
}

fn is_understood(cell: &str) -> bool {
    field_of(cell).is_some()
}

/// The headers among the first rows of a table: in the row that somebody says, else in the row with the
/// most headers that are understood. `None` where there is no such row.
pub(super) fn find(sample: &[SampleRow], said: Option<u64>) -> Option<Header> {
    let at = match said {
        Some(row) => sample.iter().position(|one| one.row == row)?,
        None => likeliest(sample)?,
    };
    let chosen = sample.get(at)?;
    let below = sample.get(at + 1).filter(|_| said.is_none());
    if let Some(lower) = below.filter(|lower| follows(chosen, lower)) {
        let names = joined(chosen, lower);
        if score(&names) > chosen.score() && !holds_numbers(lower) {
            return Some(header(sample, at, at + 1, names));
        }
    }
    let above = at.checked_sub(1).and_then(|above| sample.get(above));
    if let Some(upper) = above.filter(|upper| follows(upper, chosen)) {
        let names = joined(upper, chosen);
        if score(&names) > chosen.score() || names_groups(upper, chosen) {
            return Some(header(sample, at - 1, at, names));
        }
    }
    Some(header(sample, at, at, chosen.cells.clone()))
}

/// The place of the row that reads most like headers.
fn likeliest(sample: &[SampleRow]) -> Option<usize> {
    let scores: Vec<usize> = sample.iter().map(SampleRow::score).collect();
    let best = scores.iter().copied().max()?;
    let at = scores.iter().position(|score| *score == best)?;
    let filled = sample.get(at)?.filled();
    let above = sample.get(..at)?;
    let is_header = match best {
        0 => false,
        // A word in a row of data may be a header elsewhere; such a row has as much above it.
        1 => above.iter().all(|row| row.filled() == 1) && filled > 1,
        best => best >= PLAIN_EVIDENCE || above.iter().all(|row| row.filled() < filled),
    };
    if is_header || at == 0 && best > 0 {
        return Some(at);
    }
    // Nothing is understood: the first row that is about as wide as the table.
    let widest = sample.iter().map(SampleRow::filled).max()?;
    sample.iter().position(|row| row.filled() * 2 > widest)
}

fn header(sample: &[SampleRow], first: usize, at: usize, names: Vec<String>) -> Header {
    let above = sample.iter().take(first);
    let title = |row: &SampleRow| {
        let filled = row.cells.iter().filter(|cell| !cell.is_empty());
        filled.cloned().collect::<Vec<_>>().join(" ")
    };
    Header {
        row: sample.get(at).map_or(1, |row| row.row),
        at,
        understood: score(&names),
        names,
        titles: above.map(title).collect(),
    }
}

/// Whether one row stands directly below another.
fn follows(upper: &SampleRow, lower: &SampleRow) -> bool {
    upper.row + 1 == lower.row
}

fn holds_numbers(row: &SampleRow) -> bool {
    row.cells.iter().any(|cell| cell.parse::<f64>().is_ok())
}

/// Whether a row names groups of the columns whose headers stand below it; a line of who fills in the
/// form and when does not.
fn names_groups(upper: &SampleRow, lower: &SampleRow) -> bool {
    let filled = upper.filled();
    let is_note = |cell: &String| cell.contains([':', '：']);
    filled > 1 && filled < lower.filled() && !upper.cells.iter().any(is_note)
}

/// Two rows of headers as one. The lower one wins; the name of its group comes before it only where
/// it says nothing, or the same as another, by itself.
fn joined(upper: &SampleRow, lower: &SampleRow) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let doubled: BTreeSet<&String> = lower
        .cells
        .iter()
        .filter(|one| !seen.insert(*one))
        .collect();
    let mut group = "";
    let width = upper.cells.len().max(lower.cells.len());
    let mut names = Vec::with_capacity(width);
    for at in 0..width {
        let above = upper.cells.get(at).map_or("", String::as_str);
        if above.len() > MOST_HEADER_BYTES {
            group = "";
        } else if !above.is_empty() {
            group = above;
        }
        let name = match lower.cells.get(at) {
            Some(below) if !below.is_empty() && at >= SCORED_CELLS => below.clone(),
            Some(below) if !below.is_empty() => {
                let both = format!("{group}{below}");
                let helps = is_understood(&both) || doubled.contains(below);
                if group != below && !is_understood(below) && helps {
                    both
                } else {
                    below.clone()
                }
            }
            _ => above.to_owned(),
        };
        names.push(name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(rows: &[(u64, &str)]) -> Vec<SampleRow> {
        rows.iter()
            .map(|(row, cells)| SampleRow {
                row: *row,
                cells: cells
                    .split('|')
                    .map(|cell| cell.trim().to_owned())
                    .collect(),
            })
            .collect()
    }

    fn found(rows: &[(u64, &str)]) -> (u64, String, Vec<String>) {
        let header = find(&sample(rows), None).unwrap();
        (header.row, header.names.join("|"), header.titles)
    }

    #[test]
    fn a_title_without_end_is_not_put_before_every_header() {
        let title = "长".repeat(400);
        let upper = format!("{title}|{title}");
        let rows = sample(&[(1, &upper), (2, "户编号|金额|金额"), (3, "1|2|3")]);
        let found = find(&rows, None).unwrap();
        assert_eq!(
            (found.row, found.names),
            (2, ["户编号", "金额", "金额"].map(String::from).into())
        );
    }

    #[test]
    fn titles_stand_above_the_headers() {
        let (row, names, titles) = found(&[
            (1, "某街道民情台账"),
            (3, "填报单位：|某街道||日期：|2026-10-01"),
            (4, "户编号|户主姓名|地址|备用"),
            (5, "1|示范甲|示范路1号|"),
        ]);
        assert_eq!((row, names.as_str()), (4, "户编号|户主姓名|地址|备用"));
        assert_eq!(
            titles,
            ["某街道民情台账", "填报单位： 某街道 日期： 2026-10-01"]
        );
    }

    #[test]
    fn words_of_data_are_no_headers() {
        // Two cells of the second row are header words elsewhere.
        let (row, ..) = found(&[(1, "代号|甲|乙|丙"), (2, "1|独居|残疾|q")]);
        assert_eq!(row, 1);
        let (row, ..) = found(&[(1, "id"), (2, "1"), (3, "2")]);
        assert_eq!(row, 1);
        let (row, ..) = found(&[(1, "名单"), (2, "代号|甲|乙"), (3, "1|2|3")]);
        assert_eq!(row, 2);
        assert_eq!(find(&[], None), None);
    }

    #[test]
    fn groups_over_their_columns_join() {
        let below = found(&[
            (1, "户编号|户主姓名|家庭情况|||经度|纬度"),
            (2, "||人口数|老年人数|儿童数||"),
            (3, "1|示范甲|3|1|0|121.1|30.1"),
        ]);
        assert_eq!(
            below,
            (
                2,
                "户编号|户主姓名|人口数|老年人数|儿童数|经度|纬度".to_owned(),
                vec![]
            )
        );
        let above = found(&[
            (1, "台账"),
            (2, "基本信息|||低保||残补|"),
            (3, "户编号|户主姓名|地址|数额|政治面貌|数额|类别"),
            (4, "1|示范甲|x|1|2|3|4"),
        ]);
        assert_eq!(
            above.1,
            "户编号|户主姓名|地址|低保数额|政治面貌|残补数额|类别"
        );
        assert_eq!(above.2, ["台账"]);
        // A row of data is no second row of headers.
        let plain = found(&[(1, "户编号|户主姓名|地址|"), (2, "a|示范甲|x|独居")]);
        assert_eq!(plain.0, 1);
    }

    #[test]
    fn the_row_that_somebody_says_is_the_header() {
        let rows = sample(&[(1, "户编号|户主|地址"), (2, "a|b|c"), (4, "d|e|f")]);
        assert_eq!(
            find(&rows, Some(2)).map(|header| header.names[0].clone()),
            Some("a".into())
        );
        assert_eq!(find(&rows, Some(3)), None);
    }
}
