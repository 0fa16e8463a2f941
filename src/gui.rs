//! Floor 10: the window. `logic` polls the jobs and applies commands, `ui` only draws.

use crate::jobs::{ThreadRunner, demo_folder};
use crate::map::MapView;
use crate::model::Date;
use crate::session::{Command, Effects, Session, Settings, ThemeChoice};
use crate::ui::{self, UiState};
use crate::words::Lang;
use eframe::{CreationContext, NativeOptions};
use egui::{Context, ThemePreference, ViewportBuilder, ViewportCommand};
use std::path::PathBuf;
use std::sync::Arc;

/// What the window starts with.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// The workspace to open.
    pub workspace: Option<PathBuf>,
    /// Open the sample town.
    pub demo: bool,
    /// The language, where the command line says one.
    pub lang: Option<Lang>,
    /// The day of the figures, where the command line says one.
    pub as_of: Option<Date>,
}

/// Why there is no window: there is no display, or no way to draw on it.
#[derive(Debug)]
pub struct NoWindow(pub String);

const ICON: &[u8] = include_bytes!("../packaging/livelihood-map.png");

/// Opens the window and stays until it is closed.
///
/// # Errors
/// [`NoWindow`] where the system has no display or no way to draw on it.
pub fn run(start: Start) -> Result<(), NoWindow> {
    let mut viewport = ViewportBuilder::default()
        .with_app_id("livelihood-map")
        .with_title("民情地图 · Livelihood Map")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([960.0, 600.0])
        .with_drag_and_drop(true);
    if let Ok(icon) = eframe::icon_data::from_png_bytes(ICON) {
        viewport = viewport.with_icon(icon);
    }
    let options = NativeOptions { viewport, ..NativeOptions::default() };
    let made = eframe::run_native("livelihood-map", options, Box::new(|cc| Ok(Box::new(Window::new(cc, start)))));
    // The unpacked sample town goes with the program.
    let _ = std::fs::remove_dir_all(demo_folder());
    made.map_err(|error| NoWindow(error.to_string()))
}

/// The window's state: the session, the runner, and what only drawing needs.
struct Window {
    session: Session,
    runner: ThreadRunner,
    map: MapView,
    state: UiState,
    commands: Vec<Command>,
    settings_path: Option<PathBuf>,
    title: String,
}

impl Window {
    fn new(cc: &CreationContext<'_>, start: Start) -> Self {
        walkers::install_renderer(cc.wgpu_render_state.as_ref());
        ui::install_fonts(&cc.egui_ctx);
        ui::install_theme(&cc.egui_ctx);
        let settings_path = Settings::default_path();
        let settings = settings_path.as_deref().map(Settings::load).unwrap_or_default();
        let mut session = Session::new(settings, Date::today());
        if let Some(lang) = start.lang {
            session.lang = lang;
        }
        let mut commands = Vec::new();
        commands.extend(start.as_of.map(Command::SetAsOf));
        if start.demo {
            commands.push(Command::OpenDemo);
        } else if let Some(path) = start.workspace {
            commands.push(Command::Open(path));
        }
        let ctx = cc.egui_ctx.clone();
        let runner = ThreadRunner::new(Arc::new(move || ctx.request_repaint()));
        Self {
            session,
            runner,
            map: MapView::default(),
            state: UiState::default(),
            commands,
            settings_path,
            title: String::new(),
        }
    }

    fn carry_out(&mut self, effects: Effects) {
        for lane in effects.cancel {
            self.runner.cancel(lane);
        }
        for request in effects.requests {
            self.runner.submit(request);
        }
        if let Some(box_merc) = effects.show {
            self.map.show_box(box_merc);
        }
        if let (true, Some(path)) = (effects.save_settings, &self.settings_path) {
            self.session.settings.save(path);
        }
    }

    fn follow_settings(&mut self, ctx: &Context) {
        let settings = &self.session.settings;
        let theme = match settings.theme {
            ThemeChoice::System => ThemePreference::System,
            ThemeChoice::Light => ThemePreference::Light,
            ThemeChoice::Dark => ThemePreference::Dark,
        };
        if ctx.options(|options| options.theme_preference) != theme {
            ctx.set_theme(theme);
        }
        if (ctx.zoom_factor() - settings.text_scale).abs() > 0.001 {
            ctx.set_zoom_factor(settings.text_scale);
        }
        let app = self.session.lang.t("common.app_name");
        let title = match &self.session.document {
            Some(document) => format!("{} – {app}", document.name()),
            None => app.into_owned(),
        };
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        while let Some(event) = self.runner.poll() {
            let effects = self.session.on_event(event);
            self.carry_out(effects);
        }
        for command in std::mem::take(&mut self.commands) {
            let effects = self.session.apply(command);
            self.carry_out(effects);
        }
        for request in self.session.wanted() {
            self.runner.submit(request);
        }
        self.follow_settings(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let running = self.runner.running();
        ui::show(ui, &self.session, &running, &mut self.state, &mut self.map, &mut self.commands);
        if !self.commands.is_empty() {
            ui.ctx().request_repaint();
        }
    }
}
