//! The funnel plot: an area's rate against its denominator, and what chance leaves to such areas.

use super::area_chart::words_of;
use super::drawing::{Hit, Shape};
use super::funnel_labels::{Label, place_labels};
use super::ink::Ink;
use super::pen::{Pen, Sign, round_step};
use super::words::{area_name, share_notes, share_tip, unit_word};
use crate::analysis::{AreaShares, ChartPart, Funnel, FunnelPlace, FunnelPoint, SharePart};
use crate::base::digits::{figure, grouped, percent};
use crate::layer::canvas::PxBox;
use crate::layer::panel::SMALL_PX;
use crate::layer::text::Align;
use crate::snapshot::Snapshot;

/// Room for the numbers of the axes.
const LEFT_PX: f32 = 46.0;
const BELOW_PX: f32 = 36.0;
/// A funnel is not lower than this.
const LEAST_PX: f32 = 120.0;
/// A point can be hit from this far.
const REACH_PX: f32 = 7.0;

/// Where the plot lies, and what its ends mean.
struct Plot {
    at: PxBox,
    most: f64,
    low: f64,
    high: f64,
}

impl Plot {
    fn x(&self, n: f64) -> f32 {
        self.at.left + (self.at.right - self.at.left) * (n / self.most) as f32
    }

    fn y(&self, rate: f64) -> f32 {
        let share = (rate - self.low) / (self.high - self.low);
        self.at.bottom - (self.at.bottom - self.at.top) * share.clamp(0.0, 1.0) as f32
    }
}

/// Lays it out.
pub(super) fn draw(
    pen: &mut Pen<'_>,
    shares: &AreaShares,
    funnel: Option<&Funnel>,
    town: &Snapshot,
) {
    let top = legend(pen, shares, funnel);
    let Some(funnel) = funnel else { return };
    let height = (pen.room.height_px - top - BELOW_PX).max(LEAST_PX);
    let rates = funnel
        .points
        .iter()
        .filter_map(|point| point.area.share.rate());
    let ends = rates.fold((funnel.target, funnel.target), |(low, high), rate| {
        (low.min(rate), high.max(rate))
    });
    let largest = funnel.points.iter().map(|point| point.area.share.whole);
    let plot = Plot {
        at: PxBox {
            left: LEFT_PX,
            top: top + 6.0,
            right: pen.room.width_px - 8.0,
            bottom: top + height,
        },
        most: f64::from(largest.max().unwrap_or(1)) * 1.06,
        low: ((ends.0 - 0.08) * 10.0).floor().max(0.0) / 10.0,
        high: ((ends.1 + 0.08) * 10.0).ceil().min(10.0) / 10.0,
    };
    bands(pen, funnel, &plot);
    axes(pen, shares, &plot, town);
    let y = plot.y(funnel.target);
    pen.dashes(vec![[plot.at.left, y], [plot.at.right, y]], Ink::Secondary);
    points(pen, shares, funnel, &plot, town);
    pen.reach(plot.at.bottom + BELOW_PX);
}

fn bands(pen: &mut Pen<'_>, funnel: &Funnel, plot: &Plot) {
    type Limit = fn(&crate::analysis::FunnelLimits) -> f64;
    let line = |limit: Limit| -> Vec<[f32; 2]> {
        let curve = funnel.curve.iter();
        curve
            .map(|(n, limits)| [plot.x(f64::from(*n)), plot.y(limit(limits))])
            .collect()
    };
    let pairs: [(Limit, Limit, Ink); 2] = [
        (|limits| limits.high_998, |limits| limits.low_998, Ink::Band),
        (
            |limits| limits.high_95,
            |limits| limits.low_95,
            Ink::InnerBand,
        ),
    ];
    for (upper, lower, ink) in pairs {
        pen.drawing.shapes.push(Shape::Band {
            upper: line(upper),
            lower: line(lower),
            ink,
        });
    }
}

fn axes(pen: &mut Pen<'_>, shares: &AreaShares, plot: &Plot, town: &Snapshot) {
    let height = f64::from(plot.at.bottom - plot.at.top);
    let step = round_step(plot.high - plot.low, (height / 32.0).max(1.0));
    let mut rate = (plot.low / step).ceil() * step;
    while rate <= plot.high + 1e-9 {
        let text = format!("{} %", figure(rate * 100.0, 1));
        let at = [plot.at.left - 8.0, plot.y(rate)];
        pen.text(text, at, Align::Right, SMALL_PX, Ink::Secondary);
        rate += step;
    }
    let base = plot.at.bottom;
    pen.line(
        vec![[plot.at.left, base], [plot.at.right, base]],
        Ink::Hairline,
        1.0,
    );
    let width = f64::from(plot.at.right - plot.at.left);
    let step = round_step(plot.most, (width / 90.0).max(1.0)).max(1.0);
    let mut n = 0.0;
    while n <= plot.most {
        let x = plot.x(n);
        pen.line(vec![[x, base], [x, base + 4.0]], Ink::Hairline, 1.0);
        let text = grouped(n as u64);
        pen.text(
            text,
            [x, base + 13.0],
            Align::Center,
            SMALL_PX,
            Ink::Secondary,
        );
        n += step;
    }
    let unit = pen.t(unit_word(shares.figure, town));
    let words = pen.lang.with("chart.axis_whole", &[("unit", &unit)]);
    let at = [plot.at.right, base + 28.0];
    pen.text(words, at, Align::Right, SMALL_PX, Ink::Secondary);
}

