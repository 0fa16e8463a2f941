//! `whatif`: what a moved standard or a changed catalogue would mean, before anything is changed.

// These comments are the help, where backticks would be seen.
#![allow(clippy::doc_markdown)]

use super::args::SummaryFormat;
use super::desk::Desk;
use super::ending::Ending;
use super::summary::place;
use super::whatif_answer::Answer;
use super::{out, parse};
use crate::analysis::wrong_rules;
use crate::base::Progress;
use crate::base::digits::{figure, grouped};
use crate::jobs::{ExportFormat, Opened, TableRequest, TableSource, Town, Tried, WhatIfRequest};
use crate::model::{AreaLevel, Catalogue, Date};
use crate::read;
use crate::words::{Fault, Lang, Message};
use crate::write;
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Debug, Args)]
pub(super) struct WhatIfArgs {
    /// The workspace file
    pub(super) workspace: PathBuf,
    /// A standard on trial: dibao_standard=1200, dibao_standard=+5%, or of one area dibao_standard@330282=1300
    #[arg(long = "set", value_name = "NAME[@AREA]=VALUE", value_parser = trial_value)]
    pub(super) set: Vec<TrialValue>,
    /// A whole catalogue on trial, as TOML; --set then changes it
    #[arg(long, value_name = "FILE.toml")]
    pub(super) catalogue: Option<PathBuf>,
    /// Areas of this level too
    #[arg(long, value_name = "grid|community|street|county", value_parser = parse::level)]
    pub(super) level: Option<AreaLevel>,
    /// One programme, by code or name [default: all with a rule]
    #[arg(long, value_name = "PROGRAMME")]
    pub(super) programme: Option<String>,
    /// The day of the rules and facts [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    pub(super) as_of: Option<Date>,
    /// The form of the answer
    #[arg(long, value_enum, default_value = "table")]
    pub(super) format: SummaryFormat,
    /// Write who comes in and who goes, with the reason: .csv or .xlsx
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Write names in full in that file
    #[arg(long, requires = "out")]
    pub(super) unmasked: bool,
}

/// A value to try.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TrialValue {
    name: String,
    /// The area prefix of the value; `None` for what holds everywhere, or with a share for all.
    area: Option<String>,
    to: TrialTo,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum TrialTo {
    /// This number.
    Number(f64),
    /// So much of what it is.
    Share(f64),
}

fn trial_value(text: &str) -> Result<TrialValue, String> {
    let advice = "write dibao_standard=1200, dibao_standard=+5% or dibao_standard@330282=1300";
    let (name, value) = text
        .split_once(['=', '＝'])
        .ok_or_else(|| advice.to_owned())?;
    let (name, area) = match name.split_once('@') {
        Some((name, area)) => (name, Some(area.trim().to_owned())),
        None => (name, None),
    };
    let value = value.trim().replace(['％', ' ', ','], "");
    let value = if text.contains('％') {
        format!("{value}%")
    } else {
        value
    };
    let number = |text: &str| -> Result<f64, String> {
        let number = text.replace('−', "-").parse::<f64>();
        let number = number.ok().filter(|number| number.is_finite());
        number.ok_or_else(|| advice.to_owned())
    };
    let to = match value.strip_suffix('%') {
        Some(percent) => TrialTo::Share(1.0 + number(percent)? / 100.0),
        None => TrialTo::Number(number(&value)?),
    };
    let value = match to {
        TrialTo::Number(value) | TrialTo::Share(value) => value,
    };
    if name.trim().is_empty() || area.as_deref() == Some("") || value < 0.0 {
        return Err(advice.to_owned());
    }
    Ok(TrialValue {
        name: name.trim().to_owned(),
        area,
        to,
    })
}

