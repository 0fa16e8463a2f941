//! Which header is which field of the household.

use super::cell::half_width;
use crate::model::TableKind;

/// A field of the household that a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// 户编号
    HouseholdId,
    /// 户主姓名
    HeadName,
    /// 身份证号
    IdNumber,
    /// 电话
    Phone,
    /// 地址
    Address,
    /// 经度
    Lon,
    /// 纬度
    Lat,
    /// 网格编码
    DeclaredArea,
    /// 人口数
    Members,
    /// 老年人数
    Elderly,
    /// 儿童数
    Children,
    /// 残疾人数
    Disabled,
    /// 独居
    LivingAlone,
    /// 月收入
    MonthlyIncome,
    /// 享受项目
    Programmes,
    /// 需求
    Needs,
    /// 最近走访日期
    LastVisit,
    /// 标签
    Tags,
    /// 备注
    Notes,
}

impl Field {
    /// All fields, in the order of the ledger.
    pub const ALL: [Self; 19] = [
        Self::HouseholdId,
        Self::HeadName,
        Self::IdNumber,
        Self::Phone,
        Self::Address,
        Self::Lon,
        Self::Lat,
        Self::DeclaredArea,
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
    ];

    /// The fields that a kind of table can have.
    pub fn of(kind: TableKind) -> &'static [Self] {
        match kind {
            TableKind::Households => &Self::ALL,
            TableKind::Addresses => &[Self::Address, Self::Lon, Self::Lat],
            TableKind::Resources => &[
                Self::Address,
                Self::Lon,
                Self::Lat,
                Self::Phone,
                Self::Notes,
            ],
            _ => &[
                Self::HouseholdId,
                Self::IdNumber,
                Self::Phone,
                Self::Address,
                Self::Notes,
            ],
        }
    }

    /// Its word in the files that the program writes.
    pub fn code(self) -> &'static str {
        match self {
            Self::HouseholdId => "household_id",
            Self::HeadName => "head_name",
            Self::IdNumber => "id_number",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Lon => "lon",
            Self::Lat => "lat",
            Self::DeclaredArea => "grid_code",
            Self::Members => "members",
            Self::Elderly => "elderly",
            Self::Children => "children",
            Self::Disabled => "disabled",
            Self::LivingAlone => "living_alone",
            Self::MonthlyIncome => "monthly_income",
            Self::Programmes => "programmes",
            Self::Needs => "needs",
            Self::LastVisit => "last_visit",
            Self::Tags => "tags",
            Self::Notes => "notes",
        }
    }

    /// The headers that mean it, in their plain form.
    fn headers(self) -> &'static str {
        match self {
            Self::HouseholdId => {
                "householdid hhid householdno householdnumber householdcode 户编号 户编码 户号 户id 户代码 \
                 家庭编号 家庭编码 家庭id 家庭户编号 家庭户号 住户编号 住户编码 住户id 户籍编号 档案编号 台账编号 一户一档编号 困难家庭编号"
            }
            Self::HeadName => {
                "headname head headofhousehold householder householdhead householdername name fullname 户主姓名 户主 姓名 \
                 户主名称 户主名 家庭户主 申请人 申请人姓名 居民姓名 名称"
            }
            Self::IdNumber => {
                "idnumber idno idcard idcardno idcardnumber headidnumber residentid 身份证号 身份证 身份证号码 身份证编号 \
                 户主身份证号 户主身份证 户主身份证号码 公民身份号码 公民身份证号 公民身份证号码 居民身份证号 居民身份证号码 证件号 证件号码 申请人身份证号"
            }
            Self::Phone => {
                "phone phoneno phonenumber tel telno telephone telephonenumber mobile mobileno mobilephone mobilenumber cell cellphone \
                 contact contactphone contactnumber 电话 电话号码 联系电话 联系方式 手机 手机号 手机号码 户主电话 户主联系电话 家庭电话 移动电话 联系电话号码"
            }
            Self::Address => {
                "address addr homeaddress residence residentialaddress 地址 住址 家庭地址 家庭住址 居住地址 现住址 现居住地址 居住地 现居住地 \
                 户籍地址 详细地址 详细住址 常住地址"
            }
            Self::Lon => {
                "lon lng long longitude x xcoord xcoordinate coordx lonwgs84 lngwgs84 经度 x坐标 坐标x 横坐标 东经 经度坐标 经度值"
            }
            Self::Lat => {
                "lat latitude y ycoord ycoordinate coordy latwgs84 纬度 y坐标 坐标y 纵坐标 北纬 纬度坐标 纬度值"
            }
            Self::DeclaredArea => {
                "gridcode gridid gridno gridnumber declaredarea 网格编码 网格号 网格编号 网格代码 网格id \
                 所属网格编码 所属网格编号 所在网格编码 所在网格编号 微网格编码"
            }
            Self::Members => {
                "members member membercount memberscount membersnumber numberofmembers householdsize familysize population persons people size \
                 人口数 人口 家庭人口 家庭人口数 家庭人数 人数 户人口 户人数 户内人口 户内人数 成员数 成员人数 家庭成员数 家庭成员人数 总人口 总人数 常住人口"
            }
            Self::Elderly => {
                "elderly elders elderlycount elderscount elderlymembers numberofelderly 老年人数 老人数 老年人 老人 老年人口 老年人口数 老人人数 \
                 老年人人数 60岁以上人数 60岁以上老人数 60岁及以上人数"
            }
            Self::Children => {
                "children child childrencount childcount kids minors numberofchildren 儿童数 儿童 儿童人数 未成年人数 未成年人 未成年人人数 未成年数 孩子数 小孩数 18岁以下人数"
            }
            Self::Disabled => {
                "disabled disabledcount disabledmembers disability numberofdisabled 残疾人数 残疾人 残疾 残疾数 残疾人人数 残疾人口 残疾人口数"
            }
            Self::LivingAlone => {
                "livingalone livesalone alone solitary 独居 是否独居 独居否 独居老人 是否独居老人"
            }
            Self::MonthlyIncome => {
                "monthlyincome income incomemonthly incomepermonth monthlyhouseholdincome householdincome 月收入 家庭月收入 户月收入 \
                 月总收入 家庭月总收入 收入 家庭收入 每月收入 家庭总月收入"
            }
            Self::Programmes => {
                "programmes programme programs program assistance benefits benefit schemes receiving 在享 享受项目 救助项目 享受救助项目 享受政策 享受待遇 救助类型 救助类别 \
                 救助 享受救助 在享项目 在享救助项目 帮扶项目 保障类别 享受救助类型"
            }
            Self::Needs => {
                "needs need openneeds needcategories demands 需求 需求类型 需求类别 需求项目 需求清单 困难需求 主要需求 未满足需求 服务需求 帮扶需求 心愿 心愿单"
            }
            Self::LastVisit => {
                "lastvisit lastvisited visited lastvisitdate lastvisitday visitdate datelastvisit 最近走访日期 最近走访 最近走访时间 最后走访日期 最后走访时间 最后走访 \
                 上次走访 上次走访日期 上次走访时间 走访日期 走访时间 最近一次走访日期 最近探访日期 最近入户日期"
            }
            Self::Tags => "tags tag labels label 标签 标记 人群标签 类别标签 人员类别",
            Self::Notes => {
                "notes note remark remarks comment comments memo 备注 说明 备注说明 备考 附注 情况说明"
            }
        }
    }
}

