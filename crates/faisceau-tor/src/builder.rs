//! Builds an index from documents, in any order: the same set gives the same bytes.
//!
//! In: files ([`TorIndexBuilder::add`]). Out: a [`TorIndex`]. Signatures are counted at the end,
//! when all certificates are there. What cannot be read is given back with its line.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::net::IpAddr;

use sha2::Digest as _;

use crate::Fingerprint;
use crate::authorities::Authorities;
use crate::certificate::Certificates;
use crate::consensus::{Consensus, Flavour};
use crate::descriptor::Descriptor;
use crate::document::{self, Kind};
use crate::error::Refused;
use crate::exit_list::{ExitList, ExitScan};
use crate::flags::Flags;
use crate::index::{Covering, RelayName, State, Stay, TorIndex};
use crate::signature::{Signature, Signed};
use crate::unpack::{Limits, unpack};

/// Something that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// The file.
    pub file: String,
    /// Its line, from 1; 0 where no line can be named.
    pub line: usize,
    /// Why.
    pub reason: String,
}

/// What was taken from a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Added {
    /// Consensuses, without those that were there.
    pub consensuses: usize,
    /// Exit lists.
    pub exit_lists: usize,
    /// Server descriptors.
    pub descriptors: usize,
    /// Certificates.
    pub certificates: usize,
    /// Entries of relays and scans.
    pub entries: usize,
    /// Documents that were there already.
    pub repeated: usize,
    /// What was not taken.
    pub rejects: Vec<Reject>,
}

type StateKey = (Flags, u32, u32);

struct Pending {
    flavour: Flavour,
    times: [u32; 3],
    sha256: [u8; 32],
    signatures: Vec<Signature>,
    digests: (Vec<u8>, Vec<u8>),
}

/// Builds an index.
pub struct TorIndexBuilder {
    limits: Limits,
    authorities: Authorities,
    certificates: Certificates,
    documents: Vec<Pending>,
    known: BTreeSet<[u8; 32]>,
    relays: Interned<(Fingerprint, String)>,
    /// Summaries of exit policies; the first is none.
    policies: Interned<String>,
    /// Digests of descriptors; the first is none.
    digests: Interned<Option<Fingerprint>>,
    states: Interned<StateKey>,
    sightings: BTreeMap<(IpAddr, u32), Vec<(u32, u32)>>,
    descriptors: BTreeMap<Fingerprint, String>,
    lists: BTreeSet<(u32, [u8; 32])>,
    scans: BTreeSet<ExitScan>,
}

impl TorIndexBuilder {
    /// Starts without a document.
    pub fn new(authorities: Authorities, limits: Limits) -> Self {
        let (mut policies, mut digests) = (Interned::default(), Interned::default());
        policies.id(String::new());
        digests.id(None);
        Self {
            limits,
            authorities,
            certificates: Certificates::default(),
            documents: Vec::new(),
            known: BTreeSet::new(),
            relays: Interned::default(),
            policies,
            digests,
            states: Interned::default(),
            sightings: BTreeMap::new(),
            descriptors: BTreeMap::new(),
            lists: BTreeSet::new(),
            scans: BTreeSet::new(),
        }
    }

    /// Adds a file: a document, several, or an archive of them.
    ///
    /// # Errors
    /// When the archive is damaged or beyond the limits; what was read before stays. Documents
    /// that are of no known kind are among the rejects.
    pub fn add(&mut self, name: &str, mut reader: impl Read) -> Result<Added, Refused> {
        let (mut added, limits) = (Added::default(), self.limits);
        unpack(name, &mut reader, &limits, &mut |name, text| {
            for (line, part) in document::split(text) {
                self.one(name, line, part, &mut added);
            }
            Ok(())
        })?;
        Ok(added)
    }

