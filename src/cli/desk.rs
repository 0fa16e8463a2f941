//! What every command works with: the language, the runner, and where the time went.

use super::json::Object;
use super::{memory, out};
use crate::analysis::Steadiness;
use crate::base::Stopwatch;
use crate::jobs::{
    Card, CardRequest, ChangesFound, ChangesRequest, ChartFileRequest, ChartRequest, Charted,
    EditRequest, Edited, Event, ExplainRequest, Explained, ExportRequest, Exported, FileChoice,
    FileRole, FilterRequest, Filtered, GenerateRequest, Generated, HistoryRequest,
    HouseholdHistory, ImportRequest, Imported, InlineRunner, MatchRequest, Matched, OpenRequest,
    Opened, PictureRequest, Pictured, Request, SteadinessRequest, TableRequest, TableWritten,
    TemplateRequest, Templated, TimeLineFound, TimeLineRequest, Tried, WhatIfRequest,
    catalogue_unreadable,
};
use crate::model::Date;
use crate::words::{Fault, Lang, Message};
use serde_json::Value;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// One run of the program.
pub(super) struct Desk {
    /// The language of messages and names.
    pub(super) lang: Lang,
    quiet: bool,
    runner: InlineRunner,
    timings: Stopwatch,
}

impl Desk {
    pub(super) fn new(lang: Lang, quiet: bool) -> Self {
        Self {
            lang,
            quiet,
            runner: InlineRunner::default(),
            timings: Stopwatch::start(),
        }
    }

