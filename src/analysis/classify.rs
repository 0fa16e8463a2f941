//! Where the classes of a choropleth begin and end.

/// How a range of values is cut into classes.
#[derive(Debug, Clone, PartialEq)]
pub enum ClassMethod {
    /// The same number of values in each class.
    Quantile,
    /// Classes of the same width.
    Equal,
    /// Natural breaks: the smallest squared deviation within classes.
    Jenks,
    /// Upper bounds set by hand; the number of classes follows from them.
    Manual(Vec<f64>),
}

/// Jenks takes a sample of this size where there are more distinct values.
const JENKS_SAMPLE: usize = 2_000;

/// The upper bounds of the classes: ascending, distinct, the last at least the largest value.
///
/// Values that are not finite are left out; without values (or with 0 classes) there are no
/// bounds. Ties and few distinct values give fewer classes than asked. A value on a bound belongs
/// to the class below it. Manual bounds stay as they are, and the largest value is added where it
/// lies above them.
///
/// Sources: quantiles by linear interpolation (Hyndman & Fan 1996, type 7); natural breaks as the
/// exact optimum of W. D. Fisher, "On grouping for maximum homogeneity", JASA 53 (1958), by
/// dynamic programming in O(classes × n log n). Limit: past 2,000 distinct values Jenks works on
/// 2,000 quantiles of the values, smallest and largest among them, and is then near the optimum.
pub fn breaks(values: &[f64], classes: usize, method: &ClassMethod) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let (Some(&min), Some(&max)) = (sorted.first(), sorted.last()) else {
        return Vec::new();
    };
    if classes == 0 && !matches!(method, ClassMethod::Manual(_)) {
        return Vec::new();
    }
    let mut bounds = match method {
        ClassMethod::Quantile => (1..classes)
            .map(|class| quantile(&sorted, class as f64 / classes as f64))
            .collect(),
        ClassMethod::Equal => (1..classes)
            .map(|class| min + (max - min) * class as f64 / classes as f64)
            .collect(),
        ClassMethod::Jenks => jenks(&sorted, classes),
        ClassMethod::Manual(bounds) => {
            let mut bounds: Vec<f64> = bounds.iter().copied().filter(|b| b.is_finite()).collect();
            bounds.sort_unstable_by(f64::total_cmp);
            bounds
        }
    };
    if bounds.last().is_none_or(|last| *last < max) {
        bounds.push(max);
    }
    bounds.dedup();
    bounds
}

/// The class of a value: the first whose upper bound is not below it. Values above every bound
/// (and NaN, which the caller should have drawn as "no data") are in the last class.
pub fn class_of(value: f64, breaks: &[f64]) -> usize {
    breaks
        .iter()
        .position(|bound| value <= *bound)
        .unwrap_or(breaks.len().saturating_sub(1))
}

/// The value below which this share of the sorted values lies.
pub(super) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len().saturating_sub(1)) as f64;
    let below = sorted.get(place.floor() as usize).copied();
    let above = sorted.get(place.ceil() as usize).copied();
    match (below, above) {
        (Some(below), Some(above)) => below + (above - below) * place.fract(),
        _ => f64::NAN,
    }
}

/// The upper bounds of the optimal classes of the sorted values.
fn jenks(sorted: &[f64], classes: usize) -> Vec<f64> {
    let mut distinct = Grouped::of(sorted.iter().copied());
    if distinct.value.len() > JENKS_SAMPLE {
        // Not interpolated: a bound is then a value that occurs.
        let step = (sorted.len() - 1) as f64 / (JENKS_SAMPLE - 1) as f64;
        distinct = Grouped::of(
            (0..JENKS_SAMPLE)
                .filter_map(|place| sorted.get((place as f64 * step).round() as usize).copied()),
        );
    }
    let n = distinct.value.len();
    if n <= classes {
        return distinct.value;
    }

    // cost[i]: the least squared deviation of the first i values in the classes so far;
    // starts[class][i]: where the last of these classes begins.
    let mut cost: Vec<f64> = (0..=n).map(|end| distinct.deviation(0, end)).collect();
    let mut starts = vec![vec![0; n + 1]];
    for _ in 1..classes {
        let mut next = vec![f64::INFINITY; n + 1];
        let mut start = vec![0; n + 1];
        split(&distinct, &cost, &mut next, &mut start, (1, n), (0, n - 1));
        cost = next;
        starts.push(start);
    }
    let mut bounds = Vec::with_capacity(classes);
    let mut end = n;
    for start in starts.iter().rev() {
        if end == 0 {
            break;
        }
        bounds.extend(distinct.value.get(end - 1));
        end = start.get(end).copied().unwrap_or(0);
    }
    bounds.reverse();
    bounds
}

