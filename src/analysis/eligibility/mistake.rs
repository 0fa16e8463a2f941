//! What is wrong in a rule, and where.

use crate::words::Message;

/// The first mistake in a rule's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleMistake {
    /// The first character that is wrong, counted from 0.
    pub start: usize,
    /// The character behind the last that is wrong.
    pub end: usize,
    /// What is wrong, and what would be right.
    pub message: Message,
}

impl RuleMistake {
    /// What was perhaps meant in place of the characters that are wrong.
    pub fn proposal(&self) -> Option<&str> {
        self.message.value("near")
    }

    pub(super) fn at(start: usize, end: usize, message: Message) -> Self {
        Self {
            start,
            end,
            message,
        }
    }
}

/// The known word that is nearest to one that nobody knows, if it is near enough for a slip.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    if length > 40 {
        return None;
    }
    known
        .into_iter()
        .map(|one| (strsim::osa_distance(word, one), one))
        .filter(|(slips, one)| *slips * 3 <= length.max(one.chars().count()) + 1)
        .min()
        .map(|(_, one)| one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_word_that_is_near_is_proposed() {
        let near = Message::new("rules.unknown_word_near").arg("word", "agee");
        let mistake = RuleMistake::at(0, 4, near.arg("near", "age"));
        assert_eq!(mistake.proposal(), Some("age"));
        let none = RuleMistake::at(0, 4, Message::new("rules.unknown_word").arg("word", "agee"));
        assert_eq!(none.proposal(), None);
    }

    #[test]
    fn a_slip_finds_its_word_and_another_word_finds_none() {
        let known = ["income_per_head", "age", "年龄", "残疾等级"];
        assert_eq!(nearest("incom_per_haed", known), Some("income_per_head"));
        assert_eq!(nearest("残疾等及", known), Some("残疾等级"));
        assert_eq!(nearest("agee", known), Some("age"));
        assert_eq!(nearest("xyz", known), None);
        assert_eq!(nearest(&"长".repeat(1_000), known), None);
    }
}
