//! Grouping and transfer on a small corpus, end to end.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use faisceau_signals::Reference;
use faisceau_validate::corpus::{Corpus, Limits};
use faisceau_validate::grouping::{FLOORS, HEAD, components, lines, links, plant, run};
use faisceau_validate::transfer::{Weigher, transfer};
use faisceau_weigh::Calibration;

const CORPUS: &[u8] = include_bytes!("fixtures/fr_comments_cut.csv.gz");
const AUTHORS: &[u8] = include_bytes!("../../../datasets/reference/authors.jsonl.zst");
const HOURS: &[u8] = include_bytes!("../../../datasets/reference/hours.json");
const FUSION: &[u8] = include_bytes!("../../../datasets/reference/fusion.json");
const CALIBRATION: &str = include_str!("../../../datasets/reference/calibration.json");
const DISCRETE: &str = include_str!("../../../datasets/reference/discrete.toml");

fn bundled() -> (Reference, Calibration) {
    let authors = zstd::decode_all(AUTHORS).unwrap();
    let reference = Reference::parse(&authors, HOURS, FUSION).unwrap();
    (reference, Calibration::parse(CALIBRATION, DISCRETE).unwrap())
}

fn corpus() -> Corpus {
    Corpus::read(CORPUS, &Limits::default()).unwrap()
}

#[test]
fn a_higher_floor_joins_no_more_and_no_group_hangs_by_a_chain() {
    let (reference, calibration) = bundled();
    let population = plant(&[&corpus()], 100, false);
    assert!(population.true_pairs() > 0 && population.authors() > 12);
    let links = links(&population, &reference, &calibration);
    let count = population.accounts.len();
    assert!(links.iter().all(|link| link.pairs_compared as usize == count * (count - 1) / 2));
    let at = |floor| run(&population, &links, floor);
    for floor in FLOORS {
        let figures = at(floor).figures;
        assert_eq!(figures.chained, 0, "{floor}");
        assert!(figures.right <= figures.joined && figures.right <= figures.true_pairs);
    }
    assert!(at(0.5).figures.joined > at(3.0).figures.joined);
    // Links, strong or weak, chain into one group where nothing ends a chain.
    let chains = components(&links, 0.0);
    assert!(chains.iter().map(Vec::len).max() > at(0.5).groups.iter().map(Vec::len).max());
    let table = lines(("cut", "bundled", 100), &population, &[("contraction", at(2.0).figures)]);
    assert_eq!(table.lines().count(), 1);
    assert_eq!(table.trim_end().len(), HEAD.len(), "{HEAD}\n{table}");
}

#[test]
fn transfer_has_figures_for_style_and_for_style_with_times() {
    let (reference, calibration) = bundled();
    let weigher = Weigher { reference: &reference, calibration: &calibration };
    let transfers = transfer(&corpus(), weigher, &Reference::empty());
    assert_eq!(transfers.len(), 8);
    let (style, both) = (&transfers[0], &transfers[1]);
    assert_eq!((style.words, style.posts, both.words, both.posts), (100, None, 100, Some(100)));
    let figures = style.transferred.unwrap();
    assert_eq!((figures.same, figures.different), (24, 264));
    assert!(figures.cllr < 1.0, "{figures:?}");
    assert_ne!(both.transferred.unwrap(), figures);
}
