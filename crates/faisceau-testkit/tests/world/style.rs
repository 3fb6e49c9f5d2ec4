//! A plain measure of style tells the hands apart: cosine of character 4-grams.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_testkit::{DEMO_SEED, World, demo};

use super::reading::posts;

type Vector = BTreeMap<String, f64>;

/// Weighted 4-grams of each examined account, without the texts that raiders copy.
fn vectors(world: &World) -> BTreeMap<String, Vector> {
    let examined: BTreeSet<&str> = world
        .truth
        .accounts
        .iter()
        .filter(|a| a.role == "examined")
        .map(|a| a.account.as_str())
        .collect();
    let mut counts: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for post in posts(world) {
        if examined.contains(post.account.as_str()) && !post.text.contains("https://") {
            let chars: Vec<char> = format!(" {} ", post.text).chars().collect();
            let grams = counts.entry(post.account).or_default();
            for gram in chars.windows(4) {
                *grams.entry(gram.iter().collect()).or_default() += 1.0;
            }
        }
    }
    let mut spread: BTreeMap<String, f64> = BTreeMap::new();
    for gram in counts.values().flat_map(BTreeMap::keys) {
        *spread.entry(gram.clone()).or_default() += 1.0;
    }
    for grams in counts.values_mut() {
        for (gram, weight) in grams.iter_mut() {
            *weight = weight.sqrt() / spread[gram];
        }
        let norm = grams.values().map(|w| w * w).sum::<f64>().sqrt();
        for weight in grams.values_mut() {
            *weight /= norm;
        }
    }
    counts
}

fn cosine(a: &Vector, b: &Vector) -> f64 {
    a.iter().map(|(gram, weight)| weight * b.get(gram).copied().unwrap_or(0.0)).sum()
}

#[test]
fn accounts_of_one_person_are_nearer_than_those_of_two() {
    for seed in [DEMO_SEED, 1, 2, 3, 4] {
        let world = demo(seed);
        let vectors = vectors(&world);
        let (mut same, mut different) = (Vec::new(), Vec::new());
        for (a, first) in &vectors {
            for (b, second) in vectors.range(a.clone()..).skip(1) {
                let score = cosine(first, second);
                if world.truth.same_hand.contains(&[a.clone(), b.clone()]) {
                    same.push(score);
                } else {
                    different.push(score);
                }
            }
        }
        assert_eq!((same.len(), same.len() + different.len()), (7, 91));
        let wins = same.iter().flat_map(|s| different.iter().map(move |d| s > d));
        let area = wins.filter(|&won| won).count() as f64 / (same.len() * different.len()) as f64;
        let mean = |scores: &[f64]| scores.iter().sum::<f64>() / scores.len() as f64;
        assert!(area > 0.95, "seed {seed}: area {area:.3}");
        assert!(mean(&same) > 1.2 * mean(&different), "seed {seed}");
    }
}

#[test]
fn nobody_but_the_raiders_says_the_same_sentence_twice() {
    let world = demo(9);
    let mut seen = BTreeSet::new();
    for post in posts(&world) {
        let copied = post.text.contains("https://") || post.account.starts_with("mail:");
        assert!(copied || seen.insert(post.text.to_lowercase()), "{post:?}");
    }
}
