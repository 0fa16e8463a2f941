//! What a check of the data found, one by one.

use super::RowMap;
use crate::analysis::{self, Agreement, CountContradiction};
use crate::base::{Generation, Stopwatch};
use crate::datum::{MercBox, MercXY, merc_from_lonlat};
use crate::layer::field_name;
use crate::model::{AreaLevel, LonLat, ProblemKind};
use crate::snapshot::Snapshot;
use crate::words::Lang;
use geo_types::{Coord, LineString, MultiPolygon, Polygon};

/// What a check found. Its rows follow the town from edition to edition.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The edition that the rows are of.
    pub generation: Generation,
    /// The findings: areas, households twice, counts.
    pub findings: Vec<Finding>,
    /// How many areas were compared.
    pub areas: usize,
    /// How many households.
    pub households: usize,
    /// How many members.
    pub members: usize,
    /// What took how long.
    pub timings: Stopwatch,
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What is doubtful.
    pub kind: ProblemKind,
    /// Where, and why.
    pub found: Found,
}

/// Where, and why.
#[derive(Debug, Clone)]
pub enum Found {
    /// A piece of ground.
    Ground(GroundFinding),
    /// Two households.
    Pair(PairFinding),
    /// A household.
    Counts(CountsFinding),
}

/// A piece of ground that two areas share, that none covers, or that reaches out.
#[derive(Debug, Clone)]
pub struct GroundFinding {
    /// Codes of the areas that it is about; the one that holds the others comes last.
    pub codes: Vec<String>,
    /// The level of the areas that overlap, leave the gap or reach out.
    pub level: AreaLevel,
    /// How large it is, in square metres on the ground.
    pub ground_m2: f64,
    /// A place in it.
    pub at_merc: MercXY,
    /// Its outline.
    pub shape: GroundShape,
}

/// An outline that can be painted.
#[derive(Debug, Clone, PartialEq)]
pub struct GroundShape {
    /// Its lines.
    pub rings: Vec<Vec<MercXY>>,
    /// Corners of triangles.
    pub corners: Vec<MercXY>,
    /// The triangles, three places of corners each.
    pub triangles: Vec<u32>,
    /// The box around it.
    pub box_merc: MercBox,
}

impl GroundShape {
    pub(super) fn new(polygon_lonlat: &MultiPolygon<f64>) -> Self {
        let line = |ring: &LineString<f64>| -> LineString<f64> {
            let places = ring.0.iter().map(|at| {
                let merc = merc_from_lonlat(LonLat {
                    lon: at.x,
                    lat: at.y,
                });
                Coord {
                    x: merc.x,
                    y: merc.y,
                }
            });
            places.collect()
        };
        let polygons = polygon_lonlat.iter().map(|polygon| {
            let holes = polygon.interiors().iter().map(line).collect();
            Polygon::new(line(polygon.exterior()), holes)
        });
        let merc: MultiPolygon<f64> = polygons.collect();
        let place = |at: &Coord<f64>| MercXY { x: at.x, y: at.y };
        let rings: Vec<Vec<MercXY>> = merc
            .iter()
            .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
            .map(|ring| ring.0.iter().map(place).collect())
            .collect();
        let (corners, triangles) = analysis::triangulate(&merc);
        let corners: Vec<MercXY> = corners.iter().map(place).collect();
        let box_merc = rings
            .iter()
            .flatten()
            .fold(MercBox::EMPTY, |around, at| around.with(*at));
        Self {
            rings,
            corners,
            triangles,
            box_merc,
        }
    }
}

/// Two households that may be one, or that share somebody.
#[derive(Debug, Clone)]
pub struct PairFinding {
    /// Their ids.
    pub ids: [String; 2],
    /// Their rows; `None` where one is gone.
    pub rows: [Option<u32>; 2],
    /// What agrees.
    pub agree: Vec<Agreement>,
    /// The person in each that it is about; empty where it is about the households.
    pub persons: [String; 2],
    /// What would move with each.
    pub belongings: [Belongings; 2],
    /// Somebody said that they are two.
    pub is_settled: bool,
}

/// The key of the words for something that agrees.
pub fn agreement_word(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::IdNumber => "jobs.agree_id_number",
        Agreement::NearIdNumber => "jobs.agree_near_id_number",
        Agreement::Name => "jobs.agree_name",
        Agreement::NearName => "jobs.agree_near_name",
        Agreement::Phone => "jobs.agree_phone",
        Agreement::Address => "jobs.agree_address",
        Agreement::BirthDate => "jobs.agree_birth_date",
    }
}

/// Rows of the long tables that belong to a household.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Belongings {
    /// Members.
    pub members: u32,
    /// Receipts.
    pub receipts: u32,
    /// Needs.
    pub needs: u32,
    /// Visits.
    pub visits: u32,
}

/// Counts of a household that its members contradict.
#[derive(Debug, Clone)]
pub struct CountsFinding {
    /// Its id.
    pub id: String,
    /// Its row; `None` where it is gone.
    pub row: Option<u32>,
    /// The counts.
    pub counts: Vec<CountContradiction>,
}

