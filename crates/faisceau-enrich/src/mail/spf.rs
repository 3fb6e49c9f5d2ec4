//! Sender Policy Framework (RFC 7208) over the records among the exhibits.
//!
//! In: the address that handed the mail over, the name given with HELO, the envelope's sender. Out:
//! a verdict. Refused: what nobody asked of DNS decides nothing (`no_key`); ten terms that look
//! something up and two that find nothing end the evaluation, as the RFC says.

mod macros;
mod terms;

use std::net::IpAddr;

use faisceau_model::{MailMechanism, MailResult, Maybe, Moment};
use ipnet::IpNet;

use super::domain::of_address;
use super::records::{Records, joined};
use super::said::Said;
use terms::{Record, Target, Term};

/// Terms that look something up, in one evaluation (RFC 7208, section 4.6.4).
const MAX_LOOKUPS: u32 = 10;
/// Look-ups that find nothing.
const MAX_VOIDS: u32 = 2;
/// Names of one `mx` or `ptr`.
const MAX_NAMES: usize = 10;

/// What is authorised or not.
#[derive(Debug, Clone)]
pub(super) struct Envelope {
    pub(super) ip: IpAddr,
    pub(super) helo: String,
    pub(super) sender: String,
}

impl Envelope {
    /// The domain that the record is of: the sender's, or HELO's where the sender is empty.
    pub(super) fn domain(&self) -> &str {
        of_address(&self.sender).unwrap_or(&self.helo)
    }
}

/// The verdict.
pub(super) fn check(envelope: &Envelope, records: &Records<'_>, at: Maybe<Moment>) -> Said {
    let mut walk = Walk::new(envelope, records, at);
    let domain = envelope.domain().to_ascii_lowercase();
    let (result, code) = match walk.evaluate(&domain) {
        Ok(result) => (result, None),
        Err((result, code)) => (result, Some(code)),
    };
    let mut said = Said::recomputed(MailMechanism::Spf, result);
    said.detail.extend(code.map(str::to_owned));
    if let Some((name, kind)) = &walk.missing {
        said.detail.push(format!("missing={kind}:{name}"));
    }
    said.domain = Some(domain);
    said.rows = walk.rows;
    said
}

