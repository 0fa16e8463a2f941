//! The colours that the map is given.

use egui::Color32;

/// The colours of the map's furniture, from the theme.
#[derive(Debug, Clone, Copy)]
pub struct MapColors {
    /// Whether the theme is dark.
    pub dark: bool,
    /// Ground where there is no base map.
    pub land: Color32,
    /// Text on the map.
    pub ink: Color32,
    /// Around text.
    pub halo: Color32,
    /// Boundaries.
    pub outline: Color32,
    /// Floats over the map.
    pub panel: Color32,
    /// Their edge.
    pub hairline: Color32,
    /// Secondary text.
    pub secondary: Color32,
    /// The accent.
    pub accent: Color32,
    /// Data that needs a person; the demonstration mark.
    pub warning: Color32,
    /// Who would go under rules on trial.
    pub leaves: Color32,
    /// A household's dot.
    pub dot: Color32,
    /// The ring around it.
    pub ring: Color32,
    /// What leaves a picture its own colours.
    pub untinted: Color32,
    /// Hatching where there is no data.
    pub hatch: Color32,
}
