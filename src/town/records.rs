//! The long tables of the town: members, receipts, needs, visits and resources, as text.

use super::build::{HomeLife, Town};
use super::dice::{Dice, Stream};
use super::members::{Member, members};
use super::needs::{NeedRow, needs};
use super::numbers_given::NumbersGiven;
use super::receipts::{ReceiptRow, receipts};
use super::resources::resources;
use super::truth::{Truth, truth};
use super::visits::{VisitRow, visits, worker};
use crate::base::{Cancelled, Progress};
use crate::model::{Date, DisabilityKind, Sex};

/// The columns of the list of members.
pub const MEMBER_HEADER: [&str; 14] = [
    "户编号",
    "姓名",
    "身份证号",
    "电话",
    "与户主关系",
    "性别",
    "出生日期",
    "残疾证号",
    "残疾类别",
    "残疾等级",
    "自理能力",
    "文化程度",
    "职业",
    "月收入(元)",
];

/// The columns of the list of receipts.
pub const RECEIPT_HEADER: [&str; 7] = [
    "户编号",
    "姓名",
    "身份证号",
    "救助项目",
    "开始日期",
    "停发日期",
    "月发放金额(元)",
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

/// What the long tables hold of one household, and what is true of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HouseholdRecords {
    /// Id of the household.
    pub household_id: String,
    /// In the order of [`MEMBER_HEADER`], the head first.
    pub members: Vec<[String; 14]>,
    /// In the order of [`RECEIPT_HEADER`].
    pub receipts: Vec<[String; 7]>,
    /// In the order of [`NEED_HEADER`].
    pub needs: Vec<[String; 9]>,
    /// In the order of [`VISIT_HEADER`].
    pub visits: Vec<[String; 7]>,
    /// What is true of it; no file says it.
    pub truth: Truth,
}

impl Town {
    /// The long tables, household by household in the order of the ledger, without those whose row
    /// of the ledger has no id of its own. Nothing is kept but which ID numbers are given.
    ///
    /// # Errors
    /// [`Cancelled`] where somebody asked for the work to stop.
    pub fn records(
        &self,
        progress: &Progress,
    ) -> Result<impl Iterator<Item = HouseholdRecords> + '_, Cancelled> {
        let mut given = NumbersGiven::new();
        // The heads have theirs, from the first to the last.
        for index in 0..self.household_count() {
            if let Some(home) = self.home_life(index) {
                given.mark(&home.id_number);
            }
            progress.tick(0)?;
        }
        let hot = self.hot_grids();
        let homes = (0..self.household_count()).filter_map(|index| self.home_life(index));
        Ok(homes
            .filter(|home| home.is_on_the_ledger)
            .map(move |home| self.records_of(&home, &hot, &mut given)))
    }

    /// Who offers help in the town, in the order of [`RESOURCE_HEADER`].
    pub fn resources(&self) -> Vec<[String; 10]> {
        resources(self)
    }

    fn records_of(
        &self,
        home: &HomeLife,
        hot: &[String],
        given: &mut NumbersGiven,
    ) -> HouseholdRecords {
        let seed = self.plan.seed;
        let grid = self.grid_code.get(home.cell).map_or("", String::as_str);
        let is_hot = hot.iter().any(|code| code == grid);
        let mut dice = Dice::new(seed, Stream::Members(home.index));
        let people = members(home, is_hot, given, &mut dice);
        let truth = truth(home, &people, is_hot, &mut dice);
        let mut dice = Dice::new(seed, Stream::Receipts(home.index));
        let receipts = receipts(home, &people, &truth, &mut dice);
        let mut dice = Dice::new(seed, Stream::Needs(home.index));
        let needs = needs(home, &people, &truth, &mut dice);
        let mut dice = Dice::new(seed, Stream::Visits(home.index));
        let visits = visits(home, &truth, &mut dice);
        let id = home.row.household_id.as_str();
        let worker = worker(seed, grid);
        HouseholdRecords {
            household_id: id.to_owned(),
            members: people.iter().map(|it| member_cells(id, it)).collect(),
            receipts: receipts
                .into_iter()
                .map(|it| receipt_cells(id, it))
                .collect(),
            needs: needs.into_iter().map(|it| need_cells(id, it)).collect(),
            visits: visits
                .iter()
                .map(|it| visit_cells(id, it, &worker))
                .collect(),
            truth,
        }
    }
}

fn day(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn yuan(amount: Option<i64>) -> String {
    amount.map(|amount| amount.to_string()).unwrap_or_default()
}

fn member_cells(id: &str, member: &Member) -> [String; 14] {
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
        kind,
        level,
        member.self_care.to_owned(),
        member.schooling.to_owned(),
        member.work.to_owned(),
        yuan(member.income_yuan),
    ]
}

fn kind_word(kind: DisabilityKind) -> &'static str {
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

fn level_word(level: u8) -> &'static str {
    match level {
        1 => "一级",
        2 => "二级",
        3 => "三级",
        _ => "四级",
    }
}

fn receipt_cells(id: &str, row: ReceiptRow) -> [String; 7] {
    let (name, id_number) = row.who.unwrap_or_default();
    [
        id.to_owned(),
        name,
        id_number,
        row.programme.to_owned(),
        row.start.to_string(),
        day(row.end),
        yuan(row.monthly_yuan),
    ]
}

fn need_cells(id: &str, row: NeedRow) -> [String; 9] {
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

fn visit_cells(id: &str, row: &VisitRow, worker: &str) -> [String; 7] {
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
