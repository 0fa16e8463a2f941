//! The shipped catalogue: every rule says something, and its text reads back as itself.

use livelihood_map::analysis::{RuleSet, check_amount, check_rule};
use livelihood_map::model::{
    Catalogue, Date, NamedNumber, ProgrammeGroup, ProgrammeUnit, Quantity, RuleVersion, Scheme,
    Term, Threshold, ThresholdValue,
};
use livelihood_map::read::{catalogue, parse_catalogue};
use livelihood_map::write::catalogue_toml;
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

#[test]
fn every_shipped_rule_of_every_day_can_be_asked() {
    let catalogue = catalogue();
    for (term, scheme) in catalogue.programmes.iter().zip(&catalogue.schemes) {
        for version in &scheme.rules {
            let checked = check_rule(&version.text, scheme.unit, catalogue);
            assert_eq!(checked, Ok(()), "{} {}", term.code, version.text);
        }
        if !scheme.monthly_amount.is_empty() {
            let checked = check_amount(&scheme.monthly_amount, scheme.unit, catalogue);
            assert_eq!(checked, Ok(()), "{}", term.code);
        }
        assert!(
            !scheme.law_zh.is_empty() && !scheme.law_en.is_empty(),
            "{}",
            term.code
        );
    }
    let stated = |day: &str| {
        let rules = RuleSet::compile(catalogue, Date::parse(day).unwrap());
        assert!(rules.programmes().iter().all(|rule| rule.mistake.is_none()));
        rules.stated().count_ones()
    };
    assert_eq!(stated("2010-01-01"), 0);
    assert_eq!(stated("2026-06-30"), 12);
    assert_eq!(stated("2026-11-21"), 12);
    // The old law's rule, then the new one's.
    let version = |day: &str| {
        let rules = RuleSet::compile(catalogue, Date::parse(day).unwrap());
        let dibao = catalogue.programme("dibao").unwrap();
        rules.programmes()[dibao].version
    };
    assert_eq!(
        (version("2026-06-30"), version("2026-07-01")),
        (Some(0), Some(1))
    );
}

#[test]
fn the_shipped_catalogue_reads_back_as_itself() {
    let again = parse_catalogue(&catalogue_toml(catalogue()));
    assert_eq!(again.as_ref(), Ok(catalogue()));
}

#[test]
fn mistakes_name_their_line() {
    let text = "\
[[programmes]]
code = \"甲\"
zh = \"低保\"
en = \"A\"
unit = \"家庭\"
review_months = 1.5
colour = \"red\"

[[programmes.rules]]
from = \"昨天\"
text = \"members > 1\"

[[programmes]]
code = \"b\"
zh = \"低保\"
en = \"B\"

[[thresholds]]
code = \"t\"
zh = \"标准\"
en = \"T\"
unit = \"斤\"
values = [{ from = 2026-07-01 }, { from = 2026-07-01, value = 1 }]

[[numbers]]
code = \"n\"
zh = \"数\"
en = \"N\"
value = \"6\"
";
    let mistakes = parse_catalogue(text).unwrap_err();
    let found: Vec<_> = mistakes
        .iter()
        .map(|mistake| (mistake.line, mistake.message.key()))
        .collect();
    assert_eq!(
        found,
        [
            (2, "rules.catalogue_bad_code"),
            (5, "rules.catalogue_unknown_word"),
            (6, "rules.catalogue_wants_months"),
            (7, "rules.catalogue_unknown_key"),
            (10, "rules.catalogue_wants_day"),
            (14, "rules.catalogue_same_name"),
            (22, "rules.catalogue_unknown_word"),
            (23, "rules.catalogue_missing"),
            (23, "rules.catalogue_same_day"),
            (29, "rules.catalogue_wants_number"),
        ]
    );
    assert_eq!(mistakes[1].column, 8);
    let broken = parse_catalogue("[[programmes]]\ncode = \"a\nzh = 1").unwrap_err();
    assert_eq!(
        (broken[0].line, broken[0].message.key()),
        (2, "rules.catalogue_not_toml")
    );
}

fn text() -> impl Strategy<Value = String> {
    "[a-z一-龥\"\\\\#=\\[\\]\u{1}\u{7f}](?s:.){0,6}[a-z一-龥\"\\\\]"
}

fn day() -> impl Strategy<Value = Date> {
    (10_000..25_000_i32).prop_map(Date::from_days)
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        (-1e6..1e6_f64),
        (0..2_000_i32).prop_map(f64::from),
        Just(1e-9)
    ]
}

fn terms() -> impl Strategy<Value = Vec<Term>> {
    (
        btree_set("[a-z][a-z0-9_]{0,8}", 0..5),
        vec((number(), text()), 5),
    )
        .prop_map(|(codes, more)| {
            codes
                .into_iter()
                .zip(more)
                .map(|(code, (weight, text))| Term {
                    // Names that nobody else has.
                    zh: format!("中{code}"),
                    en: format!("E {code}"),
                    short_zh: text.clone(),
                    aliases: vec![format!("{code}{text}别名{code}")],
                    weight,
                    known: true,
                    ..Term::unknown(&code)
                })
                .collect()
        })
}

fn scheme() -> impl Strategy<Value = Scheme> {
    (
        select(&ProgrammeUnit::ALL[..]),
        select(&ProgrammeGroup::ALL[..]),
        any::<bool>(),
        [text(), text(), text()],
        [option::of(1..1_200_u32), option::of(1..9_u32)],
        number(),
        btree_set(day(), 0..4),
    )
        .prop_map(
            |(unit, group, has_benefit, texts, months, gap_weight, days)| Scheme {
                unit,
                group,
                has_benefit,
                law_zh: texts[0].clone(),
                law_en: texts[1].clone(),
                review_months: months[0],
                unsteady_review_months: months[1],
                grace_months: months[1],
                visit_months: months[0],
                gap_weight,
                monthly_amount: texts[2].clone(),
                rules: days
                    .into_iter()
                    .map(|from| RuleVersion {
                        from,
                        text: texts[0].clone(),
                        note_zh: texts[2].clone(),
                        note_en: String::new(),
                    })
                    .collect(),
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_catalogue_reads_back_as_itself(
        programmes in terms(),
        needs in terms(),
        schemes in vec(scheme(), 5),
        values in btree_set(("[0-9]{0,6}", day()), 0..4),
        value in number(),
        unit in select(&Quantity::ALL[..]),
    ) {
        let mut wanted = Catalogue {
            schemes: schemes.into_iter().take(programmes.len()).collect(),
            programmes,
            needs,
            thresholds: vec![Threshold {
                code: "a_standard".to_owned(),
                zh: "标准".to_owned(),
                en: "Standard".to_owned(),
                unit,
                values: values
                    .into_iter()
                    .map(|(area, from)| ThresholdValue { from, value, area })
                    .collect(),
            }],
            numbers: vec![NamedNumber {
                code: "n".to_owned(),
                zh: "数".to_owned(),
                en: "N".to_owned(),
                unit,
                value,
            }],
        };
        for programme in &mut wanted.programmes {
            programme.weight = 1.0;
        }
        let text = catalogue_toml(&wanted);
        prop_assert_eq!(parse_catalogue(&text), Ok(wanted), "{}", text);
    }

    #[test]
    fn no_text_panics(text in "(\\[\\[(programmes|needs|thresholds|numbers|programmes\\.rules)\\]\\]|code|from|=|\"|2026-07-01|[a-z\n 0-9])*") {
        if let Err(mistakes) = parse_catalogue(&text) {
            prop_assert!(!mistakes.is_empty());
        }
    }
}
