//! What denials prove, and what somebody who replays them would like them to prove.

use hickory_proto::dnssec::Nsec3HashAlgorithm;
use hickory_proto::dnssec::rdata::NSEC3;
use hickory_proto::rr::RecordType::{A, CNAME, DNAME, DNSKEY, DS, MX, NS, SOA, TXT};
use proptest::prelude::*;

use super::*;

/// A zone: a delegation, an alias of a whole domain, a name below an empty one, a wildcard.
const ZONE: [(&str, &[RecordType]); 7] = [
    ("z.", &[NS, SOA, DNSKEY]),
    ("child.z.", &[NS, DS]),
    ("moved.z.", &[DNAME]),
    ("open.z.", &[NS]),
    ("a.sub.z.", &[A]),
    ("*.wild.z.", &[TXT]),
    ("www.z.", &[A]),
];

fn name(text: &str) -> Name {
    Name::from_ascii(text).unwrap()
}

fn plain(owners: &[&str]) -> Denials {
    let next = |at: usize| name(ZONE[(at + 1) % ZONE.len()].0);
    let all = ZONE
        .iter()
        .enumerate()
        .map(|(at, (owner, types))| (name(owner), NSEC::new(next(at), types.iter().copied())));
    let plain =
        all.filter(|(owner, _)| owners.is_empty() || owners.iter().any(|o| name(o) == *owner));
    Denials { zone: name("z."), plain: plain.collect(), hashed: Hashed::default() }
}

fn hashed(opt_out: bool, iterations: u16) -> Denials {
    let hash = |text: &str| {
        let hash = Nsec3HashAlgorithm::SHA1.hash(b"salt", &name(text), iterations).unwrap();
        hash.as_ref().to_vec()
    };
    // Empty names have records of their own here (RFC 5155, section 7.1).
    let empty: [(&str, &[RecordType]); 2] = [("sub.z.", &[]), ("wild.z.", &[])];
    let mut all: Vec<(Vec<u8>, &[RecordType])> =
        ZONE.iter().chain(&empty).map(|(owner, types)| (hash(owner), *types)).collect();
    all.sort();
    let mut hashed = Hashed::default();
    for (at, (owner, types)) in all.iter().enumerate() {
        let next = all[(at + 1) % all.len()].0.clone();
        let label = data_encoding::BASE32_DNSSEC.encode(owner);
        let nsec = NSEC3::new(
            Nsec3HashAlgorithm::SHA1,
            opt_out,
            iterations,
            b"salt".to_vec(),
            next,
            types.iter().copied(),
        );
        hashed.add(&name(&format!("{label}.z.")), &nsec);
    }
    Denials { zone: name("z."), plain: Vec::new(), hashed }
}

#[test]
fn the_order_of_the_zone_is_canonical() {
    let names: Vec<Name> = ZONE.iter().map(|(owner, _)| name(owner)).collect();
    assert!(names.is_sorted());
}

#[test]
fn both_kinds_prove_the_same() {
    for denials in [plain(&[]), hashed(false, 3)] {
        for (text, kind, no_data, no_name) in [
            ("www.z.", MX, true, false),
            ("www.z.", A, false, false),
            ("none.z.", A, false, true),
            ("a.b.none.z.", A, false, true),
            ("zzz.z.", A, false, true),
            ("sub.z.", A, true, false),
            ("x.wild.z.", MX, true, false),
            ("x.wild.z.", TXT, false, false),
            // The zone below answers for itself, and the alias for what is below it.
            ("child.z.", A, false, false),
            ("child.z.", DS, false, false),
            ("www.child.z.", A, false, false),
            ("open.z.", DS, true, false),
            ("open.z.", A, false, false),
            ("x.moved.z.", A, false, false),
            // The record of the apex is of the wrong side for DS.
            ("z.", DS, false, false),
            ("z.", MX, true, false),
            ("other.", A, false, false),
        ] {
            let proven = |finding| finding == Finding::Proven;
            let found =
                (proven(denials.no_data(&name(text), kind)), proven(denials.no_name(&name(text))));
            assert_eq!(found, (no_data, no_name), "{text} {kind}");
        }
        for (text, border) in [
            ("www.z.", Border::None),
            ("none.z.", Border::None),
            ("sub.z.", Border::None),
            ("open.z.", Border::Unsigned),
            ("child.z.", Border::Unproven),
            ("z.", Border::Unproven),
            ("www.child.z.", Border::Unproven),
        ] {
            assert_eq!(denials.border(&name(text)), border, "{text}");
        }
        assert_eq!(denials.nothing_closer(&name("x.wild.z."), 2), Finding::Proven);
        assert_eq!(denials.nothing_closer(&name("www.z."), 1), Finding::Unproven);
    }
}

#[test]
fn a_part_of_the_proof_is_no_proof() {
    // The name is denied, the wildcard in its place is not.
    assert_eq!(plain(&["a.sub.z."]).no_name(&name("wild.z.")), Finding::Unproven);
    assert_eq!(plain(&["*.wild.z."]).no_name(&name("x.wild.z.")), Finding::Unproven);
    assert_eq!(plain(&["child.z."]).no_name(&name("none.z.")), Finding::Unproven);
    assert_eq!(plain(&["moved.z."]).no_name(&name("none.z.")), Finding::Unproven);
    assert_eq!(plain(&["moved.z.", "z."]).no_name(&name("none.z.")), Finding::Proven);
    assert_eq!(hashed(true, 0).no_name(&name("none.z.")), Finding::OptOut);
    assert_eq!(hashed(true, 0).border(&name("none.z.")), Border::Unsigned);
    assert_eq!(hashed(false, 51).no_name(&name("none.z.")), Finding::Limit);
    assert_eq!(hashed(false, 51).border(&name("open.z.")), Border::Limit);
    let nothing = Denials { zone: name("z."), plain: Vec::new(), hashed: Hashed::default() };
    assert_eq!(nothing.no_name(&name("none.z.")), Finding::Unproven);
    assert_eq!(nothing.border(&name("none.z.")), Border::Unproven);
    assert!(!lacks(&name("x.z."), A, &|kind| kind == CNAME));
}

proptest! {
    /// No choice of right denials proves that what is there is not.
    #[test]
    fn nothing_that_exists_is_denied(
        chosen in prop::collection::vec(0..ZONE.len(), 1..7),
        which in 0..ZONE.len(),
        below in "[a-z]{0,3}",
    ) {
        let owners: Vec<&str> = chosen.iter().map(|at| ZONE[*at].0).collect();
        let (owner, types) = ZONE[which];
        for denials in [plain(&owners), hashed(false, 0)] {
            prop_assert_ne!(denials.no_name(&name(owner)), Finding::Proven);
            for kind in types {
                prop_assert_ne!(denials.no_data(&name(owner), *kind), Finding::Proven);
            }
            let leads_away = types.contains(&DNAME) || owner == "child.z." || owner == "open.z.";
            if leads_away && !below.is_empty() {
                let below = name(&format!("{below}.{owner}"));
                prop_assert_ne!(denials.no_name(&below), Finding::Proven);
                prop_assert_ne!(denials.no_data(&below, A), Finding::Proven);
            }
        }
    }
}
