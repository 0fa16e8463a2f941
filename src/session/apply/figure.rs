//! A figure is opened: the filter line says whom it counts, or a picked set does, and the list shows
//! exactly them.

use crate::analysis::{StandingPart, happened_rows, steady_rows};
use crate::base::Progress;
use crate::jobs::{Found, Painted, Town};
use crate::layer::{HeatKind, LayerId, LayerKind, Scope};
use crate::model::ProblemKind;
use crate::query::{self, EvalContext, Filter, RowSet};
use crate::session::figure::{Base, Opened};
use crate::session::{BottomTab, Effects, Figure, Inspected, Session, TrialPlace, Who};
use crate::snapshot::{AreaIndex, Unsettled};
use std::sync::Arc;

/// What selects exactly the picked households.
const SELECTED: &str = "selected:yes";

/// How the list comes to show the households of a figure.
enum Way {
    /// The filter line says it.
    Line(String),
    /// The filter as it is.
    Same,
    /// The filter as it is and this.
    And(String),
    /// These, of which the line keeps some.
    Picked(RowSet, String),
    /// These; the line says it where this means the same.
    PickedOr(RowSet, String),
}

impl Session {
    /// Shows the households of a figure in the list.
    pub(super) fn open_figure(&mut self, figure: &Figure, effects: &mut Effects) {
        let Some(town) = self.town().cloned() else {
            return;
        };
        let Some(way) = self.way(&figure.who, &town) else {
            return;
        };
        let keeps_sheet = matches!(
            figure.who,
            Who::Needs(..) | Who::Steady(_) | Who::Compared(..)
        );
        let base = keeps_sheet.then(|| self.as_base()).flatten();
        if let Some(day) = figure.as_of {
            self.view.as_of = day;
        }
        match way {
            Way::Line(text) => self.set_filter_text(text),
            Way::Same => {}
            Way::And(text) => {
                if let Ok(filter) = query::parse(&text, &town.snapshot.catalogue) {
                    self.add_filter(filter);
                }
            }
            Way::Picked(rows, text) => {
                let text = format!("{SELECTED} {text}");
                self.pick_rows(rows, text.trim().to_owned(), effects);
            }
            Way::PickedOr(rows, text) => {
                if figure.as_of.is_none() && self.means(&text, &rows, &town) {
                    self.set_filter_text(text);
                } else {
                    self.pick_rows(rows, SELECTED.to_owned(), effects);
                }
            }
        }
        if matches!(self.inspected, Some(Inspected::Household(_))) {
            self.inspected = None;
        }
        self.note_opened((figure.count, figure.counted), base, effects);
    }

    /// Picks these households and brings them to the list and the map.
    pub(super) fn pick_rows(&mut self, rows: RowSet, text: String, effects: &mut Effects) {
        effects.show = self.box_to_show(&rows).or(effects.show);
        self.view.selection = Some(Arc::new(rows));
        self.set_filter_text(text);
    }

    /// The list is what a figure opened into: all of it, in sight, with what the figure counted.
    pub(in crate::session) fn note_opened(
        &mut self,
        (count, counted): (u64, crate::session::Counted),
        base: Option<Base>,
        effects: &mut Effects,
    ) {
        self.view.quota = None;
        let uses_selection = self.view.filter.uses_selection();
        let selected = self.view.selection.as_ref().map(|rows| rows.count());
        self.opened = Some(Opened {
            count,
            counted,
            filter: self.view.filter.clone(),
            as_of: self.view.as_of,
            selected: selected.filter(|_| uses_selection),
            base,
        });
        if self.settings.bottom != BottomTab::List || !self.settings.list_panel {
            self.show_tab(BottomTab::List, effects);
        }
    }

    /// The list as it is, for the sheets to go on with.
    pub(in crate::session) fn as_base(&self) -> Option<Base> {
        if let Some(base) = self.base() {
            return Some(base.clone());
        }
        let filtered = self.results.filtered.as_ref()?;
        Some(Base {
            generation: filtered.generation,
            rows: Arc::clone(&filtered.rows),
            found: Arc::clone(&filtered.found),
            quota: self.view.quota,
        })
    }

    /// Whether a line finds exactly these households.
    fn means(&self, text: &str, rows: &RowSet, town: &Town) -> bool {
        !text.is_empty() && self.find(text, town).is_some_and(|found| found == *rows)
    }

    /// The households of a line.
    fn find(&self, text: &str, town: &Town) -> Option<RowSet> {
        let filter = query::parse(text, &town.snapshot.catalogue).ok()?;
        self.find_filter(&filter, town)
    }

    fn find_filter(&self, filter: &Filter, town: &Town) -> Option<RowSet> {
        let context = EvalContext {
            as_of: self.view.as_of,
            selection: self.view.selection.as_deref(),
            choice: self.view.choice,
        };
        query::eval(filter, &town.snapshot, &context, &Progress::new()).ok()
    }

