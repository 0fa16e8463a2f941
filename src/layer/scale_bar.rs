//! How long a round distance on the ground is on the screen.

use crate::base::digits::figure;

/// The longest bar of at most `max_px` that is 1, 2 or 5 times a power of ten metres on the
/// ground: its width in pixels and its text. Nothing sensible to show is a bar of width 0.
pub fn scale_bar(ground_m_per_px: f64, max_px: f32) -> (f32, String) {
    let max_m = ground_m_per_px * f64::from(max_px);
    if !(max_m.is_finite() && max_m > 0.0) {
        return (0.0, String::new());
    }
    let power = 10_f64.powf(max_m.log10().floor());
    let step = [5.0, 2.0, 1.0]
        .into_iter()
        .find(|step| step * power <= max_m)
        .unwrap_or(1.0);
    let length_m = step * power;
    let text = if length_m >= 1_000.0 {
        format!("{} km", figure(length_m / 1_000.0, 0))
    } else if length_m >= 1.0 {
        format!("{} m", figure(length_m, 0))
    } else {
        format!("{} m", figure(length_m, 6))
    };
    ((length_m / ground_m_per_px) as f32, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_round_and_fit() {
        assert_eq!(scale_bar(5.0, 120.0), (100.0, "500 m".to_owned()));
        assert_eq!(scale_bar(10.0, 100.0), (100.0, "1 km".to_owned()));
        assert_eq!(scale_bar(0.03, 100.0).1, "2 m");
        for exponent in -8..20 {
            let (width_px, text) = scale_bar(f64::from(exponent).exp2(), 100.0);
            assert!(width_px > 35.0 && width_px <= 100.0, "{text}: {width_px}");
        }
    }

    #[test]
    fn nonsense_has_no_bar() {
        for m_per_px in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(scale_bar(m_per_px, 100.0), (0.0, String::new()));
        }
    }
}
