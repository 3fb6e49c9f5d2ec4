//! The way from a trust anchor down to a zone (RFC 4035, section 5).
//!
//! In: answers about DS and DNSKEY as far as they have come. Out: the keys of a zone, or why it has
//! none that count; or [`Pending`], and what has to be asked first is in `wanted`. Each step leads
//! to a shorter name, so that the way ends.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use hickory_proto::dnssec::PublicKey as _;
use hickory_proto::dnssec::rdata::{DNSKEY, DNSSECRData, DS};
use hickory_proto::op::{Message, ResponseCode};
use hickory_proto::rr::{Name, RData, Record, RecordType};

use super::anchor::Anchors;
use super::denial::{Border, Denials};
use super::nsec3::Hashed;
use super::sets::{self, RrSet};
use super::signature::{self, ATTEMPTS, Failure, Signed, ancestor};
use super::{State, Verdict};
use crate::dns::question::Kind;

/// Labels of a name that is followed up; a reverse name of IPv6 has 34.
const DEEPEST: usize = 48;
/// Keys and digests of a zone that are looked at.
const MOST_KEYS: usize = 32;
const MOST_DIGESTS: usize = 16;
/// Denials of an answer that are checked.
const MOST_DENIALS: usize = 12;

/// Something has to be asked first.
#[derive(Debug)]
pub(super) struct Pending;

/// What is known of a zone.
#[derive(Debug, Clone)]
pub(super) enum Zone {
    /// Its keys, and the way to it.
    Secure(Rc<Vec<DNSKEY>>, Rc<str>),
    /// Why it has none that count.
    Other(Verdict),
}

/// What stands at a name, as the zone above says.
#[derive(Debug, Clone)]
enum Cut {
    /// A zone whose keys have these digests, and the way to the zone above.
    Signed(Vec<DS>, Rc<str>),
    /// Nothing: the name is of the zone above.
    None,
    Other(Verdict),
}

/// What has come and what was found.
pub(super) struct Chain<'a> {
    anchors: &'a Anchors,
    /// Seconds since 1970, modulo 2^32.
    at: u32,
    replies: BTreeMap<(Name, Kind), Option<Rc<Message>>>,
    pub(super) wanted: BTreeSet<(Name, Kind)>,
    zones: BTreeMap<Name, Zone>,
    cuts: BTreeMap<Name, Cut>,
}

impl<'a> Chain<'a> {
    pub(super) fn new(anchors: &'a Anchors, at: u32) -> Self {
        let (zones, cuts) = (BTreeMap::new(), BTreeMap::new());
        Self { anchors, at, replies: BTreeMap::new(), wanted: BTreeSet::new(), zones, cuts }
    }

    /// Takes an answer, or that there is none.
    pub(super) fn came(&mut self, name: Name, kind: Kind, message: Option<Message>) {
        self.wanted.remove(&(name.clone(), kind));
        self.replies.insert((name, kind), message.map(Rc::new));
    }

    fn reply(&mut self, name: &Name, kind: Kind) -> Result<Option<Rc<Message>>, Pending> {
        let key = (name.to_lowercase(), kind);
        if let Some(reply) = self.replies.get(&key) {
            return Ok(reply.clone());
        }
        self.wanted.insert(key);
        Err(Pending)
    }

    /// The keys of a zone.
    pub(super) fn zone(&mut self, apex: &Name) -> Result<Zone, Pending> {
        if let Some(zone) = self.zones.get(apex) {
            return Ok(zone.clone());
        }
        let zone = match self.anchors.above(apex) {
            _ if apex.iter().count() > DEEPEST => Zone::Other(too_deep(apex)),
            None => Zone::Other(no_anchor(apex)),
            Some((anchor, digests)) if anchor == apex => self.keys(apex, &digests, None)?,
            Some(_) => match self.cut(apex)? {
                Cut::Signed(digests, way) => self.keys(apex, &digests, Some(&way))?,
                Cut::Other(verdict) => Zone::Other(verdict),
                Cut::None => {
                    let how = format!("signed by {}, which is no zone", shown(apex));
                    Zone::Other(Verdict::new(State::Bogus, how))
                }
            },
        };
        self.zones.insert(apex.clone(), zone.clone());
        Ok(zone)
    }

