//! Filter → a few words for a chip: what a person reads, not what `parse` reads.

use super::value::{find_term, terms};
use super::{
    Comparison, Condition, DueValue, Field, Filter, FlagField, FlagValue, Moment, NumberTest,
    NumberValue, Outside, Pattern, TermField, TermValue, TextValue, VisitTest, VisitValue,
};
use crate::model::{Catalogue, ClockKind};
use crate::words::Lang;

impl Filter {
    /// Short words for a chip: 需求 护理, 独居, 走访 早于 2026-10-22.
    pub fn describe(&self, lang: Lang, catalogue: &Catalogue) -> String {
        Words { lang, catalogue }.filter(self)
    }
}

struct Words<'a> {
    lang: Lang,
    catalogue: &'a Catalogue,
}

impl Words<'_> {
    fn filter(&self, filter: &Filter) -> String {
        match filter {
            Filter::All => self.lang.t("query.chip_all").into_owned(),
            Filter::And(parts) => self.joined(parts, "query.chip_and"),
            Filter::Or(parts) => self.joined(parts, "query.chip_or"),
            Filter::Not(inner) => {
                let text = self.part(inner);
                self.lang.with("query.chip_not", &[("text", &text)])
            }
            Filter::Where(condition) => self.condition(condition),
        }
    }

    fn joined(&self, parts: &[Filter], between: &str) -> String {
        let texts: Vec<String> = parts.iter().map(|part| self.part(part)).collect();
        texts.join(&self.lang.t(between))
    }

    /// Inside something else, several parts stand in brackets.
    fn part(&self, filter: &Filter) -> String {
        let text = self.filter(filter);
        match filter {
            Filter::And(_) | Filter::Or(_) => {
                self.lang.with("query.chip_group", &[("text", &text)])
            }
            _ => text,
        }
    }

    fn label(&self, field: Field) -> String {
        self.lang.t(field.word()).into_owned()
    }

    fn listed<T>(&self, values: &[T], text: impl Fn(&T) -> String) -> String {
        let texts: Vec<String> = values.iter().map(text).collect();
        texts.join(&self.lang.t("query.chip_list"))
    }

    fn labelled(&self, field: Field, values: &str) -> String {
        format!("{} {values}", self.label(field))
    }

    fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::Terms(field, values) => self.terms(*field, values),
            Condition::Number(field, test) => self.number(Field::Number(*field), test),
            Condition::Flag(field, values) => self.flag(*field, values),
            Condition::Due(values) => {
                let values = self.listed(values, |value| {
                    let key = match value {
                        DueValue::Any => "query.chip_any",
                        DueValue::None => "query.chip_none",
                        DueValue::Overdue => "query.chip_overdue",
                        DueValue::Kind(kind) => return self.due_kind(*kind),
                    };
                    self.lang.t(key).into_owned()
                });
                self.labelled(Field::Due, &values)
            }
            Condition::Visited(test) => self.visited(test),
            Condition::Place(field, values) => {
                let values = self.listed(values, |value| self.text(value));
                self.labelled(Field::Place(*field), &values)
            }
            Condition::Outside(values) => self.listed(values, |value| {
                let key = match value {
                    Outside::Areas => "query.chip_outside_areas",
                    Outside::Declared => "query.chip_outside_declared",
                };
                self.lang.t(key).into_owned()
            }),
            Condition::Text {
                field,
                whole,
                values,
            } => {
                let values = self.listed(values, |value| self.text(value));
                let sign = if *whole { "= " } else { "" };
                self.labelled(Field::Text(*field), &format!("{sign}{values}"))
            }
            Condition::Anywhere(patterns) => {
                let texts = self.listed(patterns, pattern);
                self.lang.with("query.chip_search", &[("text", &texts)])
            }
        }
    }

    fn due_kind(&self, kind: ClockKind) -> String {
        let key = format!("query.due_{}", kind.code());
        self.lang.t(&key).into_owned()
    }

    fn terms(&self, field: TermField, values: &[TermValue]) -> String {
        let all = terms(field, self.catalogue);
        let texts = self.listed(values, |value| match value {
            TermValue::Any => self.lang.t("query.chip_any").into_owned(),
            TermValue::None => self.lang.t("query.chip_none").into_owned(),
            TermValue::Code(code) => find_term(all, code)
                .map_or(code.as_str(), |term| term.name(self.lang))
                .to_owned(),
        });
        let named = values
            .iter()
            .all(|value| matches!(value, TermValue::Code(_)));
        match field {
            // The name of a programme says enough by itself.
            TermField::Programme if named => texts,
            _ => self.labelled(Field::Terms(field), &texts),
        }
    }

    fn number(&self, field: Field, test: &NumberTest) -> String {
        let value = |value: &NumberValue| match value {
            NumberValue::Known => self.lang.t("query.chip_known").into_owned(),
            NumberValue::Unknown => self.lang.t("query.chip_unknown").into_owned(),
            NumberValue::Span(low, high) if low == high => low.to_string(),
            NumberValue::Span(low, high) => format!("{low}–{high}"),
        };
        let values = match test {
            NumberTest::Compare(comparison, bound) => {
                let sign = match comparison {
                    Comparison::Less => '<',
                    Comparison::AtMost => '≤',
                    Comparison::AtLeast => '≥',
                    Comparison::More => '>',
                };
                format!("{sign} {bound}")
            }
            NumberTest::OneOf(values) => self.listed(values, value),
            NumberTest::NoneOf(values) => format!("≠ {}", self.listed(values, value)),
        };
        self.labelled(field, &values)
    }

    fn flag(&self, field: FlagField, values: &[FlagValue]) -> String {
        let label = self.label(Field::Flag(field));
        match values {
            [FlagValue::Yes] => label,
            // It has a word of its own, which the whole window uses.
            [FlagValue::No] if field == FlagField::Located => {
                self.lang.t("query.chip_not_located").into_owned()
            }
            [FlagValue::No] => self.lang.with("query.chip_not", &[("text", &label)]),
            values => {
                let texts = self.listed(values, |value| {
                    let key = match value {
                        FlagValue::Yes => "common.yes",
                        FlagValue::No => "common.no",
                        FlagValue::Unknown => "query.chip_unknown",
                    };
                    self.lang.t(key).into_owned()
                });
                format!("{label} {texts}")
            }
        }
    }

    fn visited(&self, test: &VisitTest) -> String {
        let (comparison, bound) = match test {
            VisitTest::Compare(comparison, bound) => (comparison, bound),
            VisitTest::OneOf(values) => {
                return self.listed(values, |value| match value {
                    VisitValue::Never => self.lang.t("query.chip_never_visited").into_owned(),
                    VisitValue::Ever => self.lang.t("query.chip_ever_visited").into_owned(),
                    VisitValue::Span(first, last) if first == last => {
                        self.labelled(Field::Visited, &self.moment(*first))
                    }
                    VisitValue::Span(first, last) => {
                        let days = format!("{}–{}", self.moment(*first), self.moment(*last));
                        self.labelled(Field::Visited, &days)
                    }
                });
            }
        };
        let key = match (comparison, bound) {
            (Comparison::Less, Moment::Day(_)) => "query.chip_visited_before",
            (Comparison::AtMost, Moment::Day(_)) => "query.chip_visited_until",
            (Comparison::AtLeast, Moment::Day(_)) => "query.chip_visited_since",
            (Comparison::More, Moment::Day(_)) => "query.chip_visited_after",
            (Comparison::Less, Moment::DaysAgo(_)) => "query.chip_unvisited_over",
            (Comparison::AtMost, Moment::DaysAgo(_)) => "query.chip_unvisited_for",
            (Comparison::AtLeast, Moment::DaysAgo(_)) => "query.chip_visited_within",
            (Comparison::More, Moment::DaysAgo(_)) => "query.chip_visited_under",
        };
        let (day, days) = match bound {
            Moment::Day(day) => (day.to_string(), String::new()),
            Moment::DaysAgo(days) => (String::new(), days.to_string()),
        };
        self.lang.with(key, &[("day", &day), ("days", &days)])
    }

    fn moment(&self, moment: Moment) -> String {
        match moment {
            Moment::Day(day) => day.to_string(),
            Moment::DaysAgo(days) => self
                .lang
                .with("query.chip_days_ago", &[("days", &days.to_string())]),
        }
    }

    fn text(&self, value: &TextValue) -> String {
        match value {
            TextValue::Any => self.lang.t("query.chip_any").into_owned(),
            TextValue::None => self.lang.t("query.chip_none").into_owned(),
            TextValue::Like(like) => pattern(like),
        }
    }
}

