//! Addresses: who goes out by which one, and what the invented operators are.
//!
//! In: the seed. Out: the lines of the cast and the overlay that describes them. Addresses of
//! persons are of the documentation ranges (RFC 5737, RFC 3849), their networks of RFC 5398. The
//! Tor exits and the crawlers are real addresses, so that real datasets have something to say;
//! every request in their name is invented.

use std::collections::BTreeMap;

use crate::random::Rng;

/// Tor exits that were listed in July and in August 2026, up to the 22nd.
const TOR_EXITS: &[&str] = &[
    "109.169.33.163",
    "123.253.35.32",
    "136.244.111.163",
    "162.216.18.62",
    "173.237.206.68",
    "188.68.41.191",
    "195.176.3.23",
    "198.251.84.163",
    "199.195.251.119",
    "203.55.81.1",
];

/// Crawlers by real addresses of their operators, with the agent that they declare.
pub(crate) const CRAWLERS: &[(&str, &str)] = &[
    ("66.249.66.1", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
    ("157.55.39.11", "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"),
    ("51.222.253.10", "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)"),
    ("17.241.75.10", "Mozilla/5.0 (compatible; Applebot/0.1; +http://www.apple.com/go/applebot)"),
    ("54.36.148.20", "Mozilla/5.0 (compatible; lecteur-de-flux/2.4)"),
    ("34.141.20.7", "surveillance-de-site/1.0"),
];

/// The invented operators: prefix, kind of access, operator, network.
const OVERLAY: &[(&str, &str, &str, u32)] = &[
    ("192.0.2.0/25", "access_line", "Fibrelac (fictif)", 64_496),
    ("192.0.2.128/26", "cgnat", "Mobilac (fictif)", 64_497),
    ("192.0.2.192/27", "mobile", "Mobilac (fictif)", 64_497),
    ("192.0.2.224/27", "shared_site", "Lycée des Aulnes (fictif)", 64_498),
    ("198.51.100.0/26", "vpn", "Brume VPN (fictif)", 64_499),
    ("198.51.100.64/26", "hosting", "Hangar Cloud (fictif)", 64_500),
    ("198.51.100.128/25", "hosting", "Courrier du Lac (fictif)", 64_501),
    ("203.0.113.0/25", "access_line", "Nordfil (fictif)", 64_502),
    ("203.0.113.128/26", "shared_site", "Médiathèque du Lac (fictive)", 64_503),
    ("2001:db8:10::/44", "access_line", "Fibrelac (fictif)", 64_496),
    ("2001:db8:20::/44", "mobile", "Mobilac (fictif)", 64_497),
];

/// The overlay as a table: `prefix,from,to,access,operator,country,asn,source`.
pub(crate) fn overlay() -> String {
    let rows = OVERLAY.iter().map(|(prefix, access, operator, asn)| {
        format!(
            "{prefix},2025-01-01,2026-12-31,{access},{operator},FR,{asn},monde de démonstration\n"
        )
    });
    std::iter::once("prefix,from,to,access,operator,country,asn,source\n".to_owned())
        .chain(rows)
        .collect()
}

/// A mail server of the claimant's provider, and one of the senders' provider.
pub(crate) const PROVIDER: (&str, &str) = ("mx1.courrier-du-lac.example", "198.51.100.130");
pub(crate) const SENDERS_PROVIDER: (&str, &str) = ("smtp.postale.example", "198.51.100.140");

/// The addresses of one world.
#[derive(Debug, Clone)]
pub(crate) struct Net {
    homes: BTreeMap<String, String>,
    pub(crate) school: String,
    pub(crate) vpn: String,
    pub(crate) cgnat: String,
    pub(crate) tor: [&'static str; 2],
}

impl Net {
    /// Draws the addresses.
    pub(crate) fn new(persons: &[String], rng: &mut Rng) -> Self {
        let mut fibre: Vec<u64> = (10..120).collect();
        let mut north: Vec<u64> = (10..120).collect();
        rng.shuffle(&mut fibre);
        rng.shuffle(&mut north);
        let free = fibre
            .into_iter()
            .zip(north)
            .flat_map(|(f, n)| [format!("192.0.2.{f}"), format!("203.0.113.{n}")]);
        let homes = persons.iter().cloned().zip(free).collect();
        let mut exits = TOR_EXITS.to_vec();
        rng.shuffle(&mut exits);
        Self {
            homes,
            school: format!("192.0.2.{}", rng.between(226, 250)),
            vpn: format!("198.51.100.{}", rng.between(4, 60)),
            cgnat: format!("192.0.2.{}", rng.between(130, 188)),
            tor: [exits[0], exits[1]],
        }
    }

    /// The line at a person's home.
    pub(crate) fn home(&self, person: &str) -> String {
        self.homes.get(person).cloned().unwrap_or_else(|| "192.0.2.9".to_owned())
    }
}

/// A source port as clients choose them.
pub(crate) fn port(rng: &mut Rng) -> u16 {
    rng.between(1_024, 65_535) as u16
}
