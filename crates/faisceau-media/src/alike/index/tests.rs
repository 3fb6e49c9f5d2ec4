use proptest::prelude::*;
use proptest::strategy::ValueTree as _;

use super::super::hash::Hash;
use super::*;

fn hashed(whole: Hash) -> Look {
    Look { whole, unframed: None, parts: Vec::new(), contrast: 100 }
}

/// Numbers without any pattern (Marsaglia's xorshift).
fn words(mut seed: u64) -> impl FnMut() -> Hash {
    move || {
        Hash(std::array::from_fn(|_| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        }))
    }
}

fn turned(mut hash: Hash, bits: impl IntoIterator<Item = u8>) -> Hash {
    for bit in bits {
        hash.0[usize::from(bit) / 64] ^= 1 << (bit % 64);
    }
    hash
}

/// Every picture with every other.
fn brute(looks: &[(u64, Look)], distance: u32) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (place, (first, a)) in looks.iter().enumerate() {
        for (second, b) in &looks[place + 1..] {
            let nearest = ways(a, b).chain(ways(b, a)).min().unwrap();
            if nearest.0 <= distance {
                let (first, second) = (*first, *second);
                pairs.push(Pair { first, second, distance: nearest.0, how: nearest.1 });
            }
        }
    }
    pairs
}

fn ways<'a>(of: &'a Look, among: &'a Look) -> impl Iterator<Item = (u32, How)> + 'a {
    let views = [(Some(of.whole), false), (of.unframed, true)]
        .into_iter()
        .chain(of.parts.iter().map(|part| (Some(*part), true)))
        .filter_map(|(hash, part)| Some((hash?, part)));
    views.flat_map(|(view, part)| {
        let faces = [(Some(among.whole), false), (among.unframed, true)];
        faces.into_iter().filter_map(|(hash, inside)| Some((hash?, inside))).flat_map(
            move |(face, inside)| {
                let [as_it_is, mirrored] = if part || inside {
                    [How::Cropped, How::CroppedAndMirrored]
                } else {
                    [How::AsItIs, How::Mirrored]
                };
                [(view.distance(face), as_it_is), (view.mirrored().distance(face), mirrored)]
            },
        )
    })
}

/// Looks of which many are near one another in some way.
fn family() -> impl Strategy<Value = Vec<(u64, Look)>> {
    let bits = || prop::collection::btree_set(any::<u8>(), 0..60);
    let member = (0..4_usize, bits(), any::<bool>(), 0..4_u8, any::<u64>());
    prop::collection::vec(member, 2..40).prop_map(|members| {
        let mut random = words(0x9E37_79B9_7F4A_7C15);
        let ancestors = [random(), random(), random(), random()];
        let made =
            members.into_iter().enumerate().map(|(id, (ancestor, bits, mirror, place, seed))| {
                let near = turned(ancestors[ancestor], bits);
                let near = if mirror { near.mirrored() } else { near };
                let mut other = words(seed | 1);
                let mut look = hashed(other());
                look.parts = vec![other(), other()];
                match place {
                    0 => look.whole = near,
                    1 => look.unframed = Some(near),
                    place => look.parts[usize::from(place) - 2] = near,
                }
                (id as u64, look)
            });
        made.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn finds_exactly_what_comparing_all_pairs_finds(looks in family(), distance in 0..=FARTHEST) {
        let found = Index::build(&looks).pairs(distance);
        prop_assert_eq!(&found.pairs, &brute(&looks, distance));
        for pair in found.pairs {
            let [a, b] = [pair.first, pair.second].map(|id| &looks[id as usize].1);
            prop_assert_eq!(nearest(a, b), (pair.distance, pair.how));
            prop_assert_eq!(nearest(b, a), (pair.distance, pair.how));
        }
        prop_assert!(found.groups.is_empty() && found.crowded.is_empty());
    }
}

#[test]
fn the_family_of_the_property_has_pairs_of_each_kind() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut kinds = std::collections::BTreeSet::new();
    for _ in 0..20 {
        let looks = family().new_tree(&mut runner).unwrap().current();
        kinds.extend(brute(&looks, FARTHEST).into_iter().map(|pair| pair.how));
    }
    assert_eq!(kinds.len(), 4);
}

#[test]
fn finds_the_farthest_of_each_distance_and_nothing_beyond() {
    // One bit of each piece in turn: the worst case of the pigeonhole.
    let spread = |count: u8| (0..count).map(|n| n % 16 * 16 + n / 16);
    for distance in 0..=FARTHEST {
        let base = words(7)();
        let near = turned(base, spread(distance as u8));
        let beyond = turned(base, spread(distance as u8 + 1));
        let looks = [(5, hashed(base)), (6, hashed(near))];
        let pair = Pair { first: 5, second: 6, distance, how: How::AsItIs };
        assert_eq!(Index::build(&looks).pairs(distance).pairs, [pair]);
        let looks = [(5, hashed(base)), (6, hashed(beyond))];
        assert_eq!(Index::build(&looks).pairs(distance).pairs, []);
    }
}

#[test]
fn a_hash_of_thousands_is_one_group() {
    let mut random = words(3);
    let (shared, alone) = (random(), random());
    let mut looks: Vec<(u64, Look)> = (0..5_000).map(|id| (id, hashed(shared))).collect();
    looks.insert(100, (9_000, hashed(alone)));
    looks.push((9_001, hashed(turned(alone, [3]))));
    looks.push((9_002, hashed(turned(shared, [200]))));
    let found = Index::build(&looks).pairs(31);
    assert_eq!(found.groups, [(0..5_000).collect::<Vec<u64>>()]);
    assert_eq!(
        found.pairs,
        [
            Pair { first: 0, second: 9_002, distance: 1, how: How::AsItIs },
            Pair { first: 9_000, second: 9_001, distance: 1, how: How::AsItIs },
        ]
    );
    assert!(found.crowded.is_empty());
}

#[test]
fn a_crowd_of_near_pictures_is_marked_and_bounded() {
    let base = words(3)();
    let near = |id: u64| turned(base, (0..16).filter(|bit| id >> bit & 1 == 1));
    let looks: Vec<(u64, Look)> = (0..4_000).map(|id| (id, hashed(near(id)))).collect();
    let found = Index::build(&looks).pairs(31);
    assert_eq!(found.crowded, (0..4_000).collect::<Vec<u64>>());
    assert!(found.pairs.len() <= 4_000 * PAIRS);
    assert!(found.pairs.len() >= 4_000 * PAIRS / 2);
}

#[test]
fn nothing_has_no_pairs() {
    assert_eq!(Index::build(&[]).pairs(FARTHEST), Found::default());
    assert_eq!(Index::build(&[(1, hashed(Hash::default()))]).pairs(FARTHEST), Found::default());
}
