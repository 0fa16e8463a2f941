//! Coverage and need in one map: three classes of each, nine together.

use super::classify::quantile;

/// Classes of each of the two.
pub const BIVARIATE_CLASSES: u8 = 3;

/// Where the classes of coverage and of need end.
///
/// The cuts are a choice that is made once, of all households, and then kept: a filter changes in
/// which class an area is, and never what a class (or its colour) means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BivariateCuts {
    /// The upper bounds of low and of middle coverage.
    pub coverage: [f64; 2],
    /// The upper bounds of low and of middle need.
    pub need: [f64; 2],
}

/// A cell of the 3 × 3 legend; 0 is low, 2 is high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BivariateClass {
    /// The class of coverage.
    pub coverage: u8,
    /// The class of need.
    pub need: u8,
}

impl BivariateCuts {
    /// Cuts at the thirds of the areas that have data; coverage and need are asked each for
    /// itself. `None` where one of them has no data at all.
    ///
    /// Source: quantiles by linear interpolation (Hyndman & Fan 1996, type 7), as
    /// `numpy.quantile` at 1/3 and 2/3. Limit: where a third of the areas have one and the same
    /// value, classes are empty.
    pub fn terciles(coverage: &[Option<f64>], need: &[Option<f64>]) -> Option<Self> {
        Some(Self {
            coverage: thirds(coverage)?,
            need: thirds(need)?,
        })
    }

    /// The class of an area; `None` where one of the two has no data. A value on a bound belongs
    /// to the class below it.
    pub fn class(&self, coverage: Option<f64>, need: Option<f64>) -> Option<BivariateClass> {
        Some(BivariateClass {
            coverage: third(coverage?, self.coverage)?,
            need: third(need?, self.need)?,
        })
    }
}

fn thirds(values: &[Option<f64>]) -> Option<[f64; 2]> {
    let known = values.iter().flatten().copied();
    let mut sorted: Vec<f64> = known.filter(|value| value.is_finite()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let cuts = [1.0, 2.0].map(|third| quantile(&sorted, third / 3.0));
    (!sorted.is_empty()).then_some(cuts)
}

fn third(value: f64, cuts: [f64; 2]) -> Option<u8> {
    let above = cuts.iter().filter(|cut| value > **cut).count();
    (!value.is_nan()).then_some(above as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    #[test]
    fn thirds_hold_a_third_each() {
        let coverage = known(&[0.9, 0.1, 0.2, 0.5, 0.8, 0.4]);
        let mut need = known(&[3.0, 1.0, 2.0, 9.0, 7.0, 8.0, 4.0]);
        need.push(None);
        let cuts = BivariateCuts::terciles(&coverage, &need).unwrap();
        // numpy.quantile(…, [1/3, 2/3]).
        assert!((cuts.coverage[0] - 0.333_333_333_333_333_3).abs() < 1e-15);
        assert!((cuts.coverage[1] - 0.6).abs() < 1e-15);
        assert_eq!(cuts.need, [3.0, 7.0]);
        let classes = |value: f64| cuts.class(Some(value), Some(5.0)).unwrap().coverage;
        assert_eq!([0.1, 0.4, 0.9].map(classes), [0, 1, 2]);
        let low_and_high = cuts.class(Some(0.2), Some(8.0));
        let expected = BivariateClass {
            coverage: 0,
            need: 2,
        };
        assert_eq!(low_and_high, Some(expected));
        assert_eq!(
            cuts.class(Some(0.2), Some(3.0)).unwrap().need,
            0,
            "on the bound"
        );
    }

    #[test]
    fn no_data_has_no_class() {
        let one = known(&[0.5]);
        assert_eq!(BivariateCuts::terciles(&one, &[None]), None);
        assert_eq!(BivariateCuts::terciles(&[], &one), None);
        assert_eq!(BivariateCuts::terciles(&known(&[f64::NAN]), &one), None);
        let cuts = BivariateCuts::terciles(&one, &one).unwrap();
        assert_eq!(cuts.class(None, Some(1.0)), None);
        assert_eq!(cuts.class(Some(f64::NAN), Some(1.0)), None);
        // Without any spread all is low, and nothing is called high.
        assert_eq!(cuts.class(Some(0.5), Some(0.5)).unwrap().need, 0);
    }
}
