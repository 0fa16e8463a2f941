//! The long tables of a town, as they come: each row names its household by number.

use super::need_rows::NeedRowsIn;
use super::people::PeopleRows;
use super::receipts::ReceiptRows;
use super::reviews::ReviewRows;
use super::visit_rows::VisitRowsIn;
use crate::model::{Need, Person, Receipt, Resource, Review, Visit};

/// Takes members, receipts, needs, reviews, visits and resources before anybody knows the rows of their
/// households; [`super::Builder::set_tables`] puts them in their places.
#[derive(Debug, Default)]
pub struct Tables {
    pub(super) people: PeopleRows,
    pub(super) receipts: ReceiptRows,
    pub(super) needs: NeedRowsIn,
    pub(super) reviews: ReviewRows,
    pub(super) visits: VisitRowsIn,
    pub(super) resources: Vec<Resource>,
}

impl Tables {
    /// Adds a member of the household of this number.
    pub fn push_person(&mut self, household: i64, person: &Person) {
        self.people.push(household, person);
    }

    /// Adds a receipt of the household of this number.
    pub fn push_receipt(&mut self, household: i64, receipt: &Receipt) {
        self.receipts.push(household, receipt);
    }

    /// Adds a need of the household of this number.
    pub fn push_need(&mut self, household: i64, need: &Need) {
        self.needs.push(household, need);
    }

    /// Adds a review of receipts of the household of this number.
    pub fn push_review(&mut self, household: i64, review: &Review) {
        self.reviews.push(household, review);
    }

    /// Adds a visit to the household of this number.
    pub fn push_visit(&mut self, household: i64, visit: &Visit) {
        self.visits.push(household, visit);
    }

    /// Whether some household has a row.
    pub(super) fn has_rows(&self) -> bool {
        !(self.people.is_empty()
            && self.receipts.is_empty()
            && self.needs.is_empty()
            && self.reviews.is_empty()
            && self.visits.is_empty())
    }

    /// Adds somebody who offers help.
    pub fn push_resource(&mut self, resource: &Resource) {
        self.resources.push(resource.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Generation, Progress};
    use crate::model::{Catalogue, Date, Household, Term};
    use crate::snapshot::{Builder, People, Unknown};

    #[test]
    fn every_row_stands_with_its_household() {
        let catalogue = Catalogue {
            programmes: vec![Term::unknown("dibao")],
            needs: vec![Term::unknown("care")],
            ..Catalogue::default()
        };
        let mut builder = Builder::new(Generation::default(), catalogue, true);
        for id in ["a", "b", "c"] {
            builder.push(&Household {
                id: id.to_owned(),
                ..Household::default()
            });
        }
        let day = |text: &str| Date::parse(text);
        let mut tables = Tables::default();
        let person = |name: &str| Person {
            name: name.to_owned(),
            ..Person::default()
        };
        tables.push_person(33, &person("示范丙"));
        tables.push_person(11, &person("示范甲"));
        tables.push_person(99, &person("示范乙"));
        let receipt = |member: &str, programme: &str, start, end| Receipt {
            member: member.to_owned(),
            programme: programme.to_owned(),
            start,
            end,
            ..Receipt::default()
        };
        tables.push_receipt(33, &receipt("示范丙", "新项目", day("2026-01-01"), None));
        tables.push_receipt(33, &receipt("", "dibao", None, day("2026-02-01")));
        tables.push_receipt(11, &receipt("别人", "DIBAO", None, None));
        tables.push_need(
            22,
            &Need {
                category: "care".to_owned(),
                source: "本人".to_owned(),
                ..Need::default()
            },
        );
        tables.push_visit(
            11,
            &Visit {
                seen: Some(false),
                ..Visit::default()
            },
        );
        tables.push_resource(&Resource {
            category: "care".to_owned(),
            ..Resource::default()
        });
        builder.set_tables(tables, &[11, 22, 33]);
        let town = builder.finish(&Progress::new()).unwrap();
        assert_eq!(town.people.household, [0, 2]);
        assert_eq!((town.people.of(1), town.people.of(2)), (1..1, 1..2));
        assert_eq!(town.receipts.person, [People::STRANGER, 1, People::NONE]);
        assert_eq!(town.receipts.programme, [0, 1, 0]);
        assert_eq!(town.catalogue.programmes[1].code, "新项目");
        let on = |text: &str| {
            let day = Date::parse(text).unwrap();
            (0..3)
                .map(|at| town.receipts.is_active(at, day))
                .collect::<Vec<_>>()
        };
        assert_eq!(on("2025-12-31"), [true, false, true]);
        assert_eq!(on("2026-01-31"), [true, true, true]);
        assert_eq!(on("2026-02-01"), [true, true, false]);
        assert_eq!(town.needs.of(1), 0..1);
        assert_eq!(town.needs.source.get(0), "本人");
        assert_eq!(
            (town.visits.seen[0], town.visits.done_on[0]),
            (0, Unknown::DAY)
        );
        assert_eq!((town.resources.len(), town.resources.capacity[0]), (1, -1));
        assert_eq!(town.resources.position(0), None);
    }
}
