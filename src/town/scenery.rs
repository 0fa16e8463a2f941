//! The base map: land, water, parks, roads, buildings and names, in degrees.

use super::blocks::Building;
use super::dice::{Dice, Stream};
use super::fabric::Fabric;
use super::geometry::{Ground, XyM, beside, blob, drawn_out, wave, xy};
use super::lattice::Lattice;
use super::names;
use super::plan::Plan;
use super::streets::{BANK_ROAD_M, BEYOND_M, CANAL_HALF_M, Class, RIVER_HALF_M, Side, Streets};
use crate::model::{Area, AreaLevel, BaseFeature, BaseGeometry, BaseLayer};
use geo_types::Point;

/// What stands in the corner of a map of the town: whose it is, and that it is no real place.
pub const TOWN_ATTRIBUTION: &str = "示范街道（虚构）· Fictional town · CC0";
/// The zoom levels of the town's base map; nearer ones are drawn from the last.
pub const TOWN_ZOOMS: std::ops::RangeInclusive<u8> = 12..=15;

/// How far the land reaches beyond the town.
const LAND_BEYOND_M: f64 = 3_000.0;

/// What the base map is drawn from.
pub(super) struct Scene<'a> {
    pub(super) plan: &'a Plan,
    pub(super) lattice: &'a Lattice,
    pub(super) ground: Ground,
    pub(super) fabrics: &'a [Fabric],
    pub(super) streets: &'a Streets,
    pub(super) buildings: &'a [Building],
    pub(super) areas: &'a [Area],
}

/// Everything that the base map shows.
pub(super) fn features(scene: &Scene<'_>) -> Vec<BaseFeature> {
    let mut painter = Painter {
        scene,
        dice: Dice::new(scene.plan.seed, Stream::Scenery),
        out: Vec::new(),
    };
    painter.land();
    painter.blocks();
    painter.water();
    painter.buildings();
    painter.roads();
    painter.places();
    painter.out
}

struct Painter<'a> {
    scene: &'a Scene<'a>,
    dice: Dice,
    out: Vec<BaseFeature>,
}

