//! The catalogue: programmes and need categories, with their names in both languages, and the
//! numbers that rules and figures go by.

use super::{NamedNumber, Scheme, Threshold};
use crate::words::Lang;

/// A programme or a need category.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Its code, lower case, or the text of an unknown term as it came.
    pub code: String,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// Chinese name where room is short; empty where the name is short enough.
    pub short_zh: String,
    /// English name where room is short.
    pub short_en: String,
    /// Other names under which files know it.
    pub aliases: Vec<String>,
    /// Weight in the unmet load; 1 unless set.
    pub weight: f64,
    /// Whether the catalogue ships it; unknown terms of a file are not.
    pub known: bool,
}

impl Term {
    /// A term that a file names and the catalogue does not have.
    pub fn unknown(text: &str) -> Self {
        Self {
            code: text.to_owned(),
            zh: text.to_owned(),
            en: text.to_owned(),
            short_zh: String::new(),
            short_en: String::new(),
            aliases: Vec::new(),
            weight: 1.0,
            known: false,
        }
    }

    /// The name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }

    /// The short name in a language, else the name.
    pub fn short_name(&self, lang: Lang) -> &str {
        let short = lang.pick(&self.short_zh, &self.short_en);
        if short.is_empty() {
            self.name(lang)
        } else {
            short
        }
    }

    /// Whether a text means this term: code, either name or an alias, case aside.
    pub fn is_called(&self, text: &str) -> bool {
        let same = |name: &str| name == text || name.to_lowercase() == text.to_lowercase();
        same(&self.code)
            || same(&self.zh)
            || same(&self.en)
            || self.aliases.iter().any(|alias| same(alias))
    }
}

/// Programmes and needs. The place of a term in its list is its bit in the household columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalogue {
    /// Kinds of assistance.
    pub programmes: Vec<Term>,
    /// Kinds of need.
    pub needs: Vec<Term>,
    /// What the programmes are beside their names, in the same order. Unknown terms of files stand
    /// behind the programmes and have none.
    pub schemes: Vec<Scheme>,
    /// Numbers that rules name.
    pub thresholds: Vec<Threshold>,
    /// Weights and other numbers by which figures are made.
    pub numbers: Vec<NamedNumber>,
}

impl Catalogue {
    /// The catalogue without the terms that only files know.
    #[must_use]
    pub fn of_office(&self) -> Self {
        let mut office = self.clone();
        office.programmes.retain(|term| term.known);
        office.needs.retain(|term| term.known);
        office.schemes.truncate(office.programmes.len());
        office
    }

    /// The place of a programme by code, name or alias.
    pub fn programme(&self, text: &str) -> Option<usize> {
        self.programmes.iter().position(|term| term.is_called(text))
    }

    /// The place of a need by code, name or alias.
    pub fn need(&self, text: &str) -> Option<usize> {
        self.needs.iter().position(|term| term.is_called(text))
    }

    /// The place of a threshold by code or name.
    pub fn threshold(&self, text: &str) -> Option<usize> {
        let same = |name: &str| !name.is_empty() && name.to_lowercase() == text.to_lowercase();
        let mut all = self.thresholds.iter();
        all.position(|one| same(&one.code) || same(&one.zh) || same(&one.en))
    }

    /// A named number by its code.
    pub fn number(&self, code: &str) -> Option<f64> {
        let mut all = self.numbers.iter();
        all.find(|one| one.code == code).map(|one| one.value)
    }
}
