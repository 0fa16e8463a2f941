//! Areas that overlap, leave gaps or reach out of the one that they belong to.

mod family;
mod plane;

use crate::base::{Cancelled, Progress};
use crate::model::{Area, AreaLevel, LonLat, ProblemKind};
use family::Family;
use geo::algorithm::bool_ops::FillRule;
use geo::{BooleanOps, MultiPolygon, OpType, Polygon};
use plane::{Piece, Plane};
use rayon::prelude::*;

/// Ground that is no larger than this, or nowhere wider, is rounding.
pub const SLIVER_M2: f64 = 1.0;
/// The width below which ground is a sliver.
pub const SLIVER_WIDTH_M: f64 = 1.0;

/// A set of areas that has more flaws of a kind is another set than was meant.
const MAX_FINDINGS: usize = 10_000;

/// Neighbours that are compared at most: a street office of 4,000 grids has about 12,000 pairs.
const MAX_PAIRS: usize = 1_000_000;

/// Pairs that are looked at between two looks at whether to stop.
const CHUNK: usize = 1_024;

/// A flaw of the areas, and where it is.
#[derive(Debug, Clone, PartialEq)]
pub struct TopologyFinding {
    /// [`ProblemKind::AreaOverlap`], [`ProblemKind::AreaGap`] or [`ProblemKind::AreaOutsideParent`].
    pub kind: ProblemKind,
    /// The level of the areas that overlap, leave the gap or reach out.
    pub level: AreaLevel,
    /// Codes: of an overlap both, ascending; of what reaches out, the one; of a gap none.
    pub areas: Vec<String>,
    /// Code of the area that a gap is in or that is reached out of; empty where a gap is in the
    /// level as a whole, and for overlaps.
    pub parent: String,
    /// How much ground, in square metres on the ellipsoid.
    pub ground_m2: f64,
    /// A place inside it, in its largest part.
    pub place: LonLat,
    /// The ground itself, in degrees.
    pub boundary: MultiPolygon<f64>,
}

/// The flaws of a set of areas.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Topology {
    /// Overlaps, then gaps, then what reaches out; each by level and codes, the largest first.
    pub findings: Vec<TopologyFinding>,
    /// Whether something was left out: the areas have more than 10,000 flaws of a kind, or lie on
    /// top of each other a million times.
    pub is_cut: bool,
}

/// Where areas overlap, leave gaps, or reach out of the area that they belong to.
///
/// * **Overlaps**: ground that two areas of one level share; one finding a pair.
/// * **Gaps**: ground of an area that has parts and that none of them covers, one finding a gap; and,
///   of a level where some areas belong to none, holes of the level as a whole.
/// * **Outside**: ground of an area that is not its parent's; one finding an area.
///
/// Boundaries are read as degrees with straight edges, inside by the even-odd rule, so rings that
/// cross or touch themselves do no harm. Only boundaries that came from files are compared; where a
/// parent was dissolved from its parts, its own parent takes its place. Ground counts where it is
/// more than 1 m² and somewhere wider than 1 m (a circle of 1 m fits in): boundaries that were
/// rounded apart overlap by slivers that are no flaw. Areas without a boundary are left out.
///
/// Sources: overlay by `i_overlay` (to some micrometres for a town), ground by C. Karney, "Algorithms
/// for geodesics" (2013). Limits: widths are measured in a plane that is true at the middle of all
/// areas, so they are off by some per cent where these reach over several degrees. About 0.2 ms for a
/// pair of neighbours of 100 corners.
///
/// # Errors
/// [`Cancelled`] where the work was stopped.
pub fn topology(areas: &[&Area], progress: &Progress) -> Result<Topology, Cancelled> {
    let plane = Plane::around(areas);
    progress.set_total(areas.len() as u64);
    let shapes: Vec<MultiPolygon<f64>> = areas
        .par_iter()
        .map(|area| {
            progress.tick(1)?;
            Ok(plane.shape(&area.boundary))
        })
        .collect::<Result<_, Cancelled>>()?;
    let survey = Survey {
        areas,
        family: Family::of(areas),
        shapes,
        plane,
    };
    let mut report = Topology::default();
    let pairs = survey.pairs(&mut report, progress)?;
    let gaps = survey.gap_work();
    let children: Vec<(usize, usize)> = survey.family.children().collect();
    progress.set_total((areas.len() + pairs.len() + gaps.len() + children.len()) as u64);
    look(&pairs, &mut report, progress, |pair| survey.overlap(*pair))?;
    look(&gaps, &mut report, progress, |(parent, level)| {
        survey.gaps(*parent, *level)
    })?;
    look(&children, &mut report, progress, |(child, parent)| {
        survey.outside(*child, *parent)
    })?;
    Ok(report)
}

