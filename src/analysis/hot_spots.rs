//! Hot and cold spots: areas whose neighbourhood is more remarkable than chance.

use super::{
    Contiguity, Focus, GlobalMoran, Permutations, Quadrant, SLIVER_WIDTH_M, Transform, Weights,
    contiguity, distance_band, eb_global, false_discovery_threshold, getis_ord, getis_ord_permuted,
    global_moran, k_nearest, local_moran, local_moran_permuted, standardised_rates,
};
use crate::base::{Cancelled, Progress};
use crate::datum::ground_m_per_merc_m;
use crate::model::AreaLevel;
use crate::snapshot::{AreaIndex, Areas};
use geo::Centroid;
use geo_types::{Coord, MultiPolygon};

/// The statistic that is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HotSpotMethod {
    /// Local Moran's I, row-standardised: finds outliers among their neighbours too.
    LocalMoran,
    /// Getis-Ord Gi*, binary: the area with its neighbours.
    GetisOrdStar,
    /// Getis-Ord Gi, binary: the neighbours without the area.
    GetisOrd,
}

/// What it is asked of. Rates smoothed with their neighbours' are not offered: they would show
/// the clusters that the smoothing made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HotSpotMeasure {
    /// Numerator / denominator.
    Raw,
    /// Rates that allow for small denominators: [`standardised_rates`] for Moran, [`eb_global`]
    /// for Getis-Ord.
    EmpiricalBayes,
    /// The numerator.
    Count,
}

/// Who is whose neighbour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Neighbours {
    /// Areas with a common point of their borders.
    Queen,
    /// Areas with a common stretch of their borders.
    Rook,
    /// So many areas with the nearest centroids.
    Nearest(usize),
    /// Areas whose centroids are so near, in metres on the ground.
    WithinM(f64),
}

/// What to compute; the result carries it, so that a figure can be explained.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HotSpotSpec {
    /// The areas.
    pub level: AreaLevel,
    /// The statistic.
    pub method: HotSpotMethod,
    /// What it is asked of.
    pub measure: HotSpotMeasure,
    /// Who is whose neighbour.
    pub neighbours: Neighbours,
    /// How many permutations; with 0, p-values are those of the normal distribution.
    pub permutations: usize,
    /// The seed of the permutations.
    pub seed: u64,
    /// The share of false alarms that is put up with.
    pub alpha: f64,
    /// Whether `alpha` holds for all areas together ([`false_discovery_threshold`]) or for each.
    pub false_discovery: bool,
}

impl HotSpotSpec {
    /// Gi* of empirical-Bayes rates among queen neighbours, 9,999 permutations, 5 % of the areas
    /// found. With 999 no p-value is under 0.001, and of a hundred areas not even one could be
    /// told from chance when all are held together.
    pub fn of(level: AreaLevel) -> Self {
        Self {
            level,
            method: HotSpotMethod::GetisOrdStar,
            measure: HotSpotMeasure::EmpiricalBayes,
            neighbours: Neighbours::Queen,
            permutations: 9_999,
            seed: 1,
            alpha: 0.05,
            false_discovery: true,
        }
    }
}

/// What an area is found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HotSpotClass {
    /// High values gather here.
    Hot,
    /// Low values gather here.
    Cold,
    /// High among low (Moran only).
    HighLow,
    /// Low among high (Moran only).
    LowHigh,
    /// As chance would have it.
    NotSignificant,
    /// No neighbours with data: nothing to be asked.
    NoNeighbours,
    /// Denominator 0: left out, and nobody's neighbour.
    NoData,
}

/// One area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HotSpot {
    /// The area.
    pub area: AreaIndex,
    /// What it is found to be.
    pub class: HotSpotClass,
    /// The value that the statistic was asked of.
    pub value: Option<f64>,
    /// The mean of its neighbours' values.
    pub neighbours_mean: Option<f64>,
    /// How many neighbours with data it has.
    pub neighbours: usize,
    /// The statistic: Ii, Gi or Gi*.
    pub statistic: Option<f64>,
    /// Standard deviations above what chance gives, by the moments of the statistic.
    pub z: Option<f64>,
    /// The p-value, one-sided.
    pub p: Option<f64>,
}

/// The areas of a level.
#[derive(Debug, Clone, PartialEq)]
pub struct HotSpots {
    /// What was computed.
    pub spec: HotSpotSpec,
    /// One entry an area of the level, in the order of the snapshot's areas.
    pub areas: Vec<HotSpot>,
    /// Areas with a p-value below this are significant.
    pub threshold: f64,
    /// Moran's I of the level as a whole, row-standardised, of the same values.
    pub global: Option<GlobalMoran>,
}

