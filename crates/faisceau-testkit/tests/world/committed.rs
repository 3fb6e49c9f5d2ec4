//! Worlds are pure functions of their seed, and the committed case is the world of its seed.

use faisceau_testkit::{DEMO_SEED, demo, small};

use super::reading::{members, posts};

/// The committed case; `cargo run -p faisceau-testkit --example write_demo -- DIR` writes it anew.
const ARCHIVE: &[u8] = include_bytes!("../../../../datasets/demo/demo.zip");
const TRUTH: &str = include_str!("../../../../datasets/demo/truth.json");

#[test]
fn the_committed_case_is_the_world_of_its_seed() {
    let world = demo(DEMO_SEED);
    assert!(world.archive() == ARCHIVE, "datasets/demo/demo.zip is not what the generator writes");
    assert!(
        world.truth_json() == TRUTH,
        "datasets/demo/truth.json is not what the generator writes"
    );
}

#[test]
fn the_archive_holds_the_settings_and_every_exhibit() {
    let world = small(4);
    let members = members(&world.archive());
    assert_eq!(members.len(), world.files.len() + 2);
    assert_eq!(members[0], ("case.toml".to_owned(), world.case_toml.clone().into_bytes()));
    assert_eq!(members[1].0, "overlay.csv");
    for (member, (name, bytes)) in members[2..].iter().zip(&world.files) {
        assert_eq!(member.0, format!("pieces/{name}"));
        assert_eq!(member.1, *bytes);
    }
}

#[test]
fn the_truth_comes_back_from_its_json() {
    let world = small(8);
    assert_eq!(
        serde_json::from_str::<faisceau_testkit::Truth>(&world.truth_json()).unwrap(),
        world.truth
    );
}

#[test]
fn one_seed_gives_one_world_and_two_give_two() {
    assert_eq!(small(21), small(21));
    assert_eq!(demo(21), demo(21));
    let (a, b) = (small(21), small(22));
    assert_ne!(a.truth.shared_networks, b.truth.shared_networks);
    let texts = |world| posts(world).into_iter().map(|p| (p.at, p.text)).collect::<Vec<_>>();
    let (a, b) = (texts(&a), texts(&b));
    assert!(a.iter().filter(|post| b.contains(post)).count() * 50 < a.len());
}
