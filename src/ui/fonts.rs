//! The shipped type: Noto Sans SC in two weights and the icons. Rarer characters come from the
//! system's fonts, which eframe asks for them.

use crate::layer::text::FONT_REGULAR;
use crate::ui::theme::semibold;
use egui::{Context, FontData, FontDefinitions, FontFamily};
use std::collections::BTreeMap;
use std::sync::Arc;

const FONT_SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-SemiBold.ttf");
const FONT_ICONS: &[u8] = include_bytes!("../../assets/fonts/Phosphor.ttf");

/// Gives the window its type.
pub fn install_fonts(ctx: &Context) {
    let named = |name: &str| name.to_owned();
    let mut icons = FontData::from_static(FONT_ICONS);
    // The icons stand a little low beside Noto's wide line.
    icons.tweak.y_offset_factor = 0.06;
    icons.tweak.scale = 1.15;
    let font_data = BTreeMap::from([
        (
            named("regular"),
            Arc::new(FontData::from_static(FONT_REGULAR)),
        ),
        (
            named("semibold"),
            Arc::new(FontData::from_static(FONT_SEMIBOLD)),
        ),
        (named("icons"), Arc::new(icons)),
    ]);
    let regular = vec![named("regular"), named("icons")];
    let families = BTreeMap::from([
        (FontFamily::Proportional, regular.clone()),
        (FontFamily::Monospace, regular),
        // The semibold cut lacks some rare characters; the regular one stands behind it.
        (
            semibold(),
            vec![named("semibold"), named("regular"), named("icons")],
        ),
    ]);
    ctx.set_fonts(FontDefinitions {
        font_data,
        families,
    });
}
