//! Small pictures of the map, from files to pixels on the CPU, beside stored ones.
//!
//! After a change that is meant to be seen, `UPDATE_GOLDEN=1 cargo golden` stores the pictures anew; look at
//! them before they are committed. A picture that differs is left as `*.new.png` beside the stored one.

use crate::support::{Stored, data, generate, run, today};
use livelihood_map::analysis::{
    ClassMethod, HotSpotMethod, HotSpotSpec, PriorityWeights, RateForm,
};
use livelihood_map::datum::MercBox;
use livelihood_map::jobs::{Event, FilterRequest, PictureRequest, Request};
use livelihood_map::layer::{AreaFigure, HeatKind, LayerId, LayerKind, LayerSpec, Scope};
use livelihood_map::model::AreaLevel;
use livelihood_map::query::{Choice, Direction, SortKey, parse};
use livelihood_map::snapshot::Unsettled;
use livelihood_map::words::Lang;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const WIDTH_PX: u32 = 320;
const HEIGHT_PX: u32 = 240;

/// One picture.
struct Scene {
    name: &'static str,
    layers: Vec<LayerKind>,
    filter: &'static str,
    lang: Lang,
    dark: bool,
    base_map: bool,
    /// Share of the town's width that is shown, around its middle.
    share: f64,
    scale: f32,
    rate_form: RateForm,
}

impl Scene {
    fn of(name: &'static str, layers: Vec<LayerKind>) -> Self {
        Self {
            name,
            layers,
            filter: "",
            lang: Lang::Zh,
            dark: false,
            base_map: false,
            share: 1.0,
            // Half as large as on screen, so that the map has room beside the legend.
            scale: 0.5,
            rate_form: RateForm::Raw,
        }
    }
}

fn heat(kind: HeatKind, bandwidth_m: f64) -> LayerKind {
    LayerKind::heat(kind, bandwidth_m)
}

fn filled(figure: AreaFigure, level: AreaLevel, labels: bool) -> LayerKind {
    LayerKind::Areas {
        figure,
        level,
        method: ClassMethod::Quantile,
        classes: 4,
        labels,
    }
}

fn outlines(level: AreaLevel, labels: bool) -> LayerKind {
    LayerKind::Outlines { level, labels }
}

fn scenes() -> Vec<Scene> {
    let points = LayerKind::Points { of_concern: true };
    vec![
        Scene::of("households_heat", vec![heat(HeatKind::Households, 500.0)]),
        Scene {
            base_map: true,
            ..Scene::of(
                "unmet_heat_over_the_base_map",
                vec![points.clone(), heat(HeatKind::UnmetLoad, 120.0)],
            )
        },
        Scene::of("coverage_heat", vec![heat(HeatKind::FullCoverage, 200.0)]),
        Scene {
            lang: Lang::En,
            ..Scene::of("reach_heat_english", vec![heat(HeatKind::Reach, 200.0)])
        },
        Scene {
            filter: "elderly>=1 living_alone:yes",
            ..Scene::of(
                "areas_with_no_data",
                vec![filled(AreaFigure::Reach, AreaLevel::Grid, false)],
            )
        },
        Scene {
            lang: Lang::En,
            ..Scene::of(
                "communities_english",
                vec![filled(AreaFigure::OpenNeeds, AreaLevel::Community, true)],
            )
        },
        Scene {
            share: 0.3,
            ..Scene::of(
                "points_and_outlines",
                vec![
                    LayerKind::Points { of_concern: false },
                    outlines(AreaLevel::Grid, false),
                    outlines(AreaLevel::Community, true),
                ],
            )
        },
        Scene {
            dark: true,
            base_map: true,
            share: 0.5,
            ..Scene::of(
                "dark_theme",
                vec![
                    points,
                    heat(HeatKind::UnmetLoad, 120.0),
                    outlines(AreaLevel::Grid, false),
                ],
            )
        },
        Scene {
            rate_form: RateForm::EmpiricalBayesLocal,
            ..Scene::of(
                "areas_smoothed_with_small_denominators",
                vec![filled(AreaFigure::Programme(None), AreaLevel::Grid, false)],
            )
        },
        Scene {
            lang: Lang::En,
            ..Scene::of(
                "hot_spots_and_outliers",
                vec![LayerKind::HotSpots {
                    figure: AreaFigure::UnmetPerHousehold,
                    spec: HotSpotSpec {
                        method: HotSpotMethod::LocalMoran,
                        false_discovery: false,
                        permutations: 99,
                        ..HotSpotSpec::of(AreaLevel::Grid)
                    },
                }],
            )
        },
        Scene {
            dark: true,
            base_map: true,
            ..Scene::of(
                "coverage_against_need",
                vec![LayerKind::bivariate(AreaLevel::Grid)],
            )
        },
        Scene {
            base_map: true,
            ..Scene::of(
                "not_known_heat",
                vec![heat(HeatKind::Unsettled(Unsettled::Unknown, None), 150.0)],
            )
        },
        Scene {
            dark: true,
            lang: Lang::En,
            ..Scene::of(
                "to_review_by_area",
                vec![filled(
                    AreaFigure::Unsettled(Unsettled::Review, None),
                    AreaLevel::Community,
                    true,
                )],
            )
        },
        Scene {
            scale: 1.0,
            filter: "concern:yes",
            ..Scene::of("large_text", vec![outlines(AreaLevel::Community, true)])
        },
    ]
}

