//! Builds a snapshot: rows and areas in, columns, tree and places out.

use super::assign::{Assigned, assign};
use super::ground::ground_km2;
use super::terms::TermBits;
use super::{
    AreaIndex, AreaTree, Areas, Due, Entitlement, Households, NeedRows, People, PointIndex,
    Receipts, Resources, Reviews, Snapshot, Tables, Unknown, VisitRows,
};
use crate::base::{Cancelled, Generation, Progress};
use crate::datum::{MercBox, MercXY, merc_from_lonlat};
use crate::model::{Area, Catalogue, CodeList, Date, Household, LonLat};
use geo_types::MultiPolygon;
use rayon::prelude::*;
use std::collections::HashMap;

/// Takes areas and households, gives a [`Snapshot`].
#[derive(Debug)]
pub struct Builder {
    generation: Generation,
    is_demo: bool,
    areas: Vec<(Area, Option<LonLat>)>,
    households: Households,
    programmes: TermBits,
    needs: TermBits,
    /// The catalogue without its terms.
    catalogue: Catalogue,
    /// The lists that know each household; empty where there are none.
    lists: Vec<CodeList>,
    people: People,
    receipts: Receipts,
    need_rows: NeedRows,
    reviews: Reviews,
    visits: VisitRows,
    resources: Resources,
}

impl Builder {
    /// An empty town with the shipped catalogue.
    pub fn new(generation: Generation, mut catalogue: Catalogue, is_demo: bool) -> Self {
        Self {
            generation,
            is_demo,
            areas: Vec::new(),
            households: Households::default(),
            programmes: TermBits::new(std::mem::take(&mut catalogue.programmes)),
            needs: TermBits::new(std::mem::take(&mut catalogue.needs)),
            catalogue,
            lists: Vec::new(),
            people: People::default(),
            receipts: Receipts::default(),
            need_rows: NeedRows::default(),
            reviews: Reviews::default(),
            visits: VisitRows::default(),
            resources: Resources::default(),
        }
    }

    /// Sets the areas, in any order. `labels` holds for each a position inside its boundary
    /// where its name stands well; where there are none, names stand in the middle of the box.
    pub fn set_areas(&mut self, areas: Vec<Area>, labels: Vec<LonLat>) {
        let mut labels = labels.into_iter().map(Some).collect::<Vec<_>>();
        if labels.len() != areas.len() {
            labels = vec![None; areas.len()];
        }
        self.areas = areas.into_iter().zip(labels).collect();
        self.areas
            .sort_by(|(a, _), (b, _)| (a.level, &a.code).cmp(&(b.level, &b.code)));
    }

    /// Adds a household as the next row. Terms that the catalogue does not have are added to
    /// it, up to 64 places; beyond, they share the last place.
    pub fn push(&mut self, household: &Household) {
        let count = |number: Option<u16>| number.map_or(Unknown::COUNT, i32::from);
        let to = &mut self.households;
        to.id.push(&household.id);
        to.head_name.push(&household.head_name);
        to.id_number.push(&household.id_number);
        to.phone.push(&household.phone);
        to.address.push(&household.address);
        to.declared_area.push(&household.declared_area);
        to.tags.push(household.tags.as_str());
        to.notes.push(&household.notes);
        to.position_text.push(&household.position_text);
        to.position_datum.push(&household.position_datum);
        to.position_source.push(household.position_source);
        to.lon
            .push(household.position.map_or(f64::NAN, |at| at.lon));
        to.lat
            .push(household.position.map_or(f64::NAN, |at| at.lat));
        to.programmes
            .push(self.programmes.bits(&household.programmes));
        to.needs.push(self.needs.bits(&household.needs));
        to.members.push(count(household.members));
        to.elderly.push(count(household.elderly));
        to.children.push(count(household.children));
        to.disabled.push(count(household.disabled));
        to.living_alone
            .push(household.living_alone.map_or(Unknown::COUNT, i32::from));
        to.monthly_income
            .push(household.monthly_income.unwrap_or(f64::NAN));
        let last_visit = household.last_visit.map_or(Unknown::DAY, Date::days);
        to.last_visit.push(last_visit);
        to.ledger_visit.push(last_visit);
    }

    /// Adds a household as it stands on a day, of which the ledger's own row says another last
    /// visit.
    pub fn push_on_day(&mut self, household: &Household, ledger_visit: Option<Date>) {
        self.push(household);
        if let Some(last) = self.households.ledger_visit.last_mut() {
            *last = ledger_visit.map_or(Unknown::DAY, Date::days);
        }
    }

