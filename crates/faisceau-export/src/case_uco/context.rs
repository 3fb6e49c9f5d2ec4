//! The names that a CASE graph is written with, and small pieces of JSON-LD.
//!
//! Source: CASE 1.5.0 and UCO 1.5.0, ontology files; JSON-LD 1.1.

use serde_json::{Map, Value as Json, json};

use crate::uuid5::Keys;

/// The version of the ontologies, said in the graph: a context cannot say it.
pub(super) const SPEC: &str = "CASE 1.5.0, UCO 1.5.0";

/// A JSON object, its names in order.
pub(super) type Object = Map<String, Json>;

/// Everything before the first object.
pub(super) fn open() -> String {
    let uco = |room: &str| format!("https://ontology.unifiedcyberontology.org/uco/{room}/");
    let context = json!({
        "@version": 1.1,
        "case-investigation": "https://ontology.caseontology.org/case/investigation/",
        "faisceau": "urn:faisceau:ns:1:",
        "kb": "urn:faisceau:kb:",
        "uco-action": uco("action"),
        "uco-core": uco("core"),
        "uco-identity": uco("identity"),
        "uco-observable": uco("observable"),
        "uco-tool": uco("tool"),
        "uco-types": uco("types"),
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    });
    format!("{{\"@context\":{context},\"@graph\":[\n")
}

/// The name of a thing of a kind.
pub(super) fn iri(keys: &Keys, kind: &str, key: &str) -> String {
    format!("kb:{kind}-{}", keys.uuid(kind, key))
}

/// A reference.
pub(super) fn at(iri: &str) -> Json {
    json!({ "@id": iri })
}

/// References.
pub(super) fn all<'a>(iris: impl IntoIterator<Item = &'a str>) -> Json {
    iris.into_iter().map(at).collect()
}

/// A value that is not a text. JSON has one kind of number, RDF has several.
pub(super) fn typed(kind: &str, value: &str) -> Json {
    json!({ "@type": format!("xsd:{kind}"), "@value": value })
}

/// An integer.
pub(super) fn integer(value: impl Into<i128>) -> Json {
    typed("integer", &value.into().to_string())
}

/// A float, or none where it has no value.
pub(super) fn double(value: f64) -> Option<Json> {
    serde_json::Number::from_f64(value).map(|number| typed("double", &number.to_string()))
}

/// An object of some types.
pub(super) fn object(iri: &str, types: &[&str]) -> Object {
    let mut object = Object::new();
    object.insert("@id".into(), iri.into());
    object.insert("@type".into(), json!(types));
    object
}

/// Facets of an object, each with a name of its own.
pub(super) struct Facets<'a> {
    keys: &'a Keys,
    owner: String,
    list: Vec<Json>,
}

impl<'a> Facets<'a> {
    /// None yet.
    pub(super) fn of(keys: &'a Keys, owner: &str) -> Self {
        Self { keys, owner: owner.to_owned(), list: Vec::new() }
    }

    /// Adds a facet of UCO: `observable:FileFacet` is `uco-observable:FileFacet`.
    pub(super) fn add(&mut self, kind: &str, properties: Object) {
        self.push(kind, &[kind], properties);
    }

    /// Adds a facet of ours, which UCO must be told is one.
    pub(super) fn own(&mut self, kind: &str, properties: Object) {
        self.push(kind, &[kind, "uco-core:Facet"], properties);
    }

    fn push(&mut self, kind: &str, types: &[&str], properties: Object) {
        let iri = iri(self.keys, "facet", &json!([self.owner, kind]).to_string());
        let mut facet = object(&iri, types);
        facet.extend(properties);
        self.list.push(facet.into());
    }

    /// Gives them to the object.
    pub(super) fn give(self, to: &mut Object) {
        to.insert("uco-core:hasFacet".into(), self.list.into());
    }
}

/// The hash of a content, if it is one.
pub(super) fn sha256(keys: &Keys, owner: &str, hex: &str) -> Option<Json> {
    let right = hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_hexdigit());
    right.then(|| {
        let mut hash = object(&iri(keys, "hash", owner), &["uco-types:Hash"]);
        hash.insert("uco-types:hashMethod".into(), "SHA256".into());
        hash.insert("uco-types:hashValue".into(), typed("hexBinary", &hex.to_ascii_uppercase()));
        hash.into()
    })
}

/// Our names for attributes: letters, digits and `_` only, so that each is an IRI.
pub(super) fn own_name(name: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' };
    format!("faisceau:{}", name.chars().map(safe).collect::<String>())
}
