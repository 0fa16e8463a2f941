//! A review (复核): somebody decided anew about a receipt.

use super::{Date, Person, Receipt};

/// A review, recorded at the desk. That somebody was there does not make a visit one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Review {
    /// Id of the household.
    pub household_id: String,
    /// Id, ID number or name of the member whose receipt it was; empty for all receipts of the
    /// programme in the household.
    pub member: String,
    /// Catalogue code of the programme.
    pub programme: String,
    /// The day of the decision.
    pub on: Option<Date>,
    /// Who decided.
    pub author: String,
}

impl Review {
    /// Whether it is about a receipt: of its programme, of its member where it names one, begun by
    /// its day and not ended before. The household's members tell who is meant, since a table may
    /// name somebody by another key than the desk does.
    pub fn is_of(&self, receipt: &Receipt, members: &[&Person]) -> bool {
        let is_same_member = || {
            let (own, other) = (self.member.trim(), receipt.member.trim());
            let called = |text| members.iter().find(|person| person.is_called(text));
            own == other
                || matches!((called(own), called(other)), (Some(a), Some(b)) if std::ptr::eq(*a, *b))
        };
        let counts_on = |on: Date| {
            receipt.start.is_none_or(|start| start <= on) && receipt.end.is_none_or(|end| on <= end)
        };
        receipt.programme.eq_ignore_ascii_case(&self.programme)
            && (self.member.trim().is_empty() || is_same_member())
            && self.on.is_some_and(counts_on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_review_is_of_its_programme_its_member_and_its_time() {
        let day = |text: &str| Date::parse(text);
        let person = |id: &str, id_number: &str, name: &str| Person {
            id: id.to_owned(),
            id_number: id_number.to_owned(),
            name: name.to_owned(),
            ..Person::default()
        };
        let (first, second) = (
            person("1-1", "000000195403070023", "示范甲"),
            person("", "", "示范乙"),
        );
        let members = [&first, &second];
        let review = |member: &str, on: &str| Review {
            member: member.to_owned(),
            programme: "GAOLING".to_owned(),
            on: day(on),
            ..Review::default()
        };
        let receipt = |member: &str, end: &str| Receipt {
            member: member.to_owned(),
            programme: "gaoling".to_owned(),
            start: day("2026-01-01"),
            end: day(end),
            ..Receipt::default()
        };
        for (review, receipt, is_of) in [
            (review("", "2026-01-01"), receipt("示范甲", ""), true),
            (review("示范甲", "2026-03-01"), receipt("1-1", ""), true),
            (
                review("1-1", "2026-03-01"),
                receipt("000000195403070023", ""),
                true,
            ),
            (review("示范乙", "2026-03-01"), receipt("1-1", ""), false),
            (review("示范乙", "2026-03-01"), receipt("", ""), false),
            // Nobody of the list: only the same words are the same person.
            (review("示范丙", "2026-03-01"), receipt("示范丙", ""), true),
            (review("示范丙", "2026-03-01"), receipt("示范丁", ""), false),
            (review("", "2025-12-31"), receipt("", ""), false),
            (review("", "2026-06-01"), receipt("", "2026-06-01"), true),
            (review("", "2026-06-02"), receipt("", "2026-06-01"), false),
            (review("", ""), receipt("", ""), false),
        ] {
            assert_eq!(
                review.is_of(&receipt, &members),
                is_of,
                "{review:?} {receipt:?}"
            );
        }
        let other = Receipt {
            programme: "dibao".to_owned(),
            ..receipt("", "")
        };
        assert!(!review("", "2026-03-01").is_of(&other, &members));
    }
}
