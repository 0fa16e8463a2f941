//! Who offers what kind of help (资源库).

use super::LonLat;

/// A resource.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resource {
    /// The office's own number, or the name where there is none.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Catalogue code of the need category that it serves; an unknown one as it came.
    pub category: String,
    /// Address as written.
    pub address: String,
    /// Where it is.
    pub position: Option<LonLat>,
    /// For how many it is enough.
    pub capacity: Option<u32>,
    /// How far it reaches, in metres.
    pub radius_m: Option<f64>,
    /// When it is open.
    pub hours: String,
    /// Telephone, as text.
    pub phone: String,
    /// Free notes.
    pub notes: String,
}
