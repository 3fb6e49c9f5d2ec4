//! The records of a section, sorted into sets with their signatures (RFC 4034, section 3).

use std::collections::BTreeMap;

use hickory_proto::dnssec::rdata::{DNSSECRData, RRSIG};
use hickory_proto::rr::{DNSClass, Name, RData, Record, RecordType};

/// Records of one name and type.
pub(super) struct RrSet<'m> {
    pub(super) owner: &'m Name,
    pub(super) kind: RecordType,
    pub(super) records: Vec<&'m Record>,
    pub(super) signatures: Vec<&'m RRSIG>,
}

impl<'m> RrSet<'m> {
    /// Who says to have signed, closest first: at or above the owner, for DS above it.
    pub(super) fn signers(&self) -> Vec<&'m Name> {
        let above = |signer: &Name| {
            let strictly = self.kind == RecordType::DS;
            signer.zone_of(self.owner) && !(strictly && signer == self.owner)
        };
        let mut signers: Vec<&Name> =
            self.signatures.iter().map(|signature| &signature.input().signer_name).collect();
        signers.retain(|signer| above(signer));
        signers.sort_by_key(|signer| std::cmp::Reverse(signer.iter().count()));
        signers.dedup();
        signers
    }
}

/// The sets of a section, in canonical order. A signature without its set is none.
pub(super) fn of(section: &[Record]) -> Vec<RrSet<'_>> {
    let mut sets: BTreeMap<(&Name, u16), RrSet<'_>> = BTreeMap::new();
    let of_internet = || section.iter().filter(|record| record.dns_class == DNSClass::IN);
    for record in of_internet().filter(|record| record.record_type() != RecordType::RRSIG) {
        let kind = record.record_type();
        let empty = || RrSet { owner: &record.name, kind, records: vec![], signatures: vec![] };
        sets.entry((&record.name, u16::from(kind))).or_insert_with(empty).records.push(record);
    }
    for record in of_internet() {
        if let RData::DNSSEC(DNSSECRData::RRSIG(signature)) = &record.data {
            let key = (&record.name, u16::from(signature.input().type_covered));
            if let Some(set) = sets.get_mut(&key) {
                set.signatures.push(signature);
            }
        }
    }
    sets.into_values().collect()
}
