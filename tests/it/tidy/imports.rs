//! Which floors and which crates a file names.

use super::floors::{CRATES, FLOORS};
use super::source::{Finding, Source};

/// Names of floors that the file may not name, and files that stand on no floor.
pub(super) fn floors_above(source: &Source) -> Vec<Finding> {
    let Some(own) = source.floor() else {
        return Vec::new();
    };
    let Some(floor) = FLOORS.iter().find(|floor| floor.name == own) else {
        return vec![Finding {
            line: 1,
            what: format!("`{own}` is no floor of the house"),
        }];
    };
    let mut named = behind(source, "crate");
    named.extend(behind(source, "livelihood_map"));
    named.extend(behind_supers(source));
    named.sort_unstable();
    named
        .into_iter()
        .filter(|(_, name)| *name != own && !floor.may_name.contains(&name.as_str()))
        .map(|(at, name)| source.finding(at, format!("`{own}` may not name `{name}`")))
        .collect()
}

/// Names of third-party crates in files that are not their home.
pub(super) fn crates_away_from_home(source: &Source) -> Vec<Finding> {
    let own = source.floor().unwrap_or("the library's root");
    let mut out = Vec::new();
    for home in CRATES.iter().filter(|home| !home.floors.contains(&own)) {
        if is_local(source, home.name) {
            continue;
        }
        let named = (0..source.tokens.len()).find(|&at| names_crate(source, at, home.name));
        out.extend(named.map(|at| {
            source.finding(
                at,
                format!("`{}` lives in {}", home.name, home.floors.join(", ")),
            )
        }));
    }
    out
}

/// What stands right behind `root::`, grouped or not: `root::{a, b::c}` gives `a` and `b`.
pub(super) fn behind(source: &Source, root: &str) -> Vec<(usize, String)> {
    (0..source.tokens.len())
        .filter(|&at| source.word(at) == Some(root) && starts_path(source, at))
        .filter(|&at| source.has_marks(at + 1, "::"))
        .flat_map(|at| heads(source, at + 3))
        .collect()
}

/// The first names of the path or of the group of paths at a place.
fn heads(source: &Source, start: usize) -> Vec<(usize, String)> {
    let named = |at: usize| source.word(at).map(|word| (at, word.to_owned()));
    if !source.has_marks(start, "{") {
        return named(start).into_iter().collect();
    }
    let mut out = Vec::new();
    let (mut depth, mut at) = (0, start);
    while at < source.tokens.len() {
        if source.has_marks(at, "{") {
            depth += 1;
        } else if source.has_marks(at, "}") {
            depth -= 1;
            if depth == 0 {
                break;
            }
        } else if depth == 1
            && (source.has_marks_before(at, "{") || source.has_marks_before(at, ","))
        {
            out.extend(named(at));
        }
        at += 1;
    }
    out
}

/// Floors that are reached by climbing out of the own one: `super::super::store`.
fn behind_supers(source: &Source) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for start in 0..source.tokens.len() {
        if source.word(start) != Some("super") || !starts_path(source, start) {
            continue;
        }
        let (mut at, mut climbed) = (start, 0);
        while source.word(at) == Some("super") && source.has_marks(at + 1, "::") {
            climbed += 1;
            at += 3;
        }
        if climbed >= source.depth() {
            let is_floor = |name: &str| FLOORS.iter().any(|floor| floor.name == name);
            out.extend(
                heads(source, at)
                    .into_iter()
                    .filter(|(_, name)| is_floor(name)),
            );
        }
    }
    out
}

/// Whether a word is the first of its path: not `a::word`, not `a.word`; but `::word`.
fn starts_path(source: &Source, at: usize) -> bool {
    if source.has_marks_before(at, ".") {
        return false;
    }
    if !source.has_marks_before(at, "::") {
        return true;
    }
    let Some(before) = at.checked_sub(3) else {
        return true;
    };
    source.has_marks(before, "$")
        || matches!(source.word(before), Some("use" | "return" | "in" | "as"))
        || (source.word(before).is_none() && !source.has_marks(before, ">"))
}

/// `name::…`, `use name;` or `use name as …`.
fn names_crate(source: &Source, at: usize, name: &str) -> bool {
    if source.word(at) != Some(name) || !starts_path(source, at) {
        return false;
    }
    let is_used = at
        .checked_sub(1)
        .is_some_and(|before| source.word(before) == Some("use"));
    source.has_marks(at + 1, "::")
        || (is_used && (source.has_marks(at + 1, ";") || source.word(at + 1) == Some("as")))
}

