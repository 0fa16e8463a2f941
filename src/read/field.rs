//! The fields that the columns of tables hold.

use crate::model::{HouseholdField, TableKind};
use crate::words::Lang;

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident $code:literal,)*) => {
        /// What a column holds. Some fields stand in tables of several kinds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $($(#[$doc])* $variant,)* }

        impl Field {
            /// Every field, those of the ledger first.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its word in the files that the program writes, in templates and reports.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// Its name on screen.
            pub fn name(self, lang: Lang) -> String {
                let key = match self { $(Self::$variant => concat!("read.field_", $code),)* };
                lang.t(key).into_owned()
            }
        }
    };
}

fields! {
    /// 户编号
    HouseholdId "household_id",
    /// 户主姓名
    HeadName "head_name",
    /// 身份证号
    IdNumber "id_number",
    /// 电话
    Phone "phone",
    /// 地址
    Address "address",
    /// 经度, or an easting
    Lon "lon",
    /// 纬度, or a northing
    Lat "lat",
    /// 网格编码
    DeclaredArea "grid_code",
    /// 社区编码, or another division's
    DivisionCode "division_code",
    /// 人口数
    Members "members",
    /// 老年人数
    Elderly "elderly",
    /// 儿童数
    Children "children",
    /// 残疾人数
    Disabled "disabled",
    /// 独居
    LivingAlone "living_alone",
    /// 月收入
    MonthlyIncome "monthly_income",
    /// 享受项目
    Programmes "programmes",
    /// 需求
    Needs "needs",
    /// 最近走访日期
    LastVisit "last_visit",
    /// 标签
    Tags "tags",
    /// 备注
    Notes "notes",
    /// 户主身份证号, in tables of others than heads
    HeadIdNumber "head_id_number",
    /// 成员编号
    MemberId "member_id",
    /// 姓名
    Name "name",
    /// 与户主关系
    Relation "relation",
    /// 性别
    Sex "sex",
    /// 出生日期
    Born "born",
    /// 残疾证号
    Certificate "disability_certificate",
    /// 残疾证有效期至
    CertificateUntil "certificate_until",
    /// 残疾类别
    DisabilityKind "disability_kind",
    /// 残疾等级
    DisabilityLevel "disability_level",
    /// 健康状况
    Health "health",
    /// 自理能力
    SelfCare "self_care",
    /// 文化程度
    Schooling "schooling",
    /// 职业
    Work "work",
    /// 救助项目
    Programme "programme",
    /// 开始日期
    Start "start",
    /// 停发日期
    End "end",
    /// 月发放金额
    MonthlyAmount "monthly_amount",
    /// 最近复核日期
    ReviewedOn "reviewed_on",
    /// 需求类别
    Category "category",
    /// 需求内容
    Detail "detail",
    /// 来源
    Source "source",
    /// 提出时间
    RaisedOn "raised_on",
    /// 紧急程度
    Urgency "urgency",
    /// 状态
    Status "status",
    /// 办结时间
    ClosedOn "closed_on",
    /// 计划走访日期
    PlannedOn "planned_on",
    /// 走访日期
    DoneOn "done_on",
    /// 走访人
    Worker "worker",
    /// 是否见到本人
    Seen "seen",
    /// 走访结果
    Outcome "outcome",
    /// 下次走访日期
    NextDue "next_due",
    /// 资源编号
    ResourceId "resource_id",
    /// 容量
    Capacity "capacity",
    /// 服务半径
    RadiusM "radius_m",
    /// 开放时间
    Hours "hours",
    /// 地址编码
    AddressCode "address_code",
}

impl Field {
    /// How many fields there are.
    pub(super) const COUNT: usize = Self::ALL.len();

