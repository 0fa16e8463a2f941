//! How long the work takes on synthetic towns of 1,000 and 100,000 households, and of a million where
//! `LIVELIHOOD_BENCH_FULL=1` is set. `cargo bench --bench town -- --quick 100000/` runs one size.
//!
//! Towns are made once and kept below `target/tmp`; each is about as dense as a street office's.
// Criterion's macros make functions without a line of documentation; what fails in a bench should stop it.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, Criterion, criterion_group, criterion_main};
use livelihood_map::analysis::{self, DensitySpec, HotSpotSpec, PriorityWeights, RateForm};
use livelihood_map::base::{Generation, Progress};
use livelihood_map::datum::{MercBox, ground_m_per_merc_m};
use livelihood_map::jobs::{
    Event, ExportRequest, FilterRequest, Filtered, GenerateRequest, ImportRequest, InlineRunner,
    LayerRequest, OpenRequest, Opened, Request, Scores, Town, WorkspaceHandle,
};
use livelihood_map::layer::{HeatKind, LayerId, LayerKind, LayerSpec, ListField, Scope};
use livelihood_map::model::{AreaLevel, Date};
use livelihood_map::query::{Choice, Direction, RowSet, SortKey, parse};
use livelihood_map::snapshot::Locator;
use livelihood_map::store::Workspace;
use livelihood_map::town::reference_date;
use livelihood_map::words::Lang;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

fn run(request: Request) -> Event {
    match InlineRunner::default().run(request) {
        Event::Failed(_, fault) => panic!("{fault}"),
        event => event,
    }
}

/// The files of a town: areas, households.
fn files(households: usize) -> [PathBuf; 2] {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("town-{households}"));
    let [areas, ledger] = ["areas.geojson", "households.csv"].map(|name| folder.join(name));
    if !ledger.exists() {
        run(Request::Generate(GenerateRequest {
            folder,
            households,
            seed: 20_261_121,
        }));
    }
    [areas, ledger]
}

fn import(workspace: Option<WorkspaceHandle>, [areas, ledger]: &[PathBuf; 2]) -> Event {
    run(Request::Import(ImportRequest {
        workspace,
        today: reference_date(),
        ..ImportRequest::of_files(vec![areas.clone()], vec![ledger.clone()])
    }))
}

fn new_workspace() -> (WorkspaceHandle, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::create(&folder.path().join("a.lmap"), false).unwrap();
    (WorkspaceHandle::new(workspace), folder)
}

fn open(path: &Path) -> Opened {
    match run(Request::Open(OpenRequest::Existing {
        path: path.to_owned(),
        read_only: false,
        generation: Generation::default(),
        as_of: reference_date(),
    })) {
        Event::Opened(opened) => *opened,
        other => panic!("{other:?}"),
    }
}

const FILTER: &str = "need:any elderly>=1 visited<2026-10-01";

fn filtered(town: &Arc<Town>, line: &str, scores: Option<&Arc<Scores>>) -> Filtered {
    match run(Request::Filter(FilterRequest {
        town: Arc::clone(town),
        filter: parse(line, &town.snapshot.catalogue).unwrap(),
        selection: None,
        choice: Choice::default(),
        as_of: as_of(),
        priority: scores.cloned(),
        weights: PriorityWeights::of(&town.snapshot.catalogue),
        quota: None,
        sort: SortKey::Priority,
        direction: Direction::Descending,
    })) {
        Event::Filtered(filtered) => *filtered,
        other => panic!("{other:?}"),
    }
}

fn as_of() -> Date {
    reference_date()
}

/// The heat map of unmet need as the window asks for it: the screen and a quarter more on each
/// side, at half the resolution of a screen of 1280 × 800.
fn heat(town: &Arc<Town>, found: &Filtered) -> Event {
    let view_merc = screen(town);
    run(Request::Layer(LayerRequest {
        town: Arc::clone(town),
        spec: LayerSpec {
            id: LayerId(2),
            kind: LayerKind::heat(HeatKind::UnmetLoad, 120.0),
            visible: true,
            opacity: 0.85,
            scope: Scope::Filtered,
        },
        rows: Arc::clone(&found.rows),
        coverage: Arc::clone(&found.coverage),
        selection: None,
        choice: Choice::default(),
        rate_form: RateForm::default(),
        as_of: as_of(),
        view_merc: view_merc.grown(view_merc.width() / 4.0),
        width_px: 960,
        height_px: 720,
        lang: Lang::Zh,
        serial: 1,
    }))
}

/// The whole town in the shape of a screen.
fn screen(town: &Town) -> MercBox {
    let extent = town.snapshot.extent_merc;
    let middle = extent.center();
    let half_width = extent.width().max(extent.height() * 1.6) / 2.0;
    MercBox {
        min_x: middle.x - half_width,
        max_x: middle.x + half_width,
        min_y: middle.y - half_width / 1.6,
        max_y: middle.y + half_width / 1.6,
    }
}

/// A frame of 1920 × 1080 with a kernel of 12 pixels.
fn frame(town: &Town) -> DensitySpec {
    let box_merc = screen(town);
    let pixel_m = box_merc.width() / 1920.0 * ground_m_per_merc_m(box_merc.center().y);
    DensitySpec {
        box_merc,
        width_px: 1920,
        height_px: 1080,
        bandwidth_m: 12.0 * pixel_m,
    }
}

