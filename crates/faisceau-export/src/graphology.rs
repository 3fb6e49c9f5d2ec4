//! JSON of graphology, for sigma.js and the workbench.
//!
//! Comes in: a checked graph and the card of the case. Goes out: what `Graph.from` reads: options,
//! attributes of the graph, nodes with positions, sizes and colours, edges, one a line. `<` is
//! written `\u003c`, so that a page may carry the file between script tags. Refuses nothing: a
//! graph that a browser cannot show is written all the same, and [`warning`] says so.
//! Source: the serialised form in the documentation of graphology.

use std::io::{self, Write};

use crate::layout::Place;
use crate::plain::{Attributes, Checked, PlainEdge, PlainNode, Value};
use crate::source::CaseCard;
use crate::style::{drawn, size, style};
use crate::time::rfc3339;
use crate::visible::visible;

/// Nodes that a browser still moves smoothly.
pub(crate) const BROWSER_NODES: usize = 10_000;

/// What the reader must know of a graph of so many nodes.
pub(crate) fn warning(nodes: usize) -> Option<String> {
    (nodes > BROWSER_NODES).then(|| {
        format!(
            "the graph has {nodes} nodes and a browser shows {BROWSER_NODES} at most: filter it before it is shown"
        )
    })
}

/// Writes a graph.
pub(crate) fn write(checked: &Checked<'_>, card: &CaseCard, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(
        b"{\"options\":{\"type\":\"undirected\",\"multi\":true,\"allowSelfLoops\":true},",
    )?;
    to.write_all(b"\n\"attributes\":{")?;
    for (at, (name, text)) in card.about().iter().enumerate() {
        comma(to, at, b"")?;
        member(to, name, text)?;
    }
    to.write_all(b"},\n\"nodes\":[")?;
    let places = checked.positions();
    let nodes = checked.graph.nodes.iter().zip(&checked.degrees).zip(places);
    for (number, ((one, degree), at)) in nodes.enumerate() {
        comma(to, number, b"\n")?;
        node(to, one, *degree, at)?;
    }
    to.write_all(b"\n],\n\"edges\":[")?;
    for (number, one) in checked.graph.edges.iter().enumerate() {
        comma(to, number, b"\n")?;
        edge(to, one)?;
    }
    to.write_all(b"\n]}\n")
}

fn node(to: &mut dyn Write, node: &PlainNode, degree: u32, (x, y): Place) -> io::Result<()> {
    let style = style(node.kind);
    to.write_all(b"{")?;
    member(to, "key", &node.id)?;
    to.write_all(b",\"attributes\":{")?;
    member(to, "label", &node.label)?;
    to.write_all(b",")?;
    member(to, "kind", node.kind)?;
    write!(to, ",\"x\":{x},\"y\":{y},\"size\":{}", size(degree))?;
    write!(to, ",\"color\":\"{}\",\"shape\":\"{}\"", style.hex(), style.shape)?;
    rest(to, &node.attributes)?;
    to.write_all(b"}}")
}

fn edge(to: &mut dyn Write, edge: &PlainEdge) -> io::Result<()> {
    to.write_all(b"{")?;
    for (name, text) in [("key", &edge.id), ("source", &edge.source), ("target", &edge.target)] {
        member(to, name, text)?;
        to.write_all(b",")?;
    }
    to.write_all(b"\"undirected\":true,\"attributes\":{")?;
    member(to, "label", &edge.label)?;
    to.write_all(b",")?;
    member(to, "kind", edge.kind)?;
    let line = drawn(edge);
    let (width, color) = (line.width, line.color.hex());
    write!(to, ",\"observed\":{},\"size\":{width},\"color\":\"{color}\"", edge.observed)?;
    rest(to, &edge.attributes)?;
    to.write_all(b"}}")
}

fn comma(to: &mut dyn Write, number: usize, after: &[u8]) -> io::Result<()> {
    if number > 0 {
        to.write_all(b",")?;
    }
    to.write_all(after)
}

fn member(to: &mut dyn Write, name: &str, text: &str) -> io::Result<()> {
    string(to, name)?;
    to.write_all(b":")?;
    string(to, text)
}

/// Writes a string, its characters named where they must be.
fn string(to: &mut dyn Write, text: &str) -> io::Result<()> {
    let written = serde_json::to_string(&visible(text))?;
    let mut pieces = written.split('<');
    to.write_all(pieces.next().unwrap_or_default().as_bytes())?;
    for piece in pieces {
        to.write_all(b"\\u003c")?;
        to.write_all(piece.as_bytes())?;
    }
    Ok(())
}

fn rest(to: &mut dyn Write, attributes: &Attributes) -> io::Result<()> {
    for (name, value) in attributes {
        to.write_all(b",")?;
        string(to, name)?;
        to.write_all(b":")?;
        match value {
            Value::Text(text) => string(to, text)?,
            Value::Int(number) => write!(to, "{number}")?,
            // JSON has no infinity: null, as JavaScript writes it.
            Value::Float(number) if !number.is_finite() => to.write_all(b"null")?,
            Value::Float(number) => write!(to, "{number:?}")?,
            Value::Bool(is) => write!(to, "{is}")?,
            Value::Time(at) => write!(to, "\"{}\"", rfc3339(*at))?,
        }
    }
    Ok(())
}