/// Fills `next` and `start` for the ends of a range, given where their last class can begin.
/// The best beginning never moves back as the end moves on, so the middle end halves the work.
fn split(
    values: &Grouped,
    cost: &[f64],
    next: &mut [f64],
    start: &mut [usize],
    ends: (usize, usize),
    begins: (usize, usize),
) {
    if ends.0 > ends.1 {
        return;
    }
    let end = usize::midpoint(ends.0, ends.1);
    let mut best = (f64::INFINITY, begins.0);
    let candidates = cost.iter().enumerate().take(begins.1.min(end - 1) + 1);
    for (begin, cost) in candidates.skip(begins.0) {
        let total = cost + values.deviation(begin, end);
        if total < best.0 {
            best = (total, begin);
        }
    }
    (next[end], start[end]) = best;
    split(
        values,
        cost,
        next,
        start,
        (ends.0, end - 1),
        (begins.0, best.1),
    );
    split(
        values,
        cost,
        next,
        start,
        (end + 1, ends.1),
        (best.1, begins.1),
    );
}

/// Distinct ascending values with running sums.
struct Grouped {
    value: Vec<f64>,
    /// Number, sum and sum of squares of the values before each place, all from the middle.
    before: Vec<[f64; 3]>,
}

impl Grouped {
    fn of(sorted: impl Iterator<Item = f64>) -> Self {
        let mut value: Vec<f64> = Vec::new();
        let mut count: Vec<f64> = Vec::new();
        for next in sorted {
            match (value.last(), count.last_mut()) {
                (Some(last), Some(count)) if *last == next => *count += 1.0,
                _ => {
                    value.push(next);
                    count.push(1.0);
                }
            }
        }
        // Squares of large, near values would cancel; distances from the middle do so less.
        let middle = value.get(value.len() / 2).copied().unwrap_or(0.0);
        let mut sums = [0.0; 3];
        let mut before = vec![sums];
        for (value, count) in value.iter().zip(&count) {
            let from_middle = value - middle;
            sums[0] += count;
            sums[1] += count * from_middle;
            sums[2] += count * from_middle * from_middle;
            before.push(sums);
        }
        Self { value, before }
    }