    fn one(&mut self, file: &str, first: usize, text: &[u8], added: &mut Added) {
        let reject = |line: usize, reason: String| {
            let line = if line == 0 { 0 } else { first + line };
            Reject { file: file.to_owned(), line, reason }
        };
        let result = match document::kind(text) {
            None => Err(Refused::Unknown { line: 1 }),
            Some(Kind::Consensus) => self.consensus(text, added, &reject),
            Some(Kind::ExitList) => {
                self.exit_list(text, added, &reject);
                Ok(())
            }
            Some(Kind::Descriptor) => self.descriptor(text, added),
            Some(Kind::Certificate) => {
                let (taken, refused) = self.certificates.add(text);
                added.certificates += taken;
                added.rejects.extend(refused.iter().map(|why| reject(0, why.to_string())));
                Ok(())
            }
        };
        if let Err(why) = result {
            let line = match &why {
                Refused::Unknown { line } | Refused::Field { line, .. } => *line,
                Refused::TooLarge { .. } | Refused::Read(_) => 0,
            };
            added.rejects.push(reject(line, why.to_string()));
        }
    }

    fn consensus(
        &mut self,
        text: &[u8],
        added: &mut Added,
        reject: &dyn Fn(usize, String) -> Reject,
    ) -> Result<(), Refused> {
        let consensus = Consensus::parse(text)?;
        let sha256: [u8; 32] = sha2::Sha256::digest(consensus.text).into();
        if !self.known.insert(sha256) {
            added.repeated += 1;
            return Ok(());
        }
        let document = self.documents.len() as u32;
        for relay in consensus.relays() {
            let relay = match relay {
                Ok(relay) => relay,
                Err(bad) => {
                    let reason = format!("`{}` of a relay cannot be read", bad.keyword);
                    added.rejects.push(reject(bad.line, reason));
                    continue;
                }
            };
            let name = self.relays.id((relay.fingerprint, relay.nickname.to_owned()));
            let policy = self.policies.id(relay.policy.unwrap_or_default().to_owned());
            let state = (relay.flags, policy, self.digests.id(relay.descriptor));
            let state = self.states.id(state);
            added.entries += 1;
            let addresses = relay.others.iter().copied();
            for ip in addresses.chain([IpAddr::V4(relay.address)]) {
                self.sightings.entry((ip, name)).or_default().push((document, state));
            }
        }
        added.consensuses += 1;
        self.documents.push(Pending {
            flavour: consensus.flavour,
            times: [consensus.valid_after_s, consensus.fresh_until_s, consensus.valid_until_s],
            sha256,
            digests: digests(&consensus),
            signatures: consensus.signatures,
        });
        Ok(())
    }

    fn exit_list(
        &mut self,
        text: &[u8],
        added: &mut Added,
        reject: &dyn Fn(usize, String) -> Reject,
    ) {
        let list = ExitList::parse(text);
        for line in &list.bad_lines {
            added.rejects.push(reject(*line, "not a line of an exit list".to_owned()));
        }
        if self.lists.insert((list.downloaded_s, sha2::Sha256::digest(text).into())) {
            added.exit_lists += 1;
            added.entries += list.scans.len();
            self.scans.extend(list.scans);
        } else {
            added.repeated += 1;
        }
    }

    fn descriptor(&mut self, text: &[u8], added: &mut Added) -> Result<(), Refused> {
        let start = memchr::memmem::find(text, b"router ").unwrap_or(0);
        let descriptor = Descriptor::parse(&text[start..])?;
        if self.descriptors.insert(descriptor.digest, descriptor.policy).is_some() {
            added.repeated += 1;
        } else {
            added.descriptors += 1;
        }
        Ok(())
    }

