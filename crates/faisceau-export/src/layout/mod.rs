//! Where the nodes stand in a drawing.
//!
//! Comes in: a number of nodes and the edges that pull their ends together. Goes out: a position for each node, the
//! same on every machine. What hangs together stands together: a tree of rings around its best
//! joined node, pulled and pushed into shape where the graph is small enough, and all the pieces
//! in rows, the largest first. A position is a drawing and no evidence: distance means nothing.
//! Source: Fruchterman and Reingold, Graph drawing by force-directed placement (1991), without its
//! random start; Eades, Drawing free trees (1992), for the rings.

mod force;
mod neighbours;
mod pack;
mod rings;

use neighbours::Neighbours;

use crate::style::rounded;

/// Up to so many nodes the forces are computed, which takes the square of them.
pub(crate) const FORCE_NODES: usize = 1500;

/// Distance between neighbours that the drawing aims at.
const STEP: f64 = 20.0;

/// A position.
pub(crate) type Place = (f64, f64);

/// A position for each node, to a thousandth.
pub(crate) fn positions(nodes: usize, ends: &[(u32, u32)]) -> Vec<Place> {
    let near = Neighbours::of(nodes, ends);
    let mut pieces = Vec::new();
    for members in near.components() {
        let (order, mut places) = rings::placed(&near, &members);
        if nodes <= FORCE_NODES {
            force::relax(&near, &order, &mut places);
        }
        pieces.push((order, places));
    }
    let mut all = vec![(0.0, 0.0); nodes];
    for (node, (x, y)) in pack::rows(pieces) {
        if let Some(place) = all.get_mut(node as usize) {
            *place = (rounded(x), rounded(y));
        }
    }
    all
}

#[cfg(test)]
mod tests;
