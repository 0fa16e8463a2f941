//! A rule as a sentence: the same words in the same order, by the names that people have for them.

use super::facts::{Fact, Scope};
use super::token::{Kind, Token, tokens};
use super::words::{self, Function, Quantifier};
use crate::model::{Catalogue, Term, Vocabulary};
use crate::words::Lang;

/// A rule or an amount in plain words: facts, thresholds, programmes and needs by their names,
/// signs as words. Nothing is left out and nothing is added. `None` where the text cannot be split
/// into words; a text with other mistakes is read as far as it is understood.
pub fn rule_in_words(text: &str, catalogue: &Catalogue, lang: Lang) -> Option<String> {
    let tokens = split(text, catalogue)?;
    let chars: Vec<char> = text.chars().collect();
    let mut sentence = Sentence {
        lang,
        out: String::new(),
    };
    let mut function = None;
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let written: String = chars
            .get(token.start..token.end)
            .unwrap_or_default()
            .iter()
            .collect();
        at += 1;
        match &token.kind {
            Kind::Number(_) => sentence.word(&written),
            Kind::Text(text) => sentence.word(&format!("“{text}”")),
            Kind::Sign(sign) => {
                depth = match *sign {
                    "(" => depth + 1,
                    ")" => depth.saturating_sub(1),
                    _ => depth,
                };
                if depth == 0 {
                    function = None;
                }
                sentence.sign(sign);
            }
            Kind::Word(word) => {
                let next = tokens.get(at);
                if let Some(found) = Function::called(word).filter(|_| opens(next)) {
                    function = Some(found);
                    // Brackets of a function end with the one that it opens.
                    depth = 0;
                    sentence.word(function_word(found, lang));
                } else if let Some((quantifier, length)) = quantifier(word, &tokens, at) {
                    at += length - 1;
                    sentence.word(quantifier_word(quantifier, lang));
                } else if let Some(function) = function {
                    let argument = argument(function, &written, catalogue, lang);
                    sentence.word(argument.as_deref().unwrap_or(&written));
                } else {
                    let spoken = spoken(word, catalogue, lang);
                    sentence.word(spoken.as_deref().unwrap_or(&written));
                }
            }
        }
    }
    Some(sentence.out)
}

/// The places of the thresholds that a rule or an amount names, each once, in its order.
pub fn rule_thresholds(text: &str, catalogue: &Catalogue) -> Vec<usize> {
    let mut places = Vec::new();
    for token in split(text, catalogue).unwrap_or_default() {
        let Kind::Word(word) = &token.kind else {
            continue;
        };
        if Fact::called(word, Scope::Household).is_some() {
            continue;
        }
        if let Some(place) = catalogue.threshold(word).filter(|at| !places.contains(at)) {
            places.push(place);
        }
    }
    places
}

/// Whether the rule language has a word of its own, so that a threshold of this name would never
/// be asked.
pub fn is_rule_word(word: &str) -> bool {
    let word = word.to_lowercase();
    words::is_known(&word) || Fact::called(&word, Scope::Household).is_some()
}

fn split(text: &str, catalogue: &Catalogue) -> Option<Vec<Token>> {
    let is_known =
        |word: &str| words::is_known(word) || catalogue.thresholds.iter().any(|one| one.zh == word);
    tokens(text, &is_known).ok()
}

fn opens(token: Option<&Token>) -> bool {
    token.is_some_and(|token| token.kind == Kind::Sign("("))
}

fn quantifier(word: &str, tokens: &[Token], next: usize) -> Option<(Quantifier, usize)> {
    let after = match tokens.get(next).map(|token| &token.kind) {
        Some(Kind::Word(word)) => Some(word.as_str()),
        _ => None,
    };
    let found = words::members_of(word, after)?;
    opens(tokens.get(next + found.length - 1)).then_some((found.quantifier, found.length))
}

fn function_word(function: Function, lang: Lang) -> &'static str {
    match function {
        Function::Receives => lang.pick("正在享受", "receives"),
        Function::Eligible => lang.pick("符合条件", "is eligible for"),
        Function::Need => lang.pick("有需求", "has the need"),
        Function::Tag => lang.pick("有标签", "has the tag"),
        Function::List => lang.pick("在名单", "is on the list"),
        Function::Area => lang.pick("在区划", "is in the area"),
    }
}

fn quantifier_word(quantifier: Quantifier, lang: Lang) -> &'static str {
    match quantifier {
        Quantifier::Any => lang.pick("至少一名成员", "at least one member with"),
        Quantifier::All => lang.pick("每名成员都", "every member with"),
        Quantifier::Count => lang.pick("成员人数", "the number of members with"),
    }
}

fn argument(
    function: Function,
    written: &str,
    catalogue: &Catalogue,
    lang: Lang,
) -> Option<String> {
    let named = |terms: &[Term]| {
        let term = terms.iter().find(|term| term.is_called(written))?;
        Some(term.short_name(lang).to_owned())
    };
    match function {
        Function::Receives | Function::Eligible => named(&catalogue.programmes),
        Function::Need => named(&catalogue.needs),
        Function::Tag | Function::List | Function::Area => None,
    }
}

