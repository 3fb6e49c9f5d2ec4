//! Builds the graph from rows, in one order.

use std::collections::BTreeMap;

use faisceau_model::rows::{Account, Link};
use faisceau_model::{Absent, AccountKey, Maybe, Role};
use petgraph::graph::{NodeIndex, UnGraph};

use super::edge::Edge;
use super::gather::{Drawn, Gathered, Kind};
use super::input::GraphInput;
use super::node::{Node, NodeInfo};
use super::sources;

/// The graph of a case.
#[derive(Debug, Clone)]
pub struct CaseGraph {
    pub(super) graph: UnGraph<NodeInfo, Edge>,
    undated: u64,
}

impl CaseGraph {
    /// Builds the graph in one pass. The same rows in another order give the same graph.
    pub fn build(input: &GraphInput<'_>) -> Self {
        let window = input.window;
        let mut gathered = Gathered::within(window);
        let counts = posts_of(input);
        let roles = roles_of(input.accounts);
        let links: &[Link] = if window.is_open() { input.links } else { &[] };
        let linked = links.iter().flat_map(|link| [&link.a, &link.b]);
        // Accounts first: every one that a table names stands in the graph, joined or not.
        for account in roles.keys().chain(counts.keys()).copied().chain(linked) {
            gathered.node(Kind::Account, account.as_str());
        }
        sources::addresses(&mut gathered, input.addresses);
        sources::media(&mut gathered, input.media);
        sources::devices(&mut gathered, input.devices);
        sources::mentions(&mut gathered, input.mentions);
        sources::phrases(&mut gathered, input.comparisons);
        sources::names(&mut gathered, input.names);
        let Drawn { nodes, edges, undated } = gathered.draw();
        let mut graph = UnGraph::with_capacity(nodes.len(), edges.len() + links.len());
        for node in nodes {
            let (role, posts) = match &node {
                Node::Account(account) => (
                    Maybe::or_absent(roles.get(account).copied(), Absent::NotRecorded),
                    counts.get(account).copied().unwrap_or(0),
                ),
                _ => (Maybe::Missing(Absent::NotApplicable), 0),
            };
            graph.add_node(NodeInfo { node, role, posts });
        }
        for (a, b, edge) in edges {
            graph.add_edge(NodeIndex::new(a as usize), NodeIndex::new(b as usize), edge);
        }
        let mut built = Self { graph, undated };
        built.weigh(links);
        built
    }

    /// The nodes, in order.
    pub fn nodes(&self) -> impl Iterator<Item = &NodeInfo> {
        self.graph.node_weights()
    }

    /// The edges with their ends: observations by kind, then links, each in the order of its ends.
    pub fn edges(&self) -> impl Iterator<Item = (&Node, &Node, &Edge)> {
        self.graph.edge_references().map(|edge| {
            use petgraph::visit::EdgeRef;
            let (a, b) = (edge.source(), edge.target());
            (&self.graph[a].node, &self.graph[b].node, edge.weight())
        })
    }

    /// A node and what is counted on it.
    pub fn node(&self, node: &Node) -> Option<&NodeInfo> {
        self.index(node).map(|at| &self.graph[at])
    }

    /// Rows without a time that a window left out.
    pub const fn undated(&self) -> u64 {
        self.undated
    }

    /// Where a node stands: nodes were added in their order.
    pub(super) fn index(&self, node: &Node) -> Option<NodeIndex> {
        let (mut low, mut high) = (0, self.graph.node_count());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.graph[NodeIndex::new(middle)].node.cmp(node) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(NodeIndex::new(middle)),
            }
        }
        None
    }

    fn weigh(&mut self, links: &[Link]) {
        let mut sorted: Vec<&Link> = links.iter().collect();
        sorted
            .sort_by(|x, y| (&x.a, &x.b, x.relation, &x.id).cmp(&(&y.a, &y.b, y.relation, &y.id)));
        for link in sorted {
            let ends = [&link.a, &link.b].map(|end| self.index(&Node::Account(end.clone())));
            let [Some(a), Some(b)] = ends else { continue };
            let edge = Edge::Link {
                id: link.id.clone(),
                relation: link.relation,
                total: link.total,
                low: link.total_low,
                high: link.total_high,
            };
            self.graph.add_edge(a, b, edge);
        }
    }
}

fn roles_of(accounts: &[Account]) -> BTreeMap<&AccountKey, Role> {
    let mut roles: BTreeMap<&AccountKey, Role> = BTreeMap::new();
    for row in accounts {
        // `Examined` sorts before `Claimant`, and that before `ThirdParty`.
        let role = roles.entry(&row.account).or_insert(row.role);
        *role = row.role.min(*role);
    }
    roles
}

fn posts_of<'a>(input: &GraphInput<'a>) -> BTreeMap<&'a AccountKey, u64> {
    let mut counts = BTreeMap::new();
    for (account, posts) in input.posts {
        *counts.entry(account).or_insert(0) += posts;
    }
    counts
}
