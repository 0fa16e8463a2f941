//! The list: which columns there are and what stands in a cell. The window, the exports and the
//! command line all read it here, so that they never disagree.

use crate::analysis::{Component, Priority, PriorityWeights, Reason, Steadiness, reasons};
use crate::base::digits;
use crate::model::{
    AreaLevel, ClockKind, Date, LonLat, Term, masked_id_number, masked_name, masked_phone,
};
use crate::query::Choice;
use crate::snapshot::{Snapshot, Unknown};
use crate::words::Lang;

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListField {
    /// The office's number.
    HouseholdId,
    /// Head of household.
    HeadName,
    /// Resident ID number.
    IdNumber,
    /// Telephone.
    Phone,
    /// Address.
    Address,
    /// Degrees east.
    Lon,
    /// Degrees north.
    Lat,
    /// Code of the declared area.
    GridCode,
    /// Name of the area that holds the household.
    Grid,
    /// Name of its community.
    Community,
    /// Number of members.
    Members,
    /// Members of 60 and older.
    Elderly,
    /// Members under 18.
    Children,
    /// Members with a disability.
    Disabled,
    /// Living alone.
    LivingAlone,
    /// Yuan a month.
    MonthlyIncome,
    /// Programmes received.
    Programmes,
    /// Open needs.
    Needs,
    /// Programmes that it should have and has not.
    Gaps,
    /// Programmes that it has and should not: to look at.
    Review,
    /// Programmes of which nobody knows, for want of a fact.
    Unclear,
    /// What is due first, of what is overdue or near.
    Due,
    /// Last visit.
    LastVisit,
    /// Days since the last visit.
    DaysSinceVisit,
    /// Tags.
    Tags,
    /// Notes.
    Notes,
    /// Priority score, 0 to 100.
    Priority,
    /// Why the priority is what it is.
    Reasons,
    /// What a component adds to the priority, in points.
    PriorityPart(Component),
    /// In how many of 100 lists by moved weights the household is among the most urgent.
    Steadiness,
}

impl ListField {
    /// Every column, in the order of a full export.
    pub const ALL: [Self; 35] = [
        Self::Priority,
        Self::HouseholdId,
        Self::HeadName,
        Self::IdNumber,
        Self::Phone,
        Self::Address,
        Self::Community,
        Self::Grid,
        Self::GridCode,
        Self::Members,
        Self::Elderly,
        Self::Children,
        Self::Disabled,
        Self::LivingAlone,
        Self::MonthlyIncome,
        Self::Programmes,
        Self::Needs,
        Self::Gaps,
        Self::Review,
        Self::Unclear,
        Self::Reasons,
        Self::Due,
        Self::LastVisit,
        Self::DaysSinceVisit,
        Self::Tags,
        Self::Notes,
        Self::Lon,
        Self::Lat,
        Self::PriorityPart(Component::UnmetLoad),
        Self::PriorityPart(Component::Gaps),
        Self::PriorityPart(Component::Vulnerability),
        Self::PriorityPart(Component::Waiting),
        Self::PriorityPart(Component::Visit),
        Self::PriorityPart(Component::HotSpot),
        Self::Steadiness,
    ];

    /// The columns of an export where nobody chose: what is to be looked at or found out first is
    /// another list than whom to visit, and how a score came about is for who asks.
    pub fn usual() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|field| {
            !matches!(
                field,
                Self::Review | Self::Unclear | Self::Due | Self::PriorityPart(_) | Self::Steadiness
            )
        })
    }

    /// Its name on the command line and in `GeoJSON`; the same words as in the input files.
    pub fn key(self) -> &'static str {
        match self {
            Self::HouseholdId => "household_id",
            Self::HeadName => "head_name",
            Self::IdNumber => "id_number",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Lon => "lon",
            Self::Lat => "lat",
            Self::GridCode => "grid_code",
            Self::Grid => "grid",
            Self::Community => "community",
            Self::Members => "members",
            Self::Elderly => "elderly",
            Self::Children => "children",
            Self::Disabled => "disabled",
            Self::LivingAlone => "living_alone",
            Self::MonthlyIncome => "monthly_income",
            Self::Programmes => "programmes",
            Self::Needs => "needs",
            Self::Gaps => "gaps",
            Self::Review => "review",
            Self::Unclear => "unclear",
            Self::Due => "due",
            Self::LastVisit => "last_visit",
            Self::DaysSinceVisit => "days_since_visit",
            Self::Tags => "tags",
            Self::Notes => "notes",
            Self::Priority => "priority",
            Self::Reasons => "reasons",
            Self::PriorityPart(component) => component.number(),
            Self::Steadiness => "steadiness",
        }
    }

    /// The column of its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == key)
    }

    /// Its heading in a language.
    pub fn heading(self, lang: Lang) -> String {
        lang.t(&format!("layer.field_{}", self.key())).into_owned()
    }

    /// A fair width for a spreadsheet, in characters.
    pub fn width_chars(self) -> f64 {
        match self {
            Self::IdNumber | Self::GridCode => 21.0,
            Self::Address | Self::Reasons | Self::Notes => 36.0,
            Self::Programmes | Self::Needs | Self::Gaps | Self::Review | Self::Unclear => 26.0,
            Self::HouseholdId | Self::Phone | Self::Due | Self::Grid | Self::Community => 16.0,
            _ => 11.0,
        }
    }

    /// Whether its cells are numbers (and so stand to the right).
    pub fn is_number(self) -> bool {
        matches!(
            self,
            Self::Lon
                | Self::Lat
                | Self::Members
                | Self::Elderly
                | Self::Children
                | Self::Disabled
                | Self::MonthlyIncome
                | Self::DaysSinceVisit
                | Self::Priority
                | Self::PriorityPart(_)
                | Self::Steadiness
        )
    }
}

