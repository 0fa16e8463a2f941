//! Month by month: rates on the left, needs on the right, or below one another where it is narrow.

use super::drawing::Hit;
use super::ink::Ink;
use super::pen::{Pen, Sign, round_step};
use crate::analysis::{ChartPart, MonthFigures, TimeLine};
use crate::base::digits::{figure, grouped, percent};
use crate::layer::canvas::PxBox;
use crate::layer::panel::SMALL_PX;
use crate::layer::text::Align;
use crate::model::Date;

/// Side by side from this width on.
const WIDE_PX: f32 = 600.0;
const GUTTER_PX: f32 = 32.0;
const LEFT_PX: f32 = 46.0;
const BELOW_PX: f32 = 24.0;
const LEAST_PX: f32 = 90.0;
/// A month's name takes so much room.
const MONTH_PX: f32 = 56.0;

/// One of the two plots.
struct Plot {
    at: PxBox,
    low: f64,
    high: f64,
    months: usize,
}

impl Plot {
    fn step(&self) -> f32 {
        (self.at.right - self.at.left) / self.months.max(1) as f32
    }

    fn x(&self, month: usize) -> f32 {
        self.at.left + (month as f32 + 0.5) * self.step()
    }

    fn y(&self, value: f64) -> f32 {
        let share = (value - self.low) / (self.high - self.low);
        self.at.bottom - (self.at.bottom - self.at.top) * share.clamp(0.0, 1.0) as f32
    }
}

/// Lays it out.
pub(super) fn draw(pen: &mut Pen<'_>, line: &TimeLine) {
    let top = legend(pen, line) + 4.0;
    let is_wide = pen.room.width_px >= WIDE_PX;
    let width = if is_wide {
        (pen.room.width_px - GUTTER_PX) / 2.0
    } else {
        pen.room.width_px
    };
    let rows = if is_wide { 1.0 } else { 2.0 };
    let height = ((pen.room.height_px - top) / rows - BELOW_PX).max(LEAST_PX);
    let plot = |left: f32, top: f32| PxBox {
        left: left + LEFT_PX,
        top: top + 4.0,
        right: left + width - 8.0,
        bottom: top + height,
    };
    let second = if is_wide {
        plot(width + GUTTER_PX, top)
    } else {
        plot(0.0, top + height + BELOW_PX)
    };
    rates(pen, line, plot(0.0, top));
    needs(pen, line, second);
    pen.reach(second.bottom + BELOW_PX);
}

fn reach(month: &MonthFigures) -> Option<f64> {
    month.figures.reach()
}

fn full(month: &MonthFigures) -> Option<f64> {
    month.figures.full_coverage()
}

fn rates(pen: &mut Pen<'_>, line: &TimeLine, at: PxBox) {
    let values = line
        .total
        .iter()
        .flat_map(|month| [reach(month), full(month)]);
    let ends = values
        .flatten()
        .fold((1.0_f64, 0.0_f64), |(low, high), rate| {
            (low.min(rate), high.max(rate))
        });
    let plot = Plot {
        at,
        low: ((ends.0 - 0.05) * 10.0).floor().max(0.0) / 10.0,
        high: ((ends.1 + 0.05) * 10.0).ceil().clamp(1.0, 10.0) / 10.0,
        months: line.days.len(),
    };
    axes(pen, line, &plot, |value| {
        format!("{} %", figure(value * 100.0, 1))
    });
    series(pen, line, &plot, reach, Ink::Covered);
    series(pen, line, &plot, full, Ink::Middle);
    hits(pen, line, &plot);
}

fn needs(pen: &mut Pen<'_>, line: &TimeLine, at: PxBox) {
    let most = line.total.iter().map(|month| {
        let open = month.figures.open_needs;
        open.max(month.raised).max(month.met)
    });
    let most = f64::from(most.max().unwrap_or(0).max(1));
    let plot = Plot {
        at,
        low: 0.0,
        high: most * 1.08,
        months: line.days.len(),
    };
    axes(pen, line, &plot, |value| grouped(value as u64));
    let half = (plot.step() * 0.3).min(14.0);
    for (month, found) in line.total.iter().enumerate() {
        let x = plot.x(month);
        for (count, ink, from, to) in [
            (found.raised, Ink::Gap, x - half, x - 0.5),
            (found.met, Ink::Covered, x + 0.5, x + half),
        ] {
            pen.bar(
                PxBox {
                    left: from,
                    top: plot.y(f64::from(count)),
                    right: to,
                    bottom: at.bottom,
                },
                ink,
            );
        }
    }
    let open = |month: &MonthFigures| Some(f64::from(month.figures.open_needs));
    series(pen, line, &plot, open, Ink::Text);
    hits(pen, line, &plot);
}

