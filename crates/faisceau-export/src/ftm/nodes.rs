//! Accounts and pictures as entities. What else the graph has stands in their properties.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use super::entity::Entity;
use super::{Counts, entity_id};
use crate::attributes::line;
use crate::instants::cut;
use crate::joined::{AccountCard, Pictures};
use crate::json::{Objects, Stop};
use crate::plain::{PlainEdge, PlainGraph, PlainNode};
use crate::uuid5::Keys;

/// Edges told on one entity; readers show an entity as one page.
const LINES: usize = 1000;

/// Whether a node is an entity of its own.
pub(super) fn is_entity(id: &str) -> bool {
    id.starts_with("account:") || id.starts_with("image:")
}

/// The observed edges whose other end is no entity, by the end that is one.
pub(super) fn told(graph: &PlainGraph) -> BTreeMap<&str, Vec<(&PlainEdge, &str)>> {
    let mut told: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for edge in graph.edges.iter().filter(|edge| edge.observed) {
        let (source, target) = (edge.source.as_str(), edge.target.as_str());
        match (is_entity(source), is_entity(target)) {
            (true, false) => told.entry(source).or_default().push((edge, target)),
            (false, true) => told.entry(target).or_default().push((edge, source)),
            _ => {}
        }
    }
    told
}

/// Writes the entities of nodes.
pub(super) fn write(
    to: &mut Objects<'_>,
    keys: &Keys,
    graph: &PlainGraph,
    cards: &BTreeMap<String, AccountCard>,
    pictures: &Pictures,
    counts: &mut Counts,
) -> Result<(), Stop> {
    let told = told(graph);
    let mut valued: BTreeSet<&str> = BTreeSet::new();
    for node in &graph.nodes {
        let mut entity = match node.kind {
            "account" => account(keys, node, cards.get(node.value())),
            "image" => picture(keys, node, pictures),
            _ => continue,
        };
        let edges = told.get(node.id.as_str()).map_or(&[][..], Vec::as_slice);
        for (at, (edge, other)) in edges.iter().enumerate() {
            if value(&mut entity, node, other) {
                valued.insert(other);
            }
            if at < LINES {
                entity.text("notes", &format!("{} {other}; {}", edge.kind, line(&edge.attributes)));
                counts.told += 1;
            } else {
                counts.untold += 1;
            }
        }
        counts.entities += 1;
        counts.cut += entity.cut();
        to.put(&entity)?;
    }
    counts.valued = valued.len() as u64;
    counts.nodes_without = graph.nodes.len() as u64 - counts.entities - counts.valued;
    Ok(())
}

/// Gives an account what a property of its own can hold.
fn value(entity: &mut Entity, node: &PlainNode, other: &str) -> bool {
    if node.kind != "account" {
        return false;
    }
    match other.split_once(':') {
        Some(("address", ip)) if ip.parse::<IpAddr>().is_ok() => entity.add("ipAddress", ip),
        Some(("mail", mail)) if is_mail(mail) => entity.add("email", mail),
        Some(("phone", phone)) if is_phone(phone) => entity.add("phone", phone),
        _ => return false,
    }
    true
}

fn account(keys: &Keys, node: &PlainNode, card: Option<&AccountCard>) -> Entity {
    let key = node.value();
    let (platform, native) = key.split_once(':').unwrap_or(("", key));
    let handle = native.strip_prefix('@').unwrap_or(native);
    let mut entity = Entity::new(entity_id(keys, &node.id), "UserAccount");
    entity.add("service", platform);
    let username = card.and_then(|card| card.handle.as_deref()).unwrap_or(handle);
    entity.add("username", username);
    entity.text("summary", &told_of("account", key, node));
    if platform == "mail" && is_mail(handle) {
        entity.add("email", handle);
    }
    let Some(card) = card else { return entity };
    if let Some(name) = &card.display_name {
        entity.name("name", name);
    }
    for name in &card.other_names {
        entity.name("alias", name);
    }
    for bio in &card.bios {
        entity.text("description", bio);
    }
    if let Some(created) = card.created.and_then(cut) {
        entity.add("createdAt", &created);
    }
    entity
}

/// `contentHash` is a SHA-1 of a file that the reader holds; ours are SHA-256 of files that stay in
/// the case, and stand in the notes.
fn picture(keys: &Keys, node: &PlainNode, pictures: &Pictures) -> Entity {
    let files = pictures.by_node.get(node.value());
    let first = files.and_then(BTreeSet::first);
    let schema = match first.and_then(|file| file.mime.split_once('/')) {
        Some(("video", _)) => "Video",
        Some(("audio", _)) => "Audio",
        Some(("image", _)) | None => "Image",
        Some(_) => "Document",
    };
    let mut entity = Entity::new(entity_id(keys, &node.id), schema);
    entity
        .text("summary", &format!("picture SHA-256: {}; {}", node.value(), line(&node.attributes)));
    let Some(first) = first else {
        entity.add("fileName", node.value());
        return entity;
    };
    entity.add("fileName", if first.name.is_empty() { node.value() } else { &first.name });
    entity.add("mimeType", &first.mime);
    for file in files.into_iter().flatten() {
        entity.text("notes", &format!("file SHA-256: {}; row: {}", file.sha256, file.row));
        if let Some(taken) = file.taken.and_then(cut) {
            entity.add("authoredAt", &taken);
        }
    }
    entity
}

fn told_of(what: &str, value: &str, node: &PlainNode) -> String {
    match line(&node.attributes) {
        none if none.is_empty() => format!("{what}: {value}"),
        attributes => format!("{what}: {value}; {attributes}"),
    }
}

/// What the reader's type `email` takes, or less.
fn is_mail(value: &str) -> bool {
    value.len() <= 250
        && value.split_once('@').is_some_and(|(local, host)| {
            let word = |text: &str, more: &[u8]| {
                !text.is_empty()
                    && text.bytes().all(|b| b.is_ascii_alphanumeric() || more.contains(&b))
            };
            word(local, b"._+-")
                && host.contains('.')
                && host.split('.').all(|part| word(part, b"-"))
        })
}

/// A number in international form, E.164.
fn is_phone(value: &str) -> bool {
    value.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    })
}
