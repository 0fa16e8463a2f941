//! Codes of divisions and grids: their lengths, and which belongs to which.

use super::AreaLevel;
use std::fmt;

/// The level of a division code by its length: 6 digits a county, 9 a street, 12 a community.
/// `None` where it is no division code.
pub fn division_level(code: &str) -> Option<AreaLevel> {
    if !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match code.len() {
        6 => Some(AreaLevel::County),
        9 => Some(AreaLevel::Street),
        12 => Some(AreaLevel::Community),
        _ => None,
    }
}

/// Whether a code is the division code of a level, filled up with noughts or not. Grids have none.
pub fn is_division_code(code: &str, level: AreaLevel) -> bool {
    division_level(code) == Some(level) || division_level(stem(code)) == Some(level)
}

/// A division code without the noughts that offices fill it up with: 330282002000 is 330282002. Counties have 6
/// digits, streets 9, communities 12.
pub(super) fn stem(code: &str) -> &str {
    if !matches!(code.len(), 9 | 12) || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return code;
    }
    let mut stem = code;
    while stem.len() > 6 {
        match stem.strip_suffix("000") {
            Some(shorter) => stem = shorter,
            None => break,
        }
    }
    stem
}

/// Whether a code lies within a division: it begins with the division's code.
pub fn is_within(code: &str, division: &str) -> bool {
    code.starts_with(stem(division))
}

/// The form of a code: its length, and where digits and letters stand. Written with `#` for a
/// digit, `A` for a letter, `?` for anything, `*` at the end for anything from there on, and any
/// other character for itself, digits too: `330282#########`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeForm(String);

impl CodeForm {
    /// The form that is written so; `None` for nothing.
    pub fn parse(pattern: &str) -> Option<Self> {
        let pattern = pattern.trim();
        (!pattern.is_empty()).then(|| Self(pattern.to_owned()))
    }

    /// The form of a code.
    pub fn of(code: &str) -> Self {
        let class = |char: char| match char {
            _ if char.is_ascii_digit() => '#',
            _ if char.is_ascii_alphabetic() => 'A',
            '#' | 'A' | '?' | '*' => '?',
            other => other,
        };
        Self(code.chars().map(class).collect())
    }

    /// Whether a code has it.
    pub fn fits(&self, code: &str) -> bool {
        let mut code = code.chars();
        for class in self.0.chars() {
            if class == '*' {
                return true;
            }
            let Some(char) = code.next() else {
                return false;
            };
            let fits = match class {
                '#' => char.is_ascii_digit(),
                'A' => char.is_ascii_alphabetic(),
                '?' => true,
                other => other == char,
            };
            if !fits {
                return false;
            }
        }
        code.next().is_none()
    }
}

impl fmt::Display for CodeForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_name_levels_and_children_begin_with_their_parents() {
        assert_eq!(division_level("330282"), Some(AreaLevel::County));
        assert_eq!(division_level("330282001"), Some(AreaLevel::Street));
        assert_eq!(division_level("330282001001"), Some(AreaLevel::Community));
        for code in ["", "33028", "3302820010", "33028200100A", "浒山街道办"] {
            assert_eq!(division_level(code), None, "{code}");
        }
        assert!(is_division_code("330282000000", AreaLevel::County));
        assert!(is_division_code("330282001000", AreaLevel::Street));
        assert!(is_division_code("330282001000", AreaLevel::Community));
        assert!(!is_division_code("330282001", AreaLevel::County));
        assert!(!is_division_code("330282001001015", AreaLevel::Grid));
        assert!(is_within("330282001001015", "330282001001"));
        assert!(is_within("330282001001015", "330282001000"));
        assert!(is_within("330282001001015", "330282000000"));
        assert!(!is_within("330282002001015", "330282001000"));
        assert!(!is_within("330282", "330282001"));
    }

    #[test]
    fn a_form_is_met_by_its_kind_alone() {
        let form = CodeForm::of("330282001G01");
        assert_eq!(form.to_string(), "#########A##");
        assert!(form.fits("330282009H99"));
        for code in ["330282001G0", "330282001G011", "330282001001", ""] {
            assert!(!form.fits(code), "{code}");
        }
        let own = CodeForm::parse("330282*").unwrap();
        assert!(own.fits("330282001001015") && own.fits("330282"));
        assert!(!own.fits("330283001"));
        assert_eq!(CodeForm::parse(" "), None);
        assert!(CodeForm::of("网格?1").fits("网格?2"));
    }
}
