//! The catalogue that belongs to a workspace: read, checked, named by what changed in it.

use crate::analysis::{WrongRule, is_rule_word, wrong_rules};
use crate::model::Catalogue;
use crate::read::{self, CatalogueMistake};
use crate::store::{Access, Workspace};
use crate::words::{Fault, Lang, Message};
use crate::write;
use std::path::Path;

/// The catalogue of a workspace.
#[derive(Debug)]
pub(super) struct OfficeCatalogue {
    pub(super) catalogue: Catalogue,
    /// What is wrong with the text that the workspace holds. The one that the program ships is
    /// used in its stead, and the text stays as it is.
    pub(super) mistake: Option<CatalogueMistake>,
}

/// The catalogue that comes with the program.
pub fn shipped_catalogue() -> &'static Catalogue {
    read::catalogue()
}

/// Reads the catalogue of a workspace; the shipped one where it has none.
pub(super) fn office_catalogue(workspace: &Workspace) -> Result<OfficeCatalogue, Fault> {
    let shipped = || read::catalogue().clone();
    let Some(text) = workspace.catalogue()? else {
        return Ok(OfficeCatalogue {
            catalogue: shipped(),
            mistake: None,
        });
    };
    Ok(match read::parse_catalogue(&text) {
        Ok(catalogue) => OfficeCatalogue {
            catalogue,
            mistake: None,
        },
        Err(mistakes) => OfficeCatalogue {
            catalogue: shipped(),
            mistake: mistakes.into_iter().next(),
        },
    })
}

/// The text of a workspace's catalogue, as it stands in the file; the shipped one where it has none.
///
/// # Errors
/// Where the workspace cannot be opened.
pub fn catalogue_text(path: &Path) -> Result<String, Fault> {
    let text = Workspace::open(path, Access::ReadOnly)?.catalogue()?;
    Ok(text.unwrap_or_else(|| read::shipped_catalogue().to_owned()))
}

/// Says that the workspace's own catalogue cannot be read, and what happens instead.
pub fn catalogue_unreadable(mistake: &CatalogueMistake, lang: Lang) -> Message {
    Message::new("jobs.catalogue_unreadable")
        .arg("line", mistake.line)
        .arg("mistake", mistake.message.text(lang))
}

/// Gives a workspace that has no catalogue yet the shipped one, so that a later program does not
/// change its rules.
pub(super) fn begin_catalogue(workspace: &mut Workspace) -> Result<(), Fault> {
    if workspace.catalogue()?.is_none() {
        workspace.begin_catalogue(read::shipped_catalogue())?;
    }
    Ok(())
}

/// Reads a catalogue with its rules and amounts.
///
/// # Errors
/// Every mistake, in the order of the text.
pub fn read_catalogue(text: &str) -> Result<Catalogue, Vec<CatalogueMistake>> {
    let catalogue = read::parse_catalogue(text)?;
    let mut mistakes: Vec<CatalogueMistake> = Vec::new();
    for wrong in wrong_rules(&catalogue) {
        let term = catalogue.programmes.get(wrong.programme);
        let scheme = catalogue.schemes.get(wrong.programme);
        let (Some(term), Some(scheme)) = (term, scheme) else {
            continue;
        };
        let version = wrong.version.and_then(|place| scheme.rules.get(place));
        let from = version.map(|version| version.from);
        let start = wrong.mistake.start;
        let (line, column) = read::rule_place(text, &term.code, from, start).unwrap_or((1, 1));
        mistakes.push(CatalogueMistake {
            line,
            column,
            message: wrong.mistake.message,
        });
    }
    mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
    if mistakes.is_empty() {
        Ok(catalogue)
    } else {
        Err(mistakes)
    }
}

/// What is wrong with a catalogue that is being changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DraftMistakes {
    /// Rules and amounts, by programme.
    pub rules: Vec<WrongRule>,
    /// What else: names that two entries have, values that are missing.
    pub entries: Vec<Message>,
}

/// Looks through a catalogue that is being changed.
pub fn draft_mistakes(catalogue: &Catalogue) -> DraftMistakes {
    let parsed = read::parse_catalogue(&write::catalogue_toml(catalogue));
    let mistakes = parsed.err().unwrap_or_default();
    let mut entries: Vec<Message> = mistakes.into_iter().map(|one| one.message).collect();
    for threshold in &catalogue.thresholds {
        // The language takes its own words first: the threshold would never be asked.
        for name in [&threshold.code, &threshold.zh] {
            if is_rule_word(name) {
                entries.push(Message::new("rules.threshold_is_a_word").arg("name", name));
            }
        }
    }
    DraftMistakes {
        rules: wrong_rules(catalogue),
        entries,
    }
}

/// The text of a catalogue, where it is without a mistake and reads back as itself.
///
/// # Errors
/// Names the first mistake, as a person would look for it in the text.
pub(super) fn checked_text(catalogue: &Catalogue, lang: Lang) -> Result<String, Fault> {
    let text = write::catalogue_toml(catalogue);
    match read_catalogue(&text) {
        Ok(_) => Ok(text),
        Err(mistakes) => {
            let first = mistakes.first().map(|first| first.message.text(lang));
            let message = Message::new("jobs.catalogue_wrong");
            Err(Fault::input(
                message.arg("mistake", first.unwrap_or_default()),
            ))
        }
    }
}

