//! The container of Excel 97 and of encrypted workbooks: Microsoft's Compound File, a small file system
//! of sectors. Read with every number checked: chains may run in circles and out of the file.

/// A sector number from here on is a mark, not a sector.
const MARKS: u32 = 0xFFFF_FFFA;
/// Streams smaller than this lie in small sectors.
const SMALL_STREAM: u64 = 4096;
const SMALL_SECTOR: usize = 64;

/// A container that is open.
pub(super) struct Ole {
    bytes: Vec<u8>,
    sector: usize,
    /// The sector that follows each.
    next: Vec<u32>,
    streams: Vec<Stream>,
    /// The bytes of the small sectors, and the small sector that follows each.
    small: Vec<u8>,
    small_next: Vec<u32>,
}

struct Stream {
    name: String,
    start: u32,
    bytes: u64,
}

impl Ole {
    /// Reads the directory. `None` where the bytes are damaged or something else.
    pub(super) fn open(bytes: Vec<u8>) -> Option<Self> {
        if !bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
            return None;
        }
        let sector = match u16_at(&bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut ole = Self {
            bytes,
            sector,
            next: Vec::new(),
            streams: Vec::new(),
            small: Vec::new(),
            small_next: Vec::new(),
        };
        ole.next = ole.table()?;
        let directory = ole.chain(u32_at(&ole.bytes, 48)?, None)?;
        let (entries, _) = directory.as_chunks::<128>();
        ole.streams = entries.iter().filter_map(|entry| stream(entry)).collect();
        if let Some(root) = ole.streams.first().filter(|root| root.start < MARKS) {
            ole.small = ole.chain(root.start, Some(root.bytes))?;
        }
        if u32_at(&ole.bytes, 64)? > 0 {
            let table = ole.chain(u32_at(&ole.bytes, 60)?, None)?;
            ole.small_next = numbers(&table);
        }
        Some(ole)
    }

    /// Whether it has a stream of a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The bytes of a stream. `None` where it is missing or not all there.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let stream = self.find(name)?;
        if stream.bytes < SMALL_STREAM {
            let length = stream.bytes as usize;
            follow(
                stream.start,
                Some(length),
                SMALL_SECTOR,
                &self.small_next,
                |at| {
                    let start = at.checked_mul(SMALL_SECTOR)?;
                    self.small.get(start..)
                },
            )
        } else {
            self.chain(stream.start, Some(stream.bytes))
        }
    }

    fn find(&self, name: &str) -> Option<&Stream> {
        let is_it = |stream: &&Stream| stream.name.eq_ignore_ascii_case(name);
        self.streams.iter().find(is_it)
    }

    /// The table of which sector follows which: itself in sectors, which the header lists and, where
    /// there are many, further sectors.
    fn table(&self) -> Option<Vec<u32>> {
        let mut places = numbers(self.bytes.get(76..512)?);
        let mut further = u32_at(&self.bytes, 68)?;
        let most = self.bytes.len() / self.sector;
        for _ in 0..most {
            let Some(sector) = (further < MARKS).then(|| self.sector_at(further as usize)) else {
                break;
            };
            let mut listed = numbers(sector?.get(..self.sector)?);
            further = listed.pop()?;
            places.extend(listed);
        }
        let mut table = Vec::new();
        for place in places.into_iter().filter(|place| *place < MARKS).take(most) {
            let sector = self.sector_at(place as usize)?;
            table.extend(numbers(sector.get(..self.sector).unwrap_or(sector)));
        }
        Some(table)
    }

    /// Everything from the start of a sector on.
    fn sector_at(&self, at: usize) -> Option<&[u8]> {
        let start = at.checked_add(1)?.checked_mul(self.sector)?;
        self.bytes.get(start..).filter(|rest| !rest.is_empty())
    }

    fn chain(&self, start: u32, bytes: Option<u64>) -> Option<Vec<u8>> {
        let length = match bytes {
            Some(bytes) => Some(usize::try_from(bytes).ok()?),
            None => None,
        };
        follow(start, length, self.sector, &self.next, |at| {
            self.sector_at(at)
        })
    }
}

