//! The part of an address from the road on: names, and the numbers between them.

use super::ParsedAddress;
use super::plain::is_numeral;
use super::token::{Counts, Token, starts_with, token};

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
