//! Whether a value is what its observable asks for.
//!
//! A reader that is strict refuses a whole bundle for one value. These checks are at least as
//! strict as the schemas of STIX 2.1; what they refuse is written as another object, never lost.

use std::net::IpAddr;

/// Most characters of a host name (RFC 1035, section 2.3.4).
const LONGEST_NAME: usize = 253;
/// Most characters of one of its labels.
const LONGEST_LABEL: usize = 63;

/// A network in CIDR notation: the observable that holds it.
pub(super) fn prefix(value: &str) -> Option<&'static str> {
    let (address, length) = value.split_once('/')?;
    if length.len() > 1 && length.starts_with('0') {
        return None;
    }
    let length: u8 = length.parse().ok()?;
    match address.parse().ok()? {
        IpAddr::V4(_) if length <= 32 => Some("ipv4-addr"),
        IpAddr::V6(_) if length <= 128 => Some("ipv6-addr"),
        _ => None,
    }
}

/// A host name in its ASCII form.
pub(super) fn domain(value: &str) -> bool {
    let label = |label: &str| {
        (1..=LONGEST_LABEL).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
            // A prefix such as `xn--` promises a coding that readers check.
            && label.get(2..4) != Some("--")
    };
    value.len() <= LONGEST_NAME && value.split('.').all(label)
}

/// A link in ASCII, of the schemes that an exhibit shows.
pub(super) fn url(value: &str) -> bool {
    let rest = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
    let Some(rest) = rest else { return false };
    let (host, path) = rest.find(['/', '?', '#']).map_or((rest, ""), |at| rest.split_at(at));
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    let port = (1..=5).contains(&port.len()) && port.bytes().all(|b| b.is_ascii_digit());
    port && domain(name)
        && path.bytes().all(in_path)
        && path.matches('#').count() <= 1
        && escapes(path)
}

/// A mail address of plain words.
pub(super) fn mail(value: &str) -> bool {
    value.split_once('@').is_some_and(|(local, host)| {
        let word = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b);
        let words = local.split('.').all(|part| !part.is_empty() && part.bytes().all(word));
        words && local.len() <= 64 && host.contains('.') && domain(host)
    })
}

/// `type/subtype`.
pub(super) fn mime(value: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b))
    };
    value.split_once('/').is_some_and(|(kind, subtype)| part(kind) && part(subtype))
}

/// 64 lower-case hexadecimal digits.
pub(super) fn sha256(value: &str) -> bool {
    value.len() == 64 && value.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// What RFC 3986 lets stand after the authority.
fn in_path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?#%".contains(&byte)
}

/// Each `%` is followed by two hexadecimal digits.
fn escapes(path: &str) -> bool {
    path.split('%').skip(1).all(|after| {
        after.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_strict_reader_refuses_is_refused() {
        assert_eq!(prefix("203.0.113.0/24"), Some("ipv4-addr"));
        assert_eq!(prefix("2001:db8::/56"), Some("ipv6-addr"));
        assert_eq!((prefix("203.0.113.0/33"), prefix("203.0.113.0/024")), (None, None));
        assert!(domain("a-b.example") && !domain("a b.example") && !domain(".example"));
        assert!(url("https://example.org/a?b=%20#c") && !url("javascript:alert(1)"));
        assert!(url("https://example.org:8080/") && !url("https://example.org:/"));
        assert!(!url("https://example.org/%zz") && !url("https://exa mple.org/"));
        assert!(mail("a.b@example.org") && !mail("a@b@c.org") && !mail("\"a\"@example.org"));
        assert!(mime("image/svg+xml") && !mime("image/"));
    }
}
