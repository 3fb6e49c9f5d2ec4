//! The person complained of wrote the exhibits: none of it may be obeyed.

use faisceau_model::{ExhibitNo, Maybe, Place, RejectReason};

use super::sample::{Sample, sample};
use super::walk::{set_text, texts};
use crate::render::set;
use crate::{Refused, Seal, StampShows, note};

const ATTACKS: [&str; 9] = [
    "#panic()",
    "$x$ $ \\ #",
    "*bold* _it_",
    "@ref <lab>",
    "\\u{41} \\ \\\\",
    "\u{1b}[31mred\u{1b}[0m",
    "abc\u{202e}fed\u{2066}",
    "]#read(\"/etc/passwd\")[",
    "نص عربي 😀 \u{e000} \u{fffe}",
];

fn hostile(attack: &str) -> Sample {
    let mut sample = sample();
    sample.case.title = attack.into();
    sample.case.mission = attack.into();
    sample.case.claimant = attack.into();
    for account in &mut sample.accounts {
        account.handle = Maybe::Known(attack.into());
    }
    for post in &mut sample.posts {
        for field in [&mut post.text, &mut post.permalink, &mut post.content_id] {
            *field = Maybe::Known(attack.into());
        }
    }
    for (n, row) in sample.addresses.iter_mut().enumerate() {
        row.country = Maybe::Known(attack.into());
        row.operator = Maybe::Known(format!("{} {attack}", n % 20).into());
    }
    for row in &mut sample.provenance.intakes {
        (row.who, row.at) = (attack.into(), attack.into());
    }
    for row in &mut sample.provenance.collections {
        row.source = attack.into();
        row.browser = attack.into();
        (row.began, row.ended, row.who) = (attack.into(), attack.into(), attack.into());
    }
    for row in &mut sample.provenance.stamps {
        (row.asked, row.at) = (attack.into(), attack.into());
        row.shows = StampShows::Broken(attack.into());
    }
    for row in &mut sample.provenance.packages {
        row.created = attack.into();
        row.seal = Seal::Domain(attack.into());
    }
    for exhibit in &mut sample.exhibits {
        exhibit.name = attack.into();
        exhibit.problem = Maybe::Known(attack.into());
        exhibit.format = Maybe::Known(attack.into());
    }
    for request in &mut sample.requests {
        request.addressee = attack.into();
        request.ground = Maybe::Known(attack.into());
        request.expected = attack.into();
        request.last_day = Maybe::Known(attack.into());
        request.missing = vec![attack.into()];
    }
    for link in &mut sample.links {
        link.innocent = vec![attack.into()];
    }
    for row in &mut sample.explanations {
        row.code = attack.into();
        row.counted = vec![format!("lines={attack}")];
    }
    for row in sample.explanations.iter_mut().take(2) {
        row.code = "copied_text".into();
    }
    for raid in &mut sample.raids {
        raid.target = attack.into();
        raid.target_kind = attack.into();
        raid.accounts = vec![attack.into()];
        raid.leaders = vec![attack.into()];
        raid.innocent = vec![attack.into()];
    }
    for comparison in &mut sample.comparisons {
        comparison.shared = Maybe::Known(attack.into());
        comparison.unit = attack.into();
        comparison.parts = vec![attack.into(), format!("{attack}=1.5")];
    }
    for line in &mut sample.validation {
        line.unit = attack.into();
        line.corpus = attack.into();
    }
    for row in &mut sample.contributions {
        if row.part == "lambda_g" {
            row.item = attack.into();
            row.detail = (0..attack.len()).map(|at| format!("{at}-{}=+0.9", at + 1)).collect();
        } else {
            row.item = attack.into();
            row.detail = vec![format!("{attack}=3/4")];
        }
    }
    for reject in &mut sample.rejects {
        reject.excerpt = attack.into();
        reject.place = Place::Pointer(format!("/{attack}"));
        reject.reason = RejectReason::Syntax;
    }
    sample.refused = [Some(ExhibitNo::top(1)), None]
        .map(|archive| Refused { archive, member: attack.into(), reason: attack.into() })
        .into();
    sample
}

#[test]
fn markup_in_exhibits_is_printed_and_not_obeyed() {
    for attack in &ATTACKS[..5] {
        let sample = hostile(attack);
        let document = set(&note(&sample.input())).expect("a document");
        let text = set_text(&document);
        assert!(text.contains(attack), "{attack}");
    }
}

#[test]
fn every_attack_makes_an_archivable_pdf() {
    for attack in ATTACKS {
        let sample = hostile(attack);
        let pdf = crate::pdf(&note(&sample.input()));
        assert!(pdf.as_ref().is_ok_and(|pdf| pdf.starts_with(b"%PDF")), "{attack}: {pdf:?}");
    }
}

#[test]
fn escapes_and_overrides_do_not_reach_the_page() {
    for attack in &ATTACKS[5..] {
        let sample = hostile(attack);
        let text = set_text(&set(&note(&sample.input())).expect("a document"));
        let control = |c: char| c.is_control() || ('\u{202a}'..='\u{2069}').contains(&c);
        let found: Vec<char> = text.chars().filter(|&c| control(c) && c != '\u{202f}').collect();
        assert!(found.is_empty(), "{attack}: {found:?}");
    }
}

#[test]
fn a_missing_glyph_is_named() {
    let sample = hostile("a😀b");
    let text = set_text(&set(&note(&sample.input())).expect("a document"));
    assert!(text.contains("a⟨U+1F600⟩b"));
}

#[test]
fn a_name_of_ten_thousand_characters_is_cut() {
    let sample = hostile(&"w".repeat(10_000));
    let note = note(&sample.input());
    for text in texts(&note) {
        assert!(!text.to_plain().contains(&"w".repeat(1501)), "{:.200}", text.to_plain());
    }
    let text = set_text(&set(&note).expect("a document"));
    assert!(!text.contains(&"w".repeat(1501)));
    assert!(text.contains('…'));
}
