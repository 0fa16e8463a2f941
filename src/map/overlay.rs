//! What stands over the map: the drag under way, the scale bar, attribution, the mark.

use super::MapColors;
use super::ScreenFromMerc;
use super::tools::{Drawing, Tool};
use crate::base::digits;
use crate::datum::ground_m_per_merc_m;
use crate::layer::scale_bar;
use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align2, CornerRadius, FontId, Galley, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2,
    pos2, vec2,
};
use std::sync::Arc;

/// Distance of floats from the edge of the map.
pub(super) const MARGIN: f32 = 12.0;

/// Paints the drag under way.
pub(super) fn paint_drawing(
    painter: &Painter,
    map: &ScreenFromMerc,
    tool: Tool,
    drawing: &Drawing,
    colors: &MapColors,
) {
    let points: Vec<Pos2> = drawing.line.iter().map(|at| map.screen(*at)).collect();
    let stroke = Stroke::new(1.5, colors.accent);
    match (tool, &points[..]) {
        (Tool::Box, [from, .., to]) => {
            let rect = Rect::from_two_pos(*from, *to);
            painter.rect(
                rect,
                CornerRadius::ZERO,
                colors.accent.gamma_multiply(0.12),
                stroke,
                StrokeKind::Middle,
            );
        }
        (Tool::Lasso, [_, _, ..]) => {
            painter.add(Shape::closed_line(points, stroke));
        }
        (Tool::Measure, [_, .., to]) => {
            let to = *to;
            painter.add(Shape::line(points, stroke));
            painter.circle_filled(to, 3.0, colors.accent);
            let text = distance_text(drawing.ground_m());
            paint_plate(painter, to + vec2(0.0, -18.0), &text, colors);
        }
        _ => {}
    }
}

/// Metres under a kilometre, kilometres above.
pub(super) fn distance_text(metres: f64) -> String {
    if metres < 1000.0 {
        format!("{} m", digits::figure(metres, 0))
    } else {
        format!("{} km", digits::figure(metres / 1000.0, 2))
    }
}

/// A quiet float at a corner.
fn float(painter: &Painter, rect: Rect, colors: &MapColors) {
    let stroke = Stroke::new(1.0, colors.hairline);
    painter.rect(
        rect,
        CornerRadius::same(8),
        colors.panel,
        stroke,
        StrokeKind::Inside,
    );
}

/// A name on a small plate, so that it is read over other names.
pub(super) fn paint_plate(painter: &Painter, at: Pos2, text: &str, colors: &MapColors) {
    paint_plates(painter, &[(at, 0.0, text)], colors);
}

/// Plates of names, each so far above or below its point that it covers none of those before it.
pub(super) fn paint_plates(painter: &Painter, plates: &[(Pos2, f32, &str)], colors: &MapColors) {
    let mut taken: Vec<Rect> = Vec::new();
    for (point, away, text) in plates {
        let galley =
            painter.layout_no_wrap((*text).to_owned(), FontId::proportional(12.0), colors.ink);
        let size = galley.size() + vec2(14.0, 6.0);
        let at = |y: f32| Rect::from_center_size(*point + vec2(0.0, y), size);
        let step = size.y + 4.0;
        let sides = [-away, *away, -away - step, away + step];
        let is_free = |place: &Rect| taken.iter().all(|other| !other.intersects(*place));
        let place = sides.map(at).into_iter().find(is_free);
        let place = place.unwrap_or_else(|| at(-away));
        paint_plate_in(painter, place, galley, colors);
        taken.push(place);
    }
}

fn paint_plate_in(painter: &Painter, place: Rect, galley: Arc<Galley>, colors: &MapColors) {
    let edge = Stroke::new(1.0, colors.accent);
    painter.rect(
        place,
        CornerRadius::same(5),
        colors.panel,
        edge,
        StrokeKind::Inside,
    );
    painter.galley(place.center() - galley.size() / 2.0, galley, colors.ink);
}

