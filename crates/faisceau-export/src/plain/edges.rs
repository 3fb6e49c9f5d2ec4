//! Edges with their attributes.

use faisceau_graph::{Edge, Node};
use faisceau_model::{Moment, Review, RowId};

use super::nodes::id;
use super::{Attributes, PlainEdge, Value};

pub(super) fn plain(a: &Node, b: &Node, edge: &Edge, reviews: &[Review]) -> PlainEdge {
    let (source, target) = (id(a), id(b));
    let kind = edge.kind();
    let mut attributes = Attributes::new();
    let mut label = kind.to_owned();
    let key = match edge {
        Edge::Observed { count, span, rows, .. } => {
            attributes.push(("count".into(), Value::Int(*count as i64)));
            if let Some((first, last)) = span {
                times(&mut attributes, "first", *first);
                times(&mut attributes, "last", *last);
            }
            attributes.push(("rows".into(), Value::Text(texts(rows))));
            format!("{kind}|{source}|{target}")
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
            let accounts = |review: &&Review| matches!((a, b), (Node::Account(a), Node::Account(b)) if (a, b) == (&review.a, &review.b));
            if let Some(review) = reviews.iter().find(accounts) {
                let decision = review.decision.as_str().to_owned();
                attributes.push(("review".into(), Value::Text(decision)));
                attributes.push(("review_because".into(), Value::Text(review.because.clone())));
            }
            format!("{kind}|{relation}|{source}|{target}")
        }
    };
    PlainEdge { id: key, source, target, kind, observed: edge.observed(), label, attributes }
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
