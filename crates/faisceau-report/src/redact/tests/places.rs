//! Every place of a document, on a made case in which a name stands everywhere.

use proptest::prelude::*;

use super::*;
use crate::Block;
use crate::tests::walk::texts;

const HOSTILE: [&str; 7] = [
    "jeanne_tiers",
    "#panic() *jeanne* _tiers_",
    "jeanne\u{202e}sreit",
    "Je\u{301}anne Ti\u{308}ers",
    "]#read(\"/etc/passwd\")[ jeanne",
    "جان تييرس",
    "jeanne<b>tiers</b>&amp;",
];

fn settings(name: &str) -> RedactSettings {
    RedactSettings { names: vec![name.into()], minors: vec!["Lou Martin-Roy".into()] }
}

#[test]
fn no_place_of_a_document_keeps_a_name() {
    for (name, lang) in HOSTILE.iter().flat_map(|name| Language::ALL.map(|lang| (*name, lang))) {
        let mut sample = with(&[(name, name)]);
        everywhere(&mut sample, name);
        let (document, _) = filed_in(lang, &sample, &settings(name));
        let json = document.to_json();
        for text in strings(&json) {
            assert!(!says(&text, name) && !text.contains(name), "{name}: {text}");
        }
        let open = strings(&crate::note_in(&sample.input(), lang).to_json());
        assert!(open.iter().filter(|text| says(text, name)).count() > 100, "{name}");
        let mark = lang.pick("[Tiers\u{a0}", "[Third party\u{a0}");
        let other = lang.pick("[Third party", "[Tiers");
        assert!(json.contains(mark) && !json.contains(other), "{name}");
        for text in texts(&document) {
            assert!(!says(&text.to_plain(), name), "{name}: {}", text.to_plain());
        }
    }
}

/// Every string of a JSON text, keys too.
fn strings(json: &str) -> Vec<String> {
    fn walk(value: &serde_json::Value, out: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) => out.push(text.clone()),
            serde_json::Value::Array(items) => items.iter().for_each(|item| walk(item, out)),
            serde_json::Value::Object(fields) => fields.iter().for_each(|(key, value)| {
                out.push(key.clone());
                walk(value, out);
            }),
            _ => {}
        }
    }
    let mut out = Vec::new();
    walk(&serde_json::from_str(json).expect("JSON"), &mut out);
    out
}

#[test]
fn keys_ids_and_positions_are_gone() {
    let mut sample = with(&[("jeanne_tiers", "Jeanne")]);
    everywhere(&mut sample, "x:770000000000 lat 48.8566 x.com/jeanne_tiers/status/9");
    let (document, _) = filed(&sample, &RedactSettings::default());
    let json = document.to_json();
    for gone in
        ["770000000000", "1400000000003", "48.85", "48,85", "2.3522", "2,352", "temoin", "status/9"]
    {
        let at = json.find(gone).map(|at| &json[at.saturating_sub(60)..(at + 60).min(json.len())]);
        assert_eq!(at, None, "{gone}");
    }
    let open = crate::note(&sample.input()).to_json();
    assert!(open.contains("48,8566") && open.contains("770000000000"));
}

#[test]
fn the_first_page_says_what_was_replaced() {
    let sample = with(&[("jeanne_tiers", "Jeanne")]);
    let open = crate::note(&sample.input());
    let (document, redaction) = filed(&sample, &settings("Paul Tiers"));
    let first = &document.sections[0].blocks;
    let notice = first.iter().flat_map(Block::sentences).find(|sentence| {
        let said = sentence.text().to_plain();
        said.contains("3\u{a0}tiers et 1\u{a0}mineur y sont désignés") && said.contains("La clé")
    });
    let notice = notice.expect("a notice");
    assert_eq!(notice.id(), format!("S{}", open.sentences().count() + 1));
    assert_eq!(redaction.key().subjects.len(), 4);
    // Nothing else is renumbered.
    let ids = |document: &Document| -> Vec<String> {
        document.sentences().map(|s| s.id().to_owned()).filter(|id| id != notice.id()).collect()
    };
    assert_eq!(ids(&open), ids(&document));
    let (english, _) = filed_in(Language::English, &sample, &settings("Paul Tiers"));
    let said: Vec<String> = english.sentences().map(|s| s.text().to_plain()).collect();
    let count = "3\u{a0}third parties and 1\u{a0}minor appear in it under a pseudonym";
    assert!(said.iter().any(|said| said.contains(count) && said.contains("The key")));
    assert_eq!(ids(&english), ids(&document));
}

#[test]
fn the_first_page_stays_one_page() {
    let sample = crate::tests::page::overfull();
    let (document, _) = filed(&sample, &settings("Paul Tiers"));
    let first = crate::tests::page::first_section(&document);
    assert_eq!(crate::render::set(&first).expect("a document").pages().len(), 1);
}

#[test]
fn accounts_under_examination_keep_their_names() {
    let (document, _) = filed(&with(&[("jeanne_tiers", "")]), &RedactSettings::default());
    let json = document.to_json();
    for kept in ["corbeau_92", "x:1712345678901", "la.verite.nue", "compte_de_a"] {
        assert!(json.contains(kept), "{kept}");
    }
}

#[test]
fn a_case_without_anybody_to_protect_only_gains_the_notice() {
    let mut sample = sample();
    sample.accounts.retain(|row| row.role != Role::ThirdParty);
    let kept: Vec<_> = sample.accounts.iter().map(|row| row.account.clone()).collect();
    sample.posts.retain(|row| kept.contains(&row.account));
    let open = crate::note(&sample.input());
    let (mut document, redaction) = filed(&sample, &RedactSettings::default());
    assert!(redaction.key().subjects.is_empty());
    document.sections[0].blocks.remove(1);
    assert_eq!(open, document);
}

#[test]
fn the_list_of_the_note_s_own_words_is_nearly_whole() {
    for lang in Language::ALL {
        let note = crate::note_in(&sample().input(), lang);
        let mut words: Vec<String> = crate::tests::walk::own_words(&note)
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| word.chars().count() > 3)
            .map(str::to_owned)
            .collect();
        words.sort();
        words.dedup();
        let missing: Vec<&String> =
            words.iter().filter(|word| !super::super::needles::is_own_word(lang, word)).collect();
        let list = lang.pick("own_words.txt", "own_words_en.txt");
        assert!(missing.len() * 10 < words.len(), "put into {list}: {missing:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_note_keeps_nothing_of_a_handle(name in "[a-z]{3,6}[_.]?[a-zé]{3,6}[0-9]{2}") {
        let mut sample = with(&[(&name, "")]);
        everywhere(&mut sample, &name);
        let (document, _) = filed(&sample, &RedactSettings::default());
        for text in strings(&document.to_json()) {
            prop_assert!(!says(&text, &name), "{text}");
        }
    }
}
