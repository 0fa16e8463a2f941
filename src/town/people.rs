//! The people of a household: who lives there, how old, on what income.

use super::dice::Dice;
use super::fabric::Social;
use super::names;
use super::row::reference_date;
use crate::model::{Date, IdNumber};

/// What kind of household it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    ElderAlone,
    ElderCouple,
    /// Grandparents with grandchildren whose parents work elsewhere.
    SkippedGeneration,
    ThreeGenerations,
    Couple,
    Parents,
    SingleParent,
    Single,
}

/// The people of one household.
#[derive(Debug, Clone)]
pub(super) struct People {
    pub(super) shape: Shape,
    pub(super) head_name: String,
    pub(super) head_is_man: bool,
    pub(super) head_age: i32,
    pub(super) birth: Date,
    pub(super) members: i32,
    pub(super) elderly: i32,
    pub(super) children: i32,
    pub(super) disabled: i32,
    /// Whether one of the disabilities is severe (levels 1 and 2).
    pub(super) severe: bool,
    pub(super) monthly_income: f64,
}

impl People {
    pub(super) fn per_head(&self) -> f64 {
        self.monthly_income / f64::from(self.members.max(1))
    }

    pub(super) fn lives_alone(&self) -> bool {
        self.members == 1
    }

    /// A number of the head, with a right check character.
    pub(super) fn id_number(&self, dice: &mut Dice) -> String {
        let order = dice.below(ORDERS) * 2 + usize::from(self.head_is_man);
        id_number(self.birth, order)
    }
}

/// How many people of one sex can be born on a day.
pub(super) const ORDERS: usize = 499;

/// The number of who was born on a day as the given one: region 000000, which does not exist.
pub(super) fn id_number(birth: Date, order: usize) -> String {
    let (year, month, day) = birth.ymd();
    let digits = format!("000000{year:04}{month:02}{day:02}{order:03}");
    IdNumber::complete(&digits).map_or(digits, |number| number.to_string())
}

/// Draws the people who live at a place.
pub(super) fn people(social: &Social, dice: &mut Dice) -> People {
    let shape = shape(social, dice);
    let is_man = dice.chance(if shape == Shape::ElderAlone {
        0.34
    } else {
        0.66
    });
    let head_age = match shape {
        // Fewer the older.
        Shape::ElderAlone => 62 + (34.0 * dice.share() * dice.between(0.35, 1.0)) as i32,
        Shape::ElderCouple | Shape::SkippedGeneration => {
            60 + (30.0 * dice.share() * dice.between(0.3, 1.0)) as i32
        }
        Shape::ThreeGenerations => dice.whole(34, 58),
        Shape::Couple => dice.whole(25, 58),
        Shape::Parents | Shape::SingleParent => dice.whole(26, 50),
        Shape::Single => dice.whole(22, 59),
    };
    let children = match shape {
        Shape::Parents | Shape::ThreeGenerations => dice.whole(1, 2),
        Shape::SkippedGeneration => 1 + i32::from(dice.chance(0.3)),
        Shape::SingleParent => 1 + i32::from(dice.chance(0.2)),
        _ => 0,
    };
    let elderly = match shape {
        Shape::ElderAlone => 1,
        Shape::ElderCouple => 2,
        Shape::SkippedGeneration | Shape::ThreeGenerations => dice.whole(1, 2),
        _ => 0,
    };
    let adults = match shape {
        Shape::ThreeGenerations | Shape::Couple | Shape::Parents => 2,
        Shape::SingleParent | Shape::Single => 1,
        _ => 0,
    };
    let members = children + elderly + adults;
    let risk = 0.014 * (1.0 + 6.0 * social.disability);
    let disabled: i32 = (0..members)
        .map(|at| i32::from(dice.chance(if at < elderly { risk * 1.7 } else { risk })))
        .sum();
    let severe = disabled > 0 && dice.chance(0.45);
    let monthly_income = income(shape, social, [adults, elderly, disabled], severe, dice);
    People {
        shape,
        head_name: name(is_man, head_age, dice),
        head_is_man: is_man,
        head_age,
        birth: birth(head_age, dice),
        members,
        elderly,
        children,
        disabled,
        severe,
        monthly_income,
    }
}

