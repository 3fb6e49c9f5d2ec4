//! Spellings, cuts, links, mails, telephones: what is replaced in a text, and what is not.

use proptest::prelude::*;

use super::*;
use crate::RunKind;
use crate::redact::document::string;

fn of(names: &[(&str, &str)], settings: &RedactSettings) -> Redaction {
    Redaction::of(&with(names).input(), settings, &[]).expect("nobody examined is listed")
}

fn listed(names: &[&str], minors: &[&str]) -> RedactSettings {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    RedactSettings { names: owned(names), minors: owned(minors) }
}

/// `Tiers 1` is the third party that the made-up case has.
const SECOND: &str = "[Tiers\u{a0}2]";

#[test]
fn every_spelling_of_a_name_is_that_name() {
    let redaction = of(&[("jean_dupont", "Élodie Müller")], &RedactSettings::default());
    for same in [
        "jean_dupont",
        "JEAN_DUPONT",
        "Jean Dupont",
        "jean.dupont",
        "JeanDupont",
        "jean\u{200b}_dupont",
        "ｊｅａｎ＿ｄｕｐｏｎｔ",
        "jean%5Fdupont",
        "Elodie Muller",
        "E\u{301}lodie\u{a0}MÜLLER",
        "\\u00c9lodie M\\u00fcller",
        "%C3%89lodie%20M%C3%BCller",
        "&#201;lodie M&#xfc;ller",
        "élodie␊müller",
        "je\u{ad}an_dupont",
    ] {
        assert_eq!(
            redaction.text(&format!("à {same}, hier")),
            format!("à {SECOND}, hier"),
            "{same}"
        );
    }
}

#[test]
fn other_words_stay() {
    let redaction = of(&[("temoin2", "Max")], &RedactSettings::default());
    for text in ["temoin22", "le max de voix", "maximum", "un texte, sans plus…"] {
        assert_eq!(redaction.text(text), text);
    }
}

#[test]
fn a_short_name_is_replaced_where_it_is_marked() {
    let redaction = of(&[("max", "Zoé")], &RedactSettings::default());
    for (text, filed) in [
        ("@max dit", "@[2] dit"),
        ("@max_75 dit", "@max_75 dit"),
        ("https://x.com/max/status/1", "https://x.com/[2]"),
        ("max", "[2]"),
        ("au max", "au max"),
        ("avec Zoé hier", "avec [2] hier"),
        ("un zoé", "un zoé"),
    ] {
        assert_eq!(redaction.text(text), filed.replace("[2]", SECOND), "{text}");
    }
    assert!(redaction.key().limited.contains(&"max".to_owned()));
}

#[test]
fn a_word_of_the_note_is_replaced_only_in_what_exhibits_say() {
    let redaction = of(&[("rapprochement", "Compte")], &RedactSettings::default());
    let search = redaction.search(Language::French);
    let words = "Le rapprochement du compte";
    assert_eq!(string(words, RunKind::Plain, &search), words);
    assert_eq!(redaction.text("vu, rapprochement !"), format!("vu, {SECOND} !"));
}

#[test]
fn each_edition_has_its_own_words() {
    let names = [("undecided", ""), ("rapprochement", "")];
    let redaction = of(&names, &RedactSettings::default());
    let plain = |lang, text| string(text, RunKind::Plain, &redaction.search(lang));
    let third = |word: &str, n| format!("[{word}\u{a0}{n}]");
    assert_eq!(plain(Language::English, "undecided"), "undecided");
    assert_eq!(plain(Language::French, "undecided"), third("Tiers", 2));
    assert_eq!(plain(Language::French, "rapprochement"), "rapprochement");
    assert_eq!(plain(Language::English, "rapprochement"), third("Third party", 3));
    let english = redaction.search(Language::English);
    assert_eq!(string("undecided", RunKind::Data, &english), third("Third party", 2));
    let limited = redaction.key().limited;
    assert!(names.iter().all(|(name, _)| limited.iter().any(|word| word == name)), "{limited:?}");
}

