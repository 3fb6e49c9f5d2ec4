//! Whom a question is put to, and over what.
//!
//! In: what a person wrote: `9.9.9.9:53` (UDP, then TCP), `tls://dns.quad9.net@9.9.9.9:853`
//! (RFC 7858), `https://dns.quad9.net/dns-query` (RFC 8484). Out: a [`Resolver`]. Refused: a server
//! over TLS without its address, for finding it would ask somebody else; credentials in a URL.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use url::{Host, Url};

/// The usual ports (RFC 1035, RFC 7858).
const PLAIN_PORT: u16 = 53;
const TLS_PORT: u16 = 853;
/// Longest resolver that is read, in bytes.
const LONGEST: usize = 2048;

/// A text that names no resolver.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` names no resolver: {why}", faisceau_model::excerpt(.text, 80))]
pub struct ResolverError {
    text: String,
    why: &'static str,
}

/// A server that answers questions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resolver {
    /// Unencrypted: UDP, and TCP for what does not fit.
    Plain(SocketAddr),
    /// DNS over TLS.
    Tls {
        /// The name that its certificate has to bear.
        name: String,
        /// Where it is.
        address: SocketAddr,
    },
    /// DNS over HTTPS.
    Https(Url),
}

impl Resolver {
    /// Whether everyone on the way can read the questions.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Plain(_))
    }
}

impl From<SocketAddr> for Resolver {
    fn from(address: SocketAddr) -> Self {
        Self::Plain(address)
    }
}

impl fmt::Display for Resolver {
    /// The form that is read; the usual port of an unencrypted server is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(address) if address.port() == PLAIN_PORT => address.ip().fmt(f),
            Self::Plain(address) => address.fmt(f),
            Self::Tls { name, address } => write!(f, "tls://{name}@{address}"),
            Self::Https(url) => f.write_str(url.as_str()),
        }
    }
}

impl FromStr for Resolver {
    type Err = ResolverError;

    fn from_str(text: &str) -> Result<Self, ResolverError> {
        let text = text.trim();
        let wrong = |why| ResolverError { text: text.to_owned(), why };
        if text.len() > LONGEST {
            return Err(wrong("it is too long"));
        }
        if let Some(rest) = text.strip_prefix("tls://") {
            let (name, address) = rest.split_once('@').ok_or_else(|| {
                wrong("write `tls://NAME@ADDRESS`: finding the address would ask somebody else")
            })?;
            let no_name = || wrong("what stands before `@` is no name of a certificate");
            let name = Host::parse(name).map_err(|_| no_name())?.to_string();
            let address = socket(address, TLS_PORT);
            let address = address.ok_or_else(|| wrong("what stands after `@` is no address"))?;
            return Ok(Self::Tls { name, address });
        }
        if text.starts_with("https://") {
            let url = Url::parse(text).map_err(|_| wrong("it is no URL"))?;
            if !url.username().is_empty() || url.password().is_some() {
                return Err(wrong("it bears credentials, and nobody logs in here"));
            }
            return Ok(Self::Https(url));
        }
        if text.contains("://") {
            return Err(wrong("the schemes are `tls` and `https`"));
        }
        let address = socket(text, PLAIN_PORT);
        address.map(Self::Plain).ok_or_else(|| wrong("an address was expected, such as 9.9.9.9:53"))
    }
}

/// An address with a port, or the usual one. `[::1]`, `[::1]:53` and `::1` are all IPv6.
fn socket(text: &str, usual: u16) -> Option<SocketAddr> {
    let bare = || text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let address = || Some(SocketAddr::new(bare().parse::<IpAddr>().ok()?, usual));
    text.parse().ok().or_else(address)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_read_is_shown_again() {
        for (text, shown) in [
            ("9.9.9.9:53", "9.9.9.9"),
            ("9.9.9.9", "9.9.9.9"),
            ("127.0.0.1:5300", "127.0.0.1:5300"),
            ("2620:fe::fe", "2620:fe::fe"),
            ("[2620:fe::fe]:5353", "[2620:fe::fe]:5353"),
            ("tls://dns.quad9.net@9.9.9.9", "tls://dns.quad9.net@9.9.9.9:853"),
            ("tls://dns.quad9.net@[2620:fe::fe]:8853", "tls://dns.quad9.net@[2620:fe::fe]:8853"),
            ("https://dns.quad9.net/dns-query", "https://dns.quad9.net/dns-query"),
        ] {
            let resolver: Resolver = text.parse().unwrap();
            assert_eq!(resolver.to_string(), shown);
            assert_eq!(shown.parse::<Resolver>().unwrap(), resolver);
        }
    }

    #[test]
    fn what_would_ask_somebody_else_is_refused() {
        for text in [
            "",
            "dns.quad9.net",
            "tls://9.9.9.9",
            "tls://dns.quad9.net@dns.quad9.net",
            "tls://a b@9.9.9.9",
            "https://user:word@dns.quad9.net/dns-query",
            "http://dns.quad9.net/dns-query",
            "quic://dns.quad9.net",
        ] {
            assert!(text.parse::<Resolver>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "(tls://|https://)?\\PC{0,40}@?\\PC{0,20}") {
            let _ = text.parse::<Resolver>();
        }
    }
}
