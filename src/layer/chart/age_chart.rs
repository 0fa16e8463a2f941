//! The age pyramid: men to the left, women to the right, the oldest on top.

use super::drawing::Hit;
use super::ink::Ink;
use super::pen::{Pen, Sign};
use crate::analysis::{AGE_BANDS, AgeBand, AgePart, AgePyramid, ChartPart, SexPart};
use crate::base::digits::grouped;
use crate::layer::canvas::PxBox;
use crate::layer::panel::SMALL_PX;
use crate::layer::text::Align;

/// Wider pyramids are harder to read.
const WIDEST_PX: f32 = 760.0;
/// Height of a band.
const LEAST_PX: f32 = 7.0;
const MOST_PX: f32 = 26.0;
/// Bands that are lower than this carry no numbers, and not each a name.
const NAMED_PX: f32 = 12.0;
/// Room for the names in the middle.
const MIDDLE_PX: f32 = 56.0;

/// Lays it out.
pub(super) fn draw(pen: &mut Pen<'_>, ages: &AgePyramid) {
    let top = legend(pen, ages);
    let used = ages.bands.iter().rposition(|band| band.all() > 0);
    let Some(oldest) = used else {
        return;
    };
    let most = ages.bands.iter().flat_map(|band| [band.male, band.female]);
    let most = most.max().unwrap_or(1).max(1);
    let bands = oldest + 1;
    let height = ((pen.room.height_px - top - 4.0) / bands as f32).clamp(LEAST_PX, MOST_PX);
    let every = (NAMED_PX / height).ceil().max(1.0) as usize;
    let size = SMALL_PX.min(height.max(10.0));
    let number = pen.measure(&grouped(u64::from(most)), size) + 8.0;
    let width = pen.room.width_px.min(WIDEST_PX);
    let center = width / 2.0;
    let length = (center - MIDDLE_PX / 2.0 - number).max(20.0);
    for (at, band) in ages.bands.iter().enumerate().take(bands) {
        let y = top + (oldest - at) as f32 * height;
        let middle = y + height / 2.0;
        if at.is_multiple_of(every) {
            pen.text(
                band_name(at),
                [center, middle],
                Align::Center,
                size,
                Ink::Secondary,
            );
        }
        let inner = [center - MIDDLE_PX / 2.0, center + MIDDLE_PX / 2.0];
        let thick = (height - 1.0).min(height * 0.86);
        let sides = [
            (band.male, Ink::Male, -1.0, inner[0], SexPart::Male),
            (band.female, Ink::Female, 1.0, inner[1], SexPart::Female),
        ];
        for (count, ink, way, from, sex) in sides {
            let to = from + way * length * count as f32 / most as f32;
            let bar = PxBox {
                left: from.min(to),
                right: from.max(to),
                top: middle - thick / 2.0,
                bottom: middle + thick / 2.0,
            };
            pen.bar(bar, ink);
            if count > 0 && height >= NAMED_PX {
                let align = if way < 0.0 { Align::Right } else { Align::Left };
                let text = grouped(u64::from(count));
                pen.text(text, [to + way * 5.0, middle], align, size, Ink::Text);
            }
            let edge = from + way * (length + number);
            let side = PxBox {
                left: from.min(edge),
                right: from.max(edge),
                top: y,
                bottom: y + height,
            };
            if count > 0 {
                let hit = hit(pen, side, at, *band, Some(sex));
                pen.hit(hit);
            }
        }
        if band.all() > 0 {
            let name = PxBox {
                left: inner[0],
                right: inner[1],
                top: y,
                bottom: y + height,
            };
            let hit = hit(pen, name, at, *band, None);
            pen.hit(hit);
        }
    }
    pen.reach(top + bands as f32 * height + 4.0);
}

/// "80–84", and "100+" for the oldest.
pub fn band_name(band: usize) -> String {
    if band + 1 >= AGE_BANDS {
        format!("{}+", band * 5)
    } else {
        format!("{}–{}", band * 5, band * 5 + 4)
    }
}

fn hit(pen: &Pen<'_>, at: PxBox, place: usize, band: AgeBand, sex: Option<SexPart>) -> Hit {
    let lang = pen.lang;
    let count = |count: u32| grouped(u64::from(count));
    let mut counts = lang.with(
        "chart.tip_ages",
        &[("male", &count(band.male)), ("female", &count(band.female))],
    );
    if band.unknown > 0 {
        let unknown = lang.with("chart.tip_unknown_sex", &[("count", &count(band.unknown))]);
        counts = format!("{counts} · {unknown}");
    }
    let who = lang.t(match sex {
        Some(SexPart::Male) => "chart.male",
        Some(SexPart::Female) => "chart.female",
        _ => "chart.members",
    });
    Hit {
        at,
        part: ChartPart::Age {
            age: AgePart::Band(place as u8),
            sex,
        },
        area: None,
        name: lang.with(
            "chart.age_name",
            &[("age", &band_name(place)), ("who", &who)],
        ),
        tip: vec![counts, lang.t("chart.tip_open_ages").into_owned()],
    }
}

/// Colours, and everybody who is not in the pyramid.
fn legend(pen: &mut Pen<'_>, ages: &AgePyramid) -> f32 {
    let lang = pen.lang;
    let sum = |of: fn(&AgeBand) -> u32| -> u32 { ages.bands.iter().map(of).sum() };
    let count = |count: u32| grouped(u64::from(count));
    let named = |key: &str, number: u32| format!("{} {}", lang.t(key), count(number));
    let mut items = vec![
        (
            Sign::Swatch(Ink::Male),
            named("chart.male", sum(|band| band.male)),
        ),
        (
            Sign::Swatch(Ink::Female),
            named("chart.female", sum(|band| band.female)),
        ),
    ];
    for (number, key) in [
        (ages.unknown_sex(), "chart.note_unknown_sex"),
        (ages.unknown_age.all(), "chart.note_unknown_age"),
        (ages.not_born, "chart.note_not_born"),
        (ages.without_members, "chart.note_without_members"),
    ] {
        if number > 0 {
            let values = [
                ("count", &*count(number)),
                ("households", &*count(ages.households)),
            ];
            items.push((Sign::Nothing, lang.with(key, &values)));
        }
    }
    pen.legend(&items)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_band_is_open() {
        assert_eq!(band_name(0), "0–4");
        assert_eq!(band_name(16), "80–84");
        assert_eq!(band_name(20), "100+");
    }
}
