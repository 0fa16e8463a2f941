//! The words by which offices describe a member, as a few kinds each: self-care, health, work,
//! schooling, relation. Rules and columns name the kinds; files are free to write what they like.

use crate::words::Lang;

/// One kind.
#[derive(Debug, PartialEq, Eq)]
pub struct Word {
    /// Its word in rules.
    pub code: &'static str,
    /// Its Chinese name, as good as the code.
    pub zh: &'static str,
    /// Its English name.
    pub en: &'static str,
    /// Other words of files for it, lower case, without spaces; blanks between them.
    also: &'static str,
}

impl Word {
    /// The name in a language.
    pub fn name(&self, lang: Lang) -> &'static str {
        lang.pick(self.zh, self.en)
    }
}

/// The kinds of one description, numbered from 1. 0 is "not known".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vocabulary(&'static [Word]);

const fn word(code: &'static str, zh: &'static str, en: &'static str, also: &'static str) -> Word {
    Word { code, zh, en, also }
}

impl Vocabulary {
    /// Sex, as [`super::Sex`] has it.
    pub const SEX: Self = Self(&[
        word("male", "男", "male", "男性"),
        word("female", "女", "female", "女性"),
    ]);
    /// Kinds of disability by the numbers of the certificate, and that there is none.
    pub const DISABILITY: Self = Self(&[
        word("sight", "视力", "sight", "视力残疾"),
        word("hearing", "听力", "hearing", "听力残疾"),
        word("speech", "言语", "speech", "言语残疾"),
        word("limb", "肢体", "limb", "肢体残疾"),
        word("intellectual", "智力", "intellectual", "智力残疾"),
        word("mental", "精神", "mental", "精神残疾"),
        word("multiple", "多重", "multiple", "多重残疾"),
        word("none", "无残疾", "none", "无"),
    ]);
    /// Whether a member can look after themselves.
    pub const SELF_CARE: Self = Self(&[
        word(
            "able",
            "能自理",
            "able",
            "自理 完全自理 可自理 可以自理 全自理 有自理能力 生活能自理 能力完好 完好 正常 健康 \
             是 yes full independent",
        ),
        word(
            "partly",
            "部分自理",
            "partly",
            "半自理 半失能 部分失能 部分丧失 轻度失能 中度失能 轻度 中度 基本自理 partial \
             partially 失能等级1 失能等级2",
        ),
        word(
            "unable",
            "不能自理",
            "unable",
            "失能 完全失能 重度失能 不自理 无自理能力 无法自理 完全不能自理 全失能 全护理 失智 重度 \
             完全丧失 丧失 卧床 瘫痪 否 no none disabled dependent",
        ),
    ]);
    /// Health.
    pub const HEALTH: Self = Self(&[
        word(
            "healthy",
            "健康",
            "healthy",
            "良好 健康或良好 正常 一般 尚可 较好 无病 无疾病 无大病 无重病 good fine well",
        ),
        word(
            "weak",
            "体弱",
            "weak",
            "较差 差 虚弱 体弱多病 不健康 亚健康 多病 poor frail",
        ),
        word(
            "chronic",
            "慢性病",
            "chronic illness",
            "慢病 长期慢性病 患慢性病 高血压 糖尿病 冠心病 chronic",
        ),
        word(
            "severe",
            "重病",
            "severe illness",
            "大病 重大疾病 患有大病 患大病 重特大疾病 重疾 癌症 恶性肿瘤 尿毒症 白血病 透析 severe \
             critical",
        ),
        word("disabled", "残疾", "disabled", "伤残 disability"),
    ]);
    /// Work.
    pub const WORK: Self = Self(&[
        word(
            "employed",
            "在业",
            "employed",
            "在职 就业 已就业 在岗 上班 务工 打工 外出务工 灵活就业 临时工 零工 个体 个体户 个体经营 \
             经商 自由职业 工人 职工 公司 工厂 公务员 教师 医生 有 是 yes working worker self-employed",
        ),
        word(
            "farming",
            "务农",
            "farming",
            "农民 种田 种地 在家务农 渔民 farmer",
        ),
        word(
            "unemployed",
            "失业",
            "unemployed",
            "无业 待业 未就业 登记失业 无工作 没有工作 无 否 no none jobless",
        ),
        word(
            "retired",
            "退休",
            "retired",
            "离休 离退休 退休人员 退养 pensioner",
        ),
        word(
            "student",
            "学生",
            "student",
            "在校生 在校学生 在读 上学 就学 小学生 初中生 高中生 中学生 大学生 pupil",
        ),
        word(
            "unable",
            "无劳动能力",
            "unable to work",
            "丧失劳动能力 丧失劳动力 无劳动力 完全丧失劳动能力 不能劳动 无劳动 incapable",
        ),
        word(
            "child",
            "学龄前",
            "below school age",
            "学龄前儿童 婴幼儿 幼儿 儿童 未入学 preschool",
        ),
        word(
            "home",
            "家务",
            "at home",
            "在家 料理家务 家庭主妇 homemaker housework",
        ),
    ]);
    /// Schooling.
    pub const SCHOOLING: Self = Self(&[
        word(
            "none",
            "未上学",
            "none",
            "文盲 半文盲 文盲或半文盲 文盲半文盲 不识字 未上过学 未受教育 无 illiterate",
        ),
        word(
            "preschool",
            "学前",
            "preschool",
            "学龄前 学前教育 幼儿园 幼托 kindergarten",
        ),
        word("primary", "小学", "primary", "小学在读 小学生 小学毕业"),
        word(
            "junior",
            "初中",
            "junior",
            "初中在读 初中生 初中毕业 middle",
        ),
        word(
            "senior",
            "高中",
            "senior",
            "普通高中 普高 高中在读 高中生 高中毕业 high",
        ),
        word(
            "vocational",
            "中专",
            "vocational",
            "中职 职高 技校 技工学校 中等专业学校 职业高中 中专中技",
        ),
        word(
            "college",
            "大学",
            "college",
            "大专 专科 大学专科 高职 本科 大学本科 研究生 硕士 博士 大学在读 university bachelor \
             master doctor",
        ),
    ]);
    /// Relation to the head of household.
    pub const RELATION: Self = Self(&[
        word("head", "户主", "head", "本人 户主本人 本户户主 self"),
        word(
            "spouse",
            "配偶",
            "spouse",
            "夫妻 妻 妻子 夫 丈夫 老婆 老公 爱人 wife husband",
        ),
        word(
            "child",
            "子女",
            "child",
            "子 女 儿子 女儿 独生子 独生女 长子 次子 三子 长女 次女 三女 养子 养女 继子 继女 养子女 \
             son daughter",
        ),
        word(
            "child_in_law",
            "儿媳女婿",
            "child in law",
            "儿媳 媳妇 女婿 daughter-in-law son-in-law",
        ),
        word(
            "parent",
            "父母",
            "parent",
            "父 母 父亲 母亲 岳父 岳母 公公 婆婆 公婆 继父 继母 养父 养母 father mother",
        ),
        word(
            "grandchild",
            "孙子女",
            "grandchild",
            "孙 孙子 孙女 外孙 外孙女 外孙子女 曾孙 重孙 grandson granddaughter",
        ),
        word(
            "grandparent",
            "祖父母",
            "grandparent",
            "祖父 祖母 爷爷 奶奶 外祖父 外祖母 外公 外婆 外祖父母 grandfather grandmother",
        ),
        word(
            "sibling",
            "兄弟姐妹",
            "sibling",
            "兄 弟 姐 妹 哥哥 弟弟 姐姐 妹妹 哥 兄弟 姐妹 brother sister",
        ),
        word(
            "other",
            "其他",
            "other",
            "其它 其他亲属 侄子 侄女 外甥 外甥女 亲戚 非亲属 relative",
        ),
    ]);

