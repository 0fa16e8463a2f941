//! A file of the project as the rules see it.

use super::lexer::{self, Comment, Kind, Token};
use std::io;
use std::path::Path;

/// A place where a rule is broken.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Finding {
    /// The line, from 1.
    pub(super) line: usize,
    /// What stands there.
    pub(super) what: String,
}

/// A file, split into code and comments.
pub(super) struct Source {
    /// Its path in the project, with `/`.
    pub(super) path: String,
    /// How many lines it has.
    pub(super) lines: usize,
    /// Whether it starts with a `//!` line.
    pub(super) has_header: bool,
    /// Its code in front of the unit tests, which may name and print anything.
    pub(super) tokens: Vec<Token>,
    /// All its comments.
    pub(super) comments: Vec<Comment>,
}

impl Source {
    /// Splits a text that stands under a path.
    pub(super) fn new(path: &str, text: &str) -> Self {
        let (mut tokens, comments) = lexer::split(text);
        tokens.truncate(tests_start(&tokens));
        Self {
            path: path.to_owned(),
            lines: text.lines().count(),
            has_header: text.trim_start_matches('\u{feff}').starts_with("//! "),
            tokens,
            comments,
        }
    }

    /// One file; nothing when it does not exist.
    pub(super) fn read(root: &Path, path: &str) -> io::Result<Option<Self>> {
        match std::fs::read_to_string(root.join(path)) {
            Ok(text) => Ok(Some(Self::new(path, &text))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Every Rust file under a folder, in the order of the paths. No folder, no files.
    pub(super) fn all(root: &Path, folder: &str) -> io::Result<Vec<Self>> {
        let mut out = Vec::new();
        if !root.join(folder).exists() {
            return Ok(out);
        }
        let mut names: Vec<(String, bool)> = Vec::new();
        for entry in std::fs::read_dir(root.join(folder))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            names.push((name, entry.file_type()?.is_dir()));
        }
        names.sort();
        for (name, is_folder) in names {
            let path = format!("{folder}/{name}");
            if is_folder && name == "target" {
                // What a build left there is not ours.
                continue;
            }
            if is_folder {
                out.extend(Self::all(root, &path)?);
            } else if Path::new(&name).extension().is_some_and(|e| e == "rs") {
                out.extend(Self::read(root, &path)?);
            }
        }
        Ok(out)
    }

    /// The floor on which the file stands; nothing for the library's root.
    pub(super) fn floor(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        let first = inside.split('/').next()?;
        let name = first.strip_suffix(".rs").unwrap_or(first);
        (name != "lib").then_some(name)
    }

    /// How many modules deep the file is: 1 for `src/gui.rs` and `src/read/mod.rs`.
    pub(super) fn depth(&self) -> usize {
        let parts = self.path.split('/').count() - 1;
        parts - usize::from(parts > 1 && self.path.ends_with("/mod.rs"))
    }

    /// The word at a place.
    pub(super) fn word(&self, at: usize) -> Option<&str> {
        match &self.tokens.get(at)?.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The number at a place.
    pub(super) fn number(&self, at: usize) -> Option<&str> {
        match &self.tokens.get(at)?.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The text at a place.
    pub(super) fn text(&self, at: usize) -> Option<&str> {
        match &self.tokens.get(at)?.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether these marks stand at a place, one after the other.
    pub(super) fn has_marks(&self, at: usize, marks: &str) -> bool {
        marks.chars().enumerate().all(|(offset, mark)| {
            self.tokens
                .get(at + offset)
                .is_some_and(|token| token.kind == Kind::Mark(mark))
        })
    }

    /// Whether these marks stand right before a place.
    pub(super) fn has_marks_before(&self, at: usize, marks: &str) -> bool {
        at.checked_sub(marks.len())
            .is_some_and(|start| self.has_marks(start, marks))
    }

    /// The line of a token.
    pub(super) fn line(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(0, |token| token.line)
    }

    /// A finding at a token.
    pub(super) fn finding(&self, at: usize, what: impl Into<String>) -> Finding {
        Finding {
            line: self.line(at),
            what: what.into(),
        }
    }
}

/// Where the unit tests start: at the first module behind `#[cfg(test)]` or
/// `#[cfg(all(test, …))]`.
fn tests_start(tokens: &[Token]) -> usize {
    let is = |at: usize, mark: char| {
        tokens
            .get(at)
            .is_some_and(|token| token.kind == Kind::Mark(mark))
    };
    let is_word = |at: usize, word: &str| {
        tokens
            .get(at)
            .is_some_and(|token| matches!(&token.kind, Kind::Word(name) if name == word))
    };
    (0..tokens.len())
        .find(|&at| {
            if !(is(at, '#') && is(at + 1, '[') && is_word(at + 2, "cfg")) {
                return false;
            }
            let end = (at..tokens.len())
                .find(|&at| is(at, ']'))
                .unwrap_or(tokens.len());
            let says = |word| (at..end).any(|at| is_word(at, word));
            says("test") && !says("not") && is_word(end + 1, "mod")
        })
        .unwrap_or(tokens.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_gives_floor_and_depth() {
        let floor = |path| Source::new(path, "").floor().map(str::to_owned);
        assert_eq!(floor("src/read/csv.rs").as_deref(), Some("read"));
        assert_eq!(floor("src/gui.rs").as_deref(), Some("gui"));
        assert_eq!(floor("src/lib.rs"), None);
        let depth = |path| Source::new(path, "").depth();
        assert_eq!(depth("src/gui.rs"), 1);
        assert_eq!(depth("src/read/mod.rs"), 1);
        assert_eq!(depth("src/read/csv.rs"), 2);
        assert_eq!(depth("src/session/apply/area.rs"), 3);
    }

    #[test]
    fn unit_tests_are_left_out_and_other_code_is_not() {
        let words = |text| Source::new("src/a.rs", text).tokens.len();
        assert_eq!(words("a #[cfg(test)] mod tests { b }"), 1);
        assert_eq!(
            words("a #[cfg(all(test, feature = \"gui\"))]\nmod tests {}"),
            1
        );
        assert!(words("a #[cfg(not(test))] mod real { b }") > 8);
        assert!(words("a #[cfg(test)] use b; c") > 8);
    }
}