/// Looks at pieces of work until there are too many findings, and puts these in order.
fn look<W: Sync>(
    work: &[W],
    report: &mut Topology,
    progress: &Progress,
    look: impl Fn(&W) -> Vec<TopologyFinding> + Sync,
) -> Result<(), Cancelled> {
    let before = report.findings.len();
    for chunk in work.chunks(CHUNK) {
        if report.findings.len() - before >= MAX_FINDINGS {
            report.is_cut = true;
            break;
        }
        let found: Vec<Vec<TopologyFinding>> = chunk
            .par_iter()
            .map(|one| {
                progress.tick(1)?;
                Ok(look(one))
            })
            .collect::<Result<_, Cancelled>>()?;
        report.findings.extend(found.into_iter().flatten());
    }
    if let Some(found) = report.findings.get_mut(before..) {
        found.sort_by(|a, b| {
            (a.level, &a.parent, &a.areas)
                .cmp(&(b.level, &b.parent, &b.areas))
                .then(b.ground_m2.total_cmp(&a.ground_m2))
        });
    }
    Ok(())
}

struct Survey<'a> {
    areas: &'a [&'a Area],
    family: Family,
    /// The boundaries in the plane, clean: no ring crosses itself or another one.
    shapes: Vec<MultiPolygon<f64>>,
    plane: Plane,
}

