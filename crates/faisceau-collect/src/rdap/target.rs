//! What registration data are asked about.
//!
//! In: what a person wrote: `192.0.2.7`, `192.0.2.0/24`, `AS3320`, `example.net`. Out: a
//! [`Target`] and its path (RFC 9082, section 3.1). Refused: what is none of these. A name is asked
//! about as it stands: registries know `example.net`, not `www.example.net`.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use hickory_proto::rr::Name;
use ipnet::IpNet;

use crate::addresses;
use crate::dns::question::name_of;

/// A text that is no target.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{}` is neither an address, a prefix, a number of a network such as AS3320, nor a domain",
    faisceau_model::excerpt(.0, 80)
)]
pub struct TargetError(String);

/// What is registered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// The network of an address.
    Address(IpAddr),
    /// A prefix.
    Prefix(IpNet),
    /// A network's number (RFC 6793).
    Autnum(u32),
    /// A domain: A-labels in lower case, without final dot.
    Domain(String),
}

impl FromStr for Target {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, TargetError> {
        let text = text.trim();
        let wrong = || TargetError(text.to_owned());
        if let Ok(ip) = text.parse::<IpAddr>() {
            return Ok(Self::Address(ip.to_canonical()));
        }
        if text.contains('/') {
            return Ok(Self::Prefix(text.parse::<IpNet>().map_err(|_| wrong())?.trunc()));
        }
        let number = text.get(..2).filter(|start| start.eq_ignore_ascii_case("as"));
        if let Some(number) = number.and_then(|_| text.get(2..)?.parse().ok()) {
            return Ok(Self::Autnum(number));
        }
        let name = name_of(text).map_err(|_| wrong())?.to_lowercase().to_ascii();
        let name = name.trim_end_matches('.');
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        // A dot or slash within a label would lead to another path.
        if name.chars().all(plain) { Ok(Self::Domain(name.to_owned())) } else { Err(wrong()) }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(ip) => ip.fmt(f),
            Self::Prefix(prefix) => prefix.fmt(f),
            Self::Autnum(number) => write!(f, "AS{number}"),
            Self::Domain(name) => f.write_str(name),
        }
    }
}

impl Target {
    /// The segments of its path.
    pub(super) fn path(&self) -> Vec<String> {
        match self {
            Self::Address(ip) => vec!["ip".to_owned(), ip.to_string()],
            Self::Prefix(prefix) => {
                vec!["ip".to_owned(), prefix.network().to_string(), prefix.prefix_len().to_string()]
            }
            Self::Autnum(number) => vec!["autnum".to_owned(), number.to_string()],
            Self::Domain(name) => vec!["domain".to_owned(), name.clone()],
        }
    }

    /// Why it is not asked about.
    pub(super) fn refusal(&self) -> Option<String> {
        match self {
            Self::Address(ip) => addresses::of_address(*ip),
            Self::Prefix(prefix) => addresses::of_address(prefix.network())
                .or_else(|| addresses::of_address(prefix.broadcast())),
            Self::Autnum(number) => {
                is_reserved(*number).then(|| "a number for private use or reserved".to_owned())
            }
            Self::Domain(name) => {
                let name = Name::from_ascii(name).ok()?;
                addresses::of_name(&name)
            }
        }
    }
}

/// Special-purpose numbers (RFC 7249, RFC 5398, RFC 6996, RFC 7300, RFC 7607).
fn is_reserved(number: u32) -> bool {
    matches!(number, 0 | 23456 | 64_496..=65_551 | 4_200_000_000..)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn targets_have_paths() {
        for (text, shown, path) in [
            ("9.9.9.9", "9.9.9.9", "ip/9.9.9.9"),
            ("::ffff:9.9.9.9", "9.9.9.9", "ip/9.9.9.9"),
            ("9.9.9.9/24", "9.9.9.0/24", "ip/9.9.9.0/24"),
            ("2620:FE::/48", "2620:fe::/48", "ip/2620:fe::/48"),
            ("as19281", "AS19281", "autnum/19281"),
            ("Exämple.NET.", "xn--exmple-cua.net", "domain/xn--exmple-cua.net"),
            ("assistance.net", "assistance.net", "domain/assistance.net"),
        ] {
            let target: Target = text.parse().unwrap();
            assert_eq!((target.to_string(), target.path().join("/")), (shown.into(), path.into()));
            assert_eq!(target.refusal(), None, "{text}");
        }
        for text in ["", "a b", "9.9.9.9/33", "../x", "a\\.b.net", "x/y"] {
            assert!(text.parse::<Target>().is_err(), "{text}");
        }
        for text in ["10.0.0.1", "10.0.0.0/8", "9.0.0.0/7", "AS64512", "AS4200000000", "x.onion"] {
            let target: Target = text.parse().unwrap();
            assert_eq!(target.refusal().is_some(), text != "9.0.0.0/7", "{text}");
        }
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "\\PC{0,40}") {
            if let Ok(target) = text.parse::<Target>() {
                let _ = (target.path(), target.refusal(), target.to_string());
            }
        }
    }
}
