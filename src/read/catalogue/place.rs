//! Where in the text of a catalogue a character of a rule stands.

use crate::model::Date;
use std::iter::Peekable;
use std::str::Chars;
use toml::de::{DeTable, DeValue};

/// The line and column, both from 1, of a character of a rule: of the programme with this code, of
/// the version from this day on; without a day, of the amount. `None` where there is no such rule.
pub fn rule_place(
    text: &str,
    programme: &str,
    from: Option<Date>,
    character: usize,
) -> Option<(usize, usize)> {
    let document = DeTable::parse(text).ok()?;
    let entry = document.get_ref().get("programmes")?.get_ref().as_array()?;
    let entry = entry.iter().filter_map(|one| one.get_ref().as_table());
    let entry = entry.into_iter().find(|one| {
        let code = one.get("code").map(toml::Spanned::get_ref);
        matches!(code, Some(DeValue::String(code)) if code.trim() == programme)
    })?;
    let value = match from {
        None => entry.get("monthly_amount")?,
        Some(day) => {
            let versions = entry.get("rules")?.get_ref().as_array()?;
            let versions = versions.iter().filter_map(|one| one.get_ref().as_table());
            let version = versions
                .into_iter()
                .find(|one| one.get("from").and_then(|from| day_of(from.get_ref())) == Some(day))?;
            version.get("text")?
        }
    };
    let span = value.span();
    let offset = source_offset(text.get(span.clone())?, character);
    Some(line_and_column(text, span.start + offset))
}

fn day_of(value: &DeValue<'_>) -> Option<Date> {
    match value {
        DeValue::String(text) => Date::parse(text),
        DeValue::Datetime(day) => Date::parse(&day.to_string()),
        _ => None,
    }
}

fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let column = before.get(start..).map_or(0, |line| line.chars().count()) + 1;
    (line, column)
}

/// How many bytes of a string as TOML writes it stand before a character of what it says. White
/// space at its beginning says nothing.
fn source_offset(source: &str, character: usize) -> usize {
    let quotes = if source.starts_with("\"\"\"") || source.starts_with("'''") {
        3
    } else {
        1
    };
    let escapes = source.starts_with('"');
    let inner = source.get(quotes..).unwrap_or_default();
    let mut rest = inner.chars().peekable();
    if quotes == 3 {
        rest.next_if_eq(&'\r');
        rest.next_if_eq(&'\n');
    }
    let mut seen = 0;
    loop {
        if escapes {
            skip_line_ends(&mut rest);
        }
        let before = offset_of(source, &rest);
        let Some(said) = next_char(&mut rest, escapes) else {
            break;
        };
        if seen > 0 || !said.is_whitespace() {
            if seen == character {
                return before;
            }
            seen += 1;
        }
    }
    // Behind the last character: before the quotes that end it.
    source.len().saturating_sub(quotes)
}

fn offset_of(source: &str, rest: &Peekable<Chars<'_>>) -> usize {
    let left: usize = rest.clone().map(char::len_utf8).sum();
    source.len().saturating_sub(left)
}

/// Passes over the ends of lines that go on in the next one.
fn skip_line_ends(rest: &mut Peekable<Chars<'_>>) {
    let mut ahead = rest.clone();
    while ahead.next_if_eq(&'\\').is_some() && ahead.next_if(|next| next.is_whitespace()).is_some()
    {
        while ahead.next_if(|next| next.is_whitespace()).is_some() {}
        *rest = ahead.clone();
    }
}

/// The next character that the string says; one that is escaped counts once, whatever it is.
fn next_char(rest: &mut Peekable<Chars<'_>>, escapes: bool) -> Option<char> {
    let first = rest.next()?;
    if !(escapes && first == '\\') {
        return Some(first);
    }
    match rest.next()? {
        'u' => rest.nth(3)?,
        'U' => rest.nth(7)?,
        'x' => rest.nth(1)?,
        'n' | 'r' | 't' => return Some('\n'),
        other => other,
    };
    Some('x')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(rule: &str, character: usize) -> Option<(usize, usize)> {
        let text = format!(
            "[[programmes]]\ncode = \"低保\"\nmonthly_amount = \"a + b\"\n[[programmes.rules]]\n\
             from = 2026-07-01\ntext = {rule}\n"
        );
        let day = Date::parse("2026-07-01");
        assert_eq!(rule_place(&text, "低保", None, 4), Some((3, 23)));
        assert_eq!(rule_place(&text, "低边", None, 4), None);
        rule_place(&text, "低保", day, character)
    }

    #[test]
    fn characters_are_found_behind_quotes_and_escapes() {
        assert_eq!(place("\"年龄 > 3\"", 0), Some((6, 9)));
        assert_eq!(place("\"年龄 > 3\"", 5), Some((6, 14)));
        assert_eq!(place("\"年龄 >\"", 4), Some((6, 13)));
        assert_eq!(place("  '  年龄 > 3'", 3), Some((6, 16)));
        assert_eq!(place(r#""tag(\"孤儿\") ab""#, 9), Some((6, 20)));
        assert_eq!(place(r#""\u5e74x""#, 1), Some((6, 15)));
        assert_eq!(place("\"\"\"\nage >\n  3\"\"\"", 0), Some((7, 1)));
        assert_eq!(place("\"\"\"\nage >\n  3\"\"\"", 8), Some((8, 3)));
        assert_eq!(place("\"\"\"age \\\n  > 3\"\"\"", 4), Some((7, 3)));
    }
}
