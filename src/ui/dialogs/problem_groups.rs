//! The problems of an import by kind.

use crate::model::{Problem, ProblemKind, Severity};
use std::collections::BTreeMap;

/// More rows than these are counted, not listed on screen.
pub(super) const MOST_LISTED: usize = 200;

/// The problems of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// What is wrong.
    pub(super) kind: ProblemKind,
    /// How often.
    pub(super) count: usize,
    /// Places in the list of problems, at most [`MOST_LISTED`].
    pub(super) listed: Vec<usize>,
}

/// The groups: the worst first, then the most frequent.
pub(super) fn groups(problems: &[Problem]) -> Vec<Group> {
    let mut by_kind: BTreeMap<ProblemKind, Group> = BTreeMap::new();
    for (at, problem) in problems.iter().enumerate() {
        let kind = problem.kind;
        let group = by_kind.entry(kind).or_insert(Group {
            kind,
            count: 0,
            listed: Vec::new(),
        });
        group.count += 1;
        if group.listed.len() < MOST_LISTED {
            group.listed.push(at);
        }
    }
    let mut groups: Vec<Group> = by_kind.into_values().collect();
    groups.sort_by_key(|group| {
        (
            std::cmp::Reverse(group.kind.severity()),
            std::cmp::Reverse(group.count),
        )
    });
    groups
}

/// The first rows of a group, for its headline: `12, 90, 301`.
pub(super) fn first_rows(group: &Group, problems: &[Problem]) -> String {
    let rows = group
        .listed
        .iter()
        .filter_map(|at| problems.get(*at))
        .filter(|problem| problem.row > 0);
    rows.take(4)
        .map(|problem| problem.row.to_string())
        .collect::<Vec<_>>()
        .join(", ")
}

/// The columns of a group, each once, at most three.
pub(super) fn columns(group: &Group, problems: &[Problem]) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    for problem in group.listed.iter().filter_map(|at| problems.get(*at)) {
        if columns.len() < 3 && !problem.column.is_empty() && !columns.contains(&problem.column) {
            columns.push(problem.column.clone());
        }
    }
    columns
}

/// How many problems are so bad.
pub(super) fn count_of(groups: &[Group], severity: Severity) -> usize {
    groups
        .iter()
        .filter(|group| group.kind.severity() == severity)
        .map(|group| group.count)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(kind: ProblemKind, row: u64, column: &str) -> Problem {
        Problem {
            source: "户.csv".into(),
            row,
            column: column.to_owned(),
            kind,
            text: String::new(),
        }
    }

    #[test]
    fn the_worst_come_first_then_the_most_frequent() {
        let problems = [
            problem(ProblemKind::UnknownNeed, 2, "需求"),
            problem(ProblemKind::BadDate, 3, "走访"),
            problem(ProblemKind::BadPhone, 3, "电话"),
            problem(ProblemKind::BadPhone, 4, "电话"),
            problem(ProblemKind::MissingId, 9, ""),
        ];
        let groups = groups(&problems);
        let kinds: Vec<_> = groups
            .iter()
            .map(|group| (group.kind, group.count))
            .collect();
        assert_eq!(
            kinds,
            [
                (ProblemKind::MissingId, 1),
                (ProblemKind::BadPhone, 2),
                (ProblemKind::BadDate, 1),
                (ProblemKind::UnknownNeed, 1),
            ]
        );
        assert_eq!(first_rows(&groups[1], &problems), "3, 4");
        assert_eq!(columns(&groups[1], &problems), ["电话"]);
        assert!(columns(&groups[0], &problems).is_empty());
        assert_eq!(count_of(&groups, Severity::Doubtful), 3);
    }

    #[test]
    fn a_long_group_is_counted_whole_and_listed_in_part() {
        let problems: Vec<_> = (0..MOST_LISTED as u64 + 5)
            .map(|row| problem(ProblemKind::BadDate, row, "日期"))
            .collect();
        let groups = groups(&problems);
        assert_eq!(groups[0].count, MOST_LISTED + 5);
        assert_eq!(groups[0].listed.len(), MOST_LISTED);
        // Row 0 means the whole file and names no row.
        assert_eq!(first_rows(&groups[0], &problems), "1, 2, 3, 4");
    }
}
