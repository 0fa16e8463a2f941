//! The reason of a verdict: each clause with its own, what was found, and what is missing.

use super::facts::Fact;
use super::verdict::Verdict;
use crate::model::HouseholdField;

/// A clause of a rule as it stands for one household or member.
#[derive(Debug, Clone, PartialEq)]
pub struct ClauseReason {
    /// Whether it holds.
    pub verdict: Verdict,
    /// The first character of the clause in the text of its rule, counted from 0.
    pub start: usize,
    /// The character behind its last.
    pub end: usize,
    /// How it is put together.
    pub kind: ReasonKind,
    /// Of which programme's rule it is a clause.
    pub programme: u8,
    /// The facts that it stands on, in the order of the text.
    pub found: Vec<FoundFact>,
    /// The clauses that it is made of; for members one each.
    pub parts: Vec<ClauseReason>,
}

/// How a clause is put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReasonKind {
    /// All parts must hold.
    And,
    /// One part must hold.
    Or,
    /// The part must not hold.
    Not,
    /// It asks for facts.
    Facts,
    /// One part, a member each, must hold.
    AnyMember,
    /// The part is what this member gives; `None` for members of whom no table tells.
    Member(Option<u32>),
    /// The part is the rule of the programme of this place.
    Eligible(u8),
}

/// A fact and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundFact {
    /// Which fact.
    pub fact: Fact,
    /// What it is.
    pub value: FactValue,
    /// What it stands on; the file and row of each are known where it was recorded.
    pub sources: Vec<FactSource>,
}

/// What a fact is.
#[derive(Debug, Clone, PartialEq)]
pub enum FactValue {
    /// Nobody says.
    Missing,
    /// It does not apply, such as the level of a disability that nobody has.
    None,
    /// A number.
    Number(f64),
    /// A number between these, by what the ledger's counts say; without end where not finite.
    Between(f64, f64),
    /// So or not.
    Flag(bool),
    /// A kind by its number in the fact's vocabulary.
    Kind(u8),
}

/// What a fact stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactSource {
    /// A field of the household's row.
    Household(HouseholdField),
    /// A field of a member's row, by its word in the member table.
    Member(u32, &'static str),
    /// The rows of all listed members, counted or added up, since the household's row is silent.
    ListedMembers(&'static str),
    /// A threshold's place in the catalogue, and the place of the value among its values.
    Threshold(usize, usize),
    /// A receipt that counts on the day, by its place in the snapshot.
    Receipt(u32),
    /// The receipts of the household: none of them counts.
    Receipts,
    /// A need that is open on the day, by its place in the snapshot.
    Need(u32),
    /// The last visit by the day, by its place in the snapshot.
    Visit(u32),
    /// A department's list that knows the household, by its place among the household's lists.
    List(u32),
    /// The departments' lists: none of those asked for knows the household.
    Lists,
    /// The area in which the household lies.
    Area,
}

/// A fact that is missing and could change the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MissingFact {
    /// Which fact.
    pub fact: Fact,
    /// Of which member; `None` where it is the household's, or of members whom no table names.
    pub member: Option<u32>,
}

impl ClauseReason {
    /// The facts whose knowing could change an unknown verdict, each once; none where it is known.
    /// A clause that is known already takes no part; of an unknown one all facts that are missing do.
    pub fn missing(&self) -> Vec<MissingFact> {
        let mut out = Vec::new();
        self.gather(None, &mut out);
        out.sort_unstable();
        out.dedup();
        out
    }

    fn gather(&self, member: Option<u32>, out: &mut Vec<MissingFact>) {
        if self.verdict != Verdict::Unknown {
            return;
        }
        let member = match self.kind {
            ReasonKind::Member(member) => member,
            _ => member,
        };
        for found in &self.found {
            if matches!(found.value, FactValue::Missing | FactValue::Between(..)) {
                out.push(MissingFact {
                    fact: found.fact,
                    member: member.filter(|_| found.fact.is_of_member()),
                });
            }
        }
        if self.kind == ReasonKind::Member(None) {
            out.push(MissingFact {
                fact: Fact::MembersTable,
                member: None,
            });
        }
        for part in &self.parts {
            // All of them count, but nobody says how many they are.
            if part.kind == ReasonKind::Member(None) && part.verdict == Verdict::Yes {
                out.push(MissingFact {
                    fact: Fact::MembersTable,
                    member: None,
                });
            }
            part.gather(member, out);
        }
    }
}
