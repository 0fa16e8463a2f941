//! Degrees, minutes and seconds, as people and instruments write them.

/// Which of the two a letter beside the degrees says that they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// Longitude: E, W, 东, 西, 经.
    Lon,
    /// Latitude: N, S, 北, 南, 纬.
    Lat,
}

/// An angle that was written with marks or letters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Degrees {
    /// Decimal degrees; west and south are negative.
    pub value: f64,
    /// What a letter says that it is.
    pub axis: Option<Axis>,
}

/// The decimal degrees of text in degrees, minutes and seconds; see [`Degrees::parse`].
pub fn degrees(text: &str) -> Option<f64> {
    Degrees::parse(text).map(|degrees| degrees.value)
}

impl Degrees {
    /// Reads `121°16′30.5″`, `121°16'30.5"E`, `东经121度16分30秒`, `N30°10.5′`, `121-16-30.5`,
    /// `121:16:30`, `121 16 30`, and decimal degrees with a mark or letter (`E121.5`, `121.5度`),
    /// full-width or not. `None` for everything else: a plain number, minutes or seconds from
    /// 60 on, a fraction that is not at the end, letters that contradict each other or the sign.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.chars().map(plain).collect();
        let mut scan = Scan::default();
        for char in text.replace("′′", "″").chars() {
            scan.take(char)?;
        }
        scan.finish()
    }
}

/// The marks of degrees, minutes and seconds in one form each; letters and digits half-width and
/// in capitals.
fn plain(char: char) -> char {
    match char {
        '\u{FF01}'..='\u{FF5E}' => match char::from_u32(char as u32 - 0xFEE0) {
            Some(half) if half != char => plain(half),
            _ => char,
        },
        '\u{3000}' | '\u{A0}' | '\t' => ' ',
        'º' | '˚' | '度' => '°',
        '\'' | '’' | '‘' | '´' | '`' | 'ʹ' | '分' => '′',
        '"' | '”' | '“' | 'ʺ' | '秒' => '″',
        '−' | '–' | '—' => '-',
        '东' | '東' => 'E',
        '西' => 'W',
        '北' => 'N',
        '南' => 'S',
        '纬' | '緯' => '纬',
        '经' | '經' => '经',
        other => other.to_ascii_uppercase(),
    }
}

/// What stood last, as far as it matters for what may follow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Other,
    /// A space behind digits: the next digit closes them, a mark belongs to them.
    Space,
    /// A hyphen or colon: digits must follow.
    Separator,
    /// A letter behind the number: nothing may follow.
    Letter,
}

/// What has been read so far.
#[derive(Debug, Default)]
struct Scan {
    /// Degrees, minutes, seconds, as far as they are closed.
    parts: Vec<f64>,
    /// Digits that are not closed yet.
    digits: String,
    last: Last,
    /// A mark or letter was seen: it is more than a number.
    marked: bool,
    /// A part had a fraction: it was the last.
    fraction: bool,
    negative: bool,
    letter: Option<char>,
    /// 经 or 纬.
    axis: Option<Axis>,
}

/// More digits than any angle has.
const MOST_DIGITS: usize = 20;

impl Scan {
    /// Takes one character; `None` where it cannot stand here.
    fn take(&mut self, char: char) -> Option<()> {
        if self.last == Last::Letter && char != ' ' {
            return None;
        }
        match char {
            ' ' if self.last == Last::Other && !self.digits.is_empty() => self.last = Last::Space,
            ' ' => {}
            '0'..='9' | '.' => {
                if self.last == Last::Space {
                    self.close(self.parts.len() + 1)?;
                }
                self.last = Last::Other;
                self.digits.push(char);
                return (self.digits.len() <= MOST_DIGITS).then_some(());
            }
            // 经度：121°16′
            '°' | ':' if self.is_fresh() && self.marked => {}
            '°' => self.close_marked(1)?,
            '′' => self.close_marked(2)?,
            '″' => self.close_marked(3)?,
            '-' if self.is_fresh() && !self.negative => self.negative = true,
            '+' if self.is_fresh() => {}
            '-' | ':' => {
                self.close_marked(self.parts.len() + 1)?;
                self.last = Last::Separator;
            }
            'E' | 'W' | 'N' | 'S' => {
                if !self.is_fresh() {
                    self.last = Last::Letter;
                }
                self.marked = true;
                return self.letter.replace(char).is_none().then_some(());
            }
            '经' => self.see_axis(Axis::Lon)?,
            '纬' => self.see_axis(Axis::Lat)?,
            _ => return None,
        }
        Some(())
    }

    fn is_fresh(&self) -> bool {
        self.parts.is_empty() && self.digits.is_empty()
    }

    fn see_axis(&mut self, axis: Axis) -> Option<()> {
        // 东经 and 北纬 stand together, before the number.
        let fits = self.is_fresh() && self.axis.replace(axis).is_none();
        fits.then(|| self.marked = true)
    }

