//! What an address was during a span of time.
//!
//! In: an index, an address, a span. Out: *listed* if a consensus that stood within the span lists
//! the address; *not listed* only if the whole span is covered; *no data* otherwise.

use std::net::{IpAddr, Ipv4Addr};
use std::ops::Range;

use faisceau_datasets::Span;
use faisceau_model::{Listing, Maybe, Moment};

use crate::Fingerprint;
use crate::consensus::Flavour;
use crate::coverage::Coverage;
use crate::flags::Flags;
use crate::index::{Covering, Stay, TorIndex, key};
use crate::policy::{AddressPolicy, PortSummary};

/// How long a scan of an exit list counts, in seconds: the rule of `ExoneraTor`.
const SCAN_COUNTS: i64 = 86_400;

/// The source label of verdicts.
pub(crate) const SOURCE: &str = "tor-consensus";

/// What is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen<'a> {
    /// How the span is covered.
    pub coverage: Coverage,
    /// The consensuses that stood within the span.
    pub documents: Vec<&'a Covering>,
    /// The relays that they list at the address.
    pub relays: Vec<Sighting<'a>>,
    /// The scans of exit lists that saw a relay leave by it.
    pub scans: Vec<ScanSeen<'a>>,
}

/// A relay at the address, in one state.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting<'a> {
    /// Which.
    pub fingerprint: Fingerprint,
    /// The name that it gives itself.
    pub nickname: &'a str,
    /// Its flags.
    pub flags: Flags,
    /// The consensus that says so: of several the one with most valid signatures, then the first.
    pub document: &'a Covering,
    /// Whether that consensus was no longer fresh at any instant of the span.
    pub is_stale: bool,
    /// Summary of its exit policy.
    pub summary: Option<&'a str>,
    /// The exit policy of its descriptor, where that is known.
    pub policy: Option<&'a str>,
}

impl Sighting<'_> {
    /// Whether it let connections to a port through, by its descriptor if that is known, else by
    /// the summary; none if neither is.
    pub fn allows(&self, port: u16, destination: Option<IpAddr>) -> Option<bool> {
        let full = self.policy.and_then(AddressPolicy::parse);
        let full = full.map(|policy| policy.allows(port, destination));
        full.or_else(|| Some(PortSummary::parse(self.summary?)?.allows(port)))
    }

    /// Whether it is an exit: running, with the flag Exit. One with `BadExit` is one too: clients
    /// are told to avoid it, yet connections leave by it ([`Self::is_bad_exit`]).
    pub fn is_exit(&self) -> bool {
        self.flags.has(Flags::EXIT) && self.flags.has(Flags::RUNNING)
    }

    /// Whether the authorities warn of it as an exit.
    pub fn is_bad_exit(&self) -> bool {
        self.flags.has(Flags::BAD_EXIT)
    }
}

/// A scan that saw a relay leave by the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScanSeen<'a> {
    /// Which relay.
    pub fingerprint: &'a Fingerprint,
    /// When, in seconds since the Unix epoch.
    pub at_s: u32,
}

