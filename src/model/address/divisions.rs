//! The divisions at the head of an address: province, city, district, street or town, community
//! or village. Each may be missing; their names are kept as written.

use super::ParsedAddress;
use super::plain::is_numeral;

/// The provinces without the word behind them, and those that are cities.
const PROVINCES: [&str; 34] = [
    "北京",
    "天津",
    "上海",
    "重庆",
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "四川",
    "贵州",
    "云南",
    "西藏",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
    "香港",
    "澳门",
    "台湾",
];

/// What stands behind the name of a province.
const PROVINCE_WORDS: [&str; 7] = [
    "省",
    "市",
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "特别行政区",
];

/// Reads the divisions and says how many characters they took.
pub(super) fn read(chars: &[char], into: &mut ParsedAddress) -> usize {
    let mut at = 0;
    let take = |length: Option<usize>, from: &mut usize| {
        let length = length?;
        let name = chars.get(*from..*from + length)?.iter().collect::<String>();
        *from += length;
        Some(name)
    };
    let rest = |at: usize| chars.get(at..).unwrap_or_default();

    if let Some(name) = take(province(chars), &mut at) {
        into.province = name;
    }
    let first = take(upper(rest(at)), &mut at);
    let second = take(upper(rest(at)), &mut at);
    match (first, second) {
        (Some(city), Some(district)) => (into.city, into.district) = (city, district),
        (Some(district), None) => into.district = district,
        _ => {}
    }
    // 慈溪市区: "the town of", no division of its own.
    if !into.district.is_empty() && rest(at).first() == Some(&'区') {
        at += 1;
    }
    if let Some(name) = take(street(rest(at)), &mut at) {
        into.street = name;
    }
    if let Some(name) = take(community(rest(at)), &mut at) {
        into.community = name;
    }
    at
}

fn starts_with(chars: &[char], word: &str) -> bool {
    let mut at = 0;
    word.chars().all(|char| {
        let is_same = chars.get(at) == Some(&char);
        at += 1;
        is_same
    })
}

fn count(word: &str) -> usize {
    word.chars().count()
}

fn province(chars: &[char]) -> Option<usize> {
    let name = PROVINCES.iter().find(|name| starts_with(chars, name))?;
    let rest = chars.get(count(name)..)?;
    if let Some(word) = PROVINCE_WORDS.iter().find(|word| starts_with(rest, word)) {
        return Some(count(name) + count(word));
    }
    // 北京路 is a road, 浙江宁波市 a province and a city.
    upper(rest).map(|_| count(name))
}

/// A character behind which the name of a road, a number or an estate may have ended: no
/// division's name runs on over it.
fn is_stop(char: char) -> bool {
    matches!(
        char,
        '路' | '街' | '巷' | '弄' | '号' | '幢' | '栋' | '村' | '苑' | '#' | '-'
    ) || char.is_ascii_digit()
}

/// Whether a name holds a stop; one that begins it or ends it is part of the name (路桥区, 周巷镇).
fn is_stopped(name: &[char]) -> bool {
    let inner = name.iter().enumerate();
    let last = name.len().saturating_sub(1);
    name.iter()
        .any(|char| char.is_ascii_digit() || *char == '-' || *char == '#')
        || inner
            .filter(|(at, _)| (1..last).contains(at))
            .any(|(_, char)| is_stop(*char))
}

/// A city, district or county.
fn upper(chars: &[char]) -> Option<usize> {
    for at in 1..chars.len().min(12) {
        let (name, behind) = (chars.get(..at)?, chars.get(at + 1..)?);
        let ends = |word: &str| {
            let from = name.len().checked_sub(count(word));
            from.is_some_and(|from| starts_with(name.get(from..).unwrap_or_default(), word))
        };
        if is_stopped(name) {
            return None;
        }
        // A division is never followed by a number (东区5幢).
        if behind.first().is_some_and(char::is_ascii_digit) {
            continue;
        }
        let is_end = match chars.get(at)? {
            '市' => {
                at >= 2
                    && !["场", "心", "民广", "民中", "民公", "花园"]
                        .iter()
                        .any(|word| starts_with(behind, word))
                    && !name.last().is_some_and(|last| "超夜菜".contains(*last))
            }
            '州' => ends("自治") && at >= 4,
            '盟' => at >= 2,
            '县' => !is_road_word(behind),
            '旗' => at >= 2 && !is_road_word(behind),
            '区' => at >= 2 && is_district(name) && !is_road_word(behind),
            _ => false,
        };
        if is_end {
            return Some(at + 1);
        }
    }
    None
}

