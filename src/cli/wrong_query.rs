//! A query that cannot be read, with a mark under the place.

use super::text_table::width;
use crate::model::Catalogue;
use crate::query::{Filter, QueryError, parse};
use crate::words::Lang;
use std::fmt;

/// The query as it was typed, and what is wrong with it.
#[derive(Debug)]
pub(super) struct WrongQuery {
    query: String,
    error: QueryError,
}

/// The filter of a query; no query is all households.
pub(super) fn read_query(query: Option<&str>, catalogue: &Catalogue) -> Result<Filter, WrongQuery> {
    let query = query.unwrap_or_default();
    parse(query, catalogue).map_err(|error| WrongQuery {
        query: query.to_owned(),
        error,
    })
}

impl WrongQuery {
    /// Three lines: the query, the mark, the sentence.
    pub(super) fn text(&self, lang: Lang) -> String {
        let query: String = self
            .query
            .chars()
            .map(|char| if char.is_control() { ' ' } else { char })
            .collect();
        let before: String = query.chars().take(self.error.at_char).collect();
        let wrong: String = query
            .chars()
            .skip(self.error.at_char)
            .take(self.error.len_chars)
            .collect();
        let (before, wrong) = (width(&before), width(&wrong).max(1));
        format!(
            "{query}\n{:before$}{}\n{}",
            "",
            "^".repeat(wrong),
            self.error.message.text(lang)
        )
    }
}

impl fmt::Display for WrongQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for WrongQuery {}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(query: &str) -> String {
        let wrong = read_query(Some(query), &Catalogue::default()).unwrap_err();
        wrong
            .text(Lang::Zh)
            .lines()
            .take(2)
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn the_mark_stands_under_the_place() {
        assert_eq!(
            marked("elderly>=1 colour:red"),
            "elderly>=1 colour:red\n           ^^^^^^"
        );
        assert_eq!(
            marked("独居:是 (elderly>=1"),
            "独居:是 (elderly>=1\n        ^"
        );
        assert_eq!(marked("独居:是 或"), "独居:是 或\n          ^");
    }
}
