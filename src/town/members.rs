//! The members of a household, one by one: they agree with the ledger's counts, its head and its
//! income. What the ledger leaves open (who is past 80, who is severely disabled) is drawn here.

use super::assistance::terms;
use super::build::HomeLife;
use super::dice::Dice;
use super::numbers_given::NumbersGiven;
use super::people::{Shape, birth, given, name};
use super::walks_of_life::{schooling, self_care, work};
use crate::model::{Date, DisabilityKind, Sex};

/// The place of a member in the household.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kin {
    Head,
    Spouse,
    Parent,
    Child,
    Grandchild,
}

/// One member.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) kin: Kin,
    pub(super) name: String,
    pub(super) id_number: String,
    pub(super) phone: String,
    pub(super) is_man: bool,
    /// Full years on the day of the ledger.
    pub(super) age: i32,
    pub(super) born: Date,
    /// Kind and level of the disability.
    pub(super) disability: Option<(DisabilityKind, u8)>,
    /// Until when the certificate counts, as the list says it.
    pub(super) certificate_until: String,
    pub(super) self_care: &'static str,
    pub(super) schooling: &'static str,
    pub(super) work: &'static str,
    /// Yuan a month; nobody says where the ledger does not.
    pub(super) income_yuan: Option<i64>,
}

impl Member {
    pub(super) fn is_child(&self) -> bool {
        self.age < 18
    }

    pub(super) fn is_elder(&self) -> bool {
        self.age >= 60
    }

    pub(super) fn is_past_80(&self) -> bool {
        self.age >= 80
    }

    pub(super) fn is_severe(&self) -> bool {
        self.disability.is_some_and(|(_, level)| level <= 2)
    }

    pub(super) fn sex(&self) -> Sex {
        if self.is_man { Sex::Male } else { Sex::Female }
    }

    pub(super) fn relation(&self) -> &'static str {
        match (self.kin, self.is_man) {
            (Kin::Head, _) => "户主",
            (Kin::Spouse, _) => "配偶",
            (Kin::Parent, true) => "父亲",
            (Kin::Parent, false) => "母亲",
            (Kin::Child, true) => "儿子",
            (Kin::Child, false) => "女儿",
            (Kin::Grandchild, true) => "孙子",
            (Kin::Grandchild, false) => "孙女",
        }
    }
}

/// Draws the members, the head first. In the hot spot people are older and more severely disabled
/// than elsewhere wherever the ledger says nothing against it.
pub(super) fn members(
    home: &HomeLife,
    is_hot: bool,
    given: &mut NumbersGiven,
    dice: &mut Dice,
) -> Vec<Member> {
    let people = &home.people;
    let mut members = vec![Member {
        kin: Kin::Head,
        name: people.head_name.clone(),
        id_number: home.id_number.clone(),
        phone: home.phone.clone(),
        is_man: people.head_is_man,
        age: people.head_age,
        born: people.birth,
        disability: None,
        certificate_until: String::new(),
        self_care: "",
        schooling: "",
        work: "",
        income_yuan: None,
    }];
    for (kin, is_man, age) in others(home, is_hot, dice) {
        let member = somebody(kin, is_man, age, &members, given, dice);
        members.push(member);
    }
    give_disabilities(home, is_hot, &mut members, dice);
    share_income(home, &mut members, dice);
    let is_helpless = home.situation.programmes.contains(&terms::SHINENG);
    for member in &mut members {
        member.self_care = self_care(member, is_helpless && member.kin == Kin::Head, dice);
        member.schooling = schooling(member.age, dice);
        member.work = work(member, dice);
    }
    members
}

/// Who lives with the head: place, whether it is a man, age.
fn others(home: &HomeLife, is_hot: bool, dice: &mut Dice) -> Vec<(Kin, bool, i32)> {
    let people = &home.people;
    let head_age = people.head_age;
    let is_old = head_age >= 60;
    let mut others = Vec::new();
    let has_spouse = match people.shape {
        Shape::ElderAlone | Shape::SingleParent | Shape::Single => false,
        Shape::SkippedGeneration => people.elderly == 2,
        _ => true,
    };
    let mut youngest = head_age;
    if has_spouse {
        let younger = dice.whole(-1, 4);
        let near = if people.head_is_man {
            head_age - younger
        } else {
            head_age + younger
        };
        let age = match (is_old, is_hot && (68..80).contains(&head_age)) {
            (false, _) => near.clamp(22, 57),
            (true, true) if dice.chance(0.9) => dice.whole(80, 86),
            // Past 80 only beside a head past 80: what they receive is one and the same.
            (true, _) if head_age < 80 => near.clamp(61, 79),
            (true, _) => near,
        };
        youngest = youngest.min(age);
        others.push((Kin::Spouse, !people.head_is_man, age));
    }
    if people.shape == Shape::ThreeGenerations {
        let is_one_a_man = people.elderly == 1 && dice.chance(0.35);
        for at in 0..people.elderly {
            let age = if is_hot && head_age >= 45 && dice.chance(0.9) {
                dice.whole(80, head_age + 36)
            } else {
                (head_age + dice.whole(22, 31)).clamp(61, 79)
            };
            others.push((Kin::Parent, is_one_a_man || at == 1, age));
        }
    }
    for _ in 0..people.children {
        let is_boy = dice.chance(0.52);
        if people.shape == Shape::SkippedGeneration {
            others.push((Kin::Grandchild, is_boy, dice.whole(1, 16)));
        } else {
            let oldest = (youngest - 20).clamp(0, 16);
            let least = (youngest - 38).clamp(0, oldest);
            others.push((Kin::Child, is_boy, dice.whole(least, oldest)));
        }
    }
    others
}

