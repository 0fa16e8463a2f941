//! One number of an address, and what it counts.

use super::plain::numeral;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counts {
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
pub(super) struct Token {
    pub(super) parts: Vec<String>,
    pub(super) counts: Counts,
    /// How many characters it takes, its word among them.
    pub(super) length: usize,
}

pub(super) fn starts_with(chars: &[char], word: &str) -> bool {
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
        let after = usize::from(after == 1);
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
pub(super) fn token(chars: &[char], is_first: bool) -> Option<Token> {
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
