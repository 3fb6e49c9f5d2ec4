//! The acts as a lawyer and an opposing one would read them: what must stand, what must never.

mod asked;
mod hostile;
mod never;
mod shape;

use std::collections::BTreeSet;

use faisceau_graph::law::{CaseFacts as Stated, Fact, Law};
use faisceau_model::{Absent, Maybe};

use crate::tests::sample::{Sample, sample};
use crate::{ActFacts, ActsInput, ClaimantFacts, Document, DocumentKind, acts};

const FILES: [(&str, &str); 6] = [
    ("addressees.toml", include_str!("../../../../../datasets/law/addressees.toml")),
    ("categories.toml", include_str!("../../../../../datasets/law/categories.toml")),
    ("deadlines.toml", include_str!("../../../../../datasets/law/deadlines.toml")),
    ("gravity.toml", include_str!("../../../../../datasets/law/gravity.toml")),
    ("heads.toml", include_str!("../../../../../datasets/law/heads.toml")),
    ("offences.toml", include_str!("../../../../../datasets/law/offences.toml")),
];

/// The law of the project.
pub(in crate::acts) fn law() -> &'static Law {
    static LAW: std::sync::OnceLock<Law> = std::sync::OnceLock::new();
    LAW.get_or_init(|| Law::parse(&FILES).expect("the law files"))
}

fn stated(facts: &[Fact]) -> Stated {
    Stated { stated: facts.iter().copied().collect(), itt_days: None }
}

/// Harassment online: two years, C3 arguable.
fn online() -> Stated {
    stated(&[Fact::Repeated, Fact::HealthHarm, Fact::Online])
}

fn filled() -> ActFacts {
    ActFacts {
        court: "tribunal judiciaire de Nantes".into(),
        hearing: "le 12 janvier 2027 à 9 heures, salle 4".into(),
        lawyer: "Me Claire Exemple, barreau de Nantes, toque 12".into(),
        days: Some(10),
        astreinte_eur: Some(500),
        costs_eur: Some(3000),
        effects: "insomnies et arrêt de travail".into(),
        other_exhibits: vec!["certificat médical du 3 juin 2026".into()],
        claimant: ClaimantFacts {
            names: "Anne Exemple".into(),
            profession: "enseignante".into(),
            domicile: "Nantes (44)".into(),
            nationality: "française".into(),
            born: "le 1er mars 1980 à Nantes".into(),
            email: "anne@exemple.test".into(),
        },
        ..ActFacts::default()
    }
}

fn drafted(sample: &Sample, stated: &Stated, facts: &ActFacts) -> Vec<Document> {
    acts(&ActsInput { note: &sample.input(), law: law(), stated, facts })
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "what a filter gives")]
fn mine(document: &&Document) -> bool {
    matches!(document.kind, DocumentKind::Summons | DocumentKind::ExParte | DocumentKind::Complaint)
}

/// All words of a document, in lower case.
fn words(document: &Document) -> String {
    let texts = document.sections.iter().flat_map(|section| {
        let title = std::iter::once(section.title.clone());
        title.chain(
            section.blocks.iter().flat_map(|b| b.texts().into_iter().map(crate::Text::to_plain)),
        )
    });
    texts.collect::<Vec<_>>().join("\n").to_lowercase()
}

/// What the document says itself, without data of the case.
fn own(document: &Document) -> String {
    let texts = document.sections.iter().flat_map(|s| &s.blocks).flat_map(crate::Block::texts);
    let runs = texts.into_iter().flat_map(|text| text.runs().to_vec());
    let own =
        runs.filter(|run| run.kind != crate::RunKind::Data && run.kind != crate::RunKind::Code);
    own.map(|run| run.text).collect::<Vec<_>>().join(" ").to_lowercase()
}

fn of_kind(documents: &[Document], kind: DocumentKind) -> Vec<&Document> {
    documents.iter().filter(|document| document.kind == kind).collect()
}

/// Every case that the tests read: as it is, everything missing, grave, nothing stated.
fn cases() -> Vec<(&'static str, Vec<Document>)> {
    let reason = ActFacts {
        reason_against_contradiction: "les comptes ont été supprimés après chaque message d'alerte"
            .into(),
        ..filled()
    };
    let minor = stated(&[
        Fact::Repeated,
        Fact::Online,
        Fact::Minor,
        Fact::DeathThreat,
        Fact::Written,
        Fact::SameSchool,
    ]);
    vec![
        ("filled", drafted(&sample(), &online(), &filled())),
        ("reason", drafted(&sample(), &online(), &reason)),
        ("blank", drafted(&sample(), &Stated::default(), &ActFacts::default())),
        ("grave", drafted(&sample(), &minor, &reason)),
        ("slight", drafted(&sample(), &stated(&[Fact::MaliciousMessages]), &filled())),
        ("bare", drafted(&bare(), &online(), &ActFacts::default())),
    ]
}

/// A case whose rows lack all that they can lack.
fn bare() -> Sample {
    let mut sample = sample();
    for post in &mut sample.posts {
        post.at = Maybe::Missing(Absent::NotExported);
        post.text = Maybe::Missing(Absent::Deleted);
        post.content_id = Maybe::Missing(Absent::NotRecorded);
    }
    for account in &mut sample.accounts {
        account.handle = Maybe::Missing(Absent::NotRecorded);
        account.native_id = Maybe::Missing(Absent::NotRecorded);
    }
    for request in &mut sample.requests {
        request.last_day = Maybe::Missing(Absent::NoData);
    }
    sample.exhibits.clear();
    sample.case.access_place = String::new();
    sample.case.capacity = String::new();
    sample.case.claimant = String::new();
    sample
}

/// What each order of the dispositive says.
fn orders(act: &Document) -> Vec<String> {
    act.sentences().map(|s| s.text().to_plain()).filter(|t| t.starts_with("Ordonner à")).collect()
}

/// The case with few messages.
fn small() -> Sample {
    let mut sample = sample();
    sample.posts.truncate(20);
    sample
}
