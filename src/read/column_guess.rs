//! Which column is which field: by what somebody says, else the header, else the values.

use super::choice::ColumnChoices;
use super::column_values::ColumnValues;
use super::columns::{column_key, meaning, plain_header};
use super::field::Field;
use super::header_words::{Trust, is_sensitive, is_vague};
use super::inspection::ColumnReason;
use crate::model::TableKind;

/// What a column is taken for, and why.
pub(super) type Guess = (Option<Field>, ColumnReason);

/// A table's columns while they are guessed.
pub(super) struct Guessing<'a> {
    pub(super) kind: TableKind,
    pub(super) headers: &'a [String],
    pub(super) plain: Vec<String>,
    values: &'a [ColumnValues],
    pub(super) guesses: Vec<Option<Guess>>,
}

/// Guesses every column of a table. `said` is somebody's word, `template` that of a saved mapping.
pub(super) fn guess(
    kind: TableKind,
    headers: &[String],
    values: &[ColumnValues],
    said: &ColumnChoices,
    template: &ColumnChoices,
) -> Vec<Guess> {
    let mut guessing = Guessing {
        kind,
        headers,
        plain: headers.iter().map(|header| plain_header(header)).collect(),
        values,
        guesses: vec![None; headers.len()],
    };
    guessing.take_choices(said, ColumnReason::Said);
    guessing.take_choices(template, ColumnReason::Template);
    guessing.drop_sensitive();
    guessing.by_header(Trust::Strong);
    guessing.id_numbers_by_value();
    guessing.by_header(Trust::Weak);
    guessing.by_value();
    if !guessing.has(Field::HouseholdId) && !guessing.has(Field::IdNumber) {
        guessing.by_header(Trust::Serial);
    }
    guessing.contradicted();
    guessing.finish()
}

