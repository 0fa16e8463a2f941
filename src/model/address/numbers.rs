//! The part of an address from the road on: names, and the numbers between them.

use super::ParsedAddress;
use super::plain::{is_numeral, numeral};

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    /// 号, 弄
    Number,
    /// 幢, 栋, 座, 号楼
    Building,
    /// 单元, 门
    Unit,
    /// 室, 房
    Room,
    /// 层, 楼: says nothing of the door.
    Floor,
    /// 组, 队: a group of a village.
    Group,
    /// Nothing stands behind the number.
    Bare,
}

/// Words behind a number, the longer before the shorter.
const WORDS: [(&str, Counts); 26] = [
    ("号楼", Counts::Building),
    ("#楼", Counts::Building),
    ("号院", Counts::Number),
    ("号门牌", Counts::Number),
    ("号房", Counts::Room),
    ("号室", Counts::Room),
    ("号", Counts::Number),
    ("弄", Counts::Number),
    ("幢", Counts::Building),
    ("栋", Counts::Building),
    ("座", Counts::Building),
    ("#", Counts::Building),
    ("单元", Counts::Unit),
    ("门", Counts::Unit),
    ("梯", Counts::Unit),
    ("室", Counts::Room),
    ("房", Counts::Room),
    ("户", Counts::Room),
    ("层", Counts::Floor),
    ("楼", Counts::Floor),
    ("村民小组", Counts::Group),
    ("小组", Counts::Group),
    ("生产队", Counts::Group),
    ("组", Counts::Group),
    ("大队", Counts::Group),
    ("队", Counts::Group),
];

/// Words that make a number before them part of a name: 2期, 三区, 5号桥, 17路.
const NAME_WORDS: [&str; 16] = [
    "期",
    "区",
    "村",
    "路",
    "街",
    "里",
    "巷",
    "支",
    "环",
    "号路",
    "号街",
    "号桥",
    "号河",
    "号大街",
    "号码头",
    "大街",
];

/// A number as it stands in the text: 128, 128-3-501, 第3幢, A座, 三单元.
struct Token {
    parts: Vec<String>,
    counts: Counts,
    length: usize,
}

/// Reads names and numbers to the end of the text.
pub(super) fn read(chars: &[char], into: &mut ParsedAddress) {
    let mut scan = Scan {
        into,
        name: String::new(),
        has_number: false,
    };
    let mut at = 0;
    while let Some(&char) = chars.get(at) {
        let rest = chars.get(at..).unwrap_or_default();
        match token(rest, at == 0) {
            Some(token) => {
                scan.end_of_name(Some(token.counts));
                at += token.length.max(1);
                scan.number(token);
            }
            None if char.is_ascii_digit() => {
                // A number that is part of a name is read whole.
                let length = rest.iter().take_while(|char| char.is_ascii_digit()).count();
                scan.name.extend(rest.iter().take(length));
                at += length;
            }
            None => {
                if char != '-' && char != '#' {
                    scan.name.push(char);
                }
                at += 1;
            }
        }
    }
    scan.end_of_name(None);
}

fn starts_with(chars: &[char], word: &str) -> bool {
    let length = word.chars().count();
    chars.len() >= length && word.chars().zip(chars).all(|(a, b)| a == *b)
}

fn is_stem(char: char) -> bool {
    matches!(char, '甲' | '乙' | '丙' | '丁' | '戊')
}

/// One part of a number: its length and its plain form. `is_plain` where it is digits, which count
/// without a word behind them.
fn part(chars: &[char]) -> Option<(usize, String, bool)> {
    let letters = chars
        .iter()
        .take_while(|char| char.is_ascii_uppercase())
        .count();
    if letters > 2 {
        return None;
    }
    let behind = chars.get(letters..)?;
    let digits = behind
        .iter()
        .take_while(|char| char.is_ascii_digit())
        .count();
    if digits > 0 {
        let tail = behind.get(digits..)?;
        let after = tail
            .iter()
            .take_while(|char| char.is_ascii_uppercase())
            .count();
        let after = if after == 1 { 1 } else { 0 };
        let mut text: String = chars.iter().take(letters).collect();
        let number: String = behind.iter().take(digits).collect();
        let number = number.trim_start_matches('0');
        text.push_str(if number.is_empty() { "0" } else { number });
        text.extend(tail.iter().take(after));
        return Some((letters + digits + after, text, true));
    }
    if letters == 1 {
        return Some((1, chars.iter().take(1).collect(), false));
    }
    if letters == 0 && chars.first().is_some_and(|char| is_stem(*char)) {
        return Some((1, chars.iter().take(1).collect(), false));
    }
    let (length, value) = if letters == 0 {
        numeral(chars)?
    } else {
        return None;
    };
    Some((length, value.to_string(), false))
}

