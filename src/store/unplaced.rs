//! Households without a position, as an import sees them.

use super::household;
use super::import::Import;
use crate::model::Household;
use crate::words::Fault;

impl Import<'_> {
    /// Shows every household that has no position to `visit`, in the order in which they first
    /// came. An error of `visit` ends it.
    pub fn each_unplaced(
        &self,
        visit: &mut dyn FnMut(&Household) -> std::result::Result<(), Fault>,
    ) -> std::result::Result<(), Fault> {
        household::each(self.connection(), self.path(), &mut |_, household| {
            if household.position.is_none() {
                visit(household)
            } else {
                Ok(())
            }
        })
    }
}
