//! The journal: who did what with which tool, when, to which exhibit.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::context::{Facets, SPEC, all, at, integer, iri, object};
use super::exhibits::{Records, every, named};
use crate::instants::of_text;
use crate::json::{Objects, Stop, harmless};
use crate::source::{Act, Source};
use crate::uuid5::Keys;

/// Fields of an act that name an exhibit.
const EXHIBITS: [&str; 3] = ["no", "exhibits", "parent"];
/// Fields of an act that name an account.
const ACCOUNTS: [&str; 3] = ["a", "b", "account"];

/// Acts of which the exhibit is what came out, not what went in.
const GIVES: [&str; 2] = ["exhibit_added", "collected"];

/// Writes the case, its tool, those who acted, and their acts. Gives the acts written.
pub(super) fn write(
    to: &mut Objects<'_>,
    keys: &Keys,
    source: &Source<'_>,
    records: &Records,
    nodes: &BTreeMap<&str, String>,
) -> Result<u64, Stop> {
    let tool = iri(keys, "tool", "faisceau");
    let mut faisceau = object(&tool, &["uco-tool:Tool"]);
    faisceau.insert("uco-core:name".into(), "faisceau".into());
    faisceau.insert("uco-tool:version".into(), source.case.tool.as_str().into());
    to.put(&faisceau)?;
    let who: BTreeSet<&str> = source.acts.iter().map(|act| act.who.as_str()).collect();
    for name in who {
        let mut identity = object(&iri(keys, "identity", name), &["uco-identity:Identity"]);
        identity.insert("uco-core:name".into(), name.into());
        to.put(&identity)?;
    }
    to.put(&case(keys, source, records))?;
    let mut before: Option<String> = None;
    for act in source.acts {
        let name = iri(keys, "investigative-action", &act.seq.to_string());
        let mut action = object(&name, &["case-investigation:InvestigativeAction"]);
        action.insert("uco-core:name".into(), act.act.as_str().into());
        action.insert("uco-action:performer".into(), at(&iri(keys, "identity", &act.who)));
        action.insert("uco-action:instrument".into(), at(&tool));
        if let Some(start) = of_text(&act.at) {
            action.insert("uco-action:startTime".into(), super::context::typed("dateTime", &start));
        }
        let (objects, results) = touched(act, records, nodes);
        for (property, things) in [("uco-action:object", objects), ("uco-action:result", results)] {
            if !things.is_empty() {
                action.insert(property.into(), things.into());
            }
        }
        if let Some(before) = before.replace(name.clone()) {
            action.insert("case-investigation:wasInformedBy".into(), at(&before));
        }
        let mut facets = Facets::of(keys, &name);
        facets.own("faisceau:JournalLineFacet", line(act));
        facets.give(&mut action);
        to.put(&action)?;
    }
    Ok(source.acts.len() as u64)
}

fn case(keys: &Keys, source: &Source<'_>, records: &Records) -> super::context::Object {
    let card = source.case;
    let mut case =
        object(&iri(keys, "investigation", "case"), &["case-investigation:Investigation"]);
    case.insert("uco-core:name".into(), card.title.as_str().into());
    case.insert("uco-core:specVersion".into(), SPEC.into());
    let description = format!(
        "Drawn up as of {} with faisceau {}. SHA-256 over the exhibits {}, over the tables {}.",
        card.as_of, card.tool, card.exhibits_sha256, card.tables_sha256
    );
    case.insert("uco-core:description".into(), description.into());
    if !records.is_empty() {
        case.insert("uco-core:object".into(), all(records.values().map(String::as_str)));
    }
    case
}

/// What went into an act, and what came out.
fn touched(act: &Act, records: &Records, nodes: &BTreeMap<&str, String>) -> (Vec<Json>, Vec<Json>) {
    let fields = |names: &'static [&'static str]| {
        names.iter().filter_map(|name| act.fields.get(*name)).collect::<Vec<_>>()
    };
    let exhibits: Vec<Json> =
        fields(&EXHIBITS).into_iter().flat_map(|value| named(value, records)).collect();
    let accounts = fields(&ACCOUNTS).into_iter().filter_map(|value| {
        let node = format!("account:{}", value.as_str()?);
        nodes.get(node.as_str()).map(|iri| at(iri))
    });
    let mut objects: Vec<Json> = accounts.collect();
    if act.act == "run" && exhibits.is_empty() {
        // A run reads every exhibit that the case has.
        if let Json::Array(all) = every(records) {
            objects.extend(all);
        }
    }
    if GIVES.contains(&act.act.as_str()) {
        return (objects, exhibits);
    }
    objects.extend(exhibits);
    (objects, Vec::new())
}

/// The line itself, so that the chain can be followed.
fn line(act: &Act) -> super::context::Object {
    super::context::Object::from_iter([
        ("faisceau:seq".into(), integer(act.seq)),
        ("faisceau:at".into(), act.at.as_str().into()),
        ("faisceau:hash".into(), act.hash.as_str().into()),
        ("faisceau:fields".into(), harmless(&act.fields).into()),
    ])
}
