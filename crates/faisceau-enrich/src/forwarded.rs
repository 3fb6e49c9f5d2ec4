//! Who the client is behind proxies that the case trusts.
//!
//! In: a connection and the ranges of the trusted proxies. Out: the client's address and port, and
//! the proxies that it came through. A chain (X-Forwarded-For; Forwarded, RFC 7239; the client that
//! CF-Connecting-IP names stands at its end) is read from the right: each entry was written by the
//! machine to its right, and is believed only as long as that machine is trusted. The first entry
//! that is no trusted proxy is the client.
//!
//! Refused: to believe any chain of a peer that is not trusted, and to guess behind an entry that
//! is no address (`unknown`, an obfuscated name): the client then stays unknown, the peer stands.

use std::net::IpAddr;

use faisceau_model::rows::Connection;
use faisceau_model::{Absent, Maybe};
use ipnet::IpNet;

/// Longest chain that is followed: a visitor may send one of any length.
const LONGEST: usize = 64;

/// The ranges of the proxies that the case trusts.
#[derive(Debug, Clone, Default)]
pub struct Proxies(Vec<IpNet>);

/// A text that is neither an address nor a range.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no address and no range such as 192.0.2.0/24")]
pub struct ProxyError(String);

impl Proxies {
    /// Reads addresses and ranges.
    pub fn parse(texts: &[String]) -> Result<Self, ProxyError> {
        let range = |text: &String| {
            let address = || text.parse::<IpAddr>().map(IpNet::from);
            text.parse()
                .or_else(|_| address())
                .map_err(|_| ProxyError(faisceau_model::inert(text).into_owned()))
        };
        texts.iter().map(range).collect::<Result<_, _>>().map(Self)
    }

    fn trust(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        self.0.iter().any(|range| range.contains(&ip))
    }
}

/// The client of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Client {
    pub(crate) ip: IpAddr,
    pub(crate) port: Maybe<i64>,
    /// The proxies, the nearest to the client first.
    pub(crate) via: Vec<IpAddr>,
}

/// The client behind the trusted proxies; `None` where the peer itself is all that is known.
pub(crate) fn client(connection: &Connection, proxies: &Proxies) -> Option<Client> {
    if proxies.0.is_empty() {
        return None;
    }
    let peer: IpAddr = connection.ip.parse().ok()?;
    let chain = connection.forwarded.known()?;
    let mut via = vec![peer];
    let mut last = peer;
    for entry in chain.rsplit(',').take(LONGEST) {
        if !proxies.trust(last) {
            return None;
        }
        let (ip, port) = entry_address(entry)?;
        if !proxies.trust(ip) {
            via.reverse();
            let port = Maybe::or_absent(port.map(i64::from), Absent::NotRecorded);
            return Some(Client { ip, port, via });
        }
        // A machine may be named twice: by its peer and by the header that it set.
        if ip != last {
            via.push(ip);
        }
        last = ip;
    }
    None
}

/// The address of one entry: `192.0.2.1`, `192.0.2.1:4711`, `for="[2001:db8::1]:4711";proto=https`.
fn entry_address(entry: &str) -> Option<(IpAddr, Option<u16>)> {
    let node = entry
        .split(';')
        .map(str::trim)
        .find_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            name.trim().eq_ignore_ascii_case("for").then_some(value)
        })
        .unwrap_or_else(|| entry.trim());
    // Logs escape the quotes of the header.
    let node = node.trim().trim_matches(['"', '\\']);
    if let Ok(ip) = node.parse::<IpAddr>() {
        return Some((ip.to_canonical(), None));
    }
    if let Some(inside) = node.strip_prefix('[') {
        let (ip, after) = inside.split_once(']')?;
        let port = after.strip_prefix(':').map(str::parse).transpose().ok()?;
        return Some((ip.parse::<IpAddr>().ok()?.to_canonical(), port));
    }
    let (ip, port) = node.rsplit_once(':')?;
    let ip: std::net::Ipv4Addr = ip.parse().ok()?;
    Some((ip.into(), Some(port.parse().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use faisceau_model::{ExhibitNo, Place};
    use proptest::prelude::*;

    fn found(peer: &str, chain: &str) -> String {
        let trusted = ["10.0.0.0/8", "203.0.113.7", "2001:db8:ed6e::/48"].map(str::to_owned);
        let connection = Connection {
            port: Maybe::Known(4711),
            forwarded: Maybe::Known(chain.to_owned()),
            ..Connection::new(ExhibitNo::top(1), &Place::Whole, 0, peer.to_owned(), "s")
        };
        let Some(client) = client(&connection, &Proxies::parse(&trusted).unwrap()) else {
            return "-".to_owned();
        };
        let port = client.port.known().map_or(String::new(), |port| format!(" {port}"));
        let via: Vec<String> = client.via.iter().map(ToString::to_string).collect();
        format!("{}{port} via {}", client.ip, via.join(" "))
    }

    #[test]
    fn the_chain_is_believed_as_far_as_trusted_machines_wrote_it() {
        for (peer, chain, expected) in [
            ("10.0.0.1", "198.51.100.9", "198.51.100.9 via 10.0.0.1"),
            ("10.0.0.1", "1.2.3.4, 198.51.100.9", "198.51.100.9 via 10.0.0.1"),
            (
                "10.0.0.1",
                "1.2.3.4, 198.51.100.9, 203.0.113.7",
                "198.51.100.9 via 203.0.113.7 10.0.0.1",
            ),
            ("10.0.0.1", "198.51.100.9:5555", "198.51.100.9 5555 via 10.0.0.1"),
            ("10.0.0.1", "for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60 via 10.0.0.1"),
            ("10.0.0.1", "For=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17 4711 via 10.0.0.1"),
            ("2001:db8:ed6e::1", "::ffff:192.0.2.1", "192.0.2.1 via 2001:db8:ed6e::1"),
            ("10.0.0.1", "198.51.100.9, 10.0.0.1", "198.51.100.9 via 10.0.0.1"),
        ] {
            assert_eq!(found(peer, chain), expected, "{peer} {chain}");
        }
    }

    #[test]
    fn what_is_not_believed_leaves_the_peer() {
        for (peer, chain) in [
            ("198.51.100.9", "10.0.0.1, 1.2.3.4"),
            ("10.0.0.1", "unknown"),
            ("10.0.0.1", "1.2.3.4, for=_hidden"),
            ("10.0.0.1", "10.0.0.2, 10.0.0.3"),
            ("10.0.0.1", "1.2.3.4, "),
            ("10.0.0.1", "1.2.3.4:99999"),
        ] {
            assert_eq!(found(peer, chain), "-", "{peer} {chain}");
        }
        assert!(Proxies::parse(&["proxy.example".to_owned()]).is_err());
    }

    proptest! {
        #[test]
        fn no_chain_makes_it_panic_nor_moves_an_untrusted_peer(chain in "\\PC{0,60}") {
            prop_assert_eq!(found("198.51.100.9", &chain), "-");
            found("10.0.0.1", &chain);
        }
    }
}
