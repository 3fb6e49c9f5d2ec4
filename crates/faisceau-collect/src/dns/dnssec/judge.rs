//! The verdict on one answer (RFC 4035, section 5; RFC 6840).
//!
//! In: a question and its answer. Out: the state of the whole answer, which is that of its worst
//! part: each set, the proof that a wildcard was right, and the proof that nothing is there.

use hickory_proto::op::{Message, ResponseCode};
use hickory_proto::rr::{Name, RData, RecordType};

use super::chain::{Chain, Pending, code, is_answer, shown, too_many_iterations};
use super::denial::Finding;
use super::sets::{self, RrSet};
use super::signature::labels;
use super::{State, Verdict};
use crate::dns::presentation;

/// Sets of an answer that are looked at.
const MOST_SETS: usize = 16;
/// Aliases that are followed.
const MOST_ALIASES: usize = 12;

/// Judges an answer.
pub(super) fn judge(
    chain: &mut Chain<'_>,
    name: &Name,
    kind: RecordType,
    reply: &Message,
) -> Result<Verdict, Pending> {
    if !is_answer(reply) {
        return Ok(Verdict::new(State::Indeterminate, format!("the answer is {}", code(reply))));
    }
    let sets = sets::of(&reply.answers);
    if sets.len() > MOST_SETS {
        return Ok(Verdict::new(State::Indeterminate, "more sets of records than are looked at"));
    }
    let mut verdict: Option<Verdict> = None;
    let mut add = |found: Verdict| {
        verdict = Some(verdict.take().map_or(found.clone(), |verdict| verdict.and(found)));
    };
    for set in &sets {
        if !is_made_of_dname(set, &sets) {
            add(of_set(chain, set, reply)?);
        }
    }
    let end = end_of_aliases(name, kind, &sets);
    let found = sets.iter().any(|set| *set.owner == end && set.kind == kind);
    if !found || reply.metadata.response_code == ResponseCode::NXDomain {
        add(of_nothing(chain, &end, kind, reply)?);
    }
    Ok(verdict.unwrap_or_else(|| Verdict::new(State::Indeterminate, "the answer is empty")))
}

fn of_set(chain: &mut Chain<'_>, set: &RrSet<'_>, reply: &Message) -> Result<Verdict, Pending> {
    let (signed, way) = match chain.signed(set)? {
        Ok(signed) => signed,
        Err(verdict) => return Ok(verdict),
    };
    let secure = Verdict::new(State::Secure, format!("{way}, key {}", signed.tag));
    let Some(above) = signed.wildcard_of else { return Ok(secure) };
    let denials = match chain.denials(reply, set.owner, false)? {
        Ok(denials) => denials,
        Err(verdict) => return Ok(verdict),
    };
    let found = denials.nothing_closer(set.owner, labels(&above));
    Ok(verdict(found, &denials.zone, secure, || {
        format!("nothing proves that the wildcard was right for {}", shown(set.owner))
    }))
}

fn of_nothing(
    chain: &mut Chain<'_>,
    name: &Name,
    kind: RecordType,
    reply: &Message,
) -> Result<Verdict, Pending> {
    let denials = match chain.denials(reply, name, kind == RecordType::DS)? {
        Ok(denials) => denials,
        Err(verdict) => return Ok(verdict),
    };
    let found = if reply.metadata.response_code == ResponseCode::NXDomain {
        denials.no_name(name)
    } else {
        denials.no_data(name, kind)
    };
    let how = format!("{} proves that there is nothing", shown(&denials.zone));
    Ok(verdict(found, &denials.zone, Verdict::new(State::Secure, how), || {
        format!("nothing proves that {} has no {kind}", shown(name))
    }))
}

fn verdict(
    found: Finding,
    zone: &Name,
    secure: Verdict,
    unproven: impl FnOnce() -> String,
) -> Verdict {
    match found {
        Finding::Proven => secure,
        Finding::OptOut => {
            let how = format!("{} leaves unsigned delegations out of its proofs", shown(zone));
            Verdict::new(State::Insecure, how)
        }
        Finding::Unproven => Verdict::new(State::Bogus, unproven()),
        Finding::Limit => too_many_iterations(zone),
    }
}

/// Where the aliases of an answer lead.
fn end_of_aliases(name: &Name, kind: RecordType, sets: &[RrSet<'_>]) -> Name {
    let mut end = name.clone();
    for _ in 0..MOST_ALIASES {
        let of_end = |kind| sets.iter().find(|set| *set.owner == end && set.kind == kind);
        if kind == RecordType::CNAME || of_end(kind).is_some() {
            break;
        }
        let alias = of_end(RecordType::CNAME).and_then(|set| set.records.first());
        match alias.map(|record| &record.data) {
            Some(RData::CNAME(target)) => end = target.0.clone(),
            _ => break,
        }
    }
    end
}

/// Whether an alias follows from a DNAME of the same answer, whose signature counts for both
/// (RFC 6672, section 5.3.1).
fn is_made_of_dname(alias: &RrSet<'_>, sets: &[RrSet<'_>]) -> bool {
    let [record] = alias.records.as_slice() else { return false };
    let RData::CNAME(target) = &record.data else { return false };
    alias.signatures.is_empty()
        && sets.iter().filter(|set| set.kind == RecordType::DNAME).any(|dname| {
            let target_of = dname.records.first().and_then(|record| match &record.data {
                RData::Unknown { rdata, .. } => presentation::whole_name(&rdata.anything),
                _ => None,
            });
            target_of.is_some_and(|to| {
                replaced(alias.owner, dname.owner, &to).is_some_and(|name| name == target.0)
            })
        })
}

/// A name below `from`, with `to` in its place.
fn replaced(name: &Name, from: &Name, to: &Name) -> Option<Name> {
    if !from.zone_of(name) || from == name {
        return None;
    }
    let kept = name.iter().count() - from.iter().count();
    let labels: Vec<&[u8]> = name.iter().take(kept).chain(to.iter()).collect();
    let mut made = Name::from_labels(labels).ok()?;
    made.set_fqdn(true);
    Some(made)
}