impl Survey<'_> {
    fn code(&self, area: usize) -> String {
        self.areas
            .get(area)
            .map_or(String::new(), |area| area.code.clone())
    }

    fn pairs(
        &self,
        report: &mut Topology,
        progress: &Progress,
    ) -> Result<Vec<(usize, usize)>, Cancelled> {
        let mut pairs = Vec::new();
        for level in AreaLevel::ALL {
            progress.tick(0)?;
            let read = self.family.read_of(self.areas, level);
            let (of_level, is_cut) = plane::neighbours(&self.shapes, &read, MAX_PAIRS);
            pairs.extend(of_level);
            report.is_cut |= is_cut;
        }
        Ok(pairs)
    }

    fn overlap(&self, (a, b): (usize, usize)) -> Vec<TopologyFinding> {
        let (Some(one), Some(other)) = (self.shapes.get(a), self.shapes.get(b)) else {
            return Vec::new();
        };
        let mut codes = vec![self.code(a), self.code(b)];
        codes.sort();
        let parts = self.plane.pieces(one.intersection(other));
        let level = self.areas.get(a).map(|area| area.level);
        let overlap = ProblemKind::AreaOverlap;
        let finding = self.finding(overlap, level, codes, String::new(), parts);
        finding.into_iter().collect()
    }

    /// Levels as a whole, and areas that have parts; with the level of what leaves the gap.
    fn gap_work(&self) -> Vec<(Option<usize>, AreaLevel)> {
        let levels = AreaLevel::ALL.into_iter();
        let whole = levels.filter(|level| self.family.has_orphans(self.areas, *level));
        let mut work: Vec<_> = whole.map(|level| (None, level)).collect();
        // Where the parts are of several levels, the coarsest tells.
        work.extend(self.family.parents().into_iter().filter_map(|parent| {
            let parts = self.family.parts(parent).iter();
            let levels = parts.filter_map(|part| Some(self.areas.get(*part)?.level));
            Some((Some(parent), levels.min()?))
        }));
        work
    }

    fn gaps(&self, parent: Option<usize>, level: AreaLevel) -> Vec<TopologyFinding> {
        let ground = match parent {
            Some(parent) => self.uncovered(parent),
            None => self.holes(level),
        };
        let code = parent.map_or(String::new(), |parent| self.code(parent));
        let pieces = self.plane.pieces(ground).into_iter();
        let gap = |piece| {
            let gap = ProblemKind::AreaGap;
            self.finding(gap, Some(level), Vec::new(), code.clone(), vec![piece])
        };
        pieces.filter_map(gap).collect()
    }

    fn outside(&self, child: usize, parent: usize) -> Vec<TopologyFinding> {
        let (Some(one), Some(within)) = (self.shapes.get(child), self.shapes.get(parent)) else {
            return Vec::new();
        };
        let parts = self.plane.pieces(one.difference(within));
        let level = self.areas.get(child).map(|area| area.level);
        let (codes, parent) = (vec![self.code(child)], self.code(parent));
        let outside = ProblemKind::AreaOutsideParent;
        let finding = self.finding(outside, level, codes, parent, parts);
        finding.into_iter().collect()
    }

    /// The ground of an area that none of its parts covers.
    fn uncovered(&self, parent: usize) -> MultiPolygon<f64> {
        let parts = self.together(self.family.parts(parent));
        self.shapes
            .get(parent)
            .map_or(MultiPolygon(vec![]), |parent| {
                parent.boolean_op_with_fill_rule(&parts, OpType::Difference, FillRule::NonZero)
            })
    }

    /// The holes of a level as a whole that lie in no parent read from a file; those are its gaps.
    fn holes(&self, level: AreaLevel) -> MultiPolygon<f64> {
        let of_level = self.family.all_of(self.areas, level);
        let nothing = MultiPolygon(vec![]);
        let level_ground = self.together(&of_level).boolean_op_with_fill_rule(
            &nothing,
            OpType::Union,
            FillRule::NonZero,
        );
        let holes = level_ground.iter().flat_map(|polygon| polygon.interiors());
        let holes = MultiPolygon(
            holes
                .map(|hole| Polygon::new(hole.clone(), vec![]))
                .collect(),
        );
        let islands =
            holes.boolean_op_with_fill_rule(&level_ground, OpType::Difference, FillRule::NonZero);
        let parents = self.together(&self.family.parents_of(&of_level));
        islands.boolean_op_with_fill_rule(&parents, OpType::Difference, FillRule::NonZero)
    }

    /// Shapes side by side; where they overlap they wind around more than once.
    fn together(&self, which: &[usize]) -> MultiPolygon<f64> {
        let shapes = which.iter().filter_map(|at| self.shapes.get(*at));
        MultiPolygon(shapes.flat_map(|shape| shape.0.iter().cloned()).collect())
    }

    fn finding(
        &self,
        kind: ProblemKind,
        level: Option<AreaLevel>,
        areas: Vec<String>,
        parent: String,
        pieces: Vec<Piece>,
    ) -> Option<TopologyFinding> {
        let largest = pieces
            .iter()
            .max_by(|a, b| a.ground_m2.total_cmp(&b.ground_m2))?;
        Some(TopologyFinding {
            kind,
            level: level?,
            areas,
            parent,
            ground_m2: pieces.iter().map(|piece| piece.ground_m2).sum(),
            place: largest.place,
            boundary: MultiPolygon(pieces.into_iter().map(|piece| piece.polygon).collect()),
        })
    }
}

#[cfg(test)]
mod tests;
