//! Who registers what: the lists of IANA (RFC 9224).
//!
//! In: `ipv4.json`, `ipv6.json`, `asn.json` or `dns.json`. Out: the server for a target: that of the
//! longest prefix, of the range, or of the most labels. Refused: a list that is no such object, or
//! is longer than the limits; a server that is not reached over TLS, where another one is.

use std::net::IpAddr;

use ipnet::IpNet;
use serde::Deserialize;
use url::Url;

use super::target::Target;

/// Where IANA publishes the lists.
pub const IANA: &str = "https://data.iana.org/rdap/";
/// Longest list, in bytes; that of domains had 40 KB in 2026.
const LONGEST: usize = 4 << 20;
/// Entries that are looked at.
const MOST_ENTRIES: usize = 100_000;

/// The four lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Ipv4,
    Ipv6,
    Autnum,
    Domain,
}

impl Kind {
    pub(super) fn of(target: &Target) -> Self {
        match target {
            Target::Address(ip) if ip.is_ipv4() => Self::Ipv4,
            Target::Prefix(IpNet::V4(_)) => Self::Ipv4,
            Target::Address(_) | Target::Prefix(_) => Self::Ipv6,
            Target::Autnum(_) => Self::Autnum,
            Target::Domain(_) => Self::Domain,
        }
    }

    pub(super) fn file(self) -> &'static str {
        match self {
            Self::Ipv4 => "ipv4.json",
            Self::Ipv6 => "ipv6.json",
            Self::Autnum => "asn.json",
            Self::Domain => "dns.json",
        }
    }
}

#[derive(Deserialize)]
struct File {
    services: Vec<Vec<Vec<String>>>,
}

/// A list.
#[derive(Debug, Default)]
pub(super) struct Bootstrap {
    /// Entries and the servers for each.
    services: Vec<(Vec<String>, Url)>,
}

impl Bootstrap {
    /// Reads a list.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        if bytes.len() > LONGEST {
            return Err(format!("the list is longer than {LONGEST} bytes"));
        }
        let file: File = serde_json::from_slice(bytes)
            .map_err(|error| format!("the list is none of RFC 9224: {error}"))?;
        let mut count = 0_usize;
        let mut services = Vec::new();
        for service in file.services {
            let [entries, servers] = service.as_slice() else { continue };
            count = count.saturating_add(entries.len());
            if count > MOST_ENTRIES {
                return Err(format!("the list has more than {MOST_ENTRIES} entries"));
            }
            if let Some(server) = server(servers) {
                services.push((entries.clone(), server));
            }
        }
        Ok(Self { services })
    }

    /// The server for a target.
    pub(super) fn server(&self, target: &Target) -> Option<&Url> {
        let entries = self
            .services
            .iter()
            .flat_map(|(entries, server)| entries.iter().map(move |entry| (entry, server)));
        let fitting =
            entries.filter_map(|(entry, server)| Some((closeness(entry, target)?, server)));
        // Of equals the first, so that the answer does not hang on the order of a sort.
        let best = fitting.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map(|(_, server)| server)
    }
}

/// The first server over TLS, or else the first.
fn server(texts: &[String]) -> Option<Url> {
    let mut servers: Vec<Url> = texts.iter().filter_map(|text| Url::parse(text).ok()).collect();
    servers.retain(|url| matches!(url.scheme(), "https" | "http"));
    let secure = servers.iter().position(|url| url.scheme() == "https");
    let index = secure.unwrap_or(0);
    (index < servers.len()).then(|| servers.swap_remove(index))
}

/// How closely an entry fits a target; none where it does not.
fn closeness(entry: &str, target: &Target) -> Option<u32> {
    let of_prefix = |ip: IpAddr, least: u8| {
        let prefix: IpNet = entry.parse().ok()?;
        (prefix.contains(&ip) && prefix.prefix_len() <= least)
            .then(|| u32::from(prefix.prefix_len()))
    };
    match target {
        Target::Address(ip) => of_prefix(*ip, u8::MAX),
        Target::Prefix(prefix) => of_prefix(prefix.network(), prefix.prefix_len()),
        Target::Autnum(number) => {
            let (first, last) = entry.split_once('-').unwrap_or((entry, entry));
            let (first, last) = (first.parse::<u32>().ok()?, last.parse::<u32>().ok()?);
            (first..=last).contains(number).then(|| u32::MAX - last.abs_diff(first))
        }
        Target::Domain(name) => {
            let entry = entry.to_ascii_lowercase();
            let rest = name.strip_suffix(entry.as_str())?;
            let whole = entry.is_empty() || rest.is_empty() || rest.ends_with('.');
            whole.then(|| entry.split('.').filter(|label| !label.is_empty()).count() as u32)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIST: &str = r#"{"version":"1.0","publication":"2026-01-01T00:00:00Z","services":[
        [["9.0.0.0/8"],["http://a.example.net/","https://b.example.net/rdap/"]],
        [["9.9.0.0/16","2620::/16"],["https://c.example.net/"]],
        [["19000-19999"],["https://d.example.net/"]],
        [["net","org"],["https://e.example.net/"]],
        [["co.net"],["https://f.example.net/"]],
        [["9.9.9.0/24"],["ftp://g.example.net/","no url"]],
        [["broken"]]]}"#;

    #[test]
    fn the_closest_entry_counts() {
        let list = Bootstrap::parse(LIST.as_bytes()).unwrap();
        for (target, host) in [
            ("9.8.0.1", Some("b.example.net")),
            ("9.9.9.9", Some("c.example.net")),
            ("9.0.0.0/9", Some("b.example.net")),
            ("9.0.0.0/7", None),
            ("2620:fe::fe", Some("c.example.net")),
            ("AS19281", Some("d.example.net")),
            ("AS1", None),
            ("example.org", Some("e.example.net")),
            ("example.co.net", Some("f.example.net")),
            ("exampleco.net", Some("e.example.net")),
            ("example.com", None),
        ] {
            let found = list.server(&target.parse().unwrap());
            assert_eq!(found.and_then(Url::host_str), host, "{target}");
        }
        assert!(Bootstrap::parse(b"{}").is_err() && Bootstrap::parse(b"[").is_err());
    }

    proptest! {
        #[test]
        fn altered_lists_never_panic(
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        ) {
            let mut bytes = LIST.as_bytes().to_vec();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if let Ok(list) = Bootstrap::parse(&bytes) {
                for target in ["9.9.9.9", "AS19281", "example.co.net", "2620::/32"] {
                    let _ = list.server(&target.parse().unwrap());
                }
            }
        }
    }
}
