//! One table of the catalogue's text: its values by key, and what is wrong with them.

use super::CatalogueMistake;
use crate::model::{Date, Quantity};
use crate::words::Message;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// The text, what is wrong in it, and the names that are taken.
pub(super) struct Place {
    /// Where each line begins, in bytes.
    lines: Vec<usize>,
    text: String,
    pub(super) mistakes: Vec<CatalogueMistake>,
    /// Name to owner, a list each.
    owners: BTreeMap<(&'static str, String), String>,
}

impl Place {
    pub(super) fn of(text: &str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            lines: std::iter::once(0).chain(ends).collect(),
            text: text.to_owned(),
            mistakes: Vec::new(),
            owners: BTreeMap::new(),
        }
    }

    /// Notes a mistake at a byte of the text.
    pub(super) fn mistake(&mut self, at: usize, message: Message) {
        let line = self.lines.partition_point(|start| *start <= at).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        let before = self.text.get(start..at).unwrap_or_default();
        self.mistakes.push(CatalogueMistake {
            line,
            column: before.chars().count() + 1,
            message,
        });
    }
}

/// A table that is being read. Keys that nobody asked for are mistakes in the end.
pub(super) struct Entry<'t, 'p> {
    table: &'t DeTable<'t>,
    /// Where it stands, in bytes.
    at: usize,
    /// The list that it is an entry of.
    list: &'static str,
    code: String,
    asked: Vec<&'static str>,
    place: &'p mut Place,
}

impl<'t, 'p> Entry<'t, 'p> {
    pub(super) fn root(table: &'t DeTable<'t>, place: &'p mut Place) -> Self {
        Self {
            table,
            at: 0,
            list: "",
            code: String::new(),
            asked: Vec::new(),
            place,
        }
    }

    fn value(&mut self, key: &'static str) -> Option<(&'t DeValue<'t>, Range<usize>)> {
        self.asked.push(key);
        let value = self.table.get(key)?;
        Some((value.get_ref(), value.span()))
    }

    /// Notes a mistake at a key's value, or at the table where it has none.
    pub(super) fn mistake_at(&mut self, key: &str, message: Message) {
        let at = self
            .table
            .get(key)
            .map_or(self.at, |value| value.span().start);
        self.place.mistake(at, message);
    }

    fn wrong_kind(&mut self, key: &'static str, wanted: &'static str) {
        self.mistake_at(key, Message::new(wanted).arg("key", key));
    }

    /// A text; empty where there is none.
    pub(super) fn text(&mut self, key: &'static str) -> String {
        match self.value(key) {
            None => String::new(),
            Some((DeValue::String(text), _)) => text.trim().to_owned(),
            Some(_) => {
                self.wrong_kind(key, "rules.catalogue_wants_text");
                String::new()
            }
        }
    }

    /// A text that must be there.
    pub(super) fn needed_text(&mut self, key: &'static str) -> String {
        let mistakes = self.place.mistakes.len();
        let text = self.text(key);
        if text.is_empty() && self.place.mistakes.len() == mistakes {
            self.mistake_at(key, Message::new("rules.catalogue_missing").arg("key", key));
        }
        text
    }

    /// The code: small letters, digits and underscores, and no other entry of the list has it.
    pub(super) fn code(&mut self) -> String {
        let code = self.needed_text("code");
        let is_plain = code.starts_with(|first: char| first.is_ascii_lowercase())
            && code
                .chars()
                .all(|char| matches!(char, 'a'..='z' | '0'..='9' | '_'));
        if !code.is_empty() && !is_plain {
            let message = Message::new("rules.catalogue_bad_code").arg("code", &code);
            self.mistake_at("code", message);
        }
        self.code.clone_from(&code);
        code
    }

    /// Takes a name for this entry; another of the list may not have it.
    pub(super) fn owns(&mut self, name: &str) {
        if name.is_empty() {
            return;
        }
        let key = (self.list, name.to_owned());
        let Some(owner) = self.place.owners.get(&key).cloned() else {
            self.place.owners.insert(key, self.code.clone());
            return;
        };
        if owner != self.code || name == self.code {
            let message = Message::new("rules.catalogue_same_name")
                .arg("name", name)
                .arg("owner", owner);
            self.mistake_at("code", message);
        }
    }

