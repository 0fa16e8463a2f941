//! The columns of the long tables, and their rows as cells of text.

use super::members::Member;
use super::needs::NeedRow;
use super::receipts::ReceiptRow;
use super::visits::VisitRow;
use crate::model::{Date, DisabilityKind, Sex};

/// The columns of the list of members.
pub const MEMBER_HEADER: [&str; 15] = [
    "户编号",
    "姓名",
    "身份证号",
    "电话",
    "与户主关系",
    "性别",
    "出生日期",
    "残疾证号",
    "残疾证有效期至",
    "残疾类别",
    "残疾等级",
    "自理能力",
    "文化程度",
    "职业",
    "月收入(元)",
];

/// The columns of the list of receipts.
pub const RECEIPT_HEADER: [&str; 8] = [
    "户编号",
    "姓名",
    "身份证号",
    "救助项目",
    "开始日期",
    "停发日期",
    "月发放金额(元)",
    "最近复核日期",
];

/// The columns of the list of needs.
pub const NEED_HEADER: [&str; 9] = [
    "户编号",
    "姓名",
    "需求类别",
    "需求内容",
    "来源",
    "提出时间",
    "紧急程度",
    "状态",
    "办结时间",
];

/// The columns of the list of visits.
pub const VISIT_HEADER: [&str; 7] = [
    "户编号",
    "计划走访日期",
    "走访日期",
    "走访人",
    "是否见到本人",
    "走访结果",
    "下次走访日期",
];

/// The columns of the list of resources.
pub const RESOURCE_HEADER: [&str; 10] = [
    "资源编号",
    "资源名称",
    "服务类别",
    "地址",
    "经度",
    "纬度",
    "容量",
    "服务半径(米)",
    "开放时间",
    "联系电话",
];

fn day(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn yuan(amount: Option<i64>) -> String {
    amount.map(|amount| amount.to_string()).unwrap_or_default()
}

/// A member, in the order of [`MEMBER_HEADER`].
pub(super) fn member_cells(id: &str, member: &Member) -> [String; 15] {
    let sex = match member.sex() {
        Sex::Male => "男",
        Sex::Female => "女",
    };
    let [certificate, kind, level] = match member.disability {
        Some((kind, level)) => [
            format!("{}{}{level}", member.id_number, kind.number()),
            kind_word(kind).to_owned(),
            level_word(level).to_owned(),
        ],
        None => Default::default(),
    };
    [
        id.to_owned(),
        member.name.clone(),
        member.id_number.clone(),
        member.phone.clone(),
        member.relation().to_owned(),
        sex.to_owned(),
        member.born.to_string(),
        certificate,
        member.certificate_until.clone(),
        kind,
        level,
        member.self_care.to_owned(),
        member.schooling.to_owned(),
        member.work.to_owned(),
        yuan(member.income_yuan),
    ]
}

/// A kind of disability, as certificates have it.
pub(super) fn kind_word(kind: DisabilityKind) -> &'static str {
    match kind {
        DisabilityKind::Sight => "视力",
        DisabilityKind::Hearing => "听力",
        DisabilityKind::Speech => "言语",
        DisabilityKind::Limb => "肢体",
        DisabilityKind::Intellectual => "智力",
        DisabilityKind::Mental => "精神",
        DisabilityKind::Multiple => "多重",
    }
}

/// A level of disability, as certificates have it.
pub(super) fn level_word(level: u8) -> &'static str {
    match level {
        1 => "一级",
        2 => "二级",
        3 => "三级",
        _ => "四级",
    }
}

/// A receipt, in the order of [`RECEIPT_HEADER`].
pub(super) fn receipt_cells(id: &str, row: ReceiptRow) -> [String; 8] {
    let (name, id_number) = row.who.unwrap_or_default();
    [
        id.to_owned(),
        name,
        id_number,
        row.programme.to_owned(),
        row.start.to_string(),
        day(row.end),
        yuan(row.monthly_yuan),
        day(row.reviewed_on),
    ]
}

/// A need, in the order of [`NEED_HEADER`].
pub(super) fn need_cells(id: &str, row: NeedRow) -> [String; 9] {
    [
        id.to_owned(),
        row.who,
        row.category.to_owned(),
        row.detail.to_owned(),
        row.source.to_owned(),
        row.raised_on.to_string(),
        row.urgency.to_owned(),
        row.status.to_owned(),
        day(row.closed_on),
    ]
}

/// A visit, in the order of [`VISIT_HEADER`].
pub(super) fn visit_cells(id: &str, row: &VisitRow, worker: &str) -> [String; 7] {
    let seen = match row.is_seen {
        Some(true) => "是",
        Some(false) => "否",
        None => "",
    };
    [
        id.to_owned(),
        day(row.planned_on),
        day(row.done_on),
        worker.to_owned(),
        seen.to_owned(),
        row.outcome.to_owned(),
        day(row.next_due),
    ]
}
