//! Takes the rows of every exhibit, in order, into tables; enriches connections on the way.
//!
//! Posts and connections are many: they go through in batches and are never held as a whole. What
//! is kept of posts is when each account was active and where it was first seen; those that the
//! comparisons need are read again from their table. Accounts, images and hops stay in memory.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use faisceau_enrich::{Enrichment, clock_checks, enrich};
use faisceau_graph::Activity;
use faisceau_model::rows::{
    Account, Address, ClockCheck, Connection, Device, MailHop, Media, MediaField, Name, Post,
    Reject, Signature, Subscriber, UnknownField,
};
use faisceau_model::{
    AccountKey, ClockVerdict, ExhibitNo, Maybe, Moment, Place, PostKind, Precision, RowId, Sink,
    Tally,
};
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
#[derive(Debug)]
pub(crate) struct Ingested {
    /// When each account was active.
    pub(crate) activity: Activity,
    pub(crate) accounts: Vec<Account>,
    /// Posts by account.
    pub(crate) writers: BTreeMap<AccountKey, Writing>,
    /// Posts in all.
    pub(crate) posts: u64,
    /// First and last dated post.
    pub(crate) period: Option<(Moment, Moment)>,
    /// Second clocks of posts that disagree with the declared time.
    pub(crate) clock_disagreements: u64,
    pub(crate) media: Vec<Media>,
    /// The mails among the posts.
    pub(crate) mails: Vec<MailFound>,
    pub(crate) mail_hops: Vec<MailHop>,
    pub(crate) names: Vec<Name>,
    pub(crate) devices: Vec<Device>,
    pub(crate) subscribers: Vec<Subscriber>,
    pub(crate) signatures: Vec<Signature>,
    pub(crate) unknown_fields: Vec<UnknownField>,
    /// Addresses whose account the source names.
    pub(crate) bound: Vec<Address>,
    /// Uses of an address, with or without account.
    pub(crate) connections: u64,
    /// By source: how far its dates lie from the events.
    pub(crate) distances: BTreeMap<Arc<str>, Distance>,
}

/// What an account posted.
#[derive(Debug, Clone)]
pub(crate) struct Writing {
    /// How many posts.
    pub(crate) posts: u64,
    /// The first of them.
    pub(crate) first: (ExhibitNo, Place, RowId),
}

/// A mail that was read.
#[derive(Debug, Clone)]
pub(crate) struct MailFound {
    pub(crate) exhibit: ExhibitNo,
    pub(crate) place: Place,
    /// The account of `From`.
    pub(crate) account: AccountKey,
    /// Its Message-ID.
    pub(crate) message: Maybe<String>,
    /// When its sender says that it was written.
    pub(crate) at: Maybe<Moment>,
}

impl MailFound {
    fn of(post: &Post) -> Self {
        Self {
            exhibit: post.exhibit,
            place: post.place.clone(),
            account: post.account.clone(),
            message: post.content_id.clone(),
            at: post.at,
        }
    }
}

impl Counts {
    /// Adds the uses of an address that more was learnt of after the exhibit was read.
    pub(crate) const fn add_uses(&mut self, more: &Self) {
        self.connections += more.connections;
        self.usable += more.usable;
    }
}

/// What one exhibit gave.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    /// Records, and the span of their times.
    pub(crate) tally: Tally,
    /// Uses of an address.
    pub(crate) connections: i64,
    /// Those of them that an access operator can answer from: port (or IPv6) and second.
    pub(crate) usable: i64,
    /// Data that an addressee declares of subscribers.
    pub(crate) subscribers: i64,
}

/// Connections that are looked up together: enough for all cores, few enough for the memory.
const TOGETHER: usize = 1 << 12;

/// The sink of a run.
pub(crate) struct Ingest<'a> {
    with: Enrichment<'a>,
    /// Connections that wait to be looked up together, in the batches in which they came.
    waiting: Vec<Vec<Connection>>,
    waiting_rows: usize,
    connections: TableWriter<Connection>,
    addresses: TableWriter<Address>,
    rejects: TableWriter<Reject>,
    posts: TableWriter<Post>,
    clocks: TableWriter<ClockCheck>,
    media_fields: TableWriter<MediaField>,
    kept: Ingested,
    counts: Counts,
}

impl<'a> Ingest<'a> {
    pub(crate) fn create(
        folder: &Path,
        with: Enrichment<'a>,
        activity: Activity,
    ) -> Result<Self, TableError> {
        Ok(Self {
            with,
            waiting: Vec::new(),
            waiting_rows: 0,
            connections: TableWriter::create(folder)?,
            addresses: TableWriter::create(folder)?,
            rejects: TableWriter::create(folder)?,
            posts: TableWriter::create(folder)?,
            clocks: TableWriter::create(folder)?,
            media_fields: TableWriter::create(folder)?,
            kept: Ingested {
                activity,
                accounts: Vec::new(),
                writers: BTreeMap::new(),
                posts: 0,
                period: None,
                clock_disagreements: 0,
                media: Vec::new(),
                mails: Vec::new(),
                mail_hops: Vec::new(),
                names: Vec::new(),
                devices: Vec::new(),
                subscribers: Vec::new(),
                signatures: Vec::new(),
                unknown_fields: Vec::new(),
                bound: Vec::new(),
                connections: 0,
                distances: BTreeMap::new(),
            },
            counts: Counts::default(),
        })
    }

