//! The rules that look at one file alone.

use super::imports;
use super::source::{Finding, Source};

/// Lines after which a file holds more than one thing.
pub(super) const MAX_LINES: usize = 500;

/// The files that may hold colours.
pub(super) const COLOUR_HOMES: [&str; 3] = [
    "src/ui/theme.rs",
    "src/layer/ramp.rs",
    "src/layer/class_colors.rs",
];

/// Floors whose formatted texts reach a person.
const FLOORS_WITH_READERS: [&str; 8] = [
    "words", "layer", "session", "cli", "map", "ui", "gui", "main",
];

/// Floors that paint, where three bytes in a row are a colour.
const PAINTING_FLOORS: [&str; 4] = ["layer", "map", "ui", "gui"];

/// Files that do not start with what they are.
pub(super) fn no_header(source: &Source) -> Vec<Finding> {
    at_line(1, !source.has_header, "no `//!` line")
}

/// Files that are too long.
pub(super) fn too_long(source: &Source) -> Vec<Finding> {
    let what = format!("{} lines", source.lines);
    at_line(source.lines, source.lines > MAX_LINES, &what)
}

fn at_line(line: usize, is_broken: bool, what: &str) -> Vec<Finding> {
    let finding = is_broken.then(|| Finding {
        line,
        what: what.to_owned(),
    });
    finding.into_iter().collect()
}

/// Functions in tables of contents.
pub(super) fn logic_in_contents(source: &Source) -> Vec<Finding> {
    if !source.path.ends_with("/mod.rs") {
        return Vec::new();
    }
    (0..source.tokens.len())
        .filter(|&at| source.word(at) == Some("fn") && source.word(at + 1).is_some())
        .map(|at| {
            source.finding(
                at,
                format!("fn {}", source.word(at + 1).unwrap_or_default()),
            )
        })
        .collect()
}

/// Colours outside the two files that hold them.
pub(super) fn colours(source: &Source) -> Vec<Finding> {
    if COLOUR_HOMES.contains(&source.path.as_str()) {
        return Vec::new();
    }
    let paints = source
        .floor()
        .is_some_and(|floor| PAINTING_FLOORS.contains(&floor));
    let mut lines = std::collections::BTreeSet::new();
    for at in 0..source.tokens.len() {
        let is_colour = makes_colour(source, at)
            || names_colour(source, at)
            || is_hex_colour(source, at)
            || source.text(at).is_some_and(has_web_colour)
            || (paints && is_byte_colour(source, at));
        if is_colour {
            lines.insert(source.line(at));
        }
    }
    let finding = |line| Finding {
        line,
        what: "a colour".to_owned(),
    };
    lines.into_iter().map(finding).collect()
}

/// `from_rgb(12, …)`, `from_hex("…")`, `hex_color!(…)`; not `from_rgb(r, g, b)`, which converts.
fn makes_colour(source: &Source, at: usize) -> bool {
    const MAKERS: [&str; 6] = [
        "from_rgb",
        "from_gray",
        "from_hex",
        "from_black_alpha",
        "from_white_alpha",
        "from_luminance",
    ];
    let Some(word) = source.word(at) else {
        return false;
    };
    let is_maker = MAKERS.iter().any(|maker| word.starts_with(maker));
    let is_literal = source.number(at + 2).is_some() || source.text(at + 2).is_some();
    (is_maker && source.has_marks(at + 1, "(") && is_literal)
        || (word == "hex_color" && source.has_marks(at + 1, "!"))
}

/// `Color32::RED`; not `Color32::TRANSPARENT`, which is none.
fn names_colour(source: &Source, at: usize) -> bool {
    matches!(source.word(at), Some("Color32" | "Color"))
        && source.has_marks(at + 1, "::")
        && source.word(at + 3).is_some_and(|name| {
            name.chars().all(|c| c.is_ascii_uppercase() || c == '_')
                && !matches!(name, "TRANSPARENT" | "PLACEHOLDER")
        })
}

