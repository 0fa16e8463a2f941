//! Whether the codes of the areas of a file are of the form of their level, and begin with the code above.

use crate::model::{Area, AreaLevel, ProblemKind, division_level, is_division_code, is_within};
use std::collections::BTreeSet;

/// What is odd about the code of an area: the place of the area, and which kind of problem it is.
///
/// Counties, streets and communities have division codes. A code of letters may be the office's own: it is odd
/// only where others of its level in the file are division codes. Grids have codes of no one form, but begin
/// with the code of what they lie in, where that is a division code.
pub(super) fn odd_codes(areas: &[Area]) -> Vec<(usize, ProblemKind)> {
    let is_proper = |area: &&Area| is_division_code(&area.code, area.level);
    let with_codes: BTreeSet<AreaLevel> = areas
        .iter()
        .filter(is_proper)
        .map(|area| area.level)
        .collect();
    let odd = |area: &Area| {
        let has_parent = division_level(&area.parent).is_some();
        let is_elsewhere = has_parent && !is_within(&area.code, &area.parent);
        if area.level == AreaLevel::Grid {
            return is_elsewhere.then_some(ProblemKind::BadGridCode);
        }
        let is_number = area.code.bytes().all(|byte| byte.is_ascii_digit());
        let is_standard = is_number || with_codes.contains(&area.level);
        let is_odd = is_standard && !is_division_code(&area.code, area.level);
        (is_odd || is_elsewhere).then_some(ProblemKind::BadAreaCode)
    };
    let found = areas.iter().enumerate();
    found
        .filter_map(|(at, area)| Some((at, odd(area)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The areas given as (level, code, code above) whose codes are odd.
    fn odd(areas: &[(AreaLevel, &str, &str)]) -> Vec<String> {
        let areas: Vec<Area> = areas
            .iter()
            .map(|(level, code, parent)| Area {
                code: (*code).to_owned(),
                name: String::new(),
                level: *level,
                parent: (*parent).to_owned(),
                boundary: geo_types::MultiPolygon(Vec::new()),
                derived: false,
            })
            .collect();
        let found = odd_codes(&areas).into_iter();
        found
            .map(|(at, kind)| format!("{} {}", areas[at].code, kind.code()))
            .collect()
    }

    use AreaLevel::{Community, County, Grid, Street};

    #[test]
    fn division_codes_have_the_digits_of_their_level() {
        let found = odd(&[
            (County, "330282", ""),
            (County, "33028", ""),
            // Filled up with noughts, as some departments write them.
            (County, "330282000000", ""),
            (Street, "330282001", "330282"),
            (Street, "330282001000", "330282"),
            (Street, "3302820", "330282"),
            (Community, "330282001001", "330282001"),
            (Community, "33028200100", "330282001"),
            (Community, "C1", "330282001"),
        ]);
        assert_eq!(
            found,
            [
                "33028 bad_area_code",
                "3302820 bad_area_code",
                "33028200100 bad_area_code",
                "C1 bad_area_code"
            ]
        );
    }

    #[test]
    fn a_child_begins_with_its_parent() {
        let found = odd(&[
            (Street, "330283001", "330282"),
            (Community, "330282001001", "330282001000"),
            (Community, "330282002001", "330282001000"),
            (Grid, "330282001001015", "330282001001"),
            (Grid, "330282001002015", "330282001001"),
            (Grid, "G1", "330282001001"),
            (Grid, "G2", "河东社区"),
            (Grid, "G3", ""),
        ]);
        assert_eq!(
            found,
            [
                "330283001 bad_area_code",
                "330282002001 bad_area_code",
                "330282001002015 bad_grid_code",
                "G1 bad_grid_code"
            ]
        );
    }

    #[test]
    fn codes_of_an_office_s_own_are_left_alone() {
        let own = [
            (Street, "S1", ""),
            (Community, "C1", "S1"),
            (Grid, "G1", "C1"),
        ];
        assert_eq!(odd(&own), Vec::<String>::new());
    }
}
