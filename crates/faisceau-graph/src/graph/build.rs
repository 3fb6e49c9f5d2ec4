//! Builds the graph from rows, in one order.

use std::collections::BTreeMap;

use faisceau_model::rows::{Account, Address, Link, Media, Post};
use faisceau_model::{AccountKey, Maybe, Moment, Role, RowId};
use petgraph::graph::{NodeIndex, UnGraph};

use super::edge::{Edge, Observation};
use super::node::{Node, NodeInfo};

/// Row ids kept on an observed edge; its count tells how many there are.
pub const ROWS_PER_EDGE: usize = 32;

/// The rows that a graph is built from, in any order.
#[derive(Debug, Clone, Copy)]
pub struct GraphInput<'a> {
    /// Accounts, several rows for one account if several exhibits show it.
    pub accounts: &'a [Account],
    /// Posts, which are counted.
    pub posts: &'a [Post],
    /// Addresses; those without an account or only claimed by a sender are left out.
    pub addresses: &'a [Address],
    /// Images.
    pub media: &'a [Media],
    /// Links, of both relations.
    pub links: &'a [Link],
}

/// The graph of a case.
#[derive(Debug, Clone)]
pub struct CaseGraph {
    pub(super) graph: UnGraph<NodeInfo, Edge>,
    pub(super) index: BTreeMap<Node, NodeIndex>,
}

/// What is gathered on an observed edge before it is drawn.
#[derive(Default)]
struct Seen<'a> {
    rows: Vec<&'a RowId>,
    span: Option<(Moment, Moment)>,
}

type Pairs<'a> = BTreeMap<(Node, Node), Seen<'a>>;

impl CaseGraph {
    /// Builds the graph. The same rows in another order give the same graph.
    pub fn build(input: &GraphInput<'_>) -> Self {
        let used = used(input.addresses);
        let (posted, taken) = pictures(input.media);
        let mut nodes: BTreeMap<Node, (Maybe<Role>, u64)> = BTreeMap::new();
        let none = || (Maybe::Missing(faisceau_model::Absent::NotRecorded), 0);
        for (a, b) in used.keys().chain(posted.keys()).chain(taken.keys()) {
            nodes.entry(a.clone()).or_insert_with(none);
            nodes.entry(b.clone()).or_insert_with(none);
        }
        for account in input.links.iter().flat_map(|link| [&link.a, &link.b]) {
            nodes.entry(Node::Account(account.clone())).or_insert_with(none);
        }
        for account in input.accounts {
            let info = nodes.entry(Node::Account(account.account.clone())).or_insert_with(none);
            // `Examined` sorts before `Claimant`, and that before `ThirdParty`.
            let role = info.0.known().map_or(account.role, |known| account.role.min(*known));
            info.0 = Maybe::Known(role);
        }
        for (account, count) in posts_of(input.posts) {
            nodes.entry(Node::Account(account.clone())).or_insert_with(none).1 = count;
        }
        let mut built = Self { graph: UnGraph::default(), index: BTreeMap::new() };
        for (node, (role, posts)) in nodes {
            let at = built.graph.add_node(NodeInfo { node: node.clone(), role, posts });
            built.index.insert(node, at);
        }
        built.observe(Observation::Used, used);
        built.observe(Observation::Posted, posted);
        built.observe(Observation::TakenWith, taken);
        built.weigh(input.links);
        built
    }

    /// The nodes, in order.
    pub fn nodes(&self) -> impl Iterator<Item = &NodeInfo> {
        self.graph.node_weights()
    }

    /// The edges with their ends: uses, pictures, cameras, links, each in the order of its ends.
    pub fn edges(&self) -> impl Iterator<Item = (&Node, &Node, &Edge)> {
        self.graph.edge_indices().filter_map(|edge| {
            let (a, b) = self.graph.edge_endpoints(edge)?;
            Some((&self.graph[a].node, &self.graph[b].node, &self.graph[edge]))
        })
    }

    /// A node and what is counted on it.
    pub fn node(&self, node: &Node) -> Option<&NodeInfo> {
        self.index.get(node).map(|at| &self.graph[*at])
    }

    fn observe(&mut self, what: Observation, pairs: Pairs<'_>) {
        for ((a, b), mut seen) in pairs {
            seen.rows.sort_unstable();
            let rows = seen.rows.iter().take(ROWS_PER_EDGE).map(|id| (*id).clone()).collect();
            let edge =
                Edge::Observed { what, count: seen.rows.len() as u64, span: seen.span, rows };
            self.join(&a, &b, edge);
        }
    }

    fn weigh(&mut self, links: &[Link]) {
        let mut sorted: Vec<&Link> = links.iter().collect();
        sorted
            .sort_by(|x, y| (&x.a, &x.b, x.relation, &x.id).cmp(&(&y.a, &y.b, y.relation, &y.id)));
        for link in sorted {
            let edge = Edge::Link {
                id: link.id.clone(),
                relation: link.relation,
                total: link.total,
                low: link.total_low,
                high: link.total_high,
            };
            self.join(&Node::Account(link.a.clone()), &Node::Account(link.b.clone()), edge);
        }
    }

    fn join(&mut self, a: &Node, b: &Node, edge: Edge) {
        if let (Some(a), Some(b)) = (self.index.get(a), self.index.get(b)) {
            self.graph.add_edge(*a, *b, edge);
        }
    }
}

fn posts_of(posts: &[Post]) -> BTreeMap<&AccountKey, u64> {
    let mut counts = BTreeMap::new();
    for post in posts {
        *counts.entry(&post.account).or_insert(0) += 1;
    }
    counts
}

fn used(addresses: &[Address]) -> Pairs<'_> {
    // Keyed by reference first: a million rows share few accounts and few addresses.
    let mut seen: BTreeMap<(&AccountKey, &str), Seen<'_>> = BTreeMap::new();
    for row in addresses {
        // What a sender only claims to have used, nobody saw used.
        let Some(account) = row.account.known().filter(|_| !row.declared) else { continue };
        let pair = seen.entry((account, row.ip.as_str())).or_default();
        pair.rows.push(&row.id);
        if let Some(at) = row.at.known() {
            let (first, last) = pair.span.unwrap_or((*at, *at));
            pair.span = Some((first.min(*at), last.max(*at)));
        }
    }
    seen.into_iter()
        .map(|((account, ip), pair)| {
            ((Node::Account(account.clone()), Node::Address(ip.to_owned())), pair)
        })
        .collect()
}

fn pictures(media: &[Media]) -> (Pairs<'_>, Pairs<'_>) {
    let (mut posted, mut taken): (Pairs<'_>, Pairs<'_>) = (BTreeMap::new(), BTreeMap::new());
    for row in media {
        let image = Node::Image(row.picture_sha256.known().unwrap_or(&row.sha256).clone());
        if let Some(account) = row.account.known() {
            let ends = (Node::Account(account.clone()), image.clone());
            posted.entry(ends).or_default().rows.push(&row.id);
        }
        if let Some(camera) = camera(row) {
            taken.entry((image, camera)).or_default().rows.push(&row.id);
        }
    }
    (posted, taken)
}

fn camera(row: &Media) -> Option<Node> {
    let serial = row.body_serial.known()?;
    let name: Vec<&str> = [&row.make, &row.model]
        .into_iter()
        .filter_map(|part| part.known().map(String::as_str))
        .chain([serial.as_str()])
        .collect();
    Some(Node::Camera(name.join(" ")))
}
