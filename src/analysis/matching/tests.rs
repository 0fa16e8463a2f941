//! Fairness, capacity and distance on small towns, and the reasons.

use super::*;
use crate::base::{Generation, Progress};
use crate::model::{
    Catalogue, CodeList, Household, LonLat, NamedNumber, Need, NeedStatus, Quantity, Resource, Term,
};
use crate::snapshot::{Builder, Tables};

const DAY: &str = "2026-09-01";

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// So many metres (nearly) to the east of a corner of the town.
fn east(m: f64) -> LonLat {
    LonLat::new(121.25 + m / 96_300.0, 30.15).unwrap()
}

#[derive(Default)]
struct TownToBe {
    households: Vec<Household>,
    tables: Tables,
}

impl TownToBe {
    fn household(&mut self, id: &str, position: Option<LonLat>) -> &mut Self {
        self.households.push(Household {
            id: id.to_owned(),
            position,
            needs: CodeList::split("care"),
            ..Household::default()
        });
        self
    }

    /// A need of the household that was added last.
    fn need(&mut self, urgency: u8, raised_on: &str, status: NeedStatus) -> &mut Self {
        self.tables.push_need(
            self.households.len() as i64,
            &Need {
                category: "care".to_owned(),
                urgency: Some(urgency),
                raised_on: Some(day(raised_on)),
                status,
                ..Need::default()
            },
        );
        self
    }

    fn offer(&mut self, m: f64, capacity: Option<u32>, radius_m: Option<f64>) -> &mut Self {
        self.tables.push_resource(&Resource {
            category: "care".to_owned(),
            position: Some(east(m)),
            capacity,
            radius_m,
            ..Resource::default()
        });
        self
    }

    fn built(&mut self) -> Snapshot {
        let catalogue = Catalogue {
            needs: vec![Term::unknown("care"), Term::unknown("goods")],
            ..Catalogue::default()
        };
        let mut builder = Builder::new(Generation::default(), catalogue, true);
        let households = std::mem::take(&mut self.households);
        let numbers: Vec<i64> = (1..=households.len() as i64).collect();
        for household in &households {
            builder.push(household);
        }
        builder.set_tables(std::mem::take(&mut self.tables), &numbers);
        let mut town = builder.finish(&Progress::new()).unwrap();
        town.needs.open_on(day(DAY));
        town
    }
}

fn matched(town: &Snapshot) -> Matching {
    matching(town, day(DAY), &Progress::new()).unwrap()
}

/// The resource of each need, in the order of the households.
fn given(matching: &Matching) -> Vec<Option<u32>> {
    let given = |outcome: &MatchOutcome| match outcome {
        MatchOutcome::Matched { resource, .. } => Some(*resource),
        _ => None,
    };
    matching.outcomes.iter().map(given).collect()
}

#[test]
fn the_more_urgent_come_first_then_who_waits_longer_then_the_id() {
    let open = NeedStatus::Open;
    let mut town = TownToBe::default();
    town.household("e", Some(east(10.0)))
        .need(1, "2020-01-01", open);
    town.household("d", Some(east(20.0)))
        .need(2, "2026-08-01", open);
    town.household("c", Some(east(30.0)))
        .need(2, "2026-07-01", open);
    town.household("b", Some(east(40.0)))
        .need(3, "2026-08-31", open);
    town.household("a", Some(east(50.0)))
        .need(2, "2026-08-01", open);
    town.offer(0.0, Some(3), Some(1_000.0));
    let found = matched(&town.built());
    // By nearness or by waiting alone, "e" would be first.
    assert_eq!(given(&found), [None, None, Some(0), Some(0), Some(0)]);
    assert_eq!(found.outcomes[0], MatchOutcome::AllFull);
    assert_eq!(
        (found.used[0], found.ranks.clone()),
        (3, vec![4, 3, 1, 0, 2])
    );
    assert!(found.is_shortest);
}

