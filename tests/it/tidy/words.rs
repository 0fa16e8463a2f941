//! The keys of the word lists that the code names.

use super::source::{Finding, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// Language → keys (`room.name`).
pub(super) type Lists = BTreeMap<String, BTreeSet<String>>;

/// Endings that make `map.png` the name of a file, not a key.
const FILE_ENDINGS: [&str; 14] = [
    "csv", "db", "geojson", "html", "json", "lmap", "md", "pdf", "png", "pmtiles", "rs", "toml",
    "txt", "xlsx",
];

/// The keys of every language under a folder.
pub(super) fn read(folder: &Path) -> io::Result<Lists> {
    let mut lists = Lists::new();
    for language in std::fs::read_dir(folder)? {
        let language = language?;
        let keys = lists
            .entry(language.file_name().to_string_lossy().into_owned())
            .or_default();
        for file in std::fs::read_dir(language.path())? {
            let path = file?.path();
            let room = path.file_stem().unwrap_or_default().to_string_lossy();
            let table: toml::Table = std::fs::read_to_string(&path)?
                .parse()
                .map_err(io::Error::other)?;
            keys.extend(table.keys().map(|key| format!("{room}.{key}")));
        }
    }
    Ok(lists)
}

/// Keys that a language lacks.
pub(super) fn missing(source: &Source, lists: &Lists) -> Vec<Finding> {
    let rooms: BTreeSet<&str> = lists
        .values()
        .flatten()
        .filter_map(|key| key.split_once('.'))
        .map(|(room, _)| room)
        .collect();
    let mut out = Vec::new();
    for at in 0..source.tokens.len() {
        let Some(text) = source.text(at) else {
            continue;
        };
        if !(is_asked_for(source, at) || looks_like_key(text, &rooms)) {
            continue;
        }
        for (language, keys) in lists {
            // `concat!("query.field_", …)` makes keys from their beginning.
            let is_beginning = text.ends_with('_') && keys.iter().any(|key| key.starts_with(text));
            if !keys.contains(text) && !is_beginning {
                out.push(source.finding(at, format!("`{text}` is not in {language}")));
            }
        }
    }
    out
}

/// `.t("…")` or `Message::new("…")`.
fn is_asked_for(source: &Source, at: usize) -> bool {
    let Some(call) = at
        .checked_sub(2)
        .filter(|_| source.has_marks_before(at, "("))
    else {
        return false;
    };
    match source.word(call) {
        Some("t") => source.has_marks_before(call, "."),
        Some("new") => call
            .checked_sub(3)
            .is_some_and(|name| source.word(name) == Some("Message")),
        _ => false,
    }
}

/// `room.name` with a room that exists, wherever it stands: keys are also chosen in a `match`.
fn looks_like_key(text: &str, rooms: &BTreeSet<&str>) -> bool {
    text.split_once('.').is_some_and(|(room, name)| {
        rooms.contains(room)
            && !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            && !FILE_ENDINGS.contains(&name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let keys = |keys: &[&str]| keys.iter().map(|&key| key.to_owned()).collect();
        let lists = Lists::from([
            ("en".to_owned(), keys(&["ui.open", "ui.close", "ui.op_a"])),
            ("zh".to_owned(), keys(&["ui.open", "ui.op_a"])),
        ]);
        missing(&Source::new("src/ui/a.rs", text), &lists)
            .into_iter()
            .map(|finding| finding.what)
            .collect()
    }

    #[test]
    fn a_key_without_a_text_is_found_in_every_form() {
        for text in [
            "lang.t(\"ui.close\")",
            "lang.with(\n    \"ui.close\", &[])",
            "Message::new(\"ui.close\")",
            "match a { A::B => \"ui.close\" }",
        ] {
            assert_eq!(found(text), ["`ui.close` is not in zh"], "{text}");
        }
        assert_eq!(found("concat!(\"ui.clo_\", $code)").len(), 2);
        assert_eq!(found("lang.t(\"close\")").len(), 2);
        assert_eq!(found("Message::new(\"close\")").len(), 2);
    }

    #[test]
    fn other_texts_are_no_keys() {
        for text in [
            "lang.t(\"ui.open\")",
            "path.join(\"ui.png\")",
            "concat!(\"ui.op_\", $code)",
            "\"ui. Then\"",
            "\"other.close\"",
            "list.new(\"close\")",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
