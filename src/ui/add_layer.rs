//! The button that adds a layer, and what it offers: by kind, in two columns, so that all of it is seen
//! at once in a low window too.

use super::icon;
use super::widgets::{icon_button, section};
use crate::analysis::ClassMethod;
use crate::layer::{AreaFigure, HeatKind, LayerKind};
use crate::model::AreaLevel;
use crate::session::{Command, Session};
use crate::snapshot::Unsettled;
use egui::{Button, Popup, Ui, vec2};

/// Width of a column.
const COLUMN: f32 = 200.0;

/// A heading's key, and what stands below it.
type Group = (&'static str, Vec<LayerKind>);

/// Draws the button.
pub(super) fn show(ui: &mut Ui, session: &Session, out: &mut Vec<Command>) {
    let add = icon_button(ui, icon::PLUS, &session.lang.t("ui.add_layer"), false, true);
    Popup::menu(&add).show(|ui| {
        ui.horizontal_top(|ui| {
            for groups in offered(session) {
                ui.vertical(|ui| {
                    ui.set_width(COLUMN);
                    ui.spacing_mut().item_spacing.y = 0.0;
                    for (heading, kinds) in groups {
                        section(ui, &session.lang.t(heading));
                        ui.add_space(2.0);
                        for kind in kinds {
                            offer(ui, session, kind, out);
                        }
                    }
                });
            }
        });
    });
}

fn offer(ui: &mut Ui, session: &Session, kind: LayerKind, out: &mut Vec<Command>) {
    let lang = session.lang;
    let name = lang.t(kind.word());
    let button = Button::new(&*name)
        .frame_when_inactive(false)
        .wrap_mode(egui::TextWrapMode::Extend)
        .min_size(vec2(COLUMN, 26.0));
    let response = ui.add(button);
    // The same figure is offered as a heat map and by area: only the kind tells them apart.
    let label = format!("{name}  {}", lang.t(kind.kind_word()));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::MenuItem, true, &label));
    if response.clicked() {
        out.push(Command::AddLayer(kind));
        ui.close();
    }
}

/// The kinds of layer that can be added, with sensible settings, a list a column.
fn offered(session: &Session) -> [Vec<Group>; 2] {
    let bandwidth_m = session
        .town()
        .map_or(150.0, |town| town.suggested_bandwidth_m());
    let heat = |kind| LayerKind::heat(kind, bandwidth_m);
    let area = |figure| LayerKind::Areas {
        figure,
        level: AreaLevel::Grid,
        method: ClassMethod::Quantile,
        classes: 5,
        labels: false,
    };
    let outlines = |level, labels| LayerKind::Outlines { level, labels };
    let unsettled = Unsettled::ALL;
    let mut heats = vec![heat(HeatKind::UnmetLoad)];
    heats.extend(unsettled.map(|what| heat(HeatKind::Unsettled(what, None))));
    heats.extend(
        [
            HeatKind::Unmatched,
            HeatKind::Reach,
            HeatKind::FullCoverage,
            HeatKind::Households,
        ]
        .map(heat),
    );
    let places = vec![
        LayerKind::Points { of_concern: true },
        LayerKind::Points { of_concern: false },
        LayerKind::Resources,
    ];
    let mut areas = vec![
        area(AreaFigure::Reach),
        area(AreaFigure::FullCoverage),
        area(AreaFigure::Programme(None)),
    ];
    areas.extend(unsettled.map(|what| area(AreaFigure::Unsettled(what, None))));
    areas.extend([AreaFigure::UnmetPerKm2, AreaFigure::OpenNeeds].map(area));
    let compare = vec![
        LayerKind::Difference {
            figure: AreaFigure::Reach,
            level: AreaLevel::Grid,
            since: session.since(),
            labels: false,
        },
        LayerKind::hot_spots(AreaLevel::Grid),
        LayerKind::bivariate(AreaLevel::Grid),
    ];
    let lines = vec![
        outlines(AreaLevel::Grid, false),
        outlines(AreaLevel::Community, true),
    ];
    [
        vec![
            ("ui.add_layer_heat", heats),
            ("ui.add_layer_points", places),
            ("ui.add_layer_lines", lines),
        ],
        vec![
            ("ui.add_layer_areas", areas),
            ("ui.add_layer_compare", compare),
        ],
    ]
}