#[test]
fn one_moves_on_so_that_another_is_served_at_all() {
    let open = NeedStatus::Open;
    let mut town = TownToBe::default();
    // The first is nearest to the small one, and alone reaches the other too.
    town.household("a", Some(east(100.0)))
        .need(3, "2026-08-01", open);
    town.household("b", Some(east(-300.0)))
        .need(1, "2026-08-01", open);
    town.offer(0.0, Some(1), Some(500.0));
    town.offer(600.0, Some(1), Some(550.0));
    let snapshot = town.built();
    let found = matched(&snapshot);
    assert_eq!(given(&found), [Some(1), Some(0)]);
    // The card of the first says why: its nearest place is taken by one that comes behind it.
    let reason = found.explain(&snapshot, 0).unwrap();
    let [near, far] = reason.options[..] else {
        panic!("{reason:?}");
    };
    assert_eq!((near.resource, near.before, near.behind), (0, 0, 1));
    assert!(near.is_full() && (near.distance_m - 100.0).abs() < 1.0);
    assert_eq!((far.resource, far.is_full()), (1, false));
    assert_eq!(found.explain(&snapshot, 7), None);
}

#[test]
fn what_is_not_served_says_why() {
    let open = NeedStatus::Open;
    let mut town = TownToBe::default();
    town.household("nowhere", None).need(3, "2026-08-01", open);
    town.household("far", Some(east(9_000.0)))
        .need(3, "2026-08-01", open);
    town.household("taken on", Some(east(0.0)))
        .need(3, "2026-08-01", NeedStatus::Referred);
    town.household("listed", Some(east(0.0)));
    town.households[3].needs = CodeList::split("goods");
    // Without a radius and a capacity; and one without a place.
    town.offer(100.0, None, None);
    town.tables.push_resource(&Resource {
        category: "goods".to_owned(),
        ..Resource::default()
    });
    let snapshot = town.built();
    let found = matched(&snapshot);
    assert_eq!(found.outcomes[0], MatchOutcome::NotGeocoded);
    let MatchOutcome::OutOfReach {
        nearest: 0,
        distance_m,
    } = found.outcomes[1]
    else {
        panic!("{:?}", found.outcomes[1]);
    };
    assert!((distance_m - 8_900.0).abs() < 50.0);
    assert_eq!(found.outcomes[2], MatchOutcome::Referred);
    assert_eq!(found.outcomes[3], MatchOutcome::NoResource);
    let offer = found.offers[0].unwrap();
    assert_eq!(
        (offer.capacity, offer.radius_m),
        (10, 1_500.0),
        "what the program ships"
    );
    assert!(offer.is_capacity_assumed && offer.is_radius_assumed);
    assert_eq!(found.offers[1], None);
    assert_eq!(found.needs[3].waiting_days, None);
    // What is taken on waits for nobody; an unknown urgency counts 1.
    assert_eq!(found.unmatched(&snapshot, 0, u64::MAX), (1, 3.0));
    assert_eq!(found.unmatched(&snapshot, 2, u64::MAX), (0, 0.0));
    assert_eq!(found.unmatched(&snapshot, 3, u64::MAX), (1, 1.0));
    assert_eq!(found.unmatched(&snapshot, 3, 0b01), (0, 0.0));
}

#[test]
fn the_office_says_what_an_unstated_resource_offers() {
    let mut town = TownToBe::default();
    town.household("a", Some(east(0.0)));
    town.household("b", Some(east(200.0)));
    town.offer(300.0, None, None);
    town.offer(9_000.0, Some(1), None);
    let mut snapshot = town.built();
    let number = |code: &str, value| NamedNumber {
        code: code.to_owned(),
        zh: String::new(),
        en: String::new(),
        unit: Quantity::Count,
        value,
    };
    let mut offers = |capacity, radius_m| {
        snapshot.catalogue.numbers = vec![
            number(NamedNumber::UNSTATED_CAPACITY, capacity),
            number(NamedNumber::UNSTATED_RADIUS_M, radius_m),
        ];
        let found = matched(&snapshot);
        let offer = found.offers[0].unwrap();
        assert!(!found.offers[1].unwrap().is_capacity_assumed);
        (offer.capacity, offer.radius_m, given(&found))
    };
    let both = vec![Some(0), Some(0)];
    assert_eq!(offers(2.0, 400.0), (2, 400.0, both.clone()));
    assert_eq!(offers(1.9, 400.0), (1, 400.0, vec![Some(0), None]));
    assert_eq!(offers(2.0, 250.0), (2, 250.0, vec![None, Some(0)]));
    // What cannot be is as if nothing were said.
    assert_eq!(offers(-1.0, f64::NAN), (10, 1_500.0, both));
}

