//! Addresses as logs and platforms write them.
//!
//! In: `ip`, `ip:port`, `[v6]:port`, `[v6]`. Out: the address and the port. Refused: host names,
//! zone indices, ports of 0, and any look-up.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use faisceau_model::{Absent, Maybe};

/// An address, and the port written with it.
///
/// An IPv4 address that a dual-stack socket wrote as IPv6 (`::ffff:192.0.2.1`) is given back as
/// IPv4, for the connection was made over IPv4 and the operator's data name it so.
pub(crate) fn endpoint(text: &str) -> Option<(IpAddr, Option<u16>)> {
    let bytes = text.as_bytes();
    let (ip, port) = match bytes.first()? {
        b'[' => {
            let (inside, after) = text[1..].split_once(']')?;
            let port = match after.strip_prefix(':') {
                Some(port) => Some(self::port(port)?),
                None if after.is_empty() => None,
                None => return None,
            };
            (IpAddr::V6(inside.parse::<Ipv6Addr>().ok()?), port)
        }
        _ => match ipv4(bytes) {
            Some(ip) => (IpAddr::V4(ip), None),
            None => with_bare_port(text)?,
        },
    };
    Some((ip.to_canonical(), port))
}

/// The address as written, where that is not its canonical text.
pub(crate) fn differing(written: &str, ip: IpAddr) -> Maybe<String> {
    let same = match ip {
        IpAddr::V4(_) => ipv4(written.as_bytes()).is_some(),
        IpAddr::V6(_) => ip.to_string() == written,
    };
    if same { Maybe::Missing(Absent::NotApplicable) } else { Maybe::Known(written.to_owned()) }
}

/// `v4:port`, `v6`, or nine groups: an IPv6 address in full, then a port.
fn with_bare_port(text: &str) -> Option<(IpAddr, Option<u16>)> {
    if let Ok(ip) = text.parse::<Ipv6Addr>() {
        return Some((IpAddr::V6(ip), None));
    }
    let (ip, last) = text.rsplit_once(':')?;
    let port = port(last)?;
    match ip.parse::<IpAddr>().ok()? {
        ip @ IpAddr::V4(_) => Some((ip, Some(port))),
        // A fifth digit, or a ninth group, cannot belong to the address.
        ip @ IpAddr::V6(_) if last.len() == 5 || !text.contains("::") => Some((ip, Some(port))),
        IpAddr::V6(_) => None,
    }
}

/// Whether an IPv6 address without brackets could also be an address with a port after it.
pub(crate) fn could_hide_a_port(text: &str) -> bool {
    let last = text.rsplit_once(':').map_or("", |(_, last)| last);
    text.contains("::") && !text.starts_with('[') && port(last).is_some()
}

/// A port as decimal text, 1 to 65535.
pub(crate) fn port(text: &str) -> Option<u16> {
    let digits = (1..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|&port| digits && port > 0)
}

fn ipv4(bytes: &[u8]) -> Option<Ipv4Addr> {
    let mut octets = [0_u8; 4];
    let mut parts = bytes.split(|&b| b == b'.');
    for octet in &mut octets {
        *octet = decimal_octet(parts.next()?)?;
    }
    parts.next().is_none().then(|| Ipv4Addr::from(octets))
}

/// Up to three digits without a leading zero, which some systems read as octal.
fn decimal_octet(digits: &[u8]) -> Option<u8> {
    if digits.is_empty() || digits.len() > 3 || (digits.len() > 1 && digits[0] == b'0') {
        return None;
    }
    let value = digits
        .iter()
        .try_fold(0_u16, |sum, &b| b.is_ascii_digit().then(|| sum * 10 + u16::from(b - b'0')))?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<String> {
        endpoint(text).map(|(ip, port)| format!("{ip} {}", port.unwrap_or(0)))
    }

    #[test]
    fn the_written_forms_are_told_apart() {
        for (text, expected) in [
            ("192.0.2.7", Some("192.0.2.7 0")),
            ("192.0.2.7:51234", Some("192.0.2.7 51234")),
            ("2001:DB8:0:0::1", Some("2001:db8::1 0")),
            ("[2001:db8::1]:443", Some("2001:db8::1 443")),
            ("[2001:db8::1]", Some("2001:db8::1 0")),
            ("::ffff:192.0.2.7", Some("192.0.2.7 0")),
            ("[::ffff:192.0.2.7]:9", Some("192.0.2.7 9")),
            ("2001:db8::1:51234", Some("2001:db8::1 51234")),
            ("2001:db8:1:2:3:4:5:6:443", Some("2001:db8:1:2:3:4:5:6 443")),
            ("192.0.2.7:0", None),
            ("192.0.2.7:99999", None),
            ("192.0.2.07", None),
            ("192.0.2", None),
            ("fe80::1%eth0", None),
            ("[192.0.2.7]:80", None),
            ("[2001:db8::1]x", None),
            ("example.org", None),
            ("", None),
            ("-", None),
        ] {
            assert_eq!(read(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_short_last_group_could_hide_a_port() {
        assert!(could_hide_a_port("2001:db8::1:443"));
        assert!(!could_hide_a_port("2001:db8::1:51ab"));
        assert!(!could_hide_a_port("[2001:db8::1:443]:80"));
        assert!(!could_hide_a_port("192.0.2.7:443"));
    }

    proptest! {
        #[test]
        fn agrees_with_the_standard_library(octets in any::<[u8; 4]>(), groups in any::<[u16; 8]>()) {
            let (v4, v6) = (Ipv4Addr::from(octets), Ipv6Addr::from(groups));
            prop_assert_eq!(endpoint(&v4.to_string()), Some((IpAddr::V4(v4), None)));
            prop_assert_eq!(endpoint(&v6.to_string()), Some((IpAddr::V6(v6).to_canonical(), None)));
        }

        #[test]
        fn never_panics(text in "[\\[\\]:.0-9a-f%]{0,60}|.{0,40}") {
            let _ = endpoint(&text);
            let _ = could_hide_a_port(&text);
        }
    }
}
