//! Jobs on threads: the newest wins, cancelling lands and leaves no trace, a panic is only a failed job.

use crate::desk::{Desk, town_areas, town_households};
use crate::support::{Stored, failure, generate, run, today};
use livelihood_map::analysis::{PriorityWeights, RateForm};
use livelihood_map::base::Generation;
use livelihood_map::datum::MercBox;
use livelihood_map::jobs::{
    Event, ExportRequest, FilterRequest, Filtered, GenerateRequest, ImportRequest, InlineRunner,
    Lane, LayerRequest, OpenRequest, PictureRequest, Request, ThreadRunner, Town,
};
use livelihood_map::layer::{HeatKind, LayerId, LayerKind, LayerSpec, ListField, Scope};
use livelihood_map::query::{Choice, Direction, SortKey, parse};
use livelihood_map::session::Command;
use livelihood_map::words::Lang;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Long enough for the slowest machine; only a test that fails waits for it.
const PATIENCE: Duration = Duration::from_mins(2);

/// A runner on threads, and what hears that an event is there.
struct Threads {
    runner: ThreadRunner,
    woken: Receiver<()>,
}

impl Threads {
    fn new() -> Self {
        let (sender, woken) = channel();
        // A test that has seen enough no longer listens.
        let wake = move || sender.send(()).unwrap_or_default();
        Self {
            runner: ThreadRunner::new(Arc::new(wake)),
            woken,
        }
    }

    /// Waits until a job has ended, without looking at its event.
    fn wait(&self) {
        self.woken.recv_timeout(PATIENCE).unwrap();
    }

    /// Every event until nothing is under way.
    fn events(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        loop {
            while let Some(event) = self.runner.poll() {
                events.push(event);
            }
            if self.runner.is_idle() {
                return events;
            }
            self.wait();
        }
    }
}

fn town() -> Stored {
    Stored::of(&[town_areas()], &[town_households()])
}

fn filter(town: &Arc<Town>, line: &str) -> FilterRequest {
    FilterRequest {
        town: Arc::clone(town),
        filter: parse(line, &town.snapshot.catalogue).unwrap(),
        selection: None,
        choice: Choice::default(),
        as_of: today(),
        priority: None,
        weights: PriorityWeights::default(),
        quota: None,
        sort: SortKey::Id,
        direction: Direction::Ascending,
    }
}

fn filtered(town: &Arc<Town>, line: &str) -> Filtered {
    match run(Request::Filter(filter(town, line))) {
        Event::Filtered(filtered) => *filtered,
        other => panic!("{other:?}"),
    }
}

/// What filters were answered.
fn answers(events: &[Event]) -> Vec<usize> {
    let count = |event: &Event| match event {
        Event::Filtered(filtered) => filtered.order.len(),
        other => panic!("{other:?}"),
    };
    events.iter().map(count).collect()
}

#[test]
fn of_requests_of_one_lane_the_newest_wins() {
    let stored = town();
    let mut threads = Threads::new();
    for line in ["", "need:any", "need:care", "located:no"] {
        threads
            .runner
            .submit(Request::Filter(filter(&stored.town, line)));
    }
    assert_eq!(answers(&threads.events()), [20]);
}

#[test]
fn an_answer_that_was_overtaken_is_dropped_even_when_it_is_whole() {
    let stored = town();
    let mut threads = Threads::new();
    threads
        .runner
        .submit(Request::Filter(filter(&stored.town, "")));
    threads.wait();
    // The answer is there, but the next question was asked before anybody looked.
    threads
        .runner
        .submit(Request::Filter(filter(&stored.town, "located:no")));
    assert_eq!(answers(&threads.events()), [20]);
}

#[test]
fn lanes_do_not_wait_for_each_other() {
    let stored = town();
    let folder = tempfile::tempdir().unwrap();
    let mut threads = Threads::new();
    threads
        .runner
        .submit(Request::Filter(filter(&stored.town, "located:no")));
    threads.runner.submit(Request::Open(OpenRequest::New {
        path: folder.path().join("a.lmap"),
        generation: Generation::default(),
    }));
    let lanes: Vec<Lane> = threads
        .runner
        .running()
        .iter()
        .map(|job| job.lane)
        .collect();
    assert_eq!(lanes, [Lane::Workspace, Lane::Filter]);
    assert_eq!(threads.events().len(), 2);
    assert!(threads.runner.is_idle() && threads.runner.running().is_empty());
}

