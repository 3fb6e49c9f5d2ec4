use faisceau_model::{Absent, Maybe, RowId};
use proptest::prelude::*;

use super::*;

fn passage(item: &str, detail: &[&str]) -> Contribution {
    Contribution {
        id: RowId::derived("ctb", 1),
        comparison: RowId::derived("cmp", 1),
        account: Maybe::Missing(Absent::NotApplicable),
        part: WORDS.to_owned(),
        item: item.to_owned(),
        value: 0.0,
        detail: detail.iter().map(ToString::to_string).collect(),
        rows: Vec::new(),
    }
}

fn plain(row: &Contribution) -> String {
    plain_in(Language::French, row)
}

fn plain_in(lang: Language, row: &Contribution) -> String {
    let word = |word: &Word| match word.log10 {
        Some(log10) => format!("{{{}|{log10}}}", word.text),
        None => word.text.clone(),
    };
    words(lang, row).iter().map(word).collect()
}

#[test]
fn words_carry_what_they_bring() {
    let row = passage("é va \u{1}", &["0-2=+0.310 x", "3-5=-1.200", "6-7=+0.500  \u{1}"]);
    assert_eq!(plain(&row), "{é|0.31} {va|-1.2} {[lien]|0.5}");
    assert_eq!(plain_in(Language::English, &row), "{é|0.31} {va|-1.2} {[web link]|0.5}");
}

#[test]
fn a_detail_that_is_wrong_loses_no_text() {
    let wrong = ["1-2=+1", "0-99=+1", "5-2=+1", "x", "0-1=inf", "=", "0-2=+0.5", "0-2=+0.5"];
    assert_eq!(plain(&passage("é\u{1b}[0m \u{202e}va", &wrong)), "{é|0.5}␛[0m va");
    assert_eq!(plain(&passage(&"w".repeat(9000), &[])).chars().count(), LENGTH + 1);
}

#[test]
fn an_alternative_may_hold_any_sign() {
    assert_eq!(counted_in("=)=3/0"), Some(("=)", 3, 0)));
    assert_eq!(counted_in("a/b=1/2"), Some(("a/b", 1, 2)));
    assert_eq!(counted_in("a=-1/2"), None);
}

proptest! {
    #[test]
    fn any_text_and_any_detail_are_inert(
        item in "\\PC{0,60}[\u{1}-\u{1b}\u{202e}a-z ]{0,60}",
        detail in prop::collection::vec("[0-9]{1,2}-[0-9]{1,3}=[+-][0-9.]{1,4}|\\PC{0,9}", 0..9),
    ) {
        let detail: Vec<&str> = detail.iter().map(String::as_str).collect();
        let words = words(Language::French, &passage(&item, &detail));
        for word in words {
            prop_assert!(word.text.chars().all(|c| !c.is_control()));
        }
    }
}