    /// Section 5.2: a key of the digests has to have signed all keys.
    fn keys(&mut self, apex: &Name, digests: &[DS], way: Option<&str>) -> Result<Zone, Pending> {
        let known = |ds: &&DS| ds.algorithm().is_supported() && ds.digest_type().is_supported();
        let digests: Vec<&DS> = digests.iter().filter(known).take(MOST_DIGESTS).collect();
        let other = |state, how| Ok(Zone::Other(Verdict::new(state, how)));
        if digests.is_empty() {
            let how = format!("{} has only keys of algorithms unknown here", shown(apex));
            return other(State::Insecure, how);
        }
        let Some(reply) = self.reply(apex, Kind::Dnskey)? else {
            return other(
                State::Indeterminate,
                format!("no answer about the keys of {}", shown(apex)),
            );
        };
        let sets = sets::of(&reply.answers);
        let set = sets.iter().find(|set| set.kind == RecordType::DNSKEY && set.owner == apex);
        let Some(set) = set else {
            let state = if is_answer(&reply) { State::Bogus } else { State::Indeterminate };
            return other(state, format!("the keys of {} did not come", shown(apex)));
        };
        let keys: Vec<DNSKEY> = set.records.iter().filter_map(|record| key(record)).collect();
        if keys.len() > MOST_KEYS {
            return other(State::Indeterminate, format!("{} has too many keys", shown(apex)));
        }
        let entry = |key: &&DNSKEY| {
            let tag = key.calculate_key_tag();
            digests.iter().any(|ds| {
                tag.as_ref().is_ok_and(|tag| *tag == ds.key_tag())
                    && key.public_key().algorithm() == ds.algorithm()
                    && ds.covers(apex, key).is_ok_and(|covers| covers)
            })
        };
        let trusted: Vec<DNSKEY> = keys.iter().filter(entry).cloned().collect();
        match self.verify(set, apex, &trusted, &mut ATTEMPTS.clone()) {
            Ok(signed) => {
                let step = format!("{} ({})", shown(apex), signed.tag);
                let way = way.map_or(format!("anchor {step}"), |way| format!("{way} > {step}"));
                Ok(Zone::Secure(Rc::new(keys), way.into()))
            }
            Err(verdict) => Ok(Zone::Other(verdict)),
        }
    }

    /// What the zone above says of a name.
    fn cut(&mut self, name: &Name) -> Result<Cut, Pending> {
        if let Some(cut) = self.cuts.get(name) {
            return Ok(cut.clone());
        }
        let cut = self.find_cut(name)?;
        self.cuts.insert(name.clone(), cut.clone());
        Ok(cut)
    }

    fn find_cut(&mut self, name: &Name) -> Result<Cut, Pending> {
        let other = |state, how| Ok(Cut::Other(Verdict::new(state, how)));
        let Some(reply) = self.reply(name, Kind::Ds)? else {
            return other(State::Indeterminate, format!("no answer about DS of {}", shown(name)));
        };
        if !is_answer(&reply) {
            let how = format!("DS of {}: {}", shown(name), code(&reply));
            return other(State::Indeterminate, how);
        }
        let sets = sets::of(&reply.answers);
        let of_name = |kind| sets.iter().find(|set| set.kind == kind && set.owner == name);
        if let Some(set) = of_name(RecordType::DS).or(of_name(RecordType::CNAME)) {
            return self.cut_of_set(set);
        }
        match self.denials(&reply, name, true)? {
            Ok(denials) => Ok(match denials.border(name) {
                Border::None => Cut::None,
                Border::Unsigned => {
                    let how = format!(
                        "{} proves that {} is delegated unsigned",
                        shown(&denials.zone),
                        shown(name)
                    );
                    Cut::Other(Verdict::new(State::Insecure, how))
                }
                Border::Unproven => {
                    let how = format!("nothing proves that {} has no DS", shown(name));
                    Cut::Other(Verdict::new(State::Bogus, how))
                }
                Border::Limit => Cut::Other(too_many_iterations(&denials.zone)),
            }),
            Err(verdict) => Ok(Cut::Other(verdict)),
        }
    }

