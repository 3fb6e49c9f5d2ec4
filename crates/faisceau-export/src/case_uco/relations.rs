//! Edges as relationships between observable objects, and what is said of links.
//!
//! A likelihood ratio stands in a facet of ours: `uco-core:ConfidenceFacet` takes an integer from 0
//! to 100, which it is not.

use std::collections::BTreeMap;

use faisceau_model::rows::{Explanation, Identity, Link};
use serde_json::json;

use super::context::{Facets, Object, all, at, double, integer, iri, object, own_name, typed};
use super::nodes::attributes;
use crate::attributes::{of, text};
use crate::instants::utc;
use crate::json::{Objects, Stop};
use crate::plain::{PlainEdge, PlainGraph, Value};
use crate::uuid5::Keys;
use crate::weighed::{compared, explained, families, propositions, sentence};

/// What became of the edges.
#[derive(Default)]
pub(super) struct Relations {
    /// The relationships of links, by the rows of the links.
    pub(super) links: BTreeMap<String, String>,
    pub(super) written: u64,
    pub(super) left_out: u64,
}

/// Writes the edges.
pub(super) fn write(
    to: &mut Objects<'_>,
    keys: &Keys,
    graph: &PlainGraph,
    nodes: &BTreeMap<&str, String>,
    links: &BTreeMap<String, Link>,
) -> Result<Relations, Stop> {
    let mut done = Relations::default();
    for edge in &graph.edges {
        let ends = nodes.get(edge.source.as_str()).zip(nodes.get(edge.target.as_str()));
        let Some((source, target)) = ends else {
            done.left_out += 1;
            continue;
        };
        let name = iri(keys, "relationship", &edge.id);
        let mut relation = object(&name, &["uco-observable:ObservableRelationship"]);
        relation.insert("uco-core:source".into(), at(source));
        relation.insert("uco-core:target".into(), at(target));
        relation.insert("uco-core:isDirectional".into(), typed("boolean", "false"));
        relation.insert("uco-core:kindOfRelationship".into(), edge.kind.into());
        times(&mut relation, edge);
        let mut facets = Facets::of(keys, &name);
        facets.own("faisceau:EdgeFacet", own(edge));
        let row = text(&edge.attributes, "rows").filter(|_| !edge.observed);
        if let Some(row) = row {
            if let Some(link) = links.get(row) {
                relation.insert("uco-core:kindOfRelationship".into(), compared(link).into());
                relation.insert("uco-core:description".into(), sentence(link).into());
                facets.own("faisceau:LikelihoodRatioFacet", figures(link));
            }
            done.links.insert(row.to_owned(), name);
        }
        facets.give(&mut relation);
        to.put(&relation)?;
        done.written += 1;
    }
    Ok(done)
}

fn times(relation: &mut Object, edge: &PlainEdge) {
    for (name, property) in [("first", "uco-core:startTime"), ("last", "uco-core:endTime")] {
        if let Some(Value::Time(when)) = of(&edge.attributes, name)
            && let Some(when) = utc(*when)
        {
            relation.insert(property.into(), typed("dateTime", &when));
        }
    }
}

fn own(edge: &PlainEdge) -> Object {
    let mut own = Object::new();
    own.insert(own_name("edge"), edge.id.as_str().into());
    own.insert(own_name("kind"), edge.kind.into());
    own.extend(attributes(&edge.attributes));
    own
}

