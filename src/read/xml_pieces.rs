//! XML in pieces, from a stream: tags with their attributes, and the text between them. It takes what
//! spreadsheets write and no more: no entities of its own, no deep trees, no piece without an end.

use std::borrow::Cow;
use std::io::Read;

/// The largest tag or text that is taken.
const MOST_PIECE_BYTES: usize = 16 << 20;
const READ_BYTES: usize = 1 << 16;

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A tag that begins something.
    Begin(Tag<'a>),
    /// A tag that ends it.
    End(&'a str),
    /// Text, with its entities as they stand.
    Text(&'a str),
    /// Text that has none.
    Literal(&'a str),
}

/// A tag that begins something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    attributes: &'a str,
    /// It ends it too.
    pub(super) is_empty: bool,
}

impl<'a> Tag<'a> {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.attributes;
        loop {
            let (key, behind) = rest.split_once('=')?;
            let behind = behind.trim_start();
            let quote = behind
                .chars()
                .next()
                .filter(|char| matches!(char, '"' | '\''))?;
            let (value, next) = behind.strip_prefix(quote)?.split_once(quote)?;
            if key.trim() == name {
                return Some(plain_text(value));
            }
            rest = next;
        }
    }
}

/// What is wrong with a stream of XML.
#[derive(Debug)]
pub(super) enum XmlError {
    /// It cannot be read.
    Unreadable(std::io::Error),
    /// It is no XML, or ends inside a piece.
    Broken,
}

/// A stream of pieces.
pub(super) struct XmlPieces<R> {
    source: R,
    buffer: Vec<u8>,
    /// Where the next piece begins.
    at: usize,
    at_end: bool,
}

impl<R: Read> XmlPieces<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            source,
            buffer: Vec::new(),
            at: 0,
            at_end: false,
        }
    }

    /// The next piece, or `None` at the end. Comments and declarations are passed over.
    pub(super) fn next(&mut self) -> Result<Option<Piece<'_>>, XmlError> {
        loop {
            let Some((length, kind)) = self.measure()? else {
                return Ok(None);
            };
            let start = self.at;
            self.at += length;
            if kind != Kind::Nothing {
                let bytes = self.buffer.get(start..start + length).unwrap_or_default();
                let text = std::str::from_utf8(bytes).map_err(|_| XmlError::Broken);
                return text
                    .and_then(|text| piece(text, kind).ok_or(XmlError::Broken))
                    .map(Some);
            }
        }
    }

    /// The length and kind of the next piece; reads until it is all there.
    fn measure(&mut self) -> Result<Option<(usize, Kind)>, XmlError> {
        let mut looked = 0;
        loop {
            let rest = self.buffer.get(self.at..).unwrap_or_default();
            if rest.is_empty() && self.at_end {
                return Ok(None);
            }
            // Eight bytes tell what begins.
            if rest.len() > 8 || self.at_end {
                let (kind, ending, from) = kind_of(rest);
                let found = match kind {
                    Kind::Text => position(rest, b"<", looked),
                    Kind::Tag => end_of_tag(rest),
                    _ => position(rest, ending, from.max(looked)).map(|at| at + ending.len()),
                };
                match found {
                    Some(length) => return Ok(Some((length, kind))),
                    // Space behind the last tag.
                    None if self.at_end && kind == Kind::Text => {
                        return Ok(Some((rest.len(), kind)));
                    }
                    None if self.at_end => return Err(XmlError::Broken),
                    None if rest.len() > MOST_PIECE_BYTES => return Err(XmlError::Broken),
                    None => looked = rest.len().saturating_sub(ending.len()),
                }
            }
            self.fill()?;
        }
    }

    fn fill(&mut self) -> Result<(), XmlError> {
        self.buffer.drain(..self.at);
        self.at = 0;
        let held = self.buffer.len();
        // A longer piece is read in longer steps, or looking through it again would take for ever.
        let step = held.max(READ_BYTES);
        self.buffer.resize(held + step, 0);
        let room = self.buffer.get_mut(held..).unwrap_or_default();
        let read = loop {
            match self.source.read(room) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                read => break read.map_err(XmlError::Unreadable)?,
            }
        };
        self.buffer.truncate(held + read);
        self.at_end = read == 0;
        Ok(())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Tag,
    Text,
    Literal,
    /// Comments and declarations.
    Nothing,
}

/// What begins here, how it ends, and where its end may be earliest.
fn kind_of(rest: &[u8]) -> (Kind, &'static [u8], usize) {
    if rest.starts_with(b"<!--") {
        (Kind::Nothing, b"-->", 4)
    } else if rest.starts_with(b"<![CDATA[") {
        (Kind::Literal, b"]]>", 9)
    } else if rest.starts_with(b"<?") {
        (Kind::Nothing, b"?>", 2)
    } else if rest.starts_with(b"<!") {
        (Kind::Nothing, b">", 2)
    } else if rest.starts_with(b"<") {
        (Kind::Tag, b">", 1)
    } else {
        (Kind::Text, b"<", 0)
    }
}

