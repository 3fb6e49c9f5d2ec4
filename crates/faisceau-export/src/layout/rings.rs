//! A connected piece as rings around its best joined node.

use std::collections::BTreeSet;
use std::f64::consts::TAU;

use super::neighbours::Neighbours;
use super::{Place, STEP};

/// A node of the tree that a walk by breadth leaves.
struct Branch {
    parent: usize,
    depth: usize,
    /// Nodes below it that have none below, itself if it is one.
    leaves: usize,
    /// Where the angles of its branches start, and how far they reach.
    from: f64,
    width: f64,
}

/// The nodes in the order of the walk, and their places around (0, 0).
pub(super) fn placed(near: &Neighbours, members: &[u32]) -> (Vec<u32>, Vec<Place>) {
    // The first of those with most neighbours.
    let root =
        members.iter().copied().max_by_key(|node| (near.at(*node).len(), std::cmp::Reverse(*node)));
    let Some(root) = root else { return (Vec::new(), Vec::new()) };
    let (order, mut tree) = walked(near, root);
    for at in (1..tree.len()).rev() {
        if tree[at].leaves == 0 {
            tree[at].leaves = 1;
        }
        let (parent, leaves) = (tree[at].parent, tree[at].leaves);
        tree[parent].leaves += leaves;
    }
    let radii = radii(&tree);
    let mut places = Vec::with_capacity(tree.len());
    for at in 0..tree.len() {
        if at > 0 {
            let parent = tree[at].parent;
            // What is left of the parent's angles is shared by leaves.
            let share = tree[at].leaves as f64 / tree[parent].leaves.max(1) as f64;
            let width = tree[parent].width * share;
            tree[at].from = tree[parent].from;
            tree[at].width = width;
            tree[parent].from += width;
        }
        let angle = tree[at].from + tree[at].width / 2.0;
        let radius = radii.get(tree[at].depth).copied().unwrap_or_default();
        places.push((radius * libm::cos(angle), radius * libm::sin(angle)));
    }
    (order, places)
}

fn walked(near: &Neighbours, root: u32) -> (Vec<u32>, Vec<Branch>) {
    let branch = |parent, depth| Branch { parent, depth, leaves: 0, from: 0.0, width: TAU };
    let (mut order, mut tree) = (vec![root], vec![branch(0, 0)]);
    let mut met = BTreeSet::from([root]);
    let mut at = 0;
    while let Some(node) = order.get(at).copied() {
        for next in near.at(node) {
            if met.insert(*next) {
                order.push(*next);
                tree.push(branch(at, tree[at].depth + 1));
            }
        }
        at += 1;
    }
    (order, tree)
}

/// The radius of each ring: one step beyond the last, and wide enough for its nodes.
fn radii(tree: &[Branch]) -> Vec<f64> {
    let mut counts = vec![0_usize; tree.last().map_or(0, |last| last.depth + 1)];
    for branch in tree {
        if let Some(count) = counts.get_mut(branch.depth) {
            *count += 1;
        }
    }
    let mut radius = 0.0;
    let mut radii = Vec::with_capacity(counts.len());
    for (depth, count) in counts.into_iter().enumerate() {
        if depth > 0 {
            radius = f64::max(radius + STEP, count as f64 * STEP / TAU);
        }
        radii.push(radius);
    }
    radii
}