fn export(town: &Arc<Town>, found: &Filtered, path: PathBuf) -> Event {
    run(Request::Export(ExportRequest {
        town: Arc::clone(town),
        scores: Arc::clone(&found.scores),
        order: Arc::clone(&found.order),
        picked: None,
        steadiness: None,
        steadiness_of: None,
        fields: ListField::ALL.to_vec(),
        unmasked: false,
        filter_text: FILTER.to_owned(),
        workspace_name: "示范街道".to_owned(),
        lang: Lang::Zh,
        path,
    }))
}

fn files_in_and_out(
    group: &mut BenchmarkGroup<'_, WallTime>,
    files: &[PathBuf; 2],
    town: &Arc<Town>,
    workspace: &Path,
) {
    group.bench_function("import dry", |bench| bench.iter(|| import(None, files)));
    group.bench_function("import store", |bench| {
        let routine = |(workspace, folder): (WorkspaceHandle, TempDir)| {
            let event = import(Some(workspace), files);
            (event, folder)
        };
        bench.iter_batched(new_workspace, routine, BatchSize::PerIteration);
    });
    group.bench_function("load", |bench| bench.iter(|| open(workspace)));
    group.bench_function("open to first heat", |bench| {
        bench.iter(|| {
            let town = open(workspace).town;
            let found = filtered(&town, "", None);
            heat(&town, &found)
        });
    });
    let (all, some) = (filtered(town, "", None), filtered(town, FILTER, None));
    let folder = tempfile::tempdir().unwrap();
    let csv = folder.path().join("a.csv");
    group.bench_function("export csv of all", |bench| {
        bench.iter(|| export(town, &all, csv.clone()));
    });
    let xlsx = folder.path().join("a.xlsx");
    group.bench_function("export xlsx of the filtered", |bench| {
        bench.iter(|| export(town, &some, xlsx.clone()));
    });
}

fn questions(group: &mut BenchmarkGroup<'_, WallTime>, town: &Arc<Town>) {
    let snapshot = &town.snapshot;
    let all = filtered(town, "", None);
    let scores = Arc::clone(&all.scores);
    group.bench_function("filter with list and counts", |bench| {
        bench.iter(|| filtered(town, FILTER, Some(&scores)));
    });
    group.bench_function("filter to heat", |bench| {
        bench.iter(|| heat(town, &filtered(town, FILTER, Some(&scores))));
    });
    group.bench_function("filter to heat, everything shown", |bench| {
        bench.iter(|| heat(town, &filtered(town, "", Some(&scores))));
    });
    let rows = RowSet::all(snapshot.households.len());
    group.bench_function("coverage", |bench| {
        bench.iter(|| analysis::coverage(snapshot, &rows, Choice::default(), &Progress::new()));
    });
    let figures = analysis::coverage(snapshot, &rows, Choice::default(), &Progress::new()).unwrap();
    let counts = |it: &analysis::Figures| (f64::from(it.receiving), f64::from(it.of_concern));
    let measure: Vec<_> = figures.by_area.iter().map(counts).collect();
    let spec = HotSpotSpec::of(AreaLevel::Grid);
    group.bench_function("hot spots of the grids", |bench| {
        bench.iter(|| analysis::hot_spots(&snapshot.areas, &measure, spec, &Progress::new()));
    });
    let (x, y) = (&snapshot.households.x_merc, &snapshot.households.y_merc);
    let spec = frame(town);
    group.bench_function("density frame", |bench| {
        bench.iter(|| analysis::density(x, y, |_| 1.0, &rows, &spec, &Progress::new()));
    });
}

fn places(group: &mut BenchmarkGroup<'_, WallTime>, town: &Town, workspace: &Path) {
    let stored = Workspace::open(workspace, livelihood_map::store::Access::ReadOnly).unwrap();
    let areas = stored.areas().unwrap();
    let grids: Vec<_> = areas
        .iter()
        .filter(|area| area.level == AreaLevel::Grid)
        .map(|area| (area.code.as_str(), &area.boundary))
        .collect();
    let (lon, lat) = (&town.snapshot.households.lon, &town.snapshot.households.lat);
    group.bench_function("locate", |bench| {
        bench.iter(|| Locator::new(black_box(&grids)).locate_all(lon, lat));
    });
}

fn towns(criterion: &mut Criterion) {
    let mut sizes = vec![1_000, 100_000];
    if std::env::var_os("LIVELIHOOD_BENCH_FULL").is_some_and(|full| full == "1") {
        sizes.push(1_000_000);
    }
    for households in sizes {
        let files = files(households);
        let (handle, folder) = new_workspace();
        import(Some(handle.clone()), &files);
        let path = handle.path().to_owned();
        drop(handle);
        let town = open(&path).town;
        let mut group = criterion.benchmark_group(households.to_string());
        group.sample_size(10);
        files_in_and_out(&mut group, &files, &town, &path);
        questions(&mut group, &town);
        places(&mut group, &town, &path);
        group.finish();
        drop(folder);
    }
}

criterion_group!(benches, towns);
criterion_main!(benches);
