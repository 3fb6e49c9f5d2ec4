//! The trust boundary: which Received lines the recipient's own servers wrote.
//!
//! In: the hops, and the servers that `case.toml` names. Out: how many lines, from the top, are
//! the recipient's. Refused: to trust a line by the name it gives itself; the line above must have
//! seen the mail come from inside.
//!
//! RFC 5321, section 4.4: each server puts its line on top. What lies below the line of the first
//! server that the recipient trusts was handed over by a stranger, who may have written it all.

use std::net::IpAddr;

use faisceau_model::AddressScope;
use faisceau_model::rows::MailHop;
use ipnet::IpNet;

use super::domain::{is_below, organisation};
use super::line::verified_name;
use faisceau_model::scope;

/// The recipient's servers, as `case.toml` names them.
#[derive(Debug, Clone, Default)]
pub struct Recipients {
    names: Vec<String>,
    ranges: Vec<IpNet>,
}

impl Recipients {
    /// Reads names of hosts and ranges; gives back the entry that is neither.
    pub fn parse(entries: &[String]) -> Result<Self, String> {
        let mut all = Self::default();
        for entry in entries {
            let text = entry.trim().trim_end_matches('.');
            let range = text.parse::<IpNet>().ok();
            let range = range.or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
            let is_name = text.contains('.')
                && text.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c));
            match range {
                Some(range) => all.ranges.push(range),
                None if is_name => all.names.push(text.to_ascii_lowercase()),
                None => return Err(entry.clone()),
            }
        }
        Ok(all)
    }

    fn names(&self, host: &str) -> bool {
        self.names.iter().any(|name| is_below(host, name))
            || host.parse().is_ok_and(|ip| self.covers(ip))
    }

    fn covers(&self, ip: IpAddr) -> bool {
        self.ranges.iter().any(|range| range.contains(&ip))
    }

    fn is_empty(&self) -> bool {
        self.names.is_empty() && self.ranges.is_empty()
    }
}

/// Where the boundary runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Boundary {
    /// Lines of the recipient's side, counted from the top.
    pub(super) lines: usize,
    /// The organisation of the recipient's servers.
    pub(super) organisation: Option<String>,
}

/// Draws the boundary over hops that are ordered from the sender up.
pub(super) fn draw(hops: &[MailHop], recipients: &Recipients) -> Boundary {
    let mut boundary = Boundary::default();
    let mut above: Option<&MailHop> = None;
    for hop in hops.iter().rev() {
        if !belongs(hop, above, &boundary, recipients) {
            break;
        }
        boundary.lines += 1;
        let by = hop.by.known().and_then(|by| organisation(by));
        boundary.organisation = boundary.organisation.or(by);
        above = Some(hop);
    }
    boundary
}

fn belongs(
    hop: &MailHop,
    above: Option<&MailHop>,
    so_far: &Boundary,
    recipients: &Recipients,
) -> bool {
    let by = hop.by.known().map_or("", String::as_str);
    let listed = recipients.names(by);
    let Some(above) = above else { return recipients.is_empty() || listed };
    let same = match (organisation(by), &so_far.organisation) {
        (Some(by), Some(ours)) => by == *ours,
        // Names of the inside, such as `localhost` or `10.0.0.3`, belong to whoever saw them there.
        (None, _) => !by.is_empty(),
        (Some(_), None) => true,
    };
    (listed || (recipients.is_empty() && same)) && came_from_inside(above, so_far, recipients)
}

/// Whether the line above saw the mail come from the recipient's own side.
fn came_from_inside(above: &MailHop, so_far: &Boundary, recipients: &Recipients) -> bool {
    let Some(ip) = above.ip.known().and_then(|ip| ip.parse().ok()) else {
        // A line without `from` was written by a server that handed the mail to itself.
        return above.from.known().is_none();
    };
    let name = verified_name(&above.raw);
    let named = name.as_deref().is_some_and(|name| {
        recipients.names(name)
            || (recipients.is_empty()
                && so_far.organisation.is_some()
                && organisation(name) == so_far.organisation)
    });
    is_inside(ip) || recipients.covers(ip) || named
}

/// Whether an address is of no network but the server's own.
pub(super) fn is_inside(ip: IpAddr) -> bool {
    use AddressScope::{LinkLocal, Loopback, Private, Shared};
    matches!(scope(ip), Private | Loopback | LinkLocal | Shared)
}
