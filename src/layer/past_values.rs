//! The values of a row by their columns, as a person reads them, so that two versions can be told
//! apart value by value.

use super::card::{CardView, need_status_name, urgency_name};
use crate::base::digits::figure;
use crate::model::{
    Date, Need, Note, Person, Receipt, Review, Sex, Visit, Vocabulary, masked_id_number,
    masked_phone,
};

/// The values of a row by their columns; the same columns in the same order for all rows of a kind.
pub(super) type Values = Vec<(&'static str, String)>;

impl CardView<'_> {
    fn hidden(&self, text: &str, mask: fn(&str) -> String) -> String {
        if self.masked {
            mask(text)
        } else {
            text.to_owned()
        }
    }

    /// A word of a file by its name in the language.
    fn said(&self, vocabulary: Vocabulary, text: &str) -> String {
        self.word(vocabulary, text).unwrap_or_default()
    }

    pub(super) fn member_values(&self, person: &Person) -> Values {
        let lang = self.lang;
        let kind = person
            .disability_kind
            .and_then(|kind| Vocabulary::DISABILITY.word(kind.number()));
        let sex = person.sex.and_then(|sex| match sex {
            Sex::Male => Vocabulary::SEX.word(1),
            Sex::Female => Vocabulary::SEX.word(2),
        });
        // The year is near to the age, which the card shows.
        let born = person.born.map(|born| {
            if self.masked {
                format!("{}-**-**", born.ymd().0)
            } else {
                born.to_string()
            }
        });
        vec![
            ("member_id", person.id.clone()),
            ("name", self.name(&person.name)),
            (
                "id_number",
                self.hidden(&person.id_number, masked_id_number),
            ),
            ("phone", self.hidden(&person.phone, masked_phone)),
            (
                "relation",
                self.said(Vocabulary::RELATION, &person.relation),
            ),
            (
                "sex",
                sex.map_or_else(String::new, |sex| sex.name(lang).to_owned()),
            ),
            ("born", born.unwrap_or_default()),
            (
                "disability_certificate",
                self.hidden(&person.disability_certificate, masked_id_number),
            ),
            (
                "disability_kind",
                kind.map_or_else(String::new, |kind| kind.name(lang).to_owned()),
            ),
            ("disability_level", number(person.disability_level)),
            ("certificate_until", day(person.certificate_until)),
            ("health", self.said(Vocabulary::HEALTH, &person.health)),
            (
                "self_care",
                self.said(Vocabulary::SELF_CARE, &person.self_care),
            ),
            (
                "schooling",
                self.said(Vocabulary::SCHOOLING, &person.schooling),
            ),
            ("work", self.said(Vocabulary::WORK, &person.work)),
            ("monthly_income", amount(person.monthly_income)),
            ("tags", person.tags.as_str().to_owned()),
            ("notes", person.notes.clone()),
        ]
    }

    pub(super) fn receipt_values(&self, receipt: &Receipt, members: &[&Person]) -> Values {
        vec![
            (
                "name",
                self.named(&receipt.member, members).unwrap_or_default(),
            ),
            (
                "programme",
                self.term(&self.catalogue().programmes, &receipt.programme),
            ),
            ("start", day(receipt.start)),
            ("end", day(receipt.end)),
            ("reviewed_on", day(receipt.reviewed_on)),
            ("monthly_amount", amount(receipt.monthly_amount)),
            ("notes", receipt.notes.clone()),
        ]
    }

    /// The values of a review by the columns that files have for them.
    pub(super) fn review_values(&self, review: &Review, members: &[&Person]) -> Values {
        let programmes = &self.catalogue().programmes;
        vec![
            (
                "name",
                self.named(&review.member, members).unwrap_or_default(),
            ),
            ("programme", self.term(programmes, &review.programme)),
            ("reviewed_on", day(review.on)),
            ("worker", review.author.clone()),
        ]
    }

    pub(super) fn need_values(&self, need: &Need, members: &[&Person]) -> Values {
        let lang = self.lang;
        let urgency = need.urgency.map(|urgency| urgency_name(urgency, lang));
        vec![
            (
                "name",
                self.named(&need.member, members).unwrap_or_default(),
            ),
            (
                "category",
                self.term(&self.catalogue().needs, &need.category),
            ),
            ("detail", need.detail.clone()),
            ("source", need.source.clone()),
            ("raised_on", day(need.raised_on)),
            ("urgency", urgency.unwrap_or_default()),
            ("status", need_status_name(need.status, lang)),
            ("closed_on", day(need.closed_on)),
        ]
    }

    pub(super) fn visit_values(&self, visit: &Visit) -> Values {
        let seen = visit.seen.map(|seen| {
            let key = if seen { "common.yes" } else { "common.no" };
            self.lang.t(key).into_owned()
        });
        vec![
            ("planned_on", day(visit.planned_on)),
            ("done_on", day(visit.done_on)),
            ("worker", visit.worker.clone()),
            ("seen", seen.unwrap_or_default()),
            ("outcome", visit.outcome.clone()),
            ("next_due", day(visit.next_due)),
            ("notes", visit.notes.clone()),
        ]
    }
}

/// A note is changed only by being written anew.
pub(super) fn note_values(note: &Note) -> Values {
    vec![
        ("notes", note.text.clone()),
        ("worker", note.author.clone()),
    ]
}

fn day(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn amount(yuan: Option<f64>) -> String {
    yuan.map(|yuan| figure(yuan, 2)).unwrap_or_default()
}

fn number(number: Option<u8>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}
