//! The icons of the window, one constant each: characters of the icon font that is shipped
//! (`assets/fonts/Phosphor.ttf`). The font is cut to these, so a new icon needs a new cut:
//! `assets/fonts/README.md` says how.

/// A folded map: the map view, the base map.
pub(super) const MAP_TRIFOLD: &str = "\u{e31a}";
/// A stack of sheets: layers.
pub(super) const STACK: &str = "\u{e466}";
/// An open eye: shown.
pub(super) const EYE: &str = "\u{e220}";
/// A crossed eye: hidden.
pub(super) const EYE_SLASH: &str = "\u{e224}";
/// A magnifying glass: search.
pub(super) const MAGNIFYING_GLASS: &str = "\u{e30c}";
/// A cross: close, remove.
pub(super) const X: &str = "\u{e4f6}";
/// Plus: add, zoom in.
pub(super) const PLUS: &str = "\u{e3d4}";
/// Minus: zoom out.
pub(super) const MINUS: &str = "\u{e32a}";
/// A small angle down: open, unfolded.
pub(super) const CARET_DOWN: &str = "\u{e136}";
/// A small angle up: fold up.
pub(super) const CARET_UP: &str = "\u{e13c}";
/// An arrow up: move up, ascending.
pub(super) const ARROW_UP: &str = "\u{e08e}";
/// An arrow down: move down, descending.
pub(super) const ARROW_DOWN: &str = "\u{e03e}";
/// An open hand: the panning tool.
pub(super) const HAND: &str = "\u{e298}";
/// A dashed box: select by box.
pub(super) const SELECTION: &str = "\u{e69a}";
/// A loop of rope: select by lasso.
pub(super) const LASSO: &str = "\u{edc6}";
/// A ruler: measure a distance.
pub(super) const RULER: &str = "\u{e6b8}";
/// An arrow into a tray: save to this computer.
pub(super) const DOWNLOAD_SIMPLE: &str = "\u{e20c}";
/// An arrow out of a box: export.
pub(super) const EXPORT: &str = "\u{eaf0}";
/// An open folder: open a workspace.
pub(super) const FOLDER_OPEN: &str = "\u{e256}";
/// A sheet with a plus: a new workspace.
pub(super) const FILE_PLUS: &str = "\u{e236}";
/// A gear: settings.
pub(super) const GEAR: &str = "\u{e270}";
/// The moon: the dark theme.
pub(super) const MOON: &str = "\u{e330}";
/// Two scripts: the language.
pub(super) const TRANSLATE: &str = "\u{e4a2}";
/// A triangle with a mark: data that needs a person.
pub(super) const WARNING: &str = "\u{e4e0}";
/// A circle with a mark: something failed.
pub(super) const WARNING_CIRCLE: &str = "\u{e4e2}";
/// An i in a circle: a notice.
pub(super) const INFO: &str = "\u{e2ce}";
/// A tick: chosen.
pub(super) const CHECK: &str = "\u{e182}";
/// A tick in a circle: done.
pub(super) const CHECK_CIRCLE: &str = "\u{e184}";
/// A funnel: the filter.
pub(super) const FUNNEL: &str = "\u{e266}";
/// Lines that grow shorter: the filter's controls.
pub(super) const FUNNEL_SIMPLE: &str = "\u{e268}";
/// Three lines: the menu, the list.
pub(super) const LIST: &str = "\u{e2f0}";
/// A window with a side panel: the inspector.
pub(super) const SIDEBAR: &str = "\u{eab6}";
/// A window with a narrow side panel: the layers panel.
pub(super) const SIDEBAR_SIMPLE: &str = "\u{ec24}";
/// Four corners: show everything.
pub(super) const FRAME_CORNERS: &str = "\u{e626}";
/// Two sheets: copy.
pub(super) const COPY: &str = "\u{e1ca}";
/// A bin: delete.
pub(super) const TRASH: &str = "\u{e4a6}";
/// The command key: the command palette.
pub(super) const COMMAND: &str = "\u{e1c4}";
/// A question mark in a circle: help.
pub(super) const QUESTION: &str = "\u{e3e8}";
/// A clock: waiting, recent.
pub(super) const CLOCK: &str = "\u{e19a}";
/// An arrow turning back: undo.
pub(super) const ARROW_COUNTER_CLOCKWISE: &str = "\u{e038}";
/// An arrow turning on: redo.
pub(super) const ARROW_CLOCKWISE: &str = "\u{e036}";
/// A picture: the map as an image.
pub(super) const IMAGE: &str = "\u{e2ca}";
/// A table: the list as a sheet.
pub(super) const TABLE: &str = "\u{e476}";
/// A box with handles: the extent.
pub(super) const BOUNDING_BOX: &str = "\u{e6ce}";
/// Upright sliders: the layer's settings.
pub(super) const SLIDERS: &str = "\u{e432}";
/// Sliders: the settings of a figure.
pub(super) const SLIDERS_HORIZONTAL: &str = "\u{e434}";
/// A graduation cap: the sample town, training.
pub(super) const GRADUATION_CAP: &str = "\u{e62c}";
/// A crossed ring: not available.
pub(super) const PROHIBIT: &str = "\u{e3de}";
/// A flask: rules and thresholds on trial.
pub(super) const FLASK: &str = "\u{e79e}";
/// An open book: the catalogue of programmes.
pub(super) const BOOK_OPEN: &str = "\u{e0e6}";
/// Bars: charts.
pub(super) const CHART_BAR: &str = "\u{e150}";
/// Two hands that meet: needs and resources.
pub(super) const HANDSHAKE: &str = "\u{e582}";
