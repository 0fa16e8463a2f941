//! What is compared, in the form in which it is compared.

use super::blocks::Blocks;
use super::{Agreement, MAX_SHARED, PersonView};
use crate::analysis::each_row::each_row;
use crate::analysis::near_name::{NearName, near_name};
use crate::analysis::person_key::{PlainId, plain_name, plain_phone};
use crate::base::{Cancelled, Progress};
use crate::model::ParsedAddress;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// One row; 0 where nothing is known. Names and doors are kept as hashes that choose what is
/// compared; what is said of a pair is read from the texts.
#[derive(Debug, Clone, Copy, Default)]
struct Fact {
    id: u64,
    id_is_valid: bool,
    name: u64,
    phone: u64,
    door: u64,
    /// Whether so many households share the door that it is no evidence by itself.
    door_is_shared: bool,
}

pub(super) struct Facts<'a> {
    persons: &'a [PersonView<'a>],
    rows: Vec<Fact>,
    /// The address of each household's own row, by household.
    address: BTreeMap<u32, &'a str>,
}

impl<'a> Facts<'a> {
    pub(super) fn of(
        persons: &'a [PersonView<'a>],
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        // Half of the work is to compare them.
        progress.set_total(2 * persons.len() as u64);
        let mut rows = each_row(persons, progress, Fact::of)?;
        let heads = persons.iter().zip(&rows);
        let heads = heads.filter(|(person, _)| person.is_head && !person.address.is_empty());
        let doors: HashMap<u32, u64> = heads
            .clone()
            .map(|(person, fact)| (person.household, fact.door))
            .collect();
        let address = heads
            .map(|(person, _)| (person.household, person.address))
            .collect();
        for (fact, person) in rows.iter_mut().zip(persons) {
            if person.address.is_empty() {
                fact.door = doors.get(&person.household).copied().unwrap_or(0);
            }
        }
        let mut facts = Self {
            persons,
            rows,
            address,
        };
        let shared = facts.shared(|fact| fact.phone);
        facts.mark(&shared, |fact| fact.phone = 0);
        let shared = facts.shared(|fact| fact.door);
        facts.mark(&shared, |fact| fact.door_is_shared = true);
        Ok(facts)
    }

    /// The rows that share a value with more households than make it evidence.
    fn shared(&self, value: fn(&Fact) -> u64) -> Vec<u32> {
        let key = |row| Some(value(&self.fact(row))).filter(|value| *value != 0);
        let blocks = Blocks::of(self.len(), key);
        let many = blocks.iter().filter(|block| self.is_shared_by_many(block));
        many.flatten().collect()
    }

    fn mark(&mut self, rows: &[u32], mark: fn(&mut Fact)) {
        for row in rows {
            if let Some(fact) = self.rows.get_mut(*row as usize) {
                mark(fact);
            }
        }
    }

    fn is_shared_by_many(&self, block: &[u32]) -> bool {
        let mut households: Vec<u32> = Vec::new();
        for row in block {
            let household = self.household(*row);
            if !households.contains(&household) {
                households.push(household);
            }
            if households.len() > MAX_SHARED {
                return true;
            }
        }
        false
    }

    pub(super) fn len(&self) -> usize {
        self.persons.len()
    }

    fn fact(&self, row: u32) -> Fact {
        self.rows.get(row as usize).copied().unwrap_or_default()
    }

    fn person(&self, row: u32) -> PersonView<'a> {
        self.persons.get(row as usize).copied().unwrap_or_default()
    }

    pub(super) fn household(&self, row: u32) -> u32 {
        self.person(row).household
    }

    pub(super) fn is_head(&self, row: u32) -> bool {
        self.person(row).is_head
    }

    /// One row of each household: its head, else its first; in the order of the rows.
    pub(super) fn one_a_household(&self, block: Vec<u32>) -> Vec<u32> {
        let mut one: BTreeMap<u32, u32> = BTreeMap::new();
        for row in block {
            let kept = one.entry(self.household(row)).or_insert(row);
            if self.is_head(row) && !self.is_head(*kept) {
                *kept = row;
            }
        }
        let mut rows: Vec<u32> = one.into_values().collect();
        rows.sort_unstable();
        rows
    }

    pub(super) fn id_key(&self, row: u32) -> Option<u64> {
        Some(self.fact(row).id).filter(|id| *id != 0)
    }

    pub(super) fn phone_key(&self, row: u32) -> Option<u64> {
        Some(self.fact(row).phone).filter(|phone| *phone != 0)
    }

    pub(super) fn door_key(&self, row: u32) -> Option<u64> {
        let fact = self.fact(row);
        (fact.door != 0 && !fact.door_is_shared).then_some(fact.door)
    }

    pub(super) fn head_name_door_key(&self, row: u32) -> Option<u64> {
        let fact = self.fact(row);
        let is_told = self.is_head(row) && fact.name != 0 && fact.door != 0;
        is_told.then(|| hash(&(fact.name, fact.door)))
    }

    pub(super) fn head_phone_door_key(&self, row: u32) -> Option<u64> {
        let fact = self.fact(row);
        let is_told = self.is_head(row) && fact.phone != 0 && fact.door != 0;
        is_told.then(|| hash(&(fact.phone, fact.door)))
    }

    /// The name and a part of the ID number. A wrong character, or two exchanged ones, leave one of
    /// the parts 0 to 2 as it is; part 3 is the day of birth.
    pub(super) fn name_id_key(&self, row: u32, part: u8) -> Option<u64> {
        let fact = self.fact(row);
        if fact.id == 0 || fact.name == 0 {
            return None;
        }
        let id = PlainId::from_code(fact.id, fact.id_is_valid);
        let digits = id.digits();
        let (first, last) = digits.split_at(10);
        Some(match part {
            0 => hash(&(fact.name, part, first)),
            1 => hash(&(fact.name, part, last)),
            2 => hash(&(fact.name, part, digits.get(..8), digits.get(12..))),
            _ => hash(&(fact.name, part, id.birth())),
        })
    }

    fn id(&self, row: u32) -> Option<PlainId> {
        let fact = self.fact(row);
        (fact.id != 0).then(|| PlainId::from_code(fact.id, fact.id_is_valid))
    }

    fn address(&self, row: u32) -> &'a str {
        let person = self.person(row);
        if person.address.is_empty() {
            self.address.get(&person.household).copied().unwrap_or("")
        } else {
            person.address
        }
    }

    /// In what two rows agree.
    pub(super) fn evidence(&self, a: u32, b: u32) -> Vec<Agreement> {
        let mut evidence = Vec::new();
        if let (Some(one), Some(other)) = (self.id(a), self.id(b)) {
            if one.code() == other.code() {
                evidence.push(Agreement::IdNumber);
            } else {
                if one.is_near(other) {
                    evidence.push(Agreement::NearIdNumber);
                }
                if one.birth() == other.birth() {
                    evidence.push(Agreement::BirthDate);
                }
            }
        }
        let (one, other) = (
            plain_name(self.person(a).name),
            plain_name(self.person(b).name),
        );
        if !one.is_empty() && one == other {
            evidence.push(Agreement::Name);
        } else if near_name(&one, &other).is_some() {
            evidence.push(Agreement::NearName);
        }
        let phone = self.fact(a).phone;
        if phone != 0 && phone == self.fact(b).phone {
            evidence.push(Agreement::Phone);
        }
        if self.is_same_door(a, b) {
            evidence.push(Agreement::Address);
        }
        evidence
    }

    fn is_same_door(&self, a: u32, b: u32) -> bool {
        let door = self.fact(a).door;
        door != 0
            && door == self.fact(b).door
            && ParsedAddress::parse(self.address(a))
                .is_same_door(&ParsedAddress::parse(self.address(b)))
    }

    /// Whether two rows seem to be one person: see [`super::duplicates`].
    pub(super) fn is_same_person(&self, a: u32, b: u32) -> bool {
        let (one, other) = (self.fact(a), self.fact(b));
        let is_one_household = self.household(a) == self.household(b);
        if is_one_household && (self.is_head(a) || self.is_head(b)) {
            return false;
        }
        let same_name = one.name != 0 && one.name == other.name;
        let same_phone = one.phone != 0 && one.phone == other.phone;
        let own_door = || !one.door_is_shared && self.is_same_door(a, b);
        if let (Some(id_a), Some(id_b)) = (self.id(a), self.id(b)) {
            if !same_name || id_a.code() == id_b.code() {
                return false;
            }
            let is_broken = !id_a.is_valid || !id_b.is_valid;
            return id_a.is_near(id_b)
                || id_a.birth() == id_b.birth()
                    && (is_broken || !is_one_household && (same_phone || own_door()));
        }
        let may_agree = same_phone || one.door != 0 && one.door == other.door;
        if is_one_household || !may_agree {
            return false;
        }
        if same_name {
            return same_phone || own_door();
        }
        let names = (
            plain_name(self.person(a).name),
            plain_name(self.person(b).name),
        );
        match near_name(&names.0, &names.1) {
            Some(NearName::Homophone) => same_phone || own_door(),
            Some(NearName::OneCharacter) => same_phone && own_door(),
            None => false,
        }
    }
}

impl Fact {
    fn of(person: &PersonView<'_>) -> Self {
        let id = PlainId::parse(person.id_number);
        let name = plain_name(person.name);
        let door = if person.address.is_empty() {
            None
        } else {
            ParsedAddress::parse(person.address).door_key()
        };
        Self {
            id: id.map_or(0, PlainId::code),
            id_is_valid: id.is_some_and(|id| id.is_valid),
            name: if name.is_empty() { 0 } else { hash(&name) },
            phone: plain_phone(person.phone),
            door: door.map_or(0, |door| hash(&door)),
            door_is_shared: false,
        }
    }
}

/// The same in every run; never 0.
fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish().max(1)
}
