//! Links, and what joins two entities.
//!
//! A link of the relation `same_hand` is a `Similar`: the schema that says how alike two entities
//! are. Its `confidenceScore` stays empty: it is a score from 0 to 1, and a likelihood ratio has no
//! such scale. A link of the relation `coordination` is of different persons, so it is never a
//! `Similar` but an `UnknownLink`.

use std::collections::BTreeMap;

use faisceau_model::rows::{Explanation, Identity, Link};
use faisceau_model::{Relation, Review};
use serde_json::json;

use super::entity::Entity;
use super::nodes::is_entity;
use super::{Counts, entity_id};
use crate::attributes::{line, of, text};
use crate::instants::cut;
use crate::json::{Objects, Stop};
use crate::plain::{PlainEdge, PlainGraph, Value};
use crate::uuid5::Keys;
use crate::weighed::{compared, explained, figure, sentence};

/// Writes the edges between entities.
pub(super) fn edges(
    to: &mut Objects<'_>,
    keys: &Keys,
    graph: &PlainGraph,
    links: &BTreeMap<String, Link>,
    matcher: &str,
    counts: &mut Counts,
) -> Result<(), Stop> {
    for edge in &graph.edges {
        let ends = [&edge.source, &edge.target].map(|end| is_entity(end));
        if ends != [true, true] {
            // An end that is an entity tells of the edge; where none is, nobody does.
            counts.edges_left_out += u64::from(ends == [false, false]);
            continue;
        }
        let row = text(&edge.attributes, "rows").filter(|_| !edge.observed);
        let entity = match row.and_then(|row| links.get(row)) {
            Some(link) if link.relation == Relation::SameHand => {
                counts.similar += 1;
                similar(keys, edge, link, matcher)
            }
            link => {
                counts.joined += 1;
                joined(keys, edge, link)
            }
        };
        counts.cut += entity.cut();
        to.put(&entity)?;
    }
    Ok(())
}

fn similar(keys: &Keys, edge: &PlainEdge, link: &Link, matcher: &str) -> Entity {
    let mut entity = Entity::new(entity_id(keys, &edge.id), "Similar");
    entity.add("candidate", &entity_id(keys, &edge.source));
    entity.add("match", &entity_id(keys, &edge.target));
    entity.add("criteria", &figure(link));
    entity.add("criteria", &sentence(link));
    entity.add("criteria", &line(&edge.attributes));
    if !link.innocent.is_empty() {
        entity.add("criteria", &format!("innocent explanations: {}", link.innocent.join(", ")));
    }
    entity.add("matcher", matcher);
    entity
}

fn joined(keys: &Keys, edge: &PlainEdge, link: Option<&Link>) -> Entity {
    let mut entity = Entity::new(entity_id(keys, &edge.id), "UnknownLink");
    entity.add("subject", &entity_id(keys, &edge.source));
    entity.add("object", &entity_id(keys, &edge.target));
    match link {
        // Readers draw the role on a line between two accounts: the figure stands beside it.
        Some(link) => {
            entity.add("role", &format!("{}, {}", compared(link), figure(link)));
            entity.text("description", &sentence(link));
        }
        None => entity.add("role", edge.kind),
    }
    entity.text("summary", &line(&edge.attributes));
    for (name, property) in [("first", "startDate"), ("last", "endDate")] {
        if let Some(Value::Time(at)) = of(&edge.attributes, name)
            && let Some(at) = cut(*at)
        {
            entity.add(property, &at);
        }
    }
    entity
}

/// What stands beside the links.
pub(super) struct Beside<'a> {
    pub(super) links: &'a BTreeMap<String, Link>,
    pub(super) explanations: &'a [Explanation],
    pub(super) reviews: &'a [Review],
    pub(super) identities: &'a [Identity],
}

/// Writes explanations, decisions and groups as notes on the accounts that they speak of.
pub(super) fn notes(
    to: &mut Objects<'_>,
    keys: &Keys,
    beside: &Beside<'_>,
    counts: &mut Counts,
) -> Result<(), Stop> {
    let note = |key: &str, name: &str, description: &str, accounts: &[&str]| {
        let mut entity = Entity::new(keys.sha1("Note", key), "Note");
        entity.name("name", name);
        entity.text("description", description);
        for account in accounts {
            entity.add("entity", &entity_id(keys, &format!("account:{account}")));
        }
        entity
    };
    let mut put = |entity: Entity| {
        counts.notes += 1;
        counts.cut += entity.cut();
        to.put(&entity)
    };
    for row in beside.explanations {
        // Not the number of the link, which another run may give to another pair.
        let relation = beside.links.get(row.link.as_str()).map(|link| link.relation.as_str());
        let key = json!(["explanation", row.a.as_str(), row.b.as_str(), relation, row.code]);
        let key = key.to_string();
        let name = format!("Innocent explanation: {}", row.code);
        let mut entity = note(&key, &name, &explained(row), &[row.a.as_str(), row.b.as_str()]);
        entity.text("notes", &format!("rows: {}", row.rows.join(" ")));
        put(entity)?;
    }
    for row in beside.reviews {
        let key = json!(["review", row.a.as_str(), row.b.as_str()]).to_string();
        let name = format!("Decision on a link: {}", row.decision);
        let accounts = [row.a.as_str(), row.b.as_str()];
        let mut entity = note(&key, &name, &row.because, &accounts);
        entity
            .text("notes", &format!("by {}, {}, line {} of the journal", row.who, row.at, row.seq));
        put(entity)?;
    }
    for row in beside.identities {
        let key = json!(["identity", row.members]).to_string();
        let name = format!("Accounts of {}", row.id);
        let description = format!(
            "{} accounts that one hand may hold. Weakest link {}, log10 LR {:+.2}. Nothing is said \
             of whose hand.",
            row.members.len(),
            row.weakest_link,
            row.weakest
        );
        let members: Vec<&str> = row.members.iter().map(String::as_str).collect();
        put(note(&key, &name, &description, &members))?;
    }
    Ok(())
}