fn spoken(word: &str, catalogue: &Catalogue, lang: Lang) -> Option<String> {
    let known = |words: &[&str]| words.contains(&word);
    let plain = if known(words::AND) {
        lang.pick("，并且", "and")
    } else if known(words::OR) {
        lang.pick("，或者", "or")
    } else if known(words::NOT) {
        lang.pick("不是", "not")
    } else if known(words::IN) {
        lang.pick("属于", "is one of")
    } else if known(words::NOT_IN) {
        lang.pick("不属于", "is none of")
    } else if let Some(fact) = Fact::called(word, Scope::Household) {
        fact.name(lang)
    } else if let Some(place) = catalogue.threshold(word) {
        let threshold = catalogue.thresholds.get(place)?;
        return Some(threshold.name(lang).to_owned());
    } else if known(words::YES) {
        lang.pick("是", "yes")
    } else if known(words::NO) {
        lang.pick("否", "no")
    } else {
        return kind(word, lang).or_else(|| comparison(word, lang).map(str::to_owned));
    };
    Some(plain.to_owned())
}

fn kind(word: &str, lang: Lang) -> Option<String> {
    let all = [
        Vocabulary::SEX,
        Vocabulary::DISABILITY,
        Vocabulary::SELF_CARE,
        Vocabulary::HEALTH,
        Vocabulary::WORK,
        Vocabulary::SCHOOLING,
        Vocabulary::RELATION,
    ];
    let mut words = all.into_iter().flat_map(Vocabulary::words);
    let found = words.find(|one| one.code == word || one.zh == word)?;
    Some(found.name(lang).to_owned())
}

fn comparison(sign: &str, lang: Lang) -> Option<&'static str> {
    use super::verdict::Comparison;
    let how = words::comparison(Some(sign), None)?;
    Some(match how {
        Comparison::Less => lang.pick("低于", "is below"),
        Comparison::AtMost => lang.pick("不高于", "is at most"),
        Comparison::Equal => lang.pick("为", "is"),
        Comparison::Unequal => lang.pick("不为", "is not"),
        Comparison::AtLeast => lang.pick("不低于", "is at least"),
        Comparison::More => lang.pick("高于", "is above"),
    })
}

struct Sentence {
    lang: Lang,
    out: String,
}

impl Sentence {
    fn word(&mut self, word: &str) {
        let follows = self.out.chars().last();
        let is_glued = matches!(follows, None | Some('(' | '（')) || word.starts_with('，');
        // Chinese runs on; beside figures and Latin letters it has a little room.
        let is_latin = |char: Option<char>| char.is_some_and(|char| char.is_ascii_alphanumeric());
        let wants_room = match self.lang {
            Lang::En => true,
            Lang::Zh => is_latin(follows) || is_latin(word.chars().next()),
        };
        if !is_glued && wants_room {
            self.out.push(' ');
        }
        self.out.push_str(word);
    }

    fn sign(&mut self, sign: &str) {
        let lang = self.lang;
        match sign {
            "(" => self.word(lang.pick("（", "(")),
            ")" => self.out.push_str(lang.pick("）", ")")),
            "," => self.out.push_str(lang.pick("、", ",")),
            "*" => self.around("×"),
            "/" => self.around("÷"),
            "+" | "-" => self.around(sign),
            "&" | "&&" => self.word(lang.pick("，并且", "and")),
            "|" | "||" => self.word(lang.pick("，或者", "or")),
            "!" => self.word(lang.pick("不是", "not")),
            other => self.word(comparison(other, lang).unwrap_or(other)),
        }
    }

    fn around(&mut self, sign: &str) {
        self.out.push(' ');
        self.out.push_str(sign);
        if self.lang == Lang::Zh {
            self.out.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::eligibility::samples;

    fn read(text: &str, lang: Lang) -> String {
        let catalogue = samples::catalogue(["members > 2", "age >= 80", "members > 1"]);
        rule_in_words(text, &catalogue, lang).unwrap()
    }

    #[test]
    fn a_rule_reads_as_a_sentence_in_both_languages() {
        let rule = "income_per_head < 1.5 * dibao_standard and not receives(dibao)";
        assert_eq!(
            read(rule, Lang::Zh),
            "人均月收入低于 1.5 × 低保标准，并且不是正在享受（低保）"
        );
        assert_eq!(
            read(rule, Lang::En),
            "income a head is below 1.5 × dibao standard and not receives (dibao)"
        );
        let rule = "有成员(年龄>=60 且 self_care = unable) 或 tag(\"孤儿\")";
        assert_eq!(
            read(rule, Lang::Zh),
            "至少一名成员（年龄不低于 60，并且自理能力为不能自理），或者有标签（“孤儿”）"
        );
        assert!(read(rule, Lang::En).starts_with("at least one member with (age is at least 60"));
    }

    #[test]
    fn what_is_not_understood_stands_as_it_is_written() {
        assert_eq!(read("Nonsense > 3", Lang::En), "Nonsense is above 3");
        let catalogue = samples::catalogue(["members > 2", "age >= 80", "members > 1"]);
        assert_eq!(rule_in_words("tag(\"open", &catalogue, Lang::En), None);
        assert_eq!(rule_thresholds("tag(\"open", &catalogue), [0_usize; 0]);
    }

    #[test]
    fn thresholds_are_found_by_either_name_and_once() {
        let catalogue = samples::catalogue(["members > 2", "age >= 80", "members > 1"]);
        let standard = catalogue.threshold("dibao_standard").unwrap();
        let zh = &catalogue.thresholds[standard].zh;
        let rule = format!("income < dibao_standard or income < 2 * {zh}");
        assert_eq!(rule_thresholds(&rule, &catalogue), [standard]);
        assert!(is_rule_word("Age") && is_rule_word("并且") && !is_rule_word("dibao_standard"));
    }
}
