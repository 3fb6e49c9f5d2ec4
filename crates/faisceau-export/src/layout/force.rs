//! Neighbours pull, all others push.

use std::collections::BTreeMap;

use super::neighbours::Neighbours;
use super::{Place, STEP};

/// Steps; the last one moves nothing any more.
const STEPS: u32 = 120;

/// Below this distance two nodes stand on one another.
const TOUCHING: f64 = 1e-3;

/// Moves the nodes of a connected piece, which `order` numbers, from where they stand.
pub(super) fn relax(near: &Neighbours, order: &[u32], places: &mut [Place]) {
    let numbers: BTreeMap<u32, usize> = order.iter().copied().zip(0..).collect();
    let mut pairs = Vec::new();
    for (a, node) in order.iter().enumerate() {
        let others = near.at(*node).iter().filter_map(|next| numbers.get(next).copied());
        pairs.extend(others.filter(|b| a < *b).map(|b| (a, b)));
    }
    let mut moves = vec![(0.0, 0.0); places.len()];
    for step in 0..STEPS {
        moves.fill((0.0, 0.0));
        for a in 0..places.len() {
            for b in a + 1..places.len() {
                let (dx, dy, square) = apart(places, a, b);
                shift(&mut moves, (a, b), (dx, dy), STEP * STEP / square);
            }
        }
        for (a, b) in &pairs {
            let (dx, dy, square) = apart(places, *a, *b);
            shift(&mut moves, (*a, *b), (dx, dy), -square.sqrt() / STEP);
        }
        let most = 2.0 * STEP * (1.0 - f64::from(step) / f64::from(STEPS));
        for (place, (dx, dy)) in places.iter_mut().zip(&moves) {
            let length = (dx * dx + dy * dy).sqrt();
            if length > 0.0 {
                let scale = length.min(most) / length;
                *place = (place.0 + dx * scale, place.1 + dy * scale);
            }
        }
    }
}

/// From the second node to the first, and the square of the distance, which is never zero.
fn apart(places: &[Place], a: usize, b: usize) -> (f64, f64, f64) {
    let (dx, dy) = (places[a].0 - places[b].0, places[a].1 - places[b].1);
    let square = dx * dx + dy * dy;
    if square >= TOUCHING * TOUCHING {
        return (dx, dy, square);
    }
    // Nodes on one another part in a direction that their numbers tell.
    let angle = (b - a) as f64;
    let (dx, dy) = (TOUCHING * libm::cos(angle), TOUCHING * libm::sin(angle));
    (dx, dy, TOUCHING * TOUCHING)
}

/// Pushes two nodes apart by a factor of what lies between them; pulls if it is negative.
fn shift(moves: &mut [Place], (a, b): (usize, usize), (dx, dy): Place, factor: f64) {
    moves[a] = (moves[a].0 + dx * factor, moves[a].1 + dy * factor);
    moves[b] = (moves[b].0 - dx * factor, moves[b].1 - dy * factor);
}
