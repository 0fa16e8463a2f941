//! The chart of the households of the filter: which one, its numbers under the pointer, and the
//! households behind what is clicked.

use super::action::Action;
use super::chart_options;
use super::chart_paint::paint;
use super::opens;
use super::shell::UiState;
use super::theme::{Theme, small_font, strong_font};
use crate::base::digits::grouped;
use crate::jobs::Charted;
use crate::layer::{ChartData, ChartKind, Drawing, Hit, PxBox, Room, chart_is_empty, draw_chart};
use crate::session::{Command, Figure, Inspected, Session, Who};
use crate::words::Lang;
use egui::{
    Button, CursorIcon, Frame, Margin, Pos2, Rect, RichText, Role, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

/// The chart as it was laid out last, and for what.
#[derive(Default)]
pub(super) struct ChartState {
    laid_out: Option<LaidOut>,
    /// Whether the pointer was over an area in the last frame.
    pointed: bool,
}

struct LaidOut {
    chart: Arc<Charted>,
    room: Room,
    lang: Lang,
    drawing: Drawing,
}

/// Draws the charts.
pub(super) fn show(ui: &mut Ui, session: &Session, state: &mut UiState, out: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    ui.set_min_size(ui.available_size());
    ui.painter()
        .hline(ui.max_rect().x_range(), ui.max_rect().top(), theme.line());
    ui.spacing_mut().item_spacing.y = 0.0;
    Frame::new()
        .inner_margin(Margin::symmetric(12, 4))
        .show(ui, |ui| chart_options::show(ui, session, out));
    let Some(chart) = session.results.chart.as_ref() else {
        centered(ui, &session.lang.t("ui.updating"), &[], session, out);
        return;
    };
    if chart_is_empty(&chart.data) {
        empty(ui, session, chart, out);
        return;
    }
    Frame::new()
        .inner_margin(Margin {
            left: 12,
            right: 4,
            top: 2,
            bottom: 0,
        })
        .show(ui, |ui| {
            selected(ui, session, out);
            body(ui, session, chart, state, out);
        });
}

/// The households of the part that was clicked: on the map already, and from here in the list.
fn selected(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let Some(selection) = &session.view.selection else {
        return;
    };
    let lang = session.lang;
    let count = selection.count() as u64;
    let text = lang.with("ui.chart_selected", &[("count", &grouped(count))]);
    let look = (small_font(), Theme::of(ui).accent);
    let figure = Figure::households(count, Who::Selected);
    opens::words(ui, lang, (&text, &text), look, figure, out);
}

fn body(
    ui: &mut Ui,
    session: &Session,
    chart: &Arc<Charted>,
    state: &mut UiState,
    out: &mut Vec<Command>,
) {
    let Some(town) = session.town() else { return };
    let room = Room {
        // The bar of what scrolls stands beside the chart.
        width_px: (ui.available_width() - 12.0).floor(),
        height_px: ui.available_height().floor(),
        grows: true,
    };
    let is_current = chart.generation == town.snapshot.generation;
    let holds = |laid: &LaidOut| {
        laid.room == room && laid.lang == session.lang && Arc::ptr_eq(&laid.chart, chart)
    };
    // Of an older edition the last drawing stays, as its areas may be others by now.
    if is_current && !state.chart.laid_out.as_ref().is_some_and(holds) {
        state.chart.laid_out = Some(LaidOut {
            chart: Arc::clone(chart),
            room,
            lang: session.lang,
            drawing: draw_chart(&chart.data, &town.snapshot, room, session.lang),
        });
    }
    let Some(laid) = &state.chart.laid_out else {
        return;
    };
    let was_pointed = state.chart.pointed;
    let mut pointed = false;
    let kind = chart.spec.kind.code();
    ScrollArea::vertical()
        .id_salt(("chart", kind))
        .auto_shrink([false, false])
        .show(ui, |ui| {
            let size = Vec2::from(laid.drawing.size_px);
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            marks(ui, session, &laid.drawing, rect.min);
            paint(ui, &laid.drawing, rect.min);
            if is_current {
                for (at, hit) in laid.drawing.hits.iter().enumerate() {
                    pointed |= show_hit(ui, session, hit, at, rect.min, out);
                }
            }
        });
    state.chart.pointed = pointed;
    if was_pointed && !pointed {
        out.push(Command::Hover(None));
    }
}

fn placed(at: PxBox, origin: Pos2) -> Rect {
    let corner = origin.to_vec2();
    Rect::from_min_max(pos2(at.left, at.top), pos2(at.right, at.bottom)).translate(corner)
}

/// What is chosen or pointed at on the map is marked here, behind the drawing.
fn marks(ui: &Ui, session: &Session, drawing: &Drawing, origin: Pos2) {
    let theme = Theme::of(ui);
    let mut marked = None;
    for hit in &drawing.hits {
        let Some(area) = hit.area.map(Inspected::Area) else {
            continue;
        };
        // The first box of an area is the whole of its row; its parts follow.
        if marked == hit.area {
            continue;
        }
        marked = hit.area;
        let fill = if session.inspected == Some(area) {
            theme.accent_tint
        } else if session.hovered == Some(area) {
            theme.hover
        } else {
            continue;
        };
        let rect = placed(hit.at, origin).expand2(vec2(4.0, 0.0));
        ui.painter().rect_filled(rect, 4.0, fill);
    }
}

/// One place that can be pointed at; gives whether an area is.
fn show_hit(
    ui: &mut Ui,
    session: &Session,
    hit: &Hit,
    number: usize,
    origin: Pos2,
    out: &mut Vec<Command>,
) -> bool {
    let rect = placed(hit.at, origin);
    if !ui.is_rect_visible(rect) {
        return false;
    }
    let theme = Theme::of(ui);
    let id = ui.scope_id().with(("hit", number));
    let response = ui.interact(rect, id, Sense::click());
    let label = format!("{} {}", hit.name, hit.tip.join(" "));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    if response.hovered() || response.has_focus() {
        let edge = Stroke::new(1.0, theme.accent);
        ui.painter()
            .rect_stroke(rect, 3.0, edge, StrokeKind::Inside);
    }
    if response.clicked() {
        out.push(Command::OpenPart {
            part: hit.part,
            area: hit.area,
        });
    }
    let area = hit.area.map(Inspected::Area);
    let is_pointed = response.hovered() && area.is_some();
    if is_pointed && session.hovered != area {
        out.push(Command::Hover(area));
    }
    response
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_ui_at_pointer(|ui| {
            ui.label(RichText::new(&hit.name).font(strong_font()));
            for line in &hit.tip {
                ui.label(RichText::new(line).font(small_font()));
            }
        });
    is_pointed
}

/// What would be here, and how to get it.
fn empty(ui: &mut Ui, session: &Session, chart: &Charted, out: &mut Vec<Command>) {
    let lang = session.lang;
    let has_members = session
        .town()
        .is_some_and(|town| !town.snapshot.people.is_empty());
    let (key, actions): (&str, &[Action]) = match &*chart.data {
        _ if chart.rows.count() == 0 => ("ui.empty_filter", &[Action::ClearFilter]),
        ChartData::Ages(_) if !has_members => ("ui.chart_no_members", &[Action::Import]),
        ChartData::Coverage(shares) | ChartData::Funnel(shares, _) if shares.areas.is_empty() => {
            ("ui.chart_no_areas", &[Action::Import])
        }
        ChartData::Needs(_) => ("ui.chart_no_needs", &[]),
        _ => ("ui.chart_nobody", &[]),
    };
    centered(ui, &lang.t(key), actions, session, out);
}

fn centered(
    ui: &mut Ui,
    text: &str,
    actions: &[Action],
    session: &Session,
    out: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.3).max(8.0));
        ui.label(RichText::new(text).color(theme.secondary));
        ui.add_space(6.0);
        for action in actions {
            let button = Button::new(action.text(session.lang));
            if ui.add_enabled(action.is_enabled(session), button).clicked()
                && let super::action::Effect::Command(command) = action.effect(session)
            {
                out.push(command);
            }
        }
    });
}

/// The name of a chart on its button.
pub(super) fn kind_text(kind: ChartKind, lang: Lang) -> String {
    lang.t(&format!("chart.kind_{}", kind.code())).into_owned()
}
