//! Resident ID numbers (GB 11643): 17 digits and a check character, or 15 digits of the old form.

use super::{Date, Sex};
use std::fmt;

/// A checked ID number in its plain form: half-width, upper-case X, no apostrophe.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IdNumber(String);

/// Why a text is no ID number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdNumberError {
    /// A rounded number of a spreadsheet, such as 3.30282E+17.
    LostDigits,
    /// Not 18 (or 15) characters, or other characters than digits and a final X.
    Form,
    /// Characters 7 to 14 are no day, or a day after the given one.
    BirthDate,
    /// The last character does not follow from the others.
    Checksum,
}

/// What is odd about a valid ID number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdWarning {
    /// The 15-digit form, not issued since 1999.
    Legacy,
}

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK: &[u8; 11] = b"10X98765432";

/// The check character that belongs to 17 digits, or `None` where they are not 17 digits.
pub(super) fn check_character(digits: &[u8]) -> Option<u8> {
    if digits.len() != 17 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let sum: u32 = digits
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    CHECK.get(sum as usize % 11).copied()
}

/// Half-width, upper-case, without spaces and without a leading apostrophe.
fn plain(text: &str) -> String {
    let text = text.trim();
    // Nearly all come plain, and a large ledger has millions of them.
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return text.to_ascii_uppercase();
    }
    text.trim_start_matches(['\'', '’', '＇', '`'])
        .chars()
        .filter(|char| !char.is_whitespace())
        .map(|char| match char {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
                char::from_u32(char as u32 - 0xFEE0).unwrap_or(char)
            }
            other => other,
        })
        .map(|char| char.to_ascii_uppercase())
        .collect()
}

impl IdNumber {
    /// Checks a text against GB 11643. `today` bounds the birth date.
    ///
    /// # Errors
    /// What is wrong, the first of: lost digits, form, birth date, checksum.
    pub fn parse(text: &str, today: Date) -> Result<(Self, Option<IdWarning>), IdNumberError> {
        let number = plain(text);
        if number.contains('.') || number.contains('+') && number.contains("E+") {
            return Err(IdNumberError::LostDigits);
        }
        let bytes = number.as_bytes();
        let birth = |digits: &[u8], century: i32| -> Result<(), IdNumberError> {
            let read = |part: &[u8]| {
                part.iter()
                    .fold(0_i32, |sum, digit| sum * 10 + i32::from(digit - b'0'))
            };
            let (year, rest) = digits.split_at(digits.len() - 4);
            Date::from_ymd(
                (read(year) + century) as i16,
                read(&rest[..2]) as i8,
                read(&rest[2..]) as i8,
            )
            .filter(|day| *day <= today)
            .map(|_| ())
            .ok_or(IdNumberError::BirthDate)
        };
        match bytes {
            [first @ .., check] if bytes.len() == 18 => {
                let expected = check_character(first).ok_or(IdNumberError::Form)?;
                birth(&first[6..14], 0)?;
                if *check == expected {
                    Ok((Self(number), None))
                } else {
                    Err(IdNumberError::Checksum)
                }
            }
            _ if bytes.len() == 15 && bytes.iter().all(u8::is_ascii_digit) => {
                birth(&bytes[6..12], 1900)?;
                Ok((Self(number), Some(IdWarning::Legacy)))
            }
            _ => Err(IdNumberError::Form),
        }
    }

    /// Completes 17 digits to a valid number, or `None` where they are not 17 digits.
    pub fn complete(digits: &str) -> Option<Self> {
        let check = check_character(digits.as_bytes())?;
        Some(Self(format!("{digits}{}", char::from(check))))
    }

    /// The day of birth that it says.
    pub fn born(&self) -> Option<Date> {
        let (digits, century) = if self.0.len() == 15 {
            (self.0.get(6..12)?, 1900)
        } else {
            (self.0.get(6..14)?, 0)
        };
        let (year, rest) = digits.split_at_checked(digits.len() - 4)?;
        let (month, day) = rest.split_at_checked(2)?;
        Date::from_ymd(
            year.parse::<i16>().ok()? + century,
            month.parse().ok()?,
            day.parse().ok()?,
        )
    }

    /// The sex that it says: an odd 17th digit (15th of the old form) is a man's.
    pub fn sex(&self) -> Option<Sex> {
        let digit = self
            .0
            .as_bytes()
            .get(if self.0.len() == 15 { 14 } else { 16 })?;
        Some(if digit % 2 == 1 {
            Sex::Male
        } else {
            Sex::Female
        })
    }

    /// The plain form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a number was masked on its way: stars, or a run of X, in place of characters.
pub fn is_masked_number(text: &str) -> bool {
    text.contains(['*', '＊']) || text.to_ascii_uppercase().contains("XXX")
}

impl fmt::Display for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<String, IdNumberError> {
        let today = Date::from_ymd(2026, 11, 21).unwrap();
        IdNumber::parse(text, today).map(|(id, _)| id.to_string())
    }

    #[test]
    fn the_vectors_of_the_standard() {
        assert_eq!(
            parse("34052419800101001X").as_deref(),
            Ok("34052419800101001X")
        );
        assert_eq!(
            parse("370101190102039973").as_deref(),
            Ok("370101190102039973")
        );
        assert_eq!(
            parse("'34052419800101001x").as_deref(),
            Ok("34052419800101001X")
        );
        assert_eq!(
            parse("３４０５２４１９８００１０１００１Ｘ").as_deref(),
            Ok("34052419800101001X")
        );
        assert_eq!(parse("340524800101001").as_deref(), Ok("340524800101001"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert_eq!(parse("340524198001010011"), Err(IdNumberError::Checksum));
        assert_eq!(parse("340524198013010010"), Err(IdNumberError::BirthDate));
        assert_eq!(parse("34052420990101001X"), Err(IdNumberError::BirthDate));
        assert_eq!(parse("3.30282E+17"), Err(IdNumberError::LostDigits));
        assert_eq!(parse("3405241980"), Err(IdNumberError::Form));
        assert_eq!(parse("不详"), Err(IdNumberError::Form));
    }

    #[test]
    fn birth_and_sex_are_read_off_the_digits() {
        let today = Date::from_ymd(2026, 11, 21).unwrap();
        let facts = |text: &str| {
            let (id, _) = IdNumber::parse(text, today).unwrap();
            (id.born().unwrap().to_string(), id.sex().unwrap())
        };
        assert_eq!(
            facts("34052419800101001X"),
            ("1980-01-01".to_owned(), Sex::Male)
        );
        assert_eq!(
            facts("340524800101002"),
            ("1980-01-01".to_owned(), Sex::Female)
        );
        // Permits of residents of Hong Kong, Macao and Taiwan are numbers of the same form.
        for prefix in ["810000", "820000", "830000"] {
            let permit = IdNumber::complete(&format!("{prefix}19900307002")).unwrap();
            assert_eq!(parse(permit.as_str()).as_deref(), Ok(permit.as_str()));
        }
    }

    #[test]
    fn stars_and_runs_of_x_are_masks() {
        for text in ["3302**********1234", "3302＊＊1234", "3302xxxxxxxx1234"] {
            assert!(is_masked_number(text), "{text}");
        }
        assert!(!is_masked_number("34052419800101001X"));
    }

    #[test]
    fn seventeen_digits_are_completed() {
        assert_eq!(
            IdNumber::complete("34052419800101001").unwrap().as_str(),
            "34052419800101001X"
        );
        assert_eq!(IdNumber::complete("3405"), None);
    }
}
