//! The rules of the house, kept by a test that reads the sources as text. `ARCHITECTURE.md` says
//! what they are for; each failure says where and why.

mod floors;
mod imports;
mod lexer;
mod rules;
mod source;
mod words;

use floors::{CRATES, FLOORS};
use source::{Finding, Source};
use std::collections::BTreeSet;
use std::path::Path;

/// The package's folder.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a rule finds in all files of some folders, a line each; empty when the rule holds.
fn broken(folders: &[&str], check: impl Fn(&Source) -> Vec<Finding>) -> std::io::Result<String> {
    let mut lines = Vec::new();
    let mut files = 0;
    for folder in folders {
        for source in Source::all(root(), folder)? {
            files += 1;
            let path = &source.path;
            let line = |found: Finding| format!("\n  {path}:{}: {}", found.line, found.what);
            lines.extend(check(&source).into_iter().map(line));
        }
    }
    assert!(files > 0, "no file to read in {folders:?}");
    Ok(lines.concat())
}

#[test]
fn a_file_names_only_the_floors_below_it() {
    let found = broken(&["src"], imports::floors_above).unwrap();
    assert!(
        found.is_empty(),
        "Data flows upstairs, and a floor can be read without those above it. Move the code, or \
         change the layout in `ARCHITECTURE.md` and in tests/it/tidy/floors.rs in one step.{found}"
    );
}

#[test]
fn a_third_party_crate_lives_in_its_home() {
    let found = broken(&["src"], imports::crates_away_from_home).unwrap();
    assert!(
        found.is_empty(),
        "A crate that is named in one place can be replaced in one place, and nobody has to know \
         it elsewhere. Call the floor that is its home.{found}"
    );
}

#[test]
fn every_dependency_has_a_home() {
    let text = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let manifest: toml::Table = text.parse().unwrap();
    let wanted: BTreeSet<String> = manifest["dependencies"]
        .as_table()
        .unwrap()
        .keys()
        .map(|name| name.replace('-', "_"))
        .collect();
    let known: BTreeSet<String> = CRATES.iter().map(|home| home.name.to_owned()).collect();
    assert_eq!(
        wanted, known,
        "Cargo.toml (left) and the homes in tests/it/tidy/floors.rs (right) list the same crates, \
         so that a new dependency is a decision about where it lives."
    );
}

#[test]
fn the_floors_stand_on_each_other() {
    for (place, floor) in FLOORS.iter().enumerate() {
        for name in floor.may_name {
            let below = FLOORS.iter().take(place).any(|other| other.name == *name);
            assert!(below, "{} names {name}, which is not below it", floor.name);
        }
    }
}

#[test]
fn every_file_says_what_it_is() {
    let found = broken(&["src", "tests", "benches"], rules::no_header).unwrap();
    assert!(
        found.is_empty(),
        "A newcomer reads the first line to know whether this is the room they look for. Start \
         the file with a `//!` line.{found}"
    );
}

#[test]
fn no_file_is_longer_than_a_sitting() {
    let found = broken(&["src", "tests", "benches"], rules::too_long).unwrap();
    assert!(
        found.is_empty(),
        "Past {} lines a file holds more than one thing. Split it by what its parts are.{found}",
        rules::MAX_LINES
    );
}

#[test]
fn contents_pages_hold_no_logic() {
    let found = broken(&["src"], rules::logic_in_contents).unwrap();
    assert!(
        found.is_empty(),
        "A `mod.rs` is a table of contents: a function there is where nobody looks for it. Give \
         it a file named after it.{found}"
    );
}

#[test]
fn colours_stand_in_their_files() {
    let found = broken(&["src"], rules::colours).unwrap();
    assert!(
        found.is_empty(),
        "Themes, ramps and classes were checked for contrast and colour blindness as a whole; a colour \
         elsewhere escapes that and the dark theme. Name it in {}.{found}",
        rules::COLOUR_HOMES.join(" or ")
    );
}

#[test]
fn the_window_does_not_touch_files() {
    let found = broken(&["src"], rules::files_in_the_window).unwrap();
    assert!(
        found.is_empty(),
        "A slow disk or a network share would freeze the window. Push a command and let a job \
         read or write.{found}"
    );
}

#[test]
fn what_is_left_to_do_has_an_issue() {
    let found = broken(&["src", "tests", "benches"], rules::loose_ends).unwrap();
    assert!(
        found.is_empty(),
        "A note in the code is found by nobody. Open an issue and give its number (#12), or do \
         it.{found}"
    );
}

#[test]
fn people_never_read_debug_output() {
    let found = broken(&["src"], rules::debug_output).unwrap();
    assert!(
        found.is_empty(),
        "Debug output is Rust's view of a value, in one language, and may carry a resident's \
         data. Write a sentence.{found}"
    );
}

#[test]
fn every_word_exists_in_both_languages() {
    let lists = words::read(&root().join("assets/lang")).unwrap();
    let found = broken(&["src"], |source| words::missing(source, &lists)).unwrap();
    assert!(
        found.is_empty(),
        "A key without a text shows itself on the screen. Add it to assets/lang/zh and \
         assets/lang/en.{found}"
    );
}

#[test]
fn every_icon_has_a_glyph() {
    use skrifa::MetadataProvider as _;
    let Some(icons) = Source::read(root(), "src/ui/icon.rs").unwrap() else {
        panic!("src/ui/icon.rs is gone");
    };
    let bytes = std::fs::read(root().join("assets/fonts/Phosphor.ttf")).unwrap();
    let font = skrifa::FontRef::new(&bytes).unwrap();
    let without: Vec<_> = rules::icons(&icons)
        .into_iter()
        .filter(|(_, icon)| font.charmap().map(*icon).is_none())
        .map(|(line, icon)| format!("src/ui/icon.rs:{line}: U+{:04X}", u32::from(icon)))
        .collect();
    assert!(
        without.is_empty(),
        "The icon font is cut to the icons in use. Cut it again, as assets/fonts/README.md says: \
         {without:?}"
    );
    assert!(
        !rules::icons(&icons).is_empty(),
        "no icon was found: is the test still reading them?"
    );
}
