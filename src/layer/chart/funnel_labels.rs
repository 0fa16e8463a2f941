//! Names beside points where they cover neither points nor each other.

use crate::layer::canvas::PxBox;
use crate::layer::text::{Align, Fonts};

/// From a point to its name.
const APART_PX: f32 = 8.0;

/// A name that is wanted.
pub(super) struct Label {
    pub(super) text: String,
    pub(super) at: [f32; 2],
    /// Whether it comes before the others.
    pub(super) is_first: bool,
}

/// The names that have room within a frame, each beside its point, and which way they run.
/// What has none stays unnamed: pointing at it says the name.
pub(super) fn place_labels(
    fonts: &Fonts<'_>,
    mut labels: Vec<Label>,
    taken: &mut Vec<PxBox>,
    frame: PxBox,
    size: f32,
) -> Vec<(String, [f32; 2], Align)> {
    labels.sort_by_key(|label| !label.is_first);
    let mut placed = Vec::new();
    for label in labels {
        let width = fonts.measure(&label.text, size);
        let [x, y] = label.at;
        let tries = [
            ([x + APART_PX, y], Align::Left),
            ([x - APART_PX, y], Align::Right),
            ([x, y - size], Align::Center),
            ([x, y + size], Align::Center),
        ];
        for (at, align) in tries {
            let left = match align {
                Align::Left => at[0],
                Align::Center => at[0] - width / 2.0,
                Align::Right => at[0] - width,
            };
            let covers = PxBox {
                left,
                top: at[1] - size / 2.0,
                right: left + width,
                bottom: at[1] + size / 2.0,
            };
            let is_inside = covers.left >= frame.left
                && covers.right <= frame.right
                && covers.top >= frame.top - size
                && covers.bottom <= frame.bottom;
            // Its own point is among those taken, and never reaches so far.
            if is_inside && !taken.iter().any(|other| other.touches(&covers)) {
                taken.push(covers);
                placed.push((label.text, at, align));
                break;
            }
        }
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_cover_each_other() {
        let fonts = Fonts::new(&[]);
        let frame = PxBox {
            left: 0.0,
            top: 0.0,
            right: 200.0,
            bottom: 100.0,
        };
        let label = |text: &str, x: f32, is_first| Label {
            text: text.to_owned(),
            at: [x, 50.0],
            is_first,
        };
        let labels = vec![
            label("滨河社区", 150.0, false),
            label("南苑社区", 152.0, true),
            label("一个名字长得放不下的社区一个名字长得放不下", 100.0, false),
        ];
        let placed = place_labels(&fonts, labels, &mut Vec::new(), frame, 12.0);
        let names: Vec<&str> = placed.iter().map(|(text, ..)| text.as_str()).collect();
        assert_eq!(names, ["南苑社区", "滨河社区"]);
        // No room to the right of it: it stands on the left; the other one above or below.
        assert_eq!(placed[0].2, Align::Right);
        assert_ne!(placed[1].1[1], 50.0);
    }
}
