//! Nodes as observables.
//!
//! Source: STIX 2.1, section 6, and the properties that contribute to an id there. What STIX has no
//! observable for, and a value that its own syntax refuses, becomes an `infrastructure` that keeps
//! the kind and the value.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::frame::{Maker, Object, id_of, observable};
use super::syntax;
use crate::attributes;
use crate::instants::utc;
use crate::joined::{AccountCard, Networks, Pictures};
use crate::json::{Objects, Stop};
use crate::plain::{PlainGraph, PlainNode};

/// What the tables say of nodes.
pub(super) struct Joined {
    pub(super) cards: BTreeMap<String, AccountCard>,
    pub(super) networks: Networks,
    pub(super) pictures: Pictures,
}

/// The ids of the nodes in the bundle, by their ids in the graph.
pub(super) type Ids<'a> = BTreeMap<&'a str, String>;

/// Writes the nodes, and the networks of addresses before them.
pub(super) fn write<'a>(
    to: &mut Objects<'_>,
    maker: &Maker,
    graph: &'a PlainGraph,
    joined: &Joined,
) -> Result<Ids<'a>, Stop> {
    let systems = systems(to, &joined.networks)?;
    let (mut ids, mut taken) = (Ids::new(), BTreeSet::new());
    for node in &graph.nodes {
        let found = object(node, joined, &systems);
        // Two nodes are never one object, whatever their texts are.
        let mut object = found
            .filter(|object| !taken.contains(&id_of(object)))
            .unwrap_or_else(|| infrastructure(maker, node));
        let id = id_of(&object);
        let mut own = Object::new();
        own.insert("node".into(), node.id.as_str().into());
        own.insert("kind".into(), node.kind.into());
        let attributes = attributes::object(&node.attributes);
        if !attributes.is_empty() {
            own.insert("attributes".into(), attributes.into());
        }
        if id.starts_with("file--") {
            to.put(&object)?;
            to.put(&picture(maker, node, &id, joined, own))?;
        } else {
            if node.kind == "account" {
                names(&mut own, joined.cards.get(node.value()));
            }
            maker.extend(&mut object, own);
            to.put(&object)?;
        }
        taken.insert(id.clone());
        ids.insert(&node.id, id);
    }
    Ok(ids)
}

fn object(node: &PlainNode, joined: &Joined, systems: &BTreeMap<i64, String>) -> Option<Object> {
    let value = node.value();
    let valued = |kind| observable(kind, Object::from_iter([("value".into(), json!(value))]));
    match node.kind {
        "account" => Some(account(value, joined.cards.get(value))),
        "address" => {
            let kind = match value.parse().ok()? {
                IpAddr::V4(_) => "ipv4-addr",
                IpAddr::V6(_) => "ipv6-addr",
            };
            let mut object = valued(kind);
            let of = joined.networks.get(value).into_iter().flatten();
            let refs: Vec<&String> = of.filter_map(|(number, _)| systems.get(number)).collect();
            if !refs.is_empty() {
                object.insert("belongs_to_refs".into(), json!(refs));
            }
            Some(object)
        }
        "prefix" => Some(valued(syntax::prefix(value)?)),
        "domain" => syntax::domain(value).then(|| valued("domain-name")),
        "url" => syntax::url(value).then(|| valued("url")),
        "mail" => syntax::mail(value).then(|| valued("email-addr")),
        "phone" => Some(observable(
            "user-account",
            Object::from_iter([
                ("account_type".into(), json!("telephone-number")),
                ("account_login".into(), json!(value)),
            ]),
        )),
        "phrase" => {
            let payload = [("payload_bin".into(), json!(STANDARD.encode(value)))];
            let mut object = observable("artifact", Object::from_iter(payload));
            object.insert("mime_type".into(), "text/plain".into());
            Some(object)
        }
        "image" => {
            let file = joined.pictures.by_node.get(value)?.first()?;
            let mut contributing = Object::new();
            contributing.insert("hashes".into(), json!({ "SHA-256": file.sha256 }));
            if !file.name.is_empty() {
                contributing.insert("name".into(), file.name.as_str().into());
            }
            let mut object = observable("file", contributing);
            if syntax::mime(&file.mime) {
                object.insert("mime_type".into(), file.mime.as_str().into());
            }
            syntax::sha256(&file.sha256).then_some(object)
        }
        _ => None,
    }
}

