//! Floor 4: one algorithm a file.

mod address_match;
mod bivariate;
mod changes;
mod charts;
mod classify;
mod clocks;
mod coverage;
mod density;
mod dissolve;
mod duplicates;
mod each_row;
mod eligibility;
mod false_discovery;
mod funnel;
mod gaps;
mod getis_ord;
mod happened;
mod hot_grades;
mod hot_spots;
mod label_point;
mod matching;
mod members_check;
mod moran;
mod near_name;
mod normal;
mod past;
mod past_line;
mod permutation;
mod person_key;
mod priority;
mod programme_counts;
mod quota;
mod rates;
mod reconcile;
mod same_household;
mod sensitivity;
mod silent;
mod timeline;
mod topology;
mod triangulate;
mod weights;
mod what_if;

pub use address_match::{AddressHit, AddressIndex};
pub use bivariate::{BIVARIATE_CLASSES, BivariateClass, BivariateCuts};
pub use changes::{Change, ChangeKind, changes};
pub use charts::{
    AGE_BANDS, AgeBand, AgePart, AgePyramid, AreaShare, AreaShares, ChartFacts, ChartPart, Counted,
    Funnel, FunnelPlace, FunnelPoint, NeedCount, NeedCounts, NeedPart, SexPart, Share, ShareFigure,
    ShareOrder, SharePart, age_band, age_pyramid, area_shares, chart_rows, funnel, need_counts,
    rows_within, usual_level,
};
pub use classify::{ClassMethod, breaks, class_of};
pub use clocks::{Clock, Nearness, clocks, due_columns};
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
    Verdict, WrongRule, check_amount, check_rule, eligible, explain, explain_all, explain_each,
    is_rule_word, rule_in_words, rule_thresholds, wrong_rules,
};
pub use false_discovery::false_discovery_threshold;
pub use funnel::{FunnelLimits, funnel_limits};
pub use gaps::{
    Gaps, ProgrammeCoverage, ProgrammeFigures, Standing, StandingPart, gaps, gaps_on,
    programme_coverage,
};
pub use getis_ord::{Focus, GetisOrd, getis_ord, getis_ord_permuted};
pub use happened::{Happening, happened_rows};
pub use hot_grades::hot_grades;
pub use hot_spots::{
    HotSpot, HotSpotClass, HotSpotMeasure, HotSpotMethod, HotSpotSpec, HotSpots, Neighbours,
    hot_spots, level_weights,
};
pub use label_point::label_point;
pub use matching::{
    MatchCounts, MatchNeed, MatchOption, MatchOutcome, MatchPart, MatchReason, Matching, Offer,
    Unstated, matching,
};
pub use members_check::{CountContradiction, MemberFacts, StatedCounts, members_check};
pub use moran::{
    GlobalMoran, LocalMoran, Quadrant, global_moran, local_moran, local_moran_permuted,
};
pub use normal::normal_sf;
pub use past::{Past, past, past_coverage, past_programme_coverage};
pub use permutation::{Permutations, Simulated, conditional_permutation};
pub use priority::{
    Component, Components, Part, Parts, Priority, PriorityFact, PriorityWeights, Reason,
    components, parts, priority, reasons, unknown_facts,
};
pub use programme_counts::{ProgrammeCounts, programme_counts};
pub use quota::{Picked, Quota, pick};
pub use rates::{
    RateForm, eb_global, eb_local, is_suppressed, min_denominator, ranking_bound, rates,
    spatial_rate, standardised_rates, wilson,
};
pub use reconcile::{
    CellMembers, EntryView, LedgerPerson, ListFacts, ListMembers, ListView, MatchedBy, MatrixCell,
    Reconciliation, reconcile,
};
pub use same_household::{HouseholdView, LikelyPair, likely_same};
pub use sensitivity::{
    OneMoved, Overlap, Steadiness, SteadyPart, TRIALS, WEIGHT_MOVE, steadiness, steady_rows,
};
pub use silent::{SilentReasons, raised_by_itself, silent, silent_period_months, silent_reasons};
pub use timeline::{MonthFigures, TimeLine, TimeLineSpec, UndatedCounts, month_ends, timeline};
pub use topology::{SLIVER_M2, SLIVER_WIDTH_M, Topology, TopologyFinding, topology};
pub use triangulate::triangulate;
pub use weights::{Contiguity, Transform, Weights, contiguity, distance_band, k_nearest};
pub use what_if::{
    AreaChange, MonthlyCost, OnTrial, ProgrammeChange, ProgrammeState, TrialPart, WhatIf, what_if,
};
