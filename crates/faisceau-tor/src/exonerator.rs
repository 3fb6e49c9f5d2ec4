//! The answer of `ExoneraTor` to an address and a day, by its own rules.
//!
//! Only relays with the flag Running; every address of a relay; consensuses from the day before
//! to the day after; *Exit* unless the policy rejects all ports, unknown without a summary;
//! addresses of exit lists (scans from two days before to one after) stand beside the entries of
//! their relay in consensuses of the 24 hours from the scan. Its refusal of the last two days is
//! left out: there is no clock here.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::ops::Range;

use crate::Fingerprint;
use crate::flags::Flags;
use crate::index::{Stay, TorIndex, key};
use crate::policy::PortSummary;

const DAY: i64 = 86_400;

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exonerated {
    /// No consensus within a day.
    NoData,
    /// A relay had the address.
    Positive(Vec<Match>),
    /// None had; these others had one in the /24 or /48.
    Negative {
        /// Their addresses.
        neighbours: Vec<IpAddr>,
    },
}

/// One line of a positive answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// Beginning of the consensus, in seconds since the Unix epoch.
    pub valid_after_s: u32,
    /// The relay.
    pub fingerprint: Fingerprint,
    /// Its name.
    pub nickname: String,
    /// Whether it is an exit; none is unknown.
    pub is_exit: Option<bool>,
    /// Whether the address is that of an exit list only.
    pub by_exit_list: bool,
}

impl TorIndex {
    /// What `ExoneraTor` would say of an address on a day that begins at `day_s`.
    pub fn exonerator(&self, ip: IpAddr, day_s: i64) -> Exonerated {
        let (from, until) = (day_s - DAY, day_s + 2 * DAY);
        let documents = self.between(from, until);
        if documents.iter().all(Range::is_empty) {
            return Exonerated::NoData;
        }
        let mut matches = BTreeSet::new();
        for stay in self.stays_of(key(ip.to_canonical())) {
            matches.extend(self.matches(stay, &documents, false));
        }
        matches.extend(self.by_exit_lists(ip, day_s));
        if !matches.is_empty() {
            return Exonerated::Positive(matches.into_iter().collect());
        }
        let is_there = |stay: &Stay| {
            self.is_running(stay) && documents.iter().any(|part| crate::ask::meets(stay, part))
        };
        Exonerated::Negative { neighbours: self.neighbours_where(ip, is_there) }
    }

    /// The places of the documents that begin within a span, for each flavour.
    fn between(&self, from: i64, until: i64) -> [Range<usize>; 2] {
        [0..self.microdesc_from, self.microdesc_from..self.documents.len()].map(|range| {
            let documents = &self.documents[range.clone()];
            let place = |at: i64| {
                range.start + documents.partition_point(|d| i64::from(d.valid_after_s) < at)
            };
            place(from)..place(until).max(place(from))
        })
    }

    fn is_running(&self, stay: &Stay) -> bool {
        self.states[stay.state as usize].flags.has(Flags::RUNNING)
    }

    fn matches(
        &self,
        stay: &Stay,
        documents: &[Range<usize>; 2],
        by_exit_list: bool,
    ) -> Vec<Match> {
        if !self.is_running(stay) {
            return Vec::new();
        }
        let relay = &self.relays[stay.relay as usize];
        let summary = &self.policies[self.states[stay.state as usize].policy as usize];
        let is_exit = PortSummary::parse(summary).map(|summary| !summary.allows_nothing());
        let places = documents.iter().flat_map(|part| {
            let first = part.start.max(stay.first as usize);
            first..part.end.min(stay.last as usize + 1).max(first)
        });
        let one = |place: usize| Match {
            valid_after_s: self.documents[place].valid_after_s,
            fingerprint: relay.fingerprint,
            nickname: relay.nickname.clone(),
            is_exit,
            by_exit_list,
        };
        places.map(one).collect()
    }

    fn by_exit_lists(&self, ip: IpAddr, day_s: i64) -> BTreeSet<Match> {
        let mut scans: BTreeMap<Fingerprint, Vec<i64>> = BTreeMap::new();
        for scan in self.scans_of(ip) {
            let at = i64::from(scan.at_s);
            if (day_s - 2 * DAY..day_s + 2 * DAY).contains(&at) {
                scans.entry(scan.fingerprint).or_default().push(at);
            }
        }
        let mut out = BTreeSet::new();
        if scans.is_empty() {
            return out;
        }
        for stay in &self.stays {
            let relay = &self.relays[stay.relay as usize];
            for at in scans.get(&relay.fingerprint).into_iter().flatten() {
                let from = (*at).max(day_s - DAY);
                let documents = self.between(from, (at + DAY).min(day_s + 2 * DAY));
                out.extend(self.matches(stay, &documents, true));
            }
        }
        out
    }
}
