//! What tells one person from another, in the form in which it is compared.

use crate::model::IdNumber;
use std::borrow::Cow;

/// An ID number as a number: its 17 digits, then the check character in base 11. 15-digit numbers
/// of the old form are the 18-digit ones that the same people have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct PlainId {
    /// 17 digits × 11 + the check character (X is 10).
    code: u64,
    /// Whether the check character follows from the others and the birth date can be one.
    pub(super) is_valid: bool,
}

impl PlainId {
    /// Reads a cell. `None` for what is masked, is no ID number in form, or one digit all along.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut chars = [0_u8; 18];
        let mut length = 0;
        let text = text.trim().trim_start_matches(['\'', '’', '＇', '`']);
        for char in text.chars().filter(|char| !char.is_whitespace()) {
            let plain = match char {
                '０'..='９' => (char as u32 - '０' as u32) as u8 + b'0',
                '0'..='9' => char as u8,
                'x' | 'X' | 'Ｘ' | 'ｘ' => b'X',
                _ => return None,
            };
            *chars.get_mut(length)? = plain;
            length += 1;
        }
        let digits = match length {
            18 => chars.get(..17)?.to_vec(),
            15 => [chars.get(..6)?, b"19", chars.get(6..15)?].concat(),
            _ => return None,
        };
        if !digits.iter().all(u8::is_ascii_digit)
            || digits.iter().all(|digit| digits.first() == Some(digit))
        {
            return None;
        }
        let text = String::from_utf8(digits).ok()?;
        let complete = IdNumber::complete(&text)?;
        let expected = *complete.as_str().as_bytes().last()?;
        let check = if length == 18 { chars[17] } else { expected };
        let number: u64 = text.parse().ok()?;
        let value = if check == b'X' {
            10
        } else {
            u64::from(check - b'0')
        };
        let (month, day) = (number / 100_000 % 100, number / 1_000 % 100);
        Some(Self {
            code: number * 11 + value,
            is_valid: check == expected && (1..=12).contains(&month) && (1..=31).contains(&day),
        })
    }

    /// The number alone.
    pub(super) fn code(self) -> u64 {
        self.code
    }

    /// The number of a code that [`Self::code`] gave.
    pub(super) fn from_code(code: u64, is_valid: bool) -> Self {
        Self { code, is_valid }
    }

    /// Its 17 digits, and the check character as 0 to 10.
    pub(super) fn digits(self) -> [u8; 18] {
        let mut digits = [0; 18];
        digits[17] = (self.code % 11) as u8;
        let mut rest = self.code / 11;
        for digit in digits.iter_mut().take(17).rev() {
            *digit = (rest % 10) as u8;
            rest /= 10;
        }
        digits
    }

    /// Year, month and day of birth as one number.
    pub(super) fn birth(self) -> u64 {
        self.code / 11 / 1_000 % 100_000_000
    }

    /// Whether one character is wrong, or two neighbours are exchanged.
    pub(super) fn is_near(self, other: Self) -> bool {
        let (a, b) = (self.digits(), other.digits());
        let wrong: Vec<usize> = (0..18).filter(|at| a[*at] != b[*at]).collect();
        match wrong[..] {
            [_] => true,
            [first, second] => {
                second == first + 1 && a[first] == b[second] && a[second] == b[first]
            }
            _ => false,
        }
    }
}

/// The first telephone number of a cell, as a number; 0 for what is masked, too short, or one digit
/// all along. Brackets, hyphens and +86 are no matter.
pub(super) fn plain_phone(text: &str) -> u64 {
    let mut number = 0_u64;
    let mut count = 0;
    let mut is_varied = false;
    for char in text.trim().chars() {
        let digit = match char {
            '0'..='9' => char as u64 - '0' as u64,
            '０'..='９' => char as u64 - '０' as u64,
            ' ' | '-' | '－' | '(' | ')' | '（' | '）' | '+' | '\'' => continue,
            '*' | '＊' => return 0,
            _ if count >= 7 => break,
            _ => return 0,
        };
        is_varied |= count > 0 && digit != number % 10;
        count += 1;
        if count > 18 {
            return 0;
        }
        number = number * 10 + digit;
    }
    if count == 13 && number / 100_000_000_000 == 86 {
        number %= 100_000_000_000;
    }
    if count >= 7 && is_varied { number } else { 0 }
}

/// A name without spaces and without what stands in brackets; empty for what is masked.
pub(super) fn plain_name(text: &str) -> Cow<'_, str> {
    let is_odd = |char: char| {
        char.is_whitespace() || matches!(char, '(' | '（' | '*' | '＊' | '•' | '・' | '．' | '.')
    };
    if !text.contains(is_odd) {
        return Cow::Borrowed(text);
    }
    if text.contains(['*', '＊']) {
        return Cow::Borrowed("");
    }
    let before = text.split(['(', '（']).next().unwrap_or_default();
    let name = before.chars().filter(|char| !char.is_whitespace());
    Cow::Owned(
        name.map(|char| match char {
            '•' | '・' | '．' | '.' => '·',
            other => other,
        })
        .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn id_numbers_of_all_forms() {
        let id = |text: &str| PlainId::parse(text);
        let plain = id("34052419800101001X").unwrap();
        assert!(plain.is_valid);
        assert_eq!(id("'34052419800101001x"), Some(plain));
        assert_eq!(id("３４０５２４１９８００１０１００１Ｘ"), Some(plain));
        assert_eq!(id("340524800101001"), Some(plain));
        assert_eq!(plain.birth(), 19_800_101);
        assert_eq!(plain.digits()[17], 10);
        assert_eq!(PlainId::from_code(plain.code(), true), plain);
        assert!(!id("340524198001010011").unwrap().is_valid);
        for text in [
            "",
            "3405**********001X",
            "111111111111111111",
            "X40524198001010011",
            "3.4E+17",
        ] {
            assert_eq!(id(text), None, "{text}");
        }
    }

    #[test]
    fn one_slip_is_near() {
        let id = |text: &str| PlainId::parse(text).unwrap();
        let right = id("34052419800101001X");
        for wrong in [
            "340524198001010011",
            "34052419800110001X",
            "43052419800101001X",
            "34052419800101021X",
        ] {
            assert!(right.is_near(id(wrong)), "{wrong}");
        }
        for wrong in [
            "34052419800101001X",
            "34052419800121021X",
            "34052418900101201X",
        ] {
            assert!(!right.is_near(id(wrong)), "{wrong}");
        }
    }

    #[test]
    fn phones_and_names() {
        assert_eq!(plain_phone("+86 199-0000-0001"), 19_900_000_001);
        assert_eq!(plain_phone("19900000001/19900000002"), 19_900_000_001);
        assert_eq!(plain_phone("（0574）63000001"), 57_463_000_001);
        for text in [
            "",
            "无",
            "199****0001",
            "11111111111",
            "12345",
            "1234567890123456789",
        ] {
            assert_eq!(plain_phone(text), 0, "{text}");
        }
        assert_eq!(plain_name("张　三（户主）"), "张三");
        assert_eq!(plain_name("买买提•艾力"), "买买提·艾力");
        assert_eq!(plain_name("张*"), "");
        assert_eq!(plain_name("张三"), "张三");
    }
}
