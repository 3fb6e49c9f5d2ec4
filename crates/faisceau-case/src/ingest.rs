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

/// Distances from the dates of a source to the events that it was asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Distance {
    /// Smallest, in days.
    pub(crate) min: i64,
    /// Largest, in days.
    pub(crate) max: i64,
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
    failure: Option<TableError>,
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
            failure: None,
        })
    }

    /// The counts of the exhibit just read; the next one starts from zero.
    pub(crate) fn take_tally(&mut self) -> Tally {
        std::mem::take(&mut self.tally)
    }

    /// The first failure to write, which ends the run.
    pub(crate) fn check(&mut self) -> Result<(), TableError> {
        self.failure.take().map_or(Ok(()), Err)
    }

    /// Closes the streamed tables and hands over what stays in memory.
    pub(crate) fn finish(mut self) -> Result<Ingested, TableError> {
        self.check()?;
        self.connections.finish()?;
        self.addresses.finish()?;
        self.rejects.finish()?;
        Ok(self.kept)
    }

    fn keep(&mut self, outcome: Result<(), TableError>) {
        if let Err(error) = outcome {
            self.failure.get_or_insert(error);
        }
    }

    fn measure(&mut self, address: &Address) {
        let verdicts = [
            (&address.country_source, &address.country_days),
            (&address.operator_source, &address.operator_days),
            (&address.tor_source, &address.tor_days),
            (&address.vpn_source, &address.vpn_days),
            (&address.hosting_source, &address.hosting_days),
            (&address.relay_source, &address.relay_days),
        ];
        for (source, days) in verdicts {
            let (Maybe::Known(source), Maybe::Known(days)) = (source, days) else { continue };
            match self.kept.distances.get_mut(source) {
                Some(distance) => {
                    distance.min = distance.min.min(*days);
                    distance.max = distance.max.max(*days);
                }
                None => {
                    self.kept
                        .distances
                        .insert(Arc::clone(source), Distance { min: *days, max: *days });
                }
            }
        }
    }
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
        for address in &addresses {
            self.measure(address);
            if address.account.known().is_some() {
                self.kept.bound.push(address.clone());
            }
        }
        let outcome = self.connections.extend(rows);
        self.keep(outcome);
        let outcome = self.addresses.extend(addresses);
        self.keep(outcome);
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
        let outcome = self.rejects.push(row);
        self.keep(outcome);
    }
}
