//! The fields that a query can name, in both languages.

use super::nearest::nearest;
use crate::model::AreaLevel;

/// Needs, programmes or gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermField {
    /// Open needs.
    Need,
    /// Programmes received.
    Programme,
    /// Entitlement gaps: eligible and not receiving.
    Gap,
    /// Programmes for which the household, or one of its members, is eligible.
    Eligible,
    /// Programmes of which nobody knows whether it is, for want of a fact.
    Unclear,
    /// Programmes received without being eligible: to look at.
    Review,
}

/// Counts and amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberField {
    /// Members.
    Members,
    /// Members of 60 and older.
    Elderly,
    /// Members under 18.
    Children,
    /// Members with a disability.
    Disabled,
    /// Yuan a month for the whole household.
    Income,
    /// Yuan a month divided by the members; unknown where either is, or where there is no member.
    IncomePerHead,
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlagField {
    /// One person living alone.
    LivingAlone,
    /// Has a position.
    Located,
    /// Is in the selection on the map.
    Selected,
    /// Receives a chosen programme, has a chosen open need, or a gap in a chosen programme.
    Concern,
    /// Has a gap and never asked.
    Silent,
    /// Receives a chosen programme.
    Receiving,
}

/// Areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceField {
    /// The area of one level in which the household is located.
    Level(AreaLevel),
    /// The areas of every level in which it is located.
    AnyLevel,
    /// The area whose code the file declares.
    Declared,
}

/// Texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextField {
    /// Head of household.
    Name,
    /// The office's number.
    Id,
    /// Address.
    Address,
    /// Each tag.
    Tag,
    /// Notes.
    Note,
    /// Telephone.
    Phone,
    /// Each list of a department that knows somebody of the household.
    List,
    /// How the position became known, by its word in either language.
    Position,
}

/// A field that a query can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Needs, programmes or gaps.
    Terms(TermField),
    /// Counts and amounts.
    Number(NumberField),
    /// Yes or no.
    Flag(FlagField),
    /// The day of the last visit.
    Visited,
    /// What is due: overdue, or near.
    Due,
    /// Areas.
    Place(PlaceField),
    /// Located, and not where it should be.
    Outside,
    /// Texts.
    Text(TextField),
}

struct Names {
    field: Field,
    code: &'static str,
    zh: &'static str,
    /// The key of its label on a chip.
    word: &'static str,
    /// Other names, headers of the files among them.
    also: &'static [&'static str],
}

macro_rules! fields {
    ($($field:expr, $code:literal, $zh:literal, [$($also:literal),*];)*) => {
        const FIELDS: &[Names] = &[$(Names {
            field: $field,
            code: $code,
            zh: $zh,
            word: concat!("query.field_", $code),
            also: &[$($also),*],
        }),*];
    };
}

