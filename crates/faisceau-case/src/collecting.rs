//! Taking in what was collected over the network. The asking itself is not here: this crate opens
//! no socket, a front end hands over what `faisceau-collect` obtained.
//!
//! In: what is going to be asked of whom, then the bytes that came. Out: an exhibit and two acts:
//! `collection_begun` before anything leaves the machine, `collected` once the bytes are kept. A
//! collection that was broken off leaves the first alone, so that what third parties may have
//! learnt is on record, and the pieces that it obtained, with which the same wish goes on.

use std::collections::BTreeSet;
use std::io;
use std::net::IpAddr;
use std::path::PathBuf;

use faisceau_model::ExhibitNo;
use faisceau_model::rows::Connection;
use faisceau_store::{Limits, Refusal, Sha256Sum, Spool, Writer, spools};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use crate::case::Case;
use crate::error::CaseError;
use crate::progress::{Progress, Step};

const BEGUN: &str = "collection_begun";
pub(crate) const COLLECTED: &str = "collected";
/// How a name writes the instant of the beginning.
const STAMP: &str = "%Y-%m-%dT%H%M%SZ";
/// Digits of the hash that tells one wish from another.
const KEY: usize = 16;

/// What a collection became.
#[derive(Debug, Clone, Default)]
pub struct TakenIn {
    /// The exhibits, in the order of the files; members of archives are not among them.
    pub exhibits: Vec<ExhibitNo>,
    /// What was not taken out of an archive, and why.
    pub refused: Vec<Refusal>,
}

/// The word for what a browser of a collection made, where the format of an exhibit stands.
pub(crate) const CAPTURE: &str = "page-capture";
/// The endings of what it makes. The document that it ends up with is read as any page.
const CAPTURES: [&str; 3] = [".png", ".pdf", ".capture.json"];

/// A collection under way. Nobody else writes to the case until it ends.
pub struct Collecting<'c> {
    writer: Writer<'c>,
    spool: Spool,
    name: String,
    began: Timestamp,
}

impl Case {
    /// The distinct public addresses of the connections of the last run, in the order of addresses.
    pub fn public_addresses(&self) -> Result<Vec<IpAddr>, CaseError> {
        self.checked_record()?;
        let mut found = BTreeSet::new();
        faisceau_tables::read_batches::<Connection>(&self.tables(), |rows| {
            found.extend(rows.iter().filter_map(|row| row.ip.parse::<IpAddr>().ok()));
            true
        })?;
        let public =
            |ip: &IpAddr| faisceau_model::scope(*ip) == faisceau_model::AddressScope::Global;
        Ok(found.into_iter().filter(public).collect())
    }

