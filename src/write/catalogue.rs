//! A catalogue as a TOML text that people can read and change, and that reads back as itself.

use crate::model::{Catalogue, RuleVersion, Scheme, Term, Threshold};
use std::fmt::Write;

/// The text of a catalogue. Terms that only files know are left out.
pub fn catalogue_toml(catalogue: &Catalogue) -> String {
    let mut out = Text(String::new());
    let none = Scheme::default();
    for (place, term) in catalogue.programmes.iter().enumerate() {
        if term.known {
            out.section("programmes");
            out.term(term);
            out.scheme(catalogue.schemes.get(place).unwrap_or(&none));
        }
    }
    for term in catalogue.needs.iter().filter(|term| term.known) {
        out.section("needs");
        out.term(term);
        if term.weight != 1.0 {
            out.number("weight", term.weight);
        }
    }
    for threshold in &catalogue.thresholds {
        out.threshold(threshold);
    }
    for number in &catalogue.numbers {
        out.section("numbers");
        out.text("code", &number.code);
        out.text("zh", &number.zh);
        out.text("en", &number.en);
        out.text("unit", number.unit.code());
        out.number("value", number.value);
    }
    out.0
}

struct Text(String);

impl Text {
    fn line(&mut self, key: &str, value: &str) {
        // Writing to a text does not fail.
        let _ = writeln!(self.0, "{key} = {value}");
    }

    fn section(&mut self, list: &str) {
        let gap = if self.0.is_empty() { "" } else { "\n" };
        let _ = writeln!(self.0, "{gap}[[{list}]]");
    }

    fn text(&mut self, key: &str, text: &str) {
        self.line(key, &quoted(text));
    }

    /// A text that is left out where there is none.
    fn optional(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.text(key, text);
        }
    }

    fn number(&mut self, key: &str, number: f64) {
        // With a point always, so that it reads back as what it is.
        self.line(key, &format!("{number:?}"));
    }

    fn months(&mut self, key: &str, months: Option<u32>) {
        if let Some(months) = months {
            self.line(key, &months.to_string());
        }
    }

    fn term(&mut self, term: &Term) {
        self.text("code", &term.code);
        self.text("zh", &term.zh);
        self.text("en", &term.en);
        self.optional("short_zh", &term.short_zh);
        self.optional("short_en", &term.short_en);
        if !term.aliases.is_empty() {
            let aliases: Vec<String> = term.aliases.iter().map(|alias| quoted(alias)).collect();
            self.line("aliases", &format!("[{}]", aliases.join(", ")));
        }
    }

    fn scheme(&mut self, scheme: &Scheme) {
        self.text("group", scheme.group.code());
        self.text("unit", scheme.unit.code());
        if !scheme.has_benefit {
            self.line("has_benefit", "false");
        }
        self.optional("law_zh", &scheme.law_zh);
        self.optional("law_en", &scheme.law_en);
        self.months("review_months", scheme.review_months);
        self.months("unsteady_review_months", scheme.unsteady_review_months);
        self.months("grace_months", scheme.grace_months);
        self.months("visit_months", scheme.visit_months);
        self.number("gap_weight", scheme.gap_weight);
        self.optional("monthly_amount", &scheme.monthly_amount);
        for version in &scheme.rules {
            self.rule(version);
        }
    }

    fn rule(&mut self, version: &RuleVersion) {
        self.section("programmes.rules");
        self.line("from", &version.from.to_string());
        self.text("text", &version.text);
        self.optional("note_zh", &version.note_zh);
        self.optional("note_en", &version.note_en);
    }

    fn threshold(&mut self, threshold: &Threshold) {
        self.section("thresholds");
        self.text("code", &threshold.code);
        self.text("zh", &threshold.zh);
        self.text("en", &threshold.en);
        self.text("unit", threshold.unit.code());
        for value in &threshold.values {
            self.section("thresholds.values");
            self.line("from", &value.from.to_string());
            self.number("value", value.value);
            self.optional("area", &value.area);
        }
    }
}

/// A text in quotes, as TOML has it.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            char if char.is_control() => {
                let _ = write!(out, "\\u{:04X}", char as u32);
            }
            char => out.push(char),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Date, NamedNumber, Quantity, ThresholdValue};

    #[test]
    fn texts_numbers_and_days_are_written_as_toml_has_them() {
        let catalogue = Catalogue {
            programmes: vec![
                Term {
                    known: true,
                    aliases: vec!["一\"二\"".to_owned()],
                    ..Term::unknown("a")
                },
                Term::unknown("only a file knows it"),
            ],
            schemes: vec![Scheme {
                monthly_amount: "x\\y\n\u{1}".to_owned(),
                review_months: Some(12),
                ..Scheme::default()
            }],
            thresholds: vec![Threshold {
                code: "t".to_owned(),
                zh: "甲".to_owned(),
                en: "T".to_owned(),
                unit: Quantity::Years,
                values: vec![ThresholdValue {
                    from: Date::from_ymd(2026, 7, 1).unwrap(),
                    value: 80.0,
                    area: "330282".to_owned(),
                }],
            }],
            numbers: vec![NamedNumber {
                code: "n".to_owned(),
                zh: "乙".to_owned(),
                en: "N".to_owned(),
                unit: Quantity::Ratio,
                value: 0.1,
            }],
            ..Catalogue::default()
        };
        let text = catalogue_toml(&catalogue);
        assert_eq!(
            text,
            "[[programmes]]\ncode = \"a\"\nzh = \"a\"\nen = \"a\"\naliases = [\"一\\\"二\\\"\"]\n\
             group = \"welfare\"\nunit = \"household\"\nreview_months = 12\ngap_weight = 1.0\n\
             monthly_amount = \"x\\\\y\\n\\u0001\"\n\n[[thresholds]]\ncode = \"t\"\nzh = \"甲\"\n\
             en = \"T\"\nunit = \"years\"\n\n[[thresholds.values]]\nfrom = 2026-07-01\n\
             value = 80.0\narea = \"330282\"\n\n[[numbers]]\ncode = \"n\"\nzh = \"乙\"\nen = \"N\"\n\
             unit = \"ratio\"\nvalue = 0.1\n"
        );
    }
}