fn figures(link: &Link) -> Object {
    let (h1, h2) = propositions(link.relation);
    let mut own = Object::new();
    let mut number = |name: &str, value: Option<f64>| {
        if let Some(value) = value.and_then(double) {
            own.insert(own_name(name), value);
        }
    };
    number("log10_lr", Some(link.total));
    number("log10_lr_low", Some(link.total_low));
    number("log10_lr_high", Some(link.total_high));
    number("log10_lr_cap", Some(link.total_cap));
    for (family, values) in families(link) {
        for (end, value) in ["", "_low", "_high", "_cap"].into_iter().zip(values) {
            number(&format!("{family}{end}"), value);
        }
    }
    own.insert(own_name("relation"), link.relation.as_str().into());
    own.insert(own_name("h1"), h1.into());
    own.insert(own_name("h2"), h2.into());
    own.insert(own_name("band_en"), link.band_en.as_str().into());
    own.insert(own_name("band_fr"), link.band_fr.as_str().into());
    if let Some(favours) = link.favours.known() {
        own.insert(own_name("favours"), favours.as_str().into());
    }
    own.insert(own_name("pairs_compared"), integer(link.pairs_compared));
    for (name, texts) in [("innocent", &link.innocent), ("rows", &link.rows)] {
        if !texts.is_empty() {
            own.insert(own_name(name), json!(texts));
        }
    }
    own
}

/// Writes the innocent explanations beside their links. Gives those written and those without link.
pub(super) fn explanations(
    to: &mut Objects<'_>,
    keys: &Keys,
    rows: &[Explanation],
    links: &BTreeMap<String, String>,
) -> Result<(u64, u64), Stop> {
    let (mut written, mut left_out) = (0, 0);
    for row in rows {
        let Some(link) = links.get(row.link.as_str()) else {
            left_out += 1;
            continue;
        };
        let name = iri(keys, "annotation", &json!([link, row.code]).to_string());
        let mut annotation = object(&name, &["uco-core:Annotation"]);
        annotation.insert("uco-core:object".into(), all([link.as_str()]));
        annotation.insert("uco-core:statement".into(), explained(row).into());
        annotation.insert("uco-core:tag".into(), json!([row.code, row.standing.as_str()]));
        let mut own = Object::new();
        for (name, texts) in
            [("counted", &row.counted), ("explains", &row.explains), ("rows", &row.rows)]
        {
            if !texts.is_empty() {
                own.insert(own_name(name), json!(texts));
            }
        }
        let mut facets = Facets::of(keys, &name);
        facets.own("faisceau:ExplanationFacet", own);
        facets.give(&mut annotation);
        to.put(&annotation)?;
        written += 1;
    }
    Ok((written, left_out))
}

/// Writes the identities. Gives those written and those without member.
pub(super) fn identities(
    to: &mut Objects<'_>,
    keys: &Keys,
    rows: &[Identity],
    nodes: &BTreeMap<&str, String>,
) -> Result<(u64, u64), Stop> {
    let (mut written, mut left_out) = (0, 0);
    for row in rows {
        let member = |member: &String| nodes.get(format!("account:{member}").as_str());
        let members: Vec<&str> =
            row.members.iter().filter_map(member).map(String::as_str).collect();
        if members.is_empty() {
            left_out += 1;
            continue;
        }
        let name = iri(keys, "grouping", &json!(row.members).to_string());
        let mut grouping = object(&name, &["uco-core:Grouping"]);
        grouping.insert("uco-core:name".into(), format!("Accounts of {}", row.id).into());
        grouping.insert("uco-core:context".into(), "accounts that one hand may hold".into());
        grouping.insert("uco-core:object".into(), all(members));
        let mut own = Object::new();
        own.insert(own_name("weakest_link"), row.weakest_link.as_str().into());
        for (name, value) in [("weakest", row.weakest), ("cohesion", row.cohesion)] {
            own.extend(double(value).map(|value| (own_name(name), value)));
        }
        for (name, texts) in [("would_split", &row.would_split), ("rows", &row.rows)] {
            if !texts.is_empty() {
                own.insert(own_name(name), json!(texts));
            }
        }
        let mut facets = Facets::of(keys, &name);
        facets.own("faisceau:GroupFacet", own);
        facets.give(&mut grouping);
        to.put(&grouping)?;
        written += 1;
    }
    Ok((written, left_out))
}
