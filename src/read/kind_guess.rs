//! What the rows of a table are: by its headers, its name and the name of its sheet.

use super::cell::folded;
use super::column_values::ColumnValues;
use super::columns::{meaning, plain_header};
use super::field::Field;
use super::header_words::Trust;
use crate::model::TableKind;
use std::collections::BTreeSet;

/// Less than this is no evidence of a kind.
const LEAST_SCORE: i32 = 4;
/// What a word in the name of the file or of the sheet is worth.
const NAME_SCORE: i32 = 4;

/// Words in the name of a file or of a sheet.
const NAME_WORDS: [(TableKind, &[&str]); 8] = [
    (
        TableKind::Households,
        &["台账", "一户一档", "家庭档案", "household", "ledger"],
    ),
    (
        TableKind::Members,
        &["成员", "家庭人口", "人员信息", "member", "person"],
    ),
    (
        TableKind::Receipts,
        &["发放", "享受", "待遇", "在享", "receipt", "payment"],
    ),
    (TableKind::Needs, &["需求", "心愿", "need", "wish"]),
    (
        TableKind::Visits,
        &["走访", "探访", "巡访", "入户", "visit"],
    ),
    (
        TableKind::Resources,
        &["资源", "服务机构", "服务商", "resource"],
    ),
    (
        TableKind::DepartmentList,
        &[
            "残联",
            "医保",
            "卫健",
            "12345",
            "热线",
            "应急",
            "工单",
            "名单",
            "花名册",
            "民政",
            "教育局",
            "妇联",
            "工会",
        ],
    ),
    (TableKind::Addresses, &["地址", "门牌", "楼栋", "address"]),
];

/// The kind that a header row fits best, with the names of the file and of the sheet as hints.
/// Households where nothing fits.
pub fn guess_kind(header: &[&str], file_name: &str, sheet: Option<&str>) -> TableKind {
    let header: Vec<String> = header.iter().map(ToString::to_string).collect();
    guess_kind_with(&header, &[], file_name, sheet)
}

/// The same, with what the values of the columns look like.
pub(super) fn guess_kind_with(
    header: &[String],
    values: &[ColumnValues],
    file_name: &str,
    sheet: Option<&str>,
) -> TableKind {
    let plain: Vec<String> = header.iter().map(|one| plain_header(one)).collect();
    let holds_ids = values.iter().any(ColumnValues::are_id_numbers);
    let names = [
        folded(file_name).to_lowercase(),
        folded(sheet.unwrap_or_default()).to_lowercase(),
    ];
    let mut best = (TableKind::Households, LEAST_SCORE - 1);
    for (kind, words) in NAME_WORDS {
        let fit = Fit::of(kind, &plain, holds_ids);
        if !fit.is_possible() {
            continue;
        }
        let is_named = words
            .iter()
            .any(|word| names.iter().any(|name| name.contains(word)));
        let score = fit.score() + if is_named { NAME_SCORE } else { 0 };
        if score > best.1 {
            best = (kind, score);
        }
    }
    best.0
}

/// The fields of a kind that a header row has.
struct Fit {
    kind: TableKind,
    strong: BTreeSet<Field>,
    any: BTreeSet<Field>,
}

impl Fit {
    fn of(kind: TableKind, plain: &[String], holds_ids: bool) -> Self {
        let mut fit = Self {
            kind,
            strong: BTreeSet::new(),
            any: BTreeSet::new(),
        };
        for (field, trust) in plain.iter().filter_map(|one| meaning(kind, one)) {
            if trust == Trust::Strong {
                fit.strong.insert(field);
            }
            // The count of the rows is no number of a household while the kind is in question.
            if trust != Trust::Serial {
                fit.any.insert(field);
            }
        }
        if holds_ids && Field::of(kind).contains(&Field::IdNumber) {
            fit.strong.insert(Field::IdNumber);
            fit.any.insert(Field::IdNumber);
        }
        fit
    }

    fn is_possible(&self) -> bool {
        let mut groups = Field::needed(self.kind).iter();
        groups.all(|group| group.iter().any(|field| self.any.contains(field)))
    }

    fn score(&self) -> i32 {
        let weights: i32 = self
            .strong
            .iter()
            .map(|field| weight(self.kind, *field))
            .sum();
        let numbers_households = self.strong.contains(&Field::HouseholdId);
        match self.kind {
            // A list of people whose households are known is one of ours.
            TableKind::DepartmentList if numbers_households => weights - 3,
            TableKind::Households if self.any.contains(&Field::HouseholdId) => weights + 1,
            // A place without a word of where it is could be anything.
            TableKind::Addresses if self.strong.len() < 3 => 0,
            _ => weights,
        }
    }
}

