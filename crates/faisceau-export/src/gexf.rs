//! GEXF 1.3, for Gephi.
//!
//! Comes in: a checked graph, the card of the case, and whether edges carry their times. Goes out:
//! one undirected graph with positions, colours, sizes and shapes. Static unless asked otherwise.
//! In a dynamic graph an edge lasts from its first to its last dated row, and never ends where it
//! starts (gephi#666); nodes, and edges without a time, are always there. The `kind` of an edge
//! keeps Gephi from merging parallel ones.
//! Source: the schema of GEXF 1.3 (gexf.net): elements, order and types.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::layout::Place;
use crate::plain::{Attributes, Checked, PlainEdge, PlainNode, Type, Types};
use crate::source::CaseCard;
use crate::style::{drawn, size, style};
use crate::time::interval;
use crate::xml;

const OPEN: &str = "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" \
version=\"1.3\">\n";

/// Whether edges carry their times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Static,
    Dynamic,
}

/// Ids of the attributes by their names.
type Ids<'a> = BTreeMap<&'a str, usize>;

/// Attributes that come before those of the graph: the kind, and whether an edge was observed.
const FIRST: [(&str, Type); 2] = [("kind", Type::Text), ("observed", Type::Bool)];

/// Writes a graph.
pub(crate) fn write(
    checked: &Checked<'_>,
    card: &CaseCard,
    mode: Mode,
    to: &mut dyn Write,
) -> io::Result<()> {
    to.write_all(xml::DECLARATION.as_bytes())?;
    to.write_all(OPEN.as_bytes())?;
    meta(to, card)?;
    to.write_all(b"<graph defaultedgetype=\"undirected\" idtype=\"string\" mode=\"")?;
    to.write_all(match mode {
        Mode::Static => b"static\">\n".as_slice(),
        Mode::Dynamic => b"dynamic\" timeformat=\"dateTime\" timerepresentation=\"interval\">\n",
    })?;
    let nodes = declare(to, "node", 1, &checked.nodes)?;
    let edges = declare(to, "edge", 2, &checked.edges)?;
    writeln!(to, "<nodes count=\"{}\">", checked.graph.nodes.len())?;
    let places = checked.positions();
    for ((one, degree), at) in checked.graph.nodes.iter().zip(&checked.degrees).zip(places) {
        node(to, &nodes, one, *degree, at)?;
    }
    writeln!(to, "</nodes>\n<edges count=\"{}\">", checked.graph.edges.len())?;
    for one in &checked.graph.edges {
        edge(to, &edges, one, mode)?;
    }
    to.write_all(b"</edges>\n</graph>\n</gexf>\n")
}

fn meta(to: &mut dyn Write, card: &CaseCard) -> io::Result<()> {
    to.write_all(b"<meta")?;
    if card.as_of.parse::<jiff::civil::Date>().is_ok_and(|day| day.to_string() == card.as_of) {
        xml::attribute(to, "lastmodifieddate", &card.as_of)?;
    }
    to.write_all(b">\n<creator>")?;
    xml::text(to, &card.tool)?;
    to.write_all(b"</creator>\n<description>")?;
    for (at, (name, text)) in card.about().iter().enumerate() {
        // A line for each: the format has no attributes of a graph.
        xml::text(to, &format!("{}{name}: {text}", if at == 0 { "" } else { "\n" }))?;
    }
    to.write_all(b"</description>\n</meta>\n")
}

fn declare<'a>(
    to: &mut dyn Write,
    class: &str,
    first: usize,
    types: &Types<'a>,
) -> io::Result<Ids<'a>> {
    writeln!(to, "<attributes class=\"{class}\" mode=\"static\">")?;
    let all = FIRST.into_iter().take(first).chain(types.iter().map(|(name, of)| (*name, *of)));
    let mut ids = Ids::new();
    for (id, (name, of_type)) in all.enumerate() {
        let of_type = match of_type {
            Type::Text | Type::Time => "string",
            Type::Int => "long",
            Type::Float => "double",
            Type::Bool => "boolean",
        };
        write!(to, "<attribute id=\"{id}\"")?;
        xml::attribute(to, "title", name)?;
        writeln!(to, " type=\"{of_type}\"/>")?;
        ids.insert(name, id);
    }
    to.write_all(b"</attributes>\n")?;
    Ok(ids)
}

fn node(
    to: &mut dyn Write,
    ids: &Ids<'_>,
    node: &PlainNode,
    degree: u32,
    place: Place,
) -> io::Result<()> {
    to.write_all(b"<node")?;
    xml::attribute(to, "id", &node.id)?;
    xml::attribute(to, "label", &node.label)?;
    write!(to, "><attvalues><attvalue for=\"0\" value=\"{}\"/>", node.kind)?;
    values(to, ids, &node.attributes)?;
    let style = style(node.kind);
    to.write_all(b"</attvalues>")?;
    color(to, style.rgb)?;
    let (x, y) = place;
    write!(to, "<viz:position x=\"{x}\" y=\"{y}\" z=\"0.0\"/>")?;
    // Gephi and the schema read `value`, networkx reads `shape`.
    let (size, shape) = (size(degree), style.shape);
    writeln!(to, "<viz:size value=\"{size}\"/><viz:shape value=\"{shape}\"/></node>")
}

fn edge(to: &mut dyn Write, ids: &Ids<'_>, edge: &PlainEdge, mode: Mode) -> io::Result<()> {
    to.write_all(b"<edge")?;
    xml::attribute(to, "id", &edge.id)?;
    xml::attribute(to, "source", &edge.source)?;
    xml::attribute(to, "target", &edge.target)?;
    xml::attribute(to, "label", &edge.label)?;
    // Two relations of one pair are two kinds.
    xml::attribute(to, "kind", &edge.label)?;
    let (kind, seen) = (edge.kind, edge.observed);
    write!(to, "><attvalues><attvalue for=\"0\" value=\"{kind}\"/>")?;
    write!(to, "<attvalue for=\"1\" value=\"{seen}\"/>")?;
    values(to, ids, &edge.attributes)?;
    to.write_all(b"</attvalues>")?;
    if !edge.observed {
        color(to, drawn(edge).color.rgb)?;
        to.write_all(b"<viz:shape value=\"dashed\"/>")?;
    }
    if mode == Mode::Dynamic
        && let Some((start, end)) = edge.span().and_then(|(first, last)| interval(first, last))
    {
        write!(to, "<spells><spell start=\"{start}\" end=\"{end}\"/></spells>")?;
    }
    to.write_all(b"</edge>\n")
}

fn color(to: &mut dyn Write, (r, g, b): (u8, u8, u8)) -> io::Result<()> {
    write!(to, "<viz:color r=\"{r}\" g=\"{g}\" b=\"{b}\"/>")
}

fn values(to: &mut dyn Write, ids: &Ids<'_>, attributes: &Attributes) -> io::Result<()> {
    for (name, value) in attributes {
        // Every name has an id: the types were gathered from these attributes.
        let Some(id) = ids.get(name.as_ref()) else { continue };
        write!(to, "<attvalue for=\"{id}\" value=\"")?;
        xml::value(to, value)?;
        to.write_all(b"\"/>")?;
    }
    Ok(())
}
