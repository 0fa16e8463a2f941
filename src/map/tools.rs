//! Mouse tools: what a drag on the map means.

use crate::datum::MercBox;
use crate::datum::{MercXY, ground_m_per_merc_m};
use crate::session::Command;

/// What a drag on the map means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tool {
    /// Move the map; a click picks.
    #[default]
    Pan,
    /// Select the households in a box.
    Box,
    /// Select the households in a freehand line.
    Lasso,
    /// Measure a distance.
    Measure,
}

/// A drag under way, in Mercator metres, so that it stays in place when the map moves.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawing {
    /// The places that the pointer went through.
    pub(super) line: Vec<MercXY>,
}

impl Drawing {
    /// Takes in the pointer. A box needs only its two corners.
    pub(super) fn extend(&mut self, tool: Tool, at: MercXY) {
        match tool {
            Tool::Box if self.line.len() > 1 => {
                self.line.truncate(1);
                self.line.push(at);
            }
            _ => self.line.push(at),
        }
    }

    /// What the finished drag asks for.
    pub(super) fn finish(self, tool: Tool) -> Option<Command> {
        match tool {
            Tool::Box if self.line.len() > 1 => Some(Command::SelectBox(
                self.line
                    .iter()
                    .fold(MercBox::EMPTY, |around, at| around.with(*at)),
            )),
            Tool::Lasso if self.line.len() > 2 => Some(Command::SelectLasso(self.line)),
            _ => None,
        }
    }

    /// Length along the line in metres on the ground.
    pub(super) fn ground_m(&self) -> f64 {
        self.line
            .windows(2)
            .map(|pair| {
                let [from, to] = pair else { return 0.0 };
                (to.x - from.x).hypot(to.y - from.y)
                    * ground_m_per_merc_m(f64::midpoint(from.y, to.y))
            })
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_needs_two_corners_and_a_lasso_three_places() {
        let at = |x: f64| MercXY { x, y: 0.0 };
        let mut drawing = Drawing::default();
        drawing.extend(Tool::Box, at(0.0));
        assert!(drawing.clone().finish(Tool::Box).is_none());
        drawing.extend(Tool::Box, at(5.0));
        drawing.extend(Tool::Box, at(3.0));
        assert!(
            matches!(drawing.finish(Tool::Box), Some(Command::SelectBox(around)) if around.max_x == 3.0)
        );
    }

    #[test]
    fn a_measured_kilometre_is_one_on_the_ground() {
        let y = 3_525_420.528;
        let drawing = Drawing {
            line: vec![
                MercXY { x: 0.0, y },
                MercXY {
                    x: 1000.0 / 0.864_538,
                    y,
                },
            ],
        };
        assert!(
            (drawing.ground_m() - 1000.0).abs() < 1.0,
            "{}",
            drawing.ground_m()
        );
    }
}
