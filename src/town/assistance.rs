//! What a household receives, what it lacks, and when somebody last came by.

use super::dice::Dice;
use super::fabric::Social;
use super::people::{People, Shape};
use super::row::reference_date;
use crate::model::Date;

/// The local standard of the minimum living allowance, yuan a head and month.
pub(super) const STANDARD: f64 = 1_130.0;

/// The names of the catalogue (`domain.md`), as offices write them.
pub(super) mod terms {
    pub(in crate::town) const DIBAO: &str = "最低生活保障";
    pub(in crate::town) const TEKUN: &str = "特困人员供养";
    pub(in crate::town) const DIBIAN: &str = "低保边缘家庭";
    pub(in crate::town) const GANGXING: &str = "刚性支出困难家庭";
    pub(in crate::town) const LINSHI: &str = "临时救助";
    pub(in crate::town) const YILIAO: &str = "医疗救助";
    pub(in crate::town) const JIAOYU: &str = "教育救助";
    pub(in crate::town) const ZHUFANG: &str = "住房救助";
    pub(in crate::town) const JIUYE: &str = "就业救助";
    pub(in crate::town) const CANJI_SHENGHUO: &str = "困难残疾人生活补贴";
    pub(in crate::town) const CANJI_HULI: &str = "重度残疾人护理补贴";
    pub(in crate::town) const GAOLING: &str = "高龄津贴";
    pub(in crate::town) const SHINENG: &str = "失能老人补助";
    pub(in crate::town) const SHISHI_WUREN: &str = "事实无人抚养儿童";

    pub(in crate::town) const GOODS: &str = "生活物资";
    pub(in crate::town) const MEDICAL: &str = "医疗";
    pub(in crate::town) const CARE: &str = "照料";
    pub(in crate::town) const HOUSING: &str = "居住";
    pub(in crate::town) const EDUCATION: &str = "教育";
    pub(in crate::town) const EMPLOYMENT: &str = "就业";
    pub(in crate::town) const SOCIAL: &str = "心理社会";
    pub(in crate::town) const LEGAL: &str = "法律政策";
    pub(in crate::town) const MOBILITY: &str = "出行";
    pub(in crate::town) const EMERGENCY: &str = "应急";
    pub(in crate::town) const WISH: &str = "儿童微心愿";
}

/// What a household receives and lacks.
#[derive(Debug, Clone, Default)]
pub(super) struct Situation {
    pub(super) programmes: Vec<&'static str>,
    pub(super) needs: Vec<&'static str>,
    pub(super) last_visit: Option<Date>,
    pub(super) tags: Vec<&'static str>,
    pub(super) notes: &'static str,
}

const NOTES: &[&str] = &[
    "听力不佳，请敲门",
    "腿脚不便，住在楼上",
    "子女在外地工作",
    "钥匙由邻居保管",
    "愿参加社区活动",
    "白天不在家，请晚上走访",
    "家中养狗",
    "需方言沟通",
    "门牌脱落, 从后门进",
    "自称\"一切都好\"",
    "已电话联系\n约下月再访",
];

/// Draws the situation of a household from its people and its place.
pub(super) fn situation(people: &People, social: &Social, dice: &mut Dice) -> Situation {
    let programmes = programmes(people, social.uptake, dice);
    let needs = needs(people, social, !programmes.is_empty(), dice);
    let tags = tags(people, dice);
    let of_concern = !programmes.is_empty() || !needs.is_empty();
    let notes = if dice.chance(if of_concern { 0.22 } else { 0.03 }) {
        dice.pick(NOTES)
    } else {
        ""
    };
    Situation {
        last_visit: last_visit(people, social.uptake, of_concern, dice),
        programmes,
        needs,
        tags,
        notes,
    }
}

/// Entitled households receive as far as assistance reaches their place.
fn programmes(people: &People, uptake: f64, dice: &mut Dice) -> Vec<&'static str> {
    use terms::{
        CANJI_HULI, CANJI_SHENGHUO, DIBAO, DIBIAN, GANGXING, GAOLING, JIAOYU, JIUYE, LINSHI,
        SHINENG, SHISHI_WUREN, TEKUN, YILIAO, ZHUFANG,
    };
    let mut out = Vec::new();
    let per_head = people.per_head();
    let mut grant = |probability: f64, programme, dice: &mut Dice| -> bool {
        let granted = dice.chance(probability * uptake);
        if granted {
            out.push(programme);
        }
        granted
    };
    let is_basic = if people.shape == Shape::ElderAlone && per_head < 500.0 {
        grant(0.8, TEKUN, dice)
    } else if per_head < STANDARD {
        grant(0.86, DIBAO, dice)
    } else if per_head < 1.5 * STANDARD {
        grant(0.55, DIBIAN, dice)
    } else {
        false
    };
    if is_basic {
        grant(0.30, YILIAO, dice);
        grant(0.10, ZHUFANG, dice);
        if people.children > 0 {
            grant(0.55, JIAOYU, dice);
        }
        if people.elderly == 0 {
            grant(0.12, JIUYE, dice);
        }
    } else if per_head < 2.2 * STANDARD {
        grant(0.06, GANGXING, dice);
    }
    if people.disabled > 0 {
        if is_basic || per_head < 1.5 * STANDARD {
            grant(0.85, CANJI_SHENGHUO, dice);
        }
        if people.severe {
            grant(0.88, CANJI_HULI, dice);
        }
    }
    if people.elderly > 0 && people.head_age >= 80 {
        grant(0.95, GAOLING, dice);
        grant(0.12, SHINENG, dice);
    }
    if people.shape == Shape::SkippedGeneration {
        grant(0.08, SHISHI_WUREN, dice);
    }
    if per_head < 2.0 * STANDARD {
        grant(0.025, LINSHI, dice);
    }
    out
}

