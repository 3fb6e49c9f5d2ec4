//! A shortest way between two nodes, searched from both ends.
//!
//! In: the ways between nodes that are numbered in their order. Out: of all shortest ways the one whose
//! nodes come first. From both ends levels grow, the smaller side first; where they meet, the way is
//! read off. Nodes that many touch make one-sided searches see all of the graph.

use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::visit::EdgeRef;

use super::edge::Edge;
use super::node::NodeInfo;

/// Not reached.
const FAR: u32 = u32::MAX;

/// The nodes that each node leads to, side by side in memory: a search sees millions of edges and
/// would wait for each of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Ways {
    /// Where the neighbours of each node start, and one more.
    starts: Vec<u32>,
    /// The neighbours.
    next: Vec<u32>,
}

impl Ways {
    /// The ways over the edges that `take` takes.
    pub(super) fn of(graph: &UnGraph<NodeInfo, Edge>, take: fn(&Edge) -> bool) -> Self {
        let mut counts = vec![0_u32; graph.node_count() + 1];
        let taken = || graph.edge_references().filter(|edge| take(edge.weight()));
        for edge in taken() {
            counts[edge.source().index()] += 1;
            counts[edge.target().index()] += 1;
        }
        let mut sum = 0;
        let mut starts: Vec<u32> = counts
            .into_iter()
            .map(|count| {
                sum += count;
                sum
            })
            .collect();
        let mut next = vec![0; sum as usize];
        // Filled from the end of each node's part to its start, which is left in `starts`.
        for edge in taken() {
            let (a, b) = (edge.source().index(), edge.target().index());
            for (from, to) in [(a, b), (b, a)] {
                starts[from] -= 1;
                next[starts[from] as usize] = to as u32;
            }
        }
        Self { starts, next }
    }

    fn nodes(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    fn around(&self, at: u32) -> &[u32] {
        let (start, end) = (self.starts[at as usize], self.starts[at as usize + 1]);
        &self.next[start as usize..end as usize]
    }
}

/// One side of the search.
struct Side {
    /// The level of each node, or [`FAR`].
    level: Vec<u32>,
    /// The nodes of the last level.
    front: Vec<u32>,
    /// How many levels there are beyond the end.
    depth: u32,
}

impl Side {
    fn from(end: u32, nodes: usize) -> Self {
        let mut level = vec![FAR; nodes];
        level[end as usize] = 0;
        Self { level, front: vec![end], depth: 0 }
    }

    /// Edges that the next level has to look at.
    fn work(&self, ways: &Ways) -> usize {
        self.front.iter().map(|at| ways.around(*at).len()).sum()
    }

    /// Adds a level.
    fn grow(&mut self, ways: &Ways) {
        self.depth += 1;
        for at in std::mem::take(&mut self.front) {
            for next in ways.around(at) {
                let level = &mut self.level[*next as usize];
                if *level == FAR {
                    *level = self.depth;
                    self.front.push(*next);
                }
            }
        }
    }
}

/// The nodes of the way, both ends among them. `None` if there is no way.
pub(super) fn shortest(ways: &Ways, start: NodeIndex, goal: NodeIndex) -> Option<Vec<NodeIndex>> {
    let (start, goal) = (start.index() as u32, goal.index() as u32);
    let nodes = ways.nodes();
    let (mut near, mut far) = (Side::from(start, nodes), Side::from(goal, nodes));
    let mut met: Vec<u32> = if start == goal { vec![start] } else { Vec::new() };
    while met.is_empty() {
        if near.front.is_empty() || far.front.is_empty() {
            return None;
        }
        let (grown, other) =
            if near.work(ways) <= far.work(ways) { (&mut near, &far) } else { (&mut far, &near) };
        grown.grow(ways);
        // The other side is whole up to its last level: a first meeting lies on a shortest way.
        let last = |node: &u32| other.level[*node as usize] == other.depth;
        met = grown.front.iter().copied().filter(last).collect();
    }
    // Nodes of the near side that lead to a meeting, level by level back to the start.
    let mut leads = vec![false; nodes];
    for node in &met {
        leads[*node as usize] = true;
    }
    let mut level = met;
    for depth in (0..near.depth).rev() {
        let mut before = Vec::new();
        for at in level {
            for next in ways.around(at) {
                if near.level[*next as usize] == depth && !leads[*next as usize] {
                    leads[*next as usize] = true;
                    before.push(*next);
                }
            }
        }
        level = before;
    }
    let mut way = vec![start];
    let mut at = start;
    for depth in 1..=near.depth {
        let ahead = |next: &u32| near.level[*next as usize] == depth && leads[*next as usize];
        at = ways.around(at).iter().copied().filter(ahead).min()?;
        way.push(at);
    }
    for depth in (0..far.depth).rev() {
        let ahead = |next: &u32| far.level[*next as usize] == depth;
        at = ways.around(at).iter().copied().filter(ahead).min()?;
        way.push(at);
    }
    Some(way.into_iter().map(|node| NodeIndex::new(node as usize)).collect())
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
            let found = shortest(&Ways::of(&graph, |_| true), NodeIndex::new(start), NodeIndex::new(goal));
            let found = found.map(|way| way.iter().map(|n| n.index()).collect::<Vec<_>>());
            prop_assert_eq!(found, by_hand(9, &pairs, start, goal));
        }
    }
}
