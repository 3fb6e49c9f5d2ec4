//! Mails: the way, the trust boundary, what authenticates them, and where each came from.
//!
//! In: the bytes of a mail, its hops, the DNS records among the exhibits, the recipient's servers.
//! Out: how many of its lines are trusted, a verdict for each mechanism, and an origin ([`judge`]).
//!
//! What it refuses: any resolver. Keys and records are those that the exhibits hold; what nobody
//! asked of DNS is `no_key`, never a failure. The verification is written here because the crates
//! that do it (mail-auth and its like) bring a resolver, an asynchronous run time and a clock.

mod boundary;
mod chain;
mod domain;
mod fields;
mod key;
mod line;
mod origin;
mod policy;
mod providers;
mod records;
mod reported;
mod said;
mod signature;
mod spf;
mod tags;

#[cfg(test)]
mod tests;

use std::net::IpAddr;

use faisceau_model::rows::{MailHop, MailOrigin, MailVerdict};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, MailMechanism, MailResult, Maybe, Moment, Place, RowId,
};

pub use boundary::Recipients;
pub use providers::{Providers, ProvidersError};
pub use records::Records;

use boundary::Boundary;
use fields::Letter;
use origin::Origin;
use said::Said;
use signature::Signed;
use spf::Envelope;

/// Signatures checked of one mail; a hostile one carries thousands.
const MAX_SIGNATURES: usize = 16;

/// One mail.
#[derive(Debug, Clone, Copy)]
pub struct Mail<'a> {
    /// Its bytes.
    pub raw: &'a [u8],
    /// Its exhibit.
    pub exhibit: ExhibitNo,
    /// Its place.
    pub place: &'a Place,
    /// Its Message-ID.
    pub message: &'a Maybe<String>,
    /// The account of `From`.
    pub account: &'a AccountKey,
    /// When its sender says that it was written.
    pub declared: Maybe<Moment>,
    /// Its hops, from the sender up.
    pub hops: &'a [MailHop],
}

/// What mails are judged by.
#[derive(Debug)]
pub struct Bench<'a> {
    /// The recipient's servers.
    pub recipients: &'a Recipients,
    /// The DNS records among the exhibits.
    pub records: &'a Records<'a>,
    /// The table of providers.
    pub providers: &'a Providers,
}

/// What was found of a mail.
#[derive(Debug)]
pub struct Judged {
    /// Received lines of the recipient's side, counted from the top.
    pub trusted: usize,
    /// What each mechanism says.
    pub verdicts: Vec<MailVerdict>,
    /// Where it came from.
    pub origin: MailOrigin,
}

/// Judges a mail.
pub fn judge(mail: &Mail<'_>, bench: &Bench<'_>) -> Judged {
    let letter = Letter::of(mail.raw);
    let boundary = boundary::draw(mail.hops, bench.recipients);
    let gate = mail.hops.get(mail.hops.len() - boundary.lines).filter(|_| boundary.lines > 0);
    let seen = gate.map_or(Maybe::Missing(Absent::NotRecorded), |gate| gate.at);
    let at = if seen.known().is_some() { seen } else { mail.declared };
    let mut said = recomputed(mail, &letter, gate, at, bench.records);
    let is_ours = |server: &str| {
        let ours = boundary.organisation.as_deref();
        ours.is_some_and(|ours| domain::is_below(server, ours))
    };
    said.extend(reported::read(&letter, boundary.lines, &is_ours));
    let origin = origin::find(&letter, mail.hops, &boundary, &said, bench.providers);
    let verdicts: Vec<MailVerdict> =
        (0..).zip(said).map(|(n, said)| verdict(mail, n, said)).collect();
    let origin = origin_row(mail, origin, &boundary, &verdicts);
    Judged { trusted: boundary.lines, verdicts, origin }
}

/// What is computed from bytes, keys and records.
fn recomputed(
    mail: &Mail<'_>,
    letter: &Letter<'_>,
    gate: Option<&MailHop>,
    at: Maybe<Moment>,
    records: &Records<'_>,
) -> Vec<Said> {
    let signed = Signed::new(letter, at, records);
    let mut said: Vec<Said> = letter
        .named("DKIM-Signature")
        .take(MAX_SIGNATURES)
        .map(|(_, field)| signed.check(MailMechanism::Dkim, field))
        .collect();
    if letter.named("DKIM-Signature").count() > MAX_SIGNATURES {
        let rest = Said::recomputed(MailMechanism::Dkim, MailResult::PermError);
        said.push(rest.noting("too_many_signatures"));
    }
    said.extend(envelope(letter, gate).map(|envelope| spf::check(&envelope, records, at)));
    let native = mail.account.native();
    if let Some(from) = domain::of_address(native).map(str::to_ascii_lowercase) {
        policy::align(&from, &mut said);
        said.push(policy::check(&from, &said, records, at));
    }
    said.extend(chain::check(&signed));
    said
}

/// The envelope as the last trusted line and `Return-Path` show it.
fn envelope(letter: &Letter<'_>, gate: Option<&MailHop>) -> Option<Envelope> {
    let gate = gate?;
    let ip = gate.ip.known()?.parse::<IpAddr>().ok()?.to_canonical();
    let sender = letter.text("Return-Path").unwrap_or_default();
    let sender = sender.trim().trim_matches(['<', '>']).to_owned();
    let helo = gate.from.known().cloned().unwrap_or_default();
    let known = !helo.is_empty() || sender.contains('@');
    (known && !boundary::is_inside(ip)).then_some(Envelope { ip, helo, sender })
}

fn verdict(mail: &Mail<'_>, number: u32, said: Said) -> MailVerdict {
    let none = Absent::NotApplicable;
    let signed = said.signed.and_then(Moment::from_unix_seconds);
    MailVerdict {
        id: RowId::at("mav", mail.exhibit, mail.place, number),
        exhibit: mail.exhibit,
        place: mail.place.clone(),
        message: mail.message.clone(),
        mechanism: said.mechanism,
        result: said.result,
        by: said.by,
        reporter: Maybe::or_absent(said.reporter, none),
        domain: Maybe::or_absent(said.domain, none),
        selector: Maybe::or_absent(said.selector, none),
        aligned: Maybe::or_absent(said.aligned, none),
        covers: said.covers,
        signed: Maybe::or_absent(signed, none),
        detail: Maybe::text(&said.detail.join(" "), none),
        rows: said.rows,
    }
}

fn origin_row(
    mail: &Mail<'_>,
    origin: Origin,
    boundary: &Boundary,
    verdicts: &[MailVerdict],
) -> MailOrigin {
    let none = Absent::NotRecorded;
    let trust = origin.trust();
    let lines = mail.hops.iter().rev().take(boundary.lines).map(|hop| hop.id.to_string());
    let mut rows = origin.rows;
    for row in lines.chain(verdicts.iter().map(|row| row.id.to_string())) {
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    MailOrigin {
        id: RowId::at("mor", mail.exhibit, mail.place, 0),
        exhibit: mail.exhibit,
        place: mail.place.clone(),
        message: mail.message.clone(),
        account: mail.account.clone(),
        handed_over_by: Maybe::or_absent(origin.handed_over_by, none),
        ip: Maybe::or_absent(origin.ip, none),
        port: Maybe::or_absent(origin.port, none),
        at: Maybe::or_absent(origin.at, none),
        claimed_by: Maybe::or_absent(origin.claimed_by, none),
        trust,
        verdict: origin.verdict.to_owned(),
        provider: Maybe::or_absent(origin.provider, Absent::NotApplicable),
        notes: origin.notes.into_iter().map(str::to_owned).collect(),
        rows,
    }
}