impl HotSpots {
    /// How many areas are of a class.
    pub fn count(&self, class: HotSpotClass) -> usize {
        let of_class = self.areas.iter().filter(|area| area.class == class);
        of_class.count()
    }

    /// How many areas have a p-value.
    pub fn tested(&self) -> usize {
        self.areas.iter().filter(|area| area.p.is_some()).count()
    }
}

/// The areas of a level, and which of them are neighbours: entry i of the weights is entry i of
/// the areas.
///
/// Borders nearer than [`SLIVER_WIDTH_M`] meet ([`contiguity`]). Centroids are those of the
/// boundaries in Web Mercator; their distances are metres on the ground at the middle of the level, to
/// some thousandths for a level of 100 km from south to north.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
pub fn level_weights(
    areas: &Areas,
    level: AreaLevel,
    neighbours: Neighbours,
    progress: &Progress,
) -> Result<(Vec<AreaIndex>, Weights), Cancelled> {
    let of_level: Vec<AreaIndex> = areas.of_level(level).collect();
    let nothing = MultiPolygon(Vec::new());
    let boundary = |at: &AreaIndex| areas.boundary_merc.get(at.0 as usize).unwrap_or(&nothing);
    let boundaries: Vec<&MultiPolygon<f64>> = of_level.iter().map(boundary).collect();
    let centroids: Vec<Option<Coord<f64>>> = boundaries
        .iter()
        .map(|boundary| boundary.centroid().map(Coord::from))
        .map(|at| at.filter(|at| at.x.is_finite() && at.y.is_finite()))
        .collect();
    let northings = || centroids.iter().flatten().map(|at| at.y);
    let south = northings().fold(f64::INFINITY, f64::min);
    let north = northings().fold(f64::NEG_INFINITY, f64::max);
    let middle = if south <= north {
        f64::midpoint(south, north)
    } else {
        0.0
    };
    let m_per_merc = ground_m_per_merc_m(middle);
    let by_border = |kind| contiguity(&boundaries, kind, SLIVER_WIDTH_M / m_per_merc, progress);
    progress.tick(0)?;
    let weights = match neighbours {
        Neighbours::Queen => by_border(Contiguity::Queen)?,
        Neighbours::Rook => by_border(Contiguity::Rook)?,
        Neighbours::Nearest(count) => k_nearest(&centroids, count),
        Neighbours::WithinM(band_m) => distance_band(&centroids, band_m / m_per_merc),
    };
    Ok((of_level, weights))
}

/// Hot and cold spots of a level.
///
/// `measure` is a (numerator, denominator) for each of the snapshot's areas, as
/// [`super::coverage`] counts them. Areas without data (denominator 0) are left out of the weights
/// and of the sums, and said so. An area is significant where its p-value is below the threshold;
/// see [`super::conditional_permutation`] for what the p-value is, [`local_moran`] and
/// [`getis_ord`] for the statistics. Fewer than four areas with data, or equal values, give no
/// hot spots. Ticks while neighbours are sought and once an area.
///
/// # Errors
/// [`Cancelled`] where the progress says so.
pub fn hot_spots(
    areas: &Areas,
    measure: &[(f64, f64)],
    spec: HotSpotSpec,
    progress: &Progress,
) -> Result<HotSpots, Cancelled> {
    let (of_level, weights) = level_weights(areas, spec.level, spec.neighbours, progress)?;
    let pair = |at: &AreaIndex| measure.get(at.0 as usize).copied().unwrap_or((0.0, 0.0));
    let pairs: Vec<(f64, f64)> = of_level.iter().map(pair).collect();
    let values = values(&pairs, spec);
    let has_data: Vec<bool> = values.iter().map(Option::is_some).collect();
    let weights = weights.subset(&has_data);
    let known: Vec<f64> = values.iter().copied().flatten().collect();
    let mut found = statistics(&known, &weights, spec, progress)?;
    // Without neighbours there is nothing that chance could have changed.
    for (area, found) in found.iter_mut().enumerate() {
        if weights.neighbours(area).is_empty() {
            found.p = None;
        }
    }
    let p_values: Vec<f64> = found.iter().filter_map(|it| it.p).collect();
    let threshold = if spec.false_discovery {
        false_discovery_threshold(&p_values, spec.alpha)
    } else {
        spec.alpha
    };

    let mut at = 0;
    let mut entries = Vec::with_capacity(of_level.len());
    for (area, value) in of_level.into_iter().zip(values) {
        let mut entry = HotSpot {
            area,
            class: HotSpotClass::NoData,
            value,
            neighbours_mean: None,
            neighbours: 0,
            statistic: None,
            z: None,
            p: None,
        };
        if value.is_some() {
            let neighbours = weights.neighbours(at).len();
            let mean = || weights.lag(at, &known, Transform::RowStandardised);
            let found = found.get(at).copied().unwrap_or_default();
            let is_significant = found.p.is_some_and(|p| p < threshold);
            entry = HotSpot {
                class: match found.kind {
                    _ if neighbours == 0 => HotSpotClass::NoNeighbours,
                    Some(kind) if is_significant => kind,
                    _ => HotSpotClass::NotSignificant,
                },
                neighbours_mean: (neighbours > 0).then(mean),
                neighbours,
                statistic: found.statistic,
                z: found.z,
                p: found.p,
                ..entry
            };
            at += 1;
        }
        entries.push(entry);
    }
    Ok(HotSpots {
        spec,
        areas: entries,
        threshold,
        global: global_moran(&known, &weights, Transform::RowStandardised),
    })
}