    fn cut_of_set(&mut self, set: &RrSet<'_>) -> Result<Cut, Pending> {
        let signed = match self.signed(set)? {
            Ok((signed, way)) if signed.wildcard_of.is_none() => way,
            Ok(_) => {
                let how = format!("DS of {} came of a wildcard", shown(set.owner));
                return Ok(Cut::Other(Verdict::new(State::Bogus, how)));
            }
            Err(verdict) => return Ok(Cut::Other(verdict)),
        };
        // An alias stands at no border of zones.
        if set.kind == RecordType::CNAME {
            return Ok(Cut::None);
        }
        let digests = set.records.iter().filter_map(|record| digest(record)).collect();
        Ok(Cut::Signed(digests, signed))
    }

    /// Who signed a set, and the way to that zone; or the verdict on it.
    pub(super) fn signed(
        &mut self,
        set: &RrSet<'_>,
    ) -> Result<Result<(Signed, Rc<str>), Verdict>, Pending> {
        let Some((anchor, _)) = self.anchors.above(set.owner) else {
            return Ok(Err(no_anchor(set.owner)));
        };
        let signers: Vec<&Name> =
            set.signers().into_iter().filter(|signer| anchor.zone_of(signer)).take(4).collect();
        if signers.is_empty() {
            let above =
                if set.kind == RecordType::DS { set.owner.base_name() } else { set.owner.clone() };
            return Ok(Err(self.unsigned(&above, &format!("{} {}", set.kind, shown(set.owner)))?));
        }
        let mut worst: Option<Verdict> = None;
        for signer in signers {
            let verdict = match self.zone(signer)? {
                Zone::Secure(keys, way) => {
                    match self.verify(set, signer, &keys, &mut ATTEMPTS.clone()) {
                        Ok(signed) => return Ok(Ok((signed, way))),
                        Err(verdict) => verdict,
                    }
                }
                // A zone above that is not signed has no signed one below, but for anchors.
                Zone::Other(verdict) if verdict.state == State::Insecure => {
                    return Ok(Err(verdict));
                }
                Zone::Other(verdict) => verdict,
            };
            worst = Some(worst.map_or(verdict.clone(), |worst| worst.and(verdict)));
        }
        Ok(Err(worst.unwrap_or_else(|| no_anchor(set.owner))))
    }

    /// The verdict on something without signature at a name: a zone above has to prove that nobody
    /// signs there.
    pub(super) fn unsigned(&mut self, name: &Name, what: &str) -> Result<Verdict, Pending> {
        let Some((anchor, _)) = self.anchors.above(name) else { return Ok(no_anchor(name)) };
        let (first, last) = (anchor.iter().count() + 1, name.iter().count());
        if last > DEEPEST {
            return Ok(too_deep(name));
        }
        for count in first..=last {
            let step = ancestor(name, count);
            match self.cut(&step)? {
                Cut::None => {}
                Cut::Other(verdict) => return Ok(verdict),
                Cut::Signed(..) => {
                    if let Zone::Other(verdict) = self.zone(&step)? {
                        return Ok(verdict);
                    }
                }
            }
        }
        Ok(Verdict::new(State::Bogus, format!("{what} is not signed, and its zone is")))
    }

