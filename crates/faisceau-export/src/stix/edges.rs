//! Edges: what was observed, and what was weighed.

use std::collections::BTreeMap;

use faisceau_model::rows::Link;
use serde_json::{Value as Json, json};

use super::frame::{Maker, Object, put_list};
use super::nodes::Ids;
use crate::attributes;
use crate::instants::utc;
use crate::json::{Objects, Stop};
use crate::plain::{PlainEdge, PlainGraph};
use crate::weighed::{families, propositions, sentence};

/// The greatest `number_observed`, STIX 2.1, section 4.14.
const MOST_OBSERVED: i64 = 999_999_999;

/// What became of the edges.
#[derive(Default)]
pub(super) struct Edges {
    /// The relationships of links, by the rows of the links.
    pub(super) links: BTreeMap<String, String>,
    /// The relationships of links, by the ids of their ends.
    pub(super) pairs: BTreeMap<(String, String), Vec<String>>,
    /// Edges written.
    pub(super) written: u64,
    /// Edges of which an end is no node.
    pub(super) left_out: u64,
}

pub(super) fn write(
    to: &mut Objects<'_>,
    maker: &Maker,
    graph: &PlainGraph,
    ids: &Ids<'_>,
    links: &BTreeMap<String, Link>,
) -> Result<Edges, Stop> {
    let mut edges = Edges::default();
    for edge in &graph.edges {
        let ends = ids.get(edge.source.as_str()).zip(ids.get(edge.target.as_str()));
        let Some((source, target)) = ends else {
            edges.left_out += 1;
            continue;
        };
        if edge.observed {
            to.put(&observed(maker, edge, source, target))?;
        } else {
            let row = attributes::text(&edge.attributes, "rows").unwrap_or_default();
            let object = weighed(maker, edge, source, target, links.get(row));
            let id = super::frame::id_of(&object);
            edges.pairs.entry(pair(&edge.source, &edge.target)).or_default().push(id.clone());
            edges.links.insert(row.to_owned(), id);
            to.put(&object)?;
        }
        edges.written += 1;
    }
    Ok(edges)
}

/// Two ends, whatever the order in which they are named.
pub(super) fn pair(a: &str, b: &str) -> (String, String) {
    (a.min(b).to_owned(), a.max(b).to_owned())
}

/// A dated observation of two observables is `observed-data`; of anything else STIX can only say
/// that both are related.
fn observed(maker: &Maker, edge: &PlainEdge, source: &str, target: &str) -> Object {
    // Whoever made the graph may have turned the span round, which a strict reader refuses.
    let span = edge.span().map(|(first, last)| (first.min(last), first.max(last)));
    let times = span.and_then(|(first, last)| utc(first).zip(utc(last)));
    let observables = ![source, target].iter().any(|id| id.starts_with("infrastructure--"));
    let mut object = match times {
        Some((first, last)) if observables => {
            let mut object = maker.object("observed-data", &edge.id);
            let count = attributes::integer(&edge.attributes, "count").unwrap_or(1);
            object.insert("first_observed".into(), first.into());
            object.insert("last_observed".into(), last.into());
            object.insert("number_observed".into(), count.clamp(1, MOST_OBSERVED).into());
            object.insert("object_refs".into(), json!([source, target]));
            object
        }
        _ => related(maker, edge, source, target),
    };
    let own = own(edge);
    maker.extend(&mut object, own);
    object
}

/// Never `attributed-to`: a link says nothing of who holds an account.
fn related(maker: &Maker, edge: &PlainEdge, source: &str, target: &str) -> Object {
    let mut object = maker.object("relationship", &edge.id);
    object.insert("relationship_type".into(), "related-to".into());
    object.insert("source_ref".into(), source.into());
    object.insert("target_ref".into(), target.into());
    object
}

fn weighed(
    maker: &Maker,
    edge: &PlainEdge,
    source: &str,
    target: &str,
    link: Option<&Link>,
) -> Object {
    let mut object = related(maker, edge, source, target);
    let mut own = own(edge);
    if let Some(link) = link {
        object.insert("description".into(), sentence(link).into());
        own.extend(figures(link));
    }
    maker.extend(&mut object, own);
    object
}

fn own(edge: &PlainEdge) -> Object {
    let mut own = Object::new();
    own.insert("edge".into(), edge.id.as_str().into());
    own.insert("kind".into(), edge.kind.into());
    let attributes = attributes::object(&edge.attributes);
    if !attributes.is_empty() {
        own.insert("attributes".into(), attributes.into());
    }
    own
}

fn figures(link: &Link) -> Object {
    let mut own = Object::new();
    own.insert("relation".into(), link.relation.as_str().into());
    for (name, value) in [
        ("log10_lr", link.total),
        ("log10_lr_low", link.total_low),
        ("log10_lr_high", link.total_high),
        ("log10_lr_cap", link.total_cap),
    ] {
        put_number(&mut own, name, Some(value));
    }
    let (h1, h2) = propositions(link.relation);
    own.insert("proposition_h1".into(), h1.into());
    own.insert("proposition_h2".into(), h2.into());
    own.insert("band_en".into(), link.band_en.as_str().into());
    own.insert("band_fr".into(), link.band_fr.as_str().into());
    if let Some(favours) = link.favours.known() {
        own.insert("favours".into(), favours.as_str().into());
    }
    own.insert("pairs_compared".into(), link.pairs_compared.into());
    let by_family: Object = families(link).map(family).collect();
    if !by_family.is_empty() {
        own.insert("families".into(), by_family.into());
    }
    put_list(&mut own, "innocent", &link.innocent);
    put_list(&mut own, "rows", &link.rows);
    own
}

fn family((family, values): (faisceau_model::Family, [Option<f64>; 4])) -> (String, Json) {
    let mut figures = Object::new();
    for (name, value) in
        ["log10_lr", "log10_lr_low", "log10_lr_high", "log10_lr_cap"].into_iter().zip(values)
    {
        put_number(&mut figures, name, value);
    }
    (family.as_str().to_owned(), figures.into())
}

/// STIX has no null and no infinity.
fn put_number(object: &mut Object, name: &str, value: Option<f64>) {
    if let Some(number) = value.and_then(serde_json::Number::from_f64) {
        object.insert(name.into(), Json::Number(number));
    }
}