/// Headers that mean a field only where no better one is there: a plain number may count rows, and
/// a plain grid may be a name beside the code.
fn weak_headers(field: Field) -> &'static str {
    match field {
        Field::HouseholdId => "id 编号 编码 code 代码 no number uid",
        Field::DeclaredArea => "grid area 网格 所属网格 所在网格 微网格",
        _ => "",
    }
}

/// The plain form of a header: half-width, lower case, without units in brackets, spaces, marks.
pub(super) fn plain_header(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_u32;
    for char in half_width(text.trim()).chars() {
        match char {
            '(' | '[' | '【' | '〔' | '{' => depth += 1,
            ')' | ']' | '】' | '〕' | '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 || char.is_whitespace() => {}
            '_' | '-' | '.' | ':' | '*' | '"' | '\'' | '\u{FEFF}' | '\u{200B}' | '#' | '/' => {}
            char => out.extend(char.to_lowercase()),
        }
    }
    out
}

/// The field that a header means.
pub(super) fn field_of(header: &str) -> Option<Field> {
    let plain = plain_header(header);
    field_in(Field::headers, &plain).or_else(|| field_in(weak_headers, &plain))
}

/// The field among whose headers this one is.
fn field_in(headers: fn(Field) -> &'static str, plain: &str) -> Option<Field> {
    if plain.is_empty() {
        return None;
    }
    let is_one = |field: &Field| headers(*field).split_whitespace().any(|name| name == plain);
    Field::ALL.into_iter().find(is_one)
}