/// The value of each area that the statistic is asked of; `None` is "no data".
fn values(pairs: &[(f64, f64)], spec: HotSpotSpec) -> Vec<Option<f64>> {
    let by_hand = |of: fn(f64, f64) -> f64| {
        let value = |&(k, n): &(f64, f64)| Some(of(k, n)).filter(|it| n > 0.0 && it.is_finite());
        pairs.iter().map(value).collect()
    };
    match (spec.measure, spec.method) {
        (HotSpotMeasure::Raw, _) => by_hand(|k, n| k / n),
        (HotSpotMeasure::Count, _) => by_hand(|k, _| k),
        (HotSpotMeasure::EmpiricalBayes, HotSpotMethod::LocalMoran) => standardised_rates(pairs),
        (HotSpotMeasure::EmpiricalBayes, _) => eb_global(pairs),
    }
}

/// What is known of one area with data.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    statistic: Option<f64>,
    z: Option<f64>,
    p: Option<f64>,
    /// What it is, where it is significant.
    kind: Option<HotSpotClass>,
}

fn statistics(
    values: &[f64],
    weights: &Weights,
    spec: HotSpotSpec,
    progress: &Progress,
) -> Result<Vec<Found>, Cancelled> {
    let table = Permutations::seeded(weights, spec.permutations, spec.seed);
    let focus = match spec.method {
        HotSpotMethod::LocalMoran => None,
        HotSpotMethod::GetisOrdStar => Some(Focus::With),
        HotSpotMethod::GetisOrd => Some(Focus::Without),
    };
    let none = || vec![Found::default(); values.len()];
    let (mut found, simulated) = if let Some(focus) = focus {
        let transform = Transform::Binary;
        let simulated = getis_ord_permuted(values, weights, transform, focus, &table, progress)?;
        let of_area = |it: super::GetisOrd| Found {
            statistic: Some(it.g).filter(|g| g.is_finite()),
            z: it.z(),
            p: it.p(),
            kind: it.z().map(|z| {
                if z > 0.0 {
                    HotSpotClass::Hot
                } else {
                    HotSpotClass::Cold
                }
            }),
        };
        let local = getis_ord(values, weights, transform, focus);
        let found = local.map_or_else(none, |all| all.into_iter().map(of_area).collect());
        (found, simulated)
    } else {
        let transform = Transform::RowStandardised;
        let simulated = local_moran_permuted(values, weights, transform, &table, progress)?;
        let of_area = |it: super::LocalMoran| Found {
            statistic: Some(it.i),
            z: it.z(),
            p: it.p(),
            kind: Some(match it.quadrant {
                Quadrant::HighHigh => HotSpotClass::Hot,
                Quadrant::LowHigh => HotSpotClass::LowHigh,
                Quadrant::LowLow => HotSpotClass::Cold,
                Quadrant::HighLow => HotSpotClass::HighLow,
            }),
        };
        let local = local_moran(values, weights, transform);
        let found = local.map_or_else(none, |all| all.into_iter().map(of_area).collect());
        (found, simulated)
    };
    if spec.permutations > 0 {
        for (found, simulated) in found.iter_mut().zip(simulated) {
            found.p = simulated.map(|it| it.p);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