#[test]
fn the_english_edition_is_marked_in_english() {
    let names = [("temoin_b", "Camille"), ("un_autre", "camille"), ("corbeau_92", "")];
    let redaction = of(&names, &listed(&[], &["Léa Morin"]));
    let search = redaction.search(Language::English);
    let n = |word: &str, n| format!("{word}\u{a0}{n}");
    for (text, filed) in [
        ("seen Camille", format!("seen [{} or {}]", n("Third party", 2), n("Third party", 3))),
        ("by LÉA MORIN", format!("by [{}]", n("Minor", 1))),
        ("seen corbeau_92", "seen [name masked]".to_owned()),
        ("at 48.8566, 2.3522", "at [position removed]".to_owned()),
        ("1,234 / 2,345 rows", "1,234 / 2,345 rows".to_owned()),
        // The signs of a quotation stand beside it without blanks.
        ("“x.com/temoin_b/status/1”, then", format!("“x.com/[{}]”, then", n("Third party", 2))),
        ("“https://x.com/temoin_b/a”.", format!("“https://x.com/[{}]”.", n("Third party", 2))),
    ] {
        assert_eq!(string(text, RunKind::Plain, &search), filed, "{text}");
    }
    assert_eq!(string("1,234 / 2,345", RunKind::Data, &search), "[position removed]");
    let key = redaction.key().to_csv();
    assert!(key.contains("Tiers\u{a0}2") && !key.contains("Third"), "{key}");
}

#[test]
fn a_name_that_was_cut_is_still_a_name() {
    let redaction = of(&[("jean_dupont_officiel", "")], &RedactSettings::default());
    for cut in ["jean_dupont_off…", "jean_d…", "jea…", "Jean Du…"] {
        assert_eq!(redaction.text(&format!("vu {cut}")), format!("vu {SECOND}…"), "{cut}");
    }
    assert_eq!(redaction.text("vu je…"), "vu je…");
    assert_eq!(redaction.text("jean… non"), "jean… non");
}

#[test]
fn links_and_mail_addresses_go_with_the_name() {
    let settings = listed(&["jean.tiers@exemple.test", "06 12 34 56 78"], &[]);
    let redaction = of(&[("temoin_b", "")], &settings);
    for (text, filed) in [
        ("https://x.com/temoin_b/status/123456?s=20 vu", "https://x.com/[2] vu"),
        (
            "https://x.com/corbeau_92/status/1?ref=temoin_b.",
            "https://x.com/corbeau_92/status/1?ref=[2].",
        ),
        ("https://temoin-b.example.org/a/b", "https://[2]"),
        ("t.me/temoin_b/12", "t.me/[2]"),
        ("<a.temoin_b+x@exemple.test>", "<[2]>"),
        ("écrire à jean.tiers@exemple.test.", "écrire à [3]."),
        ("j***@exemple.test", "[3]"),
        ("tél. +33 6 12 34 56 78 !", "tél. [4] !"),
        ("06.12.34.56.78", "[4]"),
        ("0612345679", "0612345679"),
    ] {
        let names = redaction.key().subjects;
        let mail = names.iter().position(|s| s.listed.contains("jean.tiers@exemple.test"));
        let phone = names.iter().position(|s| s.listed.contains("06 12 34 56 78"));
        let shown = |at: Option<usize>| format!("[Tiers\u{a0}{}]", at.expect("listed") + 1);
        let filed =
            filed.replace("[2]", SECOND).replace("[3]", &shown(mail)).replace("[4]", &shown(phone));
        assert_eq!(redaction.text(text), filed, "{text}");
    }
}

