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

    /// The programmes whose rule or amount asks for the threshold of a place, itself or by way of
    /// the rules that it asks for, as bits.
    pub fn that_ask_for(&self, threshold: usize) -> u64 {
        let programmes = self.programmes.iter().enumerate();
        let asking = programmes.filter(|(_, rule)| {
            let amount = rule.amount.as_ref();
            amount.is_some_and(|amount| number_asks(amount, threshold))
        });
        asking.fold(self.decided_by(threshold), |bits, (place, _)| {
            bits | 1 << (place & 63)
        })
    }

    /// The same of rules alone: the programmes for which the threshold decides who is eligible.
    pub fn decided_by(&self, threshold: usize) -> u64 {
        let programmes = self.programmes.iter().enumerate();
        let asking = programmes.filter(|(_, rule)| {
            let clause = rule.clause.as_ref();
            clause.is_some_and(|clause| clause_asks(clause, threshold))
        });
        asking.fold(0, |bits, (place, _)| bits | 1 << (place & 63))
    }
}

fn clause_asks(clause: &Clause, threshold: usize) -> bool {
    match &clause.kind {
        ClauseKind::And(parts) | ClauseKind::Or(parts) => {
            parts.iter().any(|part| clause_asks(part, threshold))
        }
        ClauseKind::Not(part) | ClauseKind::AnyMember(part) => clause_asks(part, threshold),
        ClauseKind::Eligible(_, part) => part
            .as_deref()
            .is_some_and(|part| clause_asks(part, threshold)),
        ClauseKind::Compare(left, _, right) => {
            number_asks(left, threshold) || number_asks(right, threshold)
        }
        ClauseKind::OneOf(number, list) => {
            number_asks(number, threshold) || list.iter().any(|one| number_asks(one, threshold))
        }
        _ => false,
    }
}

fn number_asks(number: &Number, threshold: usize) -> bool {
    match number {
        Number::Threshold(place) => *place == threshold,
        Number::CountMembers(clause) => clause_asks(clause, threshold),
        Number::Negative(inner) => number_asks(inner, threshold),
        Number::Calculated(left, _, right) => {
            number_asks(left, threshold) || number_asks(right, threshold)
        }
        Number::Constant(_) | Number::Fact(_) => false,
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

    #[test]
    fn a_threshold_is_asked_for_by_rules_and_amounts() {
        let rules = [
            "income_per_head < 2 * dibao_standard",
            "age >= old_age or not receives(dibao)",
            "count member (eligible(gaoling)) > 0 or eligible(dibao)",
        ];
        let mut catalogue = catalogue(rules);
        catalogue.schemes[1].monthly_amount = "0.5 * dibao_standard".to_owned();
        let rules = RuleSet::compile(&catalogue, as_of());
        assert_eq!(
            [0, 1, 2].map(|one| rules.that_ask_for(one)),
            [0b111, 0b110, 0]
        );
        assert_eq!([0, 1].map(|one| rules.decided_by(one)), [0b101, 0b110]);
    }
}