impl Guessing<'_> {
    pub(super) fn has(&self, field: Field) -> bool {
        let is_it = |guess: &Option<Guess>| guess.is_some_and(|(one, _)| one == Some(field));
        self.guesses.iter().any(is_it)
    }

    pub(super) fn is_open(&self, at: usize) -> bool {
        self.guesses.get(at).is_some_and(Option::is_none)
    }

    /// Whether the kind has a field that no column has been taken for.
    pub(super) fn wants(&self, field: Field) -> bool {
        Field::of(self.kind).contains(&field) && !self.has(field)
    }

    pub(super) fn put(&mut self, at: usize, field: Option<Field>, reason: ColumnReason) {
        if let Some(slot) = self.guesses.get_mut(at) {
            *slot = Some((field, reason));
        }
    }

    pub(super) fn values(&self, at: usize) -> Option<&ColumnValues> {
        self.values.get(at)
    }

    fn take_choices(&mut self, choices: &ColumnChoices, reason: ColumnReason) {
        if choices.is_empty() {
            return;
        }
        for at in 0..self.headers.len() {
            let Some(choice) = choices.get(&column_key(self.headers, at)) else {
                continue;
            };
            if !self.is_open(at) {
                continue;
            }
            match choice.as_deref().filter(|code| !code.is_empty()) {
                None => self.put(at, None, reason),
                Some(code) => match Field::from_code(code) {
                    Some(field) if self.wants(field) => self.put(at, Some(field), reason),
                    Some(field) if self.has(field) => self.put(at, None, ColumnReason::Doubled),
                    _ => {}
                },
            }
        }
    }

    fn drop_sensitive(&mut self) {
        for at in 0..self.headers.len() {
            let is_sensitive = self.plain.get(at).is_some_and(|plain| is_sensitive(plain));
            if is_sensitive && self.is_open(at) {
                self.put(at, None, ColumnReason::Sensitive);
            }
        }
    }

    /// What the header of a column means, where its values do not plainly contradict it.
    pub(super) fn meant(&self, at: usize, trust: Trust) -> Option<Field> {
        let plain = self.plain.get(at).filter(|plain| !plain.is_empty())?;
        let (field, found) = meaning(self.kind, plain)?;
        let contradicts = self
            .values(at)
            .is_some_and(|values| values.contradict(field));
        (found == trust && !contradicts).then_some(field)
    }

    /// For each field the first column whose header means it; one that holds something is better
    /// than an empty one, and a code is better than the count of the rows.
    fn by_header(&mut self, trust: Trust) {
        for field in Field::of(self.kind) {
            if !self.wants(*field) {
                continue;
            }
            let columns = (0..self.headers.len())
                .filter(|at| self.is_open(*at) && self.meant(*at, trust) == Some(*field));
            let best = columns.min_by_key(|at| {
                let values = self.values(*at);
                let is_empty = values.is_some_and(|values| values.filled == 0);
                let is_serial = values.is_some_and(|values| values.is_serial);
                (is_empty, trust == Trust::Weak && is_serial)
            });
            if let Some(at) = best {
                self.put(at, Some(*field), ColumnReason::Header);
            }
        }
    }

    /// A header of one use alone is believed after all where no other column holds the field: its
    /// rows are then doubted one by one, and somebody sees that the column is wrong.
    fn contradicted(&mut self) {
        for at in 0..self.headers.len() {
            let Some(plain) = self.plain.get(at).filter(|plain| !is_vague(plain)) else {
                continue;
            };
            match meaning(self.kind, plain) {
                Some((field, Trust::Strong)) if self.is_open(at) && self.wants(field) => {
                    self.put(at, Some(field), ColumnReason::Header);
                }
                _ => {}
            }
        }
    }

    /// Columns that are left are doubled where their header means what another holds, else unknown.
    /// Where an ID number stands in for the number of the household, its values are the reason.
    fn finish(mut self) -> Vec<Guess> {
        let stands_in = self.kind == TableKind::Households
            && !self.has(Field::HouseholdId)
            && self.has(Field::IdNumber);
        for at in 0..self.headers.len() {
            match self.guesses.get(at).copied().flatten() {
                None => {
                    let meant = [Trust::Strong, Trust::Weak]
                        .into_iter()
                        .find_map(|trust| self.meant(at, trust));
                    let reason = match meant {
                        Some(field) if self.has(field) => ColumnReason::Doubled,
                        _ => ColumnReason::Unknown,
                    };
                    self.put(at, None, reason);
                }
                Some((Some(Field::IdNumber), ColumnReason::Header)) if stands_in => {
                    let share = self
                        .values(at)
                        .map_or(0, |values| values.percent(values.id_numbers));
                    self.put(at, Some(Field::IdNumber), ColumnReason::Values(share));
                }
                Some(_) => {}
            }
        }
        self.guesses
            .into_iter()
            .map(|guess| guess.unwrap_or((None, ColumnReason::Unknown)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::trial::guessed;

    #[test]
    fn the_number_of_the_household_is_the_best_there_is() {
        let first = |text: &str| guessed("台账.csv", text).1;
        // The count of the rows gives way to a code, to an ID number, and is better than nothing.
        let columns = first("序号,编号,户编号,户主姓名,人口数\n1,7,K7,示范甲,1\n");
        assert_eq!(
            columns[..3],
            ["序号=- unknown", "编号=- doubled", "户编号=household_id"]
        );
        let columns = first("编号,代码,户主姓名,人口数\n1,K7,示范甲,1\n2,K9,示范乙,2\n");
        assert_eq!(columns[..2], ["编号=- doubled", "代码=household_id"]);
        let columns = first(
            "序号,户主姓名,户主身份证号,人口数\n1,示范甲,000000198001010013,1\n2,示范乙,000000195403070023,2\n",
        );
        assert_eq!(columns[0], "序号=- unknown");
        assert_eq!(columns[2], "户主身份证号=id_number 100%");
        let columns = first("序号,户主姓名,人口数,独居\n1,示范甲,1,是\n");
        assert_eq!(columns[0], "序号=household_id");
        // An empty column of a good name gives way to a full one; so does the name of a grid.
        let columns = first("户编号,联系电话,手机,网格,网格编码\nK1,,19900000001,一,G1\n");
        assert_eq!(
            columns[1..],
            [
                "联系电话=- doubled",
                "手机=phone",
                "网格=- doubled",
                "网格编码=grid_code"
            ]
        );
    }

    #[test]
    fn what_somebody_says_goes_before_all_else_then_the_template() {
        let headers: Vec<String> = ["户编号", "政治面貌", "备注", "备注", "甲", "乙"]
            .map(String::from)
            .into();
        let values = vec![ColumnValues::default(); headers.len()];
        let choices = |pairs: &[(&str, Option<&str>)]| -> ColumnChoices {
            let pairs = pairs.iter();
            pairs
                .map(|(key, code)| ((*key).to_owned(), code.map(str::to_owned)))
                .collect()
        };
        let said = choices(&[
            ("政治面貌", Some("tags")),
            ("#4", Some("notes")),
            ("甲", Some("phone")),
            ("乙", Some("relation")),
        ]);
        let template = choices(&[
            ("户编号", None),
            ("甲", Some("address")),
            ("乙", Some("phone")),
        ]);
        let guesses = guess(TableKind::Households, &headers, &values, &said, &template);
        assert_eq!(
            guesses,
            [
                (None, ColumnReason::Template),
                (Some(Field::Tags), ColumnReason::Said),
                (None, ColumnReason::Doubled),
                (Some(Field::Notes), ColumnReason::Said),
                (Some(Field::Phone), ColumnReason::Said),
                // A member's field is none of the ledger's, and the template's is taken.
                (None, ColumnReason::Doubled),
            ]
        );
    }

    #[test]
    fn the_headers_of_real_offices_are_understood() {
        for (name, header, kind, left_out) in [
            (
                "低保台账.csv",
                "序号,村（社区）,户主姓名,户主身份证号码,家庭人口（人）,保障金（元）,享受待遇,联系电话,备注",
                "households",
                "序号,村（社区）,保障金（元）",
            ),
            (
                "民情.csv",
                "户编号,户 主,住址,联系方式,*人口数,60周岁以上人数,是否独居,民族,宗教信仰,所属网格编码,经度（GCJ-02）,纬度（GCJ-02）",
                "households",
                "民族,宗教信仰",
            ),
            (
                "家庭成员.csv",
                "户编号,成员姓名,公民身份号码,与户主关系,性别,出生年月,婚姻状况,文化程度,健康状况,政治面貌",
                "members",
                "婚姻状况,政治面貌",
            ),
            (
                "list.csv",
                "Household ID,Member ID,Full Name,Relationship,Gender,Date of Birth,Occupation",
                "members",
                "",
            ),
            (
                "残疾人.csv",
                "户编号,姓名,残疾人证号,残疾类别,残疾等级,与户主关系,监护人",
                "members",
                "监护人",
            ),
            (
                "9月发放表.csv",
                "户编号,姓名,身份证号,救助项目,享受起始月,停发年月,月发放金额,开户银行,账号",
                "receipts",
                "开户银行,账号",
            ),
            (
                "receipts.csv",
                "household_id,programme,start,end,amount",
                "receipts",
                "",
            ),
            (
                "心愿单.csv",
                "户编号,姓名,心愿类别,心愿内容,提出时间,紧急程度,认领情况,完成时间,认领单位",
                "needs",
                "认领单位",
            ),
            (
                "needs.csv",
                "household_id,category,detail,raised_on,urgency,status,closed_on",
                "needs",
                "",
            ),
            (
                "走访记录.csv",
                "户号,走访时间,走访人员,是否见面,走访内容,下次走访时间,照片",
                "visits",
                "照片",
            ),
            (
                "资源库.csv",
                "机构名称,服务类型,机构地址,经度,纬度,床位数,服务半径,服务时间,联系人,联系电话",
                "resources",
                "联系人",
            ),
            (
                "残联持证.csv",
                "序号,姓名,残疾人证号,残疾类别,残疾等级,户籍地址,现住址,手机号码",
                "list",
                "序号,户籍地址",
            ),
            (
                "医保.csv",
                "姓名,证件号码,参保类型,参保状态,联系电话",
                "list",
                "",
            ),
            (
                "12345.csv",
                "工单编号,来电人,来电号码,诉求类型,诉求内容,受理时间,办理状态",
                "list",
                "工单编号",
            ),
            (
                "应急名单.csv",
                "姓名,身份证号,住址,风险等级,责任人",
                "list",
                "责任人",
            ),
            (
                "标准地址库.csv",
                "标准地址编码,标准地址,经度,纬度,采集日期",
                "addresses",
                "采集日期",
            ),
        ] {
            let (found, columns) = guessed(name, &format!("{header}\n"));
            assert_eq!(found.code(), kind, "{header}");
            let left: Vec<&str> = columns
                .iter()
                .filter(|one| one.contains("=- "))
                .filter_map(|one| one.split('=').next())
                .collect();
            assert_eq!(left.join(","), left_out, "{columns:?}");
        }
    }
}
