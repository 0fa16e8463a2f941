//! The table of those who offer help.

use super::cells::{Binder, Cells};
use super::rows::{Keys, Record, Table};
use crate::model::Resource;
use rusqlite::Result;

pub(super) const TABLE: Table = Table {
    name: "resource",
    kind: 6,
    owner: "",
    columns: "id, name, category, address, lon, lat, capacity, radius_m, hours, phone, notes",
};

impl Record for Resource {
    const TABLE: Table = TABLE;

    fn bind(&self, values: &mut Binder<'_, '_>) -> Result<()> {
        values.text(&self.id)?;
        values.text(&self.name)?;
        values.text(&self.category)?;
        values.text(&self.address)?;
        values.position(self.position)?;
        values.whole(self.capacity.map(i64::from))?;
        values.real(self.radius_m)?;
        values.text(&self.hours)?;
        values.text(&self.phone)?;
        values.text(&self.notes)
    }

    fn read(cells: &mut Cells<'_, '_>) -> Result<Self> {
        let mut resource = Self::default();
        cells.text(&mut resource.id)?;
        cells.text(&mut resource.name)?;
        cells.text(&mut resource.category)?;
        cells.text(&mut resource.address)?;
        resource.position = cells.position()?;
        resource.capacity = cells.whole()?;
        resource.radius_m = cells.real()?;
        cells.text(&mut resource.hours)?;
        cells.text(&mut resource.phone)?;
        cells.text(&mut resource.notes)?;
        Ok(resource)
    }

    fn keys(&self, keys: &mut Keys<'_>) {
        keys.push("", &self.id);
    }

    fn is_same_row(&self, stored: &Self) -> bool {
        self.id == stored.id
    }
}
