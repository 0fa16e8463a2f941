//! Floor 8: the map widget: camera, tiles, painting the layers, picking, mouse tools.

mod base_map;
mod camera;
mod colors;
mod dots;
mod fills;
mod finding;
mod labels;
mod marks;
mod matching;
mod outlines;
mod overlay;
mod pick;
mod places;
mod placing;
mod texture_cache;
mod tools;
mod trial;
mod view;

pub use base_map::BaseMapSource;
pub use camera::ScreenFromMerc;
pub use colors::MapColors;
pub use tools::Tool;
pub use view::MapView;
