//! What goes beside the acts, on the made-up case and on one where everything is missing.

use faisceau_graph::law::{CaseFacts as Stated, Fact, Law};
use faisceau_model::{Absent, Maybe, PostKind};

use super::sample::{Sample, sample};
use super::walk::own_words;
use crate::{ActFacts, ActsInput, Block, Document, DocumentKind, Table, acts};

const LAW: [(&str, &str); 6] = [
    ("addressees.toml", include_str!("../../../../datasets/law/addressees.toml")),
    ("categories.toml", include_str!("../../../../datasets/law/categories.toml")),
    ("deadlines.toml", include_str!("../../../../datasets/law/deadlines.toml")),
    ("gravity.toml", include_str!("../../../../datasets/law/gravity.toml")),
    ("heads.toml", include_str!("../../../../datasets/law/heads.toml")),
    ("offences.toml", include_str!("../../../../datasets/law/offences.toml")),
];

/// The law of the project.
pub(crate) fn law() -> Law {
    Law::parse(&LAW).expect("the law files")
}

const OURS: [DocumentKind; 7] = [
    DocumentKind::Checklist,
    DocumentKind::Record,
    DocumentKind::Requests,
    DocumentKind::ExhibitList,
    DocumentKind::Notices,
    DocumentKind::Erasure,
    DocumentKind::Pharos,
];

/// The made-up case with public addresses, private messages and a target.
pub(super) fn located() -> Sample {
    let mut sample = sample();
    for (n, post) in sample.posts.iter_mut().enumerate() {
        match n % 5 {
            0 | 1 => {
                let url = format!("https://{}.example/p/{n}", post.account.platform());
                post.permalink = Maybe::Known(url);
            }
            2 => post.kind = PostKind::Private,
            _ => {}
        }
        if n % 9 == 1 {
            post.text = Maybe::Known(format!("@compte_de_a message {n}"));
        }
    }
    sample
}

fn stated(facts: &[Fact]) -> Stated {
    Stated { stated: facts.iter().copied().collect(), itt_days: None }
}

pub(super) fn minor() -> Stated {
    stated(&[Fact::Repeated, Fact::Raid, Fact::HealthHarm, Fact::Online, Fact::Minor])
}

pub(super) fn facts() -> ActFacts {
    ActFacts {
        other_exhibits: vec!["Certificat médical du 3 juin 2026".into(), "Attestation".into()],
        claimant: crate::ClaimantFacts {
            names: "Mme B.".into(),
            email: "b@exemple.test".into(),
            ..Default::default()
        },
        ..ActFacts::default()
    }
}

pub(super) fn drafted(sample: &Sample, stated: &Stated, facts: &ActFacts) -> Vec<Document> {
    let (note, law) = (sample.input(), law());
    acts(&ActsInput { note: &note, law: &law, stated, facts })
        .into_iter()
        .filter(|document| OURS.contains(&document.kind))
        .collect()
}

fn of(documents: &[Document], kind: DocumentKind) -> &Document {
    documents.iter().find(|document| document.kind == kind).expect("a document")
}

fn tables(document: &Document) -> Vec<&Table> {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    blocks
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
        .collect()
}

/// A case with accounts and messages of which nothing but the account is known.
pub(super) fn bare() -> Sample {
    let mut sample = sample();
    sample.case.claimant.clear();
    sample.case.capacity.clear();
    sample.case.access_place.clear();
    sample.case.journal = None;
    for account in &mut sample.accounts {
        account.handle = Maybe::Missing(Absent::NotExported);
        account.native_id = Maybe::Missing(Absent::NotExported);
    }
    for post in &mut sample.posts {
        post.at = Maybe::Missing(Absent::NotExported);
        post.text = Maybe::Missing(Absent::NotExported);
        post.content_id = Maybe::Missing(Absent::NotExported);
    }
    for request in &mut sample.requests {
        request.ground = Maybe::Missing(Absent::NoData);
        request.max_penalty = Maybe::Missing(Absent::NoData);
        request.last_day = Maybe::Missing(Absent::NoData);
        request.at = Maybe::Missing(Absent::NoData);
        request.port = Maybe::Missing(Absent::NoData);
    }
    sample.provenance = crate::Provenance::default();
    sample
}