    /// The kinds; the first has number 1.
    pub fn words(self) -> &'static [Word] {
        self.0
    }

    /// The kind of a number.
    pub fn word(self, number: u8) -> Option<&'static Word> {
        self.0.get(usize::from(number).checked_sub(1)?)
    }

    /// The number of a kind by its code or one of its names.
    pub fn number_called(self, name: &str) -> Option<u8> {
        let name = name.trim().to_lowercase();
        let is_it = |word: &Word| [word.code, word.zh, word.en].contains(&name.as_str());
        self.0.iter().position(is_it).map(|at| at as u8 + 1)
    }

    /// The number of the kind that a cell of a file means; 0 where it is not plain. A cell that is
    /// one of the words means its kind. Otherwise the longest Chinese word in it does, unless a
    /// "not" stands before it.
    pub fn number_in(self, text: &str) -> u8 {
        let plain: String = text
            .chars()
            .filter(|char| !char.is_whitespace())
            .flat_map(char::to_lowercase)
            .collect();
        if plain.is_empty() {
            return 0;
        }
        let mut best = (0, 0_u8);
        for (number, word) in (1..).zip(self.0) {
            let others = word.also.split_whitespace();
            for known in [word.code, word.zh, word.en].into_iter().chain(others) {
                let letters = known.chars().filter(|char| !char.is_whitespace());
                if letters.eq(plain.chars()) {
                    return number;
                }
                // One character alone, or a word of Latin letters, is too little to look for.
                let length = known.chars().count();
                if length < 2 || known.is_ascii() || length <= best.0 {
                    continue;
                }
                if let Some(at) = plain.find(known) {
                    let before = plain.get(..at).unwrap_or_default();
                    best = (length, if before.ends_with(NOT) { 0 } else { number });
                }
            }
        }
        best.1
    }
}

