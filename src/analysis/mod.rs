//! Floor 4: one algorithm a file.

mod address_match;
mod classify;
mod coverage;
mod density;
mod dissolve;
mod duplicates;
mod each_row;
mod eligibility;
mod gaps;
mod label_point;
mod members_check;
mod near_name;
mod person_key;
mod priority;
mod programme_counts;
mod rates;
mod reconcile;
mod same_household;
mod silent;
mod topology;
mod triangulate;

pub use address_match::{AddressHit, AddressIndex};
pub use classify::{ClassMethod, breaks, class_of};
pub use coverage::{
    Coverage, Figures, MIN_DENOMINATOR, coverage, fully_covered, of_concern, receiving, unmet_load,
    unmet_loads,
};
pub use density::{DensityGrid, DensitySpec, density};
pub use dissolve::dissolve;
pub use duplicates::{Agreement, Duplicate, PersonView, duplicates};
pub use eligibility::{
    ClauseReason, Eligible, Explanation, Fact, FactSource, FactValue, FlagFact, FoundFact,
    KindFact, MissingFact, NumberFact, ProgrammeRule, ReasonKind, RuleMistake, RuleSet, UnitRef,
    Verdict, check_amount, check_rule, eligible, explain,
};
pub use gaps::{Gaps, ProgrammeCoverage, ProgrammeFigures, gaps, programme_coverage};
pub use label_point::label_point;
pub use members_check::{CountContradiction, MemberFacts, StatedCounts, members_check};
pub use priority::{
    Component, Part, Parts, Priority, PriorityWeights, Reason, parts, priority, reasons,
};
pub use programme_counts::{ProgrammeCounts, programme_counts};
pub use rates::{eb_global, wilson};
pub use reconcile::{
    CellMembers, EntryView, LedgerPerson, ListFacts, ListMembers, ListView, MatchedBy, MatrixCell,
    Reconciliation, reconcile,
};
pub use same_household::{HouseholdView, LikelyPair, likely_same};
pub use silent::{SilentReasons, raised_by_itself, silent, silent_reasons};
pub use topology::{SLIVER_M2, SLIVER_WIDTH_M, Topology, TopologyFinding, topology};
pub use triangulate::triangulate;
