//! Habits are read as they are written, and one hand stands out.

use proptest::prelude::*;

use super::*;

fn choices(text: &str, language: &str) -> Vec<String> {
    let tally = Reader::new(language).read(&[text]);
    tally.0.iter().map(|((habit, name), count)| format!("{habit}: {name} {count}")).collect()
}

fn shows(text: &str, language: &str, wanted: &[&str]) {
    let found = choices(text, language);
    for choice in wanted {
        assert!(found.iter().any(|one| one == choice), "{choice} is not in {found:#?}");
    }
}

#[test]
fn spaces_and_marks_are_told_apart() {
    shows(
        "« Oui » , c’est l\u{27}ami\u{a0}! Non\u{202f}? Bon ; ok: va.. Et puis…Rien - ou –  peu",
        "fr",
        &[
            "quotation marks: « » 1",
            "space inside « »: space 1",
            "space before , .: space 1",
            "apostrophe: ’ 1",
            "apostrophe: \u{27} 1",
            "space before ! ?: no-break space 1",
            "space before ! ?: narrow no-break space 1",
            "space before : ;: space 1",
            "space before : ;: none 1",
            "ellipsis: .. 1",
            "ellipsis: … 1",
            "space after an ellipsis: none 1",
            "dash: - 1",
            "dash: – 1",
        ],
    );
}

#[test]
fn expression_is_read() {
    shows(
        "Looool mdrr 😀😀 👍🏽 génial :-)) HAHAHA!!! quoi?! :p",
        "fr",
        &[
            "laughter: lol 1",
            "laughter: mdr 1",
            "laughter: haha 1",
            "laughter in capitals: capitals 1",
            "emoji repeated: repeated 1",
            "which emoji: 😀 1",
            "skin tone: 3 1",
            "which emoticon: :) 1",
            "nose of emoticons: with 1",
            "which emoticon: :p 1",
            "length of !: 3 1",
            "mixed ! and ?: ?! 1",
            "elongated words: some 1",
        ],
    );
    // Neither a time of day nor a list is a face.
    assert!(
        choices("à 8:30 (voir 8) et a:p", "fr").iter().all(|c| !c.starts_with("which emoticon"))
    );
}

#[test]
fn spelling_is_decided_by_neighbours() {
    shows(
        "sa va, ça marche, j\u{27}ai mangé, il faut mangé, c\u{27}est pas vrai, je ne sais pas, tres bien, \
         déjà vu, les enfant, Etre ou pas, coeur, bcp de koi",
        "fr",
        &[
            "ça before a verb: sa 1",
            "ça before a verb: ça 1",
            "participle: -é 1",
            "infinitive: -é 1",
            "negation: without ne 1",
            "negation: with ne 1",
            "accents: as usual 1",
            "accents: left out 2",
            "plural mark: without 1",
            "accents on capitals: without 1",
            "ligature œ: oe 1",
            "beaucoup: bcp 1",
            "quoi: koi 1",
        ],
    );
    shows(
        "i think I dont, gonna go",
        "en",
        &["pronoun I: I 1", "pronoun I: i 1", "don\u{27}t: dont 1"],
    );
    assert!(choices("sa va", "en").iter().all(|choice| !choice.starts_with("ça before")));
}

#[test]
fn the_shape_of_a_message_is_read() {
    shows(
        "Bonjour,\nje vous écris pour vous dire que tout va bien, et que (enfin) rien ne change.\nMerci",
        "fr",
        &[
            "greeting: bonjour 1",
            "after a greeting: , 1",
            "lines in a message: 3-5 1",
            "closing word: merci 1",
            "end of a message: nothing 1",
            "words in a message: 17-32 1",
            "brackets in a message: some 1",
        ],
    );
}

fn population() -> Vec<Vec<&'static str>> {
    let loud = vec!["SALUT !!! ca va ? mdr", "non !!! jamais ! mdr", "tu sais pas !!!"];
    let calm = vec!["Bonjour. Cela va-t-il ?", "Je ne sais pas.", "Non, je ne crois pas."];
    (0..12).map(|n| if n % 2 == 0 { loud.clone() } else { calm.clone() }).collect()
}