    /// The counts of the exhibit just read; the next one starts from zero.
    pub(crate) fn take_counts(&mut self) -> Counts {
        std::mem::take(&mut self.counts)
    }

    /// What was kept so far.
    pub(crate) const fn kept(&mut self) -> &mut Ingested {
        &mut self.kept
    }

    /// Closes the streamed tables and hands over what stays in memory.
    pub(crate) fn finish(mut self) -> Result<Ingested, TableError> {
        self.look_up();
        let accounts = clock_checks(&[], &self.kept.accounts);
        self.check(accounts);
        self.posts.finish()?;
        self.clocks.finish()?;
        self.media_fields.finish()?;
        self.connections.finish()?;
        self.addresses.finish()?;
        self.rejects.finish()?;
        Ok(self.kept)
    }
}

impl Ingest<'_> {
    /// Looks the waiting connections up and hands them to their table, with their addresses.
    fn look_up(&mut self) {
        self.waiting_rows = 0;
        let batches = std::mem::take(&mut self.waiting);
        let addresses = enrich(&batches, &self.with);
        // Smallest and largest: the order in which parts are merged does not matter.
        let found = addresses.par_iter().map(|rows| distances(rows));
        let found = found.reduce(BTreeMap::new, merged);
        self.kept.distances = merged(std::mem::take(&mut self.kept.distances), found);
        for (connections, addresses) in batches.into_iter().zip(addresses) {
            let bound = addresses.iter().filter(|address| address.account.known().is_some());
            self.kept.bound.extend(bound.cloned());
            self.connections.extend(connections);
            self.addresses.extend(addresses);
        }
    }

    fn check(&mut self, rows: Vec<ClockCheck>) {
        let disagrees = |row: &&ClockCheck| row.verdict == ClockVerdict::Disagrees;
        self.kept.clock_disagreements += rows.iter().filter(disagrees).count() as u64;
        for row in rows {
            self.clocks.push(row);
        }
    }
}

impl Ingested {
    /// Keeps of a post what is asked of all posts.
    fn note(&mut self, post: &Post) {
        self.posts += 1;
        self.activity.add(post);
        if post.kind == PostKind::Mail {
            self.mails.push(MailFound::of(post));
        }
        if let Some(writing) = self.writers.get_mut(&post.account) {
            writing.posts += 1;
        } else {
            let first = (post.exhibit, post.place.clone(), post.id.clone());
            self.writers.insert(post.account.clone(), Writing { posts: 1, first });
        }
        if let Maybe::Known(at) = post.at {
            let (first, last) = self.period.unwrap_or((at, at));
            self.period = Some((first.min(at), last.max(at)));
        }
    }

    /// How many posts an account has.
    pub(crate) fn posts_of(&self, account: &AccountKey) -> u64 {
        self.writers.get(account).map_or(0, |writing| writing.posts)
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

/// Whether an access operator can answer, and the source can be believed.
fn is_usable(row: &Connection) -> bool {
    !row.declared && can_be_answered(row)
}

/// Whether the second is known, and the port where several subscribers may share the address.
pub(crate) fn can_be_answered(row: &Connection) -> bool {
    let second = row.at.known().is_some_and(|at| at.precision() <= Precision::Second);
    second && (row.port.known().is_some() || row.ip.contains(':'))
}

impl Sink for Ingest<'_> {
    fn records(&mut self, count: u64) {
        self.counts.tally.records += count;
    }

    fn read(&mut self, count: u64) {
        self.counts.tally.read += count;
    }

    fn account(&mut self, row: Account) {
        self.kept.accounts.push(row);
    }

    fn post(&mut self, row: Post) {
        self.counts.tally.saw(&row.at);
        self.kept.note(&row);
        self.check(clock_checks(std::slice::from_ref(&row), &[]));
        self.posts.push(row);
    }

    fn connections(&mut self, rows: Vec<Connection>) {
        self.kept.connections += rows.len() as u64;
        self.counts.connections += rows.len() as i64;
        self.counts.usable += rows.iter().filter(|row| is_usable(row)).count() as i64;
        for row in &rows {
            self.counts.tally.saw(&row.at);
        }
        self.waiting_rows += rows.len();
        self.waiting.push(rows);
        if self.waiting_rows >= TOGETHER {
            self.look_up();
        }
    }

    fn media(&mut self, row: Media) {
        self.kept.media.push(row);
    }

    fn media_field(&mut self, row: MediaField) {
        self.media_fields.push(row);
    }

    fn mail_hop(&mut self, row: MailHop) {
        self.kept.mail_hops.push(row);
    }

    fn name(&mut self, row: Name) {
        self.kept.names.push(row);
    }

    fn device(&mut self, row: Device) {
        self.kept.devices.push(row);
    }

    fn subscriber(&mut self, row: Subscriber) {
        self.counts.subscribers += 1;
        self.kept.subscribers.push(row);
    }

    fn signature(&mut self, row: Signature) {
        self.kept.signatures.push(row);
    }

    fn unknown_field(&mut self, row: UnknownField) {
        self.kept.unknown_fields.push(row);
    }

    fn reject(&mut self, row: Reject) {
        self.counts.tally.rejected(row.reason);
        self.rejects.push(row);
    }
}