    /// The squared deviation of the values from `begin` to before `end` from their mean.
    fn deviation(&self, begin: usize, end: usize) -> f64 {
        if end <= begin + 1 {
            return 0.0;
        }
        let [count, sum, squares] =
            std::array::from_fn(|at| self.before[end][at] - self.before[begin][at]);
        (squares - sum * sum / count).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [f64; 20] = [
        12.0, 1.5, 2.0, 2.0, 3.25, 4.0, 4.5, 60.0, 9.0, 9.0, 0.0, 13.5, 18.0, 21.0, 22.0, 22.5,
        40.0, 41.0, 44.75, 7.0,
    ];

    #[test]
    fn breaks_agree_with_mapclassify() {
        // mapclassify 2.10.0: Quantiles, EqualInterval, FisherJenks(...).bins of VALUES.
        let oracle: [(ClassMethod, usize, &[f64]); 9] = [
            (
                ClassMethod::Quantile,
                3,
                &[5.333_333_333_333_335, 20.0, 60.0],
            ),
            (ClassMethod::Quantile, 4, &[3.8125, 10.5, 22.125, 60.0]),
            (ClassMethod::Quantile, 5, &[3.0, 8.2, 15.3, 26.0, 60.0]),
            (ClassMethod::Equal, 3, &[20.0, 40.0, 60.0]),
            (ClassMethod::Equal, 4, &[15.0, 30.0, 45.0, 60.0]),
            (ClassMethod::Equal, 5, &[12.0, 24.0, 36.0, 48.0, 60.0]),
            (ClassMethod::Jenks, 3, &[9.0, 22.5, 60.0]),
            (ClassMethod::Jenks, 4, &[9.0, 22.5, 44.75, 60.0]),
            (ClassMethod::Jenks, 5, &[4.5, 13.5, 22.5, 44.75, 60.0]),
        ];
        for (method, classes, expected) in oracle {
            let bounds = breaks(&VALUES, classes, &method);
            assert_eq!(bounds.len(), expected.len(), "{method:?} {bounds:?}");
            for (bound, expected) in bounds.iter().zip(expected) {
                assert!((bound - expected).abs() < 1e-9, "{method:?} {bounds:?}");
            }
        }
    }

    #[test]
    fn jenks_beats_every_other_cut() {
        // Brute force over all pairs of cuts of 40 made-up values.
        let mut values: Vec<f64> = (0..40).map(|i| f64::from((i * i * 37) % 101)).collect();
        values.sort_by(f64::total_cmp);
        let cost = |bounds: &[f64]| -> f64 {
            let of = |class| {
                values
                    .iter()
                    .filter(move |v| class_of(**v, bounds) == class)
            };
            (0..bounds.len())
                .map(|class| {
                    let mean = of(class).sum::<f64>() / of(class).count().max(1) as f64;
                    of(class).map(|v| (v - mean).powi(2)).sum::<f64>()
                })
                .sum()
        };
        let ours = cost(&breaks(&values, 3, &ClassMethod::Jenks));
        for first in &values {
            for second in values.iter().filter(|second| *second > first) {
                assert!(ours <= cost(&[*first, *second, 100.0]) + 1e-9);
            }
        }
    }

    #[test]
    fn few_and_odd_values() {
        let all = [
            ClassMethod::Quantile,
            ClassMethod::Equal,
            ClassMethod::Jenks,
            ClassMethod::Manual(vec![]),
        ];
        for method in all {
            assert_eq!(breaks(&[], 5, &method), [0.0; 0]);
            assert_eq!(breaks(&[f64::NAN, f64::INFINITY], 5, &method), [0.0; 0]);
            assert_eq!(breaks(&[3.0, 3.0, f64::NAN], 5, &method), [3.0]);
        }
        assert_eq!(breaks(&[1.0, 2.0, 2.0], 5, &ClassMethod::Jenks), [1.0, 2.0]);
        assert_eq!(breaks(&[1.0, 2.0], 0, &ClassMethod::Equal), [0.0; 0]);
        let manual = ClassMethod::Manual(vec![0.5, 0.2, f64::NAN, 0.5]);
        assert_eq!(breaks(&[0.1, 0.9], 0, &manual), [0.2, 0.5, 0.9]);
        assert_eq!(breaks(&[0.1, 0.3], 0, &manual), [0.2, 0.5]);
    }

    #[test]
    fn many_values_are_sampled_to_their_ends() {
        let values: Vec<f64> = (0..50_000).map(|i| f64::from(i * 7 % 10_000)).collect();
        let bounds = breaks(&values, 4, &ClassMethod::Jenks);
        assert_eq!(bounds.len(), 4);
        for (bound, expected) in bounds.iter().zip([2499.0, 4999.0, 7499.0, 9999.0]) {
            assert!((bound - expected).abs() < 15.0, "{bounds:?}");
        }
        assert_eq!(bounds.last(), Some(&9_999.0));
    }

    #[test]
    fn a_bound_belongs_to_the_class_below() {
        let bounds = [1.0, 2.0, 5.0];
        let classes: Vec<_> = [-1.0, 1.0, 1.01, 5.0, 9.0]
            .into_iter()
            .map(|value| class_of(value, &bounds))
            .collect();
        assert_eq!(classes, [0, 0, 1, 2, 2]);
        assert_eq!(class_of(1.0, &[]), 0);
    }
}
