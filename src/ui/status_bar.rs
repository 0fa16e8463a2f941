//! State or progress with cancel, coordinates, zoom, counts, palette.

use super::action::Action;
use super::theme::{Theme, small_font};
use super::widgets::{from_right, so_far};
use super::{icon, opens};
use crate::base::digits::grouped;
use crate::jobs::{Lane, Running};
use crate::map::MapView;
use crate::session::{Command, Dialog, Figure, Session, Who};
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
            counts(ui, session, out);
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

/// Shown, filtered, all, not geocoded: each opens. They are laid from the right.
fn counts(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let (Some(town), Some(filtered)) = (session.town(), &session.results.filtered) else {
        return;
    };
    let lang = session.lang;
    let ink = Theme::of(ui).secondary;
    let shown = filtered.order.len() - filtered.not_geocoded;
    let listed = |text: &str| Who::Listed(text.to_owned());
    let all = town.snapshot.quality.households;
    let parts = [
        (
            "ui.count_missing",
            filtered.not_geocoded,
            listed("located:no"),
        ),
        ("ui.count_all", all, Who::Query(String::new(), None)),
        ("ui.count_filtered", filtered.order.len(), listed("")),
        ("ui.count_shown", shown, listed("located:yes")),
    ];
    ui.spacing_mut().item_spacing.x = 5.0;
    for (at, (key, count, who)) in parts.into_iter().enumerate() {
        if at > 0 {
            ui.label(RichText::new("/").font(small_font()).color(ink));
        }
        let text = lang.with(key, &[("count", &grouped(count as u64))]);
        let look = (small_font(), ink);
        let figure = Figure::households(count as u64, who);
        opens::words(ui, lang, (&text, &text), look, figure, out);
    }
}
