//! Planted worlds: whoever is one hand is joined, and nobody else.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test fails by panicking")]

mod planted;

use planted::{Outcome, outcome};

#[test]
fn no_decoy_is_joined_at_the_default_floor() {
    let folder = tempfile::tempdir().unwrap();
    let mut all = Outcome::default();
    for seed in [3, 5] {
        for decoys in [true, false] {
            let root = folder.path().join(format!("{seed}-{decoys}"));
            let found = outcome(&faisceau_testkit::demo(seed), decoys, &root).unwrap();
            assert_eq!(found.planted, 7, "four accounts of one hand and two of another");
            assert_eq!(found.wrong, 0, "seed {seed}, decoys {decoys}: {found:?}");
            all = all.and(found);
        }
    }
    assert!(all.right > 0, "{all:?}");
}
