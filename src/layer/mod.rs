//! Floor 5: what to draw, as plain data, and the one flat picture of it.

pub mod area_mesh;
pub mod base_style;
pub mod compose;
pub mod heat;
pub mod legend;
pub mod ramp;
pub mod scale_bar;
pub mod text;

mod area_paint;
mod base_kinds;
mod base_names;
mod base_paint;
mod canvas;
mod dot;
mod eligibility;
mod furniture;
mod household_value;
mod legend_paint;
mod list;
mod marks_paint;
mod names;
mod outline;
mod panel;
mod spec;

pub use area_mesh::{AreaMesh, area_mesh};
pub use area_paint::{AreaPaint, Outline};
pub use compose::{Layer, Picture, Raster, compose};
pub use dot::{MANY_DOTS, dot_radius_px};
pub use eligibility::{
    ReasonLine, missing_text, reason_lines, reason_lines_by, unit_text, verdict_word,
};
pub use heat::{Measure, full_scale, heat_image, ratio_image, round_up};
pub use household_value::{field_name, position_source_text, value_text};
pub use legend::{Legend, LegendKind, bandwidth_note};
pub use list::{ListCell, ListField, ListView};
pub use marks_paint::PointPaint;
pub use outline::outline_lines;
pub use ramp::{Palette, Ramp, Rgba, Tone, line_color, palette, point_color};
pub use scale_bar::scale_bar;
pub use spec::{AreaFigure, HeatKind, LayerId, LayerKind, LayerSpec, Scope, suggested_bandwidth_m};
