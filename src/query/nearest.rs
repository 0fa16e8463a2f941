//! What somebody may have meant: the words nearest to one that does not exist.

/// How many characters must be put in, taken out, changed or swapped with their neighbour.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    let mut previous = None;
    for (row, mine) in from.chars().enumerate() {
        let mut next = vec![row + 1];
        for (at, theirs) in to.iter().enumerate() {
            let mut best = (last[at] + usize::from(mine != *theirs))
                .min(last[at + 1] + 1)
                .min(next[at] + 1);
            if at > 0 && previous == Some(*theirs) && to[at - 1] == mine {
                best = best.min(before_last[at - 1] + 1);
            }
            next.push(best);
        }
        before_last = std::mem::replace(&mut last, next);
        previous = Some(mine);
    }
    last.last().copied().unwrap_or(0)
}

/// How unlike a candidate is, or `None` where nobody would take one for the other.
/// A word inside the other is near, unless it is less than half of it.
pub(super) fn unlikeness(typed: &str, candidate: &str) -> Option<usize> {
    let (typed, candidate) = (typed.to_lowercase(), candidate.to_lowercase());
    if typed.is_empty() || candidate.is_empty() {
        return None;
    }
    let away = distance(&typed, &candidate);
    let (typed_len, candidate_len) = (typed.chars().count(), candidate.chars().count());
    let length = typed_len.max(candidate_len);
    let inside = candidate.contains(&typed) || typed.contains(&candidate);
    if inside && typed_len.min(candidate_len) * 2 >= length {
        return Some(away.min(1));
    }
    (away <= (length / 3).max(1) && away < length).then_some(away)
}

/// The candidate that is the least unlike; the earlier one where two are equally near.
pub(super) fn nearest<'a>(
    typed: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .into_iter()
        .filter_map(|candidate| Some((unlikeness(typed, candidate)?, candidate)))
        .min_by_key(|(away, _)| *away)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (from, to, away) in [
            ("", "abc", 3),
            ("abc", "", 3),
            ("need", "need", 0),
            ("nede", "need", 1),
            ("ened", "need", 1),
            ("neds", "need", 2),
            ("走防", "走访", 1),
        ] {
            assert_eq!(distance(from, to), away, "{from} {to}");
        }
    }

    #[test]
    fn only_near_words_are_offered() {
        let words = ["need", "elderly", "需求", "老年人数"];
        assert_eq!(nearest("neeed", words), Some("need"));
        assert_eq!(nearest("eldrely", words), Some("elderly"));
        assert_eq!(nearest("需要", words), Some("需求"));
        assert_eq!(nearest("老年", words), Some("老年人数"));
        assert_eq!(nearest("banana", words), None);
        assert_eq!(nearest("e", words), None);
        assert_eq!(nearest("", words), None);
    }
}
