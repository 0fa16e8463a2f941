//! What a limit, weights and a trial of the list are in words: the window, the command line and the
//! exports say the same.

use super::PickedCounts;
use crate::analysis::{Component, PriorityWeights, Quota, Steadiness, TRIALS};
use crate::base::digits::{figure, grouped};
use crate::model::AreaLevel;
use crate::words::Lang;

/// A quota in words.
pub fn quota_text(quota: Quota, lang: Lang) -> String {
    let each = grouped(quota.each as u64);
    match quota.per {
        None => lang.with("priority.quota_top", &[("each", &each)]),
        Some(level) => {
            let level = lang.t(level.word());
            let names = [("level", &*level), ("each", &*each)];
            lang.with("priority.quota_each", &names)
        }
    }
}

/// What a quota did: how many of how many, and where there were fewer.
pub fn picked_text(picked: &PickedCounts, lang: Lang) -> String {
    let counts = lang.with(
        "priority.quota_counts",
        &[
            ("kept", &grouped(picked.kept as u64)),
            ("found", &grouped(picked.found as u64)),
            ("quota", &quota_text(picked.quota, lang)),
        ],
    );
    let short = picked_short(picked, lang).into_iter().map(|(text, _)| text);
    let parts: Vec<String> = std::iter::once(counts).chain(short).collect();
    parts.join(lang.pick("；", "; "))
}

/// Of how many households a quota kept some.
pub fn picked_of(picked: &PickedCounts, lang: Lang) -> String {
    let found = grouped(picked.found as u64);
    lang.with("priority.quota_of", &[("found", &found)])
}

/// Areas with fewer than the quota, and households in none: these with the level of whose areas they
/// are in none.
pub fn picked_short(picked: &PickedCounts, lang: Lang) -> Vec<(String, Option<AreaLevel>)> {
    let count = |number: usize| grouped(number as u64);
    let Some(per) = picked.quota.per else {
        return Vec::new();
    };
    let level = lang.t(per.word());
    let short = || {
        let names = [
            ("groups", &*count(picked.groups)),
            ("short", &*count(picked.short)),
            ("level", &*level),
        ];
        lang.with("priority.quota_short", &names)
    };
    let outside = || {
        let names = [("count", &*count(picked.outside)), ("level", &*level)];
        lang.with("priority.quota_outside", &names)
    };
    let parts = [
        (picked.short > 0).then(|| (short(), None)),
        (picked.outside > 0).then(|| (outside(), Some(per))),
    ];
    parts.into_iter().flatten().collect()
}

/// The weights of the score, each with its name.
pub fn weights_text(weights: &PriorityWeights, lang: Lang) -> String {
    let parts = Component::ALL.map(|component| {
        let name = lang.t(&format!("priority.part_{}", component.code()));
        format!("{name} {}", figure(weights.get(component), 1))
    });
    let names = [
        ("parts", &*parts.join(lang.pick("、", ", "))),
        ("sum", &*figure(weights.sum(), 1)),
    ];
    lang.with("priority.weights_line", &names)
}

/// How steady a list is, in a line.
pub fn steadiness_text(steady: &Steadiness, lang: Lang) -> String {
    let names = [
        ("trials", &*grouped(TRIALS as u64)),
        ("kept", &*grouped(steady.kept as u64)),
        ("stay", &*figure(steady.mean_stay, 1)),
        ("always", &*grouped(steady.always as u64)),
        ("worst", &*grouped(steady.least_stay() as u64)),
    ];
    lang.with("priority.steady_line", &names)
}
