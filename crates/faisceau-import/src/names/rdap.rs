//! Answers of registries over RDAP (RFC 9083).
//!
//! Producers: the five regional registries and those of domains. Names from RFC 9083, sections 4
//! and 5, and RFC 7095 (jCard); layout of a real answer of the RIPE NCC. Sample: `names/rdap.json`,
//! synthetic in that layout.
//!
//! In: objects `ip network`, `autnum`, `domain`, alone, in lines, in a list or one after the other.
//! Out: one row each: name of the network, organisations, range, country, last change. Set aside:
//! entities and errors. Refused: data of natural persons: of an entity only what it calls itself is
//! kept, and only where the registry says that it is an organisation, or a group that takes reports
//! of abuse. Rejects do not show the object.
//!
//! Traps:
//! - The RIPE NCC gives maintainers the role `registrant` and the kind `individual`.
//! - Nothing says when it was asked. `last update of RDAP database` (RFC 9083, section 4.5) is when
//!   the registry last knew, which is taken for it.

use faisceau_model::{Moment, RejectReason, Sink};
use serde_json::Value;

use super::objects;
use super::registration::{Registration, range};
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::json::{self, Flaw, Object, field, ndjson};
use crate::records::settle;
use crate::settings::ImportSettings;
use crate::time::stamp::Stamp;

/// Most entities looked at, at each of two levels.
const MOST_ENTITIES: usize = 50;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "rdap-json",
    title: "registry answer (RDAP)",
    group: Group::Names,
    gives: &["names"],
    versions: "RFC 9083",
    checked: "2026-11-28",
    sample: "tests/fixtures/names/rdap.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| {
        objects::has_keys(head, &["objectClassName", "rdapConformance"])
            || objects::has_keys(head, &["objectClassName", "handle", "entities"])
    },
    parse,
    owner: None,
};

fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    objects::read(source, sink, &|record, _, sink| {
        // The text of a reject could show a person.
        settle(source.exhibit, &record.place, b"", sink, |sink| {
            let object = ndjson::text(record.raw).and_then(json::object)?;
            sink.name(registration(&object)?.row(source.exhibit, &record.place, 0));
            Ok(())
        });
    })
}

/// What an object of RDAP says.
pub(super) fn registration(object: &Object) -> Result<Registration, Flaw> {
    let (kind, name, range) = match field(object, "objectClassName").as_deref() {
        Some("ip network") => ("ip network", field(object, "handle"), addresses(object)),
        Some("autnum") => ("autnum", autnum(object), numbers(object)),
        Some("domain") => ("domain", field(object, "ldhName"), None),
        Some(_) => return Err(aside("an object that is no network, number or domain")),
        None if object.contains_key("errorCode") => return Err(aside("an error of the registry")),
        None => {
            let detail = "`objectClassName` is missing".to_owned();
            return Err((RejectReason::MissingField, detail));
        }
    };
    let name = range.clone().filter(|_| kind == "ip network").or(name).ok_or_else(|| {
        (RejectReason::MissingField, "the object has neither name nor range".to_owned())
    })?;
    Ok(Registration {
        kind,
        name,
        label: field(object, "name"),
        holders: named(object, "registrant", &["org"]),
        abuse: named(object, "abuse", &["org", "group"]),
        range,
        country: field(object, "country"),
        changed: event(object, "last changed").or_else(|| event(object, "registration")),
        server: field(object, "port43"),
        asked: written(object, "last update of RDAP database")
            .map(|text| Stamp::lenient(Some(&text), None)),
        ..Registration::default()
    })
}

fn aside(detail: &str) -> Flaw {
    (RejectReason::SetAside, detail.to_owned())
}

fn addresses(object: &Object) -> Option<String> {
    range(&field(object, "startAddress")?, &field(object, "endAddress")?)
}

fn autnum(object: &Object) -> Option<String> {
    field(object, "handle").or_else(|| Some(format!("AS{}", field(object, "startAutnum")?)))
}

fn numbers(object: &Object) -> Option<String> {
    let number = |key| field(object, key)?.parse::<u32>().ok();
    Some(format!("{} - {}", number("startAutnum")?, number("endAutnum")?))
}

