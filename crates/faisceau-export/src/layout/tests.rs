use proptest::prelude::*;

use super::*;

fn distance(a: Place, b: Place) -> f64 {
    ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)).sqrt()
}

/// Two stars of ten leaves, joined by their middles, and three nodes alone.
fn stars() -> (usize, Vec<(u32, u32)>) {
    let leaves = (2..22).map(|leaf| (leaf % 2, leaf));
    (25, leaves.chain([(0, 1)]).collect())
}

#[test]
fn neighbours_stand_closer_than_strangers() {
    let (nodes, ends) = stars();
    let places = positions(nodes, &ends);
    for leaf in 2..22_usize {
        let (own, other) = (places[leaf % 2], places[1 - leaf % 2]);
        assert!(distance(places[leaf], own) < distance(places[leaf], other), "leaf {leaf}");
    }
}

#[test]
fn no_two_nodes_stand_on_one_another() {
    for (nodes, ends) in [stars(), (FORCE_NODES + 1, vec![]), (3, vec![(0, 1), (0, 1), (2, 2)])] {
        let mut places = positions(nodes, &ends);
        places.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        assert!(places.windows(2).all(|pair| distance(pair[0], pair[1]) > 1.0));
    }
}

#[test]
fn a_large_graph_is_set_in_rings() {
    // A chain: the deepest tree that there is.
    let nodes = FORCE_NODES + 500;
    let chain: Vec<(u32, u32)> = (1..nodes as u32).map(|at| (at - 1, at)).collect();
    let places = positions(nodes, &chain);
    assert!(places.iter().all(|(x, y)| x.is_finite() && y.is_finite()));
    assert!(places.windows(2).all(|pair| distance(pair[0], pair[1]) < 2.1 * STEP));
}

#[test]
fn the_same_graph_is_drawn_the_same_to_the_bit() {
    let (nodes, ends) = stars();
    let said: Vec<String> =
        positions(nodes, &ends).iter().take(4).map(|(x, y)| format!("{x} {y}")).collect();
    insta::assert_snapshot!(said.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn the_order_of_the_edges_does_not_matter(
        ends in proptest::collection::vec((0_u32..40, 0_u32..40), 0..80),
        nodes in 0_usize..45,
    ) {
        let places = positions(nodes, &ends);
        prop_assert_eq!(places.len(), nodes);
        prop_assert!(places.iter().all(|(x, y)| x.is_finite() && y.is_finite()));
        let turned: Vec<(u32, u32)> = ends.iter().rev().map(|(a, b)| (*b, *a)).collect();
        prop_assert_eq!(positions(nodes, &turned), places);
    }
}
