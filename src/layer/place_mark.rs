//! The marks of resources: a shape and a colour for each category of need, the same in the window and
//! in pictures.

use super::class_colors::PLACE_COLORS;
use super::ramp::Rgba;

/// The shape of a mark. None is round: a household's dot is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkShape {
    /// A square on its corner.
    Diamond,
    /// A square on its side.
    Square,
    /// A triangle on its side.
    Triangle,
    /// A triangle on its corner.
    Wedge,
}

/// How the resources of a category are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PlaceMark {
    /// The shape.
    pub shape: MarkShape,
    /// The colour.
    pub color: Rgba,
}

/// From the middle of a mark to its corners, in pixels at 96 dpi.
pub const PLACE_MARK_PX: f32 = 7.0;

const SHAPES: [MarkShape; 4] = [
    MarkShape::Diamond,
    MarkShape::Square,
    MarkShape::Triangle,
    MarkShape::Wedge,
];

impl PlaceMark {
    /// The mark of the category at a place of the catalogue. The first twenty all differ, and
    /// neighbours differ in both shape and colour.
    pub fn of(category: u8) -> Self {
        let category = usize::from(category);
        Self {
            shape: SHAPES[category % SHAPES.len()],
            color: PLACE_COLORS[category % PLACE_COLORS.len()],
        }
    }

    /// Its corners around (0, 0), y down, for a mark of this size.
    pub fn corners(self, size: f32) -> Vec<[f32; 2]> {
        // Of the same area to the eye: a square reaches less far than a diamond.
        let corners: &[[f32; 2]] = match self.shape {
            MarkShape::Diamond => &[[0.0, -1.0], [1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]],
            MarkShape::Square => &[[-0.75, -0.75], [0.75, -0.75], [0.75, 0.75], [-0.75, 0.75]],
            MarkShape::Triangle => &[[0.0, -1.0], [1.0, 0.75], [-1.0, 0.75]],
            MarkShape::Wedge => &[[-1.0, -0.75], [1.0, -0.75], [0.0, 1.0]],
        };
        let scaled = |[x, y]: [f32; 2]| [x * size, y * size];
        corners.iter().copied().map(scaled).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn categories_have_marks_of_their_own() {
        let marks: HashSet<PlaceMark> = (0..20).map(PlaceMark::of).collect();
        assert_eq!(marks.len(), 20);
        for category in 0..u8::MAX {
            let (one, next) = (PlaceMark::of(category), PlaceMark::of(category + 1));
            assert!(one.shape != next.shape && one.color != next.color);
        }
    }

    #[test]
    fn marks_lie_around_their_place() {
        for category in 0..4 {
            let corners = PlaceMark::of(category).corners(7.0);
            for axis in [0, 1] {
                let all = corners.iter().map(|corner| corner[axis]);
                let (low, high) = all.fold((0.0_f32, 0.0_f32), |(low, high), value| {
                    (low.min(value), high.max(value))
                });
                assert!((-7.0..-4.0).contains(&low), "{low}");
                assert!((4.0..=7.0).contains(&high), "{high}");
            }
        }
    }
}