    /// The denials of an answer whose signatures are right. With `above`, they are of a zone above
    /// the name itself.
    pub(super) fn denials(
        &mut self,
        reply: &Message,
        name: &Name,
        above: bool,
    ) -> Result<Result<Denials, Verdict>, Pending> {
        let sets = sets::of(&reply.authorities);
        let denies = |set: &&RrSet<'_>| matches!(set.kind, RecordType::NSEC | RecordType::NSEC3);
        let sets: Vec<&RrSet<'_>> = sets.iter().filter(denies).take(MOST_DENIALS).collect();
        let fits =
            |signer: &&Name| signer.zone_of(name) && !(above && *signer == name && !name.is_root());
        let signers = sets.iter().flat_map(|set| set.signers());
        let Some(zone) = signers.filter(fits).max_by_key(|signer| signer.iter().count()) else {
            let start = if above { name.base_name() } else { name.clone() };
            let what = format!("that {} has no such records", shown(name));
            return Ok(Err(self.unsigned(&start, &what)?));
        };
        let keys = match self.zone(zone)? {
            Zone::Secure(keys, _) => keys,
            Zone::Other(verdict) => return Ok(Err(verdict)),
        };
        let (mut plain, mut hashed) = (Vec::new(), Hashed::default());
        let (mut left, mut wrong) = (ATTEMPTS, None);
        for set in sets {
            match self.verify(set, zone, &keys, &mut left) {
                Ok(signed) if signed.wildcard_of.is_none() => {}
                Ok(_) => continue,
                Err(verdict) => {
                    wrong = Some(verdict);
                    continue;
                }
            }
            for record in &set.records {
                match &record.data {
                    RData::DNSSEC(DNSSECRData::NSEC(nsec)) => {
                        plain.push((set.owner.clone(), nsec.clone()));
                    }
                    RData::DNSSEC(DNSSECRData::NSEC3(nsec)) => hashed.add(set.owner, nsec),
                    _ => {}
                }
            }
        }
        match wrong {
            Some(verdict) if plain.is_empty() && hashed.is_empty() => Ok(Err(verdict)),
            _ => Ok(Ok(Denials { zone: zone.clone(), plain, hashed })),
        }
    }

    fn verify(
        &self,
        set: &RrSet<'_>,
        zone: &Name,
        keys: &[DNSKEY],
        left: &mut u32,
    ) -> Result<Signed, Verdict> {
        signature::verify(set, zone, keys, self.at, left).map_err(|failure| match failure {
            Failure::Wrong(how) => Verdict::new(State::Bogus, how),
            Failure::Limit => {
                let how = format!("more signatures of {} than are tried", shown(set.owner));
                Verdict::new(State::Indeterminate, how)
            }
        })
    }
}

fn key(record: &Record) -> Option<DNSKEY> {
    match &record.data {
        RData::DNSSEC(DNSSECRData::DNSKEY(key))
            if key.zone_key() && !key.revoke() && key.public_key().algorithm().is_supported() =>
        {
            Some(key.clone())
        }
        _ => None,
    }
}

fn digest(record: &Record) -> Option<DS> {
    match &record.data {
        RData::DNSSEC(DNSSECRData::DS(ds)) => Some(ds.clone()),
        _ => None,
    }
}

/// Whether a reply says yes or no, rather than that something went wrong.
pub(super) fn is_answer(reply: &Message) -> bool {
    matches!(reply.metadata.response_code, ResponseCode::NoError | ResponseCode::NXDomain)
}

pub(super) fn code(reply: &Message) -> String {
    crate::dns::wire::status(reply.metadata.response_code).into_owned()
}

pub(super) fn shown(name: &Name) -> String {
    faisceau_model::excerpt(&crate::dns::presentation::name(name), 255)
}

pub(super) fn too_many_iterations(zone: &Name) -> Verdict {
    let how = format!("{} hashes its denials more often than is computed here", shown(zone));
    Verdict::new(State::Indeterminate, how)
}

fn no_anchor(name: &Name) -> Verdict {
    Verdict::new(State::Indeterminate, format!("no trust anchor at or above {}", shown(name)))
}

fn too_deep(name: &Name) -> Verdict {
    Verdict::new(State::Indeterminate, format!("{} has too many labels to follow up", shown(name)))
}
