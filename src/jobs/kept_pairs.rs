//! Pairs of households that look like one and were said to be two: a setting of the workspace, so
//! that nobody is asked twice.

use crate::store::Workspace;
use crate::words::Fault;
use std::collections::BTreeSet;

/// The setting.
const KEY: &str = "kept_pairs";

/// Two ids, the smaller first.
pub(super) type Pair = (String, String);

/// The pair of two ids, whichever comes first.
pub(super) fn pair(one: &str, other: &str) -> Pair {
    let (small, large) = if one <= other {
        (one, other)
    } else {
        (other, one)
    };
    (small.to_owned(), large.to_owned())
}

/// The pairs of a workspace.
pub(super) fn read(workspace: &Workspace) -> Result<BTreeSet<Pair>, Fault> {
    let text = workspace.setting(KEY)?.unwrap_or_default();
    Ok(parse(&text))
}

/// Puts a pair in, or takes it out.
pub(super) fn keep(
    workspace: &mut Workspace,
    one: &str,
    other: &str,
    kept: bool,
) -> Result<(), Fault> {
    let mut pairs = read(workspace)?;
    if kept {
        pairs.insert(pair(one, other));
    } else {
        pairs.remove(&pair(one, other));
    }
    workspace.set_setting(KEY, &print(&pairs))
}

/// A line a pair, a tab between the two.
fn print(pairs: &BTreeSet<Pair>) -> String {
    let line = |(one, other): &Pair| format!("{}\t{}", escaped(one), escaped(other));
    pairs.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn parse(text: &str) -> BTreeSet<Pair> {
    text.lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(one, other)| pair(&unescaped(one), &unescaped(other)))
        .collect()
}

/// An id may hold whatever a file had in the cell, ends of lines among it.
fn escaped(id: &str) -> String {
    id.chars()
        .map(|char| match char {
            '\\' => "\\\\".to_owned(),
            '\t' => "\\t".to_owned(),
            '\n' => "\\n".to_owned(),
            '\r' => "\\r".to_owned(),
            char => char.to_string(),
        })
        .collect()
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        out.push(match char {
            '\\' => match chars.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                Some(other) => other,
                None => '\\',
            },
            char => char,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_come_back_whatever_the_ids_hold() {
        let pairs: BTreeSet<Pair> = [("H2", "H1"), ("a\tb", "c\\n"), ("\n", "户 3")]
            .into_iter()
            .map(|(one, other)| pair(one, other))
            .collect();
        assert_eq!(parse(&print(&pairs)), pairs);
        assert!(pairs.contains(&("H1".to_owned(), "H2".to_owned())));
        assert!(parse("").is_empty());
        assert!(parse("no pair").is_empty());
    }
}
