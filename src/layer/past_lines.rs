//! The lines of a household's history. The window and the command line both read them here, so that
//! they never disagree.

use super::card::{CardLine, CardView, need_status_name};
use super::past_values::{Values, note_values};
use super::{field_name, value_text};
use crate::model::{HouseholdChange, Need, PastChange, PastEvent, Person, RowChange};

/// A line of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastLine {
    /// What happened, as the command line writes it: `new`, `changed`, `gone`, or `same` where it
    /// was only said again.
    pub code: &'static str,
    /// What changed, and what became of it.
    pub title: String,
    /// The values that are others now.
    pub changes: Vec<ValueChange>,
    /// What is known of a row that came or went, in few words each.
    pub facts: Vec<String>,
    /// What was written in it.
    pub text: String,
}

/// A value before and after a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueChange {
    /// Its column, as files call it.
    pub code: &'static str,
    /// Its name.
    pub name: String,
    /// What it was; empty where nothing was known.
    pub before: String,
    /// What it is; empty where nothing is known any more.
    pub after: String,
}

impl ValueChange {
    /// `Phone  138****5678 → 139****1234`.
    pub fn text(&self) -> String {
        let value = |text: &str| if text.is_empty() { "–" } else { text }.to_owned();
        let Self {
            name,
            before,
            after,
            ..
        } = self;
        format!("{name}  {} → {}", value(before), value(after))
    }
}

/// The members that a history tells of: rows name them by number or name.
pub fn past_members(events: &[PastEvent]) -> Vec<&Person> {
    let members = events.iter().filter_map(|event| match &event.change {
        PastChange::Member(change) => change.row(),
        _ => None,
    });
    members.collect()
}

