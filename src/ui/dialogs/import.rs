//! The import window: files, columns, position, check, one step after the other.

use super::parts::warning;
use super::sheet::{Footer, Outcome, Primary, Sheet};
use super::{import_check, import_columns, import_files, import_position};
use crate::base::digits::grouped;
use crate::jobs::{Lane, Running};
use crate::session::{Command, Dialog, ImportPlan, ImportStep, ImportWork, Session};
use crate::ui::icon;
use crate::ui::shell::UiState;
use crate::ui::theme::{Theme, body_font, small_font, strong_font};
use crate::words::Lang;
use egui::{Context, CornerRadius, Rect, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// Its width, as far as the window has it.
const WIDTH: f32 = 860.0;
/// Height of the rail of steps.
const RAIL: f32 = 44.0;

/// A button below the steps, and what it does.
struct Choice {
    text: String,
    refusal: Option<String>,
    command: Command,
}

/// Draws the dialog.
pub(super) fn show(
    ctx: &Context,
    session: &Session,
    running: &[Running],
    state: &mut UiState,
    out: &mut Vec<Command>,
) {
    let lang = session.lang;
    let fresh = ImportPlan::default();
    let plan = session.import_plan.as_ref().unwrap_or(&fresh);
    let choices = choices(session, plan);
    let place = ImportStep::ALL.iter().position(|step| *step == plan.step);
    let sheet = Sheet::new("import", lang.t("ui.dialog_import_title"), WIDTH)
        .below(RAIL, place.unwrap_or_default());
    let mut jumped = None;
    let outcome = sheet.show_below(
        ctx,
        session,
        |ui| jumped = rail(ui, lang, plan),
        |ui| {
            if session.is_demo() {
                warning(ui, &lang.t("ui.dialog_import_demo"));
                if ui.button(lang.t("ui.action_create")).clicked() {
                    out.push(Command::Show(Dialog::Create));
                }
                ui.add_space(8.0);
            }
            match plan.step {
                ImportStep::Files => import_files::show(ui, session, plan, state, out),
                ImportStep::Columns => import_columns::show(ui, session, plan, state, out),
                ImportStep::Position => import_position::show(ui, session, plan, state, out),
                ImportStep::Check => import_check::show(ui, session, running, plan, state, out),
            }
            footer(lang, plan, &choices)
        },
    );
    out.extend(jumped.map(Command::SetImportStep));
    match outcome {
        Outcome::Open => {}
        Outcome::Close => out.push(Command::CloseDialog),
        Outcome::Primary => out.extend(choices.into_iter().next().map(|choice| choice.command)),
        Outcome::Other(at) => out.extend(choices.into_iter().nth(at + 1).map(|it| it.command)),
    }
}

fn footer(lang: Lang, plan: &ImportPlan, choices: &[Choice]) -> Footer {
    let mut buttons = choices.iter().map(|choice| Primary {
        text: choice.text.clone(),
        refusal: choice.refusal.clone(),
    });
    let hint = if plan.step == ImportStep::Files {
        lang.t("ui.dialog_import_drop").into_owned()
    } else {
        String::new()
    };
    Footer {
        hint,
        primary: buttons.next(),
        others: buttons.collect(),
        // An import goes on behind the window; what stops it has a button of its own.
        only_closes: plan.work == ImportWork::Importing,
    }
}

/// The buttons: the one that goes on first, then what else can be done.
fn choices(session: &Session, plan: &ImportPlan) -> Vec<Choice> {
    let lang = session.lang;
    let choice = |text: String, refusal: Option<String>, command: Command| Choice {
        text,
        refusal,
        command,
    };
    if plan.work != ImportWork::Idle {
        let stop = lang.t("ui.import_stop").into_owned();
        let wait = Some(lang.t("ui.dialog_busy").into_owned());
        return vec![
            choice(import_text(lang, plan), wait, Command::RunImport),
            choice(stop, None, Command::Cancel(Lane::Workspace)),
        ];
    }
    let mut choices = Vec::new();
    let refused = refusal(session, plan);
    if let Some(next) = plan.next_step() {
        let text = lang.t("ui.import_next").into_owned();
        choices.push(choice(text, refused.clone(), Command::SetImportStep(next)));
    } else if plan.rehearsal.is_some() {
        let text = import_text(lang, plan);
        choices.push(choice(text, refused.clone(), Command::RunImport));
    } else {
        let text = lang.t("ui.import_check_again").into_owned();
        choices.push(choice(text, refused.clone(), Command::Rehearse));
    }
    if refused.is_none() && is_plain(session, plan) {
        let text = lang.t("ui.import_now").into_owned();
        choices.push(choice(text, None, Command::RunImport));
    }
    if let Some(before) = plan.step_before() {
        let text = lang.t("ui.import_back").into_owned();
        choices.push(choice(text, None, Command::SetImportStep(before)));
    }
    choices
}

/// Whether nothing is doubtful and there is nothing that an import could change.
fn is_plain(session: &Session, plan: &ImportPlan) -> bool {
    let is_first = session
        .town()
        .is_some_and(|town| town.snapshot.households.is_empty());
    let doubtful = ImportStep::ALL.iter().any(|step| plan.is_doubtful(*step));
    is_first && plan.step != ImportStep::Check && plan.is_ready() && !doubtful
}

/// What the last button does, in figures.
fn import_text(lang: Lang, plan: &ImportPlan) -> String {
    let areas = plan.rehearsal.as_ref().map_or(0, |it| it.report.areas);
    let outcome = plan.outcome().unwrap_or_default();
    let households = outcome.new + outcome.changed;
    let count = |key: &str, count: u64| lang.with(key, &[("count", &grouped(count))]);
    if households > 0 {
        count("ui.import_go_households", households)
    } else if areas > 0 {
        count("ui.import_go_areas", areas)
    } else {
        lang.t("ui.dialog_import_go").into_owned()
    }
}

/// Why it cannot go on now.
fn refusal(session: &Session, plan: &ImportPlan) -> Option<String> {
    let lang = session.lang;
    let looks_only = session.document.as_ref().is_some_and(|it| it.looks_only);
    let faulty = plan.files.iter().filter(|file| file.fault().is_some());
    let key = if session.document.is_none() {
        "ui.dialog_import_no_workspace"
    } else if session.is_demo() {
        "ui.dialog_import_demo_refused"
    } else if looks_only {
        "session.looks_only"
    } else if plan.files.is_empty() {
        "ui.dialog_import_nothing"
    } else if plan.is_waiting {
        "ui.import_looking"
    } else if faulty.count() > 0 {
        "ui.import_faulty_file"
    } else if !plan.is_understood() {
        "ui.import_not_looked_at"
    } else if plan.step != ImportStep::Files && !plan.is_ready() {
        "ui.import_missing_column"
    } else if session.busy {
        "ui.dialog_busy"
    } else {
        return None;
    };
    Some(lang.t(key).into_owned())
}

/// Whether a step can be gone to from the rail.
fn can_show(plan: &ImportPlan, step: ImportStep) -> bool {
    plan.work == ImportWork::Idle
        && plan.has(step)
        && match step {
            ImportStep::Files => true,
            ImportStep::Columns | ImportStep::Position => plan.is_understood(),
            ImportStep::Check => plan.is_ready(),
        }
}

/// The steps on one line, with a mark where somebody should look. Gives the one clicked.
fn rail(ui: &mut Ui, lang: Lang, plan: &ImportPlan) -> Option<ImportStep> {
    let theme = Theme::of(ui);
    let mut clicked = None;
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        for (at, step) in ImportStep::ALL.into_iter().enumerate() {
            if at > 0 {
                let (line, _) = ui.allocate_exact_size(vec2(28.0, 1.0), Sense::hover());
                ui.painter()
                    .hline(line.x_range(), line.center().y, theme.line());
            }
            if step_mark(ui, lang, plan, step, at + 1) {
                clicked = Some(step);
            }
        }
    });
    clicked
}

