//! The filter, the order, and going back.

use crate::query::{self, Direction, Filter, SortKey};
use crate::session::{Session, View};

impl Session {
    /// The line as typed. A line with a mistake keeps the last good filter in force.
    pub(in crate::session) fn set_filter_text(&mut self, text: String) {
        self.filter_text = text;
        self.reparse_filter();
    }

    /// Reads the filter line against the catalogue of the open town.
    pub(in crate::session) fn reparse_filter(&mut self) {
        let parsed = {
            let none = crate::model::Catalogue::default();
            let catalogue = self.town().map_or(&none, |town| &town.snapshot.catalogue);
            query::parse(&self.filter_text, catalogue)
        };
        match parsed {
            Ok(filter) => {
                self.view.filter = filter;
                self.filter_error = None;
            }
            Err(error) => self.filter_error = Some(error),
        }
    }

    /// The line that says this filter.
    fn write_filter_text(&mut self) {
        let text = self.town().map(|town| {
            self.view
                .filter
                .to_text(self.lang, &town.snapshot.catalogue)
        });
        self.filter_text = text.unwrap_or_default();
        self.filter_error = None;
    }

    pub(super) fn set_filter(&mut self, filter: Filter) {
        self.view.filter = filter;
        self.write_filter_text();
    }

    pub(super) fn add_filter(&mut self, filter: Filter) {
        let mut parts = query::chips(&self.view.filter);
        if !parts.contains(&filter) {
            parts.push(filter);
        }
        self.set_filter(Filter::and(parts));
    }

    pub(super) fn remove_chip(&mut self, index: usize) {
        let mut parts = query::chips(&self.view.filter);
        if index < parts.len() {
            parts.remove(index);
        }
        self.set_filter(Filter::and(parts));
    }

    pub(super) fn sort_by(&mut self, key: SortKey) {
        let first = if key == SortKey::Priority {
            Direction::Descending
        } else {
            Direction::Ascending
        };
        self.view.direction = match (self.view.sort == key, self.view.direction) {
            (true, Direction::Ascending) => Direction::Descending,
            (true, Direction::Descending) => Direction::Ascending,
            (false, _) => first,
        };
        self.view.sort = key;
    }

    pub(super) fn sort_exactly(&mut self, key: SortKey, direction: Direction) {
        self.view.sort = key;
        self.view.direction = direction;
    }

    pub(super) fn restore(&mut self, view: View) {
        self.view = view;
        self.write_filter_text();
    }
}
