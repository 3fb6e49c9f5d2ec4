//! Words that must never stand, and words that always must (the traps T1 to T12 of the brief).

use super::*;

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
                assert!(words.contains("qualification envisagée"), "{}", act.stem());
            } else {
                assert!(words.contains("susceptibles de relever"), "{name} {}", act.stem());
                assert!(words.contains("maximum encouru"), "{name} {}", act.stem());
                assert!(words.contains("maximum de base"), "the reasoning: {name} {}", act.stem());
                assert!(words.contains("reste à montrer"), "{name} {}", act.stem());
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
        let cites = ["CA Paris", "TJ Paris", "CJUE", "Crim.", " c/ "]
            .iter()
            .any(|court| text.contains(court));
        assert!(!cites || text.contains("à vérifier"), "{text}");
    }
    let seat = x.sections.iter().find(|s| s.title == "Défendeur").expect("a section");
    let card = seat.blocks.iter().flat_map(crate::Block::texts).map(crate::Text::to_plain);
    let seat = card.collect::<Vec<_>>().join("\n");
    assert!(seat.contains("One Cumberland Place") && seat.contains("à vérifier au registre"));
}

#[test]
fn press_law_and_its_three_months_stand_in_the_notes() {
    for (name, documents) in cases() {
        for act in documents.iter().filter(mine) {
            let words = words(act);
            assert!(
                words.contains("publiques ou non publiques") && words.contains("trois mois"),
                "{name}"
            );
        }
    }
}
