//! An address in one way of writing: half-width, without spaces and remarks.

/// Longer texts are no addresses; what stands behind is not read.
const MAX_CHARS: usize = 200;

/// The characters of an address as they count: full-width letters, digits and signs are
/// half-width, letters upper-case, every dash a hyphen; brackets and what stands in them fall away,
/// and spaces and commas too, but for those between two numbers, which become a hyphen. Of numbers
/// that `、` strings together, the first stays.
pub(super) fn plain(text: &str) -> Vec<char> {
    let chars: Vec<char> = text.chars().take(MAX_CHARS).map(half_width).collect();
    let chars = without_brackets(&chars);
    let mut out: Vec<char> = Vec::with_capacity(chars.len());
    let mut at = 0;
    while let Some(&char) = chars.get(at) {
        at += 1;
        let is_gap = |char: char| char.is_whitespace() || is_separator(char);
        if is_gap(char) {
            let mut is_list = char == '、';
            while let Some(next) = chars.get(at).filter(|next| is_gap(**next)) {
                is_list |= *next == '、';
                at += 1;
            }
            let after = chars.get(at).is_some_and(char::is_ascii_alphanumeric);
            if !after || !out.last().is_some_and(char::is_ascii_alphanumeric) {
                continue;
            }
            if is_list {
                while chars.get(at).is_some_and(char::is_ascii_alphanumeric) {
                    at += 1;
                }
            } else {
                out.push('-');
            }
            continue;
        }
        // 3一501: the numeral that looks like a dash.
        let is_dash = char == '一'
            && out.last().is_some_and(char::is_ascii_digit)
            && chars.get(at).is_some_and(char::is_ascii_digit);
        match if is_dash { '-' } else { char } {
            '-' if out.last() == Some(&'-') || out.is_empty() => {}
            char => out.push(char),
        }
    }
    while out.last() == Some(&'-') {
        out.pop();
    }
    out
}

fn half_width(char: char) -> char {
    match char {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '～' | '〜' | '~' | '／' | '/' => '-',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(char as u32 - 0xFEE0)
            .unwrap_or(char)
            .to_ascii_uppercase(),
        other => other.to_ascii_uppercase(),
    }
}

fn is_separator(char: char) -> bool {
    matches!(
        char,
        ',' | '，' | '、' | '。' | ';' | '；' | ':' | '：' | '.' | '·' | '"' | '“' | '”' | '\''
    )
}

/// Drops brackets with what is in them; a bracket without its other half falls away alone.
fn without_brackets(chars: &[char]) -> Vec<char> {
    let closing = |char: char| match char {
        '(' | '（' => Some(')'),
        '[' | '［' => Some(']'),
        '【' => Some('】'),
        '〔' => Some('〕'),
        '<' | '《' => Some('>'),
        _ => None,
    };
    let mut out = Vec::with_capacity(chars.len());
    let mut at = 0;
    while let Some(&char) = chars.get(at) {
        at += 1;
        if let Some(close) = closing(char) {
            let rest = chars.get(at..).unwrap_or_default();
            if let Some(length) = rest.iter().position(|char| *char == close) {
                at += length + 1;
            }
            out.push(' ');
        } else if matches!(char, ')' | ']' | '】' | '〕' | '>' | '》') {
            out.push(' ');
        } else {
            out.push(char);
        }
    }
    out
}

/// The length and the value of a Chinese numeral that starts here: 三 3, 十二 12, 一百二十八 128,
/// 二〇三 203. `None` where there is none or it is longer than any number of an address.
pub(super) fn numeral(chars: &[char]) -> Option<(usize, u32)> {
    let length = chars.iter().take_while(|char| is_numeral(**char)).count();
    if !(1..=7).contains(&length) {
        return None;
    }
    let run = chars.get(..length)?;
    let has_tens = run.iter().any(|char| scale(*char).is_some());
    let mut sum = 0_u32;
    let mut digit = None;
    for char in run {
        match (digit_of(*char), scale(*char)) {
            (Some(value), _) if has_tens => digit = Some(value),
            (Some(value), _) => sum = sum.checked_mul(10)?.checked_add(value)?,
            (None, Some(scale)) => {
                sum = sum.checked_add(digit.take().unwrap_or(1).checked_mul(scale)?)?;
            }
            (None, None) => {}
        }
    }
    Some((length, sum.checked_add(digit.unwrap_or(0))?))
}

/// Whether a character is part of a Chinese numeral.
pub(super) fn is_numeral(char: char) -> bool {
    digit_of(char).is_some() || scale(char).is_some()
}

fn digit_of(char: char) -> Option<u32> {
    "〇一二三四五六七八九"
        .chars()
        .zip(0..)
        .find(|(digit, _)| *digit == char)
        .map(|(_, value)| value)
        .or(match char {
            '零' => Some(0),
            '两' => Some(2),
            _ => None,
        })
}

fn scale(char: char) -> Option<u32> {
    match char {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_way_of_writing() {
        let text = |text: &str| plain(text).into_iter().collect::<String>();
        assert_eq!(text(" 南二环路　１２８ 号，3＃ "), "南二环路128号3#");
        assert_eq!(text("128—3–501(村委旁)"), "128-3-501");
        assert_eq!(text("上林坊 12 501"), "上林坊12-501");
        assert_eq!(text("3一501室"), "3-501室");
        assert_eq!(text("501、502室"), "501室");
        assert_eq!(text("128/3/a501"), "128-3-A501");
        assert_eq!(text("（东门12号"), "东门12号");
        assert_eq!(text("--"), "");
        assert_eq!(plain(&"长".repeat(5_000)).len(), MAX_CHARS);
    }

    #[test]
    fn numerals() {
        let value = |text: &str| numeral(&text.chars().collect::<Vec<_>>());
        assert_eq!(value("三幢"), Some((1, 3)));
        assert_eq!(value("十二"), Some((2, 12)));
        assert_eq!(value("一百二十八号"), Some((5, 128)));
        assert_eq!(value("一百零八"), Some((4, 108)));
        assert_eq!(value("二〇三室"), Some((3, 203)));
        assert_eq!(value("两千"), Some((2, 2_000)));
        assert_eq!(value("幢"), None);
        assert_eq!(value("千千千千千千千千"), None);
    }
}
