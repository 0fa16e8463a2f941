//! The card of a household as JSON.

use super::json::Object;
use crate::analysis::{Clock, Nearness};
use crate::jobs::{Card, Recorded};
use crate::layer::{CardView, past_members};
use crate::model::{
    ClockKind, Date, Need, Note, Origin, PastEvent, Person, Receipt, Review, Visit,
};

/// The card, behind what is known of the household itself.
pub(super) fn object(head: Object, view: &CardView<'_>, card: &Card) -> Object {
    let members: Vec<&Person> = card.rows.members.iter().map(|one| &one.record).collect();
    let rows = &card.rows;
    let reviews: Vec<&Review> = rows.reviews.iter().map(|one| &one.record).collect();
    head.with_json("clocks", &list(&card.clocks, |one| clock(one, view)))
        .with_json("members", &list(&rows.members, |one| member(one, view)))
        .with_json(
            "receipts",
            &list(&rows.receipts, |one| {
                receipt(one, view, (&members, &reviews))
            }),
        )
        .with_json("needs", &list(&rows.needs, |one| need(one, view, &members)))
        .with_json("visits", &list(&rows.visits, visit))
        .with_json("notes", &list(&rows.notes, note))
        .with_json(
            "reviews",
            &list(&rows.reviews, |one| review(one, view, &members)),
        )
}

fn list<T>(rows: &[T], write: impl Fn(&T) -> Object) -> String {
    let rows: Vec<String> = rows.iter().map(|row| write(row).text()).collect();
    format!("[{}]", rows.join(", "))
}

fn day(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// Where something came from: file, row and time; no file where somebody recorded it by hand.
pub(super) fn origin(object: Object, origin: &Origin) -> Object {
    let source = Some(origin.source.as_ref()).filter(|source| !source.is_empty());
    object
        .with("file", source)
        .with("row", Some(origin.row).filter(|row| *row > 0))
        .with("at_unix_secs", origin.at_unix_secs)
}

fn from<T>(object: Object, one: &Recorded<T>) -> Object {
    origin(object, &one.origin)
}

fn clock(one: &Clock, view: &CardView<'_>) -> Object {
    let line = view.clock(one);
    let programmes = &view.snapshot.catalogue.programmes;
    let programme = one.programme.and_then(|at| programmes.get(usize::from(at)));
    Object::default()
        .with("kind", one.kind.code())
        .with("due", one.due.to_string())
        .with(
            "state",
            match one.nearness {
                Nearness::Overdue => "overdue",
                Nearness::Soon => "soon",
                Nearness::Later => "later",
            },
        )
        .with("programme", programme.map(|term| term.code.as_str()))
        .with(
            "since",
            day(one.since).filter(|_| one.kind != ClockKind::Age || !view.masked),
        )
        .with("what", line.title)
        .with("why", line.text)
}

fn member(one: &Recorded<Person>, view: &CardView<'_>) -> Object {
    let line = view.member(&one.record);
    let object = Object::default()
        .with("name", line.title)
        .with("born", day(one.record.born).filter(|_| !view.masked))
        .with("certificate_until", day(one.record.certificate_until))
        .with("facts", line.facts);
    from(object, one)
}

fn receipt(
    one: &Recorded<Receipt>,
    view: &CardView<'_>,
    (members, reviews): (&[&Person], &[&Review]),
) -> Object {
    let receipt = &one.record;
    let line = view.receipt(receipt, members, reviews);
    let object = Object::default()
        .with("programme", receipt.programme.as_str())
        .with("name", line.title)
        .with("active", receipt.is_active(view.as_of))
        .with("start", day(receipt.start))
        .with("end", day(receipt.end))
        .with("monthly_amount", receipt.monthly_amount)
        .with("reviewed_on", day(view.reviewed(receipt, members, reviews)));
    from(object, one)
}

fn need(one: &Recorded<Need>, view: &CardView<'_>, members: &[&Person]) -> Object {
    let need = &one.record;
    let line = view.need(need, members);
    let object = Object::default()
        .with("number", one.number)
        .with("category", need.category.as_str())
        .with("name", line.title)
        .with("status", need.status.code())
        .with("open", need.is_open(view.as_of))
        .with("urgency", need.urgency)
        .with("raised_on", day(need.raised_on))
        .with("closed_on", day(need.closed_on))
        .with("source", need.source.as_str())
        .with("detail", need.detail.as_str());
    from(object, one)
}

fn visit(one: &Recorded<Visit>) -> Object {
    let visit = &one.record;
    let object = Object::default()
        .with("number", one.number)
        .with("planned_on", day(visit.planned_on))
        .with("done_on", day(visit.done_on))
        .with("worker", visit.worker.as_str())
        .with("seen", visit.seen)
        .with("outcome", visit.outcome.as_str())
        .with("next_due", day(visit.next_due));
    from(object, one)
}

fn review(one: &Recorded<Review>, view: &CardView<'_>, members: &[&Person]) -> Object {
    let review = &one.record;
    let who = view.named(&review.member, members);
    let object = Object::default()
        .with("on", day(review.on))
        .with("programme", review.programme.as_str())
        .with("member", who)
        .with("author", review.author.as_str());
    from(object, one)
}

fn note(one: &Recorded<Note>) -> Object {
    let note = &one.record;
    let object = Object::default()
        .with("on", day(note.on))
        .with("author", note.author.as_str())
        .with("text", note.text.as_str());
    from(object, one)
}

/// All that changed, the newest first; a value that nobody knew or knows any more is null.
pub(super) fn history(view: &CardView<'_>, events: &[PastEvent]) -> String {
    let members = past_members(events);
    list(events, |event| {
        let line = view.past(&event.change, &members);
        let value = |text: String| Some(text).filter(|text| !text.is_empty());
        let changes = list(&line.changes, |change| {
            Object::default()
                .with("field", change.code)
                .with("before", value(change.before.clone()))
                .with("after", value(change.after.clone()))
        });
        let object = Object::default()
            .with("kind", event.change.code())
            .with("number", event.change.number())
            .with("change", line.code)
            .with("undone", !event.is_live)
            .with("what", line.title)
            .with_json("values", &changes)
            .with("facts", line.facts)
            .with("text", value(line.text));
        origin(object, &event.origin)
    })
}
