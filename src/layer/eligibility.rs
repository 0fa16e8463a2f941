//! Why a household should have a programme, should not, or why nobody knows: the reason of a rule as
//! lines that a person reads. The card and the command line both read it here.

use super::fact_origin::{FactOrigins, fact_source, supplier_word};
use crate::analysis::{
    ClauseReason, Explanation, Fact, FactValue, FoundFact, MissingFact, ReasonKind, UnitRef,
    Verdict,
};
use crate::base::digits;
use crate::model::{Catalogue, Origin, masked_name};
use crate::snapshot::Snapshot;
use crate::words::Lang;

/// A line of a reason.
#[derive(Debug, Clone, PartialEq)]
pub struct ReasonLine {
    /// How deep it stands.
    pub depth: u8,
    /// Whether what it says holds.
    pub verdict: Verdict,
    /// What it says; of facts without where they were read.
    pub text: String,
    /// The facts that it stands on, in the order of the clause; none where it stands for several.
    pub facts: Vec<FactLine>,
    /// The clause in the words of the rule; empty where the line stands for several.
    pub clause: String,
}

/// A fact as a person reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct FactLine {
    /// Its code in rules.
    pub code: &'static str,
    /// What it is: its name and value.
    pub text: String,
    /// Where it was read; empty where nothing was.
    pub source: String,
    /// The files and rows that it stands on; none where nobody knows them.
    pub origins: Vec<Origin>,
}

impl ReasonLine {
    /// All of it in one line: each fact with where it was read.
    pub fn whole(&self, lang: Lang) -> String {
        if self.facts.is_empty() {
            return self.text.clone();
        }
        let facts: Vec<String> = self.facts.iter().map(|fact| fact.whole(lang)).collect();
        facts.join(lang.pick("；", "; "))
    }
}

impl FactLine {
    /// `Income per head: 480 ← ledger.csv · row 12 · 2026-11-21`.
    pub fn whole(&self, lang: Lang) -> String {
        if self.source.is_empty() {
            return self.text.clone();
        }
        let parts = [("fact", &*self.text), ("source", &*self.source)];
        lang.with("layer.fact_from", &parts)
    }
}

/// The key of the word of a verdict.
pub fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Yes => "layer.verdict_yes",
        Verdict::No => "layer.verdict_no",
        Verdict::Unknown => "layer.verdict_unknown",
    }
}

/// Of whom the rule was asked: nothing for the household itself, else the member.
pub fn unit_text(unit: UnitRef, snapshot: &Snapshot, lang: Lang, masked: bool) -> String {
    match unit {
        UnitRef::Household(_) => String::new(),
        UnitRef::Person(person) => member_text(person, snapshot, lang, masked),
        UnitRef::Unlisted(_) => lang.t("layer.member_unlisted").into_owned(),
    }
}

fn member_text(person: u32, snapshot: &Snapshot, lang: Lang, masked: bool) -> String {
    let name = snapshot.people.name.get(person);
    if name.is_empty() {
        return lang.t("layer.member_unnamed").into_owned();
    }
    if masked {
        masked_name(name)
    } else {
        name.to_owned()
    }
}

