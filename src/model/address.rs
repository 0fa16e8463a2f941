//! A Chinese address in its parts.

mod divisions;
mod numbers;
mod plain;

/// An address in its parts. A part that the text does not say is empty; names are as written but
/// for spaces, numbers are plain (三幢 and 0３幢 are `3`).
///
/// Limits: the divisions are told by the words behind them (市, 区, 街道, 村 …), not by a national
/// table, so a name that ends like another division can be cut in the wrong place; it is then cut
/// there in both texts that are compared. A single 市 is the district.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParsedAddress {
    /// Province.
    pub province: String,
    /// City.
    pub city: String,
    /// District, county or county-level city.
    pub district: String,
    /// Street office or town (街道、镇、乡).
    pub street: String,
    /// Community or village.
    pub community: String,
    /// Group of a village, as a number.
    pub group: String,
    /// Road, street or lane; or the hamlet whose houses are numbered.
    pub road: String,
    /// Number on the road (号, 弄): `128`, `128-1`, `128甲`.
    pub number: String,
    /// Estate, market or other named whole of buildings (小区、新村、花园).
    pub estate: String,
    /// Building (幢、栋、号楼、座).
    pub building: String,
    /// Unit (单元).
    pub unit: String,
    /// Room (室).
    pub room: String,
    /// What was read and belongs to no part.
    pub rest: String,
}

/// How fine an address is, from the coarsest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AddressGrade {
    /// A road, an estate or a village.
    Place,
    /// A number.
    Number,
    /// A building.
    Building,
    /// A unit of a building.
    Unit,
    /// A room.
    Room,
}

impl ParsedAddress {
    /// Reads an address. Any text can be read; of one that is no address little or nothing is
    /// found. No more than 200 characters count.
    pub fn parse(text: &str) -> Self {
        let chars = plain::plain(text);
        let mut address = Self::default();
        let from = divisions::read(&chars, &mut address);
        numbers::read(chars.get(from..).unwrap_or_default(), &mut address);
        address
    }

    /// Whether nothing was understood.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The finest part that it says; `None` where it says no road, estate or village.
    pub fn grade(&self) -> Option<AddressGrade> {
        self.places().next()?;
        Some(if !self.room.is_empty() {
            AddressGrade::Room
        } else if !self.unit.is_empty() {
            AddressGrade::Unit
        } else if !self.building.is_empty() {
            AddressGrade::Building
        } else if !self.number.is_empty() {
            AddressGrade::Number
        } else {
            AddressGrade::Place
        })
    }

    /// The names under which a table may have it, as they are compared, the surest first: the
    /// road; the estate; the village or community where there is neither.
    pub fn places(&self) -> impl Iterator<Item = String> {
        let has_own = !self.road.is_empty() || !self.estate.is_empty();
        let community = if has_own { "" } else { &self.community };
        [&self.road, &self.estate, community]
            .into_iter()
            .filter(|name| !name.is_empty())
            .map(|name| compared_name(name))
    }

    /// A text that two addresses share where they agree from the road to this grade; `None` where
    /// the address does not reach it. Divisions and the group are not in it: see
    /// [`Self::is_within_same`].
    pub fn key_at(&self, grade: AddressGrade) -> Option<String> {
        let place = self.places().next()?;
        let parts = [
            (AddressGrade::Number, &self.number),
            (AddressGrade::Building, &self.building),
            (AddressGrade::Unit, &self.unit),
            (AddressGrade::Room, &self.room),
        ];
        let mut key = place;
        let mut is_reached = grade == AddressGrade::Place;
        for (of, part) in parts {
            if of <= grade {
                key.push('|');
                key.push_str(part);
                is_reached |= of == grade && !part.is_empty();
            }
        }
        is_reached.then_some(key)
    }

    /// Whether no division, and no group, that both say is another one.
    pub fn is_within_same(&self, other: &Self) -> bool {
        let agree = |a: &str, b: &str| {
            a.is_empty() || b.is_empty() || compared_division(a) == compared_division(b)
        };
        // 宁波市 alone is read as the district, and is the other's city.
        let district = agree(&self.district, &other.district)
            || !other.city.is_empty() && agree(&self.district, &other.city)
            || !self.city.is_empty() && agree(&self.city, &other.district);
        let community = self.community.is_empty()
            || other.community.is_empty()
            || compared_name(&self.community) == compared_name(&other.community);
        district
            && agree(&self.province, &other.province)
            && agree(&self.city, &other.city)
            && agree(&self.street, &other.street)
            && agree(&self.group, &other.group)
            && community
    }

    /// Whether both are the same door: both reach a number or further, the same place, number,
    /// building and room, and no division, group or unit that both say is another one.
    pub fn is_same_door(&self, other: &Self) -> bool {
        let is_fine = self.grade() > Some(AddressGrade::Place);
        let unit = self.unit == other.unit || self.unit.is_empty() || other.unit.is_empty();
        is_fine && unit && self.door_key() == other.door_key() && self.is_within_same(other)
    }

    /// What all addresses share that are the same door: its place, number, building and room.
    /// `None` where it reaches no number or building.
    pub fn door_key(&self) -> Option<String> {
        let place = self.places().next()?;
        let is_fine = self.grade() > Some(AddressGrade::Place);
        is_fine.then(|| format!("{place}|{}|{}|{}", self.number, self.building, self.room))
    }

    /// On a road of its own, so that the first number is a number.
    fn is_on_road(&self) -> bool {
        !self.road.is_empty()
    }

    /// In a village and nothing finer, so that the first number is a house number.
    fn is_in_village(&self) -> bool {
        let village = compared_name(&self.community);
        self.road.is_empty() && self.estate.is_empty() && village.ends_with('村')
            || !self.group.is_empty()
    }
}

/// A name as names are compared: without the word for "community" or "estate", numerals as digits.
fn compared_name(name: &str) -> String {
    let mut name = name;
    for word in [
        "社区居民委员会",
        "社区居委会",
        "居民委员会",
        "居委会",
        "社区",
        "小区",
    ] {
        if let Some(short) = name.strip_suffix(word).filter(|short| !short.is_empty()) {
            name = short;
            break;
        }
    }
    let village = ["村民委员会", "村委会", "行政村"]
        .iter()
        .find_map(|word| name.strip_suffix(word));
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len());
    let mut at = 0;
    let end = village.map_or(chars.len(), |village| village.chars().count());
    while let Some(&char) = chars.get(at).filter(|_| at < end) {
        let rest = chars.get(at..end).unwrap_or_default();
        if let Some((length, value)) = plain::numeral(rest) {
            out.push_str(&value.to_string());
            at += length;
        } else {
            out.push(char);
            at += 1;
        }
    }
    if village.is_some() && !out.ends_with('村') {
        out.push('村');
    }
    out
}

/// The name of a division without the word for its level, where two characters stay.
fn compared_division(name: &str) -> &str {
    [
        "街道办事处",
        "街道办",
        "街道",
        "省",
        "市",
        "区",
        "县",
        "镇",
        "乡",
    ]
    .iter()
    .find_map(|word| name.strip_suffix(word))
    .filter(|short| short.chars().count() >= 2)
    .unwrap_or(name)
}

#[cfg(test)]
mod tests;