impl TorIndex {
    /// What an address was during a span.
    pub fn ask(&self, ip: IpAddr, span: Span) -> Seen<'_> {
        let windows = self.windows(span);
        let documents = windows.iter().cloned().flatten().map(|o| &self.documents[o]).collect();
        let stays = self.stays_of(key(ip.to_canonical()));
        let relays = stays.iter().filter_map(|stay| self.sighting(stay, &windows, span)).collect();
        Seen {
            coverage: self.coverage(&windows, span),
            documents,
            relays,
            scans: self.scans(ip, span),
        }
    }

    /// The other relay addresses in the /24 or /48 of an address during a span.
    pub fn neighbours(&self, ip: IpAddr, span: Span) -> Vec<IpAddr> {
        let windows = self.windows(span);
        self.neighbours_where(ip, |stay| windows.iter().any(|window| meets(stay, window)))
    }

    pub(crate) fn neighbours_where(
        &self,
        ip: IpAddr,
        is_there: impl Fn(&Stay) -> bool,
    ) -> Vec<IpAddr> {
        let (ip, host_bits) = match ip.to_canonical() {
            v4 @ IpAddr::V4(_) => (key(v4), 8),
            v6 @ IpAddr::V6(_) => (key(v6), 80),
        };
        let low = ip >> host_bits << host_bits;
        let high = low | ((1 << host_bits) - 1);
        let from = self.addresses.partition_point(|address| *address < low);
        let until = self.addresses.partition_point(|address| *address <= high);
        (from..until)
            .filter(|place| self.addresses[*place] != ip)
            .filter(|place| self.stays_at(*place).iter().any(&is_there))
            .map(|place| IpAddr::from(self.addresses[place].to_be_bytes()).to_canonical())
            .collect()
    }

    /// Whether an address was an exit at a moment, for a list of verdicts: the answer, the source,
    /// the days between data and moment. None where no consensus and no scan says anything, so that
    /// another list may.
    pub fn listing(&self, ip: IpAddr, at: Moment) -> Option<(Listing, &'static str, Maybe<i64>)> {
        let span = Span::of(at)?;
        let windows = self.windows(span);
        let is_exit = |stay: &&Stay| {
            let flags = self.states[stay.state as usize].flags;
            flags.has(Flags::EXIT) && flags.has(Flags::RUNNING)
        };
        let stays = self.stays_of(key(ip.to_canonical()));
        let mut exits = stays.iter().filter(is_exit);
        let listed = exits.any(|stay| windows.iter().any(|window| meets(stay, window)));
        if listed || self.scans_of(ip).iter().any(|scan| counts(scan.at_s, span)) {
            return Some((Listing::Listed, SOURCE, Maybe::Known(0)));
        }
        match self.coverage(&windows, span) {
            Coverage::Fresh | Coverage::Stale => {
                Some((Listing::NotListed, SOURCE, Maybe::Known(0)))
            }
            Coverage::Partial | Coverage::None(_) => None,
        }
    }

    fn sighting(
        &self,
        stay: &Stay,
        windows: &[Range<usize>; 2],
        span: Span,
    ) -> Option<Sighting<'_>> {
        let shown = windows.iter().flat_map(|window| {
            let first = window.start.max(stay.first as usize);
            first..window.end.min(stay.last as usize + 1).max(first)
        });
        let is_fresh = |o: usize| i64::from(self.documents[o].fresh_until_s) > span.from_s;
        let rank = |o: &usize| {
            let document = &self.documents[*o];
            // A plain consensus says more; then the more signatures, then the earlier.
            let plain = document.flavour == Flavour::Plain;
            (is_fresh(*o), plain, document.signed.valid, std::cmp::Reverse(document.valid_after_s))
        };
        let ordinal = shown.max_by_key(rank)?;
        let (relay, state) = (&self.relays[stay.relay as usize], self.states[stay.state as usize]);
        let text = |texts: &'_ [String], place: u32| {
            (place > 0).then_some(place as usize).filter(|place| *place < texts.len())
        };
        Some(Sighting {
            fingerprint: relay.fingerprint,
            nickname: &relay.nickname,
            flags: state.flags,
            document: &self.documents[ordinal],
            is_stale: !is_fresh(ordinal),
            summary: text(&self.policies, state.policy).map(|p| self.policies[p].as_str()),
            policy: text(&self.full, state.full).map(|p| self.full[p].as_str()),
        })
    }

    fn scans(&self, ip: IpAddr, span: Span) -> Vec<ScanSeen<'_>> {
        let scans = self.scans_of(ip).iter().filter(|scan| counts(scan.at_s, span));
        scans.map(|s| ScanSeen { fingerprint: &s.fingerprint, at_s: s.at_s }).collect()
    }

    pub(crate) fn scans_of(&self, ip: IpAddr) -> &[crate::ExitScan] {
        let IpAddr::V4(ip) = ip.to_canonical() else { return &[] };
        let place = |ip: Ipv4Addr, after: bool| {
            self.scans.partition_point(|s| s.address < ip || (after && s.address == ip))
        };
        &self.scans[place(ip, false)..place(ip, true)]
    }
}

pub(crate) fn meets(stay: &Stay, window: &Range<usize>) -> bool {
    (stay.first as usize) < window.end && stay.last as usize >= window.start
}

/// Whether a scan counts for the span: it is at most a day older than its last instant.
fn counts(scan_s: u32, span: Span) -> bool {
    let scan = i64::from(scan_s);
    scan <= span.to_s && span.from_s < scan + SCAN_COUNTS
}
