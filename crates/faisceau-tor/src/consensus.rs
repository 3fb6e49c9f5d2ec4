//! Network status consensuses, version 3, plain and microdesc (Tor directory protocol).
//!
//! In: the bytes of one document, with or without the `@type` line of `CollecTor`. Out: the hours
//! that it covers, its signatures, and its relays, read one by one without copying the text. It
//! refuses votes, and what says neither when it begins nor when it ends. A relay that cannot be
//! read is given back with its line.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use sha1::Digest as _;

use crate::Fingerprint;
use crate::encoding::base64_fingerprint;
use crate::error::Refused;
use crate::flags::Flags;
use crate::instant::{seconds, seconds_of};
use crate::signature::{self, Signature};

/// The longest life of a consensus that is believed, in seconds; the live network uses 3 hours.
const LIFE: u32 = 3 * 86_400;

/// Which of the two kinds of consensus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flavour {
    /// With a summary of the exit policy for each relay.
    Plain,
    /// Without.
    Microdesc,
}

/// One consensus.
#[derive(Debug, Clone)]
pub struct Consensus<'a> {
    /// Which kind.
    pub flavour: Flavour,
    /// From when it stands, in seconds since the Unix epoch.
    pub valid_after_s: u32,
    /// Until when it is the one to use.
    pub fresh_until_s: u32,
    /// Until when it may be used at all.
    pub valid_until_s: u32,
    /// Its signatures.
    pub signatures: Vec<Signature>,
    /// The document from `network-status-version` on.
    pub text: &'a [u8],
    /// The part of `text` that is signed.
    signed: &'a [u8],
    relays: &'a [u8],
    first_line: usize,
}

/// One relay of a consensus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relay<'a> {
    /// The name that it gives itself: letters and digits, at most 19.
    pub nickname: &'a str,
    /// Who it is.
    pub fingerprint: Fingerprint,
    /// SHA-1 of its descriptor; the plain flavour says it.
    pub descriptor: Option<Fingerprint>,
    /// Its address.
    pub address: Ipv4Addr,
    /// Further addresses.
    pub others: Vec<IpAddr>,
    /// Its flags.
    pub flags: Flags,
    /// Summary of its exit policy; the plain flavour says it.
    pub policy: Option<&'a str>,
}

/// A relay that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadRelay {
    /// Line of the document, from 1.
    pub line: usize,
    /// The keyword of that line.
    pub keyword: &'static str,
}

impl<'a> Consensus<'a> {
    /// Reads the head and the signatures.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Refused> {
        let start = if bytes.starts_with(b"network-status-version ") {
            0
        } else {
            let found = memchr::memmem::find(bytes, b"\nnetwork-status-version ");
            found.ok_or(Refused::Unknown { line: 1 })? + 1
        };
        let text = &bytes[start..];
        let sign = memchr::memmem::find(text, b"\ndirectory-signature ");
        let body_end = sign.map_or(text.len(), |at| at + 1);
        let signed_end = sign.map_or(text.len(), |at| at + b"\ndirectory-signature ".len());
        let body = &text[..body_end];
        let relays = memchr::memmem::find(body, b"\nr ").map_or(body_end, |at| at + 1);
        let head = Head::parse(&body[..relays])?;
        let footer = memchr::memmem::find(&body[relays..], b"\ndirectory-footer\n");
        let relays_end = footer.map_or(body_end, |at| relays + at + 1);
        Ok(Self {
            flavour: head.flavour,
            valid_after_s: head.times[0],
            fresh_until_s: head.times[1],
            valid_until_s: head.times[2],
            signatures: signature::parse_all(&text[body_end..])?,
            text,
            signed: &text[..signed_end],
            relays: &text[relays..relays_end],
            first_line: memchr::memchr_iter(b'\n', &bytes[..start + relays]).count() + 1,
        })
    }

    /// The relays, in the order of the document.
    pub fn relays(&self) -> Relays<'a> {
        Relays { rest: self.relays, line: self.first_line, flavour: self.flavour }
    }

    /// SHA-1 of the signed part.
    pub fn sha1(&self) -> Vec<u8> {
        sha1::Sha1::digest(self.signed).to_vec()
    }

    /// SHA-256 of the signed part.
    pub fn sha256(&self) -> Vec<u8> {
        sha2::Digest::finalize(sha2::Digest::chain_update(
            <sha2::Sha256 as sha2::Digest>::new(),
            self.signed,
        ))
        .to_vec()
    }
}

