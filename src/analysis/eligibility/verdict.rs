//! Yes, no, unknown: Kleene's strong logic of three values, and numbers known within limits.

/// The answer to a question of which some facts may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It is so, whatever the missing facts are.
    Yes,
    /// It is not so, whatever the missing facts are.
    No,
    /// It depends on a fact that is missing.
    Unknown,
}

impl Verdict {
    /// From whether it is so for certain, and whether it may be so.
    pub(super) fn of(yes: bool, may: bool) -> Self {
        match (yes, may) {
            (true, _) => Self::Yes,
            (false, true) => Self::Unknown,
            (false, false) => Self::No,
        }
    }

    /// Of a fact that may be missing.
    pub(super) fn of_flag(flag: Option<bool>) -> Self {
        match flag {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unknown,
        }
    }

    /// Its word in reports.
    pub fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }

    pub(super) fn is_yes(self) -> bool {
        self == Self::Yes
    }

    /// Whether it is not ruled out.
    pub(super) fn may_be(self) -> bool {
        self != Self::No
    }

    #[must_use]
    pub(super) fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
        }
    }

    /// Both: no beats unknown beats yes.
    #[must_use]
    pub(super) fn and(self, other: Self) -> Self {
        Self::of(
            self.is_yes() && other.is_yes(),
            self.may_be() && other.may_be(),
        )
    }

    /// Either: yes beats unknown beats no.
    #[must_use]
    pub(super) fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }
}

/// What is known of a number: it lies between two limits, both possible. A number that does not
/// apply (the level of a disability that nobody has) is NaN on both sides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Range {
    pub(super) lo: f64,
    pub(super) hi: f64,
}

impl Range {
    /// Any number.
    pub(super) const UNKNOWN: Self = Self {
        lo: f64::NEG_INFINITY,
        hi: f64::INFINITY,
    };
    /// There is no such number.
    pub(super) const NONE: Self = Self {
        lo: f64::NAN,
        hi: f64::NAN,
    };

    pub(super) fn exactly(value: f64) -> Self {
        Self {
            lo: value,
            hi: value,
        }
    }

    pub(super) fn at_least(lo: f64) -> Self {
        Self {
            lo,
            hi: f64::INFINITY,
        }
    }

    /// A number that may be missing.
    pub(super) fn of(value: Option<f64>) -> Self {
        value
            .filter(|value| value.is_finite())
            .map_or(Self::UNKNOWN, Self::exactly)
    }

    pub(super) fn is_none(self) -> bool {
        self.lo.is_nan() || self.hi.is_nan()
    }

    /// The number, where only one is possible.
    pub(super) fn known(self) -> Option<f64> {
        (self.lo == self.hi && self.lo.is_finite()).then_some(self.lo)
    }

    /// Unknown unless only one number is possible.
    #[must_use]
    pub(super) fn exact_or_unknown(self) -> Self {
        if self.lo == self.hi || self.is_none() {
            self
        } else {
            Self::UNKNOWN
        }
    }

    pub(super) fn negative(self) -> Self {
        Self {
            lo: -self.hi,
            hi: -self.lo,
        }
    }

    pub(super) fn calculate(self, how: Arithmetic, other: Self) -> Self {
        if self.is_none() || other.is_none() {
            return Self::NONE;
        }
        let (a, b) = (self, other);
        match how {
            Arithmetic::Add => limits(a.lo + b.lo, a.hi + b.hi),
            Arithmetic::Subtract => limits(a.lo - b.hi, a.hi - b.lo),
            Arithmetic::Multiply => {
                // Nought times anything is nought, however little is known of it.
                let product = |a: f64, b: f64| if a == 0.0 || b == 0.0 { 0.0 } else { a * b };
                of_corners(a, b, product)
            }
            Arithmetic::Divide if b.lo <= 0.0 && b.hi >= 0.0 => Self::UNKNOWN,
            Arithmetic::Divide => of_corners(a, b, |a, b| a / b),
        }
    }

    /// Compares. What does not apply is neither less nor more nor equal nor unequal.
    #[inline]
    pub(super) fn compare(self, how: Comparison, other: Self) -> Verdict {
        let (yes, may) = bounds(self.lo, self.hi, how, other.lo, other.hi);
        Verdict::of(yes, may)
    }
}

/// Limits; a sum beyond all numbers is not known.
fn limits(lo: f64, hi: f64) -> Range {
    if lo.is_nan() || hi.is_nan() {
        Range::UNKNOWN
    } else {
        Range { lo, hi }
    }
}

fn of_corners(a: Range, b: Range, calculate: impl Fn(f64, f64) -> f64) -> Range {
    let corners = [(a.lo, b.lo), (a.lo, b.hi), (a.hi, b.lo), (a.hi, b.hi)];
    // A corner that is no number (∞ / ∞) lies between the others.
    let (lo, hi) = corners
        .into_iter()
        .map(|(a, b)| calculate(a, b))
        .fold((f64::NAN, f64::NAN), |(lo, hi), value| {
            (lo.min(value), hi.max(value))
        });
    limits(lo, hi)
}

