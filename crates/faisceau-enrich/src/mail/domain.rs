//! Names of hosts and the organisation that each belongs to (RFC 7489, section 3.2).
//!
//! In: a host name. Out: its organisational domain by the public suffix list. Refused: addresses,
//! names without a dot, and names that are themselves a public suffix.

use std::net::IpAddr;

/// The organisational domain, in lower case.
pub(super) fn organisation(host: &str) -> Option<String> {
    let host = host.trim().trim_end_matches('.').to_ascii_lowercase();
    if !host.contains('.') || host.len() > 253 || host.parse::<IpAddr>().is_ok() {
        return None;
    }
    psl::domain_str(&host).map(str::to_owned)
}

/// Whether two names belong to one organisation.
pub(super) fn same_organisation(a: &str, b: &str) -> bool {
    organisation(a).is_some_and(|a| organisation(b) == Some(a))
}

/// Whether a name is a domain or stands below it.
pub(super) fn is_below(name: &str, domain: &str) -> bool {
    let (name, domain) = (name.trim_end_matches('.'), domain.trim_end_matches('.'));
    let cut = name.len().checked_sub(domain.len());
    cut.and_then(|cut| name.get(cut..)).is_some_and(|end| end.eq_ignore_ascii_case(domain))
        && (name.len() == domain.len() || name.as_bytes()[name.len() - domain.len() - 1] == b'.')
}

/// The domain of a mail address.
pub(super) fn of_address(address: &str) -> Option<&str> {
    let address = address.trim().trim_matches(['<', '>']);
    address.rsplit_once('@').map(|(_, domain)| domain).filter(|domain| !domain.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_by_organisation() {
        assert_eq!(organisation("mx1.mail.example.co.uk.").as_deref(), Some("example.co.uk"));
        assert!(same_organisation("a.example.fr", "EXAMPLE.FR"));
        assert!(!same_organisation("co.uk", "co.uk") && !same_organisation("10.0.0.1", "10.0.0.1"));
        assert!(
            is_below("mx.example.fr", "example.fr") && !is_below("evilexample.fr", "example.fr")
        );
        assert!(!is_below("é", "xyz"), "a cut inside a character");
    }
}