struct Head {
    flavour: Flavour,
    times: [u32; 3],
}

impl Head {
    fn parse(text: &[u8]) -> Result<Self, Refused> {
        let (mut flavour, mut times, mut is_consensus) = (None, [None; 3], false);
        for (index, line) in text.split(|byte| *byte == b'\n').enumerate() {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let bad = |keyword| Refused::Field { line: index + 1, keyword };
            if let Some(rest) = line.strip_prefix(b"network-status-version ") {
                flavour = match rest {
                    b"3" | b"3 ns" => Some(Flavour::Plain),
                    b"3 microdesc" => Some(Flavour::Microdesc),
                    _ => return Err(bad("network-status-version")),
                };
            } else if let Some(rest) = line.strip_prefix(b"vote-status ") {
                is_consensus = rest == b"consensus";
            }
            let keywords = ["valid-after", "fresh-until", "valid-until"];
            for (time, keyword) in times.iter_mut().zip(keywords) {
                let rest = line.strip_prefix(keyword.as_bytes());
                if let Some(rest) = rest.and_then(|rest| rest.strip_prefix(b" ")) {
                    *time = Some(seconds_of(rest).ok_or(bad(keyword))?);
                }
            }
        }
        let missing = |keyword| Refused::Field { line: 0, keyword };
        if !is_consensus {
            return Err(missing("vote-status consensus"));
        }
        let [Some(after), Some(fresh), Some(until)] = times else {
            return Err(missing("valid-after, fresh-until, valid-until"));
        };
        if after >= fresh || fresh > until || until - after > LIFE {
            return Err(missing("valid-until within three days"));
        }
        let flavour = flavour.ok_or(missing("network-status-version"))?;
        Ok(Self { flavour, times: [after, fresh, until] })
    }
}

/// Reads relays one by one.
#[derive(Debug, Clone)]
pub struct Relays<'a> {
    rest: &'a [u8],
    line: usize,
    flavour: Flavour,
}

impl<'a> Iterator for Relays<'a> {
    type Item = Result<Relay<'a>, BadRelay>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let next = memchr::memmem::find(self.rest, b"\nr ").map_or(self.rest.len(), |at| at + 1);
        let (entry, rest) = self.rest.split_at(next);
        let line = self.line;
        self.line += memchr::memchr_iter(b'\n', entry).count();
        self.rest = rest;
        Some(relay(entry, line, self.flavour))
    }
}

fn relay(entry: &[u8], first: usize, flavour: Flavour) -> Result<Relay<'_>, BadRelay> {
    let bad = |line, keyword| BadRelay { line, keyword };
    let entry = std::str::from_utf8(entry).map_err(|_| bad(first, "r"))?;
    let mut lines = entry.lines();
    let head = lines.next().and_then(|line| line.strip_prefix("r "));
    let mut relay = head.and_then(|head| r_line(head, flavour)).ok_or(bad(first, "r"))?;
    let mut has_flags = false;
    for (line, number) in lines.zip(first + 1..) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "s" => {
                relay.flags = Flags::parse(rest);
                has_flags = true;
            }
            "a" => {
                let address: SocketAddr = rest.parse().map_err(|_| bad(number, "a"))?;
                relay.others.push(address.ip().to_canonical());
            }
            "p" => {
                crate::policy::PortSummary::parse(rest).ok_or(bad(number, "p"))?;
                relay.policy = Some(rest);
            }
            _ => {}
        }
    }
    if has_flags { Ok(relay) } else { Err(bad(first, "s")) }
}

/// Reads an `r` line: the plain flavour has a digest that the other has not.
fn r_line(text: &str, flavour: Flavour) -> Option<Relay<'_>> {
    let mut words = text.split(' ');
    let nickname = words.next()?;
    let named = nickname.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !named || nickname.is_empty() || nickname.len() > 19 {
        return None;
    }
    let fingerprint = base64_fingerprint(words.next()?.as_bytes())?;
    let descriptor = match flavour {
        Flavour::Plain => Some(base64_fingerprint(words.next()?.as_bytes())?),
        Flavour::Microdesc => None,
    };
    seconds(words.next()?.as_bytes(), words.next()?.as_bytes())?;
    let address = words.next()?.parse().ok()?;
    let (others, flags, policy) = (Vec::new(), Flags::default(), None);
    Some(Relay { nickname, fingerprint, descriptor, address, others, flags, policy })
}