/// Needs are open more often where people are frail or poor, and where nobody comes.
fn needs(people: &People, social: &Social, receives: bool, dice: &mut Dice) -> Vec<&'static str> {
    use terms::{
        CARE, EDUCATION, EMERGENCY, EMPLOYMENT, GOODS, HOUSING, LEGAL, MEDICAL, MOBILITY, SOCIAL,
        WISH,
    };
    let per_head = people.per_head();
    let is_poor = per_head < 1.5 * STANDARD;
    let missed = 1.0 - social.uptake;
    let unmet = (1.1 + 2.6 * missed) * if receives { 0.75 } else { 1.0 };
    let alone = people.shape == Shape::ElderAlone;
    let frail = alone || people.head_age >= 80;
    let has = |is: bool| f64::from(u8::from(is));
    let chances = [
        (CARE, 0.075 * has(frail) + 0.055 * has(people.severe)),
        (
            MEDICAL,
            0.012 * has(people.elderly > 0) + 0.06 * has(people.disabled > 0) + 0.002,
        ),
        (GOODS, 0.07 * has(is_poor)),
        (
            HOUSING,
            0.006 + 0.030 * social.poverty * has(people.elderly > 0),
        ),
        (EDUCATION, 0.05 * has(is_poor && people.children > 0)),
        (
            EMPLOYMENT,
            0.07 * has(is_poor && people.elderly == 0) + 0.003 * has(people.elderly == 0),
        ),
        (
            SOCIAL,
            0.025 * has(alone) + 0.012 * has(people.shape == Shape::SingleParent),
        ),
        (LEGAL, 0.003),
        (
            MOBILITY,
            0.04 * has(people.disabled > 0) + 0.015 * has(frail),
        ),
        (EMERGENCY, 0.001),
        (
            WISH,
            0.05 * has(people.children > 0 && (is_poor || people.shape == Shape::SkippedGeneration)),
        ),
    ];
    chances
        .into_iter()
        .filter(|(_, chance)| dice.chance(chance * unmet * 1.15))
        .map(|(need, _)| need)
        .collect()
}

fn tags(people: &People, dice: &mut Dice) -> Vec<&'static str> {
    let mut tags = Vec::new();
    match people.shape {
        Shape::ElderAlone => tags.push("独居老人"),
        Shape::ElderCouple if dice.chance(0.4) => tags.push("空巢老人"),
        Shape::SkippedGeneration => tags.push("隔代抚养"),
        Shape::SingleParent => tags.push("单亲家庭"),
        _ => {}
    }
    if people.severe {
        tags.push("重度残疾");
    }
    if dice.chance(0.015) {
        tags.push("志愿者");
    }
    tags
}

/// The tag of a household whose assets were found to be within the rule.
pub(super) const ASSETS_WITHIN: &str = "财产已核";
const ASSETS_OVER: &str = "财产超标";
/// Of the poor who receive nothing for it, the share whose assets are over the limit, and the share
/// whose assets the office has looked at at all.
const OVER: f64 = 0.05;
const LOOKED_AT: f64 = 0.88;

/// What the office's look at the assets of a household left in its tags. Who receives assistance
/// for a low income was looked at when it was granted; of the other poor, most were.
pub(super) fn assets_tag(
    people: &People,
    situation: &Situation,
    dice: &mut Dice,
) -> Option<&'static str> {
    let for_income = [terms::DIBAO, terms::TEKUN, terms::DIBIAN];
    if for_income
        .iter()
        .any(|it| situation.programmes.contains(it))
    {
        return Some(ASSETS_WITHIN);
    }
    if people.per_head() >= 1.5 * STANDARD {
        return None;
    }
    let share = dice.share();
    (share < LOOKED_AT).then_some(if share < OVER {
        ASSETS_OVER
    } else {
        ASSETS_WITHIN
    })
}

/// Those of concern are seen within weeks where assistance reaches, within a year elsewhere; some
/// were never seen.
fn last_visit(people: &People, uptake: f64, of_concern: bool, dice: &mut Dice) -> Option<Date> {
    let is_known = of_concern || people.shape == Shape::ElderAlone;
    let chance = if is_known {
        0.38 + 0.58 * uptake
    } else {
        0.12 + 0.30 * uptake
    };
    if !dice.chance(chance) {
        return None;
    }
    let is_soon = is_known && dice.chance(uptake);
    let days = if is_soon {
        dice.whole(0, 45)
    } else {
        dice.whole(20, 364)
    };
    Some(reference_date().plus_days(-days))
}
