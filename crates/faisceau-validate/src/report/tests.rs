use faisceau_weigh::validation::Trial;

use super::*;
use crate::baselines::{Baseline, Baselines, Processor};
use crate::corpus::{Corpus, Limits};
use crate::protocol::{Cut, Material, Outcome, Scope, Validation};

fn corpus() -> Corpus {
    let text = "author,timestamp_utc,text,lang,source\na,2020-01-01T00:00:00Z,x,fr,<b>\n\
                b,2020-01-02T00:00:00Z,y,fr,blog\nc,never,z,fr,blog\n";
    Corpus::read(text.as_bytes(), &Limits::default()).unwrap()
}

fn report() -> ValidationReport {
    let pairs = (0..20).flat_map(|a| (0..20).map(move |b| (a, b)));
    let noise = |a: usize, b: usize| ((a * 31 + b * 17) % 23) as f64 / 10.0;
    let score = |(a, b)| Trial { a, b, score: noise(a, b) + if a == b { 1.5 } else { 0.0 } };
    let scores: Vec<Trial> = pairs.map(score).collect();
    let validation = |system: &str, material, outcome| Validation {
        system: system.to_owned(),
        cut: Cut::Halves,
        scope: Scope::Within,
        material,
        outcome,
    };
    let validations = [
        validation("style <script>", Material::words(250), Outcome::calibrated(scores.clone())),
        validation("time\u{1b}[31m", Material::posts(10), Outcome::default()),
        Validation {
            cut: Cut::Days,
            ..validation("both", Material::both(100, 30), Outcome::calibrated(scores))
        },
    ];
    let baselines = Baselines {
        authors: 20,
        words: 250,
        posts: 100,
        protocol: "halves".to_owned(),
        within: true,
        processor: Processor::Portable,
        results: vec![Baseline { name: "char4 tf-idf cosine".to_owned(), figures: None }],
    };
    let summary = CorpusSummary::new("corpus & \"co\"", &corpus());
    ValidationReport::new(summary, &validations, vec![baselines])
}

#[test]
fn the_table() {
    insta::assert_snapshot!(table(&report()));
}

#[test]
fn the_page() {
    let page = page(&report());
    assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains('\u{1b}'));
    insta::assert_snapshot!(page);
}

#[test]
fn the_data_read_back_to_the_same() {
    let report = report();
    let json = report.json().unwrap();
    assert_eq!(serde_json::from_str::<ValidationReport>(&json).unwrap(), report);
    insta::assert_snapshot!(json);
}
