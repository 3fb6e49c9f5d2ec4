//! Where accounts stand in a drawing: each set of linked accounts on a circle of its own, one under
//! the other. Same links, same places, bit for bit.
//!
//! In: how many accounts, pairs of them. Out: places as shares of the width, and where on each line
//! its words fit without covering others.

use std::f64::consts::TAU;

/// Half of the height and of the width of a line of words.
const WORDS: (f64, f64) = (0.085, 0.013);
/// Places on a line that are tried for its words.
const TRIED: [f64; 9] = [0.5, 0.4, 0.6, 0.32, 0.68, 0.45, 0.55, 0.25, 0.75];
/// Height of a set of two.
const PAIR: f64 = 0.045;
/// Above and below a circle, for the words of its points.
const MARGIN: f64 = 0.03;

/// The places.
pub(super) struct Layout {
    pub(super) points: Vec<(f64, f64, i8)>,
    pub(super) words: Vec<Option<f64>>,
    pub(super) height: f64,
}

/// Places `n` accounts.
pub(super) fn layout(n: usize, edges: &[(usize, usize)]) -> Layout {
    let mut points = vec![(0.5, 0.0, 0_i8); n];
    let mut top = 0.02;
    for set in sets(n, edges) {
        if let [one, other] = set[..] {
            place(&mut points, one, (0.36, top + PAIR / 2.0, -1));
            place(&mut points, other, (0.64, top + PAIR / 2.0, 1));
            top += PAIR;
            continue;
        }
        let inside = edges.iter().filter(|(a, _)| set.contains(a)).count();
        let radius = (0.05 + 0.011 * inside as f64).clamp(0.07, 0.24);
        // Wider than high, but for room beside it for the names of its points.
        let wide = (1.6 * radius).min(0.2);
        let (x, y) = (0.5, top + MARGIN + radius);
        for (i, &node) in set.iter().enumerate() {
            // Half a step off the top, so that few points stand one above the other.
            let angle = TAU * (i as f64 + 0.5) / set.len() as f64;
            let (sin, cos) = (libm::sin(angle), libm::cos(angle));
            let side = if sin > 0.05 {
                1
            } else if sin < -0.05 {
                -1
            } else {
                0
            };
            place(&mut points, node, (x + wide * sin, y - radius * cos, side));
        }
        top = y + radius + MARGIN;
    }
    let words = words(&points, edges);
    Layout { points, words, height: top + 0.01 }
}

fn place(points: &mut [(f64, f64, i8)], node: usize, at: (f64, f64, i8)) {
    if let Some(point) = points.get_mut(node) {
        *point = at;
    }
}

/// Sets of accounts that links join, the largest first.
fn sets(n: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut of: Vec<usize> = (0..n).collect();
    // As many passes as the longest chain needs; `n` is small.
    for _ in 0..n {
        for &(a, b) in edges {
            let (Some(&x), Some(&y)) = (of.get(a), of.get(b)) else { continue };
            for end in [a, b] {
                if let Some(own) = of.get_mut(end) {
                    *own = x.min(y);
                }
            }
        }
    }
    let mut sets: Vec<Vec<usize>> = vec![Vec::new(); n];
    for (node, &set) in of.iter().enumerate() {
        if let Some(members) = sets.get_mut(set) {
            members.push(node);
        }
    }
    sets.retain(|set| !set.is_empty());
    sets.sort_by_key(|set| std::cmp::Reverse(set.len()));
    sets
}

fn words(points: &[(f64, f64, i8)], edges: &[(usize, usize)]) -> Vec<Option<f64>> {
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let mut out = Vec::new();
    for &(a, b) in edges {
        let (Some(&(x1, y1, _)), Some(&(x2, y2, _))) = (points.get(a), points.get(b)) else {
            out.push(None);
            continue;
        };
        let at = |share: f64| (x1 + (x2 - x1) * share, y1 + (y2 - y1) * share);
        let free = |share: &f64| {
            let (x, y) = at(*share);
            let apart = |(u, v): &(f64, f64), (wide, high): (f64, f64)| {
                (x - u).abs() >= wide || (y - v).abs() >= high
            };
            taken.iter().all(|other| apart(other, (2.0 * WORDS.0, 2.0 * WORDS.1)))
                && points.iter().all(|(u, v, _)| apart(&(*u, *v), (WORDS.0, WORDS.1 + 0.006)))
        };
        let found = TRIED.into_iter().find(free);
        taken.extend(found.map(at));
        out.push(found);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clique(n: usize) -> Vec<(usize, usize)> {
        (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b))).collect()
    }

    #[test]
    fn four_of_one_group_have_room_for_all_words() {
        let found = layout(6, &[clique(4), vec![(4, 5)]].concat());
        assert!(found.words.iter().all(Option::is_some), "{:?}", found.words);
        assert!(found.height < 0.5, "{}", found.height);
    }

    #[test]
    fn points_stay_on_the_paper_and_apart() {
        for n in 0..=30 {
            let found = layout(n, &clique(n));
            for (i, (x, y, _)) in found.points.iter().enumerate() {
                assert!((0.1..=0.9).contains(x) && (0.0..=found.height).contains(y), "{n}");
                let apart = |(u, v, _): &(f64, f64, i8)| (x - u).abs() + (y - v).abs() > 0.01;
                assert!(n == 1 || found.points.iter().skip(i + 1).all(apart), "{n}");
            }
            assert!(found.height < 1.2);
        }
    }
}
