//! Which households the departments' lists know somebody of.

use crate::base::Progress;
use crate::snapshot::Households;
use crate::store::Workspace;
use crate::words::Fault;

/// Each list with the rows of those whom it knows, in the order of the lists' names.
pub(super) fn rows_of_lists(
    _workspace: &Workspace,
    _households: &Households,
    _numbers: &[i64],
    _progress: &Progress,
) -> Result<Vec<(String, Vec<u32>)>, Fault> {
    Ok(Vec::new())
}
