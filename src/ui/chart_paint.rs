//! A chart's drawing on the screen: the same shapes as in a picture.

use crate::layer::text::Align;
use crate::layer::{Drawing, Ink, PxBox, Shape};
use crate::ui::theme::semibold;
use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Align2, Color32, FontId, Pos2, Rect, Stroke, Ui, Vec2, pos2};

/// Paints what can be seen of it.
pub(super) fn paint(ui: &Ui, drawing: &Drawing, origin: Pos2) {
    let painter = ui.painter();
    let dark = ui.visuals().dark_mode;
    let color = |ink: Ink| {
        let [red, green, blue, alpha] = ink.color(dark);
        Color32::from_rgba_unmultiplied(red, green, blue, alpha)
    };
    let at = |[x, y]: [f32; 2]| origin + Vec2::new(x, y);
    let seen = ui.clip_rect().expand(20.0);
    let rect = |at: &PxBox| {
        let whole = Rect::from_min_max(pos2(at.left, at.top), pos2(at.right, at.bottom));
        whole.translate(origin.to_vec2())
    };
    for shape in &drawing.shapes {
        match shape {
            Shape::Bar { at, ink } => {
                let rect = rect(at);
                if seen.intersects(rect) {
                    painter.rect_filled(rect, 2.0, color(*ink));
                }
            }
            Shape::Line {
                points,
                ink,
                width,
                dashed,
            } => {
                let points: Vec<Pos2> = points.iter().map(|point| at(*point)).collect();
                if !seen.intersects(Rect::from_points(&points)) {
                    continue;
                }
                let stroke = Stroke::new(*width, color(*ink));
                if *dashed {
                    painter.extend(egui::Shape::dashed_line(&points, stroke, 4.0, 4.0));
                } else {
                    painter.add(egui::Shape::line(points, stroke));
                }
            }
            Shape::Band { upper, lower, ink } => {
                painter.add(egui::Shape::mesh(band(upper, lower, origin, color(*ink))));
            }
            Shape::Dot {
                at: place,
                radius,
                ink,
            } => {
                let place = at(*place);
                painter.circle_filled(place, radius + 1.0, color(Ink::Ground));
                painter.circle_filled(place, *radius, color(*ink));
            }
            Shape::Text {
                text,
                at: place,
                align,
                size,
                ink,
                bold,
            } => {
                let place = at(*place);
                if place.y < seen.top() || place.y > seen.bottom() {
                    continue;
                }
                let font = if *bold {
                    FontId::new(*size, semibold())
                } else {
                    FontId::proportional(*size)
                };
                let anchor = match align {
                    Align::Left => Align2::LEFT_CENTER,
                    Align::Center => Align2::CENTER_CENTER,
                    Align::Right => Align2::RIGHT_CENTER,
                };
                painter.text(place, anchor, text, font, color(*ink));
            }
        }
    }
}

/// A strip of triangles between two lines.
fn band(upper: &[[f32; 2]], lower: &[[f32; 2]], origin: Pos2, color: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    for (place, (up, low)) in upper.iter().zip(lower).enumerate() {
        for [x, y] in [*up, *low] {
            mesh.vertices.push(Vertex {
                pos: origin + Vec2::new(x, y),
                uv: WHITE_UV,
                color,
            });
        }
        if place > 0 {
            let first = (place as u32 - 1) * 2;
            mesh.indices
                .extend([0, 1, 2, 1, 2, 3].map(|corner| first + corner));
        }
    }
    mesh
}
