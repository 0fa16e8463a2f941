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
use std::sync::{Arc, OnceLock};

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
    let options = NativeOptions {
        viewport,
        ..NativeOptions::default()
    };
    // The town loads while the window is being made.
    let work = Work::begin(start);
    let made = eframe::run_native(
        "livelihood-map",
        options,
        Box::new(|cc| Ok(Box::new(Window::new(cc, work)))),
    );
    // The unpacked sample town goes with the program.
    let _ = std::fs::remove_dir_all(demo_folder());
    made.map_err(|error| {
        // The system's own words stand last; what is before them names places in the source.
        let text = error.to_string();
        NoWindow(text.rsplit(": ").next().unwrap_or(&text).to_owned())
    })
}

/// The session and its jobs: what is there before the window is.
struct Work {
    session: Session,
    runner: ThreadRunner,
    /// Set once there is a window that can be woken.
    window: Arc<OnceLock<Context>>,
    settings_path: Option<PathBuf>,
    commands: Vec<Command>,
}

impl Work {
    fn begin(start: Start) -> Self {
        let settings_path = Settings::default_path();
        let settings = settings_path
            .as_deref()
            .map(Settings::load)
            .unwrap_or_default();
        let mut session = Session::new(settings, Date::today());
        if let Some(lang) = start.lang {
            session.lang = lang;
        }
        let window: Arc<OnceLock<Context>> = Arc::default();
        let woken = Arc::clone(&window);
        let runner = ThreadRunner::new(Arc::new(move || {
            if let Some(ctx) = woken.get() {
                ctx.request_repaint();
            }
        }));
        let mut work = Self {
            session,
            runner,
            window,
            settings_path,
            commands: Vec::new(),
        };
        let first = if start.demo {
            Some(Command::OpenDemo)
        } else {
            start.workspace.map(Command::Open)
        };
        for command in start.as_of.map(Command::SetAsOf).into_iter().chain(first) {
            let effects = work.session.apply(command);
            for request in effects.requests {
                work.runner.submit(request);
            }
        }
        work
    }
}

/// The window's state: the work, and what only drawing needs.
struct Window {
    work: Work,
    map: MapView,
    state: UiState,
    title: String,
}

impl Window {
    fn new(cc: &CreationContext<'_>, work: Work) -> Self {
        walkers::install_renderer(cc.wgpu_render_state.as_ref());
        ui::install_fonts(&cc.egui_ctx);
        ui::install_theme(&cc.egui_ctx);
        // Set once and never again: there is one window.
        let _ = work.window.set(cc.egui_ctx.clone());
        Self {
            work,
            map: MapView::default(),
            state: UiState::default(),
            title: String::new(),
        }
    }

    fn carry_out(&mut self, effects: Effects) {
        for lane in effects.cancel {
            self.work.runner.cancel(lane);
        }
        for request in effects.requests {
            self.work.runner.submit(request);
        }
        if let Some(box_merc) = effects.show {
            self.map.show_box(box_merc);
        }
        if let (true, Some(path)) = (effects.save_settings, &self.work.settings_path) {
            self.work.session.settings.save(path);
        }
    }

    /// A window with a changed catalogue stays open once more, and asks what becomes of it.
    fn hold_draft(&mut self, ctx: &Context) {
        let session = &self.work.session;
        let closes = ctx.input(|input| input.viewport().close_requested());
        if closes && session.catalogue_draft.is_some() && !session.leaving_draft {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.work.commands.push(Command::Close);
        }
    }

    fn follow_settings(&mut self, ctx: &Context) {
        let settings = &self.work.session.settings;
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
        let app = self.work.session.lang.t("common.app_name");
        let title = match &self.work.session.document {
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
        while let Some(event) = self.work.runner.poll() {
            let effects = self.work.session.on_event(event);
            self.carry_out(effects);
        }
        self.hold_draft(ctx);
        for command in std::mem::take(&mut self.work.commands) {
            let effects = self.work.session.apply(command);
            self.carry_out(effects);
        }
        for request in self.work.session.wanted() {
            self.work.runner.submit(request);
        }
        self.follow_settings(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let running = self.work.runner.running();
        ui::show(
            ui,
            &self.work.session,
            &running,
            &mut self.state,
            &mut self.map,
            &mut self.work.commands,
        );
        if !self.work.commands.is_empty() {
            ui.ctx().request_repaint();
        }
    }
}