    /// Sets the departments' lists, once all households are in: each with the rows of those that
    /// it knows somebody of. Their names stand in the order given.
    pub fn set_lists<'a>(&mut self, lists: impl IntoIterator<Item = (&'a str, &'a [u32])>) {
        self.lists = vec![CodeList::new(); self.households.lon.len()];
        for (name, rows) in lists {
            for row in rows {
                if let Some(named) = self.lists.get_mut(*row as usize) {
                    named.push(name);
                }
            }
        }
    }

    /// Sets members, receipts, needs, visits and resources, once all households are in.
    /// `numbers` are those by which the tables name the households, one a row. Rows of others stay
    /// out. Terms that the catalogue does not have are added to it.
    pub fn set_tables(&mut self, tables: Tables, numbers: &[i64]) {
        for resource in &tables.resources {
            self.resources.push(resource, &mut self.needs);
        }
        if !tables.has_rows() {
            return;
        }
        let rows: HashMap<i64, u32> = numbers.iter().copied().zip(0..).collect();
        let households = self.households.lon.len();
        let people = tables.people.placed(&rows, households);
        self.receipts = tables
            .receipts
            .placed(&rows, households, &people, &mut self.programmes);
        self.need_rows = tables
            .needs
            .placed(&rows, households, &people, &mut self.needs);
        self.reviews = tables
            .reviews
            .placed(&rows, households, &people, &mut self.programmes);
        self.visits = tables.visits.placed(&rows, households);
        self.people = people;
    }

    /// What is known so far.
    pub fn households(&self) -> &Households {
        &self.households
    }

    /// Finds places, builds the tree, counts. `progress` is asked between the stages whether to
    /// go on; no units are reported, since the caller counts the rows.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub fn finish(self, progress: &Progress) -> Result<Snapshot, Cancelled> {
        progress.tick(0)?;
        let mut households = self.households;
        let nobody = CodeList::new();
        for row in 0..households.lon.len() {
            let lists = self.lists.get(row).unwrap_or(&nobody);
            households.lists.push(lists.as_str());
        }
        let merc: Vec<MercXY> = households
            .lon
            .par_iter()
            .zip(&households.lat)
            .map(|(lon, lat)| {
                merc_from_lonlat(LonLat {
                    lon: *lon,
                    lat: *lat,
                })
            })
            .collect();
        households.entitlement = Entitlement::nothing(households.lon.len());
        households.due = Due::nothing(households.lon.len());
        households.x_merc = merc.iter().map(|at| at.x).collect();
        households.y_merc = merc.iter().map(|at| at.y).collect();
        progress.tick(0)?;
        let areas = columns(&self.areas);
        let boundaries: Vec<&MultiPolygon<f64>> =
            self.areas.iter().map(|(area, _)| &area.boundary).collect();
        let (assigned, points) = rayon::join(
            || assign(&areas, &boundaries, &households, progress),
            || PointIndex::build(&households.x_merc, &households.y_merc),
        );
        let Assigned { area, quality } = assigned?;
        households.area = area;
        progress.tick(0)?;
        let extent_merc = merc
            .iter()
            .filter(|at| at.x.is_finite() && at.y.is_finite())
            .fold(MercBox::EMPTY, |extent, at| extent.with(*at));
        let extent_merc = areas
            .box_merc
            .iter()
            .fold(extent_merc, |extent, area| extent.union(*area));
        Ok(Snapshot {
            generation: self.generation,
            area_tree: AreaTree::build(&areas),
            households,
            areas,
            catalogue: Catalogue {
                programmes: self.programmes.into_terms(),
                needs: self.needs.into_terms(),
                ..self.catalogue
            },
            people: self.people,
            receipts: self.receipts,
            needs: self.need_rows,
            reviews: self.reviews,
            visits: self.visits,
            resources: self.resources,
            points,
            quality,
            extent_merc,
            is_demo: self.is_demo,
        })
    }
}

