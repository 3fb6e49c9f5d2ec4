//! One signature over fields and body: `DKIM-Signature` and `ARC-Message-Signature`.
//!
//! In: the letter, the field, the keys among the exhibits. Out: whether it holds, over which
//! fields, with which key. Refused: nothing; what is malformed is said so.
//!
//! Expiry (`x=`) is measured at the instant of the mail, for no clock is read here.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use faisceau_model::{MailMechanism, MailResult, Maybe, Moment};

use super::domain::is_below;
use super::fields::{Field, Form, Letter, canonical_body};
use super::key::{Algorithm, Key};
use super::records::{Records, joined};
use super::said::Said;
use super::tags::Tags;

/// A letter, when it came, and the canonical bodies made so far.
pub(super) struct Signed<'a> {
    pub(super) letter: &'a Letter<'a>,
    pub(super) at: Maybe<Moment>,
    pub(super) records: &'a Records<'a>,
    simple: OnceCell<Vec<u8>>,
    relaxed: OnceCell<Vec<u8>>,
}

impl<'a> Signed<'a> {
    pub(super) fn new(letter: &'a Letter<'a>, at: Maybe<Moment>, records: &'a Records<'a>) -> Self {
        Self { letter, at, records, simple: OnceCell::new(), relaxed: OnceCell::new() }
    }

    fn body(&self, form: Form) -> &[u8] {
        let cell = if form == Form::Simple { &self.simple } else { &self.relaxed };
        cell.get_or_init(|| canonical_body(self.letter.body, form))
    }

    /// Checks the signature of one field.
    pub(super) fn check(&self, mechanism: MailMechanism, field: &Field<'_>) -> Said {
        let text = field.text();
        let failed = |result, code: &str| Said::recomputed(mechanism, result).noting(code);
        let Some(tags) = Tags::parse(&text) else {
            return failed(MailResult::PermError, "signature_malformed");
        };
        let mut said = described(mechanism, &tags);
        let outcome = self.outcome(mechanism, field, &tags, &mut said);
        match outcome {
            Ok(()) => said.result = MailResult::Pass,
            Err((result, code)) => {
                said.result = result;
                said.detail.insert(0, code.to_owned());
            }
        }
        said
    }

    fn outcome(
        &self,
        mechanism: MailMechanism,
        field: &Field<'_>,
        tags: &Tags<'_>,
        said: &mut Said,
    ) -> Result<(), (MailResult, &'static str)> {
        let malformed = (MailResult::PermError, "signature_malformed");
        let dkim = mechanism == MailMechanism::Dkim;
        if dkim && tags.get("v") != Some("1") {
            return Err(malformed);
        }
        let algorithm = tags.get("a").and_then(Algorithm::parse).ok_or(malformed)?;
        let (headers, body) = forms(tags.get("c")).ok_or(malformed)?;
        if dkim && !said.covers.iter().any(|name| name == "from") {
            return Err((MailResult::PermError, "from_not_signed"));
        }
        let wanted = tags.bytes("bh").ok_or(malformed)?;
        let signature = tags.bytes("b").ok_or(malformed)?;
        self.check_body(algorithm, body, tags, &wanted, said)?;
        self.check_expiry(tags)?;
        let key = self.key(tags, said)?;
        if !key.allows(algorithm) {
            return Err((MailResult::PermError, "algorithm_not_of_key"));
        }
        // In ARC, `i=` is the position in the chain.
        if dkim && !identity_is_of(tags, key.strict) {
            return Err((MailResult::PermError, "identity_not_of_domain"));
        }
        if key.testing {
            said.detail.push("key_testing".to_owned());
        }
        if key.is_weak(algorithm) {
            said.detail.push("weak_algorithm".to_owned());
        }
        let signed = self.signed_bytes(field, headers, &said.covers);
        if key.verifies(algorithm, &signed, &signature) {
            return Ok(());
        }
        Err((MailResult::Fail, "signature_differs"))
    }

