//! The words by which offices write sex, disability, urgency and where a need stands. Every
//! function takes a trimmed cell that is not empty, and gives `None` for a word that it does not know.

use super::cell::{folded, yes_no};
use super::day::small_number;
use crate::model::{DisabilityKind, NeedStatus, Sex};

/// Sex.
pub(super) fn sex(text: &str) -> Option<Sex> {
    let plain = plain(text);
    match plain.trim_end_matches('性') {
        "男" | "m" | "male" | "1" => Some(Sex::Male),
        "女" | "f" | "female" | "2" => Some(Sex::Female),
        _ => None,
    }
}

/// Kind of disability: a word, the number of the certificate, or several words for multiple.
pub(super) fn disability_kind(text: &str) -> Option<DisabilityKind> {
    const WORDS: [(DisabilityKind, &[&str]); 7] = [
        (
            DisabilityKind::Sight,
            &["视力", "视觉", "sight", "vision", "visual", "blind"],
        ),
        (
            DisabilityKind::Hearing,
            &["听力", "听觉", "hearing", "deaf"],
        ),
        (DisabilityKind::Speech, &["言语", "语言", "speech"]),
        (DisabilityKind::Limb, &["肢体", "limb", "physical"]),
        (
            DisabilityKind::Intellectual,
            &["智力", "智障", "intellectual"],
        ),
        (DisabilityKind::Mental, &["精神", "mental"]),
        (DisabilityKind::Multiple, &["多重", "multiple"]),
    ];
    let plain = plain(text);
    if let [digit @ b'1'..=b'7'] = plain.as_bytes() {
        return DisabilityKind::from_number(digit - b'0');
    }
    let mut found = WORDS
        .iter()
        .filter(|(_, words)| words.iter().any(|word| plain.contains(word)))
        .map(|(kind, _)| *kind);
    match (found.next(), found.next()) {
        (Some(_), Some(_)) => Some(DisabilityKind::Multiple),
        (one, _) => one,
    }
}

/// Level of disability, 1 to 4: `一级`, `1级`, `2`, `Ⅲ`, also behind the kind as in `肢体二级`.
pub(super) fn disability_level(text: &str) -> Option<u8> {
    let plain = plain(text);
    let number = match plain.trim_start_matches("level").strip_suffix('级') {
        Some(before) => before.chars().next_back()?.to_string(),
        None => plain.trim_start_matches("level").to_owned(),
    };
    let level = match number.as_str() {
        "ⅰ" | "i" => 1,
        "ⅱ" | "ii" => 2,
        "ⅲ" | "iii" => 3,
        "ⅳ" | "iv" => 4,
        other => small_number(other)?,
    };
    (1..=4).contains(&level).then_some(level as u8)
}

/// Where a need stands; a yes-or-no cell says whether it is done.
pub(super) fn need_status(text: &str) -> Option<NeedStatus> {
    const OPEN: [&str; 22] = [
        "待办",
        "未办",
        "未办理",
        "未处理",
        "待处理",
        "待受理",
        "未受理",
        "未完成",
        "待完成",
        "待认领",
        "未认领",
        "未解决",
        "待解决",
        "未实现",
        "待实现",
        "新建",
        "登记",
        "已登记",
        "open",
        "new",
        "pending",
        "todo",
    ];
    const REFERRED: [&str; 26] = [
        "进行中",
        "办理中",
        "处理中",
        "受理中",
        "已受理",
        "转办",
        "已转办",
        "转介",
        "已转介",
        "派单",
        "已派单",
        "交办",
        "已交办",
        "已分派",
        "已认领",
        "认领中",
        "对接中",
        "已对接",
        "跟进中",
        "解决中",
        "referred",
        "inprogress",
        "assigned",
        "accepted",
        "ongoing",
        "processing",
    ];
    const MET: [&str; 26] = [
        "办结",
        "已办结",
        "已办理",
        "已办",
        "解决",
        "已解决",
        "完成",
        "已完成",
        "实现",
        "已实现",
        "圆梦",
        "已圆梦",
        "已处理",
        "落实",
        "已落实",
        "结案",
        "已结案",
        "已满足",
        "关闭",
        "已关闭",
        "met",
        "done",
        "closed",
        "resolved",
        "completed",
        "fulfilled",
    ];
    const WITHDRAWN: [&str; 15] = [
        "撤回",
        "已撤回",
        "撤销",
        "已撤销",
        "取消",
        "已取消",
        "放弃",
        "已放弃",
        "作废",
        "已作废",
        "withdrawn",
        "cancelled",
        "canceled",
        "dropped",
        "revoked",
    ];
    let plain = plain(text);
    let is_one = |words: &[&str]| words.contains(&plain.as_str());
    if is_one(&OPEN) {
        Some(NeedStatus::Open)
    } else if is_one(&REFERRED) {
        Some(NeedStatus::Referred)
    } else if is_one(&MET) {
        Some(NeedStatus::Met)
    } else if is_one(&WITHDRAWN) {
        Some(NeedStatus::Withdrawn)
    } else {
        let met = yes_no(text)?;
        Some(if met {
            NeedStatus::Met
        } else {
            NeedStatus::Open
        })
    }
}

