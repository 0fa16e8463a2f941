//! A short list of codes or words, as a ledger cell holds it.

use std::fmt;

/// Distinct entries in the order given, kept as one text with `;` between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeList(String);

impl CodeList {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Splits at `;`, `；`, `、`, `,` and `，`; empty entries and repeats fall away.
    pub fn split(text: &str) -> Self {
        let mut list = Self::new();
        for entry in text.split([';', '；', '、', ',', '，']) {
            list.push(entry);
        }
        list
    }

    /// Adds an entry unless it is empty or there already. Surrounding space and `;` inside fall away.
    pub fn push(&mut self, entry: &str) {
        let entry = entry.trim();
        if entry.is_empty() || self.iter().any(|there| there == entry) {
            return;
        }
        if !self.0.is_empty() {
            self.0.push(';');
        }
        if entry.contains(';') {
            self.0.extend(entry.chars().filter(|char| *char != ';'));
        } else {
            self.0.push_str(entry);
        }
    }

    /// Becomes the list of which [`CodeList::as_str`] once gave this text.
    pub fn set_stored(&mut self, text: &str) {
        self.0.clear();
        self.0.push_str(text);
    }

    /// The entries.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split(';').filter(|entry| !entry.is_empty())
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The entries with `;` between them.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CodeList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_at_every_separator_and_keeps_each_once() {
        let list = CodeList::split(" 低保；医疗救助、高龄津贴, dibao;;低保 ");
        assert_eq!(
            list.iter().collect::<Vec<_>>(),
            ["低保", "医疗救助", "高龄津贴", "dibao"]
        );
        assert!(CodeList::split(" ; ").is_empty());
    }
}
