//! Two catalogues with their terms in the same places.

use super::{Catalogue, Scheme, Term, Threshold};

impl Catalogue {
    /// This catalogue with its programmes and needs in the places of another's: the household
    /// columns of a town know a term by its place. Terms of the other that are not here stay in
    /// their places without a rule; terms that the other does not have stand behind all.
    #[must_use]
    pub fn aligned_to(&self, other: &Self) -> Self {
        let (programmes, sources) = aligned(&self.programmes, &other.programmes);
        let schemes = programmes.iter().zip(&sources).enumerate();
        let schemes = schemes.map(|(place, (_, source))| match source {
            Some(source) => self.schemes.get(*source).cloned().unwrap_or_default(),
            // Without a rule, but counted as it was.
            None => Scheme {
                unit: other
                    .schemes
                    .get(place)
                    .map(|one| one.unit)
                    .unwrap_or_default(),
                ..Scheme::default()
            },
        });
        Self {
            schemes: schemes.collect(),
            needs: aligned(&self.needs, &other.needs).0,
            programmes,
            thresholds: self.thresholds_aligned_to(other),
            numbers: self.numbers.clone(),
        }
    }

    /// Thresholds in the other's places; one that is not here leaves a place that no rule can name.
    fn thresholds_aligned_to(&self, other: &Self) -> Vec<Threshold> {
        let of = |code: &str| self.thresholds.iter().find(|one| one.code == code);
        let kept = other.thresholds.iter().map(|one| match of(&one.code) {
            Some(own) => own.clone(),
            None => Threshold {
                code: String::new(),
                zh: String::new(),
                en: String::new(),
                values: Vec::new(),
                unit: one.unit,
            },
        });
        let is_new = |one: &&Threshold| other.thresholds.iter().all(|old| old.code != one.code);
        let new = self.thresholds.iter().filter(is_new).cloned();
        kept.chain(new).collect()
    }
}

/// The terms in the other's order, each with its place among the first ones if it is there.
fn aligned(own: &[Term], other: &[Term]) -> (Vec<Term>, Vec<Option<usize>>) {
    let place_of = |term: &Term| {
        let same = own.iter().position(|one| one.code == term.code);
        // What files call by an alias of a new term has waited for it under that name.
        same.or_else(|| {
            let called = |one: &Term| one.known && one.is_called(&term.code);
            (!term.known).then(|| own.iter().position(called)).flatten()
        })
    };
    let mut used = vec![false; own.len()];
    let (mut terms, mut sources) = (Vec::new(), Vec::new());
    for term in other {
        let source = place_of(term).filter(|at| used.get(*at) == Some(&false));
        let found = source.and_then(|at| own.get(at));
        if let Some(used) = source.and_then(|at| used.get_mut(at)) {
            *used = true;
        }
        terms.push(found.unwrap_or(term).clone());
        sources.push(source);
    }
    for (at, term) in own.iter().enumerate() {
        if used.get(at) == Some(&false) {
            terms.push(term.clone());
            sources.push(Some(at));
        }
    }
    (terms, sources)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ProgrammeUnit, Quantity};

    fn catalogue(codes: &[&str]) -> Catalogue {
        Catalogue {
            programmes: codes
                .iter()
                .map(|code| Term {
                    known: true,
                    aliases: vec![format!("{code} by another name")],
                    ..Term::unknown(code)
                })
                .collect(),
            schemes: codes
                .iter()
                .map(|code| Scheme {
                    unit: ProgrammeUnit::Person,
                    monthly_amount: (*code).to_owned(),
                    ..Scheme::default()
                })
                .collect(),
            ..Catalogue::default()
        }
    }

    #[test]
    fn terms_keep_the_places_that_the_town_knows() {
        let mut town = catalogue(&["a", "b", "c"]);
        town.programmes.push(Term::unknown("d by another name"));
        town.programmes.push(Term::unknown("x"));
        let trial = catalogue(&["e", "c", "a", "d"]).aligned_to(&town);
        let found: Vec<(&str, &str)> = trial
            .programmes
            .iter()
            .zip(&trial.schemes)
            .map(|(term, scheme)| (term.code.as_str(), scheme.monthly_amount.as_str()))
            .collect();
        let expected = [
            ("a", "a"),
            ("b", ""),
            ("c", "c"),
            ("d", "d"),
            ("x", ""),
            ("e", "e"),
        ];
        assert_eq!(found, expected);
        assert_eq!(trial.schemes[1].unit, ProgrammeUnit::Person);
        assert_eq!(town.aligned_to(&town).programmes, town.programmes);
    }

    #[test]
    fn thresholds_keep_their_places_too() {
        let with = |codes: &[&str]| Catalogue {
            thresholds: codes
                .iter()
                .map(|code| Threshold {
                    code: (*code).to_owned(),
                    zh: String::new(),
                    en: String::new(),
                    unit: Quantity::Years,
                    values: Vec::new(),
                })
                .collect(),
            ..Catalogue::default()
        };
        let trial = with(&["z", "b"]).aligned_to(&with(&["a", "b"]));
        let codes: Vec<&str> = trial
            .thresholds
            .iter()
            .map(|one| one.code.as_str())
            .collect();
        assert_eq!(codes, ["", "b", "z"]);
        assert_eq!(trial.threshold("a"), None);
    }
}
