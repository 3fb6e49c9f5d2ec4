//! Comparisons to links, with the bundled calibration.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use faisceau_model::rows::{Comparison, Link};
use faisceau_model::{Absent, AccessKind, AccountKey, Family, Maybe, RowId};
use faisceau_weigh::{Calibration, Shifts};

const CALIBRATION: &str = include_str!("../../../datasets/reference/calibration.json");
const DISCRETE: &str = include_str!("../../../datasets/reference/discrete.toml");

fn calibration() -> Calibration {
    Calibration::parse(CALIBRATION, DISCRETE).unwrap()
}

/// Weighed with the reference as it is.
fn weigh(comparisons: &[Comparison], calibration: &Calibration, pairs: usize) -> Vec<Link> {
    faisceau_weigh::weigh(comparisons, calibration, &Shifts::default(), pairs)
}

fn comparison(
    number: usize,
    signal: &str,
    family: Family,
    score: f64,
    material: i64,
) -> Comparison {
    Comparison {
        id: RowId::derived("cmp", number),
        a: AccountKey::by_id("x", "1"),
        b: AccountKey::by_id("x", "2"),
        signal: signal.into(),
        family,
        score,
        material_a: material,
        material_b: material * 3,
        unit: "words".into(),
        access: Maybe::Missing(Absent::NotApplicable),
        shared: Maybe::Missing(Absent::NotApplicable),
        parts: Vec::new(),
        innocent: Vec::new(),
        rows: Vec::new(),
    }
}

fn style(score: f64, words: i64) -> Comparison {
    comparison(1, "writing_style", Family::Style, score, words)
}

fn address(kind: AccessKind, others: i64) -> Comparison {
    let score = libm::log10(2.0 * (others as f64 + 1.0));
    let mut shared = comparison(9, "shared_address", Family::Network, score, others);
    shared.access = Maybe::Known(kind);
    shared
}

fn known(value: &Maybe<f64>) -> f64 {
    *value.known().unwrap()
}

#[test]
fn more_text_says_more_and_bins_join() {
    let of = |words| known(&weigh(&[style(4.0, words)], &calibration(), 1)[0].style);
    assert!(of(100) < of(250) && of(250) < of(500));
    let (low, between, high) = (of(250), of(300), of(350));
    assert!(low.min(high) <= between && between <= low.max(high));
    assert_eq!(of(1000), of(50_000));
    let link = &weigh(&[style(0.8, 49)], &calibration(), 1)[0];
    assert_eq!(link.style, Maybe::Missing(Absent::TooLittle));
    assert_eq!(link.network, Maybe::Missing(Absent::NoData));
    assert_eq!((link.total, link.favours.clone()), (0.0, Maybe::Missing(Absent::TooLittle)));
}

#[test]
fn the_cap_binds_and_the_interval_holds_the_point() {
    for score in [-40.0, -1.0, 0.0, 0.7, 2.0, 40.0] {
        for words in [100, 130, 250, 1000] {
            let link = &weigh(&[style(score, words)], &calibration(), 1)[0];
            let (low, point, high) =
                (known(&link.style_low), known(&link.style), known(&link.style_high));
            assert!(low <= point && point <= high && high <= known(&link.style_cap));
            assert!(known(&link.style_cap) < 3.0, "no bin supports more than 1000");
            assert_eq!(link.total, point);
        }
    }
}

#[test]
fn rivals_from_elsewhere_have_their_own_table() {
    let local = style(1.5, 250);
    let mut foreign = local.clone();
    foreign.innocent = vec!["foreign_population".into()];
    let of =
        |one: &Comparison| known(&weigh(std::slice::from_ref(one), &calibration(), 1)[0].style);
    assert!(of(&foreign) < of(&local), "pairs of one site look alike beside strangers");
}

#[test]
fn the_kind_of_access_decides() {
    let of = |one: Comparison| weigh(&[one], &calibration(), 1)[0].clone();
    let line = of(address(AccessKind::AccessLine, 200));
    assert!(known(&line.network) > 1.5 && known(&line.network_cap) == 2.0);
    assert_eq!(line.favours, Maybe::Known("H1".into()));
    assert_eq!(known(&of(address(AccessKind::TorExit, 200)).network), 0.0);
    assert!(known(&of(address(AccessKind::Vpn, 200)).network) <= 0.1);
    assert!(known(&of(address(AccessKind::Cgnat, 200)).network) <= 0.1);
    assert!(known(&of(address(AccessKind::SharedSite, 200)).network) <= 0.5);
    let few = of(address(AccessKind::AccessLine, 3));
    assert!(known(&few.network) < known(&line.network), "a small case supports less");
    assert!(known(&few.network_low) < known(&few.network));
    let mut old = address(AccessKind::AccessLine, 200);
    old.innocent = vec!["reassigned_address".into()];
    assert!(known(&of(old).network) <= 1.0);
}

#[test]
fn inside_a_family_nothing_is_multiplied_and_across_the_total_is_capped() {
    let line = address(AccessKind::AccessLine, 200);
    let twice = [line.clone(), line.clone(), address(AccessKind::Vpn, 200)];
    let (once, thrice) =
        (&weigh(&twice[..1], &calibration(), 1)[0], &weigh(&twice, &calibration(), 1)[0]);
    assert_eq!(once.network, thrice.network);
    let everything = [
        style(9.0, 1000),
        comparison(2, "hour_of_week", Family::Time, 30.0, 120),
        line,
        comparison(3, "same_camera", Family::Media, 3.0, 500),
    ];
    let link = &weigh(&everything, &calibration(), 190)[0];
    assert_eq!((link.total, link.total_cap), (4.0, 4.0));
    assert_eq!(link.pairs_compared, 190);
    assert_eq!(link.rows, ["cmp:1", "cmp:2", "cmp:9", "cmp:3"]);
}

#[test]
fn a_score_that_is_not_a_number_breaks_nothing() {
    for score in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX] {
        let mut wild = address(AccessKind::AccessLine, -5);
        wild.score = score;
        let links = weigh(&[style(score, 250), wild], &calibration(), 1);
        assert!(links.iter().all(|link| link.total.is_finite()));
        assert_eq!(links.len(), 1);
    }
}

#[test]
fn a_file_that_cannot_be_trusted_is_refused() {
    let refused = |json: &str| Calibration::parse(json, DISCRETE).unwrap_err().to_string();
    assert!(refused("{").starts_with("the calibration cannot be read"));
    let other = CALIBRATION.replacen("\"version\":2", "\"version\":7", 1);
    assert_eq!(refused(&other), "the calibration is of version 7, version 1 to 2 was expected");
    let dear = CALIBRATION.replacen("\"ordinary_cost\":", "\"ordinary_cost\":-", 1);
    assert!(refused(&dear).contains("cost no number of bits"));
    let turned = CALIBRATION.replacen("\"slope\":", "\"slope\":-", 1);
    assert!(refused(&turned).contains("speaks for different hands"));
    let unordered = CALIBRATION.replacen("\"material\":140", "\"material\":14", 1);
    assert!(refused(&unordered).contains("out of order"));
}
