//! The catalogue as a TOML text: the one that the program ships (`assets/catalogue.toml`), and
//! those that offices have made their own.

mod entry;
mod place;
mod scheme;

use self::entry::{Entry, Place};
pub use self::place::rule_place;
use super::file;
use crate::model::{Catalogue, NamedNumber, Term, Threshold, ThresholdValue};
use crate::words::{Fault, Message};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;
use toml::de::DeTable;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    // A text with mistakes gives an empty catalogue; a test reads the shipped one.
    parse_catalogue(SHIPPED).unwrap_or_default()
});

const SHIPPED: &str = include_str!("../../assets/catalogue.toml");

/// The programmes and need categories that the program ships.
pub fn catalogue() -> &'static Catalogue {
    &CATALOGUE
}

/// Its text.
pub fn shipped_catalogue() -> &'static str {
    SHIPPED
}

/// What is wrong in the text of a catalogue, and where. Lines and columns count from 1, columns in
/// characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueMistake {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// What is wrong, and what would be right.
    pub message: Message,
}

/// The longest text that is taken for a catalogue.
const MOST_BYTES: usize = 4 << 20;

/// Reads a catalogue. Rules are kept as they are written: whether they say something is asked
/// where they are compiled.
///
/// # Errors
/// Every mistake, in the order of the text.
pub fn parse_catalogue(text: &str) -> Result<Catalogue, Vec<CatalogueMistake>> {
    let mut place = Place::of(text);
    if text.len() > MOST_BYTES {
        place.mistake(0, Message::new("rules.catalogue_too_long"));
        return Err(place.mistakes);
    }
    let document = match DeTable::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            place.mistake(
                at,
                Message::new("rules.catalogue_not_toml").arg("cause", error.message()),
            );
            return Err(place.mistakes);
        }
    };
    let mut catalogue = Catalogue::default();
    let mut root = Entry::root(document.get_ref(), &mut place);
    root.each("programmes", |entry| {
        let term = term(entry);
        catalogue.programmes.push(term);
        catalogue.schemes.push(scheme::scheme(entry));
    });
    root.each("needs", |entry| {
        let mut need = term(entry);
        need.weight = entry.number("weight").unwrap_or(1.0);
        catalogue.needs.push(need);
    });
    root.each("thresholds", |entry| {
        let threshold = threshold(entry);
        catalogue.thresholds.push(threshold);
    });
    root.each("numbers", |entry| {
        let number = named_number(entry);
        catalogue.numbers.push(number);
    });
    root.finish();
    if catalogue.programmes.len() > MOST_TERMS || catalogue.needs.len() > MOST_TERMS {
        place.mistake(
            0,
            Message::new("rules.catalogue_too_many").arg("most", MOST_TERMS),
        );
    }
    if place.mistakes.is_empty() {
        Ok(catalogue)
    } else {
        place
            .mistakes
            .sort_by_key(|mistake| (mistake.line, mistake.column));
        Err(place.mistakes)
    }
}

/// The text of a file that should be a catalogue: UTF-8, with or without a mark at its beginning.
///
/// # Errors
/// Where it cannot be read, is too long, or is no text.
pub fn read_catalogue_file(path: &Path) -> Result<String, Fault> {
    let (mut source, bytes) = file::open_text(path)?;
    if bytes > MOST_BYTES as u64 {
        return Err(Fault::input(Message::new("rules.catalogue_too_long")));
    }
    let mut text = Vec::new();
    std::io::Read::read_to_end(&mut source, &mut text)
        .map_err(|error| file::cannot_read(path).because(error))?;
    let text = String::from_utf8(text)
        .map_err(|error| file::about("read.catalogue_no_text", path).because(error))?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map(str::to_owned)
        .unwrap_or(text))
}

/// The bits of a column, one kept for what files name and nobody knows.
const MOST_TERMS: usize = 63;

fn term(entry: &mut Entry<'_, '_>) -> Term {
    let code = entry.code();
    let zh = entry.needed_text("zh");
    let en = entry.needed_text("en");
    let aliases = entry.texts("aliases");
    let names = [&code, &zh, &en].into_iter().chain(&aliases);
    let names: BTreeSet<String> = names.map(|name| name.to_lowercase()).collect();
    for name in names {
        entry.owns(&name);
    }
    Term {
        code,
        zh,
        en,
        short_zh: entry.text("short_zh"),
        short_en: entry.text("short_en"),
        aliases,
        weight: 1.0,
        known: true,
    }
}

fn threshold(entry: &mut Entry<'_, '_>) -> Threshold {
    let code = entry.code();
    let (zh, en) = (entry.needed_text("zh"), entry.needed_text("en"));
    let names: BTreeSet<String> = [&code, &zh, &en].map(|name| name.to_lowercase()).into();
    for name in names {
        entry.owns(&name);
    }
    let unit = entry.quantity();
    let mut values: Vec<ThresholdValue> = Vec::new();
    entry.each("values", |value| {
        let (from, number) = (value.day("from"), value.needed_number("value"));
        let area = value.text("area");
        if values
            .iter()
            .any(|one| Some(one.from) == from && one.area == area)
        {
            value.mistake_at("from", Message::new("rules.catalogue_same_day"));
        }
        if let Some(from) = from {
            values.push(ThresholdValue {
                from,
                value: number,
                area,
            });
        }
    });
    values.sort_by(|a, b| (&a.area, a.from).cmp(&(&b.area, b.from)));
    Threshold {
        code,
        zh,
        en,
        unit,
        values,
    }
}

fn named_number(entry: &mut Entry<'_, '_>) -> NamedNumber {
    let code = entry.code();
    entry.owns(&code.to_lowercase());
    let number = NamedNumber {
        zh: entry.needed_text("zh"),
        en: entry.needed_text("en"),
        unit: entry.quantity(),
        value: entry.needed_number("value"),
        code,
    };
    if let Some((least, most)) = NamedNumber::limits_of(&number.code)
        && !(least..=most).contains(&number.value)
    {
        let message = Message::new("rules.number_out_of_limits")
            // Which language is read is not known here.
            .arg("number", format!("{} / {}", number.zh, number.en))
            .arg("least", least)
            .arg("most", most);
        entry.mistake_at("value", message);
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_number_keeps_within_its_limits() {
        let text = |value: &str| {
            format!(
                "[[numbers]]\ncode = \"unstated_radius_m\"\nzh = \"半径\"\nen = \"radius\"\n\
                 unit = \"metres\"\nvalue = {value}\n"
            )
        };
        let read = parse_catalogue(&text("800.0")).unwrap();
        assert_eq!(read.number(NamedNumber::UNSTATED_RADIUS_M), Some(800.0));
        for value in ["0.0", "-1.0", "1000000.5"] {
            let mistakes = parse_catalogue(&text(value)).unwrap_err();
            let [mistake] = &mistakes[..] else {
                panic!("{mistakes:?}");
            };
            assert_eq!(mistake.message.key(), "rules.number_out_of_limits");
            assert_eq!((mistake.line, mistake.column), (6, 9));
        }
    }

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
