//! A transport problem as linear programmes, one for every part that hangs together.

use super::reach::Edge;
use super::shortest::Served;
use crate::base::{Cancelled, Progress};
use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, TerminationReason, Variable};
use std::time::Duration;

/// How long the solver works between two looks at whether to go on.
const SLICE: Duration = Duration::from_millis(200);

/// What came of the moving needs: a resource for each, in their order.
pub(super) enum Solved {
    /// The least sum.
    Best(Vec<u32>),
    /// There is not room for all.
    TooFull,
    /// A part has more pairs than it should, or the solver found no answer that it could vouch for.
    TooHard,
}

/// Assigns the moving needs to what is left of each resource, at the least sum of distances. A part
/// with more than `most_pairs` possible pairs is not tried.
pub(super) fn transport(
    served: &Served<'_>,
    moving: &[usize],
    left: &[u32],
    most_pairs: usize,
    progress: &Progress,
) -> Result<Solved, Cancelled> {
    let mut given = vec![0_u32; moving.len()];
    let parts = parts(served, moving, left.len());
    let pairs = |part: &Vec<usize>| -> usize {
        let edges = part.iter().map(|at| served.edges[moving[*at]].len());
        edges.sum()
    };
    if parts.iter().any(|part| pairs(part) > most_pairs) {
        return Ok(Solved::TooHard);
    }
    for part in parts {
        let edges: Vec<&[Edge]> = part.iter().map(|at| served.edges[moving[*at]]).collect();
        match programme(&edges, left, progress)? {
            Ok(found) => {
                for (at, resource) in part.iter().zip(found) {
                    given[*at] = resource;
                }
            }
            Err(Error::Infeasible) => return Ok(Solved::TooFull),
            Err(_) => return Ok(Solved::TooHard),
        }
    }
    Ok(Solved::Best(given))
}

/// Needs that share a resource, with those that share one with these, and so on: places in `moving`.
fn parts(served: &Served<'_>, moving: &[usize], resources: usize) -> Vec<Vec<usize>> {
    let mut leader: Vec<usize> = (0..resources).collect();
    for need in moving {
        for pair in served.edges[*need].windows(2) {
            let [one, other] =
                [pair[0], pair[1]].map(|edge| find(&mut leader, edge.resource as usize));
            leader[one.max(other)] = one.min(other);
        }
    }
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); resources];
    for (at, need) in moving.iter().enumerate() {
        if let Some(edge) = served.edges[*need].first() {
            let leader = find(&mut leader, edge.resource as usize);
            parts[leader].push(at);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The resource that stands for all that hang together with this one.
fn find(leader: &mut [usize], mut at: usize) -> usize {
    while leader[at] != at {
        leader[at] = leader[leader[at]];
        at = leader[at];
    }
    at
}

/// The programme: each need goes somewhere, no resource takes more than is left. Its corners are
/// whole numbers, so no need is cut in pieces.
fn programme(
    edges: &[&[Edge]],
    left: &[u32],
    progress: &Progress,
) -> Result<Result<Vec<u32>, Error>, Cancelled> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    problem.set_time_limit(SLICE);
    let mut takers: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); left.len()];
    let mut variables: Vec<Vec<Variable>> = Vec::with_capacity(edges.len());
    for edges in edges {
        let of_need: Vec<Variable> = edges
            .iter()
            .map(|edge| {
                let variable = problem.add_var(edge.distance_m, (0.0, f64::INFINITY));
                takers[edge.resource as usize].push((variable, 1.0));
                variable
            })
            .collect();
        let goes: Vec<(Variable, f64)> = of_need.iter().map(|at| (*at, 1.0)).collect();
        problem.add_constraint(&goes, ComparisonOp::Eq, 1.0);
        variables.push(of_need);
    }
    for (takers, left) in takers.iter().zip(left) {
        if takers.len() > *left as usize {
            problem.add_constraint(takers, ComparisonOp::Le, f64::from(*left));
        }
    }
    let mut outcome = match problem.solve() {
        Ok(outcome) => outcome,
        Err(error) => return Ok(Err(error)),
    };
    while outcome.termination_reason() == TerminationReason::TimeLimit {
        progress.tick(0)?;
        outcome = match outcome.resume() {
            Ok(outcome) => outcome,
            Err(error) => return Ok(Err(error)),
        };
    }
    let Some(solution) = outcome.solution() else {
        return Ok(Err(Error::Infeasible));
    };
    let most = |(edges, variables): (&&[Edge], &Vec<Variable>)| {
        let mut best: Option<(f64, u32)> = None;
        for (edge, variable) in edges.iter().zip(variables) {
            let share = solution.var_value(*variable);
            if best.is_none_or(|(most, _)| share > most) {
                best = Some((share, edge.resource));
            }
        }
        // Of a whole number nothing is far from 1.
        best.filter(|(share, _)| *share > 0.99).map(|(_, at)| at)
    };
    let whole: Option<Vec<u32>> = edges.iter().zip(&variables).map(most).collect();
    Ok(whole.ok_or_else(|| Error::InternalError(String::new())))
}
