//! What the lists say of random addresses: of French access networks, where a yes is a false
//! alarm unless shown otherwise, and of networks of hosts and VPN services, where it is expected.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use faisceau_datasets::{Bundle, ListVerdict};
use faisceau_model::{Listing, Maybe, Moment};

use crate::measuring::lists::Lists;
use crate::measuring::percent;
use crate::measuring::set::{Set, draw};

/// Orange, Free, SFR, Bouygues Telecom, Free Mobile.
pub(crate) const FRENCH: [u32; 5] = [3_215, 12_322, 15_557, 5_410, 51_207];

/// Other French access networks, and the network of research and education.
const OTHER_FRENCH: [u32; 13] = [
    2_200, 5_511, 8_228, 8_399, 12_844, 21_351, 21_502, 24_904, 25_540, 31_167, 34_177, 35_632,
    37_002,
];

/// Networks that VPN services rent in or run, and hosts.
pub(crate) const PROVIDERS: [(u32, &str); 9] = [
    (9_009, "M247"),
    (60_068, "Datacamp"),
    (212_238, "Datacamp"),
    (39_351, "31173 Services"),
    (209_103, "Proton"),
    (16_276, "OVH"),
    (12_876, "Scaleway"),
    (24_940, "Hetzner"),
    (13_335, "Cloudflare"),
];

const KINDS: [&str; 7] = ["tor", "vpn", "protonvpn", "relay", "cloud", "hosting by AS", "cdn"];

fn verdicts(bundle: &Bundle, ip: Ipv4Addr, at: Maybe<Moment>) -> [ListVerdict<'_>; 7] {
    let ip = IpAddr::V4(ip);
    let asn = bundle.asn(ip, at).value.known().map(|(asn, _)| *asn);
    [
        bundle.tor(ip, at),
        bundle.vpn_around(ip, at).nearest,
        bundle.protonvpn(ip, at),
        bundle.relay(ip, at),
        bundle.cloud(ip, at),
        bundle.hosting(ip, asn, at),
        bundle.cdn(ip, at),
    ]
}

fn count(bundle: &Bundle, drawn: &[Ipv4Addr], at: Maybe<Moment>) -> [u64; 7] {
    let mut counts = [0; 7];
    for ip in drawn {
        for (count, verdict) in counts.iter_mut().zip(verdicts(bundle, *ip, at)) {
            *count += u64::from(verdict.listing == Listing::Listed);
        }
    }
    counts
}

/// Counts and shares of each kind among a draw of the French access networks.
pub(crate) fn french(
    bundle: &Bundle,
    networks: &BTreeMap<u32, Set>,
    draws: usize,
    at: Maybe<Moment>,
) -> Vec<String> {
    let ranges =
        FRENCH.iter().filter_map(|asn| networks.get(asn)).flat_map(|set| set.ranges().to_vec());
    let all = Set::new(ranges.collect());
    let drawn = draw(&all, draws, 20_261_128);
    let counts = count(bundle, &drawn, at);
    let mut out = vec!["| kind | listed | share |".to_owned(), "|---|---|---|".to_owned()];
    out.extend(KINDS.iter().zip(counts).map(|(kind, count)| {
        format!("| {kind} | {count} of {} | {} |", drawn.len(), percent(count, drawn.len() as u64))
    }));
    out
}

/// The stretches of the French access networks that a list names, whole, not drawn.
pub(crate) fn causes(lists: &Lists, networks: &BTreeMap<u32, Set>) -> Vec<String> {
    let mut out = vec![
        "| list | AS | addresses of the AS | listed | share | stretches |".to_owned(),
        "|---|---|---|---|---|---|".to_owned(),
    ];
    for (kind, dates) in lists {
        for (date, list) in dates {
            for asn in FRENCH.into_iter().chain(OTHER_FRENCH) {
                let Some(network) = networks.get(&asn) else { continue };
                let shared = list.shared(network);
                if shared.size() == 0 {
                    continue;
                }
                out.push(format!(
                    "| {kind}@{date} | {asn} | {} | {} | {} | {} |",
                    network.size(),
                    shared.size(),
                    percent(shared.size(), network.size()),
                    stretches(&shared)
                ));
            }
        }
    }
    out
}

fn stretches(set: &Set) -> String {
    const SHOWN: usize = 12;
    let text = |(start, end): &(u32, u32)| {
        let (start, end) = (Ipv4Addr::from_bits(*start), Ipv4Addr::from_bits(*end));
        if start == end { start.to_string() } else { format!("{start}–{end}") }
    };
    let shown: Vec<String> = set.ranges().iter().take(SHOWN).map(text).collect();
    match set.ranges().len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Shares of each kind among draws of known providers.
pub(crate) fn providers(
    bundle: &Bundle,
    networks: &BTreeMap<u32, Set>,
    draws: usize,
    at: Maybe<Moment>,
) -> Vec<String> {
    let mut out = vec![
        format!("| AS | addresses | {} |", KINDS.join(" | ")),
        format!("|---|---|{}", "---|".repeat(KINDS.len())),
    ];
    for (asn, name) in PROVIDERS {
        let Some(network) = networks.get(&asn) else { continue };
        let drawn = draw(network, draws, u64::from(asn));
        let shares = count(bundle, &drawn, at).map(|count| percent(count, drawn.len() as u64));
        out.push(format!("| {asn} {name} | {} | {} |", network.size(), shares.join(" | ")));
    }
    out
}