/// The columns of sorted areas.
fn columns(sorted: &[(Area, Option<LonLat>)]) -> Areas {
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (place, (area, _)) in sorted.iter().enumerate() {
        places.entry(&area.code).or_insert(place);
    }
    let mut to = Areas::default();
    for (area, label) in sorted {
        // A parent is of a larger level, so no chain comes back to where it began.
        let parent = places
            .get(area.parent.as_str())
            .filter(|place| sorted[**place].0.level < area.level)
            .map_or(AreaIndex::NONE, |place| AreaIndex(*place as u32));
        let boundary_merc = merc_boundary(&area.boundary);
        let box_merc = boundary_merc
            .iter()
            .flat_map(|polygon| &polygon.exterior().0)
            .fold(MercBox::EMPTY, |around, at| {
                around.with(MercXY { x: at.x, y: at.y })
            });
        to.code.push(area.code.clone());
        to.name.push(area.name.clone());
        to.level.push(area.level);
        to.parent.push(parent);
        to.label_merc
            .push(label.map_or_else(|| box_merc.center(), merc_from_lonlat));
        to.ground_km2.push(ground_km2(&area.boundary));
        to.derived.push(area.derived);
        to.boundary_merc.push(boundary_merc);
        to.box_merc.push(box_merc);
    }
    to.codes = to.known_codes();
    to
}

