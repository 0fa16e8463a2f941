//! How many households receive each programme.

use crate::snapshot::{AreaIndex, Snapshot};

/// Counts by programme, in the order of the snapshot's catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgrammeCounts {
    /// One list an area of the snapshot, each counted with its descendants.
    pub by_area: Vec<Vec<u32>>,
    /// All households, wherever they are.
    pub total: Vec<u32>,
}

/// Counts the households that receive each programme, by area of every level and in all.
///
/// Shapes: `areas × programmes` and `programmes`. A household counts once a programme; one
/// without a position or outside every area counts in the total alone.
pub fn programme_counts(snapshot: &Snapshot) -> ProgrammeCounts {
    let programmes = snapshot.catalogue.programmes.len().min(64);
    let mut counts = ProgrammeCounts {
        by_area: vec![vec![0; programmes]; snapshot.areas.len()],
        total: vec![0; programmes],
    };
    let households = &snapshot.households;
    for (bits, area) in households.programmes.iter().zip(&households.area) {
        add(*bits, &mut counts.total);
        if let Some(row) = area.get().and_then(|area| counts.by_area.get_mut(area)) {
            add(*bits, row);
        }
    }
    roll_up(snapshot, &mut counts.by_area);
    counts
}

fn add(mut bits: u64, row: &mut [u32]) {
    while bits != 0 {
        if let Some(count) = row.get_mut(bits.trailing_zeros() as usize) {
            *count += 1;
        }
        bits &= bits - 1;
    }
}

/// Areas stand larger levels first: from the end, each adds itself to its parent.
fn roll_up(snapshot: &Snapshot, by_area: &mut [Vec<u32>]) {
    for at in (0..by_area.len()).rev() {
        let parent = snapshot
            .areas
            .parent
            .get(at)
            .copied()
            .unwrap_or(AreaIndex::NONE);
        let Some(parent) = parent.get().filter(|parent| *parent < at) else {
            continue;
        };
        let (before, from) = by_area.split_at_mut(at);
        if let (Some(parent), Some(own)) = (before.get_mut(parent), from.first()) {
            parent
                .iter_mut()
                .zip(own)
                .for_each(|(sum, count)| *sum += count);
        }
    }
}
