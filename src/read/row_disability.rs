//! What a row says of a disability, in its own columns and in the number of the certificate.

use super::cell;
use super::field::Field;
use super::row_reader::{RowReader, says_nothing};
use super::value_words::{disability_kind, disability_level};
use crate::model::{
    Certificate, CertificateError, DisabilityKind, IdNumber, ProblemKind, is_masked_number,
};

/// Words of a column that say that there is no disability.
const NONE: [&str; 6] = ["否", "无残疾", "非残疾", "健全", "正常", "no"];

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