/// Whether a name is a module of our own in this file: declared here, or brought in by `use`.
fn is_local(source: &Source, name: &str) -> bool {
    let mut first_of_use = None;
    for at in 0..source.tokens.len() {
        match source.word(at) {
            Some("use") => first_of_use = Some(at + 1),
            Some(word) if word == name => {
                let before = at.checked_sub(1).and_then(|before| source.word(before));
                if before == Some("mod") {
                    return true;
                }
                let ends = [",", "}", ";"]
                    .iter()
                    .any(|mark| source.has_marks(at + 1, mark));
                let is_leaf = before == Some("as") || first_of_use.is_some_and(|first| first < at);
                if first_of_use.is_some() && ends && is_leaf {
                    return true;
                }
            }
            _ if source.has_marks(at, ";") => first_of_use = None,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floors(path: &str, text: &str) -> Vec<(usize, String)> {
        floors_above(&Source::new(path, text))
            .into_iter()
            .map(|finding| (finding.line, finding.what))
            .collect()
    }

    fn crates(path: &str, text: &str) -> Vec<String> {
        crates_away_from_home(&Source::new(path, text))
            .into_iter()
            .map(|finding| finding.what)
            .collect()
    }

    #[test]
    fn a_floor_above_is_found_in_every_form() {
        for text in [
            "use crate::store::Workspace;",
            "use crate::{base::Progress, store};",
            "use crate::{base::{Progress, Cancelled}, store::Workspace};",
            "fn f() { let w = crate::store::open(); }",
            "use super::super::store;",
            "use livelihood_map::store;",
            "pub(in crate::store) fn f() {}",
            "macro_rules! m { () => { $crate::store::open() } }",
        ] {
            let found = floors("src/read/csv.rs", &format!("//! Reads.\n{text}\n"));
            assert_eq!(
                found,
                [(2, "`read` may not name `store`".to_owned())],
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_allowed_is_not_found() {
        for text in [
            "use crate::{base::Progress, model::{Date, Problem}};",
            "use super::columns; use super::super::read::columns;",
            "// crate::store\nconst A: &str = \"crate::store\";",
            "pub(crate) struct A { store: u8 }",
            "#[cfg(test)] mod tests { use crate::store; }",
        ] {
            assert!(floors("src/read/csv.rs", text).is_empty(), "{text}");
        }
        assert!(floors("src/lib.rs", "pub mod store; use crate::store::A;").is_empty());
    }

    #[test]
    fn blind_pairs_and_strangers_are_found() {
        assert_eq!(floors("src/cli/run.rs", "use crate::map::A;").len(), 1);
        assert_eq!(floors("src/map/run.rs", "use crate::cli::A;").len(), 1);
        assert_eq!(floors("src/session/a.rs", "use crate::store::A;").len(), 1);
        assert_eq!(floors("src/utils/a.rs", "").len(), 1);
        assert_eq!(floors("src/ui/a.rs", "use crate::helpers::A;").len(), 1);
    }

    #[test]
    fn a_crate_away_from_home_is_found() {
        for text in [
            "use egui::Ui;",
            "use egui;",
            "use egui as e;",
            "fn f(ui: &mut egui::Ui) {}",
            "use ::egui::Ui;",
            "#[derive(Debug)] struct A(::egui::Ui);",
        ] {
            assert_eq!(
                crates("src/layer/a.rs", text),
                ["`egui` lives in map, ui, gui"],
                "{text}"
            );
        }
        assert!(crates("src/ui/a.rs", "use egui::Ui;").is_empty());
    }

    #[test]
    fn a_module_of_our_own_is_no_crate() {
        for text in [
            "use crate::write::{csv, geojson}; fn f() { csv::write(); geojson::write() }",
            "mod png; pub use png::A;",
            "use crate::write::csv; fn f() { csv::write() }",
            "fn f() { crate::write::csv::write() }",
            "fn f() { let geo = 1; self.geo.x(); }",
        ] {
            assert!(crates("src/cli/a.rs", text).is_empty(), "{text}");
        }
        assert_eq!(
            crates("src/cli/a.rs", "use std::io; use csv::Reader;").len(),
            1
        );
    }
}
