//! The two languages and their word lists (`assets/lang`).

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The language of the whole interface.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// One file a room, so that a room's words stand together.
macro_rules! word_lists {
    ($($room:literal),* $(,)?) => {
        const ZH: &[(&str, &str)] = &[$(($room, include_str!(concat!("../../assets/lang/zh/", $room, ".toml")))),*];
        const EN: &[(&str, &str)] = &[$(($room, include_str!(concat!("../../assets/lang/en/", $room, ".toml")))),*];
    };
}

word_lists![
    "chart", "cli", "common", "jobs", "layer", "map", "priority", "problem", "query", "read",
    "rules", "session", "store", "ui", "whatif", "write"
];

type WordList = HashMap<String, String>;

static WORDS_ZH: LazyLock<WordList> = LazyLock::new(|| parse_all(ZH));
static WORDS_EN: LazyLock<WordList> = LazyLock::new(|| parse_all(EN));

/// `room.key` → text. A file that does not parse gives no words; a test reads every file.
fn parse_all(files: &[(&str, &str)]) -> WordList {
    let mut words = WordList::new();
    for (room, text) in files {
        let Ok(table) = text.parse::<toml::Table>() else {
            continue;
        };
        for (key, value) in table {
            if let Some(text) = value.as_str() {
                words.insert(format!("{room}.{key}"), text.to_owned());
            }
        }
    }
    words
}

impl Lang {
    /// Both languages, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// Chinese where the system's locale is Chinese, English elsewhere.
    pub fn of_system() -> Self {
        match sys_locale::get_locale() {
            Some(locale) if locale.to_ascii_lowercase().starts_with("zh") => Self::Zh,
            _ => Self::En,
        }
    }

    /// The code used on the command line and in settings.
    pub fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The language of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    fn words(self) -> &'static WordList {
        match self {
            Self::Zh => &WORDS_ZH,
            Self::En => &WORDS_EN,
        }
    }

    /// The text of `room.key`. A key without a text shows itself, so that it is seen.
    pub fn t(self, key: &str) -> Cow<'static, str> {
        self.words().get(key).map_or_else(
            || Cow::Owned(key.to_owned()),
            |text| Cow::Borrowed(text.as_str()),
        )
    }

    /// Whether `room.key` has a text.
    pub fn knows(self, key: &str) -> bool {
        self.words().contains_key(key)
    }

    /// The text of `room.key` with every `{name}` replaced by its value.
    pub fn with(self, key: &str, args: &[(&str, &str)]) -> String {
        fill(&self.t(key), args)
    }

    /// One of two texts, for catalogue entries that carry both languages themselves.
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// Replaces `{name}` by its value in one pass: a value is never searched for placeholders.
pub(super) fn fill(template: &str, args: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        if let Some((_, value)) = args.iter().find(|(key, _)| *key == name) {
            out.push_str(value);
        } else {
            out.push('{');
            out.push_str(name);
            out.push('}');
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_file_parses_and_both_languages_have_the_same_keys() {
        for files in [ZH, EN] {
            for (room, text) in files {
                let table: toml::Table = text
                    .parse()
                    .unwrap_or_else(|error| panic!("{room}: {error}"));
                assert!(
                    table.values().all(toml::Value::is_str),
                    "{room}: a value is not a text"
                );
            }
        }
        let zh: BTreeSet<_> = WORDS_ZH.keys().collect();
        let en: BTreeSet<_> = WORDS_EN.keys().collect();
        assert_eq!(zh, en);
    }

    #[test]
    fn both_languages_name_the_same_values() {
        let names = |text: &str| -> BTreeSet<String> {
            text.split('{')
                .skip(1)
                .filter_map(|part| part.split_once('}'))
                .map(|(name, _)| name.to_owned())
                .collect()
        };
        let keys: BTreeSet<_> = WORDS_ZH.keys().collect();
        for key in keys {
            assert_eq!(names(&WORDS_ZH[key]), names(&WORDS_EN[key]), "{key}");
        }
    }

    #[test]
    fn values_are_filled_in_once() {
        assert_eq!(
            fill("{a} of {b} {c} {", &[("a", "{b}"), ("b", "2")]),
            "{b} of 2 {c} {"
        );
    }
}
