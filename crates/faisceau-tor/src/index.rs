//! The index: which relay had an address in which consensuses, in which state.
//!
//! Documents are in order of flavour and time; a stay is a run of documents that show one relay at
//! one address in one state. What stands on disk is told in `docs/tor-index.md`.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::Fingerprint;
use crate::consensus::Flavour;
use crate::exit_list::ExitScan;
use crate::flags::Flags;
use crate::signature::Signed;

/// A consensus that the index rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covering {
    /// Which kind.
    pub flavour: Flavour,
    /// From when it stands, in seconds since the Unix epoch.
    pub valid_after_s: u32,
    /// Until when it is the one to use.
    pub fresh_until_s: u32,
    /// Until when it may be used at all.
    pub valid_until_s: u32,
    /// SHA-256 of the document from `network-status-version` on, without annotation.
    pub sha256: [u8; 32],
    /// Who signed it.
    pub signed: Signed,
}

/// A relay under one name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RelayName {
    pub(crate) fingerprint: Fingerprint,
    pub(crate) nickname: String,
}

/// What a consensus says of a relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct State {
    pub(crate) flags: Flags,
    /// Place of the summary; 0 is none.
    pub(crate) policy: u32,
    /// Place of the policy of its descriptor; 0 is none.
    pub(crate) full: u32,
}

/// A run of documents, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stay {
    pub(crate) relay: u32,
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) state: u32,
}

/// What is known of addresses on the Tor network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TorIndex {
    pub(crate) documents: Vec<Covering>,
    /// Until when each document is the newest of its flavour.
    pub(crate) stands_until: Vec<u32>,
    /// The first document of the second flavour.
    pub(crate) microdesc_from: usize,
    pub(crate) lists: Vec<(u32, [u8; 32])>,
    pub(crate) relays: Vec<RelayName>,
    pub(crate) policies: Vec<String>,
    pub(crate) full: Vec<String>,
    pub(crate) states: Vec<State>,
    /// Addresses as [`key`]s, sorted.
    pub(crate) addresses: Vec<u128>,
    /// Where the stays of each begin; one more at the end.
    pub(crate) begins: Vec<u32>,
    pub(crate) stays: Vec<Stay>,
    /// Sorted by address, relay, time.
    pub(crate) scans: Vec<ExitScan>,
}

impl TorIndex {
    #[expect(clippy::too_many_arguments, reason = "one for each table of the layout")]
    pub(crate) fn new(
        documents: Vec<Covering>,
        lists: Vec<(u32, [u8; 32])>,
        relays: Vec<RelayName>,
        policies: Vec<String>,
        full: Vec<String>,
        states: Vec<State>,
        by_address: BTreeMap<IpAddr, Vec<Stay>>,
        scans: Vec<ExitScan>,
    ) -> Self {
        let (mut addresses, mut begins, mut stays) = (Vec::new(), vec![0], Vec::new());
        let by_key: BTreeMap<u128, Vec<Stay>> =
            by_address.into_iter().map(|(ip, stays)| (key(ip), stays)).collect();
        for (address, mut of_address) in by_key {
            addresses.push(address);
            stays.append(&mut of_address);
            begins.push(stays.len() as u32);
        }
        let mut index = Self {
            documents,
            stands_until: Vec::new(),
            microdesc_from: 0,
            lists,
            relays,
            policies,
            full,
            states,
            addresses,
            begins,
            stays,
            scans,
        };
        index.derive_windows();
        index
    }

    /// Works out until when each document is the newest of its flavour.
    pub(crate) fn derive_windows(&mut self) {
        let documents = &self.documents;
        self.microdesc_from = documents.partition_point(|d| d.flavour == Flavour::Plain);
        let mut next: Option<(Flavour, u32, u32)> = None;
        self.stands_until = vec![0; documents.len()];
        for (index, document) in documents.iter().enumerate().rev() {
            // Of several at one instant, all stand until the next instant.
            let limit = match next {
                Some((flavour, at, _))
                    if flavour == document.flavour && at > document.valid_after_s =>
                {
                    at
                }
                Some((flavour, at, after))
                    if flavour == document.flavour && at == document.valid_after_s =>
                {
                    after
                }
                _ => u32::MAX,
            };
            self.stands_until[index] = document.valid_until_s.min(limit);
            next = Some((document.flavour, document.valid_after_s, limit));
        }
    }

    /// The consensuses that it rests on, in order of flavour and time.
    pub fn documents(&self) -> &[Covering] {
        &self.documents
    }

    /// The exit lists that it rests on: when downloaded, SHA-256 of the document.
    pub fn exit_lists(&self) -> &[(u32, [u8; 32])] {
        &self.lists
    }

    /// How many addresses it knows from consensuses, and in how many stays.
    pub fn size(&self) -> (usize, usize) {
        (self.addresses.len(), self.stays.len())
    }

    pub(crate) fn stays_of(&self, address: u128) -> &[Stay] {
        self.addresses.binary_search(&address).map_or(&[], |place| self.stays_at(place))
    }

    pub(crate) fn stays_at(&self, place: usize) -> &[Stay] {
        &self.stays[self.begins[place] as usize..self.begins[place + 1] as usize]
    }
}

/// An address as a number: IPv4 as the IPv6 address that stands for it.
pub(crate) fn key(ip: IpAddr) -> u128 {
    match ip {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().to_bits(),
        IpAddr::V6(v6) => v6.to_bits(),
    }
}