fields! {
    Field::Terms(TermField::Need), "need", "需求", ["needs", "需要", "心愿"];
    Field::Terms(TermField::Programme), "programme", "项目", ["programmes", "program", "programs", "享受项目", "救助项目", "救助"];
    Field::Terms(TermField::Gap), "gap", "缺口", ["gaps", "应享未享"];
    Field::Terms(TermField::Eligible), "eligible", "符合条件", ["entitled", "应享"];
    Field::Terms(TermField::Unclear), "unclear", "待核", ["unknown_eligibility", "缺信息"];
    Field::Terms(TermField::Review), "review", "复核", ["to_review", "享而不符"];
    Field::Number(NumberField::Members), "members", "人口数", ["member", "人口", "家庭人口", "人数"];
    Field::Number(NumberField::Elderly), "elderly", "老年人数", ["老人数", "老年人", "老人"];
    Field::Number(NumberField::Children), "children", "儿童数", ["儿童人数", "儿童", "未成年人数"];
    Field::Number(NumberField::Disabled), "disabled", "残疾人数", ["残疾人", "残疾"];
    Field::Number(NumberField::Income), "income", "收入", ["monthly_income", "月收入"];
    Field::Number(NumberField::IncomePerHead), "income_per_head", "人均收入", ["人均月收入"];
    Field::Flag(FlagField::LivingAlone), "living_alone", "独居", ["alone"];
    Field::Flag(FlagField::Located), "located", "定位", ["geocoded", "已定位", "有坐标"];
    Field::Flag(FlagField::Selected), "selected", "选中", ["已选", "已选中"];
    Field::Flag(FlagField::Concern), "concern", "关注", ["关注对象"];
    Field::Flag(FlagField::Receiving), "receiving", "在享", ["在享救助"];
    Field::Flag(FlagField::Silent), "silent", "沉默", ["沉默的少数", "从未求助"];
    Field::Visited, "visited", "走访", ["visit", "last_visit", "最近走访", "最近走访日期", "走访日期"];
    Field::Due, "due", "待办", ["clock", "clocks", "到期事项", "时限"];
    Field::Place(PlaceField::Level(AreaLevel::Grid)), "grid", "网格", [];
    Field::Place(PlaceField::Level(AreaLevel::Community)), "community", "社区", ["村"];
    Field::Place(PlaceField::Level(AreaLevel::Street)), "street", "街道", ["乡镇"];
    Field::Place(PlaceField::Level(AreaLevel::County)), "county", "县", ["区县", "县区"];
    Field::Place(PlaceField::AnyLevel), "area", "区划", ["区域"];
    Field::Place(PlaceField::Declared), "declared", "申报网格", ["grid_code", "网格编码", "申报区划"];
    Field::Outside, "outside", "不在", [];
    Field::Text(TextField::Name), "name", "姓名", ["head_name", "户主", "户主姓名"];
    Field::Text(TextField::Id), "id", "编号", ["household_id", "户编号"];
    Field::Text(TextField::Address), "address", "地址", ["住址"];
    Field::Text(TextField::Tag), "tag", "标签", ["tags"];
    Field::Text(TextField::Note), "note", "备注", ["notes"];
    Field::Text(TextField::Phone), "phone", "电话", ["手机", "联系电话"];
    Field::Text(TextField::List), "list", "名单", ["lists", "在名单"];
    Field::Text(TextField::Position), "position", "定位方式", ["position_source", "位置来源"];
}

impl Field {
    fn names(self) -> Option<&'static Names> {
        FIELDS.iter().find(|names| names.field == self)
    }

    /// Every field, in the order in which they are offered.
    pub fn all() -> impl Iterator<Item = Self> {
        FIELDS.iter().map(|names| names.field)
    }

    /// Its name in English queries, and what files call it.
    pub fn code(self) -> &'static str {
        self.names().map_or("", |names| names.code)
    }

    /// Its name in Chinese queries.
    pub fn zh(self) -> &'static str {
        self.names().map_or("", |names| names.zh)
    }

    /// The key of its label in the word lists.
    pub fn word(self) -> &'static str {
        self.names().map_or("", |names| names.word)
    }

    /// The field of a name in either language, ASCII case aside.
    pub fn named(text: &str) -> Option<Self> {
        FIELDS
            .iter()
            .find(|names| {
                [names.code, names.zh]
                    .iter()
                    .chain(names.also)
                    .any(|name| name.eq_ignore_ascii_case(text))
            })
            .map(|names| names.field)
    }

    /// The name that somebody who typed this may have meant.
    pub(super) fn name_near(text: &str) -> Option<&'static str> {
        let main = FIELDS.iter().flat_map(|names| [names.code, names.zh]);
        let also = FIELDS.iter().flat_map(|names| names.also.iter().copied());
        nearest(text, main.chain(also))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn every_name_means_one_field_and_has_a_label() {
        for names in FIELDS {
            for name in [names.code, names.zh].iter().chain(names.also) {
                assert_eq!(Field::named(name), Some(names.field), "{name}");
            }
            for lang in Lang::ALL {
                assert!(lang.knows(names.word), "{}", names.word);
            }
        }
    }
}