/// How much a header tells of a kind.
fn weight(kind: TableKind, field: Field) -> i32 {
    match (kind, field) {
        (
            TableKind::Resources,
            Field::Capacity | Field::RadiusM | Field::Hours | Field::ResourceId,
        )
        | (TableKind::Members, Field::Relation)
        | (TableKind::Addresses, Field::AddressCode) => 5,
        (TableKind::Receipts, Field::Programme | Field::Start | Field::MonthlyAmount)
        | (
            TableKind::Needs,
            Field::Category | Field::Detail | Field::RaisedOn | Field::Urgency | Field::ClosedOn,
        )
        | (
            TableKind::Visits,
            Field::PlannedOn | Field::DoneOn | Field::Worker | Field::Seen | Field::NextDue,
        )
        | (TableKind::Members, Field::MemberId | Field::HeadIdNumber)
        | (TableKind::DepartmentList, Field::IdNumber | Field::Certificate) => 3,
        (
            TableKind::Households,
            Field::Members
            | Field::Elderly
            | Field::Children
            | Field::Disabled
            | Field::LivingAlone
            | Field::Programmes
            | Field::Needs
            | Field::HouseholdId
            | Field::LastVisit
            | Field::HeadName,
        )
        | (TableKind::Receipts, Field::End | Field::HouseholdId)
        | (TableKind::Needs, Field::Status | Field::Source | Field::HouseholdId)
        | (TableKind::Visits, Field::Outcome | Field::HouseholdId)
        | (
            TableKind::Members,
            Field::HouseholdId
            | Field::Sex
            | Field::Born
            | Field::Schooling
            | Field::Work
            | Field::Name,
        )
        | (TableKind::Resources, Field::Category)
        | (TableKind::Addresses, Field::Address | Field::Lon | Field::Lat)
        | (
            TableKind::DepartmentList,
            Field::Name
            | Field::DisabilityKind
            | Field::DisabilityLevel
            | Field::Detail
            | Field::Status,
        ) => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headers_of_every_kind_lead_to_it() {
        use TableKind::*;
        for (kind, file, header) in [
            (
                Households,
                "a.csv",
                "户编号,户主姓名,身份证号,电话,地址,经度,纬度,网格编码,人口数,独居,月收入(元),享受项目,需求",
            ),
            (Households, "a.csv", "id,name,lon,lat"),
            (Households, "export.csv", "id,lon,lat,x1"),
            (
                Households,
                "9月.xlsx",
                "序号,户主姓名,身份证号码,家庭住址,联系电话,家庭人口,享受待遇,备注",
            ),
            (
                Households,
                "2026年民情台账.xls",
                "户号,户主,住址,联系方式,是否独居,最近走访时间",
            ),
            (
                Members,
                "a.csv",
                "户编号,姓名,身份证号,与户主关系,性别,出生日期,文化程度,健康状况",
            ),
            (
                Members,
                "household members.csv",
                "household_id,member_id,name,relation,sex,born,work",
            ),
            (
                Receipts,
                "a.csv",
                "户编号,救助项目,享受起始月,停发日期,月发放金额",
            ),
            (
                Receipts,
                "高龄津贴发放表.xlsx",
                "序号,姓名,身份证号,补贴类型,补贴金额,享受开始时间",
            ),
            (
                Needs,
                "a.csv",
                "household_id,category,detail,raised_on,urgency,status",
            ),
            (Needs, "微心愿.xlsx", "户编号,心愿内容,提出时间,认领情况"),
            (
                Visits,
                "a.csv",
                "户编号,走访日期,走访人,是否见到本人,走访情况,下次走访日期",
            ),
            (
                Resources,
                "a.csv",
                "资源名称,服务类别,地址,经度,纬度,容量/床位数,服务半径(米),联系电话",
            ),
            (
                DepartmentList,
                "残联.xls",
                "序号,姓名,残疾人证号,残疾类别,残疾等级,联系电话,住址",
            ),
            (DepartmentList, "a.csv", "姓名,身份证号,联系电话,参保类型"),
            (
                DepartmentList,
                "12345热线工单.csv",
                "来电人,来电号码,诉求内容,受理时间,办理状态",
            ),
            (Addresses, "a.csv", "标准地址,经度,纬度"),
            (Addresses, "门牌.csv", "地址编码,地址,x,y"),
        ] {
            let cells: Vec<&str> = header.split(',').collect();
            assert_eq!(
                guess_kind(&cells, file, None).code(),
                kind.code(),
                "{header}"
            );
        }
        // Nothing at all: the ledger, which then says what it needs.
        assert_eq!(
            guess_kind(&["甲", "乙"], "x.csv", Some("Sheet1")),
            Households
        );
        let list = guess_kind(&["姓名", "身份证号", "地址"], "x.xlsx", Some("残联名单"));
        assert_eq!(list, DepartmentList);
    }
}
