//! The fields of assertions: what was done, from what, and by whom as they say.
//!
//! C2PA 2.2, "Standard assertions": `c2pa.actions`, `c2pa.ingredient`, and assertions in JSON such as
//! `stds.schema-org.CreativeWork` and `c2pa.metadata`.

use super::cbor::Item;
use super::claim::{software, text};
use super::manifest::Manifest;
use super::{identity, json};
use crate::collector::Collector;
use crate::part::Part;

/// Most actions of a list.
const ACTIONS: usize = 256;

pub(super) fn fields(manifest: &Manifest<'_>, out: &mut Collector) {
    for assertion in &manifest.assertions {
        if let Some(part) = assertion.content(*b"json") {
            json::fields(part, out);
            continue;
        }
        let Some(part) = assertion.content(*b"cbor") else { continue };
        let read: fn(&Item<'_>, &Part<'_>, &mut Collector) = match kind(&assertion.label) {
            "c2pa.actions" => actions,
            "c2pa.ingredient" => ingredient,
            "cawg.identity" => identity::fields,
            _ => continue,
        };
        match Item::read(part.bytes()) {
            Some(item) => read(&item, part, out),
            None => out.flaw(part.whole().start, "an assertion that cannot be read"),
        }
    }
}

/// A label without its version (`.v2`) and the number of the copy (`__1`).
fn kind(label: &str) -> &str {
    let label = label.split("__").next().unwrap_or(label);
    match label.rsplit_once(".v") {
        Some((kind, digits)) if digits.bytes().all(|byte| byte.is_ascii_digit()) => kind,
        _ => label,
    }
}

fn actions(list: &Item<'_>, part: &Part<'_>, out: &mut Collector) {
    let actions = list.get("actions").map(Item::array).unwrap_or_default();
    for action in actions.iter().take(ACTIONS) {
        for (key, name) in [
            ("action", "ActionsAction"),
            ("when", "ActionsWhen"),
            ("digitalSourceType", "ActionsDigitalSourceType"),
            ("description", "ActionsDescription"),
            ("reason", "ActionsReason"),
        ] {
            text(action, key, name, part, out);
        }
        if let Some(agent) = action.get("softwareAgent") {
            software(agent, "ActionsSoftwareAgent", part, out);
        }
    }
}

fn ingredient(item: &Item<'_>, part: &Part<'_>, out: &mut Collector) {
    for (key, name) in [
        ("dc:title", "IngredientTitle"),
        ("dc:format", "IngredientFormat"),
        ("documentID", "IngredientDocumentID"),
        ("instanceID", "IngredientInstanceID"),
        ("relationship", "IngredientRelationship"),
        ("description", "IngredientDescription"),
        ("informational_URI", "IngredientURI"),
    ] {
        text(item, key, name, part, out);
    }
    for key in ["c2pa_manifest", "activeManifest"] {
        if let Some(link) = item.get(key) {
            text(link, "url", "IngredientManifest", part, out);
        }
    }
}