fn position(bytes: &[u8], word: &[u8], from: usize) -> Option<usize> {
    let (first, _) = word.split_first()?;
    let mut at = from;
    loop {
        let rest = bytes.get(at..)?;
        at += rest.iter().position(|byte| byte == first)?;
        if bytes.get(at..)?.starts_with(word) {
            return Some(at);
        }
        at += 1;
    }
}

/// Behind the bracket that closes a tag; brackets may stand in the values of attributes.
fn end_of_tag(rest: &[u8]) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in rest.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            _ => {}
        }
    }
    None
}

fn piece(text: &str, kind: Kind) -> Option<Piece<'_>> {
    match kind {
        Kind::Text => return Some(Piece::Text(text)),
        Kind::Literal => {
            let inside = text.strip_prefix("<![CDATA[")?.strip_suffix("]]>")?;
            return Some(Piece::Literal(inside));
        }
        Kind::Tag | Kind::Nothing => {}
    }
    let inside = text.strip_prefix('<')?.strip_suffix('>')?;
    if let Some(name) = inside.strip_prefix('/') {
        return Some(Piece::End(name.trim()));
    }
    let (inside, is_empty) = match inside.strip_suffix('/') {
        Some(inside) => (inside, true),
        None => (inside, false),
    };
    let (name, attributes) = inside
        .split_once(|char: char| char.is_ascii_whitespace())
        .unwrap_or((inside, ""));
    Some(Piece::Begin(Tag {
        name,
        attributes,
        is_empty,
    }))
}

/// A text with its entities replaced. Those that nobody knows stay as they stand.
pub(super) fn plain_text(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        let found = behind.split_once(';').and_then(|(name, rest)| {
            let char = match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                _ => {
                    let number = name.strip_prefix('#')?;
                    let code = match number.strip_prefix(['x', 'X']) {
                        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                        None => number.parse().ok()?,
                    };
                    char::from_u32(code)?
                }
            };
            Some((char, rest))
        });
        rest = match found {
            Some((char, rest)) => {
                out.push(char);
                rest
            }
            None => {
                out.push('&');
                behind
            }
        };
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a byte at a time.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            let some = self.0.len().min(out.len()).min(1);
            let (now, later) = self.0.split_at(some);
            out[..some].copy_from_slice(now);
            self.0 = later;
            Ok(some)
        }
    }

    fn told(text: &str) -> Vec<String> {
        let mut pieces = XmlPieces::new(Slow(text.as_bytes()));
        let mut out = Vec::new();
        loop {
            match pieces.next() {
                Ok(Some(piece)) => out.push(match piece {
                    Piece::Begin(tag) => {
                        format!("+{}{}", tag.name, if tag.is_empty { "/" } else { "" })
                    }
                    Piece::End(name) => format!("-{name}"),
                    Piece::Text(text) => plain_text(text).into_owned(),
                    Piece::Literal(text) => format!("={text}"),
                }),
                Ok(None) => return out,
                Err(_) => {
                    out.push("broken".to_owned());
                    return out;
                }
            }
        }
    }

    #[test]
    fn pieces_are_found_however_they_are_read() {
        let text = "<?xml version='1.0'?><!-- <a> --><t:a x=\"1>2\" y='&quot;'><b/>户&amp;&#x4E3B;&nbsp;<![CDATA[<&]]></t:a >\n";
        assert_eq!(
            told(text),
            ["+t:a", "+b/", "户&主&nbsp;", "=<&", "-t:a", "\n"]
        );
        for cut in ["<a", "<a x=\">", "<!-- ", "x<![CDATA[y]]"] {
            assert_eq!(
                told(cut).last().map(String::as_str),
                Some("broken"),
                "{cut}"
            );
        }
        assert!(told("").is_empty());
    }

    #[test]
    fn attributes_are_found_by_name() {
        let mut pieces = XmlPieces::new(&b"<a n:x = \"1\" x='2&lt;'\ty=\"\" z/>"[..]);
        let Ok(Some(Piece::Begin(tag))) = pieces.next() else {
            panic!("a tag");
        };
        assert_eq!(tag.attribute("x").as_deref(), Some("2<"));
        assert_eq!(tag.attribute("n:x").as_deref(), Some("1"));
        assert_eq!(tag.attribute("y").as_deref(), Some(""));
        assert_eq!(tag.attribute("z"), None);
    }

    #[test]
    fn a_piece_without_end_is_refused() {
        let endless = std::io::repeat(b'x').take(1 << 30);
        let mut pieces = XmlPieces::new((&b"<a "[..]).chain(endless));
        assert!(matches!(pieces.next(), Err(XmlError::Broken)));
    }
}
