//! Floor 1: coordinate systems. Stored positions are WGS-84; pictures are in Web Mercator.

mod bd09;
mod gauss_krueger;
mod gcj02;
mod mercator;
mod system;

pub use gauss_krueger::GaussKruger;
pub use mercator::{
    MERC_HALF_M, MercBox, MercXY, ground_m_per_merc_m, lonlat_from_merc, merc_from_lonlat,
};
pub use system::{Datum, Reading};
