//! Drawings at their edges: nothing, much, and little room.

use super::*;
use crate::analysis::{
    AgeBand, AgePyramid, AreaShare, AreaShares, NeedCount, NeedCounts, RateForm, Share, funnel,
};
use crate::base::{Generation, Progress};
use crate::layer::text::Align;
use crate::model::{Area, AreaLevel, Catalogue, Term};
use crate::snapshot::{AreaIndex, Builder, Snapshot};
use crate::words::Lang;
use geo_types::{MultiPolygon, polygon};

fn town(areas: usize) -> Snapshot {
    let catalogue = Catalogue {
        needs: vec![Term::unknown("照料"), Term::unknown("医疗")],
        ..Catalogue::default()
    };
    let mut builder = Builder::new(Generation::default(), catalogue, true);
    let area = |at: usize| {
        let west = at as f64 * 0.01;
        Area {
            code: format!("{at:012}"),
            name: format!("第{at}社区"),
            level: AreaLevel::Community,
            parent: String::new(),
            boundary: MultiPolygon(vec![polygon![
                (x: west, y: 0.0), (x: west + 0.01, y: 0.0), (x: west, y: 0.01)
            ]]),
            derived: false,
        }
    };
    builder.set_areas((0..areas).map(area).collect(), Vec::new());
    builder.finish(&Progress::new()).unwrap()
}

fn shares(counts: &[(u32, u32)], form: RateForm) -> AreaShares {
    let areas = counts.iter().zip(0..).map(|((part, whole), at)| {
        let share = Share {
            part: *part,
            whole: *whole,
        };
        AreaShare {
            area: AreaIndex(at),
            share,
            value: match form {
                RateForm::Count => Some(f64::from(*part)),
                _ => share.rate(),
            },
            is_suppressed: *whole < 10,
        }
    });
    AreaShares {
        level: Some(AreaLevel::Community),
        form,
        least: 10,
        areas: areas.collect(),
        ..AreaShares::default()
    }
}

fn pyramid() -> AgePyramid {
    let mut bands = vec![AgeBand::default(); crate::analysis::AGE_BANDS];
    for (at, band) in bands.iter_mut().enumerate().take(19) {
        (band.male, band.female) = (at as u32 * 3, 40 - at as u32);
    }
    AgePyramid {
        bands,
        households: 9,
        without_members: 2,
        ..AgePyramid::default()
    }
}

fn every_chart(count: usize) -> Vec<ChartData> {
    let counts: Vec<(u32, u32)> = (0..count as u32).map(|at| (at * 7 % 40, 40 + at)).collect();
    let with = |form| shares(&counts, form);
    let raw = with(RateForm::Raw);
    let need = |category, open| NeedCount {
        category,
        open,
        referred: 3,
        met: 1,
        households: open,
    };
    vec![
        ChartData::Coverage(raw.clone()),
        ChartData::Coverage(with(RateForm::Count)),
        ChartData::Funnel(raw.clone(), funnel(&raw)),
        ChartData::Needs(NeedCounts {
            categories: vec![need(0, 20), need(1, 2)],
            met_undated: 1,
            households: 21,
            of: 90,
        }),
        ChartData::Ages(pyramid()),
    ]
}

fn room(width_px: f32, height_px: f32, grows: bool) -> Room {
    Room {
        width_px,
        height_px,
        grows,
    }
}

fn texts(drawing: &Drawing) -> Vec<&str> {
    let mut texts = Vec::new();
    for shape in &drawing.shapes {
        if let Shape::Text { text, .. } = shape {
            texts.push(text.as_str());
        }
    }
    texts
}

/// How far to the left and right the shapes reach.
fn reach(drawing: &Drawing) -> (f32, f32) {
    let fonts = crate::layer::text::Fonts::new(&[]);
    let mut ends = (f32::INFINITY, f32::NEG_INFINITY);
    let mut with = |left: f32, right: f32| ends = (ends.0.min(left), ends.1.max(right));
    for shape in &drawing.shapes {
        match shape {
            Shape::Bar { at, .. } => with(at.left, at.right),
            Shape::Line { points, .. } => points.iter().for_each(|[x, _]| with(*x, *x)),
            Shape::Band { upper, .. } => upper.iter().for_each(|[x, _]| with(*x, *x)),
            Shape::Dot { at, radius, .. } => with(at[0] - radius, at[0] + radius),
            Shape::Text {
                text,
                at,
                align,
                size,
                ..
            } => {
                let width = fonts.measure(text, *size);
                let left = match align {
                    Align::Left => at[0],
                    Align::Center => at[0] - width / 2.0,
                    Align::Right => at[0] - width,
                };
                with(left, left + width);
            }
        }
    }
    ends
}

