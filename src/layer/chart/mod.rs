//! The charts as plain data: what there is, one description of the drawing, and its picture.

mod age_chart;
mod area_chart;
mod bar_rows;
mod drawing;
mod funnel_chart;
mod funnel_labels;
mod ink;
mod need_chart;
mod pen;
mod picture;
mod spec;
mod trend_chart;
mod words;

#[cfg(test)]
mod tests;

pub use age_chart::band_name;
pub use drawing::{Drawing, Hit, Room, Shape, draw_chart};
pub use ink::{Ink, ground};
pub use picture::{ChartSheet, paint_chart};
pub use spec::{ChartData, ChartKind, ChartSpec, TrendMonths};
pub use words::{chart_title, figure_name, is_empty, months_text, trend_of, unit_word};
