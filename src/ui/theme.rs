//! Every colour of the window, and the sizes that repeat.

use crate::map::MapColors;
use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle,
    Ui, Visuals, vec2,
};

/// The colours of one theme.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    /// Whether it is dark.
    pub dark: bool,
    /// Behind lists and fields.
    pub background: Color32,
    /// Side panels.
    pub panel: Color32,
    /// Lines of one pixel in place of frames.
    pub hairline: Color32,
    /// Text.
    pub text: Color32,
    /// Secondary text.
    pub secondary: Color32,
    /// The one accent.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Its tint for what is selected.
    pub accent_tint: Color32,
    /// What is under the pointer.
    pub hover: Color32,
    /// Data that needs a person.
    pub warning: Color32,
    /// What failed.
    pub error: Color32,
    /// Covered, in bars.
    pub covered: Color32,
    /// Not covered, in bars.
    pub gap: Color32,
    /// The part of a score that gaps make, beside the needs.
    pub gap_deep: Color32,
    /// The middle part of a score, in bars.
    pub middle: Color32,
    /// The part of a score that waiting makes.
    pub waiting: Color32,
    /// The part of a score that the place makes.
    pub hot_spot: Color32,
    /// The empty part of a bar.
    pub track: Color32,
    /// Ground where there is no base map.
    land: Color32,
    map_outline: Color32,
    map_halo: Color32,
}

const LIGHT: Theme = Theme {
    dark: false,
    background: Color32::from_rgb(0xff, 0xff, 0xff),
    panel: Color32::from_rgb(0xf7, 0xf8, 0xf9),
    hairline: Color32::from_rgb(0xe2, 0xe5, 0xe9),
    text: Color32::from_rgb(0x1f, 0x29, 0x33),
    secondary: Color32::from_rgb(0x5f, 0x6a, 0x78),
    accent: Color32::from_rgb(0x0f, 0x76, 0x6e),
    on_accent: Color32::from_rgb(0xff, 0xff, 0xff),
    accent_tint: Color32::from_rgb(0xe3, 0xf1, 0xef),
    hover: Color32::from_rgb(0xee, 0xf0, 0xf2),
    warning: Color32::from_rgb(0xb4, 0x53, 0x09),
    error: Color32::from_rgb(0xb9, 0x1c, 0x1c),
    covered: Color32::from_rgb(0x1b, 0x9a, 0xaa),
    gap: Color32::from_rgb(0xd1, 0x34, 0x5b),
    gap_deep: Color32::from_rgb(0x7a, 0x0f, 0x3c),
    middle: Color32::from_rgb(0xf4, 0x84, 0x5f),
    waiting: Color32::from_rgb(0xe0, 0xb0, 0x2e),
    hot_spot: Color32::from_rgb(0x5b, 0x5b, 0xc4),
    track: Color32::from_rgb(0xe2, 0xe5, 0xe9),
    land: Color32::from_rgb(0xf4, 0xf3, 0xef),
    map_outline: Color32::from_rgb(0x7a, 0x85, 0x90),
    map_halo: Color32::from_rgb(0xff, 0xff, 0xff),
};

const DARK: Theme = Theme {
    dark: true,
    background: Color32::from_rgb(0x16, 0x19, 0x1d),
    panel: Color32::from_rgb(0x1c, 0x20, 0x25),
    hairline: Color32::from_rgb(0x2c, 0x32, 0x3a),
    text: Color32::from_rgb(0xe6, 0xe9, 0xed),
    secondary: Color32::from_rgb(0x9a, 0xa5, 0xb1),
    accent: Color32::from_rgb(0x2a, 0xa1, 0x98),
    on_accent: Color32::from_rgb(0x08, 0x1a, 0x19),
    accent_tint: Color32::from_rgb(0x20, 0x35, 0x3a),
    hover: Color32::from_rgb(0x26, 0x2b, 0x32),
    warning: Color32::from_rgb(0xf5, 0x9e, 0x0b),
    error: Color32::from_rgb(0xf8, 0x71, 0x71),
    covered: Color32::from_rgb(0x1b, 0x9a, 0xaa),
    gap: Color32::from_rgb(0xd1, 0x34, 0x5b),
    gap_deep: Color32::from_rgb(0x8f, 0x2a, 0x57),
    middle: Color32::from_rgb(0xf4, 0x84, 0x5f),
    waiting: Color32::from_rgb(0xe8, 0xbf, 0x4a),
    hot_spot: Color32::from_rgb(0x8c, 0x8c, 0xf0),
    track: Color32::from_rgb(0x2c, 0x32, 0x3a),
    land: Color32::from_rgb(0x22, 0x27, 0x2d),
    map_outline: Color32::from_rgb(0x88, 0x93, 0xa0),
    map_halo: Color32::from_rgb(0x1a, 0x1e, 0x23),
};

/// A household's dot, in both themes.
const DOT: Color32 = Color32::from_rgb(0xb9, 0x1c, 0x2e);

/// Height of the top bar in points.
pub(super) const TOP_BAR: f32 = 46.0;
/// Height of the status bar.
pub(super) const STATUS_BAR: f32 = 24.0;
/// Width of the layers panel.
pub(super) const LEFT_PANEL: f32 = 272.0;
/// Width of the inspector.
pub(super) const RIGHT_PANEL: f32 = 320.0;
/// Height of the list.
pub(super) const LIST_PANEL: f32 = 248.0;
/// Height of a row.
pub(super) const ROW: f32 = 29.0;
/// Under this width the inspector lies over the map.
pub(super) const NARROW: f32 = 1100.0;

