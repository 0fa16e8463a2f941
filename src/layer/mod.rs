//! Floor 5: what to draw, as plain data, and the one flat picture of it.

pub mod area_mesh;
pub mod base_style;
pub mod compose;
pub mod heat;
pub mod legend;
pub mod ramp;
pub mod scale_bar;
pub mod text;

mod area_figure;
mod area_paint;
mod base_kinds;
mod base_names;
mod base_paint;
mod bivariate_paint;
mod canvas;
mod card;
mod chart;
mod class_colors;
mod diverging;
mod dot;
mod eligibility;
mod fact_origin;
mod furniture;
mod hot_spot_words;
mod household_value;
mod legend_paint;
mod list;
mod marks_paint;
mod names;
mod outline;
mod panel;
mod past_lines;
mod past_values;
mod place_mark;
mod spec;

pub use area_figure::{
    AreaFigure, FigureSource, Measured, caution, rate_form_note, rate_form_word,
};
pub use area_mesh::{AreaMesh, area_mesh};
pub use area_paint::{AreaPaint, Outline};
pub use canvas::PxBox;
pub use card::{CardLine, CardView, need_status_name, origin_text, urgency_name};
pub use chart::{
    ChartData, ChartKind, ChartSheet, ChartSpec, Drawing, Hit, Ink, Room, Shape, TrendMonths,
    band_name, chart_title, draw_chart, figure_name, ground, is_empty as chart_is_empty,
    months_text, paint_chart, trend_of, unit_word,
};
pub use class_colors::{
    bivariate_classes, bivariate_color, few_color, hot_spot_classes, hot_spot_color,
};
pub use compose::{Layer, Picture, Raster, compose};
pub use diverging::{DIFFERENCE_CLASSES, difference_class, difference_colors, difference_step};
pub use dot::{MANY_DOTS, dot_radius_px};
pub use eligibility::{
    FactLine, ReasonLine, missing_text, reason_lines, reason_lines_by, unit_text, verdict_word,
};
pub use fact_origin::FactOrigins;
pub use heat::{Measure, full_scale, heat_image, ratio_image, round_up};
pub use hot_spot_words::{
    bivariate_word, hot_spot_method_word, hot_spot_notes, hot_spot_word, neighbours_text, p_text,
};
pub use household_value::{field_name, position_source_text, value_text};
pub use legend::{BivariateLegend, Legend, LegendKind, bandwidth_note};
pub use list::{ListCell, ListField, ListView, due_name};
pub use marks_paint::{MarkPaint, PointPaint};
pub use outline::outline_lines;
pub use past_lines::{PastLine, ValueChange, past_members};
pub use place_mark::{MarkShape, PLACE_MARK_PX, PlaceMark};
pub use ramp::{Palette, Ramp, Rgba, Tone, ink_on, line_color, palette, point_color};
pub use scale_bar::scale_bar;
pub use spec::{HeatKind, LayerId, LayerKind, LayerSpec, Scope, suggested_bandwidth_m};