    /// The text of a key.
    pub(super) fn t(&self, key: &str) -> Cow<'static, str> {
        self.lang.t(key)
    }

    /// Says what was done, unless nobody wants to know.
    pub(super) fn tell(&self, line: &str) -> Result<(), Fault> {
        if self.quiet {
            Ok(())
        } else {
            out::result(format!("{}\n", line.trim_end()).as_bytes())
        }
    }

    /// The line below a table that says of which day it is.
    pub(super) fn as_of_line(&self, as_of: Date) -> String {
        let date = as_of.to_string();
        format!("\n{}\n", self.lang.with("cli.as_of", &[("date", &date)]))
    }

    /// Says something beside the result, unless nobody wants to know.
    pub(super) fn remark(&self, line: &str) {
        if !self.quiet {
            out::aside(line);
        }
    }

    pub(super) fn open(&mut self, request: OpenRequest) -> Result<Opened, Fault> {
        let opened = self.ask(Request::Open(request), |event| match event {
            Event::Opened(opened) => Some(*opened),
            _ => None,
        })?;
        self.timings.absorb(&opened.timings);
        if let Some(mistake) = &opened.town.catalogue_mistake {
            self.remark(&catalogue_unreadable(mistake, self.lang).text(self.lang));
        }
        Ok(opened)
    }

    /// Opens a workspace to look at it, as it stands on a day.
    pub(super) fn look_at(&mut self, path: &Path, as_of: Option<Date>) -> Result<Opened, Fault> {
        let generation = crate::base::Generation::default();
        self.open(OpenRequest::Existing {
            path: path.to_owned(),
            read_only: true,
            generation,
            as_of: as_of.unwrap_or_else(Date::today),
        })
    }

    pub(super) fn import(&mut self, request: ImportRequest) -> Result<Imported, Fault> {
        let imported = self.ask(Request::Import(request), |event| match event {
            Event::Imported(imported) => Some(*imported),
            Event::Rehearsed(rehearsed) => Some(Imported {
                report: rehearsed.report,
                difference: rehearsed.difference,
                town: None,
                problems: 0,
                batches: Vec::new(),
                timings: rehearsed.timings,
            }),
            _ => None,
        })?;
        self.timings.absorb(&imported.timings);
        Ok(imported)
    }

    /// Says of every table among some files what a template says.
    pub(super) fn apply_template(
        &self,
        template: &Path,
        files: &mut [FileChoice],
    ) -> Result<(), Fault> {
        for choice in files {
            let Some(FileRole::Table(kind)) = choice.role else {
                continue;
            };
            let request = TemplateRequest::Apply {
                choice: choice.clone(),
                path: template.to_owned(),
            };
            let applied = self.ask(Request::Template(request), |event| match event {
                Event::Templated(Templated::Applied(choice)) => Some(*choice),
                _ => None,
            })?;
            // A template of another kind of table says nothing of this one.
            if applied.role == Some(FileRole::Table(kind)) {
                *choice = applied;
            }
        }
        Ok(())
    }

    pub(super) fn filter(&mut self, request: FilterRequest) -> Result<Filtered, Fault> {
        let filtered = self.ask(Request::Filter(request), |event| match event {
            Event::Filtered(filtered) => Some(*filtered),
            _ => None,
        })?;
        self.timings.absorb(&filtered.timings);
        Ok(filtered)
    }

    pub(super) fn export(&mut self, request: ExportRequest) -> Result<Exported, Fault> {
        let exported = self.ask(Request::Export(request), |event| match event {
            Event::Exported(exported) => Some(exported),
            _ => None,
        })?;
        self.lap("export");
        Ok(exported)
    }

    pub(super) fn steadiness(&mut self, request: SteadinessRequest) -> Result<Steadiness, Fault> {
        let steadied = self.ask(Request::Steadiness(request), |event| match event {
            Event::Steadied(steadied) => Some(*steadied),
            _ => None,
        })?;
        self.lap("steadiness");
        Ok(steadied.steadiness)
    }

    pub(super) fn explain(&mut self, request: ExplainRequest) -> Result<Explained, Fault> {
        self.ask(Request::Explain(request), |event| match event {
            Event::Explained(explained) => Some(*explained),
            _ => None,
        })
    }

    pub(super) fn edit(&mut self, request: EditRequest) -> Result<Edited, Fault> {
        let edited = self.ask(Request::Edit(request), |event| match event {
            Event::Edited(edited) => Some(*edited),
            _ => None,
        })?;
        self.lap("edit");
        Ok(edited)
    }

    pub(super) fn timeline(&mut self, request: TimeLineRequest) -> Result<TimeLineFound, Fault> {
        self.ask(Request::TimeLine(request), |event| match event {
            Event::TimeLineFound(found) => Some(*found),
            _ => None,
        })
    }

    pub(super) fn changes(&mut self, request: ChangesRequest) -> Result<ChangesFound, Fault> {
        self.ask(Request::Changes(request), |event| match event {
            Event::ChangesFound(found) => Some(*found),
            _ => None,
        })
    }

    pub(super) fn what_if(&mut self, request: WhatIfRequest) -> Result<Tried, Fault> {
        self.ask(Request::WhatIf(request), |event| match event {
            Event::Tried(tried) => Some(*tried),
            _ => None,
        })
    }

    pub(super) fn history(&mut self, request: HistoryRequest) -> Result<HouseholdHistory, Fault> {
        self.ask(Request::History(request), |event| match event {
            Event::HistoryFound(history) => Some(*history),
            _ => None,
        })
    }

    pub(super) fn card(&mut self, request: CardRequest) -> Result<Card, Fault> {
        self.ask(Request::Card(request), |event| match event {
            Event::CardFound(card) => Some(*card),
            _ => None,
        })
    }

    pub(super) fn matching(&mut self, request: MatchRequest) -> Result<Matched, Fault> {
        let matched = self.ask(Request::Match(request), |event| match event {
            Event::Matched(matched) => Some(*matched),
            _ => None,
        })?;
        self.lap("match");
        Ok(matched)
    }

    pub(super) fn table(&mut self, request: TableRequest) -> Result<TableWritten, Fault> {
        let written = self.ask(Request::Table(request), |event| match event {
            Event::TableWritten(written) => Some(written),
            _ => None,
        })?;
        self.lap("export");
        Ok(written)
    }

    pub(super) fn picture(&mut self, request: PictureRequest) -> Result<Pictured, Fault> {
        let pictured = self.ask(Request::Picture(request), |event| match event {
            Event::Pictured(pictured) => Some(pictured),
            _ => None,
        })?;
        self.lap("picture");
        Ok(pictured)
    }

    pub(super) fn chart(&mut self, request: ChartRequest) -> Result<Charted, Fault> {
        let charted = self.ask(Request::Chart(request), |event| match event {
            Event::Charted(charted) => Some(*charted),
            _ => None,
        })?;
        self.lap("chart");
        Ok(charted)
    }

    pub(super) fn chart_file(&mut self, request: ChartFileRequest) -> Result<PathBuf, Fault> {
        let path = self.ask(Request::ChartFile(request), |event| match event {
            Event::ChartWritten(path) => Some(path),
            _ => None,
        })?;
        self.lap("chart_file");
        Ok(path)
    }

    pub(super) fn generate(&mut self, request: GenerateRequest) -> Result<Generated, Fault> {
        let generated = self.ask(Request::Generate(request), |event| match event {
            Event::Generated(generated) => Some(generated),
            _ => None,
        })?;
        self.lap("generate");
        Ok(generated)
    }

    /// Ends a stage of the command's own.
    pub(super) fn lap(&mut self, stage: &'static str) {
        self.timings.lap(stage);
    }

    fn ask<T>(&self, request: Request, pick: impl Fn(Event) -> Option<T>) -> Result<T, Fault> {
        match self.runner.run(request) {
            Event::Failed(_, fault) => Err(fault),
            event => pick(event).ok_or_else(|| Fault::failed(Message::new("jobs.panicked"))),
        }
    }

    /// Stage times in milliseconds and peak memory, as one JSON line.
    pub(super) fn timings_json(&self) -> String {
        let mut totals: Vec<(&str, f64)> = Vec::new();
        for (stage, took) in self.timings.stages() {
            let ms = took.as_secs_f64() * 1000.0;
            match totals.iter_mut().find(|(name, _)| name == stage) {
                Some((_, total)) => *total += ms,
                None => totals.push((stage, ms)),
            }
        }
        let stages = totals
            .into_iter()
            .fold(Object::default(), |stages, (stage, ms)| {
                stages.with(stage, rounded(ms))
            });
        Object::default()
            .with_json("stages", &stages.text())
            .with(
                "peak_memory_mb",
                memory::peak_mb().map_or(Value::Null, |mb| rounded(mb).into()),
            )
            .text()
    }
}

fn rounded(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}