/// The scale bar, bottom left; where the map is too narrow for it beside the attribution, above.
pub(super) fn paint_scale_bar(
    painter: &Painter,
    rect: Rect,
    map: &ScreenFromMerc,
    attributed: Rect,
    colors: &MapColors,
) {
    let middle = map.merc(rect.center());
    let ground_m_per_point = ground_m_per_merc_m(middle.y) / map.points_per_merc_m();
    let (width, text) = scale_bar(ground_m_per_point, 110.0);
    let galley = painter.layout_no_wrap(text, FontId::proportional(12.0), colors.ink);
    let size = vec2(width + galley.size().x + 28.0, 30.0);
    let place = beside(rect, size, attributed);
    float(painter, place, colors);
    let left = pos2(place.left() + 10.0, place.center().y + 3.0);
    let stroke = Stroke::new(1.5, colors.ink);
    painter.line_segment([left, left + vec2(width, 0.0)], stroke);
    for end in [left, left + vec2(width, 0.0)] {
        painter.line_segment([end, end - vec2(0.0, 5.0)], stroke);
    }
    let text_at = pos2(
        left.x + width + 8.0,
        place.center().y - galley.size().y / 2.0,
    );
    painter.galley(text_at, galley, colors.ink);
}

/// Where a float of the bottom left goes: above what would be over it.
fn beside(rect: Rect, size: Vec2, attributed: Rect) -> Rect {
    let corner = pos2(rect.left() + MARGIN, rect.bottom() - MARGIN - size.y);
    let place = Rect::from_min_size(corner, size);
    if place.expand(4.0).intersects(attributed) {
        place.translate(vec2(0.0, attributed.top() - 6.0 - place.bottom()))
    } else {
        place
    }
}

/// Attribution and mark, bottom right; gives where they are. What is too long for the map ends in an
/// ellipsis.
pub(super) fn paint_attribution(
    painter: &Painter,
    rect: Rect,
    mark: Option<&str>,
    attribution: &str,
    colors: &MapColors,
) -> Rect {
    let mut texts = Vec::new();
    texts.extend(mark.map(|mark| (mark.to_owned(), colors.warning)));
    if !attribution.is_empty() {
        texts.push((attribution.to_owned(), colors.secondary));
    }
    if texts.is_empty() {
        return Rect::NOTHING;
    }
    let gap = 14.0;
    let mut room = rect.width() - 2.0 * MARGIN - 24.0;
    let galleys: Vec<_> = texts
        .into_iter()
        .map(|(text, color)| {
            let mut job = LayoutJob::simple_singleline(text, FontId::proportional(12.0), color);
            job.wrap = TextWrapping::truncate_at_width(room.max(0.0));
            let galley = painter.layout_job(job);
            room -= galley.size().x + gap;
            (galley, color)
        })
        .collect();
    let width: f32 = galleys
        .iter()
        .map(|(galley, _)| galley.size().x)
        .sum::<f32>()
        + gap * (galleys.len() - 1) as f32;
    let size = Vec2::new(width + 24.0, 30.0);
    let place = Rect::from_min_size(
        pos2(
            rect.right() - MARGIN - size.x,
            rect.bottom() - MARGIN - size.y,
        ),
        size,
    );
    float(painter, place, colors);
    let mut left = place.left() + 12.0;
    for (index, (galley, color)) in galleys.into_iter().enumerate() {
        if index > 0 {
            painter.text(
                pos2(left - gap / 2.0, place.center().y),
                Align2::CENTER_CENTER,
                "·",
                FontId::proportional(12.0),
                colors.secondary,
            );
        }
        let width = galley.size().x;
        painter.galley(
            pos2(left, place.center().y - galley.size().y / 2.0),
            galley,
            color,
        );
        left += width + gap;
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_bar_stands_above_the_attribution_only_where_it_must() {
        let size = vec2(150.0, 30.0);
        for (width, top) in [(800.0, 358.0), (360.0, 322.0)] {
            let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(width, 400.0));
            let attributed = Rect::from_min_size(pos2(width - 312.0, 358.0), vec2(300.0, 30.0));
            let place = beside(rect, size, attributed);
            assert_eq!((place.left(), place.top()), (12.0, top));
            assert!(!place.intersects(attributed));
        }
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(100.0, 400.0));
        assert_eq!(beside(rect, size, Rect::NOTHING).top(), 358.0);
    }
}