/// The family of headings.
pub(super) fn semibold() -> FontFamily {
    FontFamily::Name("semibold".into())
}

/// The type of titles: 17 points, semibold.
pub(super) fn title_font() -> FontId {
    FontId::new(17.0, semibold())
}

/// The type of the one headline figure: 28 points, semibold.
pub(super) fn headline_font() -> FontId {
    FontId::new(28.0, semibold())
}

/// Body type, semibold.
pub(super) fn strong_font() -> FontId {
    FontId::new(13.0, semibold())
}

/// Body type.
pub(super) fn body_font() -> FontId {
    FontId::proportional(13.0)
}

/// Secondary type.
pub(super) fn small_font() -> FontId {
    FontId::proportional(12.0)
}

impl Theme {
    /// The theme of a window.
    pub fn of(ui: &Ui) -> Self {
        if ui.visuals().dark_mode { DARK } else { LIGHT }
    }

    /// The theme of what is drawn next, before there is a place to draw in.
    pub(super) fn of_ctx(ctx: &Context) -> Self {
        if ctx.global_style().visuals.dark_mode {
            DARK
        } else {
            LIGHT
        }
    }

    /// What lies over the window behind a dialog.
    pub(super) fn veil(&self) -> Color32 {
        if self.dark {
            self.background.gamma_multiply(0.45)
        } else {
            self.text.gamma_multiply(0.24)
        }
    }

    /// The colours of the map's furniture.
    pub fn map_colors(&self) -> MapColors {
        MapColors {
            dark: self.dark,
            land: self.land,
            ink: self.text,
            halo: self.map_halo,
            // Dashes in the dark would outshine what lies below them.
            outline: if self.dark {
                self.map_outline.gamma_multiply(0.65)
            } else {
                self.map_outline
            },
            panel: self.background,
            hairline: self.hairline,
            secondary: self.secondary,
            accent: self.accent,
            warning: self.warning,
            leaves: self.gap,
            dot: DOT,
            ring: Color32::WHITE,
            untinted: Color32::WHITE,
            hatch: self.map_outline.gamma_multiply(0.6),
        }
    }

    /// A hairline.
    pub fn line(&self) -> Stroke {
        Stroke::new(1.0, self.hairline)
    }

    fn visuals(&self) -> Visuals {
        let mut visuals = if self.dark {
            Visuals::dark()
        } else {
            Visuals::light()
        };
        let corner = CornerRadius::same(6);
        visuals.override_text_color = None;
        visuals.panel_fill = self.panel;
        visuals.window_fill = self.background;
        visuals.window_stroke = self.line();
        visuals.window_corner_radius = CornerRadius::same(8);
        visuals.menu_corner_radius = CornerRadius::same(8);
        visuals.extreme_bg_color = self.background;
        visuals.text_edit_bg_color = Some(self.background);
        visuals.faint_bg_color = self.panel;
        visuals.weak_text_color = Some(self.secondary);
        visuals.hyperlink_color = self.accent;
        visuals.warn_fg_color = self.warning;
        visuals.error_fg_color = self.error;
        visuals.selection.bg_fill = self.accent_tint;
        visuals.selection.stroke = Stroke::new(1.0, self.accent);
        visuals.slider_trailing_fill = true;
        visuals.indent_has_left_vline = false;
        visuals.window_shadow = Shadow {
            offset: [0, 6],
            blur: 24,
            spread: 0,
            color: Color32::from_black_alpha(40),
        };
        visuals.popup_shadow = Shadow {
            offset: [0, 4],
            blur: 12,
            spread: 0,
            color: Color32::from_black_alpha(28),
        };
        let widgets = &mut visuals.widgets;
        for (look, fill, edge) in [
            (&mut widgets.noninteractive, self.panel, self.hairline),
            (&mut widgets.inactive, self.background, self.hairline),
            (&mut widgets.hovered, self.hover, self.hairline),
            (&mut widgets.active, self.accent_tint, self.accent),
            (&mut widgets.open, self.hover, self.hairline),
        ] {
            look.bg_fill = fill;
            look.weak_bg_fill = fill;
            look.bg_stroke = Stroke::new(1.0, edge);
            look.fg_stroke = Stroke::new(1.0, self.text);
            look.corner_radius = corner;
            look.expansion = 0.0;
        }
        // What a slider has passed and a tick in a box: the accent, so that they are seen.
        widgets.inactive.bg_fill = self.track;
        visuals
    }
}

/// Sets sizes, spacing and colours of both themes.
pub fn install_theme(ctx: &Context) {
    for (which, theme) in [(egui::Theme::Light, LIGHT), (egui::Theme::Dark, DARK)] {
        ctx.style_mut_of(which, |style| set_style(style, &theme));
    }
}

fn set_style(style: &mut Style, theme: &Theme) {
    style.visuals = theme.visuals();
    style.text_styles = [
        (TextStyle::Small, small_font()),
        (TextStyle::Body, body_font()),
        (TextStyle::Button, body_font()),
        (TextStyle::Monospace, FontId::proportional(12.5)),
        (TextStyle::Heading, title_font()),
    ]
    .into();
    style.spacing.item_spacing = vec2(8.0, 6.0);
    style.spacing.button_padding = vec2(10.0, 5.0);
    style.spacing.interact_size = vec2(28.0, 28.0);
    style.spacing.window_margin = Margin::same(16);
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.combo_width = 60.0;
    style.spacing.indent = 26.0;
    style.spacing.slider_rail_height = 4.0;
    style.spacing.tooltip_width = 320.0;
    style.animation_time = 0.0;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.4;
}
