//! What every object of a bundle has, and the objects that stand for the case and its tool.

use serde_json::{Map, Value as Json, json};

use crate::error::ExportError;
use crate::instants::day_of;
use crate::source::{CaseCard, Source};
use crate::uuid5::{Keys, OBSERVABLES, uuid5};

/// TLP:AMBER as STIX 2.1, section 7.2.1.4, predefines it.
pub(super) const AMBER: &str = "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82";

/// When the tool and its extension were described first; the same in every case.
const DESCRIBED: &str = "2026-11-01T00:00:00.000Z";

/// A JSON object, its names in order.
pub(super) type Object = Map<String, Json>;

/// Makes objects of one case.
pub(super) struct Maker {
    keys: Keys,
    day: String,
    case: String,
    extension: String,
}

impl Maker {
    pub(super) fn of(source: &Source<'_>) -> Result<Self, ExportError> {
        let keys = Keys::of(source);
        Ok(Self {
            day: day_of(source.case, "stix")?,
            case: format!("identity--{}", keys.uuid("identity", "case")),
            extension: format!(
                "extension-definition--{}",
                Keys::shared().uuid("extension-definition", "1")
            ),
            keys,
        })
    }

    /// The id of a bundle.
    pub(super) fn bundle(&self) -> String {
        self.id("bundle", "bundle")
    }

    /// The id of an object that is no observable.
    pub(super) fn id(&self, kind: &str, key: &str) -> String {
        format!("{kind}--{}", self.keys.uuid(kind, key))
    }

    /// An object that is no observable. `key` stays the same from run to run.
    pub(super) fn object(&self, kind: &str, key: &str) -> Object {
        let mut object = common(kind, self.id(kind, key));
        object.insert("created_by_ref".into(), self.case.as_str().into());
        object.insert("created".into(), self.day.as_str().into());
        object.insert("modified".into(), self.day.as_str().into());
        object
    }

    /// Adds what STIX has no property for.
    pub(super) fn extend(&self, object: &mut Object, mut own: Object) {
        own.insert("extension_type".into(), "property-extension".into());
        object.insert("extensions".into(), json!({ (self.extension.as_str()): own }));
    }

    /// The case, the tool, the extension and the marking, which the other objects name.
    pub(super) fn describe(&self, card: &CaseCard) -> [Object; 4] {
        let tool = format!("identity--{}", Keys::shared().uuid("identity", "faisceau"));
        let mut by = common("identity", tool.clone());
        let mut case = self.object("identity", "case");
        let mut extension = common("extension-definition", self.extension.clone());
        for (object, created) in
            [(&mut by, DESCRIBED), (&mut case, &self.day), (&mut extension, DESCRIBED)]
        {
            object.insert("created_by_ref".into(), tool.as_str().into());
            object.insert("created".into(), created.into());
            object.insert("modified".into(), created.into());
        }
        by.insert("name".into(), "faisceau".into());
        by.insert("identity_class".into(), "system".into());
        case.insert("name".into(), card.title.as_str().into());
        case.insert("identity_class".into(), "system".into());
        case.insert(
            "description".into(),
            format!(
                "A case drawn up as of {} with faisceau {}. SHA-256 over its exhibits {}, over its \
                 tables {}. Every date of creation in this bundle is that day at 00:00 UTC: no \
                 clock was read.",
                card.as_of, card.tool, card.exhibits_sha256, card.tables_sha256
            )
            .into(),
        );
        extension.insert("name".into(), "faisceau".into());
        extension.insert("description".into(), "Likelihood ratios and rows.".into());
        extension.insert("schema".into(), SCHEMA.into());
        extension.insert("version".into(), "1.0.0".into());
        extension.insert("extension_types".into(), json!(["property-extension"]));
        let mut marking = common("marking-definition", AMBER.to_owned());
        marking.remove("object_marking_refs");
        marking.insert("created".into(), "2017-01-20T00:00:00.000Z".into());
        marking.insert("definition_type".into(), "tlp".into());
        marking.insert("name".into(), "TLP:AMBER".into());
        marking.insert("definition".into(), json!({ "tlp": "amber" }));
        [marking, by, case, extension]
    }
}

/// The normative text of the extension.
const SCHEMA: &str = "node or edge: id in the graph of the case; kind: its kind; attributes: its \
    attributes by name. On a relationship of a link: relation; log10_lr, log10_lr_low, \
    log10_lr_high, log10_lr_cap: base-10 logarithm of the likelihood ratio of proposition_h1 over proposition_h2, its \
    interval, the highest value that the validation allows; band_en, \
    band_fr: verbal band; favours; families: the same figures by family of signals; \
    pairs_compared: pairs searched to find this one; innocent: codes of innocent explanations; \
    rows: what it rests on. A likelihood ratio is not a confidence and has no scale of 0 to 100. \
    On notes, opinions and groupings: the columns of the row of the table that they stand for.";

/// An observable. Its id follows from what STIX 2.1, section 2.9, says contributes to it.
pub(super) fn observable(kind: &str, contributing: Object) -> Object {
    // Texts, integers and maps of them in the order of their names: what `serde_json` writes is
    // the canonical form of RFC 8785.
    let canonical = Json::Object(contributing.clone()).to_string();
    let id = format!("{kind}--{}", uuid5(&OBSERVABLES, canonical.as_bytes()));
    let mut object = common(kind, id);
    object.extend(contributing);
    object
}

fn common(kind: &str, id: String) -> Object {
    let mut object = Object::new();
    object.insert("type".into(), kind.into());
    object.insert("spec_version".into(), "2.1".into());
    object.insert("id".into(), id.into());
    object.insert("object_marking_refs".into(), json!([AMBER]));
    object
}

/// The id of an object.
pub(super) fn id_of(object: &Object) -> String {
    object.get("id").and_then(Json::as_str).unwrap_or_default().to_owned()
}

/// Puts a list where it is not empty: STIX knows no empty list.
pub(super) fn put_list(object: &mut Object, name: &str, list: &[String]) {
    if !list.is_empty() {
        object.insert(name.into(), json!(list));
    }
}
