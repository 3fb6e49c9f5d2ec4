//! Takes the rows of every exhibit, in order, into tables; enriches connections on the way.
//!
//! Connections are many: they go through in batches and are never held as a whole. Posts,
//! accounts, images and hops stay in memory for the comparisons.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use faisceau_datasets::Bundle;
use faisceau_enrich::{Overlay, enrich};
use faisceau_model::rows::{Account, Address, Connection, MailHop, Media, Post, Reject};
use faisceau_model::{Maybe, RejectReason, Sink, Tally};
use faisceau_tables::{TableError, TableWriter};
use rayon::prelude::*;

/// Distances from the dates of a source to the events that it was asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Distance {
    /// Smallest, in days.
    pub(crate) min: i64,
    /// Largest, in days.
    pub(crate) max: i64,
}

impl Distance {
    fn with(self, other: Self) -> Self {
        Self { min: self.min.min(other.min), max: self.max.max(other.max) }
    }
}

/// What is kept in memory once every exhibit was read.
#[derive(Debug, Default)]
pub(crate) struct Ingested {
    pub(crate) accounts: Vec<Account>,
    pub(crate) posts: Vec<Post>,
    pub(crate) media: Vec<Media>,
    pub(crate) mail_hops: Vec<MailHop>,
    /// Addresses whose account the source names.
    pub(crate) bound: Vec<Address>,
    /// Uses of an address, with or without account.
    pub(crate) connections: u64,
    /// By source: how far its dates lie from the events.
    pub(crate) distances: BTreeMap<Arc<str>, Distance>,
}

/// The sink of a run.
pub(crate) struct Ingest<'a> {
    bundle: &'a Bundle,
    overlay: &'a Overlay,
    connections: TableWriter<Connection>,
    addresses: TableWriter<Address>,
    rejects: TableWriter<Reject>,
    kept: Ingested,
    tally: Tally,
}

impl<'a> Ingest<'a> {
    pub(crate) fn create(
        folder: &Path,
        bundle: &'a Bundle,
        overlay: &'a Overlay,
    ) -> Result<Self, TableError> {
        Ok(Self {
            bundle,
            overlay,
            connections: TableWriter::create(folder)?,
            addresses: TableWriter::create(folder)?,
            rejects: TableWriter::create(folder)?,
            kept: Ingested::default(),
            tally: Tally::default(),
        })
    }

    /// The counts of the exhibit just read; the next one starts from zero.
    pub(crate) fn take_tally(&mut self) -> Tally {
        std::mem::take(&mut self.tally)
    }

    /// Closes the streamed tables and hands over what stays in memory.
    pub(crate) fn finish(self) -> Result<Ingested, TableError> {
        self.connections.finish()?;
        self.addresses.finish()?;
        self.rejects.finish()?;
        Ok(self.kept)
    }
}

/// How far the dates of each source lie from the events of these rows.
fn distances(rows: &[Address]) -> BTreeMap<Arc<str>, Distance> {
    let mut found: Vec<(Arc<str>, Distance)> = Vec::new();
    for row in rows {
        let verdicts = [
            (&row.country_source, &row.country_days),
            (&row.operator_source, &row.operator_days),
            (&row.tor_source, &row.tor_days),
            (&row.vpn_source, &row.vpn_days),
            (&row.hosting_source, &row.hosting_days),
            (&row.relay_source, &row.relay_days),
        ];
        for (source, days) in verdicts {
            let (Maybe::Known(source), Maybe::Known(days)) = (source, days) else { continue };
            let here = Distance { min: *days, max: *days };
            // A handful of sources: a look through the list beats a tree.
            match found.iter_mut().find(|(s, _)| Arc::ptr_eq(s, source) || s == source) {
                Some((_, distance)) => *distance = distance.with(here),
                None => found.push((Arc::clone(source), here)),
            }
        }
    }
    found.into_iter().collect()
}

fn merged(
    mut all: BTreeMap<Arc<str>, Distance>,
    more: BTreeMap<Arc<str>, Distance>,
) -> BTreeMap<Arc<str>, Distance> {
    for (source, distance) in more {
        all.entry(source).and_modify(|d| *d = d.with(distance)).or_insert(distance);
    }
    all
}

impl Sink for Ingest<'_> {
    fn records(&mut self, count: u64) {
        self.tally.records += count;
    }

    fn read(&mut self, count: u64) {
        self.tally.read += count;
    }

    fn account(&mut self, row: Account) {
        self.kept.accounts.push(row);
    }

    fn post(&mut self, row: Post) {
        self.kept.posts.push(row);
    }

    fn connections(&mut self, rows: Vec<Connection>) {
        self.kept.connections += rows.len() as u64;
        let addresses = enrich(&rows, self.bundle, self.overlay);
        // Smallest and largest: the order in which parts are merged does not matter.
        let found = addresses.par_chunks(4096).map(distances).reduce(BTreeMap::new, merged);
        self.kept.distances = merged(std::mem::take(&mut self.kept.distances), found);
        let bound = addresses.iter().filter(|address| address.account.known().is_some());
        self.kept.bound.extend(bound.cloned());
        self.connections.extend(rows);
        self.addresses.extend(addresses);
    }

    fn media(&mut self, row: Media) {
        self.kept.media.push(row);
    }

    fn mail_hop(&mut self, row: MailHop) {
        self.kept.mail_hops.push(row);
    }

    fn reject(&mut self, row: Reject) {
        self.tally.rejected += 1;
        self.tally.set_aside += u64::from(row.reason == RejectReason::SetAside);
        self.rejects.push(row);
    }
}
