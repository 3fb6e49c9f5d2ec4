//! Tests of the importer of Bluesky repositories.

use faisceau_model::RejectReason;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::owner;
use crate::testing::{dump, mutated, read, reasons};

const REPO: &[u8] = include_bytes!("../../../tests/fixtures/bluesky/repo.car");

#[test]
fn a_repository_gives_all_columns() {
    let (imported, sink) = read(REPO);
    assert_eq!(imported.name(), Some("bluesky-car"));
    assert_eq!(imported.problem, None);
    insta::assert_snapshot!("posts", dump(&sink.posts));
    insta::assert_snapshot!("accounts", dump(&sink.accounts));
    let told: Vec<_> =
        sink.rejects.iter().map(|reject| format!("{}: {}", reject.reason, reject.detail)).collect();
    assert_eq!(
        told,
        [
            "time: `createdAt` is no time: `pas une date`",
            "missing_field: no key of the repository leads to this record",
            "syntax: the block is not the one that its id names",
            "set_aside: 2 records of `app.bsky.feed.like` hold no post",
            "set_aside: 1 records of `app.bsky.graph.follow` hold no post",
        ]
    );
    assert_eq!(sink.unknown_fields[0].field, "record.odd");
    // The place is that of the record itself.
    let faisceau_model::Place::Bytes { start, len } = sink.posts[0].place else { panic!() };
    let bytes = &REPO[start as usize..(start + len) as usize];
    assert!(bytes.windows(6).any(|window| window == b"createdAt".get(..6).unwrap()));
    assert_eq!(bytes[0] >> 5, 5);
}

#[test]
fn the_owner_is_the_one_that_the_commit_names() {
    assert_eq!(owner(REPO).unwrap().as_str(), "bluesky:did:plc:vengeur000000000000000000");
    assert_eq!(owner(b""), None);
    assert_eq!(owner(&REPO[..60]), None);
}

#[test]
fn a_changed_letter_costs_its_record() {
    let mut bytes = REPO.to_vec();
    let at = bytes.windows(7).position(|window| window == b"Je sais").unwrap();
    bytes[at] = b'T';
    let (_, sink) = read(&bytes);
    assert_eq!(sink.posts.len(), 1);
    assert_eq!(sink.rejects[0].detail, "the block is not the one that its id names");
}

#[test]
fn a_file_that_is_cut_keeps_the_blocks_before() {
    let (imported, sink) = read(&REPO[..REPO.len() - 10]);
    assert_eq!(sink.posts.len(), 2);
    assert_eq!(sink.rejects.last().unwrap().reason, RejectReason::Truncated);
    assert!(imported.problem.unwrap().contains("stops in the middle of a block"));
    assert!(reasons(&sink).iter().any(|reason| reason.contains("no key of the repository")));
}

#[test]
fn a_block_of_millions_of_values_is_not_held_in_memory() {
    let len = 5_u32 << 20;
    let mut data = vec![0x9a];
    data.extend(len.to_be_bytes());
    data.resize(5 + len as usize, 0xf6);
    let mut bytes = REPO.to_vec();
    let mut rest = 36 + data.len();
    while rest > 0x7f {
        bytes.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
    bytes.extend([0x01, 0x71, 0x12, 0x20]);
    bytes.extend(Sha256::digest(&data));
    bytes.extend(data);
    let (_, sink) = read(&bytes);
    let limits: Vec<_> =
        sink.rejects.iter().filter(|reject| reject.reason == RejectReason::Limit).collect();
    assert_eq!(limits.len(), 1);
    assert!(limits[0].detail.contains("longer than"), "{}", limits[0].detail);
}

proptest! {
    #[test]
    fn never_panics_and_always_balances(bytes in mutated(REPO)) {
        read(&bytes);
        owner(&bytes);
    }
}
