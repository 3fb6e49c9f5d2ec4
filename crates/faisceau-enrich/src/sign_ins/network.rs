//! The network of a session: what stays the same while addresses change.
//!
//! In: an address as looked up. Out: the autonomous system and, for a line, its /24 or /48.
//! Refused: an address that is not routed.

use std::net::IpAddr;

use faisceau_model::AccessKind;
use faisceau_model::rows::Address;

/// The network, as text. Behind a mobile or shared access addresses change all day: the operator is
/// the network. A line keeps its neighbourhood: a /24, or a /48, which holds as many homes (256 of
/// a /56 each, RIPE-690).
pub(super) fn key(address: &Address) -> Option<String> {
    let ip: IpAddr = address.ip.parse().ok().filter(|_| address.leads_somewhere())?;
    let system = address.asn.known().map(|asn| format!("AS{asn}"));
    match (address.access, system) {
        // Tor picks an exit at random: all exits are one network.
        (AccessKind::TorExit, _) => Some("tor".to_owned()),
        (
            kind @ (AccessKind::Mobile
            | AccessKind::Cgnat
            | AccessKind::Satellite
            | AccessKind::Vpn
            | AccessKind::Relay
            | AccessKind::Cdn
            | AccessKind::Hosting),
            Some(system),
        ) => Some(format!("{system} {kind}")),
        (_, system) => Some(format!("{} {}", system.unwrap_or_default(), neighbourhood(ip))),
    }
}

fn neighbourhood(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(ip) => {
            let [a, b, c, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

/// Whether an address of this kind is worth nothing as to where its user is.
pub(super) fn hides_the_place(kind: AccessKind) -> bool {
    matches!(
        kind,
        AccessKind::TorExit
            | AccessKind::Vpn
            | AccessKind::Relay
            | AccessKind::Hosting
            | AccessKind::Cdn
            | AccessKind::Satellite
    )
}
