//! Which figure areas show, and in which classes.

use super::class_breaks;
use super::forms::LayerForm;
use super::parts::{menu, named_edit, row, segments, warning};
use crate::analysis::ClassMethod;
use crate::layer::AreaFigure;
use crate::session::Session;
use crate::ui::widgets::note;
use egui::Ui;

/// Width of the menus of figures and programmes.
const MENU: f32 = 252.0;

/// Draws the controls of filled areas.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    figure: &mut AreaFigure,
    (method, classes): (&mut ClassMethod, &mut usize),
    form: &mut LayerForm,
) {
    let before = *figure;
    let name = session.lang.t("ui.dialog_layer_figure");
    figure_row(ui, session, &name, &AreaFigure::ALL, figure);
    // Bounds in percent mean nothing to a count, and the other way round.
    if figure.is_share() != before.is_share() && matches!(method, ClassMethod::Manual(_)) {
        *method = ClassMethod::Manual(class_breaks::usual(figure.is_share()));
        form.breaks = None;
    }
    method_rows(ui, session, *figure, method, classes, form);
}

/// One of some figures; and which programme, where it is about one.
pub(super) fn figure_row(
    ui: &mut Ui,
    session: &Session,
    name: &str,
    offered: &[AreaFigure],
    figure: &mut AreaFigure,
) {
    let lang = session.lang;
    row(ui, name, |ui| {
        let options: Vec<_> = offered
            .iter()
            .map(|figure| (*figure, lang.t(figure.word()).into_owned()))
            .collect();
        // Of whichever programme, it is one figure.
        let current = figure.of_programme(None);
        if let Some(chosen) = menu(ui, name, MENU, &options, &current) {
            // The programme stays that of before, if both are about one.
            *figure = chosen.of_programme(figure.programme());
        }
    });
    if let Some(programme) = figure.programme_mut() {
        programme_row(ui, session, programme);
    }
}

/// Which programme: one that has a rule, or all.
pub(super) fn programme_row(ui: &mut Ui, session: &Session, programme: &mut Option<u8>) {
    let lang = session.lang;
    let Some(town) = session.town() else {
        return;
    };
    let name = lang.t("ui.dialog_layer_programme");
    let all = lang.t("ui.dialog_layer_programmes_all").into_owned();
    let terms = &town.snapshot.catalogue.programmes;
    let benefits = town.rules.benefits();
    let named = (0..64_u8)
        .filter(|place| benefits >> place & 1 == 1)
        .filter_map(|place| {
            let term = terms.get(usize::from(place))?;
            Some((Some(place), term.name(lang).to_owned()))
        });
    let options: Vec<_> = [(None, all)].into_iter().chain(named).collect();
    row(ui, &name, |ui| {
        if let Some(chosen) = menu(ui, &name, MENU, &options, programme) {
            *programme = chosen;
        }
    });
}

#[derive(Clone, Copy, PartialEq)]
enum Method {
    Quantile,
    Equal,
    Jenks,
    Manual,
}

fn method_rows(
    ui: &mut Ui,
    session: &Session,
    figure: AreaFigure,
    method: &mut ClassMethod,
    classes: &mut usize,
    form: &mut LayerForm,
) {
    let lang = session.lang;
    let name = lang.t("ui.dialog_layer_method");
    let current = match method {
        ClassMethod::Quantile => Method::Quantile,
        ClassMethod::Equal => Method::Equal,
        ClassMethod::Jenks => Method::Jenks,
        ClassMethod::Manual(_) => Method::Manual,
    };
    row(ui, &name, |ui| {
        let options = [
            (
                Method::Quantile,
                lang.t("ui.dialog_layer_quantile").into_owned(),
            ),
            (Method::Equal, lang.t("ui.dialog_layer_equal").into_owned()),
            (Method::Jenks, lang.t("ui.dialog_layer_jenks").into_owned()),
            (
                Method::Manual,
                lang.t("ui.dialog_layer_manual").into_owned(),
            ),
        ];
        if let Some(chosen) = segments(ui, &name, &options, Some(current)) {
            form.breaks = None;
            *method = match chosen {
                Method::Quantile => ClassMethod::Quantile,
                Method::Equal => ClassMethod::Equal,
                Method::Jenks => ClassMethod::Jenks,
                Method::Manual => ClassMethod::Manual(class_breaks::usual(figure.is_share())),
            };
        }
    });
    match method {
        ClassMethod::Manual(breaks) => manual(ui, session, figure, breaks, form),
        _ => class_count(ui, session, classes),
    }
}

fn class_count(ui: &mut Ui, session: &Session, classes: &mut usize) {
    let name = session.lang.t("ui.dialog_layer_classes");
    row(ui, &name, |ui| {
        let options: Vec<_> = (2..=9_usize)
            .map(|count| (count, count.to_string()))
            .collect();
        ui.spacing_mut().button_padding.x = 8.0;
        if let Some(chosen) = segments(ui, &name, &options, Some(*classes)) {
            *classes = chosen;
        }
    });
}

fn manual(
    ui: &mut Ui,
    session: &Session,
    figure: AreaFigure,
    breaks: &mut Vec<f64>,
    form: &mut LayerForm,
) {
    let lang = session.lang;
    let is_rate = figure.is_share();
    let name = lang.t(if is_rate {
        "ui.dialog_layer_breaks_percent"
    } else {
        "ui.dialog_layer_breaks"
    });
    row(ui, &name, |ui| {
        let draft = form
            .breaks
            .get_or_insert_with(|| class_breaks::text(breaks, is_rate));
        let width = ui.available_width();
        let edit = named_edit(ui, &name, "", draft, width);
        match class_breaks::parse(draft, is_rate) {
            Some(typed) => {
                note(ui, lang.t("ui.dialog_layer_breaks_note"));
                if edit.lost_focus() && typed != *breaks {
                    *breaks = typed;
                }
            }
            None => warning(ui, &lang.t("ui.dialog_layer_breaks_bad")),
        }
    });
}