fn pattern(pattern: &Pattern) -> String {
    pattern.parts().join("*")
}

#[cfg(test)]
mod tests {
    use super::super::samples::catalogue;
    use super::super::{chips, parse};
    use crate::words::Lang;

    #[test]
    fn chips_read_well() {
        let catalogue = catalogue();
        for (typed, zh, en) in [
            ("", "", ""),
            ("need:care,medical", "需求 照料、医疗", "need Care, Medical"),
            ("need:any", "需求 有", "need any"),
            ("-programme:低保", "非 最低生活保障", "not Dibao"),
            ("programme:none", "项目 无", "programme none"),
            (
                "独居:是 独居:否",
                "独居 | 非 独居",
                "living alone | not living alone",
            ),
            ("独居:否,未知", "独居 否、未知", "living alone no, unknown"),
            ("老人>=1", "老年人数 ≥ 1", "elderly ≥ 1"),
            ("人口:2..4,未知", "人口数 2–4、未知", "members 2–4, unknown"),
            ("人口!=2", "人口数 ≠ 2", "members ≠ 2"),
            (
                "走访<2026-10-22",
                "走访 早于 2026-10-22",
                "visited before 2026-10-22",
            ),
            (
                "走访<30天",
                "超过 30 天未走访",
                "not visited for over 30 days",
            ),
            ("走访:从未", "从未走访", "never visited"),
            (
                "走访:2026-10-01..2026-10-31",
                "走访 2026-10-01–2026-10-31",
                "visited 2026-10-01–2026-10-31",
            ),
            ("网格:330282001*", "网格 330282001*", "grid 330282001*"),
            (
                "姓名:张* 编号=H1",
                "姓名 张* | 编号 = H1",
                "name 张* | id = H1",
            ),
            ("青竹路", "“青竹路”", "\"青竹路\""),
            ("定位:否", "未定位", "not geocoded"),
            ("不在:申报", "不在申报的网格内", "outside the declared area"),
            (
                "(需求:医疗 或 独居:是) 定位:是",
                "需求 医疗 或 独居 | 已定位",
                "need Medical or living alone | located",
            ),
            (
                "-(独居:是 张)",
                "非 （独居 且 “张”）",
                "not (living alone and \"张\")",
            ),
        ] {
            let filter = parse(typed, &catalogue).unwrap();
            for (lang, expected) in [(Lang::Zh, zh), (Lang::En, en)] {
                let texts: Vec<String> = chips(&filter)
                    .iter()
                    .map(|chip| chip.describe(lang, &catalogue))
                    .collect();
                assert_eq!(texts.join(" | "), expected, "{typed}");
            }
        }
    }
}