pub(super) fn run(args: &WhatIfArgs, desk: &mut Desk) -> anyhow::Result<Ending> {
    // A file name that cannot be used is said before the work.
    if let Some(path) = &args.out
        && ExportFormat::of_path(path)? == ExportFormat::GeoJson
    {
        let message = Message::new("jobs.table_format").arg("path", path.display());
        return Err(Fault::input(message).into());
    }
    if args.set.is_empty() && args.catalogue.is_none() {
        return Err(Fault::input(Message::new("whatif.cli_nothing_to_try")).into());
    }
    let opened = desk.look_at(&args.workspace, args.as_of)?;
    let town = Arc::clone(&opened.town);
    let own = &town.snapshot.catalogue;
    let wanted = match &args.programme {
        Some(name) => Some(place(name, &own.programmes, "cli.unknown_programme")?),
        None => None,
    };
    let mut trial = match &args.catalogue {
        Some(path) => read_catalogue(path, desk.lang)?,
        None => own.of_office(),
    };
    for one in &args.set {
        set(&mut trial, one, town.as_of)?;
    }
    let tried = desk.what_if(WhatIfRequest {
        town: Arc::clone(&town),
        catalogue: Arc::new(trial),
    })?;
    desk.lap("what_if");
    say_what_is_tried(&town, &tried, desk);
    let answer = Answer::new(&town, &tried, args.level, wanted);
    match args.format {
        SummaryFormat::Table => out::result(answer.text(desk.lang).as_bytes())?,
        SummaryFormat::Csv => out::result(&write::csv_bytes(&answer, &Progress::new())?)?,
        SummaryFormat::Json => out::result(format!("{}\n", answer.json()).as_bytes())?,
    }
    if let Some(path) = &args.out {
        write_changes(&opened, tried, (path, args.unmasked), desk)?;
    }
    Ok(Ending::Done)
}

fn write_changes(
    opened: &Opened,
    tried: Tried,
    (path, unmasked): (&Path, bool),
    desk: &mut Desk,
) -> Result<(), Fault> {
    let name = opened.workspace.path().file_stem().unwrap_or_default();
    let written = desk.table(TableRequest {
        workspace: opened.workspace.clone(),
        town: Arc::clone(&opened.town),
        source: TableSource::TrialChanges(Arc::new(tried)),
        workspace_name: name.to_string_lossy().into_owned(),
        unmasked,
        lang: desk.lang,
        path: path.to_owned(),
    })?;
    let counts = [
        ("count", &*grouped(written.rows as u64)),
        ("path", &*path.display().to_string()),
    ];
    desk.remark(&desk.lang.with("whatif.cli_written", &counts));
    Ok(())
}

fn read_catalogue(path: &Path, lang: Lang) -> Result<Catalogue, Fault> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Fault::input(Message::new("whatif.cli_unreadable").arg("path", path.display()))
            .because(error)
    })?;
    read::parse_catalogue(&text).map_err(|mistakes| {
        let mut message = Message::new("whatif.cli_bad_catalogue").arg("path", path.display());
        if let Some(first) = mistakes.first() {
            message = message
                .arg("line", first.line)
                .arg("column", first.column)
                .arg("mistake", first.message.text(lang));
        }
        Fault::input(message)
    })
}

/// Puts a value into a catalogue as if it held on the day.
fn set(catalogue: &mut Catalogue, wanted: &TrialValue, day: Date) -> Result<(), Fault> {
    let found = catalogue.threshold(&wanted.name);
    let known = || {
        let codes = catalogue.thresholds.iter().map(|one| one.code.as_str());
        codes.collect::<Vec<_>>().join(", ")
    };
    let unknown = Message::new("whatif.cli_unknown_threshold")
        .arg("name", &wanted.name)
        .arg("known", known());
    let threshold = found.and_then(|at| catalogue.thresholds.get_mut(at));
    let Some(threshold) = threshold else {
        return Err(Fault::input(unknown));
    };
    let in_force = threshold.in_force(day);
    let mut hits = 0;
    for at in &in_force {
        let Some(value) = threshold.values.get_mut(*at) else {
            continue;
        };
        let is_meant = match (&wanted.area, wanted.to) {
            (Some(area), _) => value.area == *area,
            // A share is one of every value.
            (None, TrialTo::Share(_)) => true,
            (None, TrialTo::Number(_)) => value.area.is_empty(),
        };
        if is_meant {
            value.value = match wanted.to {
                TrialTo::Number(number) => number,
                // 1,130 × 1.05 is 1,186.5, not a hair more.
                TrialTo::Share(share) => (value.value * share * 1e6).round() / 1e6,
            };
            hits += 1;
        }
    }
    if hits == 0 {
        let areas = in_force.iter().filter_map(|at| threshold.values.get(*at));
        let areas: Vec<&str> = areas.map(|value| value.area.as_str()).collect();
        let message = Message::new("whatif.cli_not_in_force")
            .arg("name", &threshold.code)
            .arg("day", day)
            .arg("areas", areas.join(", "));
        return Err(Fault::input(message));
    }
    Ok(())
}