/// Numbers to the left, months below; no lines across.
fn axes(pen: &mut Pen<'_>, line: &TimeLine, plot: &Plot, text: impl Fn(f64) -> String) {
    let height = f64::from(plot.at.bottom - plot.at.top);
    let step = round_step(plot.high - plot.low, (height / 30.0).max(1.0));
    // Needs come whole.
    let step = if plot.high > 1.5 { step.max(1.0) } else { step };
    let mut value = (plot.low / step).ceil() * step;
    while value <= plot.high + 1e-9 {
        let at = [plot.at.left - 8.0, plot.y(value)];
        pen.text(text(value), at, Align::Right, SMALL_PX, Ink::Secondary);
        value += step;
    }
    let base = plot.at.bottom;
    pen.line(
        vec![[plot.at.left, base], [plot.at.right, base]],
        Ink::Hairline,
        1.0,
    );
    let every = (MONTH_PX / plot.step()).ceil().max(1.0) as usize;
    let last = line.days.len().saturating_sub(1);
    for (month, day) in line.days.iter().enumerate() {
        // Counted from the last, which is the one that is asked for.
        if (last - month).is_multiple_of(every) {
            let at = [plot.x(month), base + 12.0];
            pen.text(
                month_text(*day),
                at,
                Align::Center,
                SMALL_PX,
                Ink::Secondary,
            );
        }
    }
}

fn month_text(day: Date) -> String {
    let (year, month, _) = day.ymd();
    format!("{year}-{month:02}")
}

/// A line through the months that have data, with a dot each.
fn series(
    pen: &mut Pen<'_>,
    line: &TimeLine,
    plot: &Plot,
    of: impl Fn(&MonthFigures) -> Option<f64>,
    ink: Ink,
) {
    let mut stretch = Vec::new();
    let mut dots = Vec::new();
    for (month, found) in line.total.iter().enumerate() {
        if let Some(value) = of(found) {
            let at = [plot.x(month), plot.y(value)];
            stretch.push(at);
            dots.push(at);
        } else if stretch.len() > 1 {
            // A month without data breaks the line.
            pen.line(std::mem::take(&mut stretch), ink, 1.8);
        } else {
            stretch.clear();
        }
    }
    if stretch.len() > 1 {
        pen.line(stretch, ink, 1.8);
    }
    for at in dots {
        pen.dot(at, 2.5, ink);
    }
}

fn hits(pen: &mut Pen<'_>, line: &TimeLine, plot: &Plot) {
    let lang = pen.lang;
    for (month, (day, found)) in line.days.iter().zip(&line.total).enumerate() {
        let figures = &found.figures;
        let count = |count: u32| grouped(u64::from(count));
        let share = |rate: Option<f64>, part: u32| {
            let rate = rate.map_or_else(|| lang.t("common.no_data").into_owned(), percent);
            format!("{rate} ({}/{})", count(part), count(figures.of_concern))
        };
        let tip = vec![
            format!(
                "{} {}",
                lang.t("chart.reached"),
                share(reach(found), figures.receiving)
            ),
            format!(
                "{} {}",
                lang.t("chart.full"),
                share(full(found), figures.fully_covered)
            ),
            lang.with(
                "chart.tip_month",
                &[
                    ("open", &count(figures.open_needs)),
                    ("raised", &count(found.raised)),
                    ("met", &count(found.met)),
                    ("withdrawn", &count(found.withdrawn)),
                ],
            ),
            lang.t("chart.tip_open_day").into_owned(),
        ];
        let middle = plot.x(month);
        pen.hit(Hit {
            at: PxBox {
                left: middle - plot.step() / 2.0,
                top: plot.at.top,
                right: middle + plot.step() / 2.0,
                bottom: plot.at.bottom + 18.0,
            },
            part: ChartPart::Day(*day),
            area: None,
            name: day.to_string(),
            tip,
        });
    }
}

fn legend(pen: &mut Pen<'_>, line: &TimeLine) -> f32 {
    let lang = pen.lang;
    let mut items = vec![
        (Sign::Line(Ink::Covered), pen.t("chart.trend_reach")),
        (Sign::Line(Ink::Middle), pen.t("chart.trend_full")),
        (Sign::Line(Ink::Text), pen.t("chart.trend_open")),
        (Sign::Swatch(Ink::Gap), pen.t("chart.trend_raised")),
        (Sign::Swatch(Ink::Covered), pen.t("chart.trend_met")),
    ];
    let undated = line.undated.total();
    if undated > 0 {
        let count = grouped(u64::from(undated));
        let words = lang.with("chart.trend_undated", &[("count", &count)]);
        items.push((Sign::Nothing, words));
    }
    pen.legend(&items)
}