/// `0x0f766e` in a line that speaks of colours.
fn is_hex_colour(source: &Source, at: usize) -> bool {
    let Some(digits) = source
        .number(at)
        .and_then(|number| number.strip_prefix("0x"))
    else {
        return false;
    };
    let digits = digits.replace('_', "");
    let has_length = digits.starts_with(|c: char| c.is_ascii_hexdigit())
        && matches!(digits.trim_end_matches("u32").len(), 6 | 8);
    let line = source.line(at);
    has_length
        && (0..source.tokens.len())
            .filter(|&other| source.line(other) == line)
            .filter_map(|other| source.word(other))
            .any(|word| {
                let word = word.to_ascii_lowercase();
                ["color", "colour", "rgb"]
                    .iter()
                    .any(|sign| word.contains(sign))
            })
}

/// `#0f766e` or `#0f766eff`.
fn has_web_colour(text: &str) -> bool {
    text.split('#').skip(1).any(|behind| {
        let digits = behind
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>();
        matches!(digits.len(), 6 | 8) && digits.chars().all(|c| c.is_ascii_hexdigit())
    })
}

/// `0x0f, 0x76, 0x6e`, or numbers in a `[u8; 3]` or `[u8; 4]`.
fn is_byte_colour(source: &Source, at: usize) -> bool {
    let is_hex_byte = |at: usize| {
        source
            .number(at)
            .is_some_and(|number| number.len() == 4 && number.starts_with("0x"))
    };
    let is_hex = [0, 2, 4].iter().all(|ahead| is_hex_byte(at + ahead))
        && source.has_marks(at + 1, ",")
        && source.has_marks(at + 3, ",");
    let is_typed = source.word(at) == Some("u8")
        && source.has_marks(at + 1, ";")
        && matches!(source.number(at + 2), Some("3" | "4"))
        && source.has_marks(at + 3, "]=[")
        && source.number(at + 6).is_some();
    is_hex || is_typed
}

/// The file system in the window's floors.
pub(super) fn files_in_the_window(source: &Source) -> Vec<Finding> {
    if !matches!(source.floor(), Some("map" | "ui")) {
        return Vec::new();
    }
    imports::behind(source, "std")
        .into_iter()
        .filter(|(_, name)| name == "fs")
        .map(|(at, _)| source.finding(at, "std::fs"))
        .collect()
}

/// Notes of things to do that name no issue.
pub(super) fn loose_ends(source: &Source) -> Vec<Finding> {
    let is_note = |text: &str| {
        text.split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| matches!(word, "TODO" | "FIXME" | "XXX"))
    };
    let names_issue = |text: &str| {
        text.split('#')
            .skip(1)
            .any(|behind| behind.starts_with(|c: char| c.is_ascii_digit()))
    };
    source
        .comments
        .iter()
        .filter(|comment| is_note(&comment.text) && !names_issue(&comment.text))
        .map(|comment| Finding {
            line: comment.line,
            what: comment.text.trim().to_owned(),
        })
        .collect()
}

/// Debug output in texts that a person reads.
pub(super) fn debug_output(source: &Source) -> Vec<Finding> {
    if !source
        .floor()
        .is_some_and(|floor| FLOORS_WITH_READERS.contains(&floor))
    {
        return Vec::new();
    }
    (0..source.tokens.len())
        .filter(|&at| {
            source
                .text(at)
                .is_some_and(|text| text.contains(":?}") || text.contains(":#?}"))
        })
        .map(|at| source.finding(at, "debug output in a text"))
        .collect()
}