fn step_mark(ui: &mut Ui, lang: Lang, plan: &ImportPlan, step: ImportStep, number: usize) -> bool {
    let theme = Theme::of(ui);
    let text = lang.t(match step {
        ImportStep::Files => "ui.import_step_files",
        ImportStep::Columns => "ui.import_step_columns",
        ImportStep::Position => "ui.import_step_position",
        ImportStep::Check => "ui.import_step_check",
    });
    let is_here = plan.step == step;
    let is_doubtful = plan.is_doubtful(step);
    let can = can_show(plan, step) && !is_here;
    let font = if is_here { strong_font() } else { body_font() };
    let ink = match (is_here, can || is_here) {
        (true, _) => theme.accent,
        (_, true) => theme.text,
        _ => theme.secondary,
    };
    let words = ui.painter().layout_no_wrap(text.to_string(), font, ink);
    let size = vec2(words.size().x + 30.0, 28.0);
    let sense = if can { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let label = if is_doubtful {
        format!("{number} {text} · {}", lang.t("ui.import_look"))
    } else {
        format!("{number} {text}")
    };
    response.widget_info(|| WidgetInfo::selected(Role::Tab, can, is_here, &label));
    if can && (response.hovered() || response.has_focus()) {
        let around = rect.expand2(vec2(6.0, 0.0));
        ui.painter()
            .rect_filled(around, CornerRadius::same(6), theme.hover);
    }
    let dot = Rect::from_center_size(pos2(rect.left() + 11.0, rect.center().y), vec2(20.0, 20.0));
    let (fill, edge, sign_ink) = if is_here {
        (theme.accent, theme.accent, theme.on_accent)
    } else if is_doubtful {
        (theme.background, theme.warning, theme.warning)
    } else {
        (theme.background, theme.hairline, ink)
    };
    ui.painter()
        .circle(dot.center(), 10.0, fill, egui::Stroke::new(1.0, edge));
    let sign = if is_doubtful && !is_here {
        icon::WARNING.to_owned()
    } else if plan.step > step && plan.has(step) {
        icon::CHECK.to_owned()
    } else {
        number.to_string()
    };
    ui.painter().text(
        dot.center(),
        egui::Align2::CENTER_CENTER,
        sign,
        small_font(),
        sign_ink,
    );
    let at = pos2(dot.right() + 8.0, rect.center().y - words.size().y / 2.0);
    ui.painter().galley(at, words, ink);
    let response = if is_doubtful {
        response.on_hover_text(RichText::new(lang.t("ui.import_look")))
    } else {
        response
    };
    response.clicked()
}
