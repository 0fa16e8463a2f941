//! The language: both sets of words, and what is said of mistakes.

use crate::analysis::eligibility::clause::Clause;
use crate::analysis::eligibility::samples::catalogue;
use crate::analysis::eligibility::{RuleMistake, parse};
use crate::model::ProgrammeUnit;
use proptest::prelude::*;

fn read(text: &str, unit: ProgrammeUnit) -> Result<Clause, RuleMistake> {
    parse::rule(text, unit, &catalogue(["", "", ""]))
}

/// A clause without the places of its characters.
fn shape(text: &str, unit: ProgrammeUnit) -> String {
    let clause = read(text, unit).unwrap_or_else(|mistake| panic!("{text}: {mistake:?}"));
    let written = format!("{clause:?}");
    let pieces = written
        .split(", ")
        .filter(|piece| !piece.starts_with("end: ") && !piece.contains("start: "));
    pieces.collect::<Vec<_>>().join(", ")
}

#[test]
fn both_languages_say_the_same() {
    use ProgrammeUnit::{Household as H, Person as P};
    for (unit, en, zh) in [
        (
            H,
            "income_per_head < dibao_standard and assets_ok",
            "人均月收入 < 低保标准 且 财产符合",
        ),
        (
            H,
            "any member (disability_level <= 2)",
            "有成员(残疾等级 <= 2)",
        ),
        (P, "age >= 80", "年龄≥80岁"),
        (P, "not receives(gaoling)", "非 享受(高龄津贴)"),
        (
            H,
            "count member (age < 18) >= 2",
            "成员计数（年龄＜18周岁）>=2名",
        ),
        (
            P,
            "disability in (mental, intellectual) and disability_level <= 3",
            "残疾类别属于（精神、智力）且残疾等级不超过3级",
        ),
        (
            H,
            "members > 1 or elderly = members",
            "人口数大于1或老年人数=人口数",
        ),
        (
            H,
            "1.5 * dibao_standard > income_per_head",
            "1.5 × 低保标准 > 人均收入",
        ),
        (
            H,
            "tag(\"三无\") or list(民政)",
            "标签(“三无”) 或者 名单(民政)",
        ),
        (H, "area(330282*)", "区划（330282*）"),
        (H, "living_alone = no", "独居 = 否"),
        (P, "self_care not in (able)", "自理能力不属于（能自理）"),
        (P, "income < 100", "月收入 < 100元"),
        (H, "all members (age >= 60)", "所有成员(年龄 >= 60)"),
        (H, "eligible(canji)", "符合(残疾补贴)"),
    ] {
        assert_eq!(shape(en, unit), shape(zh, unit), "{en}");
    }
    // Products before sums, comparisons before "not", "and" before "or".
    assert_eq!(
        shape("not members = 1 + 2 * 3 or living_alone and assets_ok", H),
        shape(
            "(not (members = (1 + (2 * 3)))) or (living_alone and assets_ok)",
            H
        ),
    );
}

#[test]
fn mistakes_have_a_place_and_a_proposal() {
    use ProgrammeUnit::{Household as H, Person as P};
    for (unit, text, start, end, key) in [
        (H, "", 0, 0, "rules.value_missing"),
        (H, "income_per_hed < 1", 0, 14, "rules.unknown_word_near"),
        (H, "人均月收 < 低保标准", 0, 4, "rules.unknown_word_near"),
        (H, "qqq < 1", 0, 3, "rules.unknown_word"),
        (H, "members", 0, 7, "rules.wants_comparison"),
        (H, "age >= 80", 0, 3, "rules.member_fact"),
        (H, "members > living_alone", 10, 22, "rules.wants_number"),
        (P, "disability", 0, 10, "rules.wants_kind"),
        (P, "disability = qqq", 13, 16, "rules.wants_kind"),
        (P, "disability = mentl", 13, 18, "rules.unknown_word_near"),
        (P, "sex < female", 0, 3, "rules.only_equal"),
        (H, "living_alone = 3", 15, 16, "rules.wants_yes_no"),
        (H, "(members > 1", 0, 1, "rules.unclosed_bracket"),
        (H, "members > 1)", 11, 12, "rules.unopened_bracket"),
        (H, "members > 1 elderly > 1", 12, 19, "rules.wants_and_or"),
        (H, "members > 1 and", 15, 15, "rules.value_missing"),
        (H, "1 < members < 3", 12, 13, "rules.two_comparisons"),
        (H, "members in 3", 11, 12, "rules.wants_list"),
        (H, "receives()", 9, 10, "rules.argument_missing"),
        (H, "receives(gaolin)", 9, 15, "rules.unknown_word_near"),
        (H, "receives(打麻将)", 9, 12, "rules.unknown_programme"),
        (H, "need(打麻将)", 5, 8, "rules.unknown_need"),
        (H, "area(*)", 5, 6, "rules.wants_area"),
        (H, "tag(\"a", 4, 6, "rules.unclosed_quote"),
        (H, "members ; 1", 8, 9, "rules.strange_sign"),
    ] {
        let mistake = read(text, unit).expect_err(text);
        let found = (mistake.start, mistake.end, mistake.message.key());
        assert_eq!(found, (start, end, key), "{text}");
    }
    for deep in ["(", "not (", "-(", "any member (", "1 + ("] {
        let text = deep.repeat(2_000 / deep.len());
        let mistake = read(&text, H).unwrap_err();
        assert_eq!(mistake.message.key(), "rules.too_deep", "{deep}");
    }
    let long = format!("members > {}", "1".repeat(5_000));
    assert_eq!(read(&long, H).unwrap_err().message.key(), "rules.too_long");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_text_panics(text in "[a-z_ ()<>=*/+,\"0-9.!是且或非年龄残疾成员有数属于享受-]{0,60}") {
        for unit in ProgrammeUnit::ALL {
            if let Err(mistake) = read(&text, unit) {
                let length = text.chars().count();
                prop_assert!(mistake.start <= mistake.end && mistake.end <= length, "{}", text);
            }
        }
    }
}
