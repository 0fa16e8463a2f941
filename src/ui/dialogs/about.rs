//! About the program.

use super::parts::fact;
use super::sheet::Sheet;
use crate::session::{Command, Session};
use crate::ui::icon;
use crate::ui::theme::{Theme, semibold};
use crate::ui::widgets::note;
use egui::{Context, RichText};

/// Draws the dialog.
pub(super) fn show(ctx: &Context, session: &Session, out: &mut Vec<Command>) {
    let lang = session.lang;
    Sheet::new("about", lang.t("ui.dialog_about_title"), 500.0).show_and_close(
        ctx,
        session,
        out,
        |ui, _| {
            let theme = Theme::of(ui);
            ui.horizontal(|ui| {
                ui.label(
                    RichText::new(icon::MAP_TRIFOLD)
                        .size(34.0)
                        .color(theme.accent),
                );
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    ui.label(
                        RichText::new("民情地图 · Livelihood Map")
                            .size(17.0)
                            .family(semibold()),
                    );
                    note(
                        ui,
                        lang.with(
                            "ui.dialog_about_version",
                            &[("version", env!("CARGO_PKG_VERSION"))],
                        ),
                    );
                });
            });
            ui.add_space(4.0);
            ui.label(lang.t("ui.dialog_about_what"));
            ui.add_space(6.0);
            fact(ui, &lang.t("ui.dialog_about_licence"), "MIT / Apache-2.0");
            fact(
                ui,
                &lang.t("ui.dialog_about_fonts"),
                &lang.t("ui.dialog_about_fonts_text"),
            );
            fact(
                ui,
                &lang.t("ui.dialog_about_sample"),
                &lang.t("ui.dialog_about_sample_text"),
            );
            fact(
                ui,
                &lang.t("ui.dialog_about_network"),
                &lang.t("ui.dialog_about_network_text"),
            );
        },
    );
}
