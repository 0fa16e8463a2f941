//! The time line of an area, or of all: reach and open needs month by month, small.

use super::theme::{Theme, small_font};
use super::widgets::{note, section};
use super::{month_menu, opens};
use crate::analysis::{MonthFigures, min_denominator};
use crate::base::digits::{grouped, percent};
use crate::model::Date;
use crate::session::{Command, Counted, Figure, Session, Who};
use crate::snapshot::AreaIndex;
use crate::words::Lang;
use egui::{
    Align2, Color32, CursorIcon, Pos2, Rect, Response, RichText, Role, Sense, Shape, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};

/// Height of one line's picture.
const HEIGHT: f32 = 40.0;

/// Draws the section; a word where it is not there yet.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    area: Option<AreaIndex>,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let Some(town) = session.town().filter(|town| town.is_dated) else {
        return;
    };
    section(ui, &lang.t("ui.timeline"));
    if session.timeline_waits() {
        if ui.button(lang.t("ui.timeline_ask")).clicked() {
            out.push(Command::AskTimeLine);
        }
        return;
    }
    let found = session.results.timeline.as_ref();
    let found = found.filter(|found| found.generation == town.snapshot.generation);
    let months = found.and_then(|found| match area {
        Some(area) => found.line.of(area),
        None => Some(found.line.total.as_slice()),
    });
    let (Some(found), Some(months)) = (found, months) else {
        note(ui, lang.t("ui.updating"));
        return;
    };
    let theme = Theme::of(ui);
    let least = min_denominator(&town.snapshot.catalogue);
    let days = &found.line.days;
    let reach: Vec<Option<f64>> = months.iter().map(|month| month.figures.reach()).collect();
    let needs = months
        .iter()
        .map(|month| Some(f64::from(month.figures.open_needs)));
    let needs: Vec<Option<f64>> = needs.collect();
    let told =
        |value: Option<f64>| value.map_or_else(|| lang.t("common.no_data").into_owned(), percent);
    let last = months.last();
    let words = last.map_or_else(String::new, |month| told(month.figures.reach()));
    let reached = Line {
        name: lang.t("layer.reach").into_owned(),
        now: words,
        figure: last.map(|month| {
            let who = Who::Query("concern:yes receiving:yes".to_owned(), area);
            Figure::households(month.figures.receiving, who)
        }),
        values: &reach,
        color: theme.covered,
        least,
    };
    let words = last.map_or_else(String::new, |month| {
        grouped(u64::from(month.figures.open_needs))
    });
    let open = Line {
        name: lang.t("layer.open_needs").into_owned(),
        now: words,
        figure: last.map(|month| {
            let who = Who::Query("need:any".to_owned(), area);
            Figure::new(month.figures.open_needs, Counted::Needs, who)
        }),
        values: &needs,
        color: theme.gap,
        least,
    };
    for line in [reached, open] {
        draw(ui, &line, (area, days, months), lang, out);
    }
    if let (Some(first), Some(last)) = (days.first(), days.last()) {
        let span = [("from", &*first.to_string()), ("to", &*last.to_string())];
        note(ui, lang.with("ui.timeline_span", &span));
    }
    let undated = found.line.undated.total();
    if undated > 0 {
        let count = grouped(u64::from(undated));
        note(ui, lang.with("ui.timeline_undated", &[("count", &count)]));
    }
}

/// Room for the lowest and the highest value.
const LIMITS: f32 = 46.0;

/// One figure over the months.
struct Line<'a> {
    name: String,
    now: String,
    /// What the last value opens.
    figure: Option<Figure>,
    values: &'a [Option<f64>],
    color: Color32,
    /// The denominator under which a rate is marked.
    least: u32,
}

