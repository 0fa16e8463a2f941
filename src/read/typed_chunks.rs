//! Chunks of a table with their rows typed, in file order, on all cores.

use super::csv_chunks::Chunk;
use super::file;
use super::row_source::RowSource;
use super::row_typist::{Row, RowTypist, TypedRow};
use crate::words::Fault;
use rayon::prelude::*;
use std::path::Path;
use std::sync::mpsc::SyncSender;

/// Rows of a chunk, typed, in order, in the parts in which they were typed.
pub(super) struct Typed<R> {
    pub(super) chunk: Chunk,
    pub(super) rows: Vec<Vec<TypedRow<R>>>,
}

/// Types chunk after chunk, from `first` on; while one is typed the next is read.
pub(super) fn type_all<R: Row>(
    first: Option<Chunk>,
    mut source: RowSource,
    typist: &RowTypist,
    path: &Path,
    sender: &SyncSender<Result<Typed<R>, Fault>>,
) {
    let mut next = Ok(first);
    loop {
        let chunk = match next {
            Ok(Some(chunk)) => chunk,
            Ok(None) => return,
            Err(fault) => {
                // Nobody listens any more where this fails, which is fine.
                let _ = sender.send(Err(fault));
                return;
            }
        };
        let (rows, following) = rayon::join(|| type_chunk(&chunk, typist), || source.next());
        let typed = rows
            .map(|rows| Typed { chunk, rows })
            .ok_or_else(|| file::about("read.changed_meanwhile", path));
        let failed = typed.is_err();
        if sender.send(typed).is_err() || failed {
            return;
        }
        next = following;
    }
}

/// Rows that one thread types at a time.
const ROWS_AT_A_TIME: usize = 256;

/// Types the rows of a chunk. `None` where the text is no text any more: somebody writes to the file.
fn type_chunk<R: Row>(chunk: &Chunk, typist: &RowTypist) -> Option<Vec<Vec<TypedRow<R>>>> {
    chunk
        .lines
        .par_chunks(ROWS_AT_A_TIME)
        .map(|lines| {
            let (first, last) = (lines.first()?, lines.last()?);
            let part = chunk.text.get(first.start..last.end)?;
            let part = simdutf8::basic::from_utf8(part).ok()?;
            let mut cells = Vec::new();
            let mut rows = Vec::with_capacity(lines.len());
            for line in lines {
                let text = part.get(line.start - first.start..line.end - first.start)?;
                rows.push(typist.type_row(text, *line, &mut cells));
            }
            Some(rows)
        })
        .collect()
}
