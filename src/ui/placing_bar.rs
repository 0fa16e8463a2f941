//! The bar over the map while a household is being placed: who, where it should be, what next.

use super::icon;
use super::theme::{Theme, body_font, small_font, strong_font};
use super::widgets::{elided, icon_button};
use crate::base::digits::grouped;
use crate::layer::{ListField, ListView};
use crate::session::{Command, Placing, Session};
use egui::{
    Align2, Area, Context, CornerRadius, Frame, Id, Margin, Order, Rect, RichText, Sense, Ui, pos2,
    vec2,
};

/// The bar is no wider than this.
const MOST_WIDTH: f32 = 560.0;

/// Draws the bar, if a household is in hand.
pub(super) fn show(ctx: &Context, session: &Session, map: Rect, out: &mut Vec<Command>) {
    let (Some(placing), Some(view)) = (session.placing, session.list_view()) else {
        return;
    };
    let lang = session.lang;
    // Below the tools and the zoom, where it hides neither.
    let at = pos2(map.center().x, map.top() + 60.0);
    Area::new(Id::unique("placing"))
        .fixed_pos(at)
        .pivot(Align2::CENTER_TOP)
        .order(Order::Middle)
        .accessible_name(lang.t("ui.placing_name"))
        .show(ctx, |ui| {
            let theme = Theme::of(ui);
            let frame = Frame::new()
                .fill(theme.background)
                .stroke(egui::Stroke::new(1.0, theme.accent))
                .corner_radius(CornerRadius::same(8))
                .inner_margin(Margin {
                    left: 14,
                    right: 8,
                    top: 8,
                    bottom: 8,
                });
            frame.show(ui, |ui| {
                let width = MOST_WIDTH.min(map.width() - 48.0);
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 10.0;
                    let buttons = if placing.goes_on { 150.0 } else { 90.0 };
                    who(ui, session, &view, placing, width - buttons);
                    if placing.goes_on && ui.button(lang.t("ui.placing_skip")).clicked() {
                        out.push(Command::SkipPlacing);
                    }
                    let cancel = lang.t("ui.placing_stop");
                    if icon_button(ui, icon::X, &cancel, false, true).clicked() {
                        out.push(Command::StopPlacing);
                    }
                });
            });
        });
}

/// Two lines: what to click, and what is known of where.
fn who(ui: &mut Ui, session: &Session, view: &ListView<'_>, placing: Placing, room: f32) {
    let theme = Theme::of(ui);
    let lang = session.lang;
    let name = [ListField::HeadName, ListField::HouseholdId]
        .into_iter()
        .map(|field| view.cell(placing.row, field).text())
        .find(|text| !text.is_empty())
        .unwrap_or_default();
    let title = lang.with("ui.placing_click", &[("name", &name)]);
    let mut known = vec![view.cell(placing.row, ListField::Address).text()];
    let area = placing.area.get();
    let area = area.and_then(|at| view.snapshot.areas.name.get(at).cloned());
    known.extend(area.map(|area| lang.with("ui.placing_area", &[("area", &area)])));
    if placing.goes_on {
        let left = grouped(session.left_to_place() as u64);
        known.push(lang.with("ui.placing_left", &[("count", &left)]));
    }
    known.retain(|text| !text.is_empty());
    let known = known.join("  ·  ");
    let title = elided(ui, &title, strong_font(), theme.text, room);
    let line = elided(ui, &known, small_font(), theme.secondary, room);
    let size = vec2(
        title.size().x.max(line.size().x),
        title.size().y + line.size().y + 2.0,
    );
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let name = format!("{} {known}", title.text());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &name));
    let below = rect.left_top() + vec2(0.0, title.size().y + 2.0);
    ui.painter().galley(rect.left_top(), title, theme.text);
    ui.painter().galley(below, line, theme.secondary);
    if !known.is_empty() {
        response.on_hover_ui(|ui| {
            ui.label(RichText::new(known).font(body_font()));
        });
    }
}