fn event(object: &Object, action: &str) -> Option<Moment> {
    Moment::from_rfc3339(&written(object, action)?)
}

fn written(object: &Object, action: &str) -> Option<String> {
    let events = object.get("events")?.as_array()?.iter().filter_map(Value::as_object);
    let mut found = events.filter(|event| field(event, "eventAction").as_deref() == Some(action));
    field(found.next()?, "eventDate")
}

/// What the entities of a role call themselves, if the registry says that they are of these kinds.
/// Entities of entities are looked at too: ARIN puts the desk for abuse below the holder.
fn named(object: &Object, role: &str, kinds: &[&str]) -> Vec<String> {
    let entities = |object: &Object| -> Vec<Object> {
        let list = object.get("entities").and_then(Value::as_array).into_iter().flatten();
        list.filter_map(|entity| entity.as_object().cloned()).take(MOST_ENTITIES).collect()
    };
    let first = entities(object);
    let second = first.iter().filter(|_| role == "abuse").flat_map(&entities);
    let all: Vec<Object> = first.iter().cloned().chain(second).collect();
    let of_role = all.iter().filter(|entity| {
        entity
            .get("roles")
            .and_then(Value::as_array)
            .is_some_and(|roles| roles.iter().any(|known| known == role))
    });
    of_role.filter_map(|entity| organisation(entity, kinds)).collect()
}

/// `fn` of a jCard (RFC 7095): `["vcard", [["fn", {}, "text", "Example SA"], …]]`.
fn organisation(entity: &Object, kinds: &[&str]) -> Option<String> {
    let card = entity.get("vcardArray")?.get(1)?.as_array()?;
    let property = |name: &str| {
        card.iter()
            .find(|property| property.get(0).is_some_and(|key| key == name))?
            .get(3)?
            .as_str()
    };
    let kind = property("kind")?.to_ascii_lowercase();
    kinds.contains(&kind.as_str()).then(|| property("fn").map(str::to_owned))?
}

#[cfg(test)]
mod tests {
    use super::super::reply::format_tests;
    use crate::testing::{read, reasons};

    format_tests!("rdap-json", "../../tests/fixtures/names/rdap.json");

    #[test]
    fn no_person_is_copied() {
        let (_, sink) = read(SAMPLE);
        let shown = format!("{:?} {:?}", sink.names, sink.rejects);
        assert!(std::str::from_utf8(SAMPLE).unwrap().contains("Jeanne Exemple"));
        assert!(!shown.contains("Jeanne") && shown.contains("Exemple Télécom SA"), "{shown}");
    }

    #[test]
    fn a_real_answer_of_a_registry_of_domains_is_read() {
        let (_, sink) =
            read(include_bytes!("../../tests/fixtures/names/openrdap_domain_example.cz.json"));
        assert_eq!(sink.names.len(), 1, "{:?}", reasons(&sink));
        let row = &sink.names[0];
        assert_eq!((row.name.as_str(), row.kind.as_str()), ("example.cz", "domain"));
        assert_eq!(row.changed.known().unwrap().day_utc(), "2004-08-30");
    }

    #[test]
    fn hostile_objects_are_rows_or_rejects() {
        let object = r#"{"objectClassName":"ip network","rdapConformance":[],"startAddress":"192.0.2.9","endAddress":"192.0.2.1"}"#;
        let lines = [
            object.to_owned(),
            object.replace("192.0.2.1\"", "192.0.2.10\",\"name\":\"\\u001b[2J\\u202e\""),
            object.replace("[]", &format!("{}{}", "[".repeat(400), "]".repeat(400))),
            object.replace("ip network", "entity"),
            "{\"objectClassName\":".to_owned(),
        ];
        let (_, sink) = read(lines.join("\n").as_bytes());
        assert_eq!((sink.names.len(), sink.rejects.len()), (1, 4), "{:?}", reasons(&sink));
        assert!(!sink.names[0].value.known().unwrap().contains('\u{1b}'));
    }
}
