//! Messages of examined accounts.

use std::collections::BTreeMap;

use faisceau_model::rows::Post;

use super::context::{Facets, Object, at, iri, object, own_name, typed};
use super::nodes::platform;
use crate::instants::utc;
use crate::json::{Objects, Stop};
use crate::uuid5::Keys;

/// Writes one message.
pub(super) fn write(
    to: &mut Objects<'_>,
    keys: &Keys,
    nodes: &BTreeMap<&str, String>,
    post: &Post,
) -> Result<(), Stop> {
    let name = iri(keys, "message", post.id.as_str());
    let mut said = Object::new();
    let account = format!("account:{}", post.account);
    if let Some(from) = nodes.get(account.as_str()) {
        said.insert("uco-observable:from".into(), at(from));
    }
    let application = platform(keys, post.account.platform());
    said.insert("uco-observable:application".into(), at(&application));
    said.insert("uco-observable:messageType".into(), post.kind.as_str().into());
    for (property, value) in [
        ("uco-observable:messageText", &post.text),
        ("uco-observable:messageID", &post.content_id),
        ("uco-observable:sessionID", &post.thread),
    ] {
        if let Some(value) = value.known() {
            said.insert(property.into(), value.as_str().into());
        }
    }
    let mut own = Object::new();
    own.insert(own_name("row"), post.id.as_str().into());
    if let Some(when) = post.at.known() {
        if let Some(sent) = utc(*when) {
            said.insert("uco-observable:sentTime".into(), typed("dateTime", &sent));
        }
        own.insert(own_name("sentPrecision"), when.precision().as_str().into());
        own.insert(own_name("sentZone"), when.zone().as_str().into());
    }
    for (name, value) in [("target", &post.target), ("permalink", &post.permalink)] {
        if let Some(value) = value.known() {
            own.insert(own_name(name), value.as_str().into());
        }
    }
    let mut facets = Facets::of(keys, &name);
    facets.add("uco-observable:MessageFacet", said);
    facets.own("faisceau:RowFacet", own);
    let mut message = object(&name, &["uco-observable:Message"]);
    facets.give(&mut message);
    to.put(&message)
}