/// The columns of a file.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    /// Headers as they came, trimmed.
    pub(super) header: Vec<String>,
    /// The place of each field's column.
    place: [Option<usize>; Field::ALL.len()],
}

impl Columns {
    /// Reads a header row. The first header of a field wins; a plain `id` gives way to a better one.
    pub(super) fn of(header: Vec<String>) -> Self {
        let mut place = [None; Field::ALL.len()];
        for headers in [Field::headers, weak_headers] {
            for (at, text) in header.iter().enumerate() {
                let field = field_in(headers, &plain_header(text));
                let slot = field.and_then(|field| place.get_mut(field as usize));
                if let Some(slot) = slot.filter(|slot| slot.is_none()) {
                    *slot = Some(at);
                }
            }
        }
        Self { header, place }
    }

    /// Where a field stands.
    pub(super) fn place(&self, field: Field) -> Option<usize> {
        self.place.get(field as usize).copied().flatten()
    }

    /// The header of a field; empty where the file has none.
    pub(super) fn name(&self, field: Field) -> &str {
        self.place(field)
            .and_then(|at| self.header.get(at))
            .map_or("", String::as_str)
    }

    /// The field of a column.
    pub(super) fn field_at(&self, at: usize) -> Option<Field> {
        Field::ALL
            .into_iter()
            .find(|field| self.place(*field) == Some(at))
    }

    /// Headers with the field that each was taken for, in file order.
    pub(super) fn understood(&self) -> Vec<(String, Field)> {
        let columns = self.header.iter().enumerate();
        columns
            .filter_map(|(at, header)| Some((header.clone(), self.field_at(at)?)))
            .collect()
    }

    /// Headers that were left out, in file order; nameless columns aside.
    pub(super) fn ignored(&self) -> Vec<String> {
        let columns = self.header.iter().enumerate();
        columns
            .filter(|(at, header)| self.field_at(*at).is_none() && !header.is_empty())
            .map(|(_, header)| header.clone())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn columns(header: &[&str]) -> Columns {
        Columns::of(header.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn no_header_means_two_fields_and_each_is_in_its_plain_form() {
        let mut owners = BTreeMap::new();
        for field in Field::ALL {
            assert_eq!(field_of(field.code()), Some(field));
            let weak = weak_headers(field).split_whitespace();
            for header in field.headers().split_whitespace().chain(weak) {
                assert_eq!(plain_header(header), header);
                assert_eq!(owners.insert(header, field), None, "{header}");
            }
        }
    }

    #[test]
    fn the_headers_of_the_ledger_are_understood() {
        for (header, field) in [
            ("户编号", Field::HouseholdId),
            ("Household ID", Field::HouseholdId),
            (" 月收入（元）", Field::MonthlyIncome),
            ("月收入(元)", Field::MonthlyIncome),
            ("X坐标", Field::Lon),
            ("Ｘ坐标", Field::Lon),
            ("long", Field::Lon),
            ("LATITUDE", Field::Lat),
            ("联系电话", Field::Phone),
            ("身份证号码", Field::IdNumber),
            ("网格号", Field::DeclaredArea),
            ("living_alone", Field::LivingAlone),
            ("最近走访日期", Field::LastVisit),
        ] {
            assert_eq!(field_of(header), Some(field), "{header}");
        }
        assert_eq!(field_of("政治面貌"), None);
        assert_eq!(field_of("(元)"), None);
    }

    #[test]
    fn the_first_header_wins_and_a_plain_id_gives_way() {
        let columns = columns(&["编号", "户编号", "经度", "lon", "", "吸毒史"]);
        assert_eq!(columns.place(Field::HouseholdId), Some(1));
        assert_eq!(columns.name(Field::Lon), "经度");
        assert_eq!(columns.ignored(), ["编号", "lon", "吸毒史"]);
        assert_eq!(columns.understood().len(), 2);
        assert_eq!(columns.name(Field::Phone), "");
    }

    /// A list that this program wrote has the name of the grid before its code.
    #[test]
    fn the_code_of_a_grid_is_better_than_its_name() {
        let list = columns(&["户编号", "网格", "网格编码", "在享"]);
        assert_eq!(list.place(Field::DeclaredArea), Some(2));
        assert_eq!(list.place(Field::Programmes), Some(3));
        assert_eq!(list.ignored(), ["网格"]);
        let ledger = columns(&["户编号", "网格"]);
        assert_eq!(ledger.place(Field::DeclaredArea), Some(1));
    }
}