#[test]
fn a_name_of_two_people_says_so() {
    let redaction =
        of(&[("un_tiers", "Camille"), ("un_autre", "camille")], &RedactSettings::default());
    assert_eq!(redaction.text("vu Camille"), "vu [Tiers\u{a0}2 ou Tiers\u{a0}3]");
    let usurped = of(&[("corbeau_92", "")], &RedactSettings::default());
    assert_eq!(usurped.text("vu corbeau_92"), "vu [nom masqué]");
    assert_eq!(usurped.key().shared, ["corbeau_92"]);
}

#[test]
fn a_listed_name_joins_the_account_that_bears_it() {
    let redaction = of(&[("lea_m", "Léa Morin")], &listed(&[], &["Léa Morin", "Tom Petit"]));
    let minors = ["[Mineur\u{a0}1]", "[Mineur\u{a0}2]"];
    assert_eq!(
        redaction.text("@lea_m, Léa, LÉA MORIN"),
        "@[1], [1], [1]".replace("[1]", minors[0])
    );
    assert_eq!(
        redaction.text("Tom est là, un tom"),
        format!("{} est là, un tom", minors[1]).replace("un tom", &format!("un {}", minors[1]))
    );
    assert_eq!(redaction.text("petit"), "petit".to_owned().replace("petit", minors[1]));
}

#[test]
fn an_account_under_examination_is_refused() {
    let sample = with(&[]);
    let settings = listed(&[], &["x:1712345678901"]);
    assert!(Redaction::of(&sample.input(), &settings, &[]).is_err());
}

#[test]
fn the_claimant_s_name_stays() {
    let mut sample = with(&[("maud_x", "Maud")]);
    sample.case.claimant = "Maud Ancelin".into();
    let redaction =
        Redaction::of(&sample.input(), &RedactSettings::default(), &[]).expect("a redaction");
    assert_eq!(redaction.text("vu Maud Ancelin ici"), "vu Maud Ancelin ici");
    // Whether the claimant or the third party is meant cannot be told.
    assert_eq!(redaction.text("vu Maud ici"), "vu [nom masqué] ici");
    assert_eq!(redaction.text("@maud_x"), format!("@{SECOND}"));
}

#[test]
fn a_part_of_the_name_of_another_account_is_no_mention() {
    let redaction = of(&[("corbeau", "")], &RedactSettings::default());
    let text = "corbeau_92, x.com/corbeau_92/status/1";
    assert_eq!(redaction.text(text), text);
    assert_eq!(redaction.text("corbeau_9…"), "corbeau_9…");
    assert_eq!(redaction.text("corbeau_93"), format!("{SECOND}_93"));
    let listed = of(&[], &listed(&[], &["Lycee"]));
    assert_eq!(listed.text("la.verite.nue"), "la.verite.nue");
    let inside = of(&[], &super::words::listed(&[], &["Vérité"]));
    assert_eq!(inside.text("la.verite.nue"), "la.[Mineur\u{a0}1].nue");
}

#[test]
fn short_ids_are_no_numbers() {
    let mut sample = with(&[("17", "")]);
    let key = AccountKey::by_id("forum", "443");
    sample.accounts.push(account(&key, Role::ThirdParty, "un_autre", ""));
    let mut post = sample.posts[0].clone();
    (post.account, post.content_id) = (key, Maybe::Known("51544".into()));
    sample.posts.push(post);
    let redaction =
        Redaction::of(&sample.input(), &RedactSettings::default(), &[]).expect("a redaction");
    for text in ["443", "51544", "17", "le 17 mars"] {
        assert_eq!(redaction.text(text), text);
    }
    assert_eq!(redaction.text("forum:443"), "[Tiers\u{a0}1]");
    assert_eq!(
        redaction.text("forum.example/m/51544"),
        "forum.example/m/[message de Tiers\u{a0}1]"
    );
}

