//! Tests of the reader of saved pages, and of every recipe that comes with the program.

use std::collections::BTreeMap;

use faisceau_model::{Absent, Collected, Maybe, RejectReason};
use proptest::prelude::*;
use serde::Deserialize;

use super::*;
use crate::testing::{dump, in_paris, mutated, read, read_as, reasons};

const PHPBB: &[u8] = include_bytes!("../../../tests/fixtures/pages/phpbb33.html");
const WORDPRESS: &[u8] = include_bytes!("../../../tests/fixtures/pages/wordpress.html");
const DISCOURSE: &[u8] = include_bytes!("../../../tests/fixtures/pages/discourse.html");

/// What a recipe says of the pages that it reads, and of those that it must not.
#[derive(Deserialize)]
struct Tested {
    name: String,
    test: Vec<Expected>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    sample: Option<String>,
    absent: Option<String>,
    posts: Option<u64>,
    #[serde(default)]
    first: BTreeMap<String, String>,
}

fn page(name: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pages");
    std::fs::read(folder.join(name)).unwrap()
}

/// What the first post of a page is, by the names that recipes use in their tests.
fn first_post(sink: &Collected) -> BTreeMap<&'static str, String> {
    let (post, account) = (&sink.posts[0], &sink.accounts[0]);
    let shown = |value: &Maybe<String>| match value {
        Maybe::Known(text) => text.clone(),
        Maybe::Missing(reason) => format!("!{reason}"),
    };
    let at = post.at.known().map(|at| format!("{at} ({}, {})", at.precision(), at.zone()));
    BTreeMap::from([
        ("author", post.account.to_string()),
        ("handle", shown(&account.handle)),
        ("at", at.unwrap_or_default()),
        ("text", shown(&post.text)),
        ("permalink", shown(&post.permalink)),
        ("content_id", shown(&post.content_id)),
        ("thread", shown(&post.thread)),
    ])
}

#[test]
fn every_recipe_finds_what_it_says_and_nothing_else() {
    for text in shipped::TEXTS {
        let recipe = Recipe::parse(text).unwrap();
        let tested: Tested = toml::from_str(text).unwrap();
        assert_eq!(recipe.name(), tested.name);
        assert!(!recipe.title().is_empty());
        let samples = tested.test.iter().filter(|test| test.sample.is_some()).count();
        assert!(samples > 0 && samples < tested.test.len(), "{}: both sorts", tested.name);
        for test in &tested.test {
            if let Some(absent) = &test.absent {
                assert!(!recipe.fits(&Page::parse(&page(absent)).unwrap()), "{absent}");
            }
            let Some(sample) = &test.sample else { continue };
            let bytes = page(sample);
            let parsed = Page::parse(&bytes).unwrap();
            let settings = ImportSettings::default();
            let fitting: Vec<_> = shipped::recipes()
                .iter()
                .filter(|other| other.fits(&parsed))
                .map(Recipe::name)
                .collect();
            assert_eq!(fitting, [recipe.name()], "{sample}");
            let (imported, sink) = read_as("x", &bytes, &settings);
            assert_eq!(imported.name(), Some("html-page"), "{sample}");
            assert_eq!(Some(sink.tally.records), test.posts, "{sample}");
            let found = first_post(&sink);
            for (key, expected) in &test.first {
                assert_eq!(found.get(key.as_str()), Some(expected), "{sample}: first.{key}");
            }
        }
    }
}

#[test]
fn a_forum_gives_all_columns() {
    let (imported, sink) = read_as("x", PHPBB, &in_paris());
    assert_eq!(imported.problem, None);
    insta::assert_snapshot!("phpbb_posts", dump(&sink.posts));
    insta::assert_snapshot!("phpbb_accounts", dump(&sink.accounts));
    assert_eq!(reasons(&sink), ["e93 missing_field: the page names no author of this post"]);
}

#[test]
fn comments_and_rendered_topics_give_all_columns() {
    let (_, blog) = read(WORDPRESS);
    insta::assert_snapshot!("wordpress_posts", dump(&blog.posts));
    insta::assert_snapshot!("wordpress_accounts", dump(&blog.accounts));
    let (_, topic) = read(DISCOURSE);
    insta::assert_snapshot!("discourse_posts", dump(&topic.posts));
}

#[test]
fn a_guest_who_types_the_name_of_a_member_is_not_that_member() {
    let (_, sink) = read(WORDPRESS);
    let keys: Vec<_> = sink.posts.iter().map(|post| post.account.as_str()).collect();
    assert_eq!(keys, ["blog.example:claire", "blog.example:@Claire"]);
}