/// Characters that turn what follows into its contrary.
const NOT: [char; 5] = ['不', '无', '未', '非', '没'];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const ALL: [Vocabulary; 7] = [
        Vocabulary::SEX,
        Vocabulary::DISABILITY,
        Vocabulary::SELF_CARE,
        Vocabulary::HEALTH,
        Vocabulary::WORK,
        Vocabulary::SCHOOLING,
        Vocabulary::RELATION,
    ];

    #[test]
    fn no_word_means_two_kinds_and_every_kind_is_found() {
        for vocabulary in ALL {
            let mut owners = BTreeMap::new();
            for (number, word) in (1_u8..).zip(vocabulary.words()) {
                for name in [word.code, word.zh, word.en]
                    .into_iter()
                    .chain(word.also.split_whitespace())
                {
                    let before = owners.insert(name, number);
                    assert!(before.is_none_or(|before| before == number), "{name}");
                    assert_eq!(vocabulary.number_in(name), number, "{name}");
                }
                assert_eq!(vocabulary.number_called(word.zh), Some(number));
                assert_eq!(vocabulary.word(number), Some(word));
            }
        }
        assert_eq!(Vocabulary::SEX.word(0), None);
    }

    #[test]
    fn words_inside_longer_texts_are_found_and_their_contraries_are_not() {
        let self_care = |text| {
            let word = Vocabulary::SELF_CARE.word(Vocabulary::SELF_CARE.number_in(text));
            word.map_or("", |word| word.code)
        };
        assert_eq!(self_care("生活完全不能自理"), "unable");
        assert_eq!(self_care("生活 能自理"), "able");
        assert_eq!(self_care("半自理（需人搀扶）"), "partly");
        assert_eq!(self_care("重度失能老人"), "unable");
        assert_eq!(self_care("未失能"), "");
        assert_eq!(self_care("？"), "");
        let health = |text| Vocabulary::HEALTH.number_in(text);
        assert_eq!(
            Vocabulary::HEALTH
                .word(health("患有大病（肺癌）"))
                .map(|word| word.code),
            Some("severe")
        );
        assert_eq!(health("暂无重病记录"), 1);
        assert_eq!(health("非残疾"), 0);
        assert_eq!(
            Vocabulary::WORK
                .word(Vocabulary::WORK.number_in("丧失劳动能力"))
                .map(|word| word.code),
            Some("unable")
        );
    }
}
