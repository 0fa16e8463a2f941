//! `show`: one household, one file (一户一档).

// These comments are the help, where backticks would be seen.
#![allow(clippy::doc_markdown)]

use super::desk::Desk;
use super::ending::Ending;
use super::json::Object;
use super::list::find;
use super::{card_json, out, parse};
use crate::jobs::{Card, CardRequest, HistoryRequest, Recorded, Town};
use crate::layer::{
    CardLine, CardView, ListCell, ListField, ListView, need_status_name, origin_text, past_members,
};
use crate::model::{Date, PastEvent, Person, Review};
use crate::query::{Choice, Direction, Filter, SortKey};
use crate::words::{Fault, Message};
use clap::Args;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// The workspace file
    workspace: PathBuf,
    /// The number of the household
    household: String,
    /// Write names, ID numbers and phones in full
    #[arg(long)]
    unmasked: bool,
    /// The day of the figures [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    as_of: Option<Date>,
    /// One JSON object on stdout
    #[arg(long)]
    json: bool,
}

/// The row of a household.
pub(super) fn row_of(town: &Town, id: &str) -> Result<u32, Fault> {
    let households = &town.snapshot.households;
    (0..households.len() as u32)
        .find(|row| households.id.get(*row) == id)
        .ok_or_else(|| Fault::input(Message::new("cli.no_such_household").arg("id", id)))
}

pub(super) fn run(args: &ShowArgs, desk: &mut Desk) -> anyhow::Result<Ending> {
    let opened = desk.look_at(&args.workspace, args.as_of)?;
    let town = Arc::clone(&opened.town);
    let row = row_of(&town, &args.household)?;
    let card = desk.card(CardRequest {
        town: Arc::clone(&town),
        workspace: opened.workspace.clone(),
        row,
    })?;
    desk.lap("card");
    let history = desk.history(HistoryRequest {
        workspace: opened.workspace.clone(),
        id: card.id.clone(),
        generation: town.snapshot.generation,
    })?;
    desk.lap("history");
    let by_priority = (SortKey::Priority, Direction::Descending);
    let filtered = find(&opened, Filter::All, town.as_of, by_priority, desk)?;
    let priority = &filtered.scores.priority;
    let list = ListView {
        snapshot: &town.snapshot,
        priority: Some(priority),
        steadiness: None,
        as_of: town.as_of,
        choice: Choice::default(),
        lang: desk.lang,
        masked: !args.unmasked,
    };
    let view = CardView {
        snapshot: &town.snapshot,
        lang: desk.lang,
        masked: !args.unmasked,
        as_of: town.as_of,
    };
    let parts = priority.parts(row);
    let parts = parts.iter().flat_map(|parts| &parts.0);
    let points = parts.fold(Object::default(), |points, part| {
        points.with(part.component.code(), (part.points * 10.0).round() / 10.0)
    });
    let text = if args.json {
        let head = Object::default()
            .with("household_id", card.id.as_str())
            .with("head_name", list.cell(row, ListField::HeadName).text())
            .with("address", list.cell(row, ListField::Address).text())
            .with("phone", list.cell(row, ListField::Phone).text())
            .with("priority", score_of(&list, row))
            .with_json("priority_points", &points.text());
        let object = card_json::object(head, &view, &card);
        let history = card_json::history(&view, &history.events);
        format!("{}\n", object.with_json("history", &history).text())
    } else {
        let mut page = Page::default();
        page.head(&list, row);
        page.card(&view, &card);
        page.history(&view, &history.events);
        page.0
    };
    out::result(text.as_bytes())?;
    Ok(Ending::Done)
}

/// The priority, 0 to 100.
fn score_of(list: &ListView<'_>, row: u32) -> Option<f64> {
    match list.cell(row, ListField::Priority) {
        ListCell::Number(score) => Some(score),
        ListCell::Empty | ListCell::Text(_) => None,
    }
}

/// The card as text.
#[derive(Default)]
struct Page(String);

