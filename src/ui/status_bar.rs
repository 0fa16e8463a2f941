//! State or progress with cancel, coordinates, zoom, counts, palette.

use super::action::Action;
use super::icon;
use super::theme::{Theme, small_font};
use super::widgets::{from_right, so_far};
use crate::base::digits::grouped;
use crate::jobs::{Lane, Running};
use crate::map::MapView;
use crate::session::{Command, Dialog, Session};
use egui::{Align, Button, Layout, ProgressBar, RichText, Ui};

/// Draws the bar.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    running: &[Running],
    map: &MapView,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let whole = ui.max_rect().expand2(egui::vec2(12.0, 0.0));
    ui.painter()
        .hline(whole.x_range(), whole.top(), theme.line());
    let say = |ui: &mut Ui, text: String| {
        ui.label(
            RichText::new(text)
                .font(small_font())
                .color(theme.secondary),
        )
    };
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        ui.spacing_mut().interact_size.y = 18.0;
        ui.spacing_mut().button_padding = egui::vec2(4.0, 0.0);
        state(ui, session, running, out);
        if session.document.is_some() {
            if let Some(at) = map.pointer_lonlat(ui.ctx()) {
                say(ui, format!("{:.5}, {:.5}", at.lon, at.lat));
            }
            say(
                ui,
                session
                    .lang
                    .with("ui.zoom_level", &[("level", &format!("{:.1}", map.zoom()))]),
            );
        }
        from_right(ui, |ui| {
            let palette =
                RichText::new(Action::Palette.tooltip(session.lang, ui.ctx())).font(small_font());
            if ui
                .add(Button::new(palette.color(theme.secondary)).frame(false))
                .clicked()
            {
                out.push(Command::Show(Dialog::Palette));
            }
            if let Some(text) = counts(session) {
                say(ui, text);
            }
        });
    });
    if session.is_updating() {
        // A thin line says that the picture is about to change; nothing else moves.
        let line = egui::Rect::from_min_size(whole.min, egui::vec2(whole.width() * 0.35, 2.0));
        ui.painter().rect_filled(line, 0.0, theme.accent);
    }
}

fn state(ui: &mut Ui, session: &Session, running: &[Running], out: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let slow = running.iter().find(|running| {
        matches!(
            running.lane,
            Lane::Workspace
                | Lane::Export
                | Lane::Check
                | Lane::Lists
                | Lane::Changes
                | Lane::Chart
        )
    });
    let Some(slow) = slow else {
        let key = if session.is_updating() {
            "ui.updating"
        } else {
            "ui.ready"
        };
        ui.label(
            RichText::new(lang.t(key))
                .font(small_font())
                .color(theme.secondary),
        );
        return;
    };
    let key = if slow.lane == Lane::Export {
        "ui.exporting"
    } else {
        "ui.working"
    };
    let share = slow.progress.fraction();
    let text = so_far(share);
    ui.label(
        RichText::new(format!("{} {text}", lang.t(key)))
            .font(small_font())
            .color(theme.text),
    );
    ui.add(
        ProgressBar::new(share.unwrap_or(0.0))
            .desired_width(140.0)
            .desired_height(5.0)
            .fill(theme.accent),
    );
    let cancel = RichText::new(format!("{} {}", icon::X, lang.t("ui.cancel"))).font(small_font());
    if ui.add(Button::new(cancel).frame(false)).clicked() {
        out.push(Command::Cancel(slow.lane));
    }
    ui.ctx()
        .request_repaint_after(std::time::Duration::from_millis(80));
}

/// Shown, filtered, all, not geocoded.
fn counts(session: &Session) -> Option<String> {
    let town = session.town()?;
    let filtered = session.results.filtered.as_ref()?;
    let shown = filtered.order.len() - filtered.not_geocoded;
    let say = |number: usize| grouped(number as u64);
    Some(session.lang.with(
        "ui.counts",
        &[
            ("shown", &say(shown)),
            ("filtered", &say(filtered.order.len())),
            ("all", &say(town.snapshot.quality.households)),
            ("missing", &say(filtered.not_geocoded)),
        ],
    ))
}