#[test]
fn neighbours_stand_in_their_order() {
    let open = NeedStatus::Open;
    let mut town = TownToBe::default();
    town.household("a", Some(east(0.0)))
        .need(1, "2026-08-01", open);
    town.household("b", Some(east(0.0)))
        .need(3, "2026-08-01", open);
    town.household("c", Some(east(0.0)))
        .need(2, "2026-08-01", open);
    for m in [300.0, 100.0, 200.0] {
        town.offer(m, Some(1), Some(1_000.0));
    }
    assert_eq!(given(&matched(&town.built())), [Some(0), Some(1), Some(2)]);
}

#[test]
fn every_need_of_a_household_takes_a_place() {
    let open = NeedStatus::Open;
    let mut town = TownToBe::default();
    town.household("a", Some(east(0.0)))
        .need(1, "2026-08-01", open)
        .need(1, "2026-07-01", open);
    town.offer(0.0, Some(1), Some(10.0));
    let found = matched(&town.built());
    assert_eq!(given(&found), [None, Some(0)]);
    assert_eq!((found.of(0), found.of(1)), (0..2, 2..2));
}

#[test]
fn an_empty_town_and_a_cancelled_one() {
    let mut town = TownToBe::default();
    assert_eq!(matched(&town.built()).needs, []);
    town.household("a", Some(east(0.0)));
    town.offer(0.0, Some(1), Some(10.0));
    let progress = Progress::new();
    progress.cancel();
    assert_eq!(matching(&town.built(), day(DAY), &progress), Err(Cancelled));
}

mod brute_force {
    use super::super::fair::fair;
    use super::super::reach::Edge;
    use crate::base::Progress;
    use proptest::prelude::*;

    /// Whether these needs can all be served, by trying.
    fn can_serve(edges: &[Vec<Edge>], left: &mut [u32]) -> bool {
        let Some((first, rest)) = edges.split_first() else {
            return true;
        };
        first.iter().any(|edge| {
            let at = edge.resource as usize;
            let has_room = left[at] > 0;
            if has_room {
                left[at] -= 1;
                let can = can_serve(rest, left);
                left[at] += 1;
                return can;
            }
            false
        })
    }

    proptest! {
        #[test]
        fn no_set_is_fairer(
            reach in proptest::collection::vec(proptest::collection::vec(any::<bool>(), 3), 0..8),
            capacity in proptest::collection::vec(0..3_u32, 3),
        ) {
            let edge = |resource| Edge { resource, distance_m: 0.0 };
            let edges: Vec<Vec<Edge>> = reach
                .iter()
                .map(|row| (0..).zip(row).filter(|(_, is)| **is).map(|(at, _)| edge(at)).collect())
                .collect();
            let given = fair(&edges, &capacity, &Progress::new()).unwrap();
            // Each set as a number whose highest bit is the first need: the greatest is the fairest.
            let count = edges.len();
            let best = (0_u32..1 << count)
                .filter(|set| {
                    let chosen = (0..count).filter(|at| set >> (count - 1 - at) & 1 == 1);
                    let chosen: Vec<_> = chosen.map(|at| edges[at].clone()).collect();
                    can_serve(&chosen, &mut capacity.clone())
                })
                .max();
            let served = given.iter().fold(0, |set, at| set << 1 | u32::from(at.is_some()));
            prop_assert_eq!(Some(served), best);
            for (at, capacity) in (0..).zip(&capacity) {
                prop_assert!(given.iter().filter(|to| **to == Some(at)).count() as u32 <= *capacity);
            }
            for (edges, to) in edges.iter().zip(&given) {
                prop_assert!(to.is_none_or(|to| edges.iter().any(|edge| edge.resource == to)));
            }
        }
    }
}
