//! The baselines equal those of the published script, to four decimals.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use faisceau_validate::baselines::{Baselines, Figures, Processor, Settings, run};
use faisceau_validate::corpus::{Corpus, Limits};
use faisceau_validate::protocol::Cut;

const CORPUS: &[u8] = include_bytes!("fixtures/fr_comments_cut.csv.gz");
const HALVES: &str = include_str!("fixtures/alterego_halves.json");
const WITHIN: &str = include_str!("fixtures/alterego_within.json");
const AVX512: &str = include_str!("fixtures/alterego_avx512.json");
const AVX2: &str = include_str!("fixtures/alterego_avx2.json");
const DAYS: &str = include_str!("fixtures/alterego_days.json");

type Named = BTreeMap<String, BTreeMap<String, f64>>;

fn baselines(settings: &Settings) -> Baselines {
    let corpus = Corpus::read(CORPUS, &Limits::default()).unwrap();
    assert_eq!((corpus.authors.len(), corpus.rejects.count), (24, 0));
    run(&corpus, settings, &mut |_, _| {})
}

/// Figures by name, as the script rounds them.
fn rounded(figures: &Figures) -> BTreeMap<String, f64> {
    let exact: BTreeMap<String, f64> =
        serde_json::from_value(serde_json::to_value(figures).unwrap()).unwrap();
    exact.into_iter().map(|(name, x)| (name, format!("{x:.4}").parse().unwrap())).collect()
}

fn check(recorded: &str, settings: &Settings) {
    let recorded: serde_json::Value = serde_json::from_str(recorded).unwrap();
    let expected: Named = serde_json::from_value(recorded["results"].clone()).unwrap();
    let baselines = baselines(settings);
    assert_eq!(recorded["authors"], baselines.authors);
    let found: Named =
        baselines.results.iter().map(|b| (b.name.clone(), rounded(&b.figures.unwrap()))).collect();
    assert_eq!(found.len(), 11);
    for (name, figures) in &found {
        assert_eq!(figures, &expected[name], "{name}");
    }
}

const SETTINGS: Settings = Settings {
    words: 150,
    posts: 100,
    cut: Cut::Halves,
    within: false,
    least_share: 0.8,
    processor: Processor::Portable,
};

#[test]
fn halves_across_sites() {
    check(HALVES, &SETTINGS);
}

#[test]
fn halves_within_a_site() {
    check(WITHIN, &Settings { posts: 30, within: true, ..SETTINGS });
}

#[test]
fn alternate_days() {
    check(DAYS, &Settings { words: 100, cut: Cut::Days, ..SETTINGS });
}

#[test]
fn with_avx512_the_script_keeps_other_words() {
    check(AVX512, &Settings { processor: Processor::Avx512, ..SETTINGS });
}

#[test]
fn with_avx2_the_script_keeps_yet_other_words() {
    check(AVX2, &Settings { processor: Processor::Avx2, ..SETTINGS });
}

#[test]
fn too_few_authors_have_no_figures() {
    let baselines = baselines(&Settings { words: 100_000, ..SETTINGS });
    assert_eq!(baselines.authors, 0);
    assert!(baselines.results.iter().all(|one| one.figures.is_none()));
}
