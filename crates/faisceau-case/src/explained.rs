//! The innocent explanations of the links, looked into.

use std::path::Path;

use faisceau_graph::explanations::{ExplanationInput, explanations, needed_connections};
use faisceau_model::rows::{
    AddressVerdict, Comparison, Connection, Explanation, Identity, Link, Media, Post,
};

use crate::error::CaseError;
use crate::ingest::Ingested;

/// What the links were made of.
pub(crate) struct Linked<'a> {
    pub(crate) links: &'a [Link],
    pub(crate) comparisons: &'a [Comparison],
    pub(crate) identities: &'a [Identity],
    pub(crate) posts: &'a [Post],
    pub(crate) media: &'a [Media],
    pub(crate) verdicts: &'a [AddressVerdict],
}

/// Looks into the explanations; `folder` holds the table of connections.
pub(crate) fn explained(
    folder: &Path,
    ingested: &Ingested,
    linked: &Linked<'_>,
) -> Result<Vec<Explanation>, CaseError> {
    let wanted = needed_connections(linked.comparisons, &ingested.bound);
    let mut connections: Vec<Connection> = Vec::new();
    faisceau_tables::read_batches::<Connection>(folder, |rows| {
        connections.extend(rows.into_iter().filter(|row| wanted.contains(&row.id)));
        true
    })?;
    Ok(explanations(&ExplanationInput {
        links: linked.links,
        comparisons: linked.comparisons,
        posts: linked.posts,
        addresses: &ingested.bound,
        verdicts: linked.verdicts,
        connections: &connections,
        accounts: &ingested.accounts,
        media: linked.media,
        identities: linked.identities,
    }))
}