    fn way(&self, who: &Who, town: &Town) -> Option<Way> {
        Some(match who {
            Who::Query(text, area) => Way::Line(in_area(town, text, *area)),
            Who::Selected => Way::Line(SELECTED.to_owned()),
            Who::Unlimited => Way::Same,
            Who::Listed(text) => self.listed(text)?,
            Who::Standing(programme, part, area) => {
                let rows = town.gaps.rows(1 << (programme & 63), *part);
                let text = standing_text(town, *programme, *part);
                Way::PickedOr(within(town, rows, *area), in_area(town, &text, *area))
            }
            Who::Trial(programmes, part, place) => {
                let tried = self.what_if()?;
                let rows = tried.what_if.rows(&town.gaps, *programmes, *part);
                Way::Picked(at_place(town, rows, *place), String::new())
            }
            Who::Needs(category, part) => {
                let categories = category.map_or(self.view.choice.needs, |one| 1 << (one & 63));
                let matching = &self.matched()?.matching;
                let rows = matching.rows(self.sheet_rows()?, categories, *part);
                Way::Picked(rows, String::new())
            }
            Who::Compared(text, area) => {
                let rows = &self.changes()?.rows;
                let text = in_area(town, text, *area);
                if rows.count() == town.snapshot.households.len() {
                    Way::Line(text)
                } else {
                    Way::Picked(RowSet::clone(rows), text)
                }
            }
            Who::Happened(what, after, until, area) => {
                let snapshot = &town.snapshot;
                let rows = happened_rows(snapshot, self.view.choice, *what, *after, *until);
                Way::Picked(within(town, rows, *area), String::new())
            }
            Who::Class(layer, class) => {
                Way::Picked(self.class_rows(*layer, *class, town)?, String::new())
            }
            Who::Drawn(layer) => self.drawn(*layer, town)?,
            Who::LayerArea(layer, area, text) => {
                let scope = &self.view.layer(*layer)?.scope;
                self.of_scope(scope, in_area(town, text, Some(*area)))?
            }
            Who::Steady(part) => {
                let filtered = self.results.filtered.as_ref()?;
                let steady = self.steadiness()?;
                let found = self.base().map_or(&filtered.found, |base| &base.found);
                let components = &filtered.scores.priority.components;
                let rows = steady_rows(&town.snapshot, found, components, steady, *part);
                Way::Picked(rows, String::new())
            }
            Who::WithMembers => {
                let snapshot = &town.snapshot;
                let mut rows = RowSet::none(snapshot.households.len());
                let listed = snapshot.people.household.iter();
                listed.for_each(|row| rows.insert(*row));
                Way::Picked(rows, String::new())
            }
            Who::Findings(kind) => Way::Picked(self.finding_rows(*kind, town)?, String::new()),
        })
    }

    /// Of the list what a line keeps.
    fn listed(&self, text: &str) -> Option<Way> {
        let filtered = self.results.filtered.as_ref()?;
        Some(match (self.view.quota, text.is_empty()) {
            (None, true) => Way::Same,
            (None, false) => Way::And(text.to_owned()),
            // Who is on a limited list no line can say.
            (Some(_), _) => Way::Picked(RowSet::clone(&filtered.rows), text.to_owned()),
        })
    }

    /// Of a layer's households what a line keeps.
    fn of_scope(&self, scope: &Scope, text: String) -> Option<Way> {
        match scope {
            Scope::All => Some(Way::Line(text)),
            Scope::Filtered => self.listed(&text),
            Scope::Own(own) => Some(Way::Line(format!("({own}) {text}"))),
        }
    }

    /// The households that a layer of points or a heat map shows: those with a place on the map of whom
    /// it tells.
    fn drawn(&self, id: LayerId, town: &Town) -> Option<Way> {
        let spec = self.view.layer(id)?;
        let programmes = &town.snapshot.catalogue.programmes;
        let text = match &spec.kind {
            LayerKind::Points { of_concern: true }
            | LayerKind::Heat {
                kind: HeatKind::Reach | HeatKind::FullCoverage,
                ..
            } => "concern:yes located:yes".to_owned(),
            LayerKind::Heat { kind, .. } => match kind {
                HeatKind::UnmetLoad => "(need:any or gap:any) located:yes".to_owned(),
                HeatKind::Unsettled(what, place) => {
                    let field = match what {
                        Unsettled::Gap => "gap",
                        Unsettled::Review => "review",
                        Unsettled::Unknown => "unclear",
                    };
                    let code = match place {
                        Some(place) => {
                            format!("\"{}\"", programmes.get(usize::from(*place))?.code)
                        }
                        None => "any".to_owned(),
                    };
                    format!("{field}:{code} located:yes")
                }
                HeatKind::Unmatched => return self.waiting(&spec.scope, town),
                _ => "located:yes".to_owned(),
            },
            _ => "located:yes".to_owned(),
        };
        self.of_scope(&spec.scope, text)
    }