/// Urgency from 1 (can wait) to 3 (at once).
pub(super) fn urgency(text: &str) -> Option<u8> {
    match plain(text).as_str() {
        "1" | "低" | "不急" | "不紧急" | "缓" | "可缓" | "平缓" | "否" | "low" => {
            Some(1)
        }
        "2" | "中" | "一般" | "普通" | "较急" | "正常" | "medium" | "normal" => Some(2),
        "3" | "高" | "急" | "紧急" | "特急" | "加急" | "很急" | "非常紧急" | "十分紧急"
        | "立即" | "是" | "high" | "urgent" | "immediate" => Some(3),
        _ => None,
    }
}

/// Whether somebody was seen.
pub(super) fn seen(text: &str) -> Option<bool> {
    match plain(text).as_str() {
        "见到" | "已见" | "见面" | "已见面" | "见到本人" | "本人" | "在家" | "seen" => {
            Some(true)
        }
        "未见" | "未见到" | "没见到" | "未见面" | "未见到本人" | "不在家" | "不在" | "notseen" => {
            Some(false)
        }
        _ => yes_no(text),
    }
}

fn plain(text: &str) -> String {
    folded(text)
        .chars()
        .filter(|char| !char.is_whitespace() && !matches!(char, '_' | '-'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_both_languages() {
        assert_eq!(sex("男性"), Some(Sex::Male));
        assert_eq!(sex("Ｆ"), Some(Sex::Female));
        assert_eq!(sex("未知"), None);
        assert_eq!(need_status("In progress"), Some(NeedStatus::Referred));
        assert_eq!(need_status("已办结"), Some(NeedStatus::Met));
        assert_eq!(need_status("撤回"), Some(NeedStatus::Withdrawn));
        assert_eq!(need_status("待办"), Some(NeedStatus::Open));
        assert_eq!(need_status("是"), Some(NeedStatus::Met));
        assert_eq!(need_status("再说"), None);
        assert_eq!(urgency("特急"), Some(3));
        assert_eq!(urgency("一般"), Some(2));
        assert_eq!(urgency("0"), None);
        assert_eq!(seen("未见到"), Some(false));
        assert_eq!(seen("有"), Some(true));
        for status in NeedStatus::ALL {
            assert_eq!(need_status(status.code()), Some(status));
        }
    }

    #[test]
    fn disability_in_words_and_numbers() {
        assert_eq!(disability_kind("肢体残疾"), Some(DisabilityKind::Limb));
        assert_eq!(disability_kind("4"), Some(DisabilityKind::Limb));
        assert_eq!(
            disability_kind("听力、言语"),
            Some(DisabilityKind::Multiple)
        );
        assert_eq!(disability_kind("8").or(disability_kind("无")), None);
        for (text, level) in [
            ("一级", 1),
            ("2级", 2),
            ("3", 3),
            ("Ⅳ级", 4),
            ("肢体二级", 2),
            ("贰级", 2),
        ] {
            assert_eq!(disability_level(text), Some(level), "{text}");
        }
        for text in ["五级", "0", "重度", "级"] {
            assert_eq!(disability_level(text), None, "{text}");
        }
    }
}
