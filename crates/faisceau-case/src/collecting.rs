//! Taking in what was collected over the network. The asking itself is not here: this crate opens
//! no socket, a front end hands over what `faisceau-collect` obtained.
//!
//! In: what is going to be asked of whom, then the bytes that came. Out: an exhibit and two acts:
//! `collection_begun` before anything leaves the machine, `collected` once the bytes are kept. A
//! collection that was broken off leaves the first alone, so that what third parties may have
//! learnt is on record.

use std::collections::BTreeSet;
use std::net::IpAddr;

use faisceau_model::rows::Connection;
use faisceau_store::{Added, Limits, Writer};
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::case::Case;
use crate::error::CaseError;
use crate::progress::{Progress, Step};

const BEGUN: &str = "collection_begun";
const COLLECTED: &str = "collected";

/// A collection under way. Nobody else writes to the case until it ends.
pub struct Collecting<'c> {
    writer: Writer<'c>,
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

    /// Takes the lock and records what is going to be asked, before anything is.
    pub fn collecting(
        &mut self,
        what: Map<String, Value>,
        who: &str,
        now: Timestamp,
    ) -> Result<Collecting<'_>, CaseError> {
        let mut writer = self.store.write(who, now)?;
        writer.record(BEGUN, what)?;
        Ok(Collecting { writer })
    }
}

impl Collecting<'_> {
    /// Makes the bytes an exhibit under `name`, and records how they came about.
    pub fn keep(
        mut self,
        name: &str,
        bytes: &[u8],
        mut how: Map<String, Value>,
        progress: Progress<'_>,
    ) -> Result<Added, CaseError> {
        let total = bytes.len() as u64;
        let added = self.writer.add_bytes(name, bytes, &Limits::default(), &mut |step| {
            progress(&Step { stage: "add", what: step.name, done: step.bytes, total });
        })?;
        if let Some(no) = added.new.first().or(added.again.first()) {
            how.insert("no".to_owned(), Value::from(no.to_string()));
        }
        self.writer.record(COLLECTED, how)?;
        Ok(added)
    }
}
