//! Who offers what kind of help: five a community, each at one of its buildings.

use super::assistance::terms;
use super::build::Town;
use super::dice::{Dice, Stream};

/// A kind of place: name behind the community's, category, least and most capacity, radius, hours.
struct Offer {
    name: &'static str,
    category: &'static str,
    capacity: [i32; 2],
    radius_m: u32,
    hours: &'static str,
}

const fn offer(
    name: &'static str,
    category: &'static str,
    capacity: [i32; 2],
    radius_m: u32,
    hours: &'static str,
) -> Offer {
    Offer {
        name,
        category,
        capacity,
        radius_m,
        hours,
    }
}

const WEEKDAYS: &str = "周一至周五 8:30-17:00";
const DAILY: &str = "每天 8:00-18:00";

/// In every community.
const EVERYWHERE: [Offer; 3] = [
    offer("助餐点", terms::CARE, [40, 120], 800, "每天 10:30-12:30"),
    offer("卫生服务站", terms::MEDICAL, [60, 200], 1_500, DAILY),
    offer(
        "志愿服务队",
        terms::SOCIAL,
        [15, 40],
        1_000,
        "周末 9:00-16:00",
    ),
];

/// By turns, two in every community.
const BY_TURNS: [Offer; 9] = [
    offer("日间照料中心", terms::CARE, [20, 45], 1_500, DAILY),
    offer("法律援助工作站", terms::LEGAL, [20, 60], 3_000, WEEKDAYS),
    offer("慈善超市", terms::GOODS, [60, 150], 2_000, DAILY),
    offer("就业服务站", terms::EMPLOYMENT, [30, 80], 3_000, WEEKDAYS),
    offer("助残出行车队", terms::MOBILITY, [10, 25], 3_000, DAILY),
    offer("便民维修队", terms::HOUSING, [10, 30], 2_000, WEEKDAYS),
    offer("儿童之家", terms::WISH, [20, 50], 1_200, "周末 9:00-17:00"),
    offer(
        "课业辅导站",
        terms::EDUCATION,
        [15, 40],
        1_200,
        "周一至周五 16:00-19:00",
    ),
    offer("应急救助队", terms::EMERGENCY, [8, 20], 4_000, "全天"),
];

/// The rows of the list.
pub(super) fn resources(town: &Town) -> Vec<[String; 10]> {
    let mut dice = Dice::new(town.plan.seed, Stream::Resources);
    let mut communities: Vec<(&str, Vec<usize>)> = Vec::new();
    for (at, building) in town.buildings.iter().enumerate() {
        let Some(name) = town.community_name.get(building.cell) else {
            continue;
        };
        match communities.iter_mut().find(|(known, _)| known == name) {
            Some((_, buildings)) => buildings.push(at),
            None => communities.push((name, vec![at])),
        }
    }
    let mut rows = Vec::new();
    for (nth, (community, buildings)) in communities.iter().enumerate() {
        let turns = (2 * nth..2 * nth + 2).filter_map(|at| BY_TURNS.get(at % BY_TURNS.len()));
        for offer in EVERYWHERE.iter().chain(turns) {
            let Some(building) = town.buildings.get(dice.pick(buildings)) else {
                continue;
            };
            let road = town.road_name.get(building.road).map_or("", String::as_str);
            let lonlat = town.ground.lonlat_from_m(building.center);
            let [least, most] = offer.capacity;
            rows.push([
                format!("ZY{:04}", rows.len() + 1),
                format!("{community}{}", offer.name),
                offer.category.to_owned(),
                format!("{community}{road}{}号", building.number),
                format!("{:.6}", lonlat.x),
                format!("{:.6}", lonlat.y),
                dice.whole(least, most).to_string(),
                offer.radius_m.to_string(),
                offer.hours.to_owned(),
                format!("1990000{:04}", dice.below(10_000)),
            ]);
        }
    }
    rows
}