    /// Texts; none where there is no list.
    pub(super) fn texts(&mut self, key: &'static str) -> Vec<String> {
        let Some((value, _)) = self.value(key) else {
            return Vec::new();
        };
        let texts: Option<Vec<String>> = value.as_array().and_then(|list| {
            let text = |one: &toml::Spanned<DeValue<'t>>| match one.get_ref() {
                DeValue::String(text) => Some(text.trim().to_owned()),
                _ => None,
            };
            list.iter().map(text).collect()
        });
        texts.unwrap_or_else(|| {
            self.wrong_kind(key, "rules.catalogue_wants_texts");
            Vec::new()
        })
    }

    /// A number, if there is one.
    pub(super) fn number(&mut self, key: &'static str) -> Option<f64> {
        let number = match self.value(key)?.0 {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse::<f64>(),
            DeValue::Float(number) => number.as_str().parse::<f64>(),
            _ => {
                self.wrong_kind(key, "rules.catalogue_wants_number");
                return None;
            }
        };
        match number {
            Ok(number) if number.is_finite() && number.abs() <= LARGEST => Some(number),
            _ => {
                self.wrong_kind(key, "rules.catalogue_wants_number");
                None
            }
        }
    }

    /// A number that must be there; 0 where it is not, and a mistake.
    pub(super) fn needed_number(&mut self, key: &'static str) -> f64 {
        if !self.table.contains_key(key) {
            self.mistake_at(key, Message::new("rules.catalogue_missing").arg("key", key));
        }
        self.number(key).unwrap_or(0.0)
    }

    /// A number of months, if there is one.
    pub(super) fn months(&mut self, key: &'static str) -> Option<u32> {
        let number = self.number(key)?;
        if number.fract() != 0.0 || !(1.0..=1_200.0).contains(&number) {
            self.wrong_kind(key, "rules.catalogue_wants_months");
            return None;
        }
        Some(number as u32)
    }

    /// Yes or no; `otherwise` where nothing is said.
    pub(super) fn flag(&mut self, key: &'static str, otherwise: bool) -> bool {
        match self.value(key) {
            None => otherwise,
            Some((DeValue::Boolean(flag), _)) => *flag,
            Some(_) => {
                self.wrong_kind(key, "rules.catalogue_wants_flag");
                otherwise
            }
        }
    }

    /// A day that must be there.
    pub(super) fn day(&mut self, key: &'static str) -> Option<Date> {
        let day = match self.value(key) {
            None => {
                self.mistake_at(key, Message::new("rules.catalogue_missing").arg("key", key));
                return None;
            }
            Some((DeValue::String(text), _)) => Date::parse(text),
            Some((DeValue::Datetime(day), _)) => Date::parse(&day.to_string()),
            Some(_) => None,
        };
        if day.is_none() {
            self.wrong_kind(key, "rules.catalogue_wants_day");
        }
        day
    }

    /// What a number counts.
    pub(super) fn quantity(&mut self) -> Quantity {
        self.one_of(
            "unit",
            Quantity::from_code,
            &Quantity::ALL.map(Quantity::code),
        )
        .unwrap_or_default()
    }

    /// A word of a closed list, if there is one.
    pub(super) fn one_of<T>(
        &mut self,
        key: &'static str,
        known: impl Fn(&str) -> Option<T>,
        words: &[&str],
    ) -> Option<T> {
        let text = self.text(key);
        let found = known(&text);
        if found.is_none() && !text.is_empty() {
            let message = Message::new("rules.catalogue_unknown_word")
                .arg("word", text)
                .arg("words", words.join(", "));
            self.mistake_at(key, message);
        }
        found
    }

    /// Reads every table of a list.
    pub(super) fn each(&mut self, key: &'static str, mut read: impl FnMut(&mut Entry<'t, '_>)) {
        let Some((value, _)) = self.value(key) else {
            return;
        };
        let Some(list) = value.as_array() else {
            self.wrong_kind(key, "rules.catalogue_wants_tables");
            return;
        };
        for one in list {
            let Some(table) = one.get_ref().as_table() else {
                self.wrong_kind(key, "rules.catalogue_wants_tables");
                return;
            };
            let mut entry = Entry {
                table,
                at: one.span().start,
                list: key,
                code: self.code.clone(),
                asked: Vec::new(),
                place: self.place,
            };
            read(&mut entry);
            entry.finish();
        }
    }

    /// Notes the keys that nobody asked for.
    pub(super) fn finish(&mut self) {
        let strangers: Vec<(usize, String)> = self
            .table
            .iter()
            .filter(|(key, _)| !self.asked.contains(&key.get_ref().as_ref()))
            .map(|(key, _)| (key.span().start, key.get_ref().to_string()))
            .collect();
        for (at, key) in strangers {
            let known = self.asked.join(", ");
            let message = Message::new("rules.catalogue_unknown_key")
                .arg("key", key)
                .arg("known", known);
            self.place.mistake(at, message);
        }
    }
}

/// The largest number that a catalogue may hold; nothing that is paid or counted comes near.
const LARGEST: f64 = 1e12;
