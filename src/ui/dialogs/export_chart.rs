//! The chart to export: as a picture or as its numbers.

use super::parts::{path_line, row, segments, typed_path};
use super::sheet::{Footer, Outcome, Primary, Sheet};
use crate::jobs::ChartFormat;
use crate::layer::chart_title;
use crate::session::{ChartExport, Command, Session};
use crate::ui::picker::Purpose;
use crate::ui::shell::UiState;
use crate::ui::widgets::note;
use egui::Context;
use std::path::{Path, PathBuf};

/// Width and height of the picture, in points; it grows where the chart is higher.
const SIZE_PX: [u32; 2] = [1000, 640];

/// Draws the dialog.
pub(super) fn show(ctx: &Context, session: &Session, state: &mut UiState, out: &mut Vec<Command>) {
    let lang = session.lang;
    if state.forms.chart.scale == 0 {
        state.forms.chart.scale = 2;
    }
    let sheet = Sheet::new("export chart", lang.t("ui.dialog_chart_title"), 600.0);
    let outcome = sheet.show(ctx, session, |ui| {
        if let (Some(chart), Some(town)) = (&session.results.chart, session.town()) {
            note(
                ui,
                chart_title(&chart.spec, &chart.data, &town.snapshot, lang),
            );
        }
        let format = ChartFormat::of_path(Path::new(&typed_path(&state.forms.chart.path))).ok();
        let name = lang.t("ui.dialog_export_format");
        row(ui, &name, |ui| {
            let options = [
                (ChartFormat::Png, "ui.dialog_chart_png"),
                (ChartFormat::Xlsx, "ui.dialog_chart_xlsx"),
                (ChartFormat::Csv, "ui.dialog_chart_csv"),
            ]
            .map(|(format, key)| (format, lang.t(key).into_owned()));
            if let Some(format) = segments(ui, &name, &options, format) {
                let path = PathBuf::from(typed_path(&state.forms.chart.path));
                let path = path.with_extension(format.extension());
                state.forms.chart.path = path.display().to_string();
            }
        });
        let name = lang.t("ui.dialog_file");
        row(ui, &name, |ui| {
            let (_, choose) = path_line(ui, lang, &name, &mut state.forms.chart.path);
            if choose {
                let path = PathBuf::from(typed_path(&state.forms.chart.path));
                let suggested = path.file_name().unwrap_or_default().to_string_lossy();
                let title = lang.t("ui.dialog_chart_title").into_owned();
                let wake = ui.ctx().clone();
                state
                    .picker
                    .ask(Purpose::ExportChart, title, &suggested, wake);
            }
        });
        if format == Some(ChartFormat::Png) {
            let name = lang.t("ui.dialog_picture_size");
            row(ui, &name, |ui| {
                let options = [1_u32, 2, 3].map(|scale| {
                    let width = SIZE_PX[0] * scale;
                    (scale, format!("{scale}×  {width} px"))
                });
                if let Some(scale) = segments(ui, &name, &options, Some(state.forms.chart.scale)) {
                    state.forms.chart.scale = scale;
                }
            });
            note(ui, lang.t("ui.dialog_chart_picture_note"));
        } else {
            note(ui, lang.t("ui.dialog_chart_numbers_note"));
        }
        Footer {
            primary: Some(Primary {
                text: lang.t("ui.dialog_chart_go").into_owned(),
                refusal: refusal(session, state),
            }),
            ..Footer::default()
        }
    });
    match outcome {
        Outcome::Open | Outcome::Other(_) => {}
        Outcome::Close => out.push(Command::CloseDialog),
        Outcome::Primary => out.push(Command::ExportChart(ChartExport {
            path: PathBuf::from(typed_path(&state.forms.chart.path)),
            size_px: SIZE_PX,
            scale: state.forms.chart.scale,
        })),
    }
}

fn refusal(session: &Session, state: &UiState) -> Option<String> {
    let path = PathBuf::from(typed_path(&state.forms.chart.path));
    let key = if session.results.chart.is_none() {
        "ui.dialog_export_not_ready"
    } else if session.exporting {
        "ui.dialog_busy"
    } else if !path.is_absolute() {
        "ui.dialog_export_no_path"
    } else if ChartFormat::of_path(&path).is_err() {
        "ui.dialog_chart_bad_ending"
    } else {
        return None;
    };
    Some(session.lang.t(key).into_owned())
}
