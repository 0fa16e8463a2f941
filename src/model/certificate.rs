//! Numbers of disability certificates: the ID number, the kind (1–7) and the level (1–4).

use super::{Date, DisabilityKind, IdNumber, IdNumberError};

/// A checked certificate number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Whose it is.
    pub id_number: IdNumber,
    /// The kind of disability.
    pub kind: DisabilityKind,
    /// The level, 1 (most severe) to 4.
    pub level: u8,
}

/// Why a text is no certificate number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateError {
    /// A rounded number of a spreadsheet.
    LostDigits,
    /// Not 20 characters.
    Form,
    /// Its first 18 characters are no ID number.
    IdNumber,
    /// The 19th character is no kind.
    Kind,
    /// The 20th character is no level.
    Level,
}

impl Certificate {
    /// Checks a text. A certificate issued again may carry `B` and a digit behind its number.
    ///
    /// # Errors
    /// What is wrong, the first of: lost digits, form, ID number, kind, level.
    pub fn parse(text: &str, today: Date) -> Result<Self, CertificateError> {
        let text = text.trim().trim_start_matches(['\'', '’', '＇', '`']);
        let mut plain: Vec<char> = text
            .chars()
            .filter(|char| !char.is_whitespace())
            .map(half_width)
            .collect();
        if let [.., 'b' | 'B', '1'..='9'] = plain.as_slice()
            && plain.len() == 22
        {
            plain.truncate(20);
        }
        let (number, rest) = match plain.split_at_checked(18) {
            Some((number, rest)) if rest.len() == 2 => (number, rest),
            _ if plain.contains(&'.') || plain.contains(&'+') => {
                return Err(CertificateError::LostDigits);
            }
            _ => return Err(CertificateError::Form),
        };
        let number: String = number.iter().collect();
        let id_number = match IdNumber::parse(&number, today) {
            Ok((id_number, _)) => id_number,
            Err(IdNumberError::LostDigits) => return Err(CertificateError::LostDigits),
            Err(_) => return Err(CertificateError::IdNumber),
        };
        let digit = |at: usize| rest.get(at).and_then(|char| char.to_digit(10));
        let kind = digit(0)
            .and_then(|digit| DisabilityKind::from_number(digit as u8))
            .ok_or(CertificateError::Kind)?;
        let level = digit(1)
            .filter(|level| (1..=4).contains(level))
            .ok_or(CertificateError::Level)?;
        Ok(Self {
            id_number,
            kind,
            level: level as u8,
        })
    }
}

fn half_width(char: char) -> char {
    match char {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(char as u32 - 0xFEE0).unwrap_or(char),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_tells_whose_which_kind_and_how_severe() {
        let today = Date::from_ymd(2026, 11, 21).unwrap();
        let parse = |text: &str| Certificate::parse(text, today);
        let good = parse("34052419800101001X42").unwrap();
        assert_eq!((good.kind, good.level), (DisabilityKind::Limb, 2));
        assert_eq!(good.id_number.as_str(), "34052419800101001X");
        for text in [
            "'34052419800101001x42",
            "３４０５２４１９８００１０１００１Ｘ４２",
            "34052419800101001X 42",
            "34052419800101001X42B1",
        ] {
            assert_eq!(parse(text).as_ref(), Ok(&good), "{text}");
        }
        for (text, error) in [
            ("34052419800101001X", CertificateError::Form),
            ("340524198001010011 42", CertificateError::IdNumber),
            ("34052419800101001X82", CertificateError::Kind),
            ("34052419800101001X45", CertificateError::Level),
            ("3.40524E+19", CertificateError::LostDigits),
            ("", CertificateError::Form),
            ("残疾证", CertificateError::Form),
        ] {
            assert_eq!(parse(text), Err(error), "{text}");
        }
    }
}
