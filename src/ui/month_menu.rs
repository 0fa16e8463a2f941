//! A month of the time line: its figures, each opens into the households of that day, and the way to
//! count by it.

use super::opens;
use super::theme::strong_font;
use crate::analysis::{Happening, MonthFigures};
use crate::base::digits::{grouped, percent};
use crate::model::Date;
use crate::session::{Command, Counted, Figure, Who};
use crate::snapshot::AreaIndex;
use crate::words::Lang;
use egui::{Popup, PopupCloseBehavior, Response, RichText, Ui};

/// Room for the menu.
const WIDTH: f32 = 264.0;

/// Shows the menu of the chosen month where the line was clicked.
pub(super) fn show(
    line: &Response,
    lang: Lang,
    (area, days, months): (Option<AreaIndex>, &[Date], &[MonthFigures]),
    chosen: Option<usize>,
    out: &mut Vec<Command>,
) {
    let Some((at, day, month)) = chosen.and_then(|at| Some((at, *days.get(at)?, months.get(at)?)))
    else {
        return;
    };
    let before = match at.checked_sub(1).and_then(|before| days.get(before)) {
        Some(before) => *before,
        None => day_before_month(day),
    };
    let chosen = pushed(line, lang, (area, before, day), month);
    out.extend(chosen);
}

fn pushed(
    line: &Response,
    lang: Lang,
    (area, before, day): (Option<AreaIndex>, Date, Date),
    month: &MonthFigures,
) -> Vec<Command> {
    let mut out = Vec::new();
    Popup::menu(line)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            ui.set_width(WIDTH);
            ui.label(RichText::new(day.to_string()).font(strong_font()));
            rows(ui, lang, (area, before, day), month, &mut out);
            ui.add_space(4.0);
            if ui.button(lang.t("ui.month_as_of")).clicked() {
                out.push(Command::SetAsOf(day));
            }
            if !out.is_empty() {
                ui.close();
            }
        });
    out
}

fn rows(
    ui: &mut Ui,
    lang: Lang,
    (area, before, day): (Option<AreaIndex>, Date, Date),
    month: &MonthFigures,
    out: &mut Vec<Command>,
) {
    let figures = &month.figures;
    let count = |number: u32| grouped(u64::from(number));
    let reached = figures
        .reach()
        .map_or_else(|| lang.t("common.no_data").into_owned(), percent);
    let said = |key: &str, number: u32| lang.with(key, &[("count", &count(number))]);
    let of_households = |number: u32| said("ui.households_count", number);
    let reached = format!("{}  ·  {reached}", of_households(figures.receiving));
    let households = Counted::Households;
    let standing = [
        (
            "layer.reach",
            reached,
            figures.receiving,
            households,
            "concern:yes receiving:yes",
        ),
        (
            "layer.of_concern",
            of_households(figures.of_concern),
            figures.of_concern,
            households,
            "concern:yes",
        ),
        (
            "layer.open_needs",
            said("ui.needs_count", figures.open_needs),
            figures.open_needs,
            Counted::Needs,
            "need:any",
        ),
        (
            "layer.field_gaps",
            said("ui.gaps_count", figures.gaps),
            figures.gaps,
            Counted::Gaps,
            "gap:any",
        ),
    ];
    for (name, text, number, counted, query) in standing {
        let who = Who::Query(query.to_owned(), area);
        let figure = Figure::new(number, counted, who).on(day);
        opens::row(ui, lang, (&lang.t(name), &text), false, figure, out);
    }
    let happened = [
        ("ui.month_raised", month.raised, Happening::Raised),
        ("ui.month_met", month.met, Happening::Met),
        ("ui.month_visits", month.visits, Happening::Visited),
    ];
    for (name, number, what) in happened {
        let counted = match what {
            Happening::Visited => Counted::Visits,
            Happening::Raised | Happening::Met => Counted::Needs,
        };
        let who = Who::Happened(what, before, day, area);
        let figure = Figure::new(number, counted, who);
        let text = count(number);
        opens::row(ui, lang, (&lang.t(name), &text), false, figure, out);
    }
}

/// The last day of the month before: what happens in the first month of a line counts from there.
fn day_before_month(day: Date) -> Date {
    let (year, month, _) = day.ymd();
    let first = Date::from_ymd(year, month, 1);
    first.map_or(day, |first| first.plus_days(-1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_month_counts_from_its_first_day() {
        let day = |text: &str| Date::parse(text).unwrap();
        assert_eq!(day_before_month(day("2026-03-31")), day("2026-02-28"));
        assert_eq!(day_before_month(day("2026-01-01")), day("2025-12-31"));
    }
}
