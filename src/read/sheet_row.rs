//! A row of a sheet, and cells that are merged over several rows.

/// Columns further right are not read: no table has so many. What stands there is told by its width.
pub(super) const MOST_COLUMNS: usize = 1024;
/// Rows that a spreadsheet can have.
pub(super) const LAST_ROW: u64 = 1 << 20;
/// A row longer than this is no row.
pub(super) const MOST_ROW_BYTES: usize = 1 << 20;

/// The cells of one row that hold something, from the left.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SheetRow {
    /// Row as a spreadsheet counts it.
    pub(super) row: u64,
    text: String,
    /// Column, and where its text begins and ends.
    cells: Vec<(usize, usize, usize)>,
    /// Columns as far as the last cell that is too far right to be read; 0 where there is none.
    too_wide: usize,
    /// One of its cells came twice.
    holds_twice: bool,
}

impl SheetRow {
    /// Begins a row.
    pub(super) fn begin(&mut self, row: u64) {
        self.row = row;
        self.text.clear();
        self.cells.clear();
        self.too_wide = 0;
        self.holds_twice = false;
    }

    /// Whether no cell holds more than blanks.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Whether it is too long to be a row.
    pub(super) fn is_endless(&self) -> bool {
        self.text.len() > MOST_ROW_BYTES
    }

    /// How many columns it takes, where these are more than are read.
    pub(super) fn too_wide(&self) -> Option<usize> {
        (self.too_wide > 0).then_some(self.too_wide)
    }

    /// Whether one of its cells came twice: two rows go by one number.
    pub(super) fn holds_twice(&self) -> bool {
        self.holds_twice
    }

    /// Notes a cell as far right as `columns` columns reach.
    pub(super) fn reach(&mut self, columns: usize) {
        if columns > MOST_COLUMNS {
            self.too_wide = self.too_wide.max(columns);
        }
    }

    /// Adds what `write` writes as the cell of a column. Cells come from the left in a sound file; where
    /// one comes twice, the last word counts and the row says so.
    pub(super) fn add(&mut self, column: usize, write: impl FnOnce(&mut String)) {
        if self.is_endless() {
            return;
        }
        let start = self.text.len();
        write(&mut self.text);
        let cell = (column, start, self.text.len());
        if self.text.len() == start {
            return;
        }
        if column >= MOST_COLUMNS {
            let is_blank = self
                .text
                .get(start..)
                .is_none_or(|text| text.trim().is_empty());
            self.text.truncate(start);
            if !is_blank {
                self.reach(column.saturating_add(1));
            }
            return;
        }
        match self.cells.binary_search_by_key(&column, |cell| cell.0) {
            Ok(at) => {
                self.holds_twice = true;
                if let Some(old) = self.cells.get_mut(at) {
                    *old = cell;
                }
            }
            Err(at) => self.cells.insert(at, cell),
        }
    }

    /// The columns with their texts.
    pub(super) fn cells(&self) -> impl Iterator<Item = (usize, &str)> {
        let text = |(column, start, end): &(usize, usize, usize)| {
            (*column, self.text.get(*start..*end).unwrap_or_default())
        };
        self.cells.iter().map(text)
    }

    fn cell(&self, column: usize) -> Option<&str> {
        let at = self
            .cells
            .binary_search_by_key(&column, |cell| cell.0)
            .ok()?;
        let (_, start, end) = self.cells.get(at)?;
        self.text.get(*start..*end)
    }

    /// The cells in their places, trimmed.
    pub(super) fn trimmed_cells(&self) -> Vec<String> {
        let mut out = Vec::new();
        for (column, text) in self.cells() {
            out.resize(column, String::new());
            out.push(text.trim().to_owned());
        }
        out
    }
}

/// Cells merged into one, all numbers from 0 and inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merge {
    pub(super) first_row: u64,
    pub(super) last_row: u64,
    pub(super) column: usize,
}

/// Gives the value of cells that are merged downwards to every row that they cover: a household's
/// number stands once beside its members, and means each of them.
#[derive(Debug, Default)]
pub(super) struct Merges {
    /// From the top; those before `next` have begun.
    waiting: Vec<Merge>,
    next: usize,
    open: Vec<(Merge, String)>,
}

impl Merges {
    pub(super) fn of(mut merges: Vec<Merge>) -> Self {
        merges.retain(|merge| merge.last_row > merge.first_row && merge.column < MOST_COLUMNS);
        merges.sort_by_key(|merge| (merge.first_row, merge.column));
        merges.dedup_by_key(|merge| (merge.first_row, merge.column));
        Self {
            waiting: merges,
            ..Self::default()
        }
    }

    /// Fills a row; rows come from the top.
    pub(super) fn fill(&mut self, row: &mut SheetRow) {
        let at = row.row.saturating_sub(1);
        self.open.retain(|(merge, _)| merge.last_row >= at);
        if !row.cells.is_empty() {
            for (merge, text) in &self.open {
                if merge.first_row < at && row.cell(merge.column).is_none() {
                    row.add(merge.column, |out| out.push_str(text));
                }
            }
        }
        while let Some(merge) = self
            .waiting
            .get(self.next)
            .filter(|merge| merge.first_row <= at)
        {
            self.next += 1;
            if merge.first_row == at {
                self.begin(*merge, row);
            }
        }
    }

    /// Begins a merge of which a reader learns only now.
    pub(super) fn begin(&mut self, merge: Merge, row: &SheetRow) {
        if let Some(text) = row
            .cell(merge.column)
            .filter(|_| self.open.len() < MOST_COLUMNS)
        {
            self.open.push((merge, text.to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: u64, cells: &[(usize, &str)]) -> SheetRow {
        let mut row = SheetRow::default();
        row.begin(number);
        for (column, text) in cells {
            row.add(*column, |out| out.push_str(text));
        }
        row
    }

    #[test]
    fn cells_out_of_order_or_out_of_bounds_do_no_harm_and_are_told() {
        let mut row = row(1, &[(2, "c"), (0, "a"), (5000, "z"), (6000, " "), (1, "")]);
        assert_eq!(row.cells().collect::<Vec<_>>(), [(0, "a"), (2, "c")]);
        assert_eq!((row.too_wide(), row.holds_twice()), (Some(5001), false));
        row.add(2, |out| out.push('d'));
        assert!(row.holds_twice());
        assert_eq!(row.trimmed_cells(), ["a", "", "d"]);
        row.begin(2);
        row.reach(MOST_COLUMNS);
        assert_eq!((row.too_wide(), row.holds_twice()), (None, false));
        row.add(usize::MAX, |out| out.push('x'));
        assert_eq!(row.too_wide(), Some(usize::MAX));
    }

    #[test]
    fn a_value_merged_downwards_stands_in_every_row_that_has_something() {
        let merge = |first_row, last_row, column| Merge {
            first_row,
            last_row,
            column,
        };
        let mut merges = Merges::of(vec![merge(4, 4, 1), merge(1, 3, 0), merge(2, 9, 2)]);
        let mut out = Vec::new();
        for (number, cells) in [
            (2, vec![(0, "H1"), (1, "甲")]),
            (3, vec![(1, "乙"), (2, "x")]),
            (4, vec![]),
            (5, vec![(1, "丁")]),
        ] {
            let mut row = row(number, &cells);
            merges.fill(&mut row);
            out.push(row.trimmed_cells().join("|"));
        }
        assert_eq!(out, ["H1|甲", "H1|乙|x", "", "|丁|x"]);
    }
}
