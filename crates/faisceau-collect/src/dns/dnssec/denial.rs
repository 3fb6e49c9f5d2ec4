//! What a signed zone says is not there (RFC 4035, section 5.4; RFC 5155, section 8).
//!
//! In: NSEC or NSEC3 records whose signatures were checked. Out: what they prove of a name.

use hickory_proto::dnssec::rdata::NSEC;
use hickory_proto::rr::{Name, RecordType};

use super::nsec3::Hashed;
use super::signature::{ancestor, labels, wildcard};

/// What is proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Finding {
    Proven,
    /// Nobody signs here: the zone leaves unsigned delegations out (RFC 5155, section 6).
    OptOut,
    Unproven,
    /// Too many iterations.
    Limit,
}

/// What stands between a zone and a name below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Border {
    /// A delegation to a zone that is not signed.
    Unsigned,
    /// None: the name is of the same zone, or is not there.
    None,
    Unproven,
    Limit,
}

/// Denials of one zone, checked.
pub(super) struct Denials {
    pub(super) zone: Name,
    pub(super) plain: Vec<(Name, NSEC)>,
    pub(super) hashed: Hashed,
}

impl Denials {
    /// The name has no records of a type.
    pub(super) fn no_data(&self, name: &Name, kind: RecordType) -> Finding {
        if self.plain.is_empty() {
            return self.hashed.no_data(&self.zone, name, kind);
        }
        if let Some(nsec) = self.at(name) {
            return proven(lacks(name, kind, &|kind| nsec.type_set().contains(kind)));
        }
        let Some((_, nsec)) = self.around(name) else { return Finding::Unproven };
        if name.zone_of(nsec.next_domain_name()) {
            // Only names below it have records.
            return Finding::Proven;
        }
        let wildcard = self.closest(name).and_then(|closest| wildcard(&closest));
        let nsec = wildcard.as_ref().and_then(|wildcard| self.at(wildcard));
        proven(nsec.is_some_and(|nsec| lacks(name, kind, &|kind| nsec.type_set().contains(kind))))
    }

    /// The name does not exist, nor a wildcard in its place.
    pub(super) fn no_name(&self, name: &Name) -> Finding {
        if self.plain.is_empty() {
            return self.hashed.no_name(&self.zone, name);
        }
        let Some((_, nsec)) = self.around(name) else { return Finding::Unproven };
        if name.zone_of(nsec.next_domain_name()) {
            return Finding::Unproven;
        }
        let wildcard = self.closest(name).and_then(|closest| wildcard(&closest));
        proven(wildcard.is_some_and(|wildcard| self.around(&wildcard).is_some()))
    }

    /// The name that would be closer than the wildcard `*.ancestor` does not exist.
    pub(super) fn nothing_closer(&self, name: &Name, ancestor_labels: usize) -> Finding {
        let next = ancestor(name, ancestor_labels + 1);
        if self.plain.is_empty() {
            return self.hashed.covers(&next);
        }
        proven(self.around(&next).is_some())
    }

    /// What stands between the zone and a name without DS.
    pub(super) fn border(&self, name: &Name) -> Border {
        if self.plain.is_empty() {
            return self.hashed.border(&self.zone, name);
        }
        match self.at(name) {
            Some(nsec) => border(&|kind| nsec.type_set().contains(kind)),
            None if self.around(name).is_some() => Border::None,
            None => Border::Unproven,
        }
    }

    fn at(&self, name: &Name) -> Option<&NSEC> {
        self.plain.iter().find(|(owner, _)| owner == name).map(|(_, nsec)| nsec)
    }

    /// The record between whose names a name would stand. That of a delegation says nothing of what
    /// is below it (RFC 6840, section 4.1).
    fn around(&self, name: &Name) -> Option<&(Name, NSEC)> {
        self.plain.iter().find(|(owner, nsec)| {
            let next = nsec.next_domain_name();
            let types = nsec.type_set();
            let leads_away = types.contains(RecordType::DNAME)
                || (types.contains(RecordType::NS) && !types.contains(RecordType::SOA));
            let inside = owner < name && (name < next || next <= owner);
            self.zone.zone_of(name) && inside && !(leads_away && owner.zone_of(name))
        })
    }

    /// The closest ancestor that exists, as the record around the name shows it.
    fn closest(&self, name: &Name) -> Option<Name> {
        let (owner, nsec) = self.around(name)?;
        let shared = shared_labels(name, owner).max(shared_labels(name, nsec.next_domain_name()));
        Some(ancestor(name, shared))
    }
}

fn proven(is: bool) -> Finding {
    if is { Finding::Proven } else { Finding::Unproven }
}

fn shared_labels(one: &Name, other: &Name) -> usize {
    let pairs = one.iter().rev().zip(other.iter().rev());
    pairs.take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count()
}

/// Whether a record at the name itself denies a type: the parent's does so for DS alone, the
/// zone's own for everything else (RFC 6840, section 4.4).
pub(super) fn lacks(name: &Name, kind: RecordType, has: &dyn Fn(RecordType) -> bool) -> bool {
    let own = has(RecordType::SOA);
    let right_side = if kind == RecordType::DS {
        !own || labels(name) == 0
    } else {
        own || !has(RecordType::NS)
    };
    right_side && !has(kind) && !has(RecordType::CNAME)
}

pub(super) fn border(has: &dyn Fn(RecordType) -> bool) -> Border {
    if has(RecordType::SOA) || has(RecordType::DS) {
        Border::Unproven
    } else if has(RecordType::NS) {
        Border::Unsigned
    } else {
        Border::None
    }
}

#[cfg(test)]
mod tests;
