//! What the catalogue says of a programme beside its names: unit, source of law, clocks, rules.

use super::Date;
use crate::words::Lang;

/// Who is counted: households, or their members one by one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProgrammeUnit {
    /// 户
    #[default]
    Household,
    /// 人
    Person,
}

impl ProgrammeUnit {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Household, Self::Person];

    /// Its word in the catalogue.
    pub fn code(self) -> &'static str {
        match self {
            Self::Household => "household",
            Self::Person => "person",
        }
    }

    /// The unit of its word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.code() == code)
    }
}

/// The kind of assistance, as the Social Assistance Law groups it from 2026-07-01 on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProgrammeGroup {
    /// 基本生活救助
    Basic,
    /// 专项救助
    Special,
    /// 急难救助
    Emergency,
    /// 服务类救助
    Service,
    /// Welfare of the elderly, of children and of persons with disabilities, under other laws.
    #[default]
    Welfare,
}

impl ProgrammeGroup {
    /// Every group, in the order of the law.
    pub const ALL: [Self; 5] = [
        Self::Basic,
        Self::Special,
        Self::Emergency,
        Self::Service,
        Self::Welfare,
    ];

    /// Its word in the catalogue.
    pub fn code(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Special => "special",
            Self::Emergency => "emergency",
            Self::Service => "service",
            Self::Welfare => "welfare",
        }
    }

    /// The group of its word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }
}

/// A rule of eligibility and the first day on which it is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleVersion {
    /// The first day; it stays in force until the next version begins.
    pub from: Date,
    /// The rule in the rule language.
    pub text: String,
    /// What should be known about it, in Chinese.
    pub note_zh: String,
    /// What should be known about it, in English.
    pub note_en: String,
}

impl RuleVersion {
    /// The note in a language.
    pub fn note(&self, lang: Lang) -> &str {
        lang.pick(&self.note_zh, &self.note_en)
    }
}

/// What a programme is, beside its names.
#[derive(Debug, Clone, PartialEq)]
pub struct Scheme {
    /// Who is counted.
    pub unit: ProgrammeUnit,
    /// The kind of assistance.
    pub group: ProgrammeGroup,
    /// Whether it pays or gives something; a category or a duty alone does not.
    pub has_benefit: bool,
    /// Source of law, in Chinese.
    pub law_zh: String,
    /// Source of law, in English.
    pub law_en: String,
    /// Months from one review to the next.
    pub review_months: Option<u32>,
    /// The same where the household's income is unsteady. `None`: every six months for basic
    /// programmes of whole households, else no sooner than for others.
    pub unsteady_review_months: Option<u32>,
    /// Months for which it goes on after its reason has ended.
    pub grace_months: Option<u32>,
    /// Months within which those of the programme are to be visited once.
    pub visit_months: Option<u32>,
    /// Weight of a gap in the unmet load.
    pub gap_weight: f64,
    /// The amount in yuan a month, as a number in the rule language; empty where none is stated.
    pub monthly_amount: String,
    /// Versions of the rule, the earliest first; empty where none can be stated.
    pub rules: Vec<RuleVersion>,
}

impl Default for Scheme {
    fn default() -> Self {
        Self {
            unit: ProgrammeUnit::default(),
            group: ProgrammeGroup::default(),
            has_benefit: true,
            law_zh: String::new(),
            law_en: String::new(),
            review_months: None,
            unsteady_review_months: None,
            grace_months: None,
            visit_months: None,
            gap_weight: 1.0,
            monthly_amount: String::new(),
            rules: Vec::new(),
        }
    }
}

impl Scheme {
    /// The source of law in a language.
    pub fn law(&self, lang: Lang) -> &str {
        lang.pick(&self.law_zh, &self.law_en)
    }

    /// The place of the version in force on a day; `None` before the first.
    pub fn rule_on(&self, day: Date) -> Option<usize> {
        let begun = self.rules.iter().enumerate();
        begun
            .filter(|(_, version)| version.from <= day)
            .max_by_key(|(place, version)| (version.from, *place))
            .map(|(place, _)| place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_version_that_has_begun_is_in_force() {
        let day = |text: &str| Date::parse(text).unwrap();
        let version = |from: &str| RuleVersion {
            from: day(from),
            text: from.to_owned(),
            note_zh: String::new(),
            note_en: String::new(),
        };
        let scheme = Scheme {
            rules: vec![version("2014-05-01"), version("2026-07-01")],
            ..Scheme::default()
        };
        assert_eq!(scheme.rule_on(day("2014-04-30")), None);
        assert_eq!(scheme.rule_on(day("2014-05-01")), Some(0));
        assert_eq!(scheme.rule_on(day("2026-06-30")), Some(0));
        assert_eq!(scheme.rule_on(day("2026-07-01")), Some(1));
    }
}