#[test]
fn the_documents_of_the_sample() {
    use std::fmt::Write;
    let mut text = String::new();
    for document in drafted(&located(), &minor(), &facts()) {
        writeln!(text, "# {} ({:?})", document.title, document.kind).expect("a string");
        for blank in document.blanks() {
            writeln!(text, "[ ] {blank}").expect("a string");
        }
        for section in &document.sections {
            writeln!(text, "\n## {}", section.title).expect("a string");
            for block in &section.blocks {
                if let Block::Table(table) = block {
                    writeln!(text, "{}: {} rows", table.id, table.rows.len()).expect("a string");
                    for row in table.rows.iter().take(3) {
                        let cells: Vec<String> =
                            row.cells.iter().map(crate::Text::to_plain).collect();
                        let support = row.support.as_slice().join(", ");
                        writeln!(text, "{} {}\n    <- {support}", row.id, cells.join(" | "))
                            .expect("a string");
                    }
                }
                for sentence in block.sentences() {
                    let support = sentence.support().as_slice();
                    let shown = support.iter().take(6).cloned().collect::<Vec<_>>().join(", ");
                    let (id, said) = (sentence.id(), sentence.text().to_plain());
                    writeln!(text, "{id} {said}\n    <- ({}) {shown}", support.len())
                        .expect("a string");
                }
            }
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn they_come_in_the_order_of_their_use() {
    let kinds: Vec<DocumentKind> =
        drafted(&located(), &minor(), &facts()).iter().map(|document| document.kind).collect();
    assert_eq!(kinds, OURS);
}

/// Words of a party's paper that conclude where it may not, in any form.
const FORBIDDEN: [&str; 22] = [
    "expertise",
    "certain",
    "identifié",
    "coupable",
    "auteur",
    "a posteriori",
    "posterior",
    "prouv",
    "preuve que",
    "harceleur",
    "est responsable",
    "sans aucun doute",
    "est illicite",
    "sont illicites",
    "c4",
    "6, ii",
    "6-i-5",
    "6 i 5",
    "6-i-8",
    "6-3",
    "2011-219",
    "« 6, v",
];

#[test]
fn forbidden_words_are_not_said() {
    let bare = drafted(&bare(), &Stated::default(), &ActFacts::default());
    assert!(bare.len() >= 4);
    for document in drafted(&located(), &minor(), &facts()).iter().chain(&bare) {
        let words = own_words(document);
        for word in FORBIDDEN {
            assert!(!words.contains(word), "{:?} says `{word}`", document.kind);
        }
    }
    let catalogue = include_str!("../wording/attached.toml").to_lowercase();
    for word in FORBIDDEN {
        assert!(!catalogue.contains(word), "the catalogue says `{word}`");
    }
}

#[test]
fn what_the_law_wants_said_is_said() {
    let documents = drafted(&located(), &minor(), &facts());
    let words = |kind| own_words(of(&documents, kind));
    let requests = words(DocumentKind::Requests);
    assert!(requests.contains("pour les besoins d’une procédure pénale"));
    assert!(requests.contains("susceptibles de relever de l’article\u{a0}222-33-2-2"));
    assert!(requests.contains("au plus 3\u{a0}ans d’emprisonnement et 45\u{202f}000\u{a0}€"));
    assert!(requests.contains("à vérifier"));
    let checklist = words(DocumentKind::Checklist);
    for said in
        ["trois mois", "art. 65-3", "3018", "17 ou le 112", "date inconnue", "non publiques"]
    {
        let said = crate::french::spaced(said);
        assert!(checklist.contains(&said), "{said}");
    }
    let pharos = words(DocumentKind::Pharos);
    assert!(pharos.contains("contenus publics seulement"));
    assert!(pharos.contains("dsa, art.\u{a0}18"));
    // T10: capture, record, complaint or summons, then notification.
    let steps =
        ["capturer et figer", "faire constater par", "déposer plainte", "notifier à l’hébergeur"];
    let places: Vec<usize> = steps.iter().map(|s| checklist.find(s).expect("a step")).collect();
    assert!(places.is_sorted(), "{places:?}");
    // T3, T8: heads apart, and a host may keep no port.
    assert!(requests.contains("peut tomber seul") && requests.contains("ne conserve aucun port"));
    assert!(words(DocumentKind::Record).contains("aucun stratagème"));
    assert!(words(DocumentKind::Notices).contains("capturer et faire constater d’abord"));
    assert!(words(DocumentKind::Erasure).contains("figer la preuve d’abord"));
}

#[test]
fn minors_have_their_law_only_where_the_case_states_one() {
    let said = |stated: &Stated| -> String {
        let documents = drafted(&located(), stated, &facts());
        let of = |kind| own_words(of(&documents, kind));
        format!("{} {}", of(DocumentKind::Erasure), of(DocumentKind::Pharos))
    };
    assert!(said(&minor()).contains("article\u{a0}51, ii"));
    assert!(said(&minor()).contains("e-enfance"));
    let adult = said(&stated(&[Fact::Repeated, Fact::Online]));
    assert!(
        !adult.contains("51, ii") && !adult.contains("e-enfance") && !adult.contains("mineure")
    );
}

#[test]
fn private_messages_never_reach_a_list_of_public_content() {
    let sample = located();
    let documents = drafted(&sample, &minor(), &facts());
    let private: Vec<String> = sample
        .posts
        .iter()
        .filter(|post| post.kind == PostKind::Private)
        .map(|post| post.id.to_string())
        .collect();
    assert!(private.len() > 50);
    for kind in [DocumentKind::Pharos, DocumentKind::Erasure, DocumentKind::Notices] {
        for row in tables(of(&documents, kind)).iter().flat_map(|table| &table.rows) {
            assert!(row.support.as_slice().iter().all(|id| !private.contains(id)), "{}", row.id);
        }
    }
    let notices = own_words(of(&documents, DocumentKind::Notices));
    assert!(notices.contains("aucune url publique n’existe"));
}

#[test]
fn a_third_party_s_mail_address_is_masked() {
    let mut sample = located();
    for post in &mut sample.posts {
        post.text = Maybe::Known("écrivez à jean.tiers@exemple.test !".into());
        post.target = Maybe::Known("jean.tiers@exemple.test".into());
        post.thread = Maybe::Known("jean.tiers@exemple.test".into());
    }
    for document in drafted(&sample, &minor(), &facts()) {
        assert!(!document.to_json().contains("jean.tiers@"), "{:?}", document.kind);
    }
}

#[test]
fn without_an_account_of_the_claimant_nothing_is_counted_as_addressed_to_it() {
    let mut sample = located();
    let said = |sample: &Sample| own_words(&crate::note(&sample.input()));
    assert!(said(&sample).contains("à un compte de la personne demanderesse, ou le nomment"));
    sample.accounts.retain(|account| account.role != faisceau_model::Role::Claimant);
    let words = said(&sample);
    assert!(words.contains("ce qui s’adresse à elle n’est pas compté"));
    assert!(!words.contains("à un compte de la personne demanderesse"));
}

#[test]
fn every_request_is_in_the_table_once() {
    let sample = located();
    let documents = drafted(&sample, &minor(), &facts());
    let mut found: Vec<String> = tables(of(&documents, DocumentKind::Requests))[1..]
        .iter()
        .flat_map(|table| &table.rows)
        .map(|row| row.support.as_slice()[0].clone())
        .collect();
    let mut wanted: Vec<String> = sample.requests.iter().map(|row| row.id.to_string()).collect();
    found.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(found, wanted);
}

#[test]
fn paper_exhibits_follow_the_numbers_of_the_case() {
    let documents = drafted(&located(), &minor(), &facts());
    let list = tables(of(&documents, DocumentKind::ExhibitList));
    let cell = |table: usize, row: usize, at: usize| list[table].rows[row].cells[at].to_plain();
    assert_eq!((cell(0, 0, 0), cell(0, 1, 0)), ("1".into(), "1.1".into()));
    assert_eq!(cell(0, 0, 4).len(), 64);
    assert!(cell(0, 0, 5).starts_with("fichier remis, le 1er"));
    assert_eq!(cell(0, 1, 5), "tirée de la pièce n°\u{a0}1, date non consignée");
    assert_eq!((cell(1, 0, 0), cell(1, 1, 0)), ("10".into(), "11".into()));
    assert_eq!(cell(1, 2, 0), "12");
    assert!(cell(1, 2, 1).starts_with("Note technique de partie"));
}

#[test]
fn rows_rest_on_something_and_fill_their_columns() {
    for (sample, stated) in [(located(), minor()), (bare(), Stated::default())] {
        for document in drafted(&sample, &stated, &facts()) {
            let mut last = 0;
            for sentence in document.sentences() {
                let number: usize = sentence.id()[1..].parse().expect("a number");
                assert_eq!(number, last + 1, "{:?}", document.kind);
                last = number;
                assert!(!sentence.support().as_slice().is_empty());
            }
            for table in tables(&document) {
                assert!(!table.rows.is_empty(), "{:?} {}", document.kind, table.id);
                for row in &table.rows {
                    assert_eq!(row.cells.len(), table.columns.len());
                    assert!(row.cells.iter().all(|cell| !cell.to_plain().is_empty()), "{}", row.id);
                    assert!(document.support_of(&row.id).is_some());
                }
            }
        }
    }
}

#[test]
fn a_figure_is_the_number_of_the_rows_that_it_rests_on() {
    for document in drafted(&located(), &minor(), &facts()) {
        for sentence in document.sentences() {
            let support = sentence.support().as_slice();
            let posts = support.iter().filter(|id| id.starts_with("post:")).count();
            if posts != support.len() || posts == 0 {
                continue;
            }
            let text = sentence.text().to_plain().replace('\u{202f}', "");
            let figures: Vec<usize> = text
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|figure| figure.parse().ok())
                .collect();
            assert!(figures.contains(&posts), "{:?} {}: {text}", document.kind, sentence.id());
        }
    }
}

#[test]
fn figures_are_the_rows_selected() {
    let sample = located();
    let documents = drafted(&sample, &minor(), &facts());
    let checked: usize =
        documents.iter().map(|document| super::figures::check_document(&sample, document)).sum();
    assert!(checked > 1, "{checked}");
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let json = |sample: &Sample| -> Vec<String> {
        drafted(sample, &minor(), &facts()).iter().map(Document::to_json).collect()
    };
    let mut sample = located();
    let forward = json(&sample);
    sample.posts.reverse();
    sample.accounts.reverse();
    sample.requests.reverse();
    sample.exhibits.reverse();
    sample.provenance.intakes.reverse();
    sample.clocks.reverse();
    assert!(forward == json(&sample));
}

#[test]
fn nothing_at_all_drafts_the_steps_alone() {
    let mut sample = bare();
    sample.posts.clear();
    sample.accounts.clear();
    sample.requests.clear();
    sample.exhibits.clear();
    let documents = drafted(&sample, &Stated::default(), &ActFacts::default());
    let kinds: Vec<DocumentKind> = documents.iter().map(|document| document.kind).collect();
    assert_eq!(kinds, [DocumentKind::Checklist]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(40))]
    #[test]
    fn no_text_panics_and_the_order_does_not_matter(
        text in ".{0,120}", url in "(https?://)?.{0,60}", id in ".{0,40}", name in ".{0,20}",
    ) {
        let mut sample = located();
        sample.posts.truncate(30);
        for post in &mut sample.posts {
            post.text = Maybe::Known(format!("{text}@{name}> {text}"));
            post.permalink = Maybe::Known(url.clone());
            post.content_id = Maybe::Known(id.clone());
            post.target = Maybe::Known(name.clone());
            post.thread = Maybe::Known(text.clone());
        }
        for account in &mut sample.accounts {
            account.handle = Maybe::Known(name.clone());
        }
        let json = |sample: &Sample| -> Vec<String> {
            let note = crate::note(&sample.input()).to_json();
            let acts = drafted(sample, &minor(), &facts());
            acts.iter().map(Document::to_json).chain([note]).collect()
        };
        let forward = json(&sample);
        sample.posts.reverse();
        proptest::prop_assert_eq!(forward, json(&sample));
    }
}

#[test]
fn each_can_be_set_whatever_strangers_wrote() {
    for attack in
        ["#panic()", "]#read(\"/etc/passwd\")[", "abc\u{202e}fed\u{2066}", "نص عربي 😀 \u{fffe}"]
    {
        let mut sample = located();
        for post in &mut sample.posts {
            post.text = Maybe::Known(attack.into());
            post.permalink = Maybe::Known(format!("https://exemple.test/{attack}"));
            post.content_id = Maybe::Known(attack.into());
            post.thread = Maybe::Known(attack.into());
        }
        for request in &mut sample.requests {
            request.addressee = attack.into();
            request.missing = vec![attack.into()];
            request.ground = Maybe::Known(attack.into());
        }
        for exhibit in &mut sample.exhibits {
            exhibit.name = attack.into();
        }
        for document in drafted(&sample, &minor(), &facts()) {
            let pdf = crate::pdf(&document);
            assert!(pdf.is_ok_and(|pdf| pdf.starts_with(b"%PDF")), "{:?} {attack}", document.kind);
        }
    }
}