/// What a person calls a change of the catalogue: what is other than it was, by name.
pub(super) fn change_title(before: &Catalogue, after: &Catalogue, lang: Lang) -> String {
    let mut names: Vec<String> = Vec::new();
    let mut note = |name: &str| {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    };
    let scheme = |of: &Catalogue, place: usize| of.schemes.get(place).cloned().unwrap_or_default();
    each_change(
        &before.programmes,
        &after.programmes,
        |term| &term.code,
        |old, new| {
            before.programmes.get(old) == after.programmes.get(new)
                && scheme(before, old) == scheme(after, new)
        },
        |term| note(term.short_name(lang)),
    );
    let alike = |old, new| before.needs.get(old) == after.needs.get(new);
    each_change(
        &before.needs,
        &after.needs,
        |term| &term.code,
        alike,
        |term| note(term.name(lang)),
    );
    let alike = |old, new| before.thresholds.get(old) == after.thresholds.get(new);
    each_change(
        &before.thresholds,
        &after.thresholds,
        |one| &one.code,
        alike,
        |one| note(one.name(lang)),
    );
    let alike = |old, new| before.numbers.get(old) == after.numbers.get(new);
    each_change(
        &before.numbers,
        &after.numbers,
        |one| &one.code,
        alike,
        |one| note(one.name(lang)),
    );
    let comma = lang.pick("、", ", ");
    let more = names.len().saturating_sub(MOST_NAMED);
    names.truncate(MOST_NAMED);
    let what = names.join(comma);
    match (names.is_empty(), more) {
        (true, _) => lang.t("jobs.edit_catalogue_order").into_owned(),
        (false, 0) => lang.with("jobs.edit_catalogue", &[("what", &what)]),
        (false, more) => lang.with(
            "jobs.edit_catalogue_more",
            &[("what", &what), ("more", &more.to_string())],
        ),
    }
}

/// How many changed entries a title names.
const MOST_NAMED: usize = 4;

/// Shows entries that are not what they were, that are new, or that are gone.
fn each_change<T>(
    before: &[T],
    after: &[T],
    code: impl Fn(&T) -> &str,
    is_same: impl Fn(usize, usize) -> bool,
    mut note: impl FnMut(&T),
) {
    for (new, entry) in after.iter().enumerate() {
        let old = before.iter().position(|old| code(old) == code(entry));
        if !old.is_some_and(|old| is_same(old, new)) {
            note(entry);
        }
    }
    for entry in before {
        if !after.iter().any(|new| code(new) == code(entry)) {
            note(entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Term;

    #[test]
    fn a_title_names_what_is_other_than_it_was() {
        let before = read::catalogue().clone();
        let mut after = before.clone();
        let title = |after: &Catalogue| change_title(&before, after, Lang::Zh);
        assert_eq!(title(&after), Lang::Zh.t("jobs.edit_catalogue_order"));
        after.schemes[0].gap_weight = 9.0;
        after.thresholds[0].zh = "新标准".to_owned();
        after.needs.remove(0);
        assert_eq!(title(&after), "修改目录：低保、生活物资、新标准");
        for number in &mut after.numbers {
            number.value += 1.0;
        }
        let more = format!("和另外 {} 项", 3 + after.numbers.len() - MOST_NAMED);
        assert!(title(&after).contains(&more), "{}", title(&after));
    }

    #[test]
    fn a_draft_says_all_that_is_wrong_with_it() {
        let mut draft = read::catalogue().clone();
        assert_eq!(draft_mistakes(&draft), DraftMistakes::default());
        draft.schemes[0].rules[0].text = "members >".to_owned();
        draft.programmes[1].zh.clear();
        draft.thresholds[0].zh = "年龄".to_owned();
        let found = draft_mistakes(&draft);
        assert_eq!(found.rules.len(), 1);
        let keys: Vec<&str> = found.entries.iter().map(Message::key).collect();
        assert_eq!(
            keys,
            ["rules.catalogue_missing", "rules.threshold_is_a_word"]
        );
    }

    #[test]
    fn mistakes_of_rules_have_their_place_in_the_text() {
        let text = "[[programmes]]\ncode = \"a\"\nzh = \"甲\"\nen = \"A\"\n\n[[programmes.rules]]\n\
                    from = 2026-01-01\ntext = \"members > nobody\"\n";
        let mistakes = read_catalogue(text).unwrap_err();
        let [mistake] = mistakes.as_slice() else {
            panic!("{mistakes:?}");
        };
        assert_eq!((mistake.line, mistake.column), (8, 19));
        assert!(read_catalogue(&text.replace("nobody", "3")).is_ok());
    }

    #[test]
    fn a_rule_with_a_mistake_has_no_text_to_keep() {
        let mut catalogue = read::catalogue().clone();
        let text = checked_text(&catalogue, Lang::En).unwrap();
        assert_eq!(read::parse_catalogue(&text).unwrap(), catalogue);
        catalogue.schemes[0].rules[0].text = "income_per_haed < 3".to_owned();
        let refused = checked_text(&catalogue, Lang::En).unwrap_err();
        assert!(refused.text(Lang::En).contains("income_per_head"));
        let mut catalogue = read::catalogue().clone();
        catalogue.needs.push(Term {
            known: true,
            ..Term::unknown("Not A Code")
        });
        assert!(checked_text(&catalogue, Lang::En).is_err());
    }
}
