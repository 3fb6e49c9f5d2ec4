//! The address of a name on a site.
//!
//! In: a template of the file, a name. Out: the address that is asked. Refused: addresses that are no
//! public ones, that do not hold the name, or whose host the name would change beyond a label of its
//! own (RFC 1035).

use url::{Host, Url};

use super::handle::encoded;
use super::sites::ACCOUNT;
use crate::addresses;
use crate::dns::question::name_of;

/// Longest address, in bytes.
const MAX: usize = 2048;

/// What is asked for a name. `private` lets addresses through that mean nothing in public: tests.
pub(super) fn of(template: &str, name: &str, private: bool) -> Result<Url, String> {
    if template.len() > MAX || template.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(
            "its address is too long, or holds white space or control characters".to_owned()
        );
    }
    let url = Url::parse(&template.replace(ACCOUNT, &encoded(name)))
        .map_err(|_| "its address is no URL with this name in it".to_owned())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("its address is neither http nor https".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("its address holds credentials".to_owned());
    }
    // Before the path: the name of the host, or a port or credentials, which are none of the name's.
    let rest = template.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains(ACCOUNT) && !is_label(authority, name) {
        return Err("this name cannot be part of the name of a host".to_owned());
    }
    if !private && let Some(why) = not_public(&url) {
        return Err(why);
    }
    Ok(url)
}

/// Whether the name is a whole label of the host.
fn is_label(authority: &str, name: &str) -> bool {
    let sound = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    authority.strip_prefix(ACCOUNT).is_some_and(|rest| {
        rest.starts_with('.') && !rest.contains(ACCOUNT) && rest.trim_matches('.').contains('.')
    }) && (1..=63).contains(&name.len())
        && name.bytes().all(sound)
        && !name.starts_with('-')
        && !name.ends_with('-')
}

/// Why an address means nothing in public. What a name leads to is checked when it is asked.
fn not_public(url: &Url) -> Option<String> {
    match url.host() {
        Some(Host::Ipv4(ip)) => addresses::of_address(ip.into()),
        Some(Host::Ipv6(ip)) => addresses::of_address(ip.into()),
        Some(Host::Domain(name)) => match name_of(name) {
            Ok(name) => addresses::of_name(&name),
            Err(_) => Some("its host is no name".to_owned()),
        },
        None => Some("its address has no host".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_stands_where_the_template_has_it() {
        let url = |template, name| of(template, name, false).map(String::from);
        assert_eq!(
            url("https://a.example.net/@{account}?x={account}", "É_1").unwrap(),
            "https://a.example.net/@%C3%89_1?x=%C3%89_1"
        );
        assert_eq!(
            url("https://{account}.example.net/", "abc").unwrap(),
            "https://abc.example.net/"
        );
        assert_eq!(
            url("http://a.example.net:8080/{account}", "a").unwrap(),
            "http://a.example.net:8080/a"
        );
    }

    #[test]
    fn hostile_templates_are_not_asked() {
        for template in [
            "file:///etc/{account}",
            "ftp://a.example.net/{account}",
            "javascript:{account}",
            "{account}",
            "https://u:p@a.example.net/{account}",
            "https://{account}@a.example.net/",
            "https://a.example.net:{account}/",
            "https://a.{account}/x",
            "https://{account}/x",
            "https://{account}.net/",
            "https://a{account}.example.net/",
            "https://a.example.net/{account}\r\nHost: x",
            "https://127.0.0.1/{account}",
            "https://2130706433/{account}",
            "https://0x7f.0.0.1/{account}",
            "https://[::1]/{account}",
            "https://[::ffff:10.0.0.1]/{account}",
            "https://169.254.169.254/{account}",
            "https://localhost/{account}",
            "https://router.local/{account}",
            "https://intranet/{account}",
            "https://abc.onion/{account}",
            "https://\u{202e}/{account}",
        ] {
            assert!(of(template, "abc", false).is_err(), "{template:?}");
        }
        for name in ["a.b", "a_b", "-a", "É", "127", ".."] {
            let host = of("https://{account}.example.net/", name, false);
            assert_eq!(host.is_ok(), name == "127", "{name}");
        }
        assert!(of("http://127.0.0.1:8080/{account}", "a", true).is_ok());
    }
}
