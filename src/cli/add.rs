//! `add`: something is recorded about a household: a visit, a need, a note, a review, where a need
//! stands.

// These comments are the help, where backticks would be seen.
#![allow(clippy::doc_markdown)]

use super::desk::Desk;
use super::ending::Ending;
use super::json::Object;
use super::summary::place;
use super::{out, parse};
use crate::base::Generation;
use crate::jobs::{Entry, OpenRequest, record};
use crate::model::{Catalogue, Date, Need, NeedStatus, Note, Review, Visit};
use crate::words::{Fault, Message};
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct AddArgs {
    /// The workspace file
    workspace: PathBuf,
    /// The number of the household
    household: String,
    /// What to record
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A visit that was made, or with --planned alone one that is to be made
    Visit(VisitArgs),
    /// A need
    Need(NeedArgs),
    /// Where a need stands now
    NeedStatus(StatusArgs),
    /// A note for whoever comes next
    Note(NoteArgs),
    /// That receipts of a programme were reviewed
    Review(ReviewArgs),
}

#[derive(Debug, Args)]
struct VisitArgs {
    /// The day on which it was made [default: today, unless it is planned]
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    on: Option<Date>,
    /// The day for which it is or was planned
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    planned: Option<Date>,
    /// The planned visit that it is, by its number in show
    #[arg(long, value_name = "NUMBER")]
    number: Option<i64>,
    /// Who went
    #[arg(long, value_name = "NAME", default_value = "")]
    worker: String,
    /// Whether somebody was seen
    #[arg(long, value_enum)]
    seen: Option<YesNo>,
    /// What came of it
    #[arg(long, value_name = "TEXT", default_value = "")]
    outcome: String,
    /// When the next visit is due
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    next_due: Option<Date>,
    /// One JSON object on stdout
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum YesNo {
    Yes,
    No,
}

#[derive(Debug, Args)]
struct NeedArgs {
    /// The category, by code or name
    category: String,
    /// 1 can wait, 2 soon, 3 at once
    #[arg(long, value_name = "1-3", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=3))]
    urgency: u8,
    /// What exactly
    #[arg(long, value_name = "TEXT", default_value = "")]
    detail: String,
    /// Who says so, such as self, family, grid worker
    #[arg(long, value_name = "WHO", default_value = "")]
    source: String,
    /// The member who needs it, by number, ID number or name [default: the household]
    #[arg(long, value_name = "MEMBER", default_value = "")]
    member: String,
    /// The day on which it was raised [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    on: Option<Date>,
    /// One JSON object on stdout
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct StatusArgs {
    /// The number of the need, as show tells it
    number: i64,
    /// Where it stands
    #[arg(value_enum)]
    status: Status,
    /// Since when [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    on: Option<Date>,
    /// One JSON object on stdout
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Status {
    Open,
    Referred,
    Met,
    Withdrawn,
}

#[derive(Debug, Args)]
struct NoteArgs {
    /// What it says
    text: String,
    /// Who writes it
    #[arg(long, value_name = "NAME", default_value = "")]
    by: String,
    /// The day that it is about [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    on: Option<Date>,
    /// One JSON object on stdout
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct ReviewArgs {
    /// The programme, by code or name
    programme: String,
    /// The member whose receipt it was, by number, ID number or name [default: all receipts of the
    /// programme in the household]
    #[arg(long, value_name = "MEMBER", default_value = "")]
    member: String,
    /// Who decided
    #[arg(long, value_name = "NAME", default_value = "")]
    by: String,
    /// The day of the decision [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    on: Option<Date>,
    /// One JSON object on stdout
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &AddArgs, desk: &mut Desk) -> anyhow::Result<Ending> {
    let today = Date::today();
    let opened = desk.open(OpenRequest::Existing {
        path: args.workspace.clone(),
        read_only: false,
        generation: Generation::default(),
        as_of: today,
    })?;
    let (entry, json) = entry(&args.what, &opened.town.snapshot.catalogue, today)?;
    if let Some(mistake) = entry.mistake(today) {
        return Err(Fault::input(Message::new(mistake.key)).into());
    }
    let batch = record(&opened.workspace, &args.household, &entry, desk.lang)?;
    desk.lap("record");
    if json {
        let object = Object::default()
            .with("household_id", args.household.as_str())
            .with("batch", batch);
        out::result(format!("{}\n", object.text()).as_bytes())?;
    } else {
        desk.tell(&entry.what(&args.household).text(desk.lang))?;
    }
    Ok(Ending::Done)
}

/// What is to be recorded, and whether the answer is JSON.
fn entry(what: &What, catalogue: &Catalogue, today: Date) -> Result<(Entry, bool), Fault> {
    Ok(match what {
        What::Visit(args) => {
            let is_plan = args.on.is_none() && args.planned.is_some() && args.number.is_none();
            let visit = Visit {
                planned_on: args.planned,
                done_on: args.on.or((!is_plan).then_some(today)),
                worker: args.worker.clone(),
                seen: args.seen.map(|seen| seen == YesNo::Yes),
                outcome: args.outcome.clone(),
                next_due: args.next_due,
                ..Visit::default()
            };
            let planned = args.number;
            (Entry::Visit { visit, planned }, args.json)
        }
        What::Need(args) => {
            let place = place(&args.category, &catalogue.needs, "cli.unknown_need")?;
            let category = catalogue.needs.get(place).map(|term| term.code.clone());
            let need = Need {
                member: args.member.clone(),
                category: category.unwrap_or_default(),
                detail: args.detail.clone(),
                source: args.source.clone(),
                raised_on: Some(args.on.unwrap_or(today)),
                urgency: Some(args.urgency),
                ..Need::default()
            };
            (Entry::Need(need), args.json)
        }
        What::NeedStatus(args) => {
            let status = match args.status {
                Status::Open => NeedStatus::Open,
                Status::Referred => NeedStatus::Referred,
                Status::Met => NeedStatus::Met,
                Status::Withdrawn => NeedStatus::Withdrawn,
            };
            let entry = Entry::NeedStatus {
                need: args.number,
                status,
                on: args.on.unwrap_or(today),
            };
            (entry, args.json)
        }
        What::Note(args) => {
            let note = Note {
                on: Some(args.on.unwrap_or(today)),
                text: args.text.clone(),
                author: args.by.clone(),
                ..Note::default()
            };
            (Entry::Note(note), args.json)
        }
        What::Review(args) => {
            let programmes = &catalogue.programmes;
            let place = place(&args.programme, programmes, "cli.unknown_programme")?;
            let programme = programmes.get(place).map(|term| term.code.clone());
            let review = Review {
                member: args.member.clone(),
                programme: programme.unwrap_or_default(),
                on: Some(args.on.unwrap_or(today)),
                author: args.by.clone(),
                ..Review::default()
            };
            (Entry::Review(review), args.json)
        }
    })
}
