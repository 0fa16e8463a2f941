//! Whether one way of two is better, or was only lucky.

/// Of two readings, how many rows only the one gets right and how many only the other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Disagreement {
    pub(super) won: u64,
    pub(super) lost: u64,
}

/// How seldom a coin may do as well.
const MAX_CHANCE: f64 = 0.01;

impl Disagreement {
    /// Whether the first is better beyond chance: the exact two-sided sign test on the rows where
    /// they disagree (`McNemar`, 1947) at 1 %. Eight rows to none are the least that pass.
    pub(super) fn is_plain(self) -> bool {
        let rows = self.won + self.lost;
        self.won > self.lost && 2.0 * tail(self.won, rows) < MAX_CHANCE
    }
}

/// The chance of `heads` or more of `tosses` fair tosses.
fn tail(heads: u64, tosses: u64) -> f64 {
    let mut log_term = -(tosses as f64) * std::f64::consts::LN_2;
    for at in 1..=tosses - heads {
        log_term += ((heads + at) as f64 / at as f64).ln();
    }
    let mut term = log_term.exp();
    let mut sum = 0.0;
    for at in heads..=tosses {
        sum += term;
        term *= (tosses - at) as f64 / (at + 1) as f64;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_plain(won: u64, lost: u64) -> bool {
        Disagreement { won, lost }.is_plain()
    }

    /// The figures are those of `scipy.stats.binomtest(...).pvalue / 2`, 1.17.
    #[test]
    fn tails_are_those_of_the_binomial_distribution() {
        for (heads, tosses, chance) in [
            (8, 8, 0.003_906_25),
            (7, 8, 0.035_156_25),
            (12, 15, 0.017_578_125),
            (60, 100, 0.028_443_966_820_490_392),
        ] {
            assert!((tail(heads, tosses) - chance).abs() < 1e-12, "{heads}");
        }
    }

    #[test]
    fn few_rows_are_never_plain() {
        assert!(!is_plain(0, 0));
        assert!(!is_plain(4, 0));
        assert!(!is_plain(7, 0));
        assert!(is_plain(8, 0));
        assert!(!is_plain(12, 3));
        assert!(is_plain(20_000, 300));
        assert!(!is_plain(10_050, 9_950));
        assert!(!is_plain(300, 20_000));
    }
}