/// The name of a kind of due day.
pub fn due_name(kind: ClockKind, lang: Lang) -> String {
    lang.t(&format!("query.due_{}", kind.code())).into_owned()
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum ListCell {
    /// Nothing is known.
    Empty,
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
}

impl ListCell {
    /// As a person reads it.
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => digits::figure(*number, 6),
        }
    }
}

/// What the cells depend on beside the snapshot.
#[derive(Debug, Clone, Copy)]
pub struct ListView<'a> {
    /// The town.
    pub snapshot: &'a Snapshot,
    /// The scores, if they are known.
    pub priority: Option<&'a Priority>,
    /// How steady the list of the most urgent is, if that is known.
    pub steadiness: Option<&'a Steadiness>,
    /// The day of the figures.
    pub as_of: Date,
    /// Which programmes and needs count.
    pub choice: Choice,
    /// The language of names.
    pub lang: Lang,
    /// Whether names, ID numbers and phones are hidden.
    pub masked: bool,
}

impl ListView<'_> {
    /// The cell of a row and a column.
    pub fn cell(&self, row: u32, field: ListField) -> ListCell {
        let households = &self.snapshot.households;
        let text = |text: &str| {
            if text.is_empty() {
                ListCell::Empty
            } else {
                ListCell::Text(text.to_owned())
            }
        };
        let sensitive = |plain: &str, mask: fn(&str) -> String| {
            if self.masked {
                text(&mask(plain))
            } else {
                text(plain)
            }
        };
        let count = |column: &[i32]| match column.get(row as usize) {
            Some(known) if *known != Unknown::COUNT => ListCell::Number(f64::from(*known)),
            _ => ListCell::Empty,
        };
        let number = |value: Option<f64>| {
            value
                .filter(|value| value.is_finite())
                .map_or(ListCell::Empty, ListCell::Number)
        };
        match field {
            ListField::HouseholdId => text(households.id.get(row)),
            ListField::HeadName => sensitive(households.head_name.get(row), masked_name),
            ListField::IdNumber => sensitive(households.id_number.get(row), masked_id_number),
            ListField::Phone => sensitive(households.phone.get(row), masked_phone),
            ListField::Address => text(households.address.get(row)),
            ListField::Lon => number(households.position(row).map(|LonLat { lon, .. }| lon)),
            ListField::Lat => number(households.position(row).map(|LonLat { lat, .. }| lat)),
            ListField::GridCode => text(households.declared_area.get(row)),
            ListField::Grid => text(&self.area_name(row, AreaLevel::Grid)),
            ListField::Community => text(&self.area_name(row, AreaLevel::Community)),
            ListField::Members => count(&households.members),
            ListField::Elderly => count(&households.elderly),
            ListField::Children => count(&households.children),
            ListField::Disabled => count(&households.disabled),
            ListField::LivingAlone => match households.living_alone.get(row as usize) {
                Some(1) => text(&self.lang.t("common.yes")),
                Some(0) => text(&self.lang.t("common.no")),
                _ => ListCell::Empty,
            },
            ListField::MonthlyIncome => {
                number(households.monthly_income.get(row as usize).copied())
            }
            ListField::Programmes => text(&self.programmes(row).join(self.separator())),
            ListField::Needs => text(&self.needs(row).join(self.separator())),
            ListField::Gaps => self.entitled(&households.entitlement.gap, row),
            ListField::Review => self.entitled(&households.entitlement.review, row),
            ListField::Unclear => self.entitled(&households.entitlement.unknown, row),
            ListField::Due => text(&self.due(row)),
            ListField::LastVisit => households
                .last_visit(row)
                .map_or(ListCell::Empty, |day| text(&day.to_string())),
            ListField::DaysSinceVisit => {
                number(households.days_since_visit(row, self.as_of).map(f64::from))
            }
            ListField::Tags => text(households.tags.get(row)),
            ListField::Notes => text(households.notes.get(row)),
            ListField::Priority => number(
                self.priority
                    .and_then(|priority| priority.score.get(row as usize))
                    .map(|score| f64::from(score.round())),
            ),
            ListField::PriorityPart(component) => {
                let parts = self.priority.and_then(|priority| priority.parts(row));
                let points = parts.map(|parts| parts.0[component.place()].points);
                number(points.map(|points| (points * 10.0).round() / 10.0))
            }
            ListField::Steadiness => {
                let share = self.steadiness.map(|steady| steady.share(row));
                number(share.map(|share| (share * 100.0).round()))
            }
            ListField::Reasons => text(&self.reasons(row).join(self.lang.pick("；", "; "))),
        }
    }

    /// The first day on which something is due, and the kinds: `2026-12-01 visit, review`.
    fn due(&self, row: u32) -> String {
        let due = &self.snapshot.households.due;
        let Some(first) = due.first(row) else {
            return String::new();
        };
        let kinds = due.kinds(row).map(|kind| due_name(kind, self.lang));
        let kinds: Vec<String> = kinds.collect();
        format!("{first} {}", kinds.join(self.separator()))
    }

    /// The programmes of a row of a column of entitlements.
    fn entitled(&self, column: &[u64], row: u32) -> ListCell {
        let programmes = &self.snapshot.catalogue.programmes;
        let names = self.named(column, row, programmes, Term::name);
        if names.is_empty() {
            return ListCell::Empty;
        }
        ListCell::Text(names.join(self.separator()))
    }

    fn separator(&self) -> &'static str {
        self.lang.pick("、", ", ")
    }

    /// Name of the household's area at a level, empty where there is none.
    pub fn area_name(&self, row: u32, level: AreaLevel) -> String {
        let area = self.snapshot.households.area.get(row as usize).copied();
        area.and_then(|area| self.snapshot.areas.at_level(area, level))
            .and_then(|area| self.snapshot.areas.name.get(area.0 as usize).cloned())
            .unwrap_or_default()
    }

    /// Names of the programmes that the household receives.
    pub fn programmes(&self, row: u32) -> Vec<String> {
        let Snapshot {
            households,
            catalogue,
            ..
        } = self.snapshot;
        self.named(
            &households.programmes,
            row,
            &catalogue.programmes,
            Term::name,
        )
    }

    /// Short names of the same, for a list on screen.
    pub fn short_programmes(&self, row: u32) -> Vec<String> {
        let Snapshot {
            households,
            catalogue,
            ..
        } = self.snapshot;
        self.named(
            &households.programmes,
            row,
            &catalogue.programmes,
            Term::short_name,
        )
    }

    /// Names of the household's open needs.
    pub fn needs(&self, row: u32) -> Vec<String> {
        let Snapshot {
            households,
            catalogue,
            ..
        } = self.snapshot;
        self.named(&households.needs, row, &catalogue.needs, Term::name)
    }

    /// The terms whose bits a row of a column has, by one of their names.
    fn named(
        &self,
        column: &[u64],
        row: u32,
        terms: &[Term],
        name: fn(&Term, Lang) -> &str,
    ) -> Vec<String> {
        let bits = column.get(row as usize).copied().unwrap_or(0);
        let places = terms.iter().take(64).enumerate();
        places
            .filter(|(place, _)| (bits >> place) & 1 == 1)
            .map(|(_, term)| name(term, self.lang).to_owned())
            .collect()
    }

    /// Why the household stands where it stands, the strongest reason first.
    pub fn reasons(&self, row: u32) -> Vec<String> {
        let weights = self.priority.map_or_else(
            || PriorityWeights::of(&self.snapshot.catalogue),
            |priority| priority.weights,
        );
        reasons(self.snapshot, row, self.as_of, self.choice, &weights)
            .into_iter()
            .map(|reason| reason_text(reason, self.lang))
            .collect()
    }
}