/// The characters of the icons, with their lines.
pub(super) fn icons(source: &Source) -> Vec<(usize, char)> {
    let character = |text: &str| {
        let digits = text.strip_prefix("\\u{")?.strip_suffix('}')?;
        char::from_u32(u32::from_str_radix(digits, 16).ok()?)
    };
    (0..source.tokens.len())
        .filter_map(|at| Some((source.line(at), character(source.text(at)?)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(check: fn(&Source) -> Vec<Finding>, path: &str, text: &str) -> usize {
        check(&Source::new(path, text)).len()
    }

    #[test]
    fn headers_and_lengths() {
        assert_eq!(count(no_header, "src/a.rs", "use a::b;\n//! Late.\n"), 1);
        assert_eq!(count(no_header, "src/a.rs", "//! Reads.\n"), 0);
        assert_eq!(count(too_long, "src/a.rs", &"\n".repeat(MAX_LINES + 1)), 1);
        assert_eq!(count(too_long, "src/a.rs", &"\n".repeat(MAX_LINES)), 0);
    }

    #[test]
    fn functions_in_contents() {
        let text = "mod a;\nimpl A { fn b() {} }";
        assert_eq!(count(logic_in_contents, "src/read/mod.rs", text), 1);
        assert_eq!(count(logic_in_contents, "src/read/a.rs", text), 0);
        let pointer = "struct A { f: fn(u8) -> u8 } // fn b()";
        assert_eq!(count(logic_in_contents, "src/read/mod.rs", pointer), 0);
    }

    #[test]
    fn colours_of_every_form() {
        for text in [
            "let a = Color32::from_rgb(15, 118, 110);",
            "let a = Color::from_rgba8(15, 118, 110, 255);",
            "let a = egui::Color32::from_gray(40);",
            "let a = Color32::from_hex(\"#0f766e\");",
            "let a = hex_color!(\"0f766e\");",
            "let a = Color32::RED;",
            "let accent_color = 0x0f766e;",
            "let a = rgb(0x0f_76_6e_ff);",
            "let a = \"fill:#0f766e\";",
            "const LAND: [u8; 4] = [15, 118, 110, 255];",
            "let a = [0x0f, 0x76, 0x6e];",
        ] {
            assert_eq!(count(colours, "src/ui/list.rs", text), 1, "{text}");
            for home in COLOUR_HOMES {
                assert_eq!(count(colours, home, text), 0, "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_colour() {
        for text in [
            "let a = Color32::from_rgb(r, g, b);",
            "let a = Color32::TRANSPARENT;",
            "let seed = 0x5eed_1234;",
            "let a = \"#12 and #needs\";",
            "let a: [u8; 4] = bytes;",
            "#[cfg(test)] mod tests { const A: Color32 = Color32::RED; }",
        ] {
            assert_eq!(count(colours, "src/ui/list.rs", text), 0, "{text}");
        }
        let mark = "const MARK: [u8; 3] = [0xef, 0xbb, 0xbf];";
        assert_eq!(count(colours, "src/read/encoding.rs", mark), 0);
    }

    #[test]
    fn files_in_the_window_of_every_form() {
        for text in [
            "use std::fs;",
            "use std::{fs::File, io};",
            "fn f() { std::fs::read(a); }",
        ] {
            assert_eq!(count(files_in_the_window, "src/ui/a.rs", text), 1, "{text}");
            assert_eq!(count(files_in_the_window, "src/map/a.rs", text), 1);
            assert_eq!(count(files_in_the_window, "src/jobs/a.rs", text), 0);
        }
        assert_eq!(
            count(files_in_the_window, "src/ui/a.rs", "use std::fmt;"),
            0
        );
    }

    #[test]
    fn notes_without_an_issue() {
        assert_eq!(count(loose_ends, "src/a.rs", "// TODO: later"), 1);
        assert_eq!(count(loose_ends, "src/a.rs", "/* a\n FIXME */"), 1);
        assert_eq!(count(loose_ends, "src/a.rs", "// TODO(#12): later"), 0);
        assert_eq!(count(loose_ends, "src/a.rs", "let a = \"TODO\";"), 0);
    }

    #[test]
    fn debug_output_for_people() {
        for text in ["format!(\"{:?}\", a)", "write!(f, \"no {name:#?}\")"] {
            assert_eq!(count(debug_output, "src/cli/a.rs", text), 1, "{text}");
            assert_eq!(count(debug_output, "src/base/a.rs", text), 0, "{text}");
        }
        assert_eq!(
            count(debug_output, "src/cli/a.rs", "format!(\"{a}: ?\")"),
            0
        );
    }

    #[test]
    fn icons_are_read_from_their_escapes() {
        let source = Source::new(
            "src/ui/icon.rs",
            "//! I.\npub const X: &str = \"\\u{e4f6}\";",
        );
        assert_eq!(icons(&source), [(2, '\u{e4f6}')]);
    }
}
