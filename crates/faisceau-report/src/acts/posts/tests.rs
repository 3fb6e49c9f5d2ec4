use faisceau_model::{ExhibitNo, Place as At};

use super::*;
use crate::tests::sample;

fn post(text: &str, permalink: &str) -> Post {
    let key = AccountKey::by_id("x", "1712345678901");
    Post {
        text: Maybe::Known(text.to_owned()),
        permalink: Maybe::text(permalink, faisceau_model::Absent::NotRecorded),
        ..Post::new(ExhibitNo::top(1), &At::Whole, 0, key)
    }
}

#[test]
fn only_an_exact_web_address_is_one() {
    for exact in ["https://exemple.test/p/1?a=%C3%A9#x", "HTTP://exemple.test/"] {
        assert_eq!(super::place(&post("", exact)), Place::Public(exact));
    }
    let long = format!("https://exemple.test/{}", "a".repeat(URL));
    for wrong in [
        "javascript:alert(1)",
        "https://exemple.test/a b",
        "https://exemple.test/\u{202e}fdp",
        "https://exemple.test/\u{1b}[31m",
        "exemple.test/1",
        "é",
        long.as_str(),
    ] {
        assert_eq!(super::place(&post("", wrong)), Place::Unusable, "{wrong:?}");
    }
    assert_eq!(super::place(&post("", "")), Place::Unknown);
    let private = Post { kind: PostKind::Private, ..post("", "https://exemple.test/1") };
    assert_eq!(super::place(&private), Place::Private);
}

#[test]
fn only_accounts_under_examination_are_listed_and_the_order_of_rows_does_not_matter() {
    let mut sample = sample::sample();
    sample.posts.push(Post { account: sample::key(7), ..post("@compte_de_a", "") });
    let law = crate::tests::attached::law();
    let ids = |sample: &sample::Sample| -> Vec<String> {
        let input = sample.input();
        let index = Index::of(&input, crate::Language::French);
        let hosts = hosts(&index, &law);
        hosts
            .iter()
            .flat_map(|h| h.items.iter().map(|i| format!("{} {}", h.name, i.post.id)))
            .collect()
    };
    let forward = ids(&sample);
    assert!(forward.iter().all(|id| !id.contains("1400000000003")));
    sample.posts.reverse();
    sample.accounts.reverse();
    assert_eq!(forward, ids(&sample));
}
