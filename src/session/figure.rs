//! Figures that open into the households that make them: what is clicked, and what the list then says.

use super::Session;
use crate::analysis::{Happening, MatchPart, Quota, StandingPart, SteadyPart, TrialPart};
use crate::base::Generation;
use crate::layer::LayerId;
use crate::model::{Date, ProblemKind, ProgrammeUnit};
use crate::query::{Filter, RowSet};
use crate::snapshot::AreaIndex;
use crate::words::Lang;
use std::sync::Arc;

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Households: the list is as long as the figure says.
    Households,
    /// Persons.
    Persons,
    /// Open needs.
    Needs,
    /// Entitlement gaps.
    Gaps,
    /// Visits.
    Visits,
    /// Areas.
    Areas,
    /// Findings of the data check.
    Findings,
    /// How often something happened.
    Times,
    /// Yuan a month.
    Yuan,
}

impl Counted {
    /// What a programme counts.
    pub fn of(unit: ProgrammeUnit) -> Self {
        match unit {
            ProgrammeUnit::Household => Self::Households,
            ProgrammeUnit::Person => Self::Persons,
        }
    }

    /// Its word in keys.
    fn code(self) -> &'static str {
        match self {
            Self::Households => "households",
            Self::Persons => "persons",
            Self::Needs => "needs",
            Self::Gaps => "gaps",
            Self::Visits => "visits",
            Self::Areas => "areas",
            Self::Findings => "findings",
            Self::Times => "times",
            Self::Yuan => "yuan",
        }
    }
}

/// Where the households of a trial live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrialPlace {
    /// Anywhere.
    Anywhere,
    /// In an area, or in one below it.
    Area(AreaIndex),
    /// In no area, or without a position.
    NoArea,
}

/// Which households make a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Who {
    /// Those of a query; where an area is said, in it.
    Query(String, Option<AreaIndex>),
    /// Those of the list as it stands that a query keeps; all of them where it is empty.
    Listed(String),
    /// Those of the filter, however many the list is limited to.
    Unlimited,
    /// Those selected.
    Selected,
    /// Those of whom the figures of a programme (by its place) tell.
    Standing(u8, StandingPart, Option<AreaIndex>),
    /// Those of whom the figures of the rules on trial tell, for these programmes as bits over their
    /// places.
    Trial(u64, TrialPart, TrialPlace),
    /// Those with needs of a category, or of all that are chosen, by what is proposed for them.
    Needs(Option<u8>, MatchPart),
    /// Those of the sheet of changes that a query keeps on the day of the figure, in an area where one
    /// is said.
    Compared(String, Option<AreaIndex>),
    /// Those to whom something happened after a day and up to another.
    Happened(Happening, Date, Date, Option<AreaIndex>),
    /// Those in the areas of a class of a layer; in those without data where no class is said.
    Class(LayerId, Option<usize>),
    /// Those whom a layer of points or a heat map shows.
    Drawn(LayerId),
    /// Those of a layer's households in an area that a query keeps.
    LayerArea(LayerId, AreaIndex, String),
    /// Those of the list of the most urgent, by what becomes of them when the weights move.
    Steady(SteadyPart),
    /// Those of whom members are listed.
    WithMembers,
    /// Those whom findings of the data check are about.
    Findings(ProblemKind),
}

/// A figure as it stands on screen, and the households that make it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The number.
    pub count: u64,
    /// What it counts.
    pub counted: Counted,
    /// Whom.
    pub who: Who,
    /// The day of it, where it is not that of the view.
    pub as_of: Option<Date>,
}

impl Figure {
    /// A figure of the day of the view.
    pub fn new(count: impl Into<u64>, counted: Counted, who: Who) -> Self {
        Self {
            count: count.into(),
            counted,
            who,
            as_of: None,
        }
    }

    /// A number of households.
    pub fn households(count: impl Into<u64>, who: Who) -> Self {
        Self::new(count, Counted::Households, who)
    }

    /// The same of another day.
    #[must_use]
    pub fn on(mut self, day: Date) -> Self {
        self.as_of = Some(day);
        self
    }
}

/// The list before a figure of a sheet was opened: the sheet goes on to show it.
#[derive(Debug, Clone)]
pub(super) struct Base {
    pub(super) generation: Generation,
    pub(super) rows: Arc<RowSet>,
    pub(super) found: Arc<RowSet>,
    pub(super) quota: Option<Quota>,
}

/// The figure that was opened last.
#[derive(Debug, Clone)]
pub(super) struct Opened {
    pub(super) count: u64,
    pub(super) counted: Counted,
    pub(super) filter: Filter,
    pub(super) as_of: Date,
    /// How many were selected, where the filter asks for it.
    pub(super) selected: Option<usize>,
    pub(super) base: Option<Base>,
}

impl Session {
    /// The figure that the list shows, as long as nobody went on to other households.
    pub(super) fn opened(&self) -> Option<&Opened> {
        let view = &self.view;
        let selected = view.selection.as_ref().map(|rows| rows.count());
        self.opened.as_ref().filter(|opened| {
            view.filter == opened.filter
                && view.as_of == opened.as_of
                && view.quota.is_none()
                && (opened.selected.is_none() || opened.selected == selected)
        })
    }

    /// What the figure counted that the list shows, in words, where it was not households: `with 57
    /// needs`.
    pub fn opened_text(&self, lang: Lang) -> Option<String> {
        let opened = self.opened()?;
        // While it is being found, the list is still the one before.
        let found = self.results.filtered.as_ref()?;
        if found.filter != opened.filter || self.asked.is_waiting_for_list() {
            return None;
        }
        if opened.counted == Counted::Households {
            return None;
        }
        let key = format!("session.opened_{}", opened.counted.code());
        let count = crate::base::digits::grouped(opened.count);
        Some(lang.with(&key, &[("count", &count)]))
    }

    /// The list before a figure of a sheet was opened, while it is.
    pub(super) fn base(&self) -> Option<&Base> {
        let generation = self.town()?.snapshot.generation;
        let base = self.opened()?.base.as_ref()?;
        (base.generation == generation).then_some(base)
    }

    /// The households that the sheets count: those of the list; while one of their figures is opened,
    /// those of the list before.
    pub fn sheet_rows(&self) -> Option<&Arc<RowSet>> {
        match self.base() {
            Some(base) => Some(&base.rows),
            None => self.results.filtered.as_ref().map(|found| &found.rows),
        }
    }
}