/// Whether the characters before 区 name a district: not 小区, 工业区, 阳光花园东区.
fn is_district(name: &[char]) -> bool {
    let Some(last) = name.last() else {
        return false;
    };
    let is_word = "小社校园厂院片库景宅活属业地辖".contains(*last) || is_numeral(*last);
    let is_part = "东西南北中".contains(*last) && name.len() > 2;
    let is_estate = ["花园", "新村", "公寓", "家园", "街道", "镇"]
        .iter()
        .any(|word| contains(name, word));
    !is_word && !is_part && !is_estate
}

fn contains(name: &[char], word: &str) -> bool {
    // 镇海区 begins with it and is a district all the same.
    (1..name.len()).any(|at| name.get(at..).is_some_and(|rest| starts_with(rest, word)))
}

/// A street office, town or township.
fn street(chars: &[char]) -> Option<usize> {
    for at in 1..chars.len().min(10) {
        let (name, here) = (chars.get(..at)?, chars.get(at..)?);
        if is_stopped(name) {
            return None;
        }
        for word in [
            "街道办事处",
            "街道办",
            "街道",
            "地区办事处",
            "苏木",
            "镇",
            "乡",
        ] {
            if !starts_with(here, word) {
                continue;
            }
            let behind = here.get(count(word)..).unwrap_or_default();
            let runs_on = match word {
                "镇" => {
                    behind
                        .first()
                        .is_some_and(|next| "海江远宁".contains(*next))
                        || (at == 1 && starts_of_road(behind))
                }
                "乡" => behind
                    .first()
                    .is_some_and(|next| "村土愁音".contains(*next)),
                _ => false,
            };
            if !runs_on {
                return Some(at + count(word));
            }
        }
    }
    None
}

/// A community or village.
fn community(chars: &[char]) -> Option<usize> {
    const WORDS: [&str; 11] = [
        "社区居民委员会",
        "社区居委会",
        "居民委员会",
        "村民委员会",
        "社区",
        "居委会",
        "村委会",
        "行政村",
        "股份社",
        "嘎查",
        "村",
    ];
    for at in 1..chars.len().min(12) {
        let (name, here) = (chars.get(..at)?, chars.get(at..)?);
        if is_stopped_before_community(name) {
            return None;
        }
        let Some(word) = WORDS.iter().find(|word| starts_with(here, word)) else {
            continue;
        };
        let behind = here.get(count(word)..).unwrap_or_default();
        // 金山新村 is an estate, 中关村大街 a road, 卫东村小区 an estate.
        let runs_on = *word == "村"
            && (name
                .last()
                .is_some_and(|last| *last == '新' || is_numeral(*last))
                || ["小区", "花园", "公寓", "新村", "社区", "居委会", "庄", "口"]
                    .iter()
                    .any(|word| starts_with(behind, word)));
        if !runs_on && !starts_of_road(behind) {
            return Some(at + count(word));
        }
    }
    None
}

/// As [`is_stopped`], but 金山村社区 runs on over its 村.
fn is_stopped_before_community(name: &[char]) -> bool {
    let without: Vec<char> = name.iter().copied().filter(|char| *char != '村').collect();
    is_stopped(&without)
}

/// Whether what follows makes the name before it that of a road: 路, 南路, 大街.
fn starts_of_road(behind: &[char]) -> bool {
    let is_directed = behind
        .first()
        .is_some_and(|char| "东西南北中前后".contains(*char));
    is_road_word(behind) || is_directed && is_road_word(behind.get(1..).unwrap_or_default())
}

fn is_road_word(chars: &[char]) -> bool {
    ["路", "街", "大道", "大街", "巷", "弄"]
        .iter()
        .any(|word| starts_with(chars, word))
        && !["街道", "路桥"].iter().any(|word| starts_with(chars, word))
}
