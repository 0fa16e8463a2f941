//! Tables of plain text that stay aligned with Chinese in them.

use crate::words::Lang;

/// How many columns of a terminal a text takes: Chinese and full-width characters take two.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// East Asian Width W and F, as far as names and headings need it; combining marks take none.
fn char_width(char: char) -> usize {
    match u32::from(char) {
        0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
        0x1100..=0x115F
        | 0x2E80..=0x303E
        | 0x3041..=0x33FF
        | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF
        | 0xA000..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

/// The line below a table in which rates that stand on few are marked.
pub(super) fn few_line(least: u32, lang: Lang) -> String {
    format!(
        "\n{}\n",
        lang.with("cli.few", &[("least", &least.to_string())])
    )
}

/// Rows of cells; the first row is the heading, a line is drawn under it and above `foot` rows at
/// the end.
pub(super) struct TextTable {
    /// Whether each column stands to the right.
    pub(super) to_the_right: Vec<bool>,
    /// The rows, the heading first.
    pub(super) rows: Vec<Vec<String>>,
    /// How many rows at the end are sums.
    pub(super) foot: usize,
}

impl TextTable {
    /// The table with two spaces between columns and nothing behind the last.
    pub(super) fn text(&self) -> String {
        let columns = self.to_the_right.len();
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                self.rows
                    .iter()
                    .filter_map(|row| row.get(column))
                    .map(|cell| width(cell))
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        let line = "─".repeat(widths.iter().sum::<usize>() + 2 * columns.saturating_sub(1));
        let foot_at = self.rows.len().saturating_sub(self.foot);
        let mut out = String::new();
        for (at, row) in self.rows.iter().enumerate() {
            if at == 1 || (at == foot_at && at > 1) {
                out.push_str(&line);
                out.push('\n');
            }
            let mut text = String::new();
            for ((cell, column_width), to_the_right) in
                row.iter().zip(&widths).zip(&self.to_the_right)
            {
                if !text.is_empty() {
                    text.push_str("  ");
                }
                let space = " ".repeat(column_width - width(cell));
                let (left, right) = if *to_the_right {
                    (space.as_str(), "")
                } else {
                    ("", space.as_str())
                };
                text.extend([left, cell.as_str(), right]);
            }
            out.push_str(text.trim_end());
            out.push('\n');
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_takes_two_columns() {
        assert_eq!(width("网格 A1，"), 9);
        assert_eq!(width("68.4 %*"), 7);
        assert_eq!(width("é"), 1);
    }

    #[test]
    fn columns_stay_aligned() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let table = TextTable {
            to_the_right: vec![false, true],
            rows: vec![
                row(["名称", "户"]),
                row(["南苑", "1,204"]),
                row(["ab", "7"]),
                row(["合计", "9"]),
            ],
            foot: 1,
        };
        assert_eq!(
            table.text(),
            "名称     户\n───────────\n南苑  1,204\nab        7\n───────────\n合计      9\n"
        );
    }
}
