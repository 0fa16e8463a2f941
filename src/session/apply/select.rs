//! Selecting and going somewhere.

use crate::datum::{MercBox, MercXY};
use crate::query::RowSet;
use crate::session::{Effects, Inspected, Session};
use std::sync::Arc;

/// Half the width of the map around a household that is gone to, in Mercator metres.
const AROUND_HOUSEHOLD_M: f64 = 250.0;

impl Session {
    pub(super) fn select_box(&mut self, box_merc: MercBox) {
        let Some(town) = self.town() else { return };
        let mut rows = RowSet::none(town.snapshot.households.len());
        town.snapshot
            .points
            .in_box(box_merc)
            .for_each(|row| rows.insert(row));
        self.keep_selection(rows);
    }

    pub(super) fn select_lasso(&mut self, line: &[MercXY]) {
        let Some(town) = self.town() else { return };
        let around = line
            .iter()
            .fold(MercBox::EMPTY, |around, point| around.with(*point));
        let mut rows = RowSet::none(town.snapshot.households.len());
        town.snapshot
            .points
            .in_box(around)
            .filter(|row| {
                town.snapshot
                    .households
                    .merc(*row)
                    .is_some_and(|at| is_inside(at, line))
            })
            .for_each(|row| rows.insert(row));
        self.keep_selection(rows);
    }

    /// A selection is among the households that the filter shows. The filter may itself say
    /// `selected:yes`; then a new selection is among all.
    fn keep_selection(&mut self, rows: RowSet) {
        let uses_selection = self.view.filter.uses_selection();
        let filtered = self.results.filtered.as_ref().filter(|_| !uses_selection);
        let rows = match filtered {
            Some(filtered) if filtered.rows.table_len() == rows.table_len() => {
                rows.and(&filtered.rows)
            }
            _ => rows,
        };
        self.view.selection = Some(Arc::new(rows));
        self.inspected = None;
    }

    pub(super) fn clear_selection(&mut self) {
        self.view.selection = None;
        self.inspected = None;
    }

    pub(super) fn extent(&self) -> Option<MercBox> {
        self.town()
            .map(|town| town.snapshot.extent_merc)
            .filter(|extent| !extent.is_empty())
    }

    pub(super) fn go_to(&mut self, what: Inspected, effects: &mut Effects) {
        self.inspected = Some(what);
        let Some(town) = self.town() else { return };
        effects.show = match what {
            Inspected::Household(row) => {
                let at = town.snapshot.households.merc(row);
                // A household that is on screen already needs no journey.
                let on_screen = at
                    .is_some_and(|at| self.viewport.is_some_and(|view| view.box_merc.contains(at)));
                at.filter(|_| !on_screen)
                    .map(|at| MercBox::EMPTY.with(at).grown(AROUND_HOUSEHOLD_M))
            }
            Inspected::Area(area) => town
                .snapshot
                .areas
                .box_merc
                .get(area.0 as usize)
                .copied()
                .filter(|around| !around.is_empty()),
        };
    }
}

/// Even-odd rule over a closed line.
fn is_inside(at: MercXY, line: &[MercXY]) -> bool {
    let next = line.iter().cycle().skip(1);
    line.iter()
        .zip(next)
        .filter(|(a, b)| (a.y > at.y) != (b.y > at.y))
        .fold(false, |inside, (a, b)| {
            let crossing = a.x + (at.y - a.y) / (b.y - a.y) * (b.x - a.x);
            inside != (at.x < crossing)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lasso_holds_what_is_inside() {
        let at = |x: f64, y: f64| MercXY { x, y };
        let hook = [
            at(0.0, 0.0),
            at(4.0, 0.0),
            at(4.0, 4.0),
            at(2.0, 1.0),
            at(0.0, 4.0),
        ];
        assert!(is_inside(at(0.5, 2.0), &hook));
        assert!(is_inside(at(3.8, 3.0), &hook));
        assert!(!is_inside(at(2.0, 3.0), &hook));
        assert!(!is_inside(at(5.0, 1.0), &hook));
        assert!(!is_inside(at(1.0, 1.0), &[]));
    }
}
