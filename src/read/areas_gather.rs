//! The features of a boundary file, whatever its form → areas, parents and Problems.

use super::area_codes::odd_codes;
use super::area_parents::Parents;
use super::area_properties::Described;
use super::areas::AreasRead;
use super::areas_datum::{self, Settled};
use super::boundary::quoted;
use super::choice::FileChoice;
use super::crs::Crs;
use super::encoding::Encoding;
use super::file;
use super::inspection::{EncodingCandidate, FileForm};
use super::rings::Shape;
use crate::base::Progress;
use crate::model::{Area, Problem, ProblemKind};
use crate::words::Fault;
use geo_types::MultiPolygon;
use rayon::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;

/// Features that are located between two looks at the progress.
const FEATURES_AT_A_TIME: usize = 256;

/// Why a feature cannot be used.
#[derive(Debug, PartialEq)]
pub(super) struct Unusable {
    pub(super) kind: ProblemKind,
    pub(super) column: &'static str,
    pub(super) text: String,
}

impl Unusable {
    pub(super) fn new(kind: ProblemKind, column: &'static str, text: &str) -> Self {
        Self {
            kind,
            column,
            text: quoted(text),
        }
    }

    pub(super) fn geometry(text: String) -> Self {
        Self {
            kind: ProblemKind::BadGeometry,
            column: "geometry",
            text,
        }
    }

    /// A feature without a shape, by its code or name.
    pub(super) fn no_shape(described: &Described) -> Self {
        let text = described.code.as_deref().or(described.name.as_deref());
        Self::new(
            ProblemKind::NullGeometry,
            "geometry",
            text.unwrap_or_default(),
        )
    }
}

/// A feature as read: what it is, and its shape in the coordinates of the file.
pub(super) type Feature = Result<(Described, Shape), Unusable>;

/// What a reader found in a file.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) form: FileForm,
    pub(super) encoding: Encoding,
    /// Encodings to choose from, where there is doubt.
    pub(super) encodings: Vec<EncodingCandidate>,
    /// What there is to choose from in the file.
    pub(super) layers: Vec<String>,
    /// Which of them was read.
    pub(super) layer: Option<String>,
    /// The coordinate system that the file states.
    pub(super) crs: Option<Crs>,
    /// The features with their numbers, from 1.
    pub(super) features: Vec<(u64, Feature)>,
}

impl Found {
    pub(super) fn of(form: FileForm) -> Self {
        Self {
            form,
            encoding: Encoding::default(),
            encodings: Vec::new(),
            layers: Vec::new(),
            layer: None,
            crs: None,
            features: Vec::new(),
        }
    }

    /// Adds the next feature.
    pub(super) fn push(&mut self, feature: Feature) {
        self.features
            .push((self.features.len() as u64 + 1, feature));
    }

    /// Makes areas of the features, located in WGS-84. `stem` is the name of the file that may say
    /// the coordinate system.
    pub(super) fn into_areas(
        self,
        choice: &FileChoice,
        stem: &str,
        progress: &Progress,
    ) -> Result<AreasRead, Fault> {
        let shapes = self
            .features
            .iter()
            .filter_map(|(_, feature)| feature.as_ref().ok());
        let corners = shapes.flat_map(|(_, shape)| shape.some_corners());
        let settled = areas_datum::settle(choice, self.crs.as_ref(), stem, corners)?;
        let mut gathered = Gathered::new(file::name_of(&choice.path), settled);
        let mut features = self.features.into_iter();
        loop {
            let some: Vec<_> = features.by_ref().take(FEATURES_AT_A_TIME).collect();
            if some.is_empty() {
                break;
            }
            let located: Vec<_> = some
                .into_par_iter()
                .map(|(row, feature)| (row, located(feature, settled)))
                .collect();
            for (row, feature) in located {
                gathered.add(row, feature);
            }
            progress.tick(0)?;
        }
        let named_parents = gathered.finish();
        Ok(AreasRead {
            areas: gathered.areas,
            features: gathered.features,
            named_parents,
            problems: gathered.problems,
            features_read: gathered.features_read,
            form: self.form,
            encoding: self.encoding,
            encodings: self.encodings,
            layers: self.layers,
            layer: self.layer,
            datum: settled.reading.datum,
            datum_reason: settled.reason,
            swapped: settled.reading.swapped || settled.looks_swapped,
        })
    }
}

/// A feature whose shape is a boundary.
type Located = Result<(Described, MultiPolygon<f64>, bool), Unusable>;

fn located(feature: Feature, settled: Settled) -> Located {
    let (described, shape) = feature?;
    let was_open = shape.was_open;
    let boundary = shape.located(settled.reading).map_err(|text| {
        let mut bad = Unusable::geometry(text);
        bad.text = quoted(&bad.text);
        bad
    })?;
    if described.code.is_none() {
        let name = described.name.as_deref().unwrap_or_default();
        return Err(Unusable::new(ProblemKind::MissingCode, "properties", name));
    }
    Ok((described, boundary, was_open))
}

/// The areas gathered so far.
struct Gathered {
    source: Arc<str>,
    areas: Vec<Area>,
    /// The feature of each area.
    features: Vec<u64>,
    problems: Vec<Problem>,
    features_read: u64,
    codes: HashSet<String>,
    parents: Parents,
    level_is_guessed: bool,
}

impl Gathered {
    fn new(source: Arc<str>, settled: Settled) -> Self {
        let mut gathered = Self {
            source,
            areas: Vec::new(),
            features: Vec::new(),
            problems: Vec::new(),
            features_read: 0,
            codes: HashSet::new(),
            parents: Parents::default(),
            level_is_guessed: false,
        };
        if settled.looks_swapped && !settled.reading.swapped {
            gathered.problem(
                0,
                ProblemKind::SwappedCoordinates,
                "geometry",
                String::new(),
            );
        }
        gathered
    }

    fn problem(&mut self, row: u64, kind: ProblemKind, column: &str, text: String) {
        self.problems.push(Problem {
            source: self.source.clone(),
            row,
            column: column.to_owned(),
            kind,
            text,
        });
    }

    fn add(&mut self, row: u64, feature: Located) {
        self.features_read += 1;
        let (described, boundary, was_open) = match feature {
            Ok(feature) => feature,
            Err(Unusable { kind, column, text }) => {
                self.problem(row, kind, column, text);
                return;
            }
        };
        let code = described.code.clone().unwrap_or_default();
        if !self.codes.insert(code.clone()) {
            self.problem(row, ProblemKind::DuplicateCode, "code", code);
            return;
        }
        if was_open {
            self.problem(row, ProblemKind::UnclosedRing, "geometry", code.clone());
        }
        self.level_is_guessed |= !described.level_is_known;
        let parent = self.parents.note(&described);
        self.features.push(row);
        self.areas.push(Area {
            name: described.name.unwrap_or_else(|| code.clone()),
            level: described.level,
            parent: if parent == code {
                String::new()
            } else {
                parent
            },
            boundary,
            derived: false,
            code,
        });
    }

    fn finish(&mut self) -> Vec<super::NamedParent> {
        if self.level_is_guessed {
            self.problem(0, ProblemKind::UnknownLevel, "", String::new());
        }
        let named = std::mem::take(&mut self.parents).without_features(&mut self.areas);
        // Which code stands above an area is known only now.
        for (at, kind) in odd_codes(&self.areas) {
            let row = self.features.get(at).copied().unwrap_or_default();
            let code = self.areas.get(at).map(|area| quoted(&area.code));
            self.problem(row, kind, "code", code.unwrap_or_default());
        }
        named
    }
}