    fn check_body(
        &self,
        algorithm: Algorithm,
        form: Form,
        tags: &Tags<'_>,
        wanted: &[u8],
        said: &mut Said,
    ) -> Result<(), (MailResult, &'static str)> {
        let mut body = self.body(form);
        if let Some(length) = tags.get("l") {
            let length: usize =
                length.parse().map_err(|_| (MailResult::PermError, "signature_malformed"))?;
            let covered = body.get(..length).ok_or((MailResult::PermError, "body_too_short"))?;
            if covered.len() < body.len() {
                said.detail.push("body_partly_signed".to_owned());
            }
            body = covered;
        }
        if algorithm.hash(body) == wanted {
            return Ok(());
        }
        Err((MailResult::Fail, "body_differs"))
    }

    fn check_expiry(&self, tags: &Tags<'_>) -> Result<(), (MailResult, &'static str)> {
        let (signed, expires) = (tags.number("t"), tags.number("x"));
        if let (Some(signed), Some(expires)) = (signed, expires)
            && expires < signed
        {
            return Err((MailResult::PermError, "expires_before_signed"));
        }
        let now = self.at.known().map(|at| at.at_us().div_euclid(1_000_000));
        match (expires, now) {
            (Some(expires), Some(now)) if expires < now => {
                Err((MailResult::PermError, "signature_expired"))
            }
            _ => Ok(()),
        }
    }

    /// The key, the rows that gave it, and how much later than the mail it was asked for.
    pub(super) fn key(
        &self,
        tags: &Tags<'_>,
        said: &mut Said,
    ) -> Result<Key, (MailResult, &'static str)> {
        let (Some(domain), Some(selector)) = (tags.get("d"), tags.get("s")) else {
            return Err((MailResult::PermError, "signature_malformed"));
        };
        let name = format!("{selector}._domainkey.{domain}");
        let found = self.records.find(&name, "TXT", self.at);
        let found = found.ok_or((MailResult::NoKey, "key_not_among_exhibits"))?;
        said.rows = found.rows;
        if let Some(days) = found.days.filter(|days| *days > 0) {
            said.detail.push(format!("key_later={days}"));
        }
        let keys = found.values.iter().map(|value| Key::parse(&joined(value)));
        let mut keys: Vec<_> = keys.collect();
        keys.sort_by_key(Result::is_err);
        match keys.into_iter().next() {
            None => Err((MailResult::PermError, "key_absent")),
            Some(key) => key.map_err(|code| (MailResult::PermError, code)),
        }
    }

    /// What the signer hashed: the named fields from the bottom up, then the signature itself.
    fn signed_bytes(&self, field: &Field<'_>, form: Form, covers: &[String]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut used: BTreeMap<&str, usize> = BTreeMap::new();
        for name in covers {
            let from_below = used.entry(name).or_default();
            if let Some((_, found)) = self.letter.named(name).rev().nth(*from_below) {
                out.extend(found.canonical(form, false));
            }
            *from_below += 1;
        }
        let own = field.canonical(form, true);
        out.extend_from_slice(own.strip_suffix(b"\r\n").unwrap_or(&own));
        out
    }
}

fn described(mechanism: MailMechanism, tags: &Tags<'_>) -> Said {
    let names = tags.get("h").unwrap_or_default().split(':').take(1000);
    let covers = names.map(|name| name.trim().to_ascii_lowercase()).filter(|n| !n.is_empty());
    Said {
        domain: tags.get("d").map(str::to_ascii_lowercase),
        selector: tags.get("s").map(str::to_owned),
        covers: covers.collect(),
        signed: tags.number("t"),
        ..Said::recomputed(mechanism, MailResult::None)
    }
}

/// The forms of fields and body, `c=`.
fn forms(text: Option<&str>) -> Option<(Form, Form)> {
    let form = |text: &str| match text.trim().to_ascii_lowercase().as_str() {
        "simple" => Some(Form::Simple),
        "relaxed" => Some(Form::Relaxed),
        _ => None,
    };
    let text = text.unwrap_or("simple/simple");
    let (headers, body) = text.split_once('/').unwrap_or((text, "simple"));
    Some((form(headers)?, form(body)?))
}

/// Whether `i=` is of the domain of `d=`, or below it where its key is not strict.
fn identity_is_of(tags: &Tags<'_>, strict: bool) -> bool {
    let Some(identity) = tags.get("i") else { return true };
    let domain = identity.rsplit_once('@').map_or(identity, |(_, domain)| domain);
    tags.get("d")
        .is_some_and(|d| d.eq_ignore_ascii_case(domain) || (!strict && is_below(domain, d)))
}