#[test]
fn nothing_is_clipped_in_any_room_that_a_window_has() {
    let town = town(40);
    for data in every_chart(40) {
        for lang in Lang::ALL {
            for (width, height) in [(1400.0, 150.0), (664.0, 150.0), (420.0, 400.0)] {
                let drawing = draw_chart(&data, &town, room(width, height, true), lang);
                let (left, right) = reach(&drawing);
                let kind = data.kind().code();
                assert!(
                    left >= -0.5 && right <= width + 0.5,
                    "{kind} {width}: {left} {right}"
                );
                assert_eq!(drawing.left_out, 0, "{kind}");
                assert!(drawing.hits.iter().all(|hit| {
                    hit.at.left >= -0.5 && hit.at.bottom <= drawing.size_px[1] + 1.0
                }));
            }
        }
    }
}

#[test]
fn a_picture_says_what_it_has_no_room_for() {
    let town = town(100);
    let data = &every_chart(100)[0];
    let drawing = draw_chart(data, &town, room(620.0, 300.0, false), Lang::Zh);
    assert!(drawing.left_out > 50, "{}", drawing.left_out);
    let count = drawing.left_out.to_string();
    let words = Lang::Zh.with("chart.left_out", &[("count", &count)]);
    assert!(texts(&drawing).contains(&words.as_str()));
    assert!(drawing.size_px[1] <= 300.0);
}

#[test]
fn rates_carry_their_denominators_and_no_data_has_no_bar() {
    let town = town(3);
    let counts = [(35, 45), (0, 0), (3, 4)];
    let data = ChartData::Coverage(shares(&counts, RateForm::Raw));
    let drawing = draw_chart(&data, &town, room(600.0, 200.0, true), Lang::Zh);
    let texts = texts(&drawing);
    for wanted in ["第0社区", "77.8 %", "35/45", "无数据", "0/0", "3/4"] {
        assert!(texts.contains(&wanted), "{wanted}");
    }
    // The legend's squares are lower than bars.
    let is_bar = |at: &crate::layer::PxBox| at.bottom - at.top > 11.0;
    let fills = |wanted: Ink| {
        let bars = drawing.shapes.iter();
        bars.filter(|shape| matches!(shape, Shape::Bar { ink, at } if *ink == wanted && is_bar(at)))
            .count()
    };
    assert_eq!((fills(Ink::Covered), fills(Ink::Quiet)), (1, 1));
    // The area without data can still be gone to, and has no parts.
    let parts = |area: u32| {
        let hits = drawing.hits.iter();
        hits.filter(|hit| hit.area == Some(AreaIndex(area))).count()
    };
    assert_eq!([parts(0), parts(1), parts(2)], [3, 1, 3]);
}

#[test]
fn empty_charts_and_tiny_pictures_do_not_fail() {
    let town = town(0);
    let empty = [
        ChartData::Coverage(AreaShares::default()),
        ChartData::Funnel(AreaShares::default(), None),
        ChartData::Needs(NeedCounts::default()),
        ChartData::Ages(AgePyramid::default()),
    ];
    let sheet = ChartSheet {
        title: "一个很长的标题，长得放不下".to_owned(),
        facts: vec!["截至 2026-11-21".to_owned()],
        source: "街道".to_owned(),
        mark: Some("演示数据".to_owned()),
    };
    for data in empty.iter().chain(&every_chart(5)) {
        for size in [[0.0, 0.0], [1.0, 1.0], [64.0, 64.0], [300.0, 200.0]] {
            let drawing = draw_chart(data, &town, sheet.room(size), Lang::En);
            let image = paint_chart(&drawing, &sheet, size, 1.0, false);
            assert_eq!(
                (image.width_px as f32, image.height_px as f32),
                (size[0].max(1.0), size[1].max(1.0))
            );
        }
        assert_eq!(is_empty(data), empty.contains(data));
    }
}

#[test]
fn the_picture_has_the_colours_of_the_drawing_and_the_mark() {
    let town = town(2);
    let data = ChartData::Coverage(shares(&[(30, 40), (10, 40)], RateForm::Raw));
    let mut sheet = ChartSheet {
        title: "覆盖率".to_owned(),
        facts: Vec::new(),
        source: String::new(),
        mark: None,
    };
    let size = [400.0, 240.0];
    let paint = |sheet: &ChartSheet, dark| {
        let drawing = draw_chart(&data, &town, sheet.room(size), Lang::Zh);
        paint_chart(&drawing, sheet, size, 2.0, dark)
    };
    for dark in [false, true] {
        let image = paint(&sheet, dark);
        assert_eq!((image.width_px, image.height_px), (800, 480));
        assert_eq!(image.get(0, 0), Some(ground(dark)));
        let has = |ink: Ink| {
            let mut pixels = image.pixels.chunks_exact(4);
            pixels.any(|pixel| pixel == ink.color(dark))
        };
        assert!(has(Ink::Covered) && has(Ink::Track) && has(Ink::Text) && !has(Ink::Warning));
    }
    let plain = paint(&sheet, false);
    sheet.mark = Some("演示数据".to_owned());
    assert_ne!(paint(&sheet, false), plain);
}
