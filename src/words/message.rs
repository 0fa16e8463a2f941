//! A sentence that has not chosen its language yet.

use super::Lang;

/// A key of the word lists with the values that fill it. Lower floors say what happened in
/// messages; the language is chosen where a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    key: &'static str,
    args: Vec<(&'static str, String)>,
}

impl Message {
    /// A message without values.
    pub fn new(key: &'static str) -> Self {
        Self {
            key,
            args: Vec::new(),
        }
    }

    /// Adds a value for `{name}`.
    #[must_use]
    #[allow(clippy::needless_pass_by_value)] // A reference would put `&` before every number.
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// The key, `room.name`.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// The value that fills a place.
    pub fn value(&self, name: &str) -> Option<&str> {
        let mut args = self.args.iter();
        let found = args.find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The sentence in a language.
    pub fn text(&self, lang: Lang) -> String {
        let args: Vec<(&str, &str)> = self
            .args
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        lang.with(self.key, &args)
    }
}
