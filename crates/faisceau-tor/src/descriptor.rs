//! Server descriptors (`@type server-descriptor 1.0`): the full exit policy of a relay.
//!
//! A consensus names the descriptor that it speaks of by its SHA-1, so the two are tied without
//! guessing.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use sha1::Digest as _;

use crate::Fingerprint;
use crate::encoding::hex_fingerprint;
use crate::error::Refused;
use crate::instant::seconds_of;
use crate::policy::AddressPolicy;

/// One server descriptor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Descriptor {
    /// SHA-1 of the signed part, by which consensuses name it.
    pub digest: Fingerprint,
    /// The relay, as the descriptor says; its signature is not checked, the digest is what ties.
    pub fingerprint: Fingerprint,
    /// The address of its `router` line, then those of its `or-address` lines.
    pub addresses: Vec<IpAddr>,
    /// When the relay wrote it, in seconds since the Unix epoch.
    pub published_s: u32,
    /// Its `accept` and `reject` lines.
    pub policy: String,
}

impl Descriptor {
    /// Reads one descriptor, from its `router` line.
    pub fn parse(text: &[u8]) -> Result<Self, Refused> {
        let bad = |line, keyword| Refused::Field { line, keyword };
        let end = memchr::memmem::find(text, b"\nrouter-signature\n");
        let end = end.ok_or(bad(0, "router-signature"))? + b"\nrouter-signature\n".len();
        let signed = std::str::from_utf8(&text[..end]).map_err(|_| bad(0, "router"))?;
        let (mut addresses, mut policy) = (Vec::new(), String::new());
        let (mut fingerprint, mut published) = (None, None);
        for (index, line) in signed.lines().enumerate() {
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            match word {
                "router" => {
                    addresses.push(IpAddr::V4(router(rest).ok_or(bad(index + 1, "router"))?));
                }
                "or-address" => addresses.extend(rest.parse::<SocketAddr>().ok().map(|a| a.ip())),
                "published" => published = seconds_of(rest.as_bytes()),
                "fingerprint" => fingerprint = hex_fingerprint(rest.as_bytes()),
                "accept" | "reject" => {
                    if !policy.is_empty() {
                        policy.push('\n');
                    }
                    policy.push_str(line);
                }
                _ => {}
            }
        }
        AddressPolicy::parse(&policy).ok_or(bad(0, "accept or reject"))?;
        Ok(Self {
            digest: sha1::Sha1::digest(&text[..end]).into(),
            fingerprint: fingerprint.ok_or(bad(0, "fingerprint"))?,
            addresses,
            published_s: published.ok_or(bad(0, "published"))?,
            policy,
        })
    }
}

fn router(rest: &str) -> Option<Ipv4Addr> {
    rest.split(' ').nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_descriptor_gives_its_policy() {
        let text = "router a 192.0.2.1 9001 0 0\nor-address [2001:db8::1]:9001\n\
            published 2021-08-29 11:33:58\n\
            fingerprint 000A 10D4 3011 EA49 28A3 5F61 0405 F92B 4433 B5DC\n\
            accept *:443\nreject *:*\nrouter-signature\n-----BEGIN SIGNATURE-----\n";
        let read = Descriptor::parse(text.as_bytes()).unwrap();
        assert_eq!(read.policy, "accept *:443\nreject *:*");
        assert_eq!(read.addresses.len(), 2);
        assert!(Descriptor::parse(text.replace("accept", "accept!").as_bytes()).is_ok());
        assert!(Descriptor::parse(text.replace("*:443", "443").as_bytes()).is_err());
        assert!(Descriptor::parse(b"router a").is_err());
    }
}
