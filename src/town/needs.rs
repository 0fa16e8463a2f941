//! What households asked for: what the ledger lists, open; and what was met or withdrawn before.

use super::assistance::terms;
use super::build::HomeLife;
use super::dice::Dice;
use super::members::Member;
use super::row::reference_date;
use super::truth::Truth;
use crate::model::Date;

const BY_THEMSELVES: &[&str] = &["本人申请", "本人申请", "热线12345"];
const BY_OTHERS: &[&str] = &["网格员", "走访发现"];

/// One need.
#[derive(Debug, Clone)]
pub(super) struct NeedRow {
    /// Name of the member whose it is.
    pub(super) who: String,
    pub(super) category: &'static str,
    pub(super) detail: &'static str,
    pub(super) source: &'static str,
    pub(super) raised_on: Date,
    pub(super) urgency: &'static str,
    pub(super) status: &'static str,
    pub(super) closed_on: Option<Date>,
}

/// The needs of a household: on the day of the ledger those are open that the ledger lists.
pub(super) fn needs(
    home: &HomeLife,
    members: &[Member],
    truth: &Truth,
    dice: &mut Dice,
) -> Vec<NeedRow> {
    let listed = &home.situation.needs;
    let mut rows = Vec::new();
    // With nothing but these needs to its name it is not silent, so it has spoken for itself.
    let must_speak = !truth.gaps.is_empty()
        && home.situation.programmes.is_empty()
        && home.situation.last_visit.is_none();
    for category in listed {
        let mut age_days = dice.whole(2, 45) + dice.whole(0, 17) * dice.whole(0, 17);
        if dice.chance(0.35) {
            // What is hard to meet stays open for long.
            age_days += dice.whole(30, 420);
        }
        let status = dice.pick(&["待办", "待办", "待办", "已受理", "已转介"]);
        let mut row = need(home, members, category, age_days, status, dice);
        if must_speak {
            row.source = dice.pick(BY_THEMSELVES);
        }
        rows.push(row);
    }
    if truth.is_silent {
        return rows;
    }
    if truth.has_only_asked {
        let age_days = dice.whole(70, 330);
        let category = dice.pick(&[terms::LEGAL, terms::GOODS, terms::MEDICAL, terms::HOUSING]);
        let mut row = need(home, members, category, age_days, "已办结", dice);
        row.source = dice.pick(BY_THEMSELVES);
        if dice.chance(0.3) {
            row.status = "已撤回";
        }
        rows.push(closed(row, dice));
        return rows;
    }
    let of_concern = !listed.is_empty() || !home.situation.programmes.is_empty();
    let most = if of_concern { 4 } else { 1 };
    for _ in 0..most {
        if !dice.chance(if of_concern { 0.36 } else { 0.08 }) {
            continue;
        }
        let category = past_category(members, dice);
        if listed.contains(&category) {
            continue;
        }
        let age_days = dice.whole(8, 820);
        let status = dice.pick(&["已办结", "已办结", "已办结", "已办结", "已撤回"]);
        let row = need(home, members, category, age_days, status, dice);
        rows.push(closed(row, dice));
    }
    rows
}

fn need(
    home: &HomeLife,
    members: &[Member],
    category: &'static str,
    age_days: i32,
    status: &'static str,
    dice: &mut Dice,
) -> NeedRow {
    let raised_on = reference_date().plus_days(-age_days);
    // Somebody who came by found it on the day of the visit, and nowhere else.
    let seen_on = home.situation.last_visit;
    let (source, raised_on) = match seen_on {
        Some(day) if status == "待办" && dice.chance(0.4) => ("走访发现", day),
        _ if dice.chance(0.55) => (dice.pick(BY_THEMSELVES), raised_on),
        Some(_) => (dice.pick(BY_OTHERS), raised_on),
        None => ("网格员", raised_on),
    };
    NeedRow {
        who: whose(category, members, dice),
        category,
        detail: dice.pick(details(category)),
        source,
        raised_on,
        urgency: urgency(category, dice),
        status,
        closed_on: None,
    }
}

fn closed(row: NeedRow, dice: &mut Dice) -> NeedRow {
    // Most are met within weeks, some take the better part of a year.
    let days = if dice.chance(0.55) {
        dice.whole(3, 45)
    } else {
        dice.whole(45, 300)
    };
    let open_days = reference_date().days() - row.raised_on.days();
    let days = if days < open_days {
        days
    } else {
        dice.whole(0, open_days.max(1) - 1)
    };
    NeedRow {
        closed_on: Some(row.raised_on.plus_days(days)),
        ..row
    }
}

/// A category that somebody of the household may have had.
fn past_category(members: &[Member], dice: &mut Dice) -> &'static str {
    let mut all = vec![terms::MEDICAL, terms::GOODS, terms::HOUSING, terms::LEGAL];
    if members.iter().any(Member::is_child) {
        all.extend([terms::WISH, terms::EDUCATION]);
    }
    if members.iter().any(Member::is_elder) {
        all.extend([terms::CARE, terms::MOBILITY, terms::SOCIAL]);
    } else {
        all.push(terms::EMPLOYMENT);
    }
    dice.pick(&all)
}

fn urgency(category: &str, dice: &mut Dice) -> &'static str {
    match category {
        terms::EMERGENCY => "紧急",
        terms::CARE | terms::MEDICAL => dice.pick(&["一般", "一般", "紧急", "紧急", "不急"]),
        terms::WISH | terms::LEGAL => dice.pick(&["不急", "不急", "一般"]),
        _ => dice.pick(&["不急", "一般", "一般", "紧急"]),
    }
}

/// The member whose need it is; empty where it is the household's.
fn whose(category: &str, members: &[Member], dice: &mut Dice) -> String {
    let fits: fn(&Member) -> bool = match category {
        terms::WISH | terms::EDUCATION => Member::is_child,
        terms::CARE | terms::MEDICAL | terms::MOBILITY | terms::SOCIAL => {
            |it| it.is_elder() || it.disability.is_some()
        }
        terms::EMPLOYMENT => |it| !it.is_child() && !it.is_elder(),
        _ => |_| false,
    };
    let members: Vec<&Member> = members.iter().filter(|it| fits(it)).collect();
    let at = dice.below(members.len());
    members
        .get(at)
        .map_or_else(String::new, |it| it.name.clone())
}

fn details(category: &str) -> &'static [&'static str] {
    match category {
        terms::GOODS => &["冬衣被褥", "米面粮油", "取暖器", "奶粉尿布"],
        terms::MEDICAL => &["陪同就医", "代配药", "轮椅", "康复训练"],
        terms::CARE => &["每日助餐", "上门助浴", "家务保洁", "短期照护"],
        terms::HOUSING => &["屋顶漏水", "卫生间加扶手", "电线老化", "坡道改造"],
        terms::EDUCATION => &["课业辅导", "学费困难", "书本文具"],
        terms::EMPLOYMENT => &["找一份近处的工作", "技能培训", "居家就业"],
        terms::SOCIAL => &["有人陪聊", "心理疏导", "参加社区活动"],
        terms::LEGAL => &["赡养纠纷咨询", "政策咨询", "办证指引"],
        terms::MOBILITY => &["上下楼协助", "接送就医", "助行器"],
        terms::EMERGENCY => &["突发疾病", "家中失火受损"],
        terms::WISH => &["一个书包", "一辆自行车", "去一次科技馆", "一双球鞋"],
        _ => &["其他"],
    }
}
