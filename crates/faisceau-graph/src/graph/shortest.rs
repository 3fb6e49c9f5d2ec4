//! A shortest way between two nodes, searched from both ends.
//!
//! In: a graph whose nodes are numbered in their order. Out: of all shortest ways the one whose
//! nodes come first. From both ends levels grow, the smaller side first; where they meet, the way is
//! read off. Nodes that many touch make one-sided searches see all of the graph.

use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::visit::EdgeRef;

use super::edge::Edge;
use super::node::NodeInfo;

/// Not reached.
const FAR: u32 = u32::MAX;

/// One side of the search.
struct Side {
    /// The level of each node, or [`FAR`].
    level: Vec<u32>,
    /// The nodes of the last level.
    front: Vec<NodeIndex>,
    /// How many levels there are beyond the end.
    depth: u32,
}

impl Side {
    fn from(end: NodeIndex, nodes: usize) -> Self {
        let mut level = vec![FAR; nodes];
        level[end.index()] = 0;
        Self { level, front: vec![end], depth: 0 }
    }

    /// Adds a level.
    fn grow(&mut self, graph: &UnGraph<NodeInfo, Edge>, take: fn(&Edge) -> bool) {
        self.depth += 1;
        for at in std::mem::take(&mut self.front) {
            for next in around(graph, at, take) {
                let level = &mut self.level[next.index()];
                if *level == FAR {
                    *level = self.depth;
                    self.front.push(next);
                }
            }
        }
    }
}

/// The nodes of the way, both ends among them, over edges that `take` takes. `None` if there is
/// no way.
pub(super) fn shortest(
    graph: &UnGraph<NodeInfo, Edge>,
    start: NodeIndex,
    goal: NodeIndex,
    take: fn(&Edge) -> bool,
) -> Option<Vec<NodeIndex>> {
    let nodes = graph.node_count();
    let (mut near, mut far) = (Side::from(start, nodes), Side::from(goal, nodes));
    let mut met: Vec<NodeIndex> = if start == goal { vec![start] } else { Vec::new() };
    while met.is_empty() {
        if near.front.is_empty() || far.front.is_empty() {
            return None;
        }
        let (grown, other) =
            if near.front.len() <= far.front.len() { (&mut near, &far) } else { (&mut far, &near) };
        grown.grow(graph, take);
        // The other side is whole up to its last level: a first meeting lies on a shortest way.
        met = grown
            .front
            .iter()
            .copied()
            .filter(|node| other.level[node.index()] == other.depth)
            .collect();
    }
    // Nodes of the near side that lead to a meeting, level by level back to the start.
    let mut leads = vec![false; nodes];
    for node in &met {
        leads[node.index()] = true;
    }
    let mut level = met;
    for depth in (0..near.depth).rev() {
        let mut before = Vec::new();
        for at in level {
            for next in around(graph, at, take) {
                if near.level[next.index()] == depth && !leads[next.index()] {
                    leads[next.index()] = true;
                    before.push(next);
                }
            }
        }
        level = before;
    }
    let mut way = vec![start];
    let mut at = start;
    for depth in 1..=near.depth {
        let ahead = |next: &NodeIndex| near.level[next.index()] == depth && leads[next.index()];
        at = around(graph, at, take).filter(ahead).min()?;
        way.push(at);
    }
    for depth in (0..far.depth).rev() {
        at = around(graph, at, take).filter(|next| far.level[next.index()] == depth).min()?;
        way.push(at);
    }
    Some(way)
}

fn around(
    graph: &UnGraph<NodeInfo, Edge>,
    at: NodeIndex,
    take: fn(&Edge) -> bool,
) -> impl Iterator<Item = NodeIndex> + '_ {
    graph
        .edges(at)
        .filter(move |edge| take(edge.weight()))
        .map(move |edge| if edge.source() == at { edge.target() } else { edge.source() })
}

#[cfg(test)]
mod tests {
    use faisceau_model::{Absent, Maybe};
    use proptest::prelude::*;

    use super::super::edge::Observation;
    use super::super::node::Node;
    use super::*;

    fn graph(nodes: usize, pairs: &[(usize, usize)]) -> UnGraph<NodeInfo, Edge> {
        let mut graph = UnGraph::default();
        for n in 0..nodes {
            let node = Node::Address(format!("{n:03}"));
            graph.add_node(NodeInfo { node, role: Maybe::Missing(Absent::NoData), posts: 0 });
        }
        for (a, b) in pairs {
            let what = Observation::Used;
            let edge = Edge::Observed { what, count: 1, span: None, rows: Vec::new() };
            graph.add_edge(NodeIndex::new(*a), NodeIndex::new(*b), edge);
        }
        graph
    }

    /// The first of the shortest ways, by trying them all in order.
    fn by_hand(
        nodes: usize,
        pairs: &[(usize, usize)],
        start: usize,
        goal: usize,
    ) -> Option<Vec<usize>> {
        let mut ways = vec![vec![start]];
        for _ in 0..nodes {
            if let Some(way) = ways.iter().find(|way| way.last() == Some(&goal)) {
                return Some(way.clone());
            }
            let mut next: Vec<Vec<usize>> = Vec::new();
            for way in &ways {
                let at = *way.last()?;
                for (a, b) in pairs {
                    for (from, to) in [(*a, *b), (*b, *a)] {
                        if from == at && !way.contains(&to) {
                            next.push([way.clone(), vec![to]].concat());
                        }
                    }
                }
            }
            next.sort();
            next.dedup();
            ways = next;
        }
        None
    }

    proptest! {
        #[test]
        fn the_way_is_the_first_of_the_shortest(
            pairs in prop::collection::vec((0usize..9, 0usize..9), 0..14),
            start in 0usize..9,
            goal in 0usize..9,
        ) {
            let pairs: Vec<_> = pairs.into_iter().filter(|(a, b)| a != b).collect();
            let graph = graph(9, &pairs);
            let found = shortest(&graph, NodeIndex::new(start), NodeIndex::new(goal), |_| true);
            let found = found.map(|way| way.iter().map(|n| n.index()).collect::<Vec<_>>());
            prop_assert_eq!(found, by_hand(9, &pairs, start, goal));
        }
    }
}