    /// Closes the digits as part number `nth` (1 degrees, 2 minutes, 3 seconds).
    fn close(&mut self, nth: usize) -> Option<()> {
        if self.fraction || nth > 3 || self.parts.len() + 1 != nth {
            return None;
        }
        let begins_well = self.digits.starts_with(|char: char| char.is_ascii_digit());
        let number: f64 = self.digits.parse().ok().filter(|_| begins_well)?;
        self.fraction = self.digits.contains('.');
        self.digits.clear();
        self.last = Last::Other;
        self.parts.push(number);
        (nth == 1 || number < 60.0).then_some(())
    }

    fn close_marked(&mut self, nth: usize) -> Option<()> {
        self.marked = true;
        self.close(nth)
    }

    fn finish(mut self) -> Option<Degrees> {
        if !self.digits.is_empty() {
            self.close(self.parts.len() + 1)?;
        }
        let mut size = 0.0;
        for part in self.parts.iter().rev() {
            size = size / 60.0 + part;
        }
        let by_letter = match self.letter {
            Some('E' | 'W') => Some(Axis::Lon),
            Some(_) => Some(Axis::Lat),
            None => None,
        };
        let axis = match (self.axis, by_letter) {
            (Some(axis), Some(letter)) if axis != letter => return None,
            (axis, letter) => axis.or(letter),
        };
        let most = if axis == Some(Axis::Lat) { 90.0 } else { 180.0 };
        // Two numbers with a space between them may as well be a longitude and a latitude.
        let is_angle = match self.parts.len() {
            0 => false,
            3 => true,
            _ => self.marked,
        };
        let said_twice = self.negative && self.letter.is_some();
        if !is_angle || self.last == Last::Separator || said_twice || size > most {
            return None;
        }
        let negative = self.negative || matches!(self.letter, Some('W' | 'S'));
        Some(Degrees {
            value: if negative { -size } else { size },
            axis,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, value: f64, axis: Option<Axis>) {
        let found = Degrees::parse(text);
        let Some(found) = found else {
            panic!("{text} was not read");
        };
        assert!(
            (found.value - value).abs() < 1e-12,
            "{text}: {}",
            found.value
        );
        assert_eq!(found.axis, axis, "{text}");
    }

    #[test]
    fn the_forms_that_people_type() {
        let lon = 121.0 + 16.0 / 60.0 + 30.5 / 3600.0;
        for text in [
            "121°16′30.5″",
            "121°16'30.5\"",
            "121º16’30.5”",
            "121° 16′ 30.5″",
            "121 ° 16 ′ 30.5 ″",
            "121度16分30.5秒",
            "１２１°１６′３０．５″",
            "１２１度１６分３０.５秒",
            "121-16-30.5",
            "121:16:30.5",
            "121：16：30.5",
            "121 16 30.5",
            "121°16'30.5''",
            "121°16′30.5",
            " 121°16′30.5″ ",
            "+121°16′30.5″",
        ] {
            check(text, lon, None);
        }
        for text in [
            "121°16'30.5\"E",
            "121°16'30.5\" e",
            "E121°16′30.5″",
            "东经121度16分30.5秒",
            "東經 121 度 16 分 30.5 秒",
            "东经：121°16′30.5″",
            "经度121°16′30.5″",
            "经度：121°16′30.5″",
            "E 121 16 30.5",
        ] {
            check(text, lon, Some(Axis::Lon));
        }
        check("N30°10.5′", 30.175, Some(Axis::Lat));
        check("北纬30°10.5′", 30.175, Some(Axis::Lat));
        check("30°10.5′南", -30.175, Some(Axis::Lat));
        check("西经0°30′", -0.5, Some(Axis::Lon));
        check("-0°30′", -0.5, None);
        check("E121.5", 121.5, Some(Axis::Lon));
        check("121.5度", 121.5, None);
        check("121°", 121.0, None);
        check("121:16", 121.0 + 16.0 / 60.0, None);
        check("180°0′0″", 180.0, None);
        assert_eq!(degrees("30°30′"), Some(30.5));
    }

    #[test]
    fn what_is_no_angle() {
        for text in [
            "",
            " ",
            "121",
            "121.5",
            "-121.5",
            "121 16",
            "121.5 30.2",
            "121,5",
            "121°60′",
            "121°16′60″",
            "181°",
            "180°0′1″",
            "N90°0′1″",
            "北纬121°",
            "121.5°16′",
            "121°16.5′30″",
            "121°30″",
            "16′30″",
            "121°16′30″E5",
            "E121°W",
            "东经121°N",
            "北经121°",
            "-121°W",
            "W-121°",
            "--121°",
            "121°-16′",
            "121-",
            "121:16:",
            "1-2-3-4",
            "°",
            "E",
            "经度",
            "121°′",
            ".5°",
            "1.2.3°",
            "121°16′30″5",
            "2026-10-01",
            "慈溪路1号",
            "999999999999999999999999°",
            "121°16′30.5″ 30°10′",
        ] {
            assert_eq!(Degrees::parse(text), None, "{text}");
        }
    }
}
