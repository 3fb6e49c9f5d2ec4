//! A graph that every format can hold.
//!
//! Comes in: a [`PlainGraph`], which anyone may have made. Goes out: the types of its attributes,
//! the ends of its edges as numbers of nodes, the edges of each node. Refuses: two nodes or two
//! edges of one id, an edge whose end is no node, an attribute of two types, given twice or named
//! as what the formats write themselves.

use std::collections::BTreeMap;

use faisceau_model::excerpt;

use super::{Attributes, PlainGraph, Value};
use crate::error::ExportError;
use crate::layout::{Place, positions};

/// Names that the formats write beside the attributes.
pub(crate) const RESERVED: [&str; 12] = [
    "color", "id", "key", "kind", "label", "observed", "shape", "size", "source", "target", "x",
    "y",
];

/// Characters of a hostile id that an error shows.
const SHOWN: usize = 80;

/// The type of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Type {
    Text,
    Int,
    Float,
    Bool,
    Time,
}

impl Value {
    pub(crate) const fn of_type(&self) -> Type {
        match self {
            Self::Text(_) => Type::Text,
            Self::Int(_) => Type::Int,
            Self::Float(_) => Type::Float,
            Self::Bool(_) => Type::Bool,
            Self::Time(_) => Type::Time,
        }
    }
}

/// Types by the names of the attributes.
pub(crate) type Types<'a> = BTreeMap<&'a str, Type>;

/// A graph, and what was found while checking it.
#[derive(Debug)]
pub(crate) struct Checked<'a> {
    pub(crate) graph: &'a PlainGraph,
    /// Attributes of nodes.
    pub(crate) nodes: Types<'a>,
    /// Attributes of edges.
    pub(crate) edges: Types<'a>,
    /// Both ends of each edge, as numbers of nodes.
    pub(crate) ends: Vec<(u32, u32)>,
    /// Edges at each node; one that leads back counts twice.
    pub(crate) degrees: Vec<u32>,
}

impl<'a> Checked<'a> {
    /// Checks a graph for a format, which errors name.
    pub(crate) fn of(graph: &'a PlainGraph, format: &'static str) -> Result<Self, ExportError> {
        if u32::try_from(graph.nodes.len().max(graph.edges.len())).is_err() {
            let found = graph.nodes.len().max(graph.edges.len());
            let most = u32::MAX as usize;
            return Err(ExportError::TooMany { format, what: "nodes or edges", most, found });
        }
        let refuse = |message: String| ExportError::Writer { format, message };
        let ids = numbered(graph).map_err(refuse)?;
        distinct(graph.edges.iter().map(|edge| edge.id.as_str()).collect()).map_err(refuse)?;
        let mut checked = Self {
            graph,
            nodes: types(graph.nodes.iter().map(|node| &node.attributes)).map_err(refuse)?,
            edges: types(graph.edges.iter().map(|edge| &edge.attributes)).map_err(refuse)?,
            ends: Vec::with_capacity(graph.edges.len()),
            degrees: vec![0; graph.nodes.len()],
        };
        for edge in &graph.edges {
            let end = |id: &str| {
                let at = ids.binary_search_by(|(known, _)| (*known).cmp(id)).ok();
                at.and_then(|at| ids.get(at)).map(|(_, number)| *number).ok_or_else(|| {
                    refuse(format!("an edge ends at `{}`, which is no node", excerpt(id, SHOWN)))
                })
            };
            let ends = (end(&edge.source)?, end(&edge.target)?);
            for end in [ends.0, ends.1] {
                if let Some(degree) = checked.degrees.get_mut(end as usize) {
                    *degree = degree.saturating_add(1);
                }
            }
            checked.ends.push(ends);
        }
        one_type(&checked.nodes, &checked.edges).map_err(refuse)?;
        Ok(checked)
    }
}

impl Checked<'_> {
    /// Where the nodes stand in a drawing.
    pub(crate) fn positions(&self) -> Vec<Place> {
        let edges = self.graph.edges.iter().zip(&self.ends);
        let pulling: Vec<(u32, u32)> =
            edges.filter(|(edge, _)| edge.pulls()).map(|(_, ends)| *ends).collect();
        positions(self.graph.nodes.len(), &pulling)
    }
}

