//! What a limit, weights and a trial of the list are in words: the window, the command line and the
//! exports say the same.

use super::PickedCounts;
use crate::analysis::{Component, PriorityWeights, Quota, Steadiness, TRIALS};
use crate::base::digits::{figure, grouped};
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
    let count = |number: usize| grouped(number as u64);
    let mut parts = vec![lang.with(
        "priority.quota_counts",
        &[
            ("kept", &count(picked.kept)),
            ("found", &count(picked.found)),
            ("quota", &quota_text(picked.quota, lang)),
        ],
    )];
    if let Some(level) = picked.quota.per {
        let level = lang.t(level.word());
        if picked.short > 0 {
            let names = [
                ("groups", &*count(picked.groups)),
                ("short", &*count(picked.short)),
                ("level", &*level),
            ];
            parts.push(lang.with("priority.quota_short", &names));
        }
        if picked.outside > 0 {
            let names = [("count", &*count(picked.outside)), ("level", &*level)];
            parts.push(lang.with("priority.quota_outside", &names));
        }
    }
    parts.join(lang.pick("；", "; "))
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
