//! The lines of a household's card: members, receipts, needs, visits, notes, clocks. The window and
//! the command line both read them here, so that they never disagree.

use crate::analysis::{Clock, Nearness};
use crate::base::digits::figure;
use crate::base::local_minute;
use crate::model::{
    Catalogue, ClockKind, Date, Need, NeedStatus, Note, Origin, Person, Receipt, Review, Sex, Term,
    Visit, Vocabulary, masked_id_number, masked_name,
};
use crate::snapshot::Snapshot;
use crate::words::Lang;

/// A line of the card.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CardLine {
    /// What it is.
    pub title: String,
    /// What is known of it, in few words each.
    pub facts: Vec<String>,
    /// What was written, in full.
    pub text: String,
}

/// What the lines depend on.
#[derive(Debug, Clone, Copy)]
pub struct CardView<'a> {
    /// The town.
    pub snapshot: &'a Snapshot,
    /// The language of names.
    pub lang: Lang,
    /// Whether names and numbers are hidden.
    pub masked: bool,
    /// The day of the figures.
    pub as_of: Date,
}

/// Where a need stands, in words.
pub fn need_status_name(status: NeedStatus, lang: Lang) -> String {
    lang.t(&format!("layer.need_{}", status.code()))
        .into_owned()
}

/// How urgent a need is, in words; 1 to 3.
pub fn urgency_name(urgency: u8, lang: Lang) -> String {
    lang.t(match urgency {
        0 | 1 => "layer.urgency_1",
        2 => "layer.urgency_2",
        _ => "layer.urgency_3",
    })
    .into_owned()
}

/// `台账.csv · row 12 · 2026-11-21 10:02`, or that somebody recorded it here.
pub fn origin_text(origin: &Origin, lang: Lang) -> String {
    let at = local_minute(origin.at_unix_secs);
    if origin.source.is_empty() {
        return lang.with("ui.source_here", &[("at", &at)]);
    }
    if origin.row == 0 {
        return lang.with("ui.source_file", &[("file", &origin.source), ("at", &at)]);
    }
    let row = origin.row.to_string();
    lang.with(
        "ui.source_row",
        &[("file", &origin.source), ("row", &row), ("at", &at)],
    )
}

