//! What each table brings to the graph.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::IpAddr;

use faisceau_model::rows::{Address, Device, Media, Name};
use faisceau_model::{Moment, RowId};

use super::edge::Observation;
use super::gather::Gathered;
use super::input::Mention;
use super::node::{Node, NodeKind};

/// An address and the row that brought it.
type First = (String, RowId, Option<Moment>);

/// The addresses of each network.
pub(super) type Networks = BTreeMap<String, Vec<First>>;

/// Uses of addresses. New addresses are noted with their network.
pub(super) fn addresses(graph: &mut Gathered, networks: &mut Networks, rows: &[Address]) {
    // Rows of one account and one address follow one another: what is known is not looked up again.
    let mut last: Option<(&Address, u32, u32)> = None;
    for row in rows {
        // What a sender only claims to have used, nobody saw used.
        let Some(account) = row.account.known().filter(|_| !row.declared) else { continue };
        let at = row.at.known().copied();
        if !graph.takes(at) {
            continue;
        }
        let ends = match last {
            Some((before, a, b)) if before.account == row.account && before.ip == row.ip => (a, b),
            _ => {
                let a = graph.node(NodeKind::Account, account.as_str());
                let (b, new) = graph.add(NodeKind::Address, &row.ip);
                if new && let Some(network) = network(&row.ip) {
                    let first = (row.ip.clone(), row.id.clone(), at);
                    networks.entry(network).or_default().push(first);
                }
                (a, b)
            }
        };
        last = Some((row, ends.0, ends.1));
        graph.see(Observation::Used, ends, &row.id, at);
    }
}

/// The networks that hold more than one address: one of a single address says no more than it.
pub(super) fn prefixes(graph: &mut Gathered, networks: &Networks) {
    for (network, addresses) in networks.iter().filter(|(_, addresses)| addresses.len() > 1) {
        let network = graph.node(NodeKind::Prefix, network);
        for (address, row, at) in addresses {
            let address = graph.node(NodeKind::Address, address);
            graph.see(Observation::Within, (address, network), row, *at);
        }
    }
}

/// The /24 of an IPv4 address, the /56 of an IPv6 address: what an access line is commonly given
/// stands in one (RFC 6177).
fn network(ip: &str) -> Option<String> {
    Some(match ip.parse().ok()? {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(v6) => {
            let bits = v6.to_bits() & !((1_u128 << 72) - 1);
            format!("{}/56", std::net::Ipv6Addr::from_bits(bits))
        }
    })
}

/// Pictures that accounts posted, and the cameras that they name.
pub(super) fn media(graph: &mut Gathered, rows: &[Media]) {
    for row in rows {
        let (account, camera) = (row.account.known(), camera(row));
        let at = row.taken.known().copied();
        if (account.is_none() && camera.is_none()) || !graph.takes(at) {
            continue;
        }
        let image = graph.node(NodeKind::Image, row.picture_sha256.known().unwrap_or(&row.sha256));
        if let Some(account) = account {
            let account = graph.node(NodeKind::Account, account.as_str());
            graph.see(Observation::Posted, (account, image), &row.id, None);
        }
        if let Some(camera) = camera {
            let camera = graph.node(NodeKind::Camera, &camera);
            graph.see(Observation::TakenWith, (image, camera), &row.id, at);
        }
    }
}

fn camera(row: &Media) -> Option<String> {
    let serial = row.body_serial.known()?;
    let name: Vec<&str> = [&row.make, &row.model]
        .into_iter()
        .filter_map(|part| part.known().map(String::as_str))
        .chain([serial.as_str()])
        .collect();
    Some(name.join(" "))
}

/// Devices with an identifier of their own.
pub(super) fn devices(graph: &mut Gathered, rows: &[Device]) {
    for row in rows {
        let (Some(account), Some(identifier)) = (row.account.known(), row.identifier.known())
        else {
            continue;
        };
        let at = row.first.known().or(row.last.known()).copied();
        if !graph.takes(at) {
            continue;
        }
        let account = graph.node(NodeKind::Account, account.as_str());
        let device = graph.node(NodeKind::Device, &format!("{} {identifier}", row.kind));
        graph.see(Observation::UsedDevice, (account, device), &row.id, at);
    }
}

