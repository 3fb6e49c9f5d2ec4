//! The fields of a claim.
//!
//! C2PA 2.2, "Claims"; the older form has `claim_generator` and `dc:format`.

use super::C2PA;
use super::cbor::Item;
use super::manifest::Manifest;
use crate::collector::Collector;
use crate::part::Part;

/// Most tools that a claim may name.
const TOOLS: usize = 16;

pub(super) fn fields(manifest: &Manifest<'_>, out: &mut Collector) {
    let Some((claim, part)) = manifest.claim() else {
        out.flaw(manifest.body.whole().start, "a claim that cannot be read");
        return;
    };
    for (key, name) in [
        ("claim_generator", "ClaimGenerator"),
        ("dc:title", "Title"),
        ("dc:format", "Format"),
        ("instanceID", "InstanceID"),
        ("alg", "Alg"),
    ] {
        text(&claim, key, name, part, out);
    }
    // A list in the first form, one tool in the second.
    let tools = claim.get("claim_generator_info");
    let listed = tools.map(Item::array).unwrap_or_default();
    for tool in listed.iter().take(TOOLS).chain(tools.filter(|_| listed.is_empty())) {
        software(tool, "ClaimGeneratorInfo", part, out);
    }
}

/// A text under a key.
pub(super) fn text(item: &Item<'_>, key: &str, name: &str, part: &Part<'_>, out: &mut Collector) {
    if let Some(found) = item.get(key)
        && let Some(text) = found.text()
    {
        out.add(C2PA, name, text, part.place(found.at.clone()));
    }
}

/// A tool: its name, or name and version.
pub(super) fn software(tool: &Item<'_>, name: &str, part: &Part<'_>, out: &mut Collector) {
    let at = part.place(tool.at.clone());
    if let Some(text) = tool.text() {
        out.add(C2PA, name, text, at);
        return;
    }
    let parts = ["name", "version", "operating_system"];
    let told: Vec<&str> =
        parts.iter().filter_map(|key| tool.get(key).and_then(Item::text)).collect();
    out.add(C2PA, name, &told.join(" "), at);
}
