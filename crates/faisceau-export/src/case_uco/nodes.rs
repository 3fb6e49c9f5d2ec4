//! Nodes as observable objects.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use serde_json::json;

use super::context::{Facets, Object, at, double, integer, iri, object, own_name, sha256, typed};
use crate::instants::utc;
use crate::joined::{AccountCard, Pictures};
use crate::json::{Objects, Stop};
use crate::plain::{Attributes, PlainGraph, PlainNode, Value};
use crate::uuid5::Keys;

/// The names of the nodes in the file, by their ids in the graph.
pub(super) fn names<'a>(keys: &Keys, graph: &'a PlainGraph) -> BTreeMap<&'a str, String> {
    let name = |node: &'a PlainNode| (node.id.as_str(), iri(keys, "observable", &node.id));
    graph.nodes.iter().map(name).collect()
}

/// The name of a platform.
pub(super) fn platform(keys: &Keys, platform: &str) -> String {
    iri(keys, "application", platform)
}

/// Writes the platforms, then the nodes.
pub(super) fn write(
    to: &mut Objects<'_>,
    keys: &Keys,
    graph: &PlainGraph,
    cards: &BTreeMap<String, AccountCard>,
    pictures: &Pictures,
) -> Result<(), Stop> {
    let accounts = graph.nodes.iter().filter(|node| node.kind == "account");
    let platforms: BTreeSet<&str> = accounts.map(|node| parts(node.value()).0).collect();
    for name in platforms {
        let mut application = object(&platform(keys, name), &["uco-observable:Application"]);
        application.insert("uco-core:name".into(), name.into());
        to.put(&application)?;
    }
    for node in &graph.nodes {
        let name = iri(keys, "observable", &node.id);
        let mut facets = Facets::of(keys, &name);
        let kind = describe(node, &name, keys, cards, pictures, &mut facets);
        facets.own("faisceau:NodeFacet", own(node));
        let mut object = object(&name, &[kind]);
        object.insert("uco-core:name".into(), node.value().into());
        facets.give(&mut object);
        to.put(&object)?;
    }
    Ok(())
}

fn describe(
    node: &PlainNode,
    name: &str,
    keys: &Keys,
    cards: &BTreeMap<String, AccountCard>,
    pictures: &Pictures,
    facets: &mut Facets<'_>,
) -> &'static str {
    let value = node.value();
    let one = |property: &str| Object::from_iter([(property.to_owned(), json!(value))]);
    match node.kind {
        "account" => {
            account(value, cards.get(value), keys, facets);
            "uco-observable:ApplicationAccount"
        }
        "address" => match value.parse() {
            Ok(IpAddr::V4(_)) => {
                facets.add("uco-observable:IPv4AddressFacet", one("uco-observable:addressValue"));
                "uco-observable:IPv4Address"
            }
            Ok(IpAddr::V6(_)) => {
                facets.add("uco-observable:IPv6AddressFacet", one("uco-observable:addressValue"));
                "uco-observable:IPv6Address"
            }
            Err(_) => "uco-observable:ObservableObject",
        },
        "domain" => {
            facets.add("uco-observable:DomainNameFacet", one("uco-observable:value"));
            "uco-observable:DomainName"
        }
        "url" => {
            facets.add("uco-observable:URLFacet", one("uco-observable:fullValue"));
            "uco-observable:URL"
        }
        "mail" => {
            facets.add("uco-observable:EmailAddressFacet", one("uco-observable:addressValue"));
            "uco-observable:EmailAddress"
        }
        "phone" => {
            facets.add("uco-observable:PhoneAccountFacet", one("uco-observable:phoneNumber"));
            "uco-observable:PhoneAccount"
        }
        "device" | "camera" => {
            let mut device = Object::new();
            device.insert("uco-observable:deviceType".into(), node.kind.into());
            facets.add("uco-observable:DeviceFacet", device);
            "uco-observable:Device"
        }
        "image" => {
            picture(value, name, keys, pictures, facets);
            "uco-observable:RasterPicture"
        }
        _ => "uco-observable:ObservableObject",
    }
}

