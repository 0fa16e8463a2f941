//! One row of the ledger, as text: what is wrong in it is wrong as offices get it wrong.

use crate::model::Date;

/// The columns of the ledger, with the office's headers, in their order.
pub const HOUSEHOLD_HEADER: [&str; 19] = [
    "户编号",
    "户主姓名",
    "身份证号",
    "电话",
    "地址",
    "经度",
    "纬度",
    "网格编码",
    "人口数",
    "老年人数",
    "儿童数",
    "残疾人数",
    "独居",
    "月收入(元)",
    "享受项目",
    "需求",
    "最近走访日期",
    "标签",
    "备注",
];

/// The cells of one row of the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TownRow {
    /// 户编号
    pub household_id: String,
    /// 户主姓名
    pub head_name: String,
    /// 身份证号
    pub id_number: String,
    /// 电话
    pub phone: String,
    /// 地址
    pub address: String,
    /// 经度
    pub lon: String,
    /// 纬度
    pub lat: String,
    /// 网格编码
    pub grid_code: String,
    /// 人口数
    pub members: String,
    /// 老年人数
    pub elderly: String,
    /// 儿童数
    pub children: String,
    /// 残疾人数
    pub disabled: String,
    /// 独居
    pub living_alone: String,
    /// 月收入(元)
    pub monthly_income: String,
    /// 享受项目
    pub programmes: String,
    /// 需求
    pub needs: String,
    /// 最近走访日期
    pub last_visit: String,
    /// 标签
    pub tags: String,
    /// 备注
    pub notes: String,
    /// Whether something was put wrong on purpose. No column of the ledger.
    pub is_flawed: bool,
}

impl TownRow {
    /// The cells in the order of [`HOUSEHOLD_HEADER`].
    pub fn into_cells(self) -> [String; 19] {
        [
            self.household_id,
            self.head_name,
            self.id_number,
            self.phone,
            self.address,
            self.lon,
            self.lat,
            self.grid_code,
            self.members,
            self.elderly,
            self.children,
            self.disabled,
            self.living_alone,
            self.monthly_income,
            self.programmes,
            self.needs,
            self.last_visit,
            self.tags,
            self.notes,
        ]
    }
}

/// The day on which the ledger was closed; nothing in it is later.
pub fn reference_date() -> Date {
    Date::from_days(20_778)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ledger_closes_on_its_day() {
        assert_eq!(Some(reference_date()), Date::from_ymd(2026, 11, 21));
    }
}
