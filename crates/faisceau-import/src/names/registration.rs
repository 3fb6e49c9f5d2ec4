//! What a registry says of a network, a number or a domain, as a row.
//!
//! In: the parts that RDAP and WHOIS have in common. Out: one row of `names`. The value holds the
//! name of the network and the organisations, in the registry's own words. Refused: persons. What
//! is not called an organisation or a group by the registry has no way in.

use std::net::IpAddr;

use faisceau_model::rows::Name;
use faisceau_model::table::Row;
use faisceau_model::{Absent, ExhibitNo, Maybe, Moment, Place, RowId, excerpt};

use crate::time::stamp::Stamp;

/// Longest name of an organisation that is kept, in characters.
const LONGEST: usize = 200;

/// What a registry says.
#[derive(Debug, Default)]
pub(super) struct Registration {
    /// `ip network`, `autnum`, `domain`.
    pub(super) kind: &'static str,
    /// What was asked about, or else the object itself.
    pub(super) name: String,
    /// The name of the network or number.
    pub(super) label: Option<String>,
    /// Organisations that hold it.
    pub(super) holders: Vec<String>,
    /// Organisations and groups that take reports of abuse.
    pub(super) abuse: Vec<String>,
    /// First and last address or number.
    pub(super) range: Option<String>,
    /// Country.
    pub(super) country: Option<String>,
    /// Last change, or else the registration.
    pub(super) changed: Option<Moment>,
    /// The HTTP status.
    pub(super) status: Option<String>,
    /// The registry or server.
    pub(super) server: Option<String>,
    /// When it was asked.
    pub(super) asked: Option<Stamp>,
}

impl Registration {
    /// The row.
    pub(super) fn row(self, exhibit: ExhibitNo, place: &Place, part: u32) -> Name {
        let value = self.value();
        let asked = self.asked.unwrap_or(Stamp::missing(Absent::NotRecorded));
        Name {
            id: RowId::at(<Name as Row>::PREFIX, exhibit, place, part),
            exhibit,
            place: place.clone(),
            service: "rdap".to_owned(),
            name: excerpt(&self.name, LONGEST).to_lowercase(),
            kind: self.kind.to_owned(),
            value: Maybe::or_absent(value, Absent::NotExported),
            range: Maybe::or_absent(self.range, Absent::NotExported),
            country: Maybe::or_absent(
                self.country.as_deref().and_then(country),
                Absent::NotExported,
            ),
            changed: Maybe::or_absent(self.changed, Absent::NotExported),
            ttl: Maybe::Missing(Absent::NotApplicable),
            status: Maybe::or_absent(self.status, Absent::NotRecorded),
            authenticated: Maybe::Missing(Absent::NotApplicable),
            dnssec: Maybe::Missing(Absent::NotApplicable),
            resolver: Maybe::or_absent(self.server, Absent::NotRecorded),
            asked: asked.at,
            asked_raw: asked.raw,
        }
    }

    fn value(&self) -> Option<String> {
        let abuse = self.abuse.iter().map(|name| format!("abuse: {name}"));
        let mut parts: Vec<String> = Vec::new();
        for part in self.label.iter().chain(&self.holders).cloned().chain(abuse) {
            let part = excerpt(part.trim(), LONGEST);
            if !part.is_empty() && !parts.contains(&part) && parts.len() < 8 {
                parts.push(part);
            }
        }
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

/// Two letters, in capitals.
fn country(text: &str) -> Option<String> {
    let text = text.trim();
    let code = text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic());
    code.then(|| text.to_ascii_uppercase())
}

/// First and last address, `192.0.2.0 - 192.0.2.255`; none where they are not of one family or the
/// wrong way round.
pub(super) fn range(first: &str, last: &str) -> Option<String> {
    let (first, last): (IpAddr, IpAddr) = (address(first)?, address(last)?);
    (first.is_ipv4() == last.is_ipv4() && first <= last).then(|| format!("{first} - {last}"))
}

/// ARIN writes addresses with leading zeros in some of its texts.
fn address(text: &str) -> Option<IpAddr> {
    text.trim().parse().ok()
}

/// The first and last address of a prefix, `2001:db8::/32`.
pub(super) fn range_of_prefix(text: &str) -> Option<String> {
    let (address, len) = text.trim().split_once('/')?;
    let len: u32 = len.parse().ok()?;
    match address.parse::<IpAddr>().ok()? {
        IpAddr::V4(ip) if len <= 32 => {
            let rest = u32::MAX.checked_shr(len).unwrap_or(0);
            let first = u32::from(ip) & !rest;
            let last = std::net::Ipv4Addr::from(first | rest);
            Some(format!("{} - {last}", std::net::Ipv4Addr::from(first)))
        }
        IpAddr::V6(ip) if len <= 128 => {
            let rest = u128::MAX.checked_shr(len).unwrap_or(0);
            let first = u128::from(ip) & !rest;
            let last = std::net::Ipv6Addr::from(first | rest);
            Some(format!("{} - {last}", std::net::Ipv6Addr::from(first)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_and_pairs_are_ranges() {
        for (prefix, expected) in [
            ("192.0.2.0/24", Some("192.0.2.0 - 192.0.2.255")),
            ("0.0.0.0/0", Some("0.0.0.0 - 255.255.255.255")),
            ("192.0.2.7/32", Some("192.0.2.7 - 192.0.2.7")),
            ("2001:db8::/32", Some("2001:db8:: - 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")),
            ("192.0.2.0/33", None),
            ("192.0.2.0", None),
        ] {
            assert_eq!(range_of_prefix(prefix).as_deref(), expected, "{prefix}");
        }
        assert_eq!(range("192.0.2.9", "192.0.2.1"), None);
        assert_eq!(range("192.0.2.9", "2001:db8::"), None);
    }
}
