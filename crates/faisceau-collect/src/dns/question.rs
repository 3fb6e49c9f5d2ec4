//! A question to the DNS: a name and a type, from what a person wrote.
//!
//! In: an address or a name. Out: questions whose names are absolute. Refused: what is neither.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use hickory_proto::rr::{Name, RecordType};

use crate::dns::presentation;

/// A text that is neither an address nor a name.
#[derive(Debug, thiserror::Error)]
#[error("`{}` is neither an address nor a name of the DNS", faisceau_model::excerpt(.0, 80))]
pub struct TargetError(pub(crate) String);

/// The types that are asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Name of an address.
    Ptr,
    /// IPv4 address of a name.
    A,
    /// IPv6 address of a name.
    Aaaa,
    /// Mail servers.
    Mx,
    /// Name servers.
    Ns,
    /// Texts, such as SPF and DKIM keys.
    Txt,
    /// Start of authority.
    Soa,
    /// Certification authorities that may issue.
    Caa,
    /// Servers of a service.
    Srv,
    /// Keys that sign a zone.
    Dnskey,
    /// Digests of a zone's keys, which its parent signs.
    Ds,
}

const KINDS: [(Kind, &str, RecordType); 11] = [
    (Kind::Ptr, "PTR", RecordType::PTR),
    (Kind::A, "A", RecordType::A),
    (Kind::Aaaa, "AAAA", RecordType::AAAA),
    (Kind::Mx, "MX", RecordType::MX),
    (Kind::Ns, "NS", RecordType::NS),
    (Kind::Txt, "TXT", RecordType::TXT),
    (Kind::Soa, "SOA", RecordType::SOA),
    (Kind::Caa, "CAA", RecordType::CAA),
    (Kind::Srv, "SRV", RecordType::SRV),
    (Kind::Dnskey, "DNSKEY", RecordType::DNSKEY),
    (Kind::Ds, "DS", RecordType::DS),
];

impl Kind {
    fn row(self) -> (Kind, &'static str, RecordType) {
        KINDS.into_iter().find(|row| row.0 == self).unwrap_or(KINDS[0])
    }

    /// Its name in zone files.
    pub fn as_str(self) -> &'static str {
        self.row().1
    }

    pub(crate) fn record_type(self) -> RecordType {
        self.row().2
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = KINDS.into_iter().find(|row| row.1.eq_ignore_ascii_case(text));
        known.map(|row| row.0).ok_or_else(|| {
            let names: Vec<&str> = KINDS.iter().map(|row| row.1).collect();
            format!("the types are {}", names.join(", "))
        })
    }
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub(crate) name: Name,
    pub(crate) kind: Kind,
    /// Whether its answer is to be confirmed, and by an address of which family.
    pub(crate) confirm_by: Option<Kind>,
    /// Whether the resolver is to give what it did not check (RFC 4035, section 3.2.2), since it
    /// is checked here.
    pub(crate) unchecked: bool,
}

impl Question {
    pub(crate) fn new(mut name: Name, kind: Kind) -> Self {
        name.set_fqdn(true);
        Self { name, kind, confirm_by: None, unchecked: false }
    }

    /// The PTR of an address.
    pub(crate) fn of_address(ip: IpAddr) -> Self {
        let forward = if ip.is_ipv4() { Kind::A } else { Kind::Aaaa };
        let mut question = Self::new(Name::from(ip), Kind::Ptr);
        question.confirm_by = Some(forward);
        question
    }

    /// The name that is asked about, with its final dot.
    pub fn name(&self) -> String {
        presentation::name(&self.name)
    }

    /// The type that is asked for.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What makes two questions the same.
    pub(crate) fn key(&self) -> (String, Kind) {
        (presentation::name(&self.name).to_ascii_lowercase(), self.kind)
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.name())
    }
}

/// A name as a person wrote it; other scripts than Latin become `xn--` labels (RFC 5891).
pub(crate) fn name_of(text: &str) -> Result<Name, TargetError> {
    let wrong = || TargetError(text.to_owned());
    let name = if text.is_ascii() { Name::from_ascii(text) } else { Name::from_utf8(text) };
    let mut name = name.map_err(|_| wrong())?;
    name.set_fqdn(true);
    // A question about the root or a dotless word is a slip of the keyboard.
    // What a backslash means, programs do not agree on: decimal in RFC 1035, octal in some.
    let odd = |c: char| c.is_whitespace() || c == '\\';
    if name.num_labels() == 0 || text.contains(odd) { Err(wrong()) } else { Ok(name) }
}