fn parts(key: &str) -> (&str, &str) {
    key.split_once(':').unwrap_or(("", key))
}

fn account(key: &str, card: Option<&AccountCard>, keys: &Keys, facets: &mut Facets<'_>) {
    let (platform_name, native) = parts(key);
    let mut account = Object::new();
    account.insert("uco-observable:accountIdentifier".into(), native.into());
    if let Some(created) = card.and_then(|card| card.created).and_then(utc) {
        account.insert("uco-observable:observableCreatedTime".into(), typed("dateTime", &created));
    }
    facets.add("uco-observable:AccountFacet", account);
    let mut digital = Object::new();
    if let Some(handle) = card.and_then(|card| card.handle.as_deref()) {
        digital.insert("uco-observable:accountLogin".into(), handle.into());
    }
    if let Some(name) = card.and_then(|card| card.display_name.as_deref()) {
        digital.insert("uco-observable:displayName".into(), name.into());
    }
    facets.add("uco-observable:DigitalAccountFacet", digital);
    let mut application = Object::new();
    application.insert("uco-observable:application".into(), at(&platform(keys, platform_name)));
    facets.add("uco-observable:ApplicationAccountFacet", application);
    let Some(card) = card else { return };
    let mut said = Object::new();
    for (name, texts) in [("otherName", &card.other_names), ("bio", &card.bios)] {
        if !texts.is_empty() {
            said.insert(own_name(name), json!(texts));
        }
    }
    if !said.is_empty() {
        facets.own("faisceau:SelfDescriptionFacet", said);
    }
}

/// The first file that shows the picture; the hashes of all stand in a facet of ours.
fn picture(value: &str, name: &str, keys: &Keys, pictures: &Pictures, facets: &mut Facets<'_>) {
    let Some(files) = pictures.by_node.get(value) else { return };
    let Some(first) = files.first() else { return };
    let mut file = Object::new();
    file.insert("uco-observable:fileName".into(), first.name.as_str().into());
    facets.add("uco-observable:FileFacet", file);
    let mut content = Object::new();
    content.insert("uco-observable:mimeType".into(), first.mime.as_str().into());
    if let Some(hash) = sha256(keys, name, &first.sha256) {
        content.insert("uco-observable:hash".into(), hash);
    }
    facets.add("uco-observable:ContentDataFacet", content);
    if let Some((width, height)) = first.size {
        let mut raster = Object::new();
        raster.insert("uco-observable:pictureWidth".into(), integer(width));
        raster.insert("uco-observable:pictureHeight".into(), integer(height));
        facets.add("uco-observable:RasterPictureFacet", raster);
    }
    let mut own = Object::new();
    let hashes: BTreeSet<&str> = files.iter().map(|file| file.sha256.as_str()).collect();
    own.insert(own_name("fileSha256"), json!(hashes));
    let taken: BTreeSet<String> =
        files.iter().filter_map(|file| file.taken).map(|at| at.to_string()).collect();
    if !taken.is_empty() {
        own.insert(own_name("taken"), json!(taken));
    }
    facets.own("faisceau:PictureFacet", own);
}

fn own(node: &PlainNode) -> Object {
    let mut own = Object::new();
    own.insert(own_name("node"), node.id.as_str().into());
    own.insert(own_name("kind"), node.kind.into());
    own.extend(attributes(&node.attributes));
    own
}

/// Attributes under our own names.
pub(super) fn attributes(attributes: &Attributes) -> Object {
    let value = |value: &Value| {
        Some(match value {
            Value::Text(text) => json!(text),
            Value::Int(number) => integer(*number),
            Value::Float(number) => double(*number)?,
            Value::Bool(yes) => typed("boolean", if *yes { "true" } else { "false" }),
            Value::Time(at) => typed("dateTime", &utc(*at)?),
        })
    };
    attributes
        .iter()
        .filter_map(|(name, own)| Some((own_name(&format!("attribute_{name}")), value(own)?)))
        .collect()
}
