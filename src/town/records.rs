//! The long tables of the town: members, receipts, needs, visits and resources, as text.

use super::build::{HomeLife, Town};
use super::dice::{Dice, Stream};
use super::due_days::{certificate_until, review};
use super::members::members;
use super::needs::needs;
use super::numbers_given::NumbersGiven;
use super::receipts::receipts;
use super::record_cells::{member_cells, need_cells, receipt_cells, visit_cells};
use super::resources::resources;
use super::truth::{Truth, truth};
use super::visits::{visits, worker};
use crate::base::{Cancelled, Progress};

/// What the long tables hold of one household, and what is true of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HouseholdRecords {
    /// Id of the household.
    pub household_id: String,
    /// In the order of [`super::MEMBER_HEADER`], the head first.
    pub members: Vec<[String; 15]>,
    /// In the order of [`super::RECEIPT_HEADER`].
    pub receipts: Vec<[String; 8]>,
    /// In the order of [`super::NEED_HEADER`].
    pub needs: Vec<[String; 9]>,
    /// In the order of [`super::VISIT_HEADER`].
    pub visits: Vec<[String; 7]>,
    /// What is true of it; no file says it.
    pub truth: Truth,
}

impl Town {
    /// The long tables, household by household in the order of the ledger, without those whose row
    /// of the ledger has no id of its own. Nothing is kept but which ID numbers are given.
    ///
    /// # Errors
    /// [`Cancelled`] where somebody asked for the work to stop.
    pub fn records(
        &self,
        progress: &Progress,
    ) -> Result<impl Iterator<Item = HouseholdRecords> + '_, Cancelled> {
        let mut given = NumbersGiven::new();
        // The heads have theirs, from the first to the last.
        for index in 0..self.household_count() {
            if let Some(home) = self.home_life(index) {
                given.mark(&home.id_number);
            }
            progress.tick(0)?;
        }
        let hot = self.hot_grids();
        let homes = (0..self.household_count()).filter_map(|index| self.home_life(index));
        Ok(homes
            .filter(|home| home.is_on_the_ledger)
            .map(move |home| self.records_of(&home, &hot, &mut given)))
    }

    /// Who offers help in the town, in the order of [`super::RESOURCE_HEADER`].
    pub fn resources(&self) -> Vec<[String; 10]> {
        resources(self)
    }

    fn records_of(
        &self,
        home: &HomeLife,
        hot: &[String],
        given: &mut NumbersGiven,
    ) -> HouseholdRecords {
        let seed = self.plan.seed;
        let grid = self.grid_code.get(home.cell).map_or("", String::as_str);
        let is_hot = hot.iter().any(|code| code == grid);
        let mut dice = Dice::new(seed, Stream::Members(home.index));
        let mut people = members(home, is_hot, given, &mut dice);
        let truth = truth(home, &people, is_hot, &mut dice);
        let mut dice = Dice::new(seed, Stream::Receipts(home.index));
        let mut receipts = receipts(home, &people, &truth, &mut dice);
        let mut dice = Dice::new(seed, Stream::DueDays(home.index));
        for member in &mut people {
            member.certificate_until = certificate_until(member, &mut dice);
        }
        review(&mut receipts, &mut dice);
        let mut dice = Dice::new(seed, Stream::Needs(home.index));
        let needs = needs(home, &people, &truth, &mut dice);
        let mut dice = Dice::new(seed, Stream::Visits(home.index));
        let visits = visits(home, &truth, &mut dice);
        let id = home.row.household_id.as_str();
        let worker = worker(seed, grid);
        HouseholdRecords {
            household_id: id.to_owned(),
            members: people.iter().map(|it| member_cells(id, it)).collect(),
            receipts: receipts
                .into_iter()
                .map(|it| receipt_cells(id, it))
                .collect(),
            needs: needs.into_iter().map(|it| need_cells(id, it)).collect(),
            visits: visits
                .iter()
                .map(|it| visit_cells(id, it, &worker))
                .collect(),
            truth,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::build::{TownSpec, build_town};
    use super::super::record_cells::{kind_word, level_word};
    use super::super::row::reference_date;
    use super::*;
    use crate::model::{Certificate, Date, IdNumber, Sex};
    use std::collections::{BTreeMap, BTreeSet};

    fn town(households: usize, seed: u64) -> Town {
        build_town(&TownSpec { households, seed }, &Progress::new()).unwrap()
    }

    fn records(town: &Town) -> Vec<HouseholdRecords> {
        town.records(&Progress::new()).unwrap().collect()
    }

    /// Every household that other tables can name, with its row of the ledger.
    fn homes(town: &Town) -> BTreeMap<String, HomeLife> {
        let homes = (0..town.household_count()).filter_map(|at| town.home_life(at));
        homes
            .filter(|home| home.is_on_the_ledger)
            .map(|home| (home.row.household_id.clone(), home))
            .collect()
    }

    /// Full years on a day.
    fn age(born: &str, on: Date) -> i32 {
        let (born, on) = (Date::parse(born).unwrap().ymd(), on.ymd());
        i32::from(on.0 - born.0) - i32::from((on.1, on.2) < (born.1, born.2))
    }

    #[test]
    fn a_seed_is_a_set_of_tables() {
        let (one, same, other) = (town(900, 1), town(900, 1), town(900, 2));
        assert_eq!(records(&one), records(&same));
        assert_eq!(one.resources(), same.resources());
        assert_ne!(records(&one), records(&other));
        assert!(records(&town(0, 1)).is_empty());
        let progress = Progress::new();
        progress.cancel();
        assert!(one.records(&progress).is_err());
    }

    #[test]
    fn members_agree_with_the_counts_the_head_and_the_income_of_the_ledger() {
        let town = town(6_000, 20_261_121);
        let homes = homes(&town);
        let records = records(&town);
        assert_eq!(records.len(), homes.len());
        let day = reference_date();
        let mut numbers = BTreeSet::new();
        let mut repeated = 0;
        for it in &records {
            let home = &homes[&it.household_id];
            let people = &home.people;
            let count = |is: &dyn Fn(&[String; 15]) -> bool| {
                it.members.iter().filter(|row| is(row)).count() as i32
            };
            assert_eq!(count(&|_| true), people.members);
            let elderly = count(&|row| age(&row[6], day) >= 60);
            assert_eq!(elderly, people.elderly, "{:?}", it.members);
            assert_eq!(count(&|row| age(&row[6], day) < 18), people.children);
            assert_eq!(count(&|row| !row[7].is_empty()), people.disabled);
            let head = &it.members[0];
            assert_eq!(head[1], home.row.head_name);
            assert_eq!((&head[2], &*head[4]), (&home.id_number, "户主"));
            if home.row.monthly_income.is_empty() {
                assert!(it.members.iter().all(|row| row[14].is_empty()));
            } else {
                let incomes = it
                    .members
                    .iter()
                    .filter_map(|row| row[14].parse::<i64>().ok());
                assert_eq!(incomes.sum::<i64>().to_string(), home.row.monthly_income);
            }
            let names: BTreeSet<&str> = it.members.iter().map(|row| &*row[1]).collect();
            assert_eq!(names.len(), it.members.len(), "{names:?}");
            for row in &it.members {
                let (number, warning) = IdNumber::parse(&row[2], day).unwrap();
                assert!(warning.is_none() && number.as_str().starts_with("000000"));
                assert_eq!(number.born().unwrap().to_string(), row[6]);
                assert_eq!(number.sex() == Some(Sex::Male), row[5] == "男");
                assert!(row[3].is_empty() || row[3].starts_with("1990000") && row[3].len() == 11);
                // Only two heads of the ledger can have one number.
                let is_new = numbers.insert(row[2].clone());
                assert!(is_new || row[4] == "户主");
                repeated += usize::from(!is_new);
                if !row[7].is_empty() {
                    let certificate = Certificate::parse(&row[7], day).unwrap();
                    assert_eq!(certificate.id_number, number);
                    assert_eq!(kind_word(certificate.kind), row[9]);
                    assert_eq!(level_word(certificate.level), row[10]);
                }
            }
        }
        assert!(repeated < 5);
    }

    #[test]
    fn on_its_day_the_tables_say_what_the_ledger_says() {
        let town = town(6_000, 20_261_121);
        let homes = homes(&town);
        let day = reference_date().to_string();
        let mut closed = 0;
        for it in &records(&town) {
            let situation = &homes[&it.household_id].situation;
            let people: BTreeSet<&str> = it.members.iter().map(|row| &*row[1]).collect();
            let is_known = |name: &str| name.is_empty() || people.contains(name);
            let set = |list: &[&'static str]| list.iter().copied().collect::<BTreeSet<_>>();
            let runs = |row: &&[String; 8]| row[4] <= day && (row[5].is_empty() || row[5] > day);
            let active: BTreeSet<&str> = it
                .receipts
                .iter()
                .filter(runs)
                .map(|row| &*row[3])
                .collect();
            assert_eq!(active, set(&situation.programmes), "{:?}", it.receipts);
            assert!(it.receipts.iter().all(|row| is_known(&row[1])));
            assert!(
                it.receipts
                    .iter()
                    .all(|row| row[5].is_empty() || row[4] < row[5])
            );

            let is_closed = |row: &&[String; 9]| !row[8].is_empty();
            let open: BTreeSet<&str> = it
                .needs
                .iter()
                .filter(|row| !is_closed(row))
                .map(|row| &*row[2])
                .collect();
            assert_eq!(open, set(&situation.needs));
            for row in it.needs.iter().filter(is_closed) {
                assert!(row[5] <= row[8] && row[8] <= day && !open.contains(&*row[2]));
                assert!(["已办结", "已撤回"].contains(&&*row[7]));
                closed += 1;
            }
            assert!(
                it.needs
                    .iter()
                    .all(|row| row[5] <= day && is_known(&row[1]))
            );
            let last = it
                .visits
                .iter()
                .map(|row| &*row[2])
                .max()
                .unwrap_or_default();
            let expected = situation.last_visit.map(|day| day.to_string());
            assert_eq!(last, expected.unwrap_or_default());
        }
        assert!(closed > 300, "{closed}");
    }

    #[test]
    fn what_is_received_grows_over_the_years_but_for_the_reviews_of_2025() {
        let records = records(&town(6_000, 20_261_121));
        let received = |day: &str| {
            let rows = records.iter().flat_map(|it| &it.receipts);
            rows.filter(|row| &*row[4] <= day && (row[5].is_empty() || &*row[5] > day))
                .count()
        };
        let [first, before, after, now, to_come] = [
            "2023-06-15",
            "2025-03-15",
            "2025-05-15",
            "2026-11-21",
            "2027-03-15",
        ]
        .map(received);
        assert!(
            first < before && after < before && before < now,
            "{first} {before} {after} {now}"
        );
        assert_ne!(now, to_come);
    }

    #[test]
    fn help_is_offered_in_every_community_at_a_place_of_the_town() {
        let town = town(3_000, 4);
        let rows = town.resources();
        assert_eq!(rows.len(), 60);
        let ids: BTreeSet<&str> = rows.iter().map(|row| &*row[0]).collect();
        let names: BTreeSet<&str> = rows.iter().map(|row| &*row[1]).collect();
        assert_eq!((ids.len(), names.len()), (60, 60));
        let categories: BTreeSet<&str> = rows.iter().map(|row| &*row[2]).collect();
        assert_eq!(categories.len(), 11, "every category but the unnamed rest");
        let corner = |at: fn(f64, f64) -> f64, start: f64, of: fn(&TownPoint) -> f64| {
            town.areas
                .iter()
                .flat_map(|area| area.boundary.0.iter())
                .flat_map(|polygon| polygon.exterior().0.iter())
                .map(of)
                .fold(start, at)
        };
        let (west, east) = (
            corner(f64::min, 180.0, |it| it.x),
            corner(f64::max, -180.0, |it| it.x),
        );
        let (south, north) = (
            corner(f64::min, 90.0, |it| it.y),
            corner(f64::max, -90.0, |it| it.y),
        );
        for row in &rows {
            let [lon, lat] = [4, 5].map(|at: usize| row[at].parse::<f64>().unwrap());
            assert!((west..=east).contains(&lon) && (south..=north).contains(&lat));
            assert!(row[6].parse::<u32>().unwrap() > 0 && row[7].parse::<u32>().unwrap() > 0);
        }
    }

    type TownPoint = geo_types::Coord<f64>;
}