/// The bytes of a chain of sectors, as many as are stated or all.
fn follow<'a>(
    start: u32,
    length: Option<usize>,
    sector: usize,
    next: &[u32],
    sector_at: impl Fn(usize) -> Option<&'a [u8]>,
) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut at = start;
    // A chain longer than the table runs in a circle.
    for _ in 0..=next.len() {
        if at >= MARKS || length.is_some_and(|length| out.len() >= length) {
            break;
        }
        let rest = sector_at(at as usize)?;
        out.extend_from_slice(rest.get(..sector).unwrap_or(rest));
        at = *next.get(at as usize)?;
    }
    match length {
        Some(length) if out.len() < length => None,
        Some(length) => {
            out.truncate(length);
            Some(out)
        }
        None => (at >= MARKS).then_some(out),
    }
}

fn stream(entry: &[u8; 128]) -> Option<Stream> {
    let (units, _) = entry.get(..64)?.as_chunks::<2>();
    let units = units.iter().map(|unit| u16::from_le_bytes(*unit));
    let name = char::decode_utf16(units.take_while(|unit| *unit != 0));
    Some(Stream {
        name: name.map(|char| char.unwrap_or('\u{FFFD}')).collect(),
        start: u32_at(entry, 116)?,
        // The upper half is used by files of more than 4 GiB, and old programs leave rubbish in it.
        bytes: u64::from(u32_at(entry, 120)?),
    })
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    let (numbers, _) = bytes.as_chunks::<4>();
    numbers.iter().map(|one| u32::from_le_bytes(*one)).collect()
}

/// The number of two bytes at a place.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..)?.first_chunk::<2>()?;
    Some(u16::from_le_bytes(*bytes))
}

/// The number of four bytes at a place.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A header, a table, a directory and one sector of text, wired as told.
    fn container(table: [u32; 3], start: u32, length: u32) -> Vec<u8> {
        let mut bytes = vec![0_u8; 2048];
        let mut put =
            |at: usize, number: &[u8]| bytes[at..at + number.len()].copy_from_slice(number);
        put(0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
        put(30, &9_u16.to_le_bytes());
        put(48, &1_u32.to_le_bytes());
        put(60, &[0xFF; 4]);
        put(68, &[0xFE, 0xFF, 0xFF, 0xFF]);
        put(76, &[0xFF; 436]);
        put(76, &0_u32.to_le_bytes());
        put(512, &[0xFF; 512]);
        for (at, next) in table.iter().enumerate() {
            put(512 + at * 4, &next.to_le_bytes());
        }
        put(1024, b"R\0");
        put(1024 + 116, &u32::MAX.to_le_bytes());
        put(1152, b"B\0o\0o\0k\0");
        put(1152 + 116, &start.to_le_bytes());
        put(1152 + 120, &length.to_le_bytes());
        bytes
    }

    #[test]
    fn streams_are_followed_to_their_end_and_no_further() {
        let end = 0xFFFF_FFFE;
        let ole = Ole::open(container([end, end, end], 2, 5000)).unwrap();
        assert!(ole.has("book"));
        assert_eq!(ole.stream("Book"), None, "not all there");
        assert_eq!(ole.stream("Workbook"), None);
        // Round in circles, and out of the file.
        let ole = Ole::open(container([end, end, 2], 2, 1 << 20)).unwrap();
        assert_eq!(ole.stream("Book"), None);
        assert!(Ole::open(container([end, 1, end], 2, 0)).is_none());
        let ole = Ole::open(container([end, end, end], 77_777, 5000)).unwrap();
        assert_eq!(ole.stream("Book"), None);
        for length in 0..2048 {
            let cut = container([end, end, end], 2, 0)[..length].to_vec();
            let _ = Ole::open(cut);
        }
    }
}
