//! The columns of an answer that a spreadsheet opens, with the mark of the sample town.

use crate::snapshot::Snapshot;
use crate::words::Lang;
use crate::write::{CellKind, Column};

/// The column of the sample town's mark.
const MARK: (&str, CellKind) = ("mark", CellKind::Text);

/// Columns of these keys, and what every row of the sample town says of itself in one more at the
/// end.
pub(super) fn marked(
    snapshot: &Snapshot,
    keys: &[(&'static str, CellKind)],
) -> (Vec<Column>, Option<String>) {
    let mark = snapshot.is_demo.then(|| {
        let [zh, en] = Lang::ALL.map(|lang| lang.t("common.demo_mark"));
        format!("{zh} {en}")
    });
    let column = |&(key, kind): &(&'static str, CellKind)| Column {
        key,
        header: key.to_owned(),
        kind,
        width_chars: 14.0,
    };
    let all = keys.iter().chain(mark.as_ref().map(|_| &MARK));
    (all.map(column).collect(), mark)
}