/// A town that takes long to make.
fn long_work(folder: &Path) -> Request {
    Request::Generate(GenerateRequest {
        folder: folder.to_owned(),
        households: 3_000_000,
        seed: 1,
    })
}

/// Waits until the work of a lane has begun to count.
fn wait_for_progress(threads: &Threads, lane: Lane) {
    loop {
        let running = threads.runner.running();
        let job = running.iter().find(|job| job.lane == lane).unwrap();
        if job.progress.done() > 0 {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn cancelling_lands_in_the_middle_and_forgets_what_waits() {
    let folder = tempfile::tempdir().unwrap();
    let mut threads = Threads::new();
    threads.runner.submit(long_work(folder.path()));
    wait_for_progress(&threads, Lane::Workspace);
    threads.runner.submit(long_work(folder.path()));
    threads.runner.cancel(Lane::Workspace);
    // Cancelling what is not there is nothing.
    threads.runner.cancel(Lane::Export);
    let events = threads.events();
    assert_eq!(events.len(), 1);
    let Event::Failed(Lane::Workspace, fault) = &events[0] else {
        panic!("{events:?}")
    };
    assert!(fault.is_cancelled());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// A layer of a picture that is larger than any memory: asking for room panics.
fn impossible(town: &Arc<Town>) -> Request {
    let found = filtered(town, "");
    Request::Layer(LayerRequest {
        town: Arc::clone(town),
        spec: LayerSpec {
            id: LayerId(3),
            kind: LayerKind::heat(HeatKind::Households, 100.0),
            visible: true,
            opacity: 1.0,
            scope: Scope::Filtered,
        },
        rows: found.rows,
        coverage: found.coverage,
        selection: None,
        choice: Choice::default(),
        rate_form: RateForm::default(),
        as_of: today(),
        view_merc: MercBox::EMPTY,
        width_px: u32::MAX,
        height_px: u32::MAX,
        lang: Lang::En,
        serial: 1,
    })
}

#[test]
fn a_panic_is_a_failed_job_and_the_next_one_runs() {
    let stored = town();
    let mut threads = Threads::new();
    for _ in 0..2 {
        threads.runner.submit(impossible(&stored.town));
        let events = threads.events();
        assert_eq!(events.len(), 1);
        let Event::Failed(Lane::Layer(3), fault) = &events[0] else {
            panic!("{events:?}")
        };
        assert!(!fault.is_cancelled());
    }
    assert!(!failure(run(impossible(&stored.town))).is_empty());
}

#[test]
fn a_result_of_an_older_edition_is_dropped() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    desk.looks_at_all(400, 300);
    let before = desk.session.town().unwrap().clone();
    let late = run(Request::Filter(filter(&before, "located:no")));
    let mut layer = desk.session.apply(Command::SetKind(
        LayerId(2),
        LayerKind::Points { of_concern: false },
    ));
    layer.requests.extend(desk.session.wanted());
    let late_layers: Vec<Event> = layer.requests.into_iter().map(run).collect();
    assert!(!late_layers.is_empty());
    desk.imports(&[], &[town_households()]);
    let now = desk.session.town().unwrap().snapshot.generation;
    assert!(now > before.snapshot.generation);
    let (count, drawn) = (desk.count(), desk.drawn(2).serial);
    desk.session.on_event(late);
    for event in late_layers {
        desk.session.on_event(event);
    }
    assert_eq!((desk.count(), desk.drawn(2).serial), (count, drawn));
    let filtered = desk.session.results.filtered.as_ref().unwrap();
    assert_eq!(filtered.generation, now);
}

fn export(town: &Arc<Town>, path: PathBuf) -> Request {
    let found = filtered(town, "");
    Request::Export(ExportRequest {
        town: Arc::clone(town),
        scores: found.scores,
        picked: None,
        steadiness: None,
        steadiness_of: None,
        order: found.order,
        fields: ListField::ALL.to_vec(),
        unmasked: false,
        filter_text: String::new(),
        workspace_name: "a".to_owned(),
        lang: Lang::Zh,
        path,
    })
}

fn picture(town: &Arc<Town>, path: PathBuf) -> Request {
    let found = filtered(town, "");
    Request::Picture(PictureRequest {
        town: Arc::clone(town),
        layers: LayerSpec::defaults(120.0),
        rows: found.rows,
        coverage: found.coverage,
        selection: None,
        choice: Choice::default(),
        rate_form: RateForm::default(),
        as_of: today(),
        filter_text: String::new(),
        view_merc: town.snapshot.extent_merc,
        width_px: 320,
        height_px: 240,
        scale: 1.0,
        dark: false,
        base_map: None,
        title: String::new(),
        lang: Lang::Zh,
        path,
    })
}

#[test]
fn a_cancelled_export_leaves_the_file_that_was_there() {
    let stored = town();
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.csv", "a.xlsx", "a.geojson", "a.png"] {
        let path = folder.path().join(name);
        fs::write(&path, "last month").unwrap();
        let request = match name {
            "a.png" => picture(&stored.town, path.clone()),
            _ => export(&stored.town, path.clone()),
        };
        let runner = InlineRunner::default();
        runner.progress.cancel();
        let Event::Failed(Lane::Export, fault) = runner.run(request) else {
            panic!("{name} was written")
        };
        assert!(fault.is_cancelled());
        assert_eq!(fs::read_to_string(&path).unwrap(), "last month");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4);
    // Cancelled at any moment, it is whole or absent.
    let path = folder.path().join("b.xlsx");
    let mut threads = Threads::new();
    threads.runner.submit(export(&stored.town, path.clone()));
    wait_or_end(&threads);
    threads.runner.cancel(Lane::Export);
    let events = threads.events();
    match &events[..] {
        [Event::Exported(exported)] => assert_eq!(exported.path, path),
        [Event::Failed(_, fault)] => assert!(fault.is_cancelled() && !path.exists()),
        other => panic!("{other:?}"),
    }
}

/// Waits until the one job under way counts, or has ended.
fn wait_or_end(threads: &Threads) {
    let counts = || {
        threads
            .runner
            .running()
            .iter()
            .any(|job| job.progress.done() > 0)
    };
    while !counts() && threads.woken.try_recv().is_err() {
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_cancelled_import_leaves_the_workspace_as_it_was() {
    let stored = town();
    let folder = tempfile::tempdir().unwrap();
    let [areas, households, _] = generate(folder.path(), 4_000, 5);
    let request = ImportRequest {
        workspace: Some(stored.workspace.clone()),
        reload: Some(Generation::default().next()),
        // Often enough that it cannot be through before it is cancelled.
        ..ImportRequest::of_files(vec![areas], vec![households; 40])
    };
    let mut threads = Threads::new();
    threads.runner.submit(Request::Import(request.clone()));
    wait_for_progress(&threads, Lane::Workspace);
    threads.runner.cancel(Lane::Workspace);
    let events = threads.events();
    let [Event::Failed(Lane::Workspace, fault)] = &events[..] else {
        panic!("{events:?}")
    };
    assert!(fault.is_cancelled());

    let path = stored.workspace.path().to_owned();
    let before = stored.town.snapshot.quality;
    let areas_before = stored.town.snapshot.areas.code.clone();
    drop((stored.workspace, request));
    let reopened = crate::support::opened(run(Request::Open(OpenRequest::Existing {
        path,
        read_only: true,
        generation: Generation::default(),
        as_of: crate::support::today(),
    })));
    assert_eq!(reopened.town.snapshot.quality, before);
    assert_eq!(reopened.town.snapshot.areas.code, areas_before);
    assert_eq!(reopened.problems, stored.report.problems.len());
    drop(stored.folder);
}

#[test]
fn a_window_closed_in_the_middle_of_an_import_leaves_one_file() {
    let Stored {
        workspace, folder, ..
    } = town();
    let [areas, households, _] = generate(folder.path(), 4_000, 5);
    let path = workspace.path().to_owned();
    let mut threads = Threads::new();
    threads.runner.submit(Request::Import(ImportRequest {
        workspace: Some(workspace),
        // Often enough that it cannot be through before it is closed.
        ..ImportRequest::of_files(vec![areas], vec![households; 40])
    }));
    wait_for_progress(&threads, Lane::Workspace);
    drop(threads);
    let mut journal = path.clone().into_os_string();
    journal.push("-journal");
    assert!(!Path::new(&journal).exists());
    // Nobody has it open any more.
    crate::support::opened(run(Request::Open(OpenRequest::Existing {
        path,
        read_only: false,
        generation: Generation::default(),
        as_of: today(),
    })));
    drop(folder);
}
