//! The legend of coverage against need in the flat picture: nine cells between two axes.

use super::canvas::PxBox;
use super::class_colors::{bivariate_classes, bivariate_color, few_color};
use super::legend::BivariateLegend;
use super::legend_paint::{swatch, text};
use super::panel::{Item, SMALL_PX};
use super::ramp::Tone;
use super::text::{Align, Fonts};

/// Width and height of a cell, with the gap to the next.
const CELL_PX: [f32; 2] = [44.0, 26.0];
const GAP_PX: f32 = 2.0;

/// Lays the cells out at a height; gives the height that they take.
pub(super) fn bivariate(
    items: &mut Vec<Item>,
    legend: &BivariateLegend,
    top: f32,
    (width, fonts): (f32, &Fonts),
) -> f32 {
    let mut y = top;
    let mut line = |y: &mut f32, words: &str| {
        for words in fonts.wrap(words, SMALL_PX, width) {
            let at = [0.0, *y + 9.0];
            items.push(text(words, at, Align::Left, SMALL_PX, Tone::Secondary));
            *y += 17.0;
        }
    };
    line(&mut y, &format!("→ {}", legend.need));
    line(&mut y, &format!("↓ {}", legend.coverage));
    y += 3.0;
    // Bounds of coverage stand to the left of the cells, bounds of need below them.
    let widths = legend
        .coverage_cuts
        .iter()
        .map(|cut| fonts.measure(cut, SMALL_PX));
    let left = widths.fold(0.0, f32::max) + 6.0;
    let [cell_width, cell_height] = CELL_PX;
    let corner = |column: f32, row: f32| {
        [
            left + column * (cell_width + GAP_PX),
            y + row * (cell_height + GAP_PX),
        ]
    };
    for (class, count) in bivariate_classes().zip(legend.counts) {
        let [x, cell_top] = corner(f32::from(class.need), f32::from(class.coverage));
        items.push(Item::Cell {
            at: PxBox {
                left: x,
                top: cell_top,
                right: x + cell_width,
                bottom: cell_top + cell_height,
            },
            color: bivariate_color(class),
            text: count.to_string(),
        });
    }
    let bound = |at: f32| at - GAP_PX / 2.0;
    for (cut, place) in legend.coverage_cuts.iter().zip([1.0, 2.0]) {
        let [x, cut_y] = corner(0.0, place);
        let at = [x - 6.0, bound(cut_y)];
        items.push(text(
            cut.clone(),
            at,
            Align::Right,
            SMALL_PX,
            Tone::Secondary,
        ));
    }
    for (cut, place) in legend.need_cuts.iter().zip([1.0, 2.0]) {
        let [x, below] = corner(place, 3.0);
        let at = [bound(x), below + 8.0];
        items.push(text(
            cut.clone(),
            at,
            Align::Center,
            SMALL_PX,
            Tone::Secondary,
        ));
    }
    y = corner(0.0, 3.0)[1] + 20.0;
    if let Some(few) = &legend.few {
        y += swatch(items, Some(few_color()), few, y, (width, fonts));
    }
    if let Some(hatched) = &legend.hatched {
        y += swatch(items, None, hatched, y, (width, fonts));
    }
    y - top
}