    /// The households with a place on the map whose needs nobody near can meet.
    fn waiting(&self, scope: &Scope, town: &Town) -> Option<Way> {
        let choice = self.view.choice;
        let loads = town.unmatched_loads(choice, &Progress::new()).ok()?;
        let mut rows = RowSet::none(town.snapshot.households.len());
        let waiting = (0..).zip(loads.iter()).filter(|(_, load)| **load > 0.0);
        waiting.for_each(|(row, _)| rows.insert(row));
        let rows = self.in_scope(scope, rows, town)?;
        Some(Way::Picked(rows, "located:yes".to_owned()))
    }

    /// Of these households those of a layer.
    fn in_scope(&self, scope: &Scope, rows: RowSet, town: &Town) -> Option<RowSet> {
        Some(match scope {
            Scope::All => rows,
            Scope::Filtered => rows.and(&self.results.filtered.as_ref()?.rows),
            Scope::Own(text) => rows.and(&self.find(text, town)?),
        })
    }

    /// The households in the areas of a class, as the layer shows them.
    fn class_rows(&self, id: LayerId, class: Option<usize>, town: &Town) -> Option<RowSet> {
        let result = self.results.layers.get(&id)?;
        let (Painted::Areas { values, .. }, Some(level)) =
            (&result.painted, result.spec.kind.level())
        else {
            return None;
        };
        let snapshot = &town.snapshot;
        let mut is_meant = vec![false; snapshot.areas.len()];
        for value in values.iter().filter(|value| value.class == class) {
            if let Some(is_meant) = is_meant.get_mut(value.area.0 as usize) {
                *is_meant = true;
            }
        }
        let lives_there = |area: AreaIndex| {
            let area = snapshot.areas.at_level(area, level);
            area.and_then(|area| is_meant.get(area.0 as usize)) == Some(&true)
        };
        let mut rows = RowSet::none(snapshot.households.len());
        for (row, area) in (0_u32..).zip(&snapshot.households.area) {
            if lives_there(*area) {
                rows.insert(row);
            }
        }
        self.in_scope(&result.spec.scope, rows, town)
    }

    /// The households whom the findings of a kind are about.
    fn finding_rows(&self, kind: ProblemKind, town: &Town) -> Option<RowSet> {
        let check = self.results.check.as_ref()?;
        let mut rows = RowSet::none(town.snapshot.households.len());
        for (_, finding) in check.open(kind) {
            match &finding.found {
                Found::Pair(pair) => pair.rows.iter().flatten().for_each(|row| rows.insert(*row)),
                Found::Counts(counts) => counts.row.iter().for_each(|row| rows.insert(*row)),
                Found::Ground(_) => {}
            }
        }
        Some(rows)
    }
}

/// A line that is also about an area.
fn in_area(town: &Town, text: &str, area: Option<AreaIndex>) -> String {
    let code = area.and_then(|area| town.snapshot.areas.code.get(area.0 as usize));
    let text = match code {
        Some(code) => format!("{text} area:\"{code}\""),
        None => text.to_owned(),
    };
    text.trim().to_owned()
}

/// Those of the households who live in an area, or in one below it.
fn within(town: &Town, rows: RowSet, area: Option<AreaIndex>) -> RowSet {
    at_place(
        town,
        rows,
        area.map_or(TrialPlace::Anywhere, TrialPlace::Area),
    )
}

fn at_place(town: &Town, rows: RowSet, place: TrialPlace) -> RowSet {
    if place == TrialPlace::Anywhere {
        return rows;
    }
    let snapshot = &town.snapshot;
    let mut there = RowSet::none(rows.table_len());
    let is_there = |row: &u32| {
        let own = snapshot.households.area.get(*row as usize).copied();
        let own = own.filter(|own| own.get().is_some());
        match place {
            TrialPlace::Anywhere => true,
            TrialPlace::NoArea => own.is_none(),
            TrialPlace::Area(area) => {
                own.is_some_and(|own| snapshot.areas.chain(own).any(|above| above == area))
            }
        }
    };
    let meant = rows.iter().filter(is_there);
    meant.for_each(|row| there.insert(row));
    there
}

/// What the filter line says of a programme's figure, mostly.
fn standing_text(town: &Town, programme: u8, part: StandingPart) -> String {
    let terms = &town.snapshot.catalogue.programmes;
    let Some(term) = terms.get(usize::from(programme)) else {
        return String::new();
    };
    let code = &term.code;
    match part {
        StandingPart::Eligible | StandingPart::Entitled => format!("eligible:\"{code}\""),
        StandingPart::Covered => format!("eligible:\"{code}\" programme:\"{code}\""),
        StandingPart::Gap => format!("gap:\"{code}\""),
        StandingPart::Review => format!("review:\"{code}\""),
        StandingPart::Unknown => format!("unclear:\"{code}\""),
    }
}
