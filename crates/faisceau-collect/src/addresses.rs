//! What is never asked about, and why.
//!
//! In: an address or a name. Out: the reason to leave it out, or none. Sources: the special-purpose
//! address registries of IANA (RFC 6890), the special-use domain names (RFC 6761, RFC 7686,
//! RFC 8375, RFC 9476) and `internal`, which ICANN keeps for private use.

use std::net::{IpAddr, Ipv4Addr};

use faisceau_model::AddressScope;
use hickory_proto::rr::Name;

use crate::dns::presentation;

/// Domains that no public server is asked about.
const SPECIAL: [(&str, &str); 9] = [
    ("onion", "an onion service: asking would tell of it, and no server answers (RFC 7686)"),
    ("alt", "a name outside of the DNS (RFC 9476)"),
    ("local", "a name of the local link (RFC 6762)"),
    ("localhost", "a name of the machine itself (RFC 6761)"),
    ("internal", "a name for private use"),
    ("home.arpa", "a name of a home network (RFC 8375)"),
    ("invalid", "a name that cannot exist (RFC 6761)"),
    ("test", "a name for tests (RFC 6761)"),
    ("example", "a name for documentation (RFC 6761)"),
];

/// Why an address is not asked about. An IPv4 address inside an IPv6 one counts as both.
pub(crate) fn of_address(ip: IpAddr) -> Option<String> {
    if let Some(inner) = translated(ip)
        && let Some(why) = of_address(inner.into())
    {
        return Some(format!("{why} ({inner}, written inside of an IPv6 address)"));
    }
    match faisceau_model::scope(ip) {
        AddressScope::Global => None,
        scope => Some(format!("not a public address: {scope}")),
    }
}

/// The IPv4 address that a translator or a tunnel reaches under an IPv6 address: RFC 6052 (the
/// well-known prefix) and RFC 3056.
fn translated(ip: IpAddr) -> Option<Ipv4Addr> {
    let IpAddr::V6(ip) = ip else { return None };
    match ip.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => {
            Some(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)))
        }
        _ => None,
    }
}

/// Why a name is not asked about. The reverse name of an address counts as the address.
pub(crate) fn of_name(name: &Name) -> Option<String> {
    if let Ok(net) = name.parse_arpa_name() {
        return of_address(net.network());
    }
    of_host(&presentation::name(name))
}

/// Why a host is not asked.
pub(crate) fn of_host(host: &str) -> Option<String> {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let inside = |domain: &str| {
        host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    if let Some((_, why)) = SPECIAL.iter().find(|(domain, _)| inside(domain)) {
        return Some((*why).to_owned());
    }
    (!host.contains('.')).then(|| "a single word: it means something only locally".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_nothing_in_public_is_left_out() {
        for ip in ["10.1.2.3", "127.0.0.1", "169.254.1.1", "192.0.2.7", "100.64.0.1", "::1"] {
            assert!(of_address(ip.parse().unwrap()).is_some(), "{ip}");
        }
        for ip in [
            "fe80::1",
            "fd00::1",
            "2001:db8::1",
            "::ffff:10.0.0.1",
            "224.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
        ] {
            assert!(of_address(ip.parse().unwrap()).is_some(), "{ip}");
        }
        for ip in ["9.9.9.9", "2620:fe::fe"] {
            assert_eq!(of_address(ip.parse().unwrap()), None, "{ip}");
        }
        for name in
            ["x.onion", "ONION", "printer.local", "localhost", "3.2.1.10.in-addr.arpa", "nas"]
        {
            assert!(of_name(&crate::dns::question::name_of(name).unwrap()).is_some(), "{name}");
        }
        for name in ["example.net", "nononion.com", "9.9.9.9.in-addr.arpa", "_dmarc.example.org"] {
            assert_eq!(of_name(&crate::dns::question::name_of(name).unwrap()), None, "{name}");
        }
    }
}
