//! Questions to the graph.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use faisceau_model::RowId;
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use super::build::CaseGraph;
use super::edge::Edge;
use super::node::Node;
use super::shortest::shortest;

/// One step of a path: the edge taken and the node reached.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step<'a> {
    /// The edge.
    pub edge: &'a Edge,
    /// The node that it leads to.
    pub node: &'a Node,
}

/// A node that several touch.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared<'a> {
    /// The node.
    pub node: &'a Node,
    /// For each of those asked about, the edge that leads there.
    pub edges: Vec<&'a Edge>,
}

impl CaseGraph {
    /// The neighbours of a node with the edges that lead to them, in the order of the nodes, the
    /// observed edges first. Empty for a node that is not in the graph.
    pub fn neighbours(&self, node: &Node) -> Vec<Step<'_>> {
        self.index(node).map_or_else(Vec::new, |at| {
            self.around(at, |_| true)
                .into_iter()
                .map(|(edge, next)| Step { edge: &self.graph[edge], node: &self.graph[next].node })
                .collect()
        })
    }

    /// A shortest path between two nodes, the first in the order of the nodes, without its start.
    ///
    /// It takes observed edges, and links whose interval lies above LR 1. It shows how two nodes
    /// hang together in the exhibits; it weighs nothing. `None` where there is no path; empty when
    /// the ends are the same node.
    pub fn path(&self, from: &Node, to: &Node) -> Option<Vec<Step<'_>>> {
        let (start, goal) = (self.index(from)?, self.index(to)?);
        let route = shortest(&self.ways, start, goal)?;
        let steps = route.windows(2).filter_map(|pair| {
            let [at, next] = *pair else { return None };
            let edges = self.graph.edges_connecting(at, next);
            let edge = edges
                .filter(|edge| supports(edge.weight()))
                .min_by(|x, y| order(x.weight(), y.weight()).then(x.id().cmp(&y.id())))?;
            Some(Step { edge: &self.graph[edge.id()], node: &self.graph[next].node })
        });
        Some(steps.collect())
    }

    /// What stands next to each of the nodes by observation, in order, with one edge for each of
    /// them, the first. Empty if one of them is not in the graph.
    pub fn common(&self, nodes: &[Node]) -> Vec<Shared<'_>> {
        let mut shared: Option<BTreeMap<NodeIndex, Vec<&Edge>>> = None;
        for node in nodes {
            let Some(at) = self.index(node) else { return Vec::new() };
            let mut next: BTreeMap<NodeIndex, Vec<&Edge>> = BTreeMap::new();
            let mut last = None;
            for (edge, other) in self.around(at, Edge::observed) {
                // Two edges to one node are one way to it: the first counts.
                if last.replace(other) == Some(other) {
                    continue;
                }
                let before = match &mut shared {
                    Some(shared) => shared.remove(&other),
                    None => Some(Vec::new()),
                };
                if let Some(mut edges) = before {
                    edges.push(&self.graph[edge]);
                    next.insert(other, edges);
                }
            }
            shared = Some(next);
        }
        let found = shared.into_iter().flatten();
        found.map(|(at, edges)| Shared { node: &self.graph[at].node, edges }).collect()
    }

    /// Edges from a node, sorted by the node reached, then observed before weighed, then by row.
    fn around(&self, at: NodeIndex, take: fn(&Edge) -> bool) -> Vec<(EdgeIndex, NodeIndex)> {
        let mut edges: Vec<(EdgeIndex, NodeIndex)> = self
            .graph
            .edges(at)
            .filter(|edge| take(edge.weight()))
            .map(|edge| {
                (edge.id(), if edge.source() == at { edge.target() } else { edge.source() })
            })
            .collect();
        // Nodes were added in their order, so that indices sort as the nodes do.
        edges.sort_unstable_by(|(edge, next), (other, far)| {
            next.cmp(far)
                .then_with(|| order(&self.graph[*edge], &self.graph[*other]))
                .then(edge.cmp(other))
        });
        edges
    }
}

/// Observed before weighed, then by the first row.
fn order(one: &Edge, other: &Edge) -> Ordering {
    let key = |edge: &Edge| !edge.observed();
    key(one).cmp(&key(other)).then_with(|| first_row(one).cmp(&first_row(other)))
}

pub(super) fn supports(edge: &Edge) -> bool {
    match edge {
        Edge::Link { low, .. } => *low > 0.0,
        Edge::Observed { .. } => true,
    }
}

