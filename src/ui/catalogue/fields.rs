//! Lines to fill in: texts, and dates and numbers that may be half typed.

use crate::model::{Date, Quantity};
use crate::ui::dialogs::{named_edit, row};
use crate::ui::theme::Theme;
use crate::ui::widgets::note;
use crate::words::Lang;
use egui::{Id, RichText, Ui};

/// Width of a date, a number.
pub(super) const SHORT: f32 = 96.0;

/// A labelled text.
pub(super) fn text(ui: &mut Ui, label: &str, value: &mut String) {
    row(ui, label, |ui| {
        let width = ui.available_width();
        named_edit(ui, label, "", value, width);
    });
}

/// A value as it is typed: kept as long as it cannot be read, and told.
fn typed<T: PartialEq>(
    ui: &mut Ui,
    name: &str,
    width: f32,
    value: &mut T,
    (shown, parse): (String, impl Fn(&str) -> Option<T>),
    wrong: &mut bool,
) {
    let id: Id = ui.make_persistent_id(("typed", name));
    let kept: Option<String> = ui.data_mut(|data| data.get_temp(id));
    let mut text = kept.unwrap_or(shown);
    let is_wrong = parse(&text).is_none();
    let color = Theme::of(ui).error;
    let response = ui
        .scope(|ui| {
            if is_wrong {
                ui.visuals_mut().override_text_color = Some(color);
            }
            named_edit(ui, name, "", &mut text, width)
        })
        .inner;
    if let Some(read) = parse(&text) {
        if response.changed() && read != *value {
            *value = read;
        }
        if response.has_focus() {
            ui.data_mut(|data| data.insert_temp(id, text));
        } else {
            ui.data_mut(|data| data.remove::<String>(id));
        }
    } else {
        *wrong = true;
        ui.data_mut(|data| data.insert_temp(id, text));
    }
}

/// A day.
pub(super) fn day(ui: &mut Ui, name: &str, value: &mut Date, wrong: &mut bool) {
    let shown = value.to_string();
    typed(ui, name, SHORT, value, (shown, Date::parse), wrong);
}

/// A number.
pub(super) fn number(ui: &mut Ui, name: &str, width: f32, value: &mut f64, wrong: &mut bool) {
    let shown = number_text(*value);
    typed(ui, name, width, value, (shown, read_number), wrong);
}

/// A number of months, or none.
pub(super) fn months(
    ui: &mut Ui,
    lang: Lang,
    label: &str,
    value: &mut Option<u32>,
    wrong: &mut bool,
) {
    let shown = value.map_or_else(String::new, |months| months.to_string());
    let parse = |text: &str| match text.trim() {
        "" => Some(None),
        text => {
            let months: Option<u32> = text.parse().ok();
            months
                .filter(|months| (1..=1_200).contains(months))
                .map(Some)
        }
    };
    row(ui, label, |ui| {
        ui.horizontal(|ui| {
            typed(ui, label, 56.0, value, (shown, parse), wrong);
            unit(ui, &lang.t("ui.cat_unit_months"));
            if value.is_none() {
                note(ui, lang.t("ui.cat_none"));
            }
        });
    });
}

/// What stands behind a number.
pub(super) fn unit(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui);
    ui.label(RichText::new(text).color(theme.secondary));
}

/// A number as one would type it.
pub(super) fn number_text(value: f64) -> String {
    // Ten places are more than any standard has, and hide what binary fractions leave behind.
    let text = format!("{value:.10}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

/// A number as it is typed: full-width digits and separators between thousands do no harm.
fn read_number(text: &str) -> Option<f64> {
    let narrow: String = text
        .trim()
        .chars()
        .filter(|char| !matches!(char, ',' | '，' | ' '))
        .map(|char| match char {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(char as u32 - 0xfee0).unwrap_or(char),
            char => char,
        })
        .collect();
    let is_plain = narrow
        .chars()
        .all(|char| char.is_ascii_digit() || matches!(char, '.' | '-'));
    let number: f64 = narrow.parse().ok().filter(|_| is_plain)?;
    (number.is_finite() && number.abs() <= 1e12).then_some(number)
}

/// The unit of a quantity on screen; nothing for a factor.
pub(super) fn quantity_word(quantity: Quantity, lang: Lang) -> String {
    let key = match quantity {
        Quantity::Yuan => "ui.cat_unit_yuan",
        Quantity::YuanPerMonth => "ui.cat_unit_yuan_per_month",
        Quantity::Years => "ui.cat_unit_years",
        Quantity::Months => "ui.cat_unit_months",
        Quantity::Days => "ui.cat_unit_days",
        Quantity::Metres => "ui.cat_unit_metres",
        Quantity::Count => "ui.cat_unit_count",
        Quantity::Ratio => return String::new(),
    };
    lang.t(key).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_type_it_and_shown_as_they_would() {
        for (typed, number) in [
            ("1,200", Some(1200.0)),
            (" １２００．５ ", Some(1200.5)),
            ("-3", Some(-3.0)),
            ("1.6", Some(1.6)),
            ("", None),
            ("1e3", None),
            ("inf", None),
            ("一千", None),
            ("9999999999999999", None),
        ] {
            assert_eq!(read_number(typed), number, "{typed}");
        }
        for (number, text) in [
            (1.6, "1.6"),
            (1200.0, "1200"),
            (0.1 + 0.2, "0.3"),
            (-0.0, "0"),
        ] {
            assert_eq!(number_text(number), text);
            assert_eq!(number_text(read_number(text).unwrap()), text);
        }
    }
}
