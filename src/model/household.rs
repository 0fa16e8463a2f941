//! The unit of the ledger: one household, one file (一户一档).

use super::{CodeList, Date, LonLat};

/// A household as the ledger knows it. Text fields are empty where nothing is known; counts,
/// income and dates are `None` where nothing is known, which is not the same as zero.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Household {
    /// The office's own number. Text, never empty, never a number.
    pub id: String,
    /// Name of the head of household.
    pub head_name: String,
    /// Resident ID number of the head, as text.
    pub id_number: String,
    /// Telephone, as text.
    pub phone: String,
    /// Address as written.
    pub address: String,
    /// Where it is, or `None` where it is not geocoded.
    pub position: Option<LonLat>,
    /// The pair as the file had it ("30.2, 121.5"), where it could not be used or was in another
    /// datum; empty where the position is the pair itself.
    pub position_text: String,
    /// The datum in which the pair stood, by its code; empty for WGS-84 and CGCS2000.
    pub position_datum: String,
    /// How the position became known.
    pub position_source: PositionSource,
    /// Code of the area that the file declares.
    pub declared_area: String,
    /// Number of members.
    pub members: Option<u16>,
    /// Members of 60 and older.
    pub elderly: Option<u16>,
    /// Members under 18.
    pub children: Option<u16>,
    /// Members with a disability.
    pub disabled: Option<u16>,
    /// Whether the household is one person living alone.
    pub living_alone: Option<bool>,
    /// Income of the whole household in yuan a month.
    pub monthly_income: Option<f64>,
    /// Programmes received: catalogue codes, unknown ones as they came.
    pub programmes: CodeList,
    /// Open needs: catalogue codes, unknown ones as they came.
    pub needs: CodeList,
    /// Day of the last visit.
    pub last_visit: Option<Date>,
    /// Free tags.
    pub tags: CodeList,
    /// Free notes.
    pub notes: String,
}

/// How a position became known: its quality flag.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PositionSource {
    /// The file gave it.
    #[default]
    File,
    /// Somebody put it on the map by hand.
    Hand,
    /// An address table had its code.
    AddressCode,
    /// An address table had its address down to the building, unit or room.
    AddressBuilding,
    /// An address table had its road and number.
    AddressNumber,
    /// An address table had its road, estate or village alone.
    AddressRoad,
}

impl PositionSource {
    /// Every source, in the order of trust within a kind.
    pub const ALL: [Self; 6] = [
        Self::File,
        Self::Hand,
        Self::AddressCode,
        Self::AddressBuilding,
        Self::AddressNumber,
        Self::AddressRoad,
    ];

    /// Its word in the workspace file, in lists and in the query language.
    pub fn code(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Hand => "hand",
            Self::AddressCode => "address_code",
            Self::AddressBuilding => "address_building",
            Self::AddressNumber => "address_number",
            Self::AddressRoad => "address_road",
        }
    }

    /// The source of its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.code() == code)
    }
}
