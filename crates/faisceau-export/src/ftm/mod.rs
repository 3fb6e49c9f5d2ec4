//! `FollowTheMoney` entities as JSON lines, for Aleph.
//!
//! Comes in: the graph, the tables, what was decided. Goes out: `entities.ftm.json`. Refuses: an
//! `owner` of an account, a `sender` of a message, `confidenceScore`; the names that addressees
//! declared of subscribers; positions of pictures.
//! Source: followthemoney 4.11 (`schema/*.yaml`).

mod entity;
mod links;
mod messages;
mod nodes;

use std::path::Path;

use faisceau_model::rows::Identity;
use faisceau_tables::read;

use self::links::Beside;
use crate::error::ExportError;
use crate::examined::{self, MESSAGES, Messages};
use crate::joined::{account_cards, pictures};
use crate::json::{Frame, write_objects};
use crate::source::Source;
use crate::uuid5::Keys;
use crate::weighed;
use crate::written::Written;

/// The file.
const FILE: &str = "entities.ftm.json";

/// What was written, and what the schemata do not hold.
#[derive(Debug, Default)]
struct Counts {
    /// Nodes that are entities.
    entities: u64,
    /// Nodes that are values of properties.
    valued: u64,
    /// Nodes that only notes on other entities name.
    nodes_without: u64,
    /// Edges that are lines of notes.
    told: u64,
    /// Edges beyond the lines of an entity.
    untold: u64,
    /// Edges between two nodes that are no entities.
    edges_left_out: u64,
    /// Links of one hand.
    similar: u64,
    /// Other edges between entities.
    joined: u64,
    notes: u64,
    /// Values that were too long.
    cut: u64,
}

/// Writes the entities.
pub(crate) fn write(source: &Source<'_>, folder: &Path) -> Result<Vec<Written>, ExportError> {
    let keys = Keys::of(source);
    let cards = account_cards(source.tables)?;
    let pictures = pictures(source.tables)?;
    let rows = weighed::links(source.tables)?;
    let explanations = weighed::explanations(source.tables)?;
    let mut identities: Vec<Identity> = read(source.tables)?;
    identities.sort_by(|x, y| x.members.cmp(&y.members));
    let matcher = format!("faisceau {}", source.case.tool);
    let frame = Frame { open: String::new(), between: "\n", close: "\n" };
    let mut counts = Counts::default();
    let said = write_objects(folder, FILE, &frame, |to| {
        nodes::write(to, &keys, source.graph, &cards, &pictures, &mut counts)?;
        links::edges(to, &keys, source.graph, &rows, &matcher, &mut counts)?;
        let beside = Beside {
            links: &rows,
            explanations: &explanations,
            reviews: source.reviews,
            identities: &identities,
        };
        links::notes(to, &keys, &beside, &mut counts)?;
        let cut = &mut counts.cut;
        examined::messages(source.tables, source.graph, MESSAGES, |post| {
            let message = messages::message(&keys, post);
            *cut += message.cut();
            to.put(&message)
        })
    })?;
    Ok(list(&counts, said, pictures.positions))
}

fn list(counts: &Counts, said: Messages, positions: u64) -> Vec<Written> {
    [
        ("nodes as entities", counts.entities),
        ("nodes as values", counts.valued),
        ("nodes without entity", counts.nodes_without),
        ("edges as links", counts.joined),
        ("edges as similarities", counts.similar),
        ("edges as notes", counts.told),
        ("edges left out", counts.untold + counts.edges_left_out),
        ("notes", counts.notes),
        ("messages", said.written),
        ("messages left out", said.left_out),
        ("messages of others left out", said.of_others),
        ("positions left out", positions),
        ("values cut", counts.cut),
    ]
    .map(|(what, count)| Written { file: FILE.to_owned(), what, count })
    .into()
}

/// The id of an entity: a SHA-1 over the case, and what it is called in the graph or a table.
fn entity_id(keys: &Keys, called: &str) -> String {
    keys.sha1("entity", called)
}