    /// The field of its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.code() == code)
    }

    /// The fields of a kind of table, in the order of its columns.
    pub fn of(kind: TableKind) -> &'static [Self] {
        match kind {
            TableKind::Households => &[
                Self::HouseholdId,
                Self::HeadName,
                Self::IdNumber,
                Self::Phone,
                Self::Address,
                Self::Lon,
                Self::Lat,
                Self::DeclaredArea,
                Self::DivisionCode,
                Self::Members,
                Self::Elderly,
                Self::Children,
                Self::Disabled,
                Self::LivingAlone,
                Self::MonthlyIncome,
                Self::Programmes,
                Self::Needs,
                Self::LastVisit,
                Self::Tags,
                Self::Notes,
            ],
            TableKind::Members => &[
                Self::HouseholdId,
                Self::HeadIdNumber,
                Self::MemberId,
                Self::Name,
                Self::IdNumber,
                Self::Phone,
                Self::Relation,
                Self::Sex,
                Self::Born,
                Self::Certificate,
                Self::CertificateUntil,
                Self::DisabilityKind,
                Self::DisabilityLevel,
                Self::Health,
                Self::SelfCare,
                Self::Schooling,
                Self::Work,
                Self::MonthlyIncome,
                Self::Tags,
                Self::Notes,
            ],
            TableKind::Receipts => &[
                Self::HouseholdId,
                Self::HeadIdNumber,
                Self::MemberId,
                Self::Name,
                Self::IdNumber,
                Self::Programme,
                Self::Start,
                Self::End,
                Self::MonthlyAmount,
                Self::ReviewedOn,
                Self::Notes,
            ],
            TableKind::Needs => &[
                Self::HouseholdId,
                Self::HeadIdNumber,
                Self::MemberId,
                Self::Name,
                Self::IdNumber,
                Self::Category,
                Self::Detail,
                Self::Source,
                Self::RaisedOn,
                Self::Urgency,
                Self::Status,
                Self::ClosedOn,
            ],
            TableKind::Visits => &[
                Self::HouseholdId,
                Self::HeadIdNumber,
                Self::IdNumber,
                Self::PlannedOn,
                Self::DoneOn,
                Self::Worker,
                Self::Seen,
                Self::Outcome,
                Self::NextDue,
                Self::Notes,
            ],
            TableKind::Resources => &[
                Self::ResourceId,
                Self::Name,
                Self::Category,
                Self::Address,
                Self::Lon,
                Self::Lat,
                Self::Capacity,
                Self::RadiusM,
                Self::Hours,
                Self::Phone,
                Self::Notes,
            ],
            TableKind::DepartmentList => &[
                Self::Name,
                Self::IdNumber,
                Self::Phone,
                Self::Address,
                Self::HouseholdId,
                Self::Certificate,
                Self::DisabilityKind,
                Self::DisabilityLevel,
                Self::Programme,
                Self::MonthlyAmount,
                Self::Start,
                Self::End,
                Self::Health,
                Self::SelfCare,
                Self::Category,
                Self::Detail,
                Self::RaisedOn,
                Self::Status,
                Self::Notes,
            ],
            TableKind::Addresses => &[Self::AddressCode, Self::Address, Self::Lon, Self::Lat],
        }
    }

    /// What a table of a kind cannot do without: of each group one field at least.
    pub fn needed(kind: TableKind) -> &'static [&'static [Self]] {
        const HOUSEHOLD: &[Field] = &[Field::HouseholdId, Field::HeadIdNumber, Field::IdNumber];
        match kind {
            TableKind::Households => &[&[Self::HouseholdId, Self::IdNumber]],
            TableKind::Members => &[
                &[Self::HouseholdId, Self::HeadIdNumber],
                &[Self::Name, Self::IdNumber, Self::MemberId],
            ],
            TableKind::Receipts => &[HOUSEHOLD, &[Self::Programme]],
            TableKind::Needs => &[HOUSEHOLD, &[Self::Category, Self::Detail]],
            TableKind::Visits => &[HOUSEHOLD, &[Self::DoneOn, Self::PlannedOn]],
            TableKind::Resources => &[&[Self::Name, Self::ResourceId]],
            TableKind::DepartmentList => &[&[Self::Name, Self::IdNumber, Self::Certificate]],
            TableKind::Addresses => &[
                &[Self::Address, Self::AddressCode],
                &[Self::Lon],
                &[Self::Lat],
            ],
        }
    }

    /// The groups of fields of which a kind of table needs one and has none.
    pub fn missing(kind: TableKind, has: &[Self]) -> Vec<&'static [Self]> {
        let groups = Self::needed(kind).iter().copied();
        groups
            .filter(|group| !group.iter().any(|field| has.contains(field)))
            .collect()
    }

    /// The value of the household that a column of the ledger states.
    pub(super) fn household_field(self) -> Option<HouseholdField> {
        Some(match self {
            Self::HouseholdId => HouseholdField::Id,
            Self::HeadName => HouseholdField::HeadName,
            Self::IdNumber => HouseholdField::IdNumber,
            Self::Phone => HouseholdField::Phone,
            Self::Address => HouseholdField::Address,
            Self::Lon | Self::Lat => HouseholdField::Position,
            Self::DeclaredArea | Self::DivisionCode => HouseholdField::DeclaredArea,
            Self::Members => HouseholdField::Members,
            Self::Elderly => HouseholdField::Elderly,
            Self::Children => HouseholdField::Children,
            Self::Disabled => HouseholdField::Disabled,
            Self::LivingAlone => HouseholdField::LivingAlone,
            Self::MonthlyIncome => HouseholdField::MonthlyIncome,
            Self::Programmes => HouseholdField::Programmes,
            Self::Needs => HouseholdField::Needs,
            Self::LastVisit => HouseholdField::LastVisit,
            Self::Tags => HouseholdField::Tags,
            Self::Notes => HouseholdField::Notes,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_field_has_a_code_of_its_own_and_stands_in_some_table() {
        let codes: BTreeSet<&str> = Field::ALL.iter().map(|field| field.code()).collect();
        assert_eq!(codes.len(), Field::COUNT);
        for lang in Lang::ALL {
            let names: BTreeSet<String> = Field::ALL.iter().map(|field| field.name(lang)).collect();
            assert_eq!(names.len(), Field::COUNT);
            assert!(
                Field::ALL
                    .iter()
                    .all(|field| lang.knows(&format!("read.field_{}", field.code())))
            );
        }
        let of_all: BTreeSet<Field> = TableKind::ALL
            .iter()
            .flat_map(|kind| Field::of(*kind).iter().copied())
            .collect();
        assert_eq!(of_all.len(), Field::COUNT);
        for kind in TableKind::ALL {
            let fields: BTreeSet<_> = Field::of(kind).iter().collect();
            assert_eq!(fields.len(), Field::of(kind).len());
            let needed = Field::needed(kind).iter().copied().flatten();
            assert!(needed.into_iter().all(|field| fields.contains(field)));
        }
        for field in Field::of(TableKind::Households) {
            assert!(field.household_field().is_some(), "{}", field.code());
            assert_eq!(Field::from_code(field.code()), Some(*field));
        }
    }
}
