//! What a text should look like: plain, or with `*` for any characters.

/// A text with or without wildcards. ASCII letters match in either case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// The texts between the wildcards; a single one where there is no wildcard.
    parts: Vec<String>,
}

impl Pattern {
    /// A text without wildcard; a `*` in it stands for itself.
    pub fn plain(text: &str) -> Self {
        Self {
            parts: vec![text.to_owned()],
        }
    }

    /// Texts with a wildcard between each two. Empty ones in the middle fall away.
    pub fn with_wildcards<T: Into<String>>(parts: impl IntoIterator<Item = T>) -> Self {
        let mut parts: Vec<String> = parts.into_iter().map(Into::into).collect();
        let last = parts.len().saturating_sub(1);
        let mut place = 0;
        parts.retain(|part| {
            let keep = place == 0 || place == last || !part.is_empty();
            place += 1;
            keep
        });
        if parts.is_empty() {
            parts.push(String::new());
        }
        Self { parts }
    }

    /// The texts between the wildcards.
    pub fn parts(&self) -> &[String] {
        &self.parts
    }

    /// Whether it is a wildcard and nothing else.
    pub fn is_wildcard(&self) -> bool {
        self.parts.len() == 2 && self.parts.iter().all(String::is_empty)
    }

    /// Whether the whole text looks like this.
    pub fn is_whole(&self, text: &str) -> bool {
        let text = text.as_bytes();
        let [first, middle @ .., last] = self.parts.as_slice() else {
            return self
                .parts
                .first()
                .is_some_and(|only| only.as_bytes().eq_ignore_ascii_case(text));
        };
        let (first, last) = (first.as_bytes(), last.as_bytes());
        let Some((start, mut rest)) = text.split_at_checked(first.len()) else {
            return false;
        };
        if !start.eq_ignore_ascii_case(first) {
            return false;
        }
        for part in middle {
            let Some(at) = find(rest, part.as_bytes()) else {
                return false;
            };
            rest = rest.get(at + part.len()..).unwrap_or(&[]);
        }
        rest.len()
            .checked_sub(last.len())
            .and_then(|at| rest.get(at..))
            .is_some_and(|end| end.eq_ignore_ascii_case(last))
    }

    /// Whether the pattern is a part of the text; with a wildcard, whether it is the whole.
    pub fn is_in(&self, text: &str) -> bool {
        match self.parts.as_slice() {
            [only] if only.bytes().any(|byte| byte.is_ascii_alphabetic()) => {
                find(text.as_bytes(), only.as_bytes()).is_some()
            }
            [only] => text.contains(only.as_str()),
            _ => self.is_whole(text),
        }
    }
}

/// Where a needle begins, ASCII case aside.
fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let Some(first) = needle.first() else {
        return Some(0);
    };
    haystack.windows(needle.len()).position(|there| {
        there[0].eq_ignore_ascii_case(first) && there.eq_ignore_ascii_case(needle)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_texts_match_whole_or_in_part() {
        let plain = Pattern::plain("H-1");
        assert!(plain.is_whole("h-1"));
        assert!(!plain.is_whole("h-12"));
        assert!(plain.is_in("xH-12"));
        assert!(!plain.is_in("H-2"));
        assert!(Pattern::plain("青竹").is_in("示范街道青竹路1号"));
        assert!(!Pattern::plain("a*c").is_in("abc"));
    }

    #[test]
    fn wildcards_stand_for_any_characters() {
        for (parts, text, same) in [
            (&["张", ""][..], "张三", true),
            (&["张", ""], "张", true),
            (&["张", ""], "小张", false),
            (&["", "路"], "青竹路", true),
            (&["", "路"], "青竹路1号", false),
            (&["a", "b", "c"], "aXbXc", true),
            (&["a", "b", "c"], "abXbc", true),
            (&["ab", "bc"], "abc", false),
            (&["a", "a"], "a", false),
            (&["", "竹", ""], "青竹路", true),
            (&["", ""], "", true),
            (&["A", "Z"], "amz", true),
        ] {
            let pattern = Pattern::with_wildcards(parts.iter().copied());
            assert_eq!(pattern.is_whole(text), same, "{parts:?} {text}");
            assert_eq!(pattern.is_in(text), same, "{parts:?} {text}");
        }
    }

    #[test]
    fn repeated_wildcards_are_one() {
        assert!(Pattern::with_wildcards(["", "", "", ""]).is_wildcard());
        assert_eq!(
            Pattern::with_wildcards(["a", "", "b"]),
            Pattern::with_wildcards(["a", "b"])
        );
    }
}