/// Whether the comparison holds for certain, and whether it may hold.
#[inline]
pub(super) fn bounds(a_lo: f64, a_hi: f64, how: Comparison, b_lo: f64, b_hi: f64) -> (bool, bool) {
    // Every comparison with NaN is false, so what does not apply is a no.
    match how {
        Comparison::Less => (a_hi < b_lo, a_lo < b_hi),
        Comparison::AtMost => (a_hi <= b_lo, a_lo <= b_hi),
        Comparison::More => (a_lo > b_hi, a_hi > b_lo),
        Comparison::AtLeast => (a_lo >= b_hi, a_hi >= b_lo),
        Comparison::Equal => (
            a_lo == a_hi && b_lo == b_hi && a_lo == b_lo,
            a_lo <= b_hi && b_lo <= a_hi,
        ),
        Comparison::Unequal => {
            let both = a_lo <= a_hi && b_lo <= b_hi;
            let apart = both && !(a_lo <= b_hi && b_lo <= a_hi);
            let same = a_lo == a_hi && b_lo == b_hi && a_lo == b_lo;
            (apart, both && !same)
        }
    }
}

/// How two numbers are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Less,
    AtMost,
    Equal,
    Unequal,
    AtLeast,
    More,
}

impl Comparison {
    /// The same with the sides changed.
    pub(super) fn mirrored(self) -> Self {
        match self {
            Self::Less => Self::More,
            Self::AtMost => Self::AtLeast,
            Self::More => Self::Less,
            Self::AtLeast => Self::AtMost,
            Self::Equal | Self::Unequal => self,
        }
    }
}

/// How two numbers make a third.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kleenes_tables() {
        use Verdict::{No, Unknown, Yes};
        let all = [Yes, No, Unknown];
        let and = [Yes, No, Unknown, No, No, No, Unknown, No, Unknown];
        let or = [Yes, Yes, Yes, Yes, No, Unknown, Yes, Unknown, Unknown];
        for (at, (a, b)) in all
            .into_iter()
            .flat_map(|a| all.map(|b| (a, b)))
            .enumerate()
        {
            assert_eq!(a.and(b), and[at], "{a:?} and {b:?}");
            assert_eq!(a.or(b), or[at], "{a:?} or {b:?}");
        }
        assert_eq!(all.map(Verdict::not), [No, Yes, Unknown]);
    }

    #[test]
    fn a_comparison_is_known_where_the_limits_settle_it() {
        use Comparison::{AtLeast, AtMost, Equal, Less, More, Unequal};
        let exactly = Range::exactly;
        let under_60 = Range { lo: 0.0, hi: 59.0 };
        assert_eq!(under_60.compare(AtLeast, exactly(80.0)), Verdict::No);
        assert_eq!(under_60.compare(Less, exactly(60.0)), Verdict::Yes);
        assert_eq!(under_60.compare(AtLeast, exactly(18.0)), Verdict::Unknown);
        assert_eq!(under_60.compare(Unequal, exactly(60.0)), Verdict::Yes);
        assert_eq!(under_60.compare(Equal, exactly(59.0)), Verdict::Unknown);
        for how in [Less, AtMost, Equal, Unequal, AtLeast, More] {
            assert_eq!(Range::NONE.compare(how, exactly(2.0)), Verdict::No);
            assert_eq!(exactly(2.0).compare(how, Range::NONE), Verdict::No);
            assert_eq!(Range::UNKNOWN.compare(how, exactly(2.0)), Verdict::Unknown);
        }
        assert_eq!(exactly(2.0).compare(Equal, exactly(2.0)), Verdict::Yes);
        assert_eq!(exactly(2.0).compare(Unequal, exactly(2.0)), Verdict::No);
    }

    #[test]
    fn limits_are_calculated_with() {
        use Arithmetic::{Add, Divide, Multiply, Subtract};
        let exactly = Range::exactly;
        let some = Range { lo: -1.0, hi: 2.0 };
        assert_eq!(
            some.calculate(Add, exactly(1.0)),
            Range { lo: 0.0, hi: 3.0 }
        );
        assert_eq!(some.calculate(Subtract, some), Range { lo: -3.0, hi: 3.0 });
        assert_eq!(
            some.calculate(Multiply, exactly(-2.0)),
            Range { lo: -4.0, hi: 2.0 }
        );
        assert_eq!(
            exactly(0.0).calculate(Multiply, Range::UNKNOWN),
            exactly(0.0)
        );
        assert_eq!(exactly(1.0).calculate(Divide, some), Range::UNKNOWN);
        assert_eq!(exactly(3.0).calculate(Divide, exactly(0.0)), Range::UNKNOWN);
        let positive = Range::at_least(1.0);
        assert_eq!(positive.calculate(Divide, positive), Range::at_least(0.0));
        assert!(Range::NONE.calculate(Multiply, exactly(0.0)).is_none());
        assert_eq!(
            Range::UNKNOWN.calculate(Subtract, Range::UNKNOWN),
            Range::UNKNOWN
        );
    }
}
