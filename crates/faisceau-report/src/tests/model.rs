//! The model: numbered, supported, sober.

use std::fmt::Write;

use serde_json::Value;

use super::sample::sample;
use super::walk::own_words;
use crate::{Block, Document, Found, Sentence, Unsought, note};

/// What sentences on the calibration in this case rest on.
const HELD: &str = "set:summary.style_shifts";

fn of_sample() -> Document {
    note(&sample().input())
}

#[test]
fn the_sentences_of_the_sample() {
    let mut text = String::new();
    for sentence in of_sample().sentences() {
        let support = sentence.support().as_slice().join(", ");
        writeln!(text, "{} {}\n    <- {support}", sentence.id(), sentence.text().to_plain())
            .expect("a string");
    }
    insta::assert_snapshot!(text);
}

#[test]
fn what_was_not_looked_at_is_said_where_there_is_some() {
    let mut sample = sample();
    let said = |sample: &super::sample::Sample| -> Vec<String> {
        let note = note(&sample.input());
        let rests = |s: &&Sentence| s.support().as_slice() == ["set:summary.unsought"];
        note.sentences().filter(rests).map(|s| s.text().to_plain()).collect()
    };
    sample.unsought = Unsought { pairs: 4_997_500, minutes: 1, ..Unsought::default() };
    let found = said(&sample);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("4\u{202f}997\u{202f}500\u{a0}paires de comptes"));
    assert!(found[1].starts_with("1\u{a0}minute où"));
    sample.unsought = Unsought::default();
    assert_eq!(said(&sample), Vec::<String>::new());
}

#[test]
fn sentences_are_numbered_in_order_and_supported() {
    let note = of_sample();
    let sentences: Vec<&Sentence> = note.sentences().collect();
    assert!(sentences.len() > 40);
    for (i, sentence) in sentences.iter().enumerate() {
        assert_eq!(sentence.id(), format!("S{}", i + 1));
        assert!(!sentence.support().as_slice().is_empty());
        assert!(!sentence.text().to_plain().is_empty());
    }
}

const PREFIXES: [&str; 27] = [
    "acc:", "post:", "con:", "adr:", "med:", "hop:", "rej:", "cmp:", "lnk:", "exp:", "idt:",
    "req:", "clk:", "sig:", "ans:", "fld:", "mav:", "mor:", "nam:", "vdt:", "sgn:", "exh:", "dat:",
    "jrn:", "set:", "raid:", "ctb:",
];
const TABLES: [&str; 25] = [
    "exhibits",
    "accounts",
    "posts",
    "connections",
    "addresses",
    "media",
    "mail_hops",
    "comparisons",
    "contributions",
    "links",
    "explanations",
    "identities",
    "raids",
    "requests",
    "rejects",
    "clock_checks",
    "signatures",
    "answers",
    "subscribers",
    "unknown_fields",
    "mail_verdicts",
    "mail_origins",
    "names",
    "verdicts",
    "sign_ins",
];

/// Every list named `support`, wherever it stands.
fn supports<'a>(value: &'a Value, out: &mut Vec<&'a Value>) {
    match value {
        Value::Object(map) => {
            out.extend(map.get("support"));
            map.values().for_each(|v| supports(v, out));
        }
        Value::Array(list) => list.iter().for_each(|v| supports(v, out)),
        _ => {}
    }
}

#[test]
fn the_json_holds_every_support_and_knows_what_it_names() {
    let note = of_sample();
    let json: Value = serde_json::from_str(&note.to_json()).expect("valid JSON");
    let mut found = Vec::new();
    supports(&json, &mut found);
    assert!(found.len() > 150, "{}", found.len());
    for support in found {
        let ids = support.as_array().expect("a list");
        assert!(!ids.is_empty());
        for id in ids.iter().map(|id| id.as_str().expect("a text")) {
            let table = id.split_once('?').map_or(id, |(table, _)| table);
            let known = PREFIXES.iter().any(|p| id.starts_with(p)) || TABLES.contains(&table);
            assert!(known, "{id}");
        }
    }
}

#[test]
fn sentences_rows_and_figures_can_be_asked_for() {
    let note = of_sample();
    assert!(note.support_of("S1").is_some());
    assert!(note.support_of("T1.1").is_some());
    assert!(note.support_of("F1").is_some());
    assert!(note.support_of("S9999").is_none());
}

#[test]
fn every_row_has_a_cell_for_each_column() {
    let note = of_sample();
    for block in note.sections.iter().flat_map(|s| &s.blocks) {
        if let Block::Table(table) = block {
            assert!(
                table.rows.iter().all(|r| r.cells.len() == table.columns.len()),
                "{}",
                table.id
            );
        }
    }
}

#[test]
fn the_law_is_kept_at_a_distance() {
    let words = own_words(&of_sample());
    assert!(words.contains("pour les besoins d’une procédure pénale"));
    assert!(words.contains("susceptibles de relever de"));
    assert!(words.contains("port absent"));
    // No guillemets round a text whose wording was not read in force.
    assert!(!words.contains("« 6, v"));
}