fn first_row(edge: &Edge) -> Option<&RowId> {
    match edge {
        Edge::Observed { rows, .. } => rows.first(),
        Edge::Link { id, .. } => Some(id),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::input::{GraphInput, Window};
    use super::*;
    use crate::requests::planted::{account, address, key, link, media};
    use faisceau_model::{AccessKind, Maybe, Role};

    fn node(account: &str) -> Node {
        Node::Account(key(account))
    }

    struct Rows {
        accounts: Vec<faisceau_model::rows::Account>,
        posts: Vec<(faisceau_model::AccountKey, u64)>,
        addresses: Vec<faisceau_model::rows::Address>,
        media: Vec<faisceau_model::rows::Media>,
        links: Vec<faisceau_model::rows::Link>,
    }

    fn rows() -> Rows {
        let line = AccessKind::AccessLine;
        Rows {
            accounts: vec![
                account(1, "x:1", Role::ThirdParty),
                account(2, "x:1", Role::Examined),
                account(3, "forum:@b", Role::Examined),
            ],
            posts: vec![(key("x:1"), 1), (key("x:1"), 1)],
            addresses: vec![
                address(1, Some("x:1"), "192.0.2.1", Some(5000), "2026-01-02T10:00:00Z", line),
                address(2, Some("x:1"), "192.0.2.1", None, "2026-01-01T10:00:00Z", line),
                address(3, Some("forum:@b"), "192.0.2.1", None, "2026-01-03T10:00:00Z", line),
                address(4, None, "192.0.2.9", None, "2026-01-03T10:00:00Z", line),
            ],
            media: vec![
                media(1, "aa", Some("x:1"), Some("SN1")),
                media(2, "bb", Some("x:3"), Some("SN1")),
            ],
            links: vec![link(1, "forum:@b", "x:9", 2.5, 1.5), link(2, "x:3", "x:9", 0.5, -0.5)],
        }
    }

    fn build(rows: &Rows) -> CaseGraph {
        CaseGraph::build(&GraphInput {
            accounts: &rows.accounts,
            posts: &rows.posts,
            addresses: &rows.addresses,
            media: &rows.media,
            links: &rows.links,
            ..GraphInput::default()
        })
    }

    fn text(graph: &CaseGraph) -> Vec<String> {
        let nodes = graph.nodes().map(|info| format!("{info:?}"));
        nodes.chain(graph.edges().map(|edge| format!("{edge:?}"))).collect()
    }

    #[test]
    fn only_addresses_bound_to_an_account_are_nodes() {
        let graph = build(&rows());
        assert!(graph.node(&Node::Address("192.0.2.9".into())).is_none());
        let info = graph.node(&node("x:1")).unwrap();
        assert_eq!((info.role, info.posts), (Maybe::Known(Role::Examined), 2));
        let steps = graph.neighbours(&node("x:1"));
        let Edge::Observed { count, span, rows, .. } = steps[0].edge else { panic!("{steps:?}") };
        assert_eq!((*count, rows.len()), (2, 2));
        assert_eq!(span.unwrap().0.day_utc(), "2026-01-01");
    }

    #[test]
    fn an_address_that_a_sender_claims_joins_nobody() {
        let mut rows = rows();
        rows.addresses[2].declared = true;
        let graph = build(&rows);
        assert_eq!(graph.neighbours(&Node::Address("192.0.2.1".into())).len(), 1);
    }

    #[test]
    fn a_path_takes_what_was_seen_and_links_above_one() {
        let graph = build(&rows());
        let names = |from: &str, to: &str| {
            let steps = graph.path(&node(from), &node(to))?;
            Some(steps.iter().map(|step| step.node.to_string()).collect::<Vec<_>>().join(" > "))
        };
        assert_eq!(
            names("x:1", "x:9").unwrap(),
            "address 192.0.2.1 > account forum:@b > account x:9"
        );
        // The link with an interval across 1 is no path: the camera is the longer way round.
        assert_eq!(
            names("x:9", "x:3").unwrap(),
            "account forum:@b > address 192.0.2.1 > account x:1 > image aa > camera Canon SN1 > image bb > account x:3"
        );
        assert_eq!(names("x:1", "x:1").unwrap(), "");
        assert_eq!(names("x:1", "x:404"), None);
    }

    #[test]
    fn what_two_accounts_share_is_what_both_touch() {
        let graph = build(&rows());
        let names = |nodes: &[&str]| {
            let nodes: Vec<Node> = nodes.iter().map(|name| node(name)).collect();
            let shared = graph.common(&nodes);
            shared.iter().map(|one| (one.node.to_string(), one.edges.len())).collect::<Vec<_>>()
        };
        assert_eq!(names(&["x:1", "forum:@b"]), [("address 192.0.2.1".to_owned(), 2)]);
        assert!(names(&["x:1", "x:3"]).is_empty(), "the camera is two steps away");
        assert!(names(&["x:1", "x:404"]).is_empty());
        assert!(names(&["forum:@b", "x:9"]).is_empty(), "a link is no thing in common");
    }

    #[test]
    fn a_window_leaves_out_what_is_later_undated_or_weighed() {
        let mut rows = rows();
        rows.addresses[1].at = Maybe::Missing(faisceau_model::Absent::NotRecorded);
        let before = faisceau_model::Moment::from_rfc3339("2026-01-03T00:00:00Z");
        let graph = CaseGraph::build(&GraphInput {
            accounts: &rows.accounts,
            posts: &rows.posts,
            addresses: &rows.addresses,
            links: &rows.links,
            window: Window { from: None, before },
            ..GraphInput::default()
        });
        let edges: Vec<_> = graph.edges().collect();
        let [(_, _, Edge::Observed { count, .. })] = edges[..] else { panic!("{edges:?}") };
        assert_eq!((*count, graph.undated()), (1, 1));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn the_order_of_the_rows_does_not_matter(seed in any::<u64>()) {
            let mut shuffled = rows();
            crate::requests::planted::shuffle(&mut shuffled.accounts, seed);
            crate::requests::planted::shuffle(&mut shuffled.addresses, seed ^ 1);
            crate::requests::planted::shuffle(&mut shuffled.media, seed ^ 2);
            crate::requests::planted::shuffle(&mut shuffled.links, seed ^ 3);
            prop_assert_eq!(text(&build(&shuffled)), text(&build(&rows())));
        }
    }
}
