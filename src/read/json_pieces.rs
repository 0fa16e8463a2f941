//! A JSON text in pieces: the members of an object and the elements of an array, each as its own
//! text. So one bad feature of a large file is one Problem, features can be read on all cores, and
//! numbers keep every digit that the file has.

use std::borrow::Cow;

/// What was found up to the end, or up to where the text stops being JSON.
pub(super) struct Pieces<T> {
    pub(super) found: Vec<T>,
    /// Whether the closing bracket was there.
    pub(super) whole: bool,
}

/// The members of an object, in order. `None` where the text is none.
pub(super) fn members(text: &str) -> Option<Pieces<(Cow<'_, str>, &str)>> {
    let mut rest = text.trim_start().strip_prefix('{')?.trim_start();
    let mut found = Vec::new();
    if rest.starts_with('}') {
        return Some(Pieces { found, whole: true });
    }
    loop {
        let member = value(rest).and_then(|(key, behind)| {
            let behind = behind.trim_start().strip_prefix(':')?.trim_start();
            Some((string(key)?, behind))
        });
        let Some((key, behind)) = member else {
            break;
        };
        let Some((piece, behind)) = value(behind) else {
            // Cut inside its value: what is there may still hold whole elements.
            found.push((key, behind));
            break;
        };
        found.push((key, piece));
        match next(behind, '}') {
            Next::More(behind) => rest = behind,
            Next::End => return Some(Pieces { found, whole: true }),
            Next::Broken => break,
        }
    }
    Some(Pieces {
        found,
        whole: false,
    })
}

/// The elements of an array, in order. `None` where the text is none.
pub(super) fn elements(text: &str) -> Option<Pieces<&str>> {
    let mut rest = text.trim_start().strip_prefix('[')?.trim_start();
    let mut found = Vec::new();
    if rest.starts_with(']') {
        return Some(Pieces { found, whole: true });
    }
    while let Some((piece, behind)) = value(rest) {
        found.push(piece);
        match next(behind, ']') {
            Next::More(behind) => rest = behind,
            Next::End => return Some(Pieces { found, whole: true }),
            Next::Broken => break,
        }
    }
    Some(Pieces {
        found,
        whole: false,
    })
}

/// The member of a name.
pub(super) fn member<'a>(pieces: &[(Cow<'_, str>, &'a str)], name: &str) -> Option<&'a str> {
    pieces
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, piece)| *piece)
}

/// The text of a JSON string.
pub(super) fn string(piece: &str) -> Option<Cow<'_, str>> {
    let inside = piece.strip_prefix('"')?.strip_suffix('"')?;
    if inside.contains('\\') {
        return serde_json::from_str(piece).ok().map(Cow::Owned);
    }
    Some(Cow::Borrowed(inside))
}

enum Next<'a> {
    More(&'a str),
    End,
    Broken,
}

fn next(behind: &str, close: char) -> Next<'_> {
    let behind = behind.trim_start();
    match behind.strip_prefix(',') {
        Some(more) => Next::More(more.trim_start()),
        None if behind.starts_with(close) => Next::End,
        None => Next::Broken,
    }
}

/// The value at the start of a text and what stands behind it, by its brackets and quotation marks alone.
fn value(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut at = 0;
    loop {
        match bytes.get(at)? {
            b'"' => at = behind_string(bytes, at + 1)?,
            b'{' | b'[' => {
                depth += 1;
                at += 1;
                continue;
            }
            b'}' | b']' if depth == 0 => return None,
            b'}' | b']' => {
                depth -= 1;
                at += 1;
            }
            _ if depth > 0 => {
                at += 1;
                continue;
            }
            _ => {
                let scalar = |byte: &u8| !b",]} \t\r\n:\"[{".contains(byte);
                let length = bytes.iter().take_while(|byte| scalar(byte)).count();
                at = length.max(1);
            }
        }
        if depth == 0 {
            return text.split_at_checked(at);
        }
    }
}

/// Behind the quotation mark that closes a string.
fn behind_string(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_and_arrays_come_apart() {
        let text =
            r#" {"a" : [1, {"b":"]"}], "名\"称":"x,}" , "n":12345678901234567890.0,"e":{}} "#;
        let pieces = members(text).unwrap();
        assert!(pieces.whole);
        let found: Vec<_> = pieces
            .found
            .iter()
            .map(|(key, piece)| (&**key, *piece))
            .collect();
        assert_eq!(
            found,
            [
                ("a", r#"[1, {"b":"]"}]"#),
                ("名\"称", r#""x,}""#),
                ("n", "12345678901234567890.0"),
                ("e", "{}"),
            ]
        );
        assert_eq!(elements("[ ]").unwrap().found.len(), 0);
        assert_eq!(
            elements("[1,null , [2,3]]").unwrap().found,
            ["1", "null", "[2,3]"]
        );
    }

    #[test]
    fn a_cut_text_gives_what_is_whole() {
        let pieces = elements(r#"[{"a":1},{"b":2},{"c":"#).unwrap();
        assert_eq!(pieces.found, [r#"{"a":1}"#, r#"{"b":2}"#]);
        assert!(!pieces.whole);
        let pieces = members(r#"{"a":1,"features":[{"b":2},{"#).unwrap();
        assert!(!pieces.whole);
        assert_eq!(member(&pieces.found, "features"), Some(r#"[{"b":2},{"#));
        assert!(!members(r#"{"a":1 "b":2}"#).unwrap().whole);
        assert!(!elements("[1,]").unwrap().whole);
        assert!(members("[1]").is_none());
        assert!(elements("").is_none());
    }
}
