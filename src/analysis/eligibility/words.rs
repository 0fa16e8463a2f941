//! The words of the rule language that are no facts.

use super::facts::Fact;
use super::verdict::Comparison;
use crate::model::Vocabulary;

pub(super) const AND: &[&str] = &["and", "且", "并且", "而且", "同时", "&&", "&"];
pub(super) const OR: &[&str] = &["or", "或", "或者", "||", "|"];
pub(super) const NOT: &[&str] = &["not", "非", "不", "没有", "并非", "!"];
pub(super) const IN: &[&str] = &["in", "属于"];
pub(super) const NOT_IN: &[&str] = &["不属于"];
pub(super) const YES: &[&str] = &["yes", "true", "是", "有"];
pub(super) const NO: &[&str] = &["no", "false", "否", "无"];

const COMPARISONS: &[(&str, Comparison)] = &[
    ("<", Comparison::Less),
    ("<=", Comparison::AtMost),
    ("=", Comparison::Equal),
    ("==", Comparison::Equal),
    ("!=", Comparison::Unequal),
    ("<>", Comparison::Unequal),
    (">=", Comparison::AtLeast),
    (">", Comparison::More),
    ("is", Comparison::Equal),
    ("是", Comparison::Equal),
    ("为", Comparison::Equal),
    ("等于", Comparison::Equal),
    ("不是", Comparison::Unequal),
    ("不为", Comparison::Unequal),
    ("不等于", Comparison::Unequal),
    ("小于", Comparison::Less),
    ("低于", Comparison::Less),
    ("少于", Comparison::Less),
    ("大于", Comparison::More),
    ("高于", Comparison::More),
    ("多于", Comparison::More),
    ("不高于", Comparison::AtMost),
    ("不超过", Comparison::AtMost),
    ("不大于", Comparison::AtMost),
    ("不低于", Comparison::AtLeast),
    ("不小于", Comparison::AtLeast),
    ("不少于", Comparison::AtLeast),
];

/// The comparison that a word or sign means.
pub(super) fn comparison(word: Option<&str>, sign: Option<&str>) -> Option<Comparison> {
    let written = word.or(sign)?;
    let found = COMPARISONS.iter().find(|(one, _)| *one == written);
    found.map(|(_, how)| *how)
}

/// How many members a clause asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantifier {
    Any,
    All,
    Count,
}

/// A quantifier, and of how many tokens it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct MembersWords {
    pub(super) quantifier: Quantifier,
    pub(super) length: usize,
}

const MEMBER: &[&str] = &["member", "members"];
const QUANTIFIERS: &[(&str, Quantifier)] = &[
    ("any", Quantifier::Any),
    ("all", Quantifier::All),
    ("every", Quantifier::All),
    ("count", Quantifier::Count),
    ("any_member", Quantifier::Any),
    ("all_members", Quantifier::All),
    ("count_members", Quantifier::Count),
    ("有成员", Quantifier::Any),
    ("任一成员", Quantifier::Any),
    ("任何成员", Quantifier::Any),
    ("所有成员", Quantifier::All),
    ("每个成员", Quantifier::All),
    ("全部成员", Quantifier::All),
    ("成员计数", Quantifier::Count),
    ("成员数", Quantifier::Count),
];

/// The quantifier that one or two words mean; a bracket must follow.
pub(super) fn members_of(word: &str, next: Option<&str>) -> Option<MembersWords> {
    let (_, quantifier) = QUANTIFIERS.iter().find(|(one, _)| *one == word)?;
    let has_noun = next.is_some_and(|next| MEMBER.contains(&next));
    Some(MembersWords {
        quantifier: *quantifier,
        length: 1 + usize::from(has_noun),
    })
}

/// What is asked with arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Receives,
    Eligible,
    Need,
    Tag,
    List,
    Area,
}

const FUNCTIONS: &[(&str, Function)] = &[
    ("receives", Function::Receives),
    ("享受", Function::Receives),
    ("eligible", Function::Eligible),
    ("符合", Function::Eligible),
    ("符合条件", Function::Eligible),
    ("need", Function::Need),
    ("需求", Function::Need),
    ("tag", Function::Tag),
    ("标签", Function::Tag),
    ("list", Function::List),
    ("名单", Function::List),
    ("area", Function::Area),
    ("区划", Function::Area),
];

impl Function {
    pub(super) fn called(word: &str) -> Option<Self> {
        let found = FUNCTIONS.iter().find(|(one, _)| *one == word);
        found.map(|(_, function)| *function)
    }
}

/// Every word of the language, but for the kinds of facts and what the catalogue has.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    let plain = [AND, OR, NOT, IN, NOT_IN].into_iter().flatten().copied();
    plain
        .chain(COMPARISONS.iter().map(|(word, _)| *word))
        .chain(QUANTIFIERS.iter().map(|(word, _)| *word))
        .chain(FUNCTIONS.iter().map(|(word, _)| *word))
        .chain(Fact::words())
        .filter(|word| word.chars().all(|char| char.is_alphabetic() || char == '_'))
}

/// Whether the language knows a word.
pub(super) fn is_known(word: &str) -> bool {
    const KINDS: [Vocabulary; 7] = [
        Vocabulary::SEX,
        Vocabulary::DISABILITY,
        Vocabulary::SELF_CARE,
        Vocabulary::HEALTH,
        Vocabulary::WORK,
        Vocabulary::SCHOOLING,
        Vocabulary::RELATION,
    ];
    all().any(|known| known == word)
        || YES.contains(&word)
        || NO.contains(&word)
        || KINDS
            .iter()
            .any(|vocabulary| vocabulary.words().iter().any(|one| one.zh == word))
}
