//! The pieces of a graph side by side.

use std::cmp::Reverse;

use super::{Place, STEP};

/// Rows leave gaps: a little wider than the root of the area comes out about square.
const WIDER: f64 = 1.25;

/// A piece: its nodes and their places around a point of its own.
pub(super) type Piece = (Vec<u32>, Vec<Place>);

/// Sets pieces in rows, the largest first, in a shape that is about as wide as high.
pub(super) fn rows(mut pieces: Vec<Piece>) -> Vec<(u32, Place)> {
    pieces.sort_by_key(|(nodes, _)| (Reverse(nodes.len()), nodes.iter().min().copied()));
    let boxes: Vec<Box> = pieces.iter().map(|(_, places)| Box::around(places)).collect();
    let area: f64 = boxes.iter().map(|of| of.width * of.height).sum();
    let widest = boxes.iter().map(|of| of.width).fold(0.0, f64::max);
    let row = f64::max(WIDER * area.sqrt(), widest);
    let (mut x, mut y, mut height) = (0.0, 0.0, 0.0);
    let mut out = Vec::new();
    for ((nodes, places), of) in pieces.into_iter().zip(boxes) {
        if x > 0.0 && x + of.width > row {
            (x, y, height) = (0.0, y - height, 0.0);
        }
        for (node, (px, py)) in nodes.into_iter().zip(places) {
            out.push((node, (x + px - of.left, y + py - of.top)));
        }
        x += of.width;
        height = f64::max(height, of.height);
    }
    out
}

/// What a piece covers, with a margin of a step.
struct Box {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Box {
    fn around(places: &[Place]) -> Self {
        let least = |of: fn(&Place) -> f64| places.iter().map(of).fold(f64::INFINITY, f64::min);
        let most = |of: fn(&Place) -> f64| places.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        let (left, right) = (least(|place| place.0), most(|place| place.0));
        let (bottom, top) = (least(|place| place.1), most(|place| place.1));
        Self { left, top, width: right - left + STEP, height: top - bottom + STEP }
    }
}
