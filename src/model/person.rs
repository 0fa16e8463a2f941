//! One resident of a household (成员).

use super::{CodeList, Date};

/// A member as the files know them. Texts are empty and options `None` where nothing is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Person {
    /// Id of the household.
    pub household_id: String,
    /// The office's own number of the member; may be empty.
    pub id: String,
    /// Name.
    pub name: String,
    /// Resident ID number, as text.
    pub id_number: String,
    /// Telephone, as text.
    pub phone: String,
    /// Relation to the head of household.
    pub relation: String,
    /// Sex.
    pub sex: Option<Sex>,
    /// Day of birth; where no column says it, the one of the ID number.
    pub born: Option<Date>,
    /// Number of the disability certificate, as text.
    pub disability_certificate: String,
    /// The last day on which the certificate counts; `None` where nobody says, or it counts for good.
    pub certificate_until: Option<Date>,
    /// Kind of disability.
    pub disability_kind: Option<DisabilityKind>,
    /// Level of disability, 1 (most severe) to 4.
    pub disability_level: Option<u8>,
    /// Health, in the file's words.
    pub health: String,
    /// Whether they can look after themselves, in the file's words.
    pub self_care: String,
    /// Schooling, in the file's words.
    pub schooling: String,
    /// Work, in the file's words.
    pub work: String,
    /// Own income in yuan a month.
    pub monthly_income: Option<f64>,
    /// Free tags.
    pub tags: CodeList,
    /// Free notes.
    pub notes: String,
}

impl Person {
    /// Whether a text names this member: by own number, ID number or name.
    pub fn is_called(&self, text: &str) -> bool {
        let keys = [&self.id, &self.id_number, &self.name];
        let same = |key: &&String| key.eq_ignore_ascii_case(text);
        !text.is_empty() && keys.iter().any(same)
    }
}

/// Sex, as the ID number has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

impl Sex {
    /// Its word in the workspace file.
    pub fn code(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }

    /// The sex of its code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Male, Self::Female]
            .into_iter()
            .find(|sex| sex.code() == code)
    }
}

/// Kind of disability, by the number that the certificate carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DisabilityKind {
    /// 1 视力
    Sight,
    /// 2 听力
    Hearing,
    /// 3 言语
    Speech,
    /// 4 肢体
    Limb,
    /// 5 智力
    Intellectual,
    /// 6 精神
    Mental,
    /// 7 多重
    Multiple,
}

impl DisabilityKind {
    /// Every kind, in the order of its numbers.
    pub const ALL: [Self; 7] = [
        Self::Sight,
        Self::Hearing,
        Self::Speech,
        Self::Limb,
        Self::Intellectual,
        Self::Mental,
        Self::Multiple,
    ];

    /// The number on the certificate, 1 to 7.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The kind of a certificate's number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number.checked_sub(1)?)).copied()
    }
}
