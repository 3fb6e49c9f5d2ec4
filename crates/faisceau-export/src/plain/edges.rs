//! Edges with their attributes.

use faisceau_graph::{Edge, Node};
use faisceau_model::{Moment, RowId};

use super::nodes::id;
use super::{Attributes, Decided, PlainEdge, Value, ordered};

pub(super) fn plain(a: &Node, b: &Node, edge: &Edge, decided: &Decided<'_>) -> PlainEdge {
    let (source, target) = (id(a), id(b));
    let kind = edge.kind();
    let mut attributes = Attributes::new();
    let mut label = kind.to_owned();
    let key = match edge {
        Edge::Observed { count, span, rows, .. } => {
            attributes.push(("count".into(), Value::count(*count)));
            if let Some((first, last)) = span {
                times(&mut attributes, "first", *first);
                times(&mut attributes, "last", *last);
            }
            attributes.push(("rows".into(), Value::Text(texts(rows))));
            key(&[kind, &source, &target])
        }
        Edge::Link { id, relation, total, low, high } => {
            relation.as_str().clone_into(&mut label);
            attributes.push(("relation".into(), Value::Text(relation.as_str().to_owned())));
            for (name, value) in
                [("log10_lr", total), ("log10_lr_low", low), ("log10_lr_high", high)]
            {
                attributes.push((name.into(), Value::Float(*value)));
            }
            attributes.push(("rows".into(), Value::Text(id.to_string())));
            if let (Node::Account(a), Node::Account(b)) = (a, b)
                && let Some(review) = decided.get(&ordered(a, b))
            {
                let decision = review.decision.as_str().to_owned();
                attributes.push(("review".into(), Value::Text(decision)));
                attributes.push(("review_because".into(), Value::Text(review.because.clone())));
            }
            key(&[kind, relation.as_str(), &source, &target])
        }
    };
    PlainEdge { id: key, source, target, kind, observed: edge.observed(), label, attributes }
}

/// Joins parts by `|`, which a backslash precedes where it stands in a part: parts that differ give
/// keys that differ.
fn key(parts: &[&str]) -> String {
    let escaped = parts.iter().map(|part| part.replace('\\', "\\\\").replace('|', "\\|"));
    escaped.collect::<Vec<_>>().join("|")
}

fn times(attributes: &mut Attributes, name: &'static str, at: Moment) {
    attributes.push((name.into(), Value::Time(at)));
    attributes.push((
        format!("{name}_precision").into(),
        Value::Text(at.precision().as_str().to_owned()),
    ));
}

fn texts(rows: &[RowId]) -> String {
    rows.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}