/// The facts that are missing, each once, as a person names them, with who could tell.
pub fn missing_text(missing: &[MissingFact], catalogue: &Catalogue, lang: Lang) -> String {
    let mut names: Vec<String> = Vec::new();
    for one in missing {
        let name = fact_name(one.fact, catalogue, lang);
        let name = match supplier_word(one.fact) {
            Some(key) => lang.with("layer.fact_ask", &[("fact", &name), ("who", &lang.t(key))]),
            None => name,
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(lang.pick("、", ", "))
}

/// The reason of an explanation, clause by clause; where its facts were read is said as far as the
/// origins know.
pub fn reason_lines(
    explanation: &Explanation,
    snapshot: &Snapshot,
    origins: &FactOrigins,
    lang: Lang,
    masked: bool,
) -> Vec<ReasonLine> {
    let by = (&snapshot.catalogue, origins);
    reason_lines_by(explanation, snapshot, by, lang, masked)
}

/// The same by the rules of another catalogue, whose terms stand in the places of the snapshot's.
pub fn reason_lines_by(
    explanation: &Explanation,
    snapshot: &Snapshot,
    (catalogue, origins): (&Catalogue, &FactOrigins),
    lang: Lang,
    masked: bool,
) -> Vec<ReasonLine> {
    let mut writer = Writer {
        snapshot,
        catalogue,
        origins,
        lang,
        masked,
        version: explanation.version,
        programme: explanation.programme,
        lines: Vec::new(),
    };
    let mut reason = &explanation.reason;
    // The member is said above the lines.
    while let (ReasonKind::Member(_), [part]) = (reason.kind, reason.parts.as_slice()) {
        reason = part;
    }
    match reason.kind {
        // All that must hold stands side by side.
        ReasonKind::And => {
            for part in &reason.parts {
                writer.write(part, 0);
            }
        }
        _ => writer.write(reason, 0),
    }
    writer.lines
}

struct Writer<'a> {
    snapshot: &'a Snapshot,
    catalogue: &'a Catalogue,
    origins: &'a FactOrigins,
    lang: Lang,
    masked: bool,
    programme: u8,
    version: usize,
    lines: Vec<ReasonLine>,
}

impl Writer<'_> {
    fn write(&mut self, reason: &ClauseReason, depth: u8) {
        let heading = match reason.kind {
            ReasonKind::Facts => {
                let facts: Vec<FactLine> = reason.found.iter().map(|one| self.fact(one)).collect();
                let texts: Vec<&str> = facts.iter().map(|fact| fact.text.as_str()).collect();
                let text = texts.join(self.lang.pick("；", "; "));
                self.push(reason, depth, text, facts);
                for part in &reason.parts {
                    self.write(part, depth.saturating_add(1));
                }
                return;
            }
            ReasonKind::And => self.lang.t("layer.reason_all_of").into_owned(),
            ReasonKind::Or => self.lang.t("layer.reason_one_of").into_owned(),
            ReasonKind::Not => self.lang.t("layer.reason_not").into_owned(),
            ReasonKind::AnyMember => self.lang.t("layer.reason_any_member").into_owned(),
            ReasonKind::Member(Some(person)) => {
                member_text(person, self.snapshot, self.lang, self.masked)
            }
            ReasonKind::Member(None) => self.lang.t("layer.member_unlisted").into_owned(),
            ReasonKind::Eligible(place) => {
                let programmes = &self.catalogue.programmes;
                let programme = programmes.get(usize::from(place));
                let name = programme.map_or("", |programme| programme.name(self.lang));
                self.lang
                    .with("layer.reason_eligible", &[("programme", name)])
            }
        };
        self.push(reason, depth, heading, Vec::new());
        for part in &reason.parts {
            self.write(part, depth.saturating_add(1));
        }
    }

    fn push(&mut self, reason: &ClauseReason, depth: u8, text: String, facts: Vec<FactLine>) {
        let clause = match reason.kind {
            ReasonKind::Facts => self.clause(reason),
            _ => String::new(),
        };
        self.lines.push(ReasonLine {
            depth,
            verdict: reason.verdict,
            text,
            facts,
            clause,
        });
    }

    /// The clause as it stands in the text of its rule.
    fn clause(&self, reason: &ClauseReason) -> String {
        // A clause of another programme's rule is not in this text.
        if reason.programme != self.programme {
            return String::new();
        }
        let schemes = &self.catalogue.schemes;
        let scheme = schemes.get(usize::from(reason.programme));
        let rule = scheme.and_then(|scheme| scheme.rules.get(self.version));
        let Some(rule) = rule else {
            return String::new();
        };
        let length = reason.end.saturating_sub(reason.start);
        rule.text.chars().skip(reason.start).take(length).collect()
    }

    fn fact(&self, found: &FoundFact) -> FactLine {
        let name = fact_name(found.fact, self.catalogue, self.lang);
        let value = match found.value {
            FactValue::Missing => self.lang.t("layer.fact_missing").into_owned(),
            FactValue::None => self.lang.t("layer.fact_none").into_owned(),
            FactValue::Number(value) => digits::figure(value, 2),
            FactValue::Between(low, high) => {
                let end = |value: f64| {
                    if value.is_finite() {
                        digits::figure(value, 2)
                    } else {
                        self.lang.t("layer.fact_open").into_owned()
                    }
                };
                format!("{}–{}", end(low), end(high))
            }
            FactValue::Flag(true) => self.lang.t("common.yes").into_owned(),
            FactValue::Flag(false) => self.lang.t("common.no").into_owned(),
            FactValue::Kind(kind) => match found.fact {
                Fact::Kind(fact) => fact
                    .vocabulary()
                    .word(kind)
                    .map_or_else(String::new, |word| word.name(self.lang).to_owned()),
                _ => String::new(),
            },
        };
        let source = fact_source(found, self.origins, self.catalogue, self.lang);
        let origins = self.origins.of_fact(found).into_iter().cloned();
        FactLine {
            code: found.fact.code(),
            text: format!("{name}{}{value}", self.lang.pick("：", ": ")),
            source: source.unwrap_or_default(),
            origins: origins.collect(),
        }
    }
}

fn fact_name(fact: Fact, catalogue: &Catalogue, lang: Lang) -> String {
    let term = |key: &str, place: Option<&crate::model::Term>| {
        let name = place.map_or("", |term| term.name(lang));
        lang.with(key, &[("name", name)])
    };
    match fact {
        Fact::Receives(place) => term(
            "layer.fact_receives",
            catalogue.programmes.get(usize::from(place)),
        ),
        Fact::Need(place) => term("layer.fact_need", catalogue.needs.get(usize::from(place))),
        Fact::Threshold(place) => catalogue
            .thresholds
            .get(place)
            .map_or_else(String::new, |threshold| {
                lang.pick(&threshold.zh, &threshold.en).to_owned()
            }),
        other => other.name(lang).to_owned(),
    }
}