    /// Counts the signatures and sorts everything.
    pub fn finish(self) -> TorIndex {
        let (documents, ordinals) = self.covering();
        let (relays, relay_ids) = self.relays.sorted();
        let (policies, policy_ids) = self.policies.sorted();
        // Each state with the full policy where its descriptor is there.
        let full_of = |digest: u32| {
            self.digests.items[digest as usize].and_then(|digest| self.descriptors.get(&digest))
        };
        let mut full: BTreeSet<&str> = BTreeSet::from([""]);
        full.extend(self.states.items.iter().filter_map(|s| full_of(s.2)).map(String::as_str));
        let full: Vec<&str> = full.into_iter().collect();
        let final_state = |(flags, policy, digest): &StateKey| State {
            flags: *flags,
            policy: policy_ids[*policy as usize],
            full: full_of(*digest)
                .and_then(|text| full.binary_search(&text.as_str()).ok())
                .unwrap_or(0) as u32,
        };
        let finals: Vec<State> = self.states.items.iter().map(final_state).collect();
        let mut states = finals.clone();
        states.sort_unstable();
        states.dedup();
        let state_id = |old: u32| states.partition_point(|s| *s < finals[old as usize]) as u32;

        let mut stays: BTreeMap<IpAddr, Vec<Stay>> = BTreeMap::new();
        for ((ip, relay), seen) in &self.sightings {
            let mut seen: Vec<(u32, u32)> = seen
                .iter()
                .map(|(doc, state)| (state_id(*state), ordinals[*doc as usize]))
                .collect();
            seen.sort_unstable();
            seen.dedup();
            let relay = relay_ids[*relay as usize];
            stays.entry(*ip).or_default().extend(runs(&seen, relay));
        }
        for stays in stays.values_mut() {
            stays.sort_unstable();
        }
        let relays = relays
            .into_iter()
            .map(|(fingerprint, nickname)| RelayName { fingerprint, nickname })
            .collect();
        let full = full.into_iter().map(str::to_owned).collect();
        let lists = self.lists.iter().copied().collect();
        let scans = self.scans.iter().copied().collect();
        TorIndex::new(documents, lists, relays, policies, full, states, stays, scans)
    }

    /// The documents in order, with the place of each.
    fn covering(&self) -> (Vec<Covering>, Vec<u32>) {
        let mut order: Vec<usize> = (0..self.documents.len()).collect();
        let key = |pending: &Pending| (pending.flavour, pending.times[0], pending.sha256);
        order.sort_unstable_by_key(|index| key(&self.documents[*index]));
        let mut ordinals = vec![0; order.len()];
        let mut covering = Vec::with_capacity(order.len());
        for (ordinal, index) in order.into_iter().enumerate() {
            ordinals[index] = ordinal as u32;
            let pending = &self.documents[index];
            let [valid_after_s, fresh_until_s, valid_until_s] = pending.times;
            let digests = (&pending.digests.0[..], &pending.digests.1[..]);
            let signed = Signed::count(
                &pending.signatures,
                digests,
                valid_after_s,
                &self.certificates,
                &self.authorities,
            );
            let (flavour, sha256) = (pending.flavour, pending.sha256);
            covering.push(Covering {
                flavour,
                valid_after_s,
                fresh_until_s,
                valid_until_s,
                sha256,
                signed,
            });
        }
        (covering, ordinals)
    }
}

/// Both digests, each only if a signature is over it.
fn digests(consensus: &Consensus<'_>) -> (Vec<u8>, Vec<u8>) {
    let any = |is_sha256| consensus.signatures.iter().any(|s| s.is_sha256 == is_sha256);
    let sha1 = if any(false) { consensus.sha1() } else { Vec::new() };
    (sha1, if any(true) { consensus.sha256() } else { Vec::new() })
}

/// Joins sightings in the same state in documents that follow each other.
fn runs(seen: &[(u32, u32)], relay: u32) -> Vec<Stay> {
    let mut out: Vec<Stay> = Vec::new();
    for &(state, document) in seen {
        match out.last_mut() {
            Some(stay) if stay.state == state && stay.last + 1 == document => stay.last = document,
            _ => out.push(Stay { relay, first: document, last: document, state }),
        }
    }
    out
}

/// Values with a number each, in the order in which they came.
#[derive(Debug)]
struct Interned<T> {
    ids: BTreeMap<T, u32>,
    items: Vec<T>,
}

impl<T> Default for Interned<T> {
    fn default() -> Self {
        Self { ids: BTreeMap::new(), items: Vec::new() }
    }
}

impl<T: Ord + Clone> Interned<T> {
    fn id(&mut self, value: T) -> u32 {
        if let Some(id) = self.ids.get(&value) {
            return *id;
        }
        let id = self.items.len() as u32;
        self.items.push(value.clone());
        self.ids.insert(value, id);
        id
    }

    /// The values in order, and the new number of each old one.
    fn sorted(&self) -> (Vec<T>, Vec<u32>) {
        let mut new = vec![0; self.items.len()];
        for (place, old) in self.ids.values().enumerate() {
            new[*old as usize] = place as u32;
        }
        (self.ids.keys().cloned().collect(), new)
    }
}
