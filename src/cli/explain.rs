//! `explain`: what the rules say of one household, and why.

use super::args::ExplainArgs;
use super::desk::Desk;
use super::ending::Ending;
use super::json::{self, Object};
use super::summary::place;
use super::{card_json, out};
use crate::analysis::Explanation;
use crate::base::digits::figure;
use crate::jobs::{CardRequest, ExplainRequest, Town};
use crate::layer::{
    FactLine, FactOrigins, ReasonLine, missing_text, reason_lines, unit_text, verdict_word,
};
use crate::words::{Fault, Message};
use std::fmt::Write as _;
use std::sync::Arc;

pub(super) fn run(args: &ExplainArgs, desk: &mut Desk) -> anyhow::Result<Ending> {
    let opened = desk.look_at(&args.workspace, args.as_of)?;
    let town = Arc::clone(&opened.town);
    let households = &town.snapshot.households;
    let row = (0..households.len() as u32)
        .find(|row| households.id.get(*row) == args.household)
        .ok_or_else(|| {
            Fault::input(Message::new("cli.no_such_household").arg("id", &args.household))
        })?;
    let programmes = &town.snapshot.catalogue.programmes;
    let wanted = match &args.programme {
        Some(name) => Some(place(name, programmes, "cli.unknown_programme")?),
        None => None,
    };
    let request = ExplainRequest {
        town: Arc::clone(&town),
        row,
    };
    let mut explained = desk.explain(request)?;
    explained.programmes.retain(|asked| {
        asked
            .first()
            .is_some_and(|one| wanted.is_none_or(|wanted| wanted == usize::from(one.programme)))
    });
    desk.lap("explain");
    let card = desk.card(CardRequest {
        town: Arc::clone(&town),
        workspace: opened.workspace.clone(),
        row,
    })?;
    desk.lap("card");
    let printer = Printer {
        town: &town,
        origins: &card.origins,
        row,
        desk,
        masked: !args.unmasked,
    };
    let text = if args.json {
        let all: Vec<String> = explained
            .programmes
            .iter()
            .map(|asked| printer.json(asked))
            .collect();
        let object = Object::default()
            .with("household_id", args.household.as_str())
            .with("silent", explained.silence.is_silent())
            .with_json("programmes", &json::array(&all));
        format!("{}\n", object.text())
    } else {
        let all = explained.programmes.iter();
        let mut text: String = all.map(|asked| printer.text(asked)).collect();
        if explained.silence.is_silent() {
            text.push_str(&printer.desk.t("cli.is_silent"));
            text.push('\n');
        }
        text
    };
    out::result(text.as_bytes())?;
    Ok(Ending::Done)
}

struct Printer<'a> {
    town: &'a Town,
    origins: &'a FactOrigins,
    row: u32,
    desk: &'a Desk,
    masked: bool,
}

impl Printer<'_> {
    /// The word of how a programme stands for the household.
    fn standing(&self, programme: u8) -> &'static str {
        self.town.gaps.standing(self.row, programme).code()
    }

    fn json(&self, asked: &[Explanation]) -> String {
        let catalogue = &self.town.snapshot.catalogue;
        let place = asked.first().map_or(0, |one| one.programme);
        let term = catalogue.programmes.get(usize::from(place));
        let units: Vec<String> = asked
            .iter()
            .map(|one| {
                let missing: Vec<String> = one
                    .reason
                    .missing()
                    .iter()
                    .map(|missing| missing.fact.code().to_owned())
                    .collect();
                let reason: Vec<String> = self.lines(one);
                let facts: Vec<String> = self
                    .reason(one)
                    .iter()
                    .flat_map(|line| &line.facts)
                    .map(fact_json)
                    .collect();
                Object::default()
                    .with("unit", self.unit(one))
                    .with("verdict", one.reason.verdict.code())
                    .with("missing", missing)
                    .with("monthly_amount", one.monthly_amount)
                    .with("reason", reason)
                    .with_json("facts", &json::array(&facts))
                    .text()
            })
            .collect();
        Object::default()
            .with("programme", term.map_or("", |term| term.code.as_str()))
            .with("standing", self.standing(place))
            .with_json("units", &format!("[{}]", units.join(", ")))
            .text()
    }

    fn unit(&self, one: &Explanation) -> String {
        unit_text(one.unit, &self.town.snapshot, self.desk.lang, self.masked)
    }

    fn reason(&self, one: &Explanation) -> Vec<ReasonLine> {
        let lang = self.desk.lang;
        reason_lines(one, &self.town.snapshot, self.origins, lang, self.masked)
    }

    /// The reason, a clause a line, with a sign before it.
    fn lines(&self, one: &Explanation) -> Vec<String> {
        self.reason(one)
            .iter()
            .map(|line| {
                let indent = "  ".repeat(usize::from(line.depth));
                let verdict = self.desk.t(verdict_sign(line.verdict.code()));
                format!("{indent}{verdict} {}", line.whole(self.desk.lang))
            })
            .collect()
    }

    fn text(&self, asked: &[Explanation]) -> String {
        let lang = self.desk.lang;
        let catalogue = &self.town.snapshot.catalogue;
        let place = asked.first().map_or(0, |one| one.programme);
        let name = catalogue.programmes.get(usize::from(place));
        let name = name.map_or("", |term| term.name(lang));
        let standing = lang.t(&format!("cli.standing_{}", self.standing(place)));
        let mut text = format!("{name} · {standing}\n");
        for one in asked {
            let unit = self.unit(one);
            let verdict = lang.t(verdict_word(one.reason.verdict));
            let space = if unit.is_empty() { "" } else { " · " };
            // Writing to a String cannot fail.
            let _ = write!(text, "  {unit}{space}{verdict}");
            if let Some(amount) = one.monthly_amount {
                let amount = lang.with("cli.amount_a_month", &[("amount", &figure(amount, 0))]);
                let _ = write!(text, " · {amount}");
            }
            text.push('\n');
            for line in self.lines(one) {
                let _ = writeln!(text, "    {line}");
            }
            let missing = one.reason.missing();
            if !missing.is_empty() {
                let facts = missing_text(&missing, catalogue, lang);
                let facts = lang.with("cli.facts_missing", &[("facts", &facts)]);
                let _ = writeln!(text, "    {facts}");
            }
        }
        text
    }
}

/// A fact with the files and rows that it stands on.
fn fact_json(fact: &FactLine) -> String {
    let from: Vec<String> = fact
        .origins
        .iter()
        .map(|origin| card_json::origin(Object::default(), origin).text())
        .collect();
    Object::default()
        .with("fact", fact.code)
        .with("text", fact.text.as_str())
        .with(
            "source",
            Some(fact.source.as_str()).filter(|source| !source.is_empty()),
        )
        .with_json("from", &json::array(&from))
        .text()
}

fn verdict_sign(code: &str) -> &'static str {
    match code {
        "yes" => "cli.sign_yes",
        "no" => "cli.sign_no",
        _ => "cli.sign_unknown",
    }
}
