//! Questions to the graph of a case: what an account touches, and how two nodes are joined.

use std::net::IpAddr;

use faisceau_graph::{CaseGraph, Edge, GraphInput, Node, Step};
use faisceau_model::rows::Address;
use faisceau_model::{AccountKey, inert};
use faisceau_tables::{read, read_batches};
use serde::Serialize;

use crate::case::Case;
use crate::error::CaseError;

/// One step from a node to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hop {
    /// The node that is reached.
    pub node: String,
    /// What joins it: an observation, or a weighed link.
    pub edge: String,
    /// The rows of the edge, for `faisceau why`.
    pub rows: Vec<String>,
}

impl Case {
    /// What stands next to a node: an account, an address, or an image by its SHA-256.
    pub fn neighbours(&self, node: &str) -> Result<Vec<Hop>, CaseError> {
        let graph = self.graph()?;
        let node = find(&graph, node)?;
        Ok(graph.neighbours(&node).iter().map(hop).collect())
    }

    /// The shortest way between two nodes, over what was observed and links whose interval lies above
    /// LR 1; empty if there is none.
    pub fn path(&self, from: &str, to: &str) -> Result<Vec<Hop>, CaseError> {
        let graph = self.graph()?;
        let (from, to) = (find(&graph, from)?, find(&graph, to)?);
        Ok(graph.path(&from, &to).unwrap_or_default().iter().map(hop).collect())
    }

    fn graph(&self) -> Result<CaseGraph, CaseError> {
        self.checked_record()?;
        let tables = self.tables();
        let mut addresses: Vec<Address> = Vec::new();
        read_batches::<Address>(&tables, |rows| {
            addresses.extend(rows.into_iter().filter(|row| row.account.known().is_some()));
            true
        })?;
        Ok(CaseGraph::build(&GraphInput {
            accounts: &read(&tables)?,
            posts: &read(&tables)?,
            addresses: &addresses,
            media: &read(&tables)?,
            links: &read(&tables)?,
        }))
    }
}

fn find(graph: &CaseGraph, text: &str) -> Result<Node, CaseError> {
    let unknown = || CaseError::UnknownId(text.to_owned());
    let node = if text.parse::<IpAddr>().is_ok() {
        Node::Address(text.to_owned())
    } else if text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
        Node::Image(text.to_owned())
    } else {
        Node::Account(text.parse::<AccountKey>().map_err(|_| unknown())?)
    };
    graph.node(&node).map(|_| node).ok_or_else(unknown)
}

fn hop(step: &Step<'_>) -> Hop {
    let (edge, rows) = match step.edge {
        Edge::Observed { what, count, span, rows } => {
            let span = span.map(|(first, last)| format!(", {first} to {last}"));
            let what = what.as_str().replace('_', " ");
            (format!("{what}, {count} times{}", span.unwrap_or_default()), texts(rows))
        }
        Edge::Link { id, relation, total, low, high } => (
            format!("{relation}, log10 LR {total:+.2} [{low:+.2}; {high:+.2}]"),
            vec![id.to_string()],
        ),
    };
    Hop { node: inert(&step.node.to_string()).into_owned(), edge, rows }
}

fn texts(rows: &[faisceau_model::RowId]) -> Vec<String> {
    rows.iter().map(ToString::to_string).collect()
}
