//! A window without a screen, with a session behind it.

use crate::support::inspected;
use egui::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{By, Queryable};
use livelihood_map::jobs::{Event, FileChoice, FileRole, GenerateRequest, InlineRunner, Request};
use livelihood_map::map::MapView;
use livelihood_map::model::{Date, TableKind};
use livelihood_map::session::{BaseMapChoice, Command, Dialog, Session, Settings};
use livelihood_map::ui::{self, UiState};
use livelihood_map::words::Lang;
use std::path::PathBuf;

const AREAS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"330282001001","name":"滨河第1网格","level":"grid","community_code":"330282001","community_name":"滨河社区"},
 "geometry":{"type":"Polygon","coordinates":[[[121.20,30.10],[121.21,30.10],[121.21,30.11],[121.20,30.11],[121.20,30.10]]]}},
{"type":"Feature","properties":{"code":"330282001002","name":"滨河第2网格","level":"grid","community_code":"330282001","community_name":"滨河社区"},
 "geometry":{"type":"Polygon","coordinates":[[[121.21,30.10],[121.22,30.10],[121.22,30.11],[121.21,30.11],[121.21,30.10]]]}}]}"#;

const HOUSEHOLDS: &str = "户编号,户主姓名,身份证号,电话,地址,经度,纬度,网格编码,老年人数,独居,享受项目,需求,最近走访日期,楼栋\n\
H1,示例甲,,,青竹路1号,121.205,30.105,330282001001,1,是,低保,照料,2026-09-01,3\n\
H2,示例乙,,,青竹路2号,121.206,30.106,330282001001,0,否,,医疗,2026-11-01,3\n\
H3,示例丙,123,,青竹路3号,121.215,30.105,330282001002,2,否,高龄津贴,,不是日期,4\n\
H4,示例丁,,,青竹路4号,,,330282001002,1,是,,照料,,4\n\
H2,示例戊,,,青竹路5号,121.216,30.105,330282001002,0,否,,,,5\n\
H6,示例己,,,青竹路6号,121.500,30.500,330282001002,0,否,,,,5\n";

/// What stands behind the window.
pub(super) struct World {
    pub(super) session: Session,
    /// Every command that the window pushed, in order.
    pub(super) said: Vec<Command>,
    state: UiState,
    pub(super) map: MapView,
    _folder: tempfile::TempDir,
}

/// A window with a session.
pub(super) type Stage = Harness<'static, World>;

fn day() -> Date {
    Date::parse("2026-11-21").unwrap()
}

fn session(lang: Lang) -> Session {
    let settings = Settings {
        base_map: BaseMapChoice::Nothing,
        ..Settings::default()
    };
    let mut session = Session::new(settings, day());
    session.apply(Command::SetLang(lang));
    session
}

/// Does what a command asks of the jobs, at once.
fn carry_out(session: &mut Session, command: Command) {
    let mut requests = session.apply(command).requests;
    let runner = InlineRunner::default();
    while let Some(request) = requests.pop() {
        let event = runner.run(request);
        requests.extend(session.on_event(event).requests);
    }
}

/// Runs what the view needs.
fn settle(session: &mut Session) {
    let runner = InlineRunner::default();
    loop {
        let wanted = session.wanted();
        if wanted.is_empty() {
            return;
        }
        for request in wanted {
            let event = match request {
                Request::Inspect(request) => inspected(&request),
                request => runner.run(request),
            };
            session.on_event(event);
        }
    }
}

/// A window over a small town of six rows, three of them flawed.
pub(super) fn with_town(lang: Lang) -> Stage {
    with_town_on(lang, (1280.0, 720.0))
}

/// The same in a window of another size.
pub(super) fn with_town_on(lang: Lang, size: (f32, f32)) -> Stage {
    let folder = tempfile::tempdir().unwrap();
    let (areas, households) = (
        folder.path().join("网格.geojson"),
        folder.path().join("台账.csv"),
    );
    std::fs::write(&areas, AREAS).unwrap();
    std::fs::write(&households, HOUSEHOLDS).unwrap();
    let mut session = session(lang);
    carry_out(
        &mut session,
        Command::Create(folder.path().join("街道.lmap")),
    );
    session.apply(Command::StartImport(vec![
        areas.clone(),
        households.clone(),
    ]));
    let ledger = FileRole::Table(TableKind::Households);
    for (at, (path, role)) in [(areas, FileRole::Areas), (households, ledger)]
        .into_iter()
        .enumerate()
    {
        session.apply(Command::ChooseForFile(at, FileChoice::holding(path, role)));
    }
    settle(&mut session);
    carry_out(&mut session, Command::RunImport);
    session.apply(Command::CloseDialog);
    stage(session, folder, size)
}

