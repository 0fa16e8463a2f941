//! The values of a household, one by one: which a file states, which differ, which one moves.

use super::Household;

macro_rules! household_fields {
    ($($(#[$doc:meta])* $variant:ident $code:literal [$($member:ident),+],)*) => {
        /// A value of a household. A position is one value, however many columns hold it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum HouseholdField { $($(#[$doc])* $variant,)* }

        impl HouseholdField {
            /// Every value, in the order of the ledger.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its word in reports and in the workspace file.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// Whether two households have the same value.
            pub fn is_same(self, a: &Household, b: &Household) -> bool {
                match self { $(Self::$variant => $(a.$member == b.$member)&&+,)* }
            }

            /// Gives `to` the value of `from`.
            pub fn copy(self, from: &Household, to: &mut Household) {
                match self { $(Self::$variant => { $(to.$member.clone_from(&from.$member);)+ })* }
            }
        }
    };
}

household_fields! {
    /// 户编号
    Id "household_id" [id],
    /// 户主姓名
    HeadName "head_name" [head_name],
    /// 身份证号
    IdNumber "id_number" [id_number],
    /// 电话
    Phone "phone" [phone],
    /// 地址
    Address "address" [address],
    /// 位置
    Position "position" [position, position_text, position_datum, position_source],
    /// 网格编码
    DeclaredArea "grid_code" [declared_area],
    /// 人口数
    Members "members" [members],
    /// 老年人数
    Elderly "elderly" [elderly],
    /// 儿童数
    Children "children" [children],
    /// 残疾人数
    Disabled "disabled" [disabled],
    /// 独居
    LivingAlone "living_alone" [living_alone],
    /// 月收入
    MonthlyIncome "monthly_income" [monthly_income],
    /// 享受项目
    Programmes "programmes" [programmes],
    /// 需求
    Needs "needs" [needs],
    /// 最近走访日期
    LastVisit "last_visit" [last_visit],
    /// 标签
    Tags "tags" [tags],
    /// 备注
    Notes "notes" [notes],
}

/// A set of values of a household.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FieldSet(u32);

impl FieldSet {
    /// No value.
    pub const NONE: Self = Self(0);
    /// Every value.
    pub const ALL: Self = Self((1 << HouseholdField::ALL.len()) - 1);

    /// The set that was kept as these bits; bits of no value fall away.
    pub fn from_bits(bits: u32) -> Self {
        Self(bits & Self::ALL.0)
    }

    /// As bits, to be kept.
    pub fn bits(self) -> u32 {
        self.0
    }

    /// Puts a value in.
    pub fn insert(&mut self, field: HouseholdField) {
        self.0 |= 1 << field as u32;
    }

    /// Takes a value out.
    pub fn remove(&mut self, field: HouseholdField) {
        self.0 &= !(1 << field as u32);
    }

    /// Whether a value is in it.
    pub fn contains(self, field: HouseholdField) -> bool {
        self.0 & (1 << field as u32) != 0
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// What is in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is in either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in this and not in the other.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Its values, in the order of the ledger.
    pub fn iter(self) -> impl Iterator<Item = HouseholdField> {
        HouseholdField::ALL
            .iter()
            .copied()
            .filter(move |field| self.contains(*field))
    }

    /// The values in which two households differ.
    pub fn differing(a: &Household, b: &Household) -> Self {
        let mut set = Self::NONE;
        for field in HouseholdField::ALL {
            if !field.is_same(a, b) {
                set.insert(*field);
            }
        }
        set
    }
}

impl FromIterator<HouseholdField> for FieldSet {
    fn from_iter<I: IntoIterator<Item = HouseholdField>>(fields: I) -> Self {
        let mut set = Self::NONE;
        for field in fields {
            set.insert(field);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_differs_and_copying_makes_it_the_same() {
        let a = Household::default();
        let mut b = Household {
            phone: "0574".into(),
            position_text: "1, 2".into(),
            ..Household::default()
        };
        let differing = FieldSet::differing(&a, &b);
        let fields: Vec<_> = differing.iter().map(HouseholdField::code).collect();
        assert_eq!(fields, ["phone", "position"]);
        assert_eq!(FieldSet::from_bits(differing.bits()), differing);
        for field in differing.iter() {
            field.copy(&a, &mut b);
        }
        assert_eq!(a, b);
        assert!(FieldSet::ALL.without(FieldSet::ALL).is_empty());
        assert_eq!(FieldSet::ALL.iter().count(), HouseholdField::ALL.len());
    }
}
