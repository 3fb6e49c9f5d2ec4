//! Writes the acts of a made-up case: `cargo run -p faisceau-report --example sample_acts -- FOLDER`.

use std::collections::BTreeSet;
use std::path::Path;

use faisceau_graph::law::{CaseFacts, Fact, Law};
use faisceau_report::{ActFacts, ActsInput, ClaimantFacts, acts, pdf};

#[path = "../tests/sample/mod.rs"]
#[allow(dead_code, clippy::expect_used)]
mod sample;

const FILES: [(&str, &str); 6] = [
    ("addressees.toml", include_str!("../../../datasets/law/addressees.toml")),
    ("categories.toml", include_str!("../../../datasets/law/categories.toml")),
    ("deadlines.toml", include_str!("../../../datasets/law/deadlines.toml")),
    ("gravity.toml", include_str!("../../../datasets/law/gravity.toml")),
    ("heads.toml", include_str!("../../../datasets/law/heads.toml")),
    ("offences.toml", include_str!("../../../datasets/law/offences.toml")),
];

#[expect(clippy::disallowed_methods, reason = "an example writes where its user says")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("which folder?")?;
    let law = Law::parse(&FILES)?;
    let sample = sample::sample();
    let facts = ActFacts {
        court: "tribunal judiciaire de Nantes".into(),
        days: Some(10),
        astreinte_eur: Some(500),
        reason_against_contradiction: "les comptes ont été supprimés le jour même de chaque alerte"
            .into(),
        effects: "insomnies, arrêt de travail de six jours".into(),
        other_exhibits: vec!["certificat médical du 3 juin 2026".into()],
        claimant: ClaimantFacts { names: "Mme B.".into(), ..ClaimantFacts::default() },
        ..ActFacts::default()
    };
    let stated = [Fact::Repeated, Fact::HealthHarm, Fact::Online, Fact::Minor];
    let stated = CaseFacts { stated: BTreeSet::from(stated), itt_days: Some(6) };
    let input = ActsInput { note: &sample.input(), law: &law, stated: &stated, facts: &facts };
    for act in acts(&input) {
        let path = Path::new(&folder).join(act.stem());
        std::fs::write(path.with_extension("pdf"), pdf(&act)?)?;
        std::fs::write(path.with_extension("json"), act.to_json())?;
    }
    Ok(())
}
