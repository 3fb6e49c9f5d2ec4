//! Denials by hashed names (RFC 5155, section 8).
//!
//! In: NSEC3 records of one zone. Out: what they prove. Refused: more iterations than
//! [`MOST_ITERATIONS`] (RFC 9276 asks for none).

use hickory_proto::dnssec::rdata::NSEC3;
use hickory_proto::rr::{Name, RecordType};

use super::denial::{Border, Finding, border, lacks};
use super::signature::{ancestor, wildcard};

/// Iterations that are computed.
const MOST_ITERATIONS: u16 = 50;

/// Records by the hash of their names; all of one salt and number of iterations.
#[derive(Default)]
pub(super) struct Hashed(Vec<(Vec<u8>, NSEC3)>);

/// The closest ancestor that exists, and the record around the name one label longer.
struct Closest<'h> {
    ancestor: Name,
    around: &'h NSEC3,
}

impl Hashed {
    /// Adds a record whose owner begins with the hash. Other parameters than those of the first
    /// are of another chain, and are left out.
    pub(super) fn add(&mut self, owner: &Name, nsec: &NSEC3) {
        let label = owner.iter().next().unwrap_or_default().to_ascii_lowercase();
        let Ok(hash) = data_encoding::BASE32_DNSSEC.decode(&label) else { return };
        let same = self.0.first().is_none_or(|(_, first)| {
            first.salt() == nsec.salt() && first.iterations() == nsec.iterations()
        });
        if same {
            self.0.push((hash, nsec.clone()));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn hash(&self, name: &Name) -> Option<Vec<u8>> {
        let (_, first) = self.0.first()?;
        let hash = first.hash_algorithm().hash(first.salt(), name, first.iterations()).ok()?;
        Some(hash.as_ref().to_vec())
    }

    fn is_beyond(&self) -> bool {
        self.0.first().is_some_and(|(_, first)| first.iterations() > MOST_ITERATIONS)
    }

    fn at(&self, name: &Name) -> Option<&NSEC3> {
        let hash = self.hash(name)?;
        self.0.iter().find(|(owner, _)| *owner == hash).map(|(_, nsec)| nsec)
    }

    fn around(&self, name: &Name) -> Option<&NSEC3> {
        let hash = self.hash(name)?;
        let found = self.0.iter().find(|(owner, nsec)| {
            let next = nsec.next_hashed_owner_name();
            let (after, before) = (hash.as_slice() > owner.as_slice(), hash.as_slice() < next);
            if next <= owner.as_slice() { after || before } else { after && before }
        });
        found.map(|(_, nsec)| nsec)
    }

    /// Section 8.3. A delegation says nothing of what is below it.
    fn closest(&self, zone: &Name, name: &Name) -> Option<Closest<'_>> {
        let (least, all) = (zone.iter().count(), name.iter().count());
        for count in (least..all).rev() {
            let candidate = ancestor(name, count);
            let Some(nsec) = self.at(&candidate) else { continue };
            let types = nsec.type_set();
            let leads_away = types.contains(RecordType::DNAME)
                || (types.contains(RecordType::NS) && !types.contains(RecordType::SOA));
            if leads_away {
                return None;
            }
            let around = self.around(&ancestor(name, count + 1))?;
            return Some(Closest { ancestor: candidate, around });
        }
        None
    }

    pub(super) fn no_data(&self, zone: &Name, name: &Name, kind: RecordType) -> Finding {
        if self.is_beyond() {
            return Finding::Limit;
        }
        if let Some(nsec) = self.at(name) {
            return proven(lacks(name, kind, &|kind| nsec.type_set().contains(kind)));
        }
        let Some(closest) = self.closest(zone, name) else { return Finding::Unproven };
        let wildcard = wildcard(&closest.ancestor);
        if let Some(nsec) = wildcard.and_then(|wildcard| self.at(&wildcard)) {
            return proven(lacks(name, kind, &|kind| nsec.type_set().contains(kind)));
        }
        if closest.around.opt_out() { Finding::OptOut } else { Finding::Unproven }
    }

    pub(super) fn no_name(&self, zone: &Name, name: &Name) -> Finding {
        if self.is_beyond() {
            return Finding::Limit;
        }
        if self.at(name).is_some() {
            return Finding::Unproven;
        }
        let Some(closest) = self.closest(zone, name) else { return Finding::Unproven };
        let wildcard = wildcard(&closest.ancestor);
        match wildcard.and_then(|wildcard| self.around(&wildcard)) {
            Some(_) if closest.around.opt_out() => Finding::OptOut,
            Some(_) => Finding::Proven,
            None => Finding::Unproven,
        }
    }

    pub(super) fn covers(&self, name: &Name) -> Finding {
        if self.is_beyond() {
            return Finding::Limit;
        }
        match self.around(name) {
            Some(nsec) if nsec.opt_out() => Finding::OptOut,
            found => proven(found.is_some()),
        }
    }

    pub(super) fn border(&self, zone: &Name, name: &Name) -> Border {
        if self.is_beyond() {
            return Border::Limit;
        }
        if let Some(nsec) = self.at(name) {
            return border(&|kind| nsec.type_set().contains(kind));
        }
        match self.closest(zone, name) {
            Some(closest) if closest.around.opt_out() => Border::Unsigned,
            Some(_) => Border::None,
            None => Border::Unproven,
        }
    }
}

fn proven(is: bool) -> Finding {
    if is { Finding::Proven } else { Finding::Unproven }
}
