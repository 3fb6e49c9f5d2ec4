//! The acts as a lawyer and an opposing one would read them: what must stand, what must never.

use std::collections::BTreeSet;

use faisceau_graph::law::{CaseFacts as Stated, Fact, Law};
use faisceau_model::{Absent, Maybe};

use crate::tests::sample::{Sample, sample};
use crate::{ActFacts, ActsInput, ClaimantFacts, Document, DocumentKind, acts};

const FILES: [(&str, &str); 6] = [
    ("addressees.toml", include_str!("../../../../datasets/law/addressees.toml")),
    ("categories.toml", include_str!("../../../../datasets/law/categories.toml")),
    ("deadlines.toml", include_str!("../../../../datasets/law/deadlines.toml")),
    ("gravity.toml", include_str!("../../../../datasets/law/gravity.toml")),
    ("heads.toml", include_str!("../../../../datasets/law/heads.toml")),
    ("offences.toml", include_str!("../../../../datasets/law/offences.toml")),
];

/// The law of the project.
pub(super) fn law() -> &'static Law {
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

#[test]
fn an_act_for_each_addressee_and_each_has_its_own_file() {
    for (name, documents) in cases() {
        let stems: BTreeSet<String> = documents.iter().map(Document::stem).collect();
        assert_eq!(stems.len(), documents.len(), "{name}: {stems:?}");
        for stem in
            ["assignation-x", "assignation-telegram", "assignation-meta", "plainte-contre-x"]
        {
            assert!(stems.contains(stem), "{name}: {stems:?}");
        }
        assert!(stems.contains("assignation-operateur-d-exemple-sa-acces"), "{name}: {stems:?}");
        assert!(
            stems.iter().all(|s| s
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'))
        );
    }
}

#[test]
fn a_requete_only_where_a_reason_against_contradiction_is_given() {
    for (name, documents) in cases() {
        let drafted = of_kind(&documents, DocumentKind::ExParte);
        if matches!(name, "reason" | "grave") {
            assert!(!drafted.is_empty());
            for act in drafted {
                let words = words(act);
                for needed in [
                    "article\u{a0}493",
                    "article\u{a0}494",
                    "supprimés après chaque",
                    "dont copie est jointe",
                    "seul vu de la minute",
                ] {
                    assert!(words.contains(needed), "{needed}");
                }
            }
        } else {
            assert!(drafted.is_empty(), "{name}");
        }
    }
}

#[test]
fn the_headings_stand_in_the_order_of_the_practice() {
    let documents = drafted(&sample(), &online(), &filled());
    for act in of_kind(&documents, DocumentKind::Summons) {
        let words = words(act);
        let order = [
            "assignation en référé",
            "12 janvier 2027",
            "demandeur",
            "profession",
            "avocat",
            "défendeur",
            "objet",
            "faits",
            "discussion",
            "a. compétence",
            "b. absence de procès",
            "c. motif légitime",
            "d. mesure légalement admissible",
            "e. proportionnalité",
            "f. délai et astreinte",
            "par ces motifs",
            "vu l’article",
            "ordonner à",
            "astreinte de",
            "liquidation",
            "article\u{a0}700",
            "dépens",
            "exécutoire de droit",
            "bordereau de pièces",
        ];
        let labels: Vec<String> = act
            .sections
            .iter()
            .flat_map(|s| &s.blocks)
            .filter_map(|b| match b {
                crate::Block::Card(facts) => {
                    Some(facts.iter().map(|f| f.label.to_lowercase()).collect::<Vec<_>>())
                }
                _ => None,
            })
            .flatten()
            .collect();
        assert!(
            labels.iter().any(|l| l == "profession") && labels.iter().any(|l| l.starts_with("né"))
        );
        let mut from = 0;
        for step in order {
            if step == "profession" || step == "avocat" {
                continue;
            }
            let at = words[from..].find(step);
            assert!(at.is_some(), "{}: `{step}` is not after what precedes it", act.stem());
            from += at.unwrap_or(0);
        }
    }
}

#[test]
fn the_measure_is_for_criminal_proceedings_and_the_facts_are_only_susceptible() {
    for (name, documents) in cases() {
        for act in documents.iter().filter(mine) {
            let words = words(act);
            if act.kind != DocumentKind::Complaint {
                assert!(
                    words.contains("pour les besoins de la procédure pénale"),
                    "{name} {}",
                    act.stem()
                );
            }
            if name == "blank" {
                assert!(words.contains("faits déclarés ([case.facts]"), "{}", act.stem());
            } else {
                assert!(words.contains("susceptibles de relever"), "{name} {}", act.stem());
                assert!(words.contains("maximum encouru"), "{name} {}", act.stem());
                assert!(words.contains("maximum de base"), "the reasoning: {name} {}", act.stem());
            }
        }
    }
}

/// What each order of the dispositive says.
fn orders(act: &Document) -> Vec<String> {
    act.sentences().map(|s| s.text().to_plain()).filter(|t| t.starts_with("Ordonner à")).collect()
}

#[test]
fn each_head_is_ordered_apart_and_limited_to_what_is_enumerated() {
    let documents = drafted(&sample(), &online(), &filled());
    let x = documents.iter().find(|d| d.stem() == "assignation-x").expect("an act");
    let orders = orders(x);
    assert_eq!(orders.len(), 3, "{orders:#?}");
    assert!(
        orders[0].contains("identité civile")
            && orders[0].contains("pour les 2\u{a0}comptes énumérés au tableau T1")
    );
    assert!(orders[1].contains("souscription") && !orders[1].contains("identité civile"));
    assert!(
        orders[2].contains("source de la connexion")
            && orders[2]
                .contains("ceux du tableau T2, émanant des 2\u{a0}comptes énumérés au tableau T1")
    );
    for order in &orders {
        assert!(order.contains("pour les besoins de la procédure pénale"), "{order}");
        assert!(order.contains("dans un délai de 10\u{a0}jours"), "{order}");
        assert!(order.contains("pièce"), "each claim cites its exhibits: {order}");
    }
    let said = words(x);
    assert!(said.contains("il tomberait seul"));
    assert!(said.contains("arguable, jamais promis"));
}

#[test]
fn source_of_the_connection_is_asked_only_where_gravity_carries_it() {
    for (name, documents) in cases() {
        for act in documents.iter().filter(|d| d.kind == DocumentKind::Summons) {
            let asked = orders(act).iter().any(|order| order.contains("source de la connexion"));
            let platform = !act.part.ends_with("-acces");
            let grave = !matches!(name, "blank" | "slight");
            assert_eq!(asked, platform && grave, "{name} {}", act.stem());
            if platform && !grave {
                assert!(words(act).contains("aucune donnée relative à la source"), "{name}");
            }
        }
    }
}

/// Texts of the law that hold a word which no finding may: legal definitions, listed here and
/// nowhere else.
const LEGAL: [&str; 5] = [
    "quand auteur ou victime a quitté l’établissement",
    "d’identifier l’auteur de l’infraction",
    "part personnelle de chaque auteur",
    "contre un auteur inconnu",
    "auteur élève ou personnel du même établissement",
];

const NEVER: [&str; 25] = [
    "auteur",
    "coupable",
    "harceleur",
    "identifié",
    "certain",
    "prouv",
    "preuve que",
    "posterior",
    "expertise",
    "est responsable",
    "sans aucun doute",
    "c4",
    "6-i-5",
    "6-i-8",
    "6 i 5",
    "2011-219",
    "en qualité d’auteur",
    "injonction de communiquer les données de trafic",
    "messages privés de",
    "tous les comptes",
    "toutes les données",
    "l. 34-1, iii,",
    "l.\u{a0}34-1, iii,",
    "r.\u{a0}10-13, v",
    "hadopi",
];

#[test]
fn words_of_a_verdict_and_stale_law_are_never_said() {
    for (name, documents) in cases() {
        for act in documents.iter().filter(mine) {
            let mut words = own(act);
            for text in LEGAL {
                words = words.replace(text, "");
            }
            for never in NEVER {
                assert!(
                    !words.contains(never),
                    "{name}, {}: `{never}`: {}",
                    act.stem(),
                    around(&words, never)
                );
            }
            for (at, _) in words.match_indices("6, ii") {
                assert!(words[..at].ends_with("ancien "), "{name}: {}", around(&words, "6, ii"));
            }
        }
    }
}

fn around(words: &str, what: &str) -> String {
    let at = words.find(what).unwrap_or(0);
    let start = words[..at].char_indices().rev().nth(60).map_or(0, |(i, _)| i);
    words[start..].chars().take(160).collect()
}

#[test]
fn traffic_data_are_named_only_to_say_that_they_are_not_asked() {
    for (name, documents) in cases() {
        for act in documents.iter().filter(mine) {
            for sentence in own(act).split(['.', '\n']).filter(|s| s.contains("trafic")) {
                let refused =
                    sentence.contains("ni donnée de trafic") || sentence.contains("opposer que");
                assert!(refused, "{name} {}: {sentence}", act.stem());
            }
            assert!(
                orders(act).iter().all(|o| !o.contains("trafic") && !o.contains("localisation"))
            );
        }
    }
}

#[test]
fn nothing_of_the_lcen_stands_between_guillemets() {
    for (_, documents) in cases() {
        for act in documents.iter().filter(mine) {
            for statement in
                act.sections.iter().flat_map(|s| &s.blocks).flat_map(crate::Block::texts)
            {
                let text = statement.to_plain();
                if text.contains("LCEN") || text.contains("2004-575") {
                    assert!(!text.contains(['«', '»']), "{text}");
                    assert!(text.contains("à vérifier") || text.contains("6-3"), "{text}");
                }
            }
        }
    }
}

#[test]
fn what_was_not_read_itself_says_so() {
    let documents = drafted(&sample(), &online(), &filled());
    let x = documents.iter().find(|d| d.stem() == "assignation-x").expect("an act");
    let texts: Vec<String> = x
        .sections
        .iter()
        .flat_map(|s| &s.blocks)
        .flat_map(crate::Block::texts)
        .map(crate::Text::to_plain)
        .collect();
    for text in texts {
        let cites = ["CA Paris", "TJ Paris", "CJUE"].iter().any(|court| text.contains(court));
        assert!(!cites || text.contains("à vérifier"), "{text}");
    }
    let seat = x.sections.iter().find(|s| s.title == "Défendeur").expect("a section");
    let card = seat.blocks.iter().flat_map(crate::Block::texts).map(crate::Text::to_plain);
    let seat = card.collect::<Vec<_>>().join("\n");
    assert!(seat.contains("One Cumberland Place") && seat.contains("à vérifier au registre"));
}

#[test]
fn each_message_is_designated_as_an_operator_needs_it() {
    let documents = drafted(&sample(), &online(), &filled());
    let x = documents.iter().find(|d| d.stem() == "assignation-x").expect("an act");
    let tables: Vec<&crate::Table> = x
        .sections
        .iter()
        .flat_map(|s| &s.blocks)
        .filter_map(|b| if let crate::Block::Table(t) = b { Some(t) } else { None })
        .collect();
    let messages = tables.iter().find(|t| t.id == "T2").expect("the messages");
    let of_accounts = sample()
        .posts
        .iter()
        .filter(|p| {
            p.account == crate::tests::sample::key(0) || p.account == crate::tests::sample::key(1)
        })
        .count();
    assert_eq!(messages.rows.len(), of_accounts);
    let row = &messages.rows[0];
    let plain: Vec<String> = row.cells.iter().map(crate::Text::to_plain).collect();
    assert!(plain[0].contains("corbeau_92") || plain[0].contains("VoixDuLycee"), "{plain:?}");
    assert!(plain[0].contains("id 17"), "{plain:?}");
    assert!(plain[2].contains("UTC") && plain[3].contains("+0"), "{plain:?}");
    assert!(plain[4].contains("pièce n°\u{a0}1") && plain[4].contains("seconde"), "{plain:?}");
    assert!(plain[5].contains("2027"), "{plain:?}");
    assert!(row.support.as_slice()[0].starts_with("post:"));
    // In the order of time, those without a time last.
    let times: Vec<String> = messages.rows.iter().map(|r| r.cells[2].to_plain()).collect();
    let dated: Vec<&String> = times.iter().filter(|t| !t.starts_with("date")).collect();
    assert!(dated.windows(2).all(|w| w[0][..16] <= w[1][..16]), "{dated:.200?}");
}

#[test]
fn an_operator_is_asked_about_address_port_and_instant() {
    let documents = drafted(&sample(), &online(), &filled());
    let act = documents.iter().find(|d| d.part.ends_with("-acces")).expect("an act");
    let words = words(act);
    for needed in ["192.0.2.17", "51544", "2026-05-10 19:15:42", "port source absent", "titulaire"]
    {
        assert!(words.contains(needed), "{needed}");
    }
    // A Tor exit leads to nobody and is asked of nobody.
    assert!(!words.contains("203.0.113.200"));
    let orders = orders(act);
    assert_eq!(orders.len(), 1, "{orders:?}");
    assert!(orders[0].contains("adresses, ports et instants énumérés au tableau T1"));
}

#[test]
fn what_is_past_is_said() {
    let mut sample = sample();
    sample.case.as_of = "2027-03-20".parse().expect("a date");
    let documents = drafted(&sample, &online(), &filled());
    for act in documents.iter().filter(mine).filter(|d| !d.part.ends_with("-acces")) {
        let words = words(act);
        assert!(
            words.contains("dépassé (") && words.contains("ne sont plus dues"),
            "{}",
            act.stem()
        );
    }
}

#[test]
fn what_an_exhibit_answers_is_not_asked_again() {
    let mut sample = sample();
    for request in &mut sample.requests {
        if request.addressee.starts_with("X ") && request.head == faisceau_model::Head::C1 {
            request.answered_by = vec!["3".into()];
        }
        if request.id.as_str() == "req:5" {
            request.answered_by = vec!["1.2".into()];
        }
        if request.addressee.starts_with("Telegram") {
            request.answered_by = vec!["4".into()];
        }
    }
    let documents = drafted(&sample, &online(), &filled());
    assert!(documents.iter().all(|d| d.stem() != "assignation-telegram"));
    let x = documents.iter().find(|d| d.stem() == "assignation-x").expect("an act");
    let orders = orders(x);
    assert_eq!(orders.len(), 2);
    // Of the second account C2 was answered too: the head says which row it bears on.
    assert!(orders[0].contains("pour le compte énuméré (ligne 1) au tableau T1"), "{}", orders[0]);
    assert!(
        words(x).contains("une pièce répond déjà\u{a0}: 3\u{a0}demandes (pièces n°\u{a0}1.2 et 3")
    );
}

#[test]
fn the_complaint_asks_for_preservation_and_requisitions() {
    for (name, documents) in cases() {
        let drafted = of_kind(&documents, DocumentKind::Complaint);
        assert_eq!(drafted.len(), 1, "{name}");
        let words = words(drafted[0]);
        for needed in [
            "plainte contre x",
            "conservation rapide",
            "60-1-2",
            "certificat médical",
            "témoins",
            "partie civile",
            "aucune personne n’est désignée",
        ] {
            assert!(words.contains(needed), "{name}: {needed}");
        }
        assert_eq!(words.contains("60-1-2, 1°"), name == "grave", "{name}");
        let second = matches!(name, "filled" | "reason" | "bare");
        assert_eq!(words.contains("60-1-2, 2°"), second, "{name}");
    }
}

#[test]
fn what_is_missing_is_a_blank_and_what_is_given_is_not() {
    let all = cases();
    let of = |name: &str| {
        let documents = &all.iter().find(|(n, _)| *n == name).expect("a case").1;
        documents.iter().find(|d| d.stem() == "assignation-x").expect("an act").blanks()
    };
    let (filled, blank) = (of("filled"), of("blank"));
    for what in
        ["profession du demandeur", "délai de communication, en jours", "siège du défendeur"]
    {
        assert!(!filled.iter().any(|b| b == what), "{what}");
    }
    for what in [
        "profession du demandeur",
        "délai de communication, en jours",
        "montant de l’astreinte par jour de retard",
    ] {
        assert!(blank.iter().any(|b| b == what), "{what}: {blank:?}");
    }
    assert!(filled.len() < blank.len());
    // Listed on the first page: they must leave room for the act.
    assert!(blank.len() < 32, "{}", blank.len());
}

#[test]
fn every_fact_of_an_act_rests_on_something_and_is_numbered() {
    for (_, documents) in cases() {
        for act in documents.iter().filter(mine) {
            let ids: Vec<&str> = act.sentences().map(crate::Sentence::id).collect();
            let numbered: Vec<String> = (1..=ids.len()).map(|n| format!("S{n}")).collect();
            let sorted: BTreeSet<&str> = ids.iter().copied().collect();
            assert_eq!(sorted, numbered.iter().map(String::as_str).collect::<BTreeSet<_>>());
            assert!(ids.len() > 15, "{}", act.stem());
            for table in act.sections.iter().flat_map(|s| &s.blocks) {
                if let crate::Block::Table(table) = table {
                    assert!(
                        table.rows.iter().all(|r| r.cells.len() == table.columns.len()),
                        "{}",
                        table.id
                    );
                }
            }
        }
    }
}

#[test]
fn the_order_of_the_rows_changes_nothing() {
    let straight = drafted(&sample(), &online(), &filled());
    let mut turned = sample();
    turned.posts.reverse();
    turned.accounts.reverse();
    turned.requests.reverse();
    turned.addresses.reverse();
    turned.exhibits.reverse();
    let turned = drafted(&turned, &online(), &filled());
    let json = |documents: &[Document]| -> Vec<String> {
        documents.iter().filter(mine).map(Document::to_json).collect()
    };
    let sorted = |text: &String| {
        let mut lines: Vec<String> =
            text.lines().map(|l| l.trim_end_matches(',').to_owned()).collect();
        lines.sort();
        lines
    };
    for (a, b) in json(&straight).iter().zip(json(&turned)) {
        // An account's rows are named in the order of their table; all else is the same.
        assert_eq!(sorted(a), sorted(&b));
    }
}

#[test]
fn markup_and_names_without_end_stay_data() {
    for attack in
        ["#panic() $x$ *b*", "\u{1b}[31m\u{202e}x", "]#read(\"/etc/passwd\")[", &"w".repeat(9000)]
    {
        let mut sample = sample();
        sample.case.claimant = attack.into();
        sample.case.capacity = attack.into();
        for account in &mut sample.accounts {
            account.handle = Maybe::Known(attack.into());
        }
        for post in &mut sample.posts {
            post.text = Maybe::Known(attack.into());
            post.permalink = Maybe::Known(attack.into());
            post.content_id = Maybe::Known(attack.into());
        }
        for request in &mut sample.requests {
            request.addressee = attack.into();
            request.missing = vec![attack.into()];
            request.rows = vec![attack.into()];
        }
        let facts = ActFacts {
            court: attack.into(),
            effects: attack.into(),
            other_exhibits: vec![attack.into()],
            ..ActFacts::default()
        };
        let documents = drafted(&sample, &online(), &facts);
        let act = documents.iter().find(|d| d.kind == DocumentKind::Summons).expect("an act");
        let words = words(act);
        assert!(!words.contains('\u{1b}') && !words.contains('\u{202e}'));
        assert!(!words.contains(&"w".repeat(1600)));
        assert!(act.stem().len() < 80);
        let pdf = crate::pdf(act);
        assert!(pdf.as_ref().is_ok_and(|pdf| pdf.starts_with(b"%PDF")), "{pdf:?}");
    }
}

#[test]
fn an_empty_case_drafts_nothing_for_the_judge() {
    let mut empty = sample();
    empty.accounts.clear();
    empty.posts.clear();
    empty.requests.clear();
    empty.exhibits.clear();
    assert_eq!(
        drafted(&empty, &Stated::default(), &ActFacts::default()).iter().filter(mine).count(),
        0
    );
}
