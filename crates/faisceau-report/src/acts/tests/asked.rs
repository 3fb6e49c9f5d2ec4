//! What is asked of whom: heads apart, limited to what is enumerated, designated as it must be.

use super::*;

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
                assert!(words(act).contains("chef c3 non demandé"), "{name}");
            }
        }
    }
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
fn a_mailbox_is_asked_of_its_provider_in_its_own_words() {
    let mut sample = sample();
    let mailbox = faisceau_model::AccountKey::by_id("mail", "corbeau@gmail.com");
    for (n, head) in faisceau_model::Head::ALL.iter().enumerate() {
        let mut request = crate::tests::sample::requests::request(
            90 + n,
            *head,
            "Google Ireland Ltd",
            0,
            None,
            true,
        );
        request.account = Maybe::Known(mailbox.clone());
        sample.requests.push(request);
    }
    let documents = drafted(&sample, &online(), &filled());
    let google = documents.iter().find(|d| d.stem() == "assignation-google").expect("an act");
    let orders = orders(google);
    assert_eq!(orders.len(), 3);
    assert!(orders[0].contains("titulaire de la boîte de courrier électronique"));
    assert!(orders[2].contains("les courriers énumérés ont été envoyés"));
    // What was transposed by analogy says that it is to be checked.
    assert!(orders[1].contains("(à vérifier)") && orders[2].contains("(à vérifier)"));
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