fn merc_boundary(boundary: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    let mut boundary = boundary.clone();
    for polygon in &mut boundary {
        let project = |ring: &mut geo_types::LineString<f64>| {
            for point in &mut ring.0 {
                let merc = merc_from_lonlat(LonLat {
                    lon: point.x,
                    lat: point.y,
                });
                (point.x, point.y) = (merc.x, merc.y);
            }
        };
        polygon.exterior_mut(project);
        polygon.interiors_mut(|rings| rings.iter_mut().for_each(project));
    }
    boundary
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AreaLevel, CodeList};
    use crate::snapshot::Quality;
    use geo_types::polygon;

    /// A square of whole hundredths of a degree.
    fn square(code: &str, level: AreaLevel, parent: &str, [w, s, e, n]: [i32; 4]) -> Area {
        let [w, s, e, n] = [w, s, e, n].map(|at| f64::from(at) / 100.0);
        Area {
            code: code.to_owned(),
            name: format!("{code} 号"),
            level,
            parent: parent.to_owned(),
            boundary: MultiPolygon(vec![
                polygon![(x: w, y: s), (x: e, y: s), (x: e, y: n), (x: w, y: n)],
            ]),
            derived: false,
        }
    }

    fn household(id: &str, position: Option<(f64, f64)>, declared: &str) -> Household {
        Household {
            id: id.to_owned(),
            position: position.and_then(|(lon, lat)| LonLat::new(lon, lat)),
            declared_area: declared.to_owned(),
            ..Household::default()
        }
    }

    fn town(areas: Vec<Area>, households: &[Household]) -> Snapshot {
        let mut builder = Builder::new(Generation::default(), Catalogue::default(), true);
        builder.set_areas(areas, Vec::new());
        for household in households {
            builder.push(household);
        }
        builder.finish(&Progress::new()).unwrap()
    }

    #[test]
    fn each_household_is_in_its_smallest_area() {
        let areas = vec![
            square("g2", AreaLevel::Grid, "c1", [10, 0, 20, 10]),
            square("g1", AreaLevel::Grid, "c1", [0, 0, 10, 10]),
            square("s", AreaLevel::Street, "county", [0, 0, 40, 40]),
            square("c1", AreaLevel::Community, "s", [0, 0, 20, 20]),
        ];
        let snapshot = town(
            areas,
            &[
                household("on the edge", Some((0.10, 0.05)), "g1"),
                household("in no grid", Some((0.05, 0.15)), "g1"),
                household("in no community", Some((0.30, 0.30)), "s"),
                household("elsewhere", Some((0.50, 0.50)), "g1"),
                household("nowhere", None, "g1"),
                household("says nothing", Some((0.60, 0.60)), ""),
                household("names its street", Some((0.15, 0.05)), "s"),
                household("names no area", Some((0.15, 0.05)), "g99"),
            ],
        );
        let areas = &snapshot.areas;
        assert_eq!(areas.code, ["s", "c1", "g1", "g2"]);
        let places: Vec<_> = snapshot
            .households
            .area
            .iter()
            .map(|area| area.get().map(|at| areas.code[at].as_str()))
            .collect();
        let expected = [
            Some("g1"),
            Some("c1"),
            Some("s"),
            None,
            None,
            None,
            Some("g2"),
            Some("g2"),
        ];
        assert_eq!(places, expected);
        let quality = Quality {
            households: 8,
            not_geocoded: 1,
            outside_areas: 2,
            outside_declared: 3,
        };
        assert_eq!(snapshot.quality, quality);
        let chain: Vec<u32> = areas.chain(AreaIndex(3)).map(|area| area.0).collect();
        assert_eq!(chain, [3, 1, 0]);
        assert_eq!(snapshot.points.len(), 7);
        assert!(snapshot.is_demo);
        assert!(
            areas
                .box_merc
                .iter()
                .all(|one| snapshot.extent_merc.covers(one))
        );
        assert!(
            snapshot
                .extent_merc
                .contains(snapshot.households.merc(5).unwrap())
        );
    }

    #[test]
    fn a_parent_is_of_a_larger_level() {
        let areas = vec![
            square("a", AreaLevel::Grid, "b", [0, 0, 1, 1]),
            square("b", AreaLevel::Grid, "a", [1, 0, 2, 1]),
            square("c", AreaLevel::Community, "a", [0, 0, 2, 1]),
            square("d", AreaLevel::Grid, "d", [2, 0, 3, 1]),
            square("e", AreaLevel::Grid, "c", [3, 0, 4, 1]),
            square("f", AreaLevel::Grid, "", [4, 0, 5, 1]),
        ];
        let none = AreaIndex::NONE;
        let parents = town(areas, &[]).areas.parent;
        assert_eq!(parents, [none, none, none, none, AreaIndex(0), none]);
    }

    #[test]
    fn without_areas_nothing_is_outside() {
        let snapshot = town(Vec::new(), &[household("1", Some((121.0, 30.0)), "g1")]);
        let quality = Quality {
            households: 1,
            ..Quality::default()
        };
        assert_eq!(snapshot.quality, quality);
        assert_eq!(snapshot.households.area, [AreaIndex::NONE]);
        assert!(town(Vec::new(), &[]).extent_merc.is_empty());
    }

    #[test]
    fn an_area_without_a_boundary_is_kept_and_holds_nobody() {
        let mut empty = square("g", AreaLevel::Grid, "", [0, 0, 1, 1]);
        empty.boundary = MultiPolygon(Vec::new());
        let snapshot = town(vec![empty], &[household("1", Some((0.005, 0.005)), "")]);
        assert_eq!(snapshot.quality.outside_areas, 1);
        assert!(snapshot.areas.box_merc[0].is_empty());
        assert_eq!(snapshot.areas.ground_km2, [0.0]);
    }

    #[test]
    fn labels_stay_with_their_areas() {
        let areas = vec![
            square("b", AreaLevel::Grid, "", [1, 0, 2, 1]),
            square("a", AreaLevel::Grid, "", [0, 0, 1, 1]),
        ];
        let labels = [(0.019, 0.001), (0.001, 0.009)].map(|(lon, lat)| LonLat { lon, lat });
        let mut builder = Builder::new(Generation::default(), Catalogue::default(), false);
        builder.set_areas(areas.clone(), labels.to_vec());
        let snapshot = builder.finish(&Progress::new()).unwrap();
        let expected = [labels[1], labels[0]].map(merc_from_lonlat);
        assert_eq!(snapshot.areas.label_merc, expected);
        let unlabelled = town(areas, &[]).areas;
        assert_eq!(unlabelled.label_merc[1], unlabelled.box_merc[1].center());
    }

    #[test]
    fn what_is_not_known_is_not_zero() {
        let full = Household {
            members: Some(3),
            elderly: Some(0),
            living_alone: Some(false),
            monthly_income: Some(0.0),
            programmes: CodeList::split("x"),
            last_visit: Date::from_ymd(2026, 10, 1),
            ..household("1", Some((121.0, 30.0)), "")
        };
        let snapshot = town(Vec::new(), &[full.clone(), household("2", None, "")]);
        let rows = &snapshot.households;
        assert_eq!(rows.members, [3, Unknown::COUNT]);
        assert_eq!(rows.elderly, [0, Unknown::COUNT]);
        assert_eq!(rows.living_alone, [0, Unknown::COUNT]);
        assert!(rows.monthly_income[0] == 0.0 && rows.monthly_income[1].is_nan());
        assert_eq!(
            [rows.last_visit(0), rows.last_visit(1)],
            [full.last_visit, None]
        );
        assert_eq!([rows.position(0), rows.position(1)], [full.position, None]);
        assert_eq!((rows.merc(0).is_some(), rows.merc(1)), (true, None));
        assert_eq!((rows.programmes[0], rows.needs[0]), (1, 0));
        assert_eq!(snapshot.catalogue.programmes.len(), 1);
        assert_eq!((rows.id.get(0), rows.id.get(1)), ("1", "2"));
    }

    #[test]
    fn cancelled_it_stops() {
        let progress = Progress::new();
        progress.cancel();
        let builder = Builder::new(Generation::default(), Catalogue::default(), false);
        assert_eq!(builder.finish(&progress).unwrap_err(), Cancelled);
    }
}
