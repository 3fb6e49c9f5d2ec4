//! Rows of `names` by what they are looked up by.
//!
//! In: the rows. Out: reverse names of an address, addresses of a name, networks around an address,
//! each in the order of the rows. Refused: reverse names of whole networks (RFC 2317).

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use faisceau_model::Maybe;
use faisceau_model::rows::Name;

use crate::answered::is_an_answer;

/// Most aliases followed from a name (CNAME), as resolvers do.
const MOST_ALIASES: usize = 8;

/// The index.
#[derive(Debug, Default)]
pub(in crate::verdicts) struct Index<'a> {
    pointers: BTreeMap<IpAddr, Vec<&'a Name>>,
    /// A, AAAA and CNAME rows by name.
    forward: BTreeMap<&'a str, Vec<&'a Name>>,
    networks: Vec<(IpAddr, IpAddr, &'a Name)>,
}

impl<'a> Index<'a> {
    /// Of these rows.
    pub(in crate::verdicts) fn of(names: &'a [Name]) -> Self {
        let mut index = Self::default();
        for row in names {
            match (row.service.as_str(), row.kind.as_str()) {
                ("dns", "PTR") => {
                    if let Some(ip) = reversed(&row.name) {
                        index.pointers.entry(ip).or_default().push(row);
                    }
                }
                ("dns", "A" | "AAAA" | "CNAME") => {
                    index.forward.entry(row.name.as_str()).or_default().push(row);
                }
                ("rdap", "ip network") => {
                    index.networks.extend(range(row).map(|(first, last)| (first, last, row)));
                }
                _ => {}
            }
        }
        index
    }

    /// What was answered for the reverse name of an address.
    pub(super) fn pointers(&self, ip: IpAddr) -> Vec<&'a Name> {
        self.pointers.get(&ip).cloned().unwrap_or_default()
    }

    /// What was answered for a name, of the family of `ip`, aliases followed. Answers of servers
    /// that failed say nothing.
    pub(super) fn addresses(&self, name: &str, ip: IpAddr) -> Vec<&'a Name> {
        let kind = if ip.is_ipv4() { "A" } else { "AAAA" };
        let mut found = Vec::new();
        let mut name = name;
        for _ in 0..MOST_ALIASES {
            let rows = self.forward.get(name).map_or(&[][..], Vec::as_slice);
            found.extend(rows.iter().copied().filter(|row| row.kind == kind && is_an_answer(row)));
            let alias = rows.iter().filter(|row| row.kind == "CNAME");
            match alias.filter_map(|row| row.value.known()).next_back() {
                Some(next) => name = next,
                None => break,
            }
        }
        found
    }

    /// What a registry answered for the smallest network around an address.
    pub(super) fn networks(&self, ip: IpAddr) -> Vec<&'a Name> {
        let around = |(first, last, _): &&(IpAddr, IpAddr, &Name)| {
            first.is_ipv4() == ip.is_ipv4() && (*first..=*last).contains(&ip)
        };
        let size = |first: IpAddr, last: IpAddr| number(last) - number(first);
        let least =
            self.networks.iter().filter(around).map(|(first, last, _)| size(*first, *last)).min();
        let of_size =
            |(first, last, _): &&(IpAddr, IpAddr, &Name)| Some(size(*first, *last)) == least;
        self.networks.iter().filter(around).filter(of_size).map(|(_, _, row)| *row).collect()
    }
}

/// The first and last address of a network: `192.0.2.0 - 192.0.2.255`, of one family and in order.
fn range(row: &Name) -> Option<(IpAddr, IpAddr)> {
    let Maybe::Known(text) = &row.range else { return None };
    let (first, last) = text.split_once(" - ")?;
    let (first, last): (IpAddr, IpAddr) = (first.parse().ok()?, last.parse().ok()?);
    (first.is_ipv4() == last.is_ipv4() && first <= last).then_some((first, last))
}

fn number(ip: IpAddr) -> u128 {
    match ip {
        IpAddr::V4(ip) => u128::from(u32::from(ip)),
        IpAddr::V6(ip) => u128::from(ip),
    }
}

/// The address that a reverse name is of (RFC 1035, section 3.5; RFC 3596, section 2.5), or that
/// stands in its place.
fn reversed(name: &str) -> Option<IpAddr> {
    let ip = if let Some(labels) = name.strip_suffix(".in-addr.arpa") {
        let mut octets = [0_u8; 4];
        let mut parts = labels.rsplit('.');
        for octet in &mut octets {
            *octet = parts.next().filter(|part| !part.starts_with('+'))?.parse().ok()?;
        }
        parts.next().is_none().then(|| IpAddr::V4(Ipv4Addr::from(octets)))?
    } else if let Some(labels) = name.strip_suffix(".ip6.arpa") {
        let mut number = 0_u128;
        let mut digits = 0;
        for label in labels.rsplit('.') {
            let digit = (label.len() == 1).then(|| u128::from_str_radix(label, 16).ok())??;
            number = (number << 4) | digit;
            digits += 1;
        }
        (digits == 32).then(|| IpAddr::V6(Ipv6Addr::from(number)))?
    } else {
        name.parse().ok()?
    };
    Some(ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reverse_names_are_addresses() {
        for (name, expected) in [
            ("7.2.0.192.in-addr.arpa", Some("192.0.2.7")),
            (
                "7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
                Some("2001:db8::7"),
            ),
            ("192.0.2.7", Some("192.0.2.7")),
            ("0/25.2.0.192.in-addr.arpa", None),
            ("2.0.192.in-addr.arpa", None),
            ("1.7.2.0.192.in-addr.arpa", None),
            ("8.b.d.0.1.0.0.2.ip6.arpa", None),
            ("+7.2.0.192.in-addr.arpa", None),
            ("example.net", None),
        ] {
            let found = reversed(name).map(|ip| ip.to_string());
            assert_eq!(found.as_deref(), expected, "{name}");
        }
    }
}
