//! How large a household's dot is, in the window and in pictures.

/// More dots than these step back, so that they do not hide what lies below.
pub const MANY_DOTS: usize = 700;

/// Radius of a dot in pixels at 96 dpi, by how many of those a Mercator metre takes: under two
/// over a town, five in a street.
pub fn dot_radius_px(px_per_merc_m: f64) -> f32 {
    (1.5 + (px_per_merc_m * 10.0).log2().max(0.0) as f32 * 0.9).clamp(1.5, 5.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_grow_as_the_map_comes_closer() {
        assert_eq!(dot_radius_px(0.01), 1.5);
        assert!(dot_radius_px(0.2) < dot_radius_px(0.8));
        assert_eq!(dot_radius_px(100.0), 5.5);
    }
}