impl CardView<'_> {
    /// What changed; the members are those that rows may name.
    pub fn past(&self, change: &PastChange, members: &[&Person]) -> PastLine {
        match change {
            PastChange::Household(change) => self.ledger(change),
            PastChange::Member(change) => self.row(
                (change, "layer.past_member"),
                |one| self.member(one),
                |one| self.member_values(one),
            ),
            PastChange::Receipt(change) => {
                let mut line = self.row(
                    (change, "layer.past_receipt"),
                    |one| self.receipt(one, members, &[]),
                    |one| self.receipt_values(one, members),
                );
                if let (Some(before), Some(after)) = (&change.before, &change.after)
                    && before.end.is_none()
                    && after.end.is_some()
                {
                    let title = self.receipt(after, members, &[]).title;
                    line.title = self.title("layer.past_receipt", &title, "layer.past_ended");
                }
                line
            }
            PastChange::Need(change) => {
                let line = |one: &Need| {
                    let mut line = self.need(one, members);
                    line.facts
                        .insert(0, need_status_name(one.status, self.lang));
                    line
                };
                let values = |one: &Need| self.need_values(one, members);
                self.row((change, "layer.past_need"), line, values)
            }
            PastChange::Visit(change) => self.row(
                (change, "layer.past_visit"),
                |one| self.visit(one),
                |one| self.visit_values(one),
            ),
            PastChange::Note(change) => self.row(
                (change, "layer.past_note"),
                |one| self.note(one),
                note_values,
            ),
            PastChange::Review(change) => self.row(
                (change, "layer.past_review"),
                |one| self.review(one, members),
                |one| self.review_values(one, members),
            ),
        }
    }

    /// `Need Care · changed`.
    fn title(&self, kind: &str, name: &str, verb: &str) -> String {
        let what = self.lang.with(kind, &[("name", name)]);
        let verb = self.lang.t(verb);
        self.lang.with(
            "layer.past_title",
            &[("what", what.trim()), ("verb", &verb)],
        )
    }

    fn ledger(&self, change: &HouseholdChange) -> PastLine {
        let (code, verb) = match change {
            HouseholdChange {
                is_removal: true, ..
            } => ("gone", "layer.past_removed"),
            HouseholdChange { is_first: true, .. } => ("new", "layer.past_first"),
            change if change.changed.is_empty() => ("same", "layer.past_same"),
            _ => ("changed", "layer.past_changed"),
        };
        let fields = change.changed.iter().filter(|_| code == "changed");
        let value = |household, field| {
            let catalogue = &self.snapshot.catalogue;
            value_text(household, field, catalogue, self.lang, self.masked)
        };
        PastLine {
            code,
            title: self.title("layer.past_ledger", "", verb),
            changes: fields
                .map(|field| ValueChange {
                    code: field.code(),
                    name: field_name(field, self.lang),
                    before: value(&change.before, field),
                    after: value(&change.after, field),
                })
                .collect(),
            facts: Vec::new(),
            text: String::new(),
        }
    }

    fn row<T>(
        &self,
        (change, kind): (&RowChange<T>, &str),
        line: impl Fn(&T) -> CardLine,
        values: impl Fn(&T) -> Values,
    ) -> PastLine {
        let of_row = change.row().map(line).unwrap_or_default();
        if let (Some(before), Some(after)) = (&change.before, &change.after) {
            let pairs = values(before).into_iter().zip(values(after));
            let others = pairs.filter(|((_, before), (_, after))| before != after);
            return PastLine {
                code: "changed",
                title: self.title(kind, &of_row.title, "layer.past_changed"),
                changes: others
                    .map(|((code, before), (_, after))| ValueChange {
                        code,
                        name: self.lang.t(&format!("read.field_{code}")).into_owned(),
                        before,
                        after,
                    })
                    .collect(),
                facts: Vec::new(),
                text: String::new(),
            };
        }
        let (code, verb) = if change.after.is_some() {
            ("new", "layer.past_new")
        } else {
            ("gone", "layer.past_gone")
        };
        PastLine {
            code,
            title: self.title(kind, &of_row.title, verb),
            changes: Vec::new(),
            facts: of_row.facts,
            text: of_row.text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Generation, Progress};
    use crate::model::{Catalogue, Date, FieldSet, Household, HouseholdField, NeedStatus, Receipt};
    use crate::snapshot::{Builder, Snapshot};
    use crate::words::Lang;

    fn town() -> Snapshot {
        let builder = Builder::new(Generation::default(), Catalogue::default(), true);
        builder.finish(&Progress::new()).unwrap()
    }

    fn view(snapshot: &Snapshot, lang: Lang, masked: bool) -> CardView<'_> {
        CardView {
            snapshot,
            lang,
            masked,
            as_of: Date::parse("2026-11-21").unwrap(),
        }
    }

    fn person() -> Person {
        Person {
            id: "H1-1".to_owned(),
            name: "示范甲".to_owned(),
            phone: "19900001111".to_owned(),
            born: Date::parse("1944-03-01"),
            self_care: "自理".to_owned(),
            ..Person::default()
        }
    }

    #[test]
    fn only_what_differs_is_told_and_masked_where_it_must() {
        let town = town();
        let after = Person {
            phone: "19900002222".to_owned(),
            born: Date::parse("1945-03-01"),
            self_care: "不能自理".to_owned(),
            ..person()
        };
        let change = PastChange::Member(Box::new(RowChange {
            number: 1,
            before: Some(person()),
            after: Some(after),
        }));
        let line = view(&town, Lang::Zh, true).past(&change, &[]);
        assert_eq!(
            (line.code, line.title.as_str()),
            ("changed", "成员 示** · 变更")
        );
        let told: Vec<String> = line.changes.iter().map(ValueChange::text).collect();
        assert_eq!(
            told,
            [
                "电话  199****1111 → 199****2222",
                "出生日期  1944-**-** → 1945-**-**",
                "自理能力  能自理 → 不能自理",
            ]
        );
        let plain = view(&town, Lang::En, false).past(&change, &[]);
        assert!(plain.title.contains("示范甲"), "{}", plain.title);
        assert_eq!(plain.changes[1].after, "1945-03-01");
    }

    #[test]
    fn the_life_of_a_need_and_the_end_of_a_receipt_have_their_words() {
        let town = town();
        let need = |status| Need {
            member: "H1-1".to_owned(),
            category: "care".to_owned(),
            status,
            ..Need::default()
        };
        let raised = PastChange::Need(Box::new(RowChange {
            number: 3,
            before: None,
            after: Some(need(NeedStatus::Open)),
        }));
        let member = person();
        let view = view(&town, Lang::En, true);
        let line = view.past(&raised, &[&member]);
        assert_eq!((line.code, line.title.as_str()), ("new", "Need care · new"));
        assert_eq!(line.facts, ["Open", "示**"]);
        let met = PastChange::Need(Box::new(RowChange {
            number: 3,
            before: Some(need(NeedStatus::Open)),
            after: Some(need(NeedStatus::Met)),
        }));
        let line = view.past(&met, &[&member]);
        assert_eq!(line.changes[0].text(), "Status  Open → Met");
        let receipt = |end| Receipt {
            programme: "dibao".to_owned(),
            end,
            ..Receipt::default()
        };
        let ended = PastChange::Receipt(Box::new(RowChange {
            number: 1,
            before: Some(receipt(None)),
            after: Some(receipt(Date::parse("2026-10-01"))),
        }));
        let line = view.past(&ended, &[]);
        assert_eq!(line.title, "Receipt dibao · ended");
        assert_eq!(line.changes[0].text(), "End  – → 2026-10-01");
        let gone = PastChange::Receipt(Box::new(RowChange {
            number: 1,
            before: Some(receipt(None)),
            after: None,
        }));
        assert_eq!(view.past(&gone, &[]).code, "gone");
    }

    #[test]
    fn the_ledger_says_first_again_changed_and_removed() {
        let town = town();
        let told = |is_first, is_removal, fields: &[HouseholdField]| {
            let changed: FieldSet = fields.iter().copied().collect();
            let change = HouseholdChange {
                stated: changed,
                is_first,
                is_removal,
                changed,
                before: Household::default(),
                after: Household {
                    members: Some(2),
                    ..Household::default()
                },
            };
            let change = PastChange::Household(Box::new(change));
            let line = view(&town, Lang::En, true).past(&change, &[]);
            (line.code, line.changes.len())
        };
        let members = [HouseholdField::Members];
        assert_eq!(told(true, false, &members), ("new", 0));
        assert_eq!(told(false, false, &[]), ("same", 0));
        assert_eq!(told(false, false, &members), ("changed", 1));
        assert_eq!(told(false, true, &[]), ("gone", 0));
    }
}