fn reason_text(reason: Reason, lang: Lang) -> String {
    let counted =
        |key: &str, count: u32| lang.with(key, &[("count", &digits::grouped(u64::from(count)))]);
    match reason {
        Reason::OpenNeeds(1) => lang.t("layer.reason_open_need").into_owned(),
        Reason::OpenNeeds(count) => counted("layer.reason_open_needs", count),
        Reason::Gaps(1) => lang.t("layer.reason_gap").into_owned(),
        Reason::Gaps(count) => counted("layer.reason_gaps", count),
        Reason::LivingAloneElder => lang.t("layer.reason_living_alone_elder").into_owned(),
        Reason::Elderly(count) => counted("layer.reason_elderly", count.into()),
        Reason::Disabled(count) => counted("layer.reason_disabled", count.into()),
        Reason::LowIncome => lang.t("layer.reason_low_income").into_owned(),
        Reason::Children(1) => lang.t("layer.reason_child").into_owned(),
        Reason::Children(count) => counted("layer.reason_children", count.into()),
        Reason::NeverVisited => lang.t("layer.reason_never_visited").into_owned(),
        Reason::LongSinceVisit(days) => counted("layer.reason_long_since_visit", days),
        Reason::LongWaiting(days) => counted("layer.reason_long_waiting", days),
        Reason::HotSpot => lang.t("layer.reason_hot_spot").into_owned(),
        Reason::NoAssistance => lang.t("layer.reason_no_assistance").into_owned(),
    }
}
