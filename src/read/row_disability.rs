//! What a row says of a disability, in its own columns and in the number of the certificate.

use super::cell;
use super::day;
use super::field::Field;
use super::row_reader::{RowReader, says_nothing};
use super::value_words::{disability_kind, disability_level};
use crate::model::{
    Certificate, CertificateError, Date, DisabilityKind, IdNumber, ProblemKind, is_masked_number,
};

/// Words of a column that say that there is no disability.
const NONE: [&str; 6] = ["否", "无残疾", "非残疾", "健全", "正常", "no"];

/// Words of a column of days for a certificate that counts for good.
const FOR_GOOD: [&str; 8] = [
    "长期",
    "长期有效",
    "永久",
    "永久有效",
    "终身",
    "permanent",
    "long-term",
    "indefinite",
];
/// What stands between the first and the last day of a certificate.
const BETWEEN_DAYS: [char; 5] = ['至', '到', '止', '~', '—'];

/// What a row says of a disability.
#[derive(Debug, Default)]
pub(super) struct Disability {
    /// The number of the certificate, as it came.
    pub(super) certificate: String,
    pub(super) kind: Option<DisabilityKind>,
    pub(super) level: Option<u8>,
    /// The ID number that the certificate carries.
    pub(super) id_number: Option<IdNumber>,
}

impl RowReader<'_, '_> {
    /// Reads the columns; where they say nothing, the certificate does. Contradictions are doubted.
    pub(super) fn disability(&mut self, owner: Option<&IdNumber>) -> Disability {
        let certificate = self.certificate();
        if let (Some(certificate), Some(owner)) = (&certificate, owner)
            && certificate.id_number != *owner
            && owner.as_str().len() == 18
        {
            self.doubt(ProblemKind::BadCertificate, Field::Certificate);
        }
        let (kind, level) = self.stated_disability();
        if let Some(certificate) = &certificate {
            if kind.is_some_and(|kind| kind != certificate.kind) {
                self.doubt(ProblemKind::BadCertificate, Field::DisabilityKind);
            }
            if level.is_some_and(|level| level != certificate.level) {
                let field = self.level_field();
                self.doubt(ProblemKind::BadCertificate, field);
            }
        }
        Disability {
            certificate: self.code(Field::Certificate),
            kind: kind.or(certificate.as_ref().map(|one| one.kind)),
            level: level.or(certificate.as_ref().map(|one| one.level)),
            id_number: certificate.map(|one| one.id_number),
        }
    }

    /// The last day of the certificate. One before somebody was born is doubted and left out:
    /// nothing can be due on it.
    pub(super) fn certificate_until(&mut self, born: Option<Date>) -> Option<Date> {
        let field = Field::CertificateUntil;
        let text = self.cell(field);
        let plain = text.to_ascii_lowercase();
        if says_nothing(text) || FOR_GOOD.iter().any(|word| plain.ends_with(word)) {
            return None;
        }
        let until = self.typed(field, ProblemKind::BadDate, last_day)?;
        if born.is_some_and(|born| until < born) {
            self.doubt(ProblemKind::DatesReversed, field);
            return None;
        }
        Some(until)
    }

    /// The column that states the level: where it has none of its own, the one of the kind.
    fn level_field(&self) -> Field {
        if self.has(Field::DisabilityLevel) {
            Field::DisabilityLevel
        } else {
            Field::DisabilityKind
        }
    }

    fn stated_disability(&mut self) -> (Option<DisabilityKind>, Option<u8>) {
        let text = self.cell(Field::DisabilityKind);
        let says_none = says_nothing(text) || NONE.contains(&text.to_ascii_lowercase().as_str());
        let kind = if text.is_empty() || says_none {
            None
        } else {
            self.typed(
                Field::DisabilityKind,
                ProblemKind::UnknownValue,
                disability_kind,
            )
        };
        let level = if self.has(Field::DisabilityLevel) {
            if says_nothing(self.cell(Field::DisabilityLevel)) {
                None
            } else {
                self.typed(
                    Field::DisabilityLevel,
                    ProblemKind::UnknownValue,
                    disability_level,
                )
            }
        } else {
            let text = self.cell(Field::DisabilityKind);
            // The number of a kind alone is no level.
            disability_level(text).filter(|_| text.contains('级'))
        };
        (kind, level)
    }

    fn certificate(&mut self) -> Option<Certificate> {
        let text = self.code(Field::Certificate);
        if text.is_empty() || says_nothing(&text) {
            return None;
        }
        let kind = match Certificate::parse(&text, self.typist.today) {
            Ok(certificate) => return Some(certificate),
            Err(CertificateError::LostDigits) => ProblemKind::LostDigits,
            Err(_) if cell::is_rounded(&text) => ProblemKind::LostDigits,
            Err(_) if is_masked_number(&text) => ProblemKind::MaskedValue,
            Err(_) => ProblemKind::BadCertificate,
        };
        self.add(kind, Some(Field::Certificate), &text);
        None
    }
}

/// The last day of a certificate: a day, the end of a month, or what stands last of two days.
fn last_day(text: &str) -> Option<Date> {
    let text = cell::folded(text);
    let mut parts = text.split(BETWEEN_DAYS).map(str::trim);
    let last = parts.rfind(|part| !part.is_empty())?;
    let of_month = |first: Date| first.plus_months(1).plus_days(-1);
    day::day(last).or_else(|| day::month(last).map(of_month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_counts_until_the_last_day_that_is_written() {
        for (text, until) in [
            ("2027-03-01", "2027-03-01"),
            ("2017年3月2日至2027年3月1日", "2027-03-01"),
            ("2017.3.2~2027.3.1", "2027-03-01"),
            ("至2027-03-01止", "2027-03-01"),
            ("2028年2月", "2028-02-29"),
            ("2027-02", "2027-02-28"),
            ("46296", "2026-10-01"),
        ] {
            assert_eq!(last_day(text), Date::parse(until), "{text}");
        }
        for text in ["至", "", "十年", "2027", "2017-03-02至长期"] {
            assert_eq!(last_day(text), None, "{text}");
        }
    }
}