fn somebody(
    kin: Kin,
    is_man: bool,
    age: i32,
    others: &[Member],
    given_numbers: &mut NumbersGiven,
    dice: &mut Dice,
) -> Member {
    let born = birth(age, dice);
    let of_the_family = others.first().map(|head| surname(&head.name));
    let mut called = String::new();
    // Nobody in a household has the name of another.
    for _ in 0..20 {
        called = match (kin, is_man, of_the_family) {
            (Kin::Child | Kin::Grandchild, ..) | (Kin::Parent, true, _) => {
                let family = of_the_family.unwrap_or_default();
                format!("{family}{}", given(is_man, age, dice))
            }
            _ => name(is_man, age, dice),
        };
        if others.iter().all(|other| other.name != called) {
            break;
        }
    }
    let has_phone = age >= 16 && dice.chance(0.4);
    Member {
        kin,
        name: called,
        id_number: given_numbers.give(born, is_man, dice),
        phone: if has_phone {
            format!("1990000{:04}", dice.below(10_000))
        } else {
            String::new()
        },
        is_man,
        age,
        born,
        disability: None,
        certificate_until: String::new(),
        self_care: "",
        schooling: "",
        work: "",
        income_yuan: None,
    }
}

/// The family name of a name from the town's lists.
fn surname(name: &str) -> &str {
    let double = ["欧阳", "诸葛", "上官"];
    let length = double.iter().find(|it| name.starts_with(**it)).map_or_else(
        || name.chars().next().map_or(0, char::len_utf8),
        |it| it.len(),
    );
    name.get(..length).unwrap_or_default()
}

fn give_disabilities(home: &HomeLife, is_hot: bool, members: &mut [Member], dice: &mut Dice) {
    for nth in 0..home.people.disabled {
        let free: Vec<usize> = (0..members.len())
            .filter(|at| members.get(*at).is_some_and(|it| it.disability.is_none()))
            .collect();
        let first = dice.pick(&free);
        let second = dice.pick(&free);
        // Of two that were drawn, the older.
        let age = |at: usize| members.get(at).map_or(0, |it| it.age);
        let at = if age(second) > age(first) {
            second
        } else {
            first
        };
        let is_severe = nth == 0 && (home.people.severe || is_hot && dice.chance(0.9));
        let level = if is_severe {
            dice.whole(1, 2)
        } else {
            dice.whole(3, 4)
        };
        let kind = 1 + dice.pick(&[0_u8, 0, 1, 2, 3, 3, 3, 3, 4, 5, 5, 6]);
        if let Some(member) = members.get_mut(at) {
            member.disability = DisabilityKind::from_number(kind).map(|kind| (kind, level as u8));
        }
    }
}

/// The household's income, to the last yuan, shared among those who are no children.
fn share_income(home: &HomeLife, members: &mut [Member], dice: &mut Dice) {
    if home.row.monthly_income.is_empty() {
        return;
    }
    let total = home.people.monthly_income.round() as i64;
    let weights: Vec<f64> = members
        .iter()
        .map(|it| {
            let luck = dice.between(0.5, 1.5);
            if it.is_child() { 0.0 } else { luck }
        })
        .collect();
    let sum: f64 = weights.iter().sum();
    let mut left = total;
    for (member, weight) in members.iter_mut().zip(&weights).skip(1) {
        let part = (total as f64 * weight / sum / 10.0).floor() as i64 * 10;
        member.income_yuan = (!member.is_child()).then_some(part);
        left -= part;
    }
    if let Some(head) = members.first_mut() {
        head.income_yuan = Some(left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn family_names_of_two_characters_are_whole() {
        assert_eq!(surname("欧阳建国"), "欧阳");
        assert_eq!(surname("王浩"), "王");
        assert_eq!(surname(""), "");
    }
}