/// The colour of a place: below needs a look, above is what others can learn from.
fn ink_of(point: &FunnelPoint) -> Ink {
    match point.place {
        _ if point.area.is_suppressed => Ink::Quiet,
        FunnelPlace::FarBelow | FunnelPlace::Below => Ink::Gap,
        FunnelPlace::FarAbove | FunnelPlace::Above => Ink::Covered,
        FunnelPlace::Within => Ink::Secondary,
    }
}

fn is_far(place: FunnelPlace) -> bool {
    matches!(place, FunnelPlace::FarBelow | FunnelPlace::FarAbove)
}

fn points(pen: &mut Pen<'_>, shares: &AreaShares, funnel: &Funnel, plot: &Plot, town: &Snapshot) {
    let lang = pen.lang;
    let mut labels = Vec::new();
    let mut taken = Vec::new();
    // Those outside lie over those within.
    let is_outside = |point: &&FunnelPoint| point.place != FunnelPlace::Within;
    let within = funnel.points.iter().filter(|point| !is_outside(point));
    for point in within.chain(funnel.points.iter().filter(is_outside)) {
        let share = point.area.share;
        let Some(rate) = share.rate() else { continue };
        let at = [plot.x(f64::from(share.whole)), plot.y(rate)];
        let radius = if is_far(point.place) { 5.0 } else { 4.0 };
        pen.dot(at, radius, ink_of(point));
        let name = area_name(town, point.area.area);
        taken.push(PxBox::around(at, 2.0 * radius + 2.0, 2.0 * radius + 2.0));
        if is_outside(&point) {
            labels.push(Label {
                text: name.clone(),
                at,
                is_first: is_far(point.place),
            });
        }
        let place = lang.t(&format!("chart.place_{}", point.place.code()));
        let (covered, _) = words_of(shares.figure);
        let open = [
            ("what", &*lang.t("chart.all_of_share")),
            ("count", &*grouped(u64::from(share.whole))),
        ];
        pen.hit(Hit {
            at: PxBox::around(at, 2.0 * REACH_PX, 2.0 * REACH_PX),
            part: ChartPart::Area {
                area: point.area.area,
                figure: shares.figure,
                part: SharePart::All,
            },
            area: Some(point.area.area),
            name,
            tip: vec![
                format!(
                    "{} · {}",
                    lang.t(covered),
                    share_tip(share, shares.figure, town, lang)
                ),
                place.into_owned(),
                lang.with("chart.tip_open", &open),
            ],
        });
    }
    let size = SMALL_PX;
    let named = place_labels(pen.fonts, labels, &mut taken, plot.at, size);
    for (text, at, align) in named {
        pen.text(text, at, align, size, Ink::Text);
    }
}

fn legend(pen: &mut Pen<'_>, shares: &AreaShares, funnel: Option<&Funnel>) -> f32 {
    let mut items = Vec::new();
    if let Some(funnel) = funnel {
        let count = |wanted: &[FunnelPlace]| {
            let mut count = 0_u64;
            for point in &funnel.points {
                count += u64::from(wanted.contains(&point.place));
            }
            grouped(count)
        };
        let below = count(&[FunnelPlace::Below, FunnelPlace::FarBelow]);
        let above = count(&[FunnelPlace::Above, FunnelPlace::FarAbove]);
        let within = count(&[FunnelPlace::Within]);
        let lang = pen.lang;
        let named = |key: &str, count: &str| lang.with(key, &[("count", count)]);
        items.extend([
            (Sign::Dot(Ink::Gap), named("chart.funnel_below", &below)),
            (
                Sign::Dot(Ink::Secondary),
                named("chart.funnel_within", &within),
            ),
            (Sign::Dot(Ink::Covered), named("chart.funnel_above", &above)),
            (
                Sign::Swatch(Ink::InnerBand),
                lang.t("chart.funnel_inner").into_owned(),
            ),
            (
                Sign::Swatch(Ink::Band),
                lang.t("chart.funnel_outer").into_owned(),
            ),
            (
                Sign::Nothing,
                lang.with("chart.funnel_target", &[("rate", &percent(funnel.target))]),
            ),
        ]);
        if funnel.points.iter().any(|point| point.area.is_suppressed) {
            let least = shares.least.to_string();
            let words = lang.with("chart.suppressed", &[("least", &least)]);
            items.push((Sign::Dot(Ink::Quiet), words));
        }
        let without = shares.areas.len() - funnel.points.len();
        if without > 0 {
            items.push((
                Sign::Nothing,
                named("chart.funnel_no_data", &without.to_string()),
            ));
        }
    }
    let notes = share_notes(shares, pen.lang);
    // The total stands as the target already.
    let notes = notes.into_iter().skip(usize::from(funnel.is_some()));
    items.extend(notes.map(|note| (Sign::Nothing, note)));
    pen.legend(&items)
}
