//! The signals on a small corpus, through the whole protocol.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use faisceau_signals::Reference;
use faisceau_validate::corpus::{Corpus, Limits};
use faisceau_validate::protocol::{Cut, Material, Plan, Read, Scope, Signals, System, validate};
use faisceau_validate::report::{CorpusSummary, ValidationReport, page, table};

const CORPUS: &[u8] = include_bytes!("fixtures/fr_comments_cut.csv.gz");

fn report() -> ValidationReport {
    let corpus = Corpus::read(CORPUS, &Limits::default()).unwrap();
    let reference = Reference::empty();
    let signals = [Read::Style, Read::Time, Read::Both].map(|read| Signals {
        read,
        reference: &reference,
        weighed_by: None,
        held: false,
    });
    let systems: Vec<&dyn System> = signals.iter().map(|signals| signals as &dyn System).collect();
    let plan = Plan {
        cuts: vec![Cut::Halves, Cut::Days],
        scopes: vec![Scope::Within, Scope::Across],
        materials: vec![Material::words(100), Material::posts(3), Material::both(100, 30)],
    };
    let mut told = Vec::new();
    let validations =
        validate(&corpus, &systems, &plan, &mut |done, total| told.push((done, total)));
    assert_eq!(told, (1..=12).map(|done| (done, 12)).collect::<Vec<_>>());
    ValidationReport::new(CorpusSummary::new("cut", &corpus), &validations, Vec::new())
}

#[test]
fn the_same_bytes_for_any_number_of_threads() {
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| report().json().unwrap())
    };
    assert_eq!(with(1), with(3));
}

#[test]
fn figures_are_in_range_and_pairs_of_two_sites_flatter() {
    let report = report();
    assert_eq!(report.entries.len(), 12);
    let style = |scope: &str| {
        let of = |entry: &&faisceau_validate::report::Entry| {
            entry.scope == scope && entry.cut == "halves" && entry.posts.is_none()
        };
        report.entries.iter().find(of).unwrap()
    };
    let (within, across) = (style("within"), style("across"));
    assert_eq!((within.authors, within.different), (24, 264));
    assert_eq!((across.authors, across.different), (24, 552));
    let (within, across) = (within.figures.as_ref().unwrap(), across.figures.as_ref().unwrap());
    assert!(within.auc > 0.6 && across.auc > within.auc);
    for figures in report.entries.iter().filter_map(|entry| entry.figures.as_ref()) {
        assert!(figures.cllr_min <= figures.cllr && figures.cllr_min >= 0.0);
        assert!(figures.cllr_interval[0] <= figures.cllr_interval[1]);
        assert!(figures.top1 <= figures.top10 && figures.ece.len() == 25);
    }
    assert!(table(&report).lines().count() > 12 && page(&report).ends_with("</html>\n"));
}