/// A number that starts here; `None` where this is part of a name.
fn token(chars: &[char], is_first: bool) -> Option<Token> {
    let mut at = usize::from(starts_with(chars, "第"));
    // 甲128号 is 128号甲.
    let stem = chars.get(at).copied().filter(|char| is_stem(*char));
    let stem = stem.filter(|_| chars.get(at + 1).is_some_and(char::is_ascii_digit));
    at += usize::from(stem.is_some());
    let (length, first, mut is_plain) = part(chars.get(at..)?)?;
    at += length;
    let mut parts = vec![first];
    while let Some(sign) = chars
        .get(at)
        .filter(|sign| matches!(sign, '-' | '之' | '附'))
    {
        let Some((length, next, plain)) = chars.get(at + 1..).and_then(part) else {
            break;
        };
        if !plain && *sign == '-' && !next.chars().all(|char| char.is_ascii_digit()) {
            break;
        }
        at += 1 + length;
        is_plain |= plain;
        match parts.last_mut() {
            Some(last) if *sign != '-' => *last = format!("{last}-{next}"),
            _ => parts.push(next),
        }
    }
    // 128甲号
    let stem_behind = chars
        .get(at)
        .copied()
        .filter(|char| is_stem(*char) && is_plain);
    if let Some(stem) = stem_behind.filter(|_| !starts_building(chars.get(at + 1..))) {
        at += 1;
        if let Some(last) = parts.last_mut() {
            last.push(stem);
        }
    }
    if let (Some(stem), Some(last)) = (stem, parts.last_mut()) {
        last.push(stem);
    }
    let behind = chars.get(at..).unwrap_or_default();
    let is_name = NAME_WORDS.iter().any(|word| starts_with(behind, word));
    if is_name && !starts_with(behind, "号路口") {
        return None;
    }
    let word = WORDS.iter().find(|(word, _)| starts_with(behind, word));
    // 三北 begins a name and 五一 is one: numerals and letters count only before their words, and
    // a group or a floor never begins an address.
    let counts = match word {
        Some((word, counts)) => {
            at += word.chars().count();
            *counts
        }
        None if is_plain => Counts::Bare,
        None => return None,
    };
    if is_first && !is_plain && matches!(counts, Counts::Floor | Counts::Unit) {
        return None;
    }
    if counts == Counts::Number {
        at += variant(chars.get(at..).unwrap_or_default(), &mut parts);
    }
    Some(Token {
        parts,
        counts,
        length: at,
    })
}

fn starts_building(chars: Option<&[char]>) -> bool {
    chars.is_some_and(|rest| {
        ["幢", "栋", "座", "单元"]
            .iter()
            .any(|word| starts_with(rest, word))
    })
}

/// What stands behind 号 and belongs to it: 之一, 附1号, 甲.
fn variant(chars: &[char], parts: &mut [String]) -> usize {
    let Some(last) = parts.last_mut() else {
        return 0;
    };
    match chars.first() {
        Some('之' | '附') => {
            let rest = chars.get(1..).unwrap_or_default();
            let Some((length, next, _)) = part(rest) else {
                return 0;
            };
            *last = format!("{last}-{next}");
            let is_closed = rest.get(length) == Some(&'号');
            1 + length + usize::from(is_closed)
        }
        Some(stem) if is_stem(*stem) && !starts_building(chars.get(1..)) => {
            last.push(*stem);
            1
        }
        _ => 0,
    }
}

struct Scan<'a> {
    into: &'a mut ParsedAddress,
    name: String,
    has_number: bool,
}