#[test]
fn what_stands_in_a_post_is_never_a_post_nor_its_author() {
    let (_, sink) = read(PHPBB);
    let claire = &sink.posts[1];
    assert_eq!(claire.account.as_str(), "forum.example:12");
    assert!(claire.text.known().unwrap().starts_with("Laissez-moi."));
    assert!(!claire.text.known().unwrap().contains("tu habites"));
    assert!(sink.posts.iter().all(|post| post.content_id != Maybe::Known("9999".to_owned())));
    // Nothing but a quotation: no words of its author.
    assert_eq!(sink.posts[2].text, Maybe::Missing(Absent::NotApplicable));
    assert_eq!(sink.posts[2].at, Maybe::Missing(Absent::Unreadable));
    assert_eq!(sink.posts[2].at_raw, Maybe::Known("hier, 23:10".to_owned()));
}

#[test]
fn a_recipe_of_the_case_comes_first() {
    let text = r#"
        name = "mine"
        title = "Mine"
        platform = "My Forum"
        match = ["main.mine"]
        post = "main.mine > div"
        author = [{ selector = "b" }]
        [text]
        selector = "p"
    "#;
    let page = b"<html><main class=mine><div><b>Luc</b><p>Salut</p></div></main>";
    assert_eq!(read(page).0.name(), Some("web-page"));
    let settings =
        ImportSettings { recipes: vec![Recipe::parse(text).unwrap()], ..ImportSettings::default() };
    let (imported, sink) = read_as("x", page, &settings);
    assert_eq!(imported.name(), Some("html-page"));
    assert_eq!(sink.posts[0].account.as_str(), "my-forum:@Luc");
    assert_eq!(sink.posts[0].at, Maybe::Missing(Absent::NotRecorded));
}

#[test]
fn a_recipe_that_could_not_work_says_why() {
    let sound = r#"name="x"
        title="x"
        match=["p"]
        post="p"
        author=[{selector="b"}]
        text={selector="i"}"#;
    assert!(Recipe::parse(sound).is_ok());
    for (from, to, expected) in [
        ("post=\"p\"", "post=\"p >> q\"", "`post` of the recipe `x` is no selector: `p >> q`"),
        ("match=[\"p\"]", "match=[]", "the recipe `x` names no element in `match`"),
        ("author=[{selector=\"b\"}]", "", "the recipe `x` has neither `author` nor `author_id`"),
        ("title=\"x\"", "title=\"x\"\ncolour=1", "unknown field `colour`"),
        ("title=\"x\"", "title=\"x\"\nzone=\"Mars\"", "has no IANA zone: `Mars`"),
        (
            "title=\"x\"",
            "title=\"x\"\ntime=[{selector=\"u\"}]\npatterns=[\"%q\"]",
            "has a pattern that gives no time: `%q`",
        ),
        ("title=\"x\"", "title=\"x\"\ntime=[{selector=\"u\"}]", "one of `time` and `patterns`"),
    ] {
        let error = Recipe::parse(&sound.replace(from, to)).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn a_page_whose_posts_stand_far_from_its_start_is_recognised() {
    let text = std::str::from_utf8(PHPBB).unwrap();
    let styles = format!("<style>{}", "a { b: c }\n".repeat(20_000));
    let (imported, sink) = read(text.replace("<style>", &styles).as_bytes());
    assert_eq!(imported.name(), Some("html-page"));
    assert_eq!(sink.posts.len(), 3);
    let far = format!("<html><style>{}</style><p>nothing", "x".repeat(200_000));
    assert_eq!(read(far.as_bytes()).0.name(), Some("web-page"));
}

#[test]
fn a_page_left_at_a_limit_keeps_the_posts_before_it() {
    let text = std::str::from_utf8(PHPBB).unwrap();
    let deep = format!("Un début.{}", "<div>".repeat(2000));
    let (imported, sink) = read(text.replace("Un message dont", &deep).as_bytes());
    assert_eq!(sink.posts.len(), 3);
    assert_eq!(sink.rejects.last().unwrap().reason, RejectReason::Limit);
    assert!(imported.problem.unwrap().contains("nests more than 512"));
}

#[test]
fn a_hostile_name_is_kept_as_text_and_never_enters_a_key() {
    let text = std::str::from_utf8(PHPBB).unwrap();
    let (_, sink) = read(text.replace(">claire<", ">cla\u{1b}[31mire\u{202e}<").as_bytes());
    assert_eq!(sink.accounts[1].handle.known().unwrap(), "cla\u{1b}[31mire\u{202e}");
    assert_eq!(sink.accounts[1].account.as_str(), "forum.example:12");
}

proptest! {
    #[test]
    fn never_panics_and_always_balances(bytes in mutated(PHPBB)) {
        read(&bytes);
    }

    #[test]
    fn never_panics_on_comments(bytes in mutated(WORDPRESS)) {
        read(&bytes);
    }

    #[test]
    fn never_panics_on_recipes(bytes in mutated(include_bytes!("../../../recipes/phpbb.toml"))) {
        let _ = Recipe::parse(&String::from_utf8_lossy(&bytes));
    }
}