/// The ids of the nodes in their order, with the numbers of the nodes.
fn numbered(graph: &PlainGraph) -> Result<Vec<(&str, u32)>, String> {
    let mut ids: Vec<(&str, u32)> =
        graph.nodes.iter().zip(0..).map(|(node, number)| (node.id.as_str(), number)).collect();
    ids.sort_unstable();
    distinct(ids.iter().map(|(id, _)| *id).collect())?;
    Ok(ids)
}

fn distinct(mut ids: Vec<&str>) -> Result<(), String> {
    ids.sort_unstable();
    match ids.windows(2).find(|pair| pair.first() == pair.last()) {
        Some(twice) => {
            let id = twice.first().copied().unwrap_or_default();
            Err(format!("the id `{}` stands twice", excerpt(id, SHOWN)))
        }
        None => Ok(()),
    }
}

fn types<'a>(all: impl Iterator<Item = &'a Attributes>) -> Result<Types<'a>, String> {
    let mut types = Types::new();
    for attributes in all {
        for (at, (name, value)) in attributes.iter().enumerate() {
            let name: &str = name;
            if RESERVED.contains(&name) {
                return Err(format!("`{name}` is no name for an attribute"));
            }
            if attributes.iter().take(at).any(|(other, _)| other == name) {
                return Err(format!("the attribute `{}` stands twice", excerpt(name, SHOWN)));
            }
            let of_type = value.of_type();
            if *types.entry(name).or_insert(of_type) != of_type {
                return Err(format!("the attribute `{}` has two types", excerpt(name, SHOWN)));
            }
        }
    }
    Ok(types)
}

fn one_type(nodes: &Types<'_>, edges: &Types<'_>) -> Result<(), String> {
    match nodes.iter().find(|(name, of_type)| edges.get(*name).is_some_and(|at| at != *of_type)) {
        Some((name, _)) => Err(format!("the attribute `{name}` has two types")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{PlainEdge, PlainNode};
    use super::*;

    fn node(id: &str, attributes: Attributes) -> PlainNode {
        PlainNode { id: id.into(), kind: "account", label: id.into(), attributes }
    }

    fn edge(id: &str, target: &str, attributes: Attributes) -> PlainEdge {
        PlainEdge {
            id: id.into(),
            source: "a".into(),
            target: target.into(),
            kind: "used",
            observed: true,
            label: "used".into(),
            attributes,
        }
    }

    fn refused(nodes: Vec<PlainNode>, edges: Vec<PlainEdge>) -> String {
        Checked::of(&PlainGraph { nodes, edges }, "gexf").unwrap_err().to_string()
    }

    #[test]
    fn ends_and_degrees_are_numbers_of_nodes() {
        let graph = PlainGraph {
            nodes: vec![node("b", vec![]), node("a", vec![])],
            edges: vec![edge("1", "b", vec![]), edge("2", "a", vec![])],
        };
        let checked = Checked::of(&graph, "gexf").unwrap();
        assert_eq!(checked.ends, [(1, 0), (1, 1)]);
        assert_eq!(checked.degrees, [1, 3]);
    }

    #[test]
    fn what_no_format_can_hold_is_refused() {
        let two = || vec![node("a", vec![]), node("b", vec![])];
        assert_eq!(
            refused(vec![node("a", vec![]), node("a", vec![])], vec![]),
            "gexf: the id `a` stands twice"
        );
        let twice = vec![edge("1", "b", vec![]), edge("1", "b", vec![])];
        assert_eq!(refused(two(), twice), "gexf: the id `1` stands twice");
        assert_eq!(
            refused(two(), vec![edge("1", "\u{1b}[2J", vec![])]),
            "gexf: an edge ends at `␛[2J`, which is no node"
        );
    }

    #[test]
    fn a_name_has_one_type_in_all_of_a_graph() {
        let int = || vec![("n".into(), Value::Int(1))];
        let text = || vec![("n".into(), Value::Text("1".into()))];
        let says = "gexf: the attribute `n` has two types";
        assert_eq!(refused(vec![node("a", int()), node("b", text())], vec![]), says);
        assert_eq!(refused(vec![node("a", int())], vec![edge("1", "a", text())]), says);
        let twice = int().into_iter().chain(int()).collect();
        assert_eq!(refused(vec![node("a", twice)], vec![]), "gexf: the attribute `n` stands twice");
        let reserved = vec![("label".into(), Value::Int(1))];
        assert_eq!(
            refused(vec![node("a", reserved)], vec![]),
            "gexf: `label` is no name for an attribute"
        );
    }
}