/// What accounts wrote.
pub(super) fn mentions(graph: &mut Gathered, rows: &[Mention]) {
    for row in rows {
        let (kind, value) = match &row.node {
            Node::Url(value) => (NodeKind::Url, value),
            Node::Mail(value) => (NodeKind::Mail, value),
            Node::Phone(value) => (NodeKind::Phone, value),
            Node::Phrase(value) => (NodeKind::Phrase, value),
            _ => continue,
        };
        if !graph.takes(row.at) {
            continue;
        }
        let account = graph.node(NodeKind::Account, row.account.as_str());
        let node = graph.node(kind, value);
        let what = match kind {
            NodeKind::Url => Observation::Shared,
            _ if row.profile => Observation::Carries,
            _ => Observation::Wrote,
        };
        graph.see(what, (account, node), &row.row, row.at);
        if let Some(domain) = &row.domain {
            let domain = graph.node(NodeKind::Domain, domain);
            graph.see(Observation::LeadsTo, (domain, node), &row.row, row.at);
        }
    }
}

/// Names of addresses that accounts used, and addresses of domains that they linked to.
pub(super) fn names(graph: &mut Gathered, rows: &[Name]) {
    let mut joined: Vec<(&Name, Cow<'_, str>, Cow<'_, str>)> = Vec::new();
    for row in rows.iter().filter(|row| row.dnssec.known().is_none_or(|state| state != "bogus")) {
        let Some(value) = row.value.known() else { continue };
        let (name, address) = match row.kind.as_str() {
            "A" | "AAAA" => (Cow::Borrowed(row.name.as_str()), Cow::Borrowed(value.as_str())),
            "PTR" => {
                let Some(address) = reversed(&row.name) else { continue };
                (Cow::Owned(value.trim_end_matches('.').to_lowercase()), Cow::Owned(address))
            }
            _ => continue,
        };
        let known = graph.has(NodeKind::Domain, &name) || graph.has(NodeKind::Address, &address);
        if known && address.parse::<IpAddr>().is_ok() {
            joined.push((row, name, address));
        }
    }
    // All were looked up before the first was added: what comes in does not depend on the order.
    for (row, name, address) in joined {
        let at = row.asked.known().copied();
        if !graph.takes(at) {
            continue;
        }
        let address = graph.node(NodeKind::Address, &address);
        let name = graph.node(NodeKind::Domain, &name);
        graph.see(Observation::Resolved, (address, name), &row.id, at);
    }
}

/// The address of a reverse name (RFC 1035 section 3.5, RFC 3596), or the name where it is one.
fn reversed(name: &str) -> Option<String> {
    if let Ok(ip) = name.parse::<IpAddr>() {
        return Some(ip.to_string());
    }
    if let Some(digits) = name.strip_suffix(".in-addr.arpa") {
        let parts: Vec<&str> = digits.split('.').rev().collect();
        return parts.join(".").parse::<std::net::Ipv4Addr>().ok().map(|ip| ip.to_string());
    }
    let digits = name.strip_suffix(".ip6.arpa")?;
    let nibbles: Vec<&str> = digits.split('.').rev().collect();
    if nibbles.len() != 32 || nibbles.iter().any(|nibble| nibble.len() != 1) {
        return None;
    }
    let bits = u128::from_str_radix(&nibbles.concat(), 16).ok()?;
    Some(std::net::Ipv6Addr::from_bits(bits).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_those_of_a_line() {
        assert_eq!(network("192.0.2.77").as_deref(), Some("192.0.2.0/24"));
        assert_eq!(network("2001:db8:1:2345::9").as_deref(), Some("2001:db8:1:2300::/56"));
        assert_eq!(network("nothing"), None);
    }

    #[test]
    fn reverse_names_are_addresses() {
        assert_eq!(reversed("77.2.0.192.in-addr.arpa").as_deref(), Some("192.0.2.77"));
        let name = format!("{}8.b.d.0.1.0.0.2.ip6.arpa", "0.".repeat(24));
        assert_eq!(reversed(&name).as_deref(), Some("2001:db8::"));
        assert_eq!(reversed("192.0.2.1").as_deref(), Some("192.0.2.1"));
        for wrong in ["2.0.192.in-addr.arpa", "ip6.arpa", "x.ip6.arpa", ""] {
            assert_eq!(reversed(wrong), None, "{wrong}");
        }
    }
}
