//! What a rule asks of other programmes.

use super::clause::{Clause, ClauseKind, Number};
use super::compile::RuleSet;

impl RuleSet {
    /// The programmes of which the rule of a place asks who receives them, itself or by way of the
    /// rules that it asks for, as bits.
    pub(in crate::analysis) fn asks_receipts_of(&self, place: usize) -> u64 {
        let rule = self.programmes.get(place);
        let clause = rule.and_then(|rule| rule.clause.as_ref());
        clause.map_or(0, of_clause)
    }
}

fn of_clause(clause: &Clause) -> u64 {
    let all = |parts: &[Clause]| parts.iter().fold(0, |bits, part| bits | of_clause(part));
    match &clause.kind {
        ClauseKind::And(parts) | ClauseKind::Or(parts) => all(parts),
        ClauseKind::Not(part) | ClauseKind::AnyMember(part) => of_clause(part),
        ClauseKind::Eligible(_, part) => part.as_deref().map_or(0, of_clause),
        ClauseKind::Compare(left, _, right) => of_number(left) | of_number(right),
        ClauseKind::OneOf(number, list) => {
            let list = list.iter().fold(0, |bits, one| bits | of_number(one));
            of_number(number) | list
        }
        ClauseKind::Receives(place) => 1 << (place & 63),
        ClauseKind::Flag(_)
        | ClauseKind::Kinds(..)
        | ClauseKind::Tags(_)
        | ClauseKind::Lists(_)
        | ClauseKind::Areas(_)
        | ClauseKind::Need(_) => 0,
    }
}

fn of_number(number: &Number) -> u64 {
    match number {
        Number::CountMembers(clause) => of_clause(clause),
        Number::Negative(inner) => of_number(inner),
        Number::Calculated(left, _, right) => of_number(left) | of_number(right),
        Number::Constant(_) | Number::Threshold(_) | Number::Fact(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{as_of, catalogue};
    use super::*;

    #[test]
    fn a_rule_asks_for_receipts_itself_and_by_way_of_others() {
        let rules = [
            "income_per_head < dibao_standard",
            "age >= 80 and not receives(dibao)",
            "count member (eligible(gaoling)) > 0 or receives(canji)",
        ];
        let rules = RuleSet::compile(&catalogue(rules), as_of());
        assert_eq!(rules.asks_receipts_of(0), 0);
        assert_eq!(rules.asks_receipts_of(1), 0b001);
        assert_eq!(rules.asks_receipts_of(2), 0b101);
        assert_eq!(rules.asks_receipts_of(9), 0);
    }
}