/// Draws a line; a click opens the figures of a month.
fn draw(
    ui: &mut Ui,
    line: &Line<'_>,
    (area, days, months): (Option<AreaIndex>, &[Date], &[MonthFigures]),
    lang: Lang,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    ui.horizontal(|ui| {
        ui.label(RichText::new(&line.name).font(small_font()));
        super::widgets::from_right(ui, |ui| {
            let name = format!("{} {}", line.name, line.now);
            let look = (small_font(), theme.text);
            if let Some(figure) = &line.figure {
                opens::words(ui, lang, (&line.now, &name), look, figure.clone(), out);
            }
        });
    });
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let label = format!("{} {}", lang.t("ui.timeline"), line.name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    // The lowest and the highest value stand left of the line.
    let inner = Rect::from_min_max(rect.min + vec2(LIMITS, 4.0), rect.max - vec2(4.0, 4.0));
    let points = places(inner, line.values);
    let painter = ui.painter();
    painter.hline(rect.x_range(), rect.bottom(), theme.line());
    for run in points.split(Option::is_none) {
        let run: Vec<Pos2> = run.iter().copied().flatten().collect();
        if let [only] = run.as_slice() {
            painter.circle_filled(*only, 1.5, line.color);
        }
        painter.add(Shape::line(run, Stroke::new(1.6, line.color)));
    }
    if let Some(Some(end)) = points.last() {
        painter.circle_filled(*end, 2.6, line.color);
    }
    ends(ui, rect.shrink2(vec2(0.0, 2.0)), line, theme.secondary);
    let id = response.id.with("month");
    let at = pointed(&response, inner, days.len());
    if response.clicked() {
        // By the keyboard it is the last one.
        let chosen = at.unwrap_or(days.len().saturating_sub(1));
        ui.data_mut(|data| data.insert_temp(id, chosen));
    }
    let chosen: Option<usize> = ui.data(|data| data.get_temp(id));
    month_menu::show(&response, lang, (area, days, months), chosen, out);
    let Some((at, day, month)) = at.and_then(|at| Some((at, days.get(at)?, months.get(at)?)))
    else {
        return;
    };
    if let Some(Some(point)) = points.get(at) {
        let x = point.x;
        let painter = ui.painter();
        painter.vline(x, rect.y_range(), theme.line());
        painter.circle_filled(*point, 3.2, line.color);
    }
    let text = told(*day, month, line.least, lang);
    response
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_text_at_pointer(text);
}

/// The month under the pointer.
fn pointed(response: &Response, inner: Rect, count: usize) -> Option<usize> {
    let at = response.hover_pos()?;
    let steps = count.checked_sub(1)?.max(1) as f32;
    let share = ((at.x - inner.left()) / inner.width()).clamp(0.0, 1.0);
    Some((share * steps).round() as usize)
}

/// Where each value stands; the lowest at the bottom, the highest on top.
fn places(inner: Rect, values: &[Option<f64>]) -> Vec<Option<Pos2>> {
    let (low, high) = limits(values);
    let steps = values.len().saturating_sub(1).max(1) as f32;
    let place = |(at, value): (usize, &Option<f64>)| {
        let value = (*value)?;
        let share = if high > low {
            ((value - low) / (high - low)) as f32
        } else {
            0.5
        };
        let x = inner.left() + inner.width() * at as f32 / steps;
        Some(pos2(x, inner.bottom() - inner.height() * share))
    };
    values.iter().enumerate().map(place).collect()
}

fn limits(values: &[Option<f64>]) -> (f64, f64) {
    let known = || values.iter().copied().flatten();
    (
        known().fold(f64::INFINITY, f64::min),
        known().fold(f64::NEG_INFINITY, f64::max),
    )
}

/// The lowest and the highest value, so that a small rise is not taken for a large one.
fn ends(ui: &Ui, rect: Rect, line: &Line<'_>, ink: Color32) {
    let (low, high) = limits(line.values);
    if low >= high {
        return;
    }
    let is_share = high <= 1.0 && line.now.contains('%');
    let text = |value: f64| {
        if is_share {
            percent(value)
        } else {
            grouped(value.max(0.0) as u64)
        }
    };
    let font = egui::FontId::proportional(10.0);
    for (at, align, value) in [
        (rect.left_top(), Align2::LEFT_TOP, high),
        (rect.left_bottom(), Align2::LEFT_BOTTOM, low),
    ] {
        ui.painter().text(at, align, text(value), font.clone(), ink);
    }
}

/// All numbers of a month.
fn told(day: Date, month: &MonthFigures, least: u32, lang: Lang) -> String {
    let figures = &month.figures;
    let count = |number: u32| grouped(u64::from(number));
    let reach = figures
        .reach()
        .map_or_else(|| lang.t("common.no_data").into_owned(), percent);
    let mut text = lang.with(
        "ui.timeline_told",
        &[
            ("date", &*day.to_string()),
            ("reach", &*reach),
            ("receiving", &*count(figures.receiving)),
            ("concern", &*count(figures.of_concern)),
            ("needs", &*count(figures.open_needs)),
            ("gaps", &*count(figures.gaps)),
            ("raised", &*count(month.raised)),
            ("met", &*count(month.met)),
            ("visits", &*count(month.visits)),
        ],
    );
    if figures.is_suppressed(least) {
        text.push('\n');
        let min = least.to_string();
        text.push_str(&lang.with("ui.small_denominator", &[("min", &min)]));
    }
    text.push('\n');
    text.push_str(&lang.t("ui.timeline_click"));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_stand_from_left_to_right_and_unknown_ones_are_left_out() {
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(100.0, 10.0));
        let found = places(rect, &[Some(1.0), None, Some(3.0)]);
        assert_eq!(found, [Some(pos2(0.0, 10.0)), None, Some(pos2(100.0, 0.0))]);
        assert_eq!(places(rect, &[Some(2.0)]), [Some(pos2(0.0, 5.0))]);
        assert_eq!(places(rect, &[None, None]), [None, None]);
    }
}
