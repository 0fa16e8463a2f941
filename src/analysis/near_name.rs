//! Two spellings of one name.

/// How two names that are not the same resemble each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NearName {
    /// One character is another one of the same sound, or the old form of it.
    Homophone,
    /// One character of three or more is wrong, missing or too many, or two are exchanged.
    OneCharacter,
}

/// Characters of names that sound the same or are each other's old form, as they are exchanged
/// at a counter or by an input method. By frequency in names, not complete.
const SOUNDS: &[&str] = &[
    "伟炜玮纬韦维唯苇",
    "明铭鸣茗",
    "芳方",
    "华桦骅烨",
    "军君均钧俊骏",
    "丽莉立力利俐",
    "英瑛莹盈颖",
    "玉钰裕育煜昱毓",
    "建健剑见",
    "红宏洪虹鸿弘泓",
    "平萍苹屏",
    "云芸耘",
    "文雯纹",
    "燕艳彦雁砚",
    "杰洁捷婕",
    "晶菁精静敬婧",
    "小晓筱肖",
    "志智治致",
    "学雪",
    "章张彰璋",
    "于余俞虞鱼",
    "许徐旭",
    "程成诚城承陈",
    "沈申",
    "付傅富福",
    "江姜蒋",
    "吕闾",
    "严阎颜言岩",
    "夏霞",
    "祝朱竺",
    "邱丘秋",
    "肖萧",
    "戴代",
    "阮软",
    "林琳霖临淋",
    "海亥",
    "强蔷墙",
    "勇永泳咏",
    "辉晖慧惠卉会",
    "亮良量",
    "国果",
    "庆青清卿倩",
    "生胜升声圣盛",
    "兰岚蓝",
    "凤风丰峰锋枫",
    "金锦今瑾",
    "新欣昕心鑫馨",
    "春纯",
    "珍真贞桢",
    "梅玫美",
    "秀绣修",
    "桂贵",
    "芬分",
    "娟鹃绢",
    "爱艾",
    "涛韬滔",
    "斌彬宾滨",
    "波博",
    "超朝",
    "鹏朋",
    "飞菲妃斐",
    "敏民闽",
    "佳家嘉加",
    "怡宜仪依一亦奕",
    "雨宇羽语禹",
    "子紫梓姿",
    "轩萱宣",
    "浩皓昊",
    "思斯丝",
    "琴勤芹秦",
    "月悦跃岳",
    "龙隆",
];

/// Whether two names can be one in two spellings; `None` where they are the same, or too different.
/// Of two characters one may only be a homophone: with fewer, relatives would be taken for each
/// other.
///
/// Source: optimal string alignment (`strsim`), and a table of homophones of this program.
pub(super) fn near_name(a: &str, b: &str) -> Option<NearName> {
    if a == b || a.is_empty() || b.is_empty() {
        return None;
    }
    let (count_a, count_b) = (a.chars().count(), b.chars().count());
    let mut wrong = a.chars().zip(b.chars()).filter(|(a, b)| a != b);
    if let (Some(one), None) = (wrong.next(), wrong.next())
        && count_a == count_b
        && count_a >= 2
    {
        if is_homophone(one.0, one.1) {
            return Some(NearName::Homophone);
        }
    }
    let is_long = count_a.min(count_b) >= 3 && count_a.max(count_b) <= 12;
    (is_long && strsim::osa_distance(a, b) == 1).then_some(NearName::OneCharacter)
}

fn is_homophone(a: char, b: char) -> bool {
    SOUNDS
        .iter()
        .any(|sound| sound.contains(a) && sound.contains(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name() {
        assert_eq!(near_name("王伟", "王玮"), Some(NearName::Homophone));
        assert_eq!(near_name("章小明", "张小明"), Some(NearName::Homophone));
        assert_eq!(near_name("王小明", "王小亮"), Some(NearName::OneCharacter));
        assert_eq!(near_name("王小明", "王明小"), Some(NearName::OneCharacter));
        assert_eq!(
            near_name("欧阳小明", "欧阳明"),
            Some(NearName::OneCharacter)
        );
        assert_eq!(near_name("王伟", "王芳"), None);
        assert_eq!(near_name("王小明", "王明"), None);
        assert_eq!(near_name("王伟", "王伟"), None);
        assert_eq!(near_name("", "王"), None);
        assert_eq!(near_name("甲乙丙丁", "戊己庚辛"), None);
    }
}
