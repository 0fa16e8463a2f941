//! Lying bars with a name before and figures behind, in as many columns as there is room for.

use super::drawing::Hit;
use super::ink::Ink;
use super::pen::Pen;
use crate::analysis::ChartPart;
use crate::layer::canvas::PxBox;
use crate::layer::panel::SMALL_PX;
use crate::layer::text::Align;
use crate::snapshot::AreaIndex;

/// Height of a row.
pub(super) const ROW_PX: f32 = 22.0;
const BAR_PX: f32 = 12.0;
/// Between columns.
const GUTTER_PX: f32 = 28.0;
const GAP_PX: f32 = 10.0;
/// A column that scrolls with the window is at least so wide, one of a picture so.
const COLUMN_PX: f32 = 380.0;
const NARROW_COLUMN_PX: f32 = 300.0;
/// No bar needs to be longer.
const LONGEST_PX: f32 = 620.0;

/// A stretch of a bar, in shares of its length.
pub(super) struct Segment {
    pub(super) from: f32,
    pub(super) to: f32,
    /// Nothing where the track is meant.
    pub(super) ink: Option<Ink>,
    pub(super) part: ChartPart,
    pub(super) tip: Vec<String>,
}

/// One bar.
pub(super) struct BarRow {
    pub(super) label: String,
    /// How far the track goes, in shares of the longest; nothing where there is no data.
    pub(super) track: Option<f32>,
    pub(super) segments: Vec<Segment>,
    pub(super) interval: Option<[f32; 2]>,
    pub(super) figure: String,
    /// What the figure stands on.
    pub(super) beside: String,
    /// Whether it is not to be relied on.
    pub(super) is_quiet: bool,
    /// All of the row.
    pub(super) part: ChartPart,
    pub(super) area: Option<AreaIndex>,
    pub(super) tip: Vec<String>,
}

/// Where the parts of a column stand.
struct Columns {
    count: usize,
    rows: usize,
    width: f32,
    label: f32,
    figure: f32,
    beside: f32,
}

/// Draws the rows below `top`.
pub(super) fn draw_rows(pen: &mut Pen<'_>, rows: &[BarRow], top: f32) {
    let columns = columns(pen, rows, top);
    let shown = (columns.count * columns.rows).min(rows.len());
    pen.drawing.left_out = rows.len() - shown;
    for (at, row) in rows.iter().take(shown).enumerate() {
        let column = at / columns.rows.max(1);
        let left = column as f32 * (columns.width + GUTTER_PX);
        let y = top + (at - column * columns.rows) as f32 * ROW_PX;
        draw_row(pen, row, &columns, [left, y]);
    }
    let mut bottom = top + columns.rows.min(shown) as f32 * ROW_PX;
    if pen.drawing.left_out > 0 {
        let count = pen.drawing.left_out.to_string();
        let words = pen.lang.with("chart.left_out", &[("count", &count)]);
        pen.text(
            words,
            [0.0, bottom + 10.0],
            Align::Left,
            SMALL_PX,
            Ink::Warning,
        );
        bottom += ROW_PX;
    }
    pen.reach(bottom + 4.0);
}

fn columns(pen: &Pen<'_>, rows: &[BarRow], top: f32) -> Columns {
    let all = rows.len().max(1);
    let width = pen.room.width_px;
    let least = if pen.room.grows {
        COLUMN_PX
    } else {
        NARROW_COLUMN_PX
    };
    let most = (((width + GUTTER_PX) / (least + GUTTER_PX)) as usize).max(1);
    let height = (pen.room.height_px - top).max(ROW_PX);
    let fit = ((height / ROW_PX) as usize).max(1);
    let count = all.div_ceil(fit).min(most);
    let mut per_column = all.div_ceil(count);
    if !pen.room.grows && per_column > fit {
        // A line is kept for saying how many have no room.
        per_column = fit.saturating_sub(1).max(1);
    }
    let gutters = (count - 1) as f32 * GUTTER_PX;
    let own = (width - gutters) / count as f32;
    let widest = |text: fn(&BarRow) -> &str| {
        let widths = rows.iter().map(|row| pen.measure(text(row), SMALL_PX));
        widths.fold(0.0, f32::max)
    };
    let (figure, beside) = (widest(|row| &row.figure), widest(|row| &row.beside));
    let label = widest(|row| &row.label).min(own * 0.34);
    let room = own - label - figure - beside - 3.0 * GAP_PX;
    Columns {
        count,
        rows: per_column,
        // The figures stand near the bars, however wide the window is.
        width: own - (room - LONGEST_PX).max(0.0),
        label,
        figure,
        beside,
    }
}

fn draw_row(pen: &mut Pen<'_>, row: &BarRow, columns: &Columns, [left, top]: [f32; 2]) {
    let middle = top + ROW_PX / 2.0;
    let right = left + columns.width;
    let beside_right = right;
    let figure_right = beside_right - columns.beside - GAP_PX;
    let bar_left = left + columns.label + GAP_PX;
    let bar_right = (figure_right - columns.figure - GAP_PX).max(bar_left + 24.0);
    let length = bar_right - bar_left;
    let x = |share: f32| bar_left + length * share.clamp(0.0, 1.0);
    let boxed = |from: f32, to: f32| PxBox {
        left: x(from),
        top: middle - BAR_PX / 2.0,
        right: x(to),
        bottom: middle + BAR_PX / 2.0,
    };
    let ink = if row.is_quiet {
        Ink::Secondary
    } else {
        Ink::Text
    };
    let label = pen.fitted(&row.label, SMALL_PX, columns.label + 0.5);
    pen.text(label, [left, middle], Align::Left, SMALL_PX, ink);
    match row.track {
        Some(track) => pen.bar(boxed(0.0, track), Ink::Track),
        None => pen.hatch(boxed(0.0, 1.0)),
    }
    let whole_row = PxBox {
        left,
        top,
        right,
        bottom: top + ROW_PX,
    };
    let hit = |at: PxBox, part: ChartPart, tip: &[String]| Hit {
        at,
        part,
        area: row.area,
        name: row.label.clone(),
        tip: tip.to_vec(),
    };
    pen.hit(hit(whole_row, row.part, &row.tip));
    for segment in &row.segments {
        let at = boxed(segment.from, segment.to);
        if let Some(ink) = segment.ink {
            // A hairline of ground keeps two colours apart.
            let right = if segment.to < 1.0 && segment.from > 0.0 {
                at.right - 1.0
            } else {
                at.right
            };
            pen.bar(PxBox { right, ..at }, ink);
        }
        // The whole height of the row can be hit.
        let tall = PxBox {
            top,
            bottom: top + ROW_PX,
            ..at
        };
        if tall.right - tall.left >= 1.0 {
            pen.hit(hit(tall, segment.part, &segment.tip));
        }
    }
    if let Some([low, high]) = row.interval {
        pen.interval([x(low), x(high)], middle, ink);
    }
    pen.text(
        row.figure.as_str(),
        [figure_right, middle],
        Align::Right,
        SMALL_PX,
        ink,
    );
    pen.text(
        row.beside.as_str(),
        [beside_right, middle],
        Align::Right,
        SMALL_PX,
        Ink::Secondary,
    );
}
