//! The form that nearly all grid codes of a file have, by its first rows: a code of another form
//! lacks digits or has too many.

use super::cell::{code_text, is_formula_error, is_rounded, trimmed};
use super::csv_chunks::Chunk;
use super::csv_records::cut;
use super::field::Field;
use super::row_typist::RowTypist;
use crate::model::CodeForm;

/// Rows that are looked at.
const ROWS: usize = 2_000;
/// Fewer codes than this prove no form.
const LEAST_CODES: usize = 20;

/// The form of 95 of 100 codes among the first rows; `None` where there is no such form.
pub(super) fn of(chunk: &Chunk, typist: &RowTypist) -> Option<CodeForm> {
    let place = typist.columns.place(Field::DeclaredArea)?;
    let mut forms: Vec<(CodeForm, usize)> = Vec::new();
    let mut codes = 0;
    for line in chunk.lines.iter().take(ROWS) {
        let bytes = chunk.text.get(line.start..line.end).unwrap_or_default();
        let text = String::from_utf8_lossy(bytes);
        if !line.form.is_readable() {
            continue;
        }
        let mut cells = Vec::new();
        cut(&text, typist.delimiter, line.quoted, &mut cells);
        let code = cells.get(place).map_or("", |cell| code_text(trimmed(cell)));
        if !code.is_empty() && !is_rounded(code) && !is_formula_error(code) {
            codes += 1;
            match forms.iter_mut().find(|(form, _)| form.fits(code)) {
                Some((_, count)) => *count += 1,
                None => forms.push((CodeForm::of(code), 1)),
            }
        }
    }
    let (form, count) = forms.into_iter().max_by_key(|(_, count)| *count)?;
    (codes >= LEAST_CODES && count * 100 >= codes * 95).then_some(form)
}