impl Page {
    fn head(&mut self, list: &ListView<'_>, row: u32) {
        let lang = list.lang;
        let parts = [
            ListField::HouseholdId,
            ListField::HeadName,
            ListField::Phone,
            ListField::Address,
            ListField::Grid,
        ];
        let parts = parts.map(|field| list.cell(row, field).text());
        let known: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "{}", known.join(" · "));
        let _ = writeln!(
            self.0,
            "{} {} / 100",
            ListField::Priority.heading(lang),
            list.cell(row, ListField::Priority).text()
        );
        for field in [ListField::Reasons, ListField::Gaps, ListField::Unclear] {
            let text = list.cell(row, field).text();
            if !text.is_empty() {
                let _ = writeln!(self.0, "{}: {text}", field.heading(lang));
            }
        }
    }

    fn card(&mut self, view: &CardView<'_>, card: &Card) {
        let lang = view.lang;
        let members: Vec<&Person> = card.rows.members.iter().map(|one| &one.record).collect();
        self.section(&lang.t("ui.card_clocks"), card.clocks.len());
        for clock in &card.clocks {
            self.line("", &view.clock(clock));
        }
        self.section(&lang.t("ui.card_members"), card.rows.members.len());
        for one in &card.rows.members {
            self.recorded("", &view.member(&one.record), one, view);
        }
        self.section(&lang.t("ui.card_receipts"), card.rows.receipts.len());
        let reviews: Vec<&Review> = card.rows.reviews.iter().map(|one| &one.record).collect();
        for one in &card.rows.receipts {
            let line = view.receipt(&one.record, &members, &reviews);
            self.recorded("", &line, one, view);
        }
        self.section(&lang.t("ui.card_reviews"), card.rows.reviews.len());
        for one in &card.rows.reviews {
            self.recorded("", &view.review(&one.record, &members), one, view);
        }
        self.section(&lang.t("ui.card_needs"), card.rows.needs.len());
        for one in &card.rows.needs {
            let status = need_status_name(one.record.status, lang);
            let mark = format!("#{} [{status}] ", one.number);
            self.recorded(&mark, &view.need(&one.record, &members), one, view);
        }
        self.section(&lang.t("ui.card_visits"), card.rows.visits.len());
        for one in &card.rows.visits {
            let mark = format!("#{} ", one.number);
            self.recorded(&mark, &view.visit(&one.record), one, view);
        }
        self.section(&lang.t("ui.card_notes"), card.rows.notes.len());
        for one in &card.rows.notes {
            self.recorded("", &view.note(&one.record), one, view);
        }
    }

    /// All that changed, the newest first.
    fn history(&mut self, view: &CardView<'_>, events: &[PastEvent]) {
        let lang = view.lang;
        let members = past_members(events);
        self.section(&lang.t("ui.history"), events.len());
        for event in events {
            let mut line = view.past(&event.change, &members);
            if !event.is_live {
                line.title.push_str(" · ");
                line.title.push_str(&lang.t("ui.version_undone"));
            }
            self.line(
                "",
                &CardLine {
                    title: line.title,
                    facts: line.facts,
                    text: line.text,
                },
            );
            for change in &line.changes {
                let _ = writeln!(self.0, "    {}", change.text());
            }
            let _ = writeln!(self.0, "    {}", origin_text(&event.origin, lang));
        }
    }

    fn section(&mut self, title: &str, count: usize) {
        let _ = writeln!(self.0, "\n{title} ({count})");
    }

    fn line(&mut self, mark: &str, line: &CardLine) {
        let facts = line.facts.join(" · ");
        let _ = writeln!(
            self.0,
            "  {}",
            format!("{mark}{}  {facts}", line.title).trim_end()
        );
        for text in line.text.lines().filter(|text| !text.trim().is_empty()) {
            let _ = writeln!(self.0, "    {text}");
        }
    }

    fn recorded<T>(&mut self, mark: &str, line: &CardLine, one: &Recorded<T>, view: &CardView<'_>) {
        self.line(mark, line);
        let _ = writeln!(self.0, "    {}", origin_text(&one.origin, view.lang));
    }
}