/// Which counts differ, in words: `members: ledger 3, members 4`.
pub fn counts_text(counts: &[CountContradiction], lang: Lang) -> String {
    let texts = counts.iter().map(|count| {
        let counted = if count.least == count.most {
            count.least.to_string()
        } else {
            format!("{}–{}", count.least, count.most)
        };
        lang.with(
            "jobs.counts_differ",
            &[
                ("count", &field_name(count.field, lang)),
                ("stated", &count.stated.to_string()),
                ("counted", &counted),
            ],
        )
    });
    texts.collect::<Vec<_>>().join(lang.pick("；", "; "))
}

impl Finding {
    /// Whether somebody still has to look at it.
    pub fn is_open(&self) -> bool {
        match &self.found {
            Found::Ground(_) => true,
            Found::Pair(pair) => !pair.is_settled && pair.rows.iter().all(Option::is_some),
            Found::Counts(counts) => counts.row.is_some(),
        }
    }
}

impl Checked {
    /// The open findings with their places, of a kind.
    pub fn open(&self, kind: ProblemKind) -> impl Iterator<Item = (usize, &Finding)> {
        let all = self.findings.iter().enumerate();
        all.filter(move |(_, finding)| finding.kind == kind && finding.is_open())
    }

    /// The kinds that have open findings, with how many, in the order of the findings.
    pub fn kinds(&self) -> Vec<(ProblemKind, usize)> {
        let mut kinds: Vec<(ProblemKind, usize)> = Vec::new();
        for finding in self.findings.iter().filter(|finding| finding.is_open()) {
            match kinds.iter_mut().find(|(kind, _)| *kind == finding.kind) {
                Some((_, count)) => *count += 1,
                None => kinds.push((finding.kind, 1)),
            }
        }
        kinds
    }

    /// Follows the households into the next edition: those that went close their findings, and
    /// those that came back open them again.
    pub fn follow(&mut self, rows: &RowMap, town: &Snapshot) {
        self.generation = town.generation;
        self.households = town.households.len();
        let ids = &town.households.id;
        let find = |id: &str| (0..ids.len() as u32).find(|row| ids.get(*row) == id);
        let follow = |row: &mut Option<u32>, id: &str| {
            *row = match *row {
                Some(old) => rows.row(old),
                None => find(id),
            };
        };
        for finding in &mut self.findings {
            match &mut finding.found {
                Found::Ground(_) => {}
                Found::Pair(pair) => {
                    for (row, id) in pair.rows.iter_mut().zip(&pair.ids) {
                        follow(row, id);
                    }
                }
                Found::Counts(counts) => follow(&mut counts.row, &counts.id),
            }
        }
    }

    /// Two households are two, or are asked about again.
    pub fn settle(&mut self, one: &str, other: &str, settled: bool) {
        for finding in &mut self.findings {
            if let Found::Pair(pair) = &mut finding.found {
                let [a, b] = [pair.ids[0].as_str(), pair.ids[1].as_str()];
                if (a, b) == (one, other) || (a, b) == (other, one) {
                    pair.is_settled = settled;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::polygon;

    #[test]
    fn a_shape_is_lines_and_triangles_in_mercator() {
        let square = polygon![(x: 121.0, y: 30.0), (x: 121.1, y: 30.0), (x: 121.1, y: 30.1), (x: 121.0, y: 30.1)];
        let shape = GroundShape::new(&MultiPolygon(vec![square]));
        assert_eq!((shape.rings.len(), shape.triangles.len()), (1, 6));
        let corner = merc_from_lonlat(LonLat {
            lon: 121.1,
            lat: 30.0,
        });
        assert!((shape.box_merc.max_x - corner.x).abs() < 1e-6);
        assert!((shape.box_merc.min_y - corner.y).abs() < 1e-6);
        let nothing = GroundShape::new(&MultiPolygon(Vec::new()));
        assert!(nothing.box_merc.is_empty() && nothing.triangles.is_empty());
    }

    #[test]
    fn settled_pairs_close_and_open_again() {
        let pair = PairFinding {
            ids: ["A".into(), "B".into()],
            rows: [Some(0), Some(1)],
            agree: vec![Agreement::Name],
            persons: [String::new(), String::new()],
            belongings: [Belongings::default(); 2],
            is_settled: false,
        };
        let mut checked = Checked {
            generation: Generation::default(),
            findings: vec![Finding {
                kind: ProblemKind::SameHousehold,
                found: Found::Pair(pair),
            }],
            areas: 0,
            households: 2,
            members: 0,
            timings: Stopwatch::start(),
        };
        assert_eq!(checked.kinds(), [(ProblemKind::SameHousehold, 1)]);
        checked.settle("B", "A", true);
        assert!(checked.kinds().is_empty());
        checked.settle("A", "B", false);
        assert_eq!(checked.open(ProblemKind::SameHousehold).count(), 1);
    }

    #[test]
    fn every_agreement_has_words() {
        for agreement in [
            Agreement::IdNumber,
            Agreement::NearIdNumber,
            Agreement::Name,
            Agreement::NearName,
            Agreement::Phone,
            Agreement::Address,
            Agreement::BirthDate,
        ] {
            for lang in Lang::ALL {
                assert!(lang.knows(agreement_word(agreement)));
            }
        }
    }
}
