//! `GraphML`, for networkx, yEd, igraph and Gephi.
//!
//! Comes in: a checked graph and the card of the case. Goes out: one undirected graph, a typed key
//! for each attribute of the case, of nodes and of edges, nodes before edges, one edge for each
//! pair and kind, with an id. Likelihood ratios are `double`, in log10; times are text, RFC 3339.
//! Ids are those of the graph, not `NMTOKEN`s: every reader takes them as texts.
//! Source: `GraphML` 1.0, graphml.graphdrawing.org.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::plain::{Attributes, Checked, PlainEdge, PlainNode, Type, Types};
use crate::source::CaseCard;
use crate::xml;

const OPEN: &str = "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n";

/// Ids of the keys by the names of the attributes.
type Keys<'a> = BTreeMap<&'a str, String>;

/// Writes a graph.
pub(crate) fn write(checked: &Checked<'_>, card: &CaseCard, to: &mut dyn Write) -> io::Result<()> {
    let about = card.about();
    to.write_all(xml::DECLARATION.as_bytes())?;
    to.write_all(OPEN.as_bytes())?;
    for (name, _) in &about {
        key(to, &format!("g_{name}"), "graph", name, Type::Text)?;
    }
    for (id, name, of_type) in [("n_label", "label", Type::Text), ("n_kind", "kind", Type::Text)] {
        key(to, id, "node", name, of_type)?;
    }
    let nodes = keys(to, "node", &checked.nodes)?;
    for (id, name, of_type) in [
        ("e_label", "label", Type::Text),
        ("e_kind", "kind", Type::Text),
        ("e_observed", "observed", Type::Bool),
    ] {
        key(to, id, "edge", name, of_type)?;
    }
    let edges = keys(to, "edge", &checked.edges)?;
    to.write_all(b"<graph id=\"case\" edgedefault=\"undirected\">\n")?;
    for (name, text) in &about {
        data(to, &format!("g_{name}"), text)?;
        to.write_all(b"\n")?;
    }
    for one in &checked.graph.nodes {
        node(to, &nodes, one)?;
    }
    for one in &checked.graph.edges {
        edge(to, &edges, one)?;
    }
    to.write_all(b"</graph>\n</graphml>\n")
}

fn keys<'a>(to: &mut dyn Write, domain: &str, types: &Types<'a>) -> io::Result<Keys<'a>> {
    let mut keys = Keys::new();
    for (number, (name, of_type)) in types.iter().enumerate() {
        let id = format!("{}{number}", &domain[..1]);
        key(to, &id, domain, name, *of_type)?;
        keys.insert(name, id);
    }
    Ok(keys)
}

fn key(to: &mut dyn Write, id: &str, domain: &str, name: &str, of_type: Type) -> io::Result<()> {
    let of_type = match of_type {
        Type::Text | Type::Time => "string",
        Type::Int => "long",
        Type::Float => "double",
        Type::Bool => "boolean",
    };
    write!(to, "<key id=\"{id}\" for=\"{domain}\"")?;
    xml::attribute(to, "attr.name", name)?;
    writeln!(to, " attr.type=\"{of_type}\"/>")
}

fn node(to: &mut dyn Write, keys: &Keys<'_>, node: &PlainNode) -> io::Result<()> {
    to.write_all(b"<node")?;
    xml::attribute(to, "id", &node.id)?;
    to.write_all(b">")?;
    data(to, "n_label", &node.label)?;
    data(to, "n_kind", node.kind)?;
    values(to, keys, &node.attributes)?;
    to.write_all(b"</node>\n")
}

fn edge(to: &mut dyn Write, keys: &Keys<'_>, edge: &PlainEdge) -> io::Result<()> {
    to.write_all(b"<edge")?;
    xml::attribute(to, "id", &edge.id)?;
    xml::attribute(to, "source", &edge.source)?;
    xml::attribute(to, "target", &edge.target)?;
    to.write_all(b">")?;
    data(to, "e_label", &edge.label)?;
    data(to, "e_kind", edge.kind)?;
    write!(to, "<data key=\"e_observed\">{}</data>", edge.observed)?;
    values(to, keys, &edge.attributes)?;
    to.write_all(b"</edge>\n")
}

fn data(to: &mut dyn Write, key: &str, text: &str) -> io::Result<()> {
    write!(to, "<data key=\"{key}\">")?;
    xml::text(to, text)?;
    to.write_all(b"</data>")
}

fn values(to: &mut dyn Write, keys: &Keys<'_>, attributes: &Attributes) -> io::Result<()> {
    for (name, value) in attributes {
        // Every name has a key: the types were gathered from these attributes.
        let Some(key) = keys.get(name.as_ref()) else { continue };
        write!(to, "<data key=\"{key}\">")?;
        xml::value(to, value)?;
        to.write_all(b"</data>")?;
    }
    Ok(())
}