impl CardView<'_> {
    pub(super) fn catalogue(&self) -> &Catalogue {
        &self.snapshot.catalogue
    }

    pub(super) fn name(&self, name: &str) -> String {
        if self.masked {
            masked_name(name)
        } else {
            name.to_owned()
        }
    }

    /// A word of a file by its name in the language, where it is plain which kind it means.
    pub(super) fn word(&self, vocabulary: Vocabulary, text: &str) -> Option<String> {
        let word = vocabulary.word(vocabulary.number_in(text));
        let said = word.map_or_else(
            || text.trim().to_owned(),
            |word| word.name(self.lang).to_owned(),
        );
        Some(said).filter(|said| !said.is_empty())
    }

    /// A member.
    pub fn member(&self, person: &Person) -> CardLine {
        let lang = self.lang;
        let title = if person.name.is_empty() {
            lang.t("layer.member_unnamed").into_owned()
        } else {
            self.name(&person.name)
        };
        let age = person.born.and_then(|born| age(born, self.as_of));
        let age = age.map(|age| lang.with("layer.age", &[("age", &age.to_string())]));
        let sex = person.sex.map(|sex| match sex {
            Sex::Male => Vocabulary::SEX.word(1),
            Sex::Female => Vocabulary::SEX.word(2),
        });
        let sex = sex.flatten().map(|word| word.name(lang).to_owned());
        let facts = [
            self.word(Vocabulary::RELATION, &person.relation),
            sex,
            age,
            self.disability(person),
            person
                .certificate_until
                .map(|day| lang.with("layer.certificate_until", &[("day", &day.to_string())])),
            self.word(Vocabulary::SELF_CARE, &person.self_care),
            self.word(Vocabulary::HEALTH, &person.health),
            self.word(Vocabulary::WORK, &person.work),
        ];
        CardLine {
            title,
            facts: facts.into_iter().flatten().collect(),
            text: person.notes.clone(),
        }
    }

    fn disability(&self, person: &Person) -> Option<String> {
        let lang = self.lang;
        let kind = person
            .disability_kind
            .and_then(|kind| Vocabulary::DISABILITY.word(kind.number()));
        let kind = kind.map(|word| word.name(lang).to_owned());
        let level = person
            .disability_level
            .map(|level| lang.with("layer.disability_level", &[("level", &level.to_string())]));
        let kind = kind.or_else(|| {
            let some = level.is_some();
            some.then(|| lang.t("layer.disability").into_owned())
        })?;
        let text = match level {
            Some(level) => lang.with("layer.disability_of", &[("kind", &kind), ("level", &level)]),
            None => lang.with("layer.disability_kind", &[("kind", &kind)]),
        };
        Some(text)
    }

    /// The member that a row names by own number, ID number or name; empty for the household.
    pub fn named(&self, text: &str, members: &[&Person]) -> Option<String> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let member = members
            .iter()
            .find(|one| one.is_called(text))
            .filter(|one| !one.name.is_empty());
        Some(match member {
            Some(member) => self.name(&member.name),
            None if !self.masked => text.to_owned(),
            // Nobody knows what it is: a long one may be an ID number.
            None if text.chars().count() > 8 => masked_id_number(text),
            None => masked_name(text),
        })
    }

    /// The last review of a receipt by the day of the figures: the file's or one of the desk's.
    pub fn reviewed(
        &self,
        receipt: &Receipt,
        members: &[&Person],
        reviews: &[&Review],
    ) -> Option<Date> {
        let recorded = reviews.iter().filter(|one| one.is_of(receipt, members));
        let days = recorded.filter_map(|one| one.on).chain(receipt.reviewed_on);
        days.filter(|day| *day <= self.as_of).max()
    }

    /// A receipt. `reviews` are those of the household.
    pub fn receipt(&self, receipt: &Receipt, members: &[&Person], reviews: &[&Review]) -> CardLine {
        let lang = self.lang;
        let days = match (receipt.start, receipt.end) {
            (Some(start), None) => lang.with("layer.since", &[("day", &start.to_string())]),
            (Some(start), Some(end)) => format!("{start} – {end}"),
            (None, Some(end)) => lang.with("layer.until", &[("day", &end.to_string())]),
            (None, None) => String::new(),
        };
        let amount = receipt
            .monthly_amount
            .map(|amount| lang.with("layer.amount_a_month", &[("amount", &figure(amount, 2))]));
        let reviewed = self
            .reviewed(receipt, members, reviews)
            .map(|day| lang.with("layer.reviewed_on", &[("day", &day.to_string())]));
        let facts = [
            self.named(&receipt.member, members),
            Some(days).filter(|days| !days.is_empty()),
            amount,
            reviewed,
        ];
        CardLine {
            title: self.term(&self.catalogue().programmes, &receipt.programme),
            facts: facts.into_iter().flatten().collect(),
            text: receipt.notes.clone(),
        }
    }

    /// A receipt in one line: its programme, and its member where it is one's.
    pub fn receipt_name(&self, programme: &str, member: &str, members: &[&Person]) -> String {
        let programme = self.term(&self.catalogue().programmes, programme);
        match self.named(member, members) {
            Some(member) => format!("{programme} · {member}"),
            None => programme,
        }
    }

    /// A review that was recorded at the desk.
    pub fn review(&self, review: &Review, members: &[&Person]) -> CardLine {
        let facts = [
            self.named(&review.member, members),
            Some(review.author.clone()).filter(|author| !author.is_empty()),
        ];
        let programme = self.term(&self.catalogue().programmes, &review.programme);
        let day = review.on.map(|day| day.to_string()).unwrap_or_default();
        CardLine {
            title: format!("{day} · {programme}"),
            facts: facts.into_iter().flatten().collect(),
            text: String::new(),
        }
    }

    pub(super) fn term(&self, terms: &[Term], code: &str) -> String {
        let term = terms.iter().find(|term| term.is_called(code));
        term.map_or(code, |term| term.short_name(self.lang))
            .to_owned()
    }

    /// A need; where it stands is said apart.
    pub fn need(&self, need: &Need, members: &[&Person]) -> CardLine {
        let lang = self.lang;
        let raised = need
            .raised_on
            .map(|day| lang.with("layer.raised_on", &[("day", &day.to_string())]));
        let closed = need
            .closed_on
            .map(|day| lang.with("layer.closed_on", &[("day", &day.to_string())]));
        let facts = [
            self.named(&need.member, members),
            need.urgency.map(|urgency| urgency_name(urgency, lang)),
            raised,
            Some(need.source.clone()).filter(|source| !source.is_empty()),
            closed,
        ];
        CardLine {
            title: self.term(&self.catalogue().needs, &need.category),
            facts: facts.into_iter().flatten().collect(),
            text: need.detail.clone(),
        }
    }

    /// A visit.
    pub fn visit(&self, visit: &Visit) -> CardLine {
        let lang = self.lang;
        let on = |key: &str, day: Date| lang.with(key, &[("day", &day.to_string())]);
        let title = match (visit.done_on, visit.planned_on) {
            (Some(done), _) => done.to_string(),
            (None, Some(planned)) => on("layer.visit_planned", planned),
            (None, None) => lang.t("layer.visit_undated").into_owned(),
        };
        let seen = visit.seen.map(|seen| {
            let key = if seen {
                "layer.visit_seen"
            } else {
                "layer.visit_unseen"
            };
            lang.t(key).into_owned()
        });
        let facts = [
            Some(visit.worker.clone()).filter(|worker| !worker.is_empty()),
            seen,
            visit.next_due.map(|day| on("layer.visit_next", day)),
        ];
        let texts = [visit.outcome.trim(), visit.notes.trim()];
        let texts: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        CardLine {
            title,
            facts: facts.into_iter().flatten().collect(),
            text: texts.join("\n"),
        }
    }

    /// A note.
    pub fn note(&self, note: &Note) -> CardLine {
        CardLine {
            title: note.on.map(|day| day.to_string()).unwrap_or_default(),
            facts: Some(note.author.clone())
                .filter(|author| !author.is_empty())
                .into_iter()
                .collect(),
            text: note.text.clone(),
        }
    }

    /// Something that falls due: what, when and how near, and why.
    pub fn clock(&self, clock: &Clock) -> CardLine {
        let lang = self.lang;
        let scheme = clock.programme.map(usize::from);
        let programme = scheme
            .and_then(|place| self.catalogue().programmes.get(place))
            .map(|term| term.short_name(lang).to_owned());
        let member = clock
            .person
            .map(|person| self.snapshot.people.name.get(person))
            .filter(|name| !name.is_empty())
            .map(|name| self.name(name));
        let kind = match (clock.kind, clock.years) {
            (ClockKind::Age, Some(years)) => {
                lang.with("layer.turns", &[("age", &years.to_string())])
            }
            (kind, _) => super::due_name(kind, lang),
        };
        let parts = [Some(kind), programme, member];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let law = scheme
            .and_then(|place| self.catalogue().schemes.get(place))
            .map(|scheme| scheme.law(lang))
            .filter(|law| !law.is_empty() && clock.months.is_some());
        let why = self.why(clock);
        CardLine {
            title: capitalised(&parts.join(" · ")),
            facts: vec![clock.due.to_string(), self.nearness(clock)],
            text: [Some(why.as_str()), law]
                .into_iter()
                .flatten()
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join("\n"),
        }
    }

    /// `逾期 12 天`, `还有 3 天`, `今天`.
    fn nearness(&self, clock: &Clock) -> String {
        let days = clock.due.days().saturating_sub(self.as_of.days());
        let count = days.unsigned_abs().to_string();
        let key = match (clock.nearness, days) {
            (Nearness::Overdue, _) => "layer.overdue_by",
            (_, 0) => "layer.due_today",
            _ => "layer.due_in",
        };
        self.lang.with(key, &[("days", &count)])
    }

    fn why(&self, clock: &Clock) -> String {
        let months = clock.months.unwrap_or_default().to_string();
        let since = clock.since.map(|day| day.to_string()).unwrap_or_default();
        let key = match (clock.kind, clock.since, clock.months) {
            (ClockKind::Visit, None, _) => "layer.why_never_visited",
            (ClockKind::Visit, _, Some(_)) => "layer.why_visit",
            (ClockKind::Visit, _, None) => "layer.why_agreed",
            (ClockKind::Planned, ..) => "layer.why_planned",
            (ClockKind::Review, ..) if clock.is_reviewed => "layer.why_reviewed",
            (ClockKind::Review, ..) => "layer.why_review",
            (ClockKind::Grace, ..) => "layer.why_grace",
            (ClockKind::End, ..) => "layer.why_end",
            (ClockKind::Certificate, ..) => "layer.why_certificate",
            (ClockKind::Age, ..) => match clock.years {
                Some(16) => "layer.why_16",
                Some(18) => "layer.why_18",
                _ => "layer.why_elder",
            },
        };
        self.lang
            .with(key, &[("months", &months), ("since", &since)])
    }
}

