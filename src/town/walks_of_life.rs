//! How a member looks after themselves, what they learnt, and what they do, in the words of offices.

use super::dice::Dice;
use super::members::Member;

/// Whether somebody old or disabled can look after themselves; of others nobody asks.
pub(super) fn self_care(member: &Member, is_helpless: bool, dice: &mut Dice) -> &'static str {
    let luck = dice.share();
    if is_helpless {
        return "不能自理";
    }
    let (not_at_all, in_part) = match member.age {
        _ if member.is_severe() => (0.35, 0.80),
        80.. => (0.05, 0.30),
        60..80 => (0.01, 0.06),
        _ if member.disability.is_some() => (0.02, 0.15),
        _ => return "",
    };
    if luck < not_at_all {
        "不能自理"
    } else if luck < in_part {
        "部分自理"
    } else {
        "能自理"
    }
}

/// The school that a child attends, or the highest that an adult has finished.
pub(super) fn schooling(age: i32, dice: &mut Dice) -> &'static str {
    let of = |words: &[&'static str], dice: &mut Dice| dice.pick(words);
    match age {
        ..3 => "",
        3..6 => "幼儿园",
        6..12 => "小学",
        12..15 => "初中",
        15..18 => "高中",
        18..40 => of(&["初中", "高中", "大专", "大专", "本科", "本科"], dice),
        40..60 => of(&["小学", "初中", "初中", "高中", "大专"], dice),
        _ => of(&["文盲", "小学", "小学", "初中"], dice),
    }
}

/// What somebody does.
pub(super) fn work(member: &Member, dice: &mut Dice) -> &'static str {
    let luck = dice.share();
    match (member.age, member.income_yuan) {
        (..6, _) => "",
        (6..18, _) => "学生",
        (60.., Some(..1_200)) => "务农",
        (60.., _) => "退休",
        (_, Some(..900)) if member.is_severe() => "无劳动能力",
        (_, Some(..900)) => "待业",
        _ if luck < 0.65 => "在职",
        _ if luck < 0.85 => "务工",
        _ => "个体经营",
    }
}
