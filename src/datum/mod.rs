//! Floor 1: coordinate systems. Stored positions are WGS-84; pictures are in Web Mercator.

mod bd09;
mod candidates;
mod degrees;
mod doctor;
mod gauss_krueger;
mod gcj02;
mod judge;
mod mercator;
mod sign_test;
mod system;
mod trial;

pub use candidates::Region;
pub use degrees::{Axis, Degrees, degrees};
pub use doctor::{Finding, Inside, Reason, Said, Sample, Score, examine};
pub use gauss_krueger::GaussKruger;
pub use mercator::{
    MERC_HALF_M, MercBox, MercXY, ground_m_per_merc_m, lonlat_from_merc, merc_from_lonlat,
};
pub use system::{Datum, Reading};