/// What is on trial, and rules with a mistake.
fn say_what_is_tried(town: &Town, tried: &Tried, desk: &Desk) {
    let lang = desk.lang;
    let own = &town.snapshot.catalogue;
    for moved in own.threshold_moves(&tried.aligned) {
        let Some(threshold) = own.thresholds.get(moved.threshold) else {
            continue;
        };
        let area = threshold.values.get(moved.value);
        let area = area.map_or("", |value| value.area.as_str());
        let area = if area.is_empty() {
            String::new()
        } else {
            format!(" {area}")
        };
        let [today, trial] = [moved.today, moved.trial].map(|value| figure(value, 4));
        let values = [
            ("name", threshold.name(lang)),
            ("area", &area),
            ("today", &today),
            ("trial", &trial),
        ];
        desk.remark(&lang.with("whatif.cli_moved", &values));
    }
    for wrong in wrong_rules(&tried.aligned) {
        let programme = tried.aligned.programmes.get(wrong.programme);
        let programme = programme.map_or("", |term| term.name(lang));
        let key = if wrong.version.is_some() {
            "whatif.cli_wrong_rule"
        } else {
            "whatif.cli_wrong_amount"
        };
        let mistake = wrong.mistake.message.text(lang);
        let values = [("programme", programme), ("mistake", &mistake)];
        desk.remark(&lang.with(key, &values));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(name: &str, area: Option<&str>, to: TrialTo) -> TrialValue {
        TrialValue {
            name: name.to_owned(),
            area: area.map(str::to_owned),
            to,
        }
    }

    #[test]
    fn values_to_try_are_numbers_or_shares_everywhere_or_in_an_area() {
        let read = |text: &str| trial_value(text).ok();
        let number = TrialTo::Number;
        assert_eq!(
            read("dibao_standard=1200"),
            Some(value("dibao_standard", None, number(1_200.0)))
        );
        assert_eq!(
            read("低保标准 = 1,200.5"),
            Some(value("低保标准", None, number(1_200.5)))
        );
        assert_eq!(
            read("a@330282=-5%"),
            Some(value("a", Some("330282"), TrialTo::Share(0.95)))
        );
        assert_eq!(read("a=+10％"), Some(value("a", None, TrialTo::Share(1.1))));
        for wrong in [
            "a", "=3", "a=", "a=x", "a=-3", "a@=3", "a=nan", "a=inf", "a=-101%",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_number_is_for_everywhere_and_a_share_for_every_value() {
        let shipped = read::catalogue();
        let mut local = shipped.clone();
        let at = local.threshold("dibao_standard").unwrap();
        let everywhere = local.thresholds[at].values[0].clone();
        local.thresholds[at]
            .values
            .push(crate::model::ThresholdValue {
                area: "330282".to_owned(),
                value: 1_000.0,
                ..everywhere
            });
        let day = Date::parse("2026-11-21").unwrap();
        let tried = |text: &str| {
            let mut trial = local.clone();
            set(&mut trial, &trial_value(text).unwrap(), day).unwrap();
            let values = trial.thresholds[at].values.iter();
            values.map(|value| value.value).collect::<Vec<_>>()
        };
        let own = local.thresholds[at].values[0].value;
        assert_eq!(tried("dibao_standard=7"), [7.0, 1_000.0]);
        assert_eq!(tried("dibao_standard@330282=7"), [own, 7.0]);
        assert_eq!(tried("dibao_standard=+50%"), [own * 1.5, 1_500.0]);
        let mut trial = local.clone();
        let wrong = |text: &str, trial: &mut Catalogue| {
            let fault = set(trial, &trial_value(text).unwrap(), day).unwrap_err();
            fault.message.key().to_owned()
        };
        assert_eq!(
            wrong("nichts=7", &mut trial),
            "whatif.cli_unknown_threshold"
        );
        assert_eq!(
            wrong("dibao_standard@9=7", &mut trial),
            "whatif.cli_not_in_force"
        );
    }
}