impl Scan<'_> {
    /// The name before a number, or at the end of the text, finds its place.
    fn end_of_name(&mut self, next: Option<Counts>) {
        let name = std::mem::take(&mut self.name);
        if name.is_empty() {
            return;
        }
        let into = &mut *self.into;
        if self.has_number {
            let is_estate = matches!(next, Some(Counts::Building | Counts::Unit | Counts::Bare))
                || ends_as_estate(&name);
            if is_estate && into.estate.is_empty() && into.building.is_empty() {
                into.estate = name;
            } else {
                into.rest.push_str(&name);
            }
            return;
        }
        let (before, road, behind) = split_at_road(&name);
        if road.is_empty() {
            let is_numbered =
                next == Some(Counts::Number) || next == Some(Counts::Bare) && into.is_in_village();
            if is_numbered && into.road.is_empty() && !ends_as_estate(&name) {
                into.road = name;
            } else {
                into.estate = name;
            }
            return;
        }
        into.road = road;
        let estate = if before.is_empty() { &behind } else { &before };
        if estate.chars().count() >= 2 && !is_remark(estate) {
            into.estate.clone_from(estate);
        } else {
            into.rest.push_str(estate);
        }
    }

    fn number(&mut self, token: Token) {
        self.has_number |= token.counts != Counts::Group;
        let into = &mut *self.into;
        let joined = token.parts.join("-");
        let mut parts = token.parts;
        match token.counts {
            Counts::Group => into.group = joined,
            Counts::Floor => into.rest.push_str(&joined),
            Counts::Number if parts.len() > 2 => self.spread(parts, false),
            Counts::Number if !into.building.is_empty() => set(&mut into.room, joined),
            Counts::Number if into.number.is_empty() => into.number = joined,
            Counts::Number => into.building = joined,
            Counts::Building if parts.len() == 2 && into.number.is_empty() && into.is_on_road() => {
                into.building = parts.pop().unwrap_or_default();
                into.number = parts.pop().unwrap_or_default();
            }
            Counts::Building => set(&mut into.building, joined),
            Counts::Unit if parts.len() == 2 && into.building.is_empty() => {
                into.unit = parts.pop().unwrap_or_default();
                into.building = parts.pop().unwrap_or_default();
            }
            Counts::Unit => set(&mut into.unit, joined),
            Counts::Room => self.spread(parts, true),
            Counts::Bare => self.spread(parts, false),
        }
    }

    /// Numbers without words of their own: the last is the room where there are several, the
    /// others follow from the coarsest that is not known yet.
    fn spread(&mut self, mut parts: Vec<String>, is_room: bool) {
        let into = &mut *self.into;
        let open = if !into.room.is_empty() {
            0
        } else if !into.unit.is_empty() {
            1
        } else if !into.building.is_empty() {
            2
        } else if !into.number.is_empty() || !into.is_on_road() && !into.is_in_village() {
            3
        } else {
            4
        };
        if open == 0 || parts.len() > open {
            into.rest.push_str(&parts.join("-"));
            return;
        }
        let is_door = |part: &String| part.chars().filter(char::is_ascii_digit).count() >= 3;
        let many = parts.len() > 1;
        let last_is_room = is_room
            || open <= 2
            || many && (open == 3 || parts.len() > 2 || parts.last().is_some_and(is_door))
            || !many && open == 3 && parts.last().is_some_and(is_door);
        if last_is_room {
            into.room = parts.pop().unwrap_or_default();
        } else if many {
            // 128-1: the second door of a number.
            into.number = parts.join("-");
            return;
        }
        let mut parts = parts.into_iter();
        if open == 4 {
            into.number = parts.next().unwrap_or_default();
        }
        if open >= 3 {
            into.building = parts.next().unwrap_or_default();
        }
        if let Some(unit) = parts.next() {
            into.unit = unit;
        }
    }
}

/// The first value stays: what comes later belongs to something else.
fn set(slot: &mut String, value: String) {
    if slot.is_empty() {
        *slot = value;
    }
}

const ESTATE_WORDS: [&str; 25] = [
    "小区",
    "新村",
    "花园",
    "公寓",
    "家园",
    "花苑",
    "佳苑",
    "名苑",
    "嘉苑",
    "苑",
    "华庭",
    "山庄",
    "别墅",
    "大厦",
    "广场",
    "市场",
    "工业区",
    "开发区",
    "园区",
    "宿舍",
    "大楼",
    "里",
    "坊",
    "期",
    "城",
];

fn ends_as_estate(name: &str) -> bool {
    ESTATE_WORDS.iter().any(|word| name.ends_with(word))
}

/// 旁, 对面, 路口: where about, not what.
fn is_remark(name: &str) -> bool {
    [
        "旁",
        "边",
        "口",
        "侧",
        "对面",
        "附近",
        "交叉口",
        "交界处",
        "以东",
        "以西",
        "以南",
        "以北",
    ]
    .iter()
    .any(|word| name.ends_with(word))
}

/// What stands before a road, the road, and what stands behind it; all of it before where there
/// is no road.
fn split_at_road(name: &str) -> (String, String, String) {
    let chars: Vec<char> = name.chars().collect();
    let text = |from: usize, to: usize| -> String {
        chars.get(from..to).unwrap_or_default().iter().collect()
    };
    let mut end = 0;
    for at in 1..chars.len() {
        let here = chars.get(at..).unwrap_or_default();
        let word = ["大道", "胡同", "国道", "省道", "县道", "路", "街", "巷"]
            .iter()
            .find(|word| starts_with(here, word));
        if let Some(word) = word {
            end = at + word.chars().count();
        }
    }
    if end == 0 {
        return (name.to_owned(), String::new(), String::new());
    }
    // 天府大道北段
    let tail = chars.get(end..).unwrap_or_default();
    let section = match tail {
        [direction, '段', ..]
            if "东西南北中上下".contains(*direction) || is_numeral(*direction) =>
        {
            2
        }
        _ => 0,
    };
    end += section;
    // 阳光花园南二环路: an estate and a road; 人民广场中路 is one name.
    let estate_end = (3..end.saturating_sub(2))
        .rev()
        .find(|at| ends_as_estate(&text(0, *at)) && !text(0, *at).ends_with(['里', '城', '坊']));
    let start = estate_end.unwrap_or(0);
    (text(0, start), text(start, end), text(end, chars.len()))
}