/// The middle of the town in the shape of the picture.
fn view(extent: MercBox, share: f64) -> MercBox {
    let middle = extent.center();
    let half_width = extent.width() * share * 0.52;
    let half_height = half_width * f64::from(HEIGHT_PX) / f64::from(WIDTH_PX);
    MercBox {
        min_x: middle.x - half_width,
        max_x: middle.x + half_width,
        min_y: middle.y - half_height,
        max_y: middle.y + half_height,
    }
}

fn draw(scene: &Scene, stored: &Stored, base_map: &Path, path: &Path) {
    let town = &stored.town;
    let filter = FilterRequest {
        town: Arc::clone(town),
        filter: parse(scene.filter, &town.snapshot.catalogue).unwrap(),
        selection: None,
        choice: Choice::default(),
        as_of: today(),
        priority: None,
        weights: PriorityWeights::default(),
        quota: None,
        sort: SortKey::Id,
        direction: Direction::Ascending,
    };
    let Event::Filtered(found) = run(Request::Filter(filter)) else {
        panic!("{}", scene.name)
    };
    let layers = (1..).zip(&scene.layers).map(|(id, kind)| LayerSpec {
        id: LayerId(id),
        kind: kind.clone(),
        visible: true,
        opacity: 0.8,
        scope: Scope::Filtered,
    });
    let request = PictureRequest {
        town: Arc::clone(town),
        layers: layers.collect(),
        rows: found.rows,
        coverage: found.coverage,
        selection: None,
        choice: Choice::default(),
        rate_form: scene.rate_form,
        as_of: today(),
        filter_text: scene.filter.to_owned(),
        view_merc: view(town.snapshot.extent_merc, scene.share),
        width_px: WIDTH_PX,
        height_px: HEIGHT_PX,
        scale: scene.scale,
        dark: scene.dark,
        base_map: scene.base_map.then(|| base_map.to_owned()),
        title: "示范街道".to_owned(),
        lang: scene.lang,
        path: path.to_owned(),
    };
    match run(Request::Picture(request)) {
        Event::Pictured(pictured) => assert_eq!(pictured.counts.len(), scene.layers.len()),
        other => panic!("{other:?}"),
    }
}

/// Width, height and pixels of a PNG.
fn pixels(path: &Path) -> (u32, u32, Vec<[u8; 4]>) {
    let decoder = png::Decoder::new(BufReader::new(File::open(path).unwrap()));
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    assert_eq!(info.color_type, png::ColorType::Rgba);
    (info.width, info.height, bytes.as_chunks().0.to_vec())
}

/// How a picture differs from the stored one, or nothing. Rounding may differ by a little on
/// another processor; a shape that moved may not.
fn difference(found: &Path, stored: &Path) -> Option<String> {
    if !stored.exists() {
        return Some("there is no stored picture".to_owned());
    }
    let ((width, height, found), (stored_width, stored_height, stored)) =
        (pixels(found), pixels(stored));
    if (width, height) != (stored_width, stored_height) {
        return Some(format!(
            "{width}×{height}, stored {stored_width}×{stored_height}"
        ));
    }
    let differs = |(a, b): &(&[u8; 4], &[u8; 4])| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > 3);
    let different = found.iter().zip(&stored).filter(differs).count();
    let most = found.len() / 200;
    (different > most).then(|| format!("{different} pixels differ, more than {most}"))
}

#[test]
fn maps_look_as_they_did() {
    let folder = tempfile::tempdir().unwrap();
    let [areas, households, base_map] = generate(folder.path(), 3_000, 7);
    let stored = Stored::of(&[areas], &[households]);
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut different = Vec::new();
    for scene in scenes() {
        let name = scene.name;
        let golden = data("golden").join(format!("{name}.png"));
        let drawn = folder.path().join(format!("{name}.png"));
        draw(&scene, &stored, &base_map, &drawn);
        let beside: PathBuf = golden.with_extension("new.png");
        if update {
            fs::copy(&drawn, &golden).unwrap();
        } else if let Some(how) = difference(&drawn, &golden) {
            fs::copy(&drawn, &beside).unwrap();
            different.push(format!("{name}: {how}; see {}", beside.display()));
            continue;
        }
        // What was left by an earlier difference that is settled.
        if beside.exists() {
            fs::remove_file(beside).unwrap();
        }
    }
    assert!(different.is_empty(), "{different:#?}");
}

#[test]
fn the_comparison_sees_what_it_should() {
    let folder = tempfile::tempdir().unwrap();
    let golden = data("golden/households_heat.png");
    assert_eq!(difference(&golden, &golden), None);
    assert!(difference(&golden, &folder.path().join("none.png")).is_some());
    let other = data("golden/coverage_heat.png");
    assert!(difference(&golden, &other).is_some_and(|how| how.contains("pixels differ")));
}