/// With a capital at the beginning, as every line has.
fn capitalised(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(rest).collect()
}

/// Completed years of age on a day; nothing before the birth.
fn age(born: Date, on: Date) -> Option<i16> {
    let (from, to) = (born.ymd(), on.ymd());
    let years = to.0 - from.0 - i16::from((to.1, to.2) < (from.1, from.2));
    (born <= on).then_some(years)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Generation, Progress};
    use crate::model::{CodeList, Household};
    use crate::snapshot::Builder;

    #[test]
    fn names_and_numbers_are_masked_wherever_they_stand() {
        let mut builder = Builder::new(Generation::default(), Catalogue::default(), true);
        builder.push(&Household {
            tags: CodeList::new(),
            ..Household::default()
        });
        let snapshot = builder.finish(&Progress::new()).unwrap();
        let person = Person {
            id: "H1-1".to_owned(),
            name: "示范甲".to_owned(),
            id_number: "000000194403010011".to_owned(),
            ..Person::default()
        };
        let view = |masked| CardView {
            snapshot: &snapshot,
            lang: Lang::Zh,
            masked,
            as_of: Date::parse("2026-02-28").unwrap(),
        };
        let receipt = |member: &str| Receipt {
            member: member.to_owned(),
            ..Receipt::default()
        };
        let who = |masked, member: &str| {
            let line = view(masked).receipt(&receipt(member), &[&person], &[]);
            line.facts.first().cloned().unwrap_or_default()
        };
        for member in ["H1-1", "000000194403010011", "示范甲"] {
            assert_eq!(who(true, member), "示**", "{member}");
            assert_eq!(who(false, member), "示范甲", "{member}");
        }
        // Somebody who is not listed.
        assert_eq!(who(true, "000000194403010038"), "0000**********0038");
        assert_eq!(who(true, "示范乙"), "示**");
        assert_eq!(who(true, ""), "");
        assert_eq!(view(true).member(&person).title, "示**");
    }

    #[test]
    fn a_year_is_full_on_the_birthday() {
        let day = |text: &str| Date::parse(text).unwrap();
        assert_eq!(age(day("1944-03-01"), day("2026-02-28")), Some(81));
        assert_eq!(age(day("1944-03-01"), day("2026-03-01")), Some(82));
        assert_eq!(age(day("2026-03-01"), day("2026-02-28")), None);
        assert_eq!(age(day("2026-03-01"), day("2026-03-01")), Some(0));
    }
}
