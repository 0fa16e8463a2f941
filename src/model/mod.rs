//! Floor 1: the nouns, validated, as pure values.

mod area;
mod base_map;
mod catalogue;
mod code_list;
mod date;
mod household;
mod id_number;
mod lonlat;
mod mask;
mod phone;
mod problem;

pub use area::{Area, AreaLevel};
pub use base_map::{BaseFeature, BaseGeometry, BaseLayer};
pub use catalogue::{Catalogue, Term};
pub use code_list::CodeList;
pub use date::Date;
pub use household::Household;
pub use id_number::{IdNumber, IdNumberError, IdWarning};
pub use lonlat::LonLat;
pub use mask::{masked_id_number, masked_name, masked_phone};
pub use phone::is_phone;
pub use problem::{Problem, ProblemKind, Severity};