    /// Takes the lock and records what is going to be asked, before anything is. `what` is the
    /// wish: the same wish goes on where an ended process left it, with what that one obtained.
    pub fn collecting(
        &mut self,
        source: &str,
        mut what: Map<String, Value>,
        who: &str,
        now: Timestamp,
    ) -> Result<Collecting<'_>, CaseError> {
        what.insert("source".to_owned(), Value::from(source));
        let wish = Value::Object(what.clone()).to_string();
        let key = &Sha256Sum::of(wish.as_bytes()).to_string()[..KEY];
        let left = spools(self.root()).map_err(|source| CaseError::Io {
            action: "read",
            path: self.root().join("collecting"),
            source,
        })?;
        let begun = left.into_iter().find_map(|name| {
            let stamp = name.strip_prefix(source)?.strip_prefix('-')?;
            let stamp = stamp.strip_suffix(key)?.strip_suffix('-')?;
            Some((DateTime::strptime(STAMP, stamp).ok()?.to_zoned(TimeZone::UTC).ok()?, name))
        });
        let (began, name) = match begun {
            Some((at, name)) => (at.timestamp(), name),
            None => (now, format!("{source}-{}-{key}", now.strftime(STAMP))),
        };
        let mut writer = self.store.write(who, now)?;
        let spool = writer.spool(&name)?;
        if !spool.lengths().is_empty() {
            what.insert("pieces_of_before".to_owned(), Value::from(spool.lengths().len()));
        }
        if spool.dropped() > 0 {
            what.insert("dropped_bytes".to_owned(), Value::from(spool.dropped()));
        }
        writer.record(BEGUN, what)?;
        Ok(Collecting { writer, spool, name, began })
    }

    /// Pictures, prints and records that the browser of a collection made, as the journal says.
    pub(crate) fn captured(&self) -> BTreeSet<ExhibitNo> {
        let acts = self.store.journal().iter().filter(|entry| entry.act == COLLECTED);
        let shown = acts.filter(|entry| entry.fields.contains_key("captures"));
        let numbers = shown.filter_map(|entry| entry.fields.get("exhibits")?.as_array()).flatten();
        let exhibits = numbers.filter_map(|no| self.store.exhibit(no.as_str()?.parse().ok()?));
        let made =
            exhibits.filter(|exhibit| CAPTURES.iter().any(|end| exhibit.name.ends_with(end)));
        made.map(|exhibit| exhibit.no).collect()
    }

    /// Collections that ended before they were whole: what was obtained waits for the same command.
    pub fn unfinished_collections(&self) -> Result<Vec<String>, CaseError> {
        spools(self.root()).map_err(|source| CaseError::Io {
            action: "read",
            path: self.root().join("collecting"),
            source,
        })
    }
}

impl Collecting<'_> {
    /// When it began, with what an ended process obtained.
    pub fn began(&self) -> Timestamp {
        self.began
    }

    /// The name of its exhibits, without an ending.
    pub fn stem(&self) -> String {
        let key = KEY + 1;
        format!("collected/{}", &self.name[..self.name.len().saturating_sub(key)])
    }

    /// Bytes that an ended process had kept and that were altered since. They were dropped.
    pub fn dropped(&self) -> u64 {
        self.spool.dropped()
    }

    /// How long each piece is that is kept so far.
    pub fn pieces(&self) -> &[u64] {
        self.spool.lengths()
    }

    /// What is kept so far.
    pub fn kept(&mut self) -> io::Result<Vec<u8>> {
        self.spool.read()
    }

    /// Keeps what came, so that an ended process does not lose it.
    pub fn append(&mut self, piece: &[u8]) -> io::Result<()> {
        self.spool.append(piece)
    }

    /// Makes files exhibits, each under the stem and its ending, and records how they came about. What
    /// is kept so far is among them, in one form or another; where nothing came, there is only the
    /// record.
    pub fn keep(
        mut self,
        files: &[(String, Vec<u8>)],
        mut how: Map<String, Value>,
        progress: Progress<'_>,
    ) -> Result<TakenIn, CaseError> {
        let stem = self.stem();
        // Archives that an ended process left come first, or their members would pass for these.
        self.writer.finish(&Limits::default(), &mut |_| {})?;
        let mut taken = TakenIn::default();
        for (ending, bytes) in files.iter().filter(|(_, bytes)| !bytes.is_empty()) {
            let (name, total) = (format!("{stem}{ending}"), bytes.len() as u64);
            let more = self.writer.add_bytes(&name, bytes, &Limits::default(), &mut |step| {
                progress(&Step { stage: "add", what: step.name, done: step.bytes, total });
            })?;
            taken.exhibits.extend(more.again.first().or(more.new.first()));
            taken.refused.extend(more.refused);
        }
        let tops: Vec<String> = taken.exhibits.iter().map(ToString::to_string).collect();
        how.insert("exhibits".to_owned(), Value::from(tops));
        how.insert("began".to_owned(), Value::from(self.began.to_string()));
        self.writer.record(COLLECTED, how)?;
        self.spool.remove().map_err(|source| CaseError::Io {
            action: "remove",
            path: PathBuf::from(&self.name),
            source,
        })?;
        Ok(taken)
    }
}
