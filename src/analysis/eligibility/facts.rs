//! The facts that rules may ask for: their words in both languages, and what each is asked of.

use crate::model::Vocabulary;
use crate::words::Lang;

/// What a clause is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Scope {
    Household,
    Member,
}

/// A fact that is a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberFact {
    /// Income of the household, yuan a month; where the ledger is silent, the sum of the members'.
    HouseholdIncome,
    /// Income of the household / members.
    IncomePerHead,
    /// Members; where the ledger is silent, those listed.
    Members,
    /// Members of 60 and older.
    Elderly,
    /// Members under 18.
    Children,
    /// Members with a disability.
    Disabled,
    /// Days since the last visit; not known where none is.
    DaysSinceVisit,
    /// Whole years of a member.
    Age,
    /// Level of disability of a member, 1 to 4; does not apply where there is none.
    DisabilityLevel,
    /// Income of a member, yuan a month.
    OwnIncome,
}

/// A fact that is so or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlagFact {
    /// One person lives alone.
    LivingAlone,
    /// A tag says that the assets are within the rule, or that they exceed it; unknown without one.
    AssetsOk,
    /// A tag says that fixed costs (medical, schooling) eat the income; unknown without one.
    HardCosts,
    /// A member has a disability.
    HasDisability,
    /// A tag says that nobody is bound and able to support a member; unknown without one.
    NoSupport,
}

/// A fact of a member that is one of a few kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KindFact {
    /// Sex.
    Sex,
    /// Kind of disability.
    Disability,
    /// Whether they can look after themselves.
    SelfCare,
    /// Health.
    Health,
    /// Work.
    Work,
    /// Schooling.
    Schooling,
    /// Relation to the head of household.
    Relation,
}

/// Anything that a rule stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// A number.
    Number(NumberFact),
    /// So or not.
    Flag(FlagFact),
    /// A kind.
    Kind(KindFact),
    /// The tags of a household, with those of the member where one is asked about.
    Tags,
    /// The departments' lists that know somebody of the household.
    Lists,
    /// The area of the household.
    Area,
    /// Whether a programme of this place is received.
    Receives(u8),
    /// Whether a need of this place is open.
    Need(u8),
    /// The threshold of this place in the catalogue.
    Threshold(usize),
    /// Who the members are: there is no table of them for this household.
    MembersTable,
}

/// The words of a fact.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names {
    pub(super) code: &'static str,
    pub(super) zh: &'static str,
    pub(super) en: &'static str,
    also: &'static [&'static str],
}

const fn names(
    code: &'static str,
    zh: &'static str,
    en: &'static str,
    also: &'static [&'static str],
) -> Names {
    Names { code, zh, en, also }
}

impl Names {
    fn has(self, word: &str) -> bool {
        self.all().any(|name| name == word)
    }

    /// Every word that a rule may use for it.
    pub(super) fn all(self) -> impl Iterator<Item = &'static str> {
        [self.code, self.zh]
            .into_iter()
            .chain(self.also.iter().copied())
    }
}

impl NumberFact {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::HouseholdIncome,
        Self::IncomePerHead,
        Self::Members,
        Self::Elderly,
        Self::Children,
        Self::Disabled,
        Self::DaysSinceVisit,
        Self::Age,
        Self::DisabilityLevel,
        Self::OwnIncome,
    ];

    pub(super) fn names(self) -> Names {
        match self {
            Self::HouseholdIncome => names(
                "household_income",
                "家庭月收入",
                "household income",
                &["家庭收入"],
            ),
            Self::IncomePerHead => names(
                "income_per_head",
                "人均月收入",
                "income a head",
                &["人均收入", "家庭人均月收入", "家庭人均收入"],
            ),
            Self::Members => names(
                "members",
                "人口数",
                "members",
                &["家庭人口", "家庭人口数", "成员数"],
            ),
            Self::Elderly => names("elderly", "老年人数", "elderly", &["老人数"]),
            Self::Children => names("children", "儿童数", "children", &["未成年人数"]),
            Self::Disabled => names("disabled", "残疾人数", "members with a disability", &[]),
            Self::DaysSinceVisit => names(
                "days_since_visit",
                "距走访天数",
                "days since the last visit",
                &["未走访天数"],
            ),
            Self::Age => names("age", "年龄", "age", &["周岁"]),
            Self::DisabilityLevel => names(
                "disability_level",
                "残疾等级",
                "level of disability",
                &["残疾级别"],
            ),
            Self::OwnIncome => names(
                "own_income",
                "本人月收入",
                "own income",
                &["本人收入", "个人月收入", "个人收入"],
            ),
        }
    }

    pub(super) fn scope(self) -> Scope {
        match self {
            Self::Age | Self::DisabilityLevel | Self::OwnIncome => Scope::Member,
            _ => Scope::Household,
        }
    }
}

