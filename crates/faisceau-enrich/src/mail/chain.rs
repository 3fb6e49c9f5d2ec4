//! Authenticated Received Chain (RFC 8617).
//!
//! In: the letter and the keys among the exhibits. Out: one verdict on the chain. Refused: more
//! than fifty sets, as the RFC says.

use faisceau_model::{MailMechanism, MailResult};

use super::fields::{Field, Form};
use super::key::Algorithm;
use super::said::Said;
use super::signature::Signed;
use super::tags::Tags;

/// Sets of a chain.
const MAX_SETS: usize = 50;

/// The three fields of one server.
#[derive(Clone, Copy)]
pub(super) struct Set<'a> {
    results: &'a Field<'a>,
    message: &'a Field<'a>,
    seal: &'a Field<'a>,
}

/// The verdict on the chain; `None` where there is none.
pub(super) fn check(signed: &Signed<'_>) -> Option<Said> {
    let names = ["ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal"];
    let count = names.map(|name| signed.letter.named(name).take(MAX_SETS + 1).count());
    if count == [0; 3] {
        return None;
    }
    let broken = |code: &str| Said::recomputed(MailMechanism::Arc, MailResult::Fail).noting(code);
    if count != [count[0]; 3] || count[0] > MAX_SETS {
        return Some(broken("chain_incomplete"));
    }
    let sets: Option<Vec<Set<'_>>> = (1..=count[0]).map(|number| set(signed, number)).collect();
    let Some(sets) = sets else { return Some(broken("chain_incomplete")) };
    Some(check_sets(signed, &sets))
}

/// The set of this number.
pub(super) fn set<'a>(signed: &'a Signed<'_>, number: usize) -> Option<Set<'a>> {
    let one = |name| {
        let mut fields = signed.letter.named(name).map(|(_, field)| field);
        fields.find(|field| instance(field) == Some(number))
    };
    Some(Set {
        results: one("ARC-Authentication-Results")?,
        message: one("ARC-Message-Signature")?,
        seal: one("ARC-Seal")?,
    })
}

fn instance(field: &Field<'_>) -> Option<usize> {
    let text = field.text();
    let tags = text.split(';').filter_map(|tag| tag.split_once('='));
    let (_, number) = tags.into_iter().find(|(name, _)| name.trim() == "i")?;
    number.trim().parse().ok()
}

fn check_sets(signed: &Signed<'_>, sets: &[Set<'_>]) -> Said {
    let mut said = Said::recomputed(MailMechanism::Arc, MailResult::Pass);
    said.selector = Some(sets.len().to_string());
    let Some(newest) = sets.last() else { return said };
    for (index, one) in sets.iter().enumerate() {
        let text = one.seal.text();
        let claimed =
            Tags::parse(&text).and_then(|tags| tags.get("cv").map(str::to_ascii_lowercase));
        let expected = if index == 0 { "none" } else { "pass" };
        if claimed.as_deref() != Some(expected) {
            said.result = MailResult::Fail;
            return said.noting("chain_says_broken");
        }
    }
    let message = signed.check(MailMechanism::Arc, newest.message);
    said.domain.clone_from(&message.domain);
    said.covers.clone_from(&message.covers);
    said.signed = message.signed;
    said.rows.clone_from(&message.rows);
    said.detail.extend(message.detail.iter().cloned());
    if message.result != MailResult::Pass {
        said.result = message.result;
        return said;
    }
    for upto in (1..=sets.len()).rev() {
        if let Err((result, code)) = check_seal(signed, &sets[..upto], &mut said) {
            said.result = result;
            return said.noting(code);
        }
    }
    said
}

/// The seal of the last of these sets, over the fields of them all.
pub(super) fn check_seal(
    signed: &Signed<'_>,
    sets: &[Set<'_>],
    said: &mut Said,
) -> Result<(), (MailResult, &'static str)> {
    let malformed = (MailResult::PermError, "seal_malformed");
    let last = sets.last().ok_or(malformed)?;
    let text = last.seal.text();
    let tags = Tags::parse(&text).ok_or(malformed)?;
    let algorithm = tags.get("a").and_then(Algorithm::parse).ok_or(malformed)?;
    let signature = tags.bytes("b").ok_or(malformed)?;
    let mut of_seal = Said::recomputed(MailMechanism::Arc, MailResult::None);
    let key = signed.key(&tags, &mut of_seal)?;
    for row in of_seal.rows {
        if !said.rows.contains(&row) {
            said.rows.push(row);
        }
    }
    if key.verifies(algorithm, &sealed_bytes(sets), &signature) {
        return Ok(());
    }
    Err((MailResult::Fail, "seal_differs"))
}

fn sealed_bytes(sets: &[Set<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    for (index, set) in sets.iter().enumerate() {
        let last = index + 1 == sets.len();
        out.extend(set.results.canonical(Form::Relaxed, false));
        out.extend(set.message.canonical(Form::Relaxed, false));
        let seal = set.seal.canonical(Form::Relaxed, last);
        let end = if last { seal.len() - 2 } else { seal.len() };
        out.extend_from_slice(&seal[..end]);
    }
    out
}