fn shape(social: &Social, dice: &mut Dice) -> Shape {
    let old = social.elder;
    let shapes = [
        (Shape::ElderAlone, 0.03 + 0.17 * old),
        (Shape::ElderCouple, 0.06 + 0.18 * old),
        (Shape::SkippedGeneration, 0.006 + 0.02 * social.poverty),
        (Shape::ThreeGenerations, 0.15),
        (Shape::Couple, 0.17),
        (Shape::Parents, 0.36 - 0.22 * old),
        (Shape::SingleParent, 0.025 + 0.025 * social.poverty),
        (Shape::Single, 0.10),
    ];
    let total: f64 = shapes.iter().map(|(_, weight)| weight).sum();
    let mut left = dice.share() * total;
    for (shape, weight) in shapes {
        left -= weight;
        if left < 0.0 {
            return shape;
        }
    }
    Shape::Parents
}

/// Yuan a month: wages and pensions, less where the place is poor, where somebody is disabled, or
/// where work was lost.
fn income(
    shape: Shape,
    social: &Social,
    [adults, elderly, disabled]: [i32; 3],
    severe: bool,
    dice: &mut Dice,
) -> f64 {
    let place = 1.0 - 0.5 * social.poverty;
    let mut sum = 0.0;
    for _ in 0..adults {
        let is_out_of_work = dice.chance(0.04 + 0.10 * social.poverty);
        sum += if is_out_of_work {
            dice.between(0.0, 900.0)
        } else {
            5_600.0 * place * (1.0 + 0.32 * dice.bell()).max(0.25)
        };
    }
    for _ in 0..elderly {
        let has_small_pension = dice.chance(0.10 + 0.26 * social.poverty);
        sum += if has_small_pension {
            dice.between(280.0, 1_150.0)
        } else {
            2_900.0 * place * (1.0 + 0.28 * dice.bell()).max(0.4)
        };
    }
    if disabled > 0 {
        sum *= if severe { 0.58 } else { 0.8 };
    }
    if shape == Shape::SkippedGeneration {
        sum += dice.between(0.0, 1_500.0);
    }
    (sum / 10.0).round() * 10.0
}

pub(super) fn birth(age: i32, dice: &mut Dice) -> Date {
    // 365.25 days a year, so that the age on the day of the ledger is the given one.
    let days = age * 1461 / 4 + 1 + dice.whole(0, 360);
    reference_date().plus_days(-days)
}

pub(super) fn name(is_man: bool, age: i32, dice: &mut Dice) -> String {
    format!("{}{}", dice.pick(names::SURNAMES), given(is_man, age, dice))
}

/// A given name of the time when somebody was born.
pub(super) fn given(is_man: bool, age: i32, dice: &mut Dice) -> &'static str {
    let given = match (is_man, age >= 52) {
        (true, true) => names::GIVEN_OLD_MEN,
        (false, true) => names::GIVEN_OLD_WOMEN,
        (true, false) => names::GIVEN_YOUNG_MEN,
        (false, false) => names::GIVEN_YOUNG_WOMEN,
    };
    dice.pick(given)
}

#[cfg(test)]
mod tests {
    use super::super::dice::Stream;
    use super::*;

    #[test]
    fn people_fit_together() {
        let social = Social {
            elder: 0.6,
            poverty: 0.5,
            disability: 0.4,
            uptake: 0.6,
        };
        for index in 0..3_000 {
            let mut dice = Dice::new(4, Stream::Household(index));
            let people = people(&social, &mut dice);
            assert!(people.members >= 1 && people.disabled <= people.members);
            assert!(people.elderly + people.children <= people.members);
            assert!(people.monthly_income >= 0.0);
            assert_eq!(
                people.head_age >= 60,
                people.elderly > 0 && people.shape_is_old()
            );
            let number = people.id_number(&mut dice);
            let (read, _) = IdNumber::parse(&number, reference_date()).unwrap();
            assert_eq!(read.as_str(), number);
            assert!(number.starts_with("000000"));
            // The 17th digit is odd for men.
            let order: usize = number.get(16..17).unwrap().parse().unwrap();
            assert_eq!(order % 2 == 1, people.head_is_man);
            let age = (reference_date().days() - people.birth.days()) / 365;
            assert!((age - people.head_age).abs() <= 1, "{age}");
        }
    }

    impl People {
        fn shape_is_old(&self) -> bool {
            matches!(
                self.shape,
                Shape::ElderAlone | Shape::ElderCouple | Shape::SkippedGeneration
            )
        }
    }
}
