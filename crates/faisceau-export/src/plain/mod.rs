//! The graph as nodes and edges with named attributes, which is all that a graph format knows.
//!
//! Comes in: a [`CaseGraph`](faisceau_graph::CaseGraph) and what was decided of its links. Goes
//! out: nodes and edges whose ids stay the same from run to run, in one order. Ends of edges are
//! always nodes of the graph.

use std::borrow::Cow;
use std::collections::BTreeMap;

mod checked;
mod edges;
mod nodes;

use faisceau_graph::CaseGraph;
use faisceau_model::{AccountKey, Moment, Review};

pub(crate) use checked::{Checked, Type, Types};

/// A value of an attribute.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text, as the exhibits have it: whoever writes it escapes it.
    Text(String),
    /// An integer.
    Int(i64),
    /// A float. Never NaN.
    Float(f64),
    /// True or false.
    Bool(bool),
    /// An instant; its precision and the source of its zone are attributes of their own.
    Time(Moment),
}

impl Value {
    /// A count; above what an `i64` holds it stays there.
    fn count(count: u64) -> Self {
        Self::Int(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

/// Attributes in the order in which they are written. A name has one type in all of a graph.
pub type Attributes = Vec<(Cow<'static, str>, Value)>;

/// A node.
#[derive(Debug, Clone, PartialEq)]
pub struct PlainNode {
    /// `kind:value`, unique in the graph: `account:x:1`, `address:192.0.2.1`.
    pub id: String,
    /// Its kind, one word.
    pub kind: &'static str,
    /// What to write beside it.
    pub label: String,
    /// The rest.
    pub attributes: Attributes,
}

impl PlainNode {
    /// The id without its kind.
    pub(crate) fn value(&self) -> &str {
        self.id.strip_prefix(self.kind).and_then(|rest| rest.strip_prefix(':')).unwrap_or(&self.id)
    }
}

/// An edge. Parallel ones have different ids.
#[derive(Debug, Clone, PartialEq)]
pub struct PlainEdge {
    /// Unique in the graph.
    pub id: String,
    /// Id of the node at one end.
    pub source: String,
    /// Id of the node at the other.
    pub target: String,
    /// Its kind, one word: `used`, `posted`, `link`…
    pub kind: &'static str,
    /// Whether it was observed in the exhibits, as opposed to weighed.
    pub observed: bool,
    /// Its relation, if it is a link: `same_hand`, `coordination`. Text beside it.
    pub label: String,
    /// The rest.
    pub attributes: Attributes,
}

/// A graph without direction.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlainGraph {
    /// The nodes, in order.
    pub nodes: Vec<PlainNode>,
    /// The edges, in order.
    pub edges: Vec<PlainEdge>,
}

impl PlainEdge {
    /// The first and the last time at which it was seen, where it carries them.
    pub fn span(&self) -> Option<(Moment, Moment)> {
        let time = |wanted: &str| {
            self.attributes.iter().find_map(|(name, value)| match value {
                Value::Time(at) if name == wanted => Some(*at),
                _ => None,
            })
        };
        Some((time("first")?, time("last")?))
    }

    /// Whether its ends are drawn near each other: it was observed, or weighed with an interval
    /// above LR 1, as for a path of the graph.
    pub(crate) fn pulls(&self) -> bool {
        let low = self.attributes.iter().find(|(name, _)| name == "log10_lr_low");
        self.observed || matches!(low, Some((_, Value::Float(low))) if *low > 0.0)
    }
}

/// The last decision on each pair, by its accounts in order.
type Decided<'a> = BTreeMap<(&'a AccountKey, &'a AccountKey), &'a Review>;

impl PlainGraph {
    /// Flattens a graph. A link carries the decision on its pair, where there is one.
    pub fn of(graph: &CaseGraph, reviews: &[Review]) -> Self {
        let decided: Decided<'_> =
            reviews.iter().map(|review| (ordered(&review.a, &review.b), review)).collect();
        let mut edges: Vec<PlainEdge> =
            graph.edges().map(|(a, b, edge)| edges::plain(a, b, edge, &decided)).collect();
        number_twins(&mut edges);
        Self { nodes: graph.nodes().map(nodes::plain).collect(), edges }
    }
}

fn ordered<T: Ord>(a: T, b: T) -> (T, T) {
    if b < a { (b, a) } else { (a, b) }
}

/// Tells edges of one kind between one pair apart; they stand next to each other.
fn number_twins(edges: &mut [PlainEdge]) {
    let mut last = String::new();
    let mut twins = 1_u32;
    for edge in edges {
        if edge.id == last {
            twins += 1;
            edge.id = format!("{last}|{twins}");
        } else {
            twins = 1;
            last.clone_from(&edge.id);
        }
    }
}

#[cfg(test)]
mod tests;