#[test]
fn scripts_without_blanks_hide_no_name() {
    let redaction = of(&[("田中太郎", "أحمد علي")], &RedactSettings::default());
    assert_eq!(redaction.text("田中太郎さん"), format!("{SECOND}さん"));
    assert_eq!(redaction.text("وأحمد علي"), format!("و{SECOND}"));
}

#[test]
fn the_numbers_do_not_depend_on_the_order_of_rows() {
    let mut sample = with(&[("un_tiers", "A"), ("un_autre", "B")]);
    let settings = listed(&["Paul Roche", "Anne Roche"], &["Tom Petit"]);
    let mut turned = settings.clone();
    turned.names.reverse();
    let once = Redaction::of(&sample.input(), &settings, &[]).expect("a redaction").key();
    sample.accounts.reverse();
    sample.posts.reverse();
    let twice = Redaction::of(&sample.input(), &turned, &[]).expect("a redaction").key();
    assert_eq!(once, twice);
    assert_eq!(once.to_csv(), twice.to_csv());
}

#[test]
fn no_cell_of_the_key_runs() {
    let csv = of(&[("=cmd|'/c calc'!A1", "+1 \"x\"")], &RedactSettings::default()).key().to_csv();
    assert!(csv.contains("\"'=cmd|'/c calc'!A1\"") && csv.contains("\"'+1 \"\"x\"\"\""), "{csv}");
}

/// A handle, or a name.
fn handle() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z0-9_.]{4,30}",
        "[a-zéèàüñA-Z]{3,10}[ _.-][a-zA-Zéè']{2,12}",
        "\\PC{4,20}",
        "[\\u{5d0}-\\u{5ea}\\u{627}-\\u{64a}]{4,12}",
    ]
}

/// A text around a name, as exhibits have them.
fn around() -> impl Strategy<Value = (String, String)> {
    let before = prop_oneof![
        Just(""),
        Just("salut "),
        Just("@"),
        Just("(«\u{a0}"),
        Just("https://x.com/"),
        Just("#"),
        Just("mailto:"),
        Just("l’"),
        Just("\u{1f600} "),
        Just("x:"),
    ];
    let after = prop_oneof![
        Just(""),
        Just(", va"),
        Just("."),
        Just("/status/12345678"),
        Just("\u{a0}»"),
        Just("?a=b"),
        Just("@exemple.test"),
        Just("…"),
        Just("'s"),
        Just("\n"),
    ];
    (before.prop_map(str::to_owned), after.prop_map(str::to_owned))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nothing_of_a_name_of_four_letters_is_left(
        name in handle(),
        (before, after) in around(),
        upper: bool,
    ) {
        let wanted = pattern(name.trim().trim_start_matches('@'), false);
        let letters = wanted.iter().filter(|c| **c != SEPARATOR && **c != '…').count();
        // Short ids, the names of platforms and those of the claimant are told apart elsewhere.
        prop_assume!(letters >= 4 && !["telegram", "instagram", "forum"].contains(&name.as_str()));
        let redaction = of(&[(&name, "")], &RedactSettings::default());
        let written = if upper { name.to_uppercase() } else { name.clone() };
        let text = format!("{before}{}{after}", faisceau_model::inert(&written));
        let out = redaction.text(&text);
        prop_assert!(out.contains("[Tiers"), "{text:?} → {out:?}");
        let left = out.replace(SECOND, "").replace("https://x.com/", "").replace("exemple.test", "");
        prop_assert!(!says(&left, &name), "{text:?} → {out:?}");
    }

    #[test]
    fn no_text_panics_and_none_changes_without_a_name(text in "\\PC{0,80}", cut in 0_usize..40) {
        let redaction = of(&[("qzx_wvk", "Qzx Wvk")], &listed(&["06 98 76 54 32"], &[]));
        let short = faisceau_model::excerpt(&text, cut);
        for text in [text.as_str(), short.as_str()] {
            let out = redaction.text(text);
            prop_assert!(out == text || out.contains('['), "{text:?} → {out:?}");
        }
    }
}
