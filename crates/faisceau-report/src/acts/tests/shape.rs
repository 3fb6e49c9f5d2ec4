//! Which acts are drafted, under which headings, with which blanks.

use super::*;

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

/// A document as its reader meets it: titles, then texts, cells of a row on one line.
fn page(act: &Document) -> String {
    let mut out = vec![act.title.clone()];
    for section in &act.sections {
        out.push(format!("\n# {} {}", section.number, section.title));
        for block in &section.blocks {
            if let crate::Block::Table(table) = block {
                out.push(format!("[{}] {}", table.id, table.caption.to_plain()));
                for row in &table.rows {
                    let cells: Vec<String> = row.cells.iter().map(crate::Text::to_plain).collect();
                    out.push(format!("  {}: {}", row.id, cells.join(" | ")));
                }
                continue;
            }
            let texts = block.texts().into_iter().map(crate::Text::to_plain);
            out.extend(texts.filter(|text| !text.is_empty()));
        }
    }
    out.join("\n")
}

#[test]
fn the_acts_of_a_small_case() {
    let facts = ActFacts { reason_against_contradiction: "motif déclaré".into(), ..filled() };
    let documents = drafted(&small(), &online(), &facts);
    for stem in [
        "assignation-x",
        "assignation-operateur-d-exemple-sa-acces",
        "requete-x",
        "plainte-contre-x",
    ] {
        let act = documents.iter().find(|d| d.stem() == stem).expect("an act");
        insta::assert_snapshot!(stem, page(act));
    }
}

#[test]
fn what_is_for_the_desk_is_not_filed() {
    for document in drafted(&sample(), &online(), &filled()) {
        let Some(filed) = document.for_filing() else {
            assert!(document.kind.is_for_desk());
            continue;
        };
        let title = |section: &crate::Section| section.title.clone();
        let kept: Vec<String> = filed.sections.iter().map(title).collect();
        assert!(kept.iter().all(|title| !title.starts_with("Notes")), "{kept:?}");
        let act = mine(&&document);
        assert_eq!(document.sections.len(), kept.len() + usize::from(act), "{}", document.stem());
    }
}