/// A window over a new workspace.
pub(super) fn with_new(lang: Lang) -> Stage {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session(lang);
    let path = folder.path().join("街道.lmap");
    carry_out(&mut session, Command::Create(path));
    session.apply(Command::CloseDialog);
    stage(session, folder, (1280.0, 720.0))
}

/// A window over the small workspace with planted flaws.
pub(super) fn with_flaws(lang: Lang) -> Stage {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("滨河.lmap");
    crate::prepared::make(&path);
    let mut session = session(lang);
    carry_out(&mut session, Command::Open(path));
    stage(session, folder, (1280.0, 720.0))
}

/// A window over a made town of so many households, with all its tables.
pub(super) fn with_made(lang: Lang, households: usize) -> Stage {
    let folder = tempfile::tempdir().unwrap();
    let runner = InlineRunner::default();
    let made = runner.run(Request::Generate(GenerateRequest {
        folder: folder.path().join("made"),
        households,
        seed: 20_261_121,
    }));
    let Event::Generated(made) = made else {
        panic!("{made:?}");
    };
    let mut session = session(lang);
    carry_out(
        &mut session,
        Command::Create(folder.path().join("街道.lmap")),
    );
    let is_table = |path: &PathBuf| path.extension().is_some_and(|ending| ending != "pmtiles");
    let files = made.files.into_iter().filter(is_table).collect();
    session.apply(Command::StartImport(files));
    loop {
        let wanted = session.wanted();
        if wanted.is_empty() {
            break;
        }
        for request in wanted {
            session.on_event(runner.run(request));
        }
    }
    carry_out(&mut session, Command::RunImport);
    session.apply(Command::CloseDialog);
    assert!(session.town().unwrap().snapshot.households.len() > households / 2);
    stage(session, folder, (1440.0, 900.0))
}

/// A window with nothing open.
pub(super) fn empty(lang: Lang) -> Stage {
    stage(session(lang), tempfile::tempdir().unwrap(), (1280.0, 720.0))
}

fn stage(mut session: Session, folder: tempfile::TempDir, size: (f32, f32)) -> Stage {
    let notices: Vec<u64> = session
        .notices
        .shown()
        .iter()
        .map(|notice| notice.id)
        .collect();
    for id in notices {
        session.apply(Command::DismissNotice(id));
    }
    let world = World {
        session,
        said: Vec::new(),
        state: UiState::default(),
        map: MapView::default(),
        _folder: folder,
    };
    let builder = Harness::builder()
        .with_size(size)
        .with_max_steps(20)
        .with_context_setup(|ctx| {
            ui::install_fonts(ctx);
            ui::install_theme(ctx);
        });
    let mut stage = builder.build_ui_state(
        |ui, world: &mut World| {
            let mut out = Vec::new();
            let World {
                session,
                state,
                map,
                ..
            } = world;
            ui::show(ui, session, &[], state, map, &mut out);
            for command in out {
                if !matches!(command, Command::SetViewport(_) | Command::Hover(_)) {
                    world.said.push(command.clone());
                }
                // What is slow is asked for, and not waited for.
                let requests = world.session.apply(command).requests;
                drop::<Vec<Request>>(requests);
            }
            settle(&mut world.session);
        },
        world,
    );
    stage.run_steps(3);
    stage.state_mut().said.clear();
    stage
}

/// Opens a dialog.
pub(super) fn open(stage: &mut Stage, dialog: Dialog) {
    stage.state_mut().session.dialog = Some(dialog);
    stage.run_steps(3);
}

/// Clicks what has this name.
pub(super) fn click(stage: &mut Stage, name: &str) {
    stage.get_by_label(name).scroll_to_me();
    stage.run_steps(3);
    stage.get_by_label(name).click();
    stage.run_steps(3);
}

/// Whether something has this name.
pub(super) fn has(stage: &Stage, name: &str) -> bool {
    stage.query_all(By::new().label(name)).next().is_some()
}

/// Types into what has this name.
pub(super) fn write(stage: &mut Stage, name: &str, text: &str) {
    stage.get_by_role_and_label(Role::TextInput, name).focus();
    stage.run_steps(2);
    stage.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    stage.run_steps(1);
    stage
        .get_by_role_and_label(Role::TextInput, name)
        .type_text(text);
    stage.run_steps(2);
}

/// The commands since the last look.
pub(super) fn said(stage: &mut Stage) -> Vec<Command> {
    std::mem::take(&mut stage.state_mut().said)
}

/// A path that is nowhere but well formed on this system.
pub(super) fn absolute(name: &str) -> PathBuf {
    std::env::temp_dir().join(name)
}