/// `platform:id` has an id, `platform:@handle` only a login.
fn account(key: &str, card: Option<&AccountCard>) -> Object {
    let (platform, native) = key.split_once(':').unwrap_or(("", key));
    let mut contributing = Object::new();
    contributing.insert("account_type".into(), account_type(platform).into());
    let handle = native.strip_prefix('@').filter(|handle| !handle.is_empty());
    if handle.is_none() {
        contributing.insert("user_id".into(), native.into());
    }
    let known = card.and_then(|card| card.handle.as_deref()).filter(|known| !known.is_empty());
    if let Some(login) = handle.or(known) {
        contributing.insert("account_login".into(), login.into());
    }
    let mut object = observable("user-account", contributing);
    if let Some(name) = card.and_then(|card| card.display_name.as_deref()) {
        object.insert("display_name".into(), name.into());
    }
    if let Some(created) = card.and_then(|card| card.created).and_then(utc) {
        object.insert("account_created".into(), created.into());
    }
    object
}

/// The word of the open vocabulary where it has one.
fn account_type(platform: &str) -> &str {
    if platform == "x" { "twitter" } else { platform }
}

fn names(own: &mut Object, card: Option<&AccountCard>) {
    let Some(card) = card else { return };
    for (name, texts) in [("other_names", &card.other_names), ("bios", &card.bios)] {
        if !texts.is_empty() {
            own.insert(name.into(), json!(texts));
        }
    }
}

/// An extension would change the id of a file, so that others could not find it: what a file cannot
/// hold stands in a note.
fn picture(
    maker: &Maker,
    node: &PlainNode,
    file: &str,
    joined: &Joined,
    mut own: Object,
) -> Object {
    let files = joined.pictures.by_node.get(node.value()).into_iter().flatten();
    let hashes: BTreeSet<&str> = files.clone().map(|file| file.sha256.as_str()).collect();
    let rows: BTreeSet<&str> = files.map(|file| file.row.as_str()).collect();
    let mut note = maker.object("note", &node.id);
    note.insert("abstract".into(), "Picture".into());
    let content =
        format!("A picture of SHA-256 {}, shown by {} file(s).", node.value(), hashes.len());
    note.insert("content".into(), content.into());
    note.insert("object_refs".into(), json!([file]));
    own.insert("files_sha256".into(), json!(hashes));
    own.insert("rows".into(), json!(rows));
    maker.extend(&mut note, own);
    note
}

fn infrastructure(maker: &Maker, node: &PlainNode) -> Object {
    let mut object = maker.object("infrastructure", &node.id);
    object.insert("name".into(), node.value().into());
    object.insert("description".into(), format!("A node of the kind {}.", node.kind).into());
    object.insert("infrastructure_types".into(), json!(["unknown"]));
    object
}

fn systems(to: &mut Objects<'_>, networks: &Networks) -> Result<BTreeMap<i64, String>, Stop> {
    let mut names: BTreeMap<i64, Option<&str>> = BTreeMap::new();
    for (number, name) in networks.values().flatten() {
        let kept = names.entry(*number).or_insert(None);
        *kept = match (*kept, name.as_deref()) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
    let mut ids = BTreeMap::new();
    for (number, name) in names {
        let contributing = Object::from_iter([("number".into(), json!(number))]);
        let mut object = observable("autonomous-system", contributing);
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            object.insert("name".into(), name.into());
        }
        to.put(&object)?;
        ids.insert(number, id_of(&object));
    }
    Ok(ids)
}