#[test]
fn one_hand_stands_out_and_the_reasons_add_up() {
    let documents = population();
    let habits = WritingHabits::new(&documents, "fr");
    let (same, other) = (habits.score(0, 2).unwrap(), habits.score(0, 1).unwrap());
    assert!(same > 1.0 && other < -1.0, "{same} {other}");
    assert_eq!(habits.score(0, 2), habits.score(2, 0));
    assert_eq!(habits.score(0, 12), None);
    let reasons = habits.explain(0, 1);
    let sum: f64 = reasons.iter().map(|habit| habit.ln_ratio).sum();
    assert!((sum - other).abs() < 1e-9);
    assert!(reasons.windows(2).all(|two| two[0].ln_ratio.abs() >= two[1].ln_ratio.abs()));
    // One habit alone never counts for more than the chance that it changed.
    assert!(reasons.iter().all(|habit| habit.ln_ratio > libm::log(0.05)));
    let space = reasons.iter().find(|habit| habit.name == "laughter in a message").unwrap();
    assert_eq!(space.counts, [("none".to_owned(), 1, 3), ("some".to_owned(), 2, 0)]);
}

#[test]
fn typography_alone_can_be_the_program() {
    let curly = vec!["“l’ami” d’un “ami” qu’on n’a pas", "c’est l’heure d’un “mot”"];
    let straight = vec!["\"l'ami\" d'un \"ami\" qu'on n'a pas", "c'est l'heure d'un \"mot\""];
    let documents: Vec<Vec<&str>> =
        (0..12).map(|n| if n % 2 == 0 { curly.clone() } else { straight.clone() }).collect();
    let habits = WritingHabits::new(&documents, "fr");
    assert_eq!(habits.innocent(0, 2, false), Some("same_client"));
    assert_eq!(habits.innocent(0, 1, true), None);
}

#[test]
fn a_flood_of_marks_is_read_in_one_pass_and_stays_finite() {
    let flood = ["😀", "!", ":)", ".", "-", "(", "«"].map(|mark| mark.repeat(50_000));
    let mut documents: Vec<Vec<&str>> = flood.iter().map(|text| vec![text.as_str()]).collect();
    documents.push(vec!["!"; 20_000]);
    documents.push(vec!["!"; 20_000]);
    documents.push(vec!["non ?"; 20_000]);
    let habits = WritingHabits::new(&documents, "fr");
    for a in 0..documents.len() {
        assert!(habits.score(a, documents.len() - 2).unwrap().is_finite());
    }
}

#[test]
fn what_all_do_says_nothing() {
    let documents: Vec<Vec<&str>> =
        (0..12).map(|_| vec!["l'ami d'un ami", "c'est bon !"]).collect();
    let habits = WritingHabits::new(&documents, "fr");
    let score = habits.score(0, 1).unwrap();
    assert!(score.abs() < 0.01, "{score}");
    assert!(WritingHabits::new(&[], "fr").score(0, 0).is_none());
}

proptest! {
    #[test]
    fn any_text_is_read_and_the_order_of_messages_does_not_matter(
        texts in prop::collection::vec("(\\PC|[!?.:;,'’«»\"()\n\u{a0}\u{1}\u{2}-]|[:;]-?[)D]|sa va|les a|😀){0,40}", 4..7),
        language in prop::sample::select(vec!["fr", "en", "de", ""]),
    ) {
        let forwards: Vec<Vec<&str>> = texts.iter().map(|text| vec![text.as_str(), "c'est ok !"]).collect();
        let backwards: Vec<Vec<&str>> = texts.iter().map(|text| vec!["c'est ok !", text.as_str()]).collect();
        let (one, other) = (WritingHabits::new(&forwards, language), WritingHabits::new(&backwards, language));
        for a in 0..texts.len() {
            for b in 0..texts.len() {
                let score = one.score(a, b).unwrap();
                prop_assert!(score.is_finite());
                prop_assert_eq!(score, other.score(a, b).unwrap());
                prop_assert_eq!(one.explain(a, b), other.explain(a, b));
            }
        }
    }
}
