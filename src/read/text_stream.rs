//! A file as a stream of UTF-8 text, whatever its encoding, without its byte order mark.

use super::encoding::{Encoding, EncodingFinding};
use encoding_rs::Decoder;
use std::fs::File;
use std::io::{self, Read};

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Decodes piece by piece. Bytes that are no text become U+FFFD.
pub(super) struct TextStream {
    file: File,
    /// `None` where the bytes are text already.
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    at_start: bool,
    ended: bool,
}

impl TextStream {
    /// A stream over a file that stands at its start. `read_bytes` are taken from it at a time.
    pub(super) fn new(file: File, finding: &EncodingFinding, read_bytes: usize) -> Self {
        let needs_none = finding.encoding == Encoding::Utf8 && finding.clean;
        let decoder =
            (!needs_none).then(|| decoder_of(finding.encoding).new_decoder_without_bom_handling());
        Self {
            file,
            decoder,
            raw: vec![0; read_bytes],
            at_start: true,
            ended: false,
        }
    }

    /// Adds the next text behind `out`. Returns the bytes that it took from the file; 0 at its end.
    pub(super) fn read_onto(&mut self, out: &mut Vec<u8>) -> io::Result<u64> {
        if self.ended {
            return Ok(0);
        }
        let before = out.len();
        let read = self.fill_raw()?;
        self.ended = read == 0;
        let raw = self.raw.get(..read).unwrap_or_default();
        match &mut self.decoder {
            None => out.extend_from_slice(raw),
            Some(decoder) => decode(decoder, raw, self.ended, out),
        }
        if self.at_start && out.get(before..).is_some_and(|text| text.starts_with(BOM)) {
            out.drain(before..before + BOM.len());
        }
        self.at_start = false;
        Ok(read as u64)
    }

    /// Fills the raw buffer as far as the file goes, so that pieces are of one size.
    fn fill_raw(&mut self) -> io::Result<usize> {
        let mut filled = 0;
        while let Some(room) = self.raw.get_mut(filled..).filter(|room| !room.is_empty()) {
            match self.file.read(room) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }
}

fn decode(decoder: &mut Decoder, raw: &[u8], last: bool, out: &mut Vec<u8>) {
    let start = out.len();
    let most = decoder
        .max_utf8_buffer_length(raw.len())
        .unwrap_or(raw.len() * 4 + 16);
    out.resize(start + most, 0);
    let room = out.get_mut(start..).unwrap_or_default();
    let (_, _, written, _) = decoder.decode_to_utf8(raw, room, last);
    out.truncate(start + written);
}

fn decoder_of(encoding: Encoding) -> &'static encoding_rs::Encoding {
    match encoding {
        Encoding::Utf8 => encoding_rs::UTF_8,
        Encoding::Gb18030 => encoding_rs::GB18030,
        Encoding::Utf16Le => encoding_rs::UTF_16LE,
        Encoding::Utf16Be => encoding_rs::UTF_16BE,
        Encoding::Big5 => encoding_rs::BIG5,
    }
}

/// Decodes bytes that are all there.
pub(super) fn decode_whole(bytes: &[u8], encoding: Encoding) -> String {
    let without_bom = bytes.strip_prefix(BOM).unwrap_or(bytes);
    if encoding == Encoding::Utf8 {
        return String::from_utf8_lossy(without_bom).into_owned();
    }
    let (text, _) = decoder_of(encoding).decode_without_bom_handling(without_bom);
    match text.strip_prefix('\u{FEFF}') {
        Some(text) => text.to_owned(),
        None => text.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Seek, Write};

    fn text_of(bytes: &[u8], encoding: Encoding, clean: bool) -> String {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file.rewind().unwrap();
        let mut stream = TextStream::new(
            file,
            &EncodingFinding {
                encoding,
                clean,
                ..EncodingFinding::default()
            },
            5,
        );
        let mut out = Vec::new();
        while stream.read_onto(&mut out).unwrap() > 0 {}
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn pieces_join_to_the_whole_text() {
        let text = "户编号,户主\n一,张三\u{20000}\n";
        assert_eq!(text_of(text.as_bytes(), Encoding::Utf8, true), text);
        assert_eq!(text_of(text.as_bytes(), Encoding::Utf8, false), text);
        let (gb, _, _) = encoding_rs::GB18030.encode(text);
        assert_eq!(text_of(&gb, Encoding::Gb18030, false), text);
        let (big5, _, _) = encoding_rs::BIG5.encode("戶編號\n");
        assert_eq!(text_of(&big5, Encoding::Big5, false), "戶編號\n");
        let marked = format!("\u{FEFF}{text}");
        let low: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text_of(&low, Encoding::Utf16Le, false), text);
        let high: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text_of(&high, Encoding::Utf16Be, false), text);
        assert_eq!(text_of(marked.as_bytes(), Encoding::Utf8, true), text);
    }

    #[test]
    fn bytes_that_are_no_text_become_the_replacement_character() {
        let bytes = b"a,\xE6\xFF,b\n\xE6";
        let text = text_of(bytes, Encoding::Utf8, false);
        assert_eq!(text, "a,\u{FFFD}\u{FFFD},b\n\u{FFFD}");
    }
}
