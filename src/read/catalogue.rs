//! The catalogue that the program ships: `assets/catalogue.toml`, read once.

use crate::model::{Catalogue, Term};
use std::sync::LazyLock;

static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| parse(include_str!("../../assets/catalogue.toml")));

/// The programmes and need categories that the program ships.
pub fn catalogue() -> &'static Catalogue {
    &CATALOGUE
}

/// A text that does not parse gives an empty catalogue; a test reads the shipped one.
fn parse(text: &str) -> Catalogue {
    let table: toml::Table = text.parse().unwrap_or_default();
    let terms = |list: &str| -> Vec<Term> {
        table
            .get(list)
            .and_then(toml::Value::as_array)
            .map(|entries| entries.iter().filter_map(term).collect())
            .unwrap_or_default()
    };
    Catalogue {
        programmes: terms("programmes"),
        needs: terms("needs"),
    }
}

fn term(entry: &toml::Value) -> Option<Term> {
    let text = |key: &str| Some(entry.get(key)?.as_str()?.to_owned());
    let aliases = entry.get("aliases").and_then(toml::Value::as_array);
    Some(Term {
        code: text("code")?,
        zh: text("zh")?,
        en: text("en")?,
        short_zh: text("short_zh").unwrap_or_default(),
        short_en: text("short_en").unwrap_or_default(),
        aliases: aliases
            .into_iter()
            .flatten()
            .filter_map(|alias| alias.as_str().map(str::to_owned))
            .collect(),
        weight: entry
            .get("weight")
            .and_then(toml::Value::as_float)
            .unwrap_or(1.0),
        known: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn everything_ships_and_no_name_means_two_things() {
        assert_eq!(catalogue().programmes.len(), 19);
        assert_eq!(catalogue().needs.len(), 12);
        for terms in [&catalogue().programmes, &catalogue().needs] {
            let mut owners = BTreeMap::new();
            for term in terms {
                let names = [&term.code, &term.zh, &term.en];
                for name in names.into_iter().chain(&term.aliases) {
                    let before = owners.insert(name.to_lowercase(), &term.code);
                    assert!(
                        before.is_none() || before == Some(&term.code),
                        "{name}: {before:?} and {}",
                        term.code
                    );
                }
            }
        }
    }

    #[test]
    fn the_words_of_the_office_are_known() {
        let needs = |text: &str| {
            catalogue()
                .need(text)
                .map(|at| &*catalogue().needs[at].code)
        };
        assert_eq!(needs("care"), Some("care"));
        assert_eq!(needs("护理"), Some("care"));
        assert_eq!(needs("Care"), Some("care"));
        assert_eq!(needs("打麻将"), None);
        let dibao = catalogue().programme("低保");
        assert_eq!(dibao, catalogue().programme("DIBAO"));
        assert_eq!(dibao, Some(0));
    }
}
