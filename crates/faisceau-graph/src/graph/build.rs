//! Builds the graph from rows, in one order.

use std::collections::BTreeMap;

use faisceau_model::rows::{Account, Address, Device, Link, Media, Name};
use faisceau_model::{Absent, AccountKey, Maybe, Role};
use petgraph::graph::{NodeIndex, UnGraph};

use super::edge::Edge;
use super::gather::{Drawn, Gathered};
use super::input::{GraphInput, Mention, Window};
use super::node::{Node, NodeInfo, NodeKind};
use super::shortest::Ways;
use super::sources::{self, Networks};
use super::walk::supports;

/// The graph of a case.
#[derive(Debug, Clone)]
pub struct CaseGraph {
    pub(super) graph: UnGraph<NodeInfo, Edge>,
    /// Over what was observed, and links that support one hand.
    pub(super) ways: Ways,
    undated: u64,
}

/// Builds a graph from batches of rows, in any order; of a row only what the graph holds is kept.
///
/// What must wait for all rows of another table is handed to [`GraphBuilder::finish`].
#[derive(Default)]
pub struct GraphBuilder {
    gathered: Gathered,
    networks: Networks,
    roles: BTreeMap<AccountKey, Role>,
    posts: BTreeMap<AccountKey, u64>,
    window: Window,
}

impl GraphBuilder {
    /// An empty graph of a stretch of time.
    pub fn new(window: Window) -> Self {
        Self { gathered: Gathered::within(window), window, ..Self::default() }
    }

    /// Accounts, whether or not anything joins them to another node.
    pub fn accounts(&mut self, rows: &[Account]) {
        for row in rows {
            self.gathered.node(NodeKind::Account, row.account.as_str());
            // `Examined` sorts before `Claimant`, and that before `ThirdParty`.
            let role = self.roles.entry(row.account.clone()).or_insert(row.role);
            *role = row.role.min(*role);
        }
    }

    /// Posts of an account, counted in the window.
    pub fn posts(&mut self, account: &AccountKey, count: u64) {
        if let Some(posts) = self.posts.get_mut(account) {
            *posts += count;
            return;
        }
        self.gathered.node(NodeKind::Account, account.as_str());
        self.posts.insert(account.clone(), count);
    }

    /// Uses of addresses.
    pub fn addresses(&mut self, rows: &[Address]) {
        sources::addresses(&mut self.gathered, &mut self.networks, rows);
    }

    /// Images.
    pub fn media(&mut self, rows: &[Media]) {
        sources::media(&mut self.gathered, rows);
    }

    /// Devices.
    pub fn devices(&mut self, rows: &[Device]) {
        sources::devices(&mut self.gathered, rows);
    }

    /// What accounts wrote.
    pub fn mentions(&mut self, rows: &[Mention]) {
        sources::mentions(&mut self.gathered, rows);
    }

    /// The graph, with the links, and the names that touch what it holds.
    pub fn finish(mut self, names: &[Name], links: &[Link]) -> CaseGraph {
        // A window looks at what was observed in it; links weigh all of the material.
        let links: &[Link] = if self.window.is_open() { links } else { &[] };
        for account in links.iter().flat_map(|link| [&link.a, &link.b]) {
            self.gathered.node(NodeKind::Account, account.as_str());
        }
        sources::prefixes(&mut self.gathered, &self.networks);
        sources::names(&mut self.gathered, names);
        drop(self.networks);
        let Drawn { nodes, edges, undated } = self.gathered.draw();
        let mut graph = UnGraph::with_capacity(nodes.len(), edges.len() + links.len());
        for node in nodes {
            let (role, posts) = match &node {
                Node::Account(account) => (
                    Maybe::or_absent(self.roles.get(account).copied(), Absent::NotRecorded),
                    self.posts.get(account).copied().unwrap_or(0),
                ),
                _ => (Maybe::Missing(Absent::NotApplicable), 0),
            };
            graph.add_node(NodeInfo { node, role, posts });
        }
        for (a, b, edge) in edges {
            graph.add_edge(NodeIndex::new(a as usize), NodeIndex::new(b as usize), edge);
        }
        let mut built = CaseGraph { graph, ways: Ways::default(), undated };
        built.weigh(links);
        built.ways = Ways::of(&built.graph, supports);
        built
    }
}

impl CaseGraph {
    /// Builds the graph of rows that are all there. The same rows in another order give the same.
    pub fn build(input: &GraphInput<'_>) -> Self {
        let mut builder = GraphBuilder::new(input.window);
        builder.accounts(input.accounts);
        input.posts.iter().for_each(|(account, count)| builder.posts(account, *count));
        builder.addresses(input.addresses);
        builder.media(input.media);
        builder.devices(input.devices);
        builder.mentions(input.mentions);
        builder.finish(input.names, input.links)
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
