//! A chart as a list of things to draw, in points of 96 dpi from its upper left corner: laid out
//! once, painted by the window and on the CPU alike.

use super::ink::Ink;
use super::pen::Pen;
use super::spec::ChartData;
use super::{age_chart, area_chart, funnel_chart, need_chart, trend_chart};
use crate::analysis::ChartPart;
use crate::layer::canvas::PxBox;
use crate::layer::text::{Align, Fonts};
use crate::snapshot::{AreaIndex, Snapshot};
use crate::words::Lang;

/// One thing to draw.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A filled box.
    Bar {
        /// Where.
        at: PxBox,
        /// Its colour.
        ink: Ink,
    },
    /// A line through points.
    Line {
        /// The points.
        points: Vec<[f32; 2]>,
        /// Its colour.
        ink: Ink,
        /// Its width.
        width: f32,
        /// Whether it is dashed.
        dashed: bool,
    },
    /// What lies between two lines with the same places from left to right.
    Band {
        /// The upper line.
        upper: Vec<[f32; 2]>,
        /// The lower line.
        lower: Vec<[f32; 2]>,
        /// Its colour.
        ink: Ink,
    },
    /// A filled circle with a ring of the ground around it.
    Dot {
        /// Its middle.
        at: [f32; 2],
        /// Its radius.
        radius: f32,
        /// Its colour.
        ink: Ink,
    },
    /// A line of text whose middle line passes through the place.
    Text {
        /// The text.
        text: String,
        /// Where.
        at: [f32; 2],
        /// Where in the text that place is.
        align: Align,
        /// Height of the type.
        size: f32,
        /// Its colour.
        ink: Ink,
        /// Whether it is bold.
        bold: bool,
    },
}

/// A place that can be pointed at. Where two overlap, the later one is meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Where.
    pub at: PxBox,
    /// The households that are behind it.
    pub part: ChartPart,
    /// The area that it stands for.
    pub area: Option<AreaIndex>,
    /// What it is, in one line.
    pub name: String,
    /// Its numbers, a line each.
    pub tip: Vec<String>,
}

/// A chart, laid out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drawing {
    /// Width and height.
    pub size_px: [f32; 2],
    /// From the lowest to the highest.
    pub shapes: Vec<Shape>,
    /// What can be pointed at.
    pub hits: Vec<Hit>,
    /// Entries that had no room; the numbers have them.
    pub left_out: usize,
}

/// How much room there is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    /// Width.
    pub width_px: f32,
    /// Height.
    pub height_px: f32,
    /// Whether the drawing may be higher than that: the window scrolls, a picture does not.
    pub grows: bool,
}

/// Lays a chart out.
pub fn draw_chart(data: &ChartData, town: &Snapshot, room: Room, lang: Lang) -> Drawing {
    let fonts = Fonts::new(&[]);
    let mut pen = Pen::new(&fonts, lang, room);
    match data {
        ChartData::Coverage(shares) => area_chart::draw(&mut pen, shares, town),
        ChartData::Needs(needs) => need_chart::draw(&mut pen, needs, town),
        ChartData::Ages(ages) => age_chart::draw(&mut pen, ages),
        ChartData::Trend(line) => trend_chart::draw(&mut pen, line),
        ChartData::Funnel(shares, funnel) => {
            funnel_chart::draw(&mut pen, shares, funnel.as_ref(), town);
        }
    }
    pen.drawing
}
