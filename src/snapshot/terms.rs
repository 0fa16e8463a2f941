//! Lists of codes as bits.

use crate::model::{CodeList, Term};
use std::collections::HashMap;

/// Bits of a column.
const PLACES: usize = 64;

/// Turns lists of codes into bits over the places of a catalogue, and adds the terms that the
/// catalogue does not have, in the order in which they appear. The 64 places filled, what else
/// is unknown shares the last.
#[derive(Debug)]
pub(super) struct TermBits {
    terms: Vec<Term>,
    /// A town has few different lists, and many households with each.
    of_list: HashMap<String, u64>,
}

impl TermBits {
    pub(super) fn new(terms: Vec<Term>) -> Self {
        Self {
            terms,
            of_list: HashMap::new(),
        }
    }

    /// The bits of a list.
    pub(super) fn bits(&mut self, list: &CodeList) -> u64 {
        if list.is_empty() {
            return 0;
        }
        if let Some(bits) = self.of_list.get(list.as_str()) {
            return *bits;
        }
        let bits = list
            .iter()
            .fold(0, |bits, entry| bits | 1 << self.place(entry));
        self.of_list.insert(list.as_str().to_owned(), bits);
        bits
    }

    /// The place of a term.
    pub(super) fn place(&mut self, entry: &str) -> usize {
        let known = self.terms.iter().position(|term| term.is_called(entry));
        let place = known.unwrap_or_else(|| {
            if self.terms.len() < PLACES {
                self.terms.push(Term::unknown(entry));
                self.terms.len() - 1
            } else {
                PLACES - 1
            }
        });
        place.min(PLACES - 1)
    }

    /// The terms, those of the files behind the shipped ones.
    pub(super) fn into_terms(self) -> Vec<Term> {
        self.terms
    }
}

/// A column of names of which there are few.
#[derive(Debug, Default)]
pub(super) struct Names {
    distinct: Vec<String>,
    of_name: HashMap<String, u32>,
    column: Vec<u32>,
}

impl Names {
    pub(super) fn push(&mut self, name: &str) {
        let number = self.of_name.get(name).copied().unwrap_or_else(|| {
            let number = self.distinct.len() as u32;
            self.distinct.push(name.to_owned());
            self.of_name.insert(name.to_owned(), number);
            number
        });
        self.column.push(number);
    }

    /// The column as places of terms.
    pub(super) fn places(&self, terms: &mut TermBits) -> Vec<u8> {
        let of_name: Vec<u8> = self
            .distinct
            .iter()
            .map(|name| terms.place(name) as u8)
            .collect();
        self.column
            .iter()
            .map(|number| of_name.get(*number as usize).copied().unwrap_or_default())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_terms_get_places_as_they_appear() {
        let mut dibao = Term::unknown("dibao");
        dibao.zh = "低保".to_owned();
        dibao.known = true;
        let mut bits = TermBits::new(vec![dibao.clone()]);
        assert_eq!(bits.bits(&CodeList::new()), 0);
        assert_eq!(bits.bits(&CodeList::split("乙;DIBAO;甲")), 0b111);
        assert_eq!(bits.bits(&CodeList::split("低保;甲")), 0b101);
        assert_eq!(bits.bits(&CodeList::split("甲")), 0b100);
        let terms = bits.into_terms();
        assert_eq!(terms, [dibao, Term::unknown("乙"), Term::unknown("甲")]);
    }

    #[test]
    fn what_has_no_place_shares_the_last() {
        let mut bits = TermBits::new(Vec::new());
        for place in 0..63 {
            let one = bits.bits(&CodeList::split(&format!("t{place}")));
            assert_eq!(one, 1 << place);
        }
        for late in ["a", "b", "c"] {
            assert_eq!(bits.bits(&CodeList::split(late)), 1 << 63);
        }
        assert_eq!(bits.bits(&CodeList::split("t0;b")), 1 << 63 | 1);
        assert_eq!(bits.into_terms().len(), 64);
    }
}