impl FlagFact {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::LivingAlone,
        Self::AssetsOk,
        Self::HardCosts,
        Self::HasDisability,
        Self::NoSupport,
    ];

    pub(super) fn names(self) -> Names {
        match self {
            Self::LivingAlone => names("living_alone", "独居", "living alone", &[]),
            Self::AssetsOk => names(
                "assets_ok",
                "财产符合",
                "assets within the rule",
                &["财产符合规定", "资产符合"],
            ),
            Self::HardCosts => names(
                "hard_costs",
                "刚性支出大",
                "fixed costs eat the income",
                &[],
            ),
            Self::HasDisability => names(
                "has_disability",
                "有残疾",
                "has a disability",
                &["残疾人", "是残疾人"],
            ),
            Self::NoSupport => names(
                "no_support",
                "无人赡养",
                "nobody able to support",
                &["无法定义务人", "无赡养人"],
            ),
        }
    }

    pub(super) fn scope(self) -> Scope {
        match self {
            Self::HasDisability | Self::NoSupport => Scope::Member,
            _ => Scope::Household,
        }
    }
}

impl KindFact {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Sex,
        Self::Disability,
        Self::SelfCare,
        Self::Health,
        Self::Work,
        Self::Schooling,
        Self::Relation,
    ];

    pub(super) fn names(self) -> Names {
        match self {
            Self::Sex => names("sex", "性别", "sex", &[]),
            Self::Disability => names(
                "disability",
                "残疾类别",
                "kind of disability",
                &["残疾类型"],
            ),
            Self::SelfCare => names("self_care", "自理能力", "self-care", &["自理情况"]),
            Self::Health => names("health", "健康状况", "health", &["健康"]),
            Self::Work => names("work", "就业状况", "work", &["工作", "职业"]),
            Self::Schooling => names("schooling", "文化程度", "schooling", &["学历"]),
            Self::Relation => names(
                "relation",
                "与户主关系",
                "relation to the head",
                &["户主关系"],
            ),
        }
    }

    /// Its kinds.
    pub fn vocabulary(self) -> Vocabulary {
        match self {
            Self::Sex => Vocabulary::SEX,
            Self::Disability => Vocabulary::DISABILITY,
            Self::SelfCare => Vocabulary::SELF_CARE,
            Self::Health => Vocabulary::HEALTH,
            Self::Work => Vocabulary::WORK,
            Self::Schooling => Vocabulary::SCHOOLING,
            Self::Relation => Vocabulary::RELATION,
        }
    }
}

impl Fact {
    /// Every fact with a word of its own.
    pub fn all() -> impl Iterator<Item = Self> {
        let numbers = NumberFact::ALL.into_iter().map(Self::Number);
        let flags = FlagFact::ALL.into_iter().map(Self::Flag);
        let kinds = KindFact::ALL.into_iter().map(Self::Kind);
        numbers.chain(flags).chain(kinds)
    }

    pub(super) fn names(self) -> Names {
        match self {
            Self::Number(fact) => fact.names(),
            Self::Flag(fact) => fact.names(),
            Self::Kind(fact) => fact.names(),
            Self::Tags => names("tag", "标签", "tags", &[]),
            Self::Lists => names("list", "名单", "departments' lists", &[]),
            Self::Area => names("area", "区划", "area", &[]),
            Self::Receives(_) => names("receives", "享受", "assistance received", &[]),
            Self::Need(_) => names("need", "需求", "open needs", &[]),
            Self::Threshold(_) => names("threshold", "标准", "threshold", &[]),
            Self::MembersTable => names("member_list", "成员名单", "list of members", &[]),
        }
    }

    /// Its word in rules.
    pub fn code(self) -> &'static str {
        self.names().code
    }

    /// Its name in a language. Thresholds, programmes and needs have names in the catalogue.
    pub fn name(self, lang: Lang) -> &'static str {
        let names = self.names();
        lang.pick(names.zh, names.en)
    }

    /// Whether it is a fact of a member, not of the household.
    pub fn is_of_member(self) -> bool {
        self.scope() == Scope::Member
    }

    pub(super) fn scope(self) -> Scope {
        match self {
            Self::Number(fact) => fact.scope(),
            Self::Flag(fact) => fact.scope(),
            Self::Kind(_) => Scope::Member,
            _ => Scope::Household,
        }
    }

    /// The fact of a word, in lower case. `income` alone is that of whom the clause is asked.
    pub(super) fn called(word: &str, scope: Scope) -> Option<Self> {
        if matches!(word, "income" | "收入" | "月收入") {
            return Some(Self::Number(match scope {
                Scope::Household => NumberFact::HouseholdIncome,
                Scope::Member => NumberFact::OwnIncome,
            }));
        }
        Self::all().find(|fact| fact.names().has(word))
    }

    /// Every word of every fact.
    pub(super) fn words() -> impl Iterator<Item = &'static str> {
        let own = Self::all().flat_map(|fact| {
            let names = fact.names();
            [names.code, names.zh]
                .into_iter()
                .chain(names.also.iter().copied())
        });
        own.chain(["income", "收入", "月收入"])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_word_means_two_facts() {
        let mut seen = BTreeSet::new();
        assert!(Fact::words().all(|word| seen.insert(word)));
        for fact in Fact::all() {
            for scope in [Scope::Household, Scope::Member] {
                assert_eq!(Fact::called(fact.code(), scope), Some(fact));
                assert_eq!(Fact::called(fact.name(Lang::Zh), scope), Some(fact));
            }
        }
    }
}