type Stop = (MailResult, &'static str);

struct Walk<'a> {
    envelope: &'a Envelope,
    records: &'a Records<'a>,
    at: Maybe<Moment>,
    lookups: u32,
    voids: u32,
    rows: Vec<String>,
    /// What would have to be asked of DNS to go on.
    missing: Option<(String, &'static str)>,
}

impl<'a> Walk<'a> {
    fn new(envelope: &'a Envelope, records: &'a Records<'a>, at: Maybe<Moment>) -> Self {
        Self { envelope, records, at, lookups: 0, voids: 0, rows: Vec::new(), missing: None }
    }
}

impl Walk<'_> {
    /// The result of a domain's record.
    fn evaluate(&mut self, domain: &str) -> Result<MailResult, Stop> {
        if !is_domain(domain) {
            return Ok(MailResult::None);
        }
        let texts = self.values(domain, "TXT")?;
        let is_spf = |text: &String| {
            let head = text.get(..6).is_some_and(|head| head.eq_ignore_ascii_case("v=spf1"));
            head && matches!(text.as_bytes().get(6), None | Some(b' '))
        };
        let mut texts = texts.iter().map(|text| joined(text)).filter(is_spf);
        let text = match (texts.next(), texts.next()) {
            (None, _) => return Ok(MailResult::None),
            (Some(_), Some(_)) => return Err((MailResult::PermError, "two_records")),
            (Some(text), None) => text,
        };
        let record = Record::parse(&text).ok_or((MailResult::PermError, "record_malformed"))?;
        for (result, term) in &record.terms {
            if self.matches(term, domain)? {
                return Ok(*result);
            }
        }
        let Some(redirect) = record.redirect else { return Ok(MailResult::Neutral) };
        self.count()?;
        let target = self.expand(&redirect, domain)?;
        match self.evaluate(&target)? {
            MailResult::None => Err((MailResult::PermError, "redirect_to_nothing")),
            result => Ok(result),
        }
    }

    fn matches(&mut self, term: &Term, domain: &str) -> Result<bool, Stop> {
        match term {
            Term::All => Ok(true),
            Term::Range(net) => Ok(net.contains(&self.envelope.ip)),
            Term::Include(name) => self.includes(name, domain),
            Term::Host(target) => {
                self.count()?;
                let name = self.target(target, domain)?;
                self.is_address_of(&name, target)
            }
            Term::Exchanger(target) => self.is_exchanger(target, domain),
            Term::Exists(name) => {
                self.count()?;
                let name = self.expand(name, domain)?;
                let found = self.values(&name, "A")?;
                self.void(found.is_empty())?;
                Ok(!found.is_empty())
            }
            Term::Pointer(name) => self.is_pointer(name.as_deref(), domain),
        }
    }

    fn includes(&mut self, name: &str, domain: &str) -> Result<bool, Stop> {
        self.count()?;
        let name = self.expand(name, domain)?;
        match self.evaluate(&name)? {
            MailResult::Pass => Ok(true),
            MailResult::None => Err((MailResult::PermError, "include_of_nothing")),
            _ => Ok(false),
        }
    }

    fn is_exchanger(&mut self, target: &Target, domain: &str) -> Result<bool, Stop> {
        self.count()?;
        let name = self.target(target, domain)?;
        let exchangers = self.values(&name, "MX")?;
        self.void(exchangers.is_empty())?;
        for (number, exchanger) in exchangers.iter().enumerate() {
            if number == MAX_NAMES {
                return Err((MailResult::PermError, "too_many_exchangers"));
            }
            let host = exchanger.rsplit(' ').next().unwrap_or(exchanger).to_owned();
            if self.is_address_of(&host, target)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn is_pointer(&mut self, name: Option<&str>, domain: &str) -> Result<bool, Stop> {
        self.count()?;
        let wanted = match name {
            Some(name) => self.expand(name, domain)?,
            None => domain.to_owned(),
        };
        let reverse = macros::reverse(self.envelope.ip);
        let names = self.values(&reverse, "PTR")?;
        self.void(names.is_empty())?;
        let exact = Target { name: None, v4: 32, v6: 128 };
        // A name of a pointer that has no address is passed over, and is no void look-up.
        let voids = self.voids;
        for name in names.iter().take(MAX_NAMES) {
            self.voids = 0;
            if super::domain::is_below(name, &wanted) && self.is_address_of(name, &exact)? {
                self.voids = voids;
                return Ok(true);
            }
        }
        self.voids = voids;
        Ok(false)
    }

    fn target(&self, target: &Target, domain: &str) -> Result<String, Stop> {
        target.name.as_deref().map_or_else(|| Ok(domain.to_owned()), |n| self.expand(n, domain))
    }

    /// Whether the address is one of a host's, under the lengths of the term.
    fn is_address_of(&mut self, host: &str, target: &Target) -> Result<bool, Stop> {
        let (kind, length) =
            if self.envelope.ip.is_ipv4() { ("A", target.v4) } else { ("AAAA", target.v6) };
        let values = self.values(host, kind)?;
        self.void(values.is_empty())?;
        let nets = values.iter().filter_map(|value| IpNet::new(value.parse().ok()?, length).ok());
        Ok(nets.into_iter().any(|net| net.contains(&self.envelope.ip)))
    }

    fn expand(&self, text: &str, domain: &str) -> Result<String, Stop> {
        let expanded = macros::expand(text, domain, self.envelope);
        expanded.ok_or((MailResult::PermError, "record_malformed"))
    }

    fn values(&mut self, name: &str, kind: &'static str) -> Result<Vec<String>, Stop> {
        let found = self.records.find(name, kind, self.at);
        let Some(found) = found else {
            self.missing = Some((name.to_owned(), kind));
            return Err((MailResult::NoKey, "record_not_among_exhibits"));
        };
        for row in found.rows {
            if !self.rows.contains(&row) {
                self.rows.push(row);
            }
        }
        Ok(found.values.into_iter().map(str::to_owned).collect())
    }

    fn count(&mut self) -> Result<(), Stop> {
        self.lookups += 1;
        if self.lookups > MAX_LOOKUPS {
            return Err((MailResult::PermError, "too_many_lookups"));
        }
        Ok(())
    }

    fn void(&mut self, is_void: bool) -> Result<(), Stop> {
        self.voids += u32::from(is_void);
        if self.voids > MAX_VOIDS {
            return Err((MailResult::PermError, "too_many_void_lookups"));
        }
        Ok(())
    }
}

/// Whether DNS can have a record of this name (RFC 7208, section 4.3).
fn is_domain(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    let labels = || name.split('.');
    name.len() <= 253 && labels().count() > 1 && labels().all(|l| (1..=63).contains(&l.len()))
}

#[cfg(test)]
mod tests;