#[test]
fn what_is_past_is_shown_as_past_and_never_urgent() {
    let note = of_sample();
    let tables = |section: usize| {
        note.sections[section].blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    };
    let urgent: Vec<String> =
        tables(0).flat_map(|t| &t.rows).map(|r| r.cells[0].to_plain()).collect();
    assert_eq!(urgent[0], "3\u{a0}décembre\u{a0}2026");
    assert!(urgent.len() <= 5);
    let past = |text: String| text.starts_with("dépassé (2\u{a0}novembre\u{a0}2026)");
    let requests = note.sections.iter().position(|s| s.number == "7").expect("section 7");
    assert!(tables(requests).flat_map(|t| &t.rows).any(|r| past(r.cells[0].to_plain())));
}

#[test]
fn links_of_two_questions_are_counted_apart() {
    let note = of_sample();
    let of = |number: &str| -> String {
        let section = note.sections.iter().find(|s| s.number == number).expect("a section");
        let said = section.blocks.iter().flat_map(Block::sentences);
        said.map(|s| s.text().to_plain()).collect::<Vec<_>>().join("\n")
    };
    assert!(of("4").contains("7\u{a0}rapprochements pesés\u{a0}: 4 en faveur de H1"));
    assert!(!of("4").contains("lnk:8"));
    assert!(of("4 bis").contains("2\u{a0}rapprochements d’action concertée pesés\u{a0}: 1 en"));
    assert!(own_words(&note).contains("jamais ajoutés"));
}

#[test]
fn a_third_party_s_mail_address_is_masked() {
    let json = of_sample().to_json();
    assert!(json.contains("j***@exemple.test"));
    assert!(!json.contains("jean.tiers@exemple.test"));
}

#[test]
fn validation_shows_the_lines_of_the_case_and_their_neighbours() {
    let note = of_sample();
    let section = note.sections.iter().find(|s| s.number == "J").expect("annex J");
    let table = section.blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let table = table.expect("a table");
    let amounts: Vec<String> = table.rows.iter().map(|row| row.cells[1].to_plain()).collect();
    let wanted = ["500 mots", "700 mots", "1\u{202f}000 mots", "60 heures", "120 heures"];
    assert_eq!(amounts.len(), wanted.len());
    assert!(amounts.iter().zip(wanted).all(|(said, wanted)| said.starts_with(wanted)));
    assert!(section.blocks.iter().any(|block| matches!(block, Block::Curves(_))));
}

#[test]
fn what_the_calibration_was_found_to_be_worth_stands_in_the_note() {
    let mut sample = sample();
    let rests = |note: &Document| {
        let held = note.sentences().filter(|s| s.support().as_slice() == [HELD]);
        held.map(|s| s.text().to_plain()).collect::<Vec<_>>()
    };
    let said = rests(&note(&sample.input()));
    assert_eq!(said.len(), 1);
    assert!(said[0].contains("820\u{a0}paires de 41\u{a0}comptes"), "{said:?}");
    assert!(said[0].contains("0,41 bit contre 0,30") && said[0].contains("abaissés de 0,22"));
    for (found, words) in [
        (Found::Held { cost: 0.2, expected: 0.3, log10: 0.0 }, "aucun rapport n’est abaissé"),
        (Found::FewAccounts(30), "41\u{a0}comptes, il en faut 30"),
        (Found::ChosenPairs, "choisies par ce qu’elles partagent"),
        (Found::NoFigure, "ne donne pas le coût attendu"),
    ] {
        sample.style_shifts[0].found = found;
        let said = rests(&note(&sample.input()));
        assert!(said.len() == 1 && said[0].contains(words), "{said:?}");
    }
    sample.style_shifts.clear();
    assert!(rests(&note(&sample.input())).is_empty());
}

#[test]
fn validation_follows_the_condition_and_stays_silent_below_the_least() {
    let mut sample = sample();
    let mut only = sample.comparisons[0].clone();
    only.innocent = vec!["copied_text".into(), "small_population".into()];
    sample.comparisons = vec![only];
    let words = |sample: &super::sample::Sample| own_words(&note(&sample.input()));
    assert!(words(&sample).contains("(cas\u{a0}: population de référence réduite)"));
    assert!(!words(&sample).contains("(cas\u{a0}: population de référence éloignée)"));
    sample.comparisons[0].material_a = 99;
    assert!(words(&sample).contains("aucune comparaison ne relève des 38"));
}

#[test]
fn an_empty_case_still_makes_a_note() {
    let mut empty = sample();
    empty.exhibits.clear();
    empty.accounts.clear();
    empty.posts.clear();
    empty.addresses.clear();
    empty.comparisons.clear();
    empty.contributions.clear();
    empty.links.clear();
    empty.explanations.clear();
    empty.identities.clear();
    empty.raids.clear();
    empty.requests.clear();
    empty.rejects.clear();
    empty.refused.clear();
    empty.datasets.clear();
    empty.settings.clear();
    empty.validation.clear();
    let note = note(&empty.input());
    let words = own_words(&note);
    assert!(words.contains("aucune demande ne résulte"));
    assert!(words.contains("aucun groupe de comptes n’est formé"));
    assert!(words.contains("aucun raid n’a été relevé"));
    assert!(crate::pdf(&note).expect("a PDF").starts_with(b"%PDF"));
}