impl Painter<'_> {
    fn area(&mut self, layer: BaseLayer, kind: &str, name: &str, min_zoom: u8, ring: &[XyM]) {
        let geometry = BaseGeometry::Polygon(self.scene.ground.polygon_lonlat(ring));
        self.push(layer, kind, name, min_zoom, geometry);
    }

    fn point(&mut self, layer: BaseLayer, kind: &str, name: &str, min_zoom: u8, at: XyM) {
        let geometry = BaseGeometry::Point(Point(self.scene.ground.lonlat_from_m(at)));
        self.push(layer, kind, name, min_zoom, geometry);
    }

    fn push(
        &mut self,
        layer: BaseLayer,
        kind: &str,
        name: &str,
        min_zoom: u8,
        geometry: BaseGeometry,
    ) {
        self.out.push(BaseFeature {
            layer,
            kind: kind.to_owned(),
            name: name.to_owned(),
            min_zoom,
            geometry,
        });
    }

    fn land(&mut self) {
        let size = self.scene.lattice.size_m;
        let out = LAND_BEYOND_M;
        let land = [
            xy(-out, -out),
            xy(size.x + out, -out),
            xy(size.x + out, size.y + out),
            xy(-out, size.y + out),
            xy(-out, -out),
        ];
        self.area(BaseLayer::Earth, "earth", "", 0, &land);
        // Woods and fields around the town.
        let count = ((size.x + size.y) / 190.0) as i32;
        for _ in 0..count {
            let is_beside = self.dice.chance(0.5);
            let beyond = self.dice.between(350.0, 2_000.0);
            let is_far = self.dice.chance(0.5);
            let along = self.dice.share();
            let edge = |length: f64| if is_far { length + beyond } else { -beyond };
            let at = if is_beside {
                xy(edge(size.x), along * size.y)
            } else {
                xy(along * size.x, edge(size.y))
            };
            let radius_m = self.dice.between(110.0, 300.0);
            let phase = self.dice.share();
            let kind = if self.dice.chance(0.45) {
                "wood"
            } else {
                "farmland"
            };
            self.area(BaseLayer::Landuse, kind, "", 12, &blob(at, radius_m, phase));
        }
    }

    /// The use of each block, and the names of what is public.
    fn blocks(&mut self) {
        let (plan, lattice) = (self.scene.plan, self.scene.lattice);
        let mut parks: Vec<(usize, String)> = Vec::new();
        let (mut squares, mut primary, mut middle_schools) = (0, 0, 0);
        let (mut hospitals, mut offices) = (0, 0);
        for (cell, fabric) in self.scene.fabrics.iter().enumerate() {
            let (column, row) = plan.column_row(cell);
            let ring = self.use_ring(column, row);
            let middle = lattice.inside(column, row, 0.5, 0.52);
            match fabric {
                Fabric::Old | Fabric::Slab | Fabric::Tower | Fabric::Village => {
                    self.area(BaseLayer::Landuse, "residential", "", 12, &ring);
                }
                Fabric::Industrial => self.area(BaseLayer::Landuse, "industrial", "", 12, &ring),
                Fabric::Field => self.area(BaseLayer::Landuse, "farmland", "", 12, &ring),
                Fabric::Park => {
                    let is_riverside = row == plan.river_row || row + 1 == plan.river_row;
                    // A park of several blocks has one name.
                    let known = parks.iter().find(|(other, _)| {
                        let (c, r) = plan.column_row(*other);
                        c.abs_diff(column) + r.abs_diff(row) == 1
                    });
                    let name = if let Some((_, name)) = known {
                        name.clone()
                    } else {
                        let name = if row == plan.river_row {
                            "滨江公园".to_owned()
                        } else if is_riverside {
                            "江南绿地".to_owned()
                        } else {
                            squares += 1;
                            names::park(squares - 1)
                        };
                        self.point(BaseLayer::Pois, "park", &name, 13, middle);
                        if !is_riverside {
                            let phase = self.dice.share();
                            let radius_m = self.dice.between(52.0, 78.0);
                            let at = middle + xy(self.dice.between(-18.0, 18.0), 14.0);
                            self.area(BaseLayer::Water, "lake", "", 13, &blob(at, radius_m, phase));
                        }
                        name
                    };
                    self.area(BaseLayer::Landuse, "park", &name, 12, &ring);
                    parks.push((cell, name));
                }
                Fabric::School => {
                    let name = if primary % 3 == 2 && middle_schools <= primary / 3 {
                        middle_schools += 1;
                        format!("示范第{middle_schools}中学")
                    } else {
                        primary += 1;
                        format!("示范第{primary}小学")
                    };
                    self.area(BaseLayer::Landuse, "school", &name, 12, &ring);
                    self.point(BaseLayer::Pois, "school", &name, 14, middle);
                }
                Fabric::Hospital => {
                    hospitals += 1;
                    let name = match hospitals {
                        1 => "示范人民医院".to_owned(),
                        _ => format!("社区卫生服务中心{}", hospitals - 1),
                    };
                    self.area(BaseLayer::Landuse, "hospital", &name, 12, &ring);
                    self.point(BaseLayer::Pois, "hospital", &name, 13, middle);
                }
                Fabric::Office => {
                    let name = format!("{}办事处", names::street(offices));
                    offices += 1;
                    self.area(BaseLayer::Landuse, "residential", "", 12, &ring);
                    self.point(BaseLayer::Pois, "townhall", &name, 13, middle);
                }
            }
        }
    }

    /// A block without the half width of its roads, and off the river. Neighbours without a road
    /// between them meet.
    fn use_ring(&self, column: usize, row: usize) -> Vec<XyM> {
        let [south, east, north, west] =
            self.scene
                .streets
                .sides(column, row)
                .map(|side| match side {
                    Side::Road(_) => 0.03,
                    Side::River => BANK_ROAD_M / 250.0,
                    Side::Canal => 0.05,
                    Side::Nothing => 0.0,
                });
        self.scene
            .lattice
            .part(column, row, [west, 1.0 - east], [south, 1.0 - north])
    }

    fn water(&mut self) {
        let (plan, lattice) = (self.scene.plan, self.scene.lattice);
        let river = drawn_out(
            &lattice.row_line(plan.river_row),
            LAND_BEYOND_M,
            LAND_BEYOND_M,
        );
        let half = |at: usize| RIVER_HALF_M * (1.0 + 0.13 * wave(at as f64 / 31.0));
        self.area(
            BaseLayer::Water,
            "river",
            "示范河",
            0,
            &ribbon(&river, half),
        );
        let canal = lattice.column_line(plan.canal_column, plan.river_row, plan.rows);
        let canal = drawn_out(&canal, 0.0, LAND_BEYOND_M);
        self.area(
            BaseLayer::Water,
            "canal",
            "石桥港",
            12,
            &ribbon(&canal, |_| CANAL_HALF_M),
        );
        // The names run along the middle lines.
        for (line, kind, name) in [(river, "river", "示范河"), (canal, "stream", "石桥港")] {
            let geometry = BaseGeometry::Line(self.scene.ground.line_lonlat(&line));
            self.push(BaseLayer::Water, kind, name, 12, geometry);
        }
    }

    fn buildings(&mut self) {
        for building in self.scene.buildings {
            let [a, b, c, d] = building.corners();
            // Small houses appear one level later.
            let min_zoom = if building.length_m * building.width_m > 420.0 {
                14
            } else {
                15
            };
            self.area(
                BaseLayer::Buildings,
                "building",
                "",
                min_zoom,
                &[a, b, c, d, a],
            );
        }
    }

    fn roads(&mut self) {
        for road in &self.scene.streets.roads {
            let (kind, min_zoom) = match road.class {
                Class::Through => ("major_road", 11),
                Class::Street => ("minor_road", 12),
                Class::Lane => ("minor_road", 14),
                Class::Path => ("path", 14),
            };
            let geometry = BaseGeometry::Line(self.scene.ground.line_lonlat(&road.line));
            self.push(BaseLayer::Roads, kind, &road.name, min_zoom, geometry);
        }
    }

    fn places(&mut self) {
        for area in self.scene.areas {
            let (kind, min_zoom) = match area.level {
                AreaLevel::Street => ("locality", 0),
                AreaLevel::Community => ("neighbourhood", 13),
                _ => continue,
            };
            let Some(ring) = area.boundary.0.first().map(geo_types::Polygon::exterior) else {
                continue;
            };
            // The middle of the box is inside: communities are about as wide as they are high.
            let [mut low, mut high] = [xy(f64::MAX, f64::MAX), xy(f64::MIN, f64::MIN)];
            for at in &ring.0 {
                low = xy(low.x.min(at.x), low.y.min(at.y));
                high = xy(high.x.max(at.x), high.y.max(at.y));
            }
            let middle = BaseGeometry::Point(Point((low + high) / 2.0));
            self.push(BaseLayer::Places, kind, &area.name, min_zoom, middle);
        }
    }
}

/// The surface of a line with a width to both sides, closed.
fn ribbon(line: &[XyM], half_m: impl Fn(usize) -> f64) -> Vec<XyM> {
    let mut ring = beside(line, |at| -half_m(at));
    let mut other = beside(line, |at| half_m(at + 7));
    other.reverse();
    ring.append(&mut other);
    ring.extend(ring.first().copied());
    ring
}

/// The through roads end inside the land.
const _: () = assert!(BEYOND_M < LAND_BEYOND_M);
