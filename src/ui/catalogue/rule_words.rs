//! The words that a rule may use, to click into it.

use super::entries::value_text;
use super::fields::quantity_word;
use super::rule_text::Insertion;
use super::sheet::Desk;
use super::state::CatalogueState;
use crate::analysis::Fact;
use crate::model::{Catalogue, ProgrammeUnit};
use crate::ui::dialogs::tags;
use crate::ui::icon;
use crate::ui::theme::{Theme, small_font};
use crate::ui::widgets::note;
use crate::words::Lang;
use egui::{Button, RichText, Ui};

/// What joins and compares: as it is put in, in both languages.
const SIGNS: [(&str, &str); 10] = [
    ("且", "and"),
    ("或", "or"),
    ("非", "not"),
    ("<", "<"),
    ("<=", "<="),
    (">=", ">="),
    (">", ">"),
    ("=", "="),
    ("*", "*"),
    ("属于", "in"),
];

/// What is asked with brackets: as it is put in, and the key of what it means.
const ASKED: [(&str, &str, &str); 8] = [
    (
        "有成员(年龄 >= 60)",
        "any member(age >= 60)",
        "ui.cat_word_any",
    ),
    (
        "成员计数(年龄 < 18)",
        "count member(age < 18)",
        "ui.cat_word_count",
    ),
    ("享受(低保)", "receives(dibao)", "ui.cat_word_receives"),
    ("符合(低保)", "eligible(dibao)", "ui.cat_word_eligible"),
    ("需求(照料)", "need(care)", "ui.cat_word_need"),
    ("标签(\"孤儿\")", "tag(\"孤儿\")", "ui.cat_word_tag"),
    ("名单(\"残联\")", "list(\"残联\")", "ui.cat_word_list"),
    ("区划(330282*)", "area(330282*)", "ui.cat_word_area"),
];

/// Draws the words; gives what was clicked.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    state: &mut CatalogueState,
    unit: ProgrammeUnit,
    catalogue: &Catalogue,
) -> Option<Insertion> {
    let lang = desk.lang;
    let caret = if state.words_folded {
        icon::CARET_DOWN
    } else {
        icon::CARET_UP
    };
    let heading = format!("{}  {caret}", desk.t("ui.cat_words"));
    let heading = Button::new(RichText::new(heading).font(small_font())).frame_when_inactive(false);
    if ui.add(heading).clicked() {
        state.words_folded = !state.words_folded;
    }
    if state.words_folded {
        return None;
    }
    let mut chosen = None;
    let mut word = |ui: &mut Ui, insert: &str, meaning: &str| {
        let button = Button::new(RichText::new(insert).font(small_font()))
            .fill(Theme::of(ui).background)
            .wrap_mode(egui::TextWrapMode::Extend)
            .min_size(egui::vec2(0.0, 24.0));
        let mut response = ui.add(button);
        if !meaning.is_empty() && meaning != insert {
            response = response.on_hover_text(meaning);
        }
        if response.clicked() {
            chosen = Some(Insertion::Here(insert.to_owned()));
        }
    };
    note(ui, desk.t("ui.cat_words_facts"));
    let facts = |of_member: bool| Fact::all().filter(move |fact| fact.is_of_member() == of_member);
    // A programme for persons asks the person first.
    let is_person = unit == ProgrammeUnit::Person;
    tags(ui, |ui| {
        let household = facts(false);
        let person = facts(true).filter(|_| is_person);
        for fact in person.chain(household) {
            word(ui, inserted(fact, lang), &meaning(fact, lang));
        }
    });
    if !is_person {
        note(ui, desk.t("ui.cat_words_member"));
        tags(ui, |ui| {
            for fact in facts(true) {
                word(ui, inserted(fact, lang), &meaning(fact, lang));
            }
        });
    }
    note(ui, desk.t("ui.cat_words_thresholds"));
    tags(ui, |ui| {
        for threshold in &catalogue.thresholds {
            let value = value_text(desk, threshold).unwrap_or_else(|| desk.t("ui.cat_no_value"));
            let unit = quantity_word(threshold.unit, lang);
            let meaning = format!("{} {value} {unit}", threshold.name(lang));
            let insert = match lang {
                // A name with a space or sign in it would be several words.
                Lang::Zh if threshold.zh.chars().all(char::is_alphanumeric) => &threshold.zh,
                _ => &threshold.code,
            };
            word(ui, insert, meaning.trim_end());
        }
    });
    note(ui, desk.t("ui.cat_words_asked"));
    tags(ui, |ui| {
        for (zh, en, key) in ASKED {
            word(ui, lang.pick(zh, en), &desk.t(key));
        }
    });
    note(ui, desk.t("ui.cat_words_signs"));
    tags(ui, |ui| {
        for (zh, en) in SIGNS {
            word(ui, lang.pick(zh, en), "");
        }
    });
    chosen
}

fn inserted(fact: Fact, lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => fact.name(lang),
        Lang::En => fact.code(),
    }
}

/// The name of a fact; of one that is one of a few kinds, these.
fn meaning(fact: Fact, lang: Lang) -> String {
    let Fact::Kind(kind) = fact else {
        return fact.name(lang).to_owned();
    };
    let kinds: Vec<&str> = kind
        .vocabulary()
        .words()
        .iter()
        .map(|word| lang.pick(word.zh, word.code))
        .collect();
    let kinds = kinds.join(lang.pick("、", ", "));
    format!("{}{}{kinds}", fact.name(lang), lang.pick("：", ": "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::check_rule;
    use crate::jobs::shipped_catalogue;

    #[test]
    fn every_word_that_is_offered_is_one_of_the_language() {
        let catalogue = shipped_catalogue();
        for (zh, en, _) in ASKED {
            for text in [zh, en] {
                let rule = if text.starts_with("成员计数") || text.starts_with("count") {
                    format!("{text} > 0")
                } else {
                    text.to_owned()
                };
                let checked = check_rule(&rule, ProgrammeUnit::Household, catalogue);
                assert_eq!(checked, Ok(()), "{rule}");
            }
        }
        for lang in Lang::ALL {
            for fact in Fact::all() {
                let rule = match fact {
                    Fact::Number(_) => format!("{} > 1", inserted(fact, lang)),
                    Fact::Kind(kind) => {
                        let first = &kind.vocabulary().words()[0];
                        format!(
                            "{} = {}",
                            inserted(fact, lang),
                            lang.pick(first.zh, first.code)
                        )
                    }
                    _ => inserted(fact, lang).to_owned(),
                };
                let checked = check_rule(&rule, ProgrammeUnit::Person, catalogue);
                assert_eq!(checked, Ok(()), "{rule}");
            }
        }
    }
}
