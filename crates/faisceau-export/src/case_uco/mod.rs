//! A CASE/UCO graph as JSON-LD, for forensic laboratories.
//!
//! Comes in: the journal, the tables, the graph. Goes out: `case.jsonld`: an action for each act of
//! the journal, a record of provenance for each exhibit, an object for each node, a relationship
//! for each edge, the messages of examined accounts. Refuses: `ConfidenceFacet`, which is a scale
//! of 0 to 100; the names that addressees declared of subscribers; positions of pictures.
//! Source: CASE 1.5.0, UCO 1.5.0.

mod acts;
mod context;
mod exhibits;
mod messages;
mod nodes;
mod relations;

use std::path::Path;

use faisceau_model::rows::Identity;
use faisceau_tables::read;

use crate::error::ExportError;
use crate::examined::{MESSAGES, messages};
use crate::joined::{account_cards, pictures};
use crate::json::{Frame, write_objects};
use crate::source::Source;
use crate::uuid5::Keys;
use crate::weighed;
use crate::written::Written;

/// The file.
const FILE: &str = "case.jsonld";

/// Writes the graph.
pub(crate) fn write(source: &Source<'_>, folder: &Path) -> Result<Vec<Written>, ExportError> {
    let keys = Keys::of(source);
    let cards = account_cards(source.tables)?;
    let pictures = pictures(source.tables)?;
    let links = weighed::links(source.tables)?;
    let explanations = weighed::explanations(source.tables)?;
    let mut identities: Vec<Identity> = read(source.tables)?;
    identities.sort_by(|x, y| x.members.cmp(&y.members));
    let exhibits = exhibits::rows(source.tables)?;
    let frame = Frame { open: context::open(), between: ",\n", close: "\n]}\n" };
    let counted = write_objects(folder, FILE, &frame, |to| {
        let records = exhibits::records(&keys, &exhibits);
        let names = nodes::names(&keys, source.graph);
        let acts = acts::write(to, &keys, source, &records, &names)?;
        exhibits::write(to, &keys, &exhibits, &records)?;
        nodes::write(to, &keys, source.graph, &cards, &pictures)?;
        let edges = relations::write(to, &keys, source.graph, &names, &links)?;
        let (annotations, alone) = relations::explanations(to, &keys, &explanations, &edges.links)?;
        let (groups, empty) = relations::identities(to, &keys, &identities, &names)?;
        let said = messages(source.tables, source.graph, MESSAGES, |post| {
            messages::write(to, &keys, &names, post)
        })?;
        Ok([
            ("objects", to.written()),
            ("acts", acts),
            ("exhibits", exhibits.len() as u64),
            ("nodes", names.len() as u64),
            ("edges", edges.written),
            ("annotations of explanations", annotations),
            ("groupings", groups),
            ("messages", said.written),
            ("messages left out", said.left_out),
            ("messages of others left out", said.of_others),
            ("edges left out", edges.left_out),
            ("assessments left out", alone + empty),
            ("positions left out", pictures.positions),
        ])
    })?;
    let written = |(what, count)| Written { file: FILE.to_owned(), what, count };
    Ok(counted.into_iter().map(written).collect())
}
