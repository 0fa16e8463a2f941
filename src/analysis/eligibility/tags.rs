//! What tags say that no column does: assets, fixed costs, who could support.

use super::verdict::Verdict;

pub(super) const OVER_LIMIT: [&str; 7] = [
    "财产超标",
    "资产超标",
    "财产不符合",
    "资产不符合",
    "财产超限",
    "家庭财产超标",
    "assets_over",
];
pub(super) const WITHIN_LIMIT: [&str; 8] = [
    "财产符合",
    "资产符合",
    "财产符合规定",
    "财产已核",
    "资产已核",
    "财产核对通过",
    "经济状况核对通过",
    "assets_ok",
];
pub(super) const HARD_COSTS: [&str; 9] = [
    "刚性支出大",
    "刚性支出困难",
    "支出型困难",
    "因病致困",
    "因病致贫",
    "因学致困",
    "因学致贫",
    "大病支出",
    "hard_costs",
];
pub(super) const NO_HARD_COSTS: [&str; 2] = ["无刚性支出", "no_hard_costs"];
pub(super) const NO_SUPPORT: [&str; 8] = [
    "无人赡养",
    "无赡养人",
    "无法定义务人",
    "三无",
    "三无人员",
    "孤寡",
    "孤寡老人",
    "no_support",
];
pub(super) const SUPPORT: [&str; 5] = [
    "有赡养人",
    "有人赡养",
    "有法定义务人",
    "子女赡养",
    "has_support",
];

/// Whether one of some entries is in a list with `;` between them, case aside.
pub(super) fn has_one<T: AsRef<str>>(list: &str, wanted: &[T]) -> bool {
    !list.is_empty()
        && list.split(';').any(|entry| {
            wanted
                .iter()
                .any(|wanted| entry.eq_ignore_ascii_case(wanted.as_ref()))
        })
}

/// Yes where one of the first words is in a list, no where one of the second is; unknown where
/// neither is, or both are.
pub(super) fn said(lists: &[&str], yes: &[&str], no: &[&str]) -> Verdict {
    let has = |words: &[&str]| lists.iter().any(|list| has_one(list, words));
    match (has(yes), has(no)) {
        (true, false) => Verdict::Yes,
        (false, true) => Verdict::No,
        _ => Verdict::Unknown,
    }
}
